"""Prose is not taken for a table, and no table for prose, whatever its columns are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from askwell.formats.detect import SourceFile, read_bytes, read_files, read_path, sniff

CORPUS = Path(__file__).parent.parent / "corpus"

MINUTES = b"""Three reasons to write to someone: to learn the work, to know someone at a place you care for, a company
you would like, or someone who decides. Ada Abara ranks people and says why, never as a chance, a name
or a number; at most two of ten come from one place, and one of five is someone you have lost sight of, contact
her in May. A good letter says who you are, why this person, how you are connected, and leaves the time to
them, by phone
"""
HEADED = b"# Contacts, names and numbers\n\nName, E-mail\nAda Abara, ada@abara.example\n"
FORM = b"""Timestamp,What is your full name?,What is your e-mail address?,How do we know each other?
1 May,Ada Abara,ada@abara.example,We sat side by side for a year. She taught me to read charts.
2 May,Li Wei,li@wei.example,
"""
RETOLD = b"""The file begins with its columns, one line for all of them, as every program writes it out for others.
Name,E-mail 1 - Value,Phone 1 - Value,Organization 1 - Name,Notes
Then come people, one to a line. Nobody is left out. What is not known stays empty, and that is all right.
The notes may be long, and hold what you like. Askwell keeps them all, as they were.
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("minutes.txt", MINUTES),
        ("README.md", HEADED),
        ("how.txt", RETOLD),
        ("poem.txt", b"The harbour sleeps\nno bell is heard\n"),
        ("letter.csv", b"I met them all last week in Leeds.\nWe talked about the wards until ten.\n"),
        ("ask.txt", b"Could we talk for 20 minutes? I am free, by phone or video.\nKamran Yazdani\n"),
        ("odd.txt", b"Dear Jane,\nit was good to see you, again.\nThe fair was long, too.\n"),
    ],
)
def test_prose_is_refused_by_name_and_told_what_is_wanted(name: str, text: bytes) -> None:
    assert sniff(name, text) == "text"
    reading = read_bytes(name, text)
    assert not reading.people
    [told] = reading.problems
    assert (told.code, told.file) == ("is-text", name)
    assert "column names" in told.message


def test_no_letter_of_the_corpus_makes_anybody() -> None:
    letters = sorted((CORPUS / "messages").rglob("*.txt"))
    assert letters
    assert [path.name for path in letters if read_path(path).people] == []


@pytest.mark.parametrize("path", sorted((CORPUS / "csv").glob("*.csv")), ids=lambda path: path.name)
def test_no_table_of_the_corpus_is_taken_for_prose(path: Path) -> None:
    assert sniff(path.name, path.read_bytes()) != "text"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # unknown columns, to be mapped by hand
        ("sheet.csv", b"Hvem,Hvor,Hva\nx1,Bergen,a\nx2,Oslo,b\n"),
        ("sheet.txt", b",Hvor,Hva\n1,Bergen,a\n2,Oslo,b\n"),
        ("ids.csv", b"hvem\nkari\nola\n"),
        ("ragged.csv", b"Hvem,Hvor,Hva\nx1,Bergen,a\nx2,Oslo\nx3,Bodo,b\n"),
        # a form's questions for column names, and long notes
        ("form.csv", FORM),
        # remarks where an address is wanted, names in small letters, titles and particles
        (
            "list.txt",
            b"name,phone,linkedin\nada maria abara,ask Priya,none yet\nli wei,+1 216 555 0134,liwei\n",
        ),
        (
            "list.csv",
            b"Name,Mail\nDr. Maria van der Linde-Okafor Jr.,maria@linde.example\nTove Lind,not known\n",
        ),
        ("empty.csv", b"Full name,Mail\n"),
        ("names", b"Ada Abara\nLi Wei\nTove van der Lind\n"),
    ],
)
def test_a_table_is_one_whatever_its_columns_are_called(name: str, text: bytes) -> None:
    assert sniff(name, text) == "mapped_csv"


def test_whoever_names_the_columns_knows_that_it_is_a_table() -> None:
    reading = read_bytes("minutes.txt", MINUTES, mapping={"notes": "Column 1"})
    assert [told.code for told in reading.problems] == ["unknown-column", "not-contacts"]
    rows = b"the first we met, she spoke about triage for an hour\nthe second, he wrote to me about it\n"
    assert sniff("rows.txt", b"ada lovelace\n" + rows) == "text"
    reading = read_bytes("rows.txt", b"who\n" + rows, mapping={"name": "who"})
    assert [person.name.formatted for person in reading.people] == ["the first we met", "the second"]


def test_a_text_beside_contacts_is_told_and_the_contacts_are_read() -> None:
    people = SourceFile("people.csv", None, b"Full name\nLi Wei\n")
    reading = read_files([SourceFile("README.md", None, HEADED), people])
    assert [person.name.formatted for person in reading.people] == ["Li Wei"]
    assert [(told.file, told.code) for told in reading.problems] == [("README.md", "is-text")]


def test_a_file_of_a_linkedin_archive_that_holds_texts_is_left_out_as_before() -> None:
    header = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    files = [
        SourceFile("Connections.csv", None, header + b"Asha,Rao,,,Quarry,PM,15 Jan 2024\n"),
        SourceFile(
            "Skills.csv", None, b"I can listen to people for an hour.\nAnd I write well, they say to me.\n"
        ),
    ]
    reading = read_files(files)
    assert reading.skipped == {"other_file": 1}
    assert not reading.problems
