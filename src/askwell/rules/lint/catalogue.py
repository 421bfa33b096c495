"""The rules of the lint: what each says, how loud in which mode, where it comes from.

Theory of operation.  Data only.  Numbers live in ``LintParameters``; here each is named with its
origin.  The examples are tested: the bad one gets the code, the good one does not.  S0 to S4 are
the five founding documents of the method; grades A to D say how good the evidence is.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from askwell.rules.facts import Leave, Mode
from askwell.rules.lint.model import Context, Severity
from askwell.rules.modes import FIRST_MODES, OPENING_MODES

if TYPE_CHECKING:
    from collections.abc import Mapping

_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT
OURS = "default, ours"
_ROGERS = "Rogers & Lasky-Fink, 7,002 e-mails, 127 and 49 words (A)"
_BOOMERANG = "Boomerang 2016, company data (C)"
_INMAIL = "LinkedIn InMail data 2022 (C)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number of ``LintParameters`` and where it comes from."""

    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A message, with what the product would know of it."""

    text: str
    mode: Mode = Mode.INFORMATIONAL
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the lint.  ``severities`` is the loudest it gets in each mode where it speaks."""

    code: str
    title: str
    statement: str
    severities: Mapping[Mode, Severity]
    bad: Example
    good: Example
    sources: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = field(default=())


_INFO = Mode.INFORMATIONAL
_FIRST = tuple(mode for mode in Mode if mode in FIRST_MODES)  # in the order of the reference
_OPENING = tuple(mode for mode in Mode if mode in OPENING_MODES)


def _in(severity: Severity, *modes: Mode) -> dict[Mode, Severity]:
    return dict.fromkeys(modes or tuple(Mode), severity)


def _letter(  # noqa: PLR0913 - each part can be spoiled
    *,
    subject: str = "A question by way of Tamsin Okoye",
    greeting: str = "Dear Ms. van der Berg,",
    connection: str = "Tamsin Okoye suggested that I write to you.",
    who: str = "I am in my final year of nursing at Harbor College.",
    hook: str = "Your article on blank fields in ward records changed how I fill them in.",
    purpose: str = "I would like to learn what a data steward's week is like.",
    ask: str = "Would you have twenty minutes for a call in the next two weeks?",
    flexible: str = "I will gladly fit around your schedule.",
    end: str = "",
) -> str:
    """A first letter made of parts, so that an example can spoil one."""
    first = " ".join(part for part in (connection, who, hook) if part)
    second = " ".join(part for part in (purpose, ask, flexible, end) if part)
    start = f"{greeting}\n\n" if greeting else ""
    return f"Subject: {subject}\n\n{start}{first}\n\n{second}\n\nKind regards,\nMaren Solheim\n"


_GOOD = Example(text=_letter())
_THANKS = (
    "Subject: Thank you for Tuesday\n\nDear Ms. van der Berg,\n\nThank you for your time on Tuesday. Your point that a blank "
    "field is an answer too will stay with me, and I will go through our ward's forms with it this week.\n\n{end}Maren\n"
)
_GOOD_THANKS = Example(mode=Mode.THANKS, text=_THANKS.format(end=""))
_FOLLOW_UP = "Subject: {subject}\n\nDear Ms. van der Berg,\n\n{text}\n\nMaren\n"
_GOOD_FOLLOW_UP = Example(
    mode=Mode.FOLLOW_UP,
    text=_FOLLOW_UP.format(
        subject="Re: A question by way of Tamsin Okoye",
        text="I wrote on 3 May about data stewardship. Since then I have read your paper on night shifts. Would "
        "20 minutes be possible, any day that suits you?",
    ),
)
_INTRO = (
    "Subject: Linh Pham\n\nHi Bao,\n\nWould you be willing to introduce me to Linh Pham? {opt_in}\n\nHere is a note you can "
    "forward:\n\n{blurb}\n\nThank you,\nMaren\n"
)
_BLURB = (
    "Maren Solheim is finishing a nursing degree and is learning about clinical data. She would be glad of 20 minutes by "
    "phone to hear how you test forms with patients."
)
_GOOD_INTRO = Example(
    mode=Mode.INTRO_REQUEST, text=_INTRO.format(opt_in="Please ask her first; a no is fine.", blurb=_BLURB)
)
_EVENT = "Subject: {subject}\n\nDear Ms. Varga,\n\n{text}\n\nBest wishes,\nMaren\n"
_GOOD_EVENT = Example(
    mode=Mode.EVENT_FOLLOW_UP,
    text=_EVENT.format(
        subject="We met at the Leeds care fair",
        text="We met at the Leeds care fair yesterday; I am the nursing student with the green folder. What you said about "
        "handing over at night stayed with me. I am working towards a first post in clinical data.",
    ),
)
_GOOD_LEAD = Example(
    mode=Mode.LEAD,
    text="Subject: The data nurse post\n\nDear Mr. Petrov,\n\nAna Ruiz told me about the data nurse post at Harbor Clinic. I am "
    "a ward nurse with five years in cardiology, and I am looking for my next place.\n\nBefore I apply, might I ask you for "
    "20 minutes about the work, any day that suits you?\n\nMaren Solheim\n",
)

_ALL: tuple[Rule, ...] = (
    Rule(
        code="M00", title="Another language",
        statement="A letter in another language gets only the checks that need no English, and this hint says so.",
        severities=_in(_H), sources=(OURS,), good=_GOOD,
        bad=Example(text="Subject: Eine Frage\n\nLiebe Frau Sobotta,\n\nIhre Adresse habe ich aus dem Verzeichnis. Hätten Sie zwanzig Minuten Zeit für ein Gespräch? Ich richte mich gern nach Ihnen.\n\nMaren"),
    ),
    Rule(
        code="M01", title="No job ask", statement="A first message does not ask for a job, an opening, an interview or a referral.",
        severities={**_in(_E), Mode.LEAD: _W, Mode.CHECK_IN: _W},
        sources=("S0", "S1", "S2", "S4", "S3 allows asking managers about a coming need, hence mode lead"),
        bad=Example(text=_letter(end="Also, are there any openings on your team?")),
        good=Example(text=_letter(end="I am not asking for a job, only for your view.")),
    ),
    Rule(
        code="M02", title="Length", statement="A first message has 50 to 125 words; a LinkedIn note at most 200 characters.",
        severities=_in(_E, *_FIRST), sources=(_ROGERS, _BOOMERANG, _INMAIL, "career-centre handouts (D)"),
        parameters=(
            Parameter(name="first_words_low", source=OURS), Parameter(name="first_words_warn", source=_BOOMERANG),
            Parameter(name="first_words_error", source="career-centre handouts (D)"), Parameter(name="note_chars", source="LinkedIn's own limit"),
            Parameter(name="note_chars_error", source="LinkedIn's own limit, premium"), Parameter(name="dm_chars", source=_INMAIL),
        ),
        bad=Example(text="Subject: Nursing data\n\nHi Jo,\n\nTwenty minutes to talk?\n\nMaren"), good=_GOOD,
    ),
    Rule(
        code="M03", title="Minutes", statement="A first message says how many minutes it asks for, at most thirty.",
        severities={_INFO: _E, Mode.LEAD: _E, Mode.RECONNECT: _E, Mode.EVENT_FOLLOW_UP: _E, Mode.INTRO_REQUEST: _E, Mode.FOLLOW_UP: _E, Mode.THANKS: _E, Mode.CHECK_IN: _E},
        sources=("S0 15-30", "S1 20", "S2 20-30", "S4 20-30"),
        parameters=(Parameter(name="minutes", source="the one number inside every range of S0, S1, S2, S4"), Parameter(name="minutes_high", source="S0, S2, S4")),
        bad=Example(text=_letter(ask="Could we meet for an hour in the next two weeks?")), good=_GOOD,
    ),
    Rule(
        code="M04", title="Purpose", statement="One sentence says what you would like to learn.", severities=_in(_E, _INFO),
        sources=("S0", "S2", "S4"), good=_GOOD,
        bad=Example(text=_letter(hook="Your article on blank fields was a delight.", purpose="It would be lovely to connect.")),
    ),
    Rule(
        code="M05", title="Connection", statement="How you come to write stands in the first two sentences.",
        severities={_INFO: _E, Mode.LEAD: _W, Mode.RECONNECT: _W}, sources=("S0", "S2", "career-centre handouts (D)"),
        parameters=(Parameter(name="connection_within_sentences", source=OURS),), good=_GOOD,
        bad=Example(text=_letter(subject="Learning about ward data", connection="", hook="Brink Hospital opened its new wing in 2022, I am told.")),
    ),
    Rule(
        code="M06", title="Research hook", statement="One thing is particular to this person; no two people get the same text.",
        severities={_INFO: _W, **_in(_E, *_FIRST)}, sources=("S0", "S1", "messages known to be machine-written lower trust, Molnar & Zhu 2026 (B)"),
        parameters=(Parameter(name="similarity", source=OURS),), good=_GOOD,
        bad=Example(text=_letter(hook="I was impressed by your background and experience.")),
    ),
    Rule(
        code="M07", title="Who you are", statement="One or two sentences say who you are.", severities=_in(_E, *_OPENING),
        sources=("S1", "S2"), parameters=(Parameter(name="who_sentences", source=OURS),), good=_GOOD,
        bad=Example(text=_letter(who="").replace("Your article on blank fields in ward records changed how I fill them in.", "Your article on blank fields is a delight.")),
    ),
    Rule(
        code="M08", title="One request", statement="A first message asks one thing, as a question, with one to three question marks.",
        severities=_in(_W, *_FIRST, Mode.FOLLOW_UP), sources=(_ROGERS, _BOOMERANG),
        parameters=(Parameter(name="questions_high", source=_BOOMERANG),), good=_GOOD,
        bad=Example(text=_letter(end="How did you start? Do you like it? Is it busy?")),
    ),
    Rule(
        code="M09", title="Flexibility", statement="Offer two or three times, or fit around their schedule; on their clock.",
        severities=_in(_W, *_OPENING), sources=("Milkman, Akinola & Chugh 2012: nearer dates, fairer answers (A)", "career-centre handouts (D)"),
        good=_GOOD, bad=Example(text=_letter(ask="Can we have a 20-minute call on Tuesday at 3 pm?", flexible="")),
    ),
    Rule(
        code="M10", title="Leave to use a name", statement="A referrer is named only with leave.", severities=_in(_E), sources=("S2", "double opt-in (D)"),
        bad=Example(text=_letter(), context=Context(referrer="Tamsin Okoye", leave=Leave.ASKED)),
        good=Example(text=_letter(), context=Context(referrer="Tamsin Okoye", leave=Leave.GIVEN)),
    ),
    Rule(
        code="M11", title="No attachment", statement="Nothing is attached to a first message; a resume only when asked for.",
        severities=_in(_E, *_FIRST), sources=("career-centre handouts (D)", "S4: at once when asked"), good=_GOOD,
        bad=Example(text=_letter(end="Please find my resume attached.")),
    ),
    Rule(
        code="M12", title="Subject", statement="The subject names the connection or the purpose, in 60 characters.",
        severities=_in(_E), sources=(_BOOMERANG, "career-centre handouts (D)"), parameters=(Parameter(name="subject_chars", source=OURS),),
        good=_GOOD, bad=Example(text=_letter(subject="Quick question")),
    ),
    Rule(
        code="M13", title="No pressure", statement="No guilt, no deadline, no nagging, and at most two superlatives.",
        severities=_in(_W), sources=("S1", _BOOMERANG), parameters=(Parameter(name="superlatives", source=OURS),), good=_GOOD,
        bad=Example(text=_letter(end="Please reply by Friday.")),
    ),
    Rule(
        code="M14", title="Breadth", statement="Ask about the field, not only about their organization.", severities=_in(_H, _INFO),
        sources=("Dalton, The 2-Hour Job Search (D)",), good=_GOOD,
        bad=Example(text=_letter(who="I am a nurse.", hook="I saw that Brightwater kept the looms in its hall.", purpose="I want to hear about the culture at your company.")),
    ),
    Rule(
        code="M15", title="Reading ease", statement="Sentences have twenty words or fewer on average.", severities=_in(_H),
        sources=(_BOOMERANG,), parameters=(Parameter(name="sentence_words", source=OURS),), good=_GOOD,
        bad=Example(text=_letter(
            hook="Your article on blank fields in ward records changed how I and most of the other people on our ward fill them in, which is to say slowly, with care, and with some thought for whoever will read them long after we have left.",
            purpose="I would like to learn what a data steward's week is like, from the first meeting on a Monday to the last report on a Friday, and what somebody who comes from the bedside should learn before she tries it herself.",
            flexible="")),
    ),
    Rule(
        code="M16", title="Greeting, name and placeholders", statement="Greet the right person by name, sign with yours, and leave no placeholder in.",
        severities=_in(_E), sources=("career-centre handouts (D)",), good=_GOOD, bad=Example(text=_letter(greeting="Dear [Name],")),
    ),
    Rule(
        code="M17", title="Follow-up", statement="A follow-up is short, stays in its thread, adds one new reason and asks once more.",
        severities=_in(_W, Mode.FOLLOW_UP), sources=("Duke career hub (D)", "Woodpecker follow-up data (C)"),
        parameters=(Parameter(name="follow_up_words", source=OURS), Parameter(name="follow_up_call_words", source=OURS)), good=_GOOD_FOLLOW_UP,
        bad=Example(mode=Mode.FOLLOW_UP, text=_FOLLOW_UP.format(subject="Re: A question", text="I wanted to follow up on my last e-mail. Would you have 20 minutes?")),
    ),
    Rule(
        code="M18", title="One recipient", statement="Write to one person at a time.", severities=_in(_E), sources=("LinkedIn policy (D)", "career-centre handouts (D)"),
        good=_GOOD, bad=Example(text=_letter(greeting="Dear all,")),
    ),
    Rule(
        code="M19", title="Confidential search", statement="A confidential search reaches nobody at the employer, and asks for discretion.",
        severities=_in(_E), sources=("S4",), bad=Example(text=_letter(), context=Context(confidential=True)),
        good=Example(text=_letter(end="Please keep this between us."), context=Context(confidential=True)),
    ),
    Rule(
        code="M20", title="Next step", statement="Say what happens next and who moves.", severities=_in(_H, *_OPENING),
        sources=("Dalton, The 2-Hour Job Search (D)",), good=_GOOD,
        bad=Example(text=_letter(ask="A talk of twenty minutes in the next two weeks is what I ask.", flexible="")),
    ),
    Rule(
        code="M21", title="Discretion about others", statement="Nothing about a third person that you would not read aloud to them.",
        severities=_in(_W), sources=("right of access, GDPR art. 15", "Northwestern mentoring guidelines (D)"), good=_GOOD,
        bad=Example(text=_letter(end="As you know, her divorce has been hard on Tamsin.")),
    ),
    Rule(
        code="M22", title="No rush", statement="A message that leaves outside working hours says that there is no rush.", severities=_in(_H),
        sources=("Giurge & Bohns 2021, eight studies (A/B)",), bad=Example(text=_letter(), context=Context(outside_hours=True)),
        good=Example(text=_letter(end="No rush at all."), context=Context(outside_hours=True)),
    ),
    Rule(
        code="D02", title="Resume on request", statement="A resume is sent when they ask for it, and only then.",
        severities=_in(_E, Mode.THANKS, Mode.CHECK_IN, Mode.FOLLOW_UP), sources=("S4",), good=_GOOD_THANKS,
        bad=Example(mode=Mode.THANKS, text=_THANKS.format(end="I have attached my resume.\n\n")),
    ),
    Rule(
        code="F01", title="Thanks", statement="A thank-you names one thing you took, says what you will do with it, asks nothing new, and is short.",
        severities=_in(_E, Mode.THANKS), sources=("S0", "S1", "S2", "S4", "Kumar & Epley 2018 (A)"),
        parameters=(Parameter(name="thanks_words", source=OURS),), good=_GOOD_THANKS,
        bad=Example(mode=Mode.THANKS, text="Subject: Thank you\n\nDear Ms. van der Berg,\n\nThank you so much for your time. It was great.\n\nMaren\n"),
    ),
    Rule(
        code="F02", title="Their promises", statement="Mention what they promised once, gently, and wait.", severities=_in(_W, Mode.THANKS),
        sources=("Schofield (D)",), good=_GOOD_THANKS,
        bad=Example(mode=Mode.THANKS, text=_THANKS.format(end="Don't forget to send me the list; you promised.\n\n")),
    ),
    Rule(
        code="F03", title="Closing the loop", statement="Who gave advice hears what came of it.", severities=_in(_H, Mode.CHECK_IN),
        sources=("S1", "Yale and SCU handouts (D)"),
        bad=Example(mode=Mode.CHECK_IN, context=Context(advice="sit in on a ward round"), text="Subject: Some news\n\nHi Jo,\n\nI started the statistics course last week and thought of you. How is the new wing?\n\nMaren\n"),
        good=Example(mode=Mode.CHECK_IN, context=Context(advice="sit in on a ward round"), text="Subject: Some news\n\nHi Jo,\n\nI sat in on the ward round last week, as you advised, and I am signing up for the course.\n\nMaren\n"),
    ),
    Rule(
        code="I01", title="Asking for an introduction", statement="A note to forward of at most 100 words, and a free choice for both sides.",
        severities=_in(_W, Mode.INTRO_REQUEST), sources=("double opt-in introductions (D)", "S2: “Can I use your name?”"),
        parameters=(Parameter(name="blurb_words", source=OURS),), good=_GOOD_INTRO,
        bad=Example(mode=Mode.INTRO_REQUEST, text=_INTRO.format(opt_in="I need this today.", blurb=" ".join([_BLURB] * 4)).replace("Would you be willing to introduce", "Please introduce")),
    ),
    Rule(
        code="I02", title="Name the referrer first", statement="Whoever gave you the name stands in the first line.",
        severities=_in(_W, *_OPENING), sources=("S2", "referral studies: Burks et al. 2015 (B)"),
        bad=Example(text=_letter(), context=Context(referrer="Priya Raman", leave=Leave.GIVEN)),
        good=Example(text=_letter(), context=Context(referrer="Tamsin Okoye", leave=Leave.GIVEN)),
    ),
    Rule(
        code="I03", title="Referral for a job", statement="A referral for a job is asked after a talk that went well, never before.",
        severities=_in(_E, Mode.LEAD), sources=("S0", "S4"), good=_GOOD_LEAD,
        bad=Example(mode=Mode.LEAD, text=_GOOD_LEAD.text.replace("Before I apply,", "Could you vouch for me with the ward? And")),
    ),
    Rule(
        code="K03", title="Something for them", statement="A check-in brings news of their advice, something useful, or a question they would like.",
        severities=_in(_W, Mode.CHECK_IN), sources=("S1", "S3"),
        bad=Example(mode=Mode.CHECK_IN, text="Subject: Hello\n\nHi Jo,\n\nI hope you are doing well. Just wanted to check in. Let's catch up some time!\n\nMaren\n"),
        good=Example(mode=Mode.CHECK_IN, text="Subject: Your tip\n\nHi Jo,\n\nI tried your tip about the handover sheet, and the night team now asks for it.\n\nMaren\n"),
    ),
    Rule(
        code="V03", title="After an event", statement="Say again who you are, where you met, and one thing that was said.",
        severities=_in(_W, Mode.EVENT_FOLLOW_UP), sources=("S4",), good=_GOOD_EVENT,
        bad=Example(mode=Mode.EVENT_FOLLOW_UP, text=_EVENT.format(subject="Hello from Maren", text="I am a nursing student and I work towards a post in clinical data. I wish you a good week.")),
    ),
)  # fmt: skip

RULES: Mapping[str, Rule] = {rule.code: rule for rule in _ALL}
