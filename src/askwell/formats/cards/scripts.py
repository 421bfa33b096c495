"""From text to the letters a page is set with: composed, joined, in the order they stand.

Theory of operation.  A PDF page holds glyphs from left to right.  Text is composed (NFC); Arabic letters
take the form they have in their place, from Unicode's own table of presentation forms; the line is then put
into the order it is seen in, by the bidirectional algorithm, with brackets turned where the line runs
leftwards.  Latin with its accents, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic can be set.
Scripts whose letters need a shaping engine (Devanagari, Thai and others) or fonts larger than all of this
program (Chinese, Japanese, Korean) cannot, and ``cannot_set`` names their letters.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont
from fpdf.bidi import BidiParagraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FONTS = Path(__file__).resolve().parent / "fonts"
SERIF, STRONG, SANS = "AskwellSerif-Regular", "AskwellSerif-Semibold", "DejaVuSans"
_FORMS = (0xFE70, 0xFEFC)
_ALEFS = {
    "\u0622": 0xFEF5,
    "\u0623": 0xFEF7,
    "\u0625": 0xFEF9,
    "\u0627": 0xFEFB,
}  # lam with them is one letter
_LAM, _TATWEEL = "\u0644", "\u0640"
_TURNED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
# Letters of Persian and Urdu, whose forms stand in the older block: isolated, final, initial, medial.
_PERSIAN = {
    "\u067e": (0xFB56, 0xFB57, 0xFB58, 0xFB59),
    "\u0686": (0xFB7A, 0xFB7B, 0xFB7C, 0xFB7D),
    "\u0698": (0xFB8A, 0xFB8B, 0, 0),
    "\u06a9": (0xFB8E, 0xFB8F, 0xFB90, 0xFB91),
    "\u06af": (0xFB92, 0xFB93, 0xFB94, 0xFB95),
    "\u06cc": (0xFBFC, 0xFBFD, 0xFBFE, 0xFBFF),
    "\u0679": (0xFB66, 0xFB67, 0xFB68, 0xFB69),
    "\u0688": (0xFB88, 0xFB89, 0, 0),
    "\u0691": (0xFB8C, 0xFB8D, 0, 0),
    "\u06d2": (0xFBAE, 0xFBAF, 0, 0),
    "\u06be": (0xFBAA, 0xFBAB, 0xFBAC, 0xFBAD),
    "\u06c1": (0xFBA6, 0xFBA7, 0xFBA8, 0xFBA9),
}
_KINDS = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}


@cache
def letters_of(font: str) -> frozenset[int]:
    """Which characters a font has."""
    return frozenset(TTFont(FONTS / f"{font}.ttf", lazy=True).getBestCmap())


def cannot_set(texts: Iterable[str]) -> str:
    """Name the letters no font here has, each once, in order; empty where all can be set."""
    known = letters_of(SERIF) | letters_of(SANS)
    wanted = dict.fromkeys(letter for text in texts for letter in composed(text))
    return "".join(letter for letter in wanted if ord(letter) not in known)


def font_for(text: str, *, strong: bool = False) -> str:
    """Name the font of a line: the serif where it has every letter, else the one with more scripts."""
    wanted = {ord(letter) for letter in text}
    return (STRONG if strong else SERIF) if wanted <= letters_of(SERIF) else SANS


def composed(text: str) -> str:
    """Compose letters and accents; what cannot be seen goes."""
    whole = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(letter for letter in whole if unicodedata.category(letter) not in {"Cc", "Cf"})


def leftwards(text: str) -> bool:
    """Does the line begin with a letter of a script that is written from right to left?"""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)


def as_seen(text: str) -> str:
    """Give the letters in the order and form they are seen in, from left to right."""
    line = joined(composed(text))
    if not any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in line):
        return line
    seen = BidiParagraph(line).reorder_resolved_levels()
    return "".join(
        one.character.translate(_TURNED) if one.embedding_level % 2 else one.character for one in seen
    )


# --- Arabic letters in their places


@cache
def _forms() -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for code in range(_FORMS[0], _FORMS[1] + 1):
        kind, _space, rest = unicodedata.decomposition(chr(code)).partition(" ")
        letter = chr(int(rest, 16)) if rest and " " not in rest else ""
        if letter and kind in _KINDS:
            found.setdefault(letter, [0, 0, 0, 0])[_KINDS[kind]] = code
    return {letter: tuple(codes) for letter, codes in found.items()} | _PERSIAN


def _joins_on(letter: str) -> bool:
    """Does it reach out to the letter after it?"""
    return letter == _TATWEEL or bool(_forms().get(letter, (0, 0, 0, 0))[2])


def _joins_back(letter: str) -> bool:
    return letter == _TATWEEL or bool(_forms().get(letter, (0, 0, 0, 0))[1])


def joined(text: str) -> str:
    """Give each Arabic letter the form of its place; other letters stay, marks above and below too."""
    bare = [(at, letter) for at, letter in enumerate(text) if not unicodedata.combining(letter)]
    out = list(text)
    skip = False
    for place, (at, letter) in enumerate(bare):
        before = bare[place - 1][1] if place else ""
        after = bare[place + 1][1] if place + 1 < len(bare) else ""
        tied = _joins_on(before)
        if skip:
            out[at], skip = "", False
        elif letter == _LAM and after in _ALEFS:
            out[at], skip = chr(_ALEFS[after] + tied), True
        elif letter in _forms():
            out[at] = _placed(letter, back=tied and _joins_back(letter), on=_joins_back(after))
    return "".join(out)


def _placed(letter: str, *, back: bool, on: bool) -> str:
    forms = _forms()[letter]
    place = (3 if on and forms[3] else 1) if back else (2 if on and forms[2] else 0)
    return chr(forms[place]) if forms[place] else letter
