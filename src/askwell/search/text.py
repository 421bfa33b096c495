"""Folding: two spellings of one word become the same key.

Theory of operation.  ``fold`` takes away what writers of names leave out or vary: case, accents,
width, ligatures.  Letters that Unicode does not decompose (ø, ł, đ) have their usual plain spelling.
``words`` cuts text into folded words; ``terms`` gives what an index stores for it, so that a prefix of
a term is enough to find the text: scripts written without spaces are stored by every tail of a run,
and German umlauts also under their two-letter spelling.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TERM = 80

_PLAIN = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ſ": "s",
        "ĸ": "k",
        "ƒ": "f",
        "ə": "e",
        "ـ": "",  # Arabic tatweel only stretches a line
        "’": "'",
        "ʼ": "'",
        "‘": "'",
    }
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_JOINED = re.compile(r"(?<=\w)['.·](?=\w)")  # O'Brien, U.S.A., Sant·Anna: one word
_WORD = re.compile(r"\w+")
# Han, kana, Hangul syllables, Thai, Lao, Khmer, Burmese: written without spaces between words.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Give ``text`` without case, marks, width and ligatures; spaces made single.

    >>> fold("  Łukasz  ÅNGSTRÖM-Straße ")
    'lukasz angstrom-strasse'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    spread = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    spread = unicodedata.normalize("NFKD", spread)
    bare = "".join(char for char in spread if not unicodedata.category(char).startswith(("M", "Cf")))
    return " ".join(bare.split())


def words(text: str) -> list[str]:
    """Cut text into folded words, in order; an apostrophe or dot inside a word does not cut it."""
    return _WORD.findall(_JOINED.sub("", fold(text)))


tokens = words


def terms(text: str) -> set[str]:
    """Give what an index stores so that every prefix of a word of ``text`` finds it."""
    return {term[:LONGEST_TERM] for term in _terms(text) if term}


def _terms(text: str) -> Iterator[str]:
    if text.isascii():
        yield from words(text)
        return
    composed = unicodedata.normalize("NFKC", text)
    for spelling in (composed, composed.casefold().translate(_UMLAUTS)):
        yield from words(spelling)
    for run in re.findall(r"\w+", composed):
        if UNSPACED.search(run):
            yield from (fold(run[start:]) for start in range(1, len(run)))


def is_latin(text: str) -> bool:
    """Say whether the letters of ``text`` are all of the Latin alphabet."""
    return all(not char.isalpha() or "LATIN" in unicodedata.name(char, "") for char in text)
