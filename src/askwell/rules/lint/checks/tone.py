"""M13, M14, M20, M21, M22: pressure, praise, breadth, next step, discretion.

Theory of operation.  Wordings that push, and wordings about third persons one would not read
aloud to them.  What concerns only the writer's own news or a field of work is left alone.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.model import Edit, Fix, Severity
from askwell.rules.lint.phrases import phrase
from askwell.rules.modes import ASKING_MODES, OPENING_MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRESSURE = {
    "guilt": phrase(
        r"\b(?:you (?:still )?(?:have(?:n't| not)|did(?:n't| not)|never)(?: yet| even)? (?:\w+ )?(?:repl(?:y|ied)|respond(?:ed)?|answer(?:ed)?|gotten back|got back|get back|written back|write back)|(?:i )?(?:have not|haven't|never|did not|didn't) (?:yet |even )?(?:heard?|received?|gotten|got|get) (?:back |anything |a (?:reply|response|single reply) |any (?:reply|response) )?(?:back )?from you|you(?:'ve| have)? (?:ignored|been ignoring|forgotten|forgot)|ignor(?:ed|ing) (?:me|my)|my (?:previous|last|earlier|many|two|three|four|several|other) (?:\w+ )?(?:unanswered|ignored)|unanswered (?:e-?mails?|messages?|notes?)|disappoint(?:ed|ing) (?:not|that you|by your)|(?:least|surely) you (?:can|could)|you owe|i deserve|after (?:everything|all i)|i(?:'m| am) (?:desperate|begging)|begging you|you(?:'re| are) my (?:last|only) (?:hope|chance|option)|everyone else (?:has|ignored)|no one (?:else )?(?:will|has|answers|replies)|(?:it|this) (?:would|will) only take you|you(?:'re| are| must be| seem) too (?:important|grand|famous|proud|good) (?:for|to (?:answer|reply|help|care))|you (?:won't|will not|wouldn't|didn't|(?:can't|couldn't) be) (?:even )?bother(?:ed)?|(?:would|will|'d) break my heart|(?:you(?:'d|'ll| would| will)?|don't|not) let me down|(?:i(?:'d| would) be|leave me) (?:\w+ )?(?:crushed|devastated|heartbroken|hurt|gutted)|i know you(?:'re| are) (?:probably )?too (?:busy|important))\b"
    ),
    "deadline": phrase(
        r"\b(?:(?:reply|respond|answer|get back to me|let me know|write back|hear (?:back )?from you|confirm|your (?:reply|answer|response)) (?:\w+ ){0,5}?(?:by|before|no later than|until) (?:the end of |close of |end of |this |next )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|today|noon|eod|cob|the \d{1,2}(?:st|nd|rd|th)?|day|business|\d{1,2}|january|february|march|april|may|june|july|august|september|october|november|december|week)|as soon as (?:you can|humanly possible|possible)|asap|a\.s\.a\.p\.?|urgent(?:ly)?|immediately|right away|at your earliest (?:possible )?(?:convenience)?|time[- ]sensitive|i need (?:an answer|a reply|a response|to know|to hear|this|you to)|(?:expect|expecting|await|awaiting|waiting for) (?:your|a) (?:prompt |quick |immediate |speedy |swift )(?:reply|response|answer)|(?:prompt|immediate|speedy|swift) (?:reply|response|answer)|(?:please|kindly) (?:reply|respond|answer|write back|get back to me|confirm) (?:\w+ ){0,2}?(?:today|tonight|tomorrow|this week|now)|(?:expect|count on|counting on|need) (?:to hear|hearing) (?:from you|back|by|before)|need to hear (?:\w+ ){0,3}?(?:by|before))\b"
    ),
    "nagging": phrase(
        r"\b(?:(?:just|only|simply|merely) (?:\w+ )?(?:check(?:ing)? (?:in|back|up|again)|bump(?:ing|ed)?|circl(?:ing|e) back|ping(?:ing)?|nudg(?:e|ing)|pok(?:e|ing))(?: again| once more)?|check(?:ing|ed)? (?:in |back )?(?:yet )?(?:again|once more)|bump(?:ing|ed)? (?:this|my|it)|(?:as )?per my (?:last|previous|earlier)|circl(?:ing|e) back|pinging you|(?:second|third|fourth|fifth|2nd|3rd|4th|final) (?:and final )?(?:time|attempt|notice|reminder|email|e-mail|message) (?:i|that i|i've|to reach|i have)|(?:is|my) (?:my )?(?:second|third|fourth|final|last) (?:reminder|notice|attempt|warning)|did you (?:even )?(?:get|see|receive|read) my|have you (?:had a chance to )?(?:seen|read|received|gotten) my|in case you (?:missed|forgot|overlooked)|i(?:'ll| will) (?:keep|continue) (?:writing|emailing|calling|trying|following)|i(?:'ll| will) not (?:stop|give up)|won't take no|gentle reminder|friendly reminder|reminding you|(?:writing|emailing|calling|just) to remind you)\b"
    ),
}  # fmt: skip
_RUSH_DENIED = re.compile(
    r"(?:\bno|\bnot|n't|\bnothing|\bnever|\bwithout|\bhardly)\b[^.?!]{0,25}$", re.IGNORECASE
)
_SUPERLATIVE = phrase(
    r"\b(?:amazing(?:ly)?|incredibl[ey]|outstanding(?:ly)?|extraordinar(?:y|ily)|inspiring|inspirational|inspiration|brilliant|phenomenal|exceptional(?:ly)?|remarkabl[ey]|world-class|legendary|legend|genius|unparalleled|unmatched|unrivall?ed|stellar|superb|magnificent|awe-inspiring|in awe|awesome|fantastic|wonderful|fabulous|visionary|breathtaking|spectacular|marvell?ous|stunning|dazzling|flawless|perfect|impressive|prestigious|renowned|esteemed|illustrious|distinguished|unbelievable|greatest|smartest|finest|tremendous|idol|hero|guru|rock ?star|(?:the|one of the) (?:very )?(?:best|most) (?:\w+ ){0,3}?(?:i have|i've|in the|of all|ever|people|person|leader|mind|minds|expert|company|engineer)|most (?:\w+ly )?(?:successful|talented|accomplished|respected|admired|influential|impressive|inspiring|brilliant|innovative|amazing|gifted))\b"
)
_FIRM_ONLY = phrase(
    r"\b(?:working|work|life|career|careers|culture|jobs?|being|employed|opportunities|employees) (?:at|for|with|in|inside|within) (?:your (?:company|firm|organi[sz]ation|team|department|group)|you)\b|\babout (?:your (?:company|firm|organi[sz]ation)|the company|the firm)\b|\byour (?:company|firm|organi[sz]ation)(?:'s)? (?:culture|values|hiring|structure)\b"
)
_BROADER = phrase(
    r"\b(?:field|industry|profession|occupation|sector|career in|careers in|line of work|kind of work|this work|path|role|roles|discipline|trade|craft|area|work in|working in|into|as an? \w+|being an? \w+|transition|engineering|nursing|teaching|consulting|finance|banking|marketing|design|law|medicine|research|management|analytics|journalism|what you do|your (?:work|job|day|story|experience|team|move|article|talk|paper))\b"
)
_NEXT_STEP = phrase(
    r"\?|\b(?:i(?:'ll| will| can| could| am happy|'m happy| shall)\b|i(?:'d| would)(?: be)? (?:glad|happy|gladly|call|ring|phone|write|send|follow)|let me know|look(?:ing)? forward|happy to|glad to|please|feel free|if you|reply|a (?:line|word|date|time)|whenever|any ?time|your (?:schedule|convenience)|suits? you|works? for you)\b"
)
_THIRD = r"(?:his|her|(?-i:[A-Z])[\w-]+'s|my (?:boss|manager|colleague|coworker|co-worker|professor|friend|roommate|supervisor)'s)"
_FIELD = r"(?! (?:research|researchers?|programmes?|programs?|work|team|unit|cent(?:re|er)|clinic|trials?|drugs?|apps?|start-?ups?|services?|projects?|wards?|care|policy|department|platform|study|studies|treatment|patients?|nurs\w+|science|studies|group|lab|screening|survey|charity|practice|data|benchmark\w*|negotiation|paper|article|book|talk|post|insights?))"
_SENSITIVE = phrase(
    rf"\b{_THIRD} (?:\w+ ){{0,2}}?(?:divorce|pregnancy|miscarriage|cancer|illness|diagnosis|depression|drinking|affair|salary|mental health|surgery|religion|politics|bankruptcy|addiction|disability|health problems?|chemotherapy|sexuality|sick leave|debts?|arrest|rehab|breakdown|anxiety|marriage problems|criminal record|performance review){_FIELD}\b",
    r"\b(?:he|she|(?-i:[A-Z])[\w-]+|my (?:boss|manager|colleague|coworker|co-worker|professor|friend|roommate|supervisor)) (?:is|was|has been|got|had been|just got|is being|was being|is getting|may be|might be|is going through an?|is on|had|went through) (?:\w+ )?(?:fired|sacked|dismissed for|pregnant|divorced|divorcing|divorce|an alcoholic|alcoholic|depressed|diagnosed|in rehab|gay|a lesbian|transgender|bankrupt|arrested|sick leave|maternity leave|a drunk|cheating|an affair|breakdown|terminated|hospitali[sz]ed|in therapy|on antidepressants)\b",
    r"\bmy (?:\w+ )?(?:boss|manager|supervisor|company|employer|colleagues?|co-?workers?|team lead|director) (?:is|are|was|were|has been|can be) (?:\w+ )?(?:(?:an? )?(?:idiot|moron|nightmare|tyrant|bully|narcissist|liar|jerk|disaster|joke|fool)|toxic|terrible|awful|horrible|useless|incompetent|clueless|crazy|abusive|impossible|lazy|dishonest|corrupt|stupid|a mess)\b",
    rf"\b(?:he|she|my (?:\w+ )?(?:boss|manager|colleague|coworker|co-worker|professor|friend|roommate|supervisor)) (?:has|suffers from|is battling|is fighting|is dying of) (?:\w+ )?(?:cancer|depression|dementia|a tumou?r|an addiction|a drinking problem|debts|anxiety){_FIELD}\b",
    r"\bmy (?:boss|manager|supervisor) (?:hates|bullies|harasses|lies|underpays|drinks)\b|\b(?:i heard|rumou?r has it|people say|between us|word is|gossip)\b[^.?!]{0,60}\b(?:affair|fired|sacked|divorc|drinking|pregnan|laid off|arrest|lawsuit|harass)",
)  # fmt: skip
_NO_RUSH = phrase(
    r"\b(?:no (?:rush|hurry|need to (?:reply|answer|respond))|not urgent|whenever|any ?time|when you have (?:a moment|time)|in your own time|take your time|at your leisure)\b"
)


def pressure(case: Case) -> Iterator[Found]:
    """M13: guilt, deadlines, nagging."""
    for sentence in case.sentences:
        for kind, pattern in _PRESSURE.items():
            match = pattern.search(sentence.text)
            if (
                match
                and not _RUSH_DENIED.search(sentence.text[: match.start()])
                and not _excused(case, kind, sentence.text, match)
            ):
                start = sentence.start + match.start()
                yield Found(
                    code="M13", severity=Severity.WARNING, text=f"M13.{kind}", start=start, end=start + len(match[0]),
                    params={"words": " ".join(match[0].split())}, fix=_drop(case, sentence.start, sentence.end, kind),
                )  # fmt: skip
                break


def _excused(case: Case, kind: str, text: str, match: re.Match[str]) -> bool:
    """What only looks like pressure: "I will send it right away", a check-in that checks in."""
    if kind == "deadline":
        before = text[: match.start()]
        asks_you = re.search(
            r"\b(?:you|please|your|need|reply|respond|answer|hear)\b", text[: match.end()], re.IGNORECASE
        )
        mine = re.search(
            r"\b(?:i(?:'ll| will|'d| would| can)?|i have|i've|we|it|was|became) (?:\w+ )*$",
            before,
            re.IGNORECASE,
        )
        said = match[0].lower()
        own_need = said.startswith(("i need", "need", "by", "expect", "await", "count", "your"))
        return not own_need and ((not asks_you and "urgent" not in said and "asap" not in said) or bool(mine))
    if kind == "nagging":
        return case.mode is Mode.CHECK_IN and "again" not in match[0].lower() and "my" not in match[0].lower()
    return False


def _drop(case: Case, start: int, end: int, kind: str) -> Fix | None:
    if kind != "nagging" or len(case.sentences) <= 1:
        return None
    return Fix(edits=(Edit(offset=start, length=end - start, text=""),), label="fix.drop_sentence")


def flattery(case: Case) -> Iterator[Found]:
    """M13: more than two superlatives."""
    places = [
        (each.start + match.start(), each.start + match.end())
        for each in case.sentences
        for match in _SUPERLATIVE.finditer(each.text)
    ]
    limit = case.numbers.superlatives
    if case.mode in ASKING_MODES and len(places) > limit:
        start, end = places[limit]
        yield Found(
            code="M13", severity=Severity.WARNING, text="M13.flattery", start=start, end=end,
            params={"count": len(places), "limit": limit},
        )  # fmt: skip


def breadth(case: Case) -> Iterator[Found]:
    """M14: the field, not only their firm."""
    if case.mode is not Mode.INFORMATIONAL or not case.is_first:
        return
    narrow = next((each for each in case.sentences if _FIRM_ONLY.search(each.text)), None)
    if narrow and not case.says(_BROADER):
        yield Found(
            code="M14", severity=Severity.HINT, text="M14.firm_only", start=narrow.start, end=narrow.end
        )


def next_step(case: Case) -> Iterator[Found]:
    """M20: who moves next."""
    if case.mode in OPENING_MODES and case.is_first and case.flat.strip() and not case.says(_NEXT_STEP):
        yield Found(
            code="M20",
            severity=Severity.HINT,
            text="M20.missing",
            start=case.letter.core_end,
            end=case.letter.core_end,
        )


def third_persons(case: Case) -> Iterator[Found]:
    """M21: nothing about others you would not read aloud to them."""
    for sentence in case.sentences:
        if match := _SENSITIVE.search(sentence.text):
            start = sentence.start + match.start()
            yield Found(
                code="M21", severity=Severity.WARNING, text="M21.third_person", start=start, end=start + len(match[0]),
                params={"words": " ".join(match[0].split())},
            )  # fmt: skip


def no_rush(case: Case) -> Iterator[Found]:
    """M22: out of hours, say there is no rush."""
    if case.context.outside_hours and not case.says(_NO_RUSH):
        yield Found(
            code="M22",
            severity=Severity.HINT,
            text="M22.missing",
            start=case.letter.core_end,
            end=case.letter.core_end,
        )
