"""A person named in a sentence, with an address: who stands in, whom one should rather ask.

Theory of operation.  A name is a run of words that begin with a capital, with small words of names between
them ("de", "van", "bin"), less the words at its start that are no name: of courtesy, of what somebody is, of
the language's small words.  Where a script has no capitals the first words after the phrase are taken, up to
a preposition or a mark.  The name right before an address belongs to it, else the one that follows the
phrase.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from askwell.formats.mail import words
from askwell.formats.mail.days import one_of
from askwell.formats.mail.phrases import folded, words_of
from askwell.formats.names import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Sequence

ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])")
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,40}\.?")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{2,20}")
MOST_WORDS = 4
MOST_ARABIC_WORDS = 3
NEAR = 30  # characters between a name and the address that is theirs, or what is said of them
LONGEST_SIGN = 4  # capitals: PM, EST, HR
FAR = 60  # characters from what is said to the name
_CONTRACTED = ("'re", "'m", "'ll", "'ve", "'d", "n't")


def person_near(
    sentence: str,
    after: Sequence[tuple[int, int]],
    before: Sequence[tuple[int, int]] = (),
    *,
    language: str = "en",
) -> tuple[str, str]:
    """The name and the address a sentence (as ``plain`` made it) gives, "" for what it does not.

    A name right before the address is its owner's.  Else it is the one that follows the last place of
    ``after`` that one follows, else the one right before the first of ``before``; places are start and end.
    """
    address = ADDRESS.search(sentence)
    given = address[0] if address else ""
    found = names_in(sentence, language)
    owners = [name for _, end, name in found if address and 0 <= address.start() - end <= NEAR]
    if owners:
        return owners[-1], given
    for _, end in sorted(after, key=lambda place: -place[1]):
        following = [name for start, _, name in found if 0 <= start - end <= FAR]
        if following:
            return following[0], given
    for start, _ in sorted(before):
        leading = [name for _, end, name in found if 0 <= start - end <= NEAR]
        if leading:
            return leading[-1], given
    return "", given


def is_address_of(name: str, address: str) -> bool:
    """Whether an address is made of a name: of its last word, or of its only one."""
    parts = [word for word in words_of(name) if len(word) > 1]
    return bool(parts) and parts[-1] in folded(address.partition("@")[0])


def names_in(sentence: str, language: str) -> list[tuple[int, int, str]]:
    """The runs of words that may be names, with their places."""
    if _ARABIC.search(sentence):
        return _arabic_names(sentence)
    out: list[tuple[int, int, str]] = []
    run: list[re.Match[str]] = []
    hidden = ADDRESS.sub(lambda match: " " * len(match[0]), sentence)
    for match in _WORD.finditer(hidden):
        if run and hidden[run[-1].end() : match.start()] != " ":
            out += _named(run, sentence, language)
            run = []
        if match[0][0].isupper() or (run and match[0] in PARTICLES):
            run.append(match)
        elif run:
            out += _named(run, sentence, language)
            run = []
    return out + _named(run, sentence, language)


def _named(run: list[re.Match[str]], sentence: str, language: str) -> list[tuple[int, int, str]]:
    """The names a run of words holds, apart where words that are no name stand between."""
    courteous = any(folded(match[0]).rstrip(".") in words.listed("courtesy") for match in run)
    out: list[tuple[int, int, str]] = []
    none = [_is_no_name(match[0], language) for match in run]
    for at, match in enumerate(run[:-1]):
        if none[at] and not none[at + 1] and _is_also_name(match, language):
            none[at] = False
    for no_name, pairs in groupby(zip(none, run, strict=True), key=itemgetter(0)):
        kept = [] if no_name else [match for _, match in pairs][:MOST_WORDS]
        while kept and kept[-1][0] in PARTICLES:
            kept.pop()
        while kept and kept[0][0] in PARTICLES:
            kept.pop(0)
        # Every noun of German has a capital: one word alone is a name only after "Frau" or "Herr".
        if kept and (len(kept) > 1 or language != "de" or courteous):
            out += _trimmed(sentence, kept[0].start(), kept[-1].end())
    return out


def _trimmed(sentence: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The name without the point or the "'s" after it; a letter alone is none."""
    name = sentence[start:end].rstrip(".").removesuffix("'s").removesuffix("’s")
    return [(start, start + len(name), name)] if len(name) > 1 else []


def _is_no_name(word: str, language: str) -> bool:
    said = folded(word).rstrip(".")
    return word not in PARTICLES and (
        said in words.listed("courtesy")
        or said in words.listed("no_names")
        or said in _others(language)
        or said.endswith(_CONTRACTED)
        or (word.isupper() and len(said) <= LONGEST_SIGN)
    )


def _is_also_name(match: re.Match[str], language: str) -> bool:
    """Whether a word before a name is part of it: "April Jones"; "Will Ana" begins a question."""
    said = folded(match[0])
    begins = not match.start() and said in words.words(language).get("small_words", "").split()
    return said in words.listed("also_names") and not begins


@cache
def _others(language: str) -> frozenset[str]:
    found = words.words(language)
    keys = ("stand_in", "covers", "absent", "back", "titles", "weekdays", "weekdays_short", "months")
    entries = [entry for key in (*keys, "organizations") for entry in found.get(key, ())]
    return frozenset(
        word
        for entry in [*entries, found.get("small_words", "")]
        for word in words_of(entry.replace("|", " "))
    )


def _arabic_names(sentence: str) -> list[tuple[int, int, str]]:
    """The words after each that leads to a name, up to one that cannot be of it."""
    return [
        (match.end(), match.end() + len(name), name)
        for match in _leads().finditer(folded(sentence))
        if (name := _arabic_name(sentence[match.end() :]))
    ]


def _arabic_name(text: str) -> str:
    """The first words, up to one that cannot be of a name."""
    out: list[str] = []
    last = 0
    for match in _ARABIC_WORD.finditer(text):
        said = folded(match[0])
        if text[last : match.start()].strip():
            break
        last = match.end()
        if said in words.listed("courtesy") and not out:
            continue
        if said in words.listed("name_stops") or said in _others("ar") or len(out) == MOST_ARABIC_WORDS:
            break
        out.append(match[0])
    return " ".join(out)


@cache
def _leads() -> re.Pattern[str]:
    """What stands before a name in a script without capitals."""
    return re.compile(rf"(?<!\w)و?{one_of(words.listed('name_leads'))} ")
