"""Ways to try the work out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.outreach.queries.trials import KINDS
from askwell.web.forms.fields import Day, Lines


class TrialForm(forms.Form):
    kind = forms.ChoiceField(label=_("What?"), choices=[(kind, _(words)) for kind, words in KINDS.items()])
    text = forms.CharField(
        label=_("Which, and with whom?"),
        required=False,
        max_length=500,
        help_text=_("Like: a morning in receiving, with Ana."),
    )
    on = Day(label=_("On which day?"), required=False, help_text=_("Empty while none is agreed on."))


class OutcomeForm(forms.Form):
    on = Day(label=_("Its day"), required=False)
    outcome = Lines(
        label=_("How was it?"),
        required=False,
        rows=5,
        help_text=_("What you did, and whether you would want to do it every day."),
    )
