"""What a group of people shares, and others do not: the best name for it.

Theory of operation.  Of n people of a group k share something, and of those outside a part q does.  How much
that tells is k ln((k / n) / q), the larger part of the likelihood ratio; q is taken with half a person more,
so that nothing is quite unheard of outside.  A name must hold for ``LEAST`` people and for ``PART`` of the
group.  Groups choose in their order, and no two bear one name.
"""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LEAST = 2
PART = 0.4  # of the group: a default, ours

F = TypeVar("F", bound=tuple[str, ...])


def shared(groups: Sequence[Sequence[int]], marks: Sequence[Collection[F]]) -> list[F | None]:
    """Give what tells most of each group, or None; ``groups`` hold places in ``marks``."""
    overall = Counter(mark for one in marks for mark in set(one))
    names: list[F | None] = []
    for members in groups:
        here = Counter(mark for at in members for mark in set(marks[at]))
        told = {
            mark: _tells(count, len(members), overall[mark] - count, len(marks) - len(members))
            for mark, count in here.items()
            if count >= LEAST and count >= PART * len(members) and mark not in names
        }
        best = min(told, key=lambda mark: (-told[mark], mark), default=None)
        names.append(best if best is not None and told[best] > 0 else None)
    return names


def _tells(count: int, size: int, outside: int, others: int) -> float:
    return count * log((count / size) / ((outside + 0.5) / (others + 1)))
