"""Questions around the end of a talk, before it and after it: closing, giving back, theirs, one's own.

Theory of operation.  What ``sentences`` says already at the end of an agenda and in a reflection is
taken from there, so that the same question reads the same everywhere.  ``THEIRS`` are for rehearsing: they
are asked of the seeker, and what follows is likely to come next.
"""
# Sentences read better whole.
# ruff: noqa: E501

from __future__ import annotations

from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.questions.model import (
    BOLLES,
    DREXEL,
    LOOKING,
    NOT_NEW,
    Avoid,
    Category,
    Phase,
    Question,
    Seeks,
    Sheet,
    _,
)
from askwell.rules.sentences import CLOSING, REFLECTION

_give_back = Sheet(category=Category.GIVE_BACK, phase=Phase.CLOSE, sources=("S0", "S3")).ask
_close = Sheet(category=Category.CLOSERS, phase=Phase.CLOSE, sources=("S2", "S1")).ask
_theirs = Sheet(category=Category.THEIRS, phase=Phase.BEFORE, sources=("S1",)).ask
_reflect = Sheet(category=Category.REFLECTION, phase=Phase.AFTER, sources=("S2",)).ask

GIVE_BACK: tuple[Question, ...] = (
    _give_back("useful_to_you", CLOSING["useful_to_you"], Seeks.WISH, _("By when would it help you?"), worth=3),
    _give_back("look_into", _("What could I look into for you, with the time of someone who is still learning?"), Seeks.WISH, _("In which form would you like it?")),
    _give_back("seen_elsewhere", _("What of my own work or studies would you like to hear more about?"), Seeks.WISH, _("Shall I write it down for you?"), sources=("S0",)),
    _give_back("want_to_meet", _("Whom would you like to meet, among people I might know?"), Seeks.WISH, _("What should I say about you?"), to=NOT_NEW),
    _give_back("asking_around", _("What are you asking around about yourself just now?"), Seeks.WISH, _("Where have you looked so far?"), to=NOT_NEW),
    _give_back("pass_on", _("How could I spare you the next person with the same questions?"), Seeks.WISH, _("May they write to me?"), sources=(DEFAULT_OURS,)),
    _give_back("tell_you", _("What would you like to hear from me, once I have tried what you advise?"), Seeks.TOUCH, _("How soon?"), sources=(DEFAULT_OURS,)),
    _give_back("should_hear", _("Who among your people should hear how helpful you were?"), Seeks.WISH, _("Would a few lines be welcome?"), to=NOT_NEW, unless=(Avoid.ALONE,), worth=1),
)  # fmt: skip

CLOSERS: tuple[Question, ...] = (
    _close("who_else", CLOSING["who_else"], Seeks.NAMES, _("What would you ask them?"), unless=(Avoid.COOL,), worth=3, sources=("S2", "S4")),
    _close("other_view", _("Who sees all this quite differently from you?"), Seeks.NAMES, _("Where do you two differ?"), unless=(Avoid.COOL,), sources=("S2", BOLLES)),
    _close("elsewhere", _("Who does this work in a very different place, and might talk with me?"), Seeks.NAMES, _("What is different there?"), unless=(Avoid.COOL,)),
    _close("just_begun", _("Who began only a year or two ago and still remembers how it was?"), Seeks.NAMES, _("How did they come in?"), unless=(Avoid.COOL,), at=LOOKING),
    _close("more_about", _("Who among your colleagues could tell me more about the part we only touched on?"), Seeks.NAMES, _("How would you describe to them what I am after?"), unless=(Avoid.COOL, Avoid.ALONE), sources=("S0",)),
    _close("use_name", CLOSING["use_name"], Seeks.LEAVE, _("How would you like me to put it?"), unless=(Avoid.COOL,), worth=3, sources=("S2",)),
    _close("who_writes", _("Would you rather ask them first, or shall I write and name you?"), Seeks.LEAVE, _("What shall I send you for it?"), unless=(Avoid.COOL,)),
    _close("how_named", _("In which words may I mention you when I write to them?"), Seeks.LEAVE, _("Is there anything I should leave out?"), unless=(Avoid.COOL,)),
    _close("stay_in_touch", CLOSING["stay_in_touch"], Seeks.TOUCH, _("What would you most like to hear?"), worth=3, sources=("S1",)),
    _close("good_moment", _("When would be a good moment to tell you what came of it?"), Seeks.TOUCH, _("Does a short note suit you best?")),
    _close("one_more", _("How do you like to be reached, should one more question come up?"), Seeks.TOUCH, _("How soon is too soon?")),
    _close("what_missed", CLOSING["what_missed"], Seeks.GAP, _("What would you have answered?"), worth=3, sources=(DREXEL,)),
    _close("underline", _("What of all you said would you underline?"), Seeks.GAP, _("Why that?"), sources=(DEFAULT_OURS,)),
    _close("next_step", _("What would be a good next step for me after this talk?"), Seeks.COUNSEL, _("And the one after that?"), sources=("S0",)),
)  # fmt: skip

THEIRS: tuple[Question, ...] = (
    _theirs("about_you", _("Tell me a little about yourself."), Seeks.SELF, _("And what did you do before that?")),
    _theirs("why_work", _("Why does this kind of work interest you?"), Seeks.SELF, _("What do you know of its dull side?")),
    _theirs("why_here", _("Why do you ask about this organization in particular?"), Seeks.SELF, _("Where else do you ask?")),
    _theirs("why_me", _("What made you write to me of all people?"), Seeks.SELF, _("What have you seen of my work?")),
    _theirs("hoped_for", _("What would make this talk worth your while?"), Seeks.SELF, _("What would you do with it tomorrow?"), sources=("S0",)),
    _theirs("so_far", _("What have you found out so far?"), Seeks.SELF, _("Who told you that?"), sources=("S0", "S1")),
    _theirs("good_at", _("What do people come to you for?"), Seeks.SELF, _("What is an example of that?"), sources=(DEFAULT_OURS,)),
    _theirs("in_some_years", _("What would you like to be doing in some years?"), Seeks.SELF, _("How sure are you?"), sources=("S4",)),
    _theirs("other_roads", _("What else are you considering?"), Seeks.SELF, _("What speaks for it?"), sources=("S4",)),
    _theirs("looking", _("Are you looking for a position just now?"), Seeks.SELF, _("What kind, and from when?"), sources=("S1", "S4")),
    _theirs("help_you", _("So, how can I help you?"), Seeks.SELF, _("What would help you most?"), sources=(DEFAULT_OURS,)),
)  # fmt: skip

_NEXT: dict[str, str] = {
    "learnt": _("What of it did I not know this morning?"),
    "liked": _("Which of the two weighs more with me?"),
    "concerns": _("Who could tell me more about them?"),
    "advice": _("Which part of it will I try first?"),
    "other_work": _("Whom could I ask about that?"),
    "happy_there": _("What would have to be true for a yes?"),
}
UNASKED: tuple[Question, ...] = tuple(
    _reflect(key, text, Seeks.SELF, _NEXT[key]) for key, text in REFLECTION.items()
)
