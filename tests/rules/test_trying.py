"""Days one set oneself: to try the work out, and to look at a decision again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from askwell.rules.decisions import StepCode
from askwell.rules.facts import Calendar, DecisionFacts, Relationship, SeekerFacts, TrialFacts
from askwell.rules.presets import PRESETS
from askwell.rules.steps import seeker_steps, steps_for

ASKWELL = PRESETS["askwell"]
CHICAGO = Calendar(zone="America/Chicago", zone_known=True)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 12, 4)


def tried(*trials, **facts):
    known = Relationship(contact=7, calendar=CHICAGO, trials=trials, **facts)
    return [one for one in steps_for(known, preset=ASKWELL, now=NOW) if one.code is StepCode.TRY_OUT]


def test_a_day_beside_someone_is_shown_on_its_morning_and_told_of_by_the_next_evening():
    (step,) = tried(TrialFacts(id=3, on=WEDNESDAY))
    assert (step.contact, step.about) == (7, ("trial", 3))
    assert step.earliest == datetime(2026, 11, 25, 6, tzinfo=UTC)
    assert step.due == datetime(2026, 11, 27, 0, tzinfo=UTC)
    assert [reason.rule for reason in step.why] == ["C10"]


def test_over_the_weekend_there_is_time_until_monday():
    (step,) = tried(TrialFacts(id=3, on=FRIDAY))
    assert step.due == datetime(2026, 12, 8, 0, tzinfo=UTC)


def test_what_has_no_day_yet_is_no_step():
    assert tried(TrialFacts(id=3)) == []


def test_whoever_asked_to_be_left_in_peace_is_not_worked_beside():
    assert tried(TrialFacts(id=3, on=WEDNESDAY), do_not_contact=True) == []


@pytest.mark.parametrize(("day", "shown"), [(WEDNESDAY, True), (None, False)])
def test_a_decision_is_looked_at_again_on_its_day(day, shown):
    seeker = SeekerFacts(calendar=CHICAGO, decisions=(DecisionFacts(id=2, look_again_on=day),))
    found = [
        one for one in seeker_steps(seeker, preset=ASKWELL, now=NOW) if one.code is StepCode.REVISIT_DECISION
    ]
    assert [(one.about, one.earliest) for one in found] == (
        [(("decision", 2), datetime(2026, 11, 25, 6, tzinfo=UTC))] if shown else []
    )
