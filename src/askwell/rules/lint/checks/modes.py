"""M17, F01, F02, F03, K03, V03: what each later kind of message must hold.

Theory of operation.  Presence again: something new in a follow-up, something specific in thanks,
something to read in a check-in, where you met in a letter after an event.  A sentence is filler
when it is only courtesy, nudge or the ask itself; a message made of filler alone lacks content.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.checks.first import says_who
from askwell.rules.lint.letter import Sentence, count_words
from askwell.rules.lint.model import Edit, Fix, Medium, Part, Severity
from askwell.rules.lint.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILLER = phrase(
    r"^\W*(?:i |we |hi |just |so |and |hello |again |\w+, )*(?:hope|trust|know you|know that you|realis\w+|realiz\w+|imagine|understand|am sure|'m sure|assume|appreciate (?:you|that you|how busy|your))\b",
    r"\b(?:follow(?:ing|ed)? up|check(?:ing|ed)? (?:in|back)|touch(?:ing)? base|bump(?:ing)?|circling back|wrote to you|wrote (?:last|two|a|ten|on|you)|emailed|messaged|sent you|my (?:last|previous|earlier|first|e-?mail|note|message|letter)|reach(?:ing|ed)? out|reconnect|resend\w*|get(?:ting)? back|hear(?:d)? (?:back )?from you|say hi|say hello|keep in touch|stay in touch|catch up|how (?:are|is|have) (?:you|everything|things|life|work)|how you(?:'re| are) doing|thinking of you|any (?:updates?|news|thoughts)|did you (?:get|see|receive|have)|had a chance|still (?:interested|hoping|keen)|would (?:still )?(?:love|like|be grateful|appreciate|welcome|enjoy)|what'?s new|all is well|doing well|going well|things are|let me know|look(?:ing)? forward|stay(?:ing)? connected|(?:saying|say|waving) (?:hi|hello)|no news|remain(?:s|ed)? (?:\w+ )?(?:interested|keen)|nudge|float(?:ing|ed)? this)\b",
    r"^\W*(?:thank(?:s| you)|no (?:rush|problem|worries|pressure|need)|if (?:now|this|it|you|not|that)|please|sorry|apologies|any (?:day|time)|whenever|happy to|either way|best|talk soon|let's|long time)\b",
    r"^\W*(?:have|enjoy|wishing you) (?:an?|your|the) (?:\w+ )?(?:good|great|lovely|nice|wonderful|happy|fine|day|week|weekend|month|summer|autumn|fall|winter|spring|holidays?|break|rest|time)\b|^\W*(?:all the best|best wishes|take care|warm wishes)\b|\bon your radar\b|\byou(?:'d| would| could| might)? (?!need)(?:\w+ ){0,2}?(?:answer|reply|respond)\b|\b(?:your|a|any) (?:reply|response)\b",
    r"\b(?:could|can|would|may|might|are you|do you have|is there|any chance|got|how about|up for)\b[^.?!]*(?:minutes|mins?\b|half an hour|call|chat|talk|time|available|free|possible|meet|speak)[^.?!]*\?",
)  # fmt: skip
_NEW = phrase(
    r"\b(?:since (?:then|i|we|my|our|your)|in the meantime|meanwhile|have since|i(?:'ve| have) (?:now |just |since |also |recently )*(?:read|finished|started|taken|talked|spoken|met|been|tried|learn(?:ed|t)|passed|watched|heard|listened|joined|decided|narrowed|applied|visited|attended|begun|completed|moved|signed|chosen|written|built|seen)|i (?:just |recently |also |then |now |finally )*(?:read|saw|watched|listened|finished|started|noticed|came across|attended|heard|learned|learnt|took|tried|met|spoke|visited|completed|joined|passed|began|chose|found|got|signed|applied|accepted|moved|went|built|sat|wrote (?:up|a|the)|presented|followed|won|shadowed)|your (?:\w+ ){0,2}(?:article|post|talk|paper|book|podcast|interview|news|team'?s|company'?s|panel|session|lecture|piece|promotion|award|launch|advice|suggestion|column|report)|congratulat\w+|new (?:\w+ )?(?:reason|question|job|role|post|position|article|study|report|term|project|course|job)|announce\w*|launch\w*|published|this (?:morning|week|weekend|month) (?:i|we|the|your)|(?:last|this) (?:\w+ )?(?:week|month|night|weekend)(?:'s)?,? (?:i|we|the|your)|yesterday|one (?:more|new) (?:reason|thing)|what prompted|reason i|because|it made me|which made|news of|saw (?:that|the|your)|read (?:that|the|your|about))\b",
)  # fmt: skip
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_ASK = phrase(
    r"\?|\b(?:min|mins|minutes?|hours?|call|chat|talk|speak|meet|coffee|conversation|question|by e-?mail|ask you|hear from you)\b"
)
_THANKS = phrase(
    r"\b(?:thank\w*|grateful|gratitude|appreciat\w+|enjoyed|helpful|generous|kind of you|indebted)\b"
)
_SPECIFIC = phrase(
    r"\byou (?:\w+ )?(?:said|told|described|explained|suggested|mentioned|recommended|pointed|showed|shared|walked|gave|drew|called|put|compared|made|helped|answered|warned|advised|talked|spoke|taught|sketched|offered|introduced|raised|urged|asked|named|laid|outlined|took me|spent|were right|convinced)\b",
    r"\b(?:your|the) (?:[\w'-]+ ){0,3}?(?:advice|suggestions?|points?|story|stories|ideas?|tips?|example|description|explanation|recommendation|comments?|picture|account|distinction|warning|question|answer|insights?|perspective|thoughts|observation|remark|analogy|overview|list|encouragement|honesty|candou?r|view|take|phrase|line|lesson|rule|experience|path|metaphor|reminder|guidance|candid \w+) (?:about|on|to|that|of|for|with|from|regarding|into|in|between|not|how|is|was|has|helped|and|,|:|changed|stuck|stayed|gave|made)",
    r"\bthe (?:opening|position|post|vacancy) [“\"]",  # what they told of, where one thanks for a lead
    r"\bwhat you said\b|\b(?:learn(?:ed|t|ing)|hear(?:d|ing)|see(?:ing)?|understand(?:ing)?) (?:\w+ ){0,3}?(?:that|about|how|why|what|from|of)\b|\b(?:especially|in particular|particularly|most of all|above all|the part|stuck with me|stayed with me|struck me|stood out|made me|opened my eyes|now see|now understand|had not|hadn't|never thought|overview of|confirmed|convinced|realis\w+|realiz\w+|clear(?:er)? (?:picture|sense|idea|view) of|changed (?:how|my)|useful|helped me)\b",
)  # fmt: skip
_COURTESY = phrase(
    r"\b(?:thank\w*|appreciat\w*|grateful|gratitude|great|wonderful|pleasure|enjoyed|nice|amazing|helpful|insightful|informative|look(?:ing)? forward|keep in touch|stay in touch|let you know|hope|contact|touch|best|wish\w*|time|again|inspired|motivated|energi[sz]ed|lucky|honou?red|(?:so|very|most|too|super) (?:kind|generous|thoughtful|valuable)|a lot|so much|everything)\b"
)
_SAYS_SOMETHING = 6
_WILL_DO = phrase(
    r"\b(?:i have|i've|i) (?:\w+ )?\w+ed\b|\bwill write\b|\bi(?:'ll| will| shall| plan| am going| intend| mean to|'m going| am planning| hope to| have (?:already|just|since|now|started|signed|put|written|ordered|begun|booked)|'ve (?:already|just|since|now|started|signed|put|written|ordered|begun|booked)| already| started| signed| ordered| booked| am (?:now )?\w+ing|'m (?:now )?\w+ing| wrote| looked| want to)\b|\b(?:this|next) (?:week|month|weekend|term|semester|summer)\b|\btomorrow\b|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bmy next step\b|\bto-?do\b"
)
_NEW_ASK = phrase(
    r"\b(?:could|can|would|will|may|might|shall) (?:we|i|you)\b[^.?!]{0,60}\b(?:talk again|meet again|another (?:call|chat|talk|meeting|conversation|\d+|twenty|time|half)|meet (?:up|for)|speak again|second (?:call|conversation)|follow-up (?:call|meeting)|introduce me|connect me|put me in touch|review my|look (?:at|over) my|read my|write (?:me )?a|recommend me|forward my|send me|share my|be my|mentor me|shadow|call you)\b",
    r"\b(?:one more favou?r|another favou?r|a favou?r to ask|small favou?r|i have (?:one|another) (?:more )?(?:request|favou?r|ask)|while i have you|would you also|could you also|can you also|would you mind (?:also )?(?:introducing|connecting|looking|reviewing|reading|forwarding|writing|sending))\b",
    r"\b(?:another|a second|a further|one more) (?:\w+ ){0,2}?(?:call|meeting|conversation|chat|talk|twenty minutes|\d\d minutes)\b[^.?!]*\?",
    r"\bwhen (?:can|could|may|might|shall) we (?:talk|meet|speak)\b|\bi(?:'d| would) (?:like|love|need|want) (?:to \w+ )?(?:another|a second|more of your time)\b",
    r"\bplease (?:also )?(?:introduce|connect|forward|send|share|review|let me know (?:if|when) (?:you|we) can (?:talk|meet|introduce))",
)  # fmt: skip
_OFFERED = phrase(
    r"\b(?:you|she|he|they) (?:\w+ )?(?:offered|promised|suggested|said you|mentioned you|invited)\b|\byour (?:kind )?offer\b|\bas (?:promised|agreed|we (?:agreed|discussed))\b"
)
_DUNNING = phrase(
    r"\byou promised\b|\b(?:don't|do not|please don't) forget\b|\b(?:still )?waiting (?:for|on) (?:the|your|that)\b|\byou (?:still )?owe\b|\bhold(?:ing)? you to\b|\bwhen will you (?:send|introduce|make)\b"
)
_WHERE_MET = phrase(
    r"\b(?:met|meet|meeting|chat(?:ting|ted)?|talk(?:ing|ed)?|spoke|speak(?:ing)?|sat|sitting|conversation|stood|standing|running into|ran into|bumped into|seeing|saw|heard|hearing|table|listened|joined|introduced|queue|coffee|lunch|dinner|exchanged|swapped|hello|say hi) (?:[\w'-]+ ){0,6}?(?:at|in|after|during|before|over|outside|near|following|next to|beside|between)\b",
    r"\b(?:at|from|after|during|following) (?:the |our |your |last |this |yesterday|tonight|mon|tues|wednes|thurs|fri|satur|sun)[^.?!]{0,60}\b(?:conference|fair|meetup|meet-up|panel|mixer|summit|event|reception|workshop|evening|talk|dinner|seminar|breakfast|lunch|session|night|day|expo|forum|gala|symposium|hackathon|congress|festival|meeting|gathering|reunion|webinar|lecture|roundtable|social|drinks|opening|launch|party|convention|week|book fair|show|career)\b",
)  # fmt: skip
_ONE_THING = phrase(
    r"\byou(?:'d| had| have|'ve)? (?:\w+ ){0,3}?(?:said|mentioned|told|described|explained|suggested|recommended|shared|pointed|talked|spoke|argued|compared|gave|showed|asked|made|joked|called|warned|answered|were saying|put it)\b|\byour (?:[\w'-]+ ){0,3}?(?:point|story|advice|remark|comment|question|tip|suggestion|description|example|answer|idea|line|talk|take|view|account|warning|observation|explanation|thoughts|insight|insights|work|project|presentation|slide|demo|trick|anecdote|recommendation)\b|\bwe (?:\w+ )?(?:talked|spoke|discussed|compared|laughed|chatted|agreed|got (?:to|into|on)|swapped|touched|debated|wondered)\b|\bour (?:[\w'-]+ ){0,3}?(?:conversation|chat|talk|discussion|exchange) (?:about|on|over|of)\b|\bwhat you said\b|\b(?:enjoyed|liked|loved|great|good|nice|pleasure|fun|fascinating|interesting|thanks|thank you for|lovely|wonderful|glad) (?:\w+ ){0,2}?(?:hear(?:ing)?|learn(?:ing)?|listening|talking|sharing|explaining|telling|showing|discussing|swapping|chatting) (?:\w+ ){0,3}?(?:about|how|why|you|that|what|me|of)\b|\bheard you\b|\bas you (?:said|put)\b|\bstuck with me\b|\bstayed with me\b",
)  # fmt: skip
_REINTRODUCED = phrase(
    r"\bi(?:'m| am) (?-i:[A-Z])\w+|\bi(?:'m| am| was) (?:the|one of|a|an|that|your|in|from|sitting|standing|at)\b|\b(?:this is|my name is|it's|it is) (?-i:[A-Z])|\b(?-i:[A-Z])\w+ here\b|\bwe (?:met|spoke|talked|chatted|sat|stood|were|shared|exchanged|both)\b|\bas (?:the|a|an) (?:\w+ ){0,3}(?:student|who)\b|\bmy (?:work|background|skills|search|project|course|studies)\b"
)
_REPLY = phrase(r"\s*(?:re|aw|sv|antw|rv|ref|tr)\s*:")


def follow_up(case: Case) -> Iterator[Found]:
    """M17: short, same thread, one new reason, the ask once."""
    if case.mode is not Mode.FOLLOW_UP or not case.flat.strip():
        return
    call = case.medium is Medium.PHONE_SCRIPT
    words = case.words
    limit = case.numbers.follow_up_call_words if call else case.numbers.follow_up_words
    first = count_words(case.context.earlier[0]) if case.context.earlier else 0
    if words > limit:
        yield Found(
            code="M17", severity=Severity.WARNING, text="M17.long", start=case.letter.core_start, end=case.letter.core_end,
            params={"words": words, "limit": limit},
        )  # fmt: skip
    elif first and words >= first and not call:  # a call says again who one is
        yield Found(
            code="M17",
            severity=Severity.WARNING,
            text="M17.not_shorter",
            params={"words": words, "limit": first},
        )


def same_thread(case: Case) -> Iterator[Found]:
    """M17: an answer in the thread, not a new one."""
    subject = case.letter.message.subject
    if case.mode is Mode.FOLLOW_UP and subject and subject.strip() and not _REPLY.match(subject):
        fix = Fix(edits=(Edit(offset=0, length=0, text="Re: "),), label="fix.reply")
        yield Found(
            code="M17",
            severity=Severity.HINT,
            text="M17.new_thread",
            start=0,
            end=len(subject),
            part=Part.SUBJECT,
            fix=fix,
        )


def follow_up_content(case: Case) -> Iterator[Found]:
    """M17: one new reason, and the ask restated."""
    if case.mode is not Mode.FOLLOW_UP or not case.sentences:
        return
    if not _has_content(case):
        yield Found(code="M17", severity=Severity.WARNING, text="M17.no_reason")
    if not case.says(_ASK):
        yield Found(code="M17", severity=Severity.WARNING, text="M17.no_ask")


def check_in(case: Case) -> Iterator[Found]:
    """K03: something in it for them; F03: what came of their advice."""
    if case.mode is not Mode.CHECK_IN or not case.sentences:
        return
    if not _has_content(case):
        yield Found(code="K03", severity=Severity.WARNING, text="K03.no_content")
    wanted = set(re.findall(r"[^\W\d_]{5,}", case.context.advice.casefold()))
    if wanted and not any(word in case.flat.casefold() for word in wanted):
        yield Found(
            code="F03", severity=Severity.HINT, text="F03.no_outcome", params={"advice": case.context.advice}
        )


def _has_content(case: Case) -> bool:
    earlier = " ".join(case.context.earlier).casefold()
    return any(_carries(each, earlier) for each in case.sentences) or bool(
        _LINK.search(case.letter.message.body)
    )


def _carries(sentence: Sentence, earlier: str) -> bool:
    text = sentence.text
    if earlier and " ".join(text.casefold().split()) in " ".join(earlier.split()):
        return False
    return bool(_NEW.search(text)) or not (_FILLER.search(text) or count_words(text) < _FEW_WORDS)


def thanks(case: Case) -> Iterator[Found]:
    """F01: thanks, one specific thing, what you will do, no new ask, short."""
    if case.mode is not Mode.THANKS or not case.flat.strip():
        return
    if not case.says(_THANKS) and not _THANKS.search(
        case.letter.signature + (case.letter.message.subject or "")
    ):
        yield Found(code="F01", severity=Severity.WARNING, text="F01.no_thanks")
    if not any(_is_specific(each) for each in case.sentences):
        yield Found(code="F01", severity=Severity.WARNING, text="F01.not_specific")
    elif not case.says(_WILL_DO):
        yield Found(
            code="F01",
            severity=Severity.HINT,
            text="F01.no_plan",
            start=case.letter.core_end,
            end=case.letter.core_end,
        )
    for sentence in case.sentences:
        match = _NEW_ASK.search(sentence.text)
        if match and not _OFFERED.search(sentence.text):
            start = sentence.start + match.start()
            yield Found(
                code="F01",
                severity=Severity.ERROR,
                text="F01.new_ask",
                start=start,
                end=start + len(match[0]),
            )
        elif dunning := _DUNNING.search(sentence.text):
            start = sentence.start + dunning.start()
            yield Found(
                code="F02",
                severity=Severity.WARNING,
                text="F02.dunning",
                start=start,
                end=start + len(dunning[0]),
            )


def _is_specific(sentence: Sentence) -> bool:
    """Names something from the talk, or at least says more than courtesy."""
    text = sentence.text
    return bool(_SPECIFIC.search(text)) or (
        count_words(text) >= _SAYS_SOMETHING and not _COURTESY.search(text)
    )


def thanks_length(case: Case) -> Iterator[Found]:
    """F01: at most 120 words."""
    if case.mode is Mode.THANKS and case.words > case.numbers.thanks_words:
        yield Found(
            code="F01", severity=Severity.WARNING, text="F01.long", start=case.letter.core_start, end=case.letter.core_end,
            params={"words": case.words, "limit": case.numbers.thanks_words},
        )  # fmt: skip


def after_event(case: Case) -> Iterator[Found]:
    """V03: who you are again, where you met, one thing that was said."""
    if case.mode is not Mode.EVENT_FOLLOW_UP or not case.sentences:
        return
    if not case.says(_WHERE_MET) and not _WHERE_MET.search(case.letter.message.subject or ""):
        yield Found(code="V03", severity=Severity.WARNING, text="V03.no_place")
    if not case.says(_ONE_THING):
        yield Found(code="V03", severity=Severity.WARNING, text="V03.nothing_said")
    if not says_who(case) and not case.says(_REINTRODUCED):
        yield Found(code="V03", severity=Severity.WARNING, text="V03.no_introduction")


_FEW_WORDS = 4
