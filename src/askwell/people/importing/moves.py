"""Who of those already known has a new job, as an import shows it.

Theory of operation.  What an import adds to somebody is compared with what was known of them before: it
is a new job where it takes the place of another, or began within a year beside one.  Somebody new has no
before, and the same file again adds nothing, so neither makes a move.  A job of an address book without a
date may be old, and is passed by: nobody is congratulated on a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.people.importing.absorbing import Held
    from askwell.people.models import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Somebody known, and their new job as it was written."""

    contact: int
    organization: str
    title: str


def move_of(held: Held, *, now: datetime) -> Move | None:
    """Give the new job of somebody who was known before; None where there is none."""
    if held.is_new or held.contact.is_self:
        return None
    replaced = any(before.pk is not None for before, _after in held.moves)
    job = held.moves[-1][1] if replaced else _begun(held, now=now)
    if job is None:
        return None
    place = job.organization.name if job.organization else ""
    return Move(contact=held.contact.pk, organization=place, title=job.title)


def _begun(held: Held, *, now: datetime) -> Position | None:
    """Give the job that began within a year, of somebody whose work was known before."""
    since = f"{now.year - 1}-{now.month:02}"
    fresh = [job for job in held.jobs if job.current and not job.school and job.started >= since]
    if not fresh or not any(job.pk is not None and not job.school for job in held.having_jobs):
        return None
    return max(fresh, key=lambda job: job.started)
