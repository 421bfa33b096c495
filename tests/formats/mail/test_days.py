"""Days named in a sentence, and persons."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.mail.days import Reader, day_of, order_of_digits
from askwell.formats.mail.persons import person_near
from askwell.formats.mail.phrases import folded, plain
from askwell.formats.mail.words import languages

TODAY = date(2026, 11, 24)  # a Tuesday


def days(text, language="en", order="", today=TODAY):
    return [day.date.isoformat() for day in Reader(language, today, order).days_in(folded(text))]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2026-12-07", "en", ["2026-12-07"]),
        ("on 7 Dec 2026 or December 8th, 2026", "en", ["2026-12-07", "2026-12-08"]),
        ("Monday, 7th of December", "en", ["2026-12-07"]),
        ("the 7th of December (Monday)", "en", ["2026-12-07"]),
        ("Monday and Wednesday", "en", ["2026-11-30", "2026-11-25"]),
        ("today, tomorrow, the day after tomorrow", "en", ["2026-11-24", "2026-11-25", "2026-11-26"]),
        ("I sat in the sun", "en", []),
        ("Sun 29", "en", ["2026-11-29"]),
        ("12.01. und 14.1.27", "de", ["2027-01-12", "2027-01-14"]),
        ("um 14.30 Uhr", "de", []),
        ("Wed 12/2", "en", ["2026-12-02"]),
        ("12/25/2026 and 25/12/2026", "en", ["2026-12-25", "2026-12-25"]),
        ("3/4", "en", []),
        ("99/99", "en", []),
        ("12/1/9999", "en", []),
        ("12月7日", "ja", ["2026-12-07"]),
        ("2026年12月7日", "zh", ["2026-12-07"]),
        ("مساء الأربعاء والخميس", "ar", ["2026-11-25", "2026-11-26"]),
        ("7 كانون الأول", "ar", ["2026-12-07"]),
        ("Montagnachmittag", "de", ["2026-11-30"]),
        ("30 February", "en", []),
    ],
)
def test_days_as_people_write_them(text, language, expected):
    assert days(text, language) == expected


def test_an_order_that_is_known_settles_digits():
    assert days("3/4", order="dmy") == ["2027-04-03"]
    assert days("3/4", order="mdy") == ["2027-03-04"]


def test_without_a_day_of_sending_only_whole_dates_are_days():
    assert days("tomorrow, Monday, 7 Dec, 3/4, 12月7日", today=None) == []
    assert days("7 Dec 2026", today=None) == ["2026-12-07"]


@pytest.mark.parametrize(("hours", "order"), [(-5, "mdy"), (1, "dmy"), (0, "")])
def test_english_digits_go_by_the_sender_s_clock(hours, order):
    assert order_of_digits("en", datetime(2026, 11, 24, tzinfo=timezone(timedelta(hours=hours)))) == order
    assert order_of_digits("en", datetime(2026, 11, 24)) == ""
    assert order_of_digits("en", None) == ""
    assert order_of_digits("de", None) == "dmy"


def test_a_clock_that_is_wrong_by_centuries_says_no_day():
    assert day_of(datetime(9999, 12, 31, tzinfo=UTC)) is None
    assert day_of(datetime(1, 1, 1)) is None


PIECES = st.sampled_from(["12", "31", "29", "2", "/", ".", "-", ":", "2026", "9999", "0000", "February", "März", "Monday", "Mo", "Sun", "tomorrow", "年", "月", "日", "،", "of", "the", ",", "(", ")", " "])  # fmt: skip


@given(
    st.lists(PIECES, max_size=20).map("".join),
    st.sampled_from(languages()),
    st.none() | st.dates(date(1970, 1, 1), date(2199, 12, 31)),
)
def test_any_sentence_can_be_asked_for_its_days(text, language, today):
    said = folded(text)
    found = Reader(language, today).days_in(said)
    assert all(0 <= day.start < day.end <= len(said) for day in found)
    assert [day.start for day in found] == sorted(day.start for day in found)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Please contact Maria Lopez.", "en", "Maria Lopez"),
        ("Please contact Dr. Maria Lopez-Vega of Acme.", "en", "Maria Lopez-Vega"),
        ("Please contact Ludwig van Beethoven and others.", "en", "Ludwig van Beethoven"),
        ("Please contact Maria's team.", "en", "Maria"),
        ("Please contact Maria van.", "en", "Maria"),
        ("Please contact X.", "en", ""),
        ("Please contact HR.", "en", ""),
        ("Please contact us.", "en", ""),
        ("Bitte wenden Sie sich an Frau Weber.", "de", "Weber"),
        ("Bitte wenden Sie sich an die Zentrale.", "de", ""),
        ("يرجى التواصل مع سارة أحمد على الهاتف", "ar", "سارة أحمد"),
        ("يرجى التواصل مع الدكتورة سارة أحمد خالد المنصوري", "ar", "سارة أحمد خالد"),
        ("يرجى التواصل مع سارة، شكرا", "ar", "سارة"),
        ("يرجى التواصل مع على", "ar", ""),
    ],
)
def test_the_person_named_after_a_phrase(text, language, expected):
    at = text.find("contact") + 7 if "contact" in text else 10
    assert person_near(plain(text), [(0, at)], language=language)[0] == expected


def test_the_name_before_an_address_is_its_owner_s():
    assert person_near("Ask Bo or Cy Holt (cy@holt.example).", [(0, 3)]) == ("Cy Holt", "cy@holt.example")
    assert person_near("Ask Bo, or mail to the office there: office@holt.example.", [(0, 3)]) == (
        "Bo",
        "office@holt.example",
    )
    assert person_near("Nobody here is named.", [(0, 3)], [(7, 9)]) == ("", "")
