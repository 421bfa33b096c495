"""How well two people know each other, in words.

Theory of operation.  The ranking gives a number for the strength of a tie; words have to be true, so
they look at what lies behind it as well.  Where nothing ever came back, one does not know each other:
it is said how often one reached out.  A letter and an answer are a loose tie, however fresh; it takes
some going back and forth, or the seeker's own word for it, to say more.  The bounds are ours.
``why`` says what the number rests on, part by part, and leaves out what is not known.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from askwell.rules.cadence import last_touch
from askwell.rules.decisions import because

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import History, Relationship

CLOSE, GOOD, LOOSE = 0.6, 0.35, 0.1  # of the strength of the ranking
OFTEN, AGAIN = 3, 2  # exchanges within a year
SAID_CLOSE, SAID_GOOD = 4, 3  # of five, as the seeker says it


def unheard(history: History) -> bool:
    """Say whether all that happened went out, and nothing ever came from them."""
    heard = history.last_in_at is not None or history.last_talk_at is not None
    return not heard and last_touch(history) is not None


def how_well(relationship: Relationship, *, strength: float) -> Reason:
    """Say how well two know each other; ``strength`` is that of the ranking, 0 to 1."""
    history = relationship.history
    if unheard(history):
        return because("K07", "tie.unheard", times=max(1, history.unanswered))
    if last_touch(history) is None:  # a letter that came back reached nobody
        return because("K07", "tie.none")
    return in_words(strength, exchanges=history.exchanges, closeness=relationship.closeness)


def in_words(strength: float, *, exchanges: int, closeness: int | None) -> Reason:
    """Say how well two know each other of whom both were heard."""
    said = closeness or 0
    if strength >= CLOSE and (exchanges >= OFTEN or said >= SAID_CLOSE):
        return because("K07", "tie.close")
    if strength >= GOOD and (exchanges >= AGAIN or said >= SAID_GOOD):
        return because("K07", "tie.good")
    return because("K07", "tie.loose") if strength >= LOOSE else because("K05", "tie.lapsed")


def why(
    *, exchanges: int, last_at: datetime | None, median_reply_hours: float | None, closeness: int | None
) -> tuple[Reason, ...]:
    """Say what the strength of a tie rests on: the parts of it that are known, in words."""
    found = [
        because("K07", "tie.exchanges", times=exchanges) if exchanges else None,
        because("K07", "tie.last", at=last_at) if last_at is not None else None,
        _answers(median_reply_hours) if median_reply_hours is not None else None,
        because("K07", "tie.said", closeness=closeness) if closeness is not None else None,
    ]
    return tuple(one for one in found if one is not None)


def _answers(hours: float) -> Reason:
    return because("K07", "tie.answers", days=max(1, ceil(hours / 24)))
