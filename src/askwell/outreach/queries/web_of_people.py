"""The web of contacts for a picture and a list of it: groups, places, and how one comes to each person.

Theory of operation.  ``ties_among`` says who knows whom.  Groups and places follow from the ties among the
contacts alone: with the seeker in it everybody would be of one group.  Both are derived: kept in a file under
the key of what they were made of, made anew when that changed or the file cannot be read.  Whoever stands in
no tie is counted, not shown.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from askwell.outreach.models import Encounter
from askwell.outreach.web_of_ties import SEEKER, ties_among
from askwell.people.models import Contact, Position, Tagging

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.web_of_ties import Tie
    from askwell.rules.decisions import Reason

_MADE = b"2"  # how groups and places are made; another number makes them anew
Mark = tuple[str, ...]  # what people may share: its kind and its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One person.

    ``by`` is the place in the list of whoever leads to them, -1 for the seeker, None for nobody.
    """

    contact: int
    name: str
    about: str
    group: int  # place in the list of groups
    strength: float  # of the seeker's own tie; 0 without one
    own: Reason | None  # how well the seeker knows them
    by: int | None
    through: Reason | None  # how whoever leads to them knows them
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who know each other; of those tied to nobody but the seeker, ``alone`` is true.

    ``people`` are places in the list; ``shared`` is a kind and a name, None where nothing tells.
    """

    people: tuple[int, ...]
    shared: Mark | None
    around: str  # who of them knows most
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWeb:
    """The whole web; ``ties`` are two places in the list of people and a strength."""

    people: Sequence[Node] = ()
    groups: Sequence[Group] = ()
    ties: Sequence[tuple[int, int, float]] = ()
    beyond: int = 0  # people who stand in no tie


def web_of_people(owner: AbstractBaseUser, *, now: datetime) -> PeopleWeb:
    """Give the web of a notebook; people are in the order of the groups, and of how well one knows them."""
    ties = ties_among(owner, now=now)
    names = dict(Contact.objects.for_owner(owner).people().values_list("pk", "name"))
    tied = sorted({end for tie in ties for end in (tie.source, tie.target)} & names.keys())
    if not tied:
        return PeopleWeb(beyond=len(names))
    numbers = {pk: at for at, pk in enumerate(tied)}
    among = [tie for tie in ties if tie.source in numbers and tie.target in numbers]
    labels, points = _placed(owner, tied, [(numbers[t.source], numbers[t.target], t.strength) for t in among])
    own = {tie.target: tie for tie in ties if tie.source == SEEKER and tie.target in numbers}
    order = _order(tied, labels, own, among)
    at = {pk: place for place, (pk, _group) in enumerate(order)}
    jobs, marks = _known_of(owner, at)
    return PeopleWeb(
        people=_nodes(order, names, jobs, ties=(own, among), at=at, points=points, numbers=numbers),
        groups=_groups(order, names, marks, _most_tied(among)),
        ties=[(at[t.source], at[t.target], t.strength) for t in among],
        beyond=len(names) - len(tied),
    )


def _order(tied: list[int], labels: Any, own: dict[int, Tie], among: list[Tie]) -> list[tuple[int, int]]:
    """Give everybody and their group, in order; those tied to the seeker alone are of one group, the last."""
    social = {end for tie in among for end in (tie.source, tie.target)}
    last = len(tied)
    groups = [(pk, int(label) if pk in social else last) for pk, label in zip(tied, labels, strict=True)]
    groups.sort(key=lambda one: (one[1], -own[one[0]].strength if one[0] in own else 0, one[0]))
    numbers = {label: at for at, label in enumerate(sorted({group for _pk, group in groups}))}
    return [(pk, numbers[group]) for pk, group in groups]


def _nodes(
    order: list[tuple[int, int]],
    names: dict[int, str],
    jobs: dict[int, str],
    *,
    ties: tuple[dict[int, Tie], list[Tie]],
    at: dict[int, int],
    points: Any,
    numbers: dict[int, int],
) -> list[Node]:
    own, among = ties
    by, evidence = _ways(own, among), {(tie.source, tie.target): tie.evidence[0] for tie in among}
    nodes = []
    for pk, group in order:
        direct, before = own.get(pk), by.get(pk)
        x, y = points[numbers[pk]]
        through = None if before in (None, SEEKER) else evidence[min(pk, before), max(pk, before)]
        nodes.append(
            Node(
                contact=pk,
                name=names[pk],
                about=jobs.get(pk, ""),
                group=group,
                strength=direct.strength if direct else 0.0,
                own=direct.evidence[0] if direct else None,
                by=None if before is None else at.get(before, -1),
                through=through,
                x=float(x),
                y=float(y),
            )
        )
    return nodes


def _ways(own: dict[int, Tie], among: list[Tie]) -> dict[int, int]:
    """Say whom each comes by; a tie that may not be used to introduce leads to one's own contact alone."""
    from askwell.graph.reach import ways_from

    arcs = [(SEEKER, pk, tie.strength) for pk, tie in own.items()]
    for tie in among:
        if tie.may_introduce:
            arcs += [(tie.source, tie.target, tie.strength), (tie.target, tie.source, tie.strength)]
    return ways_from(SEEKER, arcs)


def _groups(
    order: list[tuple[int, int]], names: dict[int, str], marks: list[set[Mark]], most: dict[int, float]
) -> list[Group]:
    from askwell.graph.sharing import shared

    members: dict[int, list[int]] = defaultdict(list)
    for place, (_pk, group) in enumerate(order):
        members[group].append(place)
    listed = [members[group] for group in sorted(members)]
    groups = []
    for places, name in zip(listed, shared(listed, marks), strict=True):
        best = max((order[place][0] for place in places), key=lambda pk: (most.get(pk, 0.0), -pk))
        alone = best not in most
        groups.append(
            Group(people=tuple(places), shared=None if alone else name, around=names[best], alone=alone)
        )
    return groups


def _most_tied(among: list[Tie]) -> dict[int, float]:
    """Add up the ties of everybody who is tied to another contact."""
    total: dict[int, float] = defaultdict(float)
    for tie in among:
        total[tie.source] += tie.strength
        total[tie.target] += tie.strength
    return total


def _known_of(owner: AbstractBaseUser, at: dict[int, int]) -> tuple[dict[int, str], list[set[Mark]]]:
    """Read what each does, and what each may share with others."""
    jobs: dict[int, str] = {}
    marks: list[set[Mark]] = [set() for _ in at]
    positions = Position.objects.for_owner(owner).order_by("-current", "-started", "pk")
    for pk, title, name, school, current in positions.values_list(
        "contact_id", "title", "organization__name", "school", "current"
    ):
        if pk not in at:
            continue
        if name:
            marks[at[pk]].add(("school" if school else "organization", name))
        if current and not school:
            jobs.setdefault(pk, ", ".join(filter(None, (title, name))))
    for kind, pk, name in _other_marks(owner):
        if pk in at and name.strip():
            marks[at[pk]].add((kind, name.strip()))
    return jobs, marks


def _other_marks(owner: AbstractBaseUser) -> Iterator[tuple[str, int, str]]:
    tags: Iterable[tuple[int, str]] = Tagging.objects.for_owner(owner).values_list("contact_id", "tag__name")
    events = Encounter.objects.for_owner(owner).values_list("contact_id", "event__name")
    places = Contact.objects.for_owner(owner).people().exclude(place="").values_list("pk", "place")
    for kind, rows in (("tag", tags), ("event", events), ("place", places)):
        for pk, name in rows:
            yield kind, pk, name


# --- groups and places, kept


def _placed(owner: AbstractBaseUser, tied: list[int], ties: list[tuple[int, int, float]]) -> tuple[Any, Any]:
    """Give the group and the point of each, from the file or made anew."""
    import numpy as np

    columns = np.array(ties, np.float64).reshape(-1, 3)
    one, other, weight = (
        columns[:, 0].astype(np.int64),
        columns[:, 1].astype(np.int64),
        columns[:, 2].round(3),
    )
    said = _MADE + b"".join(part.tobytes() for part in (np.array(tied, np.int64), one, other, weight))
    key = hashlib.sha256(said).digest()
    path = Path(settings.DATA_DIR) / "derived" / f"web-{owner.pk}.npz"
    kept = _read(path, key)
    if kept is not None:
        return kept
    from askwell.graph.communities import communities
    from askwell.graph.layout import lay_out

    labels = communities(one, other, weight, people=len(tied))
    points = lay_out(one, other, weight, people=len(tied), groups=labels)
    _write(path, key=np.frombuffer(key, np.uint8), labels=labels, points=points)
    return labels, points


def _read(path: Path, key: bytes) -> tuple[Any, Any] | None:
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as kept:
            return (kept["labels"], kept["points"]) if kept["key"].tobytes() == key else None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None  # none yet, or not a whole one: it is made anew


def _write(path: Path, **arrays: Any) -> None:
    """Put a whole file in the place of the old one, or leave that."""
    import numpy as np

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            np.savez(file, **arrays)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
