"""What follows for one talk and its entry in the calendar: from both sides, as they are and as they agreed.

Theory of operation.  Time and place are compared each for itself, and each side with what it said itself
when both were last in step: a server that keeps a place in other words changed nothing.  What only one side
changed goes to the other.  Where both did, and not to the same, somebody has to be asked, and until then
nothing of it is touched.  An entry that is gone, or is called off there, is never taken for a talk called
off: that is asked.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from askwell.formats.calendar_entries import Appointment, Unfit

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("time", "place")


class What(StrEnum):
    """What is to be done about an entry."""

    NOTHING = "nothing"
    PUT = "put"  # it is not there yet
    GIVE = "give"  # written there as the talk is now
    REMOVE = "remove"  # there
    FORGET = "forget"  # there is nothing on either side
    ASK_GONE = "gone"
    ASK_BOTH = "both"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``take``: the fields to be taken over here, before anything else."""

    what: What
    take: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What each side said when both were last in step."""

    here: Appointment
    there: Appointment

    def to_json(self) -> dict[str, Any]:
        """Give it as it is kept."""
        return {"here": stored(self.here), "there": stored(self.there)}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Agreed:
        """Read what was kept."""
        return cls(here=loaded(kept["here"]), there=loaded(kept["there"]))


def stored(told: Appointment) -> dict[str, Any]:
    """Give an appointment as it is kept."""
    return asdict(told) | {"starts": told.time[0].isoformat()}


def loaded(kept: Mapping[str, Any]) -> Appointment:
    """Read an appointment that was kept."""
    return Appointment(**{**kept, "starts": datetime.fromisoformat(kept["starts"])})


def decide(
    agreed: Agreed, mine: Appointment | None, theirs: Appointment | Unfit | None, *, arrived: bool
) -> Verdict:
    """Say what follows.

    ``mine`` None: the talk is called off, or was never made.  ``theirs`` None: there is no entry.
    ``arrived``: it is known to have been there.
    """
    if theirs is None and mine is None:
        return Verdict(what=What.FORGET)
    if theirs is None:
        return Verdict(what=What.ASK_GONE if arrived else What.PUT)
    if isinstance(theirs, Unfit):
        return Verdict(what=What.LEAVE)
    if mine is None:
        moved = not theirs.cancelled and any(is_new(name, theirs, agreed.there) for name in FIELDS)
        return Verdict(what=What.ASK_BOTH if moved else What.REMOVE)
    if theirs.cancelled:
        return Verdict(what=What.ASK_GONE)
    return _both(agreed, mine, theirs)


def _both(agreed: Agreed, mine: Appointment, theirs: Appointment) -> Verdict:
    if in_doubt(agreed, mine, theirs):
        return Verdict(what=What.ASK_BOTH)
    here = [name for name in FIELDS if is_new(name, mine, agreed.here)]
    there = [name for name in FIELDS if is_new(name, theirs, agreed.there)]
    differing = [name for name in here if is_new(name, mine, theirs)]
    give = bool(differing) or mine.title != agreed.here.title
    return Verdict(
        what=What.GIVE if give else What.NOTHING,
        take=tuple(name for name in there if name not in here),
    )


def in_doubt(agreed: Agreed, mine: Appointment, theirs: Appointment) -> list[str]:
    """Give the fields that both sides changed, each to something else."""
    return [
        name
        for name in FIELDS
        if is_new(name, mine, agreed.here)
        and is_new(name, theirs, agreed.there)
        and is_new(name, mine, theirs)
    ]


def is_new(name: str, one: Appointment, other: Appointment) -> bool:
    """Say whether they differ in that field."""
    return bool(getattr(one, name) != getattr(other, name))


def settled_here(agreed: Agreed, theirs: Appointment) -> Agreed:
    """Give what is agreed once the user said that the talk here is right."""
    return replace(agreed, there=replace(theirs, title=agreed.there.title))


def settled_there(agreed: Agreed, mine: Appointment) -> Agreed:
    """Give what is agreed once the user said that the calendar is right."""
    return replace(agreed, here=replace(mine, title=agreed.here.title))
