"""Messages as they lie in files: .eml, mbox (O and RD, Gmail's Takeout), Maildir, folders of these.

Theory of operation.  A file that begins with a line "From " is an mbox, any other holds one message.  An mbox
is read in chunks and never held whole: only the message that is being cut is in memory, and of it at most
``MOST_BYTES``.  Line ends are made LF on the way, so that a file gives the same messages saved with LF, CRLF
or CR.

A line "From " begins a message where it looks as mailers write it (weekday, month, day, time, year) and a
header follows; or where a blank line stands before it, it names a time and a header follows.  A sentence that
begins with "From" does neither.  One ">" is taken off a quoted ">From ", as mboxrd asks; so that lines of
mboxo come out right too, but those quoted by hand.

``file`` names the file the message lies in, ``index`` counts its messages from 0.  Whatever cannot be read is
given as a message without bytes and with its problem, in its place.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from askwell.formats.limits import human_size
from askwell.formats.mail.message import MOST_BYTES, with_lf
from askwell.formats.mail.problems import MailProblem, mail_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK = 1 << 20
_POSTMARK = b"From "
_ENOUGH = 32  # bytes, to know a mailbox by
_LONGEST_LINE = 1_000  # of a postmark and of the header after it, as far as they are looked at
_WEEKDAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_STRICT = re.compile(
    rb"From .*?" + _WEEKDAY + rb",? +" + _MONTH + rb" +\d{1,2} +\d{1,2}:\d\d(?::\d\d)?\b.*\b\d{4}"
)
_LOOSE = re.compile(rb"From \S.*\b\d{1,2}:\d\d\b")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|>From |From ")
_QUOTED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_LOOKS_LIKE_MAIL = re.compile(rb"(?:>?From |[!-9;-~]+[ \t]*:)")
_NAMED = re.compile(
    rb"^(?:from|to|cc|bcc|subject|date|message-id|received|return-path|delivered-to|content-type|mime-version|"
    rb"reply-to|sender|x-[a-z-]+|resent-[a-z-]+|list-[a-z-]+)[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
_OLE = b"\xd0\xcf\x11\xe0"
_COUNTED = re.compile(rb"(\d+)[ \t]*\n")  # .emlx of Apple's Mail: a count of bytes before the message


@dataclass(frozen=True, slots=True)
class BoxMessage:
    """A message where it lies; ``raw`` is empty where a problem says why."""

    file: str
    index: int
    raw: bytes
    problems: tuple[MailProblem, ...] = ()


def messages_in(path: Path | str) -> Iterator[BoxMessage]:
    """Give the messages of a file, a Maildir or a folder, one at a time.  Never raises for what is there."""
    path = Path(path)
    if path.is_dir():
        yield from _in_folder(path)
        return
    try:
        with path.open("rb") as stream:
            yield from messages_of(stream, str(path))
    except FileNotFoundError:
        yield _lost(str(path), "not-found")
    except (OSError, ValueError):  # a name with a zero byte is no name
        yield _lost(str(path), "unreadable")


def _lost(file: str, code: str) -> BoxMessage:
    return BoxMessage(file, 0, b"", (mail_problem(code),))


def _in_folder(folder: Path) -> Iterator[BoxMessage]:
    """Give what lies in a folder, by name; of a Maildir its cur and new, and its folders."""
    found = False
    for path in _files(folder):
        for message in messages_in(path):
            found = True
            yield message
    if not found:
        yield _lost(str(folder), "nothing-inside")


def _files(folder: Path) -> Iterator[Path]:
    try:
        names = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    folders = [entry for entry in names if entry.is_dir(follow_symlinks=False)]
    is_maildir = {"cur", "new"} <= {entry.name for entry in folders}
    for entry in names:
        if entry.is_file() and not is_maildir and not entry.name.startswith("."):
            yield Path(entry.path)
    for entry in folders:
        if not (is_maildir and entry.name == "tmp"):
            yield from _files(Path(entry.path))


def messages_of(stream: BinaryIO, file: str) -> Iterator[BoxMessage]:
    """Give the messages of an open file, a mailbox or one message, named ``file``."""
    chunks = _lines(stream)
    first = b""
    while len(first) < _ENOUGH and (chunk := next(chunks, b"")):
        first = (first + chunk).removeprefix(b"\xef\xbb\xbf").lstrip(b"\n")
    if first.startswith(_POSTMARK) and not first[len(_POSTMARK) :].lstrip(b" ").startswith(b":"):
        cut = _Cut(file)
        yield from cut.messages(_with(first, chunks))
    else:
        yield _single(first, chunks, file)


def _with(first: bytes, others: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _single(first: bytes, chunks: Iterator[bytes], file: str) -> BoxMessage:
    kept = bytearray(first)
    while len(kept) <= MOST_BYTES and (chunk := next(chunks, b"")):
        kept += chunk
    raw = bytes(kept)
    if counted := _COUNTED.match(raw, 0, 32):
        raw = raw[counted.end() :]
    code = _no_mail(raw)
    return _lost(file, code) if code else BoxMessage(file, 0, raw)


def _no_mail(raw: bytes) -> str:
    """Give the problem of a file that holds no message, or ""."""
    if not raw.strip():
        return "empty"
    if raw.startswith(_OLE):
        return "is-outlook-msg"
    head = raw[: 64 * 1024]
    return "" if _LOOKS_LIKE_MAIL.match(head) and _NAMED.search(head) else "not-mail"


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Give the file in chunks whose lines end LF; a CR at the end of a chunk waits for the next."""
    held = b""
    while chunk := stream.read(CHUNK):
        chunk = held + chunk
        held = b"\r" if chunk.endswith(b"\r") else b""
        chunk = with_lf(chunk.removesuffix(held))
        if chunk:
            yield chunk
    if held:
        yield b"\n"


class _Cut:
    """An mbox on its way into messages."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.index = 0
        self.waiting = bytearray()  # from the postmark of the message that is being cut
        self.looked = 0  # so far no other message begins in it
        self.over = False  # some of it was left out

    def messages(self, chunks: Iterator[bytes]) -> Iterator[BoxMessage]:
        """Cut the mailbox that these chunks make."""
        for chunk in chunks:
            self.waiting += chunk
            yield from self._cut(whole=False)
        yield from self._cut(whole=True)
        yield self._message(len(self.waiting))

    def _cut(self, *, whole: bool) -> Iterator[BoxMessage]:
        """Give each message whose end is known; ``whole``: no more will come."""
        begun = 0
        while (at := self.waiting.find(b"\nFrom ", self.looked)) >= 0:
            kind = _begins(self.waiting, at + 1, whole=whole)
            if kind is None:
                break
            if kind:
                yield self._message(at + 1, begun)
                begun = at + 1
            self.looked = at + 1
        self.looked = at if at >= 0 else max(self.looked, len(self.waiting) - len(_POSTMARK))
        del self.waiting[:begun]
        self.looked -= begun
        if self.looked > MOST_BYTES + CHUNK:
            del self.waiting[MOST_BYTES : self.looked]
            self.looked, self.over = MOST_BYTES, True

    def _message(self, end: int, begun: int = 0) -> BoxMessage:
        head = self.waiting.find(b"\n", begun, end)
        raw = bytes(self.waiting[head + 1 : end]) if head >= 0 else b""
        raw = raw.removesuffix(b"\n") if raw.endswith(b"\n\n") else raw
        if b">From " in raw:
            raw = _QUOTED.sub(b"", raw)
        found = (mail_problem("cut", limit=human_size(MOST_BYTES)),) if self.over else ()
        if not raw.strip():
            raw, found = b"", (mail_problem("empty"),)
        self.over = False
        self.index += 1
        return BoxMessage(self.file, self.index - 1, raw, found)


def _begins(data: bytearray, at: int, *, whole: bool) -> bool | None:
    """Whether the line "From " at ``at`` begins a message; None: too little of it is there to tell."""
    stop = data.find(b"\n", at, at + _LONGEST_LINE)
    near = len(data) < at + 2 * _LONGEST_LINE and not whole
    if stop < 0:
        return None if near else False
    after = data.find(b"\n", stop + 1, stop + _LONGEST_LINE)
    if after < 0 and near:
        return None
    postmark = bytes(data[at:stop])
    following = bytes(data[stop + 1 : after if after >= 0 else min(len(data), stop + _LONGEST_LINE)])
    apart = at < 2 or data[at - 2] == 10  # noqa: PLR2004 - a blank line stands before it
    if _STRICT.match(postmark):
        return bool(_HEADER.match(following)) or (apart and not following)
    return apart and bool(_LOOSE.match(postmark)) and bool(_HEADER.match(following))
