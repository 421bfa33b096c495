"""Names compared: keys for sorting and matching, and whether two names may be one person's.

Theory of operation.  A key is folded (``search.text``) and leaves out what sources add or drop:
titles, letters after the name, particles.  ``compatible_names`` asks whether two names contradict
each other.  It is only ever asked when an exact identity (e-mail, number, profile) is shared
already, and it never asks about gender.  A name in another script is only compatible with the same
text: guessing at transliteration would join strangers.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nicknames import NickNamer

from askwell.formats.names import split_name
from askwell.formats.records import Name
from askwell.search.text import fold, is_latin, words

_PARTICLES_TEXT = """
van von vom zu zum zur der den de del della dello di da do dos das du des la le lo les ter ten
te bin binti bint ibn ben bar al el ul abu st af av y e und
"""
PARTICLES = frozenset(_PARTICLES_TEXT.split())
GENERATIONS = {"jr": "2", "junior": "2", "ii": "2", "sr": "1", "senior": "1", "iii": "3", "iv": "4"}
_LEGAL_FORMS_TEXT = """
inc incorporated llc llp lp pllc plc ltd limited corp corporation co company gmbh mbh ag kg
kgaa ug ev se sa sas sasu sarl srl spa sl slu bv nv vof cv ab as aps asa oy oyj kk pty pte pvt
pvtltd sdn bhd ltda eirl doo dd zrt kft sro eood ood jsc oao ooo zao ao pjsc
"""
LEGAL_FORMS = frozenset(_LEGAL_FORMS_TEXT.split())
_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST_KEY = 300


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """Cut a name into folded words: ``J.R. O'Brien-Smith`` is ``j r obrien smith``."""
    if not is_latin(name):
        return tuple(words(name))
    return tuple(part for part in _NOT_WORD.split(fold(name).replace("'", "")) if part)


def parts_of(name: Name | str) -> Name:
    """Give a name in parts; a text is taken apart as the formats do."""
    if isinstance(name, Name) and (name.given or name.family):
        return name
    whole = name if isinstance(name, str) else name.formatted
    return Name(formatted=whole) if "@" in whole else split_name(whole)  # an address is no name


def shown(name: Name) -> str:
    """Give the name as shown: the source's own form, else its parts in order."""
    made = name.formatted or " ".join(p for p in (name.prefix, name.given, name.middle, name.family) if p)
    return " ".join((made or name.nickname).split())[:_LONGEST_KEY]


def name_key(name: Name | str) -> str:
    """Give the folded, order-free key two spellings of one name share; empty when there is no name.

    >>> name_key("Dr. Ludwig van Beethoven, PhD") == name_key("BEETHOVEN, Ludwig")
    True
    """
    parts = parts_of(name)
    found = name_words(f"{parts.given} {parts.family}")
    if len(found) < 2:  # noqa: PLR2004 - a first name alone: everything there is
        found = name_words(f"{parts.given} {parts.middle} {parts.family}")
    kept = [word for word in found if word not in PARTICLES] or list(found)
    return " ".join(sorted(kept))[:_LONGEST_KEY]


def sort_key(name: Name | str = "", *, given: str = "", family: str = "") -> str:
    """Give the folded key people are listed by: family name, then given names, no particles first."""
    parts = Name(given=given, family=family) if given or family else parts_of(name)
    family_words = name_words(parts.family)
    main = [word for word in family_words if word not in PARTICLES] or list(family_words)
    key = " ".join([*main, *name_words(f"{parts.given} {parts.middle}")])
    return (key or fold(shown(parts)))[:_LONGEST_KEY]


def is_weak_key(key: str) -> bool:
    """Say whether a key is too little to call two people namesakes: one Latin word (``jane``)."""
    return " " not in key and is_latin(key)


def compatible_names(first: Name | str, second: Name | str) -> bool:
    """Say whether two names may be one person's; True also when either says nothing.

    Married and middle names, initials, nicknames, particles and order are allowed for.
    """
    one, other = _Parsed.of(first), _Parsed.of(second)
    if _generations_differ(one, other):
        return False
    if not one.words or not other.words:
        return True
    if one.key == other.key:
        return _middles_agree(one, other)
    if not (one.latin and other.latin):
        return False
    return _agree(one, other) or _agree(one.turned(), other) or _agree(one, other.turned())


class _Parsed:
    """A name ready to compare: given words (nickname beside them), family words, everything."""

    __slots__ = ("family", "generation", "given", "key", "latin", "nickname", "words")

    def __init__(self, name: Name) -> None:
        self.given: tuple[str, ...] = name_words(f"{name.given} {name.middle}")
        self.nickname = name_words(name.nickname)
        family = name_words(name.family)
        self.family = tuple(word for word in family if word not in PARTICLES) or family
        self.words = (*self.given, *self.family)
        self.key = name_key(name)
        self.latin = is_latin(f"{name.given}{name.middle}{name.family}")
        self.generation = next((GENERATIONS[w] for w in name_words(name.suffix) if w in GENERATIONS), "")

    @classmethod
    def of(cls, name: Name | str) -> _Parsed:
        return _parsed(parts_of(name))

    def turned(self) -> _Parsed:
        """The same name read family first (``Doe Jane``), for two plain words only."""
        made = object.__new__(_Parsed)
        for slot in self.__slots__:
            setattr(made, slot, getattr(self, slot))
        if len(self.words) == 2 and self.family:  # noqa: PLR2004
            made.given, made.family = self.family, self.given
        return made


@lru_cache(maxsize=65536)
def _parsed(name: Name) -> _Parsed:
    return _Parsed(name)


def _generations_differ(one: _Parsed, other: _Parsed) -> bool:
    return bool(one.generation and other.generation and one.generation != other.generation)


def _agree(one: _Parsed, other: _Parsed) -> bool:
    if not one.family or not other.family:
        return _part_of(one, other) if not one.family else _part_of(other, one)
    return _families_agree(one, other) and _givens_agree(one, other)


def _part_of(short: _Parsed, full: _Parsed) -> bool:
    """A single name (``Jane``) agrees with a full one that has it, or begins with its initial."""
    if not full.family:
        return _givens_agree(short, full)
    return all(any(_same_word(word, other) for other in full.words) for word in short.given) or (
        len(short.given) == 1 and _givens_agree(short, full)
    )


def _families_agree(one: _Parsed, other: _Parsed) -> bool:
    """One family word in common, or found among the other's middle names (a name before marriage)."""
    first, second = {*one.family, *one.given[1:]}, {*other.family, *other.given[1:]}
    shared_full = any(
        _same_word(a, b)
        for a, b in _pairs(first, second)
        if len(a) > 1 and len(b) > 1 and (a in one.family or b in other.family)
    )
    if shared_full or _same_word("".join(one.family), "".join(other.family)):
        return True
    initials = [names for names in (one.family, other.family) if len(names) == 1 and len(names[0]) == 1]
    return bool(initials) and one.family[-1][0] == other.family[-1][0]


def _pairs(first: set[str], second: set[str]) -> list[tuple[str, str]]:
    return [(a, b) for a in first for b in second]


def _givens_agree(one: _Parsed, other: _Parsed) -> bool:
    ours, theirs = (*one.given, *one.nickname), (*other.given, *other.nickname)
    if not ours or not theirs:
        return True
    if _same_word("".join(one.given), "".join(other.given)):
        return True
    if _same_given(ours[0], theirs[0]):
        return _middles_agree(one, other)
    # Known by a later name: "J. Robert Doe" is "Robert Doe", "Robert (Bob) Doe" is "Bob Doe".
    if any(_same_given(theirs[0], word) for word in ours[1:] if len(word) > 1 < len(theirs[0])):
        return True
    return any(_same_given(ours[0], word) for word in theirs[1:] if len(word) > 1 < len(ours[0]))


def _middles_agree(one: _Parsed, other: _Parsed) -> bool:
    """Two middle names that are both given and differ are two people: Ann B. and Ann C. Doe."""
    ours, theirs = one.given[1:], other.given[1:]
    if not ours or not theirs:
        return True
    if any(_same_given(a, b) for a in ours for b in theirs):
        return True
    return bool({*ours} & {*other.family} or {*theirs} & {*one.family})


def _same_word(a: str, b: str) -> bool:
    return a == b or bool(_variants(a) & _variants(b))


@lru_cache(maxsize=16384)
def _variants(word: str) -> frozenset[str]:
    """A folded word, also with ``ae oe ue`` read as umlauts: Mueller is Müller."""
    return frozenset(
        {word, *(word.replace(two, one) for two, one in (("ae", "a"), ("oe", "o"), ("ue", "u")))}
    )


def _same_given(a: str, b: str) -> bool:
    if _same_word(a, b):
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return b in nicknames_of(a) or a in nicknames_of(b) or _share_full_name(a, b)


def _share_full_name(a: str, b: str) -> bool:
    """Two short forms of one name that begin alike: Kate and Katie, but not Bill and Will."""
    return a[:2] == b[:2] and bool(full_names(a) & full_names(b))


@cache
def _namer() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=8192)
def nicknames_of(given: str) -> frozenset[str]:
    """Give the short forms in use for a full given name, folded."""
    return frozenset(fold(name) for name in _namer().nicknames_of(given))


@lru_cache(maxsize=8192)
def full_names(nickname: str) -> frozenset[str]:
    """Give the full given names that a short form stands for."""
    return frozenset(_namer().canonicals_of(nickname))


def other_forms(given: str) -> frozenset[str]:
    """Give full and short forms a person called ``given`` may also be found under."""
    return nicknames_of(given) | full_names(given)


@lru_cache(maxsize=65536)
def organization_key(name: str) -> str:
    """Give the folded name without article, legal form and punctuation; empty when nothing is left.

    >>> organization_key("The Acme Corp., Inc.") == organization_key("ACME")
    True
    """
    plain = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", fold(name).replace("&", " and ").replace("+", " plus "))
    found = [word for word in _NOT_WORD.split(plain.replace("'", "").replace("a/s", "as")) if word]
    kept = found[1:] if len(found) > 1 and found[0] == "the" else list(found)
    while len(kept) > 1 and (kept[-1] in LEGAL_FORMS or kept[-1] == "and"):
        kept.pop()
    return " ".join(kept)[:_LONGEST_KEY]
