"""How far two values are from each other: five levels, by the kind of their field.

Theory of operation.  Equal hashes are equal values.  Else the letters two values have are compared as bits
first: an edit changes at most two of them, so that most pairs of strangers need no more.  What remains is
compared letter by letter (insertions, deletions, substitutions, neighbours turned), after what both begin and
end with is put aside.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from askwell.graph.compiled import compiled
from askwell.graph.same_person import fields as f
from askwell.graph.same_person.normalise import MOST_HINTS

FAR = 4  # edits that are not counted further
LONGEST = 48  # bytes whose edits are counted
SCRATCH = (3, LONGEST + 2)


@compiled
def bits(value: Any) -> Any:
    """Count the bits that are set."""
    value -= (value >> np.uint64(1)) & np.uint64(0x5555555555555555)
    value = (value & np.uint64(0x3333333333333333)) + (
        (value >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    value = (value + (value >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((value * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def edits(first: Any, second: Any, most: Any, scratch: Any) -> Any:
    """Count the edits between two values, ``FAR`` where there are more than ``most`` (3 at the highest).

    ``first`` and ``second`` are what is known of a value, and the bytes of its roster.
    """
    (x, one), (y, other) = first, second
    if abs(x.length - y.length) > most or bits(x.letters ^ y.letters) > 2 * most:
        return FAR
    begin_a, end_a, begin_b, end_b = x.start, x.start + x.length, y.start, y.start + y.length
    while begin_a < end_a and begin_b < end_b and one[begin_a] == other[begin_b]:
        begin_a, begin_b = begin_a + 1, begin_b + 1
    while begin_a < end_a and begin_b < end_b and one[end_a - 1] == other[end_b - 1]:
        end_a, end_b = end_a - 1, end_b - 1
    size_a, size_b = end_a - begin_a, end_b - begin_b
    if size_a == 0 or size_b == 0 or max(size_a, size_b) == 1:
        return max(size_a, size_b)
    if max(size_a, size_b) > LONGEST:
        return FAR
    return _table(one[begin_a:end_a], other[begin_b:end_b], scratch)


@compiled
def _table(a: Any, b: Any, scratch: Any) -> Any:
    before, last, now = 0, 1, 2
    for at in range(b.size + 1):
        scratch[last, at] = at
    for i in range(1, a.size + 1):
        scratch[now, 0] = least = i
        for j in range(1, b.size + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            found = min(scratch[last, j] + 1, scratch[now, j - 1] + 1, scratch[last, j - 1] + cost)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                found = min(found, scratch[before, j - 2] + 1)
            scratch[now, j] = found
            least = min(least, found)
        if least >= FAR:
            return FAR
        before, last, now = last, now, before
    return min(scratch[last, b.size], FAR)


@compiled
def _hints_shared(x: Any, y: Any) -> Any:
    """Count the hints two values share, and those of each."""
    shared, of_a, of_b = 0, 0, 0
    while of_b < MOST_HINTS and y.hints[of_b] != 0:
        of_b += 1
    while of_a < MOST_HINTS and x.hints[of_a] != 0:
        for j in range(of_b):
            if y.hints[j] == x.hints[of_a]:
                shared += 1
                break
        of_a += 1
    return shared, of_a, of_b


@compiled
def _hinted(x: Any, y: Any) -> Any:
    """Say whether the first hint of one, a name itself, is among those of the other."""
    first, second = x.hints[0], y.hints[0]
    for i in range(MOST_HINTS):
        if x.hints[i] == 0 and y.hints[i] == 0:
            return False
        if (first != 0 and first == y.hints[i]) or (second != 0 and second == x.hints[i]):
            return True
    return False


@compiled
def _begins_alike(x: Any, one: Any, y: Any, other: Any) -> Any:
    """Count how many bytes two values begin with in common."""
    size = min(x.length, y.length)
    for at in range(size):
        if one[x.start + at] != other[y.start + at]:
            return at
    return size


@compiled
def _name_level(x: Any, one: Any, y: Any, other: Any, scratch: Any) -> Any:
    """Compare two given or family names: initials, short forms, parts, slips."""
    short = min(x.length, y.length)
    begin = _begins_alike(x, one, y, other)
    if short == 1:
        return f.WEAK if begin == 1 else f.DIFFER
    if _hinted(x, y) or (begin > 1 and _hints_shared(x, y)[0] > 0):  # Kate and Katie, but not Jane and John
        return f.ALIAS
    far = edits((x, one), (y, other), 3 if short > 6 else 2, scratch)
    if far == 1 or (far == 2 and short > 5):
        return f.NEAR
    if (begin == short and short > 2) or begin > 3 or (far <= 2 and short > 3) or (far == 3 and short > 6):
        return f.WEAK
    return f.DIFFER


@compiled
def _words_level(x: Any, one: Any, y: Any, other: Any, scratch: Any) -> Any:
    """Compare two texts of words: a street, an organization, a title."""
    short = min(x.length, y.length)
    far = edits((x, one), (y, other), 3 if short > 12 else 2 if short > 6 else 1, scratch)
    if (far == 1 and short > 2) or (far <= 2 and short > 6) or (far <= 3 and short > 12):
        return f.NEAR
    shared, of_a, of_b = _hints_shared(x, y)
    if shared > 0 and shared == min(of_a, of_b) and (shared > 1 or max(of_a, of_b) < 3):
        return f.ALIAS
    if shared > 0 or _begins_alike(x, one, y, other) > 5:
        return f.WEAK
    return f.DIFFER


@compiled
def _code_level(x: Any, one: Any, y: Any, other: Any, scratch: Any) -> Any:
    """Compare two codes: an address, a number, a link."""
    if x.hints[0] != 0 and x.hints[0] == y.hints[0]:
        return f.ALIAS
    short = min(x.length, y.length)
    far = edits((x, one), (y, other), 2, scratch)
    if (far == 1 and short > 2) or (far == 2 and short > 11):
        return f.NEAR
    return f.WEAK if far == 2 and short > 4 else f.DIFFER


@compiled
def _place_code_level(x: Any, one: Any, y: Any, other: Any, scratch: Any) -> Any:
    """Compare two short codes: a postcode, a house."""
    short = min(x.length, y.length)
    if short > 1 and edits((x, one), (y, other), 1, scratch) == 1:
        return f.NEAR
    return (
        f.WEAK
        if _begins_alike(x, one, y, other) > 2 or (short == 1 and max(x.length, y.length) == 2)
        else f.DIFFER
    )


@compiled
def _year_level(x: Any, one: Any, y: Any, other: Any) -> Any:
    """Compare two years: one apart is near."""
    first, second = np.int64(0), np.int64(0)
    for at in range(x.start, x.start + x.length):
        first = first * 10 + np.int64(one[at]) - 48
    for at in range(y.start, y.start + y.length):
        second = second * 10 + np.int64(other[at]) - 48
    return f.NEAR if abs(first - second) == 1 else f.WEAK if abs(first - second) <= 2 else f.DIFFER


@compiled
def _day_level(x: Any, one: Any, y: Any, other: Any) -> Any:
    """Compare two days of eight digits: day and month turned, a digit off, the year not told."""
    if x.length != 8 or y.length != 8:
        return f.DIFFER
    off, first, last, swapped = 0, -1, -1, True
    for at in range(8):
        if one[x.start + at] != other[y.start + at]:
            off += 1
            first, last = at if first < 0 else first, at
        turned = at if at < 4 else 4 + (at - 2) % 4
        swapped = swapped and one[x.start + at] == other[y.start + turned]
    if swapped:
        return f.ALIAS
    if off == 1 or (off == 2 and last == first + 1 and _turned(one, x.start + first, other, y.start + first)):
        return f.NEAR
    if _untold(one, x.start) or _untold(other, y.start):
        return f.NEAR if last < 4 else f.DIFFER
    return f.WEAK if last < 4 or (first > 3 and off < 4) or off == 2 else f.DIFFER


@compiled
def _untold(day: Any, start: Any) -> Any:
    return day[start] == 48 and day[start + 1] == 48


@compiled
def _turned(one: Any, x: Any, other: Any, y: Any) -> Any:
    return one[x] == other[y + 1] and one[x + 1] == other[y]


@compiled
def _level(field: Any, x: Any, one: Any, y: Any, other: Any, scratch: Any) -> Any:
    """Compare two values of ``field``, each with the bytes of its roster."""
    if x.hash == 0 or y.hash == 0:
        return f.MISSING
    if x.hash == y.hash:
        return f.EXACT
    if field in (f.GIVEN, f.FAMILY, f.MIDDLE):
        return _name_level(x, one, y, other, scratch)
    if field == f.BIRTHDAY:
        return _day_level(x, one, y, other)
    if field in (f.EMAIL, f.PHONE, f.URL, f.NUMBER):
        return _code_level(x, one, y, other, scratch)
    if field in (f.STREET, f.LOCALITY, f.PLACE, f.ORGANIZATION, f.TITLE, f.SCHOOL):
        return _words_level(x, one, y, other, scratch)
    if field in (f.HOUSE, f.POSTCODE, f.REGION):
        return _place_code_level(x, one, y, other, scratch)
    return _year_level(x, one, y, other) if field == f.YEAR else f.DIFFER


@compiled
def levels(rosters: Any, pair: Any, work: Any) -> Any:
    """Fill the levels of two records, one of each roster, into ``work``; say if names are swapped."""
    (one, other), (i, j), (found, _parts, scratch) = rosters, pair, work
    for field in range(f.COUNT):
        a, b = one.rows[i, field], other.rows[j, field]
        found[field] = f.MISSING
        if a and b:
            found[field] = _level(field, one.values[a], one.data, other.values[b], other.data, scratch)
    if f.DIFFER <= found[f.STREET] < f.ALIAS and f.DIFFER <= found[f.LOCALITY] < f.ALIAS:
        _turn_lines(one, i, other, j, found, scratch)
    if found[f.GIVEN] >= f.NEAR or found[f.FAMILY] >= f.NEAR:
        return False
    return _swapped(one, i, other, j, found, scratch)


@compiled
def _turn_lines(one: Any, i: Any, other: Any, j: Any, found: Any, scratch: Any) -> Any:
    """Know the two lines of an address again where one record has them the other way round."""
    street, line = one.values[one.rows[i, f.STREET]], one.values[one.rows[i, f.LOCALITY]]
    other_street, other_line = other.values[other.rows[j, f.STREET]], other.values[other.rows[j, f.LOCALITY]]
    first = _level(f.STREET, street, one.data, other_line, other.data, scratch)
    second = _level(f.STREET, line, one.data, other_street, other.data, scratch)
    if min(first, second) >= f.NEAR:
        found[f.STREET], found[f.LOCALITY] = f.ALIAS, f.ALIAS


@compiled
def _swapped(one: Any, i: Any, other: Any, j: Any, found: Any, scratch: Any) -> Any:
    """Read the names of one record the other way round, where that agrees better."""
    given, family = one.values[one.rows[i, f.GIVEN]], one.values[one.rows[i, f.FAMILY]]
    other_given, other_family = other.values[other.rows[j, f.GIVEN]], other.values[other.rows[j, f.FAMILY]]
    first = _level(f.GIVEN, given, one.data, other_family, other.data, scratch)
    if first in (f.MISSING, f.DIFFER, f.WEAK):
        return False
    second = _level(f.FAMILY, family, one.data, other_given, other.data, scratch)
    straight = max(found[f.GIVEN], 0) + max(found[f.FAMILY], 0)
    if max(first, second) < f.NEAR or second in (f.DIFFER, f.WEAK) or first + second <= straight:
        return False
    found[f.GIVEN], found[f.FAMILY] = first, second
    return True
