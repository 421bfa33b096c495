"""The employer list: places one would like to work at, in the order to turn to them (L05, F06).

Theory of operation.  A list is 20 places to start with and 40 when it is full (Dalton).  It is sorted by
how much one would like it there (1 to 5), then by what opening was seen, then by who could help: whether
somebody one knows is there now, or was.  Of two alike the one with more people comes first, then the name.
``there_now`` says where asking stands at a place: nobody asked, one silent for less than the business days
of the preset, a second one in order, enough open, somebody who helps.  ``look_again`` makes the step for a
place that was not hiring, on the day it was to be looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import IntEnum
from typing import TYPE_CHECKING

from askwell.rules.decisions import Reason, Step, StepCode, because
from askwell.rules.timing import day_close, day_start, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from askwell.rules.facts import Calendar, EmployerFacts
    from askwell.rules.presets import Preset

START, FULL = 20, 40  # Dalton: to begin with; a full list
MOTIVATIONS = range(1, 6)
_NOON = time(12)


class Posting(IntEnum):
    """What opening was seen there."""

    NONE = 0
    NEAR = 1
    FITS = 2


class Advocacy(IntEnum):
    """Who could help there, at best."""

    NOBODY = 0
    WAS_THERE = 1
    IS_THERE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A line of the list, as far as its place in the list goes."""

    id: int
    name: str = ""
    motivation: int | None = None
    posting: int = Posting.NONE
    here: int = 0  # people one knows there now
    before: int = 0  # and who were there before


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedThere:
    """Somebody at a place who was asked: silent since ``last``, or helping."""

    contact: int
    last: datetime | None = None
    helps: bool = False
    calendar: Calendar


def advocacy(line: Wanted) -> Advocacy:
    """Say who could help there, at best."""
    if line.here:
        return Advocacy.IS_THERE
    return Advocacy.WAS_THERE if line.before else Advocacy.NOBODY


def in_order(lines: Iterable[Wanted]) -> list[Wanted]:
    """Sort a list: motivation, posting, advocacy, each from the most to the least (L05)."""
    return sorted(lines, key=_order)


def _order(line: Wanted) -> tuple[int, int, int, int, str, int]:
    people = line.here + line.before
    return -(line.motivation or 0), -line.posting, -advocacy(line), -people, line.name.casefold(), line.id


def target(count: int) -> int:
    """Give the length to go for: the start, then the full list."""
    return START if count < START else FULL


def there_now(asked: Iterable[AskedThere], *, preset: Preset, now: datetime) -> Reason:
    """Say where asking stands at one place (F06)."""
    rows = list(asked)
    silent = [(one.last, one.calendar) for one in rows if not one.helps and one.last is not None]
    if any(one.helps for one in rows):
        return because("F06", "there.helps")
    if not silent:
        return because("F06", "there.nobody")
    if len(silent) >= preset.employer_open_most:
        return because("F06", "there.enough", count=len(silent))
    last, calendar = max(silent, key=lambda pair: pair[0])
    days = preset.second_contact_business_days
    second = day_start(last, days, calendar)
    if now < second:
        return because("F06", "there.wait", last=last, until=second)
    return because("F06", "there.second", days=days, last=last)


def look_again(employer: EmployerFacts, *, calendar: Calendar, preset: Preset) -> Step | None:
    """Make the step for a place kept for later; None where no day was named."""
    return look_on(
        employer.look_again_on,
        about=("employer", employer.id),
        why=because("L05", "employer.look_again"),
        calendar=calendar,
        preset=preset,
    )


def look_on(
    day: date | None, *, about: tuple[str, int], why: Reason, calendar: Calendar, preset: Preset
) -> Step | None:
    """Make the step to look at something again on its day; None where no day was named."""
    if day is None:
        return None
    noon = datetime.combine(day, _NOON, zone_of(calendar.zone))
    return Step(
        code=StepCode.LOOK_AGAIN,
        contact=None,
        about=about,
        earliest=day_start(noon, 0, calendar),
        due=day_close(noon, 0, calendar, preset=preset),
        why=(why,),
    )
