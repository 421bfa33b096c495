"""From a member's bytes to CSV rows: encoding told, damage told, streamed."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from askwell.formats.csv_rows import CsvRows
from askwell.formats.encodings import Encoding, encoding_of
from askwell.formats.errors import BROKEN_STREAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.formats.members import Member
    from askwell.formats.problems import Log


@contextmanager
def csv_of(member: Member, log: Log, *, delimiter: str = "") -> Iterator[CsvRows]:
    """Rows of ``member``; a member that cannot be opened has none, and a problem says so."""
    try:
        with member.open() as stream:
            encoding = encoding_of(stream)
        stream = member.open()
    except BROKEN_STREAM:
        log.add("damaged", 1)
        encoding, stream = Encoding("utf-8"), io.BytesIO()
    if encoding.problem_code:
        log.add(encoding.problem_code, encoding=encoding.shown)
    with io.TextIOWrapper(stream, encoding.name, errors=encoding.errors, newline="") as text:
        yield CsvRows(text, log, delimiter=delimiter)
