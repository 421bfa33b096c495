"""The employer list: its order, its length, and where asking stands at a place."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.decisions import StepCode
from askwell.rules.employers import (
    FULL,
    START,
    Advocacy,
    AskedThere,
    Posting,
    Wanted,
    advocacy,
    in_order,
    look_again,
    target,
    there_now,
)
from askwell.rules.explain import sentence
from askwell.rules.facts import Calendar, EmployerFacts, SeekerFacts
from askwell.rules.presets import PRESETS, choose
from askwell.rules.steps import seeker_steps
from askwell.rules.timing import local

ASKWELL = PRESETS["askwell"]
MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LEEDS = Calendar(zone="Europe/London", zone_known=True)
DAY = timedelta(days=1)


def asked(days_ago, *, contact=1, helps=False):
    return AskedThere(contact=contact, last=MONDAY - days_ago * DAY, helps=helps, calendar=LEEDS)


def stands(*rows, preset=ASKWELL):
    return there_now(rows, preset=preset, now=MONDAY)


def names(*lines):
    return [line.name for line in in_order(lines)]


def test_interest_comes_before_openings_and_openings_before_people():
    dear = Wanted(id=1, name="Dear", motivation=5)
    opening = Wanted(id=2, name="Opening", motivation=4, posting=Posting.FITS)
    known = Wanted(id=3, name="Known", motivation=4, posting=Posting.NEAR, here=9)
    unrated = Wanted(id=4, name="Unrated", posting=Posting.FITS, here=9)
    assert names(unrated, known, opening, dear) == ["Dear", "Opening", "Known", "Unrated"]


def test_somebody_there_now_counts_before_any_number_who_left():
    now, left = Wanted(id=1, name="Now", here=1), Wanted(id=2, name="Left", before=5)
    nobody = Wanted(id=3, name="Nobody")
    assert names(nobody, left, now) == ["Now", "Left", "Nobody"]
    assert [advocacy(one) for one in (now, left, nobody)] == [
        Advocacy.IS_THERE,
        Advocacy.WAS_THERE,
        Advocacy.NOBODY,
    ]
    assert names(Wanted(id=2, name="b", here=1), Wanted(id=1, name="B", here=2)) == ["B", "b"]


lines = st.builds(
    Wanted,
    id=st.integers(1, 10**6),
    name=st.text(max_size=5),
    motivation=st.none() | st.integers(1, 5),
    posting=st.integers(0, 2),
    here=st.integers(0, 3),
    before=st.integers(0, 3),
)


@given(st.lists(lines, unique_by=lambda line: line.id))
def test_the_order_is_one_whatever_the_order_they_were_added_in(rows):
    ordered = in_order(rows)
    assert in_order(reversed(rows)) == ordered
    assert in_order(ordered) == ordered
    said = [line.motivation or 0 for line in ordered]
    assert said == sorted(said, reverse=True)


def test_a_list_goes_for_twenty_and_then_for_forty():
    assert [target(count) for count in (0, 19, 20, 40, 60)] == [START, START, FULL, FULL, FULL]


def test_three_business_days_of_silence_open_the_place_for_a_second_person():
    assert stands().text == "there.nobody"
    assert stands(asked(1)).text == "there.wait"
    assert local(stands(asked(1)).params["until"], LEEDS).date() == date(2026, 3, 4)
    friday_week = stands(asked(5))  # Wednesday: Thursday, Friday, Monday
    assert friday_week.text == "there.second"
    assert sentence(friday_week) == (
        "Silent since 2026-02-25: after 3 business days you may ask a second person there."
    )


def test_two_silent_ones_are_enough_and_one_who_helps_ends_the_asking():
    assert sentence(stands(asked(9), asked(1, contact=2))) == (
        "You wait for 2 people there; that is enough for now."
    )
    assert stands(asked(9), asked(4, contact=2, helps=True)).text == "there.helps"
    one_only = choose("askwell", employer_open_most=1)
    assert stands(asked(9), preset=one_only).text == "there.enough"


def test_who_was_asked_but_never_written_to_does_not_count_as_silent():
    assert stands(AskedThere(contact=1, calendar=LEEDS)).text == "there.nobody"


def test_a_place_that_was_not_hiring_is_looked_at_again_on_its_day():
    saturday = EmployerFacts(id=7, look_again_on=date(2026, 3, 7))
    step = look_again(saturday, calendar=LEEDS, preset=ASKWELL)
    assert step.code is StepCode.LOOK_AGAIN
    assert step.key == "look_again:employer:7"
    assert local(step.earliest, LEEDS).date() == date(2026, 3, 9)
    assert "This is the day" in sentence(step.why[0])
    assert look_again(EmployerFacts(id=7), calendar=LEEDS, preset=ASKWELL) is None


def test_it_stands_among_the_seekers_own_steps():
    seeker = SeekerFacts(
        goal_text="Ward nurse in Leeds",
        employers=(EmployerFacts(id=7, look_again_on=date(2026, 3, 9)), EmployerFacts(id=8)),
    )
    keys = [step.key for step in seeker_steps(seeker, preset=ASKWELL, now=MONDAY)]
    assert keys == ["look_again:employer:7"]
