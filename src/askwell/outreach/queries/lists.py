"""Lists: talks, introductions, leads, events, promises, weeks of reaching out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext

from askwell.outreach import changes, words
from askwell.outreach.calendars import of_seeker
from askwell.outreach.facts import goal_of, seeker_of
from askwell.outreach.models import (
    Draft,
    Introduction,
    Lead,
    NetworkingEvent,
    Outreach,
    Promise,
    Talk,
    Touch,
)
from askwell.outreach.queries.lines import UndoOffer, WaitingLine, WeekCount
from askwell.people.models import Change, Contact
from askwell.rules.facts import Mode, State, TalkState, TouchKind
from askwell.rules.lifecycle import WAITED_FOR
from askwell.rules.modes import FIRST_MODES
from askwell.rules.timing import local, week_start

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.outreach.queries.suggesting import Desk

__all__ = [
    "drafts",
    "events",
    "goal_of",
    "introductions",
    "known_there",
    "leads",
    "outreaches",
    "promises",
    "search",
    "seeker_of",
    "talks",
    "undo_offer",
    "waiting",
    "waiting_lines",
    "weeks",
]

_WEEK = timedelta(days=7)
_FEW = 6


def talks(owner: AbstractBaseUser, *, now: datetime, when: str = "all") -> QuerySet[Talk]:
    """``coming`` (soonest first), ``past`` (newest first) or ``all``; with contact and outreach."""
    rows = Talk.objects.for_owner(owner).select_related("contact", "outreach")
    if when == "coming":
        return rows.filter(state=TalkState.SCHEDULED, starts_at__gte=now).order_by("starts_at", "id")
    if when == "past":
        rows = rows.filter(~Q(state=TalkState.SCHEDULED) | Q(starts_at__lt=now))
    return rows.order_by("-starts_at", "-id")


def introductions(owner: AbstractBaseUser) -> QuerySet[Introduction]:
    """Names given, newest first, with giver and the person named."""
    return Introduction.objects.for_owner(owner).select_related("giver", "about").order_by("-given_at", "-id")


def leads(owner: AbstractBaseUser, *, still_open: bool = True) -> QuerySet[Lead]:
    """Leads, newest first, with source and organization."""
    rows = Lead.objects.for_owner(owner).select_related("source", "organization")
    if still_open:
        rows = rows.filter(closed_at=None)
    return rows.order_by("-heard_at", "-id")


def known_there(lead: Lead) -> list[Contact]:
    """Give a few people who work where the lead is, and may be asked: who hires first, never its source."""
    if lead.organization_id is None:
        return []
    rows = Contact.objects.for_owner(lead.owner).people().exclude(pk=lead.source_id)
    rows = rows.filter(
        positions__organization=lead.organization_id, positions__current=True, positions__school=False
    )
    return list(
        rows.filter(do_not_contact=False).distinct().order_by("-hires", "-connector", "sort_key", "pk")[:_FEW]
    )


def events(owner: AbstractBaseUser, *, now: datetime, when: str = "all") -> QuerySet[NetworkingEvent]:
    """``coming``, ``past`` or ``all`` events, encounters prefetched."""
    rows = NetworkingEvent.objects.for_owner(owner).prefetch_related("encounters__contact")
    if when == "coming":
        return rows.filter(starts_at__gte=now).order_by("starts_at", "id")
    if when == "past":
        rows = rows.filter(starts_at__lt=now)
    return rows.order_by("-starts_at", "-id")


def outreaches(owner: AbstractBaseUser, *, state: str = "") -> QuerySet[Outreach]:
    """Outreaches, newest first, with contact and referrer; of one state where given."""
    rows = Outreach.objects.for_owner(owner).select_related("contact", "referrer")
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-opened_at", "-id")


def promises(owner: AbstractBaseUser, *, mine: bool | None = None) -> QuerySet[Promise]:
    """Open promises, oldest first."""
    rows = Promise.objects.for_owner(owner).filter(kept_at=None, dropped_at=None).select_related("contact")
    if mine is not None:
        rows = rows.filter(mine=mine)
    return rows.order_by("made_at", "id")


def drafts(owner: AbstractBaseUser) -> QuerySet[Draft]:
    """Unsent drafts, newest first."""
    rows = Draft.objects.for_owner(owner).filter(sent_at=None).select_related("contact", "outreach")
    return rows.order_by("-updated_at", "-id")


def weeks(owner: AbstractBaseUser, *, now: datetime, count: int = 8) -> list[WeekCount]:
    """Weeks of reaching out, oldest first, the present week last.  Imported history is not counted."""
    seeker = seeker_of(owner)
    calendar = of_seeker(seeker.zone, seeker.country, now=now)
    monday = week_start(now, calendar)
    first = local(monday, calendar).date() - _WEEK * (count - 1)
    found: dict[date, dict[str, int]] = {first + _WEEK * place: {} for place in range(count)}

    def note(at: datetime, what: str) -> None:
        day = local(at, calendar).date()
        week = found.get(day - timedelta(days=day.weekday()))
        if week is not None:
            week[what] = week.get(what, 0) + 1

    since = monday - _WEEK * count
    rows = Touch.objects.for_owner(owner).filter(at__gte=since, at__lte=now, batch=None)
    for at, direction, kind, mode in rows.values_list("at", "direction", "kind", "mode"):
        if what := _what(direction, kind, mode):
            note(at, what)
    held = Talk.objects.for_owner(owner).filter(state=TalkState.HELD, starts_at__gte=since)
    for starts_at in held.values_list("starts_at", flat=True):
        note(starts_at, "talks")
    return [WeekCount(monday=day, **counts) for day, counts in sorted(found.items())]


def _what(direction: str, kind: str, mode: str) -> str:
    if direction == "in":
        return "replies" if kind == TouchKind.REPLY else ""
    if mode in FIRST_MODES:
        return "first_messages"
    return {Mode.FOLLOW_UP.value: "follow_ups", Mode.THANKS.value: "thanks"}.get(mode, "")


def undo_offer(owner: AbstractBaseUser, *, now: datetime) -> UndoOffer | None:  # noqa: ARG001 - one shape
    """The newest action that could be taken back, in words."""
    change = (
        Change.objects.for_owner(owner)
        .filter(undone_at=None)
        .exclude(code="outreach.settled")
        .defer("entries")
        .order_by("-id")
        .first()
    )
    if change is None:
        return None
    return UndoOffer(change=change.pk, sentence=changes.sentence(change), at=change.at)


def waiting(owner: AbstractBaseUser, *, now: datetime, limit: int = 20) -> list[WaitingLine]:
    """Whose turn it is, longest waiting first."""
    from askwell.outreach.queries.today import desk_of

    return list(waiting_lines(desk_of(owner, now=now), limit=limit)[0])


def waiting_lines(desk: Desk, *, limit: int) -> tuple[tuple[WaitingLine, ...], int]:
    """Whose turn it is, and how many there are in all: four queries."""
    rows = Outreach.objects.for_owner(desk.owner).filter(state__in=WAITED_FOR)
    # Names apart: to be sorted, each of hundreds would have its contact looked up first.
    asked = list(
        rows.order_by("opened_at", "id").values_list("id", "state", "until", "opened_at", "contact_id")[
            :limit
        ]
    )
    whom = {contact for *_rest, contact in asked}
    names = dict(Contact.objects.filter(pk__in=whom).values_list("pk", "name"))
    theirs = list(
        promises(desk.owner, mine=False).values_list(
            "id", "text", "made_at", "due", "contact_id", "contact__name"
        )[:limit]
    )
    lines = [
        _waiting_reply(desk.voice, pk, state, until, since, contact, names[contact])
        for pk, state, until, since, contact in asked
    ]
    lines += [_waiting_promise(*row) for row in theirs]
    lines.sort(key=lambda line: (line.since, line.about))
    count = rows.count() if len(asked) == limit else len(asked)
    return tuple(lines[:limit]), count + len(theirs)


def _waiting_reply(
    voice: words.Voice, pk: int, state: str, until: datetime | None, since: datetime, contact: int, name: str
) -> WaitingLine:
    if state == State.PAUSED and until is not None:
        said = gettext("%(name)s is away until %(day)s.") % {"name": name, "day": voice.day(until)}
    elif state == State.LATER and until is not None:
        said = gettext("%(name)s asked you to come back around %(day)s.") % {
            "name": name,
            "day": voice.day(until),
        }
    else:
        said = gettext("%(name)s has your message.") % {"name": name}
    return WaitingLine(
        contact=contact, contact_name=name, sentence=said, since=since, until=until, about=("outreach", pk)
    )


def _waiting_promise(
    pk: int, text: str, made: datetime, due: datetime | None, contact: int, name: str
) -> WaitingLine:
    said = gettext("%(name)s said: %(text)s") % {"name": name, "text": text}
    return WaitingLine(
        contact=contact, contact_name=name, sentence=said, since=made, until=due, about=("promise", pk)
    )


def search(owner: AbstractBaseUser, text: str, *, limit: int = 8) -> dict[str, list[object]]:
    """Find leads, events and promises by a word in them; people are found by ``people.queries``."""
    wanted = text.strip()
    if not wanted:
        return {"leads": [], "events": [], "promises": []}
    return {
        "leads": list(leads(owner, still_open=False).filter(title__icontains=wanted)[:limit]),
        "events": list(
            NetworkingEvent.objects.for_owner(owner)
            .filter(name__icontains=wanted)
            .order_by("-starts_at")[:limit]
        ),
        "promises": list(promises(owner).filter(text__icontains=wanted)[:limit]),
    }
