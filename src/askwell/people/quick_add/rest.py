"""The last look: which lines of a pasted text have a word that stands in no field and no note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.people.quick_add.words import LABELS, SIGN_OFF, SMALL, VERB
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = re.compile(r"\w+")
_JOINING_TEXT = """
i we just met spoke talked ran into with up had coffee lunch a an call chat dinner the at from of
who works for
chatted bumped habe ich getroffen kennengelernt kennen gelernt telefoniert gesprochen mit von bei
der dem beim arbeitet
ai je j rencontre avec croise discute parle fait connaissance chez de ho conosciuto incontrato
parlato con presso da
conoci hable me encontre reuni coincidi conheci falei com encontrei conversei no na em poznalem
poznalam spotkalem
spotkalam rozmawialem rozmawialam z w od mailto office ext from
"""
# Words that only join others in a jotted line, or say what kind of thing follows.
JOINING = frozenset(_JOINING_TEXT.split()) | SMALL | frozenset(re.findall(r"\w+", " ".join(LABELS)))
_JOINING_UNSPACED = re.compile(
    r"(?:さん|様|氏|に|と|が|を|の|は|お?会いし|会っ|会い|話し|た|ました|出会っ|で)+"
)


def lost(text: str, kept: tuple[str, ...]) -> Iterator[str]:
    """Give every line with a word that is in none of ``kept`` and joins nothing."""
    words = {word for one in kept for word in _RUN.findall(fold(one))}
    runs = sorted((fold(one) for one in kept if one), key=len, reverse=True)
    for line in text.split("\n"):
        folded = fold(line)
        if SIGN_OFF.match(folded) or SIGN_OFF.match(line):
            continue
        missing = [word for word in _RUN.findall(folded) if word not in words and word not in JOINING]
        if missing and not _covered(folded, runs, words):
            yield line.strip()


def _covered(folded: str, runs: list[str], words: set[str]) -> bool:
    """The same for scripts without spaces: what is kept is taken out, and what is left only joins."""
    left = folded
    for run in runs:
        left = left.replace(run, " ")
    left = VERB.sub(" ", left)
    return all(
        word in words or word in JOINING or _JOINING_UNSPACED.fullmatch(word) for word in _RUN.findall(left)
    )
