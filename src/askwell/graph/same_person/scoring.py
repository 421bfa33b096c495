"""How likely two records are one person: the evidence of each field added up, and what it was learnt from.

Theory of operation.  After Fellegi and Sunter: a level of agreement speaks for one person by how much more
often it is met between two records of one person than between two of strangers; the logarithms add up, on top
of how rare a pair of one person is at all.  Agreement counts by how rare the shared value is.  Between
strangers the levels are counted on random pairs; between records of one person they are estimated on the file
itself (expectation and maximization), beliefs counting as some hundreds of pairs.  Fields that say the same
(where one lives, where one works) are not counted in full twice, and another given name needs more than a
shared household to be overcome.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled
from askwell.graph.same_person import fields as f
from askwell.graph.same_person.alike import SCRATCH, levels
from askwell.graph.same_person.rosters import first_of_each
from askwell.graph.same_person.threads import THREADS, threads_for

if TYPE_CHECKING:
    from askwell.graph.same_person.rosters import Roster

_ROUNDS = 12
_SAMPLE = 150_000
_BELIEF_SAME, _BELIEF_STRANGERS = 60.0, 2000.0  # pairs that beliefs count for
_PARTNERS = 0.2  # other records of the same person, for a record, before anything is learnt
_FEWEST = 200  # a file of a few records is a part of a larger world
_TEACHING = 500  # fewer records teach nothing that holds of one person,
_STRANGE = 50  # and fewer than this nothing of strangers either
SWAPPED = 3.5  # that given and family name were exchanged counts against by so much
TWINS = 4.0  # and another given name, though the birthday is one
HOUSEHOLD = -4.0  # at most this by another given name, whatever is shared, if nothing of one's own is
TOLD_APART = -16.0  # and where the birthday is another too
SAME_AND_NAMED, OF_THE_NAME, NEAR_CODE = 8.0, 1.0, 6.0  # what an address says at most
_NAMESAKES = 16  # so many of one name are strangers, mostly
_BELIEF_NAMESAKES = 200.0
SECOND = 0.6  # what a field that says nearly the same as another counts for
MOST = 40.0


class Model(NamedTuple):
    """What is believed or learnt: the evidence of each field's levels, and of a pair before any."""

    weights: Any  # fields x levels, natural logarithms; of f.EXACT only the part of one person
    prior: float
    named: float = SAME_AND_NAMED  # the evidence of one address between two of the same names, at most


@compiled
def _fields_evidence(one: Any, i: Any, found: Any, weights: Any, parts: Any) -> Any:
    for field in range(f.COUNT):
        level = found[field]
        if level == f.MISSING:
            parts[field] = 0.0
        elif level == f.EXACT:
            parts[field] = max(weights[field, f.EXACT] - one.values[one.rows[i, field]].rarity, 0.05)
        else:
            parts[field] = weights[field, level]


@compiled
def _together(parts: Any, fields: Any) -> Any:
    """Add up fields that hang together: the strongest for and against in full, others in part."""
    best, worst, total = 0.0, 0.0, 0.0
    for field in fields:
        value = parts[field]
        best, worst, total = max(best, value), min(worst, value), total + value * SECOND
    return total + (best + worst) * (1.0 - SECOND)


@compiled
def _evidence(one: Any, i: Any, found: Any, swapped: Any, model: Any, parts: Any) -> Any:
    """Add up what the levels of a pair say; ``parts`` is filled with what each field says."""
    weights, _prior, same_and_named = model
    _fields_evidence(one, i, found, weights, parts)
    if swapped:
        parts[f.FAMILY] -= SWAPPED
    # An address is often made of the family name: a household or a namesake may have it too.
    named = found[f.GIVEN] != f.MISSING and found[f.FAMILY] >= f.NEAR
    if found[f.EMAIL] == f.EXACT and named:
        parts[f.EMAIL] = min(parts[f.EMAIL], same_and_named)
    elif found[f.EMAIL] < f.EXACT:
        parts[f.EMAIL] = min(parts[f.EMAIL], OF_THE_NAME if named else NEAR_CODE)
    if found[f.URL] < f.EXACT:
        parts[f.URL] = min(parts[f.URL], OF_THE_NAME if named else NEAR_CODE)
    total = parts[f.GIVEN] + parts[f.FAMILY] + parts[f.MIDDLE] + parts[f.BIRTHDAY]
    total += parts[f.EMAIL] + parts[f.PHONE] + parts[f.URL] + parts[f.NUMBER]
    total += parts[f.SCHOOL] + parts[f.YEAR]
    total += _together(parts, (f.STREET, f.HOUSE, f.LOCALITY, f.POSTCODE, f.PLACE, f.REGION))
    total += _together(parts, (f.ORGANIZATION, f.TITLE))
    if found[f.GIVEN] == f.DIFFER and max(found[f.EMAIL], found[f.URL]) < f.NEAR and found[f.NUMBER] < f.WEAK:
        if found[f.BIRTHDAY] >= f.ALIAS:
            return total - TWINS
        return min(total, HOUSEHOLD if found[f.BIRTHDAY] == f.MISSING else TOLD_APART)
    return total


@compiled
def score(rosters: Any, pair: Any, model: Any, work: Any) -> Any:
    """Give the logarithm of the odds that a record of one roster and one of another are one person."""
    swapped = levels(rosters, pair, work)
    return model[1] + _evidence(rosters[0], pair[0], work[0], swapped, model, work[1])


@compiled
def scores(rosters: Any, pairs: Any, model: Any, work: Any) -> Any:
    """Score many pairs."""
    found = np.empty(len(pairs), np.float32)
    for at in range(len(pairs)):
        found[at] = score(rosters, (np.int64(pairs[at, 0]), np.int64(pairs[at, 1])), model, work)
    return found


@compiled
def levels_of_pairs(roster: Any, pairs: Any, work: Any) -> Any:
    """Give the levels of many pairs, and which have their names swapped."""
    table, swapped = np.empty((len(pairs), f.COUNT), np.int8), np.zeros(len(pairs), np.bool_)
    for at in range(len(pairs)):
        pair = (np.int64(pairs[at, 0]), np.int64(pairs[at, 1]))
        swapped[at] = levels((roster, roster), pair, work)
        table[at] = work[0]
    return table, swapped


@compiled
def _expected(roster: Any, pairs: Any, table: Any, swapped: Any, model: Any, work: Any) -> Any:
    """Give how likely each pair is one person, by its levels."""
    parts, likely = work[1], np.empty(len(pairs), np.float64)
    for at in range(len(pairs)):
        odds = model[1] + _evidence(roster, np.int64(pairs[at, 0]), table[at], swapped[at], model, parts)
        likely[at] = 1.0 / (1.0 + np.exp(-min(max(odds, -MOST), MOST)))
    return likely


def workspace() -> tuple[Any, Any, Any]:
    """Make room for comparing: one for each thread."""
    return np.zeros(f.COUNT, np.int8), np.zeros(f.COUNT, np.float64), np.zeros(SCRATCH, np.int64)


def beliefs(records: int) -> Model:
    """Give the model before anything is learnt."""
    return _model(_believed_same(), _believed_strangers(), _PARTNERS / max(records, _FEWEST))


def _believed_same() -> Any:
    return np.array([field.same for field in f.FIELDS])


def _believed_strangers() -> Any:
    rest = np.array([field.strangers for field in f.FIELDS])
    return np.concatenate((1.0 - rest.sum(axis=1, keepdims=True), rest), axis=1)


def _model(same: Any, strangers: Any, odds: float) -> Model:
    weights = np.log(same) - np.log(strangers)
    weights[:, f.EXACT] = np.log(same[:, f.EXACT])
    return Model(np.ascontiguousarray(weights), float(np.log(odds)))


def learnt(roster: Roster, pairs: Any) -> Model:
    """Learn from the file itself what agreement says in it; from nothing, the beliefs."""
    records = len(roster.rows)
    if len(pairs) == 0 or records < _STRANGE:
        return beliefs(records)
    work = workspace()
    strangers = _strangers(roster, work)
    if records < _TEACHING:
        return _model(_believed_same(), strangers, _PARTNERS / max(records, _FEWEST))
    step = max(len(pairs) // _SAMPLE, 1)
    sample = np.ascontiguousarray(pairs[::step])
    table, swapped = levels_of_pairs(roster, sample, work)
    model = _model(_believed_same(), strangers, _PARTNERS / max(records, _FEWEST))
    drawn = _namesakes(roster, work)
    named = _address_of_namesakes(roster, drawn, model, work)
    for _round in range(_ROUNDS):
        likely = _expected(roster, sample, table, swapped, Model(*model[:2], named), work)
        same = _of_one_person(table, likely)
        found = likely.sum() * step + _PARTNERS * 0.5 * 20
        model = _model(same, strangers, found / ((records + 20) * max(records, _FEWEST) / 2))
    return Model(*model[:2], _address_of_namesakes(roster, drawn, model, work))


class _Namesakes(NamedTuple):
    """Pairs of one name drawn at random; their levels without the address, and what the address says."""

    pairs: Any
    table: Any
    swapped: Any
    address: Any


def _namesakes(roster: Roster, work: Any) -> _Namesakes:
    pairs = _drawn_of_one_name(roster)
    table, swapped = levels_of_pairs(roster, pairs, work)
    told = table[:, f.EMAIL] != f.MISSING
    address = table[told, f.EMAIL]
    table[:, f.EMAIL] = f.MISSING
    return _Namesakes(pairs[told], table[told], swapped[told], address)


def _address_of_namesakes(roster: Roster, drawn: _Namesakes, model: Model, work: Any) -> float:
    """Learn what one address says between two of the same names, where addresses are made of names.

    Which of the pairs are one person is reckoned by all but the address, and their share taken off.
    """
    likely = _expected(roster, drawn.pairs, drawn.table, drawn.swapped, model, work)
    usual = np.exp(model.weights[f.EMAIL, f.EXACT])
    same = (drawn.address == f.EXACT).sum()
    by_chance = max(same - likely.sum() * usual, 0.0) + usual * np.exp(-SAME_AND_NAMED) * _BELIEF_NAMESAKES
    strangers = (1.0 - likely).sum() + _BELIEF_NAMESAKES
    return min(max(float(np.log(usual * strangers / by_chance)), 0.0), SAME_AND_NAMED)


def _drawn_of_one_name(roster: Roster) -> Any:
    """Draw pairs of one given and one family name at random, of names that many have."""
    names = roster.rows[:, f.GIVEN].astype(np.int64) << 32 | roster.rows[:, f.FAMILY]
    drawn = np.random.default_rng(len(names)).permutation(first_of_each(roster.rows)).astype(np.int32)
    order = drawn[np.argsort(names[drawn], kind="stable")]
    names = names[order]
    begins = np.searchsorted(names, names)
    many = np.searchsorted(names, names, "right") - begins >= _NAMESAKES
    first = np.flatnonzero((names[:-1] == names[1:]) & many[:-1])[:_SAMPLE]
    return np.column_stack((order[first], order[first + 1]))


def _of_one_person(table: Any, likely: Any) -> Any:
    """Estimate how often each level is met between two records of one person."""
    same = np.array([field.same for field in f.FIELDS]) * _BELIEF_SAME
    for field in range(f.COUNT):
        column = table[:, field]
        told = column >= 0
        same[field] += np.bincount(column[told], weights=likely[told], minlength=f.LEVELS)
    return same / same.sum(axis=1, keepdims=True)


def _strangers(roster: Roster, work: Any) -> Any:
    """Count the levels of random pairs, beside what is believed of them."""
    records = len(roster.rows)
    chance = np.random.default_rng(records)
    pairs = chance.integers(0, records, (min(_SAMPLE, records * 20), 2)).astype(np.int32)
    table, _swapped = levels_of_pairs(roster, np.ascontiguousarray(pairs[pairs[:, 0] != pairs[:, 1]]), work)
    counts = _believed_strangers() * _BELIEF_STRANGERS
    for field in range(f.COUNT):
        column = table[:, field]
        counts[field] += np.bincount(column[column >= 0], minlength=f.LEVELS)
    return counts / counts.sum(axis=1, keepdims=True)


def scored(roster: Roster, pairs: Any, model: Model) -> Any:
    """Score all pairs, on two threads."""
    parts = np.array_split(pairs, THREADS) if len(pairs) > 1000 else [pairs]
    with threads_for(len(roster.rows)) as threads:
        found = threads.map(lambda part: scores((roster, roster), part, model, workspace()), parts)
        return np.concatenate(list(found)) if len(pairs) else np.zeros(0, np.float32)
