"""A zone that a calendar file defines is worked out only where that costs little."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.formats.busy import busy_times
from askwell.formats.zone_rules import MOST_RULES, Restless, ZoneRules

MONDAY, SATURDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC)
SUMMER, WINTER = "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"


def observance(rule, *, offset="+0300"):
    lines = ["BEGIN:STANDARD", "DTSTART:16010101T000000", f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}"]
    return [*lines, *([f"RRULE:{rule}"] if rule else []), "END:STANDARD"]


def zone(*rules, name="Office", **told):
    parts = [line for rule in rules for line in observance(rule, **told)]
    return ["BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE"]


def calendar(*zones, name="Office"):
    starts, ends = (
        f"{what};TZID={name}:20261124T{hour}0000" for what, hour in (("DTSTART", 10), ("DTEND", 11))
    )
    event = ["BEGIN:VEVENT", "UID:talk", "DTSTAMP:20261101T000000Z", starts, ends, "END:VEVENT"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *(line for one in zones for line in one), *event]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def looked_at(*zones):
    ZoneRules().look(icalendar.Calendar.from_ical(calendar(*zones)))


@pytest.mark.parametrize(
    "rule",
    [
        SUMMER,
        WINTER,
        "FREQ=YEARLY",
        "",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=22,23,24,25,26,27,28;BYDAY=SU",
        "FREQ=YEARLY;UNTIL=20061029T010000Z;BYMONTH=10;BYDAY=5SU;WKST=MO",
        "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31",
    ],
)
def test_a_zone_that_changes_by_the_year_is_worked_out(rule):
    looked_at(zone(rule))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=1SU",
        "FREQ=SECONDLY",
        "FREQ=YEARLY;BYDAY=SU",
        "FREQ=YEARLY;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=SU",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=MO,SU",
        "FREQ=YEARLY;BYYEARDAY=1,2,3",
        "FREQ=YEARLY;BYHOUR=1,2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,31",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=6SU",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1,2,3,4,5,6,7,8",
    ],
)
def test_a_rule_that_is_no_zones_is_not_begun_with(rule):
    with pytest.raises(Restless):
        looked_at(zone(SUMMER, rule))


@pytest.mark.parametrize(("begins", "is_worked_out"), [("16010101", True), ("16010131", False)])
def test_a_month_alone_means_the_day_it_began_on(begins, is_worked_out):
    rule = "FREQ=YEARLY;BYMONTH=2"
    data = calendar(zone(rule)).replace(b"DTSTART:16010101", f"DTSTART:{begins}".encode())
    read = icalendar.Calendar.from_ical(data)
    if is_worked_out:
        ZoneRules().look(read)
        return
    with pytest.raises(Restless):
        ZoneRules().look(read)


def test_two_rules_in_one_part_are_both_looked_at():
    with pytest.raises(Restless):
        looked_at(zone(f"{SUMMER}\r\nRRULE:FREQ=DAILY"))


def test_rules_are_counted_over_several_files_and_a_zone_once():
    rules = ZoneRules()
    office = icalendar.Calendar.from_ical(calendar(zone(*[SUMMER] * (MOST_RULES // 2))))
    for _file in range(5):
        rules.look(office)
    with pytest.raises(Restless):
        rules.look(icalendar.Calendar.from_ical(calendar(zone(*[SUMMER] * MOST_RULES, name="Another"))))


def test_a_calendar_with_such_a_zone_is_counted_as_unread_and_spoils_no_other():
    hostile = calendar(zone(*["FREQ=DAILY"] * 20, name="Annex"), name="Annex")
    honest = calendar(zone(SUMMER, name="Annex"), name="Annex")
    found = busy_times([hostile, honest], MONDAY, SATURDAY, zone=UTC)
    begin = datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert (found.unread, found.times) == (1, ((begin, begin + timedelta(hours=1)),))


RULES = st.builds(
    lambda often, parts: ";".join([f"FREQ={often}", *(f"{name}={value}" for name, value in parts.items())]),
    st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]),
    st.fixed_dictionaries(
        {},
        optional={
            "BYMONTH": st.sampled_from(["1", "2", "3,10", "12"]),
            "BYMONTHDAY": st.sampled_from(["1", "-1", "31", "8,9,10,11,12,13,14"]),
            "BYDAY": st.sampled_from(["SU", "-1SU", "5FR", "9MO", "MO,TU"]),
            "BYYEARDAY": st.just("366"),
            "COUNT": st.just("3"),
        },
    ),
)


@given(RULES)
@settings(max_examples=60)
def test_whatever_is_begun_with_comes_seven_times_a_year_at_most(rule):
    read = icalendar.Calendar.from_ical(calendar(zone(rule)))
    try:
        ZoneRules().look(read)
    except Restless:
        return
    times = list(dateutil_times(rule))
    assert all(times.count(year) <= 7 for year in set(times))


def dateutil_times(rule):
    """The years of what comes in a rule's first thirty."""
    from dateutil.rrule import rrulestr

    begins = datetime(2001, 1, 1)
    return [at.year for at in rrulestr(rule, dtstart=begins).between(begins, begins.replace(year=2031))]
