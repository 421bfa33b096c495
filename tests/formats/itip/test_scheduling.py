"""What a change of an event must tell whom, as RFC 5546 asks, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.formats.itip.calendars import (
    BOB,
    EVE,
    HOME,
    JANE,
    LINA,
    NOW,
    asked,
    calendar,
    codes,
    instance,
    talk,
    weekly,
)

from askwell.formats.itip.reading import read_calendar
from askwell.formats.itip.scheduling import plan


def told(before, after, organizer: str = LINA):
    """Each message as (method, to, sequence, recurrence ids), and the plan."""
    made = plan(organizer, before, after, now=NOW)
    return [_short(message) for message in made.messages], made


def _short(message):
    events = read_calendar(message.calendar).events
    at = [f"{one.recurrence_id:%m%d}" if one.recurrence_id else "" for one in events]
    assert {event.sequence for event in events} >= {message.sequence}
    assert {event.uid for event in events} == {message.uid}
    assert {event.dtstamp for event in events} == {NOW}
    return (
        message.method,
        " ".join(one.partition("@")[0] for one in message.to),
        message.sequence,
        " ".join(at),
    )


def first_event(made, number: int = 0):
    return read_calendar(made.messages[number].calendar).events[0]


def answers(data: bytes, number: int = 0):
    return [one.partstat for one in read_calendar(data).events[number].attendees]


def test_a_new_event_is_told_to_everybody_asked():
    messages, made = told(None, calendar(talk()))
    assert messages == [("REQUEST", "jane bob", 0, "")]
    event = first_event(made)
    assert event.method == "REQUEST"
    assert event.summary == "Talk"
    assert codes(read_calendar(made.messages[0].calendar)) == []


def test_an_empty_calendar_before_is_none():
    assert told(calendar(), calendar(talk()))[0] == [("REQUEST", "jane bob", 0, "")]


def test_a_new_event_that_is_cancelled_already_is_told_to_nobody():
    assert told(None, calendar(talk("STATUS:CANCELLED")))[0] == []


def test_nothing_changed_is_told_to_nobody():
    before = calendar(talk())
    messages, made = told(before, calendar(talk(dtstamp="20261121T100000Z")))
    assert messages == []
    assert read_calendar(made.kept).events == calendar(talk(dtstamp="20261121T100000Z")).events


@pytest.mark.parametrize(
    "same",
    [
        {"duration": None, "dtend;tzid=europe/berlin": "20261124T092000"},
        {"zone": "UTC", "start": "20261124T080000"},
        {"zone": "W. Europe Standard Time"},
        {"status": "CONFIRMED"},
        {"x-moz-generation": "4"},
        {"location": "harbour  café"},
    ],
)
def test_another_way_to_write_the_same_time_or_place_moves_nothing(same):
    after = calendar(talk(**same))
    messages, _made = told(calendar(talk()), after)
    assert [one for one in messages if one[2]] == []


@pytest.mark.parametrize(
    "moved",
    [
        {"start": "20261124T100000"},
        {"duration": "PT30M"},
        {"zone": "America/New_York"},
        {"rrule": "FREQ=WEEKLY;COUNT=2"},
        {"rdate;value=date-time": "20261125T080000Z"},
    ],
)
def test_another_time_asks_everybody_anew(moved):
    before = calendar(talk(people=(asked(JANE, "ACCEPTED"), BOB)))
    messages, made = told(before, calendar(talk(people=(asked(JANE, "ACCEPTED"), BOB), **moved)))
    assert messages == [("REQUEST", "jane bob", 1, "")]
    assert answers(made.messages[0].calendar) == ["NEEDS-ACTION", "NEEDS-ACTION"]
    assert answers(made.kept) == ["NEEDS-ACTION", "NEEDS-ACTION"]
    assert first_event(made).attendees[0].rsvp


def test_the_organizer_who_comes_too_is_not_asked_anew():
    people = (asked(LINA, "ACCEPTED"), asked(JANE, "ACCEPTED"))
    messages, made = told(
        calendar(talk(people=people)), calendar(talk(people=people, start="20261124T100000"))
    )
    assert messages == [("REQUEST", "jane", 1, "")]
    assert answers(made.messages[0].calendar) == ["ACCEPTED", "NEEDS-ACTION"]


@pytest.mark.parametrize("changed", [{"location": "Library"}, {"status": "TENTATIVE"}])
def test_what_may_put_an_answer_in_doubt_raises_the_sequence_and_keeps_the_answers(changed):
    people = (asked(JANE, "ACCEPTED"), BOB)
    messages, made = told(calendar(talk(people=people)), calendar(talk(people=people, **changed)))
    assert messages == [("REQUEST", "jane bob", 1, "")]
    assert answers(made.messages[0].calendar) == ["ACCEPTED", "NEEDS-ACTION"]


@pytest.mark.parametrize(
    "changed",
    [
        {"summary": "A talk"},
        {"description": "Questions"},
        {"url": "https://a.example"},
        {"organizer;cn=Lina": f"mailto:{LINA}", "organizer": None},
    ],
)
def test_a_slight_change_is_told_with_the_same_sequence(changed):
    assert told(calendar(talk(sequence="4")), calendar(talk(sequence="4", **changed)))[0] == [
        ("REQUEST", "jane bob", 4, "")
    ]


def test_a_sequence_raised_already_is_kept_and_one_that_fell_is_not():
    before = calendar(talk(sequence="3"))
    assert told(before, calendar(talk(sequence="7", start="20261124T100000")))[0][0][2] == 7
    assert told(before, calendar(talk(sequence="0", start="20261124T100000")))[0][0][2] == 4
    assert told(before, calendar(talk(sequence="0", summary="A talk")))[0][0][2] == 3


def test_who_is_asked_too_is_told_alone():
    messages, made = told(calendar(talk()), calendar(talk(people=(JANE, BOB, EVE))))
    assert messages == [("REQUEST", "eve", 0, "")]
    assert len(first_event(made).attendees) == 3


def test_who_is_no_longer_asked_is_told_alone():
    messages, made = told(calendar(talk()), calendar(talk(people=(JANE,))))
    assert messages == [("CANCEL", "bob", 1, "")]
    event = first_event(made)
    assert [one.address for one in event.attendees] == [BOB]
    assert event.status == ""


def test_one_goes_another_comes_and_the_time_moves():
    after = calendar(talk(people=(JANE, EVE), start="20261124T100000"))
    assert told(calendar(talk()), after)[0] == [("CANCEL", "bob", 1, ""), ("REQUEST", "jane eve", 1, "")]


def test_a_deleted_event_is_cancelled_for_all():
    messages, made = told(calendar(talk()), None)
    assert messages == [("CANCEL", "jane bob", 1, "")]
    assert first_event(made).cancelled
    assert read_calendar(made.kept).events == ()


def test_a_cancelled_event_is_told_once():
    off = calendar(talk("STATUS:CANCELLED"))
    messages, made = told(calendar(talk()), off)
    assert messages == [("CANCEL", "jane bob", 1, "")]
    (kept,) = read_calendar(made.kept).events
    assert (kept.cancelled, kept.sequence) == (True, 1)
    assert told(off, off)[0] == []
    assert told(off, None)[0] == []


def test_a_cancelled_event_that_takes_place_after_all_asks_anew():
    assert told(calendar(talk("STATUS:CANCELLED", sequence="1")), calendar(talk(sequence="1")))[0] == [
        ("REQUEST", "jane bob", 2, "")
    ]


def test_nobody_is_written_to_who_cannot_be_or_does_not_want_it():
    people = (
        LINA,
        "ATTENDEE;SCHEDULE-AGENT=NONE:mailto:none@a.example",
        "ATTENDEE:urn:uuid:1",
        "ATTENDEE;CUTYPE=ROOM:invalid:nomail",
        JANE,
    )
    assert told(None, calendar(talk(people=people)))[0] == [("REQUEST", "jane", 0, "")]
    assert told(None, calendar(talk(people=(LINA,))))[0] == []
    assert told(calendar(talk(people=())), None)[0] == []


def test_the_event_of_somebody_else_is_not_ones_own_to_tell_of():
    messages, made = told(None, calendar(talk()), organizer="mallory@else.example")
    assert messages == []
    assert made.not_own == ("talk-7",)
    assert read_calendar(made.kept).events[0].uid == "talk-7"
    assert told(calendar(talk()), None, organizer="mallory@else.example")[1].not_own == ("talk-7",)


def test_who_writes_for_the_organizer_may():
    sent_by = talk(organizer=None, **{f'organizer;sent-by="mailto:{EVE}"': f"mailto:{LINA}"})
    assert told(None, calendar(sent_by), organizer=EVE)[0] == [("REQUEST", "jane bob", 0, "")]


def test_an_event_without_an_organizer_gets_one():
    _messages, made = told(None, calendar(talk(organizer=None)))
    assert first_event(made).organizer.address == LINA


def test_alarms_and_what_is_noted_of_others_are_not_sent():
    people = (
        "ATTENDEE;X-REPLY-SEQUENCE=0;X-REPLY-DTSTAMP=20261120T110000Z;X-ASKED-SEQUENCE=0:mailto:jane@jane.example",
    )
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nEND:VALARM"
    _messages, made = told(None, calendar(talk(alarm, people=people)))
    assert b"VALARM" not in made.messages[0].calendar
    assert b"X-" not in made.messages[0].calendar
    assert b"VALARM" in made.kept


def test_a_zone_only_the_file_defines_goes_along():
    _messages, made = told(None, calendar(talk(zone="Daheim"), before=HOME))
    found = read_calendar(made.messages[0].calendar)
    assert found.events[0].zone_from == "defined"
    assert codes(found) == []


def test_several_events_are_told_each_by_itself():
    messages, _made = told(
        calendar(talk(uid="a"), talk(uid="b")), calendar(talk(uid="b", summary="B"), talk(uid="c"))
    )
    assert [one[0] for one in messages] == ["REQUEST", "REQUEST", "CANCEL"]


# What repeats


def test_one_instance_left_out_is_cancelled_alone():
    messages, made = told(calendar(weekly()), calendar(weekly("EXDATE;TZID=Europe/Berlin:20261201T090000")))
    assert messages == [("CANCEL", "jane bob", 1, "1201")]
    event = first_event(made)
    assert event.cancelled
    assert event.starts.astimezone(UTC) == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert event.rrule == ""
    assert read_calendar(made.kept).events[0].sequence == 1


def test_one_instance_cancelled_is_told_alone_and_once():
    off = calendar(weekly(), instance("20261201", "STATUS:CANCELLED"))
    assert told(calendar(weekly()), off)[0] == [("CANCEL", "jane bob", 1, "1201")]
    assert told(off, off)[0] == []
    assert told(off, calendar(weekly("EXDATE;TZID=Europe/Berlin:20261201T090000")))[0] == []


def test_one_instance_moved_is_told_alone_and_asks_anew():
    people = (asked(JANE, "ACCEPTED"),)
    moved = instance("20261201", start="20261201T140000", people=people)
    messages, made = told(calendar(weekly(people=people)), calendar(weekly(people=people), moved))
    assert messages == [("REQUEST", "jane", 1, "1201")]
    assert answers(made.messages[0].calendar) == ["NEEDS-ACTION"]
    whole, single = read_calendar(made.kept).events
    assert (whole.sequence, single.sequence) == (0, 1)
    assert whole.attendees[0].partstat == "ACCEPTED"


def test_one_instance_renamed_is_told_alone_with_the_same_sequence():
    assert told(calendar(weekly()), calendar(weekly(), instance("20261201", summary="Last questions")))[
        0
    ] == [("REQUEST", "jane bob", 0, "1201")]


def test_an_instance_as_the_series_says_is_no_change():
    assert told(calendar(weekly()), calendar(weekly(), instance("20261201")))[0] == []


def test_an_instance_moved_and_then_left_out():
    moved = instance("20261201", start="20261201T140000", sequence="1")
    messages, made = told(
        calendar(weekly(), moved), calendar(weekly("EXDATE;TZID=Europe/Berlin:20261201T090000"))
    )
    assert messages == [("CANCEL", "jane bob", 2, "1201")]
    assert first_event(made).starts.hour == 14


def test_an_instance_that_is_again_as_the_series_tells_the_whole():
    moved = instance("20261201", start="20261201T140000", sequence="1")
    assert told(calendar(weekly(), moved), calendar(weekly()))[0] == [("REQUEST", "jane bob", 2, "")]
    left = calendar(weekly("EXDATE;TZID=Europe/Berlin:20261201T090000", sequence="1"))
    assert told(left, calendar(weekly(sequence="1")))[0] == [("REQUEST", "jane bob", 2, "")]


def test_an_instance_left_out_that_takes_place_elsewhere_is_told_with_the_series_that_left_it_out():
    left = calendar(weekly("EXDATE;TZID=Europe/Berlin:20261201T090000", sequence="1"))
    after = calendar(weekly(sequence="1"), instance("20261201", start="20261201T140000"))
    assert told(left, after)[0] == [("REQUEST", "jane bob", 2, " 1201")]


def test_the_series_moved_is_told_whole_with_its_instances():
    before = calendar(weekly(), instance("20261201", summary="Last questions", sequence="2"))
    after = calendar(weekly(duration="PT30M"), instance("20261201", summary="Last questions", sequence="2"))
    assert told(before, after)[0] == [("REQUEST", "jane bob", 3, " 1201")]


def test_the_series_renamed_and_an_instance_left_out_are_told_in_one():
    after = calendar(weekly("EXDATE;TZID=Europe/Berlin:20261201T090000", summary="A talk"))
    assert told(calendar(weekly()), after)[0] == [("REQUEST", "jane bob", 1, "")]


def test_the_series_renamed_and_an_instance_moved_are_told_in_one():
    after = calendar(weekly(summary="A talk"), instance("20261201", start="20261201T140000"))
    assert told(calendar(weekly()), after)[0] == [("REQUEST", "jane bob", 1, " 1201")]


def test_who_is_asked_to_one_instance_is_told_of_it_alone():
    alone = instance("20261201", people=(JANE, BOB, EVE))
    assert told(calendar(weekly()), calendar(weekly(), alone))[0] == [("REQUEST", "eve", 0, "1201")]
    assert told(None, calendar(weekly(), alone))[0] == [
        ("REQUEST", "jane bob", 0, " 1201"),
        ("REQUEST", "eve", 0, "1201"),
    ]
    assert told(calendar(weekly(), alone), None)[0] == [
        ("CANCEL", "jane bob", 1, ""),
        ("CANCEL", "eve", 1, "1201"),
    ]
    renamed = calendar(weekly(summary="A talk"), alone)
    assert told(calendar(weekly(), alone), renamed)[0][-1] == ("REQUEST", "eve", 0, "1201")
    off = calendar(weekly(), instance("20261201", "STATUS:CANCELLED", people=(JANE, BOB, EVE)))
    assert told(off, None)[0] == [("CANCEL", "jane bob", 1, "")]


def test_who_is_no_longer_asked_to_one_instance_is_told_of_it_alone():
    messages, made = told(calendar(weekly()), calendar(weekly(), instance("20261201", people=(JANE,))))
    assert messages == [("CANCEL", "bob", 1, "1201")]
    assert [one.address for one in first_event(made).attendees] == [BOB]


def test_an_instance_may_be_all_there_is():
    assert told(None, calendar(instance("20261201")))[0] == [("REQUEST", "jane bob", 0, "1201")]
    assert told(calendar(instance("20261201")), None)[0] == [("CANCEL", "jane bob", 1, "1201")]
    both = told(calendar(instance("20261201")), calendar(weekly(), instance("20261201")))[0]
    assert both == [("REQUEST", "jane bob", 0, " 1201")]
    assert told(calendar(weekly(), instance("20261201")), calendar(instance("20261201")))[0] == []


def test_whole_days_move_as_days():
    day = "UID:a\nDTSTART;VALUE=DATE:20261224\nRRULE:FREQ=DAILY;COUNT=3\nORGANIZER:mailto:lina@lina.example\nATTENDEE:mailto:jane@jane.example"
    messages, made = told(calendar(day), calendar(day + "\nEXDATE;VALUE=DATE:20261225"))
    assert messages == [("CANCEL", "jane", 1, "1225")]
    assert first_event(made).all_day


def test_floating_times_move_as_they_float():
    event = "UID:a\nDTSTART:20261224T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nORGANIZER:mailto:lina@lina.example\nATTENDEE:mailto:jane@jane.example"
    messages, made = told(calendar(event), calendar(event + "\nEXDATE:20261225T090000"))
    assert messages == [("CANCEL", "jane", 1, "1225")]
    assert first_event(made).ends == datetime(2026, 12, 25, 10)


def test_an_event_without_a_time_can_be_told_of_too():
    event = "UID:a\nSUMMARY:Some day\nORGANIZER:mailto:lina@lina.example\nATTENDEE:mailto:jane@jane.example"
    assert told(None, calendar(event))[0] == [("REQUEST", "jane", 0, "")]


def test_who_was_not_told_of_a_raised_sequence_is_known_to_have_been_told_the_last():
    _messages, made = told(calendar(talk()), calendar(talk(people=(JANE,))))
    assert b"X-ASKED-SEQUENCE=0" in made.kept.replace(b"\r\n ", b"")
    again, later = told(
        read_calendar(made.kept), calendar(talk(people=(JANE,), sequence="1", summary="A talk"))
    )
    assert again == [("REQUEST", "jane", 1, "")]
    assert b"X-ASKED-SEQUENCE" not in later.kept.replace(b"\r\n ", b"")
