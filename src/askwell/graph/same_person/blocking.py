"""Which records are compared at all: those that share a key, and no block may grow without bound.

Theory of operation.  A record has a key for every rule it has the fields for: an address, a number, what its
names sound like with a birthday or a place, and so on.  Each rule is a column of 64-bit keys.  Records of one
key are a block; all its pairs are compared while it is small.  In a larger one (everybody born on one day, a
million Smiths) records are put in order of everything else that is known and only neighbours are compared, so
that the work stays within a constant times the number of records.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.graph.compiled import compiled
from askwell.graph.same_person import fields as f
from askwell.graph.same_person.cells import mixed

if TYPE_CHECKING:
    from askwell.graph.same_person.rosters import Roster

MOST_IN_BLOCK = 24
NEIGHBOURS = 4
THREADS = 2
_GIVEN, _FAMILY, _NAMES, _INITIALS = range(100, 104)  # sounds of names; both in either order
# Each rule: values of fields (or names by sound) that must all be alike.
_RULES: tuple[tuple[int, ...], ...] = (
    (f.EMAIL,),
    (f.PHONE,),
    (f.URL,),
    (f.NUMBER,),
    (_NAMES,),
    (f.BIRTHDAY, _INITIALS),
    (f.BIRTHDAY, f.POSTCODE),
    (f.BIRTHDAY, f.PLACE),
    (f.BIRTHDAY, _GIVEN),
    (f.BIRTHDAY, _FAMILY),
    (_FAMILY, f.POSTCODE),
    (_GIVEN, f.POSTCODE),
    (_FAMILY, f.PLACE),
    (_GIVEN, f.PLACE),
    (_GIVEN, f.STREET),
    (_FAMILY, f.STREET),
    (f.STREET, f.HOUSE),
    (f.STREET, f.POSTCODE),
    (f.STREET, f.LOCALITY),
    (_FAMILY, f.ORGANIZATION),
    (_GIVEN, f.ORGANIZATION),
    (_FAMILY, f.SCHOOL, f.YEAR),
    (_GIVEN, f.SCHOOL, f.YEAR),
    (_FAMILY, f.TITLE),
    (f.ORGANIZATION, f.TITLE, f.PLACE),
)
LOCAL = len(_RULES)  # one more: what stands before the @ of an address, and of a number its tail
TAIL = LOCAL + 1
RULES = LOCAL + 2


@compiled
def _atom(roster: Any, row: Any, part: Any) -> Any:
    if part < 100:
        return roster.values[roster.rows[row, part]].hash
    given = np.uint64(roster.values[roster.rows[row, 0]].sound)
    family = np.uint64(roster.values[roster.rows[row, 1]].sound)
    if part == 100:
        return given
    if part == 101:
        return family
    if part == 103:
        given, family = _initial(roster, row, 0), _initial(roster, row, 1)
    if given == 0 or family == 0:
        return np.uint64(0)
    return mixed(min(given, family)) ^ max(given, family)


@compiled
def _initial(roster: Any, row: Any, field: Any) -> Any:
    value = roster.values[roster.rows[row, field]]
    return np.uint64(roster.data[value.start]) if value.size else np.uint64(0)


@compiled
def _key(roster: Any, row: Any, parts: Any) -> Any:
    key = np.uint64(parts.size)
    for part in parts:
        atom = _atom(roster, row, part)
        if atom == 0:
            return np.uint64(0)
        key = mixed(key + atom * np.uint64(3) + np.uint64(part))
    return key | np.uint64(1)


@compiled
def keys_of_rule(roster: Any, parts: Any) -> Any:
    """Give every record's key by one rule, 0 where it has none."""
    keys = np.zeros(len(roster.rows), np.uint64)
    for row in range(keys.size):
        keys[row] = _key(roster, row, parts)
    return keys


@compiled
def keys_of_hint(roster: Any, field: Any) -> Any:
    """Give every record's key by the first hint of a field."""
    keys = np.zeros(len(roster.rows), np.uint64)
    for row in range(keys.size):
        hint = roster.values[roster.rows[row, field]].hints[0]
        keys[row] = mixed(np.uint64(hint) + np.uint64(field) << np.uint64(40)) | np.uint64(1) if hint else 0
    return keys


def keys_by_rule(roster: Roster) -> dict[int, Any]:
    """Give the columns of keys of the rules that apply to this roster at all."""
    told = roster.rows.any(axis=0)
    has = {*np.flatnonzero(told).tolist()}
    has |= {_GIVEN} if f.GIVEN in has else set()
    has |= {_FAMILY} if f.FAMILY in has else set()
    has |= {_NAMES, _INITIALS} if {_GIVEN, _FAMILY} <= has else set()
    found = {n: np.array(parts) for n, parts in enumerate(_RULES) if has.issuperset(parts)}
    with ThreadPoolExecutor(THREADS) as threads:
        keys = dict(
            zip(found, threads.map(lambda parts: keys_of_rule(roster, parts), found.values()), strict=True)
        )
    keys |= {LOCAL: keys_of_hint(roster, f.EMAIL)} if f.EMAIL in has else {}
    return keys | ({TAIL: keys_of_hint(roster, f.PHONE)} if f.PHONE in has else {})


@compiled
def _in_blocks(keys: Any, alike: Any) -> Any:
    """Give the records that have a key, those of one key together, else in the order of ``alike``."""
    size = 1024
    while size < keys.size:
        size *= 2
    mask = np.uint64(size - 1)
    counts = np.zeros(size + 1, np.int64)
    for key in keys:
        if key:
            counts[np.int64((key >> np.uint64(9)) & mask) + 1] += 1
    for at in range(size):
        counts[at + 1] += counts[at]
    order, ends = np.empty(counts[size], np.int32), counts[:size].copy()
    for row in alike:
        if keys[row]:
            slot = np.int64((keys[row] >> np.uint64(9)) & mask)
            order[ends[slot]] = row
            ends[slot] += 1
    for begin, end in zip(counts[:-1], counts[1:]):  # noqa: B905, RUF007 - compiled
        _settle(keys, order, begin, end)
    return order


@compiled
def _settle(keys: Any, order: Any, begin: Any, end: Any) -> Any:
    """Put the records of one slot in order of their keys, where they are not all of one."""
    alike = True
    for at in range(begin + 1, end):
        alike = alike and keys[order[at]] == keys[order[begin]]
    if alike:
        return
    gap = 1
    while gap < end - begin:
        gap = gap * 3 + 1
    while gap:
        for at in range(begin + gap, end):
            row, place = order[at], at
            while place >= begin + gap and keys[order[place - gap]] > keys[row]:
                order[place] = order[place - gap]
                place -= gap
            order[place] = row
        gap //= 3


@compiled
def _end_of_block(keys: Any, order: Any, begin: Any) -> Any:
    end = begin + 1
    while end < order.size and keys[order[end]] == keys[order[begin]]:
        end += 1
    return end


@compiled
def _count(keys: Any, order: Any) -> Any:
    """Count the pairs of a rule, and say where large blocks begin."""
    pairs, begin = 0, 0
    large = np.zeros(order.size + 1, np.bool_)
    while begin < order.size:
        end = _end_of_block(keys, order, begin)
        size = end - begin
        if size <= MOST_IN_BLOCK:
            pairs += size * (size - 1) // 2
        else:
            pairs += size * NEIGHBOURS
            large[begin] = True
        begin = end
    return pairs, large


@compiled
def _found_before(keys: Any, rule: Any, i: Any, j: Any) -> Any:
    for earlier in range(rule):  # noqa: SIM110 - compiled, where a generator is slow
        if keys[i, earlier] != 0 and keys[i, earlier] == keys[j, earlier]:
            return True
    return False


@compiled
def _fill(own: Any, order: Any, keys: Any, rule: Any, large: Any, out: Any) -> Any:
    """Write down the pairs of a rule that no earlier rule has."""
    at, begin = 0, 0
    while begin < order.size:
        end = _end_of_block(own, order, begin)
        for x in range(begin, end):
            last = min(end, x + NEIGHBOURS + 1) if large[begin] else end
            for y in range(x + 1, last):
                i, j = min(order[x], order[y]), max(order[x], order[y])
                if not _found_before(keys, rule, i, j):
                    out[at, 0], out[at, 1] = i, j
                    at += 1
        begin = end
    return at


@compiled
def _without_large(own: Any, order: Any, large: Any, keys: Any, rule: Any) -> Any:
    """Keep only the keys of small blocks: a pair of a large one may not have been compared there."""
    begin = 0
    while begin < order.size:
        end = _end_of_block(own, order, begin)
        if not large[begin]:
            for at in range(begin, end):
                keys[order[at], rule] = own[order[at]]
        begin = end


@compiled
def likeness_of(roster: Any) -> Any:
    """Give a number of each record that is equal or near where names and then everything else agree."""
    found = np.zeros(len(roster.rows), np.uint64)
    for row in range(found.size):
        names = mixed(
            roster.values[roster.rows[row, 0]].hash + np.uint64(5) * roster.values[roster.rows[row, 1]].hash
        )
        rest = np.uint64(0)
        for field in range(3, COUNT):
            rest = mixed(rest + roster.values[roster.rows[row, field]].hash)
        found[row] = (names & np.uint64(0xFFFFFFFF00000000)) | (rest >> np.uint64(32))
    return found


COUNT = f.COUNT


def pairs_of(roster: Roster) -> Any:
    """Give the pairs to compare, each once or seldom twice: record numbers, the smaller first."""
    columns = list(keys_by_rule(roster).values())
    if not columns:
        return np.zeros((0, 2), np.int32)
    alike = np.argsort(likeness_of(roster), kind="stable").astype(np.int32)
    keys = np.zeros((len(roster.rows), len(columns)), np.uint64)
    with ThreadPoolExecutor(THREADS) as threads:
        blocks = list(threads.map(lambda own: _blocks(own, alike), columns))
        list(
            threads.map(
                lambda n: _without_large(columns[n], blocks[n][0], blocks[n][2], keys, n), range(len(columns))
            )
        )
        found = threads.map(lambda n: _written(columns[n], blocks[n], keys, n), range(len(columns)))
        return np.concatenate(list(found))


def _blocks(own: Any, alike: Any) -> tuple[Any, int, Any]:
    order = _in_blocks(own, alike)
    pairs, large = _count(own, order)
    return order, pairs, large


def _written(own: Any, block: tuple[Any, int, Any], keys: Any, rule: int) -> Any:
    order, pairs, large = block
    out = np.empty((pairs, 2), np.int32)
    return out[: _fill(own, order, keys, rule, large, out)].copy()
