"""Fields several forms share: moments, days, zones, ways to talk."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from askwell.outreach.calendars import countries
from askwell.rules.facts import Channel
from askwell.search.text import fold
from askwell.web.words import CHANNELS, sentence_case


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class Moment(forms.DateTimeField):
    """A moment in the seeker's zone, to the minute."""

    widget = MomentInput

    def to_python(self, value: Any) -> Any:
        """Read it; an hour that comes twice is the first, one that is left out the one after."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            naive = parse_datetime(str(value).strip()) if value else None
            if naive is None or timezone.is_aware(naive):
                raise
            return naive.replace(tzinfo=timezone.get_current_timezone()).astimezone(UTC)

    def prepare_value(self, value: Any) -> Any:
        """Write it to the minute: browsers refuse seconds."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value)
        return value.replace(second=0, microsecond=0, tzinfo=None) if isinstance(value, datetime) else value


class Day(forms.DateField):
    widget = DayInput


class Lines(forms.CharField):
    """Text of several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def channels(*wanted: Channel) -> list[tuple[str, str]]:
    """Choices of ways to talk or write."""
    return [(channel.value, sentence_case(CHANNELS[channel])) for channel in wanted or Channel]


def country_choices(*, held: str = "") -> list[tuple[str, Any]]:
    """Countries by name, after nothing said; a code ``held`` that is none of them stays a choice."""
    named = countries() | ({held: held} if held and held not in countries() else {})
    return [("", _("Not said")), *sorted(named.items(), key=lambda pair: fold(pair[1]))]


@cache
def zones() -> tuple[str, ...]:
    """Every zone with a place in its name, for a list of suggestions."""
    return tuple(
        sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    )
