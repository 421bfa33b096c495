"""How strong ties are, from what happened: many at once, or a few again after something was added.

Theory of operation.  The rules are the specification (``rules.ranking.strength``); here they are carried
out over arrays.  A touch is a tie's number, a moment (microseconds since 1970, UTC) and what it was, a
code of ``What``.  Touches are brought together by tie with a counting sort that keeps their order, put
in the order of time where they are not, and summed up in one pass each: who wrote last, answers within
the last year, exchanges (the lesser of out and in, and each talk), the median wait for an answer.  An
automatic reply does not count, and a bounce takes back the last message out before it.  What lies after
``now`` has not happened yet.

``Ledger`` keeps touches and sums up again only the ties that something was added to: the same pass
over the same touches, so the same numbers (a loop compiled and the same loop as written may differ in
the last bit of a power).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.graph.compiled import compiled
from askwell.rules.ranking import DAY_HOURS, FULL_EXCHANGES, HALF_LIFE_DAYS, WEIGHTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Codes = NDArray[np.uint8]
    Flags = NDArray[np.bool_]

NEVER = np.iinfo(np.int64).min
YEAR = 365 * 86_400 * 1_000_000
MOST_CLOSE = 5
FEW = 4096  # touches: below, the loops run as they are written, without the wait for the compiler
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_RECENCY, _EXCHANGES = WEIGHTS["recency"], WEIGHTS["exchanges"]
_SPEED, _CLOSENESS = WEIGHTS["speed"], WEIGHTS["closeness"]
_FULL, _HALF_LIFE, _HOURS = float(FULL_EXCHANGES), float(HALF_LIFE_DAYS), DAY_HOURS


class What(IntEnum):
    """What a touch was, as far as the strength of a tie asks."""

    OUT = 0
    IN = 1
    TOGETHER = 2  # a call or meeting the seeker notes as their own: it answers what was open
    BOUNCE = 3
    AUTO_REPLY = 4
    TALK = 5


_OUT, _IN, _TOGETHER, _BOUNCE, _TALK = (
    int(What.OUT),
    int(What.IN),
    int(What.TOGETHER),
    int(What.BOUNCE),
    int(What.TALK),
)


@dataclass(frozen=True, slots=True)
class Strengths:
    """What the touches of each tie come to; every array has one entry a tie.

    ``last`` and ``hours`` are NEVER and NaN where there is none; ``closeness`` is NaN where it was not said.
    """

    strength: Floats
    exchanges: Ints
    last: Ints
    hours: Floats  # the median wait for an answer
    closeness: Floats
    unanswered: Ints
    heard: Flags


def micros(at: datetime) -> int:
    """Give a moment as whole microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def moment(at: int) -> datetime:
    """Give the moment back."""
    return _EPOCH + int(at) * _MICROSECOND


def strengths(
    tie: Ints, at: Ints, what: Codes, *, count: int, now: int, closeness: Floats | None = None
) -> Strengths:
    """Give the strength of ``count`` ties from their touches, in any order.  Raises ValueError."""
    tie, at, what = _checked(tie, at, what, count)
    said = _said(closeness, count)
    start, at, what = _loop(_by_tie, len(at))(tie, at, what, count)
    return _summed(start, at, what, now=now, closeness=said)


def _checked(tie: Any, at: Any, what: Any, count: int) -> tuple[Ints, Ints, Codes]:
    tie, at, what = np.asarray(tie, np.int64), np.asarray(at, np.int64), np.asarray(what, np.uint8)
    if not tie.shape == at.shape == what.shape or tie.ndim != 1:
        raise ValueError("tie, at and what must be as long as each other")
    if len(tie) and not (tie.min() >= 0 and tie.max() < count):
        raise ValueError(f"ties are numbered from 0 to {count - 1}")
    if len(what) and what.max() > max(What):
        raise ValueError(f"what happened is 0 to {int(max(What))}")
    return tie, at, what


def _said(closeness: Any, count: int) -> Floats:
    if closeness is None:
        return np.full(count, np.nan)
    said = np.asarray(closeness, np.float64)
    if said.shape != (count,):
        raise ValueError("closeness must have one entry a tie")
    if np.any((said < 1) | (said > MOST_CLOSE)):  # NaN is neither
        raise ValueError("closeness is 1 to 5, or NaN")
    return said


def _loop(loop: Any, size: int) -> Any:
    return loop.py_func if size <= FEW else loop


def _summed(start: Ints, at: Ints, what: Codes, *, now: int, closeness: Floats) -> Strengths:
    count = len(start) - 1
    exchanges, last, unanswered = (np.empty(count, np.int64) for _ in range(3))
    hours, heard = np.empty(count), np.empty(count, np.bool_)
    _loop(_sum_up, len(at))(start, at, what, now, exchanges, last, hours, unanswered, heard)
    strength = np.empty(count)
    _loop(_weigh, count)(exchanges, last, hours, heard, closeness, now, strength)
    return Strengths(strength, exchanges, last, hours, closeness, unanswered, heard)


# --- the loops


@compiled
def _by_tie(tie: Ints, at: Ints, what: Codes, count: int) -> tuple[Ints, Ints, Codes]:
    """Bring touches together by tie, each tie's in the order of time; at one moment as they came."""
    start = np.zeros(count + 1, np.int64)
    for one in tie:
        start[one + 1] += 1
    for one in range(count):
        start[one + 1] += start[one]
    place = start[:-1].copy()
    times, codes = np.empty_like(at), np.empty_like(what)
    for touch in range(len(tie)):
        here = place[tie[touch]]
        times[here], codes[here] = at[touch], what[touch]
        place[tie[touch]] = here + 1
    for one in range(count):
        first, end = start[one], start[one + 1]
        for here in range(first + 1, end):
            if times[here] < times[here - 1]:
                order = np.argsort(times[first:end], kind="mergesort")
                times[first:end] = times[first:end][order]
                codes[first:end] = codes[first:end][order]
                break
    return start, times, codes


@compiled
def _sum_up(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - one pass, and a call in it would cost
    start: Ints,
    at: Ints,
    what: Codes,
    now: int,
    exchanges: Ints,
    last: Ints,
    hours: Floats,
    unanswered: Ints,
    heard: Flags,
) -> None:
    """Sum up every tie: the one pass of ``outreach.facts.history``, over arrays."""
    most = 1
    for tie in range(len(start) - 1):
        most = max(most, start[tie + 1] - start[tie])
    gone, sent, waits = np.empty(most, np.bool_), np.empty(most, np.int64), np.empty(most)
    for tie in range(len(start) - 1):
        first, end = start[tie], start[tie + 1]
        while end > first and at[end - 1] > now:
            end -= 1
        out = 0
        for here in range(first, end):
            code = what[here]
            gone[here - first] = False
            if code in (_OUT, _TOGETHER):
                sent[out] = here - first
                out += 1
            elif code == _BOUNCE and out:
                out -= 1
                gone[sent[out]] = True
        outs = ins = talks = waited = open_out = alone = 0
        newest = last_open = NEVER
        heard_last = NEVER
        for here in range(first, end):
            code, moment_ = what[here], at[here]
            if gone[here - first] or code > _TALK or code == _BOUNCE:
                continue
            if code == _TALK:
                talks += moment_ >= now - YEAR
            elif code == _IN:
                if moment_ >= now - YEAR:
                    ins += 1
                    if open_out:
                        waits[waited] = (moment_ - last_open) / 1_000_000 / 3600.0
                        waited += 1
                open_out = 0
            elif code in (_OUT, _TOGETHER):
                outs += moment_ >= now - YEAR
                open_out += 1
                last_open = moment_
                alone += moment_ > heard_last
                if code == _TOGETHER:
                    open_out = 0
            else:
                continue
            newest = max(newest, moment_)
            if code != _OUT:
                heard_last = max(heard_last, moment_)
                alone = 0
        exchanges[tie] = min(outs, ins) + talks
        last[tie] = newest
        heard[tie] = heard_last != NEVER
        unanswered[tie] = alone
        if waited:
            found = np.sort(waits[:waited])
            middle = waited // 2
            hours[tie] = found[middle] if waited % 2 else (found[middle - 1] + found[middle]) / 2
        else:
            hours[tie] = np.nan


@compiled
def _weigh(
    exchanges: Ints, last: Ints, hours: Floats, heard: Flags, closeness: Floats, now: int, strength: Floats
) -> None:
    """Weigh the known parts of each tie, term by term in the order of the rules."""
    for tie in range(len(strength)):
        recency = 0.0
        if heard[tie]:
            recency = 0.5 ** (max(0.0, (now - last[tie]) / 1_000_000 / 86_400.0) / _HALF_LIFE)
        weight = _RECENCY + _EXCHANGES
        found = _RECENCY * recency + _EXCHANGES * min(1.0, exchanges[tie] / _FULL)
        if not np.isnan(hours[tie]):
            weight += _SPEED
            found += _SPEED * (_HOURS / (_HOURS + max(0.0, hours[tie])))
        if not np.isnan(closeness[tie]):
            weight += _CLOSENESS
            found += _CLOSENESS * ((closeness[tie] - 1) / 4)
        strength[tie] = found / weight


# --- kept from one time to the next


class Ledger:
    """Touches by tie, to which more may be added: only the ties they belong to are summed up again."""

    def __init__(self, count: int = 0) -> None:
        self._touches: list[tuple[Ints, Codes]] = [(_NO_TIMES, _NO_CODES)] * count
        self._closeness = np.full(count, np.nan)
        self._stale = set(range(count))
        self._known: Strengths | None = None
        self._now = NEVER

    def __len__(self) -> int:
        return len(self._touches)

    def add(self, tie: Ints, at: Ints, what: Codes, *, count: int = 0) -> None:
        """Add touches, of new ties too where ``count`` says there are more now.  Raises ValueError."""
        grown = max(count, len(self))
        tie, at, what = _checked(tie, at, what, grown)
        self._grow(grown)
        order = np.argsort(tie, kind="stable")
        tie, at, what = tie[order], at[order], what[order]
        cuts = np.flatnonzero(tie[1:] != tie[:-1]) + 1
        mine = tie[np.concatenate(([0], cuts))] if len(tie) else tie
        for one, more, codes_more in zip(
            mine.tolist(), np.split(at, cuts), np.split(what, cuts), strict=False
        ):
            times, codes = self._touches[one]
            self._touches[one] = (np.concatenate((times, more)), np.concatenate((codes, codes_more)))
            self._stale.add(one)

    def say(self, tie: int, closeness: float | None) -> None:
        """Keep how close the seeker says a tie is."""
        said = _said([np.nan if closeness is None else closeness], 1)
        self._closeness[tie] = said[0]
        self._stale.add(tie)

    def strengths(self, *, now: int) -> Strengths:
        """Give the strength of every tie; at the ``now`` asked before, from what was summed up then."""
        if self._known is None or now != self._now:
            self._stale = set(range(len(self)))
        wanted = sorted(self._stale)
        if self._known is None or len(wanted) == len(self):
            self._known = self._of(wanted, now)
        elif wanted:
            self._known = _with(self._known, wanted, self._of(wanted, now))
        self._now, self._stale = now, set()
        return self._known

    def _grow(self, count: int) -> None:
        more = count - len(self)
        if more:
            self._stale.update(range(len(self), count))
            self._touches += [(_NO_TIMES, _NO_CODES)] * more
            self._closeness = np.concatenate((self._closeness, np.full(more, np.nan)))
            self._known = None

    def _of(self, ties: list[int], now: int) -> Strengths:
        parts = [self._touches[tie] for tie in ties]
        sizes = [len(times) for times, _ in parts]
        return strengths(
            np.repeat(np.arange(len(ties), dtype=np.int64), sizes),
            np.concatenate([_NO_TIMES, *(times for times, _ in parts)]),
            np.concatenate([_NO_CODES, *(codes for _, codes in parts)]),
            count=len(ties),
            now=now,
            closeness=self._closeness[ties],
        )


_NO_TIMES, _NO_CODES = np.empty(0, np.int64), np.empty(0, np.uint8)


def _with(known: Strengths, ties: list[int], found: Strengths) -> Strengths:
    """Give the strengths with those of some ties in their place; what was given out before stays as it is."""
    columns = {}
    for name in Strengths.__slots__:
        columns[name] = getattr(known, name).copy()
        columns[name][ties] = getattr(found, name)
    return Strengths(**columns)
