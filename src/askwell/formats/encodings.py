"""Which characters the bytes of a text file stand for.

Theory of operation.  A byte order mark decides.  Without one, text that is UTF-8 from
end to end is UTF-8 (no other encoding passes that test by accident); zero bytes in every
other place are UTF-16.  Else each likely encoding is tried on the parts that are not
ASCII and scored by how much the result looks like writing: a capital or a symbol in the
middle of a word, or two scripts in one word, speak against it.  The guess is always told.
A mostly UTF-8 file with a few foreign bytes stays UTF-8; only those bytes are read otherwise.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from askwell.formats.errors import BROKEN_STREAM
from askwell.formats.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.formats.records import Problem


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("askwell-windows", _as_windows)

CHUNK = 1 << 20
SAMPLE = 1 << 16  # bytes around letters beyond ASCII that a guess looks at
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("cp1252", "cp1250", "mac_roman", "cp932", "gb18030", "cp1251")
SHOWN = {"cp932": "Shift JIS", "mac_roman": "Mac Roman", "cp1252": "Windows-1252", "gb18030": "GB 18030"}
FOREIGN = re.compile(rb"[\x00-\x7f]{0,2}[\x80-\xff]+(?:[\x00-\x7f]{0,2}[\x80-\xff]+)*[\x00-\x7f]{0,2}")
MOST_ASCII_ZEROS = 0.3
LAST_ASCII = 0x7F
TWO_BYTES = {"cp932", "gb18030"}
MIXES: tuple[set[str], ...] = ({"latin", "cyrillic"}, {"latin", "han"}, {"latin", "kana"}, {"latin", "greek"})
COMMON_SIGNS = set("’‘“”–—…•·€«»\u00a0°、。・（）ー　")
FEW_FOREIGN = 10  # valid UTF-8 sequences for each invalid byte that still make a UTF-8 file


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec name, and whether it was declared by the bytes, proven, or only guessed."""

    name: str
    problem_code: str = ""  # "guessed-encoding", "mixed-encoding", or ""

    @property
    def errors(self) -> str:
        """The error handler that goes with this codec."""
        return "askwell-windows" if self.problem_code == "mixed-encoding" else "replace"

    @property
    def shown(self) -> str:
        """The name a person may know the guessed encoding by."""
        other = "cp1252" if self.problem_code == "mixed-encoding" else self.name
        return SHOWN.get(other, other)


def decode(data: bytes, *, file: str) -> tuple[str, tuple[Problem, ...]]:
    """All of ``data`` as text without byte order mark, and what had to be guessed."""
    encoding = encoding_of(io.BytesIO(data))
    text = data.decode(encoding.name, errors=encoding.errors)
    if not encoding.problem_code:
        return text, ()
    return text, (problem(encoding.problem_code, file=file, encoding=encoding.shown),)


def encoding_of(stream: BinaryIO) -> Encoding:
    """Read ``stream`` once from where it stands, in bounded memory, and say how to decode it."""
    head = b""
    with contextlib.suppress(*BROKEN_STREAM):
        head = stream.read(4096)
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if wide := _without_mark(head):
        return Encoding(wide, "guessed-encoding")
    return _by_content(_chunks(head, stream))


def _chunks(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    with contextlib.suppress(*BROKEN_STREAM):  # the reader of the rows tells of the damage
        while chunk := stream.read(CHUNK):
            yield chunk


def _without_mark(head: bytes) -> str:
    """UTF-16 has a zero in every other byte of western text."""
    pairs = len(head) // 2
    if not pairs:
        return ""
    first, second = head[0 : pairs * 2 : 2].count(0) / pairs, head[1 : pairs * 2 : 2].count(0) / pairs
    if second > MOST_ASCII_ZEROS > first * 3:
        return "utf-16-le"
    return "utf-16-be" if first > MOST_ASCII_ZEROS > second * 3 else ""


def _by_content(chunks: Iterator[bytes]) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    proven = False  # a whole chunk with other than ASCII was UTF-8
    last = b""
    for chunk in chunks:
        if not _goes_on(decoder, chunk):
            return Encoding("utf-8", "mixed-encoding") if proven else _guess(chunk)
        proven = proven or not chunk.isascii()
        last = chunk or last
    if _goes_on(decoder, b"", final=True):
        return Encoding("utf-8")
    return _guess(last)


def _goes_on(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _guess(chunk: bytes) -> Encoding:
    foreign = b"\n".join(FOREIGN.findall(chunk[: SAMPLE * 16]))[:SAMPLE]
    text = foreign.decode("utf-8", errors="surrogateescape")
    bad = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    wide = sum(1 for char in text if char > "\x7f") - bad
    if wide > bad * FEW_FOREIGN:
        return Encoding("utf-8", "mixed-encoding")
    return Encoding(_most_plausible(foreign), "guessed-encoding")


def _most_plausible(foreign: bytes) -> str:
    scored = [(_plausibility(foreign, name), -order, name) for order, name in enumerate(CANDIDATES)]
    score, _, name = max(scored)
    return name if score > 0 else "latin-1"


def _plausibility(foreign: bytes, name: str) -> float:
    """How much ``foreign`` looks like writing in this codec, per byte; below zero: not at all."""
    try:
        text = foreign.decode(name)
    except UnicodeDecodeError:
        return -1.0
    heights = sum(1 for byte in foreign if byte > LAST_ASCII)
    width = 2 if name in TWO_BYTES else 1
    pairs = zip(" " + text, text + " ", strict=False)
    return sum(_fit(before, char) for before, char in pairs) * width / max(heights, 1)


@lru_cache(maxsize=4096)
def _fit(before: str, char: str) -> float:
    """How well ``char`` goes after ``before``: 1 a letter in its place, below 0 out of place."""
    if char <= "\x7f" and before <= "\x7f":
        return 0.0
    scripts = _script(before), _script(char)
    if "odd" in scripts or set(scripts) in MIXES:
        return -1.0
    if char <= "\x7f":
        return -1.0 if before.isupper() is False and scripts[0] == "latin" and char.isupper() else 0.0
    if scripts[1] == "sign":
        return -0.5 if before.isalpha() else 0.0
    if scripts == ("latin", "latin") and before > "\x7f":
        return -0.5  # accented letters seldom stand side by side
    return -1.0 if before.islower() and char.isupper() else 1.0


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    if char in COMMON_SIGNS or (char <= "\x7f" and not char.isalpha()):
        return "common"
    kind = unicodedata.category(char)
    if kind in {"Co", "Cn", "Cc"} or "\uff61" <= char <= "\uff9f":
        return "odd"  # private use, unassigned, control, half-width katakana
    if not kind.startswith("L"):
        return "sign"
    first = unicodedata.name(char, "ODD").split()[0].lower()
    return {"cjk": "han", "hiragana": "kana", "katakana": "kana"}.get(first, first)
