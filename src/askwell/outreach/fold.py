"""Where an outreach stands, folded from its transitions: the columns of ``Outreach`` hold the result.

Theory of operation.  Transitions are folded in the order they were recorded, each checked against
the life-cycle table when it was.  ``sent`` are the touches that count since the outreach was
(re)opened: a message that bounced never arrived, and an outreach that had ended, or waited for a
date they named, begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from askwell.rules.facts import Happening, State
from askwell.rules.lifecycle import ENDED, advance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    Move = tuple[str, datetime, datetime | None]  # happening, at, until

_SAID_SO = {Happening.SAID_YES, Happening.CANCELLED, Happening.MISSED}  # a talk called off had been agreed
_AGREED = _SAID_SO | {Happening.REPLIED, Happening.HEARD_FROM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Everything the transitions say of an outreach."""

    state: State = State.PLANNED
    until: datetime | None = None
    yes_at: datetime | None = None
    agreed: bool = False  # they said so, and did not only answer
    closed_at: datetime | None = None
    sent: tuple[datetime, ...] = field(default=())
    anew_at: datetime | None = None  # when it last began anew

    def columns(self) -> dict[str, Any]:
        """The columns of ``Outreach`` that follow from it."""
        return {
            "state": self.state.value,
            "until": self.until,
            "yes_at": self.yes_at,
            "closed_at": self.closed_at,
            "sent_count": len(self.sent),
        }


def fold(moves: Iterable[Move]) -> Folded:
    """Fold transitions, in the order recorded.  Raises NotAllowedHere where the table has no such move."""
    folded = Folded()
    for happening, at, until in moves:
        folded = step(folded, Happening(happening), at=at, until=until)
    return folded


def step(before: Folded, happening: Happening, *, at: datetime, until: datetime | None = None) -> Folded:
    """Fold one more transition.  Raises NotAllowedHere."""
    state = advance(before.state, happening)
    anew = _begins_anew(before.state, state)
    sent = () if anew else before.sent
    if happening is Happening.SENT:
        sent = (*sent, at)
    elif happening is Happening.BOUNCED:
        sent = sent[:-1]
    return replace(
        before,
        state=state,
        sent=sent,
        anew_at=at if anew else before.anew_at,
        until=_until(before, state, until),
        yes_at=_yes_at(before, state, happening, at),
        agreed=state is State.ARRANGING and (happening in _SAID_SO or before.agreed),
        closed_at=(before.closed_at or at) if state in ENDED else None,
    )


def _begins_anew(before: State, after: State) -> bool:
    ended = before in ENDED and after not in ENDED
    return ended or (before is State.LATER and after is not State.LATER)


def _until(before: Folded, state: State, until: datetime | None) -> datetime | None:
    if until is not None:
        return until
    return before.until if state is before.state and state in {State.PAUSED, State.LATER} else None


def _yes_at(before: Folded, state: State, happening: Happening, at: datetime) -> datetime | None:
    if state is not State.ARRANGING:
        return None
    if before.state is not State.ARRANGING or before.yes_at is None or happening in _AGREED:
        return at
    return before.yes_at
