"""What the rules and the notebook refuse, put into words for the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext

from askwell.cli.failures import BadUse, Failure, NotFound, NotNow, StillToCome
from askwell.formats.errors import FormatError
from askwell.formats.problems import problem_of
from askwell.mailroom.problems import PROBLEMS
from askwell.outreach import errors
from askwell.outreach.kept_files import FileGone
from askwell.people.errors import BadField, ImportFailed, PeopleError
from askwell.people.journal import CannotUndo
from askwell.rules.decisions import Refusal
from askwell.rules.explain import sentence
from askwell.rules.presets import PRESETS

T = TypeVar("T")
Overrides = dict[str, str] | None


def with_reason(because: str, act: Callable[[Overrides], T]) -> T:
    """Do it; where only soft rules stand against it and a reason is given, do it with that reason kept."""
    try:
        return act(None)
    except errors.Refused as refused:
        if not because or not refused.overridable:
            raise
        return act({refusal.reason.rule: because for refusal in refused.decision.refusals})


def as_failure(error: Exception) -> Failure | None:
    """Give the failure that says this error, or None where it is none of ours."""
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words(error)
    return None


def _refused(error: errors.Refused) -> Failure:
    lines = [*getattr(error, "__notes__", ())]
    if error.overridable:
        lines.append(gettext("To do it all the same, say why: --because “…”"))
    return NotNow(
        gettext("Not now:") if error.overridable else gettext("That cannot be done:"),
        refusals=[refusal_object(refusal) for refusal in error.decision.refusals],
        how="\n".join(lines),
    )


def refusal_object(refusal: Refusal) -> dict[str, Any]:
    """Give a refusal as ``--json`` shows it."""
    until = refusal.until
    return {
        "rule": refusal.reason.rule,
        "sentence": sentence(refusal.reason, translate=gettext, ntranslate=ngettext),
        "hard": refusal.hard,
        "until": until.isoformat() if until else None,
        "until_text": gettext("Possible from %(day)s.")
        % {"day": f"{timezone.localtime(until):%a %d %b %Y %H:%M}"}
        if until
        else "",
    }


def _needs_more(error: errors.NeedsMore) -> Failure:
    command = COMMAND_FOR.get(error.action, "")
    text = gettext("That takes more than a word.")
    if command:
        text += " " + gettext("Use: askwell %(command)s") % {"command": command}
    return BadUse(text, action=error.action, wanted=list(error.wanted))


COMMAND_FOR = {
    "record_sent": "sent PERSON",
    "record_answer": "sent PERSON --answer",
    "record_reply": "reply PERSON WHAT",
    "schedule_talk": "schedule PERSON WHEN",
    "record_held": "held PERSON",
    "record_talk": "held PERSON",
    "record_thanks": "thank PERSON",
    "reflect": "held PERSON --reflect",
    "new_draft": "draft PERSON",
    "open_outreach": "draft PERSON",
    "set_goal": "goal TEXT",
    "change_seeker": "me",
    "plan_event": "event plan EVENT",
    "send_resume": "resume PERSON --sent",
}


def _not_found(error: errors.NotFound) -> Failure:
    text = gettext("There is no %(kind)s “%(key)s” in this notebook.")
    return NotFound(text % {"kind": error.kind, "key": error.key}, kind=error.kind, key=str(error.key))


def _out_of_order(error: errors.OutOfOrder) -> Failure:
    happening, state = str(error.happening).replace("_", " "), str(error.state).replace("_", " ")
    text = gettext("“%(happening)s” does not fit where things stand (%(state)s). Nothing was changed.")
    return Failure(text % {"happening": happening, "state": state}, state=state, happening=happening)


VALUE_TEXTS = {
    "missing": gettext_noop("Say --%(field)s too."),
    "empty": gettext_noop("The %(field)s is empty."),
    "not-begun": gettext_noop("It has not begun yet. Say so once you were there."),
    "not-later": gettext_noop("--%(field)s must lie later than now."),
    "in-the-future": gettext_noop("That is still to come; say when it happened."),
    "not-an-address": gettext_noop("That is no e-mail address."),
    "informational-or-lead": gettext_noop("A first ask is informational or lead."),
    "unknown-zone": gettext_noop("This is no time zone we know. Try a city: Europe/Madrid."),
    "unknown-country": gettext_noop("This is no country we know. Its two letters are wanted: US, DE."),
    "unknown-preset": gettext_noop("There is no such preset. There are %(presets)s."),
    "not-a-web-address": gettext_noop("A web address begins with https:// or http://. A book needs none."),
    "too-large": gettext_noop("The %(field)s is larger than 10 MB, more than many mailboxes take."),
    "no-document": gettext_noop(
        "This is no document that goes with a letter: a PDF, or docx, odt, rtf, txt."
    ),
    "empty-file": gettext_noop("There is nothing in that file."),
    "shared-already": gettext_noop("They have it already."),
    "settled-already": gettext_noop("This is settled already."),
    "already-going": gettext_noop("Only a letter that waits can be taken back. This one does not."),
    "waits-to-go": gettext_noop("That letter waits to go out already: askwell outbox."),
    "sent-already": gettext_noop("That has been sent already."),
    "not-mail": gettext_noop("That draft is not an e-mail: askwell sent PERSON, once you sent it yourself."),
    "does-not-send": gettext_noop(
        "That mailbox only reads. Give it a server to send by: askwell mail change."
    ),
    "mistyped": gettext_noop("A letter or figure of the secret is wrong. Compare it group by group."),
    "secret-length": gettext_noop("A secret has eight groups of four. Some are missing, or too many."),
    "secret-gone": gettext_noop(
        "The secret of this circle is not on this machine. Join it again: askwell circle join."
    ),
    "in-it-already": gettext_noop("You are in this circle already."),
    "not-a-circle-file": gettext_noop("This is no file of a circle. Nothing was brought in."),
    "damaged": gettext_noop(
        "This file was changed on its way, or cut off. Nothing was brought in; ask for it again."
    ),
    "other-version": gettext_noop(
        "This file is of another version of Askwell. Bring both to the newest, and ask for it again."
    ),
    "other-circle": gettext_noop("This file is of a circle you are not in. Nothing was brought in."),
    "too-many-tokens": gettext_noop("This is larger than a circle’s file can be."),
    "own-file": gettext_noop("This is your own file. It is for the others."),
    "older-file": gettext_noop("A newer file of theirs is here already. Nothing was changed."),
    "employer-unnamed": gettext_noop(
        "Name your employer too, so that nobody there is written to: --employer “…”"
    ),
}


def _bad_value(error: errors.BadValue) -> Failure:
    text = VALUE_TEXTS.get(error.problem, "%(field)s: %(problem)s.")
    words = {
        "field": error.field.replace("_", " "),
        "problem": error.problem.replace("-", " "),
        "presets": ", ".join(PRESETS),
    }
    kind = StillToCome if error.problem == "in-the-future" else BadUse
    return kind(gettext(text) % words, field=error.field, problem=error.problem)


def _file_gone(error: FileGone) -> Failure:
    text = gettext(
        "The copy of %(file)s is gone from the data folder: askwell resume --version NAME --file FILE."
    )
    return Failure(text % {"file": error.name}, problem="file-gone", file=error.name)


def _cannot_undo(error: CannotUndo) -> Failure:
    if error.model == "mailroom.outgoing":
        return Failure(gettext("It has gone out by your mailbox: that cannot be taken back."))
    return Failure(gettext("That cannot be taken back: something later rests on it. Nothing was changed."))


def _bad_field(error: BadField) -> Failure:
    if (error.field, error.problem) == ("text", "nobody"):
        return BadUse(gettext("No name and no address can be found in that text."), problem=error.problem)
    if said := PROBLEMS.get(error.problem):
        return BadUse(str(said), field=error.field, problem=error.problem)
    words = {"field": error.field, "problem": error.problem.replace("-", " ")}
    return BadUse(gettext("%(field)s: %(problem)s.") % words, field=error.field, problem=error.problem)


def _import_failed(error: ImportFailed) -> Failure:
    text = IMPORT_TEXTS.get(error.code, gettext_noop("The import stopped. Nothing was changed."))
    words = {"names": "", "folder": "", "state": "", **error.values}
    names = words["names"]
    words["names"] = ", ".join(map(str, names)) if isinstance(names, list) else names
    return Failure(gettext(text) % words, problem=error.code)


IMPORT_TEXTS = {
    "import-busy": gettext_noop("Another import is at work. Wait until it ends."),
    "import-cancelled": gettext_noop("The import was stopped. Nothing was changed."),
    "disk-full": gettext_noop("The disk is full (%(folder)s). Nothing was changed; make room and try again."),
    "files-gone": gettext_noop("%(names)s: not there any more. Nothing was changed."),
    "wrong-state": gettext_noop("This import cannot do that now (%(state)s)."),
}


def _format(error: FormatError) -> Failure:
    found = problem_of(error)
    return Failure(f"{error.file}: {found.message}", problem=error.code, file=error.file)


def _people(error: PeopleError) -> Failure:
    return Failure(gettext("Nothing was changed: %(reason)s.") % {"reason": error}, problem=error.code)


_WORDS: dict[type[Exception], Callable[[Any], Failure]] = {
    errors.Refused: _refused,
    errors.NeedsMore: _needs_more,
    errors.NotFound: _not_found,
    errors.OutOfOrder: _out_of_order,
    errors.BadValue: _bad_value,
    FileGone: _file_gone,
    CannotUndo: _cannot_undo,
    BadField: _bad_field,
    ImportFailed: _import_failed,
    PeopleError: _people,
    FormatError: _format,
}
