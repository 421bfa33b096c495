"""What each evidence card means for whoever reads it, in one sentence.

Theory of operation.  A finding is about many people; what to do with it is advice, and stands apart from
the finding so that nobody takes one for the other.  A card of grade X says how to answer the claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.evidence import EVIDENCE, Evidence, Grade
from askwell.rules.sentences.marks import _

if TYPE_CHECKING:
    from collections.abc import Mapping

MEANING: Mapping[str, str] = {
    "half_of_hires": _("Look both ways: talk with people, and read what is advertised."),
    "hidden_market": _("When you meet such a figure, ask where it comes from, and go by “about half”."),
    "short_messages": _("Cut your first letter until it fits a screen of a phone."),
    "thanks_underrated": _("Send the thanks, even late and even if the words are plain."),
    "reaching_out": _("Write to the one you have put off writing to; it is likelier to please."),
    "warm_up": _("Write two easy messages first, then the hard one."),
    "weak_ties": _("Ask acquaintances too, not only friends."),
    "strong_ties": _("Your few close ones are worth a word each, and the many others add up."),
    "stages": _("Say in the settings where you stand; whom Askwell suggests follows from it."),
    "dormant_ties": _("Somebody you lost sight of years ago is a good person to ask."),
    "overlooked_ties": _("Give one place in five to somebody you would pass over."),
    "training_helps": _("The method can be learnt; being shy is no reason against it."),
    "asking": _("Where you can, ask in person or by phone."),
    "email_strangers": _("Expect few answers to letters to strangers; find somebody to introduce you."),
    "off_hours": _("Write when you like, send in their working hours, or say that there is no rush."),
    "nearer_days": _("Offer days soon to come rather than some time next week."),
    "reply_load": _("Do not read silence as a no; follow up once, then let it rest."),
    "reply_time": _("Who answers quickly is a tie to care for."),
    "followup_limit": _("Three tries in all, then stop."),
    "mixers": _("Before an event, choose two or three people to meet."),
    "referrals": _("After a talk that went well you may ask to be referred, for a post you name."),
    "unequal_answers": _("A low rate of answers says little about you, and nothing about your worth."),
    "closing_the_loop": _("Tell whoever advised you what came of it."),
    "feel_dirty": _("If asking feels uncomfortable, that is common; it need not mean that it is wrong."),
}
GRADES: Mapping[Grade, str] = {
    Grade.A: _("randomised or field experiment, or very large natural data"),
    Grade.B: _("observed over time or on a representative sample, and peer-reviewed"),
    Grade.C: _("laboratory only, small, one place, or company data without a method"),
    Grade.D: _("advice, tradition, opinion"),
    Grade.X: _("disputed, or untraceable: not to be relied on"),
}


def by_grade() -> tuple[tuple[Grade, str, tuple[Evidence, ...]], ...]:
    """Give each grade that has cards, in words, with its cards; the disputed ones last."""
    found = (
        (grade, said, tuple(card for card in EVIDENCE.values() if card.grade is grade))
        for grade, said in GRADES.items()
    )
    return tuple(group for group in found if group[2])
