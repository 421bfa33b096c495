"""A roster: records as arrays of values, ready to be compared by compiled loops.

Theory of operation.  Each field's distinct values are numbered; ``rows`` holds for every record the number of
its value in each field, 0 where it says nothing.  All that is known of a value (bytes, hash, letters, hints,
sound, how rare it is) stands together, on one line of a processor's cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import numpy as np

from askwell.formats.dates import column_order
from askwell.graph.same_person import cells, normalise
from askwell.graph.same_person import fields as f

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_STRANGERS = 2000.0  # how many people beliefs count for, when how rare a value is gets reckoned
_CODES = {
    f.EMAIL: cells.EMAIL_CODE,
    f.PHONE: cells.DIGITS,
    f.NUMBER: cells.LETTERS_AND_DIGITS,
    f.HOUSE: cells.LETTERS_AND_DIGITS,
    f.POSTCODE: cells.LETTERS_AND_DIGITS,
    f.YEAR: cells.LETTERS_AND_DIGITS,
}


_OF_A_VALUE = np.dtype(
    [
        ("hash", np.uint64),  # of all its bytes; 0: nothing is said
        ("letters", np.uint64),
        ("start", np.int64),  # in ``Roster.data``
        ("length", np.int32),
        ("rarity", np.float32),  # the natural logarithm of how often a stranger has this value, below 0
        ("sound", np.uint32),
        ("hints", np.uint32, (normalise.MOST_HINTS,)),
    ]
)
VALUE = np.dtype((np.record, _OF_A_VALUE))  # fields are read by name in loops as they were written, too


class Roster(NamedTuple):
    """Records (``rows``: records x fields), the bytes of all values, and what is known of each value."""

    rows: Any
    data: Any
    values: Any


class _Values(NamedTuple):
    codes: Any
    data: Any
    starts: Any
    hints: Any
    sounds: Any


class _Coded(NamedTuple):
    """A column as numbers of its distinct texts; text 0 is empty."""

    codes: Any
    texts: list[str]


def roster_of(columns: Mapping[str, Sequence[str]], *, asks: bool = False) -> Roster:
    """Read columns of texts by the names of their fields (``fields.KNOWN``), all of one length.

    A roster that only ``asks`` another one is spared how rare its values are: that is the other's to say.
    """
    count = max(map(len, columns.values()), default=0)
    rows, parts, total = np.zeros((count, f.COUNT), np.int32), [_nothing()], 1
    for field, values in _fields(columns):
        rows[:, field] = np.where(values.codes > 0, values.codes + (total - 1), 0)
        parts.append(values)
        total += values.starts.size - 1
    roster = _put_together(rows, parts)
    if not asks:
        roster.values["rarity"] = _rarity(rows, len(roster.values))
    return roster


def _nothing() -> _Values:
    one = np.zeros((1, normalise.MOST_HINTS), np.uint32)
    return _Values(np.zeros(0), np.full(1, 31, np.uint8), np.array([0, 1]), one, one[:, 0])


def _put_together(rows: Any, parts: list[_Values]) -> Roster:
    shifts = np.cumsum([0, *(part.data.size for part in parts)])
    begins = [part.starts[:-1] + shift for part, shift in zip(parts, shifts, strict=False)]
    starts = np.concatenate([*begins, shifts[-1:]]).astype(np.int64)
    data = np.concatenate([part.data for part in parts])
    values = np.zeros(starts.size - 1, VALUE)
    values["hash"], values["letters"] = cells.hashes_of(data, starts), cells.letter_masks(data, starts)
    values["start"], values["length"] = starts[:-1], np.diff(starts) - 1
    values["hints"] = np.concatenate([part.hints for part in parts])
    values["sound"] = np.concatenate([part.sounds for part in parts])
    return Roster(rows=rows, data=data, values=values)


def _rarity(rows: Any, values: int) -> Any:
    """Reckon how rare each value is: how often another has it here, and in a small file people at large.

    A pair that shares a value shares it whoever they are: of those who have it one is not counted.
    """
    rarity, distinct = np.zeros(values, np.float32), None
    for field, known in enumerate(f.FIELDS):
        column = rows[:, field]
        if not column.any():
            continue
        if field in f.IDENTITIES:  # the same row a thousand times is one person, not a common address
            distinct = first_of_each(rows) if distinct is None else distinct
            column = column[distinct]
        counts = np.bincount(column)
        held = np.flatnonzero(counts[1:]) + 1
        told = counts[held].sum()
        strangers = _STRANGERS / (1.0 + told / _STRANGERS)  # a large file is a world of its own
        everybody = told + strangers
        rarity[held] = np.log((np.maximum(counts[held] - 1, 1) + strangers * known.strangers[3]) / everybody)
    return rarity


def first_of_each(rows: Any) -> Any:
    """Give the first record of each that say the very same."""
    hashes = np.zeros(len(rows), np.uint64)
    for field in range(f.COUNT):
        hashes = (hashes ^ rows[:, field].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    return cells.numbered(hashes | np.uint64(1))[1][1:]


def _fields(columns: Mapping[str, Sequence[str]]) -> list[tuple[int, _Values]]:
    coded = {name: _coded(column) for name, column in columns.items() if name not in _names_of_codes()}
    found = [
        (field, _of_code(columns[f.NAMES[field]], kind))
        for field, kind in _CODES.items()
        if f.NAMES[field] in columns
    ]
    for name, column in _names(coded).items():
        field = f.NAMES.index(name)
        found.append((field, _of_texts(column, _reader(field, column))))
    return [(field, values) for field, values in found if values.codes.any()]


def _names_of_codes() -> set[str]:
    return {f.NAMES[field] for field in _CODES}


def _reader(field: int, column: _Coded) -> Callable[[str], normalise.Value]:
    if field != f.BIRTHDAY:
        return normalise.BY_FIELD[field]
    order = column_order(column.texts[:5000])
    return lambda text: normalise.birthday(text, order)


def _coded(column: Sequence[str]) -> _Coded:
    codes, firsts = cells.numbered(cells.hashes_of(*cells.joined(column)))
    return _Coded(codes, ["", *(column[row] for row in firsts[1:].tolist())])


def _names(coded: dict[str, _Coded]) -> dict[str, _Coded]:
    """Cut whole names into parts, where the parts are not told; and second given names from the first."""
    coded = dict(coded)
    whole = coded.pop(f.WHOLE_NAME, None)
    if "given" in coded:
        column = coded["given"]
        parts = [normalise.given_and_rest(text) for text in column.texts]
        coded["given"] = _Coded(column.codes, [first for first, _rest in parts])
        if "middle" not in coded:
            coded["middle"] = _Coded(column.codes, [rest for _first, rest in parts])
    if whole is not None:
        cut = [normalise.cut_name(text) for text in whole.texts]
        for name in ("given", "middle", "family"):
            texts = [str(getattr(one, name)) for one in cut]
            coded[name] = _filled(coded.get(name), _Coded(whole.codes, texts))
    return coded


def _filled(told: _Coded | None, cut: _Coded) -> _Coded:
    """Give what is told, and where nothing is, what was cut from the whole name."""
    if told is None:
        return cut
    blank = np.array([not text for text in told.texts])[told.codes]
    return _Coded(np.where(blank, cut.codes + len(told.texts), told.codes), [*told.texts, *cut.texts])


def _of_code(column: Sequence[str], kind: int) -> _Values:
    data, starts = cells.squeezed(*cells.joined(column), kind)
    codes, firsts = cells.numbered(cells.hashes_of(data, starts))
    data, starts = _taken(data, starts, firsts[1:])
    hints = np.zeros((firsts.size - 1, normalise.MOST_HINTS), np.uint32)
    hints[:, 0] = cells.code_hints(data, starts, kind)
    return _Values(codes, data, starts, hints, hints[:, 0])


def _taken(data: Any, starts: Any, firsts: Any) -> tuple[Any, Any]:
    """Give the cells at ``firsts`` alone."""
    sizes = starts[firsts + 1] - starts[firsts]
    new = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    shift = np.repeat(starts[firsts] - new[:-1], sizes)
    return data[np.arange(new[-1]) + shift] if len(firsts) else data[:0], new


def _of_texts(column: _Coded, read: Callable[[str], normalise.Value]) -> _Values:
    """Read each distinct text once, and number the values that come of them."""
    numbers: dict[str, int] = {"": 0}
    values: list[normalise.Value] = []
    table = np.zeros(len(column.texts), np.int32)
    for place, text in enumerate(column.texts):
        value = read(text)
        number = numbers.setdefault(value.text, len(numbers))
        if number > len(values):
            values.append(value)
        table[place] = number
    data, starts = cells.joined([value.text for value in values])
    hints = np.zeros((len(values), normalise.MOST_HINTS), np.uint32)
    for place, value in enumerate(values):
        for number, hint in enumerate(value.hints):
            hints[place, number] = _short_hash(hint)
    sounds = np.array([_short_hash(value.sound) for value in values], np.uint32)
    return _Values(table[column.codes], data[: starts[-1]], starts, hints, sounds)


def _short_hash(text: str) -> int:
    return crc32(text.encode("utf-8", "replace")) | 1 if text else 0
