"""New jobs that an import shows: a row each, to congratulate on.

Theory of operation.  ``people`` tells at the end of an import who of those already known has a new job.
All rows are written at once, as part of the import, so that undoing it takes them back.  A job that is
noted already, said or let go, is not noted again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.facts import chunks
from askwell.outreach.models import JobChange
from askwell.people.bulk import new_row
from askwell.search.text import fold

if TYPE_CHECKING:
    from askwell.people.importing.moves import Move
    from askwell.people.journal import Journal
    from askwell.people.models import Import


def notice_new_jobs(journal: Journal, batch: Import, moves: list[Move]) -> None:
    """Note the new jobs of these people.  Registered with ``people.hooks.on_move``."""
    noted = {
        (contact, fold(organization), fold(title))
        for part in chunks(move.contact for move in moves)
        for contact, organization, title in JobChange.objects.filter(contact_id__in=part).values_list(
            "contact_id", "organization", "title"
        )
    }
    made = [
        new_row(
            JobChange,
            owner_id=journal.owner.pk,
            contact_id=move.contact,
            organization=move.organization,
            title=move.title,
            noticed_at=journal.now,
            batch_id=batch.pk,
        )
        for move in moves
        if (move.contact, fold(move.organization), fold(move.title)) not in noted
    ]
    journal.create_many(made)


def new_job(change: JobChange) -> str:
    """Say the new job as one would: "Head of triage, Harbor Clinic"."""
    return ", ".join(part for part in (change.title, change.organization) if part)
