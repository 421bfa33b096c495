"""Which kinds of rows there are of one contact: one small question that saves a dozen.

Theory of operation.  Of most contacts hardly anything is kept but a few touches.  One row of EXISTS,
each answered by the index of a foreign key, says which tables are worth asking; it is written once as
plain SQL, because composing so many subqueries anew would take as long as asking them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.db import connection

from askwell.outreach.models import (
    Advice,
    Draft,
    Encounter,
    Favor,
    Introduction,
    Lead,
    Outreach,
    Promise,
    Step,
    Talk,
)
from askwell.people.models import Contact, Tagging

if TYPE_CHECKING:
    from django.db.models import Model

_KINDS: dict[str, tuple[type[Model], str]] = {
    "advice": (Advice, "contact_id"),
    "drafts": (Draft, "contact_id"),
    "encounters": (Encounter, "contact_id"),
    "favors": (Favor, "contact_id"),
    "given": (Introduction, "giver_id"),  # names they gave
    "introduced": (Contact, "introduced_by_id"),
    "leads": (Lead, "source_id"),
    "named": (Introduction, "about_id"),  # they were named by someone
    "outreaches": (Outreach, "contact_id"),
    "promises": (Promise, "contact_id"),
    "own_steps": (Step, "source_id"),
    "steps": (Step, "contact_id"),
    "tags": (Tagging, "contact_id"),
    "talks": (Talk, "contact_id"),
}
EVERYTHING = frozenset(_KINDS)


def present(contact: int) -> frozenset[str]:
    """Name the kinds of rows there are of this contact: names of ``EVERYTHING``."""
    with connection.cursor() as cursor:
        cursor.execute(_question(connection.vendor), [contact] * len(_KINDS))
        found = cursor.fetchone() or ()
    return frozenset(kind for kind, there in zip(_KINDS, found, strict=True) if there)


@cache
def _question(_vendor: str) -> str:
    quote = connection.ops.quote_name
    parts = (
        f"EXISTS(SELECT 1 FROM {quote(model._meta.db_table)} WHERE {quote(column)} = %s)"  # noqa: S608
        for model, column in _KINDS.values()
    )
    return f"SELECT {', '.join(parts)}"
