"""Neutral records as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats import records_json
from askwell.formats.records import (
    Email,
    Name,
    PersonRecord,
    Phone,
    PositionRecord,
    PostalAddress,
    Problem,
    Severity,
    Source,
    Url,
)
from askwell.formats.records_json import RecordError, from_json, problem_from_json, problem_to_json, to_json

ADA = PersonRecord(
    name=Name(given="Ada", family="Rao", formatted="Ada Rao"), source=Source(file="a.vcf", line=3)
)
FULL = replace(
    ADA,
    emails=(Email(value="ada@x.example", label="work"),),
    phones=(Phone(value="030 1", e164="+49301", label="home"),),
    organization="Acorn",
    department="Lab",
    title="Chemist",
    positions=(PositionRecord(organization="Elm", title="BSc", school=True, started="2019"),),
    birthday="--02-29",
    addresses=(PostalAddress(city="Ghent"),),
    urls=(Url(value="https://a.example", label="profile"),),
    notes="n",
    tags=("x", "y"),
    headline="h",
    place="p",
    uid="u",
    connected_on=date(2026, 2, 8),
    referred_by="r",
    met="m",
    kept=(("X-A", "1"),),
)


def test_the_fields_every_script_wants_are_always_there():
    assert to_json(ADA) == {
        "name": {
            "prefix": "",
            "given": "Ada",
            "middle": "",
            "family": "Rao",
            "suffix": "",
            "nickname": "",
            "formatted": "Ada Rao",
        },
        "emails": [],
        "phones": [],
        "organization": "",
        "department": "",
        "title": "",
        "birthday": "",
        "addresses": [],
        "urls": [],
        "notes": "",
        "tags": [],
        "source": {"file": "a.vcf", "line": 3},
    }


def test_the_other_fields_are_there_when_they_hold_something():
    made = to_json(FULL)
    assert made["connected_on"] == "2026-02-08"
    assert made["kept"] == [["X-A", "1"]]
    assert made["phones"] == [{"value": "030 1", "e164": "+49301", "label": "home"}]
    assert made["positions"][0]["school"] is True
    assert list(made)[:12] == list(records_json.ALWAYS)


def test_a_full_record_comes_back():
    assert from_json(json.loads(json.dumps(to_json(FULL)))) == FULL


def test_a_type_is_allowed_and_a_source_may_be_missing():
    assert from_json({"type": "person", "name": {"given": "Ada"}}) == PersonRecord(
        name=Name(given="Ada"), source=Source(file="")
    )


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": None}, "name: must be an object"),
        ({"name": {"givven": "Ada"}}, "name.givven: is no field of a record"),
        ({"nmae": {}}, "nmae: is no field of a record"),
        ({"emails": "a@x.example"}, "emails: must be a list"),
        ({"emails": [{"value": "a"}, {"value": 1}]}, "emails[1].value: must be a string"),
        ({"emails": [{}]}, "emails[0].value: is missing"),
        ({"positions": [{"title": "x"}]}, "positions[0].organization: is missing"),
        ({"positions": [{"organization": "x", "school": 1}]}, "positions[0].school: must be true or false"),
        ({"tags": ["x", 2]}, "tags[1]: must be a string"),
        ({"kept": [["a"]]}, "kept[0]: must be a pair: name, value"),
        ({"birthday": "1985"}, "birthday: must be a date"),
        ({"birthday": "1985-02-30"}, "birthday: is a day that does not exist"),
        ({"birthday": "--02-30"}, "birthday: is a day that does not exist"),
        ({"connected_on": "soon"}, "connected_on: must be a date"),
        ({"source": {"file": "a", "line": -1}}, "source.line: must be a whole number"),
        ({"source": {"file": "a", "line": True}}, "source.line: must be a whole number"),
        ({"source": {"line": 1}}, "source.file: is missing"),
        ({"notes": "a\ud800"}, "notes: contains half of a character"),
    ],
)
def test_what_is_no_record_is_refused_with_its_path(change: dict, path: str):
    with pytest.raises(RecordError) as caught:
        from_json(to_json(ADA) | change)
    assert str(caught.value).startswith(path)


def test_no_object_and_no_name_are_refused():
    with pytest.raises(RecordError, match="must be an object"):
        from_json([])
    with pytest.raises(RecordError, match="name: is missing"):
        from_json({})


def test_a_problem_comes_back():
    problem = Problem(file="a", line=3, code="bad-date", message="Sorry.", severity=Severity.ERROR)
    assert problem_from_json({"type": "problem", **problem_to_json(problem)}) == problem


def test_a_problem_of_unknown_severity_is_refused():
    with pytest.raises(RecordError, match="severity: must be error or warning"):
        problem_from_json({"severity": "dire"})


TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)


@given(
    st.builds(
        PersonRecord,
        name=st.builds(Name, given=TEXT, family=TEXT),
        source=st.builds(Source, file=TEXT, line=st.integers(0, 10**9)),
        emails=st.lists(st.builds(Email, value=TEXT, label=TEXT), max_size=3).map(tuple),
        addresses=st.lists(st.builds(PostalAddress, street=TEXT), max_size=2).map(tuple),
        notes=TEXT,
        tags=st.lists(TEXT, max_size=3).map(tuple),
        birthday=st.dates(min_value=date(1, 1, 1)).map(str) | st.just(""),
        connected_on=st.none() | st.dates(),
        kept=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    )
)
def test_any_record_comes_back(person: PersonRecord):
    assert from_json(json.loads(json.dumps(to_json(person)))) == person


def test_the_page_about_it_names_every_field():
    page = (Path(__file__).parents[2] / "docs" / "records-json.md").read_text(encoding="utf-8")
    named = [
        *to_json(FULL),
        *to_json(FULL)["name"],
        *to_json(FULL)["addresses"][0],
        *to_json(FULL)["positions"][0],
    ]
    assert [field for field in named if f"`{field}`" not in page] == []
