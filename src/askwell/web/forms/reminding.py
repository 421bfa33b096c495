"""What is in the calendar others read, and when the daily mail comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from askwell.mailroom.feeds import ALARMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from askwell.mailroom.models import Account

_NAMED = {
    None: _("No alarm"),
    0: _("When it begins"),
    60: _("An hour before"),
    1440: _("A day before"),
}


def _alarm(minutes: int | None) -> tuple[str, str | _StrPromise]:
    if minutes is None:
        return "", _NAMED[None]
    if minutes in _NAMED:
        return str(minutes), _NAMED[minutes]
    if minutes % 60 == 0:
        hours = minutes // 60
        return str(minutes), ngettext_lazy("%(n)s hour before", "%(n)s hours before") % {"n": hours}
    return str(minutes), ngettext_lazy("%(n)s minute before", "%(n)s minutes before") % {"n": minutes}


class FeedForm(forms.Form):
    """What the calendar holds."""

    steps = forms.BooleanField(
        label=_("Steps too, each on its day"),
        help_text=_("Without them, only talks. A step's alarm is at nine in the morning."),
        required=False,
    )
    alarm = forms.TypedChoiceField(
        label=_("Alarm for a talk"),
        choices=[_alarm(minutes) for minutes in ALARMS],
        coerce=int,
        empty_value=None,
        required=False,
    )


class DigestForm(forms.Form):
    """When the daily mail comes, and by which mailbox."""

    hour = forms.TypedChoiceField(
        label=_("At"),
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        coerce=int,
        help_text=_("Your time. On a day on which nothing is to be done, no mail comes."),
    )
    account = forms.TypedChoiceField(label=_("From and to"), coerce=int)

    def __init__(self, *args: Any, accounts: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(each.pk, each.address) for each in accounts]  # type: ignore[attr-defined]
