"""Contact files in and out as JSON lines, with honest exit codes."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from askwell.cli.contact_files import read_contacts, write_contacts

if TYPE_CHECKING:
    from pathlib import Path

CARD = "BEGIN:VCARD\nVERSION:3.0\nN:Rao;Ada;;;\nFN:Ada Rao\nTEL:030 901820\nEND:VCARD\n"


def run_read(*files: str, stdin: bytes = b"") -> tuple[int, list[dict]]:
    out = io.StringIO()
    code = read_contacts(files, out, "DE", stdin=io.BytesIO(stdin))
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def run_write(to: str, source: str | bytes) -> tuple[int, str]:
    out = io.BytesIO()
    raw = source.encode() if isinstance(source, str) else source
    code = write_contacts(to, io.BytesIO(raw), out)
    return code, out.getvalue().decode()


def test_a_file_becomes_lines(tmp_path: Path):
    path = tmp_path / "book.vcf"
    path.write_text(CARD)
    code, lines = run_read(str(path))
    assert code == 0
    (ada,) = lines
    assert ada["type"] == "person"
    assert ada["phones"] == [{"value": "030 901820", "e164": "+4930901820", "label": ""}]
    assert ada["source"]["file"].endswith("book.vcf")


def test_standard_input_is_a_file():
    code, lines = run_read("-", stdin=CARD.encode())
    assert (code, lines[0]["name"]["formatted"]) == (0, "Ada Rao")


def test_archives_and_folders_are_files(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "book.zip", "w") as archive:
        archive.writestr("a.vcf", CARD)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b.vcf").write_text(CARD)
    code, lines = run_read(str(tmp_path / "book.zip"), str(tmp_path / "folder"))
    assert code == 0
    assert [line["type"] for line in lines] == ["person", "person"]


def test_a_lost_record_is_a_problem_line_and_exit_code_1():
    code, lines = run_read("-", stdin=CARD.encode() + b"BEGIN:VCARD\nVERSION:3.0\nNOTE:who?\nEND:VCARD\n")
    assert code == 1
    assert [line["type"] for line in lines] == ["person", "problem"]
    assert (lines[1]["line"], lines[1]["code"], lines[1]["severity"]) == (7, "no-name", "error")


def test_a_lost_field_is_a_problem_line_and_exit_code_0():
    code, lines = run_read("-", stdin=CARD.replace("TEL:030 901820", "BDAY:1985-02-30").encode())
    assert code == 0
    assert lines[1]["code"] == "bad-date"


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    code, (problem,) = run_read(str(tmp_path / "none.vcf"))
    assert (code, problem["type"], problem["file"]) == (2, "problem", "none.vcf")


def test_a_file_with_nobody_to_read_is_unusable():
    assert run_read("-", stdin=b"%PDF-1.7 nothing here")[0] == 2
    assert run_read("-", stdin=b"BEGIN:VCARD\nNOTE:x\nEND:VCARD\n")[0] == 1


def test_the_worst_file_decides_the_exit_code(tmp_path: Path):
    path = tmp_path / "book.vcf"
    path.write_text(CARD)
    code, lines = run_read(str(tmp_path / "none.vcf"), str(path))
    assert code == 2
    assert [line["type"] for line in lines] == ["problem", "person"]


def test_standard_input_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]):
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    assert read_contacts(["-"], io.StringIO(), stdin=Broken()) == 2
    assert "-: Input/output error" in capsys.readouterr().err


def test_no_file_is_bad_use(capsys: pytest.CaptureFixture[str]):
    assert run_read() == (2, [])
    assert "at least one file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("to", "part"), [("vcard3", "VERSION:3.0"), ("vcard4", "VERSION:4.0"), ("google-csv", "Ada,,Rao")]
)
def test_lines_become_a_file(to: str, part: str):
    _, lines = run_read("-", stdin=CARD.encode())
    code, out = run_write(to, json.dumps(lines[0]))
    assert code == 0
    assert part in out


def test_what_was_read_is_written_as_it_was():
    _, lines = run_read("-", stdin=CARD.encode())
    code, out = run_write("vcard3", "\n".join(json.dumps(line) for line in lines))
    assert code == 0
    assert run_read("-", stdin=out.encode())[1] == [
        line | {"source": {"file": "-", "line": 1}} for line in lines
    ]


def test_problem_lines_and_blank_lines_are_passed_over():
    assert run_write("vcard3", '{"type": "problem", "code": "x"}\n\n') == (0, "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"name": {"given": 1}}', "line 1: name.given: must be a string"),
        ("[1]", "line 1: must be an object"),
        ("{", "line 1: is no JSON object"),
        (b"\xff\xfe{", "line 1: is no JSON object"),
        ("[" * 100_000, "line 1: is no JSON object"),
    ],
)
def test_a_line_that_is_no_record_is_named_and_left_out(
    line: str | bytes, said: str, capsys: pytest.CaptureFixture[str]
):
    assert run_write("vcard3", line) == (1, "")
    assert said in capsys.readouterr().err


def test_an_unknown_form_is_bad_use(capsys: pytest.CaptureFixture[str]):
    assert run_write("xml", "") == (2, "")
    assert "vcard3, vcard4, google-csv" in capsys.readouterr().err


def test_half_characters_are_escaped_and_do_not_stop_the_output(tmp_path: Path):
    from askwell.cli.contact_files import write_reading
    from askwell.formats.records import Name, PersonRecord, Reading, Source

    out = io.StringIO()
    broken = PersonRecord(name=Name(given="A\ud800"), source=Source(file="a"))
    assert write_reading(Reading(format="vcard", people=(broken,)), out) == 0
    assert r"A\ud800" in out.getvalue()
