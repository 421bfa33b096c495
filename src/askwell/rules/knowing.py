"""Why two people are held to know each other, in words.

Theory of operation.  Each kind of evidence has one sentence; how much it weighs is the business of
``graph.acquaintance``.  A stay somewhere is told by its years, for that is how people know them, and
"now" is said only of what holds now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.decisions import because

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.rules.decisions import Reason


def named(giver: str, about: str) -> Reason:
    """Say that one of them told the seeker of the other."""
    return because("I01", "knows.named", giver=giver, about=about)


def introduced() -> Reason:
    """Say that the seeker brought them together."""
    return because("I01", "knows.introduced")


def wrote(times: int, last: datetime) -> Reason:
    """Say that they were on the same letters."""
    return because("K07", "knows.wrote", times=times, at=last)


def met(event: str) -> Reason:
    """Say that the seeker met both at one gathering."""
    return because("K07", "knows.met", event=event)


def both_at(place: str, *, since: int | None, until: int | None) -> Reason:
    """Say that both were at a place; ``until`` None: they are there now, ``since`` None: no year known."""
    if until is None:
        if since is None:
            return because("K07", "knows.there_now", place=place)
        return because("K07", "knows.there_since", place=place, since=since)
    if since == until:
        return because("K07", "knows.there_in", place=place, since=since)
    return because("K07", "knows.there_years", place=place, since=since, until=until)
