"""Who can introduce whom: the best way, checked against networkx."""

from __future__ import annotations

import itertools
import math
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.graph import paths as paths_module
from askwell.graph import web as web_module
from askwell.graph._search import ways
from askwell.graph.paths import Bar, Finder
from askwell.graph.web import web_of, web_of_rows

ANA, BEN, CHO, DEV, EVE = range(5)


def web(ties, people=5):
    """A web of (source, target, strength)."""
    columns = list(zip(*ties, strict=True)) or [(), (), ()]
    return web_of(*columns, people=people)[0]


def oracle(ties, people, barred=(), closed=()):
    """The same web in networkx, without who is barred and what is closed."""
    graph = nx.Graph()
    graph.add_nodes_from(set(range(people)) - set(barred))
    for one, other, strength in ties:
        if {one, other} & set(barred) or {one, other} in closed or one == other or not 0 < strength <= 1:
            continue
        if not graph.has_edge(one, other) or graph[one][other]["strength"] < strength:
            graph.add_edge(one, other, strength=strength, cost=-math.log(strength))
    return graph


def strongest_within(graph, source, target, hops):
    """The strength of the best way of at most so many hops, by Bellman and Ford; 0 for none."""
    best = {source: 1.0}
    for _ in range(hops):
        after = dict(best)
        for one, other, tie in graph.edges(data=True):
            for near, far in ((one, other), (other, one)):
                if near in best:
                    after[far] = max(after.get(far, 0.0), best[near] * tie["strength"])
        best = after
    return best.get(target, 0.0)


def strongest(graph, source, target):
    try:
        return math.exp(-nx.dijkstra_path_length(graph, source, target, weight="cost"))
    except nx.NetworkXNoPath:
        return 0.0


def proves(path, graph, source, target, expected):
    """The path is a way of that graph from end to end, as strong as it says and as expected."""
    if path is None:
        assert expected == 0.0
        return
    assert (path.people[0], path.people[-1]) == (source, target)
    assert len(set(path.people)) == len(path.people) == len(path.ties) + 1
    product = math.prod(graph[one][other]["strength"] for one, other in itertools.pairwise(path.people))
    assert path.strength == pytest.approx(product, rel=1e-12)
    assert path.strength == pytest.approx(expected, rel=1e-9)


def invented(seed):
    """A web of one of several kinds, with many equal strengths and strengths of 1."""
    chance = random.Random(seed)  # noqa: S311
    people = chance.choice([1, 2, 3, 5, 8, 13, 30, 60])
    strengths = chance.choice([[0.5], [1.0], [1.0, 0.5, 0.25], [1e-300, 0.1, 0.9, 1.0], None])
    ties = [
        (
            chance.randrange(people),
            chance.randrange(people),
            chance.choice(strengths) if strengths else chance.random() ** chance.choice([0.1, 1, 4]) or 1.0,
        )
        for _ in range(int(people * chance.choice([0.5, 1, 2, 5])))
    ]
    return chance, people, ties


# --- the best way


def test_two_warm_introductions_beat_one_cool_acquaintance():
    path = Finder(web([(ANA, CHO, 0.2), (ANA, BEN, 0.8), (BEN, CHO, 0.9)])).best(ANA, CHO)
    assert path.people == (ANA, BEN, CHO)
    assert path.strength == pytest.approx(0.72)
    assert path.ties == (1, 2)


def test_of_equally_strong_ways_the_one_with_fewer_people_wins():
    path = Finder(web([(ANA, BEN, 1), (BEN, CHO, 1), (CHO, DEV, 1), (ANA, EVE, 1), (EVE, DEV, 1)])).best(
        ANA, DEV
    )
    assert path.people == (ANA, EVE, DEV)


def test_the_same_way_is_given_in_whatever_order_the_ties_come():
    ties = [("ana", name, 0.5) for name in "bcdefgh"] + [(name, "zoe", 0.5) for name in "bcdefgh"]
    given_by = set()
    for seed in range(20):
        random.Random(seed).shuffle(ties)  # noqa: S311
        made = web_of_rows(ties)[0]
        path = Finder(made).best(made.number("ana"), made.number("zoe"))
        given_by.add(tuple(made.names[person] for person in path.people))
    assert len(given_by) == 1


def test_nobody_is_needed_between_somebody_and_themselves():
    path = Finder(web([], people=1)).best(0, 0)
    assert (path.people, path.strength, path.ties) == ((0,), 1.0, ())


def test_strangers_have_no_way():
    assert Finder(web([(ANA, BEN, 1), (CHO, DEV, 1)])).best(ANA, DEV) is None


def test_a_long_line_of_people_is_walked_to_its_end():
    line = web_of(np.arange(9_999), np.arange(1, 10_000), np.full(9_999, 0.5), people=10_000)[0]
    path = Finder(line).best(0, 9_999)
    assert path.people == tuple(range(10_000))
    assert path.strength == 0.0  # too small to be told from none, and yet a way


@pytest.mark.parametrize("chunk", range(8))
def test_every_best_way_is_that_of_networkx(chunk):
    for seed in range(chunk * 250, chunk * 250 + 250):
        chance, people, ties = invented(seed)
        graph = oracle(ties, people)
        finder = Finder(web(ties, people))
        for _ in range(4):
            source, target = chance.randrange(people), chance.randrange(people)
            if source != target:
                proves(finder.best(source, target), graph, source, target, strongest(graph, source, target))


def test_the_compiled_search_gives_the_same_in_a_large_web(monkeypatch):
    monkeypatch.setattr(web_module, "COMPILED_FROM", 10_000)
    chance = np.random.default_rng(7)
    people, size = 5_000, 60_000
    near = chance.integers(0, people, size)
    neighbours = (near + chance.integers(1, 20, size)) % people
    known_by_many = chance.zipf(1.5, size) % people
    far = np.where(chance.random(size) < 0.8, neighbours, known_by_many)
    ties = list(zip(near.tolist(), far.tolist(), (1 - chance.random(size) ** 2).tolist(), strict=True))
    finder, graph = Finder(web(ties, people)), oracle(ties, people)
    assert finder._loop is ways
    for source, target in chance.integers(0, people, (100, 2)).tolist():
        if source != target:
            proves(finder.best(source, target), graph, source, target, strongest(graph, source, target))


def test_a_search_that_runs_out_of_room_is_given_more(monkeypatch):
    monkeypatch.setattr(paths_module, "_FIRST_LABELS", 2)
    _, people, ties = invented(21)
    graph, finder = oracle(ties, people), Finder(web(ties, people))
    for source, target in itertools.combinations(range(people), 2):
        proves(finder.best(source, target), graph, source, target, strongest(graph, source, target))
        proves(
            finder.best(source, target, most_hops=3),
            graph,
            source,
            target,
            strongest_within(graph, source, target, 3),
        )


# --- at most so many hops


def test_with_one_hop_only_whom_one_knows_is_found():
    finder = Finder(web([(ANA, CHO, 0.2), (ANA, BEN, 0.8), (BEN, CHO, 0.9), (CHO, DEV, 1)]))
    assert finder.best(ANA, CHO, most_hops=1).people == (ANA, CHO)
    assert finder.best(ANA, DEV, most_hops=1) is None
    assert finder.best(ANA, DEV, most_hops=2).people == (ANA, CHO, DEV)
    assert finder.best(ANA, DEV, most_hops=3).people == (ANA, BEN, CHO, DEV)


@pytest.mark.parametrize("chunk", range(8))
def test_every_way_of_few_hops_is_the_best_of_that_many(chunk):
    for seed in range(chunk * 150, chunk * 150 + 150):
        chance, people, ties = invented(seed)
        graph, finder = oracle(ties, people), Finder(web(ties, people))
        for _ in range(3):
            source, target = chance.randrange(people), chance.randrange(people)
            hops = chance.randint(1, 6)
            if source != target:
                path = finder.best(source, target, most_hops=hops)
                assert path is None or len(path.ties) <= hops
                proves(path, graph, source, target, strongest_within(graph, source, target, hops))


@pytest.mark.parametrize("hops", [0, -1])
def test_a_way_has_a_hop_at_least(hops):
    with pytest.raises(ValueError, match="at least one hop"):
        Finder(web([(ANA, BEN, 1)])).best(ANA, BEN, most_hops=hops)


@pytest.mark.parametrize("person", [-1, 5])
def test_somebody_outside_the_web_is_an_error(person):
    with pytest.raises(ValueError, match="no person"):
        Finder(web([(ANA, BEN, 1)])).best(ANA, person)


# --- filters


def test_who_may_not_be_passed_through_may_still_be_asked_for():
    marks = [0, Bar.NO_CONSENT, Bar.DO_NOT_CONTACT, 0, Bar.AT_CAPACITY]
    ties = [
        (ANA, BEN, 0.9),
        (BEN, DEV, 0.9),
        (ANA, CHO, 0.8),
        (CHO, DEV, 0.8),
        (ANA, EVE, 0.5),
        (EVE, DEV, 0.5),
    ]
    finder = Finder(web(ties), bars=marks)
    assert finder.best(ANA, DEV) is None
    assert finder.best(ANA, BEN).people == (ANA, BEN)
    assert finder.best(BEN, DEV).people == (BEN, DEV)
    assert finder.best(ANA, DEV, heeding=Bar.NO_CONSENT | Bar.DO_NOT_CONTACT).people == (ANA, EVE, DEV)
    assert finder.best(ANA, DEV, heeding=Bar(0)).people == (ANA, BEN, DEV)
    assert finder.best(ANA, DEV, heeding=Bar(0), avoiding=[BEN]).people == (ANA, CHO, DEV)
    assert finder.best(ANA, DEV, heeding=Bar(0)).people == (ANA, BEN, DEV)


def test_a_closed_tie_is_not_used_in_either_direction():
    finder = Finder(
        web([(ANA, BEN, 0.9), (BEN, CHO, 0.9), (ANA, CHO, 0.1)]), closed_ties=[(CHO, BEN), (DEV, EVE)]
    )
    assert finder.best(ANA, CHO).people == (ANA, CHO)
    assert finder.best(CHO, ANA).people == (CHO, ANA)
    assert finder.best(CHO, BEN).people == (CHO, ANA, BEN)


def test_marks_must_be_as_many_as_people():
    with pytest.raises(ValueError, match="as many marks"):
        Finder(web([(ANA, BEN, 1)]), bars=[0])


@pytest.mark.parametrize("chunk", range(4))
def test_filters_and_limits_together_give_the_best_way_of_what_is_left(chunk):
    for seed in range(chunk * 250, chunk * 250 + 250):
        chance, people, ties = invented(seed)
        bars = [chance.choice([0, 0, 1, 2, 4, 8]) for _ in range(people)]
        closed = [frozenset(tie[:2]) for tie in ties if chance.random() < 0.1 and tie[0] != tie[1]]
        heeding = Bar(chance.randrange(16))
        avoiding = [person for person in range(people) if chance.random() < 0.1]
        finder = Finder(web(ties, people), bars=bars, closed_ties=[tuple(pair) for pair in closed])
        for _ in range(3):
            source, target = chance.randrange(people), chance.randrange(people)
            if source == target:
                continue
            barred = {p for p in range(people) if bars[p] & heeding or p in avoiding} - {source, target}
            graph = oracle(ties, people, barred, closed)
            found = {"heeding": heeding, "avoiding": avoiding}
            proves(
                finder.best(source, target, **found), graph, source, target, strongest(graph, source, target)
            )
            hops = chance.randint(1, 5)
            path = finder.best(source, target, most_hops=hops, **found)
            proves(path, graph, source, target, strongest_within(graph, source, target, hops))


# --- diverse ways


def test_each_next_way_goes_through_other_people():
    ties = [
        (ANA, EVE, 0.3),
        (ANA, BEN, 0.9),
        (BEN, EVE, 0.9),
        (ANA, CHO, 0.8),
        (CHO, EVE, 0.8),
        (CHO, BEN, 1),
        (ANA, DEV, 0.1),
    ]
    ways = list(Finder(web(ties)).diverse(ANA, EVE))
    assert [way.people for way in ways] == [(ANA, BEN, EVE), (ANA, CHO, EVE), (ANA, EVE)]


@pytest.mark.parametrize("chunk", range(4))
def test_each_diverse_way_is_the_best_that_shares_nobody_with_those_before(chunk):
    for seed in range(chunk * 100, chunk * 100 + 100):
        chance, people, ties = invented(seed)
        graph, finder = oracle(ties, people), Finder(web(ties, people))
        source, target = chance.randrange(people), chance.randrange(people)
        if source == target:
            continue
        hops = chance.choice([None, 2, 4])
        for path in itertools.chain(finder.diverse(source, target, most_hops=hops), [None]):
            expected = (
                strongest_within(graph, source, target, hops) if hops else strongest(graph, source, target)
            )
            proves(path, graph, source, target, expected)
            if path is not None:
                graph.remove_nodes_from(path.people[1:-1])
                if len(path.people) == 2:
                    graph.remove_edge(source, target)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.integers(0, 9),
            st.one_of(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from([0.0, 1.0, 5e-324])),
        ),
        max_size=40,
    )
)
def test_hostile_ties_make_no_wrong_way(ties):
    graph, finder = oracle(ties, 10), Finder(web(ties, 10))
    for source, target in itertools.combinations(range(4), 2):
        path = finder.best(source, target)
        assert (path is None) == (not nx.has_path(graph, source, target))
        if path is not None:
            proves(path, graph, source, target, path.strength)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(1e-9, 1.0)), max_size=50),
    st.integers(1, 7),
    st.sets(st.integers(0, 11), max_size=3),
)
def test_ways_of_few_hops_are_each_the_best_that_is_left(ties, hops, avoiding):
    finder = Finder(web(ties, 12))
    graph = oracle(ties, 12, avoiding - {ANA, BEN})
    for path in [*finder.diverse(ANA, BEN, most_hops=hops, avoiding=avoiding), None]:
        assert path is None or len(path.ties) <= hops
        proves(path, graph, ANA, BEN, strongest_within(graph, ANA, BEN, hops))
        if path is not None:
            graph.remove_nodes_from(path.people[1:-1])
            graph.remove_edges_from([(ANA, BEN)] * (len(path.ties) == 1))


def test_the_compiled_search_keeps_a_limit_on_hops_in_a_large_web(monkeypatch):
    monkeypatch.setattr(web_module, "COMPILED_FROM", 1_000)
    chance = np.random.default_rng(11)
    people, size = 2_000, 12_000
    near = chance.integers(0, people, size)
    far = np.where(
        chance.random(size) < 0.5,
        (near + chance.integers(1, 9, size)) % people,
        chance.zipf(1.4, size) % people,
    )
    ties = list(zip(near.tolist(), far.tolist(), (1 - chance.random(size)).tolist(), strict=True))
    finder, graph = Finder(web(ties, people)), oracle(ties, people)
    for source, target in chance.integers(0, people, (12, 2)).tolist():
        for hops in (1, 2, 3, 4, 6, 9):
            path = finder.best(source, target, most_hops=hops)
            proves(path, graph, source, target, strongest_within(graph, source, target, hops))


def test_only_so_many_ways_are_given_as_are_asked_for():
    ties = [(ANA, name, 0.9 - name / 10) for name in (BEN, CHO, DEV)] + [
        (name, EVE, 0.9) for name in (BEN, CHO, DEV)
    ]
    finder = Finder(web(ties))
    assert [way.people[1] for way in finder.diverse(ANA, EVE, most=2)] == [BEN, CHO]
    assert finder.diverse(ANA, EVE, most=0) == []
    assert [way.people[1] for way in finder.diverse(ANA, EVE)] == [BEN, CHO, DEV]


def test_a_question_leaves_no_trace_for_the_next():
    finder = Finder(web([(ANA, BEN, 0.9), (BEN, EVE, 0.9), (ANA, CHO, 0.5), (CHO, EVE, 0.5)]))
    first = finder.diverse(ANA, EVE, avoiding=[CHO])
    assert finder.diverse(ANA, EVE) == finder.diverse(ANA, EVE)
    assert finder.diverse(ANA, EVE, avoiding=[CHO]) == first
    assert len(finder.diverse(ANA, EVE)) == 2
