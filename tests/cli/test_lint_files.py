"""``askwell lint``: files in, findings out, honest exit codes."""

import io
import json
import sys
from pathlib import Path

import pytest

from askwell.cli import lint as command

GOOD = """Subject: A question by way of Tamsin Okoye

Dear Ms. van der Berg,

Tamsin Okoye suggested that I write to you. I am a nursing student at Harbor College. Your article on blank fields in ward
records changed how I fill them in.

I would like to learn what a data steward's week is like. Would you have twenty minutes for a call in the next two weeks?
I will gladly fit around your schedule.

Maren Solheim
"""


def run(*files, **options):
    out, err = io.StringIO(), io.StringIO()
    code = command.lint_files([str(file) for file in files], out=out, err=err, **options)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_good_letter_prints_nothing_and_exits_0(letter):
    assert run(letter) == (0, "", "")


def test_a_finding_is_one_line_with_its_place(letter):
    letter.write_text(GOOD.replace("Ms. van der Berg", "[Name]"), encoding="utf-8")
    assert run(letter) == (1, f"{letter}:3:6 M16 Placeholder left in: [Name]\n", "")


def test_json_has_one_object_per_finding(letter):
    letter.write_text(GOOD.replace("twenty minutes for a call", "an hour"), encoding="utf-8")
    code, out, _ = run(letter, as_json=True)
    record = json.loads(out)
    assert code == 1
    assert list(record) == ["file", "line", "col", "length", "code", "severity", "message", "fix"]
    assert (record["line"], record["code"], record["severity"]) == (8, "M03", "error")
    assert record["fix"]["edits"][0]["text"] == "20 minutes"


def test_a_warning_alone_exits_0(letter):
    letter.write_text(GOOD.replace("A question by way of Tamsin Okoye", "Hi"), encoding="utf-8")
    code, out, _ = run(letter, as_json=True)
    assert (code, json.loads(out)["fix"]) == (0, None)


def test_standard_input_is_a_dash(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert run("-") == (0, "", "")


def test_mail_files_and_markdown_are_read(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"To: a@example.com, b@example.com\nSubject: Hi\n\nHi Ana,\n")
    (tmp_path / "a.md").write_text(
        f"---\n{GOOD.replace(chr(10) * 2, chr(10) + '---' + chr(10), 1)}", encoding="utf-8"
    )
    assert "M18" in run(tmp_path / "a.eml")[1]
    assert run(tmp_path / "a.md") == (0, "", "")


def test_utf16_with_its_mark_is_read(letter):
    letter.write_bytes(GOOD.encode("utf-16"))
    assert run(letter) == (0, "", "")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b" \n", "the file is empty"),
        ("latin.txt", b"one\nGr\xfc\xdfe", "line 2 is not UTF-8 text"),
        ("binary.txt", b"a\0b", "not a text file"),
        ("half.txt", b"\xff\xfea", "not UTF-8"),
        ("big.txt", b"x" * (command.LARGEST + 1), "larger than 5 MB"),
        ("odd.eml", b"\n\n\n \n\0", "not an e-mail"),
    ],
)
def test_bad_input_is_named_and_exits_2(tmp_path, name, data, says):
    (tmp_path / name).write_bytes(data)
    code, out, err = run(tmp_path / name)
    assert (code, out) == (2, "")
    assert says in err


def test_a_folder_and_a_missing_file_are_named(tmp_path):
    code, _, err = run(tmp_path, tmp_path / "none.txt")
    assert code == 2
    assert "folder" in err
    assert "no such file" in err


def test_an_unreadable_file_is_named(letter, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert run(letter)[2].endswith("cannot be read: Permission denied\n")


def test_good_files_are_still_read_beside_a_bad_one(tmp_path, letter):
    letter.write_text(GOOD.replace("Ms. van der Berg", "[Name]"), encoding="utf-8")
    code, out, _ = run(tmp_path / "none.txt", letter)
    assert code == 2
    assert "M16" in out


def test_unknown_modes_and_channels_and_no_file_are_bad_use(letter):
    assert run(letter, mode="shout")[0] == 2
    assert run(letter, channel="pigeon")[0] == 2
    assert run()[0] == 2


def test_the_mode_and_the_channel_are_heard(letter):
    assert "F01" in run(letter, mode="thanks")[1]
    assert "M02" in run(letter, channel="linkedin-note")[1]


def test_it_writes_to_the_terminal_where_nothing_else_is_named(letter, capsys):
    assert command.lint_files([letter, "/nowhere"]) == 2
    assert "no such file" in capsys.readouterr().err


def test_it_starts_without_the_web_framework():
    import subprocess

    code = "import sys, askwell.cli.lint; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
