"""M02, M08, M12, M15, M17 and F01 lengths: the shape of a message.

Theory of operation.  Counting: words, characters, question marks, the subject line.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.checks.blurb import find_blurb
from askwell.rules.lint.checks.minutes import TALK
from askwell.rules.lint.letter import count_words, words_at
from askwell.rules.lint.model import Medium, Part, Severity
from askwell.rules.lint.phrases import phrase
from askwell.rules.modes import ASKING_MODES, FIRST_MODES, OPENING_MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

_VAGUE = phrase(
    r"(?:hi|hello|hey|greetings|question|(?:a )?quick (?:question|chat|call|note|ask|favou?r|request)|(?:great )?opportunit(?:y|ies)|networking|help|(?:please )?help(?: me| needed)?|request|meeting|meeting request|introduction|urgent|important|job|jobs|a job|job (?:opportunit(?:y|ies)|inquiry|enquiry|search|seeker)|internship|coffee|chat|call|connect|let's connect|connecting|inquiry|enquiry|general inquiry|(?:career )?advice|a favou?r|favou?r|touching base|reaching out|hello there|hi there|checking in|hey there|info|information|message|email|test|subject|no subject|\(no subject\)|none|untitled|read this|please read|important|career|a question|one question|a request|networking (?:request|opportunity)|nice to meet you|student|introduction request|question for you|(?:i )?need (?:your |some |a little )?(?:help|advice|guidance)(?: please)?|(?:an? )?(?:urgent |small |quick )?(?:request|favou?r)(?: for (?:help|advice|guidance|a call|a chat|a meeting))?|(?:some |a few |two |three )?questions|(?:looking|asking) for (?:help|advice|guidance|a chat)|can we (?:talk|chat|meet)|(?:hi|hello|hey|dear) (?-i:[A-Z])[\w.-]+(?: (?-i:[A-Z])[\w.-]+)?)[ !?.…]*"
)
_MARK = re.compile(r"[?？؟](?![?？؟!])")
_REPLY = phrase(r"\s*(?:re|aw|sv|antw|rv|ref|tr|fwd?|wg)\s*:")
_INDIRECT = phrase(
    r"\b(?:wonder(?:ing|ed)?|grateful|appreciate|obliged|delighted|pleased|welcome|thankful|glad|happy|love|like|hope|hoping|kind|thrilled|honou?red|value|enjoy)\b[^.?!]{0,60}\b(?:if|whether|you (?:could|might|would|can)|minutes|hour|chance|opportunity|conversation|talk|call|chat|time|to (?:talk|speak|hear|ask|learn|meet))\b",
    r"\bif you (?:have|could|can|would|were|are|might|had|'d|ever|find)\b|\bmight (?:i|we)\b|\bmay i\b|\bi(?:'m| am) (?:asking|writing to ask)\b|\bplease (?:let me know|tell me)\b",
)
_KINDS = {
    "resume": phrase(r"\b(?:review|look at|look over|glance at|critique|feedback on|comments? on|proofread|check|edit|improve|read) (?:\w+ )?(?:my|the attached) (?:attached )?(?:resume|résumé|resumé|cv|cover letter|portfolio|linkedin profile|application|essays?|drafts?|thesis|manuscript|script|novel|proposal|business plan|statement|website)\b"),
    "introduction": phrase(r"\b(?:could|can|would|will|might|please|also|and)\b[^.?!]{0,60}\b(?:introduc(?:e|ing) me|connect(?:ing)? me|put(?:ting)? me in touch)\b"),
    "names": phrase(r"\b(?:who else|anyone else|someone else|other people|others)\b[^.?!]{0,60}\b(?:talk|speak|contact|reach|meet|connect)"),
    "recommendation": phrase(r"\b(?:write|give|provide)\b[^.?!]{0,30}\b(?:recommendation|reference)\b(?! (?:for|of) (?:books?|courses?))"),
    "mentor": phrase(r"\b(?:be|become|being|becoming) my mentor\b|\bmentor me\b"),
    "shadow": phrase(r"\b(?:shadow (?:you|your)|job[- ]shadow|tour of your|visit your (?:office|lab|studio|site))\b"),
    "share": phrase(r"\b(?:share|repost|like|comment on|subscribe|donate|sign|fill (?:in|out)|complete|take)\b[^.?!]{0,25}\b(?:my post|my page|my channel|my petition|survey|questionnaire)\b"),
}  # fmt: skip


def empty(case: Case) -> Iterator[Found]:
    """M02: nothing there."""
    if not case.flat.strip():
        yield Found(code="M02", severity=Severity.ERROR, text="M02.empty")


def length(case: Case) -> Iterator[Found]:
    """M02: how long."""
    if case.mode not in FIRST_MODES or not case.is_first or not case.flat.strip():
        return
    if case.medium is Medium.LINKEDIN_NOTE:
        yield from _note_length(case)
    elif case.medium is Medium.DM:
        characters = len(case.letter.message.body.strip())
        if characters > case.numbers.dm_chars:
            yield _over_chars(case, Severity.WARNING, characters, case.numbers.dm_chars)
    else:
        yield from _word_length(case)


def _note_length(case: Case) -> Iterator[Found]:
    characters, numbers = len(case.letter.message.body.strip()), case.numbers
    limit = numbers.note_chars if case.medium_known else numbers.note_chars_error
    if characters > numbers.note_chars_error:
        yield _over_chars(case, Severity.ERROR, characters, limit)
    elif characters > limit:
        yield _over_chars(case, Severity.WARNING, characters, limit)


def _over_chars(case: Case, severity: Severity, characters: int, limit: int) -> Found:
    body = case.letter.message.body
    start = len(body) - len(body.lstrip()) + limit
    return Found(
        code="M02", severity=severity, text="M02.characters", start=start, end=len(body.rstrip()),
        params={"characters": characters, "limit": limit},
    )  # fmt: skip


def _word_length(case: Case) -> Iterator[Found]:
    numbers, end = case.numbers, _blurb_start(case)
    core = case.spoken[: max(0, end - case.letter.core_start)]
    words = count_words(core)
    if words > numbers.first_words_warn:
        severity = Severity.ERROR if words > numbers.first_words_error else Severity.WARNING
        starts = words_at(core)
        at = case.letter.core_start + starts[min(numbers.first_words_warn, len(starts) - 1)] if starts else -1
        yield Found(
            code="M02", severity=severity, text="M02.long", start=at, end=max(at, case.letter.core_start + len(core.rstrip())),
            params={"words": words, "limit": numbers.first_words_warn},
        )  # fmt: skip
    everything = count_words(case.flat)
    if everything < numbers.first_words_low and case.mode is Mode.INFORMATIONAL:
        yield Found(
            code="M02",
            severity=Severity.WARNING,
            text="M02.short",
            params={"words": everything, "limit": numbers.first_words_low},
        )


def _blurb_start(case: Case) -> int:
    blurb = find_blurb(case) if case.mode is Mode.INTRO_REQUEST else None
    return blurb[0] if blurb else case.letter.core_end


def questions(case: Case) -> Iterator[Found]:
    """M08: at most three question marks."""
    limit = case.numbers.questions_high
    marks = [each.start + match.start() for each in case.sentences for match in _MARK.finditer(each.text)]
    if case.mode in ASKING_MODES and len(marks) > limit:
        yield Found(
            code="M08", severity=Severity.WARNING, text="M08.many_questions", start=marks[limit], end=marks[limit] + 1,
            params={"count": len(marks), "limit": limit},
        )  # fmt: skip


def request(case: Case) -> Iterator[Found]:
    """M08: one request, put as a question."""
    if case.mode not in OPENING_MODES or not case.is_first:
        return
    asks = any(_MARK.search(each.text) or _INDIRECT.search(each.text) for each in case.sentences)
    if not asks and case.flat.strip():
        yield Found(code="M08", severity=Severity.WARNING, text="M08.no_question")
    other = next((found for found in _other_requests(case)), None)
    if other and case.says(TALK):
        start, end, kind = other
        yield Found(code="M08", severity=Severity.WARNING, text=f"M08.second_{kind}", start=start, end=end)


_TALK_ITSELF = phrase(
    r"\b(?:min|mins|minutes|half an hour|half-hour|quarter of an hour)\b"
    r"|\bor (?:[\w'-]+ ){0,2}?(?:call|ring|phone|telephone|talk|meet|speak|chat|zoom|email|write)\b"
    r"|\b(?:call|ring|phone|telephone|talk|meet|speak|chat|zoom)\b[^.?!]{0,30} or\b"
)


def _other_requests(case: Case) -> Iterator[tuple[int, int, str]]:
    for sentence in case.sentences:
        for kind, pattern in _KINDS.items():
            match = pattern.search(sentence.text)
            if match and kind == "shadow" and _TALK_ITSELF.search(sentence.text):
                continue  # coming by for twenty minutes is the talk, not a second wish
            if match and not re.search(r"n't\b|\bnot\b|\bnever\b", sentence.text[: match.start()]):
                yield sentence.start + match.start(), sentence.start + match.end(), kind


def subject(case: Case) -> Iterator[Found]:
    """M12: a subject that says the connection or the purpose."""
    text = case.letter.message.subject
    if case.medium is not Medium.EMAIL:
        return
    if text is None:
        if case.is_first and case.flat.strip() and (case.medium_known or case.letter.signature.strip()):
            severity = Severity.ERROR if case.medium_known else Severity.HINT
            yield Found(code="M12", severity=severity, text="M12.none", start=0, end=0)
        return
    stripped = text.strip()
    if not _REPLY.sub("", stripped).strip():
        yield Found(
            code="M12", severity=Severity.ERROR, text="M12.empty", start=0, end=len(text), part=Part.SUBJECT
        )
    elif len(stripped) > case.numbers.subject_chars and not _REPLY.match(stripped):
        yield Found(
            code="M12", severity=Severity.WARNING, text="M12.long", start=0, end=len(text), part=Part.SUBJECT,
            params={"characters": len(stripped), "limit": case.numbers.subject_chars},
        )  # fmt: skip


def vague_subject(case: Case) -> Iterator[Found]:
    """M12: "Quick question" tells nothing."""
    text = case.letter.message.subject or ""
    if case.mode in FIRST_MODES and case.is_first and _VAGUE.fullmatch(_REPLY.sub("", text).strip(" .,!-")):
        yield Found(
            code="M12",
            severity=Severity.WARNING,
            text="M12.vague",
            start=0,
            end=len(text),
            part=Part.SUBJECT,
            params={"subject": text.strip()},
        )


def sentence_length(case: Case) -> Iterator[Found]:
    """M15: sentences of twenty words or fewer on average."""
    counted = [count_words(each.text) for each in case.sentences if not each.bullet]
    if len(counted) < _FEW_SENTENCES:
        return
    average = sum(counted) / len(counted)
    if average > case.numbers.sentence_words:
        longest = max(case.sentences, key=lambda each: count_words(each.text))
        yield Found(
            code="M15", severity=Severity.HINT, text="M15.long", start=longest.start, end=longest.end,
            params={"average": round(average), "limit": case.numbers.sentence_words},
        )  # fmt: skip


_FEW_SENTENCES = 2
