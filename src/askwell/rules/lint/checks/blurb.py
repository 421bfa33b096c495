"""I01 and I02: introductions.

Theory of operation.  A request for an introduction carries a note that can be forwarded as it is
(at most a hundred words), leaves the go-between an easy way out, and lets both sides say yes.
The blurb is looked for after words that announce it, in quoted lines, or between rules.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.rules.facts import Leave, Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.checks.first import counted
from askwell.rules.lint.letter import count_words
from askwell.rules.lint.model import Medium, Severity
from askwell.rules.lint.phrases import phrase
from askwell.rules.modes import OPENING_MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANNOUNCED = phrase(
    r"\b(?:forward(?:able|ed|ing)?|blurb|pass (?:on|along)|paste|copy|send (?:on|along|her|him|them)|(?:note|lines?|paragraph|text|sentences|words|summary|something|message|intro|introduction|draft) (?:\w+ ){0,4}?(?:below|to (?:send|forward|use|pass|share)|you (?:can|could|may|might)|for you to)|below (?:is|are|you)|in case it helps|here(?:'s| is| are) (?:a|the|some|what|two|three))\b"
)
_RULE = re.compile(r"^[ \t]*(?:[-*_=~]{3,}|\* \* \*)[ \t]*$", re.MULTILINE)
_QUOTE_BLOCK = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_IN_QUOTES = re.compile(r"\"[^\"]{80,2000}\"")
_OPT_IN = phrase(
    r"\b(?:if|only|whether|unless) (?:\w+ ){0,3}?(?:you(?:'re| are|'d| would)?|she|he|they|(?-i:[A-Z])\w+)(?:'s| is| are|'d)? (?:\w+ ){0,3}?(?:comfortable|willing|happy|open|glad|agree\w*|interested|up for|ok|okay|fine|sensible|think|say|game|free|welcome|prefer|feel|would|like|don't|do not|see|rather|says|said|at ease|know)\b",
    r"\b(?:ask|check|checking|asking|see) (?:first|with|whether|if|her|him|them|(?-i:[A-Z])\w+)\b|\b(?:would|do|might) (?:you|she|he|they|(?-i:[A-Z])\w+) (?:be )?(?:\w+ )?(?:willing|open|comfortable|happy|mind|feel|consider|interested)\b",
    r"\b(?:no (?:problem|pressure|worries|hard feelings|harm|offen[cs]e|need)|feel free to (?:say|decline|ignore)|perfectly fine|completely fine|quite all right|say no|a no is|understand (?:entirely|completely|if)|fully understand|double opt|both sides|either of you|ask (?:her|him|them) first|permission|not the right|entirely up to you|up to you)\b",
)  # fmt: skip


def find_blurb(case: Case) -> tuple[int, int] | None:
    """Span of the note to forward, in the body; None where there is none."""
    body = case.letter.message.body
    if quoted := _QUOTE_BLOCK.search(body):
        return quoted.span()
    if rule := _RULE.search(body):
        closing = _RULE.search(body, rule.end())
        return rule.end(), closing.start() if closing else len(body)
    if quotes := _IN_QUOTES.search(case.flat):
        return quotes.span()
    announced = next((each for each in case.sentences if _ANNOUNCED.search(each.text)), None)
    if announced is None:
        return None
    body_end = case.letter.core_end
    for start, end in ((announced.start, body_end), (body_end, len(body))):
        at = body.find("\n\n", start, end)
        if at != -1 and count_words(case.flat[at:end]) >= _SHORTEST_BLURB:
            return at, end
    return None


def introduction_request(case: Case) -> Iterator[Found]:
    """I01: a blurb to forward, short, and a way out for both."""
    if case.mode is not Mode.INTRO_REQUEST:
        return
    blurb = find_blurb(case)
    if blurb is None and case.medium is not Medium.LINKEDIN_NOTE:
        yield Found(code="I01", severity=Severity.WARNING, text="I01.no_blurb")
    elif blurb:
        words = count_words(case.letter.message.body[blurb[0] : blurb[1]])
        if words > case.numbers.blurb_words:
            yield Found(
                code="I01", severity=Severity.WARNING, text="I01.long_blurb", start=blurb[0], end=blurb[1],
                params={"words": words, "limit": case.numbers.blurb_words},
            )  # fmt: skip
    if not case.says(_OPT_IN):
        yield Found(code="I01", severity=Severity.WARNING, text="I01.no_way_out")


def referrer(case: Case) -> Iterator[Found]:
    """I02 and M10: the referrer named first, and only with leave."""
    name = case.context.referrer
    if not name:
        return
    match = re.search(rf"\b{re.escape(name)}\b", case.flat) or re.search(
        rf"\b{re.escape(name.split()[0])}\b", case.flat
    )
    in_subject = name.casefold() in (case.letter.message.subject or "").casefold()
    if case.context.leave is not Leave.GIVEN:
        if match or in_subject:
            start, end = match.span() if match else (-1, -1)
            yield Found(
                code="M10",
                severity=Severity.ERROR,
                text="M10.no_leave",
                start=start,
                end=end,
                params={"name": name},
            )
    elif case.is_first and case.mode in OPENING_MODES:
        early = next((each.end for each in counted(case)[_LINE_ONE - 1 :]), len(case.flat))
        if not match:
            yield Found(code="I02", severity=Severity.WARNING, text="I02.not_named", params={"name": name})
        elif match.start() > early:
            yield Found(
                code="I02",
                severity=Severity.WARNING,
                text="I02.late",
                start=match.start(),
                end=match.end(),
                params={"name": name},
            )


_SHORTEST_BLURB = 15
_LINE_ONE = 2  # a pleasantry or one's own name may come before
