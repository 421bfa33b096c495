"""Circles: made, joined, a file brought in, who a member is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from askwell.formats.circle_file import MOST_BYTES
from askwell.people import queries

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.web.accounts.models import User

_LONGEST = 120
_MOST = 6


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("What do you call it?"),
        help_text=_("For yourself: Northfield 2026, the choir."),
        max_length=_LONGEST,
    )


def _own_name() -> forms.CharField:
    return forms.CharField(
        label=_("Your name"), help_text=_("As the others of the circle will read it."), max_length=_LONGEST
    )


class MakeForm(forms.Form):
    """A circle of one's own."""

    prefix = "make"
    name = _name()
    own_name = _own_name()


class JoinForm(forms.Form):
    """A circle somebody told one of."""

    prefix = "join"
    secret = forms.CharField(
        label=_("The secret"),
        max_length=200,
        help_text=_("Eight groups of four letters and digits. Large or small, with gaps or without."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = _name()
    own_name = _own_name()


class FileForm(forms.Form):
    """A member's file."""

    file = forms.FileField(label=_("A file somebody of the circle gave you"))

    def data_read(self) -> bytes:
        """Give what is in it; no more than tells that it is too large."""
        data: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return data


class MemberForm(forms.Form):
    """Who of the notebook a member is; ``contact`` once valid, None for nobody."""

    who = forms.CharField(label=_("Who is it?"), max_length=300, required=False)

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.contact: Contact | None = None

    def clean_who(self) -> str:
        """Find the one meant: by the whole name, an address, or what only one has in theirs."""
        text: str = self.cleaned_data["who"].strip()
        if not text:
            return text
        finds = queries.find(self.owner, text, _MOST)
        exact = [one for one in finds if one.name.casefold() == text.casefold()]
        if len(exact or finds) > 1:
            raise forms.ValidationError(__("More than one is called so. Write their e-mail address."))
        if not finds:
            raise forms.ValidationError(__("Nobody of that name yet. Mend the name, or add them first."))
        self.contact = (exact or finds)[0]
        return text
