"""M11, D02, M18, M19: attachments, recipients, confidentiality.

Theory of operation.  What the mail program or the product knows, with the few wordings that tell
the same in a bare text.  All but the wordings work in any language.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.model import Severity
from askwell.rules.lint.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

_RESUME = r"(?:resume|résumé|resumé|cv|c\.v\.|curriculum vitae|cover letter|transcript|portfolio|references)"
_ATTACHED = phrase(
    rf"\b(?:(?:attached|enclosed|included)(?: (?:please find|you(?:'ll| will)(?: \w+)? find|is|are|herewith|below))? (?:\w+ )?(?:my |a copy of my |a |the )?(?:[\w-]+ ){{0,2}}?{_RESUME}|(?:please|kindly) (?:find|see) (?:\w+ ){{0,4}}?(?:attached|enclosed|attachment)|(?:i have|i've|i am|i'm) (?:also )?(?:attach|enclos)(?:ed|ing)|(?:attaching|enclosing) (?:my|a)|my (?:[\w-]+ ){{0,2}}?{_RESUME}(?:,? (?:\w+ ){{0,4}}?)?(?:is |are |\()?(?:attached|enclosed|in the attachment)|see (?:the )?attach(?:ed|ment)|{_RESUME} (?:is |are )?(?:attached|enclosed)|pfa|includ(?:ed|ing) (?:my|a copy of my) (?:[\w-]+ )?{_RESUME}|(?:sending|sent|uploaded|uploading) (?:you )?(?:my|a copy of my) (?:[\w-]+ )?{_RESUME} (?:\w+ )?(?:along|with|here|below|herewith))\b"
)
_REQUESTED = phrase(
    r"\b(?:as|which|that|like) (?:you|we) (?:\w+ )?(?:ask|asked|requested|suggested|wanted|discussed|offered|agreed|mentioned)|\byou (?:\w+ )?(?:asked|requested|offered|wanted)\b|\b(?:per|at|on) your (?:request|suggestion)|\bas (?:promised|requested|agreed|discussed)\b|\byour request\b|\bsince you asked\b|\byou wanted to see\b"
)
_DENIED = phrase(r"\b(?:not|never|without|no)\b[^.?!]{0,30}$|n't[^.?!]{0,30}$")
_EVERYONE = phrase(
    r"\s*(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))?,? ?(?:all|everyone|everybody|alumni|alumnae|friends|colleagues|contacts|members|volunteers|folks|network|team members|friends and (?:colleagues|family)|connections|ladies and gentlemen|both of you|fellow alumni|professionals|hiring teams)\s*$"
)
_DISCREET = phrase(
    r"\b(?:confidential(?:ly|ity)?|in confidence|discreet(?:ly)?|discretion|between (?:us|ourselves|you and me)|privately|keep (?:this|it|my \w+) (?:\w+ )?(?:private|quiet|to yourself|between)|not (?:yet )?(?:public|told|common knowledge|shared)|have(?:n't| not) told|does(?:n't| not) know|do not know yet|not mention(?:ing)? (?:this|it))\b"
)


def attachments(case: Case) -> Iterator[Found]:
    """M11: nothing attached to a first message.  D02: a resume only when asked for."""
    names = (*case.context.attachments, *case.letter.message.attachments)
    if case.is_first and names:
        yield Found(
            code="M11",
            severity=Severity.ERROR,
            text="M11.file",
            params={"names": ", ".join(names[:3]), "count": len(names)},
        )


def attached_in_words(case: Case) -> Iterator[Found]:
    """M11/D02 as the text tells it: "please find my resume attached"."""
    if case.context.resume_requested or (case.is_first and case.context.attachments):
        return
    asked = any(_REQUESTED.search(each.text) for each in case.sentences)
    for sentence in case.sentences:
        match = _ATTACHED.search(sentence.text)
        if match and not _DENIED.search(sentence.text[: match.start()]) and not asked:
            start = sentence.start + match.start()
            code = "M11" if case.is_first else "D02"
            yield Found(
                code=code,
                severity=Severity.ERROR,
                text=f"{code}.attached",
                start=start,
                end=start + len(match[0]),
            )


def recipients(case: Case) -> Iterator[Found]:
    """M18: one recipient."""
    count = max(case.context.recipients, len(case.letter.message.recipients))
    if count > 1:
        yield Found(
            code="M18", severity=Severity.ERROR, text="M18.many", start=0, end=0, params={"count": count}
        )


def mass_greeting(case: Case) -> Iterator[Found]:
    """M18: "Dear all"."""
    greeting = case.letter.greeting
    if greeting and _EVERYONE.fullmatch(f"{case.letter.greeting_word} {case.letter.name}"):
        yield Found(code="M18", severity=Severity.ERROR, text="M18.mass", start=greeting[0], end=greeting[1])


def confidential(case: Case) -> Iterator[Found]:
    """M19: a confidential search stays confidential."""
    if not case.context.confidential:
        return
    if case.context.at_guarded_employer:
        yield Found(code="M19", severity=Severity.ERROR, text="M19.employer", start=0, end=0)


def discretion(case: Case) -> Iterator[Found]:
    """M19: the line that asks for discretion."""
    if case.context.confidential and case.is_first and not case.says(_DISCREET):
        yield Found(
            code="M19",
            severity=Severity.ERROR,
            text="M19.no_line",
            start=case.letter.core_end,
            end=case.letter.core_end,
        )
