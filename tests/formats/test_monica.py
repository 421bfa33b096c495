"""Monica exports: contacts with their history, and broken ones without an exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats import monica
from askwell.formats.detect import read_path
from askwell.formats.records import Direction, Reading

CORPUS = Path(__file__).parent.parent / "corpus" / "monica"


@pytest.fixture(scope="module")
def export() -> Reading:
    return read_path(CORPUS / "export.json", default_country="DE")


def read(whole: object) -> Reading:
    return monica.read(json.dumps(whole).encode(), file="export.json")


def test_contacts_with_fields_tags_and_introducer(export: Reading) -> None:
    nadia, omar = export.people
    assert (nadia.name.formatted, nadia.name.nickname, nadia.title) == ("Nadia Haddad", "Nadi", "Editor")
    assert (nadia.emails[0].value, nadia.phones[0].e164) == ("nadia@umbra.example", "+491711234567")
    assert (nadia.urls[0].label, nadia.uid) == ("profile", "c1")
    assert (nadia.tags, nadia.referred_by, nadia.met) == (("choir", "press"), "Omar Kovač", "2019-05-06")
    assert nadia.addresses[0].city == "Berlin"
    assert omar.birthday == ""


def test_a_birthday_of_unknown_year_stays_without_one(export: Reading) -> None:
    assert export.people[0].birthday == "--04-01"


def test_what_cannot_be_placed_is_kept(export: Reading) -> None:
    assert export.people[0].kept == (
        *(("email", "nadia at umbra"), ("contact field", "nadi.h"), ("food_preferences", "No nuts")),
    )
    assert export.people[0].notes == "From the choir\n\nUndated"


def test_calls_conversations_notes_and_activities_are_touches(export: Reading) -> None:
    assert [(t.kind, t.direction, t.body) for t in export.touches] == [
        ("call", Direction.IN, "Asked about the job"),
        ("message", Direction.OUT, "Hello"),
        ("message", Direction.IN, "Hi"),
        ("note", Direction.OUT, "Prefers mornings"),
        ("meeting", Direction.OUT, "Lunch\nAt the harbour"),
    ]
    assert {touch.other_uid for touch in export.touches} == {"c1"}


def test_reminders_partial_and_nameless_contacts_are_counted(export: Reading) -> None:
    assert export.skipped == {"reminder": 2, "partial_contact": 1, "no_name": 1}
    assert [problem.code for problem in export.problems] == ["bad-email", "no-name"]


def test_a_call_without_a_date_is_told() -> None:
    call = {"type": "call", "values": [{"properties": {"called_at": "someday", "content": "x"}}]}
    contact = {"uuid": "c", "properties": {"first_name": "Ada"}, "data": [call]}
    reading = read({"account": {"data": [{"type": "contact", "values": [contact]}]}})
    assert ([problem.code for problem in reading.problems], reading.skipped) == (["bad-date"], {"no_date": 1})


def test_a_broken_export_is_told() -> None:
    assert [p.code for p in monica.read(b'{"account": {', file="m.json").problems] == ["bad-json"]
    assert [p.code for p in read({"account": 3}).problems] == ["is-json"]
    assert [p.code for p in monica.read(b"[" * 100_000, file="m.json").problems] == ["bad-json"]


def test_a_guessed_encoding_is_told_here_too() -> None:
    data = '{"account": {"data": [{"type": "contact", "values": [{"properties": {"first_name": "Zoë"}}]}]}}'
    reading = monica.read(data.encode("cp1252"), file="m.json")
    assert reading.people[0].name.given == "Zoë"
    assert [problem.code for problem in reading.problems] == ["guessed-encoding"]


def test_progress_is_told_to_the_last_contact() -> None:
    seen: list[int] = []
    contacts = [{"properties": {"first_name": f"Ada{number}"}} for number in range(1001)]
    whole = {"account": {"data": [{"type": "contact", "values": contacts}]}}
    monica.read(json.dumps(whole).encode(), file="m", progress=lambda _s, done, _t: seen.append(done))
    assert seen == [1000, 1001]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["account", "data", "type", "values", "properties", "uuid", "instance", "first_name", "tags"]
            ),
            inner | st.sampled_from(["contact", "call", "note"]),
            max_size=4,
        )
    ),
    max_leaves=30,
)


@given(JSON)
def test_no_shape_of_json_raises(inner: object) -> None:
    read(inner)
    read({"account": {"data": [{"type": "contact", "values": [inner]}], "instance": inner}})
    contact = {"properties": {"first_name": "A"}, "data": [{"type": "call", "values": [inner]}, inner]}
    read({"account": {"data": [{"type": "contact", "values": [contact]}]}})
