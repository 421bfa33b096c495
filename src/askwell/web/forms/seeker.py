"""The seeker's own side: goal, place, preset, week, tools, and what is kept from whom."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from askwell.outreach.calendars import known_zones
from askwell.web.forms.fields import Day, Lines, country_choices

PRESETS = {
    "askwell": _(
        "Askwell: the most careful of all the guides. Twenty minutes, three letters at most,"
        " thanks within a day."
    ),
    "smith": _(
        "Smith (University of Maryland): a reminder after a week, your own agenda,"
        " further names where it went well."
    ),
    "kelley": _(
        "Kelley (Indiana University): exactly twenty minutes, further names only if it fits,"
        " thanks within hours."
    ),
    "case_western": _(
        "Case Western Reserve: twenty to thirty minutes, by mail or telephone, two closing questions."
    ),
    "two_hour": _(
        "Two-hour job search (S. Dalton): two short mails, then the next person at the same employer."
    ),
}
PRESET_CHOICES = list(PRESETS.items())


def zone_field(**more: Any) -> forms.CharField:
    """A field for a zone's name."""
    return forms.CharField(
        label=_("Time zone"),
        max_length=60,
        help_text=_("The city whose clock you live by, like America/Chicago."),
        widget=forms.TextInput(attrs={"list": "zones", "data-guess": "zone", "autocomplete": "off"}),
        **more,
    )


def country_field(**more: Any) -> forms.ChoiceField:
    """A field for a country, by its name."""
    return forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=country_choices(),
        help_text=_("It decides your holidays, and how local telephone numbers are read."),
        widget=forms.Select(attrs={"data-guess": "country"}),
        **more,
    )


class _Zoned(forms.Form):
    def clean_zone(self) -> str:
        """A zone there is."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone not in known_zones():
            raise forms.ValidationError(__("This is no time zone we know. Try a city: Europe/Madrid."))
        return zone


def goal_input() -> forms.TextInput:
    """A line that is read while it is typed."""
    return forms.TextInput(
        attrs={
            "hx-get": reverse_lazy("goal_check"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#goal-check",
            "hx-swap": "outerHTML",
            "hx-sync": "this:replace",
            "autocomplete": "off",
        }
    )


class GoalForm(forms.Form):
    text = forms.CharField(
        label=_("The work you look for, in one line"),
        max_length=400,
        help_text=_(
            "A role, a field and perhaps a place: supply-chain analyst in a hospital, Chicago or remote."
        ),
        widget=goal_input(),
    )


class BeginForm(_Zoned, GoalForm):
    """All a first Today needs besides people."""

    zone = zone_field()
    country = country_field()
    preset = forms.ChoiceField(
        label=_("Whose advice to follow"), widget=forms.RadioSelect, choices=PRESET_CHOICES, initial="askwell"
    )


class YouForm(_Zoned):
    name = forms.CharField(
        label=_("Your name"), max_length=300, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    zone = zone_field()
    country = country_field()
    weekly_minutes = forms.IntegerField(
        label=_("Minutes a week for reaching out"), min_value=0, max_value=60 * 24 * 7
    )
    who_line = forms.CharField(
        label=_("Who you are, in a line"),
        max_length=300,
        required=False,
        help_text=_("Letters say it: I am finishing a master’s in operations at Lakeshore University."),
    )
    signature = Lines(label=_("Signature"), rows=2, required=False)
    post = Lines(
        label=_("Postal address"),
        rows=3,
        required=False,
        max_length=500,
        help_text=_("As it goes on an envelope, without the name. Empty takes it away."),
    )
    story = Lines(
        label=_("Your story, in a minute or so"),
        rows=6,
        required=False,
        help_text=_("150 to 200 words: where you come from, what you learnt, where you want to go."),
    )
    offer = Lines(
        label=_("What you could give"),
        rows=2,
        required=False,
        help_text=_("A skill, a reading list, an evening of help. Asking is easier for those who give."),
    )
    resume_on = Day(label=_("Resume last brought up to date"), required=False)
    cards_left = forms.IntegerField(
        label=_("Cards left"),
        required=False,
        min_value=0,
        max_value=10000,
        help_text=_("Empty: you use none."),
    )

    def clean_resume_on(self) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data["resume_on"]
        if day is not None and day > timezone.localdate(self.initial.get("now")):
            raise forms.ValidationError(__("This day has not come yet."))
        return day

    def values(self) -> dict[str, Any]:
        """Give the columns of ``Seeker``."""
        data = dict(self.cleaned_data)
        del data["name"], data["post"]
        day = data.pop("resume_on")
        noon = timezone.make_aware(datetime.combine(day, time(12))) if day else None
        now = self.initial.get("now")
        data["resume_updated_at"] = min(noon, now) if noon and now else noon
        return data


class ConfidentialForm(forms.Form):
    confidential = forms.BooleanField(
        label=_("My present employer must not learn that I look"), required=False
    )
    employer = forms.CharField(
        label=_("Present employer"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"list": "organization-names"}),
        help_text=_("It, all its parts and what it belongs to are kept out, with their e-mail domains."),
    )
