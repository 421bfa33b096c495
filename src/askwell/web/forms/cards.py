"""The card, and how to print it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.outreach.actions.cards import LONGEST_BACK, LONGEST_LINE, MOST_SKILLS
from askwell.rules.card import BACK_WORDS, SKILLS_MOST, TEXT_FIELDS, Card
from askwell.web.forms.fields import Lines


class CardForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_LINE, required=False)
    role = forms.CharField(
        label=_("What you do or aim at"),
        max_length=LONGEST_LINE,
        required=False,
        help_text=_("In a line: Supply-chain analyst, hospitals."),
    )
    email = forms.CharField(
        label=_("E-mail"), max_length=LONGEST_LINE, required=False, widget=forms.EmailInput()
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    profile = forms.CharField(label=_("Profile or page on the web"), max_length=LONGEST_LINE, required=False)
    back = Lines(
        label=_("The back: what you bring"),
        rows=2,
        max_length=LONGEST_BACK,
        required=False,
    )
    skills = Lines(
        label=_("Skills and strengths, for a second card"),
        rows=4,
        required=False,
    )
    cards_left = forms.IntegerField(
        label=_("Cards left"),
        required=False,
        min_value=0,
        max_value=10_000,
        help_text=_("Empty: you use none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Put together here: at import, the language would be that of the machine for ever.
        back = _("At most %(most)s words: what you do for people, not what you want.")
        skills = _("One a line, up to %(most)s. They take the place of the back on a card of skills.")
        self.fields["back"].help_text = back % {"most": BACK_WORDS}
        self.fields["skills"].help_text = skills % {"most": SKILLS_MOST}

    def clean_skills(self) -> list[str]:
        """Give the lines."""
        lines = [line.strip() for line in self.cleaned_data["skills"].splitlines() if line.strip()]
        if len(lines) > MOST_SKILLS:
            raise forms.ValidationError(_("This is more than a card can hold."))
        return lines

    def card(self) -> Card:
        """Give the card as typed."""
        data = self.cleaned_data
        texts = {name: data.get(name, "") for name in TEXT_FIELDS}
        return Card(**texts, skills=tuple(data.get("skills", ())))

    def lines(self) -> dict[str, Any]:
        """Give what the action keeps."""
        return {name: self.cleaned_data[name] for name in (*TEXT_FIELDS, "skills")}


class PrintForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[("business", _("Name, and what you bring")), ("skills", _("Name, and your skills"))],
        label=_("Which card"),
    )
    size = forms.ChoiceField(choices=[("eu", _("85 × 55 mm")), ("us", _("3.5 × 2 inches"))], label=_("Size"))
    sheet = forms.ChoiceField(
        choices=[
            ("", _("One card, with bleed and crop marks, for a print shop")),
            ("a4", _("A sheet of A4, to cut")),
            ("letter", _("A sheet of Letter, to cut")),
        ],
        required=False,
        label=_("On what"),
    )
