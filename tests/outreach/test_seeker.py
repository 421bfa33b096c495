"""What holds of the seeker's settings, through whatever door they come."""

from __future__ import annotations

import pytest

from askwell.outreach import actions
from askwell.outreach.errors import BadValue
from askwell.people.journal import last_change
from askwell.people.models import Organization

from .conftest import utc

pytestmark = pytest.mark.django_db

MONDAY = utc(2026, 11, 2, 15, 0)


@pytest.mark.parametrize("employer", [{}, {"employer": None}, {"employer": " "}, {"employer": "–"}])
def test_a_confidential_search_names_the_employer_it_is_kept_from(lina, employer):
    before = last_change(lina)
    with pytest.raises(BadValue) as bad:
        actions.change_seeker(lina, confidential=True, now=MONDAY, **employer)
    assert (bad.value.field, bad.value.problem) == ("employer", "employer-unnamed")
    assert last_change(lina) == before


def test_the_employer_named_before_is_enough_and_stays_while_the_search_is_confidential(lina):
    actions.change_seeker(lina, employer="Acme Health", now=MONDAY)
    assert actions.change_seeker(lina, confidential=True, now=MONDAY).confidential
    with pytest.raises(BadValue):
        actions.change_seeker(lina, employer="", now=MONDAY)
    seeker = actions.change_seeker(lina, confidential=False, employer="", now=MONDAY)
    assert seeker.employer is None
    assert Organization.objects.filter(name="Acme Health").exists()


def test_another_preset_drops_the_numbers_changed_of_the_one_before(lina):
    actions.change_seeker(lina, overrides={"thank_hours": 12}, now=MONDAY)
    assert actions.change_seeker(lina, preset="askwell", now=MONDAY).overrides == {"thank_hours": 12}
    assert actions.change_seeker(lina, preset="smith", now=MONDAY).overrides == {}
    own = actions.change_seeker(lina, preset="kelley", overrides={"thank_hours": 6}, now=MONDAY)
    assert (own.preset, own.overrides) == ("kelley", {"thank_hours": 6})
