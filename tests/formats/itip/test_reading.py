"""Calendar files as programs write them, to events: exact times, who is asked, and every doubt told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.itip.calendars import CORPUS, calendar, codes, corpus, ics, talk

from askwell.formats.itip import lines, reading
from askwell.formats.itip.faults import Faults
from askwell.formats.itip.reading import read_calendar
from askwell.formats.itip.values import instant

NAMES = sorted(path.stem for path in CORPUS.glob("*.ics"))


def only(data: bytes):
    (event,) = read_calendar(data, file="x.ics").events
    return event


def test_an_invitation_of_exchange_is_read_whole():
    event = only(corpus("outlook"))
    assert event.method == "REQUEST"
    assert event.uid.endswith("0000010000000AABBCCDDEEFF00112233445566778899")
    assert instant(event.starts) == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert instant(event.ends) == datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
    assert (event.zone, event.zone_from) == ("W. Europe Standard Time", "windows")
    assert event.organizer.address == "katrin.vogel@nordlicht.example"
    assert event.organizer.name == "Vogel, Katrin"
    (lina,) = event.attendees
    assert (lina.address, lina.name, lina.partstat, lina.rsvp) == (
        "lina@northfield.example",
        "Lina Haddad",
        "NEEDS-ACTION",
        True,
    )
    assert event.description == "Zwanzig Minuten über Ihre Arbeit\nIch freue mich.\n\n"
    assert event.summary == "Gespräch"
    assert event.alarms[0].before == timedelta(minutes=15)
    assert event.problems == ()


def test_a_zone_only_the_file_defines_is_taken_from_the_file():
    event = only(corpus("outlook-custom-zone"))
    assert event.zone_from == "defined"
    assert instant(event.starts) == datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
    assert event.ends - event.starts == timedelta(minutes=30)


def test_an_answer_of_google_names_who_answers():
    event = only(corpus("google"))
    assert event.method == "REPLY"
    assert [(one.address, one.partstat) for one in event.attendees] == [("jane@acme.example", "ACCEPTED")]
    assert event.zone_from == "utc"


def test_apple_tells_an_address_beside_a_number():
    event = only(corpus("apple"))
    assert [one.address for one in event.attendees] == ["jon@harbour.example", "lina@northfield.example"]
    assert event.attendees[0].role == "CHAIR"
    assert event.location == "Harbour Café\n12 Quay St, Toronto"
    assert event.summary == "Coffee ☕ and twenty questions"
    assert event.alarms[0].at == datetime(2026, 11, 26, 15, tzinfo=UTC)
    assert event.sequence == 3


def test_thunderbird_names_its_zones_with_a_prefix():
    whole, single = read_calendar(corpus("thunderbird")).events
    assert whole.zone_from == "prefixed"
    assert instant(whole.starts) == datetime(2026, 10, 23, 20, 30, tzinfo=UTC)
    assert instant(single.recurrence_id) == datetime(2026, 10, 25, 21, 30, tzinfo=UTC)


def test_a_meeting_of_zoom_is_at_its_hour():
    event = only(corpus("zoom"))
    assert instant(event.starts) == datetime(2026, 11, 30, 18, tzinfo=UTC)
    assert event.location == "https://zoom.example/j/81234567890?pwd=abc"


@pytest.mark.parametrize("name", NAMES)
def test_every_way_to_end_a_line_says_the_same(name):
    unix = corpus(name).replace(b"\r\n", b"\n")
    read = [read_calendar(unix.replace(b"\n", end)) for end in (b"\n", b"\r", b"\r\n")]
    assert read[0] == read[1] == read[2]
    assert [one.line for one in read[0].events] == [one.line for one in read[2].events]


@pytest.mark.parametrize("name", NAMES)
def test_a_doubled_line_break_changes_nothing(name):
    assert read_calendar(corpus(name).replace(b"\n", b"\r\n")).events == read_calendar(corpus(name)).events


@given(cuts=st.lists(st.integers(0, 2000), max_size=60), space=st.sampled_from([b" ", b"\t"]))
def test_a_line_may_be_folded_anywhere_even_inside_a_character(cuts, space):
    whole = ics(talk("DESCRIPTION:Über Flüsse\\, Bäche ☕ und\\nWasser"))
    body = whole.split(b"\n")
    folded = b"\n".join(_cut(line, cuts, space) for line in body)
    assert read_calendar(folded).events == read_calendar(whole).events


def _cut(line: bytes, cuts: list[int], space: bytes) -> bytes:
    pieces, rest = [], line
    for cut in cuts:
        at = cut % (len(rest) or 1)
        if at:
            pieces.append(rest[:at])
            rest = rest[at:]
    return (b"\n" + space).join([*pieces, rest])


def test_a_day_lasts_one_day_and_three_days_end_before_the_fourth():
    one = only(ics("UID:a\nDTSTART;VALUE=DATE:20261224"))
    assert (one.starts, one.ends, one.all_day, one.zone_from) == (
        date(2026, 12, 24),
        date(2026, 12, 25),
        True,
        "date",
    )
    three = only(ics("UID:a\nDTSTART;VALUE=DATE:20261224\nDURATION:P3D"))
    assert three.ends == date(2026, 12, 27)


def test_a_time_without_a_zone_floats():
    event = only(ics("UID:a\nDTSTART:20261224T090000\nDTEND:20261224T100000"))
    assert event.starts == datetime(2026, 12, 24, 9)
    assert event.zone_from == "floating"
    assert instant(event.starts) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-12-24T09:00:00Z", datetime(2026, 12, 24, 9, tzinfo=UTC)),
        ("20261224T0900Z", datetime(2026, 12, 24, 9, tzinfo=UTC)),
        ("20261224t090000z", datetime(2026, 12, 24, 9, tzinfo=UTC)),
        ("20261224T090000+0100", datetime(2026, 12, 24, 8, tzinfo=UTC)),
        ("20261224T235960Z", datetime(2026, 12, 24, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_programs_write_them(written, read):
    assert instant(only(ics(f"UID:a\nDTSTART:{written}")).starts) == read


@pytest.mark.parametrize(
    "written",
    [
        "20261332",
        "20260230T090000",
        "tomorrow",
        "20261224T250000Z",
        "00010101T000000+0100",
        "99991231T000000",
        "24010101",
        "20261224T090000+9900",
    ],
)
def test_a_time_there_is_none_of_is_told_and_the_event_is_kept(written):
    found = read_calendar(ics(f"UID:a\nDTSTART:{written}\nSUMMARY:Talk"))
    assert codes(found) == ["bad-time", "no-start"]
    assert found.events[0].summary == "Talk"
    assert found.events[0].starts is found.events[0].ends is None
    assert found.problems[0].line == 5


def test_a_duration_of_hours_is_exact_through_the_night_of_the_change():
    event = only(ics("UID:a\nDTSTART;TZID=Europe/Berlin:20261025T010000\nDURATION:PT3H"))
    assert instant(event.ends) - instant(event.starts) == timedelta(hours=3)
    assert event.ends.hour == 3


def test_a_duration_of_days_keeps_the_hour():
    event = only(ics("UID:a\nDTSTART;TZID=Europe/Berlin:20261024T090000\nDURATION:P1DT30M"))
    assert event.ends.replace(tzinfo=None) == datetime(2026, 10, 25, 9, 30)
    assert only(ics("UID:a\nDTSTART:20261024T090000\nDURATION:P1W")).ends == datetime(2026, 10, 31, 9)


@pytest.mark.parametrize("written", ["", "P", "PT", "1H", "P1Y", "P-1D"])
def test_a_duration_there_is_none_of_is_told(written):
    found = read_calendar(ics(f"UID:a\nDTSTART:20261224T090000Z\nDURATION:{written}"))
    assert codes(found) == ["bad-duration"]
    assert found.events[0].ends == found.events[0].starts


def test_a_duration_beyond_all_years_is_told():
    for length in ("P999999W", "P999D"):
        assert codes(read_calendar(ics(f"UID:a\nDTSTART:23991224T090000Z\nDURATION:{length}"))) == [
            "bad-duration"
        ]


@pytest.mark.parametrize(
    "start", ["DTSTART:20261224T090000Z", "DTSTART:20261224T090000", "DTSTART;VALUE=DATE:20261224"]
)
def test_an_event_that_ends_before_it_begins_ends_as_it_begins(start):
    end = (
        "DTEND:20261223T090000Z"
        if start.endswith("Z")
        else start.replace("DTSTART", "DTEND").replace("24", "23", 1)
    )
    end = end.replace("20261224", "20261223")
    found = read_calendar(ics(f"UID:a\n{start}\n{end}"))
    assert codes(found) == ["ends-before-start"]
    event = found.events[0]
    assert event.ends == (event.starts if isinstance(event.starts, datetime) else date(2026, 12, 25))


def test_an_event_that_lasts_less_than_nothing_ends_as_it_begins():
    found = read_calendar(ics("UID:a\nDTSTART:20261224T090000Z\nDURATION:-PT1H"))
    assert codes(found) == ["ends-before-start"]


def test_a_day_and_a_moment_do_not_go_together():
    found = read_calendar(ics("UID:a\nDTSTART;VALUE=DATE:20261224\nDTEND:20261224T100000Z"))
    assert codes(found) == ["kinds-differ"]
    assert found.events[0].ends == date(2026, 12, 25)


def test_of_a_placed_start_and_a_floating_end_the_clock_is_compared():
    found = read_calendar(ics("UID:a\nDTSTART:20261224T090000Z\nDTEND:20261224T080000"))
    assert codes(found) == ["ends-before-start"]


def test_an_event_without_a_uid_is_read_and_told():
    found = read_calendar(ics("DTSTART:20261224T090000Z"))
    assert codes(found) == ["no-uid"]
    assert found.problems[0].line == 3


@pytest.mark.parametrize(
    ("written", "read"), [("7", 7), ("-1", 0), ("many", 0), ("99999999999", 0), ("9999999999", 2**31 - 1)]
)
def test_a_sequence_is_a_number(written, read):
    found = read_calendar(ics(talk(sequence=written)))
    assert found.events[0].sequence == read
    assert codes(found) == ([] if read else ["bad-number"])


def test_a_stamp_without_a_zone_is_read_in_utc_and_the_last_change_stands_in_for_none():
    assert calendar(talk(dtstamp="20261120T100000")).events[0].dtstamp == datetime(
        2026, 11, 20, 10, tzinfo=UTC
    )
    changed = calendar(talk("LAST-MODIFIED:20261121T100000Z", dtstamp=None)).events[0]
    assert changed.dtstamp == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert calendar(talk(dtstamp="20261120")).events[0].dtstamp is None


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "WEEKLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=NEVER",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;UNTIL=x",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=-6MO",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;UNTIL=1",
        "FREQ=WEEKLY;UNTIL=99999999999999999999",
        "FREQ=YEARLY;BYMONTH=x",
        "FREQ=DAILY;BYHOUR",
    ],
)
def test_a_rule_that_cannot_be_read_is_told(rule):
    found = calendar(talk(f"RRULE:{rule}"))
    assert codes(found) == ["bad-rule"]
    assert found.events[0].rrule == ""


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=3",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5",
    ],
)
def test_a_rule_that_repeats_within_the_day_is_not_followed(rule):
    assert codes(calendar(talk(f"RRULE:{rule}"))) == ["too-frequent"]


def test_what_repeats_is_kept_with_its_moments():
    event = calendar(
        talk(
            "RRULE:FREQ=WEEKLY;COUNT=5",
            "RDATE;VALUE=PERIOD:20261130T080000Z/PT1H,20261203T080000Z/20261203T090000Z",
            "EXDATE;TZID=Europe/Berlin:20261201T090000,20261208T090000",
        )
    ).events[0]
    assert event.rrule == "FREQ=WEEKLY;COUNT=5"
    assert [instant(one) for one in event.rdates] == [
        datetime(2026, 11, 30, 8, tzinfo=UTC),
        datetime(2026, 12, 3, 8, tzinfo=UTC),
    ]
    assert len(event.exdates) == 2


def test_alarms_are_read_with_what_is_wrong_with_them():
    event = calendar(
        talk(
            "BEGIN:VALARM\nACTION:display\nTRIGGER;RELATED=END:PT5M\nDESCRIPTION:Thank Jane\nEND:VALARM",
            "BEGIN:VALARM\nACTION:AUDIO\nEND:VALARM",
            "BEGIN:VALARM\nTRIGGER:soon\nEND:VALARM",
        )
    ).events[0]
    first, silent, broken = event.alarms
    assert (first.action, first.before, first.from_end, first.description) == (
        "DISPLAY",
        timedelta(minutes=-5),
        True,
        "Thank Jane",
    )
    assert (silent.before, silent.at, broken.before) == (None, None, None)


def test_flags_are_read():
    event = calendar(
        talk(
            "TRANSP:TRANSPARENT",
            "CLASS:CONFIDENTIAL",
            "STATUS:tentative",
            "COMMENT:Later?",
            "URL:https://a.example",
        )
    ).events[0]
    assert (event.transparent, event.private, event.status, event.comment, event.url) == (
        True,
        True,
        "TENTATIVE",
        "Later?",
        "https://a.example",
    )
    assert not event.cancelled


def test_an_organizer_without_an_address_is_none():
    assert calendar(talk(organizer="mailto:")).events[0].organizer is None
    assert calendar(talk(organizer=None)).events[0].organizer is None
    assert (
        calendar(talk(organizer="MAILTO:Lina%2Bwork@lina.example?x=1")).events[0].organizer.address
        == "lina+work@lina.example"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"Dear Jane,\nhello\n", "no-calendar"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "no-calendar"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no-events"),
    ],
)
def test_a_file_without_an_event_says_why(data, code):
    found = read_calendar(data, file="x.ics")
    assert found.events == ()
    assert code in codes(found)
    assert found.problems[0].file == "x.ics"


def test_a_huge_file_is_not_read(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert codes(read_calendar(ics(talk()))) == ["too-large"]


def test_one_file_may_hold_several_calendars():
    both = read_calendar(ics(talk(), method="REQUEST") + ics(talk(uid="b"), method="REPLY"))
    assert [(event.uid, event.method) for event in both.events] == [("talk-7", "REQUEST"), ("b", "REPLY")]
    assert both.method == "REQUEST"


def test_a_calendar_says_its_name_and_program():
    found = calendar(talk(), before="PRODID:-//A\\, B//EN\nX-WR-CALNAME:Lina\n")
    assert (found.product, found.name) == ("-//A, B//EN", "Lina")


# The grammar below the events


def test_a_text_that_a_program_broke_without_folding_is_mended():
    found = read_calendar(
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261224T090000Z\nDESCRIPTION:First\nsecond line\nUID2\nEND:VEVENT\nEND:VCALENDAR"
    )
    assert found.events[0].description == "First\nsecond line\nUID2"
    assert codes(found) == ["no-property", "no-property"]


def test_a_line_that_is_none_is_left_out():
    found = read_calendar(
        b"%%%\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n###\nDTSTART:20261224T090000Z\nEND:VEVENT\nEND:VCALENDAR\nX:y\n"
    )
    assert codes(found) == ["no-property", "no-property", "outside"]
    assert [problem.line for problem in found.problems] == [1, 5, 9]


def test_an_endless_text_is_mended_only_so_far(monkeypatch):
    monkeypatch.setattr(lines, "_LONGEST_RUN", 10)
    found = read_calendar(
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261224T090000Z\nSUMMARY:a long one\nmore\nEND:VEVENT\nEND:VCALENDAR"
    )
    assert found.events[0].summary == "a long one"


def test_a_line_too_long_is_cut(monkeypatch):
    monkeypatch.setattr(lines, "_LONGEST_LINE", 40)
    found = calendar(talk("DESCRIPTION:" + "x" * 100))
    assert "too-long" in codes(found)
    assert len(found.events[0].description) < 40


def test_components_end_where_the_one_around_them_ends():
    found = read_calendar(
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261224T090000Z\nBEGIN:VALARM\nEND:VCALENDAR\nEND:VEVENT\n"
    )
    assert codes(found) == ["no-end", "no-end", "end-without-begin"]
    assert found.events[0].uid == "a"


def test_a_file_that_breaks_off_gives_what_it_has():
    found = read_calendar(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261224T090000Z\nSUMM")
    assert [event.uid for event in found.events] == ["a"]
    assert "no-end" in codes(found)


def test_components_in_components_are_followed_only_so_deep():
    deep = (
        b"BEGIN:VCALENDAR\n"
        + b"BEGIN:X\n" * 20
        + b"UID:inside\n"
        + b"END:X\n" * 20
        + b"BEGIN:VEVENT\nUID:a\nDTSTART:20261224T090000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    found = read_calendar(deep)
    assert [event.uid for event in found.events] == ["a"]
    assert "too-deep" in codes(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding_is_read(encoding):
    text = ics(talk(summary="Gespräch über Flüsse und Bäche")).decode()
    assert read_calendar(text.encode(encoding)).events[0].summary == "Gespräch über Flüsse und Bäche"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('A;B="c:d;e,f",g;H=i:v:w', lines.Line("A", "v:w", (("B", ("c:d;e,f", "g")), ("H", ("i",))))),
        ("A;CN=George ^'Babe^' ^^ Ruth^n:v", lines.Line("A", "v", (("CN", ('George "Babe" ^ Ruth\n',)),))),
        ("A;ENCODED;B=:v", lines.Line("A", "v", (("ENCODED", ()), ("B", ())))),
        ('A;B=x"y;C=d:v', lines.Line("A", "v", (("B", ("x",)),))),
        ("A;?:v", lines.Line("A", "v")),
        ("A;?", None),
        ("A", None),
        ("?A:v", None),
    ],
)
def test_a_content_line_is_taken_apart(text, line):
    assert lines.parse_line(text) == line


TEXTS = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc"))
    | st.sampled_from(["\n", "\t", ",", ";", "\\", '"', "^"]),
    max_size=120,
)


@given(
    value=TEXTS,
    params=st.lists(
        st.tuples(st.sampled_from(["CN", "X-A", "TZID"]), TEXTS), max_size=3, unique_by=lambda one: one[0]
    ),
)
def test_what_is_written_is_read_again(value, params):
    said = tuple((name, (text.replace("\t", " "),)) for name, text in params)
    component = lines.Component("VCALENDAR", (lines.Line("SUMMARY", lines.escape(value), said),))
    raw = lines.to_bytes(component)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    raw.decode()
    (found,) = lines.parse(raw, Faults(""))
    assert lines.unescape(found.value("SUMMARY")) == value
    assert found == component


def test_a_long_line_is_cut_between_characters():
    raw = lines.to_bytes(lines.Component("X", (lines.Line("SUMMARY", "ü" * 100 + "☕" * 50),)))
    assert [piece.decode() for piece in raw.split(b"\r\n")]
    assert b"\r\n " in raw


def test_a_line_takes_and_gives_back_a_parameter():
    line = lines.Line("ATTENDEE", "mailto:a@a.example", (("CN", ("A",)),))
    assert line.with_param("CN", "B").param("CN") == "B"
    assert line.with_param("CN", "").params == ()
    assert line.param("ROLE") == ""


@given(
    data=st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                b"BEGIN:",
                b"END:",
                b"VCALENDAR",
                b"VEVENT",
                b"\n",
                b"\r",
                b" ",
                b";",
                b":",
                b"DTSTART",
                b"RRULE:FREQ=YEARLY",
                b"TZID=X",
                b"20261025T020000",
                b"\0",
                b"\xff",
                b"DURATION:P1D",
                b"VTIMEZONE",
            ]
        ),
        max_size=40,
    ).map(b"".join)
)
def test_nothing_makes_the_reader_stumble(data):
    read_calendar(data)
    read_calendar(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data)


def test_problems_of_one_kind_are_told_so_often_and_no_more():
    faults = Faults("x")
    for line in range(500):
        faults.add("outside", line)
    assert len(faults) == 100
    faults.add("unreadable", why="w " * 200)
    assert len(faults.since(100)[0].message) < 100


@pytest.mark.parametrize("space", [" ", "\t", "\xa0", "\x85", "\u2028"])
def test_space_of_any_kind_in_a_rule_ends_none_and_begins_none(space):
    assert codes(calendar(talk(f"RRULE:FREQ=DAILY{space}COUNT=4"))) == ["bad-rule"]
    assert codes(calendar(talk(f"RRULE:FREQ=DAILY;{space}COUNT=4"))) == []
