"""Rows of any CSV file, with true line numbers, however badly it is written.

Theory of operation.  The standard reader does the work; this module watches it.  Lines are
handed over one by one and remembered until the row that they make is complete.  A stray
quotation mark shows as a row of several lines that has the wrong number of cells, or whose
inner lines are themselves whole rows: then the remembered lines are given back, the first
is split on its own with quotes taken literally where they do not pair, and reading goes on
with the next line.  No row may hold more than ``MOST_LINES`` lines or ``MOST_CHARS``
characters, so that memory stays bounded whatever the file says.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, deque
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TextIO

from askwell.formats.csv_guard import unguard
from askwell.formats.errors import BROKEN_STREAM

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from askwell.formats.problems import Log

FIELD_LIMIT = 1_000_000
MOST_CHARS = 4 * FIELD_LIMIT
MOST_LINES = 2_000
PREAMBLE_LINES = 20  # a quoted cell before the header is known spans no more lines than this
SNIFF_LINES = 60
SNIFF_CHARS = 4000
DELIMITERS = (",", ";", "\t", "|")
HINT = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
TRUST_COUNT_FROM = 5  # with fewer columns a line of prose looks like a row too easily

# Hazard: this bound is process-wide.  The standard default (128 KiB) would make one long
# message an error; our own bounds above stand in its place.
csv.field_size_limit(2**31 - 1)


@dataclass(slots=True)
class Row:
    """One row: the line it begins on, from 1, and its cells."""

    line: int
    cells: list[str]


class _TooLong(Exception):
    pass


class CsvRows:
    """An iterator of rows over a text stream opened with ``newline=""``.

    Set ``expected`` to the number of columns once the header is known: it is what tells a
    stray quote from a cell with line breaks.  ``delimiter`` is sniffed unless given.
    """

    def __init__(self, stream: TextIO, log: Log, *, delimiter: str = "") -> None:
        self.log = log
        self.expected = 0
        self._ahead: deque[str] = deque()
        self._lines = _lines(stream, log)
        self._row_lines: list[str] = []
        self._row_chars = 0
        self._line = 0  # lines completed
        self._short_rows = 0
        self.delimiter = delimiter or self._sniff()

    def __iter__(self) -> Iterator[Row]:
        more = True
        while more:
            reader = csv.reader(self._feed(), delimiter=self.delimiter)
            try:
                more = yield from self._rows(reader)
            except (_TooLong, csv.Error):
                yield self._recover()

    def _sniff(self) -> str:
        for line in self._lines:
            self._ahead.append(line)
            if len(self._ahead) >= SNIFF_LINES:
                break
        if self._ahead and (hint := HINT.match(self._ahead[0])):
            self._ahead[0] = "\n"  # keeps the line count true
            return hint[1]
        return sniff_delimiter(self._ahead)

    def _feed(self) -> Iterator[str]:
        row_lines, ahead, lines = self._row_lines, self._ahead, self._lines
        while line := ahead.popleft() if ahead else next(lines, ""):
            row_lines.append(line)
            self._row_chars += len(line)
            if len(row_lines) > self._most_lines or self._row_chars > MOST_CHARS:
                raise _TooLong
            yield line

    @property
    def expected(self) -> int:
        """The number of columns, once the header is known; 0 before."""
        return self._expected

    @expected.setter
    def expected(self, columns: int) -> None:
        self._expected = columns
        self._most_lines = MOST_LINES if columns else PREAMBLE_LINES

    def _next_line(self) -> str:
        if self._ahead:
            return self._ahead.popleft()
        return next(self._lines, "")

    def _rows(self, reader: Iterator[list[str]]) -> Generator[Row, None, bool]:
        """Rows until the end of the file (False) or a row that had to be recovered (True)."""
        for cells in reader:
            if self._is_swallowed(cells):
                yield self._recover()
                return True
            line = self._line + 1
            if len(cells) < self.expected:
                self._short(cells, line)
            self._complete(len(self._row_lines))
            if cells:
                yield Row(line, self._clean(cells, line))
        return False

    def _complete(self, lines: int) -> None:
        self._line += lines
        self._row_lines.clear()
        self._row_chars = 0

    def _short(self, cells: list[str], line: int) -> None:
        """A short last row without a line end, where no other row was short, was cut off."""
        cut = self._row_lines[-1][-1:] not in "\r\n"
        if cells and cut and not self._short_rows and self._line:
            self.log.add("truncated", line)
        self._short_rows += bool(cells)

    def _is_swallowed(self, cells: list[str]) -> bool:
        """Whether these lines are several rows run together by a stray quote."""
        lines = self._row_lines
        if len(lines) == 1:
            return len(cells) < self.expected and not _is_well_formed(lines, self.delimiter)
        if not self.expected:
            return not _is_well_formed(lines, self.delimiter)
        alike = 0
        for number in range(1, len(lines)):  # not a sum(): this runs for every line of every message
            line = lines[number]
            if line.count(self.delimiter) >= self.expected - 1 and self._looks_like_row(line):
                alike += 1
        if not alike:
            return False
        if len(cells) == self.expected and _is_well_formed(lines, self.delimiter):
            return alike == len(lines) - 1 > 1 and self.expected >= TRUST_COUNT_FROM
        return True

    def _looks_like_row(self, line: str) -> bool:
        return len(split_line(line, self.delimiter)) == self.expected

    def _recover(self) -> Row:
        """Give the remembered lines back and read the first one by itself."""
        first, *rest = self._row_lines
        line = self._line + 1
        too_long = self._row_chars > MOST_CHARS or len(self._row_lines) > MOST_LINES
        self._complete(1)
        if too_long and not any(self._looks_like_row(text) for text in rest):
            self._skip_prose(rest, line)
        else:
            self._ahead.extendleft(reversed(rest))
            self.log.add("stray-quote", line)
        cells = [cell.strip('"') for cell in split_line(first, self.delimiter)]
        return Row(line, self._clean(cells, line))

    def _skip_prose(self, rest: list[str], line: int) -> None:
        """One cell runs on without end: leave its lines out until a whole row stands again."""
        self.log.add("huge-field", line, limit=FIELD_LIMIT)
        self._complete(len(rest))
        while text := self._next_line():
            if self._looks_like_row(text):
                self._ahead.appendleft(text)
                return
            self._complete(1)

    def _clean(self, cells: list[str], line: int) -> list[str]:
        for index, cell in enumerate(cells):
            if cell[:1] == "'":
                cells[index] = unguard(cell)
            if len(cell) > FIELD_LIMIT:
                cells[index] = cell[:FIELD_LIMIT]
                self.log.add("huge-field", line, limit=FIELD_LIMIT)
        return cells


def _lines(stream: TextIO, log: Log) -> Iterator[str]:
    """Lines without null characters; what a damaged archive still gives, then a problem."""
    number, seen_nul = 0, False
    try:
        while line := stream.readline(MOST_CHARS):
            number += 1
            if len(line) >= MOST_CHARS and line[-1] not in "\r\n":
                log.add("huge-field", number, limit=FIELD_LIMIT)
                _skip_line(stream)
            if "\0" in line:
                line = line.replace("\0", "") or "\n"
                if not seen_nul:
                    seen_nul = True
                    log.add("nul-bytes", number)
            yield line
    except BROKEN_STREAM:
        log.add("damaged", number + 1)


def _skip_line(stream: TextIO) -> None:
    while (rest := stream.readline(MOST_CHARS)) and rest[-1] not in "\r\n":
        pass


@lru_cache(maxsize=8)
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(rf'[ \t]*"((?:[^"]|"")*)"[ \t]*(?={mark}|$)|([^{mark}]*)')


def split_line(line: str, delimiter: str) -> list[str]:
    """Cells of one physical line; a quote that does not pair up within a cell is a plain character."""
    line = line.rstrip("\r\n")
    if '"' not in line:
        return line.split(delimiter)
    cells, at, pattern = [], 0, _cell_pattern(delimiter)
    while at <= len(line) and (match := pattern.match(line, at)):
        quoted = match[1]
        cells.append(match[2] if quoted is None else quoted.replace('""', '"'))
        at = match.end() + 1
    return cells


def _is_well_formed(lines: list[str], delimiter: str) -> bool:
    """Whether these lines are one row by the letter of the format."""
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def sniff_delimiter(lines: Iterable[str]) -> str:
    """The mark that splits most lines into the same number of cells; a comma when in doubt."""
    written = [line[:SNIFF_CHARS] for line in lines if line.strip()]
    return max(DELIMITERS, key=lambda mark: _evenness(written, mark))


def _evenness(lines: list[str], mark: str) -> int:
    counts = Counter(len(split_line(line, mark)) for line in lines)
    counts.pop(1, None)
    return max(((cells - 1) * often * often for cells, often in counts.items()), default=0)


def rows_of_text(text: str, log: Log, *, delimiter: str = "") -> CsvRows:
    """Rows of text already in memory."""
    return CsvRows(io.StringIO(text, newline=""), log, delimiter=delimiter)
