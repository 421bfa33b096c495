"""What one makes of what one heard."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.outreach.models import About
from askwell.outreach.queries.comparing import CHOICES
from askwell.web.forms.fields import Day, Lines


class OwnViewForm(forms.Form):
    about = forms.ChoiceField(choices=About.choices)
    subject = forms.CharField(max_length=300)
    question = forms.CharField(max_length=40)
    text = Lines(label=_("What you think yourself"), rows=2, required=False)


class OccupationForm(forms.Form):
    occupation = forms.CharField(
        label=_("Work"),
        required=False,
        max_length=200,
        help_text=_("Empty: the work they do now."),
        widget=forms.TextInput(attrs={"list": "occupations", "autocomplete": "off"}),
    )


class DecisionForm(forms.Form):
    about = forms.ChoiceField(
        label=_("About"),
        widget=forms.RadioSelect,
        initial=About.OCCUPATION,
        choices=[
            (About.OCCUPATION, _("An occupation")),
            (About.ORGANIZATION, _("An organization")),
        ],
    )
    name = forms.CharField(
        label=_("Which?"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "subjects", "autocomplete": "off"}),
    )
    choice = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        choices=[(code.value, _(words)) for code, words in CHOICES.items()],
    )
    reasons = Lines(
        label=_("Why?"),
        required=False,
        rows=5,
        help_text=_("For yourself, in a year."),
    )
    look_again_on = Day(
        label=_("When do you look at it again?"),
        required=False,
        help_text=_("A day to come, or none."),
    )
