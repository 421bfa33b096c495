"""A page asks the database the same few questions however many people there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web.scene import asked

from askwell.people.actions import NewContact, add_contact

MOST = {"today": 24, "person": 56, "letter": 80, "talks": 12, "find": 14}


def pages(scene):
    return {
        "today": "/",
        "person": f"/people/{scene.amara.pk}/",
        "letter": f"/letters/{scene.draft.pk}/",
        "talks": "/talks/",
        "find": "/find/?q=a",
    }


@pytest.mark.parametrize("name", sorted(MOST))
def test_the_number_of_queries_is_bounded(lina, scene, django_assert_max_num_queries, name):
    lina.get("/more/")
    with django_assert_max_num_queries(MOST[name]):
        assert lina.get(pages(scene)[name]).status_code == 200


@pytest.mark.parametrize("name", ["today", "talks", "find", "person"])
def test_more_people_ask_no_more_questions(lina, scene, django_assert_num_queries, clock, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lina.get("/")
    with CaptureQueriesContext(connection) as before:
        lina.get(pages(scene)[name])
    for number in range(6):
        contact = add_contact(scene.owner, NewContact(name=f"Anna Number{number}"), now=clock)
        asked(
            contact,
            now=clock,
            days_ago=9 + number,
            hook=f"your talk number {number} on very particular things",
        )
    add_contact(scene.owner, NewContact(name="Aaron Last"), now=clock - timedelta(days=1))
    with CaptureQueriesContext(connection) as after:
        lina.get(pages(scene)[name])
    assert len(after) <= len(before) + 1, [q["sql"][:120] for q in after.captured_queries]
