"""Reading what happened: one pass over a relationship's events, and what that leaves.

Theory of operation.  Each event costs three look-ups and a handful of additions, and no jump.  What a later
question needs is *which event was the last* of a sort (sent, began anew, named a date, ...): eight sorts,
a byte each of one 64-bit word.  The event's place is added into those bytes that its row of ``sets`` has
whole, and those that its row of ``keeps`` lacks are wiped before, all eight at once.  Everything else
(how many were sent, since when an answer is owed) is found by looking back from there, where it is asked for.
A byte holds 254 events; what a longer history left before is carried on as place 1.

A message that came back takes the one before it away, which one pass cannot know: where one is met, the
kinds are copied with marks on what never arrived (``_mark``), and the copy is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import bare
from askwell.graph.due_tables import (
    ANEW,
    ANSWERS,
    ASKS,
    DATE_GONE,
    DATED,
    IN,
    NO_YES,
    NOT_ALLOWED,
    OUT,
    RETURNED,
    SENT,
    STATE,
    TALK,
    THANKED,
    TOGETHER,
    TOUCH,
    UNSENT,
    YES,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_KINDS = 64  # the two highest bits of a kind are marks
_NOT_SENT, _NO_TOUCH = 64, 128  # it came back: as a move it was never sent, as a touch it never was
_COLUMNS = 256
_PLACES = 254  # events in one stretch; place 1 is before it, 0 nowhere
_NOWHERE = -1
_ONE_EACH = 0x0101010101010101
CARE = UNSENT | RETURNED | NOT_ALLOWED

# Of each byte: what sets it, and what wipes it.
_BYTES = (
    (SENT, ANEW),
    (ANEW, 0),
    (DATED, DATE_GONE),
    (YES, NO_YES),
    (TALK, 0),
    (IN | TOGETHER | TALK, 0),
    (ASKS, ANSWERS),
    (TALK, THANKED),
)
_WIPED_WINS = ANSWERS | THANKED  # an event that both sets and wipes: these leave nothing


class Tables(NamedTuple):
    """What follows of each kind (with its marks) in each state: 256 columns a state, row after row."""

    follows: Any  # int32
    keeps: Any  # uint64
    sets: Any  # uint64
    plain: Any  # int32, 256: what is noted of a kind, whatever the state


class Last(NamedTuple):
    """The last event of each sort, or -1."""

    sent: int  # since it began anew
    anew: int
    date: int  # that names the date which holds now
    yes: int
    talk: int
    heard: int
    asked: int  # that has no answer yet
    unthanked: int


def tables_of(moves: NDArray[np.int32]) -> Tables:
    """Lay out a table of moves for reading.  Raises ``ValueError`` for more than ``MOST_KINDS``."""
    kinds = moves.shape[1]
    if kinds > MOST_KINDS:
        raise ValueError(f"there are more than {MOST_KINDS} kinds of events")
    follows = np.full((moves.shape[0], _COLUMNS), NOT_ALLOWED, dtype=np.int32)
    for mark, lost in ((0, 0), (_NOT_SENT, SENT), (_NO_TOUCH, TOUCH), (_NOT_SENT | _NO_TOUCH, SENT | TOUCH)):
        follows[:, mark : mark + kinds] = moves & ~lost
    keeps, sets = np.zeros(follows.shape, np.uint64), np.zeros(follows.shape, np.uint64)
    for byte, (begins, ends) in enumerate(_BYTES):
        whole = np.uint64(255 << 8 * byte)
        wiped = follows & ends != 0
        begun = (follows & begins != 0) & ~(follows & ends & _WIPED_WINS != 0)
        sets += np.where(begun, whole, 0).astype(np.uint64)
        keeps += np.where(begun | wiped, 0, whole).astype(np.uint64)
    plain = np.bitwise_or.reduce(follows, axis=0) & ~STATE
    return Tables(follows.ravel(), keeps.ravel(), sets.ravel(), plain)


@bare
def _carried(last: Last) -> Any:
    """The word that a stretch begins with: place 1 for all that was before it."""
    word = np.uint64(0)
    for byte, event in enumerate(last):
        if event >= 0:
            word |= np.uint64(1) << np.uint64(8 * byte)
    return word


@bare
def _place(word: Any, byte: int, start: int, before: int) -> int:
    """The event that a byte stands for."""
    place = int(np.int64((word >> np.uint64(8 * byte)) & np.uint64(255)))
    if place == 1:
        return before
    return start + place - 2 if place > 0 else _NOWHERE


@bare
def read(kinds: Any, shift: int, tables: Tables, span: Any, state: int) -> tuple[int, int, Last]:
    """Go over the events of ``span`` from a state on; also all that was met.

    The kind of an event is ``kinds[event - shift]``.
    """
    last = Last(-1, -1, -1, -1, -1, -1, -1, -1)
    follows, keeps, sets = tables.follows, tables.keeps, tables.sets
    met, start = 0, span[0]
    while start < span[1]:
        stop = min(span[1], start + _PLACES)
        word = _carried(last) if start > span[0] else np.uint64(0)
        here = np.uint64(2 * _ONE_EACH)
        for event in range(start, stop):
            column = np.uint64(state * _COLUMNS) + np.uint64(kinds[np.uint64(event - shift)])
            what = follows[column]  # places without a sign: one that may be negative is looked at twice
            word = (word & keeps[column]) | (here & sets[column])
            here += np.uint64(_ONE_EACH)
            state = what & STATE
            met |= what
        last = Last(
            _place(word, 0, start, last.sent),
            _place(word, 1, start, last.anew),
            _place(word, 2, start, last.date),
            _place(word, 3, start, last.yes),
            _place(word, 4, start, last.talk),
            _place(word, 5, start, last.heard),
            _place(word, 6, start, last.asked),
            _place(word, 7, start, last.unthanked),
        )
        start = stop
    return state, met, last


@bare
def mark(kinds: Any, tables: Tables, span: Any, state: int, copy: Any) -> int:
    """Copy the kinds, with marks on what never arrived; give the first event that was not allowed, or -1."""
    wrong, anew = _NOWHERE, 0
    for event in range(span[0], span[1]):
        place = event - span[0]
        copy[place] = kinds[event]
        what = tables.follows[state * _COLUMNS + copy[place]]
        if what & NOT_ALLOWED and wrong < 0:
            wrong = event
        if what & ANEW:
            anew = place
        if what & UNSENT:
            _take_back(copy, (anew, place), tables.plain, SENT, _NOT_SENT)
        if what & RETURNED:
            _take_back(copy, (0, place), tables.plain, OUT, _NO_TOUCH)
        state = what & STATE
    return wrong


@bare
def _take_back(copy: Any, span: Any, plain: Any, sort: int, mark: int) -> None:
    """Mark the last event of that sort among these places."""
    for place in range(span[1] - 1, span[0] - 1, -1):
        if plain[copy[place]] & sort:
            copy[place] |= mark
            return


@bare
def since(kinds: Any, span: Any, plain: Any, event: int, sort: int, ends: int) -> int:
    """Look back from an event of that sort to the first one since what ``ends`` it; -1 stays -1.

    ``span``: how far back, and the shift of the kinds.
    """
    first = event
    while event >= span[0] and not plain[kinds[event - span[1]]] & ends:
        if plain[kinds[event - span[1]]] & sort:
            first = event
        event -= 1
    return first
