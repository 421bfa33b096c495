"""Moments in the words people use, in the current zone and language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, npgettext_lazy

_WEEK = 6


def _local(at: datetime | date) -> date:
    return timezone.localtime(at).date() if isinstance(at, datetime) else at


def day(at: datetime | date, *, now: datetime) -> str:
    """Say which day it is, seen from ``now``."""
    here, today = _local(at), timezone.localtime(now).date()
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    distance = (here - today).days
    if distance in near:
        return near[distance]
    if 0 < distance <= _WEEK:
        return date_format(here, "l")
    this_year = abs(distance) < timedelta(days=300).days
    return date_format(here, _("l j F") if abs(distance) <= _WEEK else _("j F") if this_year else _("j F Y"))


# How a day is written, where a page names one whatever today is; each language has its own order.
DATED = (gettext_noop("j F"), gettext_noop("j F Y"), gettext_noop("l j F"), gettext_noop("l j F Y"))


def dated(at: datetime | date, form: str) -> str:
    """Write a day in one of the forms of ``DATED``, as the reader's language does.

    A moment is taken in the zone it carries: the template's, or one the view chose.
    """
    return date_format(at, _(form))


def clock(at: datetime) -> str:
    """Say the time of day."""
    return date_format(timezone.localtime(at), "TIME_FORMAT")


def when(at: datetime, *, now: datetime) -> str:
    """Say day and time of day."""
    return _("%(day)s, %(clock)s") % {"day": day(at, now=now), "clock": clock(at)}


def elsewhere(at: datetime) -> str:
    """Say day and time of day as a clock elsewhere shows them; ``at`` carries no zone."""
    words = {"day": dated(at, "l j F"), "clock": date_format(at, "TIME_FORMAT")}
    return _("%(day)s, %(clock)s") % words


# After "vor" and "قبل" a time stands in another case than alone, where Django has it.
_AGO: dict[str, Any] = {
    "year": npgettext_lazy("ago", "%(num)d year", "%(num)d years", "num"),
    "month": npgettext_lazy("ago", "%(num)d month", "%(num)d months", "num"),
    "week": npgettext_lazy("ago", "%(num)d week", "%(num)d weeks", "num"),
    "day": npgettext_lazy("ago", "%(num)d day", "%(num)d days", "num"),
    "hour": npgettext_lazy("ago", "%(num)d hour", "%(num)d hours", "num"),
    "minute": npgettext_lazy("ago", "%(num)d minute", "%(num)d minutes", "num"),
}


def ago(at: datetime, *, now: datetime) -> str:
    """Say how long ago, in its largest unit."""
    return _("%(time)s ago") % {"time": timesince(at, now, time_strings=_AGO, depth=1)}
