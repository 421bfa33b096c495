"""Booking a talk, holding it, and what follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from askwell.outreach.calendars import known_zones
from askwell.rules.facts import Channel
from askwell.rules.reflection import QUESTIONS
from askwell.rules.sentences import REFLECTION
from askwell.web.forms.fields import Lines, Moment, channels
from askwell.web.forms.person import LEAVE_CHOICES
from askwell.web.forms.versions import KeepsBoth

WAYS = (Channel.PHONE, Channel.VIDEO, Channel.IN_PERSON)
THEIRS, MINE = "theirs", "mine"


class TimeForm(forms.Form):
    """A time for a talk.  ``starts_at`` comes out aware, read in the zone that ``whose`` says."""

    starts_at = Moment(label=_("When?"))
    whose = forms.ChoiceField(
        label=_("Whose clock is that?"),
        widget=forms.RadioSelect,
        initial=THEIRS,
        choices=[(THEIRS, _("Theirs")), (MINE, _("Mine"))],
    )
    zone = forms.CharField(
        label=_("Their time zone"),
        required=False,
        help_text=_("Like Europe/Madrid; empty if you do not know: then it is read as yours."),
        widget=forms.TextInput(attrs={"list": "zones"}),
    )
    minutes = forms.IntegerField(label=_("Minutes"), initial=20, min_value=5, max_value=240)
    channel = forms.ChoiceField(label=_("By what means?"), choices=channels(*WAYS))
    where = forms.CharField(
        label=_("Number, link or place"),
        required=False,
        max_length=300,
        help_text=_("What you will dial, open or walk to."),
    )

    def clean_zone(self) -> str:
        """A zone we know, or none."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone and zone not in known_zones():
            raise forms.ValidationError(_("This is no time zone we know. Try a city: Europe/Madrid."))
        return zone

    def clean(self) -> dict[str, Any]:
        """Read the time of day on the clock it was given for."""
        data = super().clean() or {}
        moment, zone = data.get("starts_at"), data.get("zone")
        if moment and zone and data.get("whose") == THEIRS:
            with timezone.override(ZoneInfo(zone)):  # read anew: the hour may be none on the seeker's clock
                data["starts_at"] = self.fields["starts_at"].clean(self["starts_at"].data)
        return data


class MoveForm(TimeForm):
    by_them = forms.BooleanField(label=_("They asked for the change"), required=False)


class HeldForm(KeepsBoth):
    """``exactly`` is the moment ``ended_at`` was written from: an hour that comes twice is told apart."""

    ended_at = Moment(label=_("When did it end?"))
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=480)
    share_theirs = forms.IntegerField(
        label=_("How much of the talking did they do, in percent?"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("A guess is enough; most of it should be theirs."),
    )
    cool = forms.BooleanField(label=_("They were reserved: do not ask them for names"), required=False)
    notes = Lines(label=_("Notes"), rows=8, required=False)
    exactly = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Take the exact moment where the time shown was left as it was."""
        data = super().clean()
        exactly, typed = _moment(data.pop("exactly", "")), data.get("ended_at")
        if exactly and typed and _to_the_minute(exactly) == _to_the_minute(typed):
            data["ended_at"] = exactly
        return data


def _moment(given: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else None


def _to_the_minute(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(second=0, microsecond=0, tzinfo=None)


class TalkNameForm(forms.Form):
    name = forms.CharField(label=_("Name they gave"), max_length=300)
    email = forms.EmailField(label=_("E-mail, if they gave it"), required=False)
    leave = forms.ChoiceField(label=_("May you say who sent you?"), choices=LEAVE_CHOICES)


class ReflectionForm(KeepsBoth):
    """The six questions; the field names are their keys."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in QUESTIONS:
            self.fields[key] = Lines(label=_(REFLECTION[key]), rows=2, required=False)
