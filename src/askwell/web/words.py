"""Sentences of the web pages that come from codes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from askwell.mailroom.problems import PROBLEMS
from askwell.outreach.errors import BadValue, NeedsMore, OutOfOrder, Refused
from askwell.outreach.kept_files import FileGone
from askwell.people.errors import BadField
from askwell.rules import explain
from askwell.rules.facts import Channel, Leave, Mode, Purpose, State
from askwell.rules.presets import Source
from askwell.web import moments

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.rules.decisions import Reason, Refusal

MODES = {
    Mode.INFORMATIONAL: gettext_lazy("first letter"),
    Mode.FOLLOW_UP: gettext_lazy("follow-up"),
    Mode.LEAD: gettext_lazy("letter about work"),
    Mode.RECONNECT: gettext_lazy("letter after a long time"),
    Mode.THANKS: gettext_lazy("thank-you note"),
    Mode.CHECK_IN: gettext_lazy("keeping in touch"),
    Mode.INTRO_REQUEST: gettext_lazy("request for an introduction"),
    Mode.EVENT_FOLLOW_UP: gettext_lazy("letter after an event"),
}
CHANNELS = {
    Channel.EMAIL: gettext_lazy("by e-mail"),
    Channel.PHONE: gettext_lazy("by phone"),
    Channel.LINKEDIN: gettext_lazy("on LinkedIn"),
    Channel.IN_PERSON: gettext_lazy("in person"),
    Channel.VIDEO: gettext_lazy("by video"),
    Channel.LETTER: gettext_lazy("on paper"),
    Channel.OTHER: gettext_lazy("another way"),
}
PURPOSES = {
    Purpose.EXPLORE: gettext_lazy("To learn whether I would like this work"),
    Purpose.CONNECT: gettext_lazy("To know someone at a place I care for"),
    Purpose.BE_KNOWN: gettext_lazy("To be known by someone who decides"),
}
LEAVES = {
    Leave.UNASKED: gettext_lazy("not asked yet whether I may use their name"),
    Leave.ASKED: gettext_lazy("asked, not answered yet"),
    Leave.GIVEN: gettext_lazy("I may use their name"),
    Leave.REFUSED: gettext_lazy("I may not use their name"),
}
# The guides by the names people know them by; what is not here is cited as it stands.
SOURCES = {
    Source.S0: "Smith",
    Source.S1: "Kelley",
    Source.S2: "Case Western",
    Source.S3: "Hanson",
    Source.S4: "Mitchell",
    Source.DEFAULT: gettext_lazy("our own choice"),
}
_PROBLEMS = {
    "empty": gettext_lazy("Write something here."),
    "not-begun": gettext_lazy("It has not begun yet. Say so once you were there."),
    "not-later": gettext_lazy("Choose a day to come."),
    "too-many": gettext_lazy("That is too much at once. Take fewer lines."),
    "in-peace": gettext_lazy("They asked to be left in peace."),
    "same-person": gettext_lazy("Choose two different people."),
    "nobody": gettext_lazy("There is no name and no address in this. Write a name at least."),
    "not-an-address": gettext_lazy("This is not an address as it stands. Look for a missing letter."),
    "there-already": gettext_lazy("It is there already."),
    "too-long": gettext_lazy("This is too long to keep."),
    "unknown-zone": gettext_lazy("This is no time zone we know. Try a city: Europe/Madrid."),
    "unknown-country": gettext_lazy("Two letters for the country: US, DE, NG."),
    "too-large": gettext_lazy("This is larger than 10 MB, more than many mailboxes take. Save it smaller."),
    "no-document": gettext_lazy(
        "This is no document that goes with a letter. Choose a PDF, or docx, odt, rtf, txt."
    ),
    "empty-file": gettext_lazy("There is nothing in this file."),
    "in-the-past": gettext_lazy("This moment has passed. Choose one to come."),
    "in-the-future": gettext_lazy("This has not happened yet. Choose a moment that has passed."),
    "missing": gettext_lazy("This is needed."),
    "not-a-web-address": gettext_lazy("A web address begins with https:// or http://. A book needs none."),
    "shared-already": gettext_lazy("They have it already."),
    "waits-to-go": gettext_lazy("It waits to go, or is on its way. Take it back before you change it."),
    "already-going": gettext_lazy("It is on its way already."),
    "nothing-to-tell": gettext_lazy("They know of it as it stands."),
    "does-not-send": gettext_lazy("This mailbox does not send."),
    "not-mail": gettext_lazy("It does not go by e-mail as it stands."),
    "sent-already": gettext_lazy("It went out already."),
    "settled-already": gettext_lazy("This is settled already."),
    "employer-unnamed": gettext_lazy("Name your employer, so that nobody there is written to."),
    "mistyped": gettext_lazy("A letter or figure of it is wrong. Compare it group by group."),
    "secret-length": gettext_lazy("A secret has eight groups of four. Some are missing, or too many."),
    "secret-gone": gettext_lazy("The secret of this circle is not on this machine. Join it again with it."),
    "in-it-already": gettext_lazy("You are in this circle already."),
    "not-a-circle-file": gettext_lazy("This is no file of a circle. Nothing was brought in."),
    "damaged": gettext_lazy(
        "This file was changed on its way, or cut off. Nothing was brought in; ask for it again."
    ),
    "other-version": gettext_lazy(
        "This file is of another version of Askwell. Bring both to the newest, and ask for it again."
    ),
    "other-circle": gettext_lazy("This file is of a circle you are not in. Nothing was brought in."),
    "too-many-tokens": gettext_lazy("This file is larger than a circle’s file can be."),
    "own-file": gettext_lazy("This is your own file. It is for the others."),
    "older-file": gettext_lazy("A newer file of theirs is here already. Nothing was changed."),
}


def of_reason(reason: Reason, *, now: datetime) -> str:
    """Say a reason in the reader's language and zone."""
    return explain.sentence(reason, translate=_, ntranslate=ngettext, when=partial(moments.when, now=now))


def of_refusal(refusal: Refusal, *, now: datetime) -> str:
    """Say a refusal, and from when it would be fine."""
    return explain.refusal_sentence(
        refusal, translate=_, ntranslate=ngettext, when=partial(moments.day, now=now)
    )


def of_source(code: str) -> str:
    """Say who says so, in a word or two."""
    return str(SOURCES.get(Source(code), code)) if code in set(Source) else code


def of_problem(code: str) -> str:
    """Say what is wrong with a value."""
    return str(_PROBLEMS.get(code) or PROBLEMS.get(code) or _("This cannot be kept as it stands."))


def of_need(action: str) -> str:
    """Say that something else comes first."""
    if action == "open_outreach":
        return _("Say first what you would like from them: begin with “Ask for a talk”.")
    return _("A little more has to be said first.")


def of_disorder(state: str) -> str:
    """Say that this cannot follow on what is."""
    if state in {State.DECLINED, State.WITHDRAWN, State.CLOSED_NO_REPLY}:
        return _(
            "This request is closed. It opens again when they write, or when somebody introduces you anew."
        )
    return _("That does not fit where things stand. Look at the page again: something may have changed.")


def of_what_stays(model: str) -> str:
    """Say why a change cannot be taken back: ``model`` names what stands in the way."""
    if model == "mailroom.outgoing":
        return _("It has gone out by your mailbox, or is on its way: that cannot be taken back.")
    return _("Something later rests on that, so it stays. Take the later change back first.")


def of_error(error: Exception, *, now: datetime) -> str:
    """Say why an action was not done."""
    if isinstance(error, Refused):
        return " ".join(of_refusal(refusal, now=now) for refusal in error.decision.refusals)
    if isinstance(error, BadValue | BadField):
        return of_problem(error.problem)
    if isinstance(error, NeedsMore):
        return of_need(error.action)
    if isinstance(error, OutOfOrder):
        return of_disorder(str(error.state))
    if isinstance(error, FileGone):
        return _(
            "The copy of %(file)s is gone from this machine. Choose the file again, under your resume."
        ) % {"file": error.name}
    return _("That could not be done. Nothing was changed.")


def sentence_case(text: Any) -> str:
    """Begin with a capital."""
    words = str(text)
    return words[:1].upper() + words[1:]
