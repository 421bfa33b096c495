"""The compiled loops of the index of profiles: cutting texts, posting words, ranking what is found.

Theory of operation. ``cut`` reads the letters of all fields of one profile after the other and numbers
each word when it first meets it, by a table of hashes; what a table finds is compared letter by letter, so
that no two words are ever one. ``post`` turns the words of each profile into the profiles of each word.
``holding`` goes through candidates in order and looks each word up, in a row of bytes where most profiles
have one, else by a cursor that doubles its step; ``summing`` adds up all words of a stretch of profiles
that fits a cache. Scores are whole numbers; of equal ones the first profile stands first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from askwell.graph.compiled import compiled, uncompiled

LONGEST = 80  # bytes of a word
SOFT = 6.0  # at which weight a word says half of what it can
MEAN_LENGTH = 0.4  # how much of that rests on how long a profile is
FULL = 255
_BLOCK = 1 << 15
_FIRST = 1 << 12  # words there is room for at first
_APOSTROPHE, _DOT = 39, 46
_WORTH_COMPILING = 1000  # profiles


def fitting(loop: Any, profiles: int) -> Any:
    """Give the loop for so many profiles: for few it is not worth waiting till it is compiled."""
    return loop if profiles >= _WORTH_COMPILING else uncompiled(loop)


def _lower() -> Any:
    """Give for each byte the lower-case letter, or 0 where it is no part of a word."""
    letters = np.zeros(256, np.uint8)
    for code in range(256):
        if code >= 128 or chr(code).isalnum() or chr(code) == "_":
            letters[code] = code + 32 if 65 <= code <= 90 else code
    return letters


LOWER = _lower()


@compiled
def _placed(hashes: Any, known: Any, size: Any) -> Any:
    """Lay out a table of ``size`` (a power of two) for the words known."""
    table = np.full(size, -1, np.int32)
    for word in range(known):
        slot = hashes[word] & np.uint64(size - 1)
        while table[slot] >= 0:
            slot = (slot + np.uint64(1)) & np.uint64(size - 1)
        table[slot] = word
    return table


def cut(letters: Any, bounds: Any, weights: Any) -> Any:
    """Give the words of each profile, how much each weighs in it, and how the words are spelled.

    The text of field ``f`` of profile ``p`` is ``letters[bounds[f, p]:bounds[f, p + 1]]``.
    """
    fields, count = bounds.shape[0], bounds.shape[1] - 1
    most = (len(letters) + fields * count) // 2 + 1
    words, weighs = np.empty(most, np.int32), np.empty(most, np.uint8)
    starts, lengths = np.zeros(count + 1, np.int64), np.zeros(count, np.int32)
    hashes: Any = np.zeros(_FIRST, np.uint64)
    ends: Any = np.zeros(_FIRST, np.int64)
    seen: Any = np.full(_FIRST, -1, np.int64)  # where this profile holds a word; less than its start: nowhere
    spelled = np.zeros(16 * _FIRST, np.uint8)
    profile, filled, known, work = 0, 0, 0, max(count, len(letters) // 100)
    with np.errstate(over="ignore"):  # of hashes, where the loop is not compiled
        while True:
            table = fitting(_placed, work)(hashes, known, 4 * len(hashes))
            profile, filled, known = fitting(_cut_on, work)(
                letters, bounds, weights, profile, filled, known,
                table, hashes, ends, seen, spelled, words, weighs, starts, lengths,
            )  # fmt: skip
            if profile == count:
                break
            need = int((bounds[:, profile + 1] - bounds[:, profile]).sum())
            size = 2 * len(hashes)
            while size < known + need + fields:
                size *= 2
            hashes, ends, seen = (np.resize(array, size) for array in (hashes, ends, seen))
            seen[known:] = -1
            spelled = np.resize(spelled, 2 * len(spelled) + need)
    last = int(ends[known - 1]) if known else 0
    return words[:filled], weighs[:filled], starts, lengths, spelled[:last], ends[:known]


@compiled
def _cut_on(
    letters: Any,
    bounds: Any,
    weights: Any,
    first: Any,
    filled: Any,
    known: Any,
    table: Any,
    hashes: Any,
    ends: Any,
    seen: Any,
    spelled: Any,
    words: Any,
    weighs: Any,
    starts: Any,
    lengths: Any,
) -> Any:
    """Cut from profile ``first`` on, up to one that there may be no room for; gives it, and the counts.

    An array that grew within the loop would make every word six times as slow.
    """
    fields, count = bounds.shape[0], bounds.shape[1] - 1
    word = np.zeros(LONGEST, np.uint8)
    for profile in range(first, count):
        starts[profile] = filled
        need = 0
        for field in range(fields):
            need += bounds[field, profile + 1] - bounds[field, profile]
        used = ends[known - 1] if known else 0
        if known + need + fields > len(hashes) or used + need > len(spelled):
            return profile, filled, known
        for field in range(fields):
            at, end = bounds[field, profile], bounds[field, profile + 1]
            size, hashed = 0, np.uint64(14695981039346656037)
            while at <= end:
                letter = LOWER[letters[at]] if at < end else np.uint8(0)
                if letter:
                    if size < LONGEST:
                        word[size] = letter
                        size += 1
                        hashed = (hashed ^ np.uint64(letter)) * np.uint64(1099511628211)
                    at += 1
                    continue
                if size and at + 1 < end and (letters[at] == _APOSTROPHE or letters[at] == _DOT):
                    if LOWER[letters[at + 1]]:
                        at += 1  # O'Brien, U.S.A.: one word
                        continue
                if size:
                    hashed ^= hashed >> np.uint64(29)
                    slot = hashed & np.uint64(len(table) - 1)
                    found = -1
                    while table[slot] >= 0:
                        held = table[slot]
                        if hashes[held] == hashed:
                            begin = ends[held - 1] if held else 0
                            step = size if ends[held] - begin == size else -1
                            while step > 0 and word[step - 1] == spelled[begin + step - 1]:
                                step -= 1
                            if step == 0:
                                found = held
                                break
                        slot = (slot + np.uint64(1)) & np.uint64(len(table) - 1)
                    if found < 0:
                        begin = ends[known - 1] if known else 0
                        for step in range(size):
                            spelled[begin + step] = word[step]
                        found = known
                        hashes[known] = hashed
                        ends[known] = begin + size
                        table[slot] = known
                        known += 1
                    if seen[found] < starts[profile]:
                        seen[found] = filled
                        words[filled] = found
                        weighs[filled] = weights[field]
                        filled += 1
                    else:
                        place = seen[found]
                        weighs[place] = min(FULL, weighs[place] + weights[field])
                    lengths[profile] += 1
                    size, hashed = 0, np.uint64(14695981039346656037)
                at += 1
    starts[count] = filled
    return count, filled, known


@compiled
def post(words: Any, weighs: Any, starts: Any, lengths: Any, place: Any) -> Any:
    """Give for each word the profiles that hold it, in order, and how much it says of each (1 to 255).

    ``place`` is the number each word gets.
    """
    begins = np.zeros(len(place) + 1, np.int64)
    for word in words:
        begins[place[word] + 1] += 1
    for word in range(len(place)):
        begins[word + 1] += begins[word]
    free = begins[:-1].copy()
    profiles, impacts = np.empty(len(words), np.int32), np.empty(len(words), np.uint8)
    mean = max(1.0, lengths.sum() / max(1, len(lengths)))
    for profile in range(len(lengths)):
        half = SOFT * (1 - MEAN_LENGTH + MEAN_LENGTH * lengths[profile] / mean)
        for at in range(starts[profile], starts[profile + 1]):
            to = free[place[words[at]]]
            free[place[words[at]]] += 1
            profiles[to] = profile
            impacts[to] = max(1, int(FULL * int(weighs[at]) / (int(weighs[at]) + half)))
    return begins, profiles, impacts


@compiled
def raise_row(row: Any, profiles: Any, impacts: Any) -> Any:
    """Let a row of bytes say as much of these profiles as ``impacts`` do."""
    for at in range(len(profiles)):
        row[profiles[at]] = max(row[profiles[at]], impacts[at])


@compiled
def passes(profile: Any, columns: Any, allowed: Any, codes: Any) -> Any:
    """Say whether the codes of a profile are allowed in each of these columns."""
    for at in range(len(columns)):
        if not allowed[at, codes[columns[at], profile]]:
            return False
    return True


@compiled
def _enter(scores: Any, found: Any, score: Any, profile: Any) -> Any:
    """Put a profile in its place among the best; of equals, who came first stays first."""
    at = len(scores) - 1
    while at > 0 and scores[at - 1] < score:
        scores[at], found[at] = scores[at - 1], found[at - 1]
        at -= 1
    scores[at], found[at] = score, profile


@compiled
def _advance(profiles: Any, cursor: Any, end: Any, profile: Any) -> Any:
    """Give the first place from ``cursor`` on that holds this profile or a later one."""
    step = 1
    while cursor + step < end and profiles[cursor + step] < profile:
        cursor += step
        step *= 2
    last = min(end, cursor + step + 1)
    while cursor < last:
        middle = (cursor + last) // 2
        if profiles[middle] < profile:
            cursor = middle + 1
        else:
            last = middle
    return cursor


@compiled
def holding(
    candidates: Any,
    spans: Any,
    rows: Any,
    rarities: Any,
    profiles: Any,
    impacts: Any,
    dense: Any,
    own: Any,
    columns: Any,
    allowed: Any,
    codes: Any,
    every: Any,
    top: Any,
) -> Any:
    """Rank candidates, in order, by the words they hold: ``every`` one of them, or any.

    A word is a row of ``dense`` and, below these, of ``own``; where its row is below 0, the ``spans`` of
    ``profiles`` and ``impacts``.
    """
    scores, found = np.zeros(top, np.int64), np.full(top, -1, np.int32)
    cursors = spans[:, 0].copy()
    for profile in candidates:
        if not passes(profile, columns, allowed, codes):
            continue
        score, missing = np.int64(0), 0
        for word in range(len(rows)):
            says = 0
            if rows[word] >= 0:
                row = rows[word]
                says = int(dense[row, profile] if row < len(dense) else own[row - len(dense), profile])
            else:
                cursors[word] = _advance(profiles, cursors[word], spans[word, 1], profile)
                if cursors[word] < spans[word, 1] and profiles[cursors[word]] == profile:
                    says = int(impacts[cursors[word]])
            if not says:
                missing += 1
                if every:
                    break
            score += rarities[word] * says
        if missing and (every or missing == len(rows)):
            continue
        if found[top - 1] < 0 or score > scores[top - 1]:
            _enter(scores, found, max(score, 1), profile)
    return scores, found


@compiled
def summing(
    count: Any,
    spans: Any,
    rows: Any,
    rarities: Any,
    profiles: Any,
    impacts: Any,
    dense: Any,
    own: Any,
    columns: Any,
    allowed: Any,
    codes: Any,
    top: Any,
) -> Any:
    """Rank all profiles by the words they hold, a stretch at a time."""
    scores, found = np.zeros(top, np.int64), np.full(top, -1, np.int32)
    cursors = spans[:, 0].copy()
    sums = np.zeros(_BLOCK, np.int32)
    for first in range(0, count, _BLOCK):
        last = min(count, first + _BLOCK)
        sums[:] = 0
        for word in range(len(rows)):
            rarity = np.int32(rarities[word])
            if rows[word] >= 0:
                rank = rows[word]
                row = dense[rank, first:last] if rank < len(dense) else own[rank - len(dense), first:last]
                for at in range(last - first):
                    sums[at] += rarity * np.int32(row[at])
            else:
                cursor, end = cursors[word], spans[word, 1]
                while cursor < end and profiles[cursor] < last:
                    sums[profiles[cursor] - first] += rarity * np.int32(impacts[cursor])
                    cursor += 1
                cursors[word] = cursor
        for at in range(last - first):
            if sums[at] > scores[top - 1] and passes(first + at, columns, allowed, codes):
                _enter(scores, found, sums[at], first + at)
    return scores, found


@compiled
def _product(vectors: Any, at: Any, asked: Any) -> Any:
    total = np.int32(0)
    for step in range(len(asked)):
        total += np.int32(vectors[at, step]) * np.int32(asked[step])
    return total


@compiled
def nearest(
    places: Any,
    owners: Any,
    vectors: Any,
    asked: Any,
    least: Any,
    columns: Any,
    allowed: Any,
    codes: Any,
    top: Any,
) -> Any:
    """Rank profiles by how near their vectors, at these places, are to what is asked: ``least`` at least."""
    scores, found = np.zeros(top, np.int64), np.full(top, -1, np.int32)
    for at in range(len(places)):
        for place in range(places[at, 0], places[at, 1]):
            score = _product(vectors, place, asked)
            if score < least or score < scores[top - 1]:
                continue
            profile = owners[place]
            if score == scores[top - 1] and profile > found[top - 1] >= 0:
                continue
            if passes(profile, columns, allowed, codes):
                _enter_by_place(scores, found, score, profile)
    return scores, found


@compiled
def _enter_by_place(scores: Any, found: Any, score: Any, profile: Any) -> Any:
    """Put a profile in its place among the best, those of equal score in order."""
    at = len(scores) - 1
    while at > 0 and (scores[at - 1] < score or (scores[at - 1] == score and found[at - 1] > profile)):
        scores[at], found[at] = scores[at - 1], found[at - 1]
        at -= 1
    scores[at], found[at] = score, profile


@compiled
def mean(words: Any, weighs: Any, starts: Any, steps: Any, scales: Any, rows: Any) -> Any:
    """Give the vector of what each profile's title means, of length 127, and whether it means anything.

    ``rows[word]`` is the word's row of ``steps``, -1 for none.
    """
    count, size = len(starts) - 1, steps.shape[1]
    vectors, means = np.zeros((count, size), np.int8), np.zeros(count, np.bool_)
    total = np.zeros(size, np.float32)
    for profile in range(count):
        total[:] = 0
        for at in range(starts[profile], starts[profile + 1]):
            row = rows[words[at]]
            if row >= 0:
                weigh = np.float32((1 + np.log(weighs[at])) * scales[row])
                for step in range(size):
                    total[step] += weigh * steps[row, step]
        length = np.sqrt((total * total).sum())
        if length > 0:
            means[profile] = True
            for step in range(size):
                vectors[profile, step] = np.int8(np.rint(127 * total[step] / length))
    return vectors, means
