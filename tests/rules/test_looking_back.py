"""When it is time to look back, and on which week."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from askwell.rules.explain import sentence, title
from askwell.rules.facts import Calendar, ChosenFacts, EventFacts, SeekerFacts
from askwell.rules.looking_back import (
    PARTS,
    QUESTIONS,
    chosen_steps,
    last_day,
    review_step,
    week_to_review,
)
from askwell.rules.presets import PRESETS
from askwell.rules.steps import seeker_steps

CHICAGO = Calendar(zone="America/Chicago")
MONDAY = date(2026, 11, 23)


def at(day, hour=18):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


class TestTheStep:
    def test_before_anything_was_begun_there_is_none(self):
        assert review_step(SeekerFacts(calendar=CHICAGO)) is None

    def test_it_comes_on_the_friday_of_the_first_week_and_is_due_when_the_week_is_over(self):
        found = review_step(SeekerFacts(calendar=CHICAGO, began_at=at(24)))
        assert found.earliest == datetime(2026, 11, 27, 6, tzinfo=UTC)
        assert found.due == datetime(2026, 11, 30, 6, tzinfo=UTC)
        assert found.key == f"review_week:week:{MONDAY.toordinal()}"

    def test_the_week_is_the_seekers_own(self):
        late_on_sunday = datetime(2026, 11, 23, 4, tzinfo=UTC)
        found = review_step(SeekerFacts(calendar=CHICAGO, began_at=late_on_sunday))
        assert found.about == ("week", date(2026, 11, 16).toordinal())

    def test_once_done_it_comes_again_a_week_later(self):
        found = review_step(SeekerFacts(calendar=CHICAGO, began_at=at(3), reviewed_week=MONDAY))
        assert found.about == ("week", date(2026, 11, 30).toordinal())


class TestWhomOneChose:
    AMARA = ChosenFacts(contact=7, week=MONDAY)

    def steps(self, *chosen, now, calendar=CHICAGO):
        return list(chosen_steps(SeekerFacts(calendar=calendar, chosen=chosen), now=now))

    def test_they_stand_in_the_week_after_from_monday_to_the_end_of_friday(self):
        (found,) = self.steps(self.AMARA, now=at(27))
        assert (found.contact, found.key) == (7, "ask_chosen:contact:7")
        assert found.earliest == datetime(2026, 11, 30, 6, tzinfo=UTC)
        assert found.due == datetime(2026, 12, 5, 6, tzinfo=UTC)
        assert found.stale == datetime(2026, 12, 7, 6, tzinfo=UTC)
        assert title(found, name="Amara") == "Ask Amara, as you chose to"
        assert "in the week of 2026-11-30" in sentence(found.why[0])

    def test_with_the_week_they_are_gone(self):
        assert self.steps(self.AMARA, now=datetime(2026, 12, 7, 5, 59, tzinfo=UTC))
        assert self.steps(self.AMARA, now=datetime(2026, 12, 7, 6, tzinfo=UTC)) == []

    def test_chosen_in_two_weeks_running_they_stand_once_in_the_later(self):
        before = ChosenFacts(contact=7, week=date(2026, 11, 16))
        (found,) = self.steps(self.AMARA, before, now=at(24))
        assert found.earliest == datetime(2026, 11, 30, 6, tzinfo=UTC)

    def test_met_at_an_evening_since_they_are_written_to_from_there(self):
        evening = EventFacts(id=1, starts_at=at(26), attended=True, to_write=(7,), calendar=CHICAGO)
        missed = EventFacts(id=2, starts_at=at(26), to_write=(7,), calendar=CHICAGO)
        for event, steps in ((evening, 0), (missed, 1)):
            seeker = SeekerFacts(calendar=CHICAGO, chosen=(self.AMARA,), events=(event,))
            assert len(list(chosen_steps(seeker, now=at(30)))) == steps

    def test_they_are_among_the_steps_of_the_seeker(self):
        seeker = SeekerFacts(calendar=CHICAGO, goal_text="Nurse", goal_set_at=at(1), chosen=(self.AMARA,))
        found = seeker_steps(seeker, preset=PRESETS["askwell"], now=at(30))
        assert [step.code for step in found] == ["ask_chosen", "renew_goal"]


class TestTheLastDay:
    def test_a_holiday_on_friday_makes_it_thursday(self):
        calendar = Calendar(zone="America/Chicago", holidays=frozenset({date(2026, 11, 27)}))
        assert last_day(MONDAY, calendar) == date(2026, 11, 26)

    def test_a_week_of_holidays_ends_on_sunday(self):
        every = frozenset(date(2026, 11, day) for day in range(23, 30))
        assert last_day(MONDAY, Calendar(holidays=every)) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("day", "reviewed", "week"),
    [
        (27, None, date(2026, 11, 23)),
        (23, None, date(2026, 11, 16)),
        (24, date(2026, 11, 9), date(2026, 11, 16)),
        (24, date(2026, 11, 16), date(2026, 11, 23)),
        (25, None, date(2026, 11, 23)),
    ],
    ids=["on friday this week", "on monday the one before", "on tuesday too", "unless it was done", "from wednesday on this week"],
)  # fmt: skip
def test_which_week(day, reviewed, week):
    assert week_to_review(at(day), CHICAGO, reviewed=reviewed) == week


def test_it_has_five_parts_and_three_questions():
    assert len(PARTS) == 5
    assert list(QUESTIONS) == ["well", "learnt", "next"]
