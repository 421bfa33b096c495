"""An .eml file as a message: MIME decoded, plain text preferred.

Theory of operation.  The standard library parses; of alternatives text/plain wins, else the HTML
is stripped to text.  Positions of findings then count in the decoded body, not in the file.
Pictures shown inside the text and signatures of the mail program are not attachments.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from askwell.rules.lint.message import Message

if TYPE_CHECKING:
    from email.message import EmailMessage

_BREAKS = frozenset(["br", "div", "p", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"])
_SILENT = frozenset(("style", "script", "head", "title"))
_NOT_FILES = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-keys",
)


def parse_eml(data: bytes) -> Message:
    """Read a mail.  Never raises on damaged MIME; what cannot be decoded is replaced."""
    mail = message_from_bytes(data, policy=policy.default)
    return Message(
        subject=_header(mail, "subject"),
        body=_body(mail),
        attachments=tuple(_attachments(mail)),
        recipients=tuple(_recipients(mail)),
    )


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail.get(name, ""))
    except (
        ValueError,
        IndexError,
        LookupError,
        AttributeError,
    ):  # the parser trips over some damaged headers
        return ""


def _recipients(mail: EmailMessage) -> list[str]:
    values = [_header(mail, name) for name in ("to", "cc", "bcc")]
    return [address for _, address in getaddresses([value for value in values if value]) if address]


def _body(mail: EmailMessage) -> str:
    parts = [
        part
        for part in mail.walk()
        if not part.is_multipart() and part.get_content_disposition() != "attachment"
    ]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and (text := _text(part).strip("\r\n")):
                return (text if kind == "text/plain" else strip_html(text)).replace("\r\n", "\n")
    return ""


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset("utf-8"), errors="replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", errors="replace")


def _attachments(mail: EmailMessage) -> list[str]:
    """Names of attached files."""
    names = []
    for part in mail.walk():
        kind = part.get_content_type()
        inline_picture = part.get_content_disposition() != "attachment" and kind.startswith("image/")
        if part.is_multipart() or kind in _NOT_FILES or inline_picture:
            continue
        if part.get_content_disposition() == "attachment" or part.get_filename():
            names.append(part.get_filename() or kind)
    return names


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.silent += tag in _SILENT
        if tag in _BREAKS:
            self.parts.append("\n\n" if tag in {"p", "blockquote"} else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def strip_html(html: str) -> str:
    """The text of an HTML mail."""
    stripper = _Stripper()
    stripper.feed(html)
    stripper.close()
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(stripper.parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
