"""The employer list of the sample: places of the network, rated, one of them kept for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.models import Employer
from askwell.people.models import Contact, Organization, Position

if TYPE_CHECKING:
    from askwell.outreach.sample.network import Cast
    from askwell.people.journal import Journal

_WANTED = 14
# motivation, posting: ten hospitals, then companies, as somebody half way through the list would have them
_RATED: tuple[tuple[int | None, int], ...] = (
    *((5, 2), (5, 1), (5, 0), (4, 2), (4, 0), (4, 0), (3, 1), (3, 0), (2, 0), (4, 1)),
    *((3, 2), (2, 0), (None, 0), (3, 0)),
)
_HIRING = ("Director", "Chief", "Head")
_NOTES = ("Two planners there would take me along for a morning.", "Ask again when the new wing opens.", "")


def want_places(log: Journal, cast: Cast) -> None:
    """Put places of the network on the list: rated, and at one of them the day to look again has come."""
    schools = {id(job.organization) for job in cast.rows[Position] if job.school}
    taken = set(Employer.objects.for_owner(cast.owner).values_list("organization", flat=True))
    free = [row for row in cast.rows[Organization] if id(row) not in schools and row.pk not in taken]
    log.create_many(
        [
            Employer(
                owner=cast.owner,
                organization=place,
                motivation=_RATED[number % len(_RATED)][0],
                posting=_RATED[number % len(_RATED)][1],
                added_at=cast.ago(30),
                not_hiring_at=cast.ago(20) if number == 1 else None,
                look_again_on=cast.now.date() if number == 1 else None,
                notes=_NOTES[min(number, len(_NOTES) - 1)],
            )
            for number, place in enumerate(free[:_WANTED])
        ]
    )


def marked(cast: Cast) -> None:
    """Mark who hires by what they are called, and one in forty as somebody who connects people."""
    chiefs = {id(job.contact) for job in cast.rows[Position] if job.current and job.title.startswith(_HIRING)}
    for number, contact in enumerate(cast.rows[Contact]):
        contact.hires = id(contact) in chiefs
        contact.connector = number % 40 == 7
