"""Dates in the forms people and programs write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.dates import (
    DMY,
    MDY,
    column_order,
    is_empty,
    parse_birthday,
    parse_date,
    parse_datetime,
    parse_partial,
)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "08 Feb 2026",
            "2/8/26",
            "2/8/2026",
            "08-Feb-2026",
            "8-Feb-26",
            "2026-02-08",
            "2026/2/8",
            "20260208",
        ),
        *("Feb 8, 2026", "February 8th, 2026", "Sunday, 8 February 2026", "8. Februar 2026", "8 févr. 2026"),
        *(
            "8 de febrero de 2026",
            "2026年2月8日",
            "08.02.2026",
            "8.2.26",
            "2026 Feb 8",
            "2026-02-08 14:03:22 UTC",
        ),
        "'2026-02-08'",
    ],
)
def test_many_forms_of_one_day(text: str) -> None:
    assert parse_date(text) == date(2026, 2, 8)


@pytest.mark.parametrize(
    "text",
    [
        "31 Feb 2026",
        "30/02/2026",
        "2026-02-30",
        "20261345",
        "2月8日",
        "soon",
        "",
        "Feb 2026",
        "may be 3 of 4",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_day_and_month_follow_the_order_and_turn_round_where_impossible() -> None:
    assert parse_date("2/8/26", order=DMY) == date(2026, 8, 2)
    assert parse_date("28/12/1969", order=MDY) == date(1969, 12, 28)
    assert parse_date("12/28/1969", order=DMY) == date(1969, 12, 28)
    assert parse_date("1/2/69") == date(1969, 1, 2)


def test_one_clear_row_settles_the_order_of_a_column() -> None:
    assert column_order(["2/8/26", "13/2/26"]) == DMY
    assert column_order(["2/8/26", "2/13/26, 9:00 AM"]) == MDY
    assert column_order(["2/8/26", "", "15 Jan 2024"]) == MDY
    assert column_order(["13/2/26", "2/13/26"], default=DMY) == DMY


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1/29/26, 2:37 PM", datetime(2026, 1, 29, 14, 37)),
        ("1/29/26, 2:37\u202fPM", datetime(2026, 1, 29, 14, 37)),
        ("Jan 29, 2026, 12:05 AM", datetime(2026, 1, 29, 0, 5)),
        ("2025-06-01 14:03:22 UTC", datetime(2025, 6, 1, 14, 3, 22, tzinfo=UTC)),
        ("1 Jun 2025 14:03 UTC", datetime(2025, 6, 1, 14, 3, tzinfo=UTC)),
        ("2025-06-01T14:03:22.123456Z", datetime(2025, 6, 1, 14, 3, 22, tzinfo=UTC)),
        ("2025-06-01T14:03:22+02:00", datetime(2025, 6, 1, 14, 3, 22, tzinfo=timezone(timedelta(hours=2)))),
        ("2025-06-01 14:03 -05", datetime(2025, 6, 1, 14, 3, tzinfo=timezone(timedelta(hours=-5)))),
        ("29.01.26 14:37", datetime(2026, 1, 29, 14, 37)),
        ("15 Jan 2024", datetime(2024, 1, 15)),
    ],
)
def test_moments_are_aware_only_where_a_zone_is_told(text: str, moment: datetime) -> None:
    found = parse_datetime(text)
    assert found == moment
    assert found is not None
    assert found.tzinfo == moment.tzinfo


@pytest.mark.parametrize(
    "text", ["1/29/26, 25:37", "2025-06-01 10:00 +99:00", "never", "", "2025-13-45 08:00:00 UTC"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert parse_datetime(text) is None


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("1906-12-09", "1906-12-09"),
        (" --12-09", "--12-09"),
        ("--0401", "--04-01"),
        ("-0401", "--04-01"),
        ("0000-04-01", "--04-01"),
        ("12/28/1969", "1969-12-28"),
        ("12/28", "--12-28"),
        ("28/12", "--12-28"),
        ("Apr 1", "--04-01"),
        ("1 April", "--04-01"),
        ("4月1日", "--04-01"),
        ("--02-29", "--02-29"),
        ("--13-01", ""),
        ("1/2/3/4", ""),
        ("unknown", ""),
    ],
)
def test_birthdays_may_lack_the_year(text: str, birthday: str) -> None:
    assert parse_birthday(text) == birthday


def test_a_birthday_without_year_follows_the_order_of_its_column() -> None:
    assert parse_birthday("2/8", order=DMY) == "--08-02"


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        *(("2008", "2008"), ("Sep 2008", "2008-09"), ("2019-03", "2019-03"), ("03/2019", "2019-03")),
        *(("01 Oct 2022", "2022-10-01"), ("Present", ""), ("13/2019", ""), ("", "")),
    ],
)
def test_a_time_at_work_may_be_known_only_by_year_or_month(text: str, partial: str) -> None:
    assert parse_partial(text) == partial


def test_zeros_and_dashes_mean_no_date() -> None:
    assert all(is_empty(text) for text in ("", "0/0/00", "00/00/0000", "-", "00:00"))
    assert not is_empty("1/1/2000")


@given(st.dates(min_value=date(1969, 1, 1)))
def test_every_day_comes_back_from_each_form(day: date) -> None:
    forms = (day.isoformat(), f"{day:%d} {day:%b} {day.year:04}", f"{day.month}/{day.day}/{day.year:04}")
    assert {parse_date(form) for form in forms} == {day}


@given(st.text(alphabet="0123456789/-.: TZUCfebmartPAM年月日", max_size=24))
def test_no_text_raises(text: str) -> None:
    parse_datetime(text)
    parse_birthday(text)
    parse_partial(text)
    column_order([text])
