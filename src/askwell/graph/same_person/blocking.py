"""Which records are compared at all: those that share a key of a block that is small.

Theory of operation.  A record has a key for every rule it has the fields for: an address, a number, what its
names sound like with a birthday or a place, and so on.  Each rule is a column of 64-bit keys.  Records of one
key are a block; all its pairs are compared while it is small, and what is small depends on how much a rule
says by itself.  A larger block (a place and a frequent name) is left to the rules that ask for more.  Where a
rule's key stands for a person (an address, a number, a whole name), the records of a large block are put in
order of everything else that is known, and neighbours are compared.  So the work stays within a constant
times the number of records, whatever they hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled
from askwell.graph.same_person import fields as f
from askwell.graph.same_person.cells import mixed
from askwell.graph.same_person.threads import threads_for

if TYPE_CHECKING:
    from askwell.graph.same_person.rosters import Roster

NEIGHBOURS = 2
_GIVEN, _FAMILY, _NAMES, _INITIALS, _EVERYTHING = range(100, 105)  # sounds of names; both in either order
_LOCAL, _TAIL = 105, 106  # what stands before the @ of an address, and of a number its tail
_WRITTEN = 107  # both names as they are written, in either order
_FEW, _SOME, _MANY = 6, 12, 24
_AT_EASE, _MOST_GENEROUS = 300_000, 12  # blocks of a file of fewer records may be larger


class Rule(NamedTuple):
    """Values of fields (or names by sound) that must all be alike, and the most records of a block."""

    parts: tuple[int, ...]
    most: int = _FEW
    follows: bool = False  # a larger block is compared neighbour by neighbour


_RULES = (
    Rule((_EVERYTHING,), _MANY, follows=True),
    Rule((f.EMAIL,), _MANY, follows=True),
    Rule((f.PHONE,), _MANY, follows=True),
    Rule((f.URL,), _MANY, follows=True),
    Rule((f.NUMBER,), _MANY, follows=True),
    Rule((_WRITTEN,), _SOME, follows=True),
    Rule((f.BIRTHDAY, _INITIALS), _SOME),
    Rule((f.BIRTHDAY, _GIVEN), _SOME),
    Rule((f.BIRTHDAY, _FAMILY), _SOME),
    Rule((f.BIRTHDAY, f.POSTCODE), _SOME),
    Rule((f.BIRTHDAY, f.PLACE), _SOME),
    Rule((_NAMES, f.POSTCODE), _SOME),
    Rule((_NAMES, f.PLACE), _SOME),
    Rule((_NAMES, f.STREET), _SOME),
    Rule((_NAMES, f.ORGANIZATION), _SOME),
    Rule((_NAMES, f.TITLE), _SOME),
    Rule((_NAMES, f.SCHOOL), _SOME),
    Rule((_NAMES, f.YEAR), _SOME),
    Rule((f.STREET, f.HOUSE), _SOME),
    Rule((f.HOUSE, f.POSTCODE), _SOME),
    Rule((f.HOUSE, f.LOCALITY), _SOME),
    Rule((f.STREET, f.POSTCODE), _SOME),
    Rule((f.STREET, f.LOCALITY), _SOME),
    Rule((_FAMILY, f.STREET), _SOME),
    Rule((_GIVEN, f.STREET), _SOME),
    Rule((_FAMILY, f.SCHOOL, f.YEAR), _SOME),
    Rule((_GIVEN, f.SCHOOL, f.YEAR), _SOME),
    Rule((f.ORGANIZATION, f.TITLE, f.PLACE), _SOME),
    Rule((_NAMES,), _SOME),
    Rule((_FAMILY, f.POSTCODE), _SOME),
    Rule((_GIVEN, f.POSTCODE)),
    Rule((_FAMILY, f.ORGANIZATION)),
    Rule((_GIVEN, f.ORGANIZATION)),
    Rule((_FAMILY, f.PLACE)),
    Rule((_GIVEN, f.PLACE)),
    Rule((_FAMILY, f.TITLE)),
    Rule((_LOCAL,)),
    Rule((_TAIL,)),
)
RULES = len(_RULES)
_SOUND, _HASH, _HINT, _INITIAL = range(4)
_NEEDS = {
    _GIVEN: {f.GIVEN},
    _FAMILY: {f.FAMILY},
    _NAMES: {f.GIVEN, f.FAMILY},
    _INITIALS: {f.GIVEN, f.FAMILY},
    _WRITTEN: {f.GIVEN, f.FAMILY},
    _EVERYTHING: {f.FAMILY},
    _LOCAL: {f.EMAIL},
    _TAIL: {f.PHONE},
}


@compiled
def _column(roster: Any, field: Any, kind: Any) -> Any:
    """Give of every record what is known of its value in one field, 0 where it has none."""
    found = np.zeros(len(roster.rows), np.uint64)
    for row in range(found.size):
        at = roster.rows[row, field]
        if at == 0:
            continue
        value = roster.values[at]
        if kind == _SOUND:
            found[row] = value.sound
        elif kind == _HINT:
            found[row] = value.hints[0]
        elif kind == _HASH:
            found[row] = value.hash
        elif value.length:
            found[row] = roster.data[value.start]
    return found


@compiled
def _either_way(first: Any, second: Any) -> Any:
    """Give a number of two names that is the same when they are exchanged."""
    found = np.zeros(first.size, np.uint64)
    for row in range(found.size):
        one, other = first[row], second[row]
        if one and other:
            found[row] = mixed(min(one, other)) ^ max(one, other)
    return found


def _atoms(roster: Roster, part: int) -> Any:
    """Give the column of numbers that stands for one part of a rule."""
    if part < f.COUNT:
        return _column(roster, part, _HASH)
    if part == _EVERYTHING:
        return likeness_of(roster)
    if part in (_LOCAL, _TAIL):
        return _column(roster, f.EMAIL if part == _LOCAL else f.PHONE, _HINT)
    if part in (_GIVEN, _FAMILY):
        return _column(roster, f.GIVEN if part == _GIVEN else f.FAMILY, _SOUND)
    kind = {_INITIALS: _INITIAL, _WRITTEN: _HASH}.get(part, _SOUND)
    return _either_way(_column(roster, f.GIVEN, kind), _column(roster, f.FAMILY, kind))


@compiled
def _joined(keys: Any, atoms: Any, part: Any) -> Any:
    """Let the keys of a rule depend on one part more; 0 where a record lacks it."""
    for row in range(keys.size):
        if keys[row]:
            atom = atoms[row]
            both = mixed(keys[row] + atom * np.uint64(3) + np.uint64(part)) | np.uint64(1)
            keys[row] = both if atom else np.uint64(0)  # a plain 0 makes all of it a float, and bits are lost


def keys_by_rule(roster: Roster) -> dict[int, Any]:
    """Give the columns of keys of the rules that apply to this roster at all."""
    has = {*np.flatnonzero(roster.rows.any(axis=0)).tolist()}
    rules = {n: rule for n, rule in enumerate(_RULES) if has and all(map(has.issuperset, _needs(rule)))}
    parts = sorted({part for rule in rules.values() for part in rule.parts})
    with threads_for(len(roster.rows)) as threads:
        atoms = dict(zip(parts, threads.map(lambda part: _atoms(roster, part), parts), strict=True))
        keys = threads.map(lambda rule: _keys(len(roster.rows), rule, atoms), rules.values())
        return dict(zip(rules, keys, strict=True))


def _needs(rule: Rule) -> list[set[int]]:
    return [_NEEDS.get(part, {part}) for part in rule.parts]


def _keys(records: int, rule: Rule, atoms: dict[int, Any]) -> Any:
    keys = np.full(records, len(rule.parts), np.uint64)
    for part in rule.parts:
        _joined(keys, atoms[part], part)
    return keys


@compiled
def _in_blocks(keys: Any) -> Any:
    """Give the records that have a key, those of one key together, and in their order."""
    size = 1024
    while size < keys.size:
        size *= 2
    mask = np.uint64(size - 1)
    counts = np.zeros(size + 1, np.int32)
    for key in keys:
        if key:
            counts[np.int64((key >> np.uint64(9)) & mask) + 1] += 1
    for at in range(size):
        counts[at + 1] += counts[at]
    order, ends = np.empty(counts[size], np.int32), counts[:size].copy()
    for row in range(keys.size):
        if keys[row]:
            slot = np.int64((keys[row] >> np.uint64(9)) & mask)
            order[ends[slot]] = row
            ends[slot] += 1
    for begin, end in zip(counts[:-1], counts[1:]):  # noqa: B905, RUF007 - compiled
        _settle(keys, order, begin, end)
    return order


@compiled
def _settle(by: Any, order: Any, begin: Any, end: Any) -> Any:
    """Put some records in order of a number of theirs, where they are not all of one."""
    alike = True
    for at in range(begin + 1, end):
        alike = alike and by[order[at]] == by[order[begin]]
    if alike:
        return
    gap = 1
    while gap < end - begin:
        gap = gap * 3 + 1
    while gap:
        for at in range(begin + gap, end):
            row, place = order[at], at
            while place >= begin + gap and (
                by[order[place - gap]] > by[row]
                or (by[order[place - gap]] == by[row] and order[place - gap] > row)
            ):
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
def _prepare(keys: Any, order: Any, rule: Any, likeness: Any) -> Any:
    """Count the pairs of a rule at most; order its large blocks by likeness; keep only keys of small ones.

    A pair of a large block may not have been compared there, so that its key must not tell later rules so.
    """
    most, follows = rule
    pairs, begin = 0, 0
    kept = np.zeros(keys.size, np.uint64)
    while begin < order.size:
        end = _end_of_block(keys, order, begin)
        size = end - begin
        if size <= most:
            pairs += size * (size - 1) // 2
            for at in range(begin, end):
                kept[order[at]] = keys[order[at]]
        elif follows:
            pairs += size * NEIGHBOURS
            _settle(likeness, order, begin, end)
        begin = end
    return pairs, kept


@compiled
def _found_before(keys: Any, rule: Any, i: Any, j: Any) -> Any:
    for earlier in range(rule):  # noqa: SIM110 - compiled, where a generator is slow
        if keys[i, earlier] != 0 and keys[i, earlier] == keys[j, earlier]:
            return True
    return False


@compiled
def _fill(own: Any, block: Any, keys: Any, rule: Any, out: Any) -> Any:
    """Write down the pairs of a rule that no earlier rule has."""
    order, follows = block
    at, begin = 0, 0
    while begin < order.size:
        end = _end_of_block(own, order, begin)
        large = keys[order[begin], rule] == 0
        for x in range(begin, end if follows or not large else begin):
            last = min(end, x + NEIGHBOURS + 1) if large else end
            for y in range(x + 1, last):
                i, j = min(order[x], order[y]), max(order[x], order[y])
                if not _found_before(keys, rule, i, j):
                    out[at, 0], out[at, 1] = i, j
                    at += 1
        begin = end
    return at


@compiled
def likeness_of(roster: Any) -> Any:
    """Give a number of each record that is equal or near where names and then everything else agree."""
    found = np.zeros(len(roster.rows), np.uint64)
    for row in range(found.size):
        names = mixed(
            roster.values[roster.rows[row, 0]].hash + np.uint64(5) * roster.values[roster.rows[row, 1]].hash
        )
        rest = np.uint64(0)
        for field in range(2, f.COUNT):
            rest = mixed(rest + roster.values[roster.rows[row, field]].hash)
        found[row] = (names & np.uint64(0xFFFFFFFF00000000)) | (rest >> np.uint64(32))
    return found


def pairs_of(roster: Roster) -> Any:
    """Give the pairs to compare, each once or seldom twice: record numbers, the smaller first."""
    columns = keys_by_rule(roster)
    if not columns:
        return np.zeros((0, 2), np.int32)
    likeness = likeness_of(roster)
    generous = min(max(_AT_EASE // len(roster.rows), 1), _MOST_GENEROUS)
    keys = np.zeros((len(roster.rows), len(columns)), np.uint64)

    def blocks(place: int, rule: int) -> tuple[Any, int]:
        order = _in_blocks(columns[rule])
        chosen = (_RULES[rule].most * generous, _RULES[rule].follows)
        pairs, keys[:, place] = _prepare(columns[rule], order, chosen, likeness)
        return order, pairs

    def written(place: int, rule: int) -> Any:
        order, pairs = found[place]
        out = np.empty((pairs, 2), np.int32)
        return out[: _fill(columns[rule], (order, _RULES[rule].follows), keys, place, out)].copy()

    with threads_for(len(roster.rows)) as threads:
        found = list(threads.map(blocks, range(len(columns)), columns))
        return np.concatenate(list(threads.map(written, range(len(columns)), columns)))
