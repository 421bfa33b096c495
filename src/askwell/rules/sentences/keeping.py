"""Sentences about keeping in touch, giving, telling and hours (K, R, T).

Theory of operation.  A key, and its sentence marked for the translators' tools; the numbers in braces.
Which room a sentence is in follows from its rule, as in ``catalogue``.
"""

from __future__ import annotations

from askwell.rules.sentences.marks import Plural, _, ngettext

KEEPING: dict[str, str | Plural] = {
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
    # load and giving
    "load.active": _("{active} people are active; with more than {cap} it gets hard to do right by each."),
    "load.cadence": _("You keep in touch with {count} people; about {cap} is what most can keep up."),
    "give.first": ngettext(
        "You have asked once since you last gave something. Something useful first?",
        "You have asked {asks} times since you last gave something. Something useful first?",
        "asks",
    ),
    # how well two know each other
    "tie.none": _("You have not been in touch yet."),
    "tie.unheard": ngettext(
        "You reached out once and have not heard back.",
        "You reached out {times} times and have not heard back.",
        "times",
    ),
    "tie.close": _("You know each other well."),
    "tie.good": _("You are in touch now and then."),
    "tie.loose": _("A loose tie: often the kind that brings news."),
    "tie.lapsed": _("You have not been in touch for long; hearing from you may be a pleasure."),
    "tie.exchanges": ngettext(
        "One exchange in the last year.", "{times} exchanges in the last year.", "times"
    ),
    "tie.last": _("The last time was on {at}."),
    "tie.answers": ngettext(
        "They usually answer within a day.", "They usually answer within {days} days.", "days"
    ),
    "tie.said": _("You put it at {closeness} of 5 yourself."),
    # why two others are held to know each other
    "knows.named": _("{giver} told you of {about}"),
    "knows.introduced": _("You introduced them to each other"),
    "knows.wrote": ngettext(
        "On one letter together, on {at}", "On {times} letters together, the last on {at}", "times"
    ),
    "knows.met": _("You met both at {event}"),
    "knows.there_now": _("Both at {place} now"),
    "knows.there_since": _("Both at {place} since {since}"),
    "knows.there_in": _("Both at {place} in {since}"),
    "knows.there_years": _("Both at {place} {since}–{until}"),
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
    # new jobs, small favours, the reading shelf
    "job.new": ngettext(
        "They have a new job. A line within a day is read with pleasure, and asks for nothing.",
        "They have a new job. A line within {days} days is read with pleasure, and asks for nothing.",
        "days",
    ),
    "promise.theirs": _("They offered this on {made}. Mention it once, gently; after that it is theirs."),
    "favor.promise": _("You said you would: “{words}”. Keeping it is the first of all gives."),
    "favor.loop": _("You acted on what they gave you: “{words}”. They will like to hear what came of it."),
    "favor.job": _("They have a new job: {words}. Two lines, and nothing asked."),
    "favor.link": _("“{title}” may be of use to them: {words}."),
    "favor.offer": _("You thought of something you could do for them: “{words}”."),
    "favor.introduction": _("They and {other} may like to know each other: {words}. Ask both first."),
    "favor.enough": ngettext(
        "You have given once this week. Enough is enough.",
        "You have given {count} times this week. Enough is enough.",
        "count",
    ),
    "shelf.wish": _("You noted that they wish for it: {words}"),
    "shelf.talk": _("You talked about it: {words}"),
    "shelf.note": _("It is in your notes on them: {words}"),
    "shelf.tag": _("A tag of yours is about it: {words}"),
    "shelf.title": _("It is their work: {words}"),
    "shelf.organization": _("It is where they work: {words}"),
    # telling of the search, looking back on a week
    "tell.connector": _("They know many people and bring them together."),
    "tell.hires": _("They decide whom to take on."),
    "tell.field": _("They work near to what you look for."),
    "tell.close": _("You are close."),
    "tell.dormant": ngettext(
        "Out of touch for a year, and so among people you do not know.",
        "Out of touch for {years} years, and so among people you do not know.",
        "years",
    ),
    "tell.known": _("You know them, and nobody knows where a lead comes from."),
    "refuse.same_telling": _(
        "This is the letter {name} got, with another name on it. Add what only the two of you share."
    ),
    "refuse.near_employer": _("They are near to your employer: {why}. It may get round."),
    "review.chosen": _("You chose to ask them in the week of {monday}, when you looked back."),
    "review.week": ngettext(
        "A minute to look back on the week, and to choose what comes next.",
        "{minutes} minutes to look back on the week, and to choose what comes next.",
        "minutes",
    ),
}
