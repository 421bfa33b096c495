"""Invitations to talks: what is to be told, and the guard of those that go out.

Theory of operation.  What the other side was told is read from what went out by the mailbox: the UID (which
stays, whatever becomes of the search being confidential) and the last SEQUENCE.  A talk that was never told
of wants a request, one moved since wants the change, one called off after it was told wants the cancellation.
What goes is composed when it goes, from the talk as it stands then.  It is English, as letters are.

In a confidential search the title says "Conversation" and the calendar entry is private; where to meet is
told in the text of the mail alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import override

from askwell.formats.eml import LetterError, letter
from askwell.mailroom.lifecycle import GONE, OPEN
from askwell.mailroom.models import Outgoing, Purpose
from askwell.mailroom.posting import Held, Ready
from askwell.outreach.actions._doing import towards
from askwell.outreach.actions._touching import OUT, record_touch
from askwell.outreach.actions.talks import talk_event
from askwell.outreach.judging import judge_person
from askwell.outreach.letters import LANGUAGE
from askwell.outreach.models import Talk, Touch
from askwell.outreach.posting import OutreachPost, refuse_dead_address
from askwell.outreach.reasons import to_json
from askwell.rules.facts import Channel, TalkState, TouchKind

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from askwell.formats.ics import CalendarEvent
    from askwell.formats.itip.scheduling import Message
    from askwell.people.models import Change


class Wanted(StrEnum):
    """What the other side is to be told."""

    REQUEST = "request"
    CHANGE = "change"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What they were told last."""

    uid: str
    sequence: int
    cancelled: bool


def told(talk: Talk) -> Told | None:
    """Give what went out last about a talk; None where nothing did."""
    last = _invitations(talk).filter(state__in=GONE).order_by("-dated", "-pk").first()
    if last is None:
        return None
    said = last.details
    return Told(uid=said["uid"], sequence=said["sequence"], cancelled=said["method"] == "CANCEL")


def on_its_way(talk: Talk) -> Outgoing | None:
    """Give the invitation that waits, or of which nobody knows."""
    found: Outgoing | None = _invitations(talk).filter(state__in=OPEN).select_related("account").first()
    return found


def last_one(talk: Talk) -> Outgoing | None:
    """Give the newest invitation, whatever became of it."""
    found: Outgoing | None = _invitations(talk).order_by("-pk").first()
    return found


def wanted(talk: Talk, *, now: datetime) -> Wanted | None:
    """Say what they are to be told of a talk as it stands; None: nothing."""
    before = told(talk)
    if talk.state == TalkState.CANCELLED:
        return Wanted.CANCEL if before and not before.cancelled else None
    if talk.state != TalkState.SCHEDULED or talk.starts_at <= now:
        return None
    if before is None:
        return Wanted.REQUEST
    return Wanted.CHANGE if before.cancelled or before.sequence < talk.sequence else None


def _invitations(talk: Talk) -> QuerySet[Outgoing]:
    rows: QuerySet[Outgoing] = Outgoing.objects.for_owner(talk.owner)
    return rows.filter(purpose=Purpose.INVITATION, about=talk.pk)


class InvitationPost(OutreachPost):
    """The guard of invitations: ``mailroom.posting.Post``."""

    def going(self, row: Outgoing, *, now: datetime) -> Ready:
        """Ask the rules, compose it from the talk as it stands, and record it.  Raises Held."""
        talk = _talk_of(row)
        what = wanted(talk, now=now) if talk else None
        if talk is None or what is None:
            raise Held("gone")
        refuse_dead_address(row)
        decision = judge_person(talk.contact, now=now)
        if not decision.allowed:
            raise Held("rules", reasons=[to_json(each.reason) for each in decision.refusals])
        try:
            data, message = compose(talk, row, what, now=now)
        except LetterError as error:
            raise Held("facts", said=str(error)) from error
        row.details |= {"uid": message.uid, "sequence": message.sequence, "method": message.method}
        row.save(update_fields=["details", "subject"])
        return Ready(data=data.decode("ascii"), change=_record(talk, row, at=now, now=now))

    def gone(self, row: Outgoing, *, now: datetime) -> None:
        """See that the touch is recorded, as of the hour it went."""
        if row.change is not None and row.change.undone_at is None:
            return
        if talk := _talk_of(row):
            _record(talk, row, at=row.dated or now, now=now)


def _talk_of(row: Outgoing) -> Talk | None:
    found = Talk.objects.for_owner(row.owner).select_related("contact", "outreach", "owner")
    talk: Talk | None = found.filter(pk=row.about).first()
    return talk


def _record(talk: Talk, row: Outgoing, *, at: datetime, now: datetime) -> Change | None:
    """Record what goes out; the first time in the place of the invitation that booking the talk noted."""
    with towards(talk.contact, "invited", now=now) as log:
        sent: dict[str, Any] = {"at": at, "subject": row.subject, "message_id": row.message_id}
        if (noted := _noted(talk)) is not None:
            log.change(noted, recorded_at=now, **sent)
        else:
            record_touch(
                log,
                talk.contact,
                direction=OUT,
                kind=TouchKind.INVITATION,
                channel=Channel.EMAIL,
                outreach=talk.outreach,
                talk=talk,
                **sent,
            )
    return log.stored


def _noted(talk: Talk) -> Touch | None:
    """Give the invitation that was noted when the talk was booked, and that no mail stands for yet."""
    own = Touch.objects.filter(talk=talk, kind=TouchKind.INVITATION, direction=OUT)
    found: Touch | None = own.filter(message_id="").order_by("pk").first()
    return found


@override(LANGUAGE)
def compose(talk: Talk, row: Outgoing, what: Wanted, *, now: datetime) -> tuple[bytes, Message]:
    """Give the mail as it goes out, and the message in it; sets the row's subject.  Raises LetterError."""
    from askwell.formats.itip.imip import part_of

    event = talk_event(talk)
    message = _message(talk, row, event, now=now)
    row.subject = _subject(event, what)
    data = letter(
        sender=(row.account.name, row.account.address),
        to=(talk.contact.name, row.recipient),
        subject=row.subject,
        body=_text(talk, event, what),
        at=now,
        message_id=row.message_id,
        unsent=False,
        calendar=part_of(message),
    )
    return data, message


def _message(talk: Talk, row: Outgoing, event: CalendarEvent, *, now: datetime) -> Message:
    from askwell.formats.itip.inviting import Invitation, message_of

    before = told(talk)
    bare = event.uid.partition("@")[0] if event.confidential else event.uid
    starts: datetime = event.starts  # type: ignore[assignment]  # a talk has an hour
    mine = row.account.name or row.account.address
    return message_of(
        Invitation(
            uid=before.uid if before else bare,
            sequence=event.sequence,
            starts=starts,
            minutes=event.minutes,
            summary=event.neutral_summary
            if event.confidential
            else f"Conversation: {mine}, {talk.contact.name}",
            organizer=(row.account.name, row.account.address),
            attendee=(talk.contact.name, row.recipient),
            location="" if event.confidential else event.location,
            url="" if event.confidential else event.url,
            cancelled=event.cancelled,
            confidential=event.confidential,
        ),
        now=now,
    )


def _subject(event: CalendarEvent, what: Wanted) -> str:
    said = {
        Wanted.REQUEST: "Our conversation,",
        Wanted.CHANGE: "Our conversation, now",
        Wanted.CANCEL: "Called off: our conversation,",
    }
    return f"{said[what]} {_when(event)}"


def _when(event: CalendarEvent) -> str:
    starts = event.starts
    return f"{starts:%A} {starts.day} {starts:%B}, {starts:%H:%M}"


def _text(talk: Talk, event: CalendarEvent, what: Wanted) -> str:
    lines = [f"{_when(event)} ({_zone(event)})"]
    if what is Wanted.CANCEL:
        return "\n".join(["Our conversation does not take place:", *lines, ""])
    lines.append(f"{talk.minutes} minutes")
    if talk.where:
        lines.append(talk.where)
    said = "Our conversation is moved:" if what is Wanted.CHANGE else "This is for your calendar:"
    return "\n".join([said, *lines, ""])


def _zone(event: CalendarEvent) -> str:
    zone = event.starts.tzinfo if hasattr(event.starts, "tzinfo") else None
    return zone.key if isinstance(zone, ZoneInfo) else "UTC"
