"""Birthdays: from every form programs write to ``1985-02-03`` or ``--02-03``."""

from __future__ import annotations

import re
from datetime import date

_TIME = r"(?:[T ].*)?"
_FULL = re.compile(rf"(\d{{4}})([-/.]?)(\d\d?)\2(\d\d?){_TIME}", re.DOTALL)
_NO_YEAR = re.compile(rf"--(\d\d)-?(\d\d){_TIME}", re.DOTALL)
_PART = re.compile(r"\d{4}(-\d\d)?|--\d\d|---\d\d")
_LEAP = 2000


def read_day(text: str, *, omitted_year: str = "") -> tuple[str, str]:
    """A birthday and a fault: ``""``, ``bad-date``, ``part-date`` or ``unreadable-date``.

    ``omitted_year`` is Apple's stand-in for an unknown year (1604).
    """
    text = text.strip()
    if match := _NO_YEAR.fullmatch(text):
        return _checked("", match[1], match[2])
    if match := _FULL.fullmatch(text):
        year = match[1]
        # Without separators only eight digits are a date.
        if match[2] or len(match[3] + match[4]) == 4:  # noqa: PLR2004
            return _checked("" if year in {omitted_year, "0000"} else year, match[3], match[4])
    return "", "part-date" if _PART.fullmatch(text) else "unreadable-date"


def _checked(year: str, month: str, day: str) -> tuple[str, str]:
    try:
        found = date(int(year or _LEAP), int(month), int(day))
    except ValueError:
        return "", "bad-date"
    return (found.isoformat() if year else found.strftime("--%m-%d")), ""
