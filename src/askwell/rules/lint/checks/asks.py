"""M01 and I03: asking for a job, an opening, an interview, a referral.

Theory of operation.  Patterns of asking, not of the word "job": a letter may speak of jobs,
hiring and interviews as its subject.  What is denied ("I am not asking for a job") does not
count; a few idioms that only look like denials are removed first.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.checks.ask_wordings import HARD
from askwell.rules.lint.model import Edit, Fix, Severity
from askwell.rules.lint.phrases import Gated, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from askwell.rules.lint.letter import Sentence

_SOFT = (
    phrase(
        r"\bi(?:'m| am)(?: also| actively| currently| now)* (?:looking|searching|hunting|on the hunt|in search) (?:for|of) (?:a |an |my |some |any )?(?:new |next |full-time |part-time |paid |summer |first |entry-level |graduate |suitable )*(?:job|employment|internship|position|placement)\b",
    ),
)
_REFERRAL = (
    phrase(
        r"\brefer(?:ring)? me (?:for|to (?:the|your|hr|human))",
        r"\b(?:employee|internal|job) referral\b",
        r"\breferral (?:for|to) (?:the|a|this|that)\b",
        r"\b(?:put|say) in (?:a (?:good |kind |quick |nice )?word|my name)\b|\bvouch for me\b|\bput (?:me|my name) forward\b",
        r"\brecommend(?:ing)? me (?:for|to)\b",
    ),
)
_BLUNT = (
    phrase(
        r"\b(?:hire|employ) me\b|\b(?:give|offer|get|find) me (?:a|an|any|the|this|that) (?:job(?! descri)|position|interview|internship)\b|\bhelp me (?:get|find|land) (?:a|an) (?:job|position|internship)\b|\bconsider me for\b"
    ),
)
_NEGATION = phrase(
    r"\b(?:not|never|nor|neither|without|rather than|instead of|cannot|no (?:wish|plan|intention|expectation|need|thought|hidden|agenda|pressure|request|job)|far from|nothing to do with)\b",
    r"n't\b",
)
_IDIOM = phrase(
    r"\b(?:please )?(?:do not|don't|not) hesitate\b|\bif not\b|\bwhether or not\b|\bnot (?:only|just|sure|certain|know)\b|\bwhy not\b"
    r"|\bdon't (?:know|mind)\b|\bcouldn't help\b|\bwouldn't mind\b|\bif you don't mind\b|\bisn't (?:too|a)\b|\bwould(?:n't| not) (?:it|you)\b|\bcan't (?:wait|help)\b|\bwon't you\b"
)  # fmt: skip
_MODES = {
    Mode.INFORMATIONAL: Severity.ERROR, Mode.RECONNECT: Severity.ERROR, Mode.INTRO_REQUEST: Severity.ERROR,
    Mode.FOLLOW_UP: Severity.ERROR, Mode.EVENT_FOLLOW_UP: Severity.ERROR, Mode.THANKS: Severity.ERROR,
    Mode.CHECK_IN: Severity.WARNING,
}  # fmt: skip
_AFTER_TALK = phrase(
    r"\b(?:steps?|advice|advise|recommend|suggest|prepare|path|route|way)\b[^.?!]{0,80}\b(?:internship|position|role|job)"
)


def job_ask(case: Case) -> Iterator[Found]:
    """M01 (and I03 in lead mode): one finding per sentence that asks."""
    for sentence in case.sentences:
        match = _asked(HARD, sentence.text)
        if match and (case.mode is Mode.THANKS or case.context.talked) and _AFTER_TALK.search(sentence.text):
            continue  # advice on next steps is welcome once you have talked
        if case.mode is Mode.LEAD:
            yield from _in_lead_mode(case, sentence, match)
        elif match:
            severity = _MODES[case.mode]
            yield _found(case, sentence, match, severity=severity, text="M01.job_ask")
        elif case.mode is Mode.INFORMATIONAL and (soft := _asked(_SOFT, sentence.text)):
            yield _found(case, sentence, soft, severity=Severity.HINT, text="M01.looking")


def _in_lead_mode(case: Case, sentence: Sentence, match: re.Match[str] | None) -> Iterator[Found]:
    """Saying that you look is fine; asking this person to hire or refer you is not."""
    referral = _asked(_REFERRAL, sentence.text)
    if referral and match and not case.context.talked:
        yield _found(case, sentence, referral, severity=Severity.ERROR, text="I03.referral", code="I03")
        return
    blunt = _asked(_BLUNT, sentence.text)
    if case.context.hiring_manager or "hiring manager" in case.flat.lower():
        blunt = match or blunt
    if blunt:
        yield _found(case, sentence, blunt, severity=Severity.WARNING, text="M01.job_ask")


def _asked(patterns: Sequence[Gated | re.Pattern[str]], text: str) -> re.Match[str] | None:
    """The first match that is not denied in its own clause."""
    for match in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        before = _IDIOM.sub(" ", text[max(0, match.start() - 90) : match.start() + 1])
        clause = re.split(r"[;:—]|, but |\bbut\b|\bhowever\b|\bthough\b", before)[-1]
        inside = _IDIOM.sub(" ", match[0])
        if not _NEGATION.search(clause) and not _NEGATION.search(inside):
            return match
    return None


def _found(
    case: Case, sentence: Sentence, match: re.Match[str], *, severity: Severity, text: str, code: str = "M01"
) -> Found:
    start, end = sentence.start + match.start(), sentence.start + match.end()
    fix = None
    if len(case.sentences) > 1 and severity is not Severity.HINT:
        edit = Edit(offset=sentence.start, length=len(sentence.text), text="")
        fix = Fix(edits=(edit,), label="fix.drop_sentence")
    return Found(
        code=code,
        severity=severity,
        text=text,
        start=start,
        end=end,
        fix=fix,
        params={"words": " ".join(match[0].split())},
    )
