"""A page with twenty steps shows a few and says that the rest keeps."""

from __future__ import annotations

import pytest
from django.utils.text import slugify

from askwell.outreach.sample import make_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(owner, now):
    make_sample(owner, now=now, people=60)
    return owner


def test_a_long_day_is_folded_and_its_first_steps_are_counted(full, client, now, settings):
    settings.NOW = now.isoformat()
    client.force_login(full)
    html = client.get("/").content.decode()
    assert "when you have time" in html
    assert "The first three take about" in html
    folded = html.split('<details class="more">')[1]
    assert "data-step" in folded


def test_every_step_is_on_the_page_folded_or_not(full, client, now, settings):
    from askwell.outreach import queries

    settings.NOW = now.isoformat()
    client.force_login(full)
    html = client.get("/").content.decode()
    board = queries.today(full, now=now)
    steps = [*board.owed, *board.today, *board.this_week]
    assert len(steps) > 15
    assert all(f'id="step-{slugify(step.key)}"' in html for step in steps)
