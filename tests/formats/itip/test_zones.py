"""Which zone a name means: the same instant as the program that wrote it meant, or it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.itip.calendars import (
    HOME,
    SUMMER,
    WINTER,
    calendar,
    codes,
    definition,
    ics,
    observance,
    talk,
)

from askwell.formats import ics as ics_writer
from askwell.formats.itip.faults import Faults
from askwell.formats.itip.lines import parse
from askwell.formats.itip.reading import read_calendar
from askwell.formats.itip.values import instant
from askwell.formats.itip.zones import DefinedZone, Zones, known_zone, offset, zone_name

BERLIN = ZoneInfo("Europe/Berlin")


def placed(name: str, when: str = "20260701T090000", *, before: str = ""):
    found = calendar(talk(start=when, zone=f'"{name}"'), before=before)
    return found, found.events[0]


@pytest.mark.parametrize(
    ("name", "zone", "how"),
    [
        ("Europe/Berlin", "Europe/Berlin", "named"),
        ("europe/berlin", "Europe/Berlin", "named"),
        ("/Europe/Berlin", "Europe/Berlin", "named"),
        ("EST", "EST", "named"),
        ("W. Europe Standard Time", "Europe/Berlin", "windows"),
        ("eastern standard time", "America/New_York", "windows"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin", "prefixed"),
        ("/mozilla.org/20050126_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia", "prefixed"),
        ("UTC", "UTC", "utc"),
        ("Etc/GMT", "UTC", "utc"),
        ("tzone://Microsoft/Utc", "UTC", "utc"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome", "Europe/Amsterdam", "guessed"),
        ("GMT +01.00 Sarajevo/Warsaw/Zagreb", "Europe/Sarajevo", "guessed"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York", "guessed"),
        ("Pacific Daylight Time", "America/Los_Angeles", "guessed"),
        ("New York", "America/New_York", "guessed"),
    ],
)
def test_a_zone_is_known_by_its_names(name, zone, how):
    found, event = placed(name)
    assert (zone_name(event.starts.tzinfo), event.zone_from) == (zone, how)
    assert codes(found) == (["guessed-zone"] if how == "guessed" else [])
    assert event.zone == name


@pytest.mark.parametrize(
    "name",
    [
        "Nowhere",
        "localtime",
        "Factory",
        "../../etc/passwd",
        "Acme/Office/Nowhere",
        "(UTC+09:00) Berlin",
        "x" * 300,
    ],
)
def test_a_zone_nobody_knows_gives_a_time_without_one(name):
    found, event = placed(name)
    assert event.starts == datetime(2026, 7, 1, 9)
    assert event.zone_from == "unknown"
    assert codes(found) == ["unknown-zone"]
    assert "without a zone" in found.problems[0].message


def test_a_zone_nobody_knows_gives_that_of_the_calendar_if_it_states_one():
    found, event = placed("Nowhere", before="X-WR-TIMEZONE:Europe/Berlin\n")
    assert (event.starts.tzinfo, event.zone_from) == (BERLIN, "default")
    assert "Europe/Berlin" in found.problems[0].message


def test_a_zone_that_is_an_offset_alone_is_that_offset():
    _found, event = placed("(UTC+05:45)")
    assert event.starts.tzinfo == timezone(timedelta(hours=5, minutes=45))
    assert placed("UTC-3")[1].starts.utcoffset() == timedelta(hours=-3)


def test_a_zone_is_told_once_however_often_it_is_named():
    found = calendar(talk("EXDATE;TZID=Nowhere:20261201T090000", "RDATE;TZID=Nowhere:20261202T090000"))
    assert codes(found) == ["unknown-zone"]


def test_the_file_defines_what_nobody_else_knows():
    found, event = placed("Daheim", before=HOME)
    assert event.zone_from == "defined"
    assert instant(event.starts) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert event.starts.tzname() == "Sommer"
    assert event.starts.dst() == timedelta(hours=1)
    assert codes(found) == []
    winter = placed("Daheim", "20261201T090000", before=HOME)[1].starts
    assert (instant(winter).hour, winter.dst(), winter.tzname()) == (8, timedelta(0), "Winter")


def test_the_definition_of_one_file_means_nothing_in_another():
    placed("Daheim", before=HOME)
    assert placed("Daheim")[1].zone_from == "unknown"
    other = definition("Daheim", observance("STANDARD", "19700101T000000", "+0900", "+0900"))
    assert instant(placed("Daheim", before=other)[1].starts).hour == 0


def test_a_definition_may_say_which_zone_of_the_database_it_is():
    _found, event = placed("Home", before=definition("Home", SUMMER, more="X-LIC-LOCATION:Europe/Berlin\n"))
    assert event.starts.tzinfo == BERLIN


def test_a_definition_that_lies_about_a_known_zone_is_told_and_the_database_is_believed():
    lie = definition("Europe/Berlin", observance("STANDARD", "19700101T000000", "+0900", "+0900"))
    found, event = placed("Europe/Berlin", before=lie)
    assert event.starts.tzinfo == BERLIN
    assert codes(found) == ["zone-differs"]
    honest = definition("Europe/Berlin", SUMMER, WINTER)
    assert codes(placed("Europe/Berlin", before=honest)[0]) == []


@pytest.mark.parametrize(
    "part",
    [
        "",
        observance("STANDARD", "never", "+0100", "+0100"),
        observance("STANDARD", "19700101T000000", "+9900", "+0100"),
        observance("STANDARD", "19700101T000000", "one", "+0100"),
        observance("STANDARD", "19700101T000000", "+0100", "+0200", "RRULE:FREQ=SECONDLY"),
        observance("STANDARD", "19700101T000000", "+0100", "+0200", "RRULE:FREQ=YEARLY;INTERVAL=0"),
        observance("STANDARD", "19700101T000000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=XX"),
        observance("STANDARD", "00010101T000000", "+0100", "+0200"),
    ],
)
def test_a_definition_that_cannot_be_read_is_told(part):
    found, event = placed("Daheim", before=definition("Daheim", part))
    assert event.starts.tzinfo is None
    assert codes(found) == ["bad-zone", "unknown-zone"]


def test_onsets_may_be_listed_and_may_end():
    zone = definition(
        "Daheim",
        observance("STANDARD", "19700101T000000", "+0000", "+0000"),
        observance(
            "DAYLIGHT", "20240101T000000", "+0000", "+0100", "RDATE:20260101T000000,20270101T000000/PT1H"
        ),
        observance(
            "STANDARD", "20240701T000000", "+0100", "+0000", "RRULE:FREQ=YEARLY;UNTIL=20250630T230000Z"
        ),
        observance("STANDARD", "20260801T000000", "+0100", "+0000", "RRULE:FREQ=YEARLY;COUNT=1"),
        observance("STANDARD", "20270801T000000", "+0100", "+0000", "RRULE:FREQ=YEARLY;UNTIL=20270801"),
    )
    hours = {
        when: placed("Daheim", f"{when}T120000", before=zone)[1].starts.utcoffset()
        for when in ("20240201", "20240801", "20250801", "20260301", "20260901", "20270301", "20270901")
    }
    assert [int(value.total_seconds()) // 3600 for value in hours.values()] == [1, 0, 0, 1, 0, 1, 0]


def test_a_rule_that_never_comes_ends():
    zone = definition(
        "Daheim",
        observance(
            "STANDARD", "16010101T000000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
        ),
    )
    assert placed("Daheim", before=zone)[1].starts.utcoffset() == timedelta(hours=2)


def test_before_its_first_onset_a_zone_is_what_it_was():
    _found, event = placed("Daheim", "19900101T120000", before=HOME)
    assert (event.starts.utcoffset(), event.starts.dst(), event.starts.tzname()) == (
        timedelta(hours=1),
        timedelta(0),
        "Sommer",
    )
    assert instant(event.starts).astimezone(event.starts.tzinfo) == event.starts


@pytest.mark.parametrize("name", ["Europe/Berlin", "Daheim"])
def test_a_time_that_never_comes_is_read_with_the_offset_before(name):
    found, event = placed(name, "20260329T023000", before=HOME)
    assert instant(event.starts) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert codes(found) == ["gap"]
    assert "03:30" in found.problems[0].message


@pytest.mark.parametrize("name", ["Europe/Berlin", "Daheim"])
def test_a_time_that_comes_twice_is_the_first(name):
    found, event = placed(name, "20261025T023000", before=HOME)
    assert instant(event.starts) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert codes(found) == ["fold"]


@given(
    moment=st.datetimes(datetime(2001, 1, 1), datetime(2037, 12, 1)).map(
        lambda at: at.replace(microsecond=0)
    ),
    key=st.sampled_from(
        [
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Europe/Dublin",
            "America/Sao_Paulo",
            "Asia/Kathmandu",
        ]
    ),
    fold=st.sampled_from([0, 1]),
)
def test_a_defined_zone_says_what_the_database_says(moment, key, fold):
    zone = ZoneInfo(key)
    raw = (
        b"BEGIN:VCALENDAR\r\n"
        + bytes(ics_writer.timezone(zone, moment.year, moment.year).to_ical())
        + b"END:VCALENDAR\r\n"
    )
    (component,) = parse(raw.replace(f"TZID:{key}".encode(), b"TZID:Own"), Faults(""))
    defined = Zones({"Own": next(component.walk("VTIMEZONE"))}, "", Faults("")).find("Own", 0).zone
    assert isinstance(defined, DefinedZone)
    local = moment.replace(fold=fold)
    assert local.replace(tzinfo=defined).utcoffset() == local.replace(tzinfo=zone).utcoffset()
    there, here = (moment.replace(tzinfo=UTC).astimezone(one) for one in (zone, defined))
    assert (there.replace(tzinfo=None), there.fold) == (here.replace(tzinfo=None), here.fold)


def test_defined_zones_are_alike_if_they_say_the_same():
    one, other = (placed("Daheim", before=HOME)[1].starts.tzinfo for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != BERLIN
    assert one.utcoffset(None) == timedelta(hours=1)


def test_no_zone_has_no_name():
    assert zone_name(None) == ""
    assert known_zone("") is None
    assert offset("-023000") == timedelta(hours=-2, minutes=-30)


def test_what_stands_after_a_time_goes_before_the_name_of_a_zone():
    found = read_calendar(ics("UID:a\nDTSTART;TZID=Europe/Berlin:20260701T090000Z"))
    assert instant(found.events[0].starts).hour == 9
    assert found.events[0].zone_from == "utc"
