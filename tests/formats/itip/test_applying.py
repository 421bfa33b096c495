"""What an incoming message does to the event one keeps; what is old, or not the sender's to say, does nothing."""

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
    corpus,
    definition,
    instance,
    observance,
    talk,
    weekly,
)

from askwell.formats.itip.applying import MOST_AT_ONCE, apply
from askwell.formats.itip.expanding import Span, occurrences
from askwell.formats.itip.reading import read_calendar
from askwell.formats.itip.scheduling import plan

MALLORY = "mallory@else.example"
SPAN = Span(datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))


def answer(
    who: str, partstat: str = "ACCEPTED", *more: str, stamp: str = "20261121T100000Z", event=talk, **change
):
    return calendar(event(*more, people=(asked(who, partstat),), dtstamp=stamp, **change), method="REPLY")


def kept(applied):
    return read_calendar(applied.calendar)


def partstats(applied, number: int = 0):
    return {one.address.partition("@")[0]: one.partstat for one in kept(applied).events[number].attendees}


def days(applied):
    (series,) = kept(applied).series().values()
    return [f"{one.starts:%m-%d %H:%M}" for one in occurrences(series, SPAN)]


def told(applied):
    return applied.outcome.value, applied.code


# Who was asked answers


@pytest.mark.parametrize("partstat", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_is_noted(partstat):
    applied = apply(calendar(talk()), answer(JANE, partstat), sender="Jane@Jane.Example")
    assert told(applied) == ("applied", "answered")
    assert partstats(applied) == {"jane": partstat, "bob": "NEEDS-ACTION"}
    (change,) = applied.changes
    assert (change.what, change.before, change.after) == (f"answer of {JANE}", "NEEDS-ACTION", partstat)
    assert JANE in applied.reason


def test_the_answer_of_google_is_noted():
    stored = calendar(talk(uid="talk-7@northfield.example", people=("jane@acme.example",)))
    assert apply(stored, read_calendar(corpus("google")), sender="jane@acme.example").code == "answered"


@pytest.mark.parametrize(
    ("stored", "incoming", "sender", "code"),
    [
        (talk(), answer(MALLORY), MALLORY, "not-asked"),
        (talk(), answer(JANE), MALLORY, "sender-differs"),
        (talk(), answer(JANE, uid="talk-8"), JANE, "other-event"),
        (talk(), answer(JANE, "MAYBE"), JANE, "no-answer"),
        (talk(), calendar(talk(people=()), method="REPLY"), JANE, "no-attendee"),
        (talk(), calendar(talk(), method="REPLY"), "", "no-attendee"),
        (talk(), calendar(talk(), method="REPLY"), MALLORY, "no-attendee"),
        (weekly(), answer(JANE, event=lambda *a, **k: instance("20261202", *a, **k)), JANE, "no-instance"),
        (instance("20261201"), answer(JANE), JANE, "no-instance"),
    ],
)
def test_an_answer_that_is_not_the_senders_to_give_is_refused(stored, incoming, sender, code):
    applied = apply(calendar(stored), incoming, sender=sender)
    assert told(applied) == ("refused", code)
    assert applied.changes == ()
    assert kept(applied).events == calendar(stored).events
    assert applied.reason.endswith(".")


def test_of_several_attendees_the_sender_answers():
    both = calendar(talk(people=(asked(JANE, "ACCEPTED"), asked(BOB, "DECLINED"))), method="REPLY")
    assert partstats(apply(calendar(talk()), both, sender=BOB)) == {"jane": "NEEDS-ACTION", "bob": "DECLINED"}


def test_who_writes_for_somebody_asked_may_answer():
    stored = calendar(talk(people=(f'ATTENDEE;SENT-BY="mailto:{EVE}":mailto:{JANE}',)))
    assert apply(stored, answer(JANE), sender=EVE).code == "answered"


def test_an_answer_to_no_event_is_left_alone():
    for method in ("REPLY", "COUNTER", "REFRESH", "CANCEL", "ADD", "DECLINECOUNTER"):
        applied = apply(None, calendar(talk(people=(JANE,)), method=method), sender=JANE)
        assert told(applied) == ("ignored", "no-event")
        assert kept(applied).events == ()


def test_the_later_answer_holds_whichever_comes_first():
    yes, no = answer(JANE, stamp="20261121T100000Z"), answer(JANE, "DECLINED", stamp="20261121T110000Z")
    one = apply(kept(apply(calendar(talk()), yes)), no)
    other = apply(kept(apply(calendar(talk()), no)), yes)
    assert partstats(one) == partstats(other) == {"jane": "DECLINED", "bob": "NEEDS-ACTION"}
    assert told(other) == ("ignored", "stale")


def test_the_same_answer_twice_is_known():
    once = apply(calendar(talk()), answer(JANE))
    twice = apply(kept(once), answer(JANE))
    assert told(twice) == ("ignored", "seen")
    assert twice.calendar == once.calendar


def test_an_answer_without_a_stamp_is_older_than_any_other_and_known_when_it_comes_again():
    bare = answer(JANE, "DECLINED", stamp=None)
    once = apply(calendar(talk()), bare)
    assert partstats(once)["jane"] == "DECLINED"
    assert told(apply(kept(once), bare)) == ("ignored", "seen")
    assert apply(kept(apply(calendar(talk()), answer(JANE))), bare).code == "stale"


def test_an_answer_to_an_earlier_time_is_none_to_this_one():
    applied = apply(calendar(talk(sequence="1")), answer(JANE, sequence="0"))
    assert told(applied) == ("ignored", "stale-answer")
    assert partstats(applied)["jane"] == "NEEDS-ACTION"


def test_an_answer_to_what_was_last_told_counts_though_others_were_told_more():
    made = plan(LINA, calendar(talk()), calendar(talk(people=(JANE,))), now=NOW)
    assert read_calendar(made.kept).events[0].sequence == 1
    assert apply(read_calendar(made.kept), answer(JANE, sequence="0")).code == "answered"


def test_a_note_of_the_last_answer_that_is_none_is_passed_over():
    odd = calendar(talk(people=(f"ATTENDEE;X-REPLY-SEQUENCE=x;X-REPLY-DTSTAMP=y:mailto:{JANE}",)))
    assert apply(odd, answer(JANE)).code == "answered"


def test_somebody_sends_another_and_that_one_answers():
    stored = calendar(talk(people=(JANE,)))
    instead = calendar(
        talk(
            people=(f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:{EVE}":mailto:{JANE}',),
            dtstamp="20261121T100000Z",
        ),
        method="REPLY",
    )
    first = apply(stored, instead, sender=JANE)
    assert partstats(first) == {"jane": "DELEGATED"}
    second = apply(kept(first), answer(EVE), sender=EVE)
    assert partstats(second) == {"jane": "DELEGATED", "eve": "ACCEPTED"}


def test_one_instance_is_answered_alone():
    applied = apply(
        calendar(weekly()), answer(JANE, "DECLINED", event=lambda *a, **k: instance("20261201", *a, **k))
    )
    assert partstats(applied)["jane"] == "NEEDS-ACTION"
    assert partstats(applied, 1)["jane"] == "DECLINED"
    assert days(applied) == days(apply(calendar(weekly()), answer(JANE)))
    assert applied.changes[-1].recurrence_id.startswith("2026-12-01T09:00:00")


def test_an_answer_to_the_series_holds_for_the_instances_not_answered_later():
    stored = calendar(weekly(), instance("20261201"), instance("20261208"))
    late = answer(
        JANE, "DECLINED", stamp="20261121T120000Z", event=lambda *a, **k: instance("20261208", *a, **k)
    )
    applied = apply(kept(apply(stored, late)), answer(JANE, stamp="20261121T110000Z"))
    assert [partstats(applied, number)["jane"] for number in (0, 1, 2)] == [
        "ACCEPTED",
        "ACCEPTED",
        "DECLINED",
    ]


# Somebody who was asked proposes, or asks again


def test_other_times_are_proposed_and_nothing_is_changed():
    proposed = calendar(
        talk("COMMENT:An hour later?", people=(JANE,), start="20261124T100000", location="Library"),
        method="COUNTER",
    )
    applied = apply(calendar(talk()), proposed, sender=JANE)
    assert told(applied) == ("proposed", "proposed")
    assert applied.changes == ()
    assert kept(applied).events == calendar(talk()).events
    found = applied.proposal
    assert (found.attendee, found.starts.hour, found.ends.minute, found.location) == (JANE, 10, 20, "Library")
    assert applied.comment == found.comment == "An hour later?"


@pytest.mark.parametrize(
    ("proposed", "sender", "code"),
    [
        (talk(people=(JANE,)), MALLORY, "sender-differs"),
        (talk(people=(MALLORY,)), MALLORY, "not-asked"),
        (talk(people=(JANE,), sequence="0"), JANE, "stale-answer"),
        (f"UID:talk-7\nSEQUENCE:1\nATTENDEE:mailto:{JANE}", JANE, "no-time"),
    ],
)
def test_a_proposal_may_be_none(proposed, sender, code):
    assert (
        apply(calendar(talk(sequence="1")), calendar(proposed, method="COUNTER"), sender=sender).code == code
    )


def test_who_asks_again_is_to_be_sent_the_event():
    applied = apply(calendar(talk()), calendar(talk(people=(JANE,)), method="REFRESH"), sender=JANE)
    assert told(applied) == ("asked", "asked-again")
    assert applied.answer_to == JANE
    assert apply(calendar(talk()), calendar(talk(people=(MALLORY,)), method="REFRESH")).code == "not-asked"


# The organizer asks and changes


def test_an_invitation_is_kept():
    applied = apply(None, calendar(talk(), method="REQUEST"), sender=LINA)
    assert told(applied) == ("applied", "invited")
    assert kept(applied).events[0].summary == "Talk"
    assert kept(applied).method == ""


def test_an_invitation_sent_by_somebody_else_is_kept_and_that_is_told():
    applied = apply(None, calendar(talk(), method="REQUEST"), sender="calendar@service.example")
    assert told(applied) == ("applied", "invited-by-other")
    assert "calendar@service.example" in applied.reason
    assert (
        apply(None, calendar(talk(organizer=None), method="REQUEST"), sender=EVE).code == "invited-by-other"
    )


def test_a_newer_version_takes_the_place_of_the_older():
    newer = calendar(talk(start="20261124T100000", sequence="1"), method="REQUEST")
    applied = apply(calendar(talk()), newer, sender=LINA)
    assert told(applied) == ("applied", "changed")
    assert [(one.what, one.before, one.after) for one in applied.changes] == [
        ("starts", "2026-11-24T09:00:00 Europe/Berlin", "2026-11-24T10:00:00 Europe/Berlin"),
        ("ends", "2026-11-24T09:20:00 Europe/Berlin", "2026-11-24T10:20:00 Europe/Berlin"),
    ]


def test_an_event_may_lose_its_time():
    lost = calendar(f"UID:talk-7\nSEQUENCE:1\nORGANIZER:mailto:{LINA}", method="REQUEST")
    changes = {one.what: one.after for one in apply(calendar(talk()), lost).changes}
    assert changes["starts"] == ""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sequence": "1", "dtstamp": "20261130T100000Z"}, "stale"),
        ({"sequence": "2", "dtstamp": "20261119T100000Z"}, "stale"),
        ({"sequence": "2", "dtstamp": None}, "stale"),
        ({"sequence": "2"}, "seen"),
    ],
)
def test_what_is_older_or_known_changes_nothing(change, code):
    stored = calendar(talk(sequence="2"))
    for method in ("REQUEST", "CANCEL"):
        applied = apply(stored, calendar(talk(summary="Other", **change), method=method), sender=LINA)
        assert told(applied) == ("ignored", code)
        assert kept(applied).events == stored.events


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "ADD", "DECLINECOUNTER"])
@pytest.mark.parametrize(
    ("organizer", "sender", "code"),
    [
        (f"mailto:{MALLORY}", MALLORY, "other-organizer"),
        (None, MALLORY, "other-organizer"),
        (f"mailto:{LINA}", MALLORY, "sender-differs"),
    ],
)
def test_only_the_organizer_changes_an_event(method, organizer, sender, code):
    applied = apply(
        calendar(talk()), calendar(talk(organizer=organizer, sequence="9"), method=method), sender=sender
    )
    assert told(applied) == ("refused", code)
    assert kept(applied).events == calendar(talk()).events


def test_ones_own_event_without_an_organizer_is_nobody_elses_to_change():
    assert (
        apply(
            calendar(talk(organizer=None)), calendar(talk(sequence="9"), method="REQUEST"), sender=LINA
        ).code
        == "other-organizer"
    )


def test_ones_own_alarms_stay_and_those_of_others_do_not_come():
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT{}M\nEND:VALARM"
    invited = apply(None, calendar(talk(alarm.format(5)), method="REQUEST"))
    assert kept(invited).events[0].alarms == ()
    newer = calendar(talk(alarm.format(5), sequence="1"), method="REQUEST")
    (mine,) = kept(apply(calendar(talk(alarm.format(60))), newer)).events[0].alarms
    assert mine.before.seconds == 3600


def test_ones_own_answer_stays_while_the_time_is_the_same():
    stored = calendar(talk(people=(asked(JANE, "ACCEPTED"), BOB)))
    renamed = calendar(talk(summary="A talk", dtstamp="20261121T100000Z"), method="REQUEST")
    assert partstats(apply(stored, renamed, own=JANE)) == {"jane": "ACCEPTED", "bob": "NEEDS-ACTION"}
    assert partstats(apply(stored, renamed)) == {"jane": "NEEDS-ACTION", "bob": "NEEDS-ACTION"}
    moved = calendar(talk(start="20261124T100000", sequence="1"), method="REQUEST")
    assert partstats(apply(stored, moved, own=JANE))["jane"] == "NEEDS-ACTION"


def test_a_cancelled_event_stays_as_cancelled_and_an_old_request_does_not_bring_it_back():
    off = apply(
        calendar(talk()), calendar(talk("STATUS:CANCELLED", sequence="1"), method="CANCEL"), sender=LINA
    )
    assert told(off) == ("applied", "cancelled")
    assert kept(off).events[0].cancelled
    assert days(off) == []
    late = apply(kept(off), calendar(talk(dtstamp="20261130T100000Z"), method="REQUEST"), sender=LINA)
    assert told(late) == ("ignored", "stale")


def test_whoever_is_told_of_no_longer_being_asked_need_not_come():
    for_bob = calendar(talk(people=(BOB,), sequence="1"), method="CANCEL")
    assert kept(apply(calendar(talk()), for_bob, own=BOB)).events[0].cancelled
    assert kept(apply(calendar(talk()), for_bob)).events[0].cancelled
    for_jane = apply(calendar(talk()), for_bob, own=JANE)
    assert told(for_jane) == ("applied", "uninvited")
    assert partstats(for_jane) == {"jane": "NEEDS-ACTION"}
    assert BOB in for_jane.reason


def test_an_event_known_by_its_instances_alone_is_cancelled_with_them():
    off = apply(
        calendar(instance("20261201")), calendar(talk("STATUS:CANCELLED", sequence="1"), method="CANCEL")
    )
    assert kept(off).events[0].cancelled


def test_one_instance_is_cancelled_and_the_rest_take_place():
    cancelled = calendar(instance("20261201", "STATUS:CANCELLED", sequence="1"), method="CANCEL")
    off = apply(calendar(weekly()), cancelled, sender=LINA)
    assert days(off) == ["11-24 09:00", "12-08 09:00", "12-15 09:00", "12-22 09:00"]
    again = apply(kept(off), cancelled, sender=LINA)
    assert told(again) == ("ignored", "seen")
    moved = calendar(weekly(), instance("20261201", start="20261201T140000"))
    assert "12-01 14:00" not in days(apply(moved, cancelled))
    assert (
        apply(calendar(weekly()), calendar(instance("20261202", sequence="1"), method="CANCEL")).code
        == "no-instance"
    )
    assert apply(calendar(instance("20261208")), cancelled).code == "no-instance"


def test_an_instance_is_moved_and_an_older_word_on_it_is_left_alone():
    moved = calendar(instance("20261201", start="20261201T140000", sequence="2"), method="REQUEST")
    applied = apply(calendar(weekly()), moved, sender=LINA)
    assert days(applied)[1] == "12-01 14:00"
    old = calendar(instance("20261201", start="20261201T160000", sequence="1"), method="REQUEST")
    assert apply(kept(applied), old).code == "stale"
    below = calendar(instance("20261208", start="20261208T160000", sequence="0"), method="REQUEST")
    assert apply(calendar(weekly(sequence="1")), below).code == "stale"


def test_a_series_told_anew_ends_the_instances_it_does_not_name():
    stored = calendar(weekly(), instance("20261201", start="20261201T140000", sequence="1"))
    slight = calendar(weekly(summary="A talk", dtstamp="20261121T100000Z"), method="REQUEST")
    assert days(apply(stored, slight))[1] == "12-01 14:00"
    newer = calendar(weekly(sequence="2"), method="REQUEST")
    assert days(apply(stored, newer))[1] == "12-01 09:00"
    elsewhere = calendar(
        weekly(start="20261125T090000", sequence="1", dtstamp="20261121T100000Z"), method="REQUEST"
    )
    assert days(apply(stored, elsewhere))[1] == "12-02 09:00"


def test_a_series_comes_after_its_instance():
    applied = apply(
        calendar(instance("20261201", start="20261201T140000", sequence="1")),
        calendar(weekly(), method="REQUEST"),
    )
    assert days(applied) == ["11-24 09:00", "12-01 14:00", "12-08 09:00", "12-15 09:00", "12-22 09:00"]


def test_an_instance_comes_after_another():
    applied = apply(calendar(instance("20261201")), calendar(instance("20261208"), method="REQUEST"))
    assert days(applied) == ["12-01 09:00", "12-08 09:00"]


def test_a_message_may_tell_the_whole_and_its_instances():
    both = calendar(
        weekly(sequence="1"), instance("20261201", start="20261201T140000", sequence="1"), method="REQUEST"
    )
    assert days(apply(None, both))[1] == "12-01 14:00"
    assert days(apply(calendar(weekly()), both))[1] == "12-01 14:00"


def ranged(day: str, **change):
    return instance(day, **change).replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;COUNT=5", "FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20270101T000000Z"])
def test_this_and_all_after_it_are_cancelled(rule):
    stored = calendar(
        talk(f"RRULE:{rule}", "RDATE:20261126T130000Z,20261210T130000Z"),
        instance("20261201", summary="Second"),
        instance("20261215"),
    )
    off = apply(stored, calendar(ranged("20261208", sequence="1"), method="CANCEL"), sender=LINA)
    assert days(off) == ["11-24 09:00", "11-26 14:00", "12-01 09:00"]
    assert apply(kept(off), calendar(ranged("20261208", sequence="1"), method="CANCEL")).code == "seen"


def test_this_and_all_after_it_may_be_everything():
    off = apply(calendar(weekly()), calendar(ranged("20261124", sequence="1"), method="CANCEL"))
    assert kept(off).events[0].cancelled
    alone = apply(calendar(instance("20261201")), calendar(ranged("20261124", sequence="1"), method="CANCEL"))
    assert kept(alone).events[0].cancelled
    dates = calendar(talk("RDATE:20261126T130000Z"))
    assert days(apply(dates, calendar(ranged("20261125", sequence="1"), method="CANCEL"))) == ["11-24 09:00"]


def test_days_are_cut_by_days():
    series = "UID:a\nDTSTART;VALUE=DATE:20261224\nRRULE:FREQ=DAILY\nORGANIZER:mailto:lina@lina.example"
    cut = "UID:a\nSEQUENCE:1\nDTSTART;VALUE=DATE:20261226\nRECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20261226\nORGANIZER:mailto:lina@lina.example"
    (found,) = (
        read_calendar(apply(calendar(series), calendar(cut, method="CANCEL")).calendar).series().values()
    )
    assert [one.starts.day for one in occurrences(found, SPAN)] == [24, 25]


def test_a_time_is_added():
    added = calendar(talk(start="20261126T140000", sequence="1", summary="One more"), method="ADD")
    applied = apply(calendar(weekly(), instance("20261201")), added, sender=LINA)
    assert told(applied) == ("applied", "added")
    assert days(applied)[:3] == ["11-24 09:00", "11-26 14:00", "12-01 09:00"]
    assert apply(kept(applied), added).code == "seen"


@pytest.mark.parametrize(
    ("stored", "added", "code"),
    [
        (weekly(), talk(sequence="5"), "missed"),
        (instance("20261201"), talk(sequence="1"), "missed"),
        (weekly(sequence="3"), talk(sequence="2"), "stale"),
        (weekly(), f"UID:talk-7\nSEQUENCE:1\nORGANIZER:mailto:{LINA}", "no-time"),
    ],
)
def test_a_time_may_not_be_added(stored, added, code):
    assert apply(calendar(stored), calendar(added, method="ADD"), sender=LINA).code == code


def test_a_proposal_is_declined():
    applied = apply(calendar(talk()), calendar(talk(), method="DECLINECOUNTER"), sender=LINA)
    assert told(applied) == ("noted", "proposal-declined")
    assert applied.changes == ()


# What is no message at all


@pytest.mark.parametrize(
    ("method", "code"), [("", "no-method"), ("PUBLISH", "not-for-people"), ("WHATEVER", "not-for-people")]
)
def test_a_file_that_asks_nothing_changes_nothing(method, code):
    assert told(apply(calendar(talk()), calendar(talk(sequence="9"), method=method))) == ("ignored", code)


def test_a_message_without_an_event_changes_nothing():
    assert apply(calendar(talk()), calendar(method="REQUEST")).code == "unreadable"


def test_a_message_about_several_events_is_applied_to_the_one_that_is_kept():
    both = calendar(talk(uid="other"), talk(sequence="1", summary="A talk"), method="REQUEST")
    applied = apply(calendar(talk(), talk(uid="third")), both, sender=LINA)
    assert applied.uid == "talk-7"
    assert sorted(event.uid for event in kept(applied).events) == ["talk-7", "third"]


def test_a_zone_of_the_message_does_not_change_what_is_kept():
    stored = calendar(talk(zone="Daheim"), talk(uid="b", zone="Daheim", start="20261125T090000"), before=HOME)
    far = definition("Daheim", observance("STANDARD", "19700101T000000", "+0900", "+0900"))
    moved = calendar(talk(zone="Daheim", sequence="1"), method="REQUEST", before=far)
    mine, theirs = sorted(kept(apply(stored, moved)).events, key=lambda event: event.uid)
    assert mine.starts.astimezone(UTC) == datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert theirs.starts.astimezone(UTC) == datetime(2026, 11, 24, 0, tzinfo=UTC)
    same = calendar(talk(zone="Daheim", sequence="1"), method="REQUEST", before=HOME)
    assert kept(apply(stored, same)).events[1].zone == "Daheim"


def test_characters_that_no_value_may_hold_part_no_event_from_itself():
    """What is written without them is found again by what was read."""
    applied = apply(None, calendar(talk(uid="talk\x067"), method="REQUEST"), sender=LINA, own=JANE)
    assert told(applied)[0] == "applied"
    assert applied.uid == kept(applied).events[0].uid == "talk7"
    parameter = calendar(talk("ATTENDEE;CN=J\x01ane:mailto:jane@jane.example", people=()))
    assert parameter.events[0].attendees[0].name == "Jane"


def test_a_message_about_thousands_of_single_times_is_left_alone():
    days = (f"2026{month:02}{day:02}" for month in range(1, 13) for day in range(1, 29))
    single = [instance(day) for day in days][: MOST_AT_ONCE + 1]
    assert told(apply(None, calendar(*single, method="REQUEST"), sender=LINA)) == ("ignored", "too-many")
    assert apply(None, calendar(*single[:2], method="REQUEST"), sender=LINA).code != "too-many"
