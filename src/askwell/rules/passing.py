"""Not this one: what it means when somebody suggested is set aside, and what is learnt from it.

Theory of operation.  "Not now" rests for thirty days, and each time it is said again twice as long as
before, up to a year.  "Not for this goal" holds as long as the goal that stood when it was said.
"Never" holds until it is taken back; it keeps nobody from being written to.  Where several were set
aside for a goal whose work is alike, people who do such work come later for that goal: the second one
makes a pattern, and each further one tells more, up to a bound.  All numbers are ours.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.decisions import because

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from askwell.rules.decisions import Reason

FIRST, LONGEST = timedelta(days=30), timedelta(days=360)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
ALIKE = 0.5  # of the words of the shorter of two titles
PATTERN = 2  # so many set aside make one
PREFIX = "suggest_"


class NotThis(StrEnum):
    """Why somebody suggested is not wanted."""

    NOW = "now"
    GOAL = "goal"
    NEVER = "never"


def key_of(kind: NotThis, contact: int) -> str:
    """Name what is put off, as steps are named: ``suggest_now:contact:7``."""
    return f"{PREFIX}{kind}:contact:{contact}"


def read_key(key: str) -> tuple[NotThis, int] | None:
    """Read such a name; None for that of a step."""
    code, _, about = key.partition(":")
    kind = code.removeprefix(PREFIX)
    if code == kind or kind not in set(NotThis):
        return None
    return NotThis(kind), int(about.removeprefix("contact:"))


def held_until(kind: NotThis, *, now: datetime, before: timedelta | None = None) -> datetime:
    """Say until when; ``before`` is how long it was the last time the same was said."""
    if kind is not NotThis.NOW:
        return FOREVER
    return now + (FIRST if before is None else min(LONGEST, 2 * before))


def holds(
    kind: NotThis, *, at: datetime, until: datetime, goal_set_at: datetime | None, now: datetime
) -> bool:
    """Say whether what was said at ``at`` still holds."""
    if kind is NotThis.GOAL:
        return goal_set_at is not None and goal_set_at <= at
    return now < until


def alike(work: AbstractSet[str], others: Iterable[AbstractSet[str]]) -> int:
    """Count whose work is like this work, both told in words."""
    return sum(
        bool(work and other) and len(work & other) >= ALIKE * min(len(work), len(other)) for other in others
    )


def said(kind: NotThis, *, until: datetime) -> Reason:
    """Say what was decided, and what ends it."""
    if kind is NotThis.NOW:
        return because("K07", "passed.now", at=until)
    return because("K07", "passed.goal") if kind is NotThis.GOAL else because("K07", "passed.never")


def learnt(people: int) -> Reason | None:
    """Say what was learnt from so many set aside for this goal whose work is alike."""
    return because("K07", "passed.learnt", people=people) if people >= PATTERN else None
