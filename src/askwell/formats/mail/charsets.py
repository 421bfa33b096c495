"""The characters of a part or of a word in a header, where what it says of them may be wrong.

Theory of operation.  What the message names is tried first, strictly, by the superset that programs mean
by it (a text "in ISO-8859-1" is in Windows-1252, one "in GB2312" in GB 18030).  Where that is unknown, or
does not fit, the bytes are read as what they look like (``formats.encodings``), and the problem is told.
Codecs of Python that are no character sets are never used, whatever a message names.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

from askwell.formats.encodings import decode

_MEANT = {
    "ansi_x3.4-1968": "utf-8",
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-roman": "mac_roman",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "utf8mb4": "utf-8",
    "x-utf-8": "utf-8",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
_NO_CHARACTERS = frozenset(
    ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem")
)
_ESCAPE = b"\x1b"
_LONGEST_NAME = 40


def text_of(data: bytes, charset: str = "") -> tuple[str, str]:
    """Give the text of ``data`` and "", "unknown-charset" or "lying-charset".

    Text that names no charset is never blamed for it.
    """
    if data.isascii() and _ESCAPE not in data and not _is_odd(charset):
        return data.decode("ascii"), "" if not charset or _codec(charset) else "unknown-charset"
    codec = _codec(charset)
    for name in filter(None, (codec, "" if codec else "utf-8")):
        try:
            return data.decode(name), "" if codec or not charset else "unknown-charset"
        except UnicodeError:
            continue
    if charset.strip().lower() in _WINDOWS and not _only_utf8(data):
        return data.decode("latin-1"), ""  # the five signs that Windows-1252 leaves open
    text, _guessed = decode(data, file="")
    return text, "" if not charset else "lying-charset" if codec else "unknown-charset"


_WINDOWS = frozenset(name for name, codec in _MEANT.items() if codec == "cp1252")


def _only_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_odd(charset: str) -> bool:
    """Whether ASCII bytes may stand for other characters in it: UTF-7, UTF-16, HZ."""
    low = charset.lower()
    return "utf-7" in low or "utf7" in low or "utf-16" in low or "utf16" in low or low.startswith("hz")


@lru_cache(maxsize=512)
def _codec(charset: str) -> str:
    """Give the codec of Python for a name in a message, or "" where there is none."""
    name = charset.strip().strip("\"'").lower()
    if len(name) > _LONGEST_NAME or not name.isascii() or not name.isprintable():
        return ""
    name = _MEANT.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    plain = found.name.replace("-", "_")
    return "" if plain in _NO_CHARACTERS or not found._is_text_encoding else found.name  # noqa: SLF001
