"""The one door: what a file is, what is done with the wrong kind, and what limits protect."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.formats import linkedin
from askwell.formats.csv_rows import rows_of_text
from askwell.formats.detect import SourceFile, read_bytes, read_files, read_path, sniff
from askwell.formats.errors import FormatError, Unreadable
from askwell.formats.fields import email_of
from askwell.formats.limits import (
    Limits,
    TooManyFiles,
    ZipBomb,
    check_archive,
    check_count,
    human_size,
    is_safe_name,
)
from askwell.formats.members import Member, member_of_bytes
from askwell.formats.opening import csv_of
from askwell.formats.problems import MOST_PER_CODE, SENTENCES, Log, problem
from askwell.formats.records import Email, Reading, Severity
from askwell.formats.tables import find_table

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
CONNECTIONS = (HEADER + "Asha,Rao,https://www.linkedin.com/in/asha-rao,,Quarry,PM,15 Jan 2024\n").encode()
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Abara\r\nN:Abara;Ada;;;\r\nEND:VCARD\r\n"
GOOGLE = b"Name,E-mail 1 - Value\nLi Wei,li@x.example\n"


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.problems]


def names(reading: Reading) -> list[str]:
    return [person.name.formatted for person in reading.people]


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("Connections.csv", CONNECTIONS, "linkedin"),
        ("contacts.csv", GOOGLE, "google_csv"),
        ("contacts.csv", b"First Name,Last Name,Display Name,Primary Email\n", "outlook_csv"),
        ("sheet.csv", b"Who,Mail\nAda,a@x.example\n", "mapped_csv"),
        ("sheet.csv", "氏名,メール\n山田,a@x.example\n".encode(), "mapped_csv"),
        ("one line", b"Name;Mail", "mapped_csv"),
        ("cards.vcf", CARD, "vcard"),
        ("cards.vcf", CARD.decode().encode("utf-16"), "vcard"),
        ("monica.json", b'{"version":"1.0-preview.1","app_version":"4.0"}', "monica"),
        ("data.json", b'{"people": []}', "json"),
        ("export.zip", packed({"a.csv": b"x"}), "zip"),
        ("nothing.csv", b"", "empty"),
        ("nothing.csv", b" \r\n ", "empty"),
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.png", b"\x89PNG\r\n", "image"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        ("a.xlsx", packed({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}), "xlsx"),
        ("a.docx", packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), "docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "xlsx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "docx"),
        ("a.html", b"<!DOCTYPE html><html>", "html"),
        ("a.ics", b"BEGIN:VCALENDAR\r\n", "ics"),
        ("a.eml", b"Received: from x\r\n", "eml"),
        ("a.tar", b"x" * 257 + b"ustar", "archive"),
        ("a.gz", b"\x1f\x8b\x08", "archive"),
        ("a.bin", bytes(range(1, 9)) * 40, "unknown"),
        ("a.zip", b"PK\x03\x04", "zip"),
    ],
)
def test_a_file_is_known_by_what_is_in_it(name: str, head: bytes, kind: str) -> None:
    assert sniff(name, head) == kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "is-pdf"),
        ("a.xlsx", packed({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}), "is-xlsx"),
        ("empty.csv", b"", "empty"),
        ("page.csv", b"<html><body>Sign in</body></html>", "is-html"),
        ("photo.csv", b"\xff\xd8\xff\xe0" + bytes(100), "is-image"),
        ("data.json", b"[]", "is-json"),
    ],
)
def test_the_wrong_kind_of_file_is_told_with_what_to_do(name: str, data: bytes, code: str) -> None:
    reading = read_bytes(name, data)
    assert (reading.format, codes(reading)) == ("unknown", [code])
    assert reading.problems[0].severity is Severity.ERROR
    assert reading.problems[0].file == name


def test_a_vcard_and_a_monica_export_come_through_the_same_door() -> None:
    assert names(read_bytes("cards.vcf", CARD)) == ["Ada Abara"]
    monica = b'{"app_version":"4","account":{"data":[{"type":"contact","values":[{"properties":{"first_name":"Ada"}}]}]}}'
    assert names(read_bytes("monica.json", monica)) == ["Ada"]


def test_a_vcf_file_without_cards_is_left_to_the_vcard_reader() -> None:
    reading = read_bytes("cards.vcf", b"VERSION:3.0\r\nFN:Ada\r\n")
    assert reading.format == "vcard"
    assert reading.problems


def test_several_files_at_once_are_one_reading() -> None:
    files = [SourceFile("Connections.csv", None, CONNECTIONS), SourceFile("c.vcf", None, CARD)]
    reading = read_files(files)
    assert reading.format == "several"
    assert sorted(names(reading)) == ["Ada Abara", "Asha Rao"]


def test_a_good_file_beside_a_wrong_one_is_read() -> None:
    reading = read_files([SourceFile("c.vcf", None, CARD), SourceFile("a.pdf", None, b"%PDF")])
    assert (reading.format, names(reading), codes(reading)) == ("vcard", ["Ada Abara"], ["is-pdf"])


def test_files_of_the_archive_that_name_nobody_are_left_out() -> None:
    files = [
        SourceFile("Connections.csv", None, CONNECTIONS),
        SourceFile("Skills.csv", None, b"Name\nListening\n"),
    ]
    reading = read_files(files)
    assert names(reading) == ["Asha Rao"]
    assert reading.skipped == {"other_file": 1}


def test_an_own_sheet_beside_linkedins_files_is_read_too() -> None:
    files = [
        SourceFile("Connections.csv", None, CONNECTIONS),
        SourceFile("mine.csv", None, b"Full name\nLi Wei\n"),
    ]
    assert sorted(names(read_files(files))) == ["Asha Rao", "Li Wei"]


def test_an_archive_of_cards_and_tables() -> None:
    data = packed(
        {
            "all/c.vcf": CARD,
            "all/g.csv": GOOGLE,
            "all/photo.png": b"\x89PNG",
            "__MACOSX/._c.vcf": b"x",
            "all/": b"",
        }
    )
    reading = read_bytes("contacts.zip", data)
    assert sorted(names(reading)) == ["Ada Abara", "Li Wei"]
    assert reading.people[0].source.file == "contacts.zip/all/c.vcf"
    assert reading.skipped == {"other_file": 1}


def test_an_archive_within_an_archive_is_opened_once() -> None:
    inner = packed({"c.vcf": CARD})
    assert names(read_bytes("outer.zip", packed({"inner.zip": inner}))) == ["Ada Abara"]
    reading = read_bytes("outer.zip", packed({"inner.zip": packed({"more.zip": inner})}))
    assert codes(reading) == ["nested-too-deep"]


def test_a_damaged_archive_within_an_archive_is_told() -> None:
    data = bytearray(packed({"inner.zip": packed({"c.vcf": CARD})}, zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    assert codes(read_bytes("outer.zip", bytes(data))) == ["damaged"]


def test_an_archive_or_folder_without_contacts_says_so(tmp_path: Path) -> None:
    assert codes(read_bytes("a.zip", packed({"photo.png": b"\x89PNG"}))) == ["no-files"]
    assert codes(read_bytes("a.zip", packed({}))) == ["no-files"]
    assert codes(read_path(tmp_path)) == ["no-files"]
    assert codes(read_files([])) == ["no-files"]


def test_prose_in_an_archive_is_not_taken_for_a_table() -> None:
    reading = read_bytes("a.zip", packed({"README": b"Name them all, they said.\n", "c.vcf": CARD}))
    assert names(reading) == ["Ada Abara"]
    assert reading.skipped == {"other_file": 1}


def test_a_folder_is_read_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "c.vcf").write_bytes(CARD)
    (tmp_path / "Connections.csv").write_bytes(CONNECTIONS)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    assert sorted(names(read_path(tmp_path))) == ["Ada Abara", "Asha Rao"]


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.csv").write_bytes(b"x")
    assert codes(read_path(tmp_path, limits=Limits(entries=3))) == ["too-many-files"]


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    assert codes(read_path(tmp_path / "gone.csv")) == ["not-found"]
    assert codes(read_files([SourceFile("gone.zip", tmp_path / "gone.zip")])) == ["not-found"]
    assert codes(read_files([SourceFile("folder", tmp_path)])) == ["unreadable"]
    assert codes(read_files([SourceFile("nothing")])) == ["empty"]


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 1 << 30)
    tracemalloc.start()
    reading = read_path(path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 20
    assert codes(reading) == ["too-large"]
    assert "512 MB" in reading.problems[0].message


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = packed({"a.csv": bytes(40 << 20)})
    assert codes(read_bytes("bomb.zip", data)) == ["zip-bomb"]


def test_declared_sizes_are_summed_up() -> None:
    entries = [zipfile.ZipInfo(f"{number}.csv") for number in range(3)]
    for entry in entries:
        entry.file_size = entry.compress_size = 1 << 30
    check_archive("a.zip", entries[:2])
    with pytest.raises(ZipBomb):
        check_archive("a.zip", entries)
    with pytest.raises(TooManyFiles):
        check_archive("a.zip", entries[:2], Limits(entries=1))
    check_count("a", 1)


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/x.csv", "C:\\x.csv", "a/../../x.csv", "\\\\host\\x.csv", "", "a\0b"]
)
def test_a_name_that_leads_outside_is_not_safe(name: str) -> None:
    assert not is_safe_name(name)


def test_a_hostile_entry_is_left_out_and_its_neighbours_read() -> None:
    reading = read_bytes("a.zip", packed({"../evil.vcf": CARD, "c.vcf": CARD}))
    assert (names(reading), codes(reading)) == (["Ada Abara"], ["unsafe-name"])


def test_a_locked_archive_is_told() -> None:
    data = bytearray(packed({"Connections.csv": CONNECTIONS}))
    central = data.find(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    assert codes(read_bytes("a.zip", bytes(data))) == ["encrypted"]


def test_a_wrong_checksum_is_told_and_everything_kept() -> None:
    data = bytearray(packed({"Connections.csv": CONNECTIONS}))
    central = data.find(b"PK\x01\x02")
    data[central + 16] ^= 0xFF
    reading = read_bytes("a.zip", bytes(data))
    assert (names(reading), codes(reading)) == (["Asha Rao"], ["bad-checksum"])


def test_damage_in_the_middle_keeps_what_stands_before() -> None:
    """A whole block of packed rows, then one of a kind that does not exist."""
    rows = "".join(f"Ada{n},Abara,,,Quarry,PM,15 Jan 2024\n" for n in range(4000))
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    block = packer.compress((HEADER + rows).encode()) + packer.flush(zlib.Z_FULL_FLUSH) + b"\x07" * 50
    data = bytearray(packed({"Connections.csv": block}, zipfile.ZIP_STORED))
    central = data.find(b"PK\x01\x02")
    data[8:10] = data[central + 10 : central + 12] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    data[22:26] = data[central + 24 : central + 28] = struct.pack("<L", len(HEADER + rows) + 5000)
    reading = read_bytes("a.zip", bytes(data))
    assert len(reading.people) > 3500
    assert set(codes(reading)) >= {"damaged"}


def test_an_unknown_compression_is_told() -> None:
    data = bytearray(packed({"c.vcf": CARD}))
    central = data.find(b"PK\x01\x02")
    data[8:10] = data[central + 10 : central + 12] = struct.pack("<H", 97)
    assert codes(read_bytes("a.zip", bytes(data))) == ["unknown-compression"]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_download_that_broke_off_gives_the_files_before(method: int) -> None:
    filler = os.urandom(5000)
    data = packed(
        {"Connections.csv": CONNECTIONS, "c.vcf": CARD, "../no.vcf": CARD, "photo.png": filler}, method
    )
    reading = read_bytes("a.zip", data[: len(data) - 4000])
    assert names(reading) == ["Asha Rao", "Ada Abara"]
    assert "damaged-archive" in codes(reading)
    assert "3 files" in next(p.message for p in reading.problems if p.code == "damaged-archive")


def test_a_file_cut_within_the_archive_is_kept_as_far_as_it_goes() -> None:
    rows = "".join(f"Ada{n},Abara,,,Q{zlib.crc32(bytes([n % 250]))},PM,15 Jan 2024\n" for n in range(3000))
    data = packed({"Connections.csv": (HEADER + rows).encode()})
    reading = read_bytes("a.zip", data[: len(data) // 2])
    assert len(reading.people) > 100


def test_a_broken_archive_of_garbage_and_locked_entries_gives_nothing_and_says_so() -> None:
    data = bytearray(packed({"Connections.csv": CONNECTIONS}))
    data[6] |= 1
    assert codes(read_bytes("a.zip", bytes(data[:200]))) == ["damaged-archive"]
    broken = bytearray(packed({"Connections.csv": CONNECTIONS}))
    broken[45:60] = b"\xff" * 15
    assert "damaged-archive" in codes(read_bytes("a.zip", bytes(broken[:150])))
    assert codes(read_bytes("a.zip", b"PK\x03\x04" + bytes(10))) == ["damaged-archive"]


def test_a_member_that_cannot_be_opened_has_no_rows() -> None:
    data = bytearray(packed({"c.csv": GOOGLE}))
    data[30:35] = b"other"
    assert codes(read_bytes("a.zip", bytes(data))) == ["bad-checksum"]


def test_a_file_that_vanishes_while_being_read_is_told() -> None:
    def gone() -> BinaryIO:
        raise FileNotFoundError

    log = Log("c.csv")
    with csv_of(Member("c.csv", 9, gone), log) as rows:
        assert list(rows) == []
    assert [found.code for found in log.problems()] == ["damaged"]
    assert Member("c.csv", 9, gone).read() == b""


def test_an_archive_that_shows_another_face_at_second_sight_is_no_exception() -> None:
    def verify() -> None:
        raise EOFError

    member = Member("c.csv", 9, lambda: io.BytesIO(b"a,b"), verify)
    assert [found.code for found in member.faults()] == ["damaged"]
    reading = linkedin.read([("connections", member)])
    assert codes(reading) == ["no-rows"]


def test_a_header_that_never_comes_is_not_sought_for_ever() -> None:
    rows = rows_of_text("x,y\n" * 200 + HEADER, Log("c.csv"))
    assert find_table(rows, lambda found: "firstname" in found) is None


def test_addresses_are_found_in_their_wrappings() -> None:
    assert email_of("Jane Doe <jane@x.example>") == Email(value="jane@x.example")
    assert email_of("mailto:jane@x.example", "Work") == Email(value="jane@x.example", label="work")
    assert email_of("jane at x.example") is None


def test_every_problem_has_a_sentence_and_a_flood_is_summed_up() -> None:
    log = Log("a.csv")
    for line in range(MOST_PER_CODE + 5):
        log.add("bad-date", line, value="x" * 200)
    told = log.problems()
    assert len(told) == MOST_PER_CODE + 1
    assert told[-1].message.startswith("5 more")
    assert len(told[0].message) < 200
    assert all(problem(code, file="f", limit=1, value=2, count=3, encoding="e").message for code in SENTENCES)


def test_errors_carry_attributes() -> None:
    error = Unreadable("a.csv", line=3, limit=4)
    assert isinstance(error, FormatError)
    assert (error.file, error.line, error.code, error.values) == ("a.csv", 3, "unreadable", {"limit": 4})
    assert human_size(10) == "10 bytes"


def test_a_member_in_memory_has_a_folder_and_no_faults() -> None:
    member = member_of_bytes("a/b/C.CSV", b"x")
    assert (member.base, member.folder, member.faults(), member.read()) == ("c.csv", "a/b", [], b"x")


STARTS = st.sampled_from(
    [
        *(
            b"",
            CONNECTIONS,
            GOOGLE,
            CARD,
            b"PK\x03\x04",
            b"BEGIN:VCARD\n",
            b'{"app_version":"4","account":{',
            HEADER.encode(),
        ),
        b"First Name,Last Name,Display Name,Primary Email\n",
        b"CONVERSATION ID,FROM,TO,DATE,CONTENT,SENDER PROFILE URL\n",
        b"From,To,Sent At,Direction\n",
        packed({"Connections.csv": CONNECTIONS, "c.vcf": CARD}),
    ]
)


@settings(max_examples=300)
@given(STARTS, st.binary(max_size=300), st.integers(0, 400))
def test_no_bytes_make_a_reader_raise(start: bytes, rest: bytes, cut: int) -> None:
    for data in (start + rest, start[:cut] + rest + start[cut:]):
        reading = read_bytes("file", data)
        assert reading.people or reading.touches or reading.own or reading.problems or reading.skipped


@settings(max_examples=100)
@given(STARTS, st.text(alphabet="a,\";\n\t@.0/é山\x00:='", max_size=200))
def test_no_text_after_a_header_makes_a_reader_raise(start: bytes, rest: str) -> None:
    read_bytes("file.csv", start + rest.encode())


@settings(max_examples=100)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
def test_no_flipped_bytes_in_an_archive_make_a_reader_raise(at: int, flip: bytes) -> None:
    data = bytearray(
        packed({"Connections.csv": CONNECTIONS, "deep/c.vcf": CARD, "in.zip": packed({"g.csv": GOOGLE})})
    )
    at %= len(data)
    data[at : at + len(flip)] = flip
    read_bytes("a.zip", bytes(data))


@pytest.mark.parametrize(
    "cell",
    [unit * 40_000 for unit in (" ", "<p ", "<a@", "::: ", ", ", "a@b,", "1/")],
    ids=["blanks", "tags", "angles", "colons", "commas", "mails", "slashes"],
)
def test_a_hostile_cell_is_read_to_its_end(cell: str) -> None:
    # A pattern that backtracks would keep one of these for minutes; as it is they take seconds together.
    headers = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT",
        "Full name,Email,Phone,LinkedIn,Birthday,Tags,Last contact",
        "Name,E-mail 1 - Value,Phone 1 - Value,Website 1 - Value,Birthday,Labels,Notes",
        "Source,FirstName,LastName,Emails,PhoneNumbers,Profiles,Birthday",
    )
    for header in headers:
        quoted = ",".join(f'"x{cell}x"' for _ in range(2))
        for row in (f"{quoted},,,,,", f",,{quoted},,,", f"a,,,,{quoted},", f'a,,,,,"{cell}","{cell}"'):
            reading = read_bytes("file.csv", f"{header}\n{row}\n".encode())
            assert reading.people or reading.touches or reading.problems
