"""Whether the zones that a calendar file defines can be reckoned with at little cost.

Theory of operation.  A definition that no database knows is worked out from its rules, onset by onset since
they began, which may be in 1601, and a rule that never comes about is looked for until the year 9999.  A zone
changes by the year, on a day or in a week of one month; any other rule is no zone's and is not begun with.
Rules of one file after the other are counted, and above ``MOST_RULES`` no further one is begun with either.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_RULES = 100  # of all zones in what is asked about at once; a zone with its whole past has twenty
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY"}
_DAYS_OF_A_WEEK = 7
_WEEKS = 5
_SHORT_YEAR = 2001


class Restless(ValueError):
    """A zone that would cost too much to work out."""


class ZoneRules:
    """Counts the rules of zones over several files."""

    def __init__(self) -> None:
        self._counted: set[str] = set()
        self._rules = 0

    def look(self, calendar: Any) -> None:
        """Look at the zones of a calendar as icalendar has read it.  Raises Restless."""
        for zone in calendar.walk("VTIMEZONE"):
            rules = list(_rules(zone))
            if not all(_is_by_the_year(rule, since) for rule, since in rules):
                raise Restless("a zone changes by the year")
            name = str(zone.get("TZID", ""))
            if name not in self._counted:
                self._counted.add(name)
                self._rules += len(rules)
        if self._rules > MOST_RULES:
            raise Restless("too many rules of zones")


def _rules(zone: Any) -> Iterator[tuple[Any, int]]:
    """Each rule, and the day of the month its part begins on."""
    for part in zone.walk():
        rules = part.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            yield rule, part["DTSTART"].dt.day


def _is_by_the_year(rule: Any, since: int) -> bool:
    """Once a year, or on each of the same weekday of a month; on a day that the month has."""
    if [str(how).upper() for how in rule.get("FREQ", [])] != ["YEARLY"] or set(rule) - _PARTS:
        return False
    months, days, weekdays = (rule.get(part, []) for part in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    if len(months) > 1 or len(weekdays) > 1 or len(days) > _DAYS_OF_A_WEEK:
        return False
    if any(abs(weekday.relative or 0) > _WEEKS or (weekday.relative and days) for weekday in weekdays):
        return False
    if not months:
        return not days and not weekdays
    return (
        bool(weekdays and not days)
        or min(abs(day) for day in days or [since]) <= monthrange(_SHORT_YEAR, int(months[0]))[1]
    )
