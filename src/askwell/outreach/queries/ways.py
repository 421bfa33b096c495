"""Who can introduce the seeker to somebody, or into a place.

Theory of operation.  ``ties_around`` gives the web around whom it is about, ``graph.paths`` the strongest
ways in it, no two through the same person.  A tie that something recorded stands against (no contact, a
guarded employer, a request declined, leave to use a name refused) is closed before the search, so that the
best of what may be asked is found.  A place is one more person in the web, known for certain by everybody who
is there now.  The next step is always the first person on the way, who is asked for the second.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach import words
from askwell.outreach.facts.world import seeker_of
from askwell.outreach.web_of_ties import SEEKER, Tie, ties_around
from askwell.people.models import Contact, Organization, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.graph.paths import Path
    from askwell.outreach.queries.lines import ReasonLine

MOST_WAYS = 3
MOST_TIES = 3  # the seeker to one, that one to a second, the second to whom it is about; ours
_PLACE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """Two who know each other, and from what that follows; ``source`` 0 is the seeker."""

    source: int
    source_name: str
    target: int
    target_name: str
    reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of one hop is somebody the seeker knows at the place; others begin with asking for the second."""

    hops: tuple[Hop, ...]

    @property
    def ask(self) -> Hop:
        """Give the hop to whoever is asked first."""
        return self.hops[0]

    @property
    def to(self) -> Hop | None:
        """Give the hop to whom they are asked to introduce; None where they are meant themselves."""
        return self.hops[1] if len(self.hops) > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The best ways, best first.  ``closed``: there is one, but something recorded stands against it."""

    ways: tuple[Way, ...] = ()
    known: bool = False  # the seeker knows them already
    closed: bool = False


def ways_to(contact: Contact, *, now: datetime, most: int = MOST_WAYS) -> Ways:
    """Give the best ways to a contact through others."""
    ties = ties_around(contact.owner, [contact.pk], now=now)
    known = any(tie.source == SEEKER and tie.target == contact.pk for tie in ties)
    through = [tie for tie in ties if (tie.source, tie.target) != (SEEKER, contact.pk)]
    return _ways(contact.owner, through, contact.pk, known=known, most=most, now=now)


def ways_into(organization: Organization, *, now: datetime, most: int = MOST_WAYS) -> Ways:
    """Give the best ways to somebody who is at a place now."""
    owner = organization.owner
    there = Position.objects.for_owner(owner).filter(
        organization=organization,
        current=True,
        school=False,
        contact__is_self=False,
        contact__merged_into=None,
    )
    people = sorted(set(there.values_list("contact_id", flat=True)))
    ties = ties_around(owner, people, now=now)
    known = any(tie.source == SEEKER and tie.target in people for tie in ties)
    inside = [Tie(pk, _PLACE, 1.0, ()) for pk in people]
    return _ways(owner, [*ties, *inside], _PLACE, known=known, most=most, now=now)


def _ways(
    owner: AbstractBaseUser, ties: list[Tie], target: int, *, known: bool, most: int, now: datetime
) -> Ways:
    hops = MOST_TIES + (target == _PLACE)
    open_ties = [tie for tie in ties if tie.may_introduce]
    found = _paths(open_ties, target, hops, most)
    closed = not found and bool(_paths(ties, target, hops, 1))
    return Ways(ways=_told(owner, found, now=now), known=known, closed=closed)


def _paths(ties: list[Tie], target: int, most_hops: int, most: int) -> list[tuple[Tie, ...]]:
    """Give the ties of the strongest ways from the seeker, each tie in the direction it is gone."""
    from askwell.graph.paths import Finder
    from askwell.graph.web import web_of

    ids = sorted({SEEKER, target, *(end for tie in ties for end in (tie.source, tie.target))})
    at = {person: number for number, person in enumerate(ids)}
    web, _ = web_of(
        [at[tie.source] for tie in ties],
        [at[tie.target] for tie in ties],
        [tie.strength for tie in ties],
        people=len(ids),
    )
    found = Finder(web).diverse(at[SEEKER], at[target], most=most, most_hops=most_hops)
    return [tuple(_turned(ties, ids, path)) for path in found]


def _turned(ties: list[Tie], ids: list[int], path: Path) -> Iterator[Tie]:
    people = [ids[number] for number in path.people]
    for (one, other), row in zip(itertools.pairwise(people), path.ties, strict=True):
        yield Tie(one, other, ties[row].strength, ties[row].evidence)


def _told(owner: AbstractBaseUser, found: Iterable[tuple[Tie, ...]], *, now: datetime) -> tuple[Way, ...]:
    kept = [[tie for tie in ties if tie.target != _PLACE] for ties in found]
    people = {tie.target for ties in kept for tie in ties}
    names = dict(Contact.objects.for_owner(owner).filter(pk__in=people).values_list("id", "name"))
    voice = words.voice(seeker_of(owner).zone, now=now)
    return tuple(
        Way(
            hops=tuple(
                Hop(
                    source=tie.source,
                    source_name=names.get(tie.source, ""),
                    target=tie.target,
                    target_name=names[tie.target],
                    reasons=tuple(map(voice.reason, tie.evidence)),
                )
                for tie in ties
            )
        )
        for ties in kept
    )
