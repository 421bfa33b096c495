"""What can be said of one contact, one small form each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.outreach.actions import Answer
from askwell.outreach.models import Favor
from askwell.people.models import Contact, PointKind
from askwell.rules.facts import Channel, Leave, Mode
from askwell.web.forms.fields import Day, Lines, Moment, channels, country_choices
from askwell.web.forms.versions import KeepsBoth
from askwell.web.words import MODES, sentence_case

TALKS = (Channel.PHONE, Channel.VIDEO, Channel.IN_PERSON)
LETTERS = (Channel.EMAIL, Channel.LINKEDIN, Channel.PHONE, Channel.IN_PERSON, Channel.LETTER, Channel.OTHER)
LEAVE_CHOICES = [
    (Leave.UNASKED.value, _("Not asked yet")),
    (Leave.ASKED.value, _("Asked, not answered yet")),
    (Leave.GIVEN.value, _("Yes")),
    (Leave.REFUSED.value, _("No")),
]
CLOSENESS = [
    ("", _("Not said")),
    ("1", _("1 · we have met, or hardly")),
    ("2", _("2 · we know each other a little")),
    ("3", _("3 · we get on well")),
    ("4", _("4 · we are close")),
    ("5", _("5 · among my closest")),
]
CADENCES = [
    ("", _("As the rules say")),
    ("30", _("Every month")),
    ("90", _("Every three months")),
    ("180", _("Twice a year")),
    ("365", _("Once a year")),
    ("0", _("Not at all")),
]
ANSWERS = [
    (Answer.YES.value, _("Yes, they will talk")),
    (Answer.REPLIED.value, _("They wrote, neither yes nor no yet")),
    (Answer.LATER.value, _("Later, they named a date")),
    (Answer.AWAY.value, _("An automatic answer: away")),
    (Answer.REDIRECTED.value, _("Someone else instead")),
    (Answer.NAMED.value, _("They gave a name")),
    (Answer.NO.value, _("No")),
    (Answer.BOUNCED.value, _("It came back undelivered")),
]


class NoteForm(KeepsBoth):
    notes = Lines(
        label=_("Notes"),
        rows=8,
        required=False,
        help_text=_("Write as if they will read it. What they told you in confidence stays between you."),
    )


class TalkedForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What was it?"),
        widget=forms.RadioSelect,
        initial="talk",
        choices=[
            ("talk", _("A talk about their work: I owe thanks for it")),
            ("touch", _("A call or a meeting to keep in touch")),
        ],
    )
    at = Moment(label=_("When did it end?"))
    channel = forms.ChoiceField(label=_("How?"), choices=channels(*TALKS))
    minutes = forms.IntegerField(label=_("Minutes"), initial=20, min_value=1, max_value=480)
    notes = Lines(label=_("Notes"), required=False)


class ReplyForm(forms.Form):
    what = forms.ChoiceField(label=_("Which is nearest?"), widget=forms.RadioSelect, choices=ANSWERS)
    at = Moment(label=_("When did it come?"))
    channel = forms.ChoiceField(label=_("How did it come?"), choices=channels(*LETTERS))
    until = Day(
        label=_("Until when?"),
        required=False,
        help_text=_("The day they named."),
    )
    name = forms.CharField(
        label=_("Whose name did they give?"),
        required=False,
        max_length=300,
    )
    email = forms.EmailField(label=_("Their e-mail"), required=False)
    leave = forms.ChoiceField(label=_("May you say who sent you?"), choices=LEAVE_CHOICES, required=False)
    text = Lines(
        label=_("What they wrote"),
        required=False,
        help_text=_("Optional. Pasted words stay in your notebook."),
    )
    asked_resume = forms.BooleanField(label=_("They asked for my resume"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the day or the name where the answer needs one."""
        data = super().clean() or {}
        if data.get("what") == Answer.LATER and not data.get("until"):
            self.add_error("until", _("Give the day they named; a guess will do."))
        if data.get("what") in {Answer.REDIRECTED, Answer.NAMED} and not data.get("name"):
            self.add_error("name", _("Give the name; you can mend it later."))
        return data


class MeaningForm(ReplyForm):
    """What an answer says that lies in the mailbox: when and how it came, and its words, are known."""

    at = channel = text = asked_resume = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_themselves = {Answer.AWAY.value, Answer.BOUNCED.value, Answer.REPLIED.value}
        self.fields["what"].choices = [each for each in ANSWERS if each[0] not in by_themselves]  # type: ignore[attr-defined]


class AnsweredForm(forms.Form):
    at = Moment(label=_("When did you answer?"))
    channel = forms.ChoiceField(label=_("How?"), choices=channels(*LETTERS))
    body = Lines(label=_("What you wrote"), required=False, help_text=_("Optional."))


class SentForm(forms.Form):
    mode = forms.ChoiceField(
        label=_("What was it?"), choices=[(mode.value, sentence_case(words)) for mode, words in MODES.items()]
    )
    at = Moment(label=_("When?"))
    channel = forms.ChoiceField(label=_("How?"), choices=channels(*LETTERS))
    subject = forms.CharField(label=_("Subject"), required=False, max_length=300)
    body = Lines(label=_("What you wrote"), required=False, help_text=_("Optional."))


class PromiseForm(forms.Form):
    mine = forms.ChoiceField(
        label=_("Who promised?"),
        widget=forms.RadioSelect,
        initial="me",
        choices=[("me", _("I did")), ("them", _("They did"))],
    )
    text = forms.CharField(label=_("What?"), max_length=500)
    due = Day(label=_("By when?"), required=False, help_text=_("Empty: two business days for yours."))


class NameForm(forms.Form):
    name = forms.CharField(label=_("Whose name did they give?"), max_length=300)
    email = forms.EmailField(label=_("E-mail"), required=False)
    detail = forms.CharField(label=_("What they said about them"), required=False, max_length=500)
    leave = forms.ChoiceField(label=_("May you say who sent you?"), choices=LEAVE_CHOICES)


class AdviceForm(forms.Form):
    text = forms.CharField(
        label=_("What did they advise?"),
        max_length=500,
        help_text=_(
            "Like: to sit in on a ward round. When you have acted on it, say so on their page;"
            " you will be reminded to tell them what came of it."
        ),
    )


class FavorForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Which way?"),
        widget=forms.RadioSelect,
        initial=Favor.Kind.GIVE,
        choices=[(Favor.Kind.GIVE, _("I gave or helped")), (Favor.Kind.ASK, _("I asked for something"))],
    )
    text = forms.CharField(label=_("What?"), max_length=500)
    at = Moment(label=_("When?"))


class ClosenessForm(forms.Form):
    closeness = forms.TypedChoiceField(
        label=_("How close are you?"), choices=CLOSENESS, coerce=int, empty_value=None, required=False
    )


class CadenceForm(forms.Form):
    keep_every_days = forms.TypedChoiceField(
        label=_("Be in touch"), choices=CADENCES, coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("keep_every_days")
        if now is not None and str(now) not in dict(CADENCES):
            field = self.fields["keep_every_days"]
            field.choices = [*CADENCES, (str(now), _("Every %(n)s days") % {"n": now})]  # type: ignore[attr-defined]


class ForbidForm(forms.Form):
    text = forms.CharField(
        label=_("What did they say?"),
        required=False,
        max_length=500,
        help_text=_("Optional, for your own memory."),
    )


class EditForm(forms.ModelForm):  # type: ignore[type-arg]
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("It decides which days are holidays.")
    )

    class Meta:
        model = Contact
        fields = ["name", "pronouns", "headline", "place", "zone", "country", "birthday", "how_met"]
        labels = {
            "name": _("Name"),
            "pronouns": _("Pronouns"),
            "headline": _("What they do, in a line"),
            "place": _("Place"),
            "zone": _("Time zone"),
            "birthday": _("Birthday"),
            "how_met": _("How you met"),
        }
        help_texts = {
            "pronouns": _("Only if they told you."),
            "zone": _("Like Europe/Madrid. It decides when it is a good hour to write."),
            "birthday": _("Like 1990-05-17, or --05-17 without the year."),
        }
        widgets = {"zone": forms.TextInput(attrs={"list": "zones"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices(held=self.instance.country)  # type: ignore[attr-defined]


class PointForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (PointKind.EMAIL, _("E-mail")),
            (PointKind.PHONE, _("Telephone")),
            (PointKind.URL, _("Web or profile link")),
        ],
    )
    value = forms.CharField(label=_("Address or number"), max_length=500)
    label = forms.CharField(
        label=_("Label"), required=False, max_length=100, help_text=_("Like work or home.")
    )
    preferred = forms.BooleanField(label=_("Use this one first"), required=False)


class PostalForm(KeepsBoth):
    text = Lines(
        label=_("Postal address"),
        rows=4,
        required=False,
        max_length=500,
        help_text=_("As it goes on an envelope, without the name. Empty takes it away."),
    )


class JobForm(forms.Form):
    organization = forms.CharField(label=_("Where?"), max_length=300, required=False)
    title = forms.CharField(
        label=_("As what?"), max_length=300, required=False, help_text=_("For a school: the degree.")
    )
    school = forms.BooleanField(label=_("It is a school"), required=False)
    current = forms.BooleanField(label=_("They are there now"), required=False, initial=True)
    started = forms.CharField(
        label=_("From"), max_length=10, required=False, help_text=_("Like 2019, 2019-03 or 2019-03-01.")
    )
    ended = forms.CharField(label=_("Until"), max_length=10, required=False)

    def clean(self) -> dict[str, Any]:
        """A place or a title at least."""
        data = super().clean() or {}
        if not data.get("organization") and not data.get("title"):
            self.add_error("organization", _("Give a place or a title."))
        return data


class TagForm(forms.Form):
    name = forms.CharField(label=_("Tag"), max_length=100)


DEFAULT_LEAVE = Leave.UNASKED


def mode_of(value: str) -> Mode:
    """Read a mode; an unknown one is the first letter's."""
    return Mode(value) if value in set(Mode) else Mode.INFORMATIONAL
