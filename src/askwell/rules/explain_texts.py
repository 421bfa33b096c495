"""Every sentence the rules can say, by key.

Theory of operation.  A decision carries a key and numbers; the sentence stands here once, marked with
``_`` for the translators' tools, which is why ``_`` does nothing.  ``{name}`` in braces are the
numbers.  A number of days or hours has two forms where English needs them: one, many.
"""

from __future__ import annotations

from askwell.rules.explain_giving import GIVING
from askwell.rules.explain_marks import Plural, _, ngettext
from askwell.rules.explain_preparing import PREPARING
from askwell.rules.explain_telling import TELLING
from askwell.rules.explain_tools import TOOLS

__all__ = ["BLOCKS", "CLOSING", "REASONS", "REFLECTION", "Plural", "_", "ngettext"]

REASONS: dict[str, str | Plural] = {
    **GIVING,
    **TELLING,
    **TOOLS,
    **PREPARING,
    # answering, thanking, promises, loops
    "answer.within": ngettext(
        "They wrote to you. An answer within a business day keeps the conversation warm.",
        "They wrote to you. An answer within {days} business days keeps the conversation warm.",
        "days",
    ),
    "thank.within": ngettext(
        "A note of thanks within an hour of the talk; later is still welcome.",
        "A note of thanks within {hours} hours of the talk; later is still welcome.",
        "hours",
    ),
    "promise.within": ngettext(
        "You promised it. Without a date, the next business day is good.",
        "You promised it. Without a date, {days} business days are good.",
        "days",
    ),
    "promise.dated": _("You promised it by {due}."),
    "loop.acted": ngettext(
        "You acted on what they gave you. They will like to hear how it went, within a day.",
        "You acted on what they gave you. They will like to hear how it went, within {days} days.",
        "days",
    ),
    "loop.latest": ngettext(
        "They gave you advice or a name. Tell them where it led a day after at the latest.",
        "They gave you advice or a name. Tell them where it led within {latest_days} days at the latest.",
        "latest_days",
    ),
    "leave.ask": _("They gave you a name. Ask whether you may mention them before you write."),
    "leave.first": _("First ask whether you may use the name of the person who sent you."),
    "leave.awaited": _("You asked for leave to use the name; wait for the answer, or write without it."),
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
    "arrange.within": _("They said yes. Offer two or three times, in their zone."),
    "arrange.again": ngettext(
        "You offered times and have not heard for a business day. A short reminder is fine.",
        "You offered times and have not heard for {days} business days. A short reminder is fine.",
        "days",
    ),
    "talk.short": _("{minutes} minutes is less than the {least} usually asked for."),
    "talk.many_changes": _("They have moved it {limit} times or more. You might kindly offer to let it go."),
    # leads
    "lead.act": ngettext(
        "A lead is best followed up right away, within a business day.",
        "A lead is best followed up right away, within {days} business days.",
        "days",
    ),
    "lead.thank": ngettext(
        "Thank the person who told you of it within an hour.",
        "Thank the person who told you of it within {hours} hours.",
        "hours",
    ),
    "lead.report": ngettext(
        "You know how it came out. Tell the person who told you of it, within a day.",
        "You know how it came out. Tell the person who told you of it, within {days} days.",
        "days",
    ),
    # the employer list
    "employer.look_again": _("They were not hiring when you looked. This is the day you set to look again."),
    "there.nobody": _("You have asked nobody there yet."),
    "there.wait": _("Asked on {last}. Without an answer a second person there is fine from {until}."),
    "there.second": ngettext(
        "Silent since {last}: after a business day you may ask a second person there.",
        "Silent since {last}: after {days} business days you may ask a second person there.",
        "days",
    ),
    "there.enough": ngettext(
        "You wait for one person there; that is enough for now.",
        "You wait for {count} people there; that is enough for now.",
        "count",
    ),
    "there.helps": _("Somebody there has answered and helps. No need to ask more of them."),
    # outreach
    "referred.within": ngettext(
        "You were given this name. Write within a business day, while it is fresh with both.",
        "You were given this name. Write within {days} business days, while it is fresh with both.",
        "days",
    ),
    "draft.finish": _("You began this one. Finish the draft and send it, or let it go."),
    "address.mend": _("Your message came back. It does not count; find another address."),
    "follow_up.wait": ngettext(
        "They have not answered for a business day. One more note is fine; {left} left, then it rests.",
        "They have not answered for {days} business days. One more note is fine; {left} left, then it rests.",
        "days",
    ),
    "follow_up.after_pause": ngettext(
        "They were away. Give them a business day after their return, then a short note is fine.",
        "They were away. Give them {back_days} business days after their return, then a short note is fine.",
        "back_days",
    ),
    "follow_up.call": _("This try may be a call: you have their number. Have what you will say before you."),
    "later.named": _("They asked you to come back around {date}."),
    "later.vague": _("They said later, without a date. A quarter of a year is a fair while."),
    "second.hint": ngettext(
        "After a business day of silence you may also write to someone else there.",
        "After {days} business days of silence you may also write to someone else there.",
        "days",
    ),
    "second.step": ngettext(
        "A business day of silence: open a second contact at this employer.",
        "{days} business days of silence: open a second contact at this employer.",
        "days",
    ),
    "employer.helper_found": _("Someone else there already helps you; you may not need one more."),
    "employer.enough_open": ngettext(
        "You already wait for one person there.",
        "You already wait for {count} people there.",
        "count",
    ),
    "reach.ranked": _("Someone to ask this week; the reasons stand beside the name."),
    # keeping in touch
    "check_in.after_talk": ngettext(
        "After a talk, be in touch every month for the first months.",
        "After a talk, be in touch about every {days} days for the first months.",
        "days",
    ),
    "check_in.warm": ngettext(
        "Once a day keeps this warm.",
        "Once in {days} days keeps this warm.",
        "days",
    ),
    "check_in.own": ngettext(
        "You wanted to be in touch every day.",
        "You wanted to be in touch every {days} days.",
        "days",
    ),
    "check_in.news": _("There is news, so you need not wait for the usual time."),
    "check_in.early": ngettext(
        "It is less than a day since you were last in touch; have something to say.",
        "It is less than {days} days since you were last in touch; have something to say.",
        "days",
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
    # the goal check
    "goal.empty": _("No goal yet. Name a role and a field: people can then think of someone."),
    "goal.too_long": _("{words} words; {most} or fewer can be repeated to someone else."),
    "goal.too_many_paths": _(
        "{paths} paths at once; choose at most {most}, so that people know how to help."
    ),
    "goal.unsure": _(
        "“{phrase}” leaves people guessing how to help. Say what you would like to explore first."
    ),
    "goal.no_role": _("No role is named: what would you do there?"),
    "goal.no_field": _("No field is named: where, in what kind of work or organization?"),
    # load and giving
    "load.active": _("{active} people are active; with more than {cap} it gets hard to do right by each."),
    "load.cadence": _("You keep in touch with {count} people; about {cap} is what most can keep up."),
    "give.first": ngettext(
        "You have asked once since you last gave something. Something useful first?",
        "You have asked {asks} times since you last gave something. Something useful first?",
        "asks",
    ),
    # refusals
    "refuse.do_not_contact": _("They asked not to be contacted. That holds for good."),
    "refuse.guarded_employer": _("Your search is confidential and they are with your employer."),
    "refuse.volunteer_blocked": _("This volunteer is not available to you."),
    "refuse.volunteer_paused": _("This volunteer is taking a break from requests."),
    "refuse.volunteer_at_limit": _("This volunteer has as many requests as they agreed to."),
    "refuse.name_without_leave": _("You have no leave to use that name yet. Ask first, or write without it."),
    "refuse.same_text": _("The same text has gone out before. Write this one for this person."),
    "refuse.lint_errors": ngettext(
        "The draft has one thing to mend.",
        "The draft has {count} things to mend.",
        "count",
    ),
    "refuse.declined": _("They said no. That is final unless they name a later date."),
    "refuse.withdrawn": _("You withdrew this one."),
    "refuse.later": _("They asked for a later date."),
    "refuse.touches_used_up": ngettext(
        "One try without an answer is enough here. Let it rest unless they write or someone introduces you.",
        "{used} tries without an answer are enough. Let it rest unless they write or someone introduces you.",
        "used",
    ),
    "refuse.closed": _(
        "You wrote and they did not answer. It opens again if they write or someone introduces you."
    ),
    "refuse.resting": _("This one rests. It opens again if they write or someone introduces you."),
    "refuse.second_first_message": _(
        "You have already written to them for this. A short follow-up is the next step."
    ),
    "refuse.already_open": _("There is already an outreach to them for this."),
    "refuse.too_soon": ngettext(
        "It is too soon: leave at least a business day between two tries.",
        "It is too soon: leave at least {days} business days between two tries.",
        "days",
    ),
    "refuse.paused": _("They are away; their automatic reply said so."),
    "refuse.address_bounced": _("Mail to this address came back. Find another address first."),
    "refuse.phone_not_offered": _(
        "No number was offered or published for this; a call may feel like pressure."
    ),
    "refuse.goal_unclear": _("Your goal is not clear yet, so they will not know how to help."),
    "refuse.week_full": _("You have written {sent} first messages this week; {most} fit your time."),
    "refuse.check_in_too_soon": ngettext(
        "You were in touch within the last day, and there is no news.",
        "You were in touch within the last {days} days, and there is no news.",
        "days",
    ),
    "refuse.thanked_already": _(
        "You thanked them on {at}, and nothing has come from them since. One note for one thing is enough."
    ),
    "refuse.thanked_for_talk": _("You thanked them for this talk on {at}. One note for one thing is enough."),
    "refuse.not_schedulable": _("This outreach is not at a point where a talk can be set."),
    "refuse.too_long": _("{minutes} minutes is more than the {most} one asks a busy person for."),
    "refuse.in_the_past": _("That time has passed."),
    "refuse.not_prepared": _("The talk is near and the preparation is not done."),
    # hours
    "hours.year_end": _("Between 20 December and 2 January many people are away."),
    "hours.day_off": _("It is a day off where they are."),
    "hours.quiet": _("It is evening or night where they are."),
    "hours.outside_window": _("A weekday between morning and afternoon, their time, tends to suit better."),
    "hours.call": _("Calls suit best from nine to five their time, not over lunch."),
    "talk.day_off": _("That is a day off where they are."),
    "talk.quiet": _("That is evening or night where they are."),
    "give.close_loop": _("Telling them what came of their advice is a give, and the easiest one."),
    "give.ask_open": _("Your last ask is still unanswered; let it be answered before the next."),
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
    "reflect.compare": ngettext(
        "You have heard one person so far. Hear {needed} before you decide.",
        "You have heard {count} people so far. Hear {needed} before you decide.",
        "count",
    ),
    # questions to bring
    "question.path": _("Their own story is the easiest thing to begin with, and leads to the rest."),
    "question.role": _("Only those who do the work can say what it is like."),
    "question.fit": _("It tells you what to learn, and whether the work would suit you."),
    "question.trends": _("They see what changes before it is written down."),
    "question.insights": _("What one sees only from inside is on no page."),
    "question.assignments": _("What they work on now shows what is needed."),
    "question.culture": _("How people live with the work is worth asking, and worth asking several."),
    "question.advice": _("Advice is gladly given once they have told their own story."),
    "question.market": _("They know who else does this work, and how."),
    "question.resources": _("It leaves you with something to do tomorrow."),
    "question.give_back": _("You came to ask; an offer belongs to it."),
    "question.closers": _("Every talk ends with it."),
    "question.beyond_profile": _("Their profile says what they did; this asks what it cannot say."),
    "question.trade": _("It belongs to the work you aim at."),
    "question.for_explore": _("You want to learn whether you would like this work."),
    "question.for_connect": _("You care for the place, and they know it."),
    "question.for_be_known": _("It lets them see what you understand of their work."),
    "question.while_exploring": _("You are still looking around."),
    "question.while_interviews": _("You are on your way into interviews."),
    "question.while_offers": _("You are near a decision."),
    "question.to_stranger": _("It is easily asked of somebody you do not know."),
    "question.to_warm": _("You know each other well enough for it."),
    "question.to_mentor": _("Someone who has helped you before can say it."),
    "question.reserve": ngettext(
        "In reserve: about one question fits into {minutes} minutes before the closing ones.",
        "In reserve: about {fit} questions fit into {minutes} minutes before the closing ones.",
        "fit",
    ),
    "avoid.answered": _("They have answered it before."),
    "avoid.on_profile": _("Their profile says it."),
    "avoid.on_site": _("Their organization's site says it."),
    "avoid.no_organization": _("It asks about their organization, and none is known."),
    "avoid.alone": _("They seem to work on their own."),
    "avoid.new_there": _("They have not been there long."),
    "avoid.short_talk": _("It needs more time than there is."),
    "avoid.unread": _("Read up on it first."),
    "avoid.no_plan": _("It needs a clear goal to speak of."),
    "avoid.cool": _("A cool talk ends without asking for names."),
    "avoid.unless_you_care": _("Only if it matters to you, and then ask several people."),
    "avoid.for_yourself": _("It is for you, before or after the talk."),
    "avoid.other_mode": _("It belongs to another kind of asking."),
    "avoid.other_relation": _("It fits people you know better or less well."),
    "avoid.other_stage": _("It fits another stage of a search."),
    "avoid.other_trade": _("It belongs to another kind of work."),
    "questions.closed": _(
        "{count} of your questions take no more than a yes or no, such as “{question}”. "
        "Begin them with how, what or which."
    ),
    "forbidden.job": _("“{question}” asks for a job. You asked to learn; leave it unless they bring it up."),
    "forbidden.openings": _(
        "“{question}” asks for openings. Ask how people come in, and let them speak of openings first."
    ),
    "forbidden.pay": _("“{question}” asks what they earn. What beginners in the field earn may be asked."),
    "forbidden.resume": _("“{question}” asks a stranger for a favour. Wait until they offer to look."),
    "forbidden.reference": _("“{question}” asks somebody to speak for you who does not know you yet."),
    "forbidden.published": _("“{question}” is answered by their site. Read it, and ask what it leaves out."),
    "forbidden.private": _("“{question}” asks for their private life, which is theirs."),
    "forbidden.secrets": _("“{question}” asks for what they may not say, and makes them be on their guard."),
    "forbidden.gossip": _("“{question}” asks them to speak ill of others."),
    "forbidden.contacts": _("“{question}” asks for addresses they cannot give away. Ask who, not where."),
    "forbidden.mentor": _("“{question}” asks for too much at once. It comes of several good talks, or not."),
    "forbidden.life": _("“{question}” is yours to answer. Ask what they know: their work."),
    "forbidden.chores": _("“{question}” gives them work to do. Ask how one does it."),
    # who to ask next
    "gate.do_not_contact": _("Asked not to be contacted."),
    "gate.guarded": _("With your employer, and your search is confidential."),
    "gate.declined": _("Said no."),
    "gate.used_up": _("Did not answer; let it rest."),
    "gate.debt_first": _("First settle what you owe them."),
    "gate.open": _("Something is already open with them."),
    "gate.volunteer": _("Not taking requests now."),
    "gate.helper_there": _("Someone there already helps you."),
    "gate.employer_full": _("You already wait for others there."),
    "gate.too_soon": _("You were in touch only just now."),
    "rank.title_match": _("Does the work you aim at"),
    "rank.introducer": _("Someone you know could introduce you"),
    "rank.volunteer": _("Has offered to help"),
    "rank.posting": _("Their organization has an opening now"),
    "rank.decides": _("Decides whom to take on"),
    "rank.connector": _("Gladly brings people together"),
    "rank.shared_school": _("You share a school"),
    "rank.dormant": ngettext(
        "You have been out of touch for a year; people are glad to hear again",
        "You have been out of touch for {years} years; people are glad to hear again",
        "years",
    ),
    "rank.variety": _("Knows a kind of work you have not heard about yet"),
    "rank.less_familiar": _("Less familiar people know of other openings"),
    "rank.close": _("Knows you well, which helps most near an offer"),
    "rank.mutuals": ngettext(
        "You have one acquaintance in common",
        "You have {mutuals} acquaintances in common",
        "mutuals",
    ),
    "rank.motivation": _("You care for their organization"),
    "rank.answers_fast": _("Tends to answer quickly"),
    "rank.known": _("Someone you know"),
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
