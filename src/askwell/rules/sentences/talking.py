"""Sentences about the talk, its tools and where people meet (C, D, V, and preparing by P).

Theory of operation.  A key, and its sentence marked for the translators' tools; the numbers in braces.
Which room a sentence is in follows from its rule, as in ``catalogue``.
"""

from __future__ import annotations

from askwell.rules.sentences.marks import Plural, _, ngettext

TALKING: dict[str, str | Plural] = {
    # talks
    "talk.confirm": ngettext(
        "A short confirmation the business day before, with the time in their zone and a number.",
        "A short confirmation {days} business days before, with the time in their zone and a number.",
        "days",
    ),
    "talk.prepare": _("You lead this talk of {minutes} minutes: homework, your own story, your questions."),
    "talk.log": _("The hour of the talk has passed. Did it take place?"),
    "talk.reflect": ngettext(
        "Six short questions within an hour, while it is fresh.",
        "Six short questions within {hours} hours, while it is fresh.",
        "hours",
    ),
    "arrange.answered": _("They answered. If it is a yes, offer two or three times, in their zone."),
    "arrange.within": _("They said yes. Offer two or three times, in their zone."),
    "arrange.again": ngettext(
        "You offered times and have not heard for a business day. A short reminder is fine.",
        "You offered times and have not heard for {days} business days. A short reminder is fine.",
        "days",
    ),
    "talk.short": _("{minutes} minutes is less than the {least} usually asked for."),
    "talk.many_changes": _("They have moved it {limit} times or more. You might kindly offer to let it go."),
    # preparation
    "prepare.profile": _("Read their profile."),
    "prepare.site": _("Look at their organization's own site."),
    "prepare.news": _("Find one recent piece of news about their organization."),
    "prepare.common_ground": _("See what the two of you have in common."),
    "prepare.synopsis": _("Have your own story ready, in a minute or so."),
    "prepare.why_company": _("Have an answer ready to why this organization."),
    "prepare.why_function": _("Have an answer ready to why this kind of work."),
    "prepare.story_long": _("Your story has {words} words; about {most} is what a minute and a half holds."),
    "prepare.story_short": _("Your story has {words} words; {least} or so fill a minute."),
    "prepare.questions_few": _("{count} questions; {least} or more keep you from running dry."),
    "prepare.questions_many": _("{count} questions; with more than {most} you will hurry."),
    "prepare.star": ngettext(
        "Mark the one you want answered most.",
        "Mark the {stars} you want answered most.",
        "stars",
    ),
    "prepare.aims": _("Write down one thing you want to come away with, and the next step you hope for."),
    "prepare.offer": _("Think of one thing you could offer them."),
    "prepare.confirm": _("Confirm the talk the business day before."),
    "trial.day": _("This is the day for it. Say afterwards how it was, while it is fresh."),
    "decision.look_again": _("This is the day you set to look at it again. You may have heard more since."),
    "reflect.nobody": _("You have heard nobody so far. Hear {needed} before you decide."),
    "reflect.compare": ngettext(
        "You have heard one person so far. Hear {needed} before you decide.",
        "You have heard {count} people so far. Hear {needed} before you decide.",
        "count",
    ),
    # the talk
    "agenda.on_time": _("Be there on time, and never more than {early} minutes early."),
    "agenda.they_talk": _("They should speak most of the time: about {percent} percent."),
    "agenda.no_job_ask": _(
        "Do not ask for a job; if they bring it up, answer, and offer to go on about it separately."
    ),
    "agenda.wrap_cue": ngettext(
        "You watch the clock: begin to close a minute before the end.",
        "You watch the clock: begin to close {minutes} minutes before the end.",
        "minutes",
    ),
    "talk.cancel_late": ngettext(
        "Calling off now is for emergencies: else give a business day, an apology and two new times.",
        "Calling off now is for emergencies: else give {days} business days, an apology and two new times.",
        "days",
    ),
    "agenda.extension": _("Ask once for at most {most} minutes more; {minutes} is another talk."),
    "agenda.names_always": _(
        "Ask who else you might talk to, one or two names, and whether you may say who sent you."
    ),
    "agenda.names_if_went_well": _("If it went well, ask who else might help you understand the field."),
    "agenda.names_optional": _("If it feels right, ask whether someone they know would be good to talk to."),
    # what two have in common, what to wear
    "common.school_together": _("You were both at {name}, {years}."),
    "common.school": _("You both studied at {name}."),
    "common.employer_together": _("You both worked at {name}, {years}."),
    "common.employer": _("You both know {name} from within."),
    "common.place": _("You both live in {place}."),
    "common.tag": _("You both belong to “{tag}”."),
    "common.named_by": _("{name} gave you their name."),
    "common.event": _("You met at {event}."),
    "common.known_there": _("You talked with {name} of {where}, where they are too."),
    "prepare.dress": _(
        "Less formal than an interview, and still their workplace: wear what people wear there to meet a "
        "guest. What you have, clean and comfortable, is enough."
    ),
    # events and upkeep
    "event.plan": _("Go with a plan: {least} to {most} people to meet, questions ready, one thing to offer."),
    "event.write": ngettext(
        "You met there. Write the next business day: where you met, one thing said.",
        "You met there. Write within {days} business days: where you met, one thing said.",
        "days",
    ),
    "goal.first": _("Say in one line what you look for: a role, a field, perhaps a place."),
    "goal.review": ngettext(
        "Your goal is a day old. Does it still hold?",
        "Your goal is {days} days old. Does it still hold?",
        "days",
    ),
    "resume.review": ngettext(
        "Your resume is a day old. Someone may ask for it tomorrow.",
        "Your resume is {days} days old. Someone may ask for it tomorrow.",
        "days",
    ),
    "cards.low": ngettext(
        "One card left; time to print more.",
        "{left} cards left; time to print more.",
        "left",
    ),
    # the card
    "card.no_name": _("Put your name on it."),
    "card.no_mail": _("Put an e-mail address on it: most people will write."),
    "card.mail": _("“{mail}” does not look like an e-mail address."),
    "card.phone": _("“{phone}” does not look like a telephone number."),
    "card.no_second_way": _("Add a number or a profile: a second way to reach you."),
    "card.no_role": _("Say in a line what you do or aim at: a name alone is soon forgotten."),
    "card.long_line": _("“{line}” is long for a card; above {most} letters it is set small."),
    "card.no_back": _("The back is empty. In {most} words: what do you bring?"),
    "card.back_long": ngettext(
        "{words} words on the back, one more than {most}. Which one can go?",
        "{words} words on the back, {over} more than {most}. Which can go?",
        "over",
    ),
    "card.back_asks": _("“{words}” says what you want. The back is for what you bring."),
    "card.back_empty": _("“{words}” could stand on any card. Name what you did, and for whom."),
    "card.many_skills": _("{count} skills; {most} can be read at a glance."),
    "card.long_skill": _("“{skill}” is long for a line; {most} letters fit."),
    # the resume
    "resume.asked": ngettext(
        "They asked for your resume. It goes out within a business day: when someone asks, they mean now.",
        "They asked for your resume. It goes out within {days} business days: when one asks, one means now.",
        "days",
    ),
    "resume.unasked": _(
        "They have not asked for your resume. Sent unasked, it turns a question into an application."
    ),
    "resume.old": ngettext(
        "This version is a day old; look it over before it goes out.",
        "This version is {days} days old, more than {most}; look it over before it goes out.",
        "days",
    ),
    # where to go, the plan, the evening
    "place.fits": _("It has to do with your goal: {words}."),
    "place.far": _("Nothing noted of it has to do with your goal yet."),
    "place.hiring": ngettext(
        "One person you know there hires.", "{count} people you know there hire.", "count"
    ),
    "place.known": ngettext("You know one person there.", "You know {count} people there.", "count"),
    "place.look_again": _("Look what is next there."),
    "place.visits": ngettext("You went once.", "You went {count} times.", "count"),
    "plan.people": _("Name {least} to {most} people to meet."),
    "plan.many": _("More than {most} people: a few good talks are worth more."),
    "plan.questions": _("Have {count} questions ready."),
    "plan.introduction": _("Write down how you say who you are, in at most {most} seconds."),
    "plan.long": _("Your introduction takes about {seconds} seconds; {most} are enough."),
    "plan.offer": _("Have one thing to offer: a name, an article, a hand."),
    "evening.no_card": _(
        "You gave {name} your card and have neither theirs nor an address: ask, so that you can write first."
    ),
    "evening.nobody_new": ngettext(
        "You knew the one person you met already. Someone new first: that is what the evening is for.",
        "You knew the {count} people you met already. Someone new first: that is what the evening is for.",
        "count",
    ),
    # half sentences for its back
    "back.offer": _("{offer}"),
    "back.field": _("I help people in {field} to …"),
    "back.role": _("{role}: I turn … into …"),
    "back.done": _("At my last place I made … faster, and … easier."),
    "back.people": _("People come to me when …"),
}

BLOCKS: dict[str, str] = {
    "thanks": _("Thanks and a few words"),
    "context": _("Who you are and why you asked"),
    "questions": _("Your questions"),
    "aims": _("What you came to find out"),
    "trends": _("Trends: what is changing"),
    "insights": _("Insights: what surprised them"),
    "advice": _("Advice: what they would do in your place"),
    "resources": _("Resources: what to read, whom to hear"),
    "assignments": _("Assignments: what they work on now"),
    "wrap": _("Thanks, closing questions, next step"),
    "spare": _("To spare"),
}

CLOSING: dict[str, str] = {
    "who_else": _("Who else would you suggest I talk to?"),
    "use_name": _("May I say that you suggested it?"),
    "stay_in_touch": _("May I let you know how it goes?"),
    "useful_to_you": _("Is there something I could do for you?"),
    "what_missed": _("What should I have asked and did not?"),
}

REFLECTION: dict[str, str] = {
    "learnt": _("What did you learn?"),
    "liked": _("What appealed to you, and what did not?"),
    "concerns": _("Which doubts or advantages of this work are new to you?"),
    "advice": _("What did they advise?"),
    "other_work": _("Did another kind of work come up that you might look into?"),
    "happy_there": _("Could you be happy in this kind of work, or in a place like theirs?"),
}
