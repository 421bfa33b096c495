"""A web of ties as a file that is there at once: mapped into memory, read where a search reads.

Theory of operation.  A file holds a signature, the length and the CRC-32 of a header, the header as JSON
(version, byte order, and for each array its kind, length and place), then the arrays, each at a multiple of
64 bytes.  What does not fit the header, to the byte, is refused: a file cut short, of another version, or
not a web at all gives ``BadWeb`` with a sentence, never an answer.  A file is written beside the one it
replaces, brought to the disk and then renamed over it; whoever is killed on the way leaves the old one.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.graph.web import ARC, Arcs, Web

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

SIGNATURE = b"ASKWEB\r\n"
VERSION = 2
_ALIGNED = 64
_LEAD = len(SIGNATURE) + 8
_MOST_HEADER = 1 << 16
_KINDS = {
    "starts": np.dtype(np.int64),
    "rows": ARC,
    "strengths": np.dtype(np.float64),
    "letters": np.dtype(np.uint8),
    "ends": np.dtype(np.int64),
    "origins": np.dtype(np.int64),
}


class BadWeb(Exception):
    """The file holds no web that can be used; the message says why."""


class Names:
    """Sorted names in a file, one after the other; reads as a sequence of text."""

    def __init__(self, letters: Any, ends: Any) -> None:
        self._letters, self._ends = letters, ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self):
            raise IndexError(place)
        first = int(self._ends[place - 1]) if place else 0
        return bytes(self._letters[first : int(self._ends[place])]).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file holds: a web, where each of its rows stood before, and what was said of them."""

    web: Web
    origins: Any  # int64, as many as strengths, or none
    about: dict[str, Any]


def save(web: Web, path: Path, *, origins: Any = (), about: dict[str, Any] | None = None) -> None:
    """Write a web to a file, in the place of what was there."""
    arrays = {
        "starts": web.arcs.starts,
        "rows": web.arcs.rows,
        "strengths": web.strengths,
        "origins": origins,
        **_lettered(web.names),
    }
    kept = {name: np.ascontiguousarray(arrays[name], kind) for name, kind in _KINDS.items()}
    header = _header(kept, about or {})
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            _write(file, header, kept.values())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _lettered(names: Iterable[str]) -> dict[str, Any]:
    written = [name.encode("utf-8", "surrogatepass") for name in names]
    ends = np.cumsum(np.fromiter(map(len, written), np.int64, len(written)))
    return {"letters": np.frombuffer(b"".join(written), np.uint8), "ends": ends}


def _header(arrays: dict[str, Any], about: dict[str, Any]) -> bytes:
    lengths = {name: len(array) for name, array in arrays.items()}
    header = {"version": VERSION, "order": sys.byteorder, "lengths": lengths, "about": about}
    text = json.dumps(header).encode()
    return SIGNATURE + len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little") + text


def _write(file: BinaryIO, header: bytes, arrays: Iterable[Any]) -> None:
    file.write(header)
    for array in arrays:
        file.write(bytes(-file.tell() % _ALIGNED))
        file.write(array.data)
    file.flush()
    os.fsync(file.fileno())


def load(path: Path) -> Web:
    """Map a web from its file; ``BadWeb`` if it cannot be used, ``OSError`` if it cannot be read."""
    return read(path).web


def read(path: Path) -> Kept:
    """Map all that a file holds; errors as of ``load``."""
    with path.open("rb") as file:
        header, place = _read_header(file)
        lengths = header["lengths"]
        size = os.fstat(file.fileno()).st_size
        whole = np.memmap(file, np.uint8, "r") if size else np.zeros(0, np.uint8)
    arrays: dict[str, Any] = {}
    for name, kind in _KINDS.items():
        place += -place % _ALIGNED
        end = place + lengths[name] * kind.itemsize
        if end > size:
            raise BadWeb("the file is cut short")
        arrays[name] = whole[place:end].view(kind)
        place = end
    if place != size:
        raise BadWeb("the file is longer than it says")
    return Kept(_checked(arrays), arrays["origins"], header["about"])


def _checked(arrays: dict[str, Any]) -> Web:
    arcs = Arcs(arrays["starts"], arrays["rows"])
    if not len(arcs.starts) or arcs.starts[0] != 0 or arcs.starts[-1] != len(arcs.rows):
        raise BadWeb("its parts do not fit together")
    names = Names(arrays["letters"], arrays["ends"])
    if len(names) not in {0, len(arcs.starts) - 1} or len(arrays["origins"]) not in {
        0,
        len(arrays["strengths"]),
    }:
        raise BadWeb("its parts do not fit together")
    return Web(arcs, arrays["strengths"], names)  # type: ignore[arg-type]


def _read_header(file: BinaryIO) -> tuple[dict[str, Any], int]:
    """Give the header, and the place where it ends."""
    lead = file.read(_LEAD)
    if not lead.startswith(SIGNATURE):
        raise BadWeb("it is not a web of ties")
    size, sum_of_it = (int.from_bytes(lead[at : at + 4], "little") for at in (8, 12))
    text = file.read(min(size, _MOST_HEADER))
    if len(lead) < _LEAD or len(text) < size or zlib.crc32(text) != sum_of_it:
        raise BadWeb("its header is damaged")
    header = json.loads(text)
    if (header["version"], header["order"]) != (VERSION, sys.byteorder):
        raise BadWeb("it was written by another version of Askwell, or on another kind of machine")
    return header, file.tell()
