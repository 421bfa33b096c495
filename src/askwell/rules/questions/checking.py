"""A look at the seeker's own questions (P04, and the rules that forbid some of them).

Theory of operation.  How many there are and whether the most wanted are marked; how many take no more than
a yes or no; and each that is not asked in such a talk, by the rule that says so.  A question is known to
be closed by its English beginning, a verb and whom it is about ("Do you", "Is there"); one that only sounds
so ("Could you tell me how") is open, and so are those one closes with: a yes is all they want.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.rules.decisions import Finding, because
from askwell.rules.facts import Mode
from askwell.rules.questions.bank import QUESTIONS, key_of
from askwell.rules.questions.forbidden import forbidden_in
from askwell.rules.questions.model import Phase, Relation
from askwell.rules.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from askwell.rules.presets import Preset
    from askwell.rules.questions.model import OwnQuestion

_CLOSED_MOST = 1  # ours: one does no harm

_CLOSED = re.compile(
    r"(?:and |so |but )?"
    r"(?:do|does|did|is|are|was|were|has|have|had|can|could|would|will|should|must|might"
    r"|don't|doesn't|didn't|isn't|aren't|wasn't|haven't|can't|couldn't|wouldn't|won't|shouldn't) "
    r"(?:you|your|it|there|this|that|these|those|they|their|people|one|we|i|my|a|an|the|he|she|most|many"
    r"|any|anyone|anybody|some|someone|somebody|working|being)\b",
    re.IGNORECASE,
)
# Closed in form, open in what they ask for.
_OPEN_AFTER_ALL = re.compile(
    r"\b(?:tell|describe|explain|share|say|show|walk|talk|give|name|elaborate|speak)\b"
    r"|\b(?:how|what|which|why|where|who|whom|when)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(?:suggest|recommend|introduce|point me|put me in touch|stay in touch|keep in touch|stay in contact"
    r"|use your name|mention you|let you know|write to you|contact you|follow up|help you|do for you"
    r"|be of (?:use|help)|useful to you|someone else|anyone else|anybody else|anything else)\b",
    re.IGNORECASE,
)


def check(
    questions: Sequence[OwnQuestion],
    *,
    preset: Preset,
    mode: Mode = Mode.INFORMATIONAL,
    relation: Relation = Relation.STRANGER,
) -> tuple[Finding, ...]:
    """Say what is amiss with questions prepared for a talk."""
    return (
        *_number(questions, preset),
        *_closed_ones(questions),
        *_forbidden_ones(questions, mode, relation),
    )


def is_closed(text: str) -> bool:
    """A yes or no would answer it, and it is no closing question."""
    known = key_of(text)
    if known is not None and QUESTIONS[known].phase is Phase.CLOSE:
        return False
    plain = " ".join(text.replace("’", "'").split())
    start = _CLOSED.match(plain)
    if start is None:
        return False
    return not (_OPEN_AFTER_ALL.search(plain, start.end()) or _CLOSING.search(plain))


def _number(questions: Sequence[OwnQuestion], preset: Preset) -> Iterator[Finding]:
    count, least, most = len(questions), preset.questions_min, preset.questions_max
    if count < least:
        yield _warn("P04", "prepare.questions_few", count=count, least=least)
    elif count > most:
        yield _warn("P04", "prepare.questions_many", count=count, most=most)
    if count >= least and not any(each.starred for each in questions):
        stars = preset.questions_starred
        yield Finding(severity=Severity.HINT, reason=because("P04", "prepare.star", stars=stars))


def _closed_ones(questions: Sequence[OwnQuestion]) -> Iterator[Finding]:
    closed = [each.text for each in questions if is_closed(each.text)]
    if len(closed) > _CLOSED_MOST:
        yield _warn("P04", "questions.closed", count=len(closed), question=closed[0])


def _forbidden_ones(questions: Sequence[OwnQuestion], mode: Mode, relation: Relation) -> Iterator[Finding]:
    for each in questions:
        found = forbidden_in(each.text, mode=mode, relation=relation)
        if found is not None:
            yield _warn(found.rule, found.why, question=each.text)


def _warn(rule: str, text: str, /, **params: str | int) -> Finding:
    return Finding(severity=Severity.WARNING, reason=because(rule, text, **params))
