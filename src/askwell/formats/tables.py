"""Rows by column name: the header found, its names folded, each row asked by name.

Theory of operation.  Column names are compared without case, spaces and punctuation
(``E-mail 1 - Value`` is ``email1value``), because re-saved files differ in just these.
The header need not be the first row: a preamble is passed over, up to ``MOST_PREAMBLE``
rows, until a row satisfies the reader that asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.formats.csv_rows import CsvRows, Row

MOST_PREAMBLE = 60
LONGEST_NAME = 200
NOT_WORD = re.compile(r"[\W_]+")

Progress = Callable[[str, int, int | None], None]
PROGRESS_EVERY = 1000


def fold(name: str) -> str:
    """A column name without case, spaces and punctuation; a cell too long to be one is none."""
    return _fold(name) if len(name) <= LONGEST_NAME else ""


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    return NOT_WORD.sub("", name.casefold())


class Record:
    """One row asked by folded column name."""

    __slots__ = ("_columns", "cells", "line")

    def __init__(self, row: Row, columns: dict[str, int]) -> None:
        self.line = row.line
        self.cells = row.cells
        self._columns = columns

    def get(self, *names: str) -> str:
        """The first non-empty cell of these columns, outer white space removed, or ``""``."""
        for name in names:
            index = self._columns.get(name, -1)
            if 0 <= index < len(self.cells) and (cell := self.cells[index].strip()):
                return cell
        return ""

    def is_blank(self) -> bool:
        """Whether every cell is empty."""
        return not "".join(self.cells).strip()


class Table:
    """A header and the rows under it."""

    def __init__(self, header: Row, rows: Iterator[Row], source: CsvRows) -> None:
        self.header = [cell.strip() for cell in header.cells]
        self.line = header.line
        self.columns: dict[str, int] = {}
        for index, cell in enumerate(self.header):
            self.columns.setdefault(fold(cell), index)
        self._rows = rows
        self._source = source
        self._widest = len(self.header)
        source.expected = len(self.header)

    def has(self, *names: str) -> bool:
        """Whether every one of these folded names is a column."""
        return all(name in self.columns for name in names)

    def picker(self, *columns: tuple[str, ...]) -> Callable[[Record], list[str]]:
        """A fast ``get`` of many columns at once; of each tuple the first name that is a column."""
        indexes = [
            next((self.columns[name] for name in names if name in self.columns), -1) for names in columns
        ]

        def pick(record: Record) -> list[str]:
            cells = record.cells
            width = len(cells)
            return [cells[index].strip() if 0 <= index < width else "" for index in indexes]

        return pick

    def translate(self, english: Callable[[str], str]) -> None:
        """Let every column be found by its English folded name too."""
        for name, index in list(self.columns.items()):
            self.columns.setdefault(english(name), index)

    def __iter__(self) -> Iterator[Record]:
        for row in self._rows:
            record = Record(row, self.columns)
            if not record.is_blank():
                if len(row.cells) > self._widest:
                    self._tell_long(row)
                yield record

    def _tell_long(self, row: Row) -> None:
        if any(cell.strip() for cell in row.cells[self._widest :]):
            self._source.log.add("long-row", row.line)

    def left_over(self, record: Record, used: set[int]) -> tuple[tuple[str, str], ...]:
        """Cells of columns nobody used, with their column names; nothing is lost."""
        return tuple(
            (self.header[index] if index < self._widest else f"Column {index + 1}", cell.strip())
            for index, cell in enumerate(record.cells)
            if index not in used and cell.strip()
        )

    def indexes(self, names: Sequence[str]) -> set[int]:
        """Where these folded names stand."""
        return {self.columns[name] for name in names if name in self.columns}


def find_table(source: CsvRows, is_header: Callable[[set[str]], bool]) -> Table | None:
    """The table under the first row that ``is_header`` accepts, given its folded names."""
    rows = iter(source)
    for number, row in enumerate(rows):
        if is_header({fold(cell) for cell in row.cells}):
            return Table(row, rows, source)
        if number >= MOST_PREAMBLE:
            break
    return None


def no_progress(_stage: str, _done: int, _total: int | None) -> None:
    """The progress hook of a caller who does not care."""
