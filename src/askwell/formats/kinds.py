"""What kind of file the first bytes show, before any reader looks at it."""

from __future__ import annotations

import re

from askwell.formats.encodings import decode
from askwell.formats.members import is_office, is_plain_zip

MARKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM\xf6", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
)
TAR_AT, TAR_MARK = 257, b"ustar"
INNER_MARKS = (
    (8, b"WEBP", "image"),
    (4, b"ftypheic", "image"),
    (4, b"ftypmif1", "image"),
    (TAR_AT, TAR_MARK, "archive"),
)

# kinds that hold no contacts, and the problem each of them becomes
NOT_CONTACTS: dict[str, str] = {
    "empty": "empty",
    "pdf": "is-pdf",
    "image": "is-image",
    "xlsx": "is-xlsx",
    "docx": "is-docx",
    "html": "is-html",
    "ics": "is-ics",
    "eml": "is-eml",
    "json": "is-json",
    "archive": "is-archive",
    "text": "is-text",
    "unknown": "is-unknown",
    "damaged": "damaged",
}
HEADING = re.compile(r"\s*#{1,6} \S[^\n]*\n[^\S\n]*\r?\n")  # a document in Markdown begins so
VCARD = re.compile(r"^\s*BEGIN\s*:\s*VCARD", re.IGNORECASE | re.MULTILINE)
CALENDAR = re.compile(r"^\s*BEGIN\s*:\s*VCALENDAR", re.IGNORECASE)
HTML = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
MAIL = re.compile(
    r"^(?:From |Return-Path:|Received:|Delivered-To:|MIME-Version:|Message-ID:|X-[\w-]+:)", re.IGNORECASE
)
JSON = re.compile(r'^\s*[\[{]\s*["\]}{\[]')
MONICA = re.compile(r'"(?:app_version|export_date|exported_by)"\s*:|"version"\s*:\s*"1\.0-preview')
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MANY_CONTROLS = 0.02


def kind_of_bytes(name: str, head: bytes) -> str:
    """``zip``, ``vcard``, ``monica``, ``csv``, or one of ``NOT_CONTACTS``."""
    if not head.strip():
        return "empty"
    if is_plain_zip(head):
        return "zip"
    return _binary(name, head) or _text(head)


def _binary(name: str, head: bytes) -> str:
    if is_office(head):
        sheet = b"xl/" in head or b"spreadsheet" in head or name.lower().endswith((".xlsx", ".xlsm", ".ods"))
        return "xlsx" if sheet else "docx"
    for mark, kind in MARKS:
        if head.startswith(mark):
            return "docx" if kind == "xlsx" and name.lower().endswith((".doc", ".msg")) else kind
    for at, mark, kind in INNER_MARKS:
        if head[at : at + len(mark)] == mark:
            return kind
    return ""


def _text(head: bytes) -> str:
    text, _ = decode(head, file="")
    if len(CONTROLS.findall(text)) > MANY_CONTROLS * len(text):
        return "unknown"
    for pattern, kind in ((VCARD, "vcard"), (CALENDAR, "ics"), (HTML, "html"), (MAIL, "eml")):
        if pattern.search(text):
            return kind
    if JSON.match(text):
        return "monica" if MONICA.search(text) else "json"
    return "text" if HEADING.match(text) else "csv"
