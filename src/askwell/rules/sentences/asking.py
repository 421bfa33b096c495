"""Sentences about whom to ask, asking, answers and what forbids them (G, L, P, M, I, F, Q).

Theory of operation.  A key, and its sentence marked for the translators' tools; the numbers in braces.
Which room a sentence is in follows from its rule, as in ``catalogue``.
"""

from __future__ import annotations

from askwell.rules.sentences.marks import Plural, _, ngettext

ASKING: dict[str, str | Plural] = {
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
    # set aside
    "passed.now": _("Not now: comes up again on {at}."),
    "passed.goal": _("Not for this goal: comes up again when your goal changes."),
    "passed.never": _("Never suggested, until you take that back."),
    "passed.learnt": ngettext(
        "You set aside {people} person who does such work: others who do it come later for this goal.",
        "You set aside {people} people who do such work: others who do it come later for this goal.",
        "people",
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
}
