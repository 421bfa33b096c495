"""Columns of texts as bytes: numbered, and stripped to what compares, a million at a time.

Theory of operation.  A column is joined into one buffer with a separator no cell holds; ``starts`` says where
each cell begins.  A cell is known by a 64-bit hash of its bytes, the same in every process, so that an index
on disk and a new record agree.  Two different cells of ten million share a hash about once in 400,000 files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.graph.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

SEPARATOR = "\x1f"
EMAIL_CODE, DIGITS, LETTERS_AND_DIGITS = range(3)
LAST_DIGITS = 9  # of a telephone number: those of the country and of the trunk come and go
TAIL = 8
MOST_BYTES = 320
_OFFSET, _PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)


def joined(column: Sequence[str]) -> tuple[Any, Any]:
    """Give the bytes of all cells and where each begins, one start more than cells."""
    text = SEPARATOR.join(column)
    if text.count(SEPARATOR) != max(len(column) - 1, 0) or len(text) > len(column) * MOST_BYTES:
        text = SEPARATOR.join([cell[:MOST_BYTES].replace(SEPARATOR, " ") for cell in column])
    data = np.frombuffer((text + SEPARATOR).encode("utf-8", "replace"), dtype=np.uint8)
    if len(column) < 2:
        return data, np.array([0, data.size][: len(column) + 1], np.int64)
    ends = np.flatnonzero(data == ord(SEPARATOR)).astype(np.int64)
    return data, np.concatenate((np.zeros(1, np.int64), ends + 1))


@compiled
def mixed(value: Any) -> Any:
    """Spread the bits of a number, so that its low ones may choose a bucket."""
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))


@compiled
def hash_between(data: Any, start: Any, end: Any) -> Any:
    """Hash bytes; none give 0."""
    if end <= start:
        return np.uint64(0)
    found = _OFFSET
    for at in range(start, end):
        found = (found ^ np.uint64(data[at])) * _PRIME
    return mixed(found) | np.uint64(1)


@compiled
def hashes_of(data: Any, starts: Any) -> Any:
    """Hash every cell."""
    found = np.zeros(starts.size - 1, np.uint64)
    for cell in range(starts.size - 1):
        found[cell] = hash_between(data, starts[cell], starts[cell + 1] - 1)
    return found


@compiled
def numbered(hashes: Any) -> Any:
    """Number distinct hashes from 1 in order of appearance, 0 staying 0; say also where each came first."""
    size = 16
    while size < hashes.size * 2:
        size *= 2
    slots, mask = np.zeros(size, np.int32), np.uint64(size - 1)
    codes, firsts, count = np.zeros(hashes.size, np.int32), np.zeros(hashes.size + 1, np.int64), 0
    for row in range(hashes.size):
        value = hashes[row]
        if value == 0:
            continue
        at = (value >> np.uint64(7)) & mask
        while slots[at] != 0 and hashes[firsts[slots[at]]] != value:
            at = (at + np.uint64(1)) & mask
        if slots[at] == 0:
            count += 1
            slots[at] = count
            firsts[count] = row
        codes[row] = slots[at]
    return codes, firsts[: count + 1]


@compiled
def _kept(byte: Any, kind: Any) -> Any:
    """Say what becomes of a byte of a code: its small letter, itself, or nothing (0)."""
    if 48 <= byte <= 57:
        return byte
    if kind == DIGITS:
        return 0
    if 65 <= byte <= 90:
        return byte + 32
    if 97 <= byte <= 122 or byte >= 128:
        return byte
    if kind == EMAIL_CODE and byte > 32 and byte not in (60, 62, 127):
        return byte
    return 0


@compiled
def _squeeze(data: Any, start: Any, end: Any, kind: Any, out: Any, at: Any) -> Any:
    """Write what is kept of one cell from ``at`` on; give where it ends."""
    skipping, begun = False, at
    for place in range(start, end):
        byte = _kept(data[place], kind)
        if kind == DIGITS and (data[place] | 32) == 120 and at - begun > 6:  # x: an extension
            break
        if kind == EMAIL_CODE:
            if byte == 43:  # +tag
                skipping = True
            elif byte == 64:
                skipping = False
            elif byte == 58:  # mailto:
                at = begun
                continue
            elif byte in (44, 59):  # only the first of several
                break
        if byte and not skipping:
            out[at] = byte
            at += 1
    return at


@compiled
def squeezed(data: Any, starts: Any, kind: Any) -> Any:
    """Give every cell with only what counts: an address, digits, or letters and digits; as a new column."""
    out, new = np.zeros(data.size + 1, np.uint8), np.zeros(starts.size, np.int64)
    at = 0
    for cell in range(starts.size - 1):
        new[cell] = at
        end = _squeeze(data, starts[cell], starts[cell + 1] - 1, kind, out, at)
        if kind == DIGITS and end - at > LAST_DIGITS:
            for place in range(LAST_DIGITS):
                out[at + place] = out[end - LAST_DIGITS + place]
            end = at + LAST_DIGITS
        out[end] = 31
        at = end + 1
    new[starts.size - 1] = at
    return out[:at], new


@compiled
def letter_masks(data: Any, starts: Any) -> Any:
    """Give of every value which letters it has, one bit each: two near values differ in few."""
    found = np.zeros(starts.size - 1, np.uint64)
    for cell in range(starts.size - 1):
        for at in range(starts[cell], starts[cell + 1] - 1):
            found[cell] |= np.uint64(1) << np.uint64(data[at] & 63)
    return found


@compiled
def code_hints(data: Any, starts: Any, kind: Any) -> Any:
    """Give what else a code may be known by: of an address what stands before the @, of a number its tail."""
    found = np.zeros(starts.size - 1, np.uint32)
    for cell in range(starts.size - 1):
        start, end = starts[cell], starts[cell + 1] - 1
        if kind == DIGITS and end - start >= TAIL:
            found[cell] = np.uint32(hash_between(data, end - TAIL, end) >> np.uint64(32)) | np.uint32(1)
        elif kind == EMAIL_CODE:
            found[cell] = _local_hint(data, start, end)
    return found


@compiled
def _local_hint(data: Any, start: Any, end: Any) -> Any:
    value, length = _OFFSET, 0
    for at in range(start, end):
        byte = data[at]
        if byte == 64:
            break
        if byte >= 97 or 48 <= byte <= 57:  # dots and underscores come and go
            value = (value ^ np.uint64(byte)) * _PRIME
            length += 1
    return (np.uint32(mixed(value) >> np.uint64(32)) | np.uint32(1)) if length > 4 else np.uint32(0)
