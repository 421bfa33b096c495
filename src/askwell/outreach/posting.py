"""What the mailroom's sender asks: the same rules as every door, at the moment a letter goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.formats.eml import LetterError, letter
from askwell.mailroom.posting import Held, Ready
from askwell.outreach.actions.sending import record_draft_sent
from askwell.outreach.errors import OutreachError, Refused
from askwell.outreach.kept_files import FileGone
from askwell.outreach.letter_files import attachment_of
from askwell.outreach.models import Draft, Touch
from askwell.outreach.reasons import to_json
from askwell.people.journal import CannotUndo, undo
from askwell.people.models import Change, ContactPoint, PointKind
from askwell.people.points import norm_point
from askwell.rules.facts import Mode

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.mailroom.models import Outgoing

_THREAD = 20  # earlier messages named in References
_BEGINS = {Mode.INFORMATIONAL, Mode.LEAD, Mode.INTRO_REQUEST, Mode.EVENT_FOLLOW_UP}


class OutreachPost:
    """The guard of letters: ``mailroom.posting.Post``."""

    def going(self, row: Outgoing, *, now: datetime) -> Ready:
        """Ask the rules, record the touch, and fix the bytes.  Raises Held."""
        draft = Draft.objects.for_owner(row.owner).select_related("contact", "outreach", "talk", "owner")
        found = draft.filter(pk=row.about).first()
        if found is None or found.sent_at is not None:
            raise Held("gone")
        refuse_dead_address(row)
        try:
            data = _bytes(found, row, at=now)
            touch = record_draft_sent(found, at=now, now=now, overrides=row.details.get("overrides"))
        except Refused as refused:
            reasons = [to_json(each.reason) for each in refused.decision.refusals]
            raise Held("rules", reasons=reasons) from refused
        except (OutreachError, LetterError, FileGone) as error:
            raise Held("facts", said=str(error)) from error
        return Ready(data=data.decode("ascii"), change=change_of(touch))

    def not_gone(self, row: Outgoing, *, now: datetime) -> None:
        """Take the touch back; where something rests on it already, it stays, and the row says why."""
        if row.change is None or row.change.undone_at is not None:
            return
        try:
            undo(row.change, now=now)
        except CannotUndo:
            row.details["touch_stays"] = True
            row.save(update_fields=["details"])

    def gone(self, row: Outgoing, *, now: datetime) -> None:
        """See that the touch is recorded, as of the hour it went."""
        if row.change is not None and row.change.undone_at is None:
            return
        found = Draft.objects.for_owner(row.owner).filter(pk=row.about, sent_at=None).first()
        if found is not None:
            record_draft_sent(found, at=row.dated or now, now=now, overrides=row.details.get("overrides"))


def refuse_dead_address(row: Outgoing) -> None:
    """An address known to be dead since it was approved is written to no more."""
    norm = norm_point(PointKind.EMAIL, row.recipient)
    points = ContactPoint.objects.filter(contact=row.contact, kind=PointKind.EMAIL, norm=norm)
    if not points.filter(invalid_since=None).exists():
        raise Held("address")


def _bytes(draft: Draft, row: Outgoing, *, at: datetime) -> bytes:
    thread = _thread(draft)
    return letter(
        sender=(row.account.name, row.account.address),
        to=(draft.contact.name, row.recipient),
        subject=draft.subject,
        body=draft.body,
        at=at,
        message_id=row.message_id,
        in_reply_to=thread[-1] if thread else "",
        references=thread,
        unsent=False,
        attachment=attachment_of(draft),
    )


def _thread(draft: Draft) -> list[str]:
    """Give the Message-IDs of what was written before in the same matter, the oldest first."""
    if draft.mode in _BEGINS:
        return []
    touches = Touch.objects.filter(contact=draft.contact, channel="email").exclude(message_id="")
    if draft.outreach_id:
        touches = touches.filter(outreach=draft.outreach_id)
    newest = touches.order_by("-at", "-id").values_list("message_id", flat=True)[:_THREAD]
    return [each for each in reversed(newest) if each.startswith("<")]


def change_of(touch: Touch) -> Change | None:
    """Give the change that made this touch."""
    made = ["create", Touch._meta.label_lower, touch.pk]
    newest = Change.objects.filter(owner_id=touch.owner_id).order_by("-pk")[:20]
    one_by_one = newest.iterator(chunk_size=1)  # it is the newest; an import before it has very many entries
    return next((each for each in one_by_one if any(entry[:3] == made for entry in each.entries)), None)
