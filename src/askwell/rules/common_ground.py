"""What two people have in common, from what is known of both (P02).

Theory of operation.  Both sides come in as plain facts: where they worked and studied and when, where
they live, the words they are filed under.  Places are compared by a key the caller folds.  Dates are
ISO of any precision; that two were somewhere at the same time is said only where the dates of both
show it, and otherwise nothing is claimed of the time.  The order is that in which it helps a
first sentence: time spent together, then a person between the two, then places shared at other times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.decisions import because

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.rules.decisions import Reason

_OPEN = (9999, 12)
_MOST_THERE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A job or a time at a school; ``where`` is equal where the organization is."""

    where: str
    name: str
    school: bool = False
    started: str = ""
    ended: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is known of one of the two; ``place`` is folded, ``place_name`` as written."""

    stays: tuple[Stay, ...] = ()
    place: str = ""
    place_name: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """People and gatherings between the two, by name."""

    named_by: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    known_there: tuple[tuple[str, str], ...] = ()  # somebody the seeker talked with, and where


def common_ground(mine: Side, theirs: Side, between: Between = Between()) -> tuple[Reason, ...]:
    """Say what the two have in common, what helps most first."""
    shared = list(_shared(mine, theirs))
    together = [reason for reason in shared if reason.text.endswith("_together")]
    apart = [reason for reason in shared if not reason.text.endswith("_together")]
    return (*together, *_people(between), *apart, *_rest(mine, theirs))


def _people(between: Between) -> Iterator[Reason]:
    for name in between.named_by:
        yield because("P02", "common.named_by", name=name)
    for event in between.events:
        yield because("P02", "common.event", event=event)
    for name, where in between.known_there[:_MOST_THERE]:
        yield because("P02", "common.known_there", name=name, where=where)


def _shared(mine: Side, theirs: Side) -> Iterator[Reason]:
    said: set[tuple[str, bool]] = set()
    for their in theirs.stays:
        same = [own for own in mine.stays if (own.where, own.school) == (their.where, their.school)]
        if not same or (their.where, their.school) in said:
            continue
        said.add((their.where, their.school))
        stays = [stay for stay in theirs.stays if (stay.where, stay.school) == (their.where, their.school)]
        years = [_years(own, stay) for stay in stays for own in same]
        yield _stay(their, next(filter(None, years), ""))


def _stay(stay: Stay, years: str) -> Reason:
    if stay.school and years:
        return because("P02", "common.school_together", name=stay.name, years=years)
    if years:
        return because("P02", "common.employer_together", name=stay.name, years=years)
    if stay.school:
        return because("P02", "common.school", name=stay.name)
    return because("P02", "common.employer", name=stay.name)


def _rest(mine: Side, theirs: Side) -> Iterator[Reason]:
    if theirs.place and mine.place == theirs.place:
        yield because("P02", "common.place", place=theirs.place_name)
    for tag in theirs.tags:
        if tag in mine.tags:
            yield because("P02", "common.tag", tag=tag)


def _years(one: Stay, other: Stay) -> str:
    """Give the years both were there; empty where that is not known, or they were not."""
    spans = [span for span in (_span(one), _span(other)) if span]
    if len(spans) < 2:  # noqa: PLR2004 - both
        return ""
    begun, ended = max(span[0] for span in spans), min(span[1] for span in spans)
    if begun > ended:
        return ""
    if ended == _OPEN:
        return f"{begun[0]}–"
    return str(begun[0]) if begun[0] == ended[0] else f"{begun[0]}–{ended[0]}"


def _span(stay: Stay) -> tuple[tuple[int, int], tuple[int, int]] | None:
    begun = _month(stay.started, 1)
    ended = _month(stay.ended, 12) or (_OPEN if stay.current and not stay.ended else None)
    return (begun, ended) if begun and ended else None


def _month(date: str, month: int) -> tuple[int, int] | None:
    parts = date.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return int(parts[0]), int(parts[1]) if len(parts) > 1 else month
