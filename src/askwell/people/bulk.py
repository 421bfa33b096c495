"""Many new rows at once, several times faster than ``bulk_create``.

Theory of operation.  Keys are taken first, so that nothing has to be read back, and each column is
turned into what the database takes by one function chosen for the whole run, not for every value.
Only for models without save hooks, which all of ours are; inside a transaction, as every journal is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROWS = 500
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BigIntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
)


def insert(objs: Sequence[models.Model]) -> None:
    """Insert new rows of one model and give them their keys."""
    model = type(objs[0])
    keys = _take_keys(model, len(objs))
    for obj, key in zip(objs, keys, strict=True):
        obj.pk = key
    fields = model._meta.concrete_fields
    getters = [(field.attname, _converter(field)) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    blanks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({blanks})"  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(objs), _ROWS):
            rows = [
                [convert(value) if convert else value for value, convert in _values(obj, getters)]
                for obj in objs[start : start + _ROWS]
            ]
            cursor.executemany(statement, rows)
    for obj in objs:
        obj._state.adding = False
        obj._state.db = connection.alias


def _values(obj: models.Model, getters: list[tuple[str, Any]]) -> list[tuple[Any, Any]]:
    held = obj.__dict__
    return [(held[name], convert) for name, convert in getters]


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, _PLAIN):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _take_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """Take keys nobody else will get: from the sequence, or past the last one of a locked SQLite."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        return range((row[0] if row else 0) + 1, (row[0] if row else 0) + 1 + count)
