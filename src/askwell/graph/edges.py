"""Ties of a large file of comma-separated rows as arrays: names numbered, strengths as numbers.

Theory of operation.  One compiled loop goes over the bytes and finds rows and cells as Python's ``csv`` does:
a quotation mark counts at the start of a cell, twice it is itself, and a row ends at a line feed, a carriage
return or both.  Names of the two ends are numbered by a table: a name of at most 8 bytes is its own key, a
longer one is found by a hash and compared byte by byte with the first of that number.  A strength of at most
19 digits is read on the spot: the quotient of its digits and a power of ten, then what that lacks.  What is
rarer is left to Python, row by row: quotation marks inside a cell, white space beyond ASCII around it,
numbers of another form or so near the middle of two floats that a rounding might decide.  So the answer is
that of ``csv`` and ``float``, and a test holds it to that.

Names are numbered as they sort, so that equal ties make equal webs.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled, soon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LARGEST_CELL = 1 << 20
_TEN = 10.0 ** np.arange(23)
_FIRST_NAMES = 1 << 16
_TOGETHER = 64  # rows
_PIECE = 1 << 24

# What a row is; STRANGE only until Python has read it.
GOOD, FEW, NAMELESS, STRANGE = range(4)

_COMMA, _QUOTE, _LF, _CR, _POINT, _ZERO = (ord(sign) for sign in ',"\n\r.0')

SLOT = np.dtype([("key", np.uint64), ("number", np.int64)], align=True)  # number + 1, then 1 if it is short


class _Scan(NamedTuple):
    """What the loop writes: of each row where it begins, what it is, its ends and its strength."""

    begins: Any  # int64
    kinds: Any  # uint8
    ends: Any  # int32, two a row
    strengths: Any  # float64
    progress: Any  # int64: place in the text, rows, names


class _Names(NamedTuple):
    """Names met: where each stands first, and a table of keys to find them by."""

    slots: Any  # SLOT
    firsts: Any  # int64
    lasts: Any  # int64


@compiled
def _key(text: Any, first: int, last: int) -> tuple[Any, bool]:
    """Give a name of at most 8 bytes itself as a number, and a hash of any other; and which it is."""
    key, short = np.uint64(0), last - first <= 8  # noqa: PLR2004
    if short:
        for place in range(first, last):
            key = (key << np.uint64(8)) | np.uint64(text[place])
            short = short and text[place] != 0
    if not short:
        key = np.uint64(14695981039346656037)
        for place in range(first, last):
            key = (key ^ np.uint64(text[place])) * np.uint64(1099511628211)
    return key, short


@compiled
def _slot(key: Any, slots: Any) -> Any:
    """Give where to look for a key first."""
    mixed = key * np.uint64(11400714819323198485)
    return np.int64((mixed ^ (mixed >> np.uint64(32))) & np.uint64(len(slots) - 1))


@compiled
def _same(text: Any, one: int, other: int, length: int) -> bool:
    for place in range(length):  # noqa: SIM110 - compiled
        if text[one + place] != text[other + place]:
            return False
    return True


@compiled
def _numbered(text: Any, first: int, last: int, names: _Names, count: int) -> Any:
    """Give the number of a name; ``count`` for one not met before, which is then noted."""
    key, short = _key(text, first, last)
    slots, firsts, lasts = names.slots, names.firsts, names.lasts
    at = _slot(key, slots)
    while slots[at]["number"] != 0:
        number = (slots[at]["number"] >> 1) - 1
        if slots[at]["key"] == key and (slots[at]["number"] & 1 == 1) == short:
            begun = firsts[number]
            if short or (lasts[number] - begun == last - first and _same(text, begun, first, last - first)):
                return number
        at = (at + 1) & (len(slots) - 1)
    slots[at]["key"], slots[at]["number"] = key, (count + 1) << 1 | int(short)
    firsts[count], lasts[count] = first, last
    return count


@compiled
def _moved(slots: Any, larger: Any) -> None:
    """Write what a table holds into a larger one."""
    for place in range(len(slots)):
        if slots[place]["number"] != 0:
            at = _slot(slots[place]["key"], larger)
            while larger[at]["number"] != 0:
                at = (at + 1) & (len(larger) - 1)
            larger[at] = slots[place]


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
    """Read a plain number of at most 19 digits, as ``float`` does; -1 for what is left to Python."""
    digits, whole, behind, point = 0, np.uint64(0), 0, False
    for place in range(first, last):
        sign = text[place]
        if _ZERO <= sign <= _ZERO + 9:
            whole = whole * np.uint64(10) + np.uint64(sign - _ZERO)
            digits += 1 if whole > 0 else 0
            behind += 1 if point else 0
        elif sign == _POINT and not point:
            point = True
        else:
            return -1.0
    if last - first <= int(point) or digits > 19 or behind > 22:  # noqa: PLR2004
        return -1.0
    # The quotient of two floats, and what it lacks; where that may round to either side, Python decides.
    high, ten = np.float64(whole), tens[behind]
    low = np.float64(np.int64(whole - np.uint64(high)))
    value = high / ten
    lacking = (_remainder(high, value, ten) + low) / ten
    if value + lacking * (1 + 2.0**-40) != value + lacking * (1 - 2.0**-40):
        return -1.0
    return value + lacking


@compiled
def _remainder(dividend: float, quotient: float, divisor: float) -> Any:
    """Give dividend - quotient * divisor exactly: the product in four parts, by Dekker."""
    high = quotient * 134217729.0
    high -= high - quotient
    low = quotient - high
    upper = divisor * 134217729.0
    upper -= upper - divisor
    lower = divisor - upper
    product = quotient * divisor
    missed = ((high * upper - product) + high * lower + low * upper) + low * lower
    return (dividend - product) - missed


@compiled
def _quoted(text: Any, at: int) -> tuple[int, int, int, bool]:
    """Find a cell in quotation marks: where its text begins and ends, where it ends, if Python reads it."""
    size, first, within, closed, odd = len(text), at + 1, True, False, False
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
    return first, at - 1, at, odd or within


@compiled
def _scan(text: Any, places: Any, tens: Any, names: _Names, scan: _Scan) -> None:  # noqa: C901, PLR0912
    """Go on over the text until its end, or until there may be no room for more names.

    Rows are read some at a time, so that what the table says of their names is fetched meanwhile.
    """
    size, last_cell, slots = len(text), places.max(), names.slots
    at, row, count = scan.progress[0], scan.progress[1], scan.progress[2]
    begins, kinds, strengths, ends = scan.begins, scan.kinds, scan.strengths, scan.ends
    firsts, lasts = np.zeros((_TOGETHER, 3), np.int64), np.zeros((_TOGETHER, 3), np.int64)
    while at < size and count + 2 * _TOGETHER <= len(names.firsts):
        done = 0
        while at < size and done < _TOGETHER:
            if text[at] == _LF or text[at] == _CR:
                at += 1
                continue
            begun, cells, odd = at, 0, False
            while True:
                first = at
                if at < size and text[at] == _QUOTE:
                    first, last, at, strange = _quoted(text, at)
                    odd |= strange
                else:
                    while at < size and text[at] != _COMMA and text[at] != _LF and text[at] != _CR:
                        at += 1
                    last = at
                odd |= at - first > LARGEST_CELL
                for which in range(3):
                    if places[which] == cells:
                        firsts[done, which], lasts[done, which] = first, last
                cells += 1
                if at == size or text[at] != _COMMA:
                    break
                at += 1
            kind = STRANGE if odd else FEW if cells <= last_cell else GOOD
            if kind == GOOD:
                kind = _trimmed(text, firsts[done], lasts[done])
            if kind == GOOD:
                strengths[row + done] = _strength(text, firsts[done, 2], lasts[done, 2], tens)
                if strengths[row + done] < 0:
                    kind = STRANGE
            if kind == GOOD:
                for which in range(2):
                    key, _ = _key(text, firsts[done, which], lasts[done, which])
                    soon(slots, _slot(key, slots))
            begins[row + done], kinds[row + done] = begun, kind
            done += 1
        for which in range(2):
            for one in range(done):
                if kinds[row + one] == GOOD:
                    number = _numbered(text, firsts[one, which], lasts[one, which], names, count)
                    count = max(count, number + 1)
                    ends[row + one, which] = number
        row += done
    scan.progress[0], scan.progress[1], scan.progress[2] = at, row, count


@compiled
def _trimmed(text: Any, firsts: Any, lasts: Any) -> Any:
    """Take white space off three cells, and say what a row with such cells is."""
    for which in range(3):
        first, last = firsts[which], lasts[which]
        while first < last and _blank(text[first]):
            first += 1
        while first < last and _blank(text[last - 1]):
            last -= 1
        firsts[which], lasts[which] = first, last
        if first < last and _odd_ends(text, first, last):
            return STRANGE
    return NAMELESS if firsts[0] == lasts[0] or firsts[1] == lasts[1] else GOOD


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
        strengths=np.empty(rows),
        progress=np.array([begins, 0, 0]),
    )
    names = _names_for(_FIRST_NAMES)
    while True:
        _scan(text, columns, _TEN, names, scan)
        count = int(scan.progress[2])
        if scan.progress[0] >= len(text):
            break
        more = _names_for(len(names.firsts) * 4)
        more.firsts[:count], more.lasts[:count] = names.firsts[:count], names.lasts[:count]
        _moved(names.slots, more.slots)
        names = more
    spans = zip(names.firsts[:count].tolist(), names.lasts[:count].tolist(), strict=True)
    return [bytes(text[first:last]).decode() for first, last in spans], scan


def _names_for(size: int) -> _Names:
    """Make room for so many names, a power of two."""
    return _Names(np.zeros(2 * size, SLOT), np.empty(size, np.int64), np.empty(size, np.int64))


def _most_rows(text: Any) -> int:
    pieces = (bytes(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))
    return 1 + sum(piece.count(b"\n") + piece.count(b"\r") for piece in pieces)


def _left_to_python(found: Edges, columns: Sequence[int]) -> None:
    rows = np.flatnonzero(found.kinds == STRANGE).tolist()
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
    return _read(text, begins)[0]


def behind_row(text: Any, begins: int) -> int:
    """Give where the row that begins at a place ends."""
    return _read(text, begins)[1]


def _read(text: Any, begins: int) -> tuple[list[str], int]:
    size = 1 << 12
    while True:
        lines = io.StringIO(bytes(text[begins : begins + size]).decode("utf-8", "ignore"), newline="")
        before = csv.field_size_limit(LARGEST_CELL)  # the whole process's
        try:
            row = next(csv.reader(lines), [])
        except csv.Error as error:
            raise BadRow(begins, str(error)) from error
        finally:
            csv.field_size_limit(before)
        behind = begins + len(lines.getvalue()[: lines.tell()].encode())
        if begins + size >= len(text) or behind < begins + size - 4:  # a letter of four bytes may be cut
            return row, behind
        size *= 8


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
