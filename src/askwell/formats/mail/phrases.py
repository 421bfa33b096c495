"""Phrases of letters: a notation for them that is read as it is written, and text made alike to match it.

Theory of operation.  ``folded`` makes letters alike that people write differently (case, accents, shapes of
apostrophes and dashes, hamza and digits of Arabic) and keeps every character's place, so that what is found
in the folded text can be cut from the text itself.  A phrase is words apart by spaces:

    happy|glad to talk        one of several words; "do_not" is two words as one of them
    i am? happy               may be missing
    talk-                     begins so: talk, talks, talking
    in # weeks                a number, in digits or as a word
    not ... person            up to four words between
    ^yes                      at the start of the sentence;  no$  at its end;  yes,  before a mark

Between words stand one to three characters that are no letters.  Every repetition in what comes out is
bounded, and so is the text it is tried on (``sentences``), so that no text takes long.
An Arabic word may have "and" or "so" written on to it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = {
    **dict.fromkeys("’‘ʼ´`", "'"),
    **dict.fromkeys("–—‐‑−", "-"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("\u00a0\u202f\u2007\t", " "),
    "ß": "s",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ı": "i",
    "İ": "i",
    "æ": "a",
    "ة": "ه",
    "ى": "ي",
    "：": ":",
    "،": ",",
    "؛": ";",
}
_IGNORED = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BETWEEN = r"[^\w]{1,3}"
_GAP = rf"(?:\w{{1,40}}(?:'\w{{1,10}})?{_BETWEEN}){{0,4}}?"
_ENDS = {"$": r"\W{0,3}$", ",": r"(?= ?[,!.;:)-]|\W{0,3}$)"}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # no space between words
_WORD = re.compile(r"\w+(?:'\w+)?")
_NUMBER = r"(\d{1,3}|NUMBERS)"


def plain(text: str) -> str:
    """``text`` composed, without marks that only say how to read or write it: what is folded and cut from."""
    return _IGNORED.sub("", unicodedata.normalize("NFC", text))


def folded(text: str) -> str:
    """``text`` with letters made alike, as many characters as ``plain(text)`` has."""
    return "".join(map(_fold, plain(text)))


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isdigit():
        return str(unicodedata.digit(char))
    lower = char.casefold()
    base = unicodedata.normalize("NFKD", lower)[:1]
    return _ALIKE.get(base, base) if base and (base.isalnum() or base == " ") else char


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(folded(text))


def compiled(phrases: Iterable[str], numbers: Iterable[str] = ()) -> re.Pattern[str]:
    """One pattern for folded text out of phrases in the notation above; without any it never matches."""
    parts = [_phrase(phrase) for phrase in phrases]
    whole = "|".join(parts) if parts else r"(?!)"
    return re.compile(whole.replace("NUMBERS", "|".join(map(re.escape, map(folded, numbers))) or r"(?!)"))


def _phrase(phrase: str) -> str:
    loose = "" if _UNSPACED.match(phrase) else r"(?<!\w)"
    start = r"^\W{0,3}" if phrase.startswith("^") else loose
    end = _ENDS.get(phrase[-1], "")
    tokens = phrase.removeprefix("^").rstrip("".join(_ENDS)).split()
    while tokens and tokens[-1].endswith("?"):  # what may be missing at the end tells nothing
        tokens.pop()
    out = ""
    for position, token in enumerate(tokens):
        last = position == len(tokens) - 1
        out += _one(token, "" if last else _BETWEEN)
    return f"(?:{start}{out}{end})"


def _one(said: str, after: str) -> str:
    if said == "...":
        return _GAP
    if said == "#":
        return _NUMBER + after
    optional = said.endswith("?")
    words = "|".join(_word(word) for word in said.removesuffix("?").split("|"))
    return f"(?:(?:{words}){after})?" if optional else f"(?:{words}){after}"


def _word(word: str) -> str:
    if _UNSPACED.search(word):
        return re.escape(folded(word))
    begins = word.endswith("-")
    said = folded(word.removesuffix("-") if begins else word)
    pattern = _BETWEEN.join(map(re.escape, said.split("_")))
    joined = "[وف]?" if _ARABIC.search(word) else ""
    return joined + pattern + (r"\w{0,20}" if begins else r"(?!\w)")
