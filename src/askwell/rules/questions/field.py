"""Questions about the field and the place: changes, what one sees inside, projects, life there, employers.

Theory of operation.  Rows as in ``work``.  What asks about the organization is left out where none is
known; how people live there is asked only by who has a reason to ask, and of several people.
"""
# Sentences read better whole.
# ruff: noqa: E501

from __future__ import annotations

from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.questions.model import (
    CHOSEN,
    DALTON,
    FOR_WORK,
    GALLEN_WASSERMAN,
    NEAR,
    NOT_NEW,
    Avoid,
    Category,
    Question,
    Seeks,
    Sheet,
    _,
)

_trends = Sheet(category=Category.TRENDS, sources=(DALTON,)).ask
_insights = Sheet(category=Category.INSIGHTS, sources=(DALTON,)).ask
_assignments = Sheet(category=Category.ASSIGNMENTS, sources=(DALTON,)).ask
_culture = Sheet(category=Category.CULTURE, sources=(GALLEN_WASSERMAN, DEFAULT_OURS)).ask
_market = Sheet(category=Category.MARKET, sources=("S1", DEFAULT_OURS)).ask

TRENDS: tuple[Question, ...] = (
    _trends("unnoticed", _("What is changing in your field that people outside have not noticed yet?"), Seeks.OUTLOOK, _("Who feels it first?"), _("What does it mean for beginners?"), worth=4),
    _trends("five_years", _("How do you think this work will be done in five years?"), Seeks.OUTLOOK, _("What makes you think so?")),
    _trends("fading", _("Which part of the work is slowly disappearing?"), Seeks.OUTLOOK, _("What do the people do who did it?")),
    _trends("lasting", _("What never changes in this work, whatever comes?"), Seeks.OUTLOOK, _("How does one get good at that part?")),
    _trends("hope", _("Which development makes you hopeful?"), Seeks.OUTLOOK, _("Where can one see it already?")),
    _trends("worry", _("What do people in your field worry about among themselves?"), Seeks.STRAIN, _("How much of it do you share?")),
    _trends("headline", _("Which recent piece of news in your field matters more than it seems?"), Seeks.OUTLOOK, _("What will come of it?"), unless=(Avoid.UNREAD,)),
    _trends("noise", _("What is much talked about in your field and matters little?"), Seeks.SURPRISE, _("What deserves the attention instead?")),
    _trends("push", _("What pushes your field most just now: money, rules, technology or people?"), Seeks.CAUSE, _("Where do you feel the push yourself?")),
    _trends("new_rule", _("Which new rule or law has changed your work?"), Seeks.CAUSE, _("For the better or the worse?")),
    _trends("spending", _("On what is money spent now that it was not spent on before?"), Seeks.CAUSE, _("Who decides about that?"), worth=3),
    _trends("expectations", _("How have the people you work for changed in what they expect?"), Seeks.CAUSE, _("What do you do differently because of it?")),
    _trends("machines", _("What do machines take off your hands, and what will stay with people?"), Seeks.TOOLS, _("What did you gain by it, and what did you lose?")),
    _trends("scarce", _("Which skills are needed faster than people learn them?"), Seeks.SKILLS, _("Where do the few learn them?"), worth=3),
    _trends("starting_now", _("How is starting out today different from when you began?"), Seeks.BEGINNING, _("What was easier then?")),
    _trends("specialize", _("If you had to choose a speciality again today, which would it be?"), Seeks.TURN, _("What would keep you from it?")),
)  # fmt: skip

INSIGHTS: tuple[Question, ...] = (
    _insights("surprised", _("What surprised you most after you joined?"), Seeks.SURPRISE, _("How do you see it today?"), unless=(Avoid.NO_ORGANIZATION,), worth=4),
    _insights("outside_view", _("What do people outside get wrong about the place where you work?"), Seeks.SURPRISE, _("Where does the picture come from?"), unless=(Avoid.NO_ORGANIZATION, Avoid.UNREAD)),
    _insights("years_to_see", _("What about this field took you years to see?"), Seeks.SURPRISE, _("What opened your eyes?"), worth=3),
    _insights("correct", _("Which belief about your field would you like to correct?"), Seeks.SURPRISE, _("Why does it last so long?")),
    _insights("idea_to_deed", _("How does a good idea become something that is really done there?"), Seeks.DECISIONS, _("Which one did so lately?"), unless=(Avoid.NO_ORGANIZATION, Avoid.ALONE), worth=3),
    _insights("argue", _("What do your colleagues argue about with passion?"), Seeks.DECISIONS, _("On which side are you?"), unless=(Avoid.ALONE, Avoid.NO_ORGANIZATION)),
    _insights("better_at", _("What does your organization do better than others of its kind?"), Seeks.STRENGTH, _("What does it do for that?"), unless=(Avoid.NO_ORGANIZATION,)),
    _insights("own_way", _("Where does your organization stand in its own way, as far as you may say?"), Seeks.STRENGTH, _("What is being done about it?"), to=NOT_NEW, unless=(Avoid.NO_ORGANIZATION, Avoid.ALONE)),
    _insights("chose_it", _("What made you choose this place over the others you could have gone to?"), Seeks.STRENGTH, _("Would it decide you again?"), unless=(Avoid.NO_ORGANIZATION, Avoid.ALONE)),
    _insights("compare", _("How does it differ from the other places where you have worked?"), Seeks.KINDS, _("What do you miss from there?"), unless=(Avoid.NO_ORGANIZATION,)),
    _insights("teams", _("Which teams work closest with yours, and how does that go?"), Seeks.PEOPLE, _("Who holds it together?"), unless=(Avoid.ALONE, Avoid.NO_ORGANIZATION)),
    _insights("rise", _("What do the people who get ahead there have in common?"), Seeks.GROWTH, _("What do you think of that?"), unless=(Avoid.ALONE, Avoid.NO_ORGANIZATION)),
    _insights("move_on", _("When people move on from there, where do they go?"), Seeks.GROWTH, _("What draws them away?"), unless=(Avoid.NO_ORGANIZATION, Avoid.ALONE)),
    _insights("first_week", _("What should someone know before their first week there?"), Seeks.BEGINNING, _("Who told you?"), at=NEAR | CHOSEN, unless=(Avoid.NO_ORGANIZATION, Avoid.ALONE), worth=3),
    _insights("newcomers", _("How do newcomers find their feet there?"), Seeks.CARE, _("How was it for you?"), unless=(Avoid.ALONE, Avoid.NO_ORGANIZATION)),
    _insights("size", _("How does the size of the place show in your daily work?"), Seeks.DAY, _("What would change if it doubled?"), unless=(Avoid.NO_ORGANIZATION, Avoid.ALONE)),
)  # fmt: skip

ASSIGNMENTS: tuple[Question, ...] = (
    _assignments("gladly", _("Which piece of your present work do you gladly talk about?"), Seeks.PROJECT, _("What is the hardest part of it?"), _("How did it come to you?"), worth=4),
    _assignments("taught", _("Which project of the past year taught you most?"), Seeks.PROJECT, _("What would you do differently?")),
    _assignments("show_visitor", _("Which result of the past months would you show a visitor first?"), Seeks.PROJECT, _("Who had a hand in it?")),
    _assignments("bet", _("Which decision of the past year was a risk, and how did it turn out?"), Seeks.PROJECT, _("Who had to be won over?"), unless=(Avoid.SHORT_TALK,)),
    _assignments("this_year", _("What matters most to your team this year?"), Seeks.PRIORITY, _("How will you know that it worked?"), unless=(Avoid.ALONE, Avoid.ON_SITE), worth=3),
    _assignments("carried_along", _("Which problem have you all been carrying along for a while?"), Seeks.PRIORITY, _("What has been tried?"), unless=(Avoid.ALONE,)),
    _assignments("more_time", _("With an extra day a week, what would you finally take on?"), Seeks.PRIORITY, _("What would it change?")),
    _assignments("begins", _("How does a piece of work begin, and who is there from the start?"), Seeks.CRAFT, _("Where does it usually get stuck?")),
    _assignments("who_asks", _("Who asks for the work you do, and how does it reach you?"), Seeks.CRAFT, _("What do you do when the wish is unclear?")),
    _assignments("first_tasks", _("Which tasks does someone new get first, and which only later?"), Seeks.BEGINNING, _("What earns the step from one to the other?"), unless=(Avoid.ALONE,)),
    _assignments("students", _("What have students or trainees done with you that was really useful?"), Seeks.TRIAL, _("How was it set up?"), unless=(Avoid.ALONE,)),
    _assignments("shared_out", _("How is the work shared out among you?"), Seeks.DECISIONS, _("What happens with what nobody wants?"), unless=(Avoid.ALONE,)),
    _assignments("on_desk", _("How long does one piece of work stay with you, from first word to last?"), Seeks.DAY, _("How many do you carry at once?")),
    _assignments("finished", _("How do you know that a project is finished?"), Seeks.MEASURE, _("Who has the last word?")),
)  # fmt: skip

CULTURE: tuple[Question, ...] = (
    _culture("hours", _("How do your hours really fall over the week?"), Seeks.HOURS, _("Who decides about them?"), unless=(Avoid.UNLESS_YOU_CARE,), worth=3),
    _culture("evenings", _("How easy is it to be out of reach in the evening?"), Seeks.HOURS, _("What happens if one is?"), unless=(Avoid.UNLESS_YOU_CARE,)),
    _culture("care_for", _("How do colleagues make it work who have children or parents to look after?"), Seeks.HOURS, _("What does the place do for them?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.ALONE)),
    _culture("away", _("How much of the work takes you away from home?"), Seeks.HOURS, _("How far ahead do you know?"), unless=(Avoid.UNLESS_YOU_CARE,)),
    _culture("in_the_room", _("How much does it matter to be in the room?"), Seeks.HOURS, _("Who works from elsewhere, and how does it go?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.ALONE)),
    _culture("part_time", _("How do those fare who work fewer days?"), Seeks.HOURS, _("What becomes of their chances?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.ALONE)),
    _culture("all_due", _("What are the weeks like when everything is due at once?"), Seeks.STRAIN, _("What helps people through them?"), unless=(Avoid.UNLESS_YOU_CARE,)),
    _culture("disagree", _("How does one disagree with somebody senior there?"), Seeks.CARE, _("How did it go the last time?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.ALONE, Avoid.NO_ORGANIZATION), worth=3),
    _culture("after_mistake", _("What happens after someone has made a mistake?"), Seeks.CARE, _("What was learnt from the last one?"), unless=(Avoid.UNLESS_YOU_CARE,)),
    _culture("noticed", _("How is good work noticed?"), Seeks.CARE, _("Whose work goes unnoticed?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.ALONE)),
    _culture("at_home", _("Who feels at home there quickly, and for whom is it harder?"), Seeks.CARE, _("What has become better?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.ALONE, Avoid.NO_ORGANIZATION)),
    _culture("good_boss", _("What does a good manager do there that one would miss elsewhere?"), Seeks.CARE, _("How rare is it?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.ALONE, Avoid.NO_ORGANIZATION), at=NEAR | CHOSEN),
    _culture("lunch", _("What do people talk about at lunch?"), Seeks.CARE, _("And what not?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.ALONE, Avoid.NO_ORGANIZATION), worth=1),
    _culture("room_to_learn", _("How much room is there to learn something new during the working day?"), Seeks.GROWTH, _("What have you learnt that way?"), unless=(Avoid.UNLESS_YOU_CARE,), worth=3),
    _culture("pay_range", _("In what range are people paid who begin in this field?"), Seeks.PAY, _("How does it grow in the first years?"), unless=(Avoid.UNLESS_YOU_CARE, Avoid.SHORT_TALK), worth=1, sources=(DEFAULT_OURS,)),
)  # fmt: skip

MARKET: tuple[Question, ...] = (
    _market("look_around", _("If you looked around today, which organizations would you look at first?"), Seeks.EMPLOYERS, _("What do you like about them?"), sources=("S1",), worth=4),
    _market("looked_up_to", _("Whose work in this field do you look up to?"), Seeks.EMPLOYERS, _("What can one learn from it from outside?")),
    _market("overlooked", _("Which good places are overlooked because hardly anyone knows them?"), Seeks.EMPLOYERS, _("How did you hear of them?"), worth=3),
    _market("teach_well", _("Which organizations are known for teaching beginners well?"), Seeks.EMPLOYERS, _("What do they do for that?")),
    _market("not_obvious", _("What kinds of places need people like you, beyond the obvious ones?"), Seeks.KINDS, _("What would be different there?"), worth=3),
    _market("small_large", _("How does this work differ between a small place and a large one?"), Seeks.KINDS, _("Where would you send a beginner?")),
    _market("public_private", _("How would the same work feel in a public body, a company or a charity?"), Seeks.KINDS, _("Who moves between them?")),
    _market("other_titles", _("Under which other titles is this work done?"), Seeks.KINDS, _("How do they differ?")),
    _market("where_one_lives", _("How much does it matter for this work where one lives?"), Seeks.KINDS, _("Where is it done best?")),
    _market("busy_quiet", _("In which parts of the field is there more to do than hands, and where is it quiet?"), Seeks.OUTLOOK, _("How long has it been so?")),
    _market("become_known", _("How does one usually hear of positions in this field?"), Seeks.SEARCH, _("Which way worked for people you know?"), at=CHOSEN),
    _market("hands_needed", _("Where have you heard that hands are needed in this kind of work?"), Seeks.OPENINGS, _("Who would know more about it?"), modes=FOR_WORK, worth=3, sources=("S2", "S3")),
    _market("coming_months", _("What is planned with you in the coming months that will need somebody?"), Seeks.OPENINGS, _("When will it be decided?"), modes=FOR_WORK, worth=3, unless=(Avoid.NO_ORGANIZATION, Avoid.ALONE), sources=("S3",)),
    _market("should_know", _("Who ought to know that I am looking, and how would you tell them?"), Seeks.OPENINGS, _("What should I send you for that?"), modes=FOR_WORK, sources=("S2", "S4")),
)  # fmt: skip
