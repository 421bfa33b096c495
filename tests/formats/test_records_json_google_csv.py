"""Neutral records as a Google Contacts CSV file that no spreadsheet can be tricked by."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats import google_csv_writer
from askwell.formats.csv_guard import guard, table, unguard
from askwell.formats.records import (
    Email,
    Name,
    PersonRecord,
    Phone,
    PositionRecord,
    PostalAddress,
    Source,
    Url,
)

HERE = Source(file="a.csv", line=2)


def person(**values) -> PersonRecord:
    return PersonRecord(name=Name(given="Ada", family="Rao", formatted="Ada Rao"), source=HERE, **values)


def rows(*people: PersonRecord) -> list[dict[str, str]]:
    text = b"".join(google_csv_writer.write(people)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://x.example")',
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "'=1",
    ],
)
def test_a_cell_a_spreadsheet_would_run_is_guarded(cell: str):
    assert guard(cell) == "'" + cell
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize(
    "cell", ["+49 171 1234567", "+1 (415) 555-0199", "-5", "--02-29", "Ada", "", "O'Neil", "'quoted'"]
)
def test_other_cells_stay_as_they_are(cell: str):
    assert guard(cell) == cell
    assert unguard(cell) == cell


@given(st.one_of(st.text(), st.text("'=+-@\t\r\n1a", max_size=6)))
def test_every_cell_comes_back(cell: str):
    assert unguard(guard(cell)) == cell


def test_a_person_fills_googles_columns():
    (row,) = rows(
        person(
            emails=(Email(value="a@x.example", label="work"), Email(value="b@x.example", label="chess club")),
            phones=(Phone(value="+49 171 1234567", e164="+491711234567", label="mobile"),),
            organization="Acorn",
            title="Chemist",
            department="Lab",
            birthday="--02-29",
            addresses=(PostalAddress(label="home", street="Elm 1", city="Ghent", extended="Floor 2"),),
            urls=(Url(value="https://a.example", label="profile"),),
            notes="=1+1",
            tags=("fair", "water ::: rivers"),
        )
    )
    assert {key: value for key, value in row.items() if value} == {
        "First Name": "Ada",
        "Last Name": "Rao",
        "Organization Name": "Acorn",
        "Organization Title": "Chemist",
        "Organization Department": "Lab",
        "Birthday": "--02-29",
        "Notes": "'=1+1",
        "Labels": "fair ::: water rivers ::: * myContacts",
        "E-mail 1 - Label": "Work",
        "E-mail 1 - Value": "a@x.example",
        "E-mail 2 - Label": "chess club",
        "E-mail 2 - Value": "b@x.example",
        "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": "+49 171 1234567",
        "Address 1 - Label": "Home",
        "Address 1 - Street": "Elm 1",
        "Address 1 - City": "Ghent",
        "Address 1 - Extended Address": "Floor 2",
        "Website 1 - Label": "Profile",
        "Website 1 - Value": "https://a.example",
    }


def test_there_are_as_many_columns_as_the_fullest_person_needs():
    many = person(emails=tuple(Email(value=f"{n}@x.example") for n in range(3)))
    first, second = rows(many, person())
    assert first["E-mail 3 - Value"] == "2@x.example"
    assert second["E-mail 3 - Value"] == ""
    assert "Address 1 - Street" not in first


def test_a_name_known_only_as_a_whole_stands_in_the_first_column():
    whole = PersonRecord(name=Name(formatted="Acorn Ltd"), source=HERE)
    other = PersonRecord(name=Name(given="Ada", formatted="Countess Ada"), source=HERE)
    assert [(row["First Name"], row["File As"]) for row in rows(whole, other)] == [
        ("Acorn Ltd", ""),
        ("Ada", "Countess Ada"),
    ]


def test_what_google_has_no_column_for_stands_in_custom_fields():
    (row,) = rows(
        person(
            headline="Rivers",
            connected_on=date(2026, 2, 8),
            positions=(
                PositionRecord(organization="Elm", title="Editor", started="2019", ended="2021"),
                PositionRecord(organization="Oak", school=True),
            ),
            kept=(
                ("Custom Field 1 - Label", "Tea"),
                ("Custom Field 1 - Value", "Oolong"),
                ("Custom Field 2 - Label", "Headline"),
                ("Custom Field 2 - Value", "Old"),
                ("Event 1 - Label", "Anniversary"),
                ("Event 1 - Value", "2019-06-01"),
                ("Phonetic First Name", "AH-da"),
                ("X-FOO", "not Google's"),
            ),
        )
    )
    custom = [(row[f"Custom Field {n} - Label"], row[f"Custom Field {n} - Value"]) for n in range(1, 6)]
    assert custom == [
        ("Tea", "Oolong"),
        ("Headline", "Old"),
        ("Connected On", "2026-02-08"),
        ("Position", "Editor, Elm, 2019–2021"),
        ("School", "Oak"),
    ]
    assert row["Event 1 - Value"] == "2019-06-01"
    assert row["Phonetic First Name"] == "AH-da"
    assert "X-FOO" not in row


def test_line_breaks_and_quotes_are_kept():
    (row,) = rows(person(notes='a\nb,"c"'))
    assert row["Notes"] == 'a\nb,"c"'


def test_in_a_table_no_cell_runs_and_commas_stay_in_their_cell():
    said = table([["who", "what"], ["Ana, Ruiz", "=1+1"]])
    assert list(csv.reader(io.StringIO(said))) == [["who", "what"], ["Ana, Ruiz", "'=1+1"]]
