"""Informational interviews: booked, moved, held, reflected on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from askwell.outreach.actions._doing import aware, fresh, happened, move, move_if_possible, one_of, towards
from askwell.outreach.actions._joining import join_with_last
from askwell.outreach.actions._touching import OUT, courtesy, open_ones, record_touch
from askwell.outreach.calendars import known_zones
from askwell.outreach.errors import BadValue, OutOfOrder, Refused
from askwell.outreach.facts import seeker_of
from askwell.outreach.judging import judge_scheduling
from askwell.outreach.models import Advice, Talk
from askwell.rules.facts import Channel, Happening, Occasion, State, TalkState, TouchKind
from askwell.rules.reflection import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.formats.ics import CalendarEvent
    from askwell.outreach.models import Outreach, Seeker
    from askwell.people.journal import Journal
    from askwell.people.models import Contact


def schedule_talk(
    outreach: Outreach,
    *,
    starts_at: datetime,
    now: datetime,
    minutes: int = 20,
    zone: str = "",
    channel: Channel | str = Channel.PHONE,
    where: str = "",
    overrides: Mapping[str, str] | None = None,
) -> Talk:
    """Book the talk.  ``zone`` is theirs (kept with the contact where that has none).  Raises Refused."""
    contact = outreach.contact
    with towards(contact, "scheduled", now=now) as log:
        fresh(outreach)
        way = one_of(Channel, "channel", channel)
        _keep_zone(log, contact, zone)
        left = _judge(outreach, aware("starts_at", starts_at), minutes=minutes, now=now, overrides=overrides)
        if outreach.state == State.SCHEDULED:
            raise OutOfOrder(State.SCHEDULED, Happening.SCHEDULED)
        talk = log.create(
            Talk(
                owner_id=outreach.owner_id,
                contact=contact,
                outreach=outreach,
                starts_at=starts_at,
                minutes=minutes,
                zone=zone or contact.zone,
                channel=way,
                where=where[:300],
                uid=f"{uuid4()}@askwell",
            )
        )
        touch = record_touch(
            log,
            contact,
            direction=OUT,
            kind=TouchKind.INVITATION,
            channel=Channel.EMAIL,
            at=now,
            outreach=outreach,
            talk=talk,
        )
        move(log, outreach, Happening.SCHEDULED, at=now, touch=touch, data=left)
    return talk


def move_talk(
    talk: Talk,
    *,
    starts_at: datetime,
    now: datetime,
    by_them: bool,
    minutes: int | None = None,
    channel: Channel | str | None = None,
    where: str | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Talk:
    """Another time, length or place; the calendar entry's sequence goes up."""
    contact = talk.contact
    with towards(contact, "talk_moved", now=now) as log:
        fresh(talk)
        _must_be(talk, TalkState.SCHEDULED, Happening.RESCHEDULED)
        length = talk.minutes if minutes is None else minutes
        data: dict[str, Any] = {}
        if talk.outreach is not None:
            data = _judge(talk.outreach, starts_at, minutes=length, now=now, overrides=overrides)
        log.change(
            talk,
            starts_at=aware("starts_at", starts_at),
            minutes=length,
            channel=talk.channel if channel is None else one_of(Channel, "channel", channel),
            where=talk.where if where is None else where[:300],
            sequence=talk.sequence + 1,
            confirmed_at=None,
            changes_by_them=talk.changes_by_them + int(by_them),
        )
        data |= {"by_them": by_them}
        move_if_possible(log, talk.outreach, Happening.RESCHEDULED, at=now, data=data)
    return talk


def take_over_from_calendar(
    talk: Talk,
    *,
    now: datetime,
    starts_at: datetime | None = None,
    minutes: int | None = None,
    where: str | None = None,
) -> Talk:
    """The seeker moved it in their own calendar.  It is so, whatever the rules would have said to it."""
    with towards(talk.contact, "talk_moved_in_calendar", now=now) as log:
        fresh(talk)
        _must_be(talk, TalkState.SCHEDULED, Happening.RESCHEDULED)
        starts = talk.starts_at if starts_at is None else aware("starts_at", starts_at)
        log.change(
            talk,
            starts_at=starts,
            minutes=talk.minutes if minutes is None else minutes,
            where=talk.where if where is None else where[:300],
            sequence=talk.sequence + 1,
            confirmed_at=talk.confirmed_at if starts == talk.starts_at else None,
        )
        move_if_possible(log, talk.outreach, Happening.RESCHEDULED, at=now, data={"by_them": False})
    return talk


def cancel_talk(
    talk: Talk, *, by_them: bool, now: datetime, overrides: Mapping[str, str] | None = None
) -> Talk:
    """Called off: back to finding a time.  Nothing forbids it; reasons given are kept."""
    with towards(talk.contact, "talk_cancelled", now=now) as log:
        fresh(talk)
        _must_be(talk, TalkState.SCHEDULED, Happening.CANCELLED)
        _call_off(log, talk, at=now, data={"by_them": by_them, "overrides": dict(overrides or {})})
    return talk


def _call_off(log: Journal, talk: Talk, *, at: datetime, data: dict[str, Any]) -> None:
    log.change(talk, state=TalkState.CANCELLED.value, sequence=talk.sequence + 1)
    move_if_possible(log, talk.outreach, Happening.CANCELLED, at=at, data=data)


def settle_by_letter(log: Journal, talk: Talk, *, occasion: str, at: datetime) -> None:
    """A letter around a booked talk went out: it confirms it, or calls it off."""
    if fresh(talk).state != TalkState.SCHEDULED:
        return
    if occasion == Occasion.CONFIRM:
        log.change(talk, confirmed_at=at)
    elif occasion == Occasion.CANCEL:
        _call_off(log, talk, at=at, data={"by_them": False})


def confirm_talk(talk: Talk, *, now: datetime, at: datetime | None = None) -> Talk:
    """The day-before confirmation went out."""
    with towards(talk.contact, "talk_confirmed", now=now) as log:
        fresh(talk)
        _must_be(talk, TalkState.SCHEDULED, "confirmed")
        told = happened("at", at or now, now=now)
        courtesy(log, talk.contact, at=told, talk=talk, outreach=talk.outreach)
        log.change(talk, confirmed_at=told)
    return talk


def record_held(
    talk: Talk,
    *,
    now: datetime,
    ended_at: datetime | None = None,
    minutes: int | None = None,
    share_theirs: int | None = None,
    cool: bool | None = None,
    notes: str | None = None,
) -> Talk:
    """It took place.  ``ended_at`` defaults to start + ``minutes``; the thank-you clock starts there.

    ``cool`` left out keeps what was said of it while it lasted (``set_cool``).
    A talk that ended before the hour it was booked for had begun earlier too.
    """
    contact = talk.contact
    with towards(contact, "held", now=now) as log:
        fresh(talk)
        if talk.state == TalkState.HELD:
            raise OutOfOrder(talk.state, Happening.HELD)
        length = talk.minutes if minutes is None else minutes
        ended = ended_at or talk.starts_at + timedelta(minutes=length)
        happened("ended_at", ended, now=now)
        log.change(
            talk,
            state=TalkState.HELD.value,
            starts_at=talk.starts_at if talk.starts_at < ended else ended - timedelta(minutes=length),
            ended_at=ended,
            minutes=length,
            share_theirs=talk.share_theirs if share_theirs is None else share_theirs,
            notes=talk.notes if notes is None else notes,
            occupation=talk.occupation or _title(contact),
        )
        _after_held(log, talk, cool=cool)
    return talk


def record_talk(  # noqa: PLR0913 - each is a fact of its own
    contact: Contact,
    *,
    ended_at: datetime,
    now: datetime,
    minutes: int = 20,
    channel: Channel | str = Channel.PHONE,
    outreach: Outreach | None = None,
    share_theirs: int | None = None,
    cool: bool = False,
    notes: str = "",
) -> Talk:
    """A talk that took place without having been booked here."""
    happened("ended_at", ended_at, now=now)
    with towards(contact, "held", now=now) as log:
        chosen = fresh(outreach) if outreach is not None else next(iter(open_ones(contact)), None)
        talk = log.create(
            Talk(
                owner_id=contact.owner_id,
                contact=contact,
                outreach=chosen,
                state=TalkState.HELD.value,
                starts_at=ended_at - timedelta(minutes=minutes),
                minutes=minutes,
                zone=contact.zone,
                channel=one_of(Channel, "channel", channel),
                uid=f"{uuid4()}@askwell",
                ended_at=ended_at,
                share_theirs=share_theirs,
                notes=notes,
                occupation=_title(contact),
            )
        )
        _after_held(log, talk, cool=cool)
    return talk


def _title(contact: Contact) -> str:
    """Give the title they have now, which the talk was about; it may be another when one looks back."""
    found: str = contact.positions.jobs().order_by("id").values_list("title", flat=True).first() or ""
    return found[:200]


def record_missed(talk: Talk, *, now: datetime) -> Talk:
    """The time passed and it did not take place."""
    with towards(talk.contact, "talk_missed", now=now) as log:
        fresh(talk)
        _must_be(talk, TalkState.SCHEDULED, Happening.MISSED)
        if talk.starts_at > now:
            raise BadValue("starts_at", "in-the-future")
        log.change(talk, state=TalkState.MISSED.value)
        move_if_possible(log, talk.outreach, Happening.MISSED, at=now)
    return talk


def reflect(talk: Talk, *, answers: Mapping[str, str], now: datetime) -> Talk:
    """Keep the six reflections (keys of ``rules.reflection``)."""
    unknown = set(answers) - set(QUESTIONS)
    if unknown:
        raise BadValue(min(unknown), "unknown")
    with towards(talk.contact, "reflected", now=now) as log:
        fresh(talk)
        kept = dict(talk.reflection) | {key: text.strip() for key, text in answers.items()}
        given = any(kept.values())
        log.change(talk, reflection=kept, reflected_at=(talk.reflected_at or now) if given else None)
    return talk


def set_cool(talk: Talk, *, cool: bool, now: datetime) -> Talk:
    """They are reserved (or no longer): the talk ends without asking for names."""
    with towards(talk.contact, "talk_cool", now=now) as log:
        fresh(talk)
        if talk.outreach is not None:
            log.change(talk.outreach, cool=cool)
    return talk


def save_notes(talk: Talk, *, notes: str, now: datetime, share_theirs: int | None = None) -> Talk:
    """Keep the notes as typed.  Saves of one talk in a row are one step back for undo."""
    with towards(talk.contact, "notes", now=now, talk=talk.pk) as log:
        fresh(talk)
        log.change(
            talk, notes=notes, share_theirs=talk.share_theirs if share_theirs is None else share_theirs
        )
    join_with_last(log)
    return talk


def talk_ics(talk: Talk, *, now: datetime) -> bytes:
    """Give the calendar entry (RFC 5545), CRLF lines; a cancelled talk gives its cancellation."""
    from askwell.formats.ics import talk_invite  # its library is slow to load

    return talk_invite(talk_event(talk), now=now)


def talk_event(talk: Talk, *, seeker: Seeker | None = None) -> CalendarEvent:
    """Give a talk as calendars know it, in their zone where known; neutral under a confidential search."""
    from askwell.formats.ics import CalendarEvent

    seeker = seeker or seeker_of(talk.owner)
    theirs = talk.zone if talk.zone in known_zones() else ""
    zone = ZoneInfo(theirs or (seeker.zone if seeker.zone in known_zones() else "UTC"))
    return CalendarEvent(
        uid=talk.uid,
        starts=talk.starts_at.astimezone(zone),
        summary=gettext("Conversation with %(name)s") % {"name": talk.contact.name},
        minutes=talk.minutes,
        sequence=talk.sequence,
        location="" if talk.where.startswith("http") else talk.where,
        url=talk.where if talk.where.startswith("http") else "",
        alarm_minutes=15,
        cancelled=talk.state == TalkState.CANCELLED,
        confidential=seeker.confidential,
        neutral_summary=gettext("Conversation"),
    )


_FACE_TO_FACE = frozenset({Channel.IN_PERSON.value})


def _judge(
    outreach: Outreach,
    starts_at: datetime,
    *,
    minutes: int,
    now: datetime,
    overrides: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Ask the rules; gives what to keep with the transition.  Raises Refused."""
    decision = judge_scheduling(outreach, starts_at, minutes=minutes, now=now)
    left = decision.with_overrides((overrides or {}).items())
    if not left.allowed:
        raise Refused(left)
    kept = {refusal.reason.rule: (overrides or {})[refusal.reason.rule] for refusal in decision.refusals}
    return {"overrides": kept} if kept else {}


def _must_be(talk: Talk, state: TalkState, happening: Happening | str) -> None:
    if talk.state != state:
        raise OutOfOrder(talk.state, happening)


def _keep_zone(log: Journal, contact: Contact, zone: str) -> None:
    if zone and zone not in known_zones():
        raise BadValue("zone", "unknown-zone")
    if zone and not contact.zone:
        log.change(contact, zone=zone)


def _after_held(log: Journal, talk: Talk, *, cool: bool | None) -> None:
    """What a talk brings with it: the touch, the move, the loop of whoever gave this name."""
    contact, ended = talk.contact, talk.ended_at or talk.starts_at
    kind = TouchKind.MEETING if talk.channel in _FACE_TO_FACE else TouchKind.CALL
    touch = record_touch(
        log,
        contact,
        direction=OUT,
        kind=kind,
        channel=Channel(talk.channel),
        at=ended,
        outreach=talk.outreach,
        talk=talk,
    )
    move_if_possible(log, talk.outreach, Happening.HELD, at=ended, touch=touch)
    if talk.outreach is not None and cool is not None:
        log.change(talk.outreach, cool=cool)
    for loop in Advice.objects.filter(introduction__about=contact, acted_at=None, told_at=None):
        log.change(loop, acted_at=ended)
