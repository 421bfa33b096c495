"""Sentences about telling people of the search, and about looking back on a week (K08, K09, Q01).

Theory of operation.  As in ``explain_texts``, which takes these in: a key, a sentence with its numbers in
braces, two forms where English needs them.
"""

from __future__ import annotations

from askwell.rules.explain_marks import Plural, _, ngettext

TELLING: dict[str, str | Plural] = {
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
    "refuse.told": _("They know already."),
    "review.week": ngettext(
        "A minute to look back on the week, and to choose what comes next.",
        "{minutes} minutes to look back on the week, and to choose what comes next.",
        "minutes",
    ),
}
