"""Choosing somebody by typing a name: found people to choose from, or somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from askwell.people import actions, queries
from askwell.people.keys import key_in
from askwell.people.models import Contact
from askwell.people.quick_add import parse_quick

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.web.accounts.models import User

NEW = "new"
_MOST = 6


class WhoForm(forms.Form):
    """``who`` is what was typed, ``who_pk`` whom the seeker chose of those found (or ``new``).

    An address says it by itself: it is somebody's, or somebody new's.
    ``contact(now=...)`` gives the person once the form is valid, made where that was asked for.
    ``held`` is who stands there already: their name left as it is means them.
    """

    who = forms.CharField(
        label=_("Who?"),
        max_length=500,
        help_text=_("Type a name. Somebody new: “Jane Doe <jane@acme.example>”."),
        widget=forms.TextInput(
            attrs={
                "hx-get": reverse_lazy("who"),
                "hx-trigger": "input changed delay:200ms",
                "hx-target": "next .who",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
                "autocomplete": "off",
            }
        ),
    )

    def __init__(
        self,
        *args: Any,
        owner: User,
        now: datetime,
        label: Any = None,
        held: Contact | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owner, self.now, self.held = owner, now, held
        self.finds: list[Contact] = []
        self.chosen: Contact | None = None
        self.is_new = False
        if label:
            self.fields["who"].label = label

    @property
    def typed(self) -> str:
        """What the seeker typed as a name; nothing before."""
        return str(self.data.get("who", ""))

    def clean(self) -> dict[str, Any]:
        """Find the one person meant, or ask which."""
        data: dict[str, Any] = super().clean() or {}
        text = (data.get("who") or "").strip()
        if text:
            self._choose(text, str(self.data.get("who_pk", "")))
        return data

    def _choose(self, text: str, asked: str) -> None:
        if (key := key_in(asked)) is not None:
            self.chosen = Contact.objects.for_owner(self.owner).people().filter(pk=key).first()
        elif self.held is not None and not asked and text == self.held.name:
            self.chosen = self.held
        self.is_new = asked == NEW
        if self.chosen or (self.is_new and not parse_quick(text, now=self.now).is_empty):
            return
        meant = queries.meant_by(self.owner, text, now=self.now)
        self.chosen, self.is_new = meant.known, meant.new
        if self.chosen or self.is_new:
            return
        self.finds = list(meant.people) or queries.find(self.owner, text, _MOST)
        if len(self.finds) == 1 and meant.sure:
            self.chosen = self.finds[0]
        elif self.finds:
            self.add_error("who", __("Which of them? Choose below."))
        else:
            self.add_error(
                "who", __("Nobody of that name yet. Choose “somebody new” below, or mend the name.")
            )

    def contact(self, *, now: datetime, country: str = "") -> Contact:
        """Give the person meant; somebody new is added."""
        if self.chosen is not None:
            return self.chosen
        made, _added = actions.add_from_text(
            self.owner, self.cleaned_data["who"], now=now, default_country=country
        )
        return made
