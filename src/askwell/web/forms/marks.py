"""What people are good for in a search, as marks: who hires, who connects people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MarksForm(forms.Form):
    hires = forms.BooleanField(
        label=_("They hire"),
        required=False,
        help_text=_("They decide whom to take on, or are heard when it is decided."),
    )
    connector = forms.BooleanField(
        label=_("They connect people"),
        required=False,
        help_text=_("They know many, and gladly bring people together."),
    )
