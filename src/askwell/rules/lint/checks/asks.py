"""M01 and I03: asking for a job, an opening, an interview, a referral.

Theory of operation.  Patterns of asking, not of the word "job": a letter may speak of jobs,
hiring and interviews as its subject.  What is denied ("I am not asking for a job") does not
count; a few idioms that only look like denials are removed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.letter import Sentence
from askwell.rules.lint.model import Edit, Fix, Severity
from askwell.rules.lint.phrases import phrase

_YOUR = r"(?:your|the) (?:\w+ ){0,2}?(?:team|company|firm|organi[sz]ation|group|department|lab|office|agency|studio|school|hospital|practice|bank|business|institution|startup|start-up|newsroom|clinic|side|end)"
_AT_YOU = rf"(?:at|in|with|within|on|for|from|by) (?:{_YOUR}|your|you)\b"
_OPENING = r"(?:openings?(?! (?:remarks|night|hours|chapter|sessions?|act|keynote|talk|line|scene|ceremony))|vacanc(?:y|ies)|open (?:positions?|roles?|spots?|jobs?|reqs?|headcount)|job (?:openings?|opportunit(?:y|ies)|leads?|offers?)|(?:positions?|roles?|jobs?|spots?|internships?|opportunit(?:y|ies)|placements?) (?:that (?:is|are|might be|may be) )?(?:available|open|going)|employment opportunit(?:y|ies)|internship (?:positions?|opportunit(?:y|ies)|openings?|spots?))"
_POST = (
    r"(?:job|position|role|internship|opening|vacancy|spot|placement|co-op|traineeship|apprenticeship|post)"
)
_ASK = r"(?:could|can|would|will|might|may|if|please|kindly|hope|hoping|wonder(?:ing)?|appreciate|grateful|willing|possible|mind|able|love|like|ask)"
_COULD = r"(?:(?:could|can|would|will|might) (?:you|we)|if you (?:could|can|would|might|were able to)|please|kindly|(?:willing|able|possible|happy|open|prepared|mind|ask you|asking you|want you|like you|hoping you(?:'d| could| would| might| can)|hope you(?:'d| could| would| might| can|'ll| will)|appreciate it if you(?:'d| could| would)?|for you)(?: to)?)"
_RESUME = (
    r"(?:resume|résumé|resumé|cv|c\.v\.|curriculum vitae|application|details|profile|name|info|information)"
)

_HARD = phrase(
    rf"(?:any|some|other|current|suitable|upcoming|future|potential|possible|relevant|entry-level|junior|internal|a|an|the|about|of|for) (?:[\w-]+ ){{0,3}}?{_OPENING}(?= {_AT_YOU}| (?:you|i)\b[^.?!]{{0,40}}\b(?:know|aware|apply|fill|suit|fit)|[^.?!]{{0,60}}\?| (?:that|which|for me|i))",
    rf"(?:(?:are|is|be) there (?:currently )?(?:any|an|a|some)|(?:do|does|might|would|will|could) (?:you|your \w+|they|the \w+)(?: \w+)? (?:currently )?(?:have|offer|need|know of|run|take)|(?:have|has|know of|aware of|hear of|heard of|know about)) (?:any|an|a|some|of any)? ?(?:[\w-]+ ){{0,3}}?(?:{_OPENING}|internships?|vacanc(?:y|ies)|openings?|summer interns|jobs?)\b(?! (?:titles?|descriptions?|shadow|fairs?|boards?|market))",
    r"(?:know of|aware of|hear of|heard of) any(?:thing| (?:jobs?|positions?|roles?|opportunit(?:y|ies)|work))",
    r"(?:are|is|be|if|whether) (?:you|your [\w-]+|the (?:team|company|firm)|they|anyone(?: else)?|(?-i:[A-Z])[\w'-]+)(?: \w+)? (?:currently |still |planning (?:to|on) |looking to |going to be |also )?(?:hir(?:e|ing)|recruiting|taking (?:on )?(?:interns|people|graduates|trainees)|accepting applications)\b",
    r"(?:anyone|somebody|someone|companies|firms|who) (?:(?:who|that) )?(?:is|'s|are|might be|may be) (?:currently )?(?:hiring|recruiting)",
    rf"(?:{_ASK})\b[^.?!]{{0,60}}\b(?:hire|employ) me\b",
    r"\b(?:hire|employ) me\b",
    r"\bconsider (?:me|my (?:application|candidacy|resume|résumé|cv|profile))\b(?! (?:a |an |your |part |one |among |lucky|warned|grateful))",
    rf"\b(?:keep|bear|have) (?:me|my (?:{_RESUME})) (?:in mind|on file|posted (?:on|about) (?:any |future )?(?:{_POST}s?|opportunit))",
    r"\bthink of me (?:if|when|for|should|next time)",
    rf"\b(?:if|when|should|in case)\b[^.?!]{{0,40}}\b(?:anything|something|an?(?: [\w-]+){{0,3}} {_POST}|{_POST}s?|opportunit(?:y|ies)) (?:\w+ )?(?:comes? (?:up|along|open)|opens?(?: up)?|becomes? (?:available|open|vacant)|arises?|come up|open up|arise)\b",
    r"\b(?:put|say|putting|throw) in (?:a (?:good |kind |quick |nice )?word|my name)\b|\b(?:put|say|putting|saying) a (?:good |kind |quick |nice )?word (?:in )?(?:for me|with|on my|about me)",
    r"\b(?:good|kind) word for me\b|\bvouch for me\b|\b(?:put|putting) (?:me|my name) forward\b|\bpull (?:some|any|a few) strings\b|\badvocate for me\b",
    r"\brefer(?:ring)? me\b(?! (?:on |along )?to (?:some(?:one|body)|anyone|others?|any (?:other|others)|people|other|another|a (?:colleague|friend|few|couple)|colleagues|(?:one|two|three)\b|one or two|your colleague|anybody|whoever|the (?:right|best|person|people|book|article|resource)|resources|books|websites|further))",
    rf"\b(?:employee|internal|job|your|a|an) referral (?:(?:for|to|at|into|with) |\?)|\b(?:{_ASK})\b[^.?!]{{0,50}}\b(?:(?:give|write|provide|submit|offer|get) me|for|ask you for|request|have|get|submit) (?:a|an|your) (?:\w+ )?referral\b|\breferral (?:code|link|bonus)\b",
    r"\brecommend(?:ing)? me (?:for|to (?:your|the|hr|human|a) ?(?:\w+ ){0,2}?(?:hr|human resources|hiring|recruit\w*|team|boss|manager|company|firm|job|role|position|department)?)",
    rf"{_COULD} (?:\w+ ){{0,3}}?(?:forward|pass|send|share|submit|circulate|hand|deliver|distribute|give|get|show|take|slip)(?:ing)?(?: (?:on|along|around|over|in))? (?:my|the attached|this|the enclosed) (?:attached |enclosed )?{_RESUME}\b",
    rf"{_COULD} (?:\w+ ){{0,3}}?(?:forward|pass|submit|circulat|distribut)(?:e|ing)?(?: it| them| this)?(?: (?:on|along|around))?,? (?:my )?{_RESUME}",
    rf"{_COULD} (?:\w+ ){{0,3}}?(?:forward|pass|share|send|circulate|get) (?:it|this|them) (?:on |along |around )?to (?:your |the |a )?(?:hr|human resources|hiring|recruit|boss|manager|whoever is hiring|talent)",
    rf"\bfoot in (?:the|your) door\b(?=[^.?!]{{0,30}}\b(?:{_AT_YOU}|at (?-i:[A-Z])))|\b(?:help|get|give|getting) me (?:\w+ )?(?:a|my) foot in|\b(?:get|getting|put) my foot in",
    rf"\b(?:help(?:ing)?|get(?:ting)?|find(?:ing)?|land(?:ing)?|giv(?:e|ing)|offer(?:ing)?|arrang(?:e|ing)|secur(?:e|ing)|set(?:ting)? up) (?:me|us) (?:(?:to )?(?:get|find|land|secure|obtain|with|in|into|getting|finding|landing) )?(?:a|an|my|any|some|the) (?:[\w'-]+ ){{0,4}}?(?:{_POST}|work|employment|interview|job offer|chance at)\b(?! (?:shadow|descri|title|advice|market|fair|tips|question|skill|practice|prep))",
    rf"\b(?:looking|searching|hunting|hoping|aiming|here|writing|calling|reaching out|interested|inquir\w+|enquir\w+|ask(?:ing)?|apply(?:ing)?|appl(?:y|ied)|chance|possibility|prospects?|opportunity|shot|consideration|candidate|candidacy|need|want|seeking|seek|love|like|secure|obtain|get|land|pursue) (?:(?:for|of|in|about|to|as to|after|at|into|as|have|do|be) )?(?:(?:get|getting|find|land|obtain|secure|have|being|doing|apply for|a chance at) )?(?:a|an|any|some|the|possible|potential|full-time|part-time|summer|paid|of)? ?(?:[\w'-]+ ){{0,4}}?(?:{_POST}s?|employment|work|jobs) {_AT_YOU}",
    rf"\b(?:any|a) (?:chance|possibility) (?:of|for|at|that) (?:[\w'-]+ ){{0,4}}?(?:{_POST}|work|employment|hir(?:e|ing)|interview)\b",
    rf"\b(?:'d|would|will|love|like|want|hope|hoping|eager|keen|excited|dream|chance|thrilled|apply|looking|wish|honou?red|delighted|aim|aiming|goal is) (?:to|of|for|about) (?:one day |someday |eventually |be able to |come |come and )?(?:join(?:ing)?|work(?:ing)? (?:for|at|in|with)|be(?:ing)? (?:a )?part of|intern(?:ing)? (?:at|with|for|in)|becom(?:e|ing) (?:a )?(?:part|member) of) (?:you\b|{_YOUR}|your)(?! (?:on the call|for|via|by|over|in|to talk|at))",
    rf"\b(?:could|can|would|does|do|might) (?:you|your (?:team|company|firm|group)) (?:\w+ )?(?:use|need|have (?:room|space|a (?:place|spot|use)) for) (?:someone|somebody|a person|people|an? (?:[\w-]+ ){{0,3}}?(?:like me|with my))",
    r"\b(?:room|space|place|spot|position|role|job|opportunity|opening|need) (?:on your team |at your company )?for (?:me|someone (?:like me|with my)|a person like me)\b",
    rf"\bi (?:would|could|'d|can|will|'ll|am|believe i)\b[^.?!]{{0,40}}\b(?:asset|great fit|good fit|perfect fit|strong fit|valuable addition|great addition|ideal candidate|strong candidate|perfect candidate|right candidate) (?:to|for|on|at|in|as)\b",
    rf"\b(?:would like|'d like|'d love|would love|want|wish|hoping|writing|intend|interested in) (?:to )?(?:apply|applying|submit(?:ting)? my application|submit(?:ting)? my resume|be considered|express my interest in (?:the|a|any)[^.?!]{{0,30}}{_POST})\b",
    r"\b(?:get|secure|land|offer|grant|give|arrange|schedule|set up|invite|request|have|for|like|want) (?:me )?(?:for |to |with )?(?:an? )?(?:job |first-round |first round |screening |formal )?interview (?:with (?:your|the) (?:hr|human|hiring|recruit|team|company|firm|manager|boss)|for (?:a|an|the|any|your) (?:[\w-]+ ){0,3}(?:job|position|role|internship|opening|vacancy)|at your (?:company|firm))",
    r"\b(?:get|land|secure|offer|grant|give|help) me (?:get |land |secure |to get )?an? (?:job )?interview\b|\bjob interview\b(?=[^.?!]{0,40}\bwith (?:you|your))",
    r"\bi(?:'d| would| am|'m) (?:\w+ )?(?:like |love |available |ready |able |free |willing )(?:to )?(?:start (?:work|working|immediately|right away|as soon|in \w+)|interview (?:for|with|at))",
    r"\bavailable (?:for (?:work|hire|employment)|to start (?:immediately|work|right away|as soon))",
    rf"\b(?:could|can|would|might|may|is there|any way|help)\b[^.?!]{{0,60}}\b(?:get|getting|bring|bringing|take|taking) me (?:on|in|aboard|onboard|into|in to|hired)\b(?! (?:the call|touch))|\bget me (?:hired|in (?:at|with|to)|into your)\b|\b(?:take|bring) me on(?: board| as| for|\?|\.)",
    rf"\b(?:do|does|did|if|whether) (?:you|your \w+|they)(?: ever| also| currently)? (?:take on|take|offer|run|have|accept|hire|need) (?:any |summer |new |more |extra |student |paid |unpaid )*(?:interns|internships?|trainees|apprentices|placements?|graduates|help|juniors|an intern|an? internship)\b",
    rf"\b(?:possible|potential) (?:[\w-]+ ){{0,2}}?(?:internship|job|position|role|placement|employment) {_AT_YOU}",
    rf"\b(?:what|which) (?:{_POST}s?|openings|opportunities|vacancies)\b[^.?!]{{0,30}}\b(?:available|open|going|do you have|are there (?:at|on|in) your|might (?:suit|fit) me)",
    r"\b(?:introduce|connect|put) me (?:directly )?(?:to|with|in touch with) (?:your |the |a )?(?:hr|human resources|hiring manager|recruiters?|recruiting|talent|head of talent|boss)\b",
    r"\b(?:speed up|move along|check (?:on|the status of)|support|endorse|look out for|keep an eye out for|flag|expedite|follow up on) my (?:job )?application\b",
)  # fmt: skip
_SOFT = phrase(
    rf"\bi(?:'m| am)(?: also| actively| currently| now)* (?:looking|searching|hunting|on the hunt|in search) (?:for|of) (?:a |an |my |some |any )?(?:new |next |full-time |part-time |paid |summer |first |entry-level |graduate |suitable )*(?:job|employment|internship|position|placement)\b",
)
_REFERRAL = phrase(
    r"\brefer(?:ring)? me (?:for|to (?:the|your|hr|human))",
    r"\b(?:employee|internal|job) referral\b",
    r"\breferral (?:for|to) (?:the|a|this|that)\b",
    r"\b(?:put|say) in (?:a (?:good |kind |quick |nice )?word|my name)\b|\bvouch for me\b|\bput (?:me|my name) forward\b",
    r"\brecommend(?:ing)? me (?:for|to)\b",
)
_BLUNT = phrase(
    r"\b(?:hire|employ) me\b|\b(?:give|offer|get|find) me (?:a|an|any) (?:job|position|interview|internship)\b|\bhelp me (?:get|find|land) (?:a|an) (?:job|position|internship)\b|\bconsider me for\b"
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
        match = _asked(_HARD, sentence.text)
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


def _asked(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that is not denied in its own clause."""
    for match in pattern.finditer(text):
        before = _IDIOM.sub(" ", text[max(0, match.start() - 90) : match.start() + 1])
        clause = re.split(r"[;:—]|, but |\bbut\b|\bhowever\b|\bthough\b", before)[-1]
        inside = _IDIOM.sub(" ", match[0])
        if not _NEGATION.search(clause) and not _NEGATION.search(inside):
            return match
    return None


def _found(  # noqa: PLR0913
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
