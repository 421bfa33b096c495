"""Organizer and attendees together: whoever applies what was sent knows what the organizer knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.itip.calendars import BOB, CORPUS, EVE, JANE, LINA, NOW, asked, calendar, instance, talk

from askwell.formats.itip.applying import apply
from askwell.formats.itip.expanding import Span, occurrences
from askwell.formats.itip.reading import read_calendar
from askwell.formats.itip.scheduling import plan
from askwell.formats.itip.writing import calendar_file

SPAN = Span(datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))
DAYS = ("20261201", "20261208", "20261215")
PEOPLE = st.lists(st.sampled_from([JANE, BOB, EVE]), min_size=1, unique=True)


@st.composite
def versions(draw):
    """A weekly talk in some state: moved, renamed, with instances moved, cancelled or left out."""
    out = draw(st.sets(st.sampled_from(DAYS), max_size=2))
    single = draw(st.sets(st.sampled_from(DAYS), max_size=2)) - out
    people = draw(PEOPLE)
    whole = {
        "start": f"20261124T{draw(st.sampled_from(['09', '10']))}0000",
        "summary": draw(st.sampled_from(["Talk", "A talk"])),
        "location": draw(st.sampled_from(["Café", "Library"])),
        "people": people,
    }
    hour = whole["start"][9:11]
    rule = draw(st.sampled_from([["RRULE:FREQ=WEEKLY;COUNT=5"], ["RRULE:FREQ=WEEKLY;COUNT=4"]]))
    lefts = [f"EXDATE;TZID=Europe/Berlin:{day}T{hour}0000" for day in sorted(out)]
    said = [talk(*rule, *lefts, **whole)]
    for day in sorted(single):
        status = draw(st.sampled_from([[], ["STATUS:CANCELLED"]]))
        moved = instance(
            day, *status, **{**whole, "start": f"{day}T{draw(st.sampled_from(['09', '14']))}0000"}
        )
        said.append(
            moved.replace(
                f"RECURRENCE-ID;TZID=Europe/Berlin:{day}T09", f"RECURRENCE-ID;TZID=Europe/Berlin:{day}T{hour}"
            )
        )
    return calendar(*said)


def seen(kept, person: str):
    """When somebody has to be where, for what."""
    found = kept.series().get("talk-7")
    held = occurrences(found, SPAN) if found else ()
    return [
        (one.starts.astimezone(UTC), one.ends.astimezone(UTC), one.event.summary, one.event.location)
        for one in held
        if one.event.attendee(person)
    ]


def sent_to(made, person: str):
    return [read_calendar(message.calendar) for message in made.messages if person in message.to]


def received(kept, messages, own: str):
    for message in messages:
        applied = apply(kept if kept.events else None, message, sender=LINA, own=own)
        assert applied.outcome.value != "refused"
        kept = read_calendar(applied.calendar)
    return kept


def test_a_day_left_out_that_comes_back_by_itself_is_known_to_all():
    rule, whole = "RRULE:FREQ=WEEKLY;COUNT=5", {"start": "20261124T090000", "people": [JANE]}
    without = calendar(talk(rule, "EXDATE;TZID=Europe/Berlin:20261201T090000", **whole))
    again = calendar(talk(rule, **whole), instance("20261201", people=[JANE], start="20261201T090000"))
    first = plan(LINA, None, without, now=NOW)
    made = plan(LINA, read_calendar(first.kept), again, now=NOW + timedelta(hours=1))
    kept = received(received(calendar(), sent_to(first, JANE), JANE), sent_to(made, JANE), JANE)
    assert seen(kept, JANE) == seen(read_calendar(made.kept), JANE)


def test_what_needs_no_message_keeps_the_age_of_the_last_one():
    early, late = ({"start": f"20261124T{hour}0000", "people": [JANE]} for hour in ("09", "10"))
    mine, hers = None, calendar()
    for number, when in enumerate([early, late, early, early, None]):
        made = plan(LINA, mine, calendar(talk(**when)) if when else None, now=NOW + timedelta(hours=number))
        hers = received(hers, sent_to(made, JANE), JANE)
        mine = read_calendar(made.kept)
    assert seen(hers, JANE) == []


@given(history=st.lists(versions(), min_size=1, max_size=4))
def test_everybody_who_applies_what_is_sent_knows_what_the_organizer_knows(history):
    mine, theirs = None, {person: calendar() for person in (JANE, BOB, EVE)}
    for number, version in enumerate([*history, None]):
        made = plan(LINA, mine, version, now=NOW + timedelta(hours=number))
        for person, kept in theirs.items():
            theirs[person] = received(kept, sent_to(made, person), person)
            organizers = seen(read_calendar(made.kept), person)
            assert seen(theirs[person], person) == organizers
        mine = read_calendar(made.kept)


@pytest.mark.parametrize("status", [[], ["STATUS:CANCELLED"]])
def test_who_is_no_longer_asked_to_a_series_hears_nothing_more_of_its_instances(status):
    """In one change Jane is taken out, Bob is asked, and one talk is made an instance of its own."""
    rule, whole = "RRULE:FREQ=WEEKLY;COUNT=5", {"start": "20261124T090000", "summary": "Talk"}
    single = instance("20261201", *status, **{**whole, "people": [BOB], "start": "20261201T090000"})
    before = calendar(talk(rule, people=[JANE], **whole))
    first = plan(LINA, None, before, now=NOW)
    later = NOW + timedelta(hours=1)
    made = plan(
        LINA, read_calendar(first.kept), calendar(talk(rule, people=[BOB], **whole), single), now=later
    )
    to_jane = [message.method for message in made.messages if JANE in message.to]
    assert to_jane == ["CANCEL"]


@given(first=versions(), second=versions())
def test_a_sequence_never_goes_down(first, second):
    before = plan(LINA, None, first, now=NOW)
    after = plan(LINA, read_calendar(before.kept), second, now=NOW + timedelta(hours=1))
    told = [message.sequence for message in before.messages]
    assert all(message.sequence >= min(told) for message in after.messages)
    (old,), (new,) = (read_calendar(one.kept).series().values() for one in (before, after))
    assert new.whole.sequence >= old.whole.sequence


@given(first=versions(), second=versions())
def test_a_change_told_is_told_once(first, second):
    kept = read_calendar(plan(LINA, first, second, now=NOW).kept)
    assert plan(LINA, kept, kept, now=NOW + timedelta(hours=1)).messages == ()


@given(first=versions(), second=versions())
def test_a_message_applied_twice_changes_nothing_more(first, second):
    begun = plan(LINA, None, first, now=NOW)
    changed = plan(LINA, read_calendar(begun.kept), second, now=NOW + timedelta(hours=1))
    kept = received(calendar(), sent_to(begun, JANE), JANE)
    for message in sent_to(changed, JANE):
        once = apply(kept if kept.events else None, message, sender=LINA, own=JANE)
        twice = apply(read_calendar(once.calendar), message, sender=LINA, own=JANE)
        assert twice.changes == ()
        assert twice.calendar == once.calendar
        kept = read_calendar(once.calendar)


@given(history=st.lists(versions(), min_size=2, max_size=3))
def test_messages_may_come_in_any_order(history):
    mine, messages = None, []
    for number, version in enumerate(history):
        made = plan(LINA, mine, version, now=NOW + timedelta(hours=number))
        messages += sent_to(made, JANE)
        mine = read_calendar(made.kept)
    if len(messages) < 2 or messages[0].method != "REQUEST":
        return
    invited = received(calendar(), messages[:1], JANE)
    rest = messages[1:5]
    want = seen(received(invited, rest, JANE), JANE)
    wholes = all(one.events[0].recurrence_id is None for one in rest)
    for order in list(permutations(rest))[:6] if wholes else []:
        assert seen(received(invited, order, JANE), JANE) == want


@given(
    replies=st.lists(
        st.tuples(
            st.sampled_from([JANE, BOB]),
            st.sampled_from(["ACCEPTED", "DECLINED", "TENTATIVE"]),
            st.integers(0, 5),
            st.sampled_from([None, *DAYS]),
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda one: (one[0], one[2]),
    ),
    seed=st.randoms(use_true_random=False),
)
def test_answers_may_come_in_any_order(replies, seed):
    def said(who, partstat, minute, day):
        people = (asked(who, partstat),)
        stamp = f"20261121T10{minute:02}00Z"
        event = instance(day, people=people, dtstamp=stamp) if day else talk(people=people, dtstamp=stamp)
        return calendar(event, method="REPLY")

    shuffled = list(replies)
    seed.shuffle(shuffled)
    ends = []
    for order in (replies, shuffled, [*shuffled, *shuffled]):
        kept = calendar(talk("RRULE:FREQ=WEEKLY;COUNT=5"))
        for one in order:
            kept = read_calendar(apply(kept, said(*one), sender=one[0]).calendar)
        (series,) = kept.series().values()
        ends.append(
            [
                [(who.address, who.partstat) for who in one.event.attendees]
                for one in occurrences(series, SPAN)
            ]
        )
    assert ends[0] == ends[1] == ends[2]


@given(version=versions())
def test_what_is_written_is_read_again(version):
    again = read_calendar(calendar_file([event.source for event in version.events], zones=version.zones))
    assert again.events == version.events


def test_what_others_wrote_is_written_and_read_again():
    for path in CORPUS.glob("*.ics"):
        found = read_calendar(path.read_bytes())
        again = read_calendar(
            calendar_file([event.source for event in found.events], zones=found.zones, method=found.method)
        )
        assert again.events == found.events, path.name
