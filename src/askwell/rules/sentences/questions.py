"""Sentences about questions to bring to a talk: what speaks for one, and against.

Theory of operation.  A key, and its sentence marked for the translators' tools; the numbers in braces.
Which room a sentence is in follows from its rule, as in ``catalogue``.
"""

from __future__ import annotations

from askwell.rules.sentences.marks import Plural, _, ngettext

QUESTIONS: dict[str, str | Plural] = {
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
}
