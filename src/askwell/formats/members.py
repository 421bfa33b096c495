"""The single files inside what a person hands over: a file, a folder, an archive.

Theory of operation.  A ``Member`` is a name to show, a size and a way to open a byte
stream; readers see members only, so a CSV reads the same loose, in a folder and in an
archive.  Archive entries are streamed, never written to disk.  An archive whose
directory is lost (a download that broke off) is read entry by entry from the front.
"""

from __future__ import annotations

import contextlib
import copy
import io
import os
import struct
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from askwell.formats.errors import BROKEN_STREAM, FormatError
from askwell.formats.limits import (
    DEFAULT_LIMITS,
    Limits,
    check_archive,
    check_count,
    check_file_size,
    is_safe_name,
)
from askwell.formats.problems import problem, problem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from askwell.formats.records import Problem

HEAD = 8192
STEP = 1 << 20
ZIP_MARK = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
ENCRYPTED, SIZES_FOLLOW, UTF8_NAME = 0x1, 0x8, 0x800
STORED, DEFLATED = 0, 8
LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as handed over: ``data`` in memory, or ``path`` on disk; ``name`` is what it is called."""

    name: str
    path: Path | None = None
    data: bytes | None = None

    def size(self) -> int:
        """Bytes, without reading them."""
        if self.data is not None:
            return len(self.data)
        return self.path.stat().st_size if self.path else 0

    def open(self) -> BinaryIO:
        """A seekable stream of its bytes."""
        if self.data is None and self.path is not None:
            return self.path.open("rb")
        return io.BytesIO(self.data or b"")


@dataclass(frozen=True, slots=True)
class Member:
    """One plain file: ``name`` as shown (``archive.zip/Connections.csv``), and how to open it.

    ``open`` gives whatever bytes are there, even where the archive's checksum is wrong;
    ``verify`` raises where the archive knows of damage.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    verify: Callable[[], None] | None = None

    @property
    def base(self) -> str:
        """The last part of the name, lower case."""
        return self.name.rpartition("/")[2].lower()

    @property
    def folder(self) -> str:
        """What stands before the last part of the name."""
        return self.name.rpartition("/")[0]

    def head(self) -> bytes:
        """The first bytes, for telling what kind of file this is; ``b""`` if it cannot be opened."""
        try:
            with self.open() as stream:
                return stream.read(HEAD)
        except BROKEN_STREAM:
            return b""

    def read(self) -> bytes:
        """All bytes that can be had."""
        parts: list[bytes] = []
        with contextlib.suppress(*BROKEN_STREAM), self.open() as stream:
            while part := stream.read(STEP):
                parts.append(part)
        return b"".join(parts)

    def faults(self) -> list[Problem]:
        """What the archive knows to be wrong with this file."""
        if self.verify is None:
            return []
        try:
            self.verify()
        except NotImplementedError:
            return [problem("unknown-compression", file=self.name)]
        except zipfile.BadZipFile:
            return [problem("bad-checksum", file=self.name)]
        except BROKEN_STREAM:
            return [problem("damaged", file=self.name)]
        return []


def member_of_bytes(name: str, data: bytes) -> Member:
    """A member whose bytes are in memory."""
    return Member(name, len(data), lambda: io.BytesIO(data))


class Found:
    """The members found, and the problems met on the way to them; close it after use."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self.problems: list[Problem] = []
        self.opened = ExitStack()


def find_members(source: SourceFile, found: Found, limits: Limits = DEFAULT_LIMITS) -> None:
    """Add every readable file in ``source``, archives unpacked as far as is safe.  Never raises."""
    try:
        check_file_size(source.name, source.size(), limits)
        with source.open() as stream:
            head = stream.read(HEAD)
        if is_plain_zip(head):
            _unpack(source.name, found.opened.enter_context(source.open()), found, limits, depth=1)
        else:
            found.members.append(Member(source.name, source.size(), source.open))
    except FormatError as error:
        found.problems.append(problem_of(error))
    except FileNotFoundError:
        found.problems.append(problem("not-found", file=source.name))
    except OSError:
        found.problems.append(problem("unreadable", file=source.name))


def files_in_folder(folder: Path, limits: Limits = DEFAULT_LIMITS) -> list[SourceFile]:
    """The files under ``folder`` by name, links not followed.  Raises TooManyFiles."""
    paths: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders.sort()
        paths += [Path(root) / name for name in sorted(names) if not _is_litter(name)]
        check_count(folder.name, len(paths), limits)
    return [
        SourceFile(f"{folder.name}/{path.relative_to(folder).as_posix()}", path)
        for path in paths
        if path.is_file()
    ]


def is_plain_zip(head: bytes) -> bool:
    """A zip that is a container of files, not an office document."""
    return head.startswith((ZIP_MARK, EMPTY_ZIP)) and not is_office(head)


def is_office(head: bytes) -> bool:
    """Whether a zip is a spreadsheet or text document: its first entry says so."""
    if not head.startswith(ZIP_MARK) or len(head) < LOCAL_HEADER.size:
        return False
    length = LOCAL_HEADER.unpack_from(head)[9]
    first = head[LOCAL_HEADER.size : LOCAL_HEADER.size + length].decode("utf-8", "replace")
    return first in OFFICE or first.startswith(("_rels/", "xl/", "word/", "docProps/"))


def _is_litter(name: str) -> bool:
    lower = name.lower()
    return (
        lower.startswith(LITTER[0]) or lower.rsplit("/", 1)[-1].startswith("._") or lower.endswith(LITTER[1:])
    )


def _unpack(name: str, stream: BinaryIO, found: Found, limits: Limits, *, depth: int) -> None:
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN_STREAM:
        _salvage(name, stream, found, limits)
        return
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    check_archive(name, entries, limits)
    for entry in entries:
        shown = f"{name}/{entry.filename}"
        if _is_litter(entry.filename) or _is_refused(shown, entry, found):
            continue
        if entry.filename.lower().endswith(".zip"):
            if inner := _nested(shown, (archive, entry), found, limits, depth=depth):
                _unpack(shown, inner, found, limits, depth=depth + 1)
        else:
            found.members.append(_entry(shown, archive, entry))


def _is_refused(shown: str, entry: zipfile.ZipInfo, found: Found) -> bool:
    code = ""
    if not is_safe_name(entry.filename):
        code = "unsafe-name"
    elif entry.flag_bits & ENCRYPTED:
        code = "encrypted"
    if code:
        found.problems.append(problem(code, file=shown))
    return bool(code)


def _entry(shown: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member:
    unchecked = copy.copy(entry)
    del unchecked.CRC  # then zipfile gives the last bytes too, where the checksum is wrong

    def verify() -> None:
        with archive.open(entry) as stream:
            while stream.read(STEP):
                pass

    return Member(shown, entry.file_size, lambda: cast("BinaryIO", archive.open(unchecked)), verify)


def _nested(
    shown: str,
    packed: tuple[zipfile.ZipFile, zipfile.ZipInfo],
    found: Found,
    limits: Limits,
    *,
    depth: int,
) -> BinaryIO | None:
    """The bytes of an archive within an archive, held in memory; None, told, where that is unwise."""
    archive, entry = packed
    if depth >= limits.depth or entry.file_size > limits.memory_bytes:
        found.problems.append(problem("nested-too-deep", file=shown))
        return None
    try:
        return io.BytesIO(archive.read(entry))
    except BROKEN_STREAM:
        found.problems.append(problem("damaged", file=shown))
        return None


def _salvage(name: str, stream: BinaryIO, found: Found, limits: Limits) -> None:
    """Read an archive without its directory, entry after entry, keeping what unpacks."""
    stream.seek(0)
    count = 0
    for entry_name, data in _local_entries(stream.read(limits.file_bytes), limits.memory_bytes):
        if data and is_safe_name(entry_name) and not _is_litter(entry_name):
            count += 1
            found.members.append(member_of_bytes(f"{name}/{entry_name}", data))
    found.problems.append(problem("damaged-archive", file=name, count=count))


def _local_entries(data: bytes, budget: int) -> Iterator[tuple[str, bytes]]:
    at = data.find(ZIP_MARK)
    while 0 <= at <= len(data) - LOCAL_HEADER.size and budget > 0:
        fields = LOCAL_HEADER.unpack_from(data, at)
        flags, method, packed_size, name_length, extra_length = fields[2], fields[3], fields[7], *fields[9:11]
        begin = at + LOCAL_HEADER.size
        body = begin + name_length + extra_length
        name = data[begin : begin + name_length].decode("utf-8" if flags & UTF8_NAME else "cp437", "replace")
        end, content = body, b""
        if not flags & ENCRYPTED and method == DEFLATED:
            end, content = _inflate(data, body, budget)
        elif not flags & (ENCRYPTED | SIZES_FOLLOW) and method == STORED:
            end = min(body + packed_size, len(data))
            content = data[body:end][:budget]
        budget -= len(content)
        yield name, content
        at = data.find(ZIP_MARK, max(end, at + len(ZIP_MARK)))


def _inflate(data: bytes, begin: int, budget: int) -> tuple[int, bytes]:
    """Unpack one deflated entry as far as it goes: where it ends, and its content."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    at, step = begin, 1 << 16
    while at < len(data) and not inflater.eof and len(content) < budget:
        try:
            content += inflater.decompress(data[at : at + step], budget - len(content))
        except zlib.error:
            break
        at += step
    return min(at, len(data)) - len(inflater.unused_data), bytes(content)
