"""Places for everybody: near whom they know, the same each time, and never beyond numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.graph.test_communities import TIES, columns, everybody_knows_everybody

from askwell.graph import layout
from askwell.graph.communities import communities
from askwell.graph.layout import lay_out, pushes


def placed(ties, people):
    groups = communities(*ties, people=people)
    return lay_out(*ties, people=people, groups=groups), groups


def distances(points):
    return np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))


def test_a_room_stands_together_apart_from_the_next():
    points, groups = placed(everybody_knows_everybody(12, 9, 15), 36)
    far, same = distances(points), groups[:, None] == groups[None]
    assert far[same].mean() < far[~same].mean() / 2
    np.fill_diagonal(far, np.inf)
    assert far.min() > 0.3  # nobody covers anybody


def test_the_same_web_has_the_same_places():
    ties = everybody_knows_everybody(5, 6)
    assert (placed(ties, 11)[0] == placed(ties, 11)[0]).all()


def test_who_is_tied_to_nobody_stands_around_the_rest():
    points, _groups = placed(everybody_knows_everybody(8), 20)
    far = np.sqrt((points**2).sum(axis=1))
    assert far[:8].max() < far[8:].min()


@pytest.mark.parametrize("people", [0, 1, 4])
def test_a_web_without_ties_is_laid_out_too(people):
    points, _groups = placed(([], [], []), people)
    assert points.shape == (people, 2)
    assert len({tuple(point) for point in points.tolist()}) == people


@given(TIES)
@settings(max_examples=60, deadline=None)
def test_whatever_the_ties_places_are_numbers_and_no_two_are_one(drawn):
    people, ties = drawn
    points, _groups = placed(columns(ties), people)
    assert np.isfinite(points).all()
    far = distances(points)
    np.fill_diagonal(far, np.inf)
    assert far.min() > 0.01


def test_what_pushes_from_afar_may_be_taken_together(monkeypatch):
    chance = np.random.default_rng(7)
    points, masses = chance.normal(size=(700, 2)) * 20, chance.uniform(1, 9, 700)
    points[3] = points[4]  # two on one spot
    together = pushes(points, masses)
    monkeypatch.setattr(layout, "_EXACT", 1000)
    exact = pushes(points, masses)
    assert np.linalg.norm(together - exact) < 0.05 * np.linalg.norm(exact)
    assert np.isfinite(together).all()


def test_many_on_one_spot_push_nobody_out_of_bounds():
    points = np.zeros((500, 2))
    points[250:] = 1.0
    assert np.isfinite(pushes(points, np.ones(500))).all()
