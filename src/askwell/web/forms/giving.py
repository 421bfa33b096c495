"""Forms about giving: a give or an ask, something for the shelf, to whom it went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.outreach.models import Favor
from askwell.web.forms.fields import Lines, Moment
from askwell.web.forms.who import WhoForm

WANTED = "wanted"
WAYS: list[tuple[str, Any]] = [
    (Favor.Kind.GIVE.value, _("I gave or helped")),
    (Favor.Kind.ASK.value, _("I asked for something")),
    (WANTED, _("They ask for my help, and I owe an answer")),
]


class GiveForm(WhoForm):
    kind = forms.ChoiceField(
        label=_("Which way?"), widget=forms.RadioSelect, initial=Favor.Kind.GIVE.value, choices=WAYS
    )
    text = forms.CharField(label=_("What was it?"), max_length=500)
    at = Moment(label=_("When?"))

    field_order = ("kind", "who", "text", "at")


class HelpForm(forms.Form):
    text = forms.CharField(label=_("What do they ask?"), max_length=500)
    asked_at = Moment(label=_("When did they ask?"))


class ShelfForm(forms.Form):
    title = forms.CharField(label=_("What is it called?"), max_length=300)
    url = forms.CharField(
        label=_("Its address"),
        max_length=2000,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("Empty for a book. Nothing is fetched from it."),
    )
    topics = forms.CharField(
        label=_("What is it about?"),
        max_length=300,
        required=False,
        help_text=_("A few words, with commas: triage, night shifts. They say whom it may help."),
    )
    note = Lines(
        label=_("What is in it, in your words"),
        rows=2,
        required=False,
        help_text=_("For you, to remember it by."),
    )


class HandedForm(WhoForm):
    """To whom it went without a letter from here."""
