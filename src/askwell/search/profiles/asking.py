"""Questions to an index of profiles: words, filters and meaning, with what matched.

Theory of operation. Each word that is asked is a word of the index, or stands for several: the beginning
of words, for the last one while it is typed, or the words it was mistaken for, where the index has no such
word. Whoever holds every word is ranked by how much the words tell of them; where nobody does, whoever
holds any. Beside them stand those whose title means what is asked. The two lists are joined by their ranks
(``1 / (60 + rank)``, each list as much as the other), so that who is in both comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from askwell.search.profiles import loops
from askwell.search.profiles.index import rarity
from askwell.search.profiles.meanings import LEAST, LONG, ONE_BY_ONE, asked_meaning, in_steps
from askwell.search.profiles.texts import asked_words
from askwell.search.slips import mistaken_for
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from askwell.search.profiles.index import Profiles

MOST_WORDS = 16
_JOINED = 60.0
_RANKED = 100  # of each list, before they are joined
_NARROW = 8  # where a filter leaves less than one in so many, its profiles are gone through one by one
_SHORTEST_BEGINNING = 2
_MOST_SLIPS = 2
_NAMED = 64  # words a beginning stands for that are looked at to say which one it was


class Found(NamedTuple):
    """One profile: which, how good (more is better), the words it holds, how alike its title is, or 0."""

    row: int
    score: float
    words: tuple[str, ...]
    likeness: float


class _Word(NamedTuple):
    """What one asked word stands for: stretches of words (first, last) of the index."""

    stretches: tuple[tuple[int, int], ...]

    @property
    def single(self) -> bool:
        return len(self.stretches) == 1 and self.stretches[0][1] - self.stretches[0][0] == 1


class _Terms(NamedTuple):
    """Words as the loops take them."""

    spans: Any
    rows: Any
    rarities: Any
    own: Any


class _Filter(NamedTuple):
    columns: Any
    allowed: Any
    codes: Any


def ask(
    index: Profiles,
    text: str,
    *,
    where: Mapping[str, Sequence[str]] | None = None,
    top: int = 20,
    typing: bool = False,
    meaning: bool = True,
) -> list[Found]:
    """Give the best profiles for words, among those with one of the values asked of each column.

    ``typing``: the last word may be the beginning of one.  Raises KeyError for a column that is no filter.
    """
    chosen = _filter(index, where or {})
    asked = list(asked_words(text))[:MOST_WORDS]
    last = _begun(index, asked[-1]) if typing and asked else None
    words = [_word(index, word) for word in (asked[:-1] if last else asked)] + ([last] if last else [])
    candidates = _candidates(index, where or {})
    most = max(top, _RANKED)
    by_words = _by_words(index, words, chosen, candidates, most) if words or candidates is not None else []
    by_meaning = _by_meaning(index, text, chosen, candidates, most) if meaning else {}
    joined = _joined([row for row, _score in by_words], list(by_meaning))[:top]
    held = _held(index, words, np.array([row for row, _score in joined], np.int32))
    return [
        Found(row, score, tuple(filter(None, said)), by_meaning.get(row, 0.0))
        for (row, score), said in zip(joined, held, strict=True)
    ]


def _joined(*lists: Sequence[int]) -> list[tuple[int, float]]:
    scores: dict[int, float] = {}
    for ranked in lists:
        for rank, row in enumerate(ranked, 1):
            scores[row] = scores.get(row, 0.0) + 1 / (_JOINED + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _filter(index: Profiles, where: Mapping[str, Sequence[str]]) -> _Filter:
    names = list(index.values)
    columns = np.array([names.index(name) if name in names else _unknown(name) for name in where], np.int64)
    most = max((len(index.values[name]) for name in where), default=1)
    allowed = np.zeros((len(where), max(1, most)), np.bool_)
    for row, (name, values) in enumerate(where.items()):
        allowed[row, _codes(index, name, values)] = True
    return _Filter(columns, allowed, index.codes)


def _unknown(name: str) -> int:
    raise KeyError(name)


def _codes(index: Profiles, name: str, values: Sequence[str]) -> list[int]:
    known = index.values[name]
    return [known.index(folded) for folded in dict.fromkeys(map(fold, values)) if folded in known]


def _candidates(index: Profiles, where: Mapping[str, Sequence[str]]) -> Any | None:
    """Give the profiles of the narrowest filter, in order; None for no filter."""
    found = None
    for name, values in where.items():
        column = list(index.values).index(name)
        first = sum(len(each) for each in list(index.values.values())[:column])
        spans = [index.value_begins[first + code : first + code + 2] for code in _codes(index, name, values)]
        size = sum(int(end - begin) for begin, end in spans)
        if found is None or size < len(found):
            parts = [index.in_order[begin:end] for begin, end in spans]
            one = parts[0] if len(parts) == 1 else np.sort(np.concatenate([np.zeros(0, np.int32), *parts]))
            found = one
    return found


def _word(index: Profiles, word: bytes) -> _Word:
    """Give the word of the index, or those it was mistaken for; none where there are none."""
    at = index.words.first_from(word)
    if at < len(index.words.ends) and index.words.raw(at) == word:
        return _Word(((at, at + 1),))
    text = word.decode("utf-8", "replace")
    first = text[:1].encode()
    begin, end = index.words.first_from(first), index.words.first_from(first + b"\xff")
    near = [at for at in range(begin, end) if abs(_length(index, at) - len(word)) <= _MOST_SLIPS]
    meant = set(mistaken_for(text, [index.words.text(at) for at in near]))
    return _Word(tuple((at, at + 1) for at in near if index.words.text(at) in meant))


def _length(index: Profiles, at: int) -> int:
    return int(index.words.ends[at] - (index.words.ends[at - 1] if at else 0))


def _begun(index: Profiles, word: bytes) -> _Word | None:
    """Give all words that begin so; None where that says too little, or there are none."""
    if len(word) < _SHORTEST_BEGINNING:
        return None
    begin, end = index.words.first_from(word), index.words.first_from(word + b"\xff")
    return _Word(((begin, end),)) if end > begin else None


def _terms(index: Profiles, words: Sequence[_Word]) -> _Terms:
    """Lay the words out for the loops; one that stands for several becomes a row of its own."""
    spans = np.zeros((len(words), 2), np.int64)
    rows, rarities = np.full(len(words), -1, np.int32), np.zeros(len(words), np.int32)
    own: list[Any] = []
    for at, word in enumerate(words):
        if word.single:
            number = word.stretches[0][0]
            spans[at] = index.begins[number], index.begins[number + 1]
            rows[at], rarities[at] = index.rows[number], index.rarities[number]
            continue
        row, held = np.zeros(index.count, np.uint8), 0
        for first, last in word.stretches:
            span = slice(index.begins[first], index.begins[last])
            loops.fitting(loops.raise_row, index.count)(row, index.profiles[span], index.impacts[span])
            held += span.stop - span.start
        rows[at], rarities[at] = len(index.dense) + len(own), rarity(min(held, index.count), index.count)
        own.append(row)
    return _Terms(spans, rows, rarities, np.array(own or np.zeros((0, index.count)), np.uint8))


def _by_words(
    index: Profiles, words: Sequence[_Word], chosen: _Filter, candidates: Any | None, top: int
) -> list[tuple[int, int]]:
    terms = _terms(index, words)
    postings = (index.profiles, index.impacts, index.dense, terms.own)
    told = (terms.spans, terms.rows, terms.rarities, *postings, *chosen)
    scores, found = loops.fitting(loops.holding, index.count)(
        _rarest(index, terms, words, candidates), *told, True, top
    )
    if found[0] < 0 and len(words) > 1:
        if candidates is not None and len(candidates) * _NARROW < index.count:
            scores, found = loops.fitting(loops.holding, index.count)(candidates, *told, False, top)
        else:
            scores, found = loops.fitting(loops.summing, index.count)(index.count, *told, top)
    return [(int(row), int(score)) for row, score in zip(found, scores, strict=True) if row >= 0]


def _rarest(index: Profiles, terms: _Terms, words: Sequence[_Word], candidates: Any | None) -> Any:
    """Give the shortest list, in order, that holds whoever holds every word."""
    best = candidates
    for at, word in enumerate(words):
        if word.single:
            span = slice(*terms.spans[at])
            if best is None or span.stop - span.start < len(best):
                best = index.profiles[span]
    if best is None:
        best = np.flatnonzero(terms.own[0]).astype(np.int32)
    return best


def _by_meaning(
    index: Profiles, text: str, chosen: _Filter, candidates: Any | None, top: int
) -> dict[int, float]:
    """Give row -> likeness of those whose title means what is asked, nearest first."""
    asked = asked_meaning(text)
    held = index.meanings
    if asked is None or not len(held.owners):
        return {}
    if candidates is not None and len(candidates) <= ONE_BY_ONE:
        spans = held.spans_of(candidates)
    else:
        spans = held.spans(asked)
    least = round(LEAST * LONG * LONG)
    scores, found = loops.fitting(loops.nearest, index.count)(
        spans, held.owners, held.vectors, in_steps(asked), least, *chosen, top
    )
    near = zip(found.tolist(), scores.tolist(), strict=True)
    return {row: round(score / LONG / LONG, 3) for row, score in near if row >= 0}


def _held(index: Profiles, words: Sequence[_Word], rows: Any) -> list[list[str]]:
    """Give for each profile the word of the index that each asked word found in it, or nothing."""
    found = [[""] * len(words) for _row in rows]
    for at, word in enumerate(words):
        left = np.ones(len(rows), np.bool_)
        for number in (n for first, last in word.stretches for n in range(first, min(last, first + _NAMED))):
            held = _holds(index, number, rows) & left
            for place in np.flatnonzero(held).tolist():
                found[place][at] = index.words.text(number)
            left &= ~held
    return found


def _holds(index: Profiles, word: int, rows: Any) -> Any:
    if index.rows[word] >= 0:
        return index.dense[index.rows[word], rows] > 0
    span = index.profiles[index.begins[word] : index.begins[word + 1]]
    places = np.minimum(np.searchsorted(span, rows), len(span) - 1)
    return span[places] == rows
