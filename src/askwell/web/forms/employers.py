"""What is said of the places on the employer list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.rules.employers import Posting
from askwell.web.forms.fields import Day, Lines

MOTIVATION_CHOICES = [
    ("", _("not said")),
    ("5", _("5, very much")),
    ("4", "4"),
    ("3", "3"),
    ("2", "2"),
    ("1", _("1, hardly")),
]
POSTING_CHOICES = [
    (str(int(Posting.NONE)), _("none seen")),
    (str(int(Posting.NEAR)), _("something near")),
    (str(int(Posting.FITS)), _("one that fits")),
]


def _number(text: Any) -> int | None:
    return int(text) if text else None


class AddForm(forms.Form):
    names = Lines(
        label=_("Names of places"),
        rows=4,
        help_text=_("One a line; paste as many as you like. Those already on the list are left as they are."),
    )


class RatingForm(forms.Form):
    motivation = forms.TypedChoiceField(
        label=_("How much you would like it there"),
        choices=MOTIVATION_CHOICES,
        coerce=_number,
        empty_value=None,
        required=False,
    )
    posting = forms.TypedChoiceField(label=_("Opening seen"), choices=POSTING_CHOICES, coerce=int)


class NotesForm(forms.Form):
    notes = Lines(label=_("Notes"), required=False)


class LaterForm(forms.Form):
    look_again_on = Day(
        label=_("Look again on"),
        required=False,
        help_text=_("The place is kept; on that day it stands among your steps."),
    )
