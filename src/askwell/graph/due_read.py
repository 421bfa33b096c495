"""Reading what happened: one pass over a relationship's events, and what that leaves.

Theory of operation.  Each event costs three look-ups and a handful of additions, and no jump.  Where a
relationship stands is a *row*: the state of its outreach, and whether an answer and thanks are owed.  A kind
and a row give the next row.  What a later question needs is *which event was the last* of a sort (sent or
begun anew, named a date or let it go, ...), or the first since an answer or thanks are owed: eight sorts, a
byte each of one 64-bit word.  The event's place goes into those bytes that ``takes`` has whole, all eight at
once.  Whether the last of a sort is one that begins it or one that ends it, its kind says afterwards.
A byte holds 254 events; what a longer history left before is carried on as place 1.

A message that came back takes the one before it away, which one pass cannot know: where one is met, or a move
that is not allowed, the row is ``UNSURE`` to the end; the kinds are copied with marks on what never arrived
(``mark``), and the copy is read by a table that knows the marks.
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
_MARKED_KINDS = 256
PLACES = 254  # events in one stretch; place 1 is before it, 0 nowhere
_NOWHERE = -1
_ONE_EACH = 0x0101010101010101
_CARE = UNSENT | RETURNED | NOT_ALLOWED

# A row: a state in four bits, and what is owed.
UNSURE = STATE
_ANSWER_OWED, _THANKS_OWED = STATE + 1, 2 * (STATE + 1)
_ROWS, _ROW_BITS = 64, 6

# Of each byte that keeps the last: what begins it, and what ends it.
_BYTES = (
    (SENT, ANEW),
    (ANEW, 0),
    (DATED, DATE_GONE),
    (YES, NO_YES),
    (TALK, 0),
    (IN | TOGETHER | TALK, 0),
)
# Of each byte that keeps the first since it is owed: the bit of the row, what begins it, and what ends it.
_OWED = ((_ANSWER_OWED, ASKS, ANSWERS), (_THANKS_OWED, TALK, THANKED))


class Moves(NamedTuple):
    """What follows, kind after kind: 64 rows each."""

    after: Any  # uint8: the next row
    takes: Any  # uint64


class Tables(NamedTuple):
    """What follows of each kind of event."""

    plain: Moves
    marked: Moves
    follows: Any  # int32, states x 256 kinds: the next state and what is to be noted
    noted: Any  # int32, 256: what is noted of a kind, whatever the state


class Last(NamedTuple):
    """The last event of each sort, or -1."""

    sent: int  # or that it began anew
    anew: int
    date: int  # that names the date which holds now, or lets go of one
    yes: int  # means something only where a talk is arranged
    talk: int
    heard: int
    asked: int  # the first that has no answer yet
    unthanked: int  # the first


def tables_of(moves: NDArray[np.int32]) -> Tables:
    """Lay out a table of moves for reading.  Raises ``ValueError`` for more than ``MOST_KINDS``."""
    kinds = moves.shape[1]
    if kinds > MOST_KINDS:
        raise ValueError(f"there are more than {MOST_KINDS} kinds of events")
    follows = np.full((moves.shape[0], _MARKED_KINDS), NOT_ALLOWED, dtype=np.int32)
    for mark, lost in ((0, 0), (_NOT_SENT, SENT), (_NO_TOUCH, TOUCH), (_NOT_SENT | _NO_TOUCH, SENT | TOUCH)):
        follows[:, mark : mark + kinds] = moves & ~lost
    noted = np.bitwise_or.reduce(follows, axis=0) & ~STATE
    marked, plain = _moves(follows), _moves(follows[:, :kinds])
    unsure = np.flatnonzero(_by_row(follows[:, :kinds] & _CARE) & _CARE)
    plain.after[unsure] = UNSURE
    return Tables(plain, marked, follows.ravel(), noted)


def _by_row(follows: NDArray[np.int32]) -> NDArray[np.int32]:
    """States x kinds as kinds x rows; of ``UNSURE`` as of a move that is not allowed."""
    rows = np.full((STATE + 1, follows.shape[1]), UNSURE | NOT_ALLOWED, np.int32)
    rows[: len(follows)] = follows
    return np.ascontiguousarray(np.tile(rows, (_ROWS // len(rows), 1)).T)


def _moves(follows: NDArray[np.int32]) -> Moves:
    what, owed = _by_row(follows), np.arange(_ROWS)
    after, takes = (what & STATE).astype(np.uint8), np.zeros(what.shape, np.uint64)
    for byte, (begins, ends) in enumerate(_BYTES):
        takes |= np.where(what & (begins | ends), np.uint64(255 << 8 * byte), np.uint64(0))
    for byte, (bit, begins, ends) in enumerate(_OWED, len(_BYTES)):
        begun = (what & begins != 0) & (what & ends == 0) & (owed & bit == 0)
        takes |= np.where(begun, np.uint64(255 << 8 * byte), np.uint64(0))
        after |= np.where(begun | ((owed & bit != 0) & (what & ends == 0)), bit, 0).astype(np.uint8)
    return Moves(after.ravel(), takes.ravel())


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
    event = start + place - 2 if place > 0 else _NOWHERE
    return before if place == 1 else event


@bare
def lasts(word: Any, row: Any, start: int, before: Last) -> Last:
    """What a word stands for that was read from ``start`` on."""
    asked, unthanked = _place(word, 6, start, before.asked), _place(word, 7, start, before.unthanked)
    return Last(
        _place(word, 0, start, before.sent),
        _place(word, 1, start, before.anew),
        _place(word, 2, start, before.date),
        _place(word, 3, start, before.yes),
        _place(word, 4, start, before.talk),
        _place(word, 5, start, before.heard),
        asked if row & np.uint64(_ANSWER_OWED) else _NOWHERE,
        unthanked if row & np.uint64(_THANKS_OWED) else _NOWHERE,
    )


@bare
def sweep(kinds: Any, moves: Moves, span: Any, row: Any, word: Any) -> Any:
    """Go over at most ``PLACES`` events, from a row and a word to the next."""
    after, takes, here = moves.after, moves.takes, np.uint64(2 * _ONE_EACH)
    for event in range(np.uint64(span[0]), np.uint64(span[1])):  # one that may be negative is looked at twice
        cell = (np.uint64(kinds[event]) << np.uint64(_ROW_BITS)) + row
        word ^= (word ^ here) & takes[cell]
        here += np.uint64(_ONE_EACH)
        row = np.uint64(after[cell])
    return row, word


@bare
def read_copy(copy: Any, moves: Moves, span: Any, state: int) -> tuple[int, Last]:
    """Go over the events of ``span``, whose kinds are in ``copy``, in stretches: where it stands then."""
    last = Last(-1, -1, -1, -1, -1, -1, -1, -1)
    row, start = np.uint64(state), span[0]
    while start < span[1]:
        stop = min(span[1], start + PLACES)
        row, word = sweep(copy, moves, (start - span[0], stop - span[0]), row, _carried(last))
        last = lasts(word, row, start, last)
        start = stop
    return int(np.int64(row)) & STATE, last


@bare
def mark(kinds: Any, tables: Tables, span: Any, state: int, copy: Any) -> int:
    """Copy the kinds, with marks on what never arrived; give the first event that was not allowed, or -1."""
    wrong, anew = _NOWHERE, 0
    for event in range(span[0], span[1]):
        place = event - span[0]
        copy[place] = kinds[event]
        what = tables.follows[state * _MARKED_KINDS + copy[place]]
        if what & NOT_ALLOWED and wrong < 0:
            wrong = event
        if what & ANEW:
            anew = place
        if what & UNSENT:
            _take_back(copy, (anew, place), tables.noted, SENT, _NOT_SENT)
        if what & RETURNED:
            _take_back(copy, (0, place), tables.noted, OUT, _NO_TOUCH)
        state = what & STATE
    return wrong


@bare
def _take_back(copy: Any, span: Any, noted: Any, sort: int, mark: int) -> None:
    """Mark the last event of that sort among these places."""
    for place in range(span[1] - 1, span[0] - 1, -1):
        if noted[copy[place]] & sort:
            copy[place] |= mark
            return
