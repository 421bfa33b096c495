"""Letters that the connected mailbox sends: approved, taken back, settled where nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from askwell.formats.eml import Attachment, letter
from askwell.mailroom import outbox
from askwell.mailroom.lifecycle import OPEN, Event, NotNow, State
from askwell.mailroom.models import Evidence, Outgoing
from askwell.outreach.actions._doing import aware, doing, fresh, towards
from askwell.outreach.actions.sending import record_draft_sent
from askwell.outreach.errors import BadValue
from askwell.outreach.letter_files import address_of, attachment_of
from askwell.rules.facts import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.mailroom.models import Account
    from askwell.outreach.models import Draft

_ROOM = 2_000  # octets of headers, for the size told to a server beforehand


class _OnlyTried(Exception):
    """Ends the transaction of a trial."""


def queue_letter(
    draft: Draft,
    account: Account,
    *,
    now: datetime,
    due_at: datetime | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Outgoing:
    """Approve a letter: it goes out by that account at its hour, at once where none is given.

    The rules are asked now, as of that hour, and once more when it goes.  Raises Refused, NeedsMore and
    OutOfOrder as ``record_sent`` does; BadValue: another channel, an account that does not send, a letter
    on its way; ``formats.eml.LetterError`` where there is no address, or one that cannot stand in it.
    """
    due = now if due_at is None else max(aware("due_at", due_at), now)
    with towards(draft.contact, "queued", now=now) as log:
        fresh(draft)
        _check(draft, account)
        attached = attachment_of(draft)
        row = Outgoing(
            owner_id=draft.owner_id,
            account=account,
            contact=draft.contact,
            about=draft.pk,
            details={"overrides": dict(overrides or {}), "size": _size(draft, attached)},
            recipient=address_of(draft.contact),
            subject=draft.subject[:300],
            message_id=_message_id(draft, account),
            queued_at=now,
            due_at=due,
            give_up_at=due + outbox.GIVE_UP,
        )
        _compose(draft, row, attached)
        _try(draft, at=due, overrides=overrides)
        if draft.message_id != row.message_id:
            log.change(draft, message_id=row.message_id)
        return log.create(row)


def _message_id(draft: Draft, account: Account) -> str:
    """The id of the file that was downloaded; a new one once it was approved and taken back."""
    taken = Outgoing.objects.filter(owner_id=draft.owner_id, message_id=draft.message_id).exists()
    return draft.message_id if draft.message_id and not taken else outbox.new_message_id(account.address)


def _check(draft: Draft, account: Account) -> None:
    if draft.sent_at is not None:
        raise BadValue("draft", "sent-already")
    if outbox.of_letter(draft.owner_id, draft.pk, *OPEN) is not None:
        raise BadValue("draft", "waits-to-go")
    if draft.channel != Channel.EMAIL:
        raise BadValue("channel", "not-mail")
    if account.owner_id != draft.owner_id or not account.smtp_host:
        raise BadValue("account", "does-not-send")


def _compose(draft: Draft, row: Outgoing, attached: Attachment | None) -> None:
    """Compose it once, so that what cannot stand in a letter is said now and not when it goes."""
    letter(
        sender=(row.account.name, row.account.address),
        to=(draft.contact.name, row.recipient),
        subject=draft.subject,
        body=draft.body,
        at=row.due_at,
        message_id=row.message_id,
        unsent=False,
        attachment=attached,
    )


def _size(draft: Draft, attached: Attachment | None) -> int:
    return _ROOM + 3 * len(draft.body) + (len(attached.data) * 14 // 10 if attached else 0)


def _try(draft: Draft, *, at: datetime, overrides: Mapping[str, str] | None) -> None:
    """Ask the rules what they will say then: recorded, and rolled back."""
    try:
        with transaction.atomic():
            record_draft_sent(draft, at=at, now=at, overrides=overrides)
            raise _OnlyTried  # noqa: TRY301 - that is what it is for
    except _OnlyTried:
        draft.refresh_from_db()


def take_back_letter(row: Outgoing, *, now: datetime) -> Outgoing:
    """Take a letter back that still waits; its draft can be changed again.  Raises BadValue: it is going."""
    with doing(row.owner, "taken_back", now=now, name=row.contact.name if row.contact else "") as log:
        held = Outgoing.objects.select_for_update().filter(pk=row.pk, state=State.QUEUED).first()
        if held is None:
            raise BadValue("outgoing", "already-going")
        log.change(row, state=State.CANCELLED, settled_at=now, settled_by=Evidence.USER)
        if row.contact_id:
            log.contacts.add(row.contact_id)
    return row


def settle_letter(row: Outgoing, *, went: bool, again: bool = False, now: datetime) -> Outgoing:
    """Say of a letter in doubt whether it went out; one that did not may go ``again``.

    Raises BadValue where it is in doubt no more, or its mailbox was let go and sends nothing again.
    """
    from askwell.outreach.posts import post as guard  # it knows of everything that goes out

    if again and not went and not row.account.smtp_host:
        raise BadValue("account", "does-not-send")
    post = guard()
    event = Event.FOUND if went else Event.MISSING if again else Event.CANCEL
    try:
        with transaction.atomic():
            settled = outbox.settle(row, event, by=Evidence.USER, now=now)
            if went:
                post.gone(settled, now=now)
            else:
                post.not_gone(settled, now=now)
    except NotNow:
        raise BadValue("outgoing", "settled-already") from None
    return settled
