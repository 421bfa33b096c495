"""Which files are mail, and the mailboxes in a folder.

Theory of operation.  Mail is known by its head, never by its name: a separating line or a field, and among
its fields at least two that letters have.  A folder is one of mail when it holds a Maildir, or when nothing
but mail is among the first of its files; then it is read in place, however many files there are.
"""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from askwell.formats.mail.past import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from askwell.formats.members import Member

HEAD = 8192
LOOKED_AT = 20
_ENOUGH = 2
_BEGINS = re.compile(
    rb"(?:From [^\n]*\n(?:>From [^\n]*\n)*)?(?:[!-9;-~]+:[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z))+"
)
_NAMES = re.compile(
    rb"(?:\A|\n)(from|to|subject|date|message-id|received|return-path|delivered-to|mime-version):",
    re.IGNORECASE,
)
_MAILDIR = {"cur", "new"}


def is_mail(head: bytes) -> bool:
    """Say whether a file that begins so is a message or a mailbox."""
    found = _BEGINS.match(_plain(head))
    return found is not None and len({name.lower() for name in _NAMES.findall(found[0])}) >= _ENOUGH


def is_mailbox(head: bytes) -> bool:
    """Say whether it is a mailbox, of messages one after another."""
    return is_mail(head) and _plain(head).startswith(b"From ")


def _plain(head: bytes) -> bytes:
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.lstrip(b"\n")


def is_mail_folder(folder: Path) -> bool:
    """Say whether a folder holds mail and is to be read as such."""
    looked = 0
    for root, folders, names in os.walk(folder):
        if set(folders) >= _MAILDIR:
            return True
        folders.sort()
        for name in sorted(names):
            if name.startswith("."):
                continue
            if not is_mail(head_of(Path(root, name))):
                return False
            looked += 1
            if looked >= LOOKED_AT:
                return True
    return looked > 0


def boxes_in(folder: Path) -> Iterator[Box]:
    """Give the mailboxes of a folder: each mbox, each Maildir, and the single messages of each folder."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        place = Path(root)
        shown = folder.name if place == folder else f"{folder.name}/{place.relative_to(folder).as_posix()}"
        if set(folders) >= _MAILDIR:
            yield Box(shown, partial(_opened, [place / "cur", place / "new"]))
            folders[:] = [name for name in folders if name not in {"cur", "new", "tmp"}]
            continue
        single = []
        for name in sorted(name for name in names if not name.startswith(".")):
            head = head_of(place / name)
            if is_mailbox(head):
                yield Box(f"{shown}/{name}", partial(_open_one, place / name))
            elif is_mail(head):
                single.append(name)
        if single:
            yield Box(shown, partial(_open_named, place, single))


def box_of_member(member: Member) -> Box:
    """Give a file inside an archive as a mailbox."""
    return Box(member.name, lambda: [member.open()])


def _opened(folders: Iterable[Path]) -> Iterator[BinaryIO]:
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    yield from _open_one(Path(entry.path))


def _open_named(folder: Path, names: list[str]) -> Iterator[BinaryIO]:
    for name in names:
        yield from _open_one(folder / name)


def _open_one(path: Path) -> Iterator[BinaryIO]:
    try:
        stream = path.open("rb")
    except OSError:  # a mail program took it away meanwhile
        return
    yield stream


def head_of(path: Path) -> bytes:
    """Give the beginning of a file; nothing where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError:
        return b""
