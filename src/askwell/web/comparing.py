"""Two contacts beside each other: what each is known by, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from askwell.people.models import PointKind
from askwell.web import moments

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from askwell.people.models import Contact

SAME, DIFFERS, ONE_SIDE = "same", "differs", "one-side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing both may be known by.  ``how``: SAME, DIFFERS or ONE_SIDE (only one says it)."""

    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def how(self) -> str:
        if not self.left or not self.right:
            return ONE_SIDE
        mine, theirs = ({one.casefold() for one in side} for side in (self.left, self.right))
        return SAME if mine & theirs else DIFFERS


def compare(left: Contact, right: Contact, *, now: datetime) -> list[Line]:
    """Give every line at least one of the two has something to say in; both come with their rows loaded."""
    lines = [
        Line(label=label, left=tuple(filter(None, of(left))), right=tuple(filter(None, of(right))))
        for label, of in _asked(now)
    ]
    return [line for line in lines if line.left or line.right]


def _asked(now: datetime) -> list[tuple[str, Callable[[Contact], Any]]]:
    return [
        (_("Name"), lambda one: [one.name]),
        (_("Work"), _work),
        (_("Schools"), _schools),
        (_("E-mail"), lambda one: _points(one, PointKind.EMAIL)),
        (_("Telephone"), lambda one: _points(one, PointKind.PHONE)),
        (_("Links"), lambda one: _points(one, PointKind.URL)),
        (_("In a line"), lambda one: [one.headline]),
        (_("Place"), lambda one: [one.place]),
        (_("Birthday"), lambda one: [one.birthday]),
        (
            _("Connected since"),
            lambda one: [moments.day(one.connected_on, now=now) if one.connected_on else ""],
        ),
        (_("Tags"), lambda one: [tagging.tag.name for tagging in one.taggings.all()]),
        (_("Notes"), lambda one: [one.notes[:300]]),
        (_("Came from"), _sources),
    ]


def _work(one: Contact) -> list[str]:
    return [_job(row) for row in one.positions.all() if not row.school]


def _schools(one: Contact) -> list[str]:
    return [_job(row) for row in one.positions.all() if row.school]


def _job(row: Any) -> str:
    return ", ".join(part for part in (row.title, row.organization.name if row.organization else "") if part)


def _points(one: Contact, kind: str) -> list[str]:
    return [point.value for point in one.points.all() if point.kind == kind]


def _sources(one: Contact) -> list[str]:
    return [f"{row.file}, {row.line}" if row.line else row.file for row in one.provenance.all()[:3]]
