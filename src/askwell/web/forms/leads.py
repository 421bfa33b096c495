"""Leads, events, and names given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.outreach.models import Community
from askwell.rules.facts import Leave
from askwell.web.forms.fields import Day, Lines, Moment
from askwell.web.forms.person import LEAVE_CHOICES
from askwell.web.forms.who import WhoForm

if TYPE_CHECKING:
    from askwell.web.accounts.models import User


class LeadForm(WhoForm):
    title = forms.CharField(
        label=_("What work is it?"), max_length=300, help_text=_("In a line: analyst, night shift.")
    )
    organization = forms.CharField(
        label=_("Where is it?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "organization-names", "autocomplete": "off"}),
        help_text=_("The organization, if they named it."),
    )
    detail = Lines(label=_("What they told you"), required=False)
    url = forms.URLField(
        label=_("Web page, if it has one"), max_length=500, required=False, assume_scheme="https"
    )
    expires = Day(label=_("Apply by"), required=False, help_text=_("The last day, if there is one."))

    field_order = ("title", "organization", "who", "detail", "url", "expires")


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("In a line"),
        max_length=300,
        help_text=_("An interview, a no, nothing yet: whoever told you will be glad to hear."),
    )


class EventForm(forms.Form):
    name = forms.CharField(label=_("What is it called?"), max_length=300)
    starts_at = Moment(label=_("When?"))
    place = forms.CharField(label=_("Where?"), max_length=300, required=False)
    url = forms.URLField(
        label=_("Web page, if it has one"), max_length=500, required=False, assume_scheme="https"
    )
    community = forms.ModelChoiceField(
        label=_("Of which of your places?"),
        queryset=Community.objects.none(),
        required=False,
        empty_label=_("None of them"),
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.queryset = Community.objects.for_owner(owner).filter(dropped_at=None).order_by("name")
        field.label_from_instance = lambda row: row.name
        if not field.queryset.exists():
            del self.fields["community"]


class PlanForm(forms.Form):
    people = Lines(
        label=_("Two or three people to meet"),
        rows=3,
        required=False,
        help_text=_("One a line. A few good talks are worth more than many cards."),
    )
    questions = Lines(label=_("What to ask them"), rows=3, required=False)
    introduction = Lines(
        label=_("How you say who you are"),
        rows=2,
        required=False,
        help_text=_("Two sentences, said aloud once."),
    )
    offer = Lines(label=_("What you can give"), rows=2, required=False)


class CardsForm(forms.Form):
    """What was noted of somebody met."""

    said = forms.CharField(label=_("What did you speak of?"), max_length=500, required=False)
    card_given = forms.BooleanField(label=_("I gave my card"), required=False)
    card_taken = forms.BooleanField(label=_("I have theirs"), required=False)


class MetForm(WhoForm):
    said = forms.CharField(
        label=_("What did you speak of?"),
        max_length=500,
        required=False,
        help_text=_("One thing only the two of you know: your letter begins with it."),
    )
    card_given = forms.BooleanField(label=_("I gave my card"), required=False)
    card_taken = forms.BooleanField(label=_("I have theirs"), required=False)

    def noted(self) -> dict[str, Any]:
        """Give what the action keeps beside the person."""
        return {name: self.cleaned_data[name] for name in ("said", "card_given", "card_taken")}


class GivenNameForm(WhoForm):
    name = forms.CharField(label=_("Whose name did they give?"), max_length=300)
    email = forms.EmailField(label=_("Their e-mail, if you have it"), required=False)
    leave = forms.ChoiceField(label=_("May you say who sent you?"), choices=LEAVE_CHOICES, required=False)

    def clean_leave(self) -> Any:
        """Nothing said: not asked yet."""
        return self.cleaned_data["leave"] or Leave.UNASKED.value
