"""Wordings that ask for a job, an opening, an interview, a referral.

Theory of operation.  Data for ``asks``.  Each pattern has a gate: one of its words must occur at
all before the pattern is tried, which keeps a letter under a few milliseconds.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from askwell.rules.lint.phrases import Gated, gated

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

HARD: tuple[Gated, ...] = (
    gated("opening vacanc position role job internship", rf"\b(?:tell|inform|notify|alert|inform) me (?:of|about|when|if|should)\b[^.?!]{{0,40}}\b{_OPENING}", rf"\blet me know (?:of|about|when|if|should)\b[^.?!]{{0,40}}\b{_OPENING}"),
    gated("opening vacanc position role spot job headcount internship opportunit placement req", rf"(?:any|some|other|current|suitable|upcoming|future|potential|possible|relevant|entry-level|junior|internal|a|an|the|about|of|for) (?:[\w-]+ ){{0,3}}?{_OPENING}(?= {_AT_YOU}| (?:you|i)\b[^.?!]{{0,40}}\b(?:know|aware|apply|fill|suit|fit)|[^.?!]{{0,60}}\?| (?:that|which|for me|i))"),
    gated("opening vacanc position role spot job intern opportunit placement", rf"(?:(?:are|is|be) there (?:currently )?(?:any|an|a|some)|(?:do|does|might|would|will|could) (?:you|your \w+|they|the \w+)(?: \w+)? (?:currently )?(?:have|offer|need|know of|run|take)|(?:have|has|know of|aware of|hear of|heard of|know about)) (?:any|an|a|some|of any)? ?(?:[\w-]+ ){{0,3}}?(?:{_OPENING}|internships?|vacanc(?:y|ies)|openings?|summer interns|jobs?)\b(?! (?:titles?|descriptions?|shadow|fairs?|boards?|market))"),
    gated("anything job position role opportunit work", r"(?:know of|aware of|hear of|heard of) any(?:thing| (?:jobs?|positions?|roles?|opportunit(?:y|ies)|work))"),
    gated("hir recruit taking accepting", r"(?:are|is|be|if|whether) (?:you|your [\w-]+|the (?:team|company|firm)|they|anyone(?: else)?|(?-i:[A-Z])[\w'-]+)(?: \w+)? (?:currently |still |planning (?:to|on) |looking to |going to be |also )?(?:hir(?:e|ing)|recruiting|taking (?:on )?(?:interns|people|graduates|trainees)|accepting applications)\b"),
    gated("hiring recruiting", r"(?:anyone|somebody|someone|companies|firms|who) (?:who|that)? ?(?:is|'s|are|might be|may be) (?:currently )?(?:hiring|recruiting)"),
    gated("hire employ", rf"(?:{_ASK})\b[^.?!]{{0,60}}\b(?:hire|employ) me\b"),
    gated("hire employ", r"\b(?:hire|employ) me\b"),
    gated("consider", r"\bconsider (?:me|my (?:application|candidacy|resume|résumé|cv|profile))\b(?! (?:a |an |your |part |one |among |lucky|warned|grateful))"),
    gated("mind file posted", rf"\b(?:keep|bear|have) (?:me|my (?:{_RESUME})) (?:in mind|on file|posted (?:on|about) (?:any |future )?(?:{_POST}s?|opportunit))"),
    gated("think", r"\bthink of me (?:if|when|for|should|next time)"),
    gated("anything something job position role internship opening vacancy spot placement opportunit post", rf"\b(?:if|when|should|in case)\b[^.?!]{{0,40}}\b(?:anything|something|an?(?: [\w-]+){{0,3}} {_POST}|{_POST}s?|opportunit(?:y|ies)) (?:\w+ )?(?:comes? (?:up|along|open)|opens?(?: up)?|becomes? (?:available|open|vacant)|arises?|come up|open up|arise)\b"),
    gated("word name", r"\b(?:put|say|putting|throw) in (?:a (?:good |kind |quick |nice )?word|my name)\b|\b(?:put|say|putting|saying) a (?:good |kind |quick |nice )?word (?:in )?(?:for me|with|on my|about me)"),
    gated("word vouch forward string advo", r"\b(?:good|kind) word for me\b|\bvouch for me\b|\b(?:put|putting) (?:me|my name) forward\b|\bpull (?:some|any|a few) strings\b|\badvocate for me\b"),
    gated("refer", r"\brefer(?:ring)? me\b(?! (?:on |along )?to (?:some(?:one|body)|anyone|others?|any (?:other|others)|people|other|another|an? (?:[\w-]+ ){0,2}?(?:colleague|friend|few|couple|books?|articles?|resources?|course|person|contact|source|paper)|colleagues|(?:one|two|three)\b|one or two|your colleague|anybody|whoever|the (?:right|best|person|people|book|article|resource)|resources|books|websites|further))"),
    gated("referral", rf"\b(?:employee|internal|job|your|a|an) referral (?:(?:for|to|at|into|with) |\?)|\b(?:{_ASK})\b[^.?!]{{0,50}}\b(?:(?:give|write|provide|submit|offer|get) me|for|ask you for|request|have|get|submit) (?:a|an|your) (?:\w+ )?referral\b|\breferral (?:code|link|bonus)\b"),
    gated("recommend", r"\brecommend(?:ing)? me (?:for|to (?:your|the|hr|human|a) ?(?:\w+ ){0,2}?(?:hr|human resources|hiring|recruit\w*|team|boss|manager|company|firm|job|role|position|department)?)"),
    gated("resum résum cv c.v curriculum application detail profile name info", rf"{_COULD} (?:\w+ ){{0,3}}?(?:forward|pass|send|share|submit|circulate|hand|deliver|distribute|give|get|show|take|slip)(?:ing)?(?: (?:on|along|around|over|in))? (?:my|the attached|this|the enclosed) (?:attached |enclosed )?{_RESUME}\b"),
    gated("resum résum cv c.v curriculum application detail profile name info", rf"{_COULD} (?:\w+ ){{0,3}}?(?:forward|pass|submit|circulat|distribut)(?:e|ing)?(?: it| them| this)?(?: (?:on|along|around))?,? (?:my )?{_RESUME}"),
    gated("hr human hir recruit boss manager talent", rf"{_COULD} (?:\w+ ){{0,3}}?(?:forward|pass|share|send|circulate|get) (?:it|this|them) (?:on |along |around )?to (?:your |the |a )?(?:hr|human resources|hiring|recruit|boss|manager|whoever is hiring|talent)"),
    gated("foot", rf"\bfoot in (?:the|your) door\b(?=[^.?!]{{0,30}}\b(?:{_AT_YOU}|at (?-i:[A-Z])))|\b(?:help|get|give|getting) me (?:\w+ )?(?:a|my) foot in|\b(?:get|getting|put) my foot in"),
    gated("job position role internship opening vacanc spot placement co-op trainee apprentice post employment interview offer chance", rf"\b(?:help(?:ing)?|get(?:ting)?|find(?:ing)?|land(?:ing)?|giv(?:e|ing)|offer(?:ing)?|arrang(?:e|ing)|secur(?:e|ing)|set(?:ting)? up) (?:me|us) (?:(?:to )?(?:get|find|land|secure|obtain|with|in|into|getting|finding|landing) )?(?:a|an|my|any|some|the) (?:[\w'-]+ ){{0,4}}?(?:{_POST}|employment|interview|job offer|chance at)\b(?! (?:shadow|descri|title|advice|market|fair|tips|question|skill|practice|prep))"),
    gated("job position role internship opening vacanc spot placement co-op trainee apprentice post employment work", rf"\b(?:looking|searching|hunting|hoping|aiming|here|writing|calling|reaching out|interested|inquir\w+|enquir\w+|ask(?:ing)?|apply(?:ing)?|appl(?:y|ied)|chance|possibility|prospects?|opportunity|shot|consideration|candidate|candidacy|need|want|seeking|seek|love|like|secure|obtain|get|land|pursue) (?:(?:for|of|in|about|to|as to|after|at|into|as|have|do|be) )?(?:(?:get|getting|find|land|obtain|secure|have|being|doing|apply for|a chance at) )?(?:a|an|any|some|the|possible|potential|full-time|part-time|summer|paid|of)? ?(?:[\w'-]+ ){{0,4}}?(?:{_POST}s?|employment|work|jobs) {_AT_YOU}"),
    gated("chance possibilit", rf"\b(?:any|a) (?:chance|possibility) (?:of|for|at|that) (?:[\w'-]+ ){{0,4}}?(?:{_POST}|work|employment|hir(?:e|ing)|interview)\b"),
    gated("join work part intern becom", rf"\b(?:'d|would|will|love|like|want|hope|hoping|eager|keen|excited|dream|chance|thrilled|apply|looking|wish|honou?red|delighted|aim|aiming|goal is) (?:to|of|for|about) (?:one day |someday |eventually |be able to |come |come and )?(?:join(?:ing)?|work(?:ing)? (?:for|at|in|with)|be(?:ing)? (?:a )?part of|intern(?:ing)? (?:at|with|for|in)|becom(?:e|ing) (?:a )?(?:part|member) of) (?:you\b|{_YOUR}|your)(?! (?:on the call|for|via|by|over|in|to talk|at))"),
    gated("use need room space place spot", r"\b(?:could|can|would|does|do|might) (?:you|your (?:team|company|firm|group)) (?:\w+ )?(?:use|need|have (?:room|space|a (?:place|spot|use)) for) (?:someone|somebody|a person|people|an? (?:[\w-]+ ){0,3}?(?:like me|with my))"),
    gated("room space place spot position role job opportunity opening need", r"\b(?:is there|any|have|has|find|make|there is|there might be|there\'s) (?:any |a |an |some )?(?:\w+ )?(?:room|space|place|spot|position|role|job|opportunity|opening|need) (?:on your team |at your company )?for (?:me|someone (?:like me|with my)|a person like me)\b"),
    gated("asset fit addition candidate", r"\bi (?:would|could|'d|can|will|'ll|am|believe i)\b[^.?!]{0,40}\b(?:asset|great fit|good fit|perfect fit|strong fit|valuable addition|great addition|ideal candidate|strong candidate|perfect candidate|right candidate) (?:to|for|on|at|in|as)\b"),
    gated("appl submit considered interest", rf"\b(?:would like|'d like|'d love|would love|want|wish|hoping|writing|intend|interested in) (?:to )?(?:apply|applying|submit(?:ting)? my application|submit(?:ting)? my resume|be considered|express my interest in (?:the|a|any)[^.?!]{{0,30}}{_POST})\b"),
    gated("interview", r"\b(?:get|secure|land|offer|grant|give|arrange|schedule|set up|invite|request|have|for|like|want) (?:me )?(?:for |to |with )?(?:an? )?(?:job |first-round |first round |screening |formal )?interview (?:with (?:your|the) (?:hr|human|hiring|recruit|team|company|firm|manager|boss)|for (?:a|an|the|any|your) (?:[\w-]+ ){0,3}(?:job|position|role|internship|opening|vacancy)|at your (?:company|firm))"),
    gated("interview", r"\b(?:get|land|secure|offer|grant|give|help) me (?:get |land |secure |to get )?an? (?:job )?interview\b|\bjob interview\b(?=[^.?!]{0,40}\bwith (?:you|your))"),
    gated("start interview", r"\bi(?:'d| would| am|'m) (?:\w+ )?(?:like |love |available |ready |able |free |willing )(?:to )?(?:start (?:work|working|immediately|right away|as soon|in \w+)|interview (?:for|with|at))"),
    gated("available", r"\bavailable (?:for (?:work|hire|employment)|to start (?:immediately|work|right away|as soon))"),
    gated("me", r"\b(?:could|can|would|might|may|is there|any way|help)\b[^.?!]{0,60}\b(?:get|getting|bring|bringing|take|taking) me (?:on|in|aboard|onboard|into|in to|hired)\b(?! (?:the call|touch))|\bget me (?:hired|in (?:at|with|to)|into your)\b|\b(?:take|bring) me on(?: board| as| for|\?|\.)"),
    gated("intern trainee apprentice placement graduate help junior", r"\b(?:do|does|did|if|whether) (?:you|your \w+|they)(?: ever| also| currently)? (?:take on|take|offer|run|have|accept|hire|need) (?:any |summer |new |more |extra |student |paid |unpaid )*(?:interns|internships?|trainees|apprentices|placements?|graduates|help|juniors|an intern|an? internship)\b"),
    gated("possible potential", rf"\b(?:possible|potential) (?:[\w-]+ ){{0,2}}?(?:internship|job|position|role|placement|employment) {_AT_YOU}"),
    gated("job position role internship opening vacanc opportunit placement spot post co-op trainee apprentice", rf"\b(?:what|which) (?:{_POST}s?|openings|opportunities|vacancies)\b[^.?!]{{0,30}}\b(?:available|open|going|do you have|are there (?:at|on|in) your|might (?:suit|fit) me)"),
    gated("introduce connect put", r"\b(?:introduce|connect|put) me (?:directly )?(?:to|with|in touch with) (?:your |the |a )?(?:hr|human resources|hiring manager|recruiters?|recruiting|talent|head of talent|boss)\b"),
    gated("application", r"\b(?:speed up|move along|check (?:on|the status of)|support|endorse|look out for|keep an eye out for|flag|expedite|follow up on) my (?:job )?application\b"),
)  # fmt: skip
