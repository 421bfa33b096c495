"""Questions about a person and their work: the path there, what it is like, who fits.

Theory of operation.  One row a question: its name, what is asked, what it asks for, what to ask next.
The wording is our own; the sources say who advises to ask about such things.
"""
# Sentences read better whole.
# ruff: noqa: E501

from __future__ import annotations

from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.questions.model import (
    BOLLES,
    CHOSEN,
    DREXEL,
    FOR_ADVICE,
    LOOKING,
    MENTORS,
    NEW,
    NOT_NEW,
    Avoid,
    Category,
    Phase,
    Question,
    Seeks,
    Sheet,
    _,
)

_path = Sheet(category=Category.PATH, sources=("S1", BOLLES)).ask
_role = Sheet(category=Category.ROLE, sources=("S2", BOLLES, DREXEL)).ask
_fit = Sheet(category=Category.FIT, sources=("S2", DREXEL)).ask

PATH: tuple[Question, ...] = (
    _path("pull", _("What first pulled you towards this work?"), Seeks.STORY, _("What almost kept you from it?"), _("When did you know that you would stay?"), phase=Phase.OPEN, to=NEW, worth=3),
    _path("first_door", _("Who or what opened the first door for you?"), Seeks.STORY, _("What had you done by then that made them trust you?"), phase=Phase.OPEN),
    _path("expected", _("What did you think this work would be like, and how did it turn out?"), Seeks.STORY, _("Which part of the difference did you like?"), phase=Phase.OPEN),
    _path("steps", _("Which steps lie between your first job and what you do now?"), Seeks.STORY, _("Which of them taught you most?"), phase=Phase.OPEN, to=NEW, unless=(Avoid.ON_PROFILE,)),
    _path("first_year", _("What was your first year in this work like?"), Seeks.BEGINNING, _("Who helped you through it?"), phase=Phase.OPEN),
    _path("role_today", _("How did your role come to be what it is today?"), Seeks.STORY, _("What did you shape yourself, and what was there before?"), phase=Phase.OPEN, unless=(Avoid.NEW_THERE,)),
    _path("since_then", _("What has changed in your work since we last talked?"), Seeks.NEWS, _("How do you feel about it?"), _("What did it mean for your days?"), phase=Phase.OPEN, to=NOT_NEW, modes=FOR_ADVICE, worth=3, sources=(DEFAULT_OURS,)),
    _path("lately", _("What has had most of your attention lately?"), Seeks.NEWS, _("How did it come to that?"), phase=Phase.OPEN, to=NOT_NEW, sources=(DEFAULT_OURS,)),
    _path("looking_back", _("What do you understand about your own path now that you could not see while walking it?"), Seeks.TURN, _("How would you use that in my place?"), phase=Phase.OPEN, to=MENTORS, worth=3, sources=(DEFAULT_OURS,)),
    _path("fork", _("Where on your way could you have turned another way, and what decided it?"), Seeks.TURN, _("Do you ever think of the other road?"), worth=3),
    _path("detour", _("Which detour turned out to be useful later?"), Seeks.TURN, _("How did you explain it to others at the time?")),
    _path("corner", _("How did you settle on this corner of the field rather than another?"), Seeks.TURN, _("Which other corner would have suited you?")),
    _path("studied", _("How much of what you studied do you still lean on?"), Seeks.LEARNING, _("What did you have to learn elsewhere?")),
    _path("right_place", _("What made the place where you are now the right next step?"), Seeks.TURN, _("What did you give up for it?"), unless=(Avoid.NO_ORGANIZATION,)),
    _path("stayed", _("What has kept you in this field?"), Seeks.LIKES, _("What would make you leave it?")),
    _path("nearly_left", _("When were you closest to giving this work up, and what held you?"), Seeks.STRAIN, _("What changed after that?"), to=NOT_NEW, unless=(Avoid.SHORT_TALK,)),
    _path("slower", _("What on your way took longer than you thought it would?"), Seeks.TURN, _("What would have made it quicker?")),
    _path("told_wrong", _("What were you told when you started that proved wrong?"), Seeks.SURPRISE, _("Who says so today?")),
    _path("where_next", _("Where would you like this work to take you next?"), Seeks.GROWTH, _("What stands between you and that?"), to=NOT_NEW, sources=("S1",)),
)  # fmt: skip

ROLE: tuple[Question, ...] = (
    _role("yesterday", _("What filled your working day yesterday?"), Seeks.DAY, _("How usual a day was it?"), _("Which part of it mattered?"), worth=4),
    _role("week", _("Which things take up most of your week, and which of them did you expect?"), Seeks.DAY, _("Which would you like more of?")),
    _role("shares", _("How much of the work is writing, how much talking, how much making something?"), Seeks.DAY, _("How did that shift over the years?")),
    _role("season", _("How does the work change through the year?"), Seeks.DAY, _("Which weeks do people dread?")),
    _role("best_hour", _("Which hour of the week do you look forward to?"), Seeks.LIKES, _("How often does it come?"), worth=3, sources=("S1", BOLLES)),
    _role("energy", _("What in this work gives you energy, and what drains it?"), Seeks.LIKES, _("How do you keep the balance?"), sources=("S1", BOLLES)),
    _role("for_whom", _("For whom does your work make a difference, and how do you notice it?"), Seeks.LIKES, _("When did you last notice?")),
    _role("went_well", _("When did you last think: this went really well?"), Seeks.LIKES, _("What had you done differently?")),
    _role("hand_over", _("Which part of the work would you hand over tomorrow if you could?"), Seeks.STRAIN, _("Why does it still stay with you?"), worth=3, sources=("S1", BOLLES)),
    _role("bad_day", _("What does a bad day look like?"), Seeks.STRAIN, _("How do you leave it behind in the evening?"), sources=("S1", DREXEL)),
    _role("routine", _("What has become routine, and how do you keep it interesting?"), Seeks.STRAIN, _("What would you do about it with a free hand?")),
    _role("unseen", _("What part of your work does nobody outside ever see?"), Seeks.SURPRISE, _("How much time does it take?"), worth=3),
    _role("title_says", _("How far is what you do from what your title says?"), Seeks.SURPRISE, _("What would an honest title be?")),
    _role("yours_to_decide", _("Which decisions are yours alone, and for which do you need others?"), Seeks.DECISIONS, _("Where would you like more of a say?")),
    _role("company", _("Whom do you spend most of your day with, and what do you need from each other?"), Seeks.PEOPLE, _("What makes it go well between you?"), unless=(Avoid.ALONE,)),
    _role("by_oneself", _("How much of the work do you do by yourself, and how does that suit you?"), Seeks.PEOPLE, _("Whom do you ask when you are stuck?")),
    _role("next_desk", _("Which neighbouring kinds of work do you deal with, and what are they like?"), Seeks.KINDS, _("Which of them would you try for a month?"), at=LOOKING),
    _role("good_enough", _("How do you tell good work from work that is merely finished?"), Seeks.MEASURE, _("Who taught you the difference?"), worth=3),
    _role("judged", _("By what is your work judged, and by whom?"), Seeks.MEASURE, _("What counts that nobody writes down?")),
    _role("choosing", _("Between which two things do you have to choose again and again?"), Seeks.CRAFT, _("How did you choose the last time?")),
    _role("goes_wrong", _("What happens when something goes wrong?"), Seeks.CRAFT, _("What did the last time teach you?")),
    _role("missed", _("What would come to a halt if nobody did your work?"), Seeks.CRAFT, _("How soon would people notice?")),
    _role("hardest", _("What took you longest to get good at?"), Seeks.CRAFT, _("What helped in the end?")),
    _role("tools", _("Which tools do you reach for every day, and which gather dust?"), Seeks.TOOLS, _("Which did you learn on the job?")),
    _role("new_hand", _("What does someone new do in the first few months?"), Seeks.BEGINNING, _("When does one begin to be of use?"), at=LOOKING | CHOSEN),
)  # fmt: skip

FIT: tuple[Question, ...] = (
    _fit("thrives", _("What kind of person is still happy in this work after five years?"), Seeks.MATCH, _("What do they do that others do not?"), worth=4),
    _fit("unhappy", _("Who tends to be unhappy in it, and why?"), Seeks.MATCH, _("How early does one notice?"), at=LOOKING),
    _fit("unusual", _("Which unusual backgrounds have you seen do well here?"), Seeks.MATCH, _("What did they bring that others lacked?")),
    _fit("your_strength", _("Which strength of yours turned out to matter most?"), Seeks.MATCH, _("Did you know of it when you began?")),
    _fit("not_for_me", _("By which signs would I notice that this work is not for me?"), Seeks.MATCH, _("How long should I give it before I trust them?"), at=LOOKING, sources=("S2",)),
    _fit("first_day", _("Which one skill should a beginner bring on the first day?"), Seeks.SKILLS, _("How would you learn it today?"), worth=3),
    _fit("on_the_job", _("What can be learnt on the job, and what has to be there before?"), Seeks.SKILLS, _("Where did you learn the second kind?")),
    _fit("vocabulary", _("Which words and ideas should I know before I talk with others in this field?"), Seeks.SKILLS, _("Where are they explained well?"), at=LOOKING),
    _fit("habit", _("Which habit, begun early, makes one good at this later?"), Seeks.SKILLS, _("How did you come by yours?")),
    _fit("convince", _("What would convince you that a newcomer can do this work?"), Seeks.PROOF, _("What has convinced you in the past?"), worth=3),
    _fit("look_first", _("What do you look at first in the work of someone starting out?"), Seeks.PROOF, _("What makes you look twice?")),
    _fit("weighs", _("When someone new is chosen, what weighs more than the advertisement says?"), Seeks.PROOF, _("How can one show it honestly?"), at=CHOSEN, worth=4),
    _fit("tested", _("How do people in your field find out whether someone can do the work?"), Seeks.PROOF, _("How would you practise for that?"), at=CHOSEN),
    _fit("training", _("Which training was worth its time for you, and which was not?"), Seeks.LEARNING, _("What would you take instead?")),
    _fit("papers", _("Which certificates really matter here, and which only look well on paper?"), Seeks.LEARNING, _("Who asks for them?")),
    _fit("way_in", _("Through which first jobs do people usually come in?"), Seeks.BEGINNING, _("Which of them leads somewhere?"), at=LOOKING | CHOSEN),
    _fit("crossing", _("How do people come in who have done other work before?"), Seeks.BEGINNING, _("What do they find hardest?")),
    _fit("carries_over", _("From what I have told you, which part of my past would carry over?"), Seeks.VERDICT, _("How should I put it to people here?"), unless=(Avoid.NO_PLAN,)),
    _fit("missing", _("What do you think is missing in my background for this work?"), Seeks.VERDICT, _("What would you mend first?"), to=NOT_NEW, unless=(Avoid.NO_PLAN,), worth=3),
)  # fmt: skip
