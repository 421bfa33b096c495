"""A mailbox: its address, how it is reached, and its password, which is never shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.mailroom.accounts import LONGEST_SECRET, MOST_PORT, Connection
from askwell.mailroom.models import Mechanism, Security

if TYPE_CHECKING:
    from askwell.gateways.providers import Issuer


def _plain(**more: Any) -> forms.TextInput:
    """A line that no browser completes or capitalizes."""
    attrs = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
    return forms.TextInput({**attrs, **more})


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=320,
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
    )


class _Server(forms.CharField):
    def __init__(self, label: Any) -> None:
        super().__init__(label=label, max_length=255, required=False, widget=_plain())


class _Port(forms.IntegerField):
    def __init__(self) -> None:
        super().__init__(label=_("Port"), min_value=1, max_value=MOST_PORT)


class _Safety(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(label=_("Encryption"), choices=Security.choices)


class AccountForm(forms.Form):
    """``known``: it is connected already, and its password is needed only to change where it goes."""

    name = forms.CharField(
        label=_("Your name, as people will see it"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    mechanism = forms.ChoiceField(label=_("You sign in with"), choices=Mechanism.choices)
    secret = forms.CharField(
        label=_("Password, app password or token"),
        max_length=LONGEST_SECRET,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off", "dir": "ltr"}, render_value=False),
    )
    login = forms.CharField(
        label=_("Name to sign in with"),
        max_length=320,
        required=False,
        widget=_plain(),
        help_text=_("Empty: the address."),
    )
    imap_host = _Server(_("Server to read from (IMAP)"))
    imap_port = _Port()
    imap_security = _Safety()
    smtp_host = _Server(_("Server to send by (SMTP)"))
    smtp_port = _Port()
    smtp_security = _Safety()
    sent_folder = forms.CharField(
        label=_("Folder for copies of what was sent"),
        max_length=300,
        required=False,
        help_text=_("Empty: the one that the server names."),
    )
    saves_sent = forms.BooleanField(
        label=_("The provider puts a copy there by itself"),
        required=False,
        help_text=_("Gmail and Outlook do. Then Askwell adds none."),
    )

    SERVERS = ("imap_host", "imap_port", "imap_security", "smtp_host", "smtp_port", "smtp_security")
    ADVANCED = ("login", *SERVERS, "sent_folder", "saves_sent")

    def __init__(self, *args: Any, known: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if known:
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _(
                "Empty: it stays. To change where it is sent, or how, it has to be given again."
            )

    def connection(self, address: str) -> Connection:
        """Give how the mailbox is reached."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "secret"}
        return Connection(address=address, **data)

    @property
    def opens_advanced(self) -> bool:
        """Whether one of the fields folded away is to be mended, or has to be filled."""
        wrong = any(self[name].errors for name in self.ADVANCED)
        return wrong or not (self["imap_host"].value() or self["smtp_host"].value())


class ClientForm(forms.Form):
    """What the provider knows Askwell as.  ``known``: it is set already, and its secret never shown."""

    client_id = forms.CharField(label=_("Client ID"), max_length=300, widget=_plain())
    client_secret = forms.CharField(
        label=_("Client secret"),
        max_length=300,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "off", "dir": "ltr"}, render_value=False),
        help_text=_("Only where the provider gave one."),
    )
    tenant = forms.CharField(
        label=_("Directory (tenant) ID"),
        max_length=100,
        required=False,
        widget=_plain(),
        help_text=_("Only where Askwell was registered for one organization alone."),
    )

    def __init__(self, *args: Any, issuer: Issuer, known: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not issuer.any_tenant:
            del self.fields["tenant"]
        if known:
            self.fields["client_secret"].help_text = _("Empty: it stays.")
