"""Any spreadsheet of people: the guess, the remembered mapping, and nothing lost."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from askwell.formats import mapped_csv
from askwell.formats.column_words import FIELDS, field_of_header
from askwell.formats.detect import read_bytes, read_path
from askwell.formats.mapped_csv import column_labels, guess_mapping, preview

if TYPE_CHECKING:
    from askwell.formats.records import Reading

CORPUS = Path(__file__).parent.parent / "corpus" / "csv"


def read(text: str, mapping: dict[str, str] | None = None) -> Reading:
    return mapped_csv.read(text.encode(), mapping, file="sheet.csv")


def codes(reading: Reading) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in reading.problems]


def test_a_networking_sheet_of_ones_own() -> None:
    reading = read_path(CORPUS / "own_sheet.csv")
    emeka, chiara = reading.people
    assert (emeka.title, emeka.organization, emeka.met, emeka.referred_by) == (
        *("Head of Data", "Vantage", "Alumni evening", "Asha Rao"),
    )
    assert emeka.notes == "Offered to read my letter"
    assert emeka.kept == (("Next action", "Thank"), ("Status", "warm"))
    assert dict(chiara.kept) == {
        "E-mail": "chiara at umbra",
        "Date of last contact": "31/02/2026",
        "Next action": "Write",
    }
    assert codes(reading) == [("bad-email", 5), ("bad-date", 5), ("no-name", 6)]


def test_a_date_of_last_contact_is_a_note_of_that_day() -> None:
    [touch] = read_path(CORPUS / "own_sheet.csv").touches
    assert (touch.at, touch.kind, touch.other_email) == (
        datetime(2026, 2, 13),
        "note",
        "emeka@vantage.example",
    )


def test_a_sheet_without_header_is_read_by_its_contents() -> None:
    reading = read_path(CORPUS / "no_header.csv")
    assert [(p.name.given, p.name.family, p.emails[0].value) for p in reading.people] == [
        *(("Quentin", "Dubois", "quentin@dubois.example"), ("Rosa", "García", "rosa@garcia.example")),
    ]
    assert reading.people[0].kept == (("Column 4", "A17"),)


def test_a_japanese_sheet_in_shift_jis() -> None:
    [hanako] = read_path(CORPUS / "japanese_sjis.csv").people
    assert (hanako.name.family, hanako.name.given, hanako.title) == ("山田", "花子", "営業部長")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("Vorname", "given"), ("Prénom", "given"), ("Apellidos", "family"), ("E-Mail-Adresse", "email")),
        *(
            ("Work E-mail", "email"),
            ("Handy", "phone_mobile"),
            ("LinkedIn Profil", "linkedin"),
            ("Firma", "organization"),
        ),
        *(("Opted-out email", ""), ("Email status", ""), ("Introduced by", "referred_by"), ("Shoe size", "")),
        *(
            ("電話番号", "phone"),
            ("Straße", "street"),
            ("携帯電話", "phone_mobile"),
            ("school_year_name", ""),
        ),
    ],
)
def test_column_names_in_several_languages(header: str, field: str) -> None:
    assert field_of_header(header) == field


def test_contents_outweigh_a_name_that_says_something_else() -> None:
    mapping = guess_mapping(
        ["Contact", "Reach", "Email", "Where to find", "Info"],
        [
            [
                "ada@x.example",
                "+49 171 1234567",
                "+49 30 901820",
                "https://www.linkedin.com/in/ada",
                "https://ada.example/x",
            ]
        ],
    )
    assert mapping == {
        "email": "Contact",
        "phone": "Reach",
        "phone_2": "Email",
        "linkedin": "Where to find",
        "url": "Info",
    }


def test_several_columns_of_a_kind_go_to_the_next_free_field() -> None:
    header = ["Name", "Email", "Email", "Mail", "E-mail", "Phone", "Tel", "Profile", "LinkedIn", "Website"]
    mapping = guess_mapping(header, [])
    assert [mapping.get(field) for field in ("email", "email_2", "email_3")] == ["Email", "Email (3)", "Mail"]
    assert (mapping["phone"], mapping["phone_2"]) == ("Phone", "Tel")
    assert (mapping["linkedin"], mapping["url"], mapping["url_2"]) == ("Profile", "LinkedIn", "Website")


def test_a_column_that_looks_like_names_is_one() -> None:
    rows = [["x1", "Ada Abara", "ada@x.example"], ["x2", "山田 太郎", "taro@x.example"]]
    assert guess_mapping(["Key", "Alumna", "Reach"], rows)["name"] == "Alumna"
    assert guess_mapping(["Key", "A", "B", "Reach"], [["1", "Ada", "Abara", "a@x.example"]])["family"] == "B"
    assert "name" not in guess_mapping(["Key", "Reach"], [["1", "a@x.example"]])


def test_a_remembered_mapping_is_followed_and_may_be_partly_gone() -> None:
    reading = read(
        "Who,What\nAda Abara,Quarry\n", {"name": "who", "organization": "What", "email": "Mail", "x": ""}
    )
    assert (reading.people[0].name.family, reading.people[0].organization) == ("Abara", "Quarry")
    assert codes(reading) == [("unknown-column", 1)]


def test_a_mapping_given_to_the_door_is_used_for_any_csv() -> None:
    data = b"First Name,Last Name,Company,Position,Connected On\nAda,Abara,Quarry,PM,15 Jan 2024\n"
    reading = read_bytes("Connections.csv", data, mapping={"given": "First Name", "title": "Company"})
    assert reading.format == "mapped_csv"
    assert reading.people[0].title == "Quarry"


def test_the_preview_shows_columns_rows_and_the_guess() -> None:
    labels, rows, mapping = preview(b"Full name,,Mail,Mail\nAda Abara,x,ada@x.example,\n", file="s.csv")
    assert labels == ["Full name", "Column 2", "Mail", "Mail (4)"]
    assert rows == [["Ada Abara", "x", "ada@x.example", ""]]
    assert mapping == {"name": "Full name", "email": "Mail", "email_2": "Mail (4)"}
    assert set(mapping) <= set(FIELDS)


def test_columns_of_the_same_name_are_told_apart() -> None:
    assert column_labels(["A", "A", "", " B  b "]) == ["A", "A (2)", "Column 3", "B b"]


def test_every_field_is_read() -> None:
    header = (
        "Name,Title,Company,Department,Email,Phone,Mobile,Fax,LinkedIn,Website,Street,City,State,Zip,Country,Address,"
        "Location,Birthday,Connected on,Tags,Headline,Last contact"
    )
    row = (
        "Ada Abara,PM,Quarry,Data,a@x.example; b@x.example,+49 30 901820,front desk,,linkedin.com/in/Ada,javascript:x,"
        "1 Road,Berlin,BE,10115,DE,All of it,Remote,4/1/1990,12/24/2023,choir; press,Numbers,2/13/2026"
    )
    reading = read(f"{header}\n{row}\n")
    [ada] = reading.people
    assert [email.value for email in ada.emails] == ["a@x.example", "b@x.example"]
    assert (ada.uid, ada.urls[0].label, ada.birthday, ada.connected_on) == (
        *("ada", "profile", "1990-04-01"),
        date(2023, 12, 24),
    )
    assert (ada.addresses[0].city, ada.addresses[0].formatted, ada.place) == ("Berlin", "All of it", "Remote")
    assert (ada.tags, ada.headline, ada.department) == (("choir", "press"), "Numbers", "Data")
    assert ada.kept == (("Mobile", "front desk"), ("Website", "javascript:x"))
    assert codes(reading) == [("bad-url", 2)]


def test_bad_birthdays_and_long_rows_are_told_and_kept() -> None:
    reading = read("Name,Birthday\nAda Abara,31/31/1990,more\nLi Wei,0/0/00,\n")
    assert reading.people[0].kept == (("Birthday", "31/31/1990"), ("Column 3", "more"))
    assert codes(reading) == [("long-row", 2), ("bad-date", 2)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("total,amount\n1,2\n", "not-contacts"), ("Full name,Mail\n", "no-rows"), ("", "not-contacts")),
        ("just\nsome\nprose without people 12\n", "not-contacts"),
    ],
)
def test_a_file_without_people_is_told(text: str, code: str) -> None:
    reading = read(text)
    assert not reading.people
    assert [found for found, _ in codes(reading)] == [code]


def test_names_alone_are_people_from_the_first_line_on() -> None:
    people = read("Ada Abara\nLi Wei\nTove van der Lind\n").people
    assert [person.name.formatted for person in people] == ["Ada Abara", "Li Wei", "Tove van der Lind"]


def test_a_translated_linkedin_file_is_understood_with_its_hidden_members() -> None:
    reading = read(
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n"
        "Jörg,Müller,https://www.linkedin.com/in/jm,,Zephyr,Leiter,8. Feb. 2026\n,,,,,,07 Jun 2026\n"
    )
    [joerg] = reading.people
    assert (joerg.uid, joerg.connected_on, joerg.title) == ("jm", date(2026, 2, 8), "Leiter")
    assert (reading.skipped, reading.problems) == ({"hidden_member": 1}, ())


def test_progress_is_told_while_reading() -> None:
    seen: list[tuple[int, int | None]] = []
    data = ("Full name\n" + "Ada Abara\n" * 1000).encode()
    mapped_csv.read(data, file="s", progress=lambda _stage, done, total: seen.append((done, total)))
    assert seen == [(1000, None), (1000, 1000)]
