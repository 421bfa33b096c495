"""An address book: where it is, who goes into it, and which side is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.mailroom.accounts import LONGEST_SECRET
from askwell.people.models import Sending

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.gateways.dav_collections import Collection

SENDING = (
    (Sending.NOBODY, _("nobody new")),
    (Sending.TAGGED, _("those with this tag")),
    (Sending.EVERYBODY, _("everybody")),
)


def _plain(**more: Any) -> dict[str, Any]:
    return {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr", **more}


class ConnectForm(forms.Form):
    """``found``: several were found there, and one has to be chosen; ``host``: one to be agreed to."""

    where = forms.CharField(
        label=_("Where it is"),
        max_length=1000,
        help_text=_("The CardDAV address your provider gives, or your e-mail address."),
        widget=forms.TextInput(_plain(inputmode="url")),
    )
    user = forms.CharField(label=_("Name to sign in with"), max_length=320, widget=forms.TextInput(_plain()))
    secret = forms.CharField(
        label=_("Password or app password"),
        max_length=LONGEST_SECRET,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off", "dir": "ltr"}, render_value=False),
    )

    def offer(self, found: Iterable[Collection]) -> None:
        """Let one of several be chosen."""
        self.fields["book"] = forms.ChoiceField(
            label=_("Which address book"), choices=[(one.url, one.name) for one in found], required=False
        )

    def ask_for(self, host: str) -> None:
        """Let a server of another site be agreed to."""
        self.fields["agreed"] = forms.BooleanField(
            label=_("Yes, %(host)s is my provider’s server") % {"host": host}, required=False
        )
        self.fields["host"] = forms.CharField(
            initial=host, required=False, widget=forms.HiddenInput({"value": host})
        )


class SendingForm(forms.Form):
    """Who of the people here goes into the address book."""

    sends = forms.ChoiceField(label=_("Whom to add to the address book"), choices=SENDING)
    tag = forms.CharField(label=_("Tag"), max_length=100, required=False)
    private_too = forms.BooleanField(
        label=_("Notes and tags too"),
        required=False,
        help_text=_("Whoever can read that address book reads them then."),
    )
