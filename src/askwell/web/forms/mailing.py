"""Forms of letters the mailbox sends, and of what came back."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from askwell.web.forms.fields import Day, Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.mailroom.models import Account

_MORNING = time(9)


class QueueForm(forms.Form):
    """When a letter goes, and by which mailbox."""

    account = forms.TypedChoiceField(label=_("From"), coerce=int)
    due = Moment(label=_("Or at an hour of your own"), required=False)

    def __init__(self, *args: Any, accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(each.pk, each.address) for each in accounts]  # type: ignore[attr-defined]
        if len(accounts) == 1:
            self.fields["account"].widget = forms.HiddenInput()
        for field in self.fields.values():
            field.widget.attrs["form"] = "letter"  # its text goes along, also without JavaScript
        if accounts:
            self.initial.setdefault("account", accounts[0].pk)


class LaterForm(forms.Form):
    """The day to ask again."""

    until = Day(label=_("Ask again on"))

    def clean_until(self) -> datetime:
        """Give the morning of that day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], _MORNING))


class OtherForm(forms.Form):
    """Whom they name instead."""

    name = forms.CharField(label=_("Name"), max_length=300)
    email = forms.CharField(label=_("E-mail"), max_length=320, required=False)
