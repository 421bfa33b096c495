"""The words of mail, language by language: one file each, read once.

Theory of operation.  A language is one JSON file in this folder; a key it does not have is empty, so that
a language may know quotations and nothing else.  Whatever is compared with these words is folded in the
same way (``phrases.folded``), and phrases are written in the small notation of ``phrases.compiled``.
``language_of`` counts small words that a text of a language cannot do without, and those of days and absence.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from askwell.formats.mail.phrases import folded, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_CHARACTERS = 4_000  # of a text, before its language is decided
DEFAULT = "en"
SHORTEST = 3  # letters of a word of days that tells a language
_TELLING = ("months", "weekdays", "today", "tomorrow", "until", "back", "absent", "stand_in", "covers")


@cache
def languages() -> tuple[str, ...]:
    """Every language there is a file for, English first: it wins where nothing decides."""
    names = (
        item.name.removesuffix(".json")
        for item in resources.files(__name__).iterdir()
        if item.name.endswith(".json")
    )
    return tuple(
        sorted((name for name in names if name != "zones"), key=lambda name: (name != DEFAULT, name))
    )


@cache
def words(language: str) -> Mapping[str, Any]:
    """One language's file as it stands."""
    text = resources.files(__name__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def entries(key: str) -> Iterator[str]:
    """What every language lists under ``key``, folded."""
    for language in languages():
        for entry in words(language).get(key, ()):
            yield folded(entry)


@cache
def known(key: str) -> frozenset[str]:
    """What any language lists under ``key``, folded, to look a word up in."""
    return frozenset(entries(key))


@cache
def listed(key: str) -> frozenset[str]:
    """The single words any language lists under ``key`` in one line, folded."""
    return frozenset(word for name in languages() for word in folded(words(name).get(key, "")).split())


def language_of(text: str, among: tuple[str, ...] = ()) -> str:
    """The language most of whose small words stand in ``text``; ``""`` where none does."""
    seen = words_of(text[:MOST_CHARACTERS])
    counts = {name: sum(word in _small_words(name) for word in seen) for name in among or languages()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""


@cache
def _small_words(language: str) -> frozenset[str]:
    """The words that tell a language: its small ones, and those of days and of being away."""
    found = words(language)
    entries = [entry for key in _TELLING for entry in found.get(key, ())]
    longer = {word for word in words_of(" ".join(entries).replace("|", " ")) if len(word) >= SHORTEST}
    return frozenset({*longer, *words_of(found.get("small_words", ""))})
