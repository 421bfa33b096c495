"""A place in the plane for everybody of a web, so that who is tied stands together.

Theory of operation.  Groups come first: each is a disc as large as its people need, and the discs find their
places as the people will: every two push each other away (by their sizes over their distance), tied ones draw
each other near, all are drawn to the middle, and nobody goes further in a round than a bound which shrinks to
nothing.  People are then strewn evenly over the disc of their group and let go for some rounds of the same
forces.  What pushes from afar is taken together: squares of the plane in a tree of quarters (Barnes and Hut),
each counted as one where it looks smaller than ``_NARROW``.  Small webs are reckoned pair by pair in numpy,
which needs no compiling.  Nothing is random: equal webs get equal places.

One unit is about the distance of neighbours.  Who is tied to nobody stands in rings around the rest.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from askwell.graph.compiled import compiled

_EXACT = 400  # people up to whom pairs are reckoned one by one
_NARROW = 1.1  # how wide a square may look: its side over its distance
_GOLDEN = np.pi * (3 - 5**0.5)
_GROUP_ROUNDS, _ROUNDS = 200, 80
_DEEPEST = 16  # quarters of quarters; people still together then stand on one point
_TIES = 0.6  # how much those one is tied to draw, beside the middle, which draws by 1
_ABROAD = 0.15  # how much of it where they are of another group
_HOME = 0.5  # of the pull to the middle, what goes to the middle of one's group
_ROOM = 1.3  # of a group's disc, for the gaps between groups
_STEP = 0.5


def lay_out(sources: Any, targets: Any, weights: Any, *, people: int, groups: Any) -> Any:
    """Give everybody a point: a float64 array of ``people`` rows.

    ``groups`` is the group of each (``communities``); weights are above 0; loops say nothing.
    """
    one, other = np.asarray(sources, np.int64), np.asarray(targets, np.int64)
    weight, group = np.asarray(weights, np.float64), np.asarray(groups, np.int64)
    good = (one != other) & (weight > 0) & np.isfinite(weight)
    one, other, weight = one[good], other[good], weight[good]
    tied = np.zeros(people, bool)
    tied[one] = tied[other] = True
    points = np.zeros((people, 2))
    here = np.flatnonzero(tied)
    if len(here):
        number = np.cumsum(tied) - 1
        points[here] = _tied(number[one], number[other], weight, group[here])
    points[~tied] = _rings(int((~tied).sum()), len(here), points)
    return points


def _tied(one: Any, other: Any, weight: Any, group: Any) -> Any:
    _kept, group, sizes = np.unique(group, return_inverse=True, return_counts=True)
    apart = group[one] != group[other]
    centres = _sunflower(len(sizes)) * np.sqrt(sizes.mean())
    between = _drawn(group[one[apart]], group[other[apart]], weight[apart], masses=sizes)
    centres = _settled(centres, sizes.astype(np.float64), between, rounds=_GROUP_ROUNDS)
    centres = _parted(centres, _ROOM * np.sqrt(sizes))
    points = np.empty((len(group), 2))
    order = np.argsort(group, kind="stable")
    for at, members in enumerate(np.split(order, np.cumsum(sizes)[:-1])):
        points[members] = centres[at] + _sunflower(len(members))
    drawn = _drawn(one, other, np.where(apart, _ABROAD * weight, weight))
    return _settled(points, np.ones(len(group)), drawn, rounds=_ROUNDS, home=centres[group])


def _drawn(one: Any, other: Any, weight: Any, masses: Any = None) -> tuple[Any, Any, Any]:
    """Weigh ties so that all those of anybody draw about as much as those of anybody else."""
    people = 0 if not len(one) else int(max(one.max(), other.max())) + 1
    pulls = np.bincount(one, weight, people) + np.bincount(other, weight, people)
    fair = weight / np.sqrt(pulls[one] * pulls[other])
    return one, other, _TIES * (fair if masses is None else fair * np.sqrt(masses[one] * masses[other]))


def _sunflower(count: int) -> Any:
    """Strew points evenly over a disc, the middle first, each with as much room as the next."""
    at = np.arange(count)
    radius = np.sqrt(at + 0.5)
    return np.column_stack([radius * np.cos(at * _GOLDEN), radius * np.sin(at * _GOLDEN)])


def _rings(count: int, inside: int, points: Any) -> Any:
    """Put those without ties around the rest, the first nearest."""
    far = float(np.sqrt((points**2).sum(axis=1)).max()) + 2 if inside else 0.0
    at = np.arange(count)
    radius = np.sqrt(far**2 + at + 0.5)
    return np.column_stack([radius * np.cos(at * _GOLDEN), radius * np.sin(at * _GOLDEN)])


def _settled(points: Any, masses: Any, ties: tuple[Any, Any, Any], *, rounds: int, home: Any = None) -> Any:
    """Let the forces act for some rounds; with a ``home``, some of the pull to the middle goes there."""
    one, other, drawn = ties
    first = float(np.sqrt(masses.sum())) / 4 if home is None else 2.0
    for turn in range(rounds):
        wish = -points if home is None else -points + _HOME * home
        force = pushes(points, masses) / masses[:, None] + wish
        pull = drawn[:, None] * (points[other] - points[one])
        for axis in range(2):
            both = np.bincount(one, pull[:, axis], len(points)) - np.bincount(
                other, pull[:, axis], len(points)
            )
            force[:, axis] += both / masses
        length = np.sqrt((force**2).sum(axis=1, keepdims=True))
        most = first * (1 - turn / rounds)
        points = points + _STEP * force * np.minimum(1.0, most / np.maximum(length, 1e-12))
    return points - points.mean(axis=0)


def _parted(centres: Any, radii: Any) -> Any:
    """Move discs apart along the line between them until none lies on another, or they do only a little."""
    if len(centres) > 2 * _EXACT:
        return centres * 1.2
    for _turn in range(60):
        gap = centres[:, None] - centres[None]
        far = np.sqrt((gap**2).sum(axis=2))
        np.fill_diagonal(far, np.inf)
        short = np.maximum(0, radii[:, None] + radii[None] - far)
        if short.max() < 0.1:  # noqa: PLR2004 - a tenth of the way between neighbours
            break
        moves = (short / np.maximum(far, 1e-9) / 2)[:, :, None] * gap
        centres = centres + moves.sum(axis=1) * 0.8
    return centres


def pushes(points: Any, masses: Any) -> Any:
    """Give the force by which all others push each person away: their masses over the distance."""
    if len(points) <= _EXACT:
        return _pushed_by_each(points, masses)
    tree = _quarters(points, masses)
    return _pushed(points, masses, *tree, _NARROW)


def _pushed_by_each(points: Any, masses: Any) -> Any:
    gap = points[:, None] - points[None]
    near = (gap**2).sum(axis=2) + 1e-4
    push = masses[:, None] * masses[None] / near
    return (gap * push[:, :, None]).sum(axis=1)


@compiled
def _quarters(points: Any, masses: Any) -> tuple[Any, Any, Any]:
    """Build the tree: of each square its quarters (-1: none), sums of mass and place, middle and side."""
    room = len(points) * (_DEEPEST + 1) + 1
    quarters, alone = np.full((room, 4), -1, np.int32), np.full(room, -1, np.int32)
    sums, middle = np.zeros((room, 3)), np.zeros((room, 3))
    left, top = points[:, 0].min(), points[:, 1].min()
    side = max(points[:, 0].max() - left, points[:, 1].max() - top) + 1e-9
    middle[0] = (left + side / 2, top + side / 2, side)
    used = 1
    for person in range(len(points)):
        square = 0
        for depth in range(_DEEPEST + 1):
            empty = sums[square, 2] == 0
            add(sums, square, points[person], masses[person])
            if empty or depth == _DEEPEST:
                alone[square] = person
                break
            other = alone[square]
            if other >= 0:  # who was alone here goes down a quarter
                alone[square] = -1
                below, used = quarter_of(quarters, middle, square, points[other], used)
                add(sums, below, points[other], masses[other])
                alone[below] = other
            square, used = quarter_of(quarters, middle, square, points[person], used)
    return quarters[:used], sums[:used], middle[:used]


@compiled
def add(sums: Any, square: Any, point: Any, mass: Any) -> None:
    """Count a person into a square."""
    sums[square, 0] += mass * point[0]
    sums[square, 1] += mass * point[1]
    sums[square, 2] += mass


@compiled
def quarter_of(quarters: Any, middle: Any, square: Any, point: Any, used: Any) -> tuple[int, int]:
    """Give the quarter of a square in which a point lies, made if there is none, and how many are used."""
    right, low = point[0] > middle[square, 0], point[1] > middle[square, 1]
    which = 2 * int(low) + int(right)
    if quarters[square, which] < 0:
        half = middle[square, 2] / 2
        quarters[square, which] = used
        middle[used, 0] = middle[square, 0] + (half / 2 if right else -half / 2)
        middle[used, 1] = middle[square, 1] + (half / 2 if low else -half / 2)
        middle[used, 2] = half
        used += 1
    return quarters[square, which], used


@compiled
def _pushed(points: Any, masses: Any, quarters: Any, sums: Any, middle: Any, narrow: Any) -> Any:
    people = len(points)
    force = np.zeros((people, 2))
    waiting = np.zeros(4 * _DEEPEST + 4, np.int32)
    for person in range(people):
        x, y = points[person]
        waiting[0], count = 0, 1
        while count:
            count -= 1
            square = waiting[count]
            mass = sums[square, 2]
            dx, dy = x - sums[square, 0] / mass, y - sums[square, 1] / mass
            near = dx * dx + dy * dy
            inner = False
            if middle[square, 2] ** 2 > narrow * narrow * near:
                for quarter in range(4):
                    if quarters[square, quarter] >= 0:
                        waiting[count] = quarters[square, quarter]
                        count += 1
                        inner = True
            if not inner:
                push = masses[person] * mass / (near + 1e-4)
                force[person, 0] += push * dx
                force[person, 1] += push * dy
    return force
