"""Arrays in one file, mapped into memory: there at once, whole or refused.

Theory of operation.  The file begins with a signature, the length and checksum of a header, and the header:
for each array its name, kind, shape and place, and how long the file is.  A file cut short, damaged in its
header or of another version is refused.  It is written beside the one it replaces and renamed over it, so
that whoever is killed on the way leaves the old one.
"""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from askwell.graph.same_person.rosters import VALUE

_SIGNATURE = b"ASKPEOP\n"
_VERSION = 4
_ALIGNED = 64
_LEAD = len(_SIGNATURE) + 8


class BadIndex(Exception):
    """The file holds no index that can be used; the message says why."""


def write(path: Path, arrays: dict[str, Any]) -> None:
    """Write arrays to a file, in the place of what was there."""
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    told, place = {}, 0
    for name, array in plain.items():
        told[name] = [_kind(array), list(array.shape), place]
        place += array.nbytes + -array.nbytes % _ALIGNED
    header = json.dumps({"version": _VERSION, "arrays": told, "bytes": place}).encode()
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            lead = len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little")
            file.write(_SIGNATURE + lead + header + bytes(-(_LEAD + len(header)) % _ALIGNED))
            for array in plain.values():
                file.write(array.tobytes() + bytes(-array.nbytes % _ALIGNED))
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _kind(array: Any) -> str:
    return "value" if array.dtype == VALUE else str(array.dtype)


def is_index(path: Path) -> bool:
    """Say whether the file begins as an index does, whole or not."""
    with path.open("rb") as file:
        lead = file.read(len(_SIGNATURE))
    return lead == _SIGNATURE[: len(lead)]


def read(path: Path) -> dict[str, Any]:
    """Map the arrays of a file.  Raises ``BadIndex``."""
    with path.open("rb") as file:
        lead = file.read(_LEAD)
        if len(lead) < _LEAD or not lead.startswith(_SIGNATURE):
            raise BadIndex("it is not an index of people")
        size, checksum = (int.from_bytes(lead[at : at + 4], "little") for at in (8, 12))
        header = file.read(size)
    if len(header) < size or zlib.crc32(header) != checksum:
        raise BadIndex("its header is damaged")
    told = json.loads(header)
    if told["version"] != _VERSION:
        raise BadIndex("it was written by another version of Askwell")
    begin = _LEAD + size + -(_LEAD + size) % _ALIGNED
    if path.stat().st_size != begin + told["bytes"]:
        raise BadIndex("the file is cut short, or longer than it says")
    whole = np.memmap(path, np.uint8, "c")  # a copy of what is written to, which nothing is
    return {
        name: _mapped(whole, begin + place, kind, shape)
        for name, (kind, shape, place) in told["arrays"].items()
    }


def _mapped(whole: Any, place: int, kind: str, shape: list[int]) -> Any:
    dtype = VALUE if kind == "value" else np.dtype(kind)
    size = dtype.itemsize * int(np.prod(shape))
    return np.asarray(whole[place : place + size]).view(dtype).reshape(shape)
