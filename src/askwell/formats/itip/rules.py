"""Rules of repetition: their parts, and the library's reading of them within bounds."""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from dateutil.rrule import rrule, rrulestr

if TYPE_CHECKING:
    from collections.abc import Mapping

_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYSETPOS"}
_KNOWN |= {
    f"BY{what}" for what in ("SECOND", "MINUTE", "HOUR", "DAY", "MONTHDAY", "YEARDAY", "WEEKNO", "MONTH")
}
_WEEKS_OF_YEAR, _WEEKS_OF_MONTH = 53, 5
_LAST_YEARS = range(9944, 9972)  # all the fourteen kinds of years there are


def fields_of(rule: str) -> dict[str, str]:
    """The parts of a rule: with a FREQ, steps forward, and an end that can be reached.  Raises ValueError."""
    # Without space of any kind: at one the library begins another rule.
    said = dict(part.split("=", 1) for part in "".join(rule.upper().split()).split(";") if part)
    fields = {key: value for key, value in said.items() if key in _KNOWN}  # the library knows more
    if "FREQ" not in fields or min(int(fields.get(name, "1")) for name in ("INTERVAL", "COUNT")) < 1:
        raise ValueError("no rule")
    if "UNTIL" in fields:
        until(fields["UNTIL"])
    _check_weekdays(fields)
    return fields


def _check_weekdays(fields: Mapping[str, str]) -> None:
    """Refuse a fifty-third Monday of a month: the library stumbles over it, in some years only."""
    most = _WEEKS_OF_YEAR if fields["FREQ"] == "YEARLY" and "BYMONTH" not in fields else _WEEKS_OF_MONTH
    for number in re.findall(r"\d+", fields.get("BYDAY", "")):
        if int(number) > most:
            raise ValueError("no such week")


def until(value: str) -> datetime:
    """The last time of an UNTIL as it is written; a day's is its end.  Raises ValueError."""
    if len(value) == len("20261224"):
        return datetime.combine(datetime.strptime(value, "%Y%m%d").date(), time.max)  # noqa: DTZ007
    return datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007


def text_of(fields: Mapping[str, str]) -> str:
    """The parts of a rule as it is written."""
    return ";".join(f"{key}={value}" for key, value in fields.items())


def comes(fields: Mapping[str, str], begins: datetime) -> bool:
    """Whether the rule comes at all.  Raises ValueError for every rule there is none of.

    The library looks for a day that never comes until the year 9999, whatever the rule's end; so it is
    asked from a year near that end which has the same days.
    """
    days = begins.replace(month=1, day=1).weekday(), isleap(begins.year)
    year = next(year for year in _LAST_YEARS if (date(year, 1, 1).weekday(), isleap(year)) == days)
    endless = {key: value for key, value in fields.items() if key not in {"UNTIL", "COUNT"}}
    return next(iter(parsed(endless, begins.replace(year=year))), None) is not None


def parsed(fields: Mapping[str, str], begins: datetime) -> rrule:
    """The rule from ``begins`` on, a local time.  Raises ValueError for every rule there is none of."""
    zoneless = {**fields, "UNTIL": fields["UNTIL"].removesuffix("Z")} if "UNTIL" in fields else fields
    return rrulestr(text_of(zoneless), dtstart=begins)
