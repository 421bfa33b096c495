"""A group is named by what its people share and others do not."""

from askwell.graph.sharing import shared

ACME, LEEDS, CHICAGO = ("organization", "Acme Health"), ("event", "Leeds nursing fair"), ("place", "Chicago")


def test_what_only_they_share_tells_more_than_what_everybody_does():
    marks = [{ACME, CHICAGO}, {ACME, CHICAGO}, {CHICAGO}, {LEEDS, CHICAGO}, {LEEDS, CHICAGO}, {CHICAGO}]
    assert shared([[0, 1, 2], [3, 4, 5]], marks) == [ACME, LEEDS]


def test_no_two_groups_bear_one_name():
    marks = [{ACME}, {ACME}, {ACME, LEEDS}, {ACME, LEEDS}, set(), set()]
    assert shared([[0, 1], [2, 3], [4, 5]], marks) == [ACME, LEEDS, None]


def test_what_one_or_a_few_of_many_have_is_no_name():
    assert shared([[0, 1, 2]], [{ACME}, set(), set()]) == [None]
    assert shared([[0, 1, 2, 3, 4, 5]], [{ACME}, {ACME}, set(), set(), set(), set()]) == [None]


def test_what_is_commoner_outside_is_no_name():
    marks = [{CHICAGO}, {CHICAGO}, set(), set(), *({CHICAGO} for _ in range(8))]
    assert shared([[0, 1, 2, 3]], marks) == [None]


def test_a_notebook_of_one_group_is_named_by_what_most_share():
    assert shared([[0, 1, 2]], [{CHICAGO}, {CHICAGO}, {CHICAGO, ACME}]) == [CHICAGO]
    assert shared([], []) == []
