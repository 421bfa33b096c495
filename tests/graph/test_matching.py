"""Whom to match with whom: the same as every other way to the optimum, and after every change again."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from askwell.graph import matching as matching_room
from askwell.graph.matching import CROWDING, FLOOR, Question, fair, match, nearly

LEAST = 1e-7  # what rounding to steps may lose here


def question(who, to, score, places, seekers):
    return Question(
        np.array(who, int), np.array(to, int), np.array(score, float), np.array(places, int), seekers
    )


def asked(chance, seekers, volunteers, arcs, scores=None):
    """A question with that many arcs at most, one a pair."""
    pairs = np.unique(chance.integers(0, seekers * volunteers, arcs))
    score = chance.random(len(pairs)) * 0.999 + 0.001 if scores is None else chance.choice(scores, len(pairs))
    places = chance.integers(0, 4, volunteers)
    return Question(pairs // volunteers, pairs % volunteers, score, places, seekers)


def best_total(one):
    """The optimum by the Hungarian method, each volunteer there once for every place."""
    columns = np.repeat(np.arange(len(one.places)), np.minimum(one.places, one.seekers))
    table = np.zeros((one.seekers, len(one.places)))
    table[one.who, one.to] = one.score
    table = table[:, columns]
    rows, taken = linear_sum_assignment(table, maximize=True)
    return table[rows, taken].sum()


def by_flow(one, scale, crowding=0, must=()):
    """The optimum in whole steps, as many in 1 as ``scale``, by OR-tools; whoever ``must`` is not left alone."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    flow, volunteers = SimpleMinCostFlow(), len(one.places)
    end = one.seekers + volunteers
    worth = np.rint(one.score * scale).astype(np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(one.who, one.seekers + one.to, np.ones_like(worth), -worth)
    for seeker in set(range(one.seekers)) - set(must):
        flow.add_arc_with_capacity_and_unit_cost(seeker, end, 1, 0)
    for volunteer, places in enumerate(one.places):
        for n in range(min(places, one.seekers)):
            flow.add_arc_with_capacity_and_unit_cost(one.seekers + volunteer, end, 1, n * crowding)
    flow.set_nodes_supplies(np.arange(one.seekers), np.ones(one.seekers, int))
    flow.set_node_supply(end, -one.seekers)
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def check(matching, one):
    """Every pair has an arc, nobody more seekers than places, and the total is what the bound allows."""
    score = {(s, v): w for s, v, w in zip(one.who, one.to, one.score, strict=True)}
    pairs = [(s, v) for s, v in enumerate(matching.volunteers) if v >= 0]
    assert all(pair in score for pair in pairs)
    loads = np.bincount([v for _, v in pairs], minlength=len(one.places))
    assert (loads <= one.places).all()
    assert sum(score[pair] for pair in pairs) == pytest.approx(matching.scores.sum(), abs=LEAST)
    total, bound = matching.whole_proof()
    assert total == bound


@given(
    seed=st.integers(0, 10**6),
    few=st.booleans(),
    size=st.sampled_from([(1, 1), (3, 2), (6, 4), (12, 30), (30, 9)]),
)
@settings(max_examples=150, deadline=None)
def test_the_total_is_that_of_the_hungarian_method_and_of_min_cost_flow(seed, few, size):
    chance = np.random.default_rng(seed)
    one = asked(chance, *size, chance.integers(0, 4 * sum(size)), scores=(0.25, 0.5, 1.0) if few else None)
    matching = match(one)
    check(matching, one)
    assert matching.proof().total == pytest.approx(best_total(one), abs=LEAST)
    assert matching.whole_proof()[0] == by_flow(one, matching.scale)


@pytest.mark.parametrize("scores", [None, (0.5,), (0.1, 0.2, 0.3, 0.9)])
def test_compiled_too_it_is_the_optimum_of_min_cost_flow(scores):
    one = asked(np.random.default_rng(7), 900, 300, 9_000, scores)
    matching = match(one)
    check(matching, one)
    assert matching.whole_proof()[0] == by_flow(one, matching.scale)


TENTHS = tuple(n / 10 for n in range(1, 11))


@given(
    seed=st.integers(0, 10**6),
    scores=st.sampled_from([(0.5,), (0.3, 0.6), TENTHS]),
    size=st.sampled_from([(1, 1), (6, 4), (30, 9), (40, 25)]),
    dense=st.integers(2, 8),
    one_by_one=st.sampled_from([-1, 0, 1, matching_room._LONG]),
)
@settings(max_examples=150, deadline=None)
def test_whoever_is_seated_together_has_the_optimum_too(seed, scores, size, dense, one_by_one):
    chance = np.random.default_rng(seed)
    one = asked(chance, *size, dense * sum(size), scores=scores)
    mixed = chance.permutation(len(one.who))
    again = Question(one.who[mixed], one.to[mixed], one.score[mixed], one.places, one.seekers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching_room, "_LONG", one_by_one)
        patch.setattr(matching_room, "_FEW", 0)
        matching = match(one)
        check(matching, one)
        assert matching.whole_proof()[0] == by_flow(one, matching.scale)
        assert match(again).volunteers.tolist() == matching.volunteers.tolist()
        had = matching.scores
        spread = fair(one)
        check_fair(spread, had, FLOOR)
        kept = one.score >= FLOOR * had[one.who] - LEAST
        held = Question(one.who[kept], one.to[kept], one.score[kept], one.places, one.seekers)
        crowding, must = round(CROWDING * spread.scale), np.flatnonzero(had > 0).tolist()
        assert spread.whole_proof()[0] == by_flow(held, spread.scale, crowding, must)


@pytest.mark.parametrize("scores", [(0.5,), TENTHS])
def test_compiled_too_whoever_is_seated_together_has_the_optimum(scores):
    chance = np.random.default_rng(8)
    pairs = np.unique(chance.integers(0, 2_000 * 700, 30_000))
    places = chance.integers(2, 4, 700)
    one = Question(pairs // 700, pairs % 700, chance.choice(scores, len(pairs)), places, 2_000)
    matching = match(one)
    check(matching, one)
    assert matching.whole_proof()[0] == by_flow(one, matching.scale)


def test_scores_of_three_decimals_are_held_exactly():
    chance = np.random.default_rng(2)
    one = asked(chance, 20, 8, 80, scores=(0.001, 0.101, 0.3, 0.999))
    matching = match(one)
    assert matching.proof().total == pytest.approx(best_total(one), rel=1e-15)


@given(seed=st.integers(0, 10**6), few=st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_arcs_does_not_matter(seed, few):
    chance = np.random.default_rng(seed)
    one = asked(chance, 12, 6, 50, scores=(0.5, 1.0) if few else None)
    mixed = chance.permutation(len(one.who))
    again = Question(one.who[mixed], one.to[mixed], one.score[mixed], one.places, one.seekers)
    assert match(one).volunteers.tolist() == match(again).volunteers.tolist()
    assert fair(one).volunteers.tolist() == fair(again).volunteers.tolist()


@given(seed=st.integers(0, 10**6), few=st.booleans())
@settings(max_examples=30, deadline=None)
def test_after_every_change_it_is_the_optimum_again(seed, few):
    chance = np.random.default_rng(seed)
    scores = (0.25, 0.5, 1.0)
    one = asked(chance, 9, 5, 30, scores=scores if few else None)
    matching = match(one)
    table = np.zeros((one.seekers, 5))
    table[one.who, one.to] = one.score
    places = one.places.copy()
    for _ in range(25):
        kind, volunteer = chance.integers(0, 5), int(chance.integers(0, 5))
        seeker = int(chance.integers(0, len(table)))
        score = float(chance.choice(scores)) if few else float(chance.random())
        if kind == 0:
            table[seeker, volunteer] = score
            matching.set_score(seeker, volunteer, score)
        elif kind == 1:
            table[seeker, volunteer] = 0
            matching.set_score(seeker, volunteer, 0)
        elif kind == 2:
            places[volunteer] = chance.integers(0, 4)
            matching.set_places(volunteer, int(places[volunteer]))
        elif kind == 3:
            row = np.where(chance.random(5) < 0.6, score, 0)
            table = np.vstack((table, row))
            matching.add_seeker(np.flatnonzero(row).tolist(), row[row > 0].tolist())
        else:
            table[seeker] = 0
            matching.remove_seeker(seeker)
        who, to = np.nonzero(table)
        now = Question(who, to, table[who, to], places, len(table))
        check(matching, now)
        assert matching.proof().total == pytest.approx(best_total(now), abs=LEAST)


def test_there_is_room_for_more_than_was_laid_out():
    one = question([0], [0], [0.5], [2_000], 1)
    matching = match(one)
    for _ in range(1_500):
        matching.add_seeker([0], [0.25])
    assert matching.proof().total == pytest.approx(0.5 + 1_500 * 0.25)
    assert matching.proof().gap == 0


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_nearly_says_how_far_from_the_optimum_it_can_be(seed):
    one = asked(np.random.default_rng(seed), 30, 10, 150)
    found, best = nearly(one, within=0.01), best_total(one)
    proof = found.proof()
    assert proof.total <= best + LEAST
    assert best <= proof.bound + LEAST
    assert proof.bound - proof.total <= 0.01 * one.seekers + LEAST


def test_where_all_want_one_place_the_auction_gives_way_to_the_optimum():
    one = question([0, 0, 1, 1, 2, 2], [0, 1] * 3, [1.0] * 6, [1, 1], 3)
    found = nearly(one, within=1e-9)
    assert found.proof() == (2, 2, 0)


def everything(one):
    """Every matching there is, one after the other."""
    options = [[-1, *one.to[one.who == seeker]] for seeker in range(one.seekers)]
    for found in product(*options):
        loads = np.bincount([v for v in found if v >= 0], minlength=len(one.places))
        if (loads <= one.places).all():
            yield np.array(found), loads


@given(
    seed=st.integers(0, 10**6),
    crowding=st.sampled_from([0.05, CROWDING, 0.5]),
    floor=st.sampled_from([0, 0.5, FLOOR, 1]),
)
@settings(max_examples=60, deadline=None)
def test_a_fair_matching_is_the_best_of_all_that_keep_the_floor(seed, crowding, floor):
    one = asked(np.random.default_rng(seed), 5, 3, 12)
    score = np.zeros((one.seekers, 4))
    score[one.who, one.to] = one.score
    had = match(one).scores
    each = np.arange(one.seekers)
    best = max(
        score[each, found].sum() - crowding * (loads * (loads - 1) / 2).sum()
        for found, loads in everything(one)
        if (score[each, found] >= floor * had - LEAST).all() and (found[had > 0] >= 0).all()
    )
    matching = fair(one, floor=floor, crowding=crowding)
    check_fair(matching, had, floor)
    assert matching.proof().total == pytest.approx(best, abs=1e-6)


def check_fair(matching, had, floor):
    assert (matching.scores >= floor * had - LEAST).all()
    assert (matching.volunteers[had > 0] >= 0).all()
    total, bound = matching.whole_proof()
    assert total == bound


def test_a_fair_matching_spreads_the_load():
    one = question([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 2], [0.9, 0.88, 0.9, 0.5, 0.9, 0.85], [3, 3, 3], 3)
    assert match(one).volunteers.tolist() == [0, 0, 0]
    assert fair(one).volunteers.tolist() == [1, 0, 2]


@pytest.mark.parametrize(
    ("size", "floor"), [((60, 25, 400), 0), ((60, 25, 400), FLOOR), ((900, 300, 9_000), FLOOR)]
)
def test_a_fair_matching_is_the_convex_flow_of_or_tools_under_the_floor(size, floor):
    one = asked(np.random.default_rng(3), *size)
    had = match(one).scores
    kept = one.score >= floor * had[one.who] - LEAST
    held = Question(one.who[kept], one.to[kept], one.score[kept], one.places, one.seekers)
    matching = fair(one, floor=floor)
    check_fair(matching, had, floor)
    assert matching.whole_proof()[0] == by_flow(
        held, matching.scale, round(CROWDING * matching.scale), np.flatnonzero(had > 0).tolist()
    )


def test_a_fair_matching_is_found_anew_after_a_change():
    matching = fair(question([0], [0], [0.5], [1], 1))
    with pytest.raises(ValueError, match="found anew"):
        matching.set_places(0, 2)


def test_nobody_and_nothing_are_matched_too():
    assert match(question([], [], [], [], 0)).proof() == (0, 0, 0)
    assert match(question([], [], [], [4], 3)).volunteers.tolist() == [-1, -1, -1]


def test_scores_above_one_are_taken_as_they_are():
    one = question([0, 0, 1], [0, 1, 0], [40, 30, 20], [1, 1], 2)
    assert match(one).volunteers.tolist() == [1, 0]
    assert match(one).proof().total == 50


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (question([0], [0], [0.0], [1], 1), "above 0"),
        (question([0], [0], [-0.5], [1], 1), "above 0"),
        (question([0], [0], [float("nan")], [1], 1), "above 0"),
        (question([0], [0], [float("inf")], [1], 1), "above 0"),
        (question([1], [0], [0.5], [1], 1), "seeker"),
        (question([0], [-1], [0.5], [1], 1), "volunteer"),
        (question([0, 0], [0, 0], [0.5, 0.6], [1], 1), "more than one arc"),
    ],
)
def test_what_makes_no_sense_is_said(one, why):
    with pytest.raises(ValueError, match=why):
        match(one)


@pytest.mark.parametrize(("floor", "crowding"), [(1.5, 0.1), (-1, 0.1), (0.5, -1), (float("nan"), 0.1)])
def test_a_floor_that_is_none_is_said(floor, crowding):
    with pytest.raises(ValueError, match="floor"):
        fair(question([0], [0], [0.5], [1], 1), floor=floor, crowding=crowding)
