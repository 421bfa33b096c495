"""Introductions the seeker makes: where each stands, and the letters it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.db.models import Case, F, When
from django.utils.translation import gettext

from askwell.outreach.actions.offers import offer_facts
from askwell.outreach.letter_files import address_of
from askwell.outreach.letters import correspondence, letter_facts
from askwell.outreach.models import IntroductionOffer
from askwell.rules.letters.offering import OfferFacts, asking, to_both
from askwell.rules.letters.who import article, within_a_sentence
from askwell.rules.offers import Answer, OfferMove, OfferStage, Side, may, to_tell

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.outreach.letters import Correspondence
    from askwell.people.models import Contact
    from askwell.rules.letters.facts import Draft, LetterFacts

_MOST_READ = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SideLine:
    """One of the two: what they said, and what may be done."""

    side: Side
    contact: Contact
    other: Contact
    answer: Answer
    may_ask: bool
    may_answer: bool
    to_tell: bool  # is owed a word that nothing comes of it


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """An introduction in the making."""

    offer: IntroductionOffer
    stage: OfferStage
    sentence: str
    sides: tuple[SideLine, SideLine]

    @property
    def owed(self) -> bool:
        """Is somebody owed a word that nothing comes of it?"""
        return any(side.to_tell for side in self.sides)

    @property
    def may_drop(self) -> bool:
        """May it still be let go?"""
        return self.stage not in {OfferStage.MADE, OfferStage.DROPPED}


def offers(owner: AbstractBaseUser) -> QuerySet[IntroductionOffer]:
    """All of them, those in the making first, newest first; both people with them."""
    ended = Case(When(made_at=None, dropped_at=None, then=0), default=1)
    rows = IntroductionOffer.objects.for_owner(owner).exclude(left=F("right"))
    return rows.select_related("left", "right", "owner").order_by(ended, "-begun_at", "-pk")


def offers_to_go_on(owner: AbstractBaseUser, *, limit: int) -> list[OfferLine]:
    """Those in the making where somebody has still to ask, answer, be told or be brought together."""
    begun = offers(owner).filter(made_at=None, dropped_at=None)
    if not begun.exists():  # as on most days; to ask for both people of each takes far longer
        return []
    lines = [offer_line(one) for one in begun[:_MOST_READ]]
    moving = [line for line in lines if line.stage is not OfferStage.REFUSED or line.owed]
    return moving[:limit]


def offer_line(offer: IntroductionOffer) -> OfferLine:
    """Where it stands, in words."""
    facts = offer_facts(offer)
    owed = to_tell(facts)

    def line(side: Side, contact: Contact, other: Contact) -> SideLine:
        return SideLine(
            side=side,
            contact=contact,
            other=other,
            answer=facts.says(side),
            may_ask=may(facts, OfferMove.ASKED, side),
            may_answer=may(facts, OfferMove.SAID_YES, side) or may(facts, OfferMove.SAID_NO, side),
            to_tell=side in owed,
        )

    left, right = offer.left, offer.right
    return OfferLine(
        offer=offer,
        stage=facts.stage,
        sentence=_sentence(offer, facts.stage, owed),
        sides=(line(Side.LEFT, left, right), line(Side.RIGHT, right, left)),
    )


def _sentence(offer: IntroductionOffer, stage: OfferStage, owed: tuple[Side, ...]) -> str:
    said, names = (Answer(offer.left_says), Answer(offer.right_says)), (offer.left.name, offer.right.name)
    if stage is OfferStage.MADE:
        return gettext("You introduced them.")
    if stage is OfferStage.DROPPED:
        return gettext("You let it be.")
    if stage is OfferStage.AGREED:
        return gettext("Both said yes: write to both.")
    if stage is OfferStage.REFUSED:
        if owed:
            return gettext("It rests. %(name)s is owed a word.") % {"name": names[list(Side).index(owed[0])]}
        return gettext("It rests: one of them would rather not.")
    waiting = [name for name, answer in zip(names, said, strict=True) if answer is Answer.ASKED]
    unasked = [name for name, answer in zip(names, said, strict=True) if answer is Answer.UNASKED]
    if unasked:
        return gettext("Ask %(names)s first.") % {"names": gettext(" and ").join(unasked)}
    return gettext("Waiting for %(names)s.") % {"names": gettext(" and ").join(waiting)}


def asking_letter(
    offer: IntroductionOffer,
    side: Side,
    *,
    now: datetime,
    about: str | None = None,
    named: bool = False,
    known: Correspondence | None = None,
) -> Draft:
    """The letter that asks one of the two.  ``about`` continues "I know someone who"; ``named``: say who.

    ``known`` is what is known of the other, where it was read already.
    """
    to, other = (offer.left, offer.right) if side is Side.LEFT else (offer.right, offer.left)
    theirs = letter_facts(known or correspondence(other, now=now))
    said = _works_as(theirs) if about is None else about.strip().rstrip(".")
    return asking(_facts(to, other, theirs, why=offer.why, about=said, named=named))


def letter_to_both(offer: IntroductionOffer, *, now: datetime, known: Correspondence | None = None) -> Draft:
    """The letter to both, for when both said yes; ``known`` is of the right one."""
    theirs = letter_facts(known or correspondence(offer.right, now=now))
    return to_both(_facts(offer.left, offer.right, theirs, why=offer.why, note=offer.blurb))


def addresses(offer: IntroductionOffer) -> tuple[str, str]:
    """Their e-mails; empty where none is known."""
    return address_of(offer.left), address_of(offer.right)


def mail_to(emails: tuple[str, ...], subject: str, body: str) -> str:
    """A link for one's own mail program, to one or to both; empty where an address is missing."""
    if not all(emails):
        return ""
    to = ",".join(quote(each, safe="@") for each in emails)
    return f"mailto:{to}?subject={quote(subject)}&body={quote(body.replace(chr(10), chr(13) + chr(10)))}"


def _works_as(facts: LetterFacts) -> str:
    """What they do, without where: it must not tell who they are."""
    if not facts.job:
        return ""
    job = within_a_sentence(facts.job)
    return f"works as {article(job)} {job}"  # for a letter, which is in English


def _facts(
    to: Contact,
    other: Contact,
    known: LetterFacts,
    *,
    why: str,
    about: str = "",
    note: str = "",
    named: bool = False,
) -> OfferFacts:
    return OfferFacts(
        given=to.given or to.name,
        other_given=other.given or other.name,
        name=to.name,
        other_name=other.name,
        other_about=about,
        why=why,
        note=note,
        seeker=known.seeker,
        signature=known.signature,
        named=named,
    )
