"""From one person to everybody by the best ways, as networkx finds them."""

from itertools import pairwise
from math import log, prod

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.graph.reach import ways_from

ARCS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0.05, 0.3, 0.5, 0.9, 1.0])), max_size=40
)


def way_to(by, person, source=0):
    way = [person]
    while way[-1] != source:
        way.append(by[way[-1]])
    return way[::-1]


@given(ARCS)
@settings(max_examples=200, deadline=None)
def test_everybody_who_can_be_reached_is_reached_by_the_best_way(arcs):
    best = {}
    for one, other, strength in arcs:
        best[one, other] = max(strength, best.get((one, other), 0))
    web = nx.DiGraph()
    web.add_node(0)
    web.add_weighted_edges_from((one, other, -log(strength)) for (one, other), strength in best.items())
    known = nx.single_source_dijkstra_path_length(web, 0)
    by = ways_from(0, arcs)
    assert {0, *by} == set(known)
    for person in by:
        way = way_to(by, person)
        strength = prod(best[hop] for hop in pairwise(way))
        assert -log(strength) == pytest.approx(known[person], abs=1e-9)


def test_of_equal_ways_the_shorter_wins():
    assert ways_from(0, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)]) == {1: 0, 2: 0}


def test_a_tie_is_gone_in_its_direction_alone():
    assert ways_from(0, [(1, 0, 0.5)]) == {}
