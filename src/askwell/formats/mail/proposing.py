"""The times a sentence proposes, as local times with the zone that is said.

Theory of operation.  Days, parts of days and times of day are events in the order in which they stand.  A
time belongs to the days right before it ("Tuesday or Wednesday at 3"), or to the one right after ("3pm on
Tuesday"); a day without a time takes that of its part ("Friday morning" begins at nine, a default of ours),
and without one is offered whole.  Where no day is said, the one last spoken of in the letter holds.
What stands in a part of the sentence that declines ("Thursday doesn't work") or tells of what was is no
proposal, nor is a day alone without a word of being free.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from askwell.formats.mail import words
from askwell.formats.mail.clocks import PARTS, Clock, clocks_in, in_part, parts_in, zone_in
from askwell.formats.mail.days import DAYS_IN_WEEK, Day, Reader, joined, one_of
from askwell.formats.mail.periods import days_by_number
from askwell.formats.mail.phrases import compiled, folded, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST = 20  # times of one sentence
NEAR = 12  # characters between a time and the part of the day it is of
_PIECE_ENDS = re.compile(r"[,;،(]|\s-\s")


@dataclass(slots=True)
class Context:
    """What was said before: the last days spoken of, and whether next week is meant."""

    days: list[Day] = field(default_factory=list)
    next_week: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """Times of one sentence: starts and ends (None: open) in local time, and days offered whole."""

    times: tuple[tuple[datetime, datetime | None], ...]
    days: tuple[date, ...]
    zone: str
    zone_said: str

    def value(self) -> dict[str, Any]:
        """As a suggestion says it."""
        return {
            "times": [start.isoformat(timespec="minutes") for start, _ in self.times],
            "until": [end.isoformat(timespec="minutes") if end else "" for _, end in self.times],
            "days": [day.isoformat() for day in self.days],
            "zone": self.zone,
            "zone_said": self.zone_said,
        }


def proposed(sentence: str, reader: Reader, context: Context) -> Proposed | None:
    """The times a sentence proposes, or None; ``context`` is read and kept up."""
    said = folded(sentence)
    context.next_week = context.next_week or bool(_of(reader.language, "next_week").search(said))
    named = [_in_next_week(day, said, reader, context) for day in reader.days_in(said)]
    numbered = days_by_number(said, reader, after=named)
    found = joined(sorted([*named, *numbered], key=lambda day: day.start), said)
    hidden = _hidden(said, found)
    declined = _declined(hidden, reader.language)
    days = [day for day in found if not _inside(day.start, declined)]
    clocks = [clock for clock in clocks_in(hidden, reader.language) if not _inside(clock.start, declined)]
    parts = parts_in(hidden, reader.language)
    cued = bool(_cue(reader.language, "when_open").search(hidden)) or _is_little_else(hidden, clocks)
    result = _Assembly(days, clocks, parts, said, reader.language).result(context) if cued or clocks else None
    if found:
        context.days = days
    if result is None or _cue(reader.language, "past").search(hidden):
        return None
    times, whole = result
    times = [one for one in times if reader.today is None or one[0].date() >= reader.today][:MOST]
    if not times and not (whole and cued):
        return None
    zone, zone_said = zone_in(plain(sentence))
    return Proposed(tuple(times), tuple(whole) if cued else (), zone, zone_said)


def _in_next_week(day: Day, said: str, reader: Reader, context: Context) -> Day:
    """The same day, of the week after this where "next week" or "next Tuesday" is said."""
    if not day.weekday or reader.today is None:
        return day
    before = said[: day.start].rstrip()
    if context.next_week or _next_before(reader.language).search(before):
        monday = reader.today + timedelta(days=DAYS_IN_WEEK - reader.today.weekday())
        return replace(day, date=monday + timedelta(days=day.date.weekday()))
    return day


def _hidden(said: str, days: Sequence[Day]) -> str:
    """The sentence with its days taken out, every other character in its place."""
    for day in days:
        said = said[: day.start] + "_" * (day.end - day.start) + said[day.end :]
    return said


def _declined(said: str, language: str) -> list[tuple[int, int]]:
    """The parts of a sentence that decline what they name."""
    cuts = sorted(
        {0, len(said)}
        | {match.start() for match in _PIECE_ENDS.finditer(said)}
        | {match.start() for match in _of(language, "and_then").finditer(said)}
    )
    no = _cue(language, "when_not")
    return [(start, end) for start, end in pairwise(cuts) if no.search(said[start:end])]


def _inside(at: int, pieces: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in pieces)


def _is_little_else(hidden: str, clocks: Sequence[Clock]) -> bool:
    """Whether a sentence is nothing but days and times, as in a list of them."""
    taken = [(clock.start, clock.end) for clock in clocks]
    return sum(1 for at, char in enumerate(hidden) if char.isalpha() and not _inside(at, taken)) <= NEAR


class _Assembly:
    """Days, times and parts of one sentence put together."""

    def __init__(
        self,
        days: list[Day],
        clocks: list[Clock],
        parts: list[tuple[int, int, str]],
        said: str,
        language: str,
    ) -> None:
        self.days = days
        self.said = said
        self.language = language
        self.parts = [part for part in parts if not any(c.start <= part[0] < c.end for c in clocks)]
        self.clocks = [self._with_part(clock) for clock in clocks]
        self.times: list[tuple[datetime, datetime | None]] = []
        self.whole: list[date] = []

    def result(self, context: Context) -> tuple[list[tuple[datetime, datetime | None]], list[date]]:
        """Times, and days offered whole."""
        groups = self._groups(context)
        for days, clocks, part in groups:
            for day in days:
                if clocks:
                    self.times += [_timed(day.date, clock, part) for clock in clocks]
                elif part:
                    start, end = PARTS[part]
                    self.times.append((datetime.combine(day.date, start), datetime.combine(day.date, end)))
                else:
                    self.whole.append(day.date)
        return list(dict.fromkeys(self.times)), self.whole

    def _groups(self, context: Context) -> list[tuple[list[Day], list[Clock], str]]:
        """Days that share times, with the times and the part of the day said of them."""
        groups: list[tuple[list[Day], list[Clock], str]] = []
        days: list[Day] = []
        waiting: list[Clock] = []  # times said before any day
        clocks: list[Clock] = []
        part = ""
        for event in self._events():
            if isinstance(event, Day):
                if clocks or part or (days and event.start - days[-1].end > NEAR):
                    groups.append((days, clocks, part))
                    days, clocks, part = [], [], ""
                if waiting:
                    groups.append(([event], waiting, ""))
                    waiting = []
                else:
                    days = [*days, event]
            elif isinstance(event, Clock):
                if self._next_day_is_its(event) or not (days or groups):
                    waiting = [*waiting, event]
                elif days:
                    clocks = [*clocks, event]
                else:
                    groups[-1] = (groups[-1][0], [*groups[-1][1], event], groups[-1][2])
            else:
                part = event if days else part
        if waiting:
            groups.append((context.days[-1:], waiting, ""))
        return [*groups, (days, clocks, part)]

    def _events(self) -> list[Day | Clock | str]:
        """Days, times and parts in order; a part right before its day ("مساء الخميس") comes after it."""
        found: list[tuple[float, Day | Clock | str]] = [(day.start, day) for day in self.days]
        found += [(clock.start, clock) for clock in self.clocks]
        for start, end, part in self.parts:
            of_last = any(0 <= start - day.end <= 1 for day in self.days)
            following = next((day.start for day in self.days if 0 <= day.start - end <= 1), None)
            found.append((start if of_last or following is None else following + 0.5, part))
        return [event for _, event in sorted(found, key=lambda one: one[0])]

    def _with_part(self, clock: Clock) -> Clock:
        """A time with the part of the day said right beside it."""
        for start, end, part in self.parts:
            if 0 <= start - clock.end <= NEAR or 0 <= clock.start - end <= NEAR:
                return in_part(clock, part)
        return clock

    def _next_day_is_its(self, clock: Clock) -> bool:
        """Whether a day follows a time with nothing but "on" between."""
        following = next((day for day in self.days if day.start >= clock.end), None)
        return following is not None and bool(
            _joins(self.language).fullmatch(self.said[clock.end : following.start])
        )


def _timed(day: date, clock: Clock, part: str) -> tuple[datetime, datetime | None]:
    """A day and a time; what is open ends with its part of the day."""
    clock = in_part(clock, part) if part else clock
    until = clock.until or (PARTS[part][1] if part and clock.open and PARTS[part][1] > clock.time else None)
    return datetime.combine(day, clock.time), datetime.combine(day, until) if until else None


@cache
def _cue(language: str, key: str) -> re.Pattern[str]:
    return compiled(words.words(language).get("answers", {}).get(key, ()))


@cache
def _of(language: str, key: str) -> re.Pattern[str]:
    return compiled(words.words(language).get(key, ()))


@cache
def _next_before(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(words.words(language).get('next', ()))}$")


@cache
def _joins(language: str) -> re.Pattern[str]:
    return re.compile(rf" ?(?:{one_of(words.words(language).get('clock', {}).get('joins', ()))} )?")
