"""Run the checks and place what they find.

Theory of operation.  Two lists of checks: those that need no English, and those that do.  A text
in another language gets the first list and one hint that says so.  Found places are moved from
their part into the file, counted into lines and columns, ordered, and freed of doubles.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.checks import (
    asks,
    blurb,
    closing,
    first,
    hook,
    known,
    minutes,
    modes,
    placeholders,
    shape,
    tone,
)
from askwell.rules.lint.language import is_english
from askwell.rules.lint.letter import Letter, flatten, read_letter
from askwell.rules.lint.message import Message, parse_message
from askwell.rules.lint.model import Context, Edit, Finding, Fix, LintParameters, Medium, Part, Severity
from askwell.rules.lint.phrases import phrase

Check = Callable[[Case], Iterator[Found]]

ANY_LANGUAGE: tuple[Check, ...] = (
    shape.empty, shape.length, shape.questions, shape.subject, placeholders.placeholders, known.attachments,
    known.recipients, known.confidential, hook.same_text, blurb.referrer, modes.follow_up, modes.same_thread,
    modes.thanks_length, closing.unsigned,
)  # fmt: skip
ENGLISH: tuple[Check, ...] = (
    asks.job_ask, shape.request, shape.vague_subject, shape.sentence_length, placeholders.salutation, minutes.minutes,
    first.purpose, first.connection, first.who, first.flexibility, hook.research_hook, tone.pressure, tone.flattery,
    tone.breadth, tone.next_step, tone.third_persons, tone.no_rush, known.attached_in_words, known.mass_greeting,
    known.discretion, modes.follow_up_content, modes.check_in, modes.thanks, modes.after_event,
    blurb.introduction_request,
)  # fmt: skip

_SPOKEN = phrase(
    r"\b(?:is this|is now|would now be|have i caught you at|did i catch you at|do i catch you at) (?:a )?(?:good|convenient|bad|okay|ok)(?: a)? (?:time|moment)|\bgood time to (?:talk|call|speak)\b|\b(?:do you have|have you got) (?:a (?:minute|moment|second)|a couple of minutes|a few minutes|two minutes) (?:now|right now|to (?:talk|speak))|\bbetter time (?:for me )?to call\b|\bcalling (?:because|about|to ask|on the)\b|\bi(?:'m| am) calling\b|\bmay i call you back\b"
)


def lint(
    text: str | Message,
    *,
    mode: Mode = Mode.INFORMATIONAL,
    context: Context | None = None,
    parameters: LintParameters | None = None,
) -> list[Finding]:
    """Findings about one message, in reading order.

    A ``str`` may begin with ``Subject:`` and other header lines, and positions count in it.  For a
    ``Message`` built from its parts they count in the part a finding names.  Never raises on any text.
    """
    message = parse_message(text) if isinstance(text, str) else text
    case = _case(message, mode, context or Context(), parameters or LintParameters())
    found = [each for check in ANY_LANGUAGE for each in check(case)]
    if not case.flat.strip():
        return _placed(found, case.letter)
    if is_english(case.flat):
        found += [each for check in ENGLISH for each in check(case)]
    else:
        found.append(Found(code="M00", severity=Severity.HINT, text="M00.other_language"))
    return _placed(found, case.letter)


def guess_medium(message: Message, flat: str | None = None) -> Medium:
    """How a text would travel, where nobody said: by its subject, its speech, its length."""
    flat = flatten(message.body) if flat is None else flat
    if message.subject is not None:
        return Medium.EMAIL
    if _SPOKEN.search(flat[:_OPENING]):
        return Medium.PHONE_SCRIPT
    return (
        Medium.LINKEDIN_NOTE if 0 < len(flat.strip()) <= LintParameters().note_chars_error else Medium.EMAIL
    )


_OPENING = 600


def _case(message: Message, mode: Mode, context: Context, numbers: LintParameters) -> Case:
    letter = read_letter(message)
    medium = context.channel or guess_medium(message, letter.flat)
    return Case(
        letter=letter,
        mode=mode,
        medium=medium,
        medium_known=context.channel is not None,
        context=context,
        numbers=numbers,
    )


def _placed(found: Iterable[Found], letter: Letter) -> list[Finding]:
    unique = {(each.code, each.text, each.part, each.start): each for each in found}
    findings = [_finding(each, letter) for each in unique.values()]
    return sorted(findings, key=lambda each: (each.part is Part.BODY, each.offset, each.code, each.text))


def _finding(found: Found, letter: Letter) -> Finding:
    message = letter.message
    inside = message.subject or "" if found.part is Part.SUBJECT else message.body
    start = letter.core_start if found.start < 0 else found.start
    start = min(start, len(inside))
    end = min(max(found.end, start), len(inside))
    shift, whole = 0, inside
    if message.source is not None:
        shift, whole = (message.subject_at if found.part is Part.SUBJECT else message.body_at), message.source
    at = start + shift
    before = whole[:at]
    return Finding(
        code=found.code, severity=found.severity, part=found.part, line=before.count("\n") + 1,
        col=at - before.rfind("\n"), offset=at, length=end - start, text=found.text, params=found.params,
        fix=_shifted(found.fix, shift),
    )  # fmt: skip


def _shifted(fix: Fix | None, shift: int) -> Fix | None:
    if fix is None or not shift:
        return fix
    edits = tuple(Edit(offset=edit.offset + shift, length=edit.length, text=edit.text) for edit in fix.edits)
    return Fix(edits=edits, label=fix.label, params=fix.params)
