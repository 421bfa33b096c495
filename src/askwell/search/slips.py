"""Words that a slip of the hand may have been meant for.

Theory of operation.  A slip is one letter too many, too few or another, or two letters that changed places
(the distance of Damerau and Levenshtein without overlaps).  Short words have none: of three letters, one
slip leads to half the alphabet.  What is typed may be the beginning of a word still: it is measured against
the beginnings of the word, too, and the nearest come first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LENGTHS = ((4, 1), (8, 2))  # from so many letters on, so many slips
_MOST = 50


def mistaken_for(word: str, terms: Iterable[str]) -> list[str]:
    """Give those of ``terms`` that ``word`` may have been meant for, the nearest first, fifty at most."""
    from rapidfuzz.distance import OSA

    slips = max((count for length, count in _LENGTHS if len(word) >= length), default=0)
    if not slips:
        return []
    found = []
    for term in terms:
        if len(term) < len(word) - slips:
            continue
        begun = (term[: len(word) + more] for more in {*range(-slips, slips + 1), len(term) - len(word)})
        nearest = min(OSA.distance(word, part, score_cutoff=slips) for part in begun)
        if nearest <= slips:
            found.append((nearest, abs(len(term) - len(word)), term))
    return [term for _slips, _length, term in sorted(found)[:_MOST]]
