"""Your own record in figures that do not say more than they know.

Theory of operation.  Little can be said of few letters, so every share comes with Wilson's interval and
every median with the interval its order statistics give (both 95 %), and below a least number of cases
nothing is said at all.  What is not decided yet is *censored*: a letter younger than the horizon may
still be answered, thanks may still come within the day, and counts as neither yes nor no.  Older letters
count by whether the answer came within the horizon, so that none has had more time than another.
A letter that came back asked nobody: it is left out.  What comes back takes back the newest letter before
it, however long it was on its way.  The horizon and the least numbers are ours.

Wilson: E. B. Wilson 1927, Journal of the American Statistical Association 22:209-212.  The interval of a
median between the j-th smallest and the j-th largest holds with the binomial's probability, whatever
the distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, sqrt
from typing import TYPE_CHECKING

from askwell.rules.facts import TouchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

Z = 1.959963984540054  # of 95 %
CONFIDENCE = 0.95
HORIZON_DAYS = 21  # ours: an answer within three weeks
LEAST_SHARE = 10  # ours: of fewer no share is given
LEAST_MEDIAN = 6  # of five or fewer no interval of 95 % exists
THANKS_HOURS = 24  # F01
YEAR_DAYS = 365  # answers, thanks and promises of a year
ANSWERS = frozenset({TouchKind.REPLY, TouchKind.MESSAGE, TouchKind.CALL, TouchKind.MEETING})
EDGES = (1, 2, 4, 8, 15, 22)  # days: the upper ends of the bars, not included


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``hits`` of ``cases``; ``open`` are not decided yet.  No ``low`` and ``high``: too few to say."""

    hits: int
    cases: int
    open: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """The middle of ``cases`` values, in their unit.  None: too few to say."""

    cases: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """Letters and answers: the share answered within the horizon, how soon, and by days."""

    share: Share
    delay: Median  # days, of those answered within the horizon
    bars: tuple[tuple[int, int, int], ...]  # first day, last day, how many


def share(hits: int, cases: int, *, still_open: int = 0, least: int = LEAST_SHARE) -> Share:
    """Give a share with Wilson's interval, or only the numbers where they are too few."""
    if cases < max(1, least):
        return Share(hits=hits, cases=cases, open=still_open)
    low, high = wilson(hits, cases)
    return Share(hits=hits, cases=cases, open=still_open, value=hits / cases, low=low, high=high)


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Give Wilson's score interval of 95 % for ``hits`` of ``cases`` (at least one)."""
    p, square = hits / cases, Z * Z
    middle = (p + square / (2 * cases)) / (1 + square / cases)
    half = Z / (1 + square / cases) * sqrt(p * (1 - p) / cases + square / (4 * cases * cases))
    low = 0.0 if hits == 0 else middle - half
    return low, 1.0 if hits == cases else middle + half


def median(values: Iterable[float]) -> Median:
    """Give the median, with the narrowest symmetrical interval of order statistics that holds 95 %."""
    ordered = sorted(values)
    count = len(ordered)
    if count < LEAST_MEDIAN:
        return Median(cases=count)
    rank = interval_rank(count)
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    return Median(cases=count, value=middle, low=ordered[rank - 1], high=ordered[count - rank])


def interval_rank(count: int) -> int:
    """Give the largest j whose j-th smallest and j-th largest hold the median with 95 % (``count`` >= 6)."""
    rank, below = 0, 0.0
    while below + comb(count, rank) / 2**count <= (1 - CONFIDENCE) / 2:
        below += comb(count, rank) / 2**count
        rank += 1
    return rank


def replies(letters: Sequence[tuple[float, float | None]], *, horizon: float = HORIZON_DAYS) -> Replies:
    """Sum letters up: (days since it went out, days until the answer or None)."""
    ripe = [delay for age, delay in letters if age >= horizon]
    within = [delay for delay in ripe if delay is not None and delay <= horizon]
    return Replies(
        share=share(len(within), len(ripe), still_open=len(letters) - len(ripe)),
        delay=median(within),
        bars=_bars(within),
    )


def came_back(bounced_at: datetime | None, *, written_again_at: datetime | None) -> bool:
    """Say whether a letter came back: ``bounced_at`` is the first bounce after it, if any."""
    return bounced_at is not None and (written_again_at is None or bounced_at < written_again_at)


def _bars(delays: Sequence[float]) -> tuple[tuple[int, int, int], ...]:
    found, begin = [], 0
    for end in EDGES:
        found.append((begin, end - 1, sum(begin <= delay < end for delay in delays)))
        begin = end
    return tuple(found)


def in_time(cases: Iterable[tuple[float, float | None]], *, allowed: float) -> Share:
    """Sum up what had its time: (since when it is due, in some unit; how long it took or None, undone).

    What is undone and still within its time is open; what was done late, or is undone past it, is a miss.
    """
    hits = decided = still_open = 0
    for age, took in cases:
        if took is None and age <= allowed:
            still_open += 1
            continue
        decided += 1
        hits += took is not None and took <= allowed
    return share(hits, decided, still_open=still_open)
