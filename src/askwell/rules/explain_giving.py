"""Sentences about giving: new jobs, small favours, the reading shelf (R02 to R06, F02).

Theory of operation.  As in ``explain_texts``, which takes these in: a key, a sentence with its numbers in
braces, two forms where English needs them.
"""

from __future__ import annotations

from askwell.rules.explain_marks import Plural, _, ngettext

GIVING: dict[str, str | Plural] = {
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
    "shelf.tag": _("Your tag: {words}"),
    "shelf.title": _("It is their work: {words}"),
    "shelf.organization": _("It is where they work: {words}"),
}
