"""What an answer seems to say: each reading with the sentence it rests on, in English, German and Arabic."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import every

from askwell.formats.mail.suggesting import LANGUAGES, suggestions

CORPUS = Path(__file__).resolve().parents[2] / "corpus/mail/replies.jsonl"
REPLIES = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
SENT = datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=1)))  # a Tuesday


def read(text, **more):
    return suggestions(text, sent=more.pop("sent", SENT), **more)


def kinds(text, **more):
    return [one.kind for one in read(text, **more)]


def value(text, kind, **more):
    return next(one.value for one in read(text, **more) if one.kind == kind)


def shortly(found):
    out = {}
    for one in found:
        if one.kind == "times":
            out[one.kind] = out.get(one.kind, []) + one.value["times"]
        elif one.kind == "other_person":
            out[one.kind] = [one.value["name"], one.value["address"]]
        else:
            out[one.kind] = one.value["date"] if one.kind == "later" else True
    return {kind: said for kind, said in out.items() if said != []}


def test_an_answer_is_read_as_a_reader_would_and_each_reading_stands_on_its_sentence():
    def is_read(reply):
        readings = read(reply["text"])
        found = shortly(readings)
        expected = {kind: said for kind, said in reply["expect"].items() if said is not None}
        told = {kind: said for kind, said in found.items() if kind in expected or kind not in reply["expect"]}
        assert told == expected
        for one in readings:
            assert reply["text"][one.start : one.end] == one.sentence
            assert one.sentence == one.sentence.strip() != ""

    every(REPLIES, is_read)


def test_there_are_a_hundred_and_fifty_in_three_languages():
    assert len(REPLIES) >= 150
    assert {one["language"] for one in REPLIES} == set(LANGUAGES)


@given(st.text(), st.none() | st.datetimes(), st.lists(st.text(max_size=20), max_size=3).map(tuple))
def test_any_text_can_be_read(text, sent, known):
    for one in suggestions(text, sent=sent, known_addresses=known, sender_name=text[:10]):
        assert text[one.start : one.end] == one.sentence


WORDS = st.sampled_from(["yes", "no", "not", "happy to talk", "can't", "but", "later", "in March", "after the 15th", "Tuesday", "at 3pm", "tomorrow", "morning", "between 2 and 4", "next week", "until", "talk to", "Maria Lopez", "maria@x.example", "your resume", "send", "?", ".", ",", "!", "\n", "EST", "ja", "gern", "leider", "Dienstag", "um 14 Uhr", "oder", "im neuen Jahr", "نعم", "لا", "الثلاثاء", "الساعة 3", "بعد", "مع سامي", "31", "12/12", "99:99", "29 February", "8-9", "noon", "1-"])  # fmt: skip


@given(
    st.lists(WORDS, max_size=25).map(" ".join),
    st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Pacific/Auckland"), None])),
    st.sampled_from([None, UTC, ZoneInfo("America/New_York")]),
)
def test_words_of_answers_in_any_order_can_be_read(text, sent, zone):
    for one in suggestions(text, sent=sent, zone=zone, sender_name="Ana Lopes"):
        assert text[one.start : one.end] == one.sentence
        for moment in one.value.get("times", ()):
            assert datetime.fromisoformat(moment).tzinfo is None
        if one.kind == "later" and one.value["date"]:
            date.fromisoformat(one.value["date"])


def test_without_a_day_of_sending_no_day_is_reckoned():
    assert value("Try me again in March.", "later", sent=None) == {"date": ""}
    assert kinds("Tuesday at 3pm?", sent=None) == ["question"]
    assert value("December 3, 2026 at 3pm works.", "times", sent=None)["times"] == ["2026-12-03T15:00"]


def test_what_day_it_was_is_the_writer_s():
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    auckland = ZoneInfo("Pacific/Auckland")
    assert value("Tomorrow at 3pm?", "times", sent=late)["times"] == ["2026-11-25T15:00"]
    assert value("Tomorrow at 3pm?", "times", sent=late, zone=auckland)["times"] == ["2026-11-26T15:00"]
    assert value("Tomorrow at 3pm?", "times", sent=late.replace(tzinfo=None), zone=auckland)["times"] == [
        "2026-11-25T15:00"
    ]
    first = datetime(1, 1, 1, tzinfo=UTC)
    assert kinds("Yes.", sent=first, zone=ZoneInfo("America/New_York")) == ["yes"]


@pytest.mark.parametrize(
    ("text", "zone", "said"),
    [
        ("Thursday at 3:30 PM EST works.", "America/New_York", "EST"),
        ("Thursday at 15:00 CET works.", "Europe/Berlin", "CET"),
        ("Thursday at 3pm (Europe/Lisbon) works.", "Europe/Lisbon", "Europe/Lisbon"),
        ("Thursday at 3pm Pacific works.", "America/Los_Angeles", "Pacific"),
        ("Thursday at 3pm Berlin time works.", "Europe/Berlin", "Berlin time"),
        ("Thursday at 3pm UTC+2 works.", "+02:00", "UTC+2"),
        ("Thursday at 3pm GMT-3:30 works.", "-03:30", "GMT-3:30"),
        ("Thursday at 3pm IST works.", "", "IST"),
        ("Thursday at 3pm works, Some/Where.", "", ""),
        ("Donnerstag um 15 Uhr MEZ passt.", "Europe/Berlin", "MEZ"),
        ("Donnerstag um 15 Uhr Wiener Zeit passt.", "Europe/Vienna", "Wiener Zeit"),
        ("يناسبني الخميس الساعة 3 عصرا بتوقيت دبي", "Asia/Dubai", "بتوقيت دبي"),
        ("Thursday at 3pm works.", "", ""),
    ],
)
def test_a_zone_is_said_where_it_is_known(text, zone, said):
    found = value(text, "times")
    assert found["times"] == ["2026-11-26T15:00" if "3:30 PM" not in text else "2026-11-26T15:30"]
    assert (found["zone"], found["zone_said"]) == (zone, said)


@pytest.mark.parametrize(
    ("text", "times", "until"),
    [
        ("Thursday 2-4pm works.", ["14:00"], ["16:00"]),
        ("Thursday 11-1pm works.", ["11:00"], ["13:00"]),
        ("Thursday between 10 and 12 works.", ["10:00"], ["12:00"]),
        ("Thursday at 10 or 11 works.", ["10:00", "11:00"], ["", ""]),
        ("Thursday morning after 10 works.", ["10:00"], ["12:00"]),
        ("Thursday evening works.", ["18:00"], ["21:00"]),
        ("Thursday at 4 in the afternoon works.", ["16:00"], [""]),
        ("Thursday at 12am works.", ["00:00"], [""]),
        ("Thursday at noon works.", ["12:00"], [""]),
        ("Thursday at 12 noon works.", ["12:00"], [""]),
        ("Thursday, before 11, works, say 10am.", ["10:00"], [""]),
        ("Thursday at 09:15 works.", ["09:15"], [""]),
        ("Thursday at ten works.", ["10:00"], [""]),
        ("Thursday at 3 for 20 minutes works.", ["15:00"], [""]),
        ("Thursday at 3 in the morning works.", ["03:00"], [""]),
        ("Thursday at 10 to 9 works.", ["10:00"], ["21:00"]),
        ("Thursday at 18:00-17:00 works.", ["18:00"], [""]),
        ("Thursday 14.30 h works.", ["14:30"], [""]),
    ],
)
def test_times_of_day_as_people_write_them(text, times, until):
    found = value(text, "times")
    assert found["times"] == [f"2026-11-26T{time}" for time in times]
    assert found["until"] == [f"2026-11-26T{time}" if time else "" for time in until]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Donnerstag um halb drei passt.", ["14:30"]),
        ("Donnerstag um halb eins passt.", ["12:30"]),
        ("Donnerstag 14.30 Uhr passt.", ["14:30"]),
        ("Donnerstagabend um 7 passt.", ["19:00"]),
        ("Donnerstag um neun passt.", ["09:00"]),
        ("يناسبني الخميس الساعة 11 ظهرا", ["11:00"]),
        ("يناسبني الخميس الساعة 2 ظهرا", ["14:00"]),
    ],
)
def test_times_of_day_in_german_and_arabic(text, times):
    assert value(text, "times")["times"] == [f"2026-11-26T{time}" for time in times]


def test_days_without_a_time_are_offered_whole():
    assert value("Thursday or Friday would work.", "times") == {
        "times": [],
        "until": [],
        "days": ["2026-11-26", "2026-11-27"],
        "zone": "",
        "zone_said": "",
    }
    assert kinds("The shop on Thursday sells apples.") == []


def test_a_number_in_words_alone_is_no_time():
    assert value("Ten of us would be free on Thursday.", "times")["times"] == []


def test_a_time_without_a_day_is_of_the_day_last_spoken_of():
    found = read("Thursday is good. 3pm?")
    assert [one.value["times"] for one in found if one.kind == "times"] == [[], ["2026-11-26T15:00"]]
    assert kinds("3pm?") == ["question"]


def test_times_may_stand_before_their_days():
    found = value("3pm on Thursday or 4pm on Friday works.", "times")
    assert found["times"] == ["2026-11-26T15:00", "2026-11-27T16:00"]
    found = value("At 3pm on Thursday, or 4pm, works.", "times")
    assert found["times"] == ["2026-11-26T15:00", "2026-11-26T16:00"]


def test_what_was_and_what_is_past_is_no_proposal():
    assert kinds("I saw you on Thursday at 3pm.") == []
    assert kinds("How about November 3, 2026 at 3pm?") == ["question"]


def test_next_week_moves_the_days_after_it():
    assert value("Next week: Thursday at 3pm works.", "times")["times"] == ["2026-12-03T15:00"]
    assert value("Next Thursday at 3pm works.", "times")["times"] == ["2026-12-03T15:00"]


def test_the_number_of_a_day_is_the_next_such():
    assert value("The 30th at 3pm works.", "times")["times"] == ["2026-11-30T15:00"]
    assert value("Try again after the 31st.", "later") == {"date": "2027-01-01"}
    assert value("Try again after the 31st of January.", "later") == {"date": "2027-02-01"}
    assert value("Try again after the 99th, maybe later.", "later") == {"date": ""}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Try me again in three days.", "2026-11-27"),
        ("Try me again in a couple of weeks.", "2026-12-08"),
        ("Try me again in a month.", "2026-12-24"),
        ("Try me again in 999 days.", ""),
        ("Try me again next week.", "2026-11-30"),
        ("Try me again next month.", "2026-12-01"),
        ("Try me again next quarter.", "2027-01-01"),
        ("Try me again next year.", "2027-01-01"),
        ("Try me again in the spring.", "2027-03-01"),
        ("Try me again in Q1.", "2027-01-01"),
        ("Try me again in December.", "2026-12-01"),
        ("Try me again in mid-December.", "2026-12-15"),
        ("Try me again in late December.", "2026-12-25"),
        ("Try me again after December.", "2027-01-01"),
        ("Try me again in early March 2028.", "2028-03-01"),
        ("Try me again after the holidays.", "2027-01-02"),
        ("I am busy until the end of January.", "2027-02-01"),
        ("Try me again after early January.", "2027-01-01"),
        ("Try me again in November.", ""),
        ("Try me again on December 10.", "2026-12-10"),
        ("Try me again after December 10.", "2026-12-11"),
    ],
)
def test_when_to_try_again(text, day):
    assert value(text, "later") == {"date": day}


def test_holidays_are_those_of_the_end_of_a_year():
    spring = datetime(2027, 3, 1, tzinfo=UTC)
    assert value("Try me again after the holidays.", "later", sent=spring) == {"date": ""}
    assert value("Try me again in a month.", "later", sent=datetime(2027, 1, 31, tzinfo=UTC)) == {
        "date": "2027-02-28"
    }


def test_a_day_gladly_offered_within_two_weeks_puts_nothing_off():
    assert kinds("Happy to talk next week.") == ["yes"]
    assert kinds("Happy to talk in April.") == ["later"]


def test_a_time_that_is_offered_counts_more_than_being_busy():
    assert kinds("I'm swamped right now. But Thursday at 3pm works for me.") == ["times", "yes"]


def test_no_takes_the_times_with_it():
    assert kinds("Thursday at 3pm would have been fine. No, sorry.") == ["no"]


def test_of_yes_and_no_the_last_counts():
    assert kinds("I can't meet in person. Happy to do a call.") == ["yes"]
    assert kinds("Happy to help in general, but I can't help with this.") == ["no"]


def test_somebody_in_copy_is_found_by_name():
    known = ("bo@northwind.example", "dana.reyes@northwind.example")
    found = value("Please talk to Dana Reyes, she knows more.", "other_person", known_addresses=known)
    assert found == {"name": "Dana Reyes", "address": "dana.reyes@northwind.example"}
    found = value("Please talk to Bo, he knows more.", "other_person", known_addresses=known)
    assert found == {"name": "Bo", "address": "bo@northwind.example"}
    assert value("Please talk to Cy Holt.", "other_person", known_addresses=known)["address"] == ""


def test_the_writer_is_not_somebody_else():
    assert kinds("Please talk to Ana Lopes.", sender_name="Ana Lopes") == []
    assert kinds("Reach me at ana@lopes.example.") == []
    assert value(
        "Please talk to Ana Lopes at info@lopes.example.", "other_person", sender_name="Ana Lopes"
    ) == {
        "name": "",
        "address": "info@lopes.example",
    }


def test_somebody_else_named_before_what_is_said_of_them():
    assert value("Ana Lopes would be a better person to ask.", "other_person")["name"] == "Ana Lopes"


def test_not_being_the_one_says_no_more_where_nobody_is_named():
    assert kinds("I'm not the right person for this.") == []
    assert kinds("I no longer work there. Sorry.") == []
