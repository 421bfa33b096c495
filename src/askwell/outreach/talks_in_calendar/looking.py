"""What the pages say of talks and their entries in the calendar: what moved, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from askwell.formats.calendar_entries import Unfit
from askwell.mailroom.models import CalendarEntry, EntryState
from askwell.outreach.calendars import of_seeker
from askwell.outreach.facts import seeker_of
from askwell.outreach.invitations import Wanted, wanted
from askwell.outreach.models import Talk
from askwell.outreach.talks_in_calendar.merging import Agreed, loaded
from askwell.outreach.talks_in_calendar.settling import Answer, answers_to
from askwell.outreach.talks_in_calendar.taking import was_moved
from askwell.rules.facts import TalkState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser

ASKS = (EntryState.GONE, EntryState.BOTH, EntryState.UNREADABLE, EntryState.REFUSED)
_WHY = {
    Unfit.SERIES: gettext_lazy("In your calendar it became a series, so it is left alone there."),
    Unfit.WHOLE_DAY: gettext_lazy("In your calendar it became a whole day, so it is left alone there."),
    Unfit.NO_ZONE: gettext_lazy("In your calendar its hour has no time zone, so it is left alone there."),
    Unfit.LENGTH: gettext_lazy("In your calendar its length is none a talk has, so it is left alone there."),
}
_UNREADABLE = gettext_lazy("What stands in your calendar cannot be read, so it is left alone there.")
LABELS = {
    Answer.SEEN: gettext_lazy("I have seen it"),
    Answer.HERE: gettext_lazy("The talk is right as it is here"),
    Answer.THERE: gettext_lazy("My calendar is right"),
    Answer.AGAIN: gettext_lazy("Put it into my calendar again"),
    Answer.OFF: gettext_lazy("The talk is off"),
    Answer.LEAVE: gettext_lazy("Leave my calendar as it is"),
}
_TAKE_OUT = gettext_lazy("Take it out of my calendar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A talk, what is said of its entry, and what can be answered: (answer, label).

    ``to_tell``: the other side was told of the hour before, and can be told of this one.
    """

    entry: CalendarEntry
    talk: Talk
    sentence: str
    answers: tuple[tuple[str, str], ...]
    asks: bool
    to_tell: bool = False


def lines(owner: AbstractBaseUser, *, now: datetime) -> list[Line]:
    """Give what moved in the calendar and was not seen yet, and what is asked; the next talk first."""
    rows = CalendarEntry.objects.for_owner(owner).filter(Q(state__in=ASKS) | ~Q(moved={}))
    return _lines(owner, rows.select_related("owner"), now=now)


def line_of(talk: Talk, *, now: datetime) -> Line | None:
    """Give what is to be said of one talk; None: nothing."""
    rows = CalendarEntry.objects.for_owner(talk.owner).filter(uid=str(talk.uid).partition("@")[0])
    rows = rows.filter(Q(state__in=[*ASKS, EntryState.LEFT]) | ~Q(moved={}))
    return next(iter(_lines(talk.owner, rows.select_related("owner"), now=now)), None)


def _lines(owner: AbstractBaseUser, rows: Iterable[CalendarEntry], *, now: datetime) -> list[Line]:
    entries = {entry.uid: entry for entry in rows}
    if not entries:
        return []
    uids = [*entries, *(f"{uid}@askwell" for uid in entries)]
    talks = Talk.objects.for_owner(owner).filter(uid__in=uids).select_related("contact", "owner")
    zone = ZoneInfo(of_seeker(seeker_of(owner).zone, "", now=now).zone)
    found = (
        _line(entries[str(talk.uid).partition("@")[0]], talk, zone, now=now)
        for talk in talks.order_by("starts_at")
    )
    return [line for line in found if line is not None]


def _line(entry: CalendarEntry, talk: Talk, zone: ZoneInfo, *, now: datetime) -> Line | None:
    off = talk.state == TalkState.CANCELLED
    if talk.state != TalkState.SCHEDULED and not (off and entry.state == EntryState.BOTH):
        return None
    asks = entry.state in ASKS
    sentence = _asked(entry, talk, zone) if asks else _moved(entry, talk, zone)
    if not sentence and entry.state == EntryState.LEFT:
        sentence = _("Your calendar is left alone with this talk.")
    if not sentence:
        return None
    given = [one for one in answers_to(entry, talk) if asks != (one is Answer.SEEN)]
    labels = [(one.value, str(_TAKE_OUT if off and one is Answer.HERE else LABELS[one])) for one in given]
    return Line(
        entry=entry,
        talk=talk,
        sentence=sentence,
        answers=tuple(labels),
        asks=asks,
        to_tell=not asks and wanted(talk, now=now) is Wanted.CHANGE,
    )


def _asked(entry: CalendarEntry, talk: Talk, zone: ZoneInfo) -> str:
    if entry.state == EntryState.GONE:
        return _("It was removed from your calendar. Is the talk off?")
    if entry.state == EntryState.REFUSED:
        return _("The server of your calendar would not take it.")
    if entry.state == EntryState.UNREADABLE:
        return str(_WHY.get(Unfit(entry.why), _UNREADABLE) if entry.why in set(Unfit) else _UNREADABLE)
    there = loaded(entry.there)
    moved = there.place != Agreed.of_json(entry.agreed).there.place
    told = {"there": _hour(there.starts, zone, place=" ".join(there.place).strip() if moved else "")}
    if talk.state == TalkState.CANCELLED:
        return _("It is called off here, and was changed in your calendar: %(there)s") % told
    told["here"] = _hour(talk.starts_at, zone, place=talk.where if moved else "")
    return _("It was changed on both sides. Here: %(here)s; in your calendar: %(there)s") % told


def _moved(entry: CalendarEntry, talk: Talk, zone: ZoneInfo) -> str:
    before = was_moved(entry, talk)
    if before is None:
        return ""
    was = datetime.fromisoformat(before["starts"])
    if was != talk.starts_at:
        return _("Moved in your calendar: %(before)s → %(after)s") % {
            "before": _hour(was, zone),
            "after": _hour(talk.starts_at, zone),
        }
    if before["where"] != talk.where:
        return _("Another place in your calendar: %(place)s") % {"place": talk.where or _("none")}
    if before["minutes"] != talk.minutes:
        until = talk.starts_at + timedelta(minutes=talk.minutes)
        return _("Another length in your calendar: until %(until)s") % {"until": _clock(until, zone)}
    return ""


def _hour(at: datetime, zone: ZoneInfo, *, place: str = "") -> str:
    day = formats.date_format(at.astimezone(zone), "l j F")
    return ", ".join(filter(None, (f"{day} {_clock(at, zone)}", place)))


def _clock(at: datetime, zone: ZoneInfo) -> Any:
    return formats.date_format(at.astimezone(zone), "TIME_FORMAT")
