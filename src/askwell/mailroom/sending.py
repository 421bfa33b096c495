"""Sending: each message that is due goes out once, or is not sent, or is known to be in doubt.

Theory of operation. For each message: connect; offer sender and recipient, which can still be withdrawn;
then one transaction asks the rules, records the touch, fixes Message-ID, Date and bytes, and commits
``sending`` to the disk; then DATA. What can be tried again is thereby certain: whatever fails before that
commit has left no trace, and a definite refusal after it is taken back. Between DATA's last dot and the
answer nobody can know (RFC 1047): a worker that dies there leaves the message ``sending``, the next finds
it ``in_doubt``. ``evidence`` settles it, or the user; it is never sent again on a guess. The copy in Sent
is looked for before it is put there, so it lies there once.
"""

from __future__ import annotations

import logging
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError

from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble, Unknown
from askwell.mailroom import outbox
from askwell.mailroom.lifecycle import Event, NotNow, State
from askwell.mailroom.models import Account, Evidence, Outgoing
from askwell.mailroom.opening import open_mailbox, open_smtp
from askwell.mailroom.posting import UNFORESEEN, Held
from askwell.mailroom.renewing import STOPPED
from askwell.mailroom.secrets import NoSecret

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.gateways.imap import Mailbox
    from askwell.gateways.smtp import Smtp
    from askwell.mailroom.posting import Post

log = logging.getLogger(__name__)
AT_ONCE = 50  # messages in one turn of the worker
UNTIL_SIGNED_IN = (Trouble.SIGN_IN, Trouble.CLIENT)
AT_WORK = (State.QUEUED, State.CLAIMED, State.SENDING)


def send_due(
    post: Post, *, clock: Callable[[], datetime], owner: AbstractBaseUser | None = None, most: int = AT_ONCE
) -> int:
    """Send what is due, at most so many.  Gives how many went out.  ``owner``: only of this notebook."""
    name = outbox.worker_name()
    outbox.recover(now=clock())
    sent = 0
    for _turn in range(most):
        row = outbox.claim_next(name, now=clock(), owner=owner)
        if row is None:
            break
        sent += _send(row, post, clock)
    return sent


def _send(row: Outgoing, post: Post, clock: Callable[[], datetime]) -> bool:
    account = row.account
    try:
        with open_smtp(account, now=clock()) as smtp:
            smtp.offer(account.address, row.recipient, int(row.details.get("size", 0)))
            if not _go(row, post, clock):
                return False
            return _hand_over(smtp, row, post, clock)
    except NoSecret:
        _trouble(account, Permanent(Trouble.PASSWORD), now=clock())
        outbox.pause(account, now=clock())
        outbox.release(row, None, now=clock())
    except Transient as error:
        _trouble(account, error, now=clock())
        outbox.release(row, error, now=clock())
    except Permanent as error:
        _refused(row, error, now=clock())
    return False


def _refused(row: Outgoing, error: Permanent, *, now: datetime) -> None:
    """What a server refuses for good: this recipient or letter; or, for all letters, the account."""
    if error.code in {Trouble.RECIPIENT, Trouble.MESSAGE, Trouble.TOO_LARGE, Trouble.REFUSED}:
        outbox.refuse(row, outbox.trouble_of(error, now=now), by=Evidence.ANSWER, now=now)
        return
    _trouble(row.account, error, now=now)
    outbox.pause(row.account, now=now)  # nothing is lost: it waits until the account is mended
    if error.code in UNTIL_SIGNED_IN:
        _goes_on_once_signed_in(row.account)
    outbox.release(row, None, now=now)


def _goes_on_once_signed_in(account: Account) -> None:
    """Mark that nobody paused it: signing in again is all that it waits for."""
    account.trouble = {**account.trouble, STOPPED: True}
    account.save(update_fields=["trouble"])


def _trouble(account: Account, error: GatewayError, *, now: datetime) -> None:
    account.trouble = outbox.trouble_of(error, now=now)
    account.save(update_fields=["trouble"])


def _go(row: Outgoing, post: Post, clock: Callable[[], datetime]) -> bool:
    """Commit that it goes: recorded, its bytes fixed, ``sending``.  False where it may not, or is lost."""
    now = clock()
    try:
        with outbox.durable():
            if not outbox.still_mine(row):
                return False
            ready = post.going(row, now=now)
            return outbox.move(
                row,
                Event.HAND_OVER,
                data=ready.data,
                dated=now,
                change=ready.change,
                claimed_until=now + outbox.LEASE,
            )
    except Held as held:
        trouble = {**held.told, "code": held.code, "at": now.isoformat()}
        outbox.refuse(row, trouble, by=Evidence.RULES, now=now)
        return False
    except (OperationalError, InterfaceError):
        raise  # the database is away or busy, and says nothing of this message
    except Exception as error:
        log.exception("Message %s could not be made ready", row.pk)
        _hold(row, error, now=now)
        return False


def _hold(row: Outgoing, error: Exception, *, now: datetime) -> None:
    """What nobody foresaw would only happen again: it is not sent, the user is told, and may try anew."""
    row.state = State.CLAIMED  # the transaction is undone; where it is not, this changes nothing
    trouble = {
        "code": UNFORESEEN,
        "said": f"a fault of Askwell: {type(error).__name__}",
        "at": now.isoformat(),
    }
    outbox.refuse(row, trouble, by=Evidence.FAULT, now=now)


def _hand_over(smtp: Smtp, row: Outgoing, post: Post, clock: Callable[[], datetime]) -> bool:
    try:
        smtp.hand_over(row.data.encode("ascii"))
    except Unknown as error:
        outbox.doubt(row, error, now=clock())
        return False
    except (Permanent, Transient) as error:
        _take_back(row, post, error, now=clock())
        return False
    return outbox.accepted(row, now=clock())


def _take_back(row: Outgoing, post: Post, error: Permanent | Transient, *, now: datetime) -> None:
    """A definite refusal: the state, and what was recorded, go back together."""
    with outbox.durable():
        if isinstance(error, Permanent):
            trouble = outbox.trouble_of(error, now=now)
            mine = outbox.refuse(row, trouble, by=Evidence.ANSWER, now=now)
        else:
            mine = outbox.release(row, error, now=now)
        if mine:
            post.not_gone(row, now=now)


def settle_doubts(post: Post, *, now: datetime, owner: AbstractBaseUser | None = None) -> int:
    """Look for evidence of messages in doubt: a copy in Sent that the server made.  Gives how many.

    A bounce or a reply that names one settles it as it comes in (``inbox``).
    """
    doubted = Outgoing.objects.filter(state=State.IN_DOUBT).exclude(account__imap_host="")
    rows = list(
        (doubted.filter(owner=owner) if owner else doubted).select_related("account", "owner")[:AT_ONCE]
    )
    settled = 0
    for row in rows:
        if row.account.saves_sent and _lies_in_sent(row, now=now):
            with outbox.durable():
                settled += settled_as_gone(row, post, by=Evidence.SENT_FOLDER, now=now)
    return settled


def settled_as_gone(row: Outgoing, post: Post, *, by: Evidence, now: datetime) -> bool:
    """Settle a message in doubt as sent; False where somebody was quicker."""
    try:
        found = outbox.settle(row, Event.FOUND, by=by, now=now)
    except NotNow:
        return False
    post.gone(found, now=now)
    return True


def _lies_in_sent(row: Outgoing, *, now: datetime) -> bool:
    try:
        with open_mailbox(row.account, now=now) as mailbox:
            folder = row.account.sent_folder or mailbox.sent_folder()
            return bool(folder) and mailbox.find_message_id(folder, row.message_id)
    except (GatewayError, NoSecret) as error:
        log.info("Sent could not be looked through: %s", error)
        return False


def file_copies(*, clock: Callable[[], datetime]) -> int:
    """Put copies of what was sent into Sent, where the server does not do so.  Gives how many lie there."""
    filed = 0
    for account, rows in groupby(outbox.unfiled(now=clock()), key=lambda row: row.account):
        try:
            with open_mailbox(account, now=clock()) as mailbox:
                filed += sum(_file(mailbox, row, now=clock()) for row in rows)
        except (GatewayError, NoSecret) as error:
            log.info("Copies for %s could not be filed: %s", account.pk, error)
    return filed


def _file(mailbox: Mailbox, row: Outgoing, *, now: datetime) -> bool:
    folder = row.account.sent_folder or mailbox.sent_folder()
    if not folder:
        return False
    if not mailbox.find_message_id(folder, row.message_id):
        mailbox.append(folder, row.data.encode("ascii"), row.dated or now)
    return bool(Outgoing.objects.filter(pk=row.pk, filed_at=None).update(filed_at=now))
