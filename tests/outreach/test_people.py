"""The list of people, a page at a time."""

from __future__ import annotations

import pytest

from askwell.outreach.queries import people_page
from askwell.people.actions import NewContact, add_contact

from .conftest import utc

pytestmark = pytest.mark.django_db

MONDAY = utc(2026, 11, 2, 15, 0)


@pytest.fixture
def dozen(lina):
    for number in range(12):
        add_contact(
            lina,
            NewContact(name=f"Ada{number:02} Doe", organization=f"Place {number}", tags=["alumni"]),
            now=MONDAY,
        )


@pytest.mark.usefixtures("dozen")
@pytest.mark.parametrize("size", [2, 10])
def test_a_longer_page_takes_no_more_queries(lina, django_assert_max_num_queries, size):
    with django_assert_max_num_queries(6):
        found = people_page(lina, now=MONDAY, size=size)
    assert [(row.name, row.work, row.tags) for row in found.rows] == [
        (f"Ada{number:02} Doe", f"Place {number}", ("alumni",)) for number in range(size)
    ]
    assert found.has_next


@pytest.mark.usefixtures("dozen")
def test_nobody_sees_anothers_people(other_owner):
    found = people_page(other_owner, now=MONDAY)
    assert (found.rows, found.total) == ([], 0)
