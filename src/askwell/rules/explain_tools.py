"""Sentences about tools and gatherings: cards, resumes, places to go (D01, D02, V01 to V05).

Theory of operation.  As in ``explain_texts``, which takes these in: a key, a sentence with its numbers in
braces, two forms where English needs them.
"""

from __future__ import annotations

from askwell.rules.explain_marks import Plural, _, ngettext

TOOLS: dict[str, str | Plural] = {
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
