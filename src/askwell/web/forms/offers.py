"""Two people to introduce, and the letters that ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from askwell.people import queries
from askwell.people.keys import key_in
from askwell.people.models import Contact
from askwell.web.forms.fields import Lines, Moment

if TYPE_CHECKING:
    from askwell.web.accounts.models import User

_BOTH = ("left", "right")


class OfferForm(forms.Form):
    """``people`` holds the two once the form is valid; ``finds`` those a name could mean."""

    left = forms.CharField(label=_("Whom?"), max_length=300, help_text=_("Part of a name, or an e-mail."))
    right = forms.CharField(label=_("To whom?"), max_length=300)
    why = forms.CharField(
        label=_("Why these two?"),
        max_length=500,
        required=False,
        help_text=_("A sentence both may read: what they could give each other."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.people: dict[str, Contact] = {}
        self.finds: dict[str, list[Contact]] = {}

    def clean(self) -> dict[str, Any]:
        """Find the two meant, or ask which."""
        data: dict[str, Any] = super().clean() or {}
        for field in _BOTH:
            if data.get(field):
                self._find(field, data[field])
        return data

    def _find(self, field: str, text: str) -> None:
        chosen = key_in(self.data.get(f"{field}_pk", ""))
        rows = Contact.objects.for_owner(self.owner).people()
        if chosen is not None and (found := rows.filter(pk=chosen).first()):
            self.people[field] = found
            return
        finds = queries.find(self.owner, text.strip(), 6)
        exact = [one for one in finds if one.name.casefold() == text.strip().casefold()]
        if len(exact) == 1 or len(finds) == 1:
            self.people[field] = (exact or finds)[0]
        elif finds:
            self.finds[field] = finds
            self.add_error(field, __("Which of them? Choose below."))
        else:
            self.add_error(field, __("Nobody of that name yet. Mend the name, or add them first."))


class OfferLetterForm(forms.Form):
    """A letter as it went out."""

    subject = forms.CharField(label=_("Subject"), max_length=300, required=False)
    body = Lines(label=_("Letter"), rows=11)
    at = Moment(label=_("When did it go out?"), required=False, help_text=_("Left empty: just now."))


class OfferWordsForm(forms.Form):
    """Why these two, and what the letter to both says of it."""

    why = forms.CharField(
        label=_("Why these two?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = Lines(
        label=_("For the letter to both"),
        rows=4,
        required=False,
        help_text=_(
            "What each should know of the other, in at most a hundred words. It stands as you write it."
        ),
    )
