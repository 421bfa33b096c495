"""Ties of a large file of comma-separated rows as arrays: names numbered, strengths as numbers.

Theory of operation.  One compiled loop goes over the bytes and finds rows and cells as Python's ``csv`` does:
a quotation mark counts at the start of a cell, twice it is itself, and a row ends at a line feed, a carriage
return or both.  Names of the two ends are numbered by a table of their hashes, and compared byte by byte with
the first of that number.  A strength of at most 15 digits is read on the spot, exactly: its digits and the
power of ten are both whole numbers that a float holds; longer ones are left to numpy.  What is rarer is
left to Python, row by row: quotation marks inside a cell, white space beyond ASCII around it, numbers of
another form.  So the answer is that of ``csv`` and ``float``, and a test holds it to that.

Names are numbered as they sort, so that equal ties make equal webs.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LARGEST_CELL = 1 << 20
_TEN = 10.0 ** np.arange(23)
_FIRST_NAMES = 1 << 16
_DIGITS = 24  # of a long number that numpy reads
_AT_ONCE = 1 << 20
_PIECE = 1 << 24

# What a row is: STRANGE and LONG only until Python has read it.
GOOD, FEW, NAMELESS, STRANGE, LONG, WORD = range(6)

_COMMA, _QUOTE, _LF, _CR, _POINT, _ZERO = (ord(sign) for sign in ',"\n\r.0')


class _Scan(NamedTuple):
    """What the loop writes: of each row where it begins, what it is, its ends and its strength."""

    begins: Any  # int64
    kinds: Any  # uint8
    ends: Any  # int32, two a row
    strengths: Any  # float64
    numbers: Any  # int64, two a row: where the text of the strength begins and ends
    progress: Any  # int64: place in the text, rows, names


class _Names(NamedTuple):
    """Names met: where each stands first, and a table of hashes to find them by."""

    slots: Any  # int64, number + 1 and the upper half of the hash, or 0
    firsts: Any  # int64
    lasts: Any  # int64
    hashes: Any  # uint64


@compiled
def _hash(text: Any, first: int, last: int) -> Any:
    found = np.uint64(14695981039346656037)
    for place in range(first, last):
        found = (found ^ np.uint64(text[place])) * np.uint64(1099511628211)
    return found ^ (found >> np.uint64(29))


@compiled
def _same(text: Any, one: int, other: int, length: int) -> bool:
    for place in range(length):  # noqa: SIM110 - compiled
        if text[one + place] != text[other + place]:
            return False
    return True


@compiled
def _numbered(text: Any, first: int, last: int, names: _Names, count: int) -> Any:
    """Give the number of a name; ``count`` for one not met before, which is then noted."""
    found = _hash(text, first, last)
    upper = np.int64(found >> np.uint64(33)) << 32
    mask = len(names.slots) - 1
    slot = np.int64(found & np.uint64(mask))
    while True:
        entry = names.slots[slot]
        if entry == 0:
            names.slots[slot] = upper | (count + 1)
            names.firsts[count], names.lasts[count], names.hashes[count] = first, last, found
            return count
        number = (entry & 0xFFFFFFFF) - 1
        if entry - number - 1 == upper:
            begun = names.firsts[number]
            if names.lasts[number] - begun == last - first and _same(text, begun, first, last - first):
                return number
        slot = (slot + 1) & mask


@compiled
def _placed(names: _Names, count: int, slots: Any) -> None:
    """Write the first ``count`` names into a larger table."""
    mask = len(slots) - 1
    for number in range(count):
        found = names.hashes[number]
        slot = np.int64(found & np.uint64(mask))
        while slots[slot] != 0:
            slot = (slot + 1) & mask
        slots[slot] = (np.int64(found >> np.uint64(33)) << 32) | (number + 1)


@compiled
def _blank(sign: int) -> bool:
    return sign == 32 or 9 <= sign <= 13 or 28 <= sign <= 31  # noqa: PLR2004 - what str.strip takes off


@compiled
def _odd_ends(text: Any, first: int, last: int) -> bool:
    """Whether white space beyond ASCII may stand at either end."""
    sign = text[first]
    if sign == 0xC2 or 0xE1 <= sign <= 0xE3:  # noqa: PLR2004 - leading bytes of all such signs
        return True
    sign = text[last - 2] if last - first > 1 else 0
    if sign == 0xC2:  # noqa: PLR2004
        return True
    sign = text[last - 3] if last - first > 2 else 0  # noqa: PLR2004
    return 0xE1 <= sign <= 0xE3  # noqa: PLR2004


@compiled
def _strength(text: Any, first: int, last: int, tens: Any) -> Any:
    """Read a plain number of at most 15 digits; -1 for more digits, -2 for anything else."""
    digits, whole, behind, point = 0, np.int64(0), 0, False
    if last == first:
        return -2.0
    for place in range(first, last):
        sign = text[place]
        if sign == _POINT and not point:
            point = True
        elif _ZERO <= sign <= _ZERO + 9:
            if digits < 16:  # noqa: PLR2004
                whole = whole * 10 + np.int64(sign - _ZERO)
            digits += 1 if whole > 0 else 0
            behind += 1 if point else 0
        else:
            return -2.0
    if last - first == 1 and point:
        return -2.0
    if digits > 15 or behind > 22:  # noqa: PLR2004
        return -1.0
    return whole / tens[behind]


@compiled
def _cell(text: Any, at: int) -> tuple[int, int, int, bool]:
    """Find a cell: where what it holds begins and ends, where it ends itself, whether Python must read it."""
    size = len(text)
    if at == size or text[at] != _QUOTE:
        first = at
        while at < size and text[at] != _COMMA and text[at] != _LF and text[at] != _CR:
            at += 1
        return first, at, at, at - first > LARGEST_CELL
    first, within, closed, odd = at + 1, True, False, False
    at += 1
    while at < size:
        sign = text[at]
        if within:
            within = sign != _QUOTE
        elif sign == _COMMA or sign == _LF or sign == _CR:  # noqa: PLR1714, SIM109 - compiled
            break
        elif sign == _QUOTE and not closed:
            within, odd = True, True
        else:
            closed, odd = True, True
        at += 1
    return first, at - 1, at, odd or within or at - first > LARGEST_CELL


@compiled
def _scan(text: Any, places: Any, tens: Any, names: _Names, scan: _Scan) -> None:  # noqa: C901, PLR0912
    """Go on over the text until its end, or until there is no room for more names."""
    size, last_cell = len(text), places.max()
    at, row, count = scan.progress[0], scan.progress[1], scan.progress[2]
    firsts, lasts = np.zeros(3, np.int64), np.zeros(3, np.int64)
    while at < size and count + 2 <= len(names.firsts):
        if text[at] == _LF or text[at] == _CR:
            at += 1
            continue
        begun, cells, odd = at, 0, False
        while True:
            first, last, at, strange = _cell(text, at)
            odd |= strange
            for which in range(3):
                if places[which] == cells:
                    firsts[which], lasts[which] = first, last
            cells += 1
            if at == size or text[at] != _COMMA:
                break
            at += 1
        kind = STRANGE if odd else FEW if cells <= last_cell else GOOD
        for which in range(3):
            first, last = firsts[which], lasts[which]
            while kind == GOOD and first < last and _blank(text[first]):
                first += 1
            while kind == GOOD and first < last and _blank(text[last - 1]):
                last -= 1
            firsts[which], lasts[which] = first, last
            if kind == GOOD and first < last and _odd_ends(text, first, last):
                kind = STRANGE
        if kind == GOOD and (firsts[0] == lasts[0] or firsts[1] == lasts[1]):
            kind = NAMELESS
        if kind == GOOD:
            for which in range(2):
                number = _numbered(text, firsts[which], lasts[which], names, count)
                count = max(count, number + 1)
                scan.ends[row, which] = number
            strength = _strength(text, firsts[2], lasts[2], tens)
            scan.strengths[row] = strength
            if strength < 0:
                kind = LONG if strength == -1 else WORD
                scan.numbers[row, 0], scan.numbers[row, 1] = firsts[2], lasts[2]
        scan.begins[row], scan.kinds[row] = begun, kind
        row += 1
    scan.progress[0], scan.progress[1], scan.progress[2] = at, row, count


@compiled
def _copied(text: Any, places: Any, rows: Any, into: Any) -> None:
    """Copy the cells of some rows, each of at most as many bytes as there is room for."""
    for number in range(len(rows)):
        first = places[rows[number], 0]
        for place in range(places[rows[number], 1] - first):
            into[number, place] = text[first + place]


class BadRow(Exception):
    """The row that begins at a place of the text cannot be read."""

    def __init__(self, begins: int, why: str) -> None:
        super().__init__(why)
        self.begins = begins


@dataclass(slots=True)
class Edges:
    """Rows of a file: who, whom, how strongly (NaN where that is no number).  Names are sorted.

    ``kinds``: ``GOOD`` where two names stand, ``NAMELESS``, or ``FEW`` columns.  ``begins``: where it begins.
    """

    text: Any = field(repr=False)
    names: list[str]
    ends: Any  # int32, two a row
    strengths: Any
    begins: Any
    kinds: Any


def read_edges(text: Any, columns: Sequence[int], *, begins: int) -> Edges:
    """Read rows from a place in a text of bytes that are UTF-8.

    ``columns``: in which cell source, target and strength stand; after them, any that must be there too.
    ``BadRow`` where ``csv`` can make nothing of one.
    """
    names, scan = _scanned(text, np.array(columns), begins)
    rows = slice(0, int(scan.progress[1]))
    found = Edges(text, names, scan.ends[rows], scan.strengths[rows], scan.begins[rows], scan.kinds[rows])
    _long_numbers(found, scan.numbers)
    _left_to_python(found, columns)
    order = sorted(range(len(found.names)), key=found.names.__getitem__)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    named = found.kinds == GOOD
    found.ends[named] = rank[found.ends[named]]
    found.names = [found.names[number] for number in order]
    return found


def _scanned(text: Any, columns: Any, begins: int) -> tuple[list[str], _Scan]:
    rows = _most_rows(text)
    scan = _Scan(
        begins=np.empty(rows, np.int64),
        kinds=np.empty(rows, np.uint8),
        ends=np.zeros((rows, 2), np.int32),
        strengths=np.full(rows, np.nan),
        numbers=np.empty((rows, 2), np.int64),
        progress=np.array([begins, 0, 0]),
    )
    names = _names_for(_FIRST_NAMES)
    while True:
        _scan(text, columns, _TEN, names, scan)
        count = int(scan.progress[2])
        if scan.progress[0] >= len(text):
            break
        more = _names_for(len(names.firsts) * 4)
        for array, larger in zip(names[1:], more[1:], strict=True):
            larger[:count] = array[:count]
        _placed(more, count, more.slots)
        names = more
    spans = zip(names.firsts[:count].tolist(), names.lasts[:count].tolist(), strict=True)
    return [bytes(text[first:last]).decode() for first, last in spans], scan


def _names_for(size: int) -> _Names:
    """Make room for so many names, a power of two."""
    return _Names(
        np.zeros(2 * size, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.uint64),
    )


def _most_rows(text: Any) -> int:
    pieces = (bytes(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))
    return 1 + sum(piece.count(b"\n") + piece.count(b"\r") for piece in pieces)


def _long_numbers(found: Edges, cells: Any) -> None:
    """Read plain numbers of many digits, all of them at once."""
    rows = np.flatnonzero(found.kinds == LONG)
    spans = cells[rows]
    fits = spans[:, 1] - spans[:, 0] <= _DIGITS
    found.kinds[rows[~fits]] = STRANGE
    rows = rows[fits]
    for some in np.array_split(rows, len(rows) // _AT_ONCE + 1):
        written = np.zeros((len(some), _DIGITS), np.uint8)
        _copied(found.text, cells, some, written)
        found.strengths[some] = written.view(f"S{_DIGITS}")[:, 0].astype(np.float64)
    found.kinds[rows] = GOOD


def _left_to_python(found: Edges, columns: Sequence[int]) -> None:
    rows = np.flatnonzero((found.kinds == STRANGE) | (found.kinds == WORD)).tolist()
    numbers = {name: number for number, name in enumerate(found.names)} if rows else {}
    for row in rows:
        cells = row_at(found.text, int(found.begins[row]))
        if len(cells) <= max(columns):
            found.kinds[row] = FEW
            continue
        source, target, strength = (cells[column].strip() for column in columns[:3])
        found.kinds[row] = GOOD if source and target else NAMELESS
        if source and target:
            found.ends[row] = [numbers.setdefault(name, len(numbers)) for name in (source, target)]
            found.strengths[row] = number_in(strength)
    found.names = list(numbers) if rows else found.names


def number_in(text: str) -> float:
    """Give the number a text is; NaN if it is none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def row_at(text: Any, begins: int) -> list[str]:
    """Read the row that begins at a place as Python does; ``BadRow`` if it cannot."""
    size = 1 << 12
    while True:
        lines = io.StringIO(bytes(text[begins : begins + size]).decode("utf-8", "ignore"), newline="")
        reader = csv.reader(lines)
        try:
            row = next(reader, [])
        except csv.Error as error:
            raise BadRow(begins, str(error)) from error
        if begins + size >= len(text) or lines.read(1):
            return row
        size *= 8


def behind_row(text: Any, begins: int) -> int:
    """Give where the row that begins at a place ends."""
    at = begins - 1
    while at < len(text) and (at < begins or text[at] == _COMMA):
        at = _cell.py_func(text, at + 1)[2]
    return at


def lines_at(text: Any, places: Iterable[int]) -> Iterator[int]:
    """Give the lines, from 1, of places in a text in their order; a line ends as a row does."""
    at, line = 0, 1
    for place in places:
        while at < place:
            piece = bytes(text[at : min(place, at + _PIECE)])
            cut = piece.endswith(b"\r") and bytes(text[at + len(piece) : at + len(piece) + 1]) == b"\n"
            line += piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n") - cut
            at += len(piece)
        yield line
