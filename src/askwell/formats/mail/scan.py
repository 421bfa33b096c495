"""The heads of an archive of mail, as fast as they can be had: who, when, about what, and what is no letter.

Theory of operation.  One pattern finds the line that separates messages and walks the head after it, line by
line, without ever going back; it tells fields apart by their first letters and leaves the ten that are wanted
in its groups.  Nothing is made for a message but one tuple.  Addresses repeat, so each field of addresses is
looked up as bytes before anything of it is read; of a date, the day, the minute, and the second with the zone
are looked up by themselves, so that all that can be met is soon known.

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
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK = 1 << 17
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


_LISTED = _any_case("list-id list-unsubscribe list-post list-help mailing-list x-mailing-list")
_NO_LETTER = (
    rb"(?:" + _LISTED + rb"):|" + _any_case("precedence") + rb":[ \t]*" + _any_case("list"),
    rb"(?:" + _any_case("feedback-id x-auto-response-suppress x-autoreply x-autorespond") + rb"):|"
    rb"(?:" + _any_case("auto-submitted") + rb"):[ \t]*+(?!" + _any_case("no") + rb"(?![\w-]))|"
    rb"(?:" + _any_case("precedence") + rb"):[ \t]*(?:" + _any_case("bulk junk auto_reply") + rb")",
)
_VALUE = rb".*+(?:\n[ \t].*+)*+"
_OTHER = rb"[!-9;-~]*+:.*+"


def _sign(tails: str, value: bytes = b"") -> bytes:
    """Give the pattern of fields with such a value that say what a message is: the colon in a group."""
    return rb"(?:" + _any_case(tails) + rb")(?=:[ \t]*+" + value + rb")(:).*+"


def _with(letter: str, *fields: bytes) -> bytes:
    return _any_case(letter) + rb"(?:" + b"|".join(fields) + rb")"


def _once(number: int, tail: str, *others: bytes) -> tuple[bytes, ...]:
    """Give the pattern of a field that may stand there once, its value in a group; of others; and of any."""
    name = _any_case(tail) + rb":"
    return name + rb"(?(%d)(?!)|(%s))" % (number, _VALUE), *others, rb"(?!" + name + rb")" + _OTHER


# By the first letters of their names, for a line is tried against one after the other.  The numbers are those
# of the groups, in the order in which ``_plain_head`` takes them.
_FIELDS = (
    rb"[ \t].*+",
    rb"[!-9;-@BEGHJKNOQRU-WYZ[-`beghjknoqru-wyz{-~]" + _OTHER,
    _with("x", *_once(1, "-gmail-labels", _sign("-mailing-list"),
                      _sign("-auto-response-suppress -autoreply -autorespond"))),
    _with("a", _sign("uto-submitted", rb"(?!" + _any_case("no") + rb"(?![\w-]))"), _OTHER),
    _with("d", *_once(5, "ate")),
    _with("c", *_once(6, "c")),
    _with("m", *_once(7, "essage-id", _sign("ailing-list"))),
    _with("s", *_once(9, "ubject")),
    _with("f", *_once(10, "rom", _sign("eedback-id"))),
    _with("t", *_once(12, "o")),
    _with("i", *_once(13, "n-reply-to")),
    _with("l", _sign("ist-id ist-unsubscribe ist-post ist-help"), _OTHER),
    _with("p", _sign("recedence", rb"(?:" + _any_case("bulk junk auto_reply") + rb")"),
          _sign("recedence", _any_case("list")), _OTHER),
)  # fmt: skip
_FIELDS_OF_A_HEAD = rb"(?:(?:" + b"|".join(_FIELDS) + rb")\n)*+"
_POSTMARK = (
    rb"(?:\S++ ++|.*?)(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +"
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +"
    rb"\d{1,2} +\d{1,2}:\d\d(?::\d\d)?\b[^\n]*\b\d{4}[^\n]*\n"
)
_FIELD = rb"[!-9;-~]+[ \t]*:|>From |From "
_SEPARATOR = re.compile(  # as ``boxes`` has it: a test holds both to the same
    _SEPARATING := rb"\nFrom (?=[^\n]{0,994}\n)(?:" + _POSTMARK + rb"(?=" + _FIELD + rb")|"
    rb"(?<=\n\nFrom )(?:" + _POSTMARK + rb"(?=\n|\Z)|"
    rb"\S[^\n]*\b\d{1,2}:\d\d\b[^\n]*\n(?=" + _FIELD + rb")))"
)
_FIRST_HEAD = re.compile(rb"\n" + _FIELDS_OF_A_HEAD)
_NEXT_HEAD = re.compile(_SEPARATING + _FIELDS_OF_A_HEAD)
_LIST, _MACHINE = (re.compile(one) for one in _NO_LETTER)
_DATE = re.compile(
    rb"( ?(?:[A-Z][a-z]{2}, )?[ \d]\d? [A-Z][a-z]{2} \d{4} )(([01]\d|2[0-3]):([0-5]\d))"
    rb"(:([0-5]\d)( [+-]\d{4}(?: \([A-Z]{1,5}\))?))"
)
_WORD = re.compile(
    r"=\?[uU][tT][fF]-8\?(?:[qQ]\?((?:[!-<>@-~]|=[0-9A-Fa-f]{2})+)|"
    r"[bB]\?((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?))\?="
)  # fmt: skip
_ATOM = rb"[\w!#$%&'*+/=?^`{|}~-]++"
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
    is_mbox = first.startswith(b"From ")
    return _scan(first if is_mbox else b"\n" + first, chunks, is_mbox=is_mbox)


def _scan(buffer: bytes, chunks: Iterator[bytes], *, is_mbox: bool) -> Iterator[Head]:
    find = _FIRST_HEAD.search
    at, ended = 0, False
    while True:
        found = find(buffer, at)
        if found is None:
            if ended:
                return
            buffer, at, ended = _more(buffer, max(at, len(buffer) - _LONGEST_SEPARATOR), chunks)
            continue
        end = found.end()
        if buffer.startswith(b"\n", end):
            yield _plain_head(found)
        else:
            head, end, whole = _odd_head(found, is_mbox=is_mbox)
            if not whole and not ended and len(buffer) - found.start() < MOST_HEAD:
                buffer, at, ended = _more(buffer, max(0, found.start() - 1), chunks)
                continue
            yield read_head(head)
        if not is_mbox:
            return
        find, at = _NEXT_HEAD.search, end - 1


def _plain_head(found: re.Match[bytes]) -> Head:
    (labels, list_1, machine_1, machine_2, date, cc, this, list_2, subject, sender, machine_3, to, before,
     list_3, machine_4, list_4) = found.groups()  # fmt: skip
    moment, offset = (None, 0) if date is None else moment_of(date)
    return (
        moment,
        offset,
        () if sender is None else _people.get(sender) or people_in(sender),
        () if to is None else _people.get(to) or people_in(to),
        () if cc is None else _people.get(cc) or people_in(cc),
        subject or b"",
        (this or b"").strip(),
        (before or b"").strip(),
        labels or b"",
        "machine" if machine_1 or machine_2 or machine_3 or machine_4
        else "list" if list_1 or list_2 or list_3 or list_4 else "",
    )  # fmt: skip


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


def _odd_head(found: re.Match[bytes], *, is_mbox: bool) -> tuple[bytes, int, bool]:
    """Cut a head out that is not plain: its bytes, where it ends, and whether its end is there."""
    buffer, at = found.string, found.start()
    if found.re is _NEXT_HEAD:
        at = buffer.index(b"\n", at + 1)
    blank, next_one = buffer.find(b"\n\n", at), _SEPARATOR.search(buffer, at) if is_mbox else None
    ends = [end for end in (blank, next_one.start() if next_one else -1) if end >= 0]
    end = min(ends, default=len(buffer))
    return buffer[at + 1 : end + 1], end + 1, bool(ends)


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

_people: dict[bytes, People] = {}
_persons: dict[bytes, tuple[str, str]] = {}
_days: dict[bytes, int] = {}
_minutes: dict[bytes, int] = {}
_rests: dict[bytes, tuple[int, int]] = {}  # of a date: its seconds less its zone, and its zone


def people_in(raw: bytes) -> People:
    """Give the people of a field of addresses."""
    parts = _PARTS.findall(raw) if b'"' in raw else raw.split(b",")
    found = [*map(_persons.get, parts)]
    if None in found:
        found = [known or _person(part) for known, part in zip(found, parts, strict=True)]
    slow = None in found or sum(map(len, parts)) + len(parts) - 1 != len(raw)
    people: People = _people_slowly([raw.decode("ascii", "surrogateescape")]) if slow else tuple(found)  # type: ignore[arg-type]
    if len(raw) <= LONGEST_KEPT:
        _forget(_people)
        _people[raw] = people
    return people


def _person(part: bytes) -> tuple[str, str] | None:
    """Give one person of a plain shape; None for any other shape."""
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
    day, minute, rest = (
        _days.get(raw[: cut - 2]),
        _minutes.get(raw[cut - 2 : cut + 3]),
        _rests.get(raw[cut + 3 :]),
    )
    if day is None or minute is None or rest is None:
        _learn(raw)
        return _moment_slowly(raw)
    return day + minute + rest[0], rest[1]


def _moment_slowly(raw: bytes) -> tuple[int | None, int]:
    try:
        found = parsedate_tz(raw.decode("ascii", "surrogateescape"))
        return (mktime_tz(found), found[9] or 0) if found else (None, 0)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None, 0


def _learn(raw: bytes) -> None:
    """Remember the parts of a date of a plain shape."""
    found = _DATE.fullmatch(raw)
    if not found:
        return
    day, minute, hours, minutes, rest, seconds, zone = found.groups()
    midnight, _none = _moment_slowly(day + b"00:00:00 +0000")
    _noon, shift = _moment_slowly(b"1 Jan 2000 12:00:00" + zone)
    if midnight is not None:
        for kept in (_days, _minutes, _rests):
            _forget(kept)
        _days[day] = midnight
        _minutes[minute] = (int(hours) * _SIXTY + int(minutes)) * _SIXTY
        _rests[rest] = int(seconds) - shift, shift


def _forget(kept: dict[Any, Any]) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
