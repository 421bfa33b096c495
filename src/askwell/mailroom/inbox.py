"""The inbox: only what concerns a contact or a message of one's own is fetched; nothing is marked or moved.

Theory of operation. A folder is opened for reading alone. Of what is new, headers are looked at first:
whose address it is, what it answers, whether it tells of a message that did not arrive. What concerns
nobody is not fetched, and nothing of it is kept. What does is read (``formats.mail``) and stored as an
``Arrival``, together with how far the folder has been read, in one transaction: a worker that dies in the
middle reads on where it was, and what comes twice (another folder, a new UIDVALIDITY) is known by its
Message-ID.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from askwell.formats.mail.boxes import BoxMessage
from askwell.formats.mail.message import read_message
from askwell.formats.mail.reading import read_mail, to_json
from askwell.gateways.errors import GatewayError, Permanent, Trouble
from askwell.mailroom import outbox
from askwell.mailroom.models import Account, Arrival, Folder, Outgoing
from askwell.mailroom.opening import open_mailbox
from askwell.mailroom.renewing import still_stopped
from askwell.mailroom.secrets import NoSecret
from askwell.people.models import ContactPoint, PointKind
from askwell.people.points import norm_point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.formats.mail.message import Message
    from askwell.formats.mail.reading import MailReading
    from askwell.gateways.imap import Mailbox

    Knows = Callable[[Account, list[str]], bool]  # is one of these Message-IDs of something the owner sent?

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=5)
LEASE = timedelta(minutes=10)
LOOK_BACK = timedelta(days=30)  # when a mailbox is first connected, or its numbering begins anew
INBOX = "INBOX"
_MOST_IDS = 200  # that a message answers: a thread of years has no more
_OF_THE_POST = ("mailer-daemon@", "postmaster@")


@dataclass(slots=True)
class Polled:
    """What a look at a mailbox brought: messages new there, those that concern us, bytes fetched."""

    new: int = 0
    kept: int = 0


def claim(account: Account, *, now: datetime) -> bool:
    """Take the account for one look; False where somebody else has it, or it is not yet time."""
    free = Account.objects.filter(pk=account.pk).exclude(imap_host="")
    free = free.exclude(claimed_until__gt=now).exclude(poll_at__gt=now)
    return bool(free.update(claimed_until=now + LEASE))


def due(*, now: datetime) -> list[Account]:
    """Give the accounts to be looked at now."""
    found = Account.objects.exclude(imap_host="").exclude(poll_at__gt=now).exclude(claimed_until__gt=now)
    return list(found.filter(owner__is_active=True).select_related("owner").order_by("poll_at", "pk"))


def make_due(owner: AbstractBaseUser) -> None:
    """Have the mailboxes of an owner looked into next."""
    Account.objects.for_owner(owner).exclude(imap_host="").update(poll_at=None)


def poll(account: Account, knows: Knows, *, now: datetime) -> Polled:
    """Look once into the inbox of an account that is claimed, and let go of it."""
    seen = Polled()
    columns: dict[str, Any] = {"claimed_until": None, "poll_at": now + EVERY}
    try:
        with open_mailbox(account, now=now) as mailbox:
            _read(mailbox, account, knows, seen, now=now)
        columns["polled_at"] = now
        if account.paused_at is None:  # what stopped the sending is still so
            columns["trouble"] = {}
    except NoSecret:
        columns["trouble"] = {"code": "password", "at": now.isoformat()}
        columns["poll_at"] = now + outbox.LONGEST_WAIT
    except GatewayError as error:
        columns["trouble"] = still_stopped(account) | outbox.trouble_of(error, now=now)
        if isinstance(error, Permanent):  # asking again at once locks some mailboxes
            columns["poll_at"] = now + outbox.LONGEST_WAIT
    Account.objects.filter(pk=account.pk).update(**columns)
    return seen


def _read(mailbox: Mailbox, account: Account, knows: Knows, seen: Polled, *, now: datetime) -> None:
    state = mailbox.select(INBOX)
    folder, _made = Folder.objects.get_or_create(owner_id=account.owner_id, account=account, name=INBOX)
    if folder.uidvalidity != state.uidvalidity:
        folder.uidvalidity = state.uidvalidity
        folder.last_uid = mailbox.last_uid_before((now - LOOK_BACK).date())
    elif state.uidnext and state.uidnext <= folder.last_uid + 1:
        return  # nothing new
    mine = _own_addresses(account)
    for uid, head in mailbox.new_headers(folder.last_uid):
        seen.new += 1
        arrival = None
        try:
            if _concerns(read_message(head), account, mine, knows):
                raw = _fetched(mailbox, uid)
                arrival = arrival_of(account, raw, knows, now=now) if raw else None
        except (GatewayError, OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - one that nobody foresaw must not hold up all others
            told = (uid, account.pk, type(error).__name__)  # and no traceback: it would show the mail
            log.error("Message %s of mailbox %s is passed over: %s", *told)  # noqa: TRY400
        with transaction.atomic():
            folder.last_uid = max(folder.last_uid, uid)
            folder.save(update_fields=["uidvalidity", "last_uid"])
            if arrival is not None and keep(arrival):
                seen.kept += 1
    folder.save(update_fields=["uidvalidity", "last_uid"])


def _fetched(mailbox: Mailbox, uid: int) -> bytes:
    """Give a message; nothing where it was removed since its head was read."""
    try:
        return mailbox.fetch(uid).raw
    except Permanent as error:
        if error.code is not Trouble.NOT_FOUND:
            raise
        return b""


def _own_addresses(account: Account) -> set[str]:
    """Give the addresses the owner writes from: of every mailbox, and those noted of oneself."""
    boxes = Account.objects.filter(owner_id=account.owner_id).values_list("address", flat=True)
    points = ContactPoint.objects.filter(owner_id=account.owner_id, kind=PointKind.EMAIL)
    noted = points.filter(contact__is_self=True).values_list("norm", flat=True)
    return {norm_point(PointKind.EMAIL, address) for address in boxes} | set(noted)


def _concerns(head: Message, account: Account, mine: set[str], knows: Knows) -> bool:
    """Whether a message is from a contact, answers one of ours, or may tell that one of ours came back."""
    headers = head.headers
    senders = [person.address for person in headers.people("from")]
    if any(norm_point(PointKind.EMAIL, sender) in mine for sender in senders):
        return False  # one's own, perhaps written on another device and under another address
    if _are_contacts(account, senders + [person.address for person in headers.people("reply-to")]):
        return True
    ids = [*headers.ids("in-reply-to"), *reversed(headers.ids("references"))][:_MOST_IDS]
    if ids and (_of_ours(account, ids) is not None or knows(account, ids)):
        return True
    return (
        head.kind == "multipart/report"
        or any(sender.lower().startswith(_OF_THE_POST) for sender in senders)
        or headers.raw("return-path").strip() == "<>"
    )


def _are_contacts(account: Account, addresses: Iterable[str]) -> bool:
    norms = {norm_point(PointKind.EMAIL, address) for address in addresses if address}
    points = ContactPoint.objects.filter(owner_id=account.owner_id, kind=PointKind.EMAIL, norm__in=norms)
    return points.filter(contact__is_self=False).exists()


def _of_ours(account: Account, ids: Iterable[str]) -> Outgoing | None:
    rows = Outgoing.objects.filter(owner_id=account.owner_id, message_id__in=list(ids))
    found: Outgoing | None = rows.select_related("contact").defer("data").order_by("-pk").first()
    return found


def arrival_of(account: Account, raw: bytes, knows: Knows, *, now: datetime) -> Arrival | None:
    """Read a whole message; None where it turns out to concern nobody here (somebody else's bounce)."""
    reading = read_mail(raw, now=now)
    ids = _answered_ids(reading)
    answered = _of_ours(account, ids)
    if reading.kind == "bounce" and answered is None:
        failed = [each.address for each in reading.failed_recipients]
        answered = _sent_to(account, failed, now=now)
    contact = answered.contact if answered else _contact_of(account, reading)
    if answered is None and contact is None and not (ids and knows(account, ids)):
        return None
    told = to_json(reading, BoxMessage(file="", index=0, raw=b""))
    return Arrival(
        owner_id=account.owner_id,
        account=account,
        contact=contact,
        answers=answered,
        message_id=(reading.message_id or f"<{hashlib.sha256(raw).hexdigest()}@digest>")[:1000],
        kind=reading.kind,
        sender=(reading.sender.address if reading.sender else "")[:320],
        sender_name=(reading.sender.name if reading.sender else "")[:300],
        subject=reading.subject[:300],
        at=min(reading.date or now, now),  # a clock that is ahead dates nothing into the future
        received_at=now,
        text=reading.new_text,
        reading=_without_columns(told) | {"answers_to": ids},
    )


# What has a column of its own, or stands in ``answers_to``.
_COLUMNS = frozenset(
    {"message_id", "kind", "from", "subject", "date", "new_text", "source", "in_reply_to", "references"}
)


def _without_columns(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key not in _COLUMNS}


def _answered_ids(reading: MailReading) -> list[str]:
    """Give the Message-IDs it answers or brings back, the nearest first."""
    named = [each.original_message_id for each in reading.failed_recipients]
    found = dict.fromkeys([*named, *reading.in_reply_to, *reversed(reading.references)])
    return [each for each in found if each][:_MOST_IDS]


def _contact_of(account: Account, reading: MailReading) -> Any:
    norm = norm_point(PointKind.EMAIL, reading.sender.address) if reading.sender else ""
    points = ContactPoint.objects.filter(owner_id=account.owner_id, kind=PointKind.EMAIL, norm=norm)
    point = points.filter(contact__is_self=False).select_related("contact").order_by("contact_id").first()
    return point.contact if point else None


def _sent_to(account: Account, addresses: Iterable[str], *, now: datetime) -> Outgoing | None:
    """Give the newest message to one of these addresses in the days in which a server gives up."""
    wanted = [address.lower() for address in addresses if address]
    rows = Outgoing.objects.filter(owner_id=account.owner_id, dated__gt=now - 2 * outbox.GIVE_UP)
    newest: list[Outgoing] = list(rows.select_related("contact").defer("data").order_by("-dated")[:500])
    return next((row for row in newest if row.recipient.lower() in wanted), None)


def keep(arrival: Arrival) -> bool:
    """Store what came in, once; False where it is there already."""
    known = Arrival.objects.filter(owner_id=arrival.owner_id, message_id=arrival.message_id)
    try:
        with transaction.atomic():
            arrival.save(force_insert=True)
    except IntegrityError:
        if not known.exists():
            raise
        return False
    return True
