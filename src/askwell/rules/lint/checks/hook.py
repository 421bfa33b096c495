"""M06: a research hook, and no two people with the same text.

Theory of operation.  A hook is a sentence about *them* that could not stand in a letter to
another person: it joins a word for them ("your", "you", their organization) with something
particular (a topic, a move, a year, a name, a title).  How the name was found is not a hook,
and neither is praise.  Where the homework line is known, leaning on its words settles it.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.checks.particulars import is_particular
from askwell.rules.lint.letter import Sentence, read_letter
from askwell.rules.lint.message import Message
from askwell.rules.lint.model import Severity
from askwell.rules.lint.phrases import cased, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

_GENERIC = r"(?:career|background|experience|experiences|work|role|position|job|path|profile|industry|field|company|firm|organi[sz]ation|team|school|university|time|name|details|advice|insights?|perspective|story|journey|success|achievements?|accomplishments?|expertise|knowledge|area|sector|business|life|day|schedule|convenience|calendar|contact|email|help|view|views|thoughts|opinion|guidance|wisdom|consideration|attention|response|reply|interest|department|impressive|successful|great|amazing|there|it|this|general|the|your|an?|my|our|their|and|or|at|in|of|for|to|with|on|about|as|how|what|that|is|was|are)"
_WORKS = r"(?:articles?|posts?|talks?|papers?|books?|blog|interview|essays?|afterword|preface|foreword|novel|poems?|speech|chapter|lectures?|podcast|newsletter|column|issues?|catalogues?|catalog|keynote|panel|presentation|session|thesis|op-ed|video|pieces?|thread|webinar|workshop|remarks?|comments?|episode|exhibition|research|project|projects|study|studies|report|launch|campaign|redesign|design|designs|exhibit|startup|invention|patent|translation|film|album|recipe|garden|building|bridge|reporting|photographs|series|map|maps|app|tool|library|course|class|trial|trials|programme|program|initiative|answer|question|testimony|guide|quote|story on|story about)"
_SPECIFIC_WORK = phrase(
    rf"\b(?:your|you)\b (?:[\w'-]+ ){{0,5}}?{_WORKS}\b,? (?:\([^)]*\) )?(?:on|about|for|in|at|from|into|of|with|against|that|which|where|to|called|titled|between|\"|last|this|, )",
    r"\b(?:article|post|talk|paper|book|interview|essay|lecture|podcast|newsletter|column|issues?|catalogues?|catalog|keynote|panel|presentation|piece|webinar|episode|thread|story|profile|report|case study) (?:you (?:wrote|gave|posted|published|did|shared|recorded|co-wrote)|(?:about|of|on) (?:you|your|how you))",
    r"\b(?:i|who|we|that|class|students|team|colleagues) (?:\w+ )?(?:built|build|made|wear|own|run|listen to|used|use|read|loved|love|enjoyed|watched|saw|heard|followed|follow|tried|cited|visited|studied|bought|cooked|teach|taught with|keep|kept|quote|quoted|reread|re-read|finished) your (?!(?:\w+ ){0,2}?(?:profile|name|details|contact|linkedin|page|website|site|bio|biography|background|company|experience|e-?mail|message|note|reply|response|posts?[.!]|articles?[.!]|work[.!]|content|career)\b)\w",
    r"\byou (?:wrote|posted|said|spoke|presented|argued|described|told|published|mentioned|explained|shared|gave|showed|compared|asked|answered|called|recommended|talked) (?:\w+ ){0,2}?(?:about|on|that|how|in|at|for|of|why|whether|a|the|it|\")",
    rf"\byour (?:\w+ ){{0,2}}?{_WORKS}\b[^.?!]{{0,60}}\b(?:stayed with me|stuck with me|struck|helped|changed|made me|convinced|taught|sent me|showed|persuaded|answered|got me|prompted|explains?|explained|is why)\b",
)  # fmt: skip
_MOVE = phrase(
    r"\b(?:you|you've|you have|you'd|your) (?:\w+ ){0,3}?(?:moved?|went|going|switch(?:ed)?|chang(?:e|ed)|left|leaving|crossed|came|turn(?:ed)?|shift(?:ed)?|transition(?:ed)?|leap|jump(?:ed)?|step(?:ped)?|path|route|trained|started|began|career|journey|grew|rose|progress(?:ed|ion)?|return(?:ed)?|retrained|pivot(?:ed)?|promotion|climb(?:ed)?|traded|gave up|swapped|way|passage|road)\b (?:\w+ ){0,3}?(?:from|out of|into|over to|back to|away|as a|in a|up through|between|through|after|for|to)\b (?!(?:your|the|this|that|where|success|a) (?:current|field|industry|top|company|role|position|are|successful|career|job)\b|where you)",
    r"\byou (?:\w+ )?(?!(?:wanted|needed|offered|agreed|volunteered|suggested|mentioned|listed|interested|asked|preferred|liked|graduated|attended|decided|indeed|need|provided|accepted|answered|replied|helped|inspired|achieved|enjoyed|received|kindly|experienced|succeeded|recommended|reached|moved|worked|studied|majored|landed|learned|entered|started|hired|tried|required|feed|speed|used|succeed|proceed|exceed|opened|expected|impressed|accomplished|pursued|loved|created|joined|earned|obtained|gained|shared)\b)\w{3,}ed\b (?!to\b|in (?:this|your|the) (?:field|industry)|me\b|your (?:career|name))\w",
    r"\b(?:told me|said|says|mentioned|described|explained) (?:that |how )?you (?!(?:might|may|would|could|can|will|are|were|should|had|have|know|knew|to|about)\b)\w",
    r"\b(?:from|out of) [\w' -]{2,40} (?:to|into) [\w' -]{2,40}\b(?=[^.?!]*\b(?:you|your)\b)|\b(?:you|your)\b[^.?!]{0,80}\bfrom [\w'& -]{2,40} (?:to|into) \w",
    r"\b(?:you|you've|you have|you'd) (?:\w+ ){0,2}?(?:led|lead|built|build|founded|founding|launched|run|ran|set up|designed|created|managed|grew|opened|co-founded|introduced|rebuilt|headed|started|cut|wrote|developed|organi[sz]ed|helped|spent|served|won|taught|directed|translated|edited|chose|stayed|stopped|combine|combined|brought|teach|coach|treat|edit|oversee|joined|turned|worked|replaced|restored|published|moved|planned|made|took|found|lived|negotiated|handled|looked after|kept|invented|trained|studied|practised|practiced|mentor|supervise|advise|represent|drew|tested|reorgani[sz]ed|redesigned|ported|shipped|discovered|won|raised) (?!your name|you|me\b|it\b|time\b|to (?:help|volunteer|speak|talk)|the time|for (?:the|this) (?:network|directory|programme|program)\b|in (?:this|your|the) (?:field|industry)\b)\w",
)  # fmt: skip
_TOPIC = phrase(
    rf"\byour (?:\w+ ){{0,3}}?(?:work|research|role|experience|team|group|practice|lab|project|years|time|decision|focus|approach|idea|view|point|argument|take|interest|study|move|career|switch|job|transition|tenure|days|stint|path|background) (?:on|with|into|about|that|to|running|leading|building|teaching|treating|designing|translating|using|between|against|under|behind|bringing|helping|of|moving|writing|editing|restoring|planning|managing|through|after|before) (?!(?:{_GENERIC}[ ,.?!]+){{1,3}}(?=$|[.?!]))(?!(?:the|this|your|a|that|my) (?:{_GENERIC})\b(?! (?:of|on|in|for|that)))\w",
    rf"\byour (?:work|research|years|time|stint|days|early career|first job|first years) (?:in|at|as|for) (?!(?:the|this|your|a|that|an) (?:{_GENERIC})\b)(?:[\w'&-]+)",
    r"\byour (?:team|company|firm|organi[sz]ation|group|school|hospital|clinic|studio|lab|office|practice|bakery|museum|paper|agency|department|library|city|bank|charity)(?:'s| has| is| was| recently| just| opened| started| launched| won| moved| uses| used| built| runs| took| made| published| now) (?!(?:hiring|looking|great|successful|amazing|impressive|reputation|culture|website|success|very|so|well|known|among|(?:a|one of the|the) (?:\w+ )?(?:leader|leading|top|best|global|pioneer|market))\b)\w",
)  # fmt: skip
_SAW = phrase(
    r"\b(?:i|i've|i have|i'd) (?:\w+ ){0,2}?(?:read|saw|seen|noticed|watched|heard|listened|learned|learnt|found|followed|used|visited|tried|attended|enjoyed|see|notice|gather|understand|loved|went|came across|been reading|been following|remember|recall|keep|re-?read|cooked|stood|bought|walked|rode|spent) (?:[^.?!]{0,160})"
)
_PARTICULAR = cased(
    r"(?<![.?!\"]\s)(?<!^)\b(?!(?:I|I'm|I've|I'd|I'll|LinkedIn|Linkedin|Alumni|Alumna|Alumnus|Career|Network|Network's|Directory|University|College|School|Mentor|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|CV|Zoom|Teams|English|MBA|BSc|BA|MSc|PhD|Mr|Ms|Mrs|Dr|Prof|Professor|Center|Centre|Office|Services|Association|Database|Database's|Club|Group|Society|Facebook|Google|Student)\b)[A-Z][\w'&-]+",
    r"\b(?:19|20)\d\d\b(?! (?:graduate|student|alum))|\"[^\"]{4,80}\"|\b\d{2,}(?:,\d{3})*(?!\d| ?-? ?(?:min|hour|minute|to \d|-|/|:|am|pm|th|st|nd|rd|years? old|\.\d))",
)
_ABOUT_THEM = phrase(r"\b(?:you|your|yours|you've|you'd|you're)\b")
_CURIOUS = phrase(
    r"\b(?:how|why|what|when|where|whether) (?:\w+ ){0,2}?(?:you|your (?:team|company|firm|group|clinic|office|hospital|school))\b (?!(?:first|ever|really|actually|most|best|least|personally|usually|also|yourself|originally|like|dislike|love|enjoyed|liked)\b)(?!(?:do|did|doing|are|were|got|get|started|ended|think|have|like|enjoy|can|could|would|might|recommend|suggest|advise|found|find|chose|choose|became|become|see|wish|went|know|knew|need|began|achieved|make|made|break|broke|came|entered|landed|spend|spent|use|used|learned|work|worked|got|feel|felt|experience|handle|manage|prepare|prepared|took|take|would|to|for|about|in|into|where|your|with)\b)\w"
)
_HOW_TO_NAME = phrase(
    r"\b(?:gave|got|obtained|found|received|have|passed|given|came across|discovered|saw|noticed|located|see|visited|viewed|looked at|look at|read) (?:me |on )?your (?:\w+ )?(?:name|details|contact|profile|information|email|page|number|address|listing|bio|entry|linkedin)\b"
    r"|\bvolunteer(?:ed|ing|s)?\b|\b(?:directory|alumni (?:network|database|list))\b|\b(?:suggested|recommended|mentioned|thought)\b[^.?!]{0,40}\b(?:i|me|you)\b"
)  # fmt: skip
_SHARED = phrase(
    r"\b(?:we|us|you and i) (?:\w+ )?(?:both|share|shared)\b|\bthe same (?:school|university|college)\b"
)
_PRAISE = phrase(
    r"\b(?:impress(?:ed|ive)|amaz(?:ed|ing)|inspir(?:ed|ing|ational)|admir(?:e|ed|ation)|incredible|fascinat(?:ed|ing))\b"
)
_TO_LEARN = phrase(r"\b(?:learn|understand|hear|know|find out|curious|wonder\w*|interested)\b")
_ABOUT_ME = phrase(r"^\W*(?:i(?:'m| am| graduated| work| study| studied)|my name)\b")
_OWN_ASK = phrase(
    r"^\W*(?:would|could|can|may|might|do|are|is|please|if)\b|\b(?:minutes|half an hour|hour)\b"
)
_CONTENT_WORD = re.compile(r"[^\W\d_][\w'-]{3,}|\d{2,}")
_COMMON = frozenset(
    [
        "about",
        "with",
        "that",
        "this",
        "from",
        "your",
        "their",
        "have",
        "they",
        "were",
        "what",
        "when",
        "which",
        "would",
        "could",
        "there",
        "into",
        "over",
        "also",
        "been",
        "more",
        "than",
        "some",
        "very",
        "will",
        "just",
        "like",
        "work",
        "works",
        "working",
        "career",
        "company",
        "team",
        "field",
        "school",
        "read",
        "article",
        "talk",
        "post",
        "person",
        "people",
        "after",
        "before",
        "because",
        "where",
        "while",
        "then",
        "them",
        "does",
        "doing",
        "being",
        "made",
        "make",
        "other",
        "these",
        "those",
        "first",
        "last",
        "year",
        "years",
        "alumni",
        "linkedin",
        "profile",
        "interview",
        "interested",
        "interest",
        "know",
        "known",
        "wrote",
    ]
)
_ENOUGH = 2


def research_hook(case: Case) -> Iterator[Found]:
    """M06: something particular to this person."""
    if case.mode is not Mode.INFORMATIONAL or not case.is_first:
        return
    if not has_hook(case):
        key = "M06.missing_known" if case.context.hook else "M06.missing"
        yield Found(code="M06", severity=Severity.WARNING, text=key, params={"hook": case.context.hook})


def has_hook(case: Case) -> bool:
    """Leans on the homework line, or reads as particular."""
    return _leans_on(case.context.hook, case.letter.core) or any(
        _particular(case, each) for each in case.sentences
    )


def _leans_on(hook: str, text: str) -> bool:
    wanted = {word.casefold() for word in _CONTENT_WORD.findall(hook)} - _COMMON
    if not wanted:
        return False
    said = {word.casefold() for word in _CONTENT_WORD.findall(text)}
    shared = len(wanted & said)
    return shared >= min(_ENOUGH, len(wanted))


def _particular(case: Case, sentence: Sentence) -> bool:
    text = sentence.text
    if _SPECIFIC_WORK.search(text) or _MOVE.search(text) or _TOPIC.search(text):
        return True
    found_name = _HOW_TO_NAME.search(text)
    own = _own_names(case)
    named = any(match[0].strip("\"'").casefold() not in own for match in _PARTICULAR.finditer(text))
    if _CURIOUS.search(text):
        return True
    if not _OWN_ASK.search(text) and is_particular(text, own=own):
        return True
    if found_name or _PRAISE.search(text) or _SHARED.search(text):
        return False
    if not named or _OWN_ASK.search(text):
        return False
    if _SAW.search(text) or _ABOUT_THEM.search(text):
        return True
    several = len({match[0] for match in _PARTICULAR.finditer(text)} - own) >= _ENOUGH
    return several and bool(_TO_LEARN.search(text)) and not _ABOUT_ME.search(text)


def knows_their_work(text: str, *, broadly: bool) -> bool:
    """Speaks of something they made, wrote or said; broadly, also of what they did."""
    return bool(_SPECIFIC_WORK.search(text) or (broadly and _MOVE.search(text)))


def _own_names(case: Case) -> set[str]:
    """Words that name the writer, the reader or the writer's school: no hook by themselves."""
    context = case.context
    names = f"{context.given} {context.family} {context.seeker} {context.referrer} {case.letter.name} {case.letter.signature}"
    about_me = " ".join(
        re.split(r"\b(?:you|your)\b", each.text)[0]
        for each in case.sentences
        if re.match(r"\W*(?:I am|I'm|My name|This is|As an?)\b", each.text)
    )
    return {word.strip(".,'\"").casefold() for word in f"{names} {about_me}".split()}


def same_text(case: Case) -> Iterator[Found]:
    """M06/F07: equal to a text someone else was sent, names masked."""
    if not case.context.previous or not case.is_first:
        return
    mine = _masked(case.letter.message, case)
    for other in case.context.previous:
        theirs = _masked(Message(body=other), case)
        ratio = similarity(mine, theirs, at_least=case.numbers.similarity)
        if ratio >= case.numbers.similarity:
            yield Found(
                code="M06", severity=Severity.ERROR, text="M06.same_text", start=case.letter.core_start,
                end=case.letter.core_end, params={"percent": round(100 * ratio)},
            )  # fmt: skip
            return


def similarity(mine: list[str], theirs: list[str], *, at_least: float) -> float:
    """How alike two word lists are, 0 to 1; 0 where a cheap bound already rules ``at_least`` out."""
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    if not mine or matcher.real_quick_ratio() < at_least or matcher.quick_ratio() < at_least:
        return 0.0
    return matcher.ratio()


def _masked(message: Message, case: Case) -> list[str]:
    """Words of the core, names and figures masked."""
    core = read_letter(message).core
    names = {
        word.casefold()
        for word in f"{case.context.given} {case.context.family} {case.context.organization}".split()
    }
    return [_mask(word, names) for word in re.findall(r"[\w'-]+", core)[:400]]


def _mask(word: str, names: set[str]) -> str:
    if (
        word.casefold() in names
        or word[:1].isdigit()
        or (word[:1].isupper() and word.lower() not in _STARTERS)
    ):
        return "_"
    return word.casefold()


_STARTERS = frozenset(
    [
        "i",
        "i'm",
        "i'd",
        "i've",
        "i'll",
        "the",
        "a",
        "an",
        "my",
        "we",
        "would",
        "could",
        "your",
        "you",
        "it",
        "thank",
        "thanks",
        "if",
        "as",
        "after",
        "since",
        "may",
        "might",
    ]
)
