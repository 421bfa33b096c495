"""A page with twenty steps shows a few and says that the rest keeps."""

from __future__ import annotations

import re

import pytest
from django.utils.text import slugify

from askwell.outreach import queries
from askwell.outreach.derive import recompute
from askwell.outreach.models import Promise
from askwell.outreach.queries.today import MOST_STEPS
from askwell.outreach.sample import make_sample
from askwell.people.actions import NewContact, add_contact

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
    assert html.count("data-step") < len(_steps(full, now))


def test_every_step_can_be_reached(full, client, now, settings):
    settings.NOW = now.isoformat()
    client.force_login(full)
    steps = _steps(full, now)
    assert len(steps) > 15
    pages = [client.get("/", {"all": key}).content.decode() for key in ("owed", "today", "this-week")]
    assert all(any(f'id="step-{slugify(step.key)}"' in html for html in pages) for step in steps)


def test_a_group_is_unfolded_alone(full, client, now, settings):
    settings.NOW = now.isoformat()
    client.force_login(full)
    html = client.get("/").content.decode()
    group = re.search(r"\?all=([a-z-]+)", html)[1]
    unfolded = client.get("/", {"all": group}).content.decode()
    assert f'href="/?all={group}"' not in unfolded
    assert unfolded.count("data-step") > html.count("data-step")


def test_more_steps_than_are_read_are_not_counted_in_words(lina, owner, clock):
    jane = add_contact(owner, NewContact(name="Jane Doe"), now=clock)
    Promise.objects.bulk_create(
        Promise(owner=owner, contact=jane, text=f"List {n}", mine=True, made_at=clock, due=clock)
        for n in range(MOST_STEPS + 5)
    )
    recompute(owner, now=clock)
    html = lina.get("/").content.decode()
    lead = re.search(r'<p class="lead">(.+?)</p>', html)[1]
    assert lead == "More than fits on a page. The first three take about 15 minutes; the rest keeps."
    assert re.search(r"(5|6) more steps are due; they come up as these are done", html)


def _steps(owner, now):
    board = queries.today(owner, now=now)
    return [*board.owed, *board.today, *board.this_week]
