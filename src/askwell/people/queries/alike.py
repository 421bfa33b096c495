"""Who stands in the notebook twice: entries that are alike in more than one exact detail.

Theory of operation.  Imports ask about the same name or address as they come; what changed since, or was
mistyped, only shows when everybody is laid side by side (``graph.same_person``).  Of an entry the first
address, number and profile are read, the present job, name, place and birthday.  Pairs decided before are
respected: two who were kept apart are never put together, also not through a third.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.models import Contact, ContactPoint, PointKind, Position, Review, ReviewState

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

LIKELY = 0.9  # how likely a pair must be to be asked about: a question costs attention
_COLUMNS = ("given", "middle", "family", "place", "birthday")
_KINDS = {PointKind.EMAIL: "email", PointKind.PHONE: "phone", PointKind.URL: "url"}


def alike(owner: AbstractBaseUser) -> list[tuple[int, int]]:
    """Give pairs of contacts that are likely one person and were never asked about, the lower key first."""
    people, columns = _columns(owner)
    if len(people) < 2:  # noqa: PLR2004 - a pair
        return []
    from askwell.graph.same_person.resolving import resolve

    at = {pk: row for row, pk in enumerate(people)}
    decided = _decided(owner)
    apart = [
        (at[one], at[other])
        for (one, other), state in decided.items()
        if state == ReviewState.KEPT_APART and one in at and other in at
    ]
    found = resolve(columns, apart=apart)
    rows: dict[tuple[int, int], None] = {}
    first: dict[int, int] = {}
    for row, (cluster, likely) in enumerate(zip(found.clusters.tolist(), found.probabilities, strict=True)):
        if first.setdefault(cluster, row) != row and likely >= LIKELY:
            rows[first[cluster], row] = None
    rows |= dict.fromkeys((one, other) for one, other, likely in found.doubts if likely >= LIKELY)
    pairs = {(min(people[one], people[other]), max(people[one], people[other])) for one, other in rows}
    return sorted(pairs - decided.keys())


def _columns(owner: AbstractBaseUser) -> tuple[list[int], dict[str, list[str]]]:
    rows = list(Contact.objects.for_owner(owner).people().order_by("pk").values_list("pk", *_COLUMNS))
    people = [row[0] for row in rows]
    columns = {name: [row[1 + place] for row in rows] for place, name in enumerate(_COLUMNS)}
    points: dict[str, dict[int, str]] = {name: {} for name in _KINDS.values()}
    known = ContactPoint.objects.for_owner(owner).order_by("-preferred", "pk")
    for contact, kind, norm in known.values_list("contact_id", "kind", "norm"):
        points[_KINDS[PointKind(kind)]].setdefault(contact, norm)
    columns |= {name: [of.get(pk, "") for pk in people] for name, of in points.items()}
    return people, columns | _jobs(owner, people)


def _jobs(owner: AbstractBaseUser, people: list[int]) -> dict[str, list[str]]:
    jobs: dict[int, tuple[str, str]] = {}
    now = Position.objects.for_owner(owner).filter(current=True, school=False).order_by("pk")
    for contact, title, place in now.values_list("contact_id", "title", "organization__name"):
        jobs.setdefault(contact, (title, place or ""))
    told = [jobs.get(pk, ("", "")) for pk in people]
    return {"title": [one[0] for one in told], "organization": [one[1] for one in told]}


def _decided(owner: AbstractBaseUser) -> dict[tuple[int, int], str]:
    rows = Review.objects.for_owner(owner).values_list("left_id", "right_id", "state")
    return {(min(left, right), max(left, right)): state for left, right, state in rows}
