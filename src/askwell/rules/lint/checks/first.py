"""M04, M05, M07, M09: purpose, connection, who you are, flexibility of a first message.

Theory of operation.  Each of these asks whether something is *there*; the patterns are broad on
purpose, since telling a good letter that it lacks what it has is the worse mistake.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.checks.hook import knows_their_work
from askwell.rules.lint.checks.minutes import TALK
from askwell.rules.lint.model import Medium, Severity
from askwell.rules.lint.phrases import cased, phrase
from askwell.rules.modes import OPENING_MODES, TALK_MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.rules.lint.letter import Sentence

_PURPOSE = phrase(
    r"\b(?:learn|learning|understand|understanding|hear|hearing|find out|finding out|explore|exploring|discover|know (?:more|what|how|which|why|who|where|when|if|whether)|get to know)\b",
    r"\b(?:advice|advise|perspective|insights?|guidance|viewpoint|point of view|opinion|thoughts|wisdom|counsel|recommend)\b",
    r"\byour (?:view|take|story|path|route|experience|experiences|journey|work|day|job|role|career|transition|move)\b",
    r"\b(?:ask|asking|talk|speak|chat|hear|discuss|picking|pick) (?:to |with )?(?:you )?(?:a few |some |two |three |a couple of |several |briefly )*(?:about|questions|how|what|why|whether|your brain)\b",
    r"\bquestions? (?:about|on|regarding|for you)\b|\bcurious\b|\bgather(?:ing)? (?:information|views|facts)|\b(?:deciding|decide|decision|considering|weighing|comparing|compare|choosing|choose|torn between|figure out|figuring out|work out|working out|make sense)\b",
    r"\bwhat (?:it|a|an|the|your|that|life|working|being) [^.?!]{0,50}(?:like|involves?|takes?|looks?|means|entails?|is)\b|\bhow (?:you|people|one|someone|it|the|a|an|your)\b|\bwhether (?!you)\b|\bsense of\b|\bpicture of\b|\ba feel for\b|\bfamiliar with\b|\binterested in\b|\bswap notes|\bcompare notes|\bwhat drew you|\blessons?\b|\b(?:how|why|what|which|when|where) (?:do|did|does|was|were|is|are|made|drew|would|should|has|have)\b|\bcareer (?:exploration|conversation)\b|\bthinking (?:of|about)\b|\bwondering (?:about|how|what|which|where)\b|\bto (?:picture|see|test|judge|gauge) (?:the|what|how|whether|if|my)\b|\b(?:account|glimpse|taste|flavou?r|idea|impression|read) (?:of|on|into)\b|\bsound(?:ing)? out\b|\b(?:first-hand|firsthand)\b",
)  # fmt: skip
_CONNECTION = phrase(
    r"\b(?:gave|got|given|obtained|had|received|took|have|found|passed|came across|come across|saw|discovered|noticed|looked|located|picked|see) (?:me |on |along |up )?your (?:[\w'-]+ ){0,3}?(?:name|reference|details|contact|contacts|address|profile|page|number|email|e-mail|entry|listing|bio|information|article|post|talk|paper|book|blog|piece|essay|video|interview|work|card|website|site|portfolio|column|study|report|thesis|newsletter|podcast|presentation|comments?|question|panel|session|lecture|exhibition|show|story|research|thread)\b",
    r"\b(?:found|came across|come across|saw|met|noticed|discovered|spotted|reached|contacting|writing to|looked|finding|calling|encountered|heard|seen|heard of|learned of|learnt of|messaging) you\b",
    r"\b(?:suggested|suggests|recommended|recommends|mentioned|mentions|proposed|encouraged|urged|advised|told|thought|thinks|said|says|pointed|referred|introduced|directed|sent|steered|asked|invited|connected|put) (?:that |to )?(?:(?:i|me|us) (?:\w+ ){0,4}?)?(?:you\b|your\b|to you|contact|write|reach|get in touch|speak|talk|in touch|call)",
    r"\b(?:suggested|recommended|mentioned|spoke (?:so |very )?(?:highly|warmly|well|fondly) of|speaks (?:so |very )?(?:highly|warmly|well|fondly) of) (?:you|your|that i|i|me)\b|\bat the (?:suggestion|recommendation|urging|invitation|encouragement) of\b|\b(?:at|on) [^.,]{2,40}'s? (?:suggestion|recommendation|advice|urging|invitation|encouragement)\b|\bthanks to (?:an? )?introduction\b|\bby way of\b|\bintroduced (?:us|me|by)\b|\bthrough (?:our )?(?:mutual|shared|common)\b|\breferred (?:me|by)\b|\bkindly (?:gave|shared|passed|offered|suggested|agreed)\b",
    r"\byour name (?:came|comes|was|is|from|by|through|and|in|on)\b|\b(?:given|know|knew|heard|remember\w*|recogni[sz]e\w*|have) (?:of )?your name\b|\b(?:told|tells) me\b|\b(?:know|knew|know of|found|met|met up) (?:of )?you (?:through|from|via|by)\b|\b(?:i )?(?:heard|learned|learnt) (?:\w+ ){0,3}?(?:about|of|from|through|that)\b",
    r"\bmutual (?:friend|connection|acquaintance|contact|colleague)s?\b|\b(?:fellow|another|former|also an?|as an?|proud|recent) (?:[\w'&-]+ ){0,4}?(?:alum|alumna|alumnus|alumni|graduate|grad|member|student|volunteer|parent|player|runner|resident|engineer|nurse|teacher|veteran|organi[sz]er|attendee|fellow|scholar|intern|employee|colleague)\b|\balumn(?:us|a|i|ae)\b|\balums?\b|\b[\w]+ grad\b|\balma mater\b",
    r"\b(?:we|we're|we've|you and i|both of us) (?:\w+ )?(?:both|share|shared|met|are both|went to|studied|belong|worked|overlapped|attended|graduated|were|have (?:a |in )?(?:common|mutual)|have in common|spoke|sat|talked|have never met, but|connected|crossed|once)\b|\b(?:we|i) met\b|\bus both\b|\bboth (?:studied|attended|went|graduated|belong|members|of us|from)\b|\bin common\b|\bwe share\b",
    r"\b(?:the |our |your |my |same |a )(?:[\w'&-]+ ){0,4}?(?:alumni|career|mentor(?:ing|ship)?|graduate|volunteer|member|staff|student|school|faculty|association|guild|chapter) (?:career )?(?:network|directory|list|database|office|cent(?:re|er|re's|er's)|platform|register|board|association|society|page|newsletter|magazine|group|club|programme|program|portal|evening|panel|website|site|meeting)\b|\bcareer network\b|\bdirectory\b|\bthe same (?:school|college|university|department|programme|program|class|year|town|team|club|course|professor|degree|major|lab|firm|company|employer|group|choir|village|path|bootcamp)\b",
    r"\b(?:read|reread|re-read|reading|saw|seen|watched|heard|listened|attended|enjoyed|loved|caught|followed|following|follow|liked|studied|cited|used|use|appreciated|finished|bookmarked|discovered|remember|remembered) (?:\w+ ){0,4}?(?:your|you)\b|\bin your (?:[\w'-]+ ){0,3}?(?:article|post|talk|book|paper|blog|interview|essay|lecture|podcast|newsletter|column|keynote|report|presentation|session|profile|piece|thread|video)\b|\byour (?:[\w'-]+ ){0,4}?(?:article|post|talk|book|paper|blog|interview|essay|lecture|podcast|newsletter|column|keynote|profile|panel|presentation|session|guest lecture|op-ed|video|thesis|piece|webinar|workshop|remarks?|comments?|episode|exhibition|thread)\b",
    r"\bon linkedin\b|\bvia linkedin\b|\bthrough linkedin\b|\b(?:my|our) (?:professor|adviser|advisor|classmate|cousin|uncle|aunt|sister|brother|neighbou?r|friend|colleague|manager|supervisor|mentor|coach|teacher|tutor|lecturer|roommate|flatmate|boss|former \w+|old \w+|father|mother|dad|mum|mom|wife|husband|partner|career \w+|thesis \w+)\b|\byour (?:former |old |one-time )?(?:colleague|student|classmate|neighbou?r|friend|intern|teammate|roommate|flatmate|co-author|coworker|mentee|cousin|brother|sister|daughter|son|nephew|niece|manager)\b|\bclass of\b|\b(?:also|too)\b[^.?!]{0,40}\b(?:graduated|studied|attended|went to|grew up|trained|belong|member)|\b(?:graduated|studied|attended|went to|trained|grew up)\b[^.?!]{0,60}\b(?:too|also|as well|like you|as you did|as did you|before me|after you|where you|you did)\b|\blike you\b|\bas you (?:did|once|were|are|do|have|had)\b|\b(?:after|at|during|following) (?:your|the|last|yesterday's|our|this) (?:[\w'-]+ ){0,4}?(?:talk|panel|lecture|conference|meetup|event|fair|session|seminar|workshop|webinar|reception|reunion|mixer|class|meeting|evening|dinner)\b",
    r"\b(?:passed|gave|shared|forwarded|sent) (?:me )?(?:on )?your\b|\bput (?:me|us) in touch\b|\b(?:suggested|recommended|mentioned|told|said|thought|thinks|says|assured|wrote|explained)\b[^.?!]{0,60}\b(?:you|your)\b|\bsent me (?:to you|your way)\b|\byour (?:school|university|college|department|programme|program|alma mater|hometown|old team|regiment|unit|cohort|bootcamp|sorority|fraternity)\b|\bwhere you (?:also )?(?:studied|trained|taught|worked|went|began|started|were|did|once|graduated|earned|took)\b|\byou (?:also )?(?:studied|trained|taught|graduated) (?:at|from|in)\b|\bvolunteer(?:ed|ing|s)? (?:in|for|through|with|as|at)\b|\b(?:as|since) (?:you|we) (?:are |both )?(?:both|also|listed|volunteered|offered|kindly)\b|\byou (?:are|were) listed\b|\byou(?:'ve| have)? (?:kindly )?(?:volunteered|offered|signed up|agreed|wrote|spoke|presented|gave|taught|posted|published)\b|\b(?:spoke|talked|chatted|worked|lunch|conversation|speaking|talking|chatting) (?:with|to|alongside|for|under) (?:you|\w+)\b",
    r"\b(?:subscriber|listener|reader|fan|customer|patient|client|student|pupil|neighbou?r|viewer|follower|admirer|regular) (?:to|of|at|in|on) (?:your|yours)\b|\byou (?:are|were) on (?:it|the|their|our)\b|\b(?:each other|one another)\b",
    r"\b(?:i|we)(?:'ve| have)? (?:\w+ )?(?:buy|bought|order(?:ed)?|rent(?:ed)?|borrow(?:ed)?|take|took|studied|trained|worked|danced|sang|sat|played|served|rowed|sailed|marched|queued|learn(?:ed|t)) [^.?!]{0,40}\b(?:from|with|under|beside|alongside|behind|near|next to) (?:you|your)\b",
    r"\b(?:understood|understand|gather(?:ed)?|know|learn(?:ed|t)|hear(?:d)?|got|had|have) (?:(?!you\b)[\w'-]+ ){0,4}?from (?:our |my |the )?(?-i:[A-Z])\w",
    r"\b(?-i:[A-Z])[\w.&-]+(?: (?-i:[A-Z])[\w.&-]*)? '\d\d\b",
)  # fmt: skip
_BOTH = phrase(
    r"\b(?:i|me|my|mine|our|ours|us|we)\b[^.?!]*\b(?:you|your|yours)\b|\b(?:you|your|yours)\b[^.?!]*\b(?:i|me|my|mine|our|ours|us|we)\b"
)
_WISH = phrase(
    r"\?|\b(?:would|could|might|may|can|will|want|wish|hope|hoping|like|love|interested|interests?|curious|wonder\w*|thinking|considering|writing|reach\w*|contact\w*|messag\w*|admir\w*|impress\w*|inspir\w*|passionate|believe|thank\w*|grateful|appreciat\w*|please|sorry|aware|understand that you|know you|sure|questions?|advice|learn\w*|explor\w*|minutes?|if|how|what|why)\b|'d\b|'ll\b"
)
_SHARED_PAST = phrase(
    r"\b(?:since we|when we|we (?:last|once|used to|worked|shared|sat|ran|studied|were|met|built|did|had|taught|played|lived|graduated|took)|used to|back (?:at|in|when)|years? (?:ago|since|have)|it(?:'s| has|s) been|been (?:too long|ages|a while|years|a long time)|long time|out of touch|lost touch|fell out of touch|remember(?:ed|ing)?|reminded me of|old (?:days|team|colleague|classmate)|our (?:[\w-]+ ){0,3}?(?:time|days|years?|old|projects?|class|team|last|trip|office|course|school|choir|lab)|time has passed|last saw|think(?:ing)? of|thought of|ages)\b"
)
_WHO = phrase(
    r"\bi(?:'m| am) (?:a|an|the|in|at|on|with|one|currently|now|just|from|finishing|studying|working|training|completing|majoring|doing|writing from|about to|due|halfway|entering|starting|pursuing|also|still|your|two|three|(?!hoping|writing|wondering|asking|reaching|looking|contacting|emailing|calling|messaging|trying|thinking)[\w-]+ing|[\w-]+ years?|that|his|her|their)\b",
    r"\bi(?:'m| am) (?-i:[A-Z])\w+|\bmy name is\b|\bthis is (?-i:[A-Z])|\bi (?:currently |now |recently |just |also )?(?:work|study|teach|graduated|finished|completed|trained|manage|run|lead|earned|spent|served|worked|studied|majored|started|began|left|moved|joined|design|build|nurse|sell|code|head|research|practise|practice|took|taught|hold|serve|came|grew|got my|did my|transferred)\b",
    r"\bi(?:'ve| have) (?:been|spent|worked|just|recently|taught|studied|run|managed|served)\b|\b(?:as|like you, i) (?:a|an|the)\b[^.?!]{0,80}\b(?:i|my)\b|\bstudent\b|\b(?:first|second|third|fourth|final|last|1st|2nd|3rd)[- ]year\b|\b(?:sophomore|junior|senior|freshman|undergraduate|postgraduate|candidate|graduate|grad|alum|alumna|alumnus|apprentice|trainee|intern|fellow|analyst|engineer|nurse|teacher|accountant|developer|designer|veteran|chemist|paralegal|librarian|career changer|freelancer)\b",
    r"^\W*(?:(?-i:[A-Z])[\w.&'-]*,? ){1,4}(?:'\d\d )?here\b",
    r"^\W*(?:retired|former|formerly|ex-\w+|newly|lifelong|part-time|full-time|self-employed|unemployed)\b|\bi've (?:a|an|two|three)\b|\bmy (?:trade|profession|craft|line|business|employer|firm|shop)\b",
    r"\bmy (?:background|day job|current (?:job|role|work)|degree|major|studies|own (?:path|work|background))\b",
)  # fmt: skip
_DOES = phrase(
    r"\bi(?:'ve| have)? (?:(?:also|now|currently|mostly|still|once|just|recently|only) )?(?!(?:also|now|currently|mostly|still|once|just|recently|only|have|am|was|would|will|can|could|might|may|shall|should|must|had|do|did|hope|wonder\w*|think|know|knew|want\w*|like\w*|wish\w*|love\w*|read|reread|saw|see|seen|heard|hear|listen\w*|found|find|came|come|enjoy\w*|appreciat\w*|thank|understand|look\w*|notice\w*|learn\w*|need|ask\w*|promise|realis\w*|realiz\w*|believe|feel|felt|got|get|admire\w*|follow\w*|watch\w*|remember|write|wrote|call|reach\w*|contact\w*|met|met|spoke|heard|to|and|in|on|at|the|a|request|value|await|trust|guess|quite|really|truly|fully|completely|very|been|never|always|attend\w*|respect|care|mean|say|stumbled|discovered|obtained|gather\w*|received|speak)\b)[a-z]{3,}\b"
)
_WHO_SIGNATURE = phrase(
    r"\b(?:student|candidate|class of|university|college|school|institute|BSc|BA|MBA|MSc|BS|PhD|'\d\d|engineer|analyst|nurse|teacher|manager|intern|graduate|major|faculty|department)\b"
)
_BIOGRAPHY = phrase(
    r"^(?:\W*)(?:(?:so|and|also|currently|now|previously|before that|prior to that|then|there|since then|in \d{4}|after \w+|during \w+|for the (?:past|last) \w+ \w+),? )?(?:i(?:'m| am) (?:a|an|currently a|currently an|majoring|studying|currently)|i (?:graduated|worked|interned|majored|studied|led|managed|earned|hold|speak|completed|won|received|served|founded|captained|volunteered|grew up|was (?:a|an|the|born|president|captain|named)|have (?:\w+ )?(?:experience|years|worked|a (?:gpa|degree|background|3\.)|led|managed|strong|excellent|skills|been (?:a|an|working)))|my (?:gpa|skills|background|experience|degree|strengths?|resume|qualifications|coursework|major|grades|previous|last|hobbies|greatest|interests)|i am (?:skilled|proficient|experienced|fluent|passionate))\b"
)
_YOU = phrase(r"\byou\b|\byour\b|\byours\b")
_DAY = r"(?:mon|tues?|weds?|wednes|thu|thur|thurs|fri|satur|sun)(?:day|\b)"
_FLEXIBLE = phrase(
    r"\b(?:around|to|by|with|on|suit|suits|fits?|near|at) (?:\w+ )?your (?:\w+ )?(?:schedule|calendar|diary|convenience|availability|timetable|time|shifts?|week|hours|day|plans|end|office)\b|\b(?:suits?|fits?) you\b|\baround you\b",
    r"\b(?:whenever|whatever|whichever|any ?time|at a time|a time|times?|when|what(?:ever)? time|any (?:day|hour|week|weekday|morning|afternoon|evening|slot)|anything) [^.?!]{0,60}?(?:suits?|works?|convenient|convenience|best|easiest|easier|good|free|fits?|available|prefer|like|right|possible|have|comfortable|better|ease|least|okay|fine|handy|ok)\b",
    r"\b(?:flexible|flexibility|at your convenience|convenient|no fixed|any ?time|whenever|your schedule|your calendar|your diary|up to you|you prefer|you'd prefer|you would prefer|you like|your preference|you (?:choose|pick|name|say|decide)|your (?:choice|choosing|pick|call)|suits you|suit you|works? (?:best |better |well |for )+you|best for you|easiest for you|easier for you|good for you)\b",
    r"\b(?:next|this|the following|coming|later this|later in the|early next|following|the week (?:of|after|beginning|commencing)|in the (?:next|coming)|over the (?:next|coming)|within the next|sometime|some time|some day|one day|one (?:morning|afternoon|evening|lunchtime)|either|in (?:the )?(?:early|mid|late)|before|after|between|during|until|from) (?:[\w-]+ ){0,4}?(?:week|weeks|month|days|day|fortnight|january|february|march|april|may|june|july|august|september|october|november|december|mornings?|afternoons?|evenings?|noon|lunch|lunchtime|hours?|term|summer|autumn|fall|winter|spring|break|holidays?|half|easter|christmas|shift|\d{1,2}(?::\d\d)?|am|pm)\b",
    r"\b(?:phone|call|video|zoom|teams|in person|coffee|e-?mail|person|writing|reply|message|telephone|facetime|skype|meet),? (?:or|and/or|/) (?:\w+ ){0,4}?(?:phone|call|video|zoom|teams|in person|coffee|e-?mail|person|writing|reply|message|telephone|facetime|skype|meet|answer)",
    r"\b(?:mornings|afternoons|evenings|lunchtimes|lunch ?times|weekends|weekdays|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b|\b(?:better|another|other|convenient|suitable) (?:\w+ )?time\b|\bverify the date|\bnext (?:week|month)\b|\bthis (?:week|month)\b|\bin (?:a|one|two|three|a few|a couple of) weeks?\b|\bslots\b|\bwindows\b|\b(?:whatever|whichever|whenever|anytime)\b|\bwhat(?:'s)? (?:suits|easier|easiest|best|works)\b|\b(?:any|either|most|one|some) (?:\w+ )?(?:days?|gaps?|slots?|mornings?|afternoons?|evenings?|weekdays?|weekends?|nights?|lunch(?:time)?s?|breaks?|time|weeks?|hours?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b",
)  # fmt: skip
_THEIRS_TO_SAY = phrase(
    r"\b(?:name|set|pick|toss|choose|send|throw|suggest|propose) (?:me |us )?(?:\w+ ){0,2}?(?:days?|dates?|times?|hours?|slots?|moments?)\b|\byou (?:set|name|pick|choose|say|decide|propose)\b|\bchoice of (?:day|date|time|hour)\b|\byour clock\b|\b(?:day|date|time|hour|slot)s? (?:that|which|to) (?:would |might |may )?suits?\b",
    r"\b(?:i|i'll|i'd|happy to|glad to|ready to|able to) (?:can |could |will |would |shall |gladly |easily |happily )*(?:move|bend|shift|rearrange|adapt|adjust|juggle|accommodate|fit (?:in|around|myself))\b",
    r"\b(?:diary|calendar|schedule|week|weekends?|mornings?|afternoons?|evenings?|days?) (?:is|are) (?:\w+ ){0,2}?(?:open|free|empty|clear|yours|flexible)\b|\b(?:morning|afternoon|evening|weekday|lunchtime|night|day)s? or (?:\w+ )?(?:mornings?|afternoons?|evenings?|weekends?|lunchtimes?|nights?)\b",
)
_DATE = phrase(
    rf"\b{_DAY}|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{{1,2}}\b|\b\d{{1,2}}[./]\d{{1,2}}\b|\bthe \d{{1,2}}(?:st|nd|rd|th)\b|\b(?:today|tomorrow)\b"
)
# Said in any wording: a time of theirs that they may choose, or when the writer is free.
_THEIRS = phrase(r"\b(?:you|your|yours|you're|you'd)\b")
_TIME = phrase(
    r"\b(?:times?|hours?|days?|weeks?|mornings?|afternoons?|evenings?|lunch|shifts?|rounds|breaks?|deadlines?|schedule|calendar|diary|rota|timetable|routine|slots?|moment)\b"
)
_CHOICE = phrase(
    r"\b(?:choos\w+|choice|pick|name|say|suits?|suited|fits?|around|best|better|eas(?:y|ier|iest)|least|prefer\w*|convenien\w+|yours|whenever|whatever|whichever|any|flexib\w+|adapt|bend|work (?:with|to)|works? for|good for|quiet\w*)\b"
)
_NO_CHOICE = phrase(r"\b(?:busy|hectic|packed|full|demanding|taking|thank\w*|minutes of your)\b")
_FREE = phrase(
    r"\bi(?:'m| am|'ll be| will be) (?:free|done|off|finished|available|out|around|up|home|back|in town|reachable)\b[^.?!]{0,40}\b(?:at|after|before|from|until|till|by|on|every|most|any|all|between|this|next)\b"
)
_ENOUGH_WINDOWS = 2
_CLOCK = phrase(
    r"\b\d{1,2}(?::\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|uhr|h)\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[-–] ?\d{1,2} ?(?:am|pm)\b"
)
_ZONE = cased(
    r"\b(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|IST|JST|AES?T|SGT|HKT|EAT|WAT|SAST|NZ[SD]?T|AK[SD]T|HST|WES?T|EES?T)\b|\b(?:your|their|my|[A-Z]\w+) (?:local )?time\b|\btime ?zone\b|\b(?:Eastern|Central|Pacific|Mountain|local)\b"
)
_PLEASANTRY = phrase(
    r"^\W*(?:i )?(?:hope|trust|good (?:morning|afternoon|evening|day)|hello|hi|happy|i hope|warm greetings|greetings|thank you (?:for|so)|thanks for|my name is(?: \S+){1,5}\W*$|this is(?: \S+){1,4}\W*$|sorry|i know you|apologies|forgive|please (?:excuse|forgive)|pardon|we have(?:n't| not) (?:yet )?met|you don't know me|you do not know me|congratulations)\b"
)
_NAMING = phrase(
    r"^\W*(?:this is|my name is|it's|i'm calling)\b",
    r"^\W*\S+(?: \S+){0,2}$",
)
_PERMISSION = phrase(
    r"\b(?:good time|couple of minutes|a minute|a moment|better time|convenient time|have I caught|caught you)\b"
)


def purpose(case: Case) -> Iterator[Found]:
    """M04: what you want to learn."""
    if case.mode is Mode.INFORMATIONAL and case.is_first and not case.says(_PURPOSE):
        severity = Severity.WARNING if case.medium is Medium.LINKEDIN_NOTE else Severity.ERROR
        yield Found(code="M04", severity=severity, text="M04.missing")


def connection(case: Case) -> Iterator[Found]:
    """M05: how you come to write, and early."""
    if not case.is_first or case.mode not in TALK_MODES:
        return
    limit = case.numbers.connection_within_sentences
    first = next(
        (at for at, each in enumerate(counted(case)) if _connects(case, each, early=at < limit)), None
    )
    named_before = bool(_CONNECTION.search(case.letter.message.subject or ""))
    if first is None:
        if not named_before:
            severity = Severity.ERROR if case.mode is Mode.INFORMATIONAL else Severity.WARNING
            yield Found(code="M05", severity=severity, text=f"M05.missing_{case.mode.value}")
    elif (
        first >= case.numbers.connection_within_sentences
        and not named_before
        and case.mode is not Mode.RECONNECT
    ):
        sentence = counted(case)[first]
        yield Found(
            code="M05", severity=Severity.WARNING, text="M05.late", start=sentence.start, end=sentence.end,
            params={"sentence": first + 1, "limit": case.numbers.connection_within_sentences},
        )  # fmt: skip


def _connects(case: Case, sentence: Sentence, *, early: bool) -> bool:
    if _CONNECTION.search(sentence.text) or knows_their_work(sentence.text, broadly=early):
        return True
    if _BOTH.search(sentence.text) and not _WISH.search(sentence.text):
        return True  # a plain fact that joins writer and reader
    if case.mode is Mode.RECONNECT and _SHARED_PAST.search(sentence.text):
        return True
    known = [name for name in (case.context.referrer,) if name]
    return any(name.split()[0].casefold() in sentence.text.casefold() for name in known)


def counted(case: Case) -> list[Sentence]:
    """Sentences that count for "early": pleasantries and "is this a good time?" do not."""
    phone = case.medium is Medium.PHONE_SCRIPT
    return [
        sentence
        for sentence in case.sentences
        if not (phone and _PERMISSION.search(sentence.text))
        and (
            _CONNECTION.search(sentence.text)
            or not (_PLEASANTRY.search(sentence.text) or (phone and _NAMING.search(sentence.text)))
        )
    ]


def who(case: Case) -> Iterator[Found]:
    """M07: who you are, briefly."""
    if not case.is_first or case.mode not in OPENING_MODES:
        return
    if not says_who(case):
        severity = Severity.WARNING if case.medium in {Medium.LINKEDIN_NOTE, Medium.DM} else Severity.ERROR
        yield Found(code="M07", severity=severity, text="M07.missing")
        return
    about_me = [
        each for each in case.sentences if _BIOGRAPHY.search(each.text) and not _YOU.search(each.text)
    ]
    if len(about_me) > case.numbers.who_sentences:
        extra = about_me[case.numbers.who_sentences]
        yield Found(
            code="M07", severity=Severity.WARNING, text="M07.long", start=extra.start, end=extra.end,
            params={"count": len(about_me), "limit": case.numbers.who_sentences},
        )  # fmt: skip


def says_who(case: Case) -> bool:
    """The letter or its signature says who writes."""
    return case.says(_WHO) or case.says(_DOES) or bool(_WHO_SIGNATURE.search(case.letter.signature))


def _leaves_the_time(case: Case) -> bool:
    """Some sentence lets them choose a time of theirs, in whatever words."""
    return any(
        _THEIRS.search(each.text)
        and _TIME.search(each.text)
        and _CHOICE.search(each.text)
        and not _NO_CHOICE.search(each.text)
        for each in case.sentences
    )


def flexibility(case: Case) -> Iterator[Found]:
    """M09: windows, or "around your schedule"; whose clock, where zones differ."""
    if not case.is_first or case.mode not in OPENING_MODES or case.medium is Medium.LINKEDIN_NOTE:
        return
    windows = sum(len(_DATE.findall(each.text)) for each in case.sentences)
    if windows < _ENOUGH_WINDOWS and not (
        case.says(_FLEXIBLE) or case.says(_THEIRS_TO_SAY) or case.says(_FREE) or _leaves_the_time(case)
    ):
        if case.mode is Mode.INFORMATIONAL or case.says(TALK):
            severity = Severity.HINT if case.medium is Medium.DM else Severity.WARNING
            yield Found(code="M09", severity=severity, text="M09.missing")
        return
    if case.context.zones_differ:
        clock = next(((each, found) for each in case.sentences if (found := _CLOCK.search(each.text))), None)
        if clock and not any(_ZONE.search(each.text) for each in case.sentences):
            sentence, match = clock
            start = sentence.start + match.start()
            yield Found(
                code="M09", severity=Severity.WARNING, text="M09.zone", start=start, end=start + len(match[0])
            )
