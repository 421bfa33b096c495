"""A talk and its entry in the calendar, whatever either side did: nothing is lost, and both come to agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.calendar_entries import Appointment, Unfit
from askwell.outreach.talks_in_calendar.merging import (
    FIELDS,
    Agreed,
    What,
    decide,
    in_doubt,
    settled_here,
    settled_there,
)

TEN = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
sides = st.builds(
    Appointment,
    starts=st.integers(0, 2).map(lambda hour: TEN + timedelta(hours=hour)),
    minutes=st.just(20),
    title=st.sampled_from(["Conversation", "Conversation with Jane Doe"]),
    location=st.sampled_from(["", "Café Blum"]),
)
agreements = st.builds(Agreed, here=sides, there=sides)


def with_fields(one, other, names):
    """One side, with these fields of the other."""
    parts = {
        "time": {"starts": other.starts, "minutes": other.minutes},
        "place": {"location": other.location},
    }
    return replace(one, **{key: value for name in names for key, value in parts[name].items()})


def changed(name, now, before):
    return getattr(now, name) != getattr(before, name)


def followed(agreed, mine, theirs):
    """Both sides after what was decided is done."""
    verdict = decide(agreed, mine, theirs, arrived=True)
    mine = with_fields(mine, theirs, verdict.take)
    if verdict.what is What.GIVE:
        given_too = [name for name in FIELDS if changed(name, mine, agreed.here) and name not in verdict.take]
        theirs = replace(with_fields(theirs, mine, given_too), title=mine.title)
    return verdict.what, mine, theirs


@given(agreed=agreements, mine=sides, theirs=sides)
def test_what_one_side_changed_is_on_both_and_what_both_did_is_asked(agreed, mine, theirs):
    what, here, there = followed(agreed, mine, theirs)
    if what is What.ASK_BOTH:
        assert in_doubt(agreed, mine, theirs)
        assert (here, there) == (mine, theirs)
        return
    for name in FIELDS:
        if changed(name, mine, agreed.here):
            assert getattr(here, name) == getattr(there, name) == getattr(mine, name)
        elif changed(name, theirs, agreed.there):
            assert getattr(here, name) == getattr(there, name) == getattr(theirs, name)
        else:
            assert (getattr(here, name), getattr(there, name)) == (getattr(mine, name), getattr(theirs, name))


@given(agreed=agreements, mine=sides, theirs=sides)
def test_once_both_agree_there_is_nothing_left_to_do(agreed, mine, theirs):
    what, here, there = followed(agreed, mine, theirs)
    if what is not What.ASK_BOTH:
        again = decide(Agreed(here=here, there=there), here, there, arrived=True)
        assert (again.what, again.take) == (What.NOTHING, ())


@given(agreed=agreements, mine=sides, theirs=sides)
def test_an_answer_settles_what_was_asked_the_way_it_says(agreed, mine, theirs):
    doubts = in_doubt(agreed, mine, theirs)
    _what, here, there = followed(settled_here(agreed, theirs), mine, theirs)
    assert all(getattr(here, name) == getattr(there, name) == getattr(mine, name) for name in doubts)
    _what, here, there = followed(settled_there(agreed, mine), mine, theirs)
    assert all(getattr(here, name) == getattr(there, name) == getattr(theirs, name) for name in doubts)


@given(
    agreed=agreements,
    mine=st.none() | sides,
    theirs=st.none() | st.sampled_from(Unfit) | sides,
    arrived=st.booleans(),
)
def test_what_is_kept_reads_as_it_was_and_a_missing_entry_never_ends_a_talk(agreed, mine, theirs, arrived):
    assert Agreed.of_json(agreed.to_json()) == agreed
    what = decide(agreed, mine, theirs, arrived=arrived).what
    if mine is not None:
        assert what not in {What.REMOVE, What.FORGET}
    if isinstance(theirs, Unfit):
        assert what is What.LEAVE
