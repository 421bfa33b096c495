"""Which column of an unknown CSV holds what: shown, corrected, remembered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.people.errors import FilesGone
from askwell.people.importing.progress import folder_of
from askwell.people.models import ColumnMapping, Import
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.contrib.auth.base_user import AbstractBaseUser

_HEAD = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A CSV of unknown columns: their names, some rows, and which field is thought to be where.

    ``mapping`` is field -> column name (fields: ``formats.mapped_csv.FIELDS``); ``remembered`` says it
    was confirmed for a file like this before.
    """

    file: str
    columns: list[str]
    rows: list[list[str]]
    mapping: dict[str, str]
    remembered: bool


def column_preview(batch: Import) -> Columns | None:
    """Give the columns of the first CSV of unknown columns, or None when there is none."""
    from askwell.formats.detect import sniff
    from askwell.formats.mapped_csv import preview

    for number, name in enumerate(batch.names):
        path = folder_of(batch) / f"{number:04}"
        if path.is_dir():
            continue
        head = _head(path, name)
        if sniff(name, head) == "mapped_csv":
            columns, rows, guess = preview(head, file=name)
            known = remembered(batch.owner, columns)
            return Columns(
                file=name,
                columns=columns,
                rows=rows,
                mapping=dict(batch.mapping) or known or guess,
                remembered=bool(known),
            )
    return None


def _head(path: Path, name: str) -> bytes:
    """Whole lines from the beginning of a file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise FilesGone(names=[name]) from error
    return head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1] or head


def remembered(owner: AbstractBaseUser, columns: list[str]) -> dict[str, str]:
    """Give the mapping confirmed for these columns before, or an empty one."""
    row = ColumnMapping.objects.for_owner(owner).filter(header_key=header_key(columns)).first()
    return dict(row.mapping) if row else {}


def set_mapping(batch: Import, mapping: Mapping[str, str]) -> None:
    """Read this import by these columns, and files like it from now on.  Run ``run_reading`` afterwards."""
    chosen = {field: column for field, column in mapping.items() if column}
    batch.mapping = chosen
    batch.save(update_fields=["mapping"])
    seen = column_preview(batch)
    if seen is not None:
        ColumnMapping.objects.update_or_create(
            owner=batch.owner, header_key=header_key(seen.columns), defaults={"mapping": chosen}
        )


def header_key(columns: list[str]) -> str:
    """Give 64 hex digits equal for files with the same columns in the same order."""
    return hashlib.sha256("\x1f".join(map(fold, columns)).encode()).hexdigest()
