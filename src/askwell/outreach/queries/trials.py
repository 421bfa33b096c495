"""Ways to try the work out, as pages and the command line show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from askwell.outreach.models import Trial

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from askwell.outreach.models import Talk
    from askwell.people.models import Contact

KINDS: dict[str, str] = {
    Trial.Kind.SHADOWING: _("A day beside someone"),
    Trial.Kind.INTERNSHIP: _("An internship"),
    Trial.Kind.VOLUNTEERING: _("A voluntary post"),
    Trial.Kind.PROJECT: _("A project"),
    Trial.Kind.COURSE: _("A course"),
    Trial.Kind.OTHER: _("Something else"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialLine:
    """A way to try the work out.  ``has_come``: its day is there, and how it was is not said yet."""

    id: int
    contact: int
    kind: str
    words: str
    text: str
    on: date | None
    done_at: datetime | None
    outcome: str
    has_come: bool


def trials_of(about: Contact | Talk, *, now: datetime) -> tuple[TrialLine, ...]:
    """List those a person or a talk opened, open ones first, then by their day; dropped ones are left out."""
    rows = about.trials.filter(dropped_at=None)
    return tuple(sorted(_lines(rows, now=now), key=_order))


def _lines(rows: Iterable[Trial], *, now: datetime) -> Iterable[TrialLine]:
    today = timezone.localtime(now).date()
    for row in rows:
        yield TrialLine(
            id=row.pk,
            contact=row.contact_id,
            kind=row.kind,
            words=gettext(KINDS[row.kind]),
            text=row.text,
            on=row.on,
            done_at=row.done_at,
            outcome=row.outcome,
            has_come=row.done_at is None and row.on is not None and row.on <= today,
        )


def _order(line: TrialLine) -> tuple[bool, str, int]:
    return (line.done_at is not None, line.on.isoformat() if line.on else "~", line.id)
