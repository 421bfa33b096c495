"""Questions that ask for something to take along: advice, and what to read, join and try.

Theory of operation.  Rows as in ``work``.  Advice comes after the person has spoken of themselves; some of
it only a mentor can give, some only when there is a plan to speak of.
"""
# Sentences read better whole.
# ruff: noqa: E501

from __future__ import annotations

from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.questions.model import (
    CHOSEN,
    DALTON,
    LOOKING,
    MENTORS,
    NEAR,
    NOT_NEW,
    Avoid,
    Category,
    Question,
    Seeks,
    Sheet,
    _,
)

_advice = Sheet(category=Category.ADVICE, sources=("S1", DALTON)).ask
_resources = Sheet(category=Category.RESOURCES, sources=("S2", DALTON)).ask

ADVICE: tuple[Question, ...] = (
    _advice("my_place", _("In my place, what would you do in the next three months?"), Seeks.COUNSEL, _("What would you leave for later?"), unless=(Avoid.NO_PLAN,), worth=4),
    _advice("start_again", _("If you started over today, what would you do differently?"), Seeks.COUNSEL, _("And what just the same?"), worth=3),
    _advice("at_my_stage", _("Which advice helped you most when you were where I am?"), Seeks.COUNSEL, _("Who gave it to you?")),
    _advice("find_out_first", _("What would you find out first, before deciding for or against this work?"), Seeks.COUNSEL, _("From whom?"), at=LOOKING),
    _advice("from_elsewhere", _("What should somebody be sure of who changes into this field from another?"), Seeks.COUNSEL, _("How would you make sure of it?")),
    _advice("patience", _("Where does patience pay in this field, and where should one push?"), Seeks.COUNSEL, _("How did you learn to tell them apart?")),
    _advice("long_run", _("What should I look after now to like this work in ten years?"), Seeks.COUNSEL, _("What did you look after too late?"), to=NOT_NEW),
    _advice("stretch", _("Which next step would stretch me without breaking me?"), Seeks.COUNSEL, _("What makes you think of that one?"), to=MENTORS, unless=(Avoid.NO_PLAN,), worth=3),
    _advice("weak_spot", _("Hearing my plan in two sentences, where do you see its weak spot?"), Seeks.VERDICT, _("How would you strengthen it?"), unless=(Avoid.NO_PLAN,)),
    _advice("my_story", _("How does my story sound to someone from your field?"), Seeks.VERDICT, _("Which part would you tell first?"), to=NOT_NEW, at=CHOSEN | NEAR),
    _advice("blind_spot", _("What do you see in me that I do not see yet?"), Seeks.VERDICT, _("Where did you notice it?"), to=MENTORS, worth=3),
    _advice("mistakes", _("Which mistakes do you see people make who want to get into this work?"), Seeks.MISTAKE, _("How does one recover from them?"), worth=3),
    _advice("leave_out", _("On what do people spend time that you would leave out?"), Seeks.MISTAKE, _("What would you do with the time?")),
    _advice("way_in_now", _("What would you tell someone who looks for a way into this field right now?"), Seeks.SEARCH, _("What has become harder, and what easier?"), at=LOOKING | CHOSEN, worth=3, sources=("S1",)),
    _advice("say_what_i_want", _("How should I say what I look for, so that people know how to help?"), Seeks.SEARCH, _("Which words would make you think of somebody?"), sources=("S4", DEFAULT_OURS)),
    _advice("before_interviews", _("How would you prepare for talking with the people who choose in this field?"), Seeks.SEARCH, _("What do they ask that nobody expects?"), at=CHOSEN, worth=3),
    _advice("before_yes", _("What would you want to know of a place before saying yes to it?"), Seeks.COUNSEL, _("Whom would you ask?"), at=NEAR, worth=3),
    _advice("teaches_or_pays", _("How would you weigh a place that teaches much against one that pays more?"), Seeks.COUNSEL, _("How did you decide such things yourself?"), at=NEAR),
    _advice("first_weeks", _("What would you do in the first weeks in a new place, to start well?"), Seeks.BEGINNING, _("What would you keep from doing?"), at=NEAR),
    _advice("small_trial", _("How could I try this work on a small scale before I commit myself?"), Seeks.TRIAL, _("What would such a trial not show me?"), at=LOOKING, sources=("S2",)),
)  # fmt: skip

RESOURCES: tuple[Question, ...] = (
    _resources("read", _("What do you read to stay up to date?"), Seeks.READING, _("Which part do you skip?"), worth=3),
    _resources("press_on_me", _("Which one book, talk or article would you press into my hands?"), Seeks.READING, _("What did it change for you?"), worth=4),
    _resources("listen_to", _("To whom in this field do you listen when they speak or write?"), Seeks.READING, _("Where would I begin with them?")),
    _resources("as_it_is", _("Where is the field shown as it is, and not as brochures have it?"), Seeks.READING, _("Who writes there?"), at=LOOKING, worth=1),
    _resources("region", _("Where would I learn what this field looks like around here?"), Seeks.READING, _("Who keeps an eye on that?")),
    _resources("meet", _("Where do the people of this field meet, in person or online?"), Seeks.GATHERING, _("How welcome are beginners?"), worth=3),
    _resources("saturday", _("Which gathering of the field would be worth a Saturday?"), Seeks.GATHERING, _("What does one do there?"), sources=("S3", "S4")),
    _resources("association", _("Which association is worth joining before one has a job in the field?"), Seeks.GATHERING, _("What has it done for you?"), sources=("S3", "S4")),
    _resources("brings_together", _("Who around here brings the people of the field together?"), Seeks.GATHERING, _("How does one come to be asked along?")),
    _resources("own_project", _("Which small project could I do on my own to get a taste?"), Seeks.TRIAL, _("How would I know that it is any good?"), worth=3),
    _resources("lend_hand", _("Where could I lend a hand for some hours and see the work up close?"), Seeks.TRIAL, _("What should I be able to do for that?")),
    _resources("watch", _("How does one go about watching this work for a day?"), Seeks.TRIAL, _("Whom does one ask?"), at=LOOKING, sources=("S2",)),
    _resources("free_month", _("Which course would you take if you had a month free?"), Seeks.LEARNING, _("What would you do with it afterwards?")),
    _resources("as_student", _("What can one use as a student that is hard to come by later?"), Seeks.LEARNING, _("What did you miss out on?"), at=LOOKING, worth=1),
)  # fmt: skip
