"""What is known of someone is not asked."""

from datetime import UTC, datetime

import pytest

from askwell.rules.questions.known import Known, conditions
from askwell.rules.questions.model import Avoid

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NOTHING = {Avoid.UNREAD, Avoid.NO_ORGANIZATION}


def held(**facts):
    return conditions(Known(**facts), now=NOW)


def test_of_a_stranger_one_has_read_nothing_and_knows_no_place():
    assert held() == NOTHING


@pytest.mark.parametrize(
    ("homework", "changed"),
    [
        (["profile"], {Avoid.ON_PROFILE}),
        (["site"], {Avoid.ON_SITE, Avoid.UNREAD}),
        (["news"], {Avoid.UNREAD}),
        (["common_ground", "wants"], set()),
    ],
)
def test_what_was_read_is_not_asked(homework, changed):
    assert held(homework=homework) == NOTHING ^ changed


def test_two_jobs_with_a_beginning_show_a_path():
    assert held(dated_jobs=1) == NOTHING
    assert held(dated_jobs=2) == NOTHING | {Avoid.ON_PROFILE}


def test_where_the_place_is_known_one_may_ask_about_it():
    assert held(at_organization=True) == {Avoid.UNREAD}


@pytest.mark.parametrize(
    ("since", "new"),
    [
        ("", False),
        ("2025", False),
        ("2025-03", False),
        ("2025-03-02", False),
        ("2025-03-03", True),
        ("2025-04", True),
        ("2026", True),
    ],
)
def test_who_came_within_a_year_is_new_there(since, new):
    assert (Avoid.NEW_THERE in held(there_since=since)) is new
