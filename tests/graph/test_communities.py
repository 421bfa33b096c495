"""Groups of people who know each other well: found again, held together, and as good as networkx finds them."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.graph import communities as room
from askwell.graph.communities import communities, modularity


def everybody_knows_everybody(*sizes):
    """Rooms in which all know each other, and one tie from each room to the next."""
    ties, first = [], 0
    for size in sizes:
        ties += [(first + a, first + b, 1.0) for a in range(size) for b in range(a)]
        ties.append((first, (first + size) % sum(sizes), 0.1))
        first += size
    return tuple(np.array(column) for column in zip(*ties, strict=True))


TIES = st.integers(2, 25).flatmap(
    lambda people: st.tuples(
        st.just(people),
        st.lists(
            st.tuples(
                st.integers(0, people - 1),
                st.integers(0, people - 1),
                st.sampled_from([0.0, 0.2, 0.7, 1.0, float("nan"), -1.0, float("inf")]),
            ),
            max_size=80,
        ),
    )
)


def columns(ties):
    return tuple(np.array([tie[at] for tie in ties]) for at in range(3))


def held_together(labels, ties):
    web = nx.Graph((a, b) for a, b, w in ties if 0 < w < float("inf"))
    web.add_nodes_from(range(len(labels)))
    return all(
        nx.is_connected(web.subgraph(np.flatnonzero(labels == group).tolist()))
        for group in range(labels.max() + 1)
    )


def test_three_rooms_are_found_the_largest_first():
    groups = communities(*everybody_knows_everybody(5, 9, 6), people=20)
    assert groups.tolist() == [2] * 5 + [0] * 9 + [1] * 6


def test_without_ties_everybody_is_a_group_of_their_own():
    assert communities([], [], [], people=3).tolist() == [0, 1, 2]
    assert communities([], [], [], people=0).tolist() == []


@given(TIES)
@settings(max_examples=150, deadline=None)
def test_whatever_the_ties_each_group_is_held_together(drawn):
    people, ties = drawn
    groups = communities(*columns(ties), people=people)
    assert len(groups) == people
    assert sorted(set(groups.tolist())) == list(range(groups.max() + 1))
    assert (np.diff(np.bincount(groups)) <= 0).all()
    assert held_together(groups, ties)


@given(TIES)
@settings(max_examples=60, deadline=None)
def test_modularity_is_that_of_networkx(drawn):
    people, ties = drawn
    sound = [(a, b, w) for a, b, w in ties if a != b and 0 < w < float("inf")]
    groups = communities(*columns(ties), people=people)
    web = nx.MultiGraph()
    web.add_nodes_from(range(people))
    web.add_weighted_edges_from(sound)
    parts = [set(np.flatnonzero(groups == group).tolist()) for group in range(groups.max() + 1)]
    known = nx.community.modularity(web, parts) if sound else 0.0
    assert modularity(groups, *columns(ties)) == pytest.approx(known, abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_groups_are_about_as_good_as_those_of_networkx(seed):
    web = nx.random_partition_graph([15, 25, 10, 30], 0.3, 0.03, seed=seed)
    ends = np.array(web.edges())
    weights = np.random.default_rng(seed).uniform(0.2, 1, len(ends))
    for (one, other), weight in zip(web.edges(), weights, strict=True):
        web[one][other]["weight"] = weight
    groups = communities(ends[:, 0], ends[:, 1], weights, people=80)
    known = nx.community.louvain_communities(web, seed=seed)
    ours, theirs = (
        modularity(groups, ends[:, 0], ends[:, 1], weights),
        nx.community.modularity(web, known),
    )
    assert ours > theirs - 0.02


def test_compiled_it_gives_the_same(monkeypatch):
    ties = everybody_knows_everybody(7, 4, 12, 9)
    plain = communities(*ties, people=32)
    monkeypatch.setattr(room, "COMPILED_FROM", 0)
    assert communities(*ties, people=32).tolist() == plain.tolist()
