"""Bounds that keep a hostile or mistaken file from taking the machine with it.

Theory of operation.  Sizes are checked before anything is read: a file by its size on
disk, an archive by what its directory declares (``zipfile`` never unpacks more of an
entry than declared).  Nothing from an archive is ever written to disk, so a hostile
entry name can only mislead, and is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.formats.errors import FormatError, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zipfile import ZipInfo

MIB = 1024 * 1024
RATIO_MATTERS_FROM = 32 * MIB  # small entries may compress as well as they like
DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Largest accepted sizes in bytes, counts, and packing ratio."""

    file_bytes: int = 512 * MIB
    unpacked_bytes: int = 2048 * MIB
    memory_bytes: int = 256 * MIB  # what may be held unpacked at once: a nested or damaged archive
    ratio: int = 200
    entries: int = 20_000
    depth: int = 2


DEFAULT_LIMITS = Limits()


class TooManyFiles(TooLarge):
    """More entries than anybody's contacts need."""

    code = "too-many-files"


class ZipBomb(TooLarge):
    """An archive that unpacks to more than is safe."""

    code = "zip-bomb"


def check_file_size(file: str, size: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse a file larger than the bound.  Raises TooLarge."""
    if size > limits.file_bytes:
        raise TooLarge(file, limit=human_size(limits.file_bytes))


def check_count(file: str, count: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse more files than the bound.  Raises TooManyFiles."""
    if count > limits.entries:
        raise TooManyFiles(file, limit=limits.entries)


def check_archive(file: str, entries: Iterable[ZipInfo], limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse an archive whose directory promises too much.  Raises ZipBomb or TooManyFiles."""
    total = 0
    for count, entry in enumerate(entries, start=1):
        check_count(file, count, limits)
        total += entry.file_size
        packed_tight = entry.file_size > limits.ratio * max(entry.compress_size, 1)
        if total > limits.unpacked_bytes or (packed_tight and entry.file_size > RATIO_MATTERS_FROM):
            raise ZipBomb(file)


def is_safe_name(name: str) -> bool:
    """Whether an archive entry's name stays inside the archive."""
    parts = name.replace("\\", "/").split("/")
    return bool(name) and not (name[0] in "/\\" or DRIVE.match(name) or ".." in parts or "\0" in name)


def human_size(size: int) -> str:
    """``536870912`` as ``512 MB``."""
    return f"{size // MIB} MB" if size >= MIB else f"{size} bytes"


__all__ = [
    "DEFAULT_LIMITS",
    "FormatError",
    "Limits",
    "TooLarge",
    "TooManyFiles",
    "ZipBomb",
    "check_archive",
    "check_count",
    "check_file_size",
    "human_size",
    "is_safe_name",
]
