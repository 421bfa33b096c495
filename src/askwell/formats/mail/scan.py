"""The heads of an archive of mail, as fast as they can be had: who, when, about what, and what is no letter.

Theory of operation.  One pattern walks a head from its first line to its last and leaves the ten fields that
are wanted in its groups; the next message is found by its separating line.  Nothing is made for a message but
one tuple.  Addresses repeat, so each field of addresses is looked up as bytes before anything of it is read;
of a date, the day, the time and the zone are looked up by themselves.

What is read fast is only what has a plain shape.  A head with a line that is no field, with a field twice, or
a value of any other shape goes to the standard library (``email.parser``, ``getaddresses``, ``parsedate_tz``,
``decode_header``), whose answers are the definition of what is right here: fast and slow agree on every
message.  Bytes that are not ASCII are read as UTF-8, else as Windows-1252, which the library would lose.

An mbox is cut where ``boxes`` cuts it; its lines may end in LF, CRLF or CR.  Memory is bounded by ``CHUNK``,
``MOST_HEAD`` and ``MOST_KEPT``, whatever the archive holds.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, a2b_qp
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, mktime_tz, parsedate_tz
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK = 1 << 16
MOST_HEAD = 1 << 20  # bytes of a head that are looked at
MOST_KEPT = 50_000  # values remembered of each kind
LONGEST_KEPT = 1000  # bytes of a value remembered
_LONGEST_SEPARATOR = 2000  # with the line after it
_SIXTY = 60

People = tuple[tuple[str, str], ...]  # (name, address), as written
#: at (seconds since 1970, None where it cannot be read), offset (seconds east), from, to, cc, subject,
#: message id, in reply to, labels (each as bytes as they stand), "" or "list" or "machine"
Head = tuple["int | None", int, People, People, People, bytes, bytes, bytes, bytes, str]


def _any_case(names: str) -> bytes:
    """Give a pattern that matches any of these names in any case; fast, for no flag is needed."""
    return "|".join(
        "".join(f"[{char.upper()}{char}]" if char.isalpha() else char for char in name)
        for name in names.split()
    ).encode()


_VALUE = rb"[^\n]*(?:\n[ \t][^\n]*)*"
_ONCE = "from to cc date subject message-id in-reply-to x-gmail-labels"
_LISTED = _any_case("list-id list-unsubscribe list-post list-help mailing-list x-mailing-list")
_NO_LETTER = (
    rb"(?:" + _LISTED + rb"):|" + _any_case("precedence") + rb":[ \t]*" + _any_case("list"),
    rb"(?:" + _any_case("feedback-id x-auto-response-suppress x-autoreply x-autorespond") + rb"):|"
    rb"(?:" + _any_case("auto-submitted") + rb"):[ \t]*+(?!" + _any_case("no") + rb"(?![\w-]))|"
    rb"(?:" + _any_case("precedence") + rb"):[ \t]*(?:" + _any_case("bulk junk auto_reply") + rb")",
)
_TREATED = "FTCDSMIXLPA"  # first letters of the names that are looked at
_HEAD = re.compile(
    rb"(?:\n(?:[ \t][^\n]*"
    rb"|(?![" + (_TREATED + _TREATED.lower()).encode() + rb"])[!-9;-~]+:[^\n]*|"
    + b"|".join(
        _any_case(name) + rb":(?(%d)(?!)|(" % number + _VALUE + rb"))"
        for number, name in enumerate(_ONCE.split(), 1)
    )
    + rb"|((?:" + _NO_LETTER[0] + rb"))[^\n]*|((?:" + _NO_LETTER[1] + rb"))[^\n]*"
    + rb"|((?:" + _any_case(_ONCE) + rb"):)[^\n]*"
    rb"|[!-9;-~]+:[^\n]*))*"
)  # fmt: skip
_POSTMARK = (
    rb"[^\n]*?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +"
    rb"\d{1,2} +\d{1,2}:\d\d(?::\d\d)?\b[^\n]*\b\d{4}[^\n]*\n"
)
_FIELD = rb"[!-9;-~]+[ \t]*:|>From |From "
_SEPARATOR = re.compile(  # as ``boxes`` has it: a test holds both to the same
    rb"\nFrom (?=[^\n]{0,994}\n)(?:" + _POSTMARK + rb"(?=" + _FIELD + rb")|"
    rb"(?<=\n\nFrom )(?:" + _POSTMARK + rb"(?=\n|\Z)|"
    rb"\S[^\n]*\b\d{1,2}:\d\d\b[^\n]*\n(?=" + _FIELD + rb")))"
)  # fmt: skip
_LIST, _MACHINE = (re.compile(one) for one in _NO_LETTER)
_DAY = re.compile(rb" ?(?:[A-Z][a-z]{2}, )?[ \d]\d? [A-Z][a-z]{2} \d{4} ")
_ZONE = re.compile(rb" [+-]\d{4}(?: \([A-Z]{1,5}\))?")
_TIME = re.compile(rb"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)")
_WORD = re.compile(
    r"=\?[uU][tT][fF]-8\?(?:[qQ]\?((?:[!-<>@-~]|=[0-9A-Fa-f]{2})+)|"
    r"[bB]\?((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?))\?="
)  # fmt: skip
_ATOM = rb"[\w!#$%&'*+/=?^`{|}~-]+"
_ADDRESS = _ATOM + rb"(?:\." + _ATOM + rb")*@" + _ATOM + rb"(?:\." + _ATOM + rb")*"
_PARTS = re.compile(rb'(?:[^",]|"[^"\\]*")+')
_PERSON = re.compile(
    rb"\s*(?:(?:\"([^\"\\\x00-\x1f\x7f-\xff]+)\"|(" + _ATOM + rb"(?: " + _ATOM + rb")*))?"
    rb" ?<(" + _ADDRESS + rb")>"
    rb"|(" + _ADDRESS + rb"))\s*"
)  # fmt: skip


def heads_in(stream: BinaryIO) -> Iterator[Head]:
    """Give the head of each message of a mailbox, or of the one message that a file is."""
    chunks = _lines(stream)
    first = b""
    while b"\n" not in first and len(first) < MOST_HEAD and (chunk := next(chunks, b"")):
        first = (first + chunk).removeprefix(b"\xef\xbb\xbf").lstrip(b"\n")
    if first.startswith(b"From "):
        line = first.find(b"\n")
        return _scan(first, line if line >= 0 else len(first), chunks, is_mbox=True)
    return _scan(b"\n" + first, 0, chunks, is_mbox=False)


def _scan(buffer: bytes, at: int, chunks: Iterator[bytes], *, is_mbox: bool) -> Iterator[Head]:
    match, search, people_of = _HEAD.match, _SEPARATOR.search, _people.get
    ended, inside = False, True
    while True:
        if inside:
            found = cast("re.Match[bytes]", match(buffer, at))  # it matches nothing at all, too
            end = found.end()
            if end + 1 >= len(buffer) and not ended and len(buffer) - at < MOST_HEAD:
                buffer, at, ended = _more(buffer, at, chunks)
                continue
            sender, to, cc, date, subject, this, before, labels, listed, machine, twice = found.groups()
            if twice is not None or not buffer.startswith(b"\n\n", end):
                head, end, whole = _head_at(buffer, at, is_mbox=is_mbox)
                if not whole and not ended and len(buffer) - at < MOST_HEAD:
                    buffer, at, ended = _more(buffer, at, chunks)
                    continue
                yield read_head(head)
            else:
                moment, offset = (None, 0) if date is None else moment_of(date)
                one, others, copies = people_of(sender), people_of(to), people_of(cc)
                yield (
                    moment,
                    offset,
                    people_in(sender) if one is None else one,
                    people_in(to) if others is None else others,
                    people_in(cc) if copies is None else copies,
                    subject or b"",
                    (this or b"").strip(),
                    (before or b"").strip(),
                    labels or b"",
                    "machine" if machine else "list" if listed else "",
                )
            if not is_mbox:
                return
            at, inside = end, False
        if (next_one := search(buffer, at)) and (ended or next_one.end() < len(buffer)):
            at, inside = next_one.end() - 1, True
        elif ended:
            return
        else:
            buffer, at, ended = _more(buffer, max(at, len(buffer) - _LONGEST_SEPARATOR), chunks)


def _more(buffer: bytes, at: int, chunks: Iterator[bytes]) -> tuple[bytes, int, bool]:
    """Add what follows and drop what was read: the buffer, where to go on, whether that was all."""
    more = next(chunks, None)
    return (buffer[at:] + b"\n", 0, True) if more is None else (buffer[at:] + more, 0, False)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Give the stream in pieces, its lines ended by LF alone."""
    while piece := stream.read(CHUNK):
        if b"\r" in piece:
            if piece.endswith(b"\r"):
                piece += stream.read(1)
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield piece


def _head_at(buffer: bytes, at: int, *, is_mbox: bool) -> tuple[bytes, int, bool]:
    """Cut a head out that is not plain: its bytes, where it ends, and whether its end is there."""
    blank, next_one = buffer.find(b"\n\n", at), _SEPARATOR.search(buffer, at) if is_mbox else None
    ends = [end for end in (blank, next_one.start() if next_one else -1) if end >= 0]
    end = min(ends, default=len(buffer))
    return buffer[at + 1 : end + 1], end, bool(ends)


# -- the standard library's answers


def read_head(head: bytes) -> Head:
    """Read a head of any shape, slowly."""
    fields = [(name.lower(), value) for name, value in _PARSER.parsebytes(head).raw_items()]
    first: dict[str, bytes] = {}
    for name, value in fields:
        first.setdefault(name, str(value).encode("ascii", "surrogateescape"))
    moment, offset = moment_of(first["date"]) if "date" in first else (None, 0)
    return (
        moment,
        offset,
        *(
            _people_slowly(str(value) for key, value in fields if key == name)
            for name in ("from", "to", "cc")
        ),
        first.get("subject", b""),
        first.get("message-id", b"").strip(),
        first.get("in-reply-to", b"").strip(),
        first.get("x-gmail-labels", b""),
        _kind(fields),
    )  # type: ignore[return-value]


_PARSER = BytesHeaderParser(policy=compat32)


def _kind(fields: Iterable[tuple[str, object]]) -> str:
    lines = [f"{name}:{value}".encode("ascii", "surrogateescape") for name, value in fields]
    if any(_MACHINE.match(line) for line in lines):
        return "machine"
    return "list" if any(_LIST.match(line) for line in lines) else ""


def _people_slowly(values: Iterable[str]) -> People:
    raw = [_text(value.encode("ascii", "surrogateescape")) for value in values]
    try:
        pairs = getaddresses(raw)
    except RecursionError:  # comments within comments within comments
        return ()
    return tuple((decoded(name), address) for name, address in pairs if address)


def decoded(text: str) -> str:
    """Decode the encoded words of a name or subject (RFC 2047), where they can be."""
    if "=?" not in text:
        return text
    if (plain := _WORD.fullmatch(text)) and (word := _word(*plain.groups())):
        return word
    try:
        return str(make_header(decode_header(text)))
    except (MessageError, LookupError, ValueError):
        return text


def _word(in_signs: str | None, in_base64: str | None) -> str:
    """Decode one encoded word of a plain shape in UTF-8; "" where that fails."""
    try:
        return (a2b_qp(in_signs, header=True) if in_signs else a2b_base64(in_base64 or "")).decode()
    except ValueError:
        return ""


def subject_of(raw: bytes) -> str:
    """Give a subject as a person reads it, on one line."""
    return " ".join(decoded(_text(raw)).split())


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


# -- what repeats is read once

_people: dict[bytes | None, People] = {}
_persons: dict[bytes, tuple[str, str]] = {}
_days: dict[bytes, int] = {}
_times: dict[bytes, int] = {}
_zones: dict[bytes, int] = {}


def people_in(raw: bytes | None) -> People:
    """Give the people of a field of addresses."""
    if raw is None:
        return ()
    parts = _PARTS.findall(raw) if b'"' in raw else raw.split(b",")
    found: list[tuple[str, str] | None] = [*map(_persons.get, parts)]
    if None in found:
        found = [_person(part) for part in parts]
    slow = None in found or sum(map(len, parts)) + len(parts) - 1 != len(raw)
    people: People = _people_slowly([raw.decode("ascii", "surrogateescape")]) if slow else tuple(found)  # type: ignore[arg-type]
    if len(raw) <= LONGEST_KEPT:
        _forget(_people)
        _people[raw] = people
    return people


def _person(part: bytes) -> tuple[str, str] | None:
    """Give one person of a plain shape; None for any other shape."""
    if known := _persons.get(part):
        return known
    found = _PERSON.fullmatch(part)
    if not found:
        return None
    quoted, name, address, bare = found.groups()
    person = decoded((quoted or name or b"").decode()), (address or bare).decode()
    if len(part) <= LONGEST_KEPT:
        _forget(_persons)
        _persons[part] = person
    return person


def moment_of(raw: bytes) -> tuple[int | None, int]:
    """Give a date as seconds since 1970 and how many seconds east its clock stood."""
    cut = raw.find(b":")
    day, time, zone = (
        _days.get(raw[: cut - 2]),
        _times.get(raw[cut - 2 : cut + 6]),
        _zones.get(raw[cut + 6 :]),
    )
    if day is None or time is None or zone is None:
        _learn(raw, cut)
        return _moment_slowly(raw)
    return day + time - zone, zone


def _moment_slowly(raw: bytes) -> tuple[int | None, int]:
    try:
        found = parsedate_tz(raw.decode("ascii", "surrogateescape"))
        return (mktime_tz(found), found[9] or 0) if found else (None, 0)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None, 0


def _learn(raw: bytes, cut: int) -> None:
    """Remember the parts of a date of a plain shape."""
    day, time, zone = raw[: cut - 2], raw[cut - 2 : cut + 6], raw[cut + 6 :]
    found = _TIME.fullmatch(time)
    if cut < 2 or not (_DAY.fullmatch(day) and found and _ZONE.fullmatch(zone)):  # noqa: PLR2004
        return
    midnight, _none = _moment_slowly(day + b"00:00:00 +0000")
    _noon, shift = _moment_slowly(b"1 Jan 2000 12:00:00" + zone)
    if midnight is not None:
        for kept in (_days, _times, _zones):
            _forget(kept)
        hours, minutes, seconds = map(int, found.groups())
        _days[day], _zones[zone] = midnight, shift
        _times[time] = (hours * _SIXTY + minutes) * _SIXTY + seconds


def _forget(kept: dict[Any, Any]) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
