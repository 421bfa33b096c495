"""The resume from the command line."""

from __future__ import annotations

import email
import shutil
from email.policy import default

import pytest

from askwell.outreach.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(askwell):
    askwell("add", "Jane Doe <jane@acme.example>, data lead at Acme Health")


def test_a_version_is_kept_asked_for_and_sent(askwell, jane):
    assert askwell("resume").out == "No version yet: askwell resume --add NAME.\n"
    askwell("resume", "--add", "Analyst, two pages", "--where", "cv.pdf", "--made", "2026-08-01")
    done = askwell("resume", "jane", "--asked")
    assert done.out == "Jane Doe asked for it: send it within a business day.\n"
    assert "Send your resume to Jane Doe" in askwell("today").out
    waiting, version = askwell("resume", "--json").rows
    assert (waiting["kind"], waiting["person"]) == ("waiting", "Jane Doe")
    assert (version["name"], version["days"] > 90) == ("Analyst, two pages", True)
    assert askwell("resume", "jane", "--sent", "--version", "analyst", "--because", "she waits").code == 0
    assert "went to Jane Doe" in askwell("resume").out


def test_unasked_it_takes_a_reason(askwell, jane):
    done = askwell("resume", "jane", "--sent")
    assert done.code == 1
    assert "They have not asked for your resume." in done.err
    assert askwell("resume", "jane", "--sent", "--because", "She offered to look").code == 0


def test_a_request_is_let_go(askwell, jane):
    assert askwell("resume", "jane", "--drop").code == 3
    askwell("resume", "jane", "--asked")
    assert askwell("resume", "jane", "--drop").out == "No resume to Jane Doe after all.\n"


def test_a_version_is_put_away_by_part_of_its_name(askwell):
    askwell("resume", "--add", "Analyst, one page")
    askwell("resume", "--add", "Analyst, two pages")
    assert "could be several" in askwell("resume", "--retire", "analyst").err
    assert askwell("resume", "--retire", "poet").code == 3
    assert askwell("resume", "--retire", "one page").code == 0
    assert [row["name"] for row in askwell("resume", "--json").rows] == ["Analyst, two pages"]


@pytest.mark.parametrize("words", [("jane",), ("jane", "--asked", "--sent"), ("--asked",)])
def test_what_is_missing_is_said(askwell, jane, words):
    assert askwell("resume", *words).code == 2


class TestTheFileItself:
    @pytest.fixture(autouse=True)
    def _folder(self, settings, tmp_path, monkeypatch):
        settings.DATA_DIR = tmp_path / "data"
        monkeypatch.chdir(tmp_path)
        (tmp_path / "Résumé.pdf").write_bytes(b"%PDF two pages")

    def test_a_copy_is_kept_and_goes_with_the_letter(self, askwell, jane, tmp_path):
        done = askwell("resume", "--add", "Analyst", "--file", "Résumé.pdf", "--json")
        assert (done.row["file"], done.row["file_there"], done.row["where"]) == ("Résumé.pdf", True, "")
        (tmp_path / "Résumé.pdf").unlink()
        askwell("resume", "jane", "--asked")
        assert askwell("draft", "jane", "--occasion", "resume", "--eml", "jane.eml").code == 0
        message = email.message_from_bytes((tmp_path / "jane.eml").read_bytes(), policy=default)
        (part,) = message.iter_attachments()
        assert (part.get_filename(), part.get_content()) == ("Résumé.pdf", b"%PDF two pages")
        assert message["X-Unsent"] == "1"
        assert askwell("resume", "--version", "analyst", "--save", "back.pdf").out == "Written: back.pdf\n"
        assert (tmp_path / "back.pdf").read_bytes() == b"%PDF two pages"

    def test_another_file_takes_its_place(self, askwell, tmp_path):
        askwell("resume", "--add", "Analyst", "--where", "cv.pdf")
        assert askwell("resume", "--version", "analyst", "--save", "back.pdf").code == 3
        assert askwell("resume", "--version", "analyst", "--file", "Résumé.pdf").code == 0
        assert "Résumé.pdf" in askwell("resume").out
        askwell("undo")
        assert "cv.pdf" in askwell("resume").out

    def test_one_that_is_gone_leaves_the_letter(self, askwell, jane, tmp_path):
        askwell("resume", "--add", "Analyst", "--file", "Résumé.pdf")
        shutil.rmtree(tmp_path / "data" / "files")
        assert "its copy is gone" in askwell("resume").out
        done = askwell("draft", "jane", "--occasion", "resume", "--eml", "jane.eml")
        assert done.code == 1
        assert "I attach my resume (Analyst)" in done.out
        assert "The copy of Résumé.pdf is gone from the data folder" in done.err
        assert Draft.objects.get().occasion == "resume"
        assert not (tmp_path / "jane.eml").exists()
        assert askwell("resume", "--version", "analyst", "--save", "back.pdf").code == 1

    @pytest.mark.parametrize(
        ("name", "held"), [("cv.exe", b"x"), ("cv.pdf", b""), ("cv.pdf", b"x" * (10 << 20) + b"x")]
    )
    def test_what_cannot_go_with_a_letter_is_refused(self, askwell, tmp_path, name, held):
        (tmp_path / name).write_bytes(held)
        assert askwell("resume", "--add", "Analyst", "--file", name).code == 2
        assert not askwell("resume", "--json").out

    def test_a_file_that_cannot_be_read_is_said(self, askwell):
        done = askwell("resume", "--add", "Analyst", "--file", "nowhere.pdf")
        assert (done.code, done.err) == (1, "nowhere.pdf cannot be read: No such file or directory.\n")
