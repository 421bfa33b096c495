"""M03: the minutes asked for.

Theory of operation.  Durations are read in figures and words ("20-minute", "half an hour",
"fifteen to twenty minutes").  One up to the limit anywhere in the letter counts as stated, unless
it plainly measures something else (a walk, a lecture).  A longer one counts as asked only in a
sentence that asks for a conversation.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.model import Edit, Fix, Medium, Severity
from askwell.rules.lint.phrases import NUMBER_WORDS, phrase
from askwell.rules.modes import OPENING_MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

_N = (
    r"(?:\d{1,3}(?:[.,]5)?|"
    + "|".join(word.replace(" ", "[ -]") for word in sorted(NUMBER_WORDS, key=len, reverse=True))
    + ")"
)
_UNIT = r"(?:minutes?|mins?\b\.?|min\b\.?|min\.|m\b|')"
_DURATION = re.compile(
    rf"\b(?P<low>{_N})[\s-]*(?:to|or|and|[-–—/])[\s-]*(?P<high>{_N})[\s-]*{_UNIT}"
    rf"|\b(?P<n>{_N})(?:[\s-]+(?:or\s+so|quick|short|brief|spare|precious|odd))?[\s-]*{_UNIT}"
    r"|\b(?P<quarter>(?:a|one)\s+quarter(?:\s+of\s+an)?[\s-]+hour|quarter[\s-]hour|quarter\s+of\s+an\s+hour)"
    r"|\b(?P<three>three[\s-]+quarters\s+of\s+an\s+hour|3/4\s+of\s+an\s+hour)"
    r"|(?P<half>\bhalf(?:[\s-]+(?:an|a))?[\s-]+hours?|½\s*(?:an\s+)?hour|\b1/2\s*(?:an\s+)?hour|\b0\.5\s*h(?:ou)?rs?)"
    r"|\b(?P<hours>(?:an|one|1|two|2|1\.5|an?\s+(?:full|whole))(?:[\s-]+(?:or\s+(?:two|so)|to\s+two|full))?[\s-]+h(?:ou)?rs?)\b(?!\s+(?:away|ago|drive|before|north|south|later|from))",
    re.IGNORECASE,
)
_ELSEWHERE_AFTER = re.compile(
    r"[\s-]*(?:away|ago|drive|walk|from (?:you|your|my|the|here|campus)|late|early|commute|lecture|keynote|episode|podcast"
    r"|film|documentary|ride|train|apart|into|webinar|slow|fast|of (?:your|that) (?:talk|lecture|podcast|episode|film|video|keynote))",
    re.IGNORECASE,
)
_ELSEWHERE_BEFORE = re.compile(
    r"(?:every|last|lasted|within|took|takes|after|waited|spent|spend|read for|for the past|lives?|about your|your|whole) (?:about |only |over |nearly )?\Z",
    re.IGNORECASE,
)
_ASKING = phrase(
    r"\b(?:could|can|would|might|may|wonder\w*|spare|grateful|appreciate|ask|request|like|love|hope|hoping|free|available|willing|meet|talk|chat"
    r"|call|speak|conversation|coffee|visit|zoom|video|phone|your time|give me|if you have|sit down|catch up)\b"
)
TALK = phrase(
    r"\b(?:a|the|short|quick|brief|phone|video|zoom|informal|exploratory|informational|minute|hour) (?:call|chat|conversation|meeting|talk|interview|coffee|video call|phone call)\b",
    r"\b(?:talk|speak|chat|meet|meet up|connect|catch up|call|zoom|sit down)(?:ing)?(?: briefly)? (?:with|to) you\b",
    r"\b(?:could|can|might|may|shall|would it be possible to|if) we (?:\w+ )?(?:talk|speak|chat|meet|connect|catch|set up|arrange|find|schedule|have)",
    r"\b(?:hop|jump|get) on (?:a )?(?:quick )?(?:call|zoom|phone)",
    r"\b(?:coffee|cuppa|cup of tea|a pint|zoom|informational interview|pick your brain|your time|spare (?:me )?(?:some|a few|a moment|a little)|a few minutes|some minutes|a moment)\b",
    r"\b(?:call|phone|ring) you\b|\bmeet(?:ing)? (?:in person|you|up|for)\b|\bto (?:talk|speak|chat|meet)\b",
)  # fmt: skip
_BY_REPLY = phrase(
    r"\b(?:by|via|over|in|through|on) (?:e-?mail|reply|writing|return|message|linkedin|text)\b",
    r"\b(?:reply|replying|answer|write back|a line or two|a sentence or two|one[- ]line)\b[^.?!]{0,60}\b(?:question|e-?mail|enough|here|writing|is fine|plenty)",
    r"\b(?:one|two|three|a (?:single|quick|short)|single) (?:\w+ )?questions?\b",
)
_VAGUE = phrase(
    r"\b(?:a few|a couple of|several|some|a bit of|a little|a little bit of) (?:spare |of your )?(?:minutes|time)\b|\b(?:some|a moment) of your time\b|\ba (?:moment|minute)\b"
)


@dataclass(frozen=True, slots=True)
class _Span:
    low: int
    high: int
    start: int
    end: int


def minutes(case: Case) -> Iterator[Found]:
    """M03: twenty minutes asked, at most thirty."""
    numbers = case.numbers
    durations = [span for sentence in case.sentences for span in _durations(sentence.start, sentence.text)]
    fitting = [span for span in durations if span.high <= numbers.minutes_high]
    long = [span for span in durations if span.high > numbers.minutes_high and _is_asked(case, span)]
    over = [span for span in long if not fitting or span.low <= numbers.minutes_high]
    if over:
        yield _too_long(case, over[0])
    elif not fitting and not long and _must_state(case):
        yield _missing(case)


def _must_state(case: Case) -> bool:
    if not case.is_first or case.mode not in OPENING_MODES:
        return False
    asks_talk = case.says(TALK)
    if case.medium in {Medium.LINKEDIN_NOTE, Medium.DM} or case.mode is Mode.LEAD:
        return asks_talk
    return asks_talk or not case.says(_BY_REPLY)


def _missing(case: Case) -> Found:
    note = case.medium is Medium.LINKEDIN_NOTE
    severity = Severity.WARNING if note or case.mode is Mode.LEAD else Severity.ERROR
    for sentence in case.sentences:
        if match := _VAGUE.search(sentence.text):
            start = sentence.start + match.start()
            return Found(
                code="M03", severity=severity, text="M03.vague", start=start, end=start + len(match[0]),
                params={"minutes": case.numbers.minutes, "words": " ".join(match[0].split())},
            )  # fmt: skip
    return Found(code="M03", severity=severity, text="M03.missing", params={"minutes": case.numbers.minutes})


def _too_long(case: Case, span: _Span) -> Found:
    numbers = case.numbers
    edit = Edit(offset=span.start, length=span.end - span.start, text=f"{numbers.minutes} minutes")
    written = case.flat[span.start : span.end]
    return Found(
        code="M03", severity=Severity.ERROR, text="M03.too_long", start=span.start, end=span.end,
        params={"asked": span.high, "limit": numbers.minutes_high},
        fix=None if "-" in written else Fix(edits=(edit,), label="fix.minutes", params={"minutes": numbers.minutes}),
    )  # fmt: skip


def _is_asked(case: Case, span: _Span) -> bool:
    sentence = next(each for each in case.sentences if each.start <= span.start < each.end)
    return bool(_ASKING.search(sentence.text))


def _durations(at: int, text: str) -> list[_Span]:
    found = []
    for match in _DURATION.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if _ELSEWHERE_AFTER.match(text, match.end()) or _ELSEWHERE_BEFORE.search(before):
            continue
        low, high = _value(match)
        found.append(_Span(low, high, at + match.start(), at + match.end()))
    return found


def _value(match: re.Match[str]) -> tuple[int, int]:
    if match["low"]:
        return _number(match["low"]), max(_number(match["low"]), _number(match["high"]))
    if match["n"]:
        return (_number(match["n"]),) * 2
    fixed = {"quarter": 15, "three": 45, "half": 30}
    minutes = next((value for name, value in fixed.items() if match[name]), 60)
    return minutes, minutes


def _number(text: str) -> int:
    spelled = re.sub(r"\s+", "-", text.lower())
    return NUMBER_WORDS.get(spelled) or int(float(text.replace(",", ".")))
