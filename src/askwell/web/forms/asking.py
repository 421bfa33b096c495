"""Beginning an outreach, and the homework for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.formats.errors import FormatError, TooLarge
from askwell.formats.saved_page import MOST_BYTES, read_page, shorten
from askwell.people.models import Contact
from askwell.rules.facts import Connection, Mode, Purpose
from askwell.rules.preparation import ANSWERS, HOMEWORK
from askwell.web.forms.fields import Lines
from askwell.web.forms.versions import KeepsBoth
from askwell.web.words import PURPOSES

if TYPE_CHECKING:
    from collections.abc import Iterable

PIECES = {
    "profile": _("I read their profile"),
    "site": _("I looked at their organization’s own site"),
    "news": _("I found a recent piece of news about it"),
    "common_ground": _("I know what we have in common"),
    "synopsis": _("My own story is ready, in a minute or so"),
    "why_company": _("I can say why this organization"),
    "why_function": _("I can say why this kind of work"),
}
CONNECTIONS = {
    Connection.SCHOOL.value: _("The same school"),
    Connection.EMPLOYER.value: _("The same employer, now or before"),
    Connection.GROUP.value: _("A group or association"),
    Connection.MET_AT.value: _("We met at an event"),
    Connection.ARTICLE.value: _("Something they wrote or said"),
    Connection.DIRECTORY.value: _("A directory of alumni"),
    Connection.REFERRER.value: _("Someone who gave me their name"),
}
_STAR = "*"


class AskForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What would you like from them?"),
        widget=forms.RadioSelect,
        initial=Purpose.EXPLORE.value,
        choices=[(purpose.value, words) for purpose, words in PURPOSES.items()],
    )
    mode = forms.ChoiceField(
        label=_("Which kind of asking?"),
        widget=forms.RadioSelect,
        initial=Mode.INFORMATIONAL.value,
        choices=[
            (Mode.INFORMATIONAL.value, _("For advice: twenty minutes about their work, no word of jobs")),
            (Mode.LEAD.value, _("About work: they may know that I am looking")),
        ],
    )
    referrer = forms.ModelChoiceField(
        label=_("Who gave you their name?"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )
    connection_kind = forms.ChoiceField(
        label=_("What connects you?"), required=False, choices=[("", _("Nothing yet")), *CONNECTIONS.items()]
    )
    connection = forms.CharField(
        label=_("What is it called?"),
        required=False,
        max_length=300,
        help_text=_("The school, the event, the article: it belongs in the first two sentences."),
    )
    hook = Lines(
        label=_("One thing only they would recognize"),
        rows=2,
        required=False,
        help_text=_("A talk they gave, a project, a turn in their path: what made you think of them."),
    )

    def __init__(self, *args: Any, referrers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referrer"].queryset = referrers  # type: ignore[attr-defined]
        if not referrers:
            del self.fields["referrer"]


class HomeworkForm(KeepsBoth):
    """``homework`` holds keys of ``rules.preparation``; of ``questions``, starred lines begin with ``*``."""

    hook = Lines(label=_("One thing only they would recognize"), rows=2, required=False)
    connection_kind = forms.ChoiceField(
        label=_("What connects you?"), required=False, choices=[("", _("Nothing yet")), *CONNECTIONS.items()]
    )
    connection = forms.CharField(
        label=_("What is it called?"),
        required=False,
        max_length=300,
        help_text=_("The school, the event, the article."),
    )
    news = Lines(
        label=_("A recent piece of news about their organization"),
        rows=4,
        required=False,
        help_text=_("Paste it, or a line of your own about it. Nothing is fetched from anywhere."),
    )
    news_file = forms.FileField(
        label=_("Or a page you saved"),
        required=False,
        help_text=_("A web page (.html) or a text (.txt) of up to 2 MB; only its words are kept."),
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.txt,text/html,text/plain"}),
    )
    story = Lines(
        label=_("Your own story"),
        rows=6,
        required=False,
        help_text=_("Who you are, what brought you here, what you look for. The same for every talk."),
    )
    why_company = Lines(label=_("Why this organization"), rows=2, required=False)
    why_function = Lines(label=_("Why this kind of work"), rows=2, required=False)
    homework = forms.MultipleChoiceField(
        label=_("Homework done"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(key, PIECES[key]) for key in (*HOMEWORK, *ANSWERS)],
    )
    questions = Lines(
        label=_("Your questions"),
        rows=8,
        required=False,
        help_text=_(
            "One a line; begin the ones that matter most with a star *. Nothing their site already says."
        ),
    )
    outcome_wanted = forms.CharField(
        label=_("One thing you want to come away with"), required=False, max_length=300
    )
    next_step_wanted = forms.CharField(label=_("The next step you hope for"), required=False, max_length=300)
    offer = forms.CharField(label=_("One thing you could offer them"), required=False, max_length=300)

    def clean_news(self) -> str:
        """Keep no more than a page of it."""
        return shorten(self.cleaned_data["news"])

    def clean_news_file(self) -> str:
        """Read the words of a saved page."""
        given = self.cleaned_data["news_file"]
        if given is None:
            return ""
        try:
            return read_page(given.read(MOST_BYTES + 1), file=given.name)
        except TooLarge:
            raise forms.ValidationError(_("This file is larger than 2 MB. Paste the piece itself.")) from None
        except FormatError:
            raise forms.ValidationError(
                _("There is no text to read in this file. Save the page as a web page, or paste it.")
            ) from None

    def clean_questions(self) -> list[dict[str, Any]]:
        """Read a question a line."""
        lines = (line.strip() for line in self.cleaned_data["questions"].splitlines())
        return [
            {"text": line.lstrip(_STAR).strip(), "starred": line.startswith(_STAR)}
            for line in lines
            if line.strip(_STAR + " ")
        ]


def as_lines(questions: Iterable[Any]) -> str:
    """Write stored questions as the form shows them."""
    return "\n".join(
        f"{_STAR} {each['text']}" if each.get("starred") else str(each["text"]) for each in questions
    )
