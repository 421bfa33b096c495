"""The part of a line before its value: group, name and parameters, and how to read the value.

Theory of operation.  Address books repeat the same few heads thousands of times
(``EMAIL;type=INTERNET;type=HOME``), so a head is parsed once and remembered; a line then
costs a look-up and the reading of its value.  A head knows whether it says *more* than a
neutral record can hold (a preference, a language, a group): the reader then keeps the
whole line beside the value, and the writer gives it back.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from enum import Enum

from askwell.formats.vcard.labels import LABELLED, Shade, shade, type_label

NO_PREF = 101

# The order of known lines in a card we write, and so of kept lines in a record.
KNOWN = (
    "FN",
    "N",
    "NICKNAME",
    "ORG",
    "TITLE",
    "BDAY",
    "EMAIL",
    "TEL",
    "ADR",
    "URL",
    "NOTE",
    "CATEGORIES",
    "UID",
)
_SLOTS = {name: name for name in (*KNOWN, "LABEL")} | {"X-SOCIALPROFILE": "URL", "SOCIALPROFILE": "URL"}
_CACHED_LENGTH = 500
_CACHED = 4096

_NAME = re.compile(r"(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)")
_QUOTED_HEAD = re.compile(r'((?:[^":]++|"[^"]*+")*+):')
_PARAM = re.compile(r'(?:[^";]++|"[^"]*+"?)++')
_CARETS = {"^n": "\n", "^^": "^", "^'": '"'}
_CARET = re.compile(r"\^[n^']")
_ESCAPE = re.compile(r"\\([nN\\;,:])")
_QP_SEMICOLON = re.compile(rb"(?<!=5C)(?<!=5c)(?<!\\)=3B", re.IGNORECASE)
_CHARSET = re.compile(rb";CHARSET=\"?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_ENCODINGS = {"quoted-printable": "qp", "base64": "b64", "b": "b64", "8bit": "", "7bit": "", "binary": ""}
_UTF8 = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_UTF16 = ("utf-16", "utf16", "utf-32", "utf32", "ucs")
_SILENT = frozenset({"CHARSET", "VALUE", "ENCODING", "X-APPLE-OMIT-YEAR", "DERIVED"})
_SILENT_OF = {"ADR": frozenset({"LABEL"}), "SOCIALPROFILE": frozenset({"SERVICE-TYPE"})}


@dataclass(frozen=True, slots=True)
class Head:
    """One parsed head; ``wire`` is how it is written back in 3.0 and 4.0.

    ``slot`` is the known property it belongs to, or nothing; ``coded`` says that the value
    must be decoded; ``more``, that it says more than a record can hold, and ``apart`` that it
    does so or stands in a group.
    """

    group: str
    name: str
    params: tuple[tuple[str, str], ...]
    label: str
    encoding: str
    charset: str
    pref: int
    more: bool
    wire: str
    coded: bool
    slot: str
    apart: bool

    def param(self, name: str) -> str:
        """The first value of a parameter, or nothing."""
        return next((value for key, value in self.params if key == name), "")


EDGES = frozenset({"BEGIN", "END"})

# Heads met so far, by their text.
_REMEMBERED: dict[str, Head] = {}


def split_line(text: str) -> tuple[str, str, str]:
    """Head, ``:`` and value; a colon inside a quoted parameter is no separator."""
    head, colon, value = text.partition(":")
    if '"' in head and (match := _QUOTED_HEAD.match(text)):
        return match[1], ":", text[match.end() :]
    return head, colon, value


def parse_head(text: str) -> Head | None:
    """The head, or None if this is no property at all."""
    found = _REMEMBERED.get(text)
    if found is None and (found := _parse(text)) and len(text) < _CACHED_LENGTH:
        if len(_REMEMBERED) >= _CACHED:
            _REMEMBERED.clear()
        _REMEMBERED[text] = found
    return found


def _parse(text: str) -> Head | None:
    first, *rest = _PARAM.findall(text) or [""]
    match = _NAME.fullmatch(first.strip())
    if not match:
        return None
    group, name = match[1] or "", match[2].upper()
    params = tuple(_param(part) for part in rest if part.strip())
    encoding = next((_ENCODINGS.get(v.lower(), "") for k, v in params if k == "ENCODING"), "")
    charset = next((v.lower() for k, v in params if k == "CHARSET"), "")
    types = [t.strip().lower() for k, v in params if k == "TYPE" for t in v.split(",") if t.strip()]
    pref = _pref(params, types)
    more = pref != NO_PREF or _says_more(name, params, types)
    return Head(
        group=group,
        name=name,
        params=params,
        label=_label(name, params, types),
        encoding=encoding,
        charset=charset,
        pref=pref,
        more=more,
        wire=_wire(text, group, match[2], rest),
        coded=bool(encoding) or charset not in _UTF8,
        slot=_SLOTS.get(name, ""),
        apart=more or bool(group),
    )


def _param(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        # 2.1 writes bare values: TEL;WORK;VOICE and NOTE;QUOTED-PRINTABLE.
        bare = name.strip()
        return ("ENCODING" if bare.lower() in _ENCODINGS else "TYPE", bare)
    return name.strip().upper(), _CARET.sub(lambda m: _CARETS[m[0]], value.strip().replace('"', ""))


def _pref(params: tuple[tuple[str, str], ...], types: list[str]) -> int:
    if "pref" in types:
        return 1
    given = next((v for k, v in params if k == "PREF"), "")
    if not given:
        return NO_PREF
    return min(int(given), NO_PREF - 1) if given.isdecimal() and len(given) <= 3 else 1  # noqa: PLR2004


def _label(name: str, params: tuple[tuple[str, str], ...], types: list[str]) -> str:
    service = next((v for k, v in params if k == "SERVICE-TYPE"), "")
    if name == "SOCIALPROFILE" and service:
        return service.strip().lower()
    return type_label(name, types)


def _says_more(name: str, params: tuple[tuple[str, str], ...], types: list[str]) -> bool:
    silent: frozenset[str] = _SILENT_OF.get(name, frozenset())
    if any(k not in _SILENT and k != "TYPE" and k not in silent for k, _ in params):
        return True
    return bool(types) and (name not in LABELLED or any(shade(name, t) is Shade.KEPT for t in types))


def _wire(text: str, group: str, name: str, rest: list[str]) -> str:
    """Without the parameters of 2.1 that later versions do not know."""
    params = [p for p in rest if p.strip()]
    named = [_modern(p) for p in params]
    if name.upper().startswith("X-") and named == params:
        return text.strip()
    shown = name if name.upper().startswith("X-") else name.upper()
    return ";".join([f"{group}.{shown}" if group else shown, *(p for p in named if p)])


def _modern(param: str) -> str:
    key, value = _param(param)
    if key == "CHARSET":
        return ""
    if key == "ENCODING":
        return "ENCODING=b" if _ENCODINGS.get(value.lower()) == "b64" else ""
    return param.strip() if "=" in param else f"TYPE={value}"


class Decoded(Enum):
    """How a line became text."""

    PLAIN = 1
    DECLARED = 2
    GUESSED = 3


def decoded_line(raw: bytes) -> tuple[str, Decoded]:
    """The line as text: UTF-8, else what it declares, else Windows-1252."""
    try:
        return raw.decode(), Decoded.PLAIN
    except UnicodeDecodeError:
        declared = _CHARSET.search(raw.partition(b":")[0])
        if declared and (text := _try(raw, declared[1].decode())) is not None:
            return text, Decoded.DECLARED
        text = _try(raw, "cp1252")
        return (raw.decode("latin-1") if text is None else text), Decoded.GUESSED


def decoded_value(head: Head, value: str) -> tuple[str, bool]:
    """The value of a head with ``coded`` set; and whether its encoding had to be guessed."""
    if head.encoding == "b64":
        return "".join(value.split()), False
    if head.encoding == "qp":
        text, guessed = _quoted_printable(head, value)
    elif value.isascii() or head.charset.startswith(_UTF16):
        return value, False
    else:
        declared = _try(value.encode("utf-8", "replace"), head.charset)
        text, guessed = (value, True) if declared is None else (declared, False)
    return text, guessed


def _quoted_printable(head: Head, value: str) -> tuple[str, bool]:
    raw = value.encode("utf-8", "replace")
    # An encoded semicolon is text, a bare one separates fields: mark it before decoding.
    if b"=3B" in raw or b"=3b" in raw:
        raw = _QP_SEMICOLON.sub(rb"\\;", raw)
    raw = binascii.a2b_qp(raw)
    charset = "utf-8" if head.charset in _UTF8 else head.charset
    for guess in (charset, "utf-8", "cp1252"):
        if (text := _try(raw, guess)) is not None:
            return text, guess != charset
    return one_break(raw.decode("latin-1")), True


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
        if encoding != "utf-8":
            text.encode()
    except (LookupError, ValueError):
        return None
    return one_break(text)


def one_break(text: str) -> str:
    """The text with one kind of line break, and no NULs."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def unescaped(value: str) -> str:
    r"""Text with ``\n``, ``\,``, ``\;``, ``\:`` and ``\\`` undone; other backslashes stay."""
    return _ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def split_escaped(value: str, separator: str) -> list[str]:
    """Still escaped parts between unescaped separators (``;`` or ``,``)."""
    if "\\" not in value:
        return value.split(separator)
    parts: list[str] = []
    escaped = False
    for part in value.split(separator):
        if escaped:
            parts[-1] += separator + part
        else:
            parts.append(part)
        # Of two backslashes the first escapes the second.
        escaped = (len(part) - len(part.rstrip("\\"))) % 2 == 1
    return parts
