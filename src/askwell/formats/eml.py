"""Mail drafts: one message as an .eml file, or as a mailto: address.

Theory of operation.  The user sends with their own program, so a draft is a file it opens
ready to send (``X-Unsent: 1``).  The standard library's SMTP policy writes the headers; what
it would refuse late or quietly change is refused here first, by name of the field: a line
break in a header is how foreign headers are smuggled in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_MESSAGE_ID = re.compile(r"<[^\s<>@]+@[^\s<>@]+>")
NOT_ASCII = "the address must be ASCII"
_LONGEST_LINE = 998  # RFC 5322, 2.1.1

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a letter: its name, its MIME type (``application/pdf``), its bytes."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPart:
    """A calendar that goes with a letter (iMIP): beside the text, and with ``as_file`` as a file too."""

    method: str
    data: bytes
    as_file: bool = False


class LetterError(ValueError):
    """A field cannot stand in a message: ``field`` and ``reason``."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def letter(  # noqa: PLR0913  a message has this many headers
    *,
    sender: tuple[str, str] | None,
    to: tuple[str, str],
    subject: str,
    body: str,
    at: datetime,
    message_id: str,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    unsent: bool = True,
    attachment: Attachment | None = None,
    calendar: CalendarPart | None = None,
) -> bytes:
    """The draft as bytes of an .eml file: UTF-8 plain text, CRLF; with a file, the text and then the file.

    With a ``calendar``, the text and the calendar are two ways of saying the same (multipart/alternative).

    ``sender`` and ``to`` are (name, address); without a sender the program fills in its own.
    ``at`` is aware; ``message_id``, ``in_reply_to`` and ``references`` are in angle brackets.
    Raises ``LetterError``.
    """
    message = EmailMessage(policy=SMTP)
    if sender:
        message["From"] = _address("From", sender)
    message["To"] = _address("To", to)
    message["Subject"] = _line("Subject", subject)
    if at.tzinfo is None:
        raise LetterError("Date", "needs a time zone")
    message["Date"] = at
    message["Message-ID"] = _id("Message-ID", message_id)
    thread = _thread(in_reply_to, references)
    if unsent:
        message["X-Unsent"] = "1"
    message.set_content(_body(body), subtype="plain", charset="utf-8", cte=_encoding(body))
    if calendar:
        _say_as_calendar(message, calendar)
    if attachment:
        _attach(message, attachment)
    return thread + message.as_bytes()


def _say_as_calendar(message: EmailMessage, calendar: CalendarPart) -> None:
    """Add what a calendar program reads instead of the text; the last of the two is preferred."""
    if not (calendar.method.isascii() and calendar.method.isalpha()):
        raise LetterError("Content-Type", "the method must be a word")
    text = calendar.data.decode("utf-8")
    message.add_alternative(
        text,
        subtype="calendar",
        charset="utf-8",
        cte=_encoding(text),
        params={"method": calendar.method.upper()},
    )
    if calendar.as_file:
        _attach(message, Attachment(name="invite.ics", kind="application/ics", data=calendar.data))


def _thread(in_reply_to: str, references: Sequence[str]) -> bytes:
    """The headers that keep a thread, an id a line: the library would encode those longer than a line."""
    ids = list(dict.fromkeys((*references, *([in_reply_to] if in_reply_to else []))))
    found = f"In-Reply-To: {_id('In-Reply-To', in_reply_to)}\r\n" if in_reply_to else ""
    if ids:
        found += "References: " + "\r\n ".join(_id("References", one) for one in ids) + "\r\n"
    return found.encode()


def with_headers(message: bytes, headers: Mapping[str, str]) -> bytes:
    """The message with further headers, each on one line however long: written, not folded.

    The standard library encodes a word that is longer than a line, and an address so written is none.
    Raises ``LetterError`` where a value is not plain ASCII on one line, or longer than a line may be.
    """
    lines = [f"{name}: {_line(name, value)}" for name, value in headers.items()]
    for name, line in zip(headers, lines, strict=True):
        if not line.isascii() or len(line) > _LONGEST_LINE:
            raise LetterError(name, f"must be ASCII, and at most {_LONGEST_LINE} octets long")
    return "".join(f"{line}\r\n" for line in lines).encode() + message


def _attach(message: EmailMessage, file: Attachment) -> None:
    """Add the file; the library writes a name that is not ASCII as RFC 2231 asks."""
    main, slash, sub = file.kind.partition("/")
    if not (main and slash and sub):
        raise LetterError("Content-Type", "must look like application/pdf")
    name = _line("Content-Disposition", file.name)
    message.add_attachment(file.data, maintype=main, subtype=sub, filename=name)


def mailto_url(to: str, subject: str = "", body: str = "") -> str:
    """A ``mailto:`` address (RFC 6068): percent-encoded UTF-8, line breaks as CRLF."""
    lines = _body(body).replace("\n", "\r\n").removesuffix("\r\n")
    fields = {"subject": _line("Subject", subject), "body": lines}
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in fields.items() if value)
    address = quote(_line("To", to.strip()), safe="@+!$*'()")
    return f"mailto:{address}" + (f"?{query}" if query else "")


def _line(field: str, value: str) -> str:
    if _CONTROL.search(value):
        raise LetterError(field, "must stand on one line, without control characters")
    if _SURROGATE.search(value):
        raise LetterError(field, "contains half of a character")
    return value


def _address(field: str, person: tuple[str, str]) -> Address:
    name, address = (_line(field, part.strip()) for part in person)
    if not address.isascii():
        raise LetterError(field, NOT_ASCII)
    try:
        found = Address(display_name=name, addr_spec=address)
    except (ValueError, IndexError, AttributeError, MessageError):  # ".@[" makes the library stumble
        raise LetterError(field, "the address cannot be read") from None
    if not found.username or not found.domain:
        raise LetterError(field, "the address cannot be read")
    return found


def _id(field: str, value: str) -> str:
    if not _MESSAGE_ID.fullmatch(_line(field, value)) or not value.isascii():
        raise LetterError(field, "must look like <id@domain>")
    return value


def _body(text: str) -> str:
    """One kind of line break, at the end too; no half characters."""
    text = _SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text if text.endswith("\n") or not text else text + "\n"


def _encoding(body: str) -> str:
    # Seven bits survive every server; a longer line than 998 octets does not.
    plain = body.isascii() and all(len(line) < 900 for line in body.splitlines())  # noqa: PLR2004
    return "7bit" if plain else "quoted-printable"
