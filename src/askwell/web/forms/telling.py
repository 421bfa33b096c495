"""Whom to tell of the search."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from askwell.people.keys import keys_in
from askwell.people.models import Contact
from askwell.people.queries import find

_MOST = 200  # at once


class ChooseForm(forms.Form):
    """Those ticked, and one by name.  ``owner`` is whose people they are."""

    who = forms.TypedMultipleChoiceField(coerce=int, required=False)
    name = forms.CharField(label=_("Somebody else"), max_length=200, required=False)

    def __init__(self, *args: Any, owner: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.owner = owner
        asked = self.data.getlist("who") if hasattr(self.data, "getlist") else []
        people = Contact.objects.for_owner(owner).people()
        self.found = list(people.filter(pk__in=keys_in(asked))[:_MOST])
        who = cast("forms.TypedMultipleChoiceField", self.fields["who"])
        who.choices = [(str(one.pk), one.name) for one in self.found]

    def clean_name(self) -> Contact | None:
        """Read a name as one person."""
        text = self.cleaned_data["name"].strip()
        if not text:
            return None
        rows = find(self.owner, text, limit=2)
        exact = [row for row in rows if row.name.casefold() == text.casefold()]
        if len(exact or rows) != 1:
            raise forms.ValidationError(
                gettext("Several people have that name; tick them on their own page.")
                if rows
                else gettext("Nobody here has that name.")
            )
        return (exact or rows)[0]

    def people(self) -> list[Contact]:
        """Give everybody chosen, once."""
        named = self.cleaned_data.get("name")
        return list({one.pk: one for one in [*self.found, *([named] if named else [])]}.values())
