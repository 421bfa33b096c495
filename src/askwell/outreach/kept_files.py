"""Files the notebook keeps a copy of: a version of the resume, to go out with a letter.

Theory of operation.  A file lies in the data folder under the hash of what is in it, in a folder of its
owner; the row that has one says so in its own words, ``kept:HASH/NAME``, where it else says where the file
lies.  A file that was kept is never changed and never thrown away, so that Undo, and a letter that went
out, find what they name.  A backup on SQLite carries them in a table of its own, an export as base64.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import tempfile
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from askwell.outreach.errors import BadValue, OutreachError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from django.contrib.auth.base_user import AbstractBaseUser

MOST_BYTES = 10 * 1024 * 1024  # a default of ours: most mail servers take twice that, packed for the way
KINDS = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "htm": "text/html",
    "html": "text/html",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "md": "text/markdown",
    "odt": "application/vnd.oasis.opendocument.text",
    "pages": "application/vnd.apple.pages",
    "pdf": "application/pdf",
    "png": "image/png",
    "rtf": "application/rtf",
    "tex": "application/x-tex",
    "txt": "text/plain",
}
# The table of a backup alone; Django knows nothing of it.
_DROP = "DROP TABLE IF EXISTS askwell_kept_file"
_MAKE = "CREATE TABLE askwell_kept_file (owner INTEGER, digest TEXT, data BLOB)"
_FILL = "INSERT INTO askwell_kept_file VALUES (?, ?, ?)"
_LOOK = "SELECT 1 FROM sqlite_master WHERE name = 'askwell_kept_file'"
_TAKE = "SELECT owner, digest, data FROM askwell_kept_file"
_NAME = 120
_WORDS = re.compile(r"kept:([0-9a-f]{64})/([^/\\]+)", re.DOTALL)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileGone(OutreachError):
    """A file that was kept does not lie in the data folder any more, or is not what it was: ``name``."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the file {name} is gone")
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file kept: what it is called, and where it lies."""

    name: str
    digest: str
    owner_id: int

    @property
    def kind(self) -> str:
        """Its MIME type."""
        return KINDS.get(_ending(self.name), "application/octet-stream")

    @property
    def path(self) -> Path:
        """Where it lies, or should."""
        return _folder(self.owner_id) / self.digest

    @property
    def is_there(self) -> bool:
        """Does it lie there?"""
        return self.path.is_file()

    @property
    def size(self) -> int:
        """Bytes; 0 where it is gone."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def read(self) -> bytes:
        """Give what is in it.  Raises FileGone."""
        try:
            data = self.path.read_bytes()
        except OSError:
            raise FileGone(self.name) from None
        if _digest(data) != self.digest:
            raise FileGone(self.name)
        return data


def keep(owner: AbstractBaseUser, name: str, data: bytes) -> str:
    """Keep a copy.  Gives the words a row has for it.  Raises BadValue."""
    called = _called(name)
    if _ending(called) not in KINDS:
        raise BadValue("file", "no-document")
    if not data:
        raise BadValue("file", "empty-file")
    if len(data) > MOST_BYTES:
        raise BadValue("file", "too-large")
    return f"kept:{_lay(owner.pk, data)}/{called}"


def kept_file(owner_id: int, words: str) -> KeptFile | None:
    """Read the words of a row; None where they name a place of the seeker's own."""
    found = _WORDS.fullmatch(words)
    return KeptFile(digest=found[1], name=_called(found[2]), owner_id=owner_id) if found else None


def _called(name: str) -> str:
    """Give a file's own name: no folder, nothing that cannot be seen, its ending whole."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    stem, dot, ending = seen.rpartition(".")
    return (
        f"{stem[: _NAME - len(dot + ending)]}{dot}{ending}" if stem and len(ending) < _NAME else seen[:_NAME]
    )


def _ending(name: str) -> str:
    stem, _dot, ending = name.rpartition(".")
    return ending.lower() if stem else ""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _root() -> Path:
    return Path(settings.DATA_DIR) / "files"


def _folder(owner_id: int) -> Path:
    return _root() / str(owner_id)


def _lay(owner_id: int, data: bytes) -> str:
    """Lay a file in its place, whole or not at all, for its user alone.  Gives its hash."""
    folder, digest = _folder(owner_id), _digest(data)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        try:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(folder / digest)
        except OSError:
            Path(part.name).unlink(missing_ok=True)
            raise
    return digest


# -- with an export ----------------------------------------------------------------------------


def for_export(owner: AbstractBaseUser) -> Iterator[dict[str, str]]:
    """Give every file that is whole, as an export writes it."""
    for _owner_id, digest, data in _all(_folder(owner.pk)):
        yield {"sha256": digest, "base64": base64.b64encode(data).decode()}


def from_export(row: Any) -> bytes:
    """Read a file of an export.  Raises ValueError where it is none, or was changed on the way."""
    try:
        data = base64.b64decode(row["base64"], validate=True)
        wanted = row["sha256"]
    except (KeyError, TypeError, binascii.Error) as error:
        raise ValueError("a file is an object with sha256 and base64") from error
    if _digest(data) != wanted:
        raise ValueError("the file is not what its hash says")
    return data


def take_in(owner: AbstractBaseUser, files: list[bytes]) -> None:
    """Lay the files of an export in their place."""
    for data in files:
        _lay(owner.pk, data)


# -- with a backup -----------------------------------------------------------------------------


def into_copy(copy: sqlite3.Connection) -> None:
    """Write every file into a copy of the database, in a table of its own."""
    with closing(copy.cursor()) as cursor:
        cursor.execute(_DROP)
        cursor.execute(_MAKE)
        cursor.executemany(_FILL, _all(_root()))
    copy.commit()


def out_of_copy(copy: sqlite3.Connection) -> None:
    """Lay the files of a copy in their place; a copy made before there were any has none."""
    with closing(copy.cursor()) as cursor:
        if not cursor.execute(_LOOK).fetchone():
            return
        for owner_id, digest, data in cursor.execute(_TAKE):
            if isinstance(owner_id, int) and isinstance(data, bytes) and _digest(data) == digest:
                _lay(owner_id, data)


def leave_no_table(notebook: sqlite3.Connection) -> None:
    """Drop the copy's table from the notebook it was put back into."""
    notebook.execute(_DROP)


def _all(below: Path) -> Iterator[tuple[int, str, bytes]]:
    for path in sorted(below.rglob("*")):
        if path.is_file() and _DIGEST.fullmatch(path.name) and path.parent.name.isdecimal():
            data = path.read_bytes()
            if _digest(data) == path.name:
                yield int(path.parent.name), path.name, data
