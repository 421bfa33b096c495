"""Which kinds of rows point at one row: one small question that saves a dozen.

Theory of operation.  Of most contacts hardly anything is kept but a few addresses and touches.  One row
of EXISTS, each answered by the index of a foreign key, says which tables are worth asking; it is written
once as plain SQL, because composing so many subqueries anew would take as long as asking them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Model

Kinds = tuple[tuple[str, type["Model"], str], ...]  # a name, a table, its column that points


def present(kinds: Kinds, key: int) -> frozenset[str]:
    """Name those of the kinds of which there is a row that points at this key."""
    with connection.cursor() as cursor:
        cursor.execute(_question(connection.vendor, kinds), [key] * len(kinds))
        found = cursor.fetchone() or ()
    return frozenset(kind for (kind, _model, _column), there in zip(kinds, found, strict=True) if there)


@cache
def _question(_vendor: str, kinds: Kinds) -> str:
    quote = connection.ops.quote_name
    parts = (
        f"EXISTS(SELECT 1 FROM {quote(model._meta.db_table)} WHERE {quote(column)} = %s)"  # noqa: S608
        for _kind, model, column in kinds
    )
    return f"SELECT {', '.join(parts)}"
