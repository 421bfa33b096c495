"""Google, Outlook and Thunderbird address books."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from askwell.formats import google_csv, outlook_csv
from askwell.formats.detect import read_bytes, read_path

if TYPE_CHECKING:
    from askwell.formats.records import PersonRecord, Reading

CORPUS = Path(__file__).parent.parent / "corpus" / "csv"


def read(name: str, country: str = "") -> Reading:
    return read_path(CORPUS / name, default_country=country)


def codes(reading: Reading) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in reading.problems]


@pytest.fixture(scope="module")
def hana() -> PersonRecord:
    return read("google_new.csv").people[0]


def test_google_puts_the_primary_address_first_and_splits_joined_values(hana: PersonRecord) -> None:
    assert [(email.value, email.label) for email in hana.emails] == [
        *(
            ("hana@zephyr.example", "work"),
            ("h.petrov@zephyr.example", "work"),
            ("hana@home.example", "home"),
        ),
    ]
    assert [phone.e164 for phone in hana.phones] == ["+491711234567", "+4930901820"]


def test_google_groups_leave_out_googles_own(hana: PersonRecord) -> None:
    assert hana.tags == ("Choir",)


def test_google_fields_find_their_places(hana: PersonRecord) -> None:
    assert (hana.name.prefix, hana.name.given, hana.name.middle, hana.name.family) == (
        "Dr.",
        "Hana",
        "B.",
        "Petrov",
    )
    assert (hana.organization, hana.title, hana.department) == ("Zephyr Labs", "Chemist", "Research")
    assert (hana.birthday, hana.uid, hana.referred_by) == ("--12-09", "hana-petrov", "Omar Haddad")
    assert (hana.addresses[0].city, hana.addresses[0].extended) == ("Berlin", "Floor 4")
    assert hana.notes == "Two lines,\none note"


def test_google_columns_without_a_place_are_kept_by_name(hana: PersonRecord) -> None:
    assert dict(hana.kept)["Custom Field 1 - Value"] == "Otter"


def test_readings_of_a_japanese_name_are_kept() -> None:
    taro = read("google_new.csv").people[1]
    assert taro.name.formatted == "山本 太郎"
    assert dict(taro.kept)["Phonetic First Name"] == "たろう"


def test_googles_odd_values_are_told_and_kept() -> None:
    reading = read("google_new.csv")
    assert codes(reading) == [("bad-email", 5), ("bad-url", 5), ("bad-date", 6), ("no-name", 7)]
    assert dict(reading.people[2].kept) == {"Phone 1 - Value": "reception", "Birthday": "31/31/1999"}
    assert reading.skipped == {"no_name": 1}


def test_the_old_google_header_in_utf16() -> None:
    [ines] = read("google_old.csv").people
    assert (ines.name.given, ines.organization, ines.title, ines.tags) == (
        *("Ines", "Saffron Studio", "Designer"),
        ("Friends",),
    )
    assert [(job.organization, job.title) for job in ines.positions] == [("Night School", "Teacher")]


def test_a_google_contact_may_be_a_mail_address_alone() -> None:
    [person] = read_bytes("c.csv", b"Name,E-mail 1 - Value\n,only@example.com\n").people
    assert (person.name.formatted, person.emails[0].value) == ("", "only@example.com")


def test_two_primary_addresses_keep_their_order() -> None:
    data = b"Name,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value\nWork First,* Work,a@x.example,* Home,b@x.example\n"
    [person] = read_bytes("c.csv", data).people
    assert [email.label for email in person.emails] == ["work", "home"]


def test_a_google_file_without_rows_is_told() -> None:
    assert codes(google_csv.read(b"Name,E-mail 1 - Value\n", file="c.csv")) == [("no-rows", 1)]
    assert codes(outlook_csv.read(b"", file="c.csv")) == [("no-rows", 1)]


def test_outlooks_title_is_the_name_prefix() -> None:
    soren = read("outlook_desktop.csv").people[0]
    assert (soren.name.prefix, soren.name.given, soren.name.family, soren.name.suffix) == (
        *("Dr.", "Søren", "Bergström", "Jr."),
    )
    assert soren.title == "Maintainer"


def test_an_outlook_file_without_job_title_may_use_title_for_the_job() -> None:
    data = (
        b"First Name,Last Name,Title,Company,E-mail Address,Business Phone,Mobile Phone\n"
        b"Ada,Abara,Head of Data,Quarry,ada@quarry.example,,\nLi,Wei,Ms.,Quarry,li@quarry.example,,\n"
    )
    ada, li = read_bytes("c.csv", data).people
    assert (ada.title, ada.name.prefix) == ("Head of Data", "")
    assert (li.title, li.name.prefix) == ("", "Ms.")


def test_outlook_fields_find_their_places() -> None:
    soren = read("outlook_desktop.csv").people[0]
    assert [(phone.label, phone.e164) for phone in soren.phones] == [
        *(("mobile", "+4520123456"), ("work", "+4533123457"), ("work fax", "+4533123456")),
    ]
    assert [(place.label, place.street, place.po_box) for place in soren.addresses] == [
        *(("work", "2 Office Road\nDoor 3", "PO 7"), ("home", "1 Home Road", "")),
    ]
    assert (soren.birthday, soren.referred_by) == ("1969-12-28", "Asha Rao")
    assert soren.tags == ("Friends", "Open source")


def test_outlooks_empty_values_are_not_kept_as_notes() -> None:
    soren = read("outlook_desktop.csv").people[0]
    assert soren.kept == (("E-mail Address", "broken address"), ("Spouse", "Tove"))


def test_an_organization_is_not_split_into_a_first_and_a_last_name() -> None:
    cafe = read("outlook_desktop.csv").people[1]
    assert (cafe.name.formatted, cafe.name.given, cafe.organization) == ("Harbour Café", "", "Harbour Café")


def test_outlooks_old_encoding_is_told() -> None:
    assert codes(read("outlook_desktop.csv"))[0] == ("guessed-encoding", 0)


def test_outlook_in_german_is_understood() -> None:
    reading = read("outlook_de.csv", country="DE")
    [joerdis] = reading.people
    assert reading.format == "outlook_csv"
    assert (joerdis.name.prefix, joerdis.name.given, joerdis.name.family) == (
        "Frau",
        "Jördis",
        "Müller-Lüdenscheidt",
    )
    assert (joerdis.title, joerdis.addresses[0].city, joerdis.birthday) == ("Leiterin", "Köln", "1980-12-24")
    assert [phone.e164 for phone in joerdis.phones] == ["+491711234567", "+4922112345678"]
    assert joerdis.referred_by == "Hana Petrov"


def test_thunderbird_with_short_rows_and_split_birthdays() -> None:
    minh, bank, lena = read("thunderbird.csv").people
    assert (minh.birthday, minh.addresses[0].city, minh.urls[0].label) == ("1990-04-01", "Huế", "work")
    assert (bank.name.formatted, bank.birthday, bank.phones[0].label) == ("Quarry Bank", "--05-06", "work")
    assert lena.name.family == "Short"
    assert minh.kept == (("Custom 1", "Sings bass"),)


def test_progress_of_an_address_book_has_a_total() -> None:
    seen: list[tuple[str, int, int | None]] = []
    data = ("Name,E-mail 1 - Value\n" + "Ada,a@x.example\n" * 1500).encode()
    google_csv.read(data, file="c.csv", progress=lambda *told: seen.append(told))
    assert seen == [("c.csv", 1000, 1500), ("c.csv", 1500, 1500)]
