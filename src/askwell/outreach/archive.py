"""The whole notebook as one documented JSON file, and back again, row for row.

Theory of operation.  Every table that holds facts is written with all its columns but the owner;
derived tables are not (they are rebuilt).  Keys are kept, so into an empty place the same rows come
back.  Where another owner's rows already use those keys (a school's PostgreSQL), every key is moved
by one offset a table.  ``docs/export-json.md`` describes the file and is made from the models.

What opens a door is not written: passwords, tokens, the secret address of a calendar.  A notebook taken in
sends nothing by itself (``mailroom.restoring``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.db import connection, models, transaction

import askwell
from askwell.mailroom.models import Account, CalendarAccount, CalendarFeed, Digest, Outgoing, Purpose, Secret
from askwell.mailroom.restoring import stand_still
from askwell.outreach import kept_files
from askwell.outreach.derive import recompute
from askwell.outreach.models import Circle, Seeker, Standing, Step
from askwell.outreach.written import rebuild_words
from askwell.people.index import rebuild
from askwell.people.journal import Exact
from askwell.people.models import AddressBook, Change, SearchTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

FORMAT = 1
DERIVED: tuple[type[models.Model], ...] = (SearchTerm, Step, Standing)
SECRET: tuple[type[models.Model], ...] = (Secret, Digest, CalendarFeed)
# What a message on its way out was made from.
MADE_FROM = {Purpose.LETTER.value: "outreach.draft", Purpose.INVITATION.value: "outreach.talk"}
Row = dict[str, Any]


class ArchiveError(Exception):
    """The file cannot be taken in; nothing was changed.  ``place`` says where in the file."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message, self.place = message, place


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import of a notebook brought in, by table."""

    rows: dict[str, int]
    undo_kept: bool


def tables() -> list[type[models.Model]]:
    """Give every table of facts, those that others point to first."""
    found = [
        model
        for label in ("people", "outreach", "mailroom")
        for model in apps.get_app_config(label).get_models()
        if model not in DERIVED and model not in SECRET
    ]
    return sorted(found, key=lambda model: (model is Change, model._meta.app_label != "people"))


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Give the columns written.

    Left out are the owner, the name under which a password or secret is kept, and times read from calendars.
    """
    left_out = {"owner"}
    if model in {Account, AddressBook, CalendarAccount, Circle}:
        left_out |= {"handle", "busy", "busy_at"}
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


# -- out ---------------------------------------------------------------------------------------


def export_notebook(owner: AbstractBaseUser, out: IO[str], *, now: datetime) -> dict[str, int]:
    """Write everything of one owner as JSON, one row a line.  Gives the number of rows by table."""
    counts: dict[str, int] = {}
    with transaction.atomic():
        head = {"askwell": FORMAT, "version": askwell.__version__, "exported_at": now.isoformat()}
        out.write(json.dumps(head)[:-1] + ',\n "tables": {')
        for number, model in enumerate(tables()):
            out.write(f'{"," if number else ""}\n  "{model._meta.label_lower}": [')
            counts[model._meta.label_lower] = _write_rows(owner, model, out)
            out.write("]")
        out.write("\n }" + _files(owner) + "}\n")
    return counts


def _files(owner: AbstractBaseUser) -> str:
    rows = [json.dumps(row) for row in kept_files.for_export(owner)]
    return ',\n "files": [\n   ' + ",\n   ".join(rows) + "]" if rows else ""


def _write_rows(owner: AbstractBaseUser, model: type[models.Model], out: IO[str]) -> int:
    count = 0
    for count, row in enumerate(_rows(owner, model), start=1):
        out.write(("" if count == 1 else ",") + "\n   " + row)
    return count


def _rows(owner: AbstractBaseUser, model: type[models.Model]) -> Iterator[str]:
    names = [field.attname for field in columns(model)]
    encode = Exact(ensure_ascii=False).encode
    queryset = model._default_manager.filter(owner=owner).order_by("pk")
    for obj in queryset.iterator(chunk_size=2000):
        yield encode({name: getattr(obj, name) for name in names})


# -- in ----------------------------------------------------------------------------------------


def is_archive(head: bytes) -> bool:
    """Tell an exported notebook by its first bytes."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"askwell":')


def import_notebook(owner: AbstractBaseUser, source: IO[bytes] | IO[str], *, now: datetime) -> Taken:
    """Bring an exported notebook into this owner's empty place; all of it, or nothing."""
    data, files = _load(source)
    _refuse_unless_empty(owner)
    with transaction.atomic():
        Seeker.objects.filter(owner_id=owner.pk).delete()  # settings made on first use; the file has its own
        moved = _offsets(data)
        taken = {label: _insert(owner, label, rows, moved) for label, rows in data.items()}
        _check_references(data)
        _reset_sequences()
        stand_still(owner=owner, now=now)
        rebuild(owner)
        rebuild_words(owner)
        recompute(owner, now=now)
        kept_files.take_in(owner, files)
    return Taken(rows=taken, undo_kept=not any(moved.values()))


def _load(source: IO[bytes] | IO[str]) -> tuple[dict[str, list[Row]], list[bytes]]:
    try:
        data = json.load(source)
    except UnicodeDecodeError as error:
        raise ArchiveError("this is not UTF-8 text; the file is damaged", f"byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise ArchiveError(
            f"this is not complete JSON ({error.msg}); the file is damaged or cut off",
            f"line {error.lineno}",
        ) from error
    return _checked(data), _checked_files(data)


def _checked_files(data: dict[str, Any]) -> list[bytes]:
    rows = data.get("files", [])
    if not isinstance(rows, list):
        raise ArchiveError("the files are a list", "files")
    try:
        return [kept_files.from_export(row) for row in rows]
    except ValueError as error:
        raise ArchiveError(str(error), "files") from error


def _checked(data: Any) -> dict[str, list[Row]]:
    if not isinstance(data, dict) or "askwell" not in data or not isinstance(data.get("tables"), dict):
        raise ArchiveError("this is not an exported Askwell notebook")
    if data["askwell"] != FORMAT:
        raise ArchiveError(f"this file has format {data['askwell']}; this Askwell reads format {FORMAT}")
    known = {model._meta.label_lower: model for model in tables()}
    for label, rows in data["tables"].items():
        if label not in known:
            raise ArchiveError("no such table here; was it made by a newer Askwell?", label)
        _check_rows(known[label], rows)
    found: dict[str, list[Row]] = {label: data["tables"].get(label, []) for label in known}
    return found


def _check_rows(model: type[models.Model], rows: Any) -> None:
    names = {field.attname for field in columns(model)}
    if not isinstance(rows, list):
        raise ArchiveError("a table is a list of rows", model._meta.label_lower)
    for number, row in enumerate(rows, start=1):
        place = f"{model._meta.label_lower} row {number}"
        if not isinstance(row, dict) or not isinstance(row.get("id"), int):
            raise ArchiveError("a row is an object with a whole-number id", place)
        if strange := set(row) - names:
            raise ArchiveError(f"no such column: {', '.join(sorted(strange))}", place)


def _refuse_unless_empty(owner: AbstractBaseUser) -> None:
    for model in tables():
        if (
            model is not Seeker
            and model is not Change
            and model._default_manager.filter(owner=owner).exists()
        ):
            raise ArchiveError(
                f"this notebook is not empty ({model._meta.verbose_name_plural} are here); "
                "import into a new data folder, or remove the sample network first"
            )


def _offsets(data: dict[str, list[Row]]) -> dict[str, int]:
    """Give by how much each table's keys must move: 0 where they are free."""
    moved = {}
    for label, rows in data.items():
        manager = apps.get_model(label)._default_manager
        taken = rows and manager.filter(pk__in=_sample(rows)).exists()
        top = manager.aggregate(top=models.Max("pk"))["top"] or 0
        moved[label] = top if taken or (rows and top >= min(row["id"] for row in rows)) else 0
    return moved


def _sample(rows: list[Row]) -> list[int]:
    return [row["id"] for row in rows[:100]]


def _insert(owner: AbstractBaseUser, label: str, rows: list[Row], moved: dict[str, int]) -> int:
    model = apps.get_model(label)
    if model is Change and any(moved.values()):
        return 0  # undo speaks of keys, and the keys have moved
    for start in range(0, len(rows), 2000):
        part = rows[start : start + 2000]
        objs = [
            _built(model, owner, row, moved, f"{label} row {start + n}")
            for n, row in enumerate(part, start=1)
        ]
        model._default_manager.bulk_create(objs)
    return len(rows)


def _built(
    model: type[models.Model], owner: AbstractBaseUser, row: Row, moved: dict[str, int], place: str
) -> models.Model:
    values = {}
    for name, value in row.items():
        field = _field(model, name)
        try:
            values[name] = field.to_python(value) if value is not None else None
        except (ValidationError, TypeError, ValueError) as error:
            raise ArchiveError(f"{name} cannot be {value!r}", place) from error
        if value is None and not field.null:
            raise ArchiveError(f"{name} may not be empty", place)
        if isinstance(field, models.ForeignKey) and value is not None:
            lost = field.related_model is Change and any(moved.values())
            values[name] = None if lost else value + moved.get(_target(field), 0)
    values["id"] = row["id"] + moved[model._meta.label_lower]
    if model._meta.model_name == "weeklyreview":
        values["answers"] = _moved_people(values["answers"], moved)
    if model is Outgoing and isinstance(about := values.get("about"), int):
        values["about"] = about + moved.get(MADE_FROM.get(str(values.get("purpose")), ""), 0)
    if name_of_step := values.get("key") if model._meta.model_name == "snooze" else None:
        values["key"] = _moved_key(name_of_step, moved)
    return model(owner=owner, **values)


def _field(model: type[models.Model], attname: str) -> models.Field[Any, Any]:
    for field in columns(model):
        if field.attname == attname:
            return field
    raise FieldDoesNotExist(attname)  # unreachable: _check_rows has looked


def _target(field: models.ForeignKey[Any, Any]) -> str:
    related: Any = field.related_model
    label: str = related._meta.label_lower
    return label


def _moved_key(key: str, moved: dict[str, int]) -> str:
    """Move the row number inside a step's name: ``thank:talk:7``."""
    code, kind, number = key.rsplit(":", 2)
    label = next((name for name in moved if name.endswith(f".{kind}")), "")
    return f"{code}:{kind}:{int(number) + moved.get(label, 0)}"


def _moved_people(answers: Any, moved: dict[str, int]) -> Any:
    """Move the row numbers of those a review chose to ask."""
    if not isinstance(answers, dict) or not isinstance(answers.get("people"), list):
        return answers
    people = [pk + moved.get("people.contact", 0) for pk in answers["people"] if isinstance(pk, int)]
    return {**answers, "people": people}


def _check_references(data: dict[str, list[Row]]) -> None:
    """Refuse a file whose rows point to rows it does not hold."""
    ids = {label: {row["id"] for row in rows} for label, rows in data.items()}
    for label, rows in data.items():
        links = [
            (field.attname, _target(field))
            for field in columns(apps.get_model(label))
            if isinstance(field, models.ForeignKey)
        ]
        for number, row in enumerate(rows, start=1):
            for name, target in links:
                if row.get(name) is not None and row[name] not in ids[target]:
                    raise ArchiveError(
                        f"{name} points to {target} {row[name]}, which is not in the file",
                        f"{label} row {number}",
                    )


def _reset_sequences() -> None:
    """PostgreSQL hands out keys from sequences that explicit keys do not move."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


# -- the page that describes it --------------------------------------------------------------------


def describe() -> str:
    """Make ``docs/export-json.md`` from the models."""
    lines = [
        "# The exported notebook",
        "",
        "`askwell export` writes one UTF-8 JSON file, one row a line:",
        "",
        "```json",
        f'{{"askwell": {FORMAT}, "version": "...", "exported_at": "...",',
        ' "tables": {"people.contact": [...]}}',
        "```",
        "",
        "Dates are ISO 8601; times carry their offset. A column ending in `_id` holds the `id` of a row of",
        "the table named. Derived tables (steps, standing, search terms) are left out: they are rebuilt.",
        "Files that are kept (a version of the resume) stand after the tables, where there are any:",
        '`"files": [{"sha256": "...", "base64": "..."}]`. `where` of their row is `kept:SHA256/NAME`.',
        "No password, token or secret address is written. Accounts come back paused and without a password;",
        "letters that waited are taken back, and one that was on its way is in doubt. A circle comes back",
        "without its secret: join it again with the same.",
        "This page is made from the models.",
        "",
    ]
    for model in tables():
        lines += _describe_table(model)
    return "\n".join(lines).rstrip() + "\n"


def _describe_table(model: type[models.Model]) -> Iterable[str]:
    summary = (model.__doc__ or "").strip().split("\n")[0]
    yield f"## {model._meta.label_lower}"
    yield ""
    if summary and not summary.startswith(model.__name__ + "("):
        yield from (summary, "")
    yield "| column | kind | empty? |"
    yield "|---|---|---|"
    for field in columns(model):
        kind = f"key of {_target(field)}" if isinstance(field, models.ForeignKey) else _kind(field)
        yield f"| `{field.attname}` | {kind} | {'yes' if field.null else 'no'} |"
    yield ""


def _kind(field: models.Field[Any, Any]) -> str:
    if field.choices:
        return ", ".join(f"`{value}`" for value, _ in field.flatchoices)
    names = {
        "BigAutoField": "whole number",
        "CharField": f"text, at most {field.max_length}",
        "TextField": "text",
        "DateTimeField": "time",
        "DateField": "date",
        "BooleanField": "true or false",
        "JSONField": "JSON",
        "FloatField": "number",
    }
    return names.get(field.get_internal_type(), "whole number")
