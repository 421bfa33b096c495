"""Places people of one's field meet."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.outreach.models import Community
from askwell.web.forms.fields import Day, Lines

KINDS = [
    (Community.Kind.ASSOCIATION, _("An association")),
    (Community.Kind.GROUP, _("A group or circle")),
    (Community.Kind.CONFERENCE, _("A conference")),
    (Community.Kind.ALUMNI, _("Alumni")),
    (Community.Kind.ONLINE, _("Online")),
]


class PlaceForm(forms.Form):
    name = forms.CharField(label=_("What is it called?"), max_length=300)
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, initial=Community.Kind.GROUP)
    place = forms.CharField(label=_("Where?"), max_length=300, required=False)
    url = forms.URLField(
        label=_("Web page, if it has one"), max_length=500, required=False, assume_scheme="https"
    )
    notes = Lines(
        label=_("Who goes there?"),
        rows=3,
        required=False,
        max_length=10_000,
        help_text=_("In words of your goal: hospital logistics, buyers, heads of wards."),
    )
    look_again_on = Day(
        label=_("Look again on"),
        required=False,
        help_text=_("The day to see what is next there. It then stands on top."),
    )
