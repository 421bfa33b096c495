"""Many new rows at once, several times faster than ``bulk_create``.

Theory of operation.  Keys are taken first, so that nothing has to be read back, and each column is
turned into what the database takes by one function chosen for the whole run, not for every value.
``new_row`` makes the rows themselves: Django's constructor asks every field for its default and sends
signals, which for 100,000 rows takes longer than writing them.
Only for models without save hooks and signals, which all of ours are; inside a transaction, as every
journal is.
"""

from __future__ import annotations

from datetime import UTC
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

T = TypeVar("T", bound=models.Model)

_ROWS = 2000
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BigIntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
)


def new_row(model: type[T], **columns: Any) -> T:
    """Make a row as ``model(**columns)`` would, far faster.  Columns by attname: ``contact_id``."""
    plain, made = _defaults(model)
    obj = model.__new__(model)
    held = obj.__dict__
    held["_state"] = ModelState()
    held.update(plain)
    for name, make in made:
        held[name] = make()
    held.update(columns)
    return obj


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], tuple[tuple[str, Any], ...]]:
    """Give the values every new row begins with, and those to be made for each row by itself."""
    fields = model._meta.concrete_fields
    made = {field.attname: field.default for field in fields if callable(field.default)}
    made = {name: make for name, make in made.items() if make is not models.NOT_PROVIDED}
    plain = {field.attname: field.get_default() for field in fields if field.attname not in made}
    return plain, tuple(made.items())


def insert(objs: Sequence[models.Model]) -> list[int]:
    """Insert new rows of one model and give them their keys, which are returned too."""
    keys = _write(objs, "")
    alias = connection.alias
    for obj in objs:
        obj._state.adding = False
        obj._state.db = alias
    return keys


def upsert(objs: Sequence[models.Model], unique: str) -> None:
    """Insert rows, or write over the one that has the same ``unique`` column.  Their keys are not given."""
    if objs:
        fields = (field for field in type(objs[0])._meta.concrete_fields if not field.primary_key)
        columns = {field.name: connection.ops.quote_name(str(field.column)) for field in fields}
        one = columns.pop(unique)
        written = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns.values())
        _write(objs, f" ON CONFLICT ({one}) DO UPDATE SET {written}")


def _write(objs: Sequence[models.Model], conflict: str) -> list[int]:
    model = type(objs[0])
    keys = list(_take_keys(model, len(objs)))
    name = model._meta.pk.attname
    for obj, key in zip(objs, keys, strict=True):
        obj.__dict__[name] = key
    fields = model._meta.concrete_fields
    values = itemgetter(*(field.attname for field in fields))
    turned = [(place, turn) for place, field in enumerate(fields) if (turn := _converter(field))]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    blanks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({blanks}){conflict}"  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(objs), _ROWS):
            rows = [list(values(obj.__dict__)) for obj in objs[start : start + _ROWS]]
            for place, turn in turned:
                for row in rows:
                    if row[place] is not None:
                        row[place] = turn(row[place])
            cursor.executemany(statement, rows)
    return keys


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Give what turns a value of this column, other than None, into what the database takes."""
    if isinstance(field, models.DateTimeField):
        return _moment()
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, _PLAIN):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _moment() -> Callable[[datetime], Any]:
    adapt = connection.ops.adapt_datetimefield_value
    if connection.vendor != "sqlite" or connection.timezone is not UTC:
        return adapt
    last, text = None, ""

    def turned(value: datetime) -> Any:
        nonlocal last, text
        if value.tzinfo is not UTC:
            return adapt(value)
        if value is not last:  # a column often holds one moment: that of the import
            # The same text as Django's own, which takes ten times as long to find out that UTC is UTC.
            last, text = value, str(value.replace(tzinfo=None))
        return text

    return turned


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
