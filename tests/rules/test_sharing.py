"""Ada keeps a reading shelf; Jun is somebody it may help."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from askwell.rules.decisions import Decision, Refusal, because
from askwell.rules.facts import Calendar, History, OutreachFacts, Relationship, SeekerFacts, State
from askwell.rules.presets import PRESETS
from askwell.rules.refusals import but_for_the_hour
from askwell.rules.sharing import may_share, tells

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # a Monday morning in New York
DAY = timedelta(days=1)
JUN = Relationship(contact=7, calendar=Calendar(zone="America/New_York", zone_known=True))
ADA = SeekerFacts()


def shared(jun=JUN, *, seeker=ADA, now=NOW):
    return may_share(jun, preset=PRESETS["askwell"], seeker=seeker, now=now)


def asked(state):
    return replace(JUN, outreaches=(OutreachFacts(id=1, state=state),))


@pytest.mark.parametrize("state", list(State))
def test_whoever_owes_an_answer_or_let_it_rest_is_given_nothing_meanwhile(state):
    free = {State.PLANNED, State.READY, State.HELD, State.IN_TOUCH, State.WITHDRAWN}
    assert shared(asked(state)) is (state in free)


def test_the_hour_of_the_day_does_not_stand_against_it():
    assert shared(now=NOW.replace(hour=3))
    assert shared(now=NOW - 2 * DAY)


def test_whoever_was_written_to_a_week_ago_is_not_written_to_again():
    assert not shared(replace(JUN, history=History(last_out_at=NOW - 7 * DAY)))
    assert shared(replace(JUN, history=History(last_out_at=NOW - 30 * DAY)))


def test_nobody_is_given_anything_whom_no_letter_may_reach():
    assert not shared(replace(JUN, do_not_contact=True))
    assert not shared(replace(JUN, at_guarded_employer=True), seeker=replace(ADA, confidential=True))


def test_the_hour_beside_another_refusal_is_not_the_hour_alone():
    hour, soon = (Refusal(reason=because(rule, "any"), hard=False) for rule in ("T03", "K02"))
    assert but_for_the_hour(Decision())
    assert but_for_the_hour(Decision(refusals=(hour,)))
    assert not but_for_the_hour(Decision(refusals=(hour, soon)))


def test_a_short_word_or_one_that_any_title_has_tells_nothing():
    assert tells("vaccine")
    assert not tells("map")
    assert not tells("report")
