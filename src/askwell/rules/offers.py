"""Introducing two people to each other: both are asked first, either may say no (I01).

Theory of operation.  ``MOVES[stage][move]`` tells, for a move, which answers of the person it is about
may be where, and what they become; a move that concerns both has ``BOTH`` alone.  What is not in the
table is not allowed: ``advance`` raises ``OfferNotHere`` and, having no state of its own, changes
nothing.  The stage follows from both answers and from whether the offer came to its end, and is never
kept.

What is worth knowing of it:

* Nobody is introduced who has not said yes: ``MADE`` is only in ``AGREED``.
* A no is final, and may come after a yes as long as the two have not been introduced.
* After one said no, the other's answer may still come in; it changes nothing but is a fact.
* What was made or dropped stays so.  A slip is mended by undo, not by a move.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.errors import AskwellRuleError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Answer(StrEnum):
    """What one of the two said."""

    UNASKED = "unasked"
    ASKED = "asked"
    YES = "yes"
    NO = "no"


class Side(StrEnum):
    """Which of the two."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The other of the two."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class OfferStage(StrEnum):
    """Where the offer stands as a whole."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    MADE = "made"
    DROPPED = "dropped"


class OfferMove(StrEnum):
    """What may happen; the first three concern one of the two."""

    ASKED = "asked"
    SAID_YES = "said_yes"
    SAID_NO = "said_no"
    MADE = "made"
    DROPPED = "dropped"


Turns = dict[Answer, Answer]
BOTH: Turns = {}  # of a move that concerns both
_ASK: Turns = {Answer.UNASKED: Answer.ASKED}
_YES: Turns = {Answer.UNASKED: Answer.YES, Answer.ASKED: Answer.YES}
_NO: Turns = {Answer.UNASKED: Answer.NO, Answer.ASKED: Answer.NO, Answer.YES: Answer.NO}

MOVES: Mapping[OfferStage, Mapping[OfferMove, Turns]] = {
    OfferStage.OPEN: {
        OfferMove.ASKED: _ASK,
        OfferMove.SAID_YES: _YES,
        OfferMove.SAID_NO: _NO,
        OfferMove.DROPPED: BOTH,
    },
    OfferStage.AGREED: {OfferMove.SAID_NO: _NO, OfferMove.MADE: BOTH, OfferMove.DROPPED: BOTH},
    OfferStage.REFUSED: {OfferMove.SAID_YES: _YES, OfferMove.SAID_NO: _NO, OfferMove.DROPPED: BOTH},
    OfferStage.MADE: {},
    OfferStage.DROPPED: {},
}


class OfferNotHere(AskwellRuleError):
    """The table has no such move; nothing was changed."""

    def __init__(self, stage: OfferStage, move: OfferMove) -> None:
        super().__init__(f"an offer to introduce that is {stage} cannot take {move}")
        self.stage = stage
        self.move = move


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Both answers, and whether it came to its end."""

    left: Answer = Answer.UNASKED
    right: Answer = Answer.UNASKED
    made: bool = False
    dropped: bool = False

    @property
    def stage(self) -> OfferStage:
        """Where it stands as a whole."""
        if self.made:
            return OfferStage.MADE
        if self.dropped:
            return OfferStage.DROPPED
        answers = {self.left, self.right}
        if Answer.NO in answers:
            return OfferStage.REFUSED
        return OfferStage.AGREED if answers == {Answer.YES} else OfferStage.OPEN

    def says(self, side: Side) -> Answer:
        """What this one of the two said."""
        return self.left if side is Side.LEFT else self.right


def advance(offer: Offer, move: OfferMove, side: Side | None = None) -> Offer:
    """Give the offer after the move; ``side`` is whom the move concerns, for those that concern one.

    Raises OfferNotHere.
    """
    if not may(offer, move, side):
        raise OfferNotHere(offer.stage, move)
    if side is None:
        return replace(offer, made=move is OfferMove.MADE, dropped=move is OfferMove.DROPPED)
    answer = MOVES[offer.stage][move][offer.says(side)]
    return replace(offer, left=answer) if side is Side.LEFT else replace(offer, right=answer)


def may(offer: Offer, move: OfferMove, side: Side | None = None) -> bool:
    """Does the table have this move from where the offer stands?"""
    turns = MOVES[offer.stage].get(move)
    if turns is None:
        return False
    return not turns if side is None else offer.says(side) in turns


def to_tell(offer: Offer) -> tuple[Side, ...]:
    """Who is owed a word once the other said no: whoever had been asked, and has not said no."""
    if offer.stage is not OfferStage.REFUSED:
        return ()
    return tuple(side for side in Side if offer.says(side) in {Answer.ASKED, Answer.YES})
