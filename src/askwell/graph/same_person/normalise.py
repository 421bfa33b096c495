"""Texts as written become texts that compare: one function for each field, none of which raises.

Theory of operation.  Each distinct text is worked on once (``rosters`` sees to that).  What comes of it is a
value: its text, what it sounds like (for finding) and its hints (the full forms of a short name, the words of
a street): two values with a hint in common may be one.  Columns of codes, where a million texts are a million
values, are not here but in ``cells.squeezed``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from askwell.formats.addresses import norm_url
from askwell.formats.dates import parse_birthday
from askwell.formats.names import CREDENTIALS, is_east_asian, split_name
from askwell.graph.same_person import fields as f
from askwell.search.naming import PARTICLES, full_names, name_words, nicknames_of, organization_key
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 160  # characters of a cell that are looked at
MOST_HINTS = 7
_NOT_WORD = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\"[^\"]*\"")
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "madam",
        "herr",
        "frau",
        "dame",
        "rev",
        "ing",
        "dipl",
        "hon",
    ]
)
_EIGHT_DIGITS = re.compile(r"\d{8}")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SHORT_WORDS = {
    "st": "street",
    "str": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "dr": "drive",
    "ct": "court",
    "pl": "place",
    "ln": "lane",
    "cres": "crescent",
    "crt": "court",
    "cct": "circuit",
    "blvd": "boulevard",
    "sq": "square",
    "hwy": "highway",
    "pde": "parade",
    "tce": "terrace",
    "strasse": "street",
}
_SHORT_TITLES = {
    "sr": "senior",
    "snr": "senior",
    "jr": "junior",
    "mgr": "manager",
    "eng": "engineer",
    "dir": "director",
    "vp": "vice president",
    "asst": "assistant",
    "assoc": "associate",
    "dev": "developer",
    "exec": "executive",
    "admin": "administrator",
    "hr": "human resources",
}
_SHORT_SCHOOLS = {
    "univ": "university",
    "uni": "university",
    "u": "university",
    "inst": "institute",
    "tech": "technology",
}
_SMALL_WORDS = frozenset(
    ["the", "of", "and", "for", "at", "in", "de", "der", "die", "das", "und", "et", "la", "le"]
)
_CLASSES = str.maketrans("bfpvcgjkqsxzdtlmnr", "112122222222334556")
_VOWELS = re.compile(r"[aeiouyhw]+")
_DOUBLED = re.compile(r"(.)\1+")


class Value(NamedTuple):
    """A text to compare, what it sounds like, and what else it may be known by."""

    text: str
    sound: str = ""
    hints: tuple[str, ...] = ()


class Cut(NamedTuple):
    """A whole name in parts."""

    given: str
    middle: str
    family: str


NOTHING = Value("")


def words_of(text: str) -> tuple[str, ...]:
    """Cut into folded words; ``O'Brien-Smith`` is ``obrien smith``."""
    if text.isascii():
        return tuple(word for word in _NOT_WORD.split(text.lower().replace("'", "")) if word)
    return name_words(text)


def cut_name(text: str) -> Cut:
    """Cut a whole name: ``Jane van der Berg, PhD``, ``DOE, Jane``, ``王小明``.

    >>> cut_name("Dr. Jane Ann van der Berg"), cut_name("DOE, Jane")
    (Cut(given='jane', middle='ann', family='berg'), Cut(given='jane', middle='', family='doe'))
    """
    text = text[:LONGEST]
    if not text.isascii() and is_east_asian(text):
        parts = split_name(text)
        return Cut(parts.given, parts.middle, parts.family)
    before, comma, after = _ASIDE.sub(" ", text).partition(",")
    first, rest = _plain(before), _plain(after)
    if comma and rest:
        return Cut(rest[0], " ".join(rest[1:]), " ".join(first))
    return _in_order(first)


def _plain(text: str) -> list[str]:
    found = words_of(text)
    while len(found) > 1 and found[0] in _TITLES:
        found = found[1:]
    while found and found[-1] in CREDENTIALS and (len(found) > 2 or len(found[-1]) > 2):
        found = found[:-1]
    return list(found)


def _in_order(words: list[str]) -> Cut:
    if not words:
        return Cut("", "", "")
    if len(words) == 1:
        return Cut("", "", words[0])
    middle = [word for word in words[1:-1] if word not in PARTICLES]
    return Cut(words[0], " ".join(middle), words[-1])


def given_and_rest(text: str) -> tuple[str, str]:
    """Cut given names into the first and the rest: ``Ana Maria``, ``Jean-Luc``."""
    found = words_of(text[:LONGEST])
    while len(found) > 1 and found[0] in _TITLES:
        found = found[1:]
    return (found[0], " ".join(found[1:])) if found else ("", "")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Give what a name sounds like, roughly: the kind of its first letter and of three consonants after it.

    >>> sound("meyer") == sound("maier"), sound("philips") == sound("fillips")
    (True, True)
    """
    if not word.isascii() or not word:
        return word
    plain = word.replace("ph", "f").replace("ck", "k").replace("sch", "s").replace("gh", "g")
    first = "a" if plain[:1] in "aeiou" else plain[:1].translate(_CLASSES)
    return first + _DOUBLED.sub(r"\1", _VOWELS.sub("", plain[1:].translate(_CLASSES)))[:3]


def given(text: str) -> Value:
    """A first given name; its hints are itself and the full names it may be short for."""
    word = given_and_rest(text)[0]
    if not word:
        return NOTHING
    fuller = sorted(full_names(word))
    usual = max((word, *fuller), key=lambda one: (len(nicknames_of(one)), one == word, one))
    return Value(word, sound(usual), (word, *fuller)[:MOST_HINTS])


def middle(text: str) -> Value:
    """Further given names."""
    return _of_words(words_of(text[:LONGEST]))


def family(text: str) -> Value:
    """A family name without particles; its hints are its parts."""
    found = words_of(text[:LONGEST])
    kept = tuple(word for word in found if word not in PARTICLES) or found
    said = _of_words(kept)
    return Value(said.text, sound(kept[0]) if kept else "", said.hints)


def _of_words(found: tuple[str, ...]) -> Value:
    text = " ".join(found)
    return Value(text, text, tuple(word for word in found if len(word) > 1)[:MOST_HINTS])


def url(text: str) -> Value:
    """A link without what varies; its hint is its last part."""
    plain = norm_url(text[: LONGEST * 2]).lower()[:LONGEST]
    last = plain.rpartition("/")[2]
    return Value(plain, plain, (last,) if "/" in plain else ())


def birthday(text: str, order: str) -> Value:
    """Eight digits, year first; ``0000`` where the year is not told."""
    text = text[:LONGEST].strip()
    if _EIGHT_DIGITS.fullmatch(text):
        return Value(text, text)
    if iso := _ISO.match(text):
        plain = "".join(iso.groups())
        return Value(plain, plain)
    plain = parse_birthday(text, order=order).replace("--", "0000").replace("-", "")
    return Value(plain, plain if plain[:4] != "0000" else "")


def _shortened(text: str, longer: dict[str, str]) -> Value:
    found = words_of(fold(text[:LONGEST]))
    full = [part for word in found for part in longer.get(word, word).split()]
    kept = tuple(word for word in full if word not in _SMALL_WORDS) or tuple(full)
    return _of_words(kept)


def street(text: str) -> Value:
    """A street, its usual abbreviations written out."""
    return _shortened(text, _SHORT_WORDS)


def plain(text: str) -> Value:
    """Any words."""
    return _shortened(text, {})


def organization(text: str) -> Value:
    """An organization without article and legal form."""
    return _of_words(tuple(organization_key(text[:LONGEST]).split()))


def title(text: str) -> Value:
    """A title of work, its usual abbreviations written out."""
    return _shortened(text, _SHORT_TITLES)


def school(text: str) -> Value:
    """A school."""
    return _shortened(text, _SHORT_SCHOOLS)


BY_FIELD: dict[int, Callable[[str], Value]] = {
    f.GIVEN: given,
    f.FAMILY: family,
    f.MIDDLE: middle,
    f.URL: url,
    f.STREET: street,
    f.LOCALITY: plain,
    f.PLACE: plain,
    f.REGION: plain,
    f.ORGANIZATION: organization,
    f.TITLE: title,
    f.SCHOOL: school,
}
