"""A version of the resume kept as a file: with its letter, undone, saved, brought elsewhere, lost."""

from __future__ import annotations

import email
import io
import json
import shutil
import sqlite3
import stat
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from django.db import connection

from askwell.outreach import actions, archive, backup
from askwell.outreach.errors import BadValue
from askwell.outreach.kept_files import MOST_BYTES, FileGone, kept_file
from askwell.outreach.letter_files import as_eml
from askwell.outreach.models import Resume, Seeker
from askwell.people.actions import add_point
from askwell.people.journal import last_change, undo
from askwell.rules.facts import Channel, Mode, Occasion

PDF = b"%PDF-1.7\n\x00\xff of two pages\n"
NAME = "Résumé Lina Weiß.pdf"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    """A data folder of its own."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


@pytest.fixture
def version(lina, now):
    return actions.add_resume(lina, name="Analyst", file=(NAME, PDF), now=now)


@pytest.fixture
def draft(version, jane, now):
    add_point(jane, "email", "jane@office.example", now=now)
    actions.resume_asked(jane, now=now)
    return actions.new_draft(jane, mode=Mode.CHECK_IN, occasion=Occasion.RESUME, now=now)


def file_of(resume):
    return kept_file(resume.owner_id, resume.where)


def attached(draft, now):
    message = email.message_from_bytes(as_eml(draft, now=now), policy=default)
    return {part.get_filename(): part.get_content() for part in message.iter_attachments()}


def test_the_letter_carries_the_version_they_asked_for(draft, now):
    message = email.message_from_bytes(as_eml(draft, now=now), policy=default)
    (part,) = message.iter_attachments()
    assert message["X-Unsent"] == "1"
    assert message.get_content_type() == "multipart/mixed"
    assert "I attach my resume (Analyst)" in message.get_body().get_content()
    assert (part.get_filename(), part.get_content_type()) == (NAME, "application/pdf")
    assert part.get_content() == PDF


def test_another_letter_carries_nothing(version, jane, now):
    add_point(jane, "email", "jane@office.example", now=now)
    draft = actions.new_draft(jane, mode=Mode.CHECK_IN, now=now)
    assert not email.message_from_bytes(as_eml(draft, now=now), policy=default).is_multipart()


def test_a_version_of_which_only_the_place_is_known_goes_as_text(lina, jane, now):
    add_point(jane, "email", "jane@office.example", now=now)
    actions.add_resume(lina, name="Analyst", where="~/cv.pdf", now=now)
    draft = actions.new_draft(jane, mode=Mode.CHECK_IN, occasion=Occasion.RESUME, now=now)
    assert attached(draft, now) == {}


def test_a_letter_that_went_out_keeps_the_version_it_went_with(draft, jane, lina, now):
    later = now + timedelta(hours=1)
    because = {"M00": "checked", "T01": "they wait", "T02": "they wait", "K02": "they wait"}
    way = {"mode": Mode.CHECK_IN, "channel": Channel.EMAIL, "draft": draft, "overrides": because}
    actions.record_sent(jane, at=later, now=later, **way)
    actions.add_resume(lina, name="Poet", file=("poems.txt", b"Roses"), now=later)
    draft.refresh_from_db()
    assert attached(draft, later) == {NAME: PDF}


def test_a_file_that_is_gone_or_was_changed_is_said_and_the_letter_stays(draft, version, now):
    path = file_of(version).path
    path.write_bytes(b"something else")
    with pytest.raises(FileGone, match="Weiß"):
        as_eml(draft, now=now)
    path.unlink()
    assert (file_of(version).is_there, file_of(version).size) == (False, 0)
    with pytest.raises(FileGone):
        as_eml(draft, now=now)
    draft.refresh_from_db()
    assert "I attach" in draft.body


def test_nobody_else_on_the_machine_reads_it(version):
    path = file_of(version).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_disk_that_takes_nothing_leaves_no_half_file(version, lina, data, now, monkeypatch):
    monkeypatch.setattr("os.fsync", _full)
    with pytest.raises(OSError, match="no room"):
        actions.add_resume(lina, name="Other", file=("other.pdf", b"other"), now=now)
    assert [path.suffix for path in (data / "files").rglob("*") if path.is_file()] == [""]
    assert Resume.objects.count() == 1


def _full(_file):
    raise OSError("no room")


@pytest.mark.parametrize(
    ("name", "held", "problem"),
    [
        ("cv.exe", b"MZ", "no-document"),
        (".pdf", b"x", "no-document"),
        ("cv.pdf", b"", "empty-file"),
        ("cv.pdf", b"x" * (MOST_BYTES + 1), "too-large"),
    ],
)
def test_what_does_not_go_with_a_letter_is_not_kept(lina, data, now, name, held, problem):
    with pytest.raises(BadValue) as refused:
        actions.add_resume(lina, name="Analyst", file=(name, held), now=now)
    assert (refused.value.field, refused.value.problem) == ("file", problem)
    assert not (data / "files").exists()


def test_a_name_is_cleared_of_folders_and_of_what_cannot_be_seen(lina, now):
    row = actions.add_resume(lina, name="A", file=("C:\\me\\../c\u202ev\n.pdf", PDF), now=now)
    assert file_of(row).name == "cv.pdf"
    row = actions.add_resume(lina, name="B", file=("ü" * 300 + ".pdf", PDF), now=now)
    assert (file_of(row).name[-5:], len(file_of(row).name)) == ("ü.pdf", 120)


def test_another_file_takes_its_place_and_undo_brings_the_first_back(version, lina, now):
    actions.change_resume(version, name="Analyst", made_at=now, file=("new.txt", b"New"), now=now)
    assert file_of(version).read() == b"New"
    undo(last_change(lina), now=now)
    version.refresh_from_db()
    assert file_of(version).read() == PDF


def test_it_stays_when_only_words_are_mended_and_leaves_for_another_place(version, now):
    actions.change_resume(version, name="Analyst, short", made_at=now, now=now)
    assert file_of(version).read() == PDF
    actions.change_resume(version, name="Analyst", made_at=now, where="~/cv.pdf", now=now)
    assert (file_of(version), version.where) == (None, "~/cv.pdf")


def test_an_owner_reads_their_own_folder_only(version, lina):
    assert not kept_file(lina.pk + 1, version.where).is_there


class TestWithAnExport:
    def written(self, owner, now):
        out = io.StringIO()
        archive.export_notebook(owner, out, now=now)
        return out.getvalue()

    def test_it_comes_along_and_lies_where_the_notebook_is_taken_in(self, version, other_owner, data, now):
        text = self.written(version.owner, now)
        shutil.rmtree(data / "files")
        archive.import_notebook(other_owner, io.StringIO(text), now=now)
        row = Resume.objects.get(owner=other_owner)
        assert file_of(row).read() == PDF

    def test_one_that_is_damaged_is_left_out_and_none_make_no_list(self, version, data, now):
        file_of(version).path.write_bytes(b"x")
        (data / "files" / "README").write_text("not one of them")
        assert "files" not in json.loads(self.written(version.owner, now))

    @pytest.mark.parametrize(
        "files",
        [{}, [1], [{"sha256": "0"}], [{"sha256": "0", "base64": "eA=="}], [{"base64": "~", "sha256": ""}]],
    )
    def test_what_is_no_file_is_refused_whole(self, version, other_owner, now, files):
        text = json.dumps(json.loads(self.written(version.owner, now)) | {"files": files})
        with pytest.raises(archive.ArchiveError, match="files"):
            archive.import_notebook(other_owner, io.StringIO(text), now=now)
        assert not Seeker.objects.filter(owner=other_owner).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has tools of its own")
@pytest.mark.django_db(transaction=True)
class TestWithABackup:
    def tables(self):
        with connection.cursor() as cursor:
            return connection.introspection.table_names(cursor)

    def test_it_comes_back_with_the_notebook_and_leaves_no_table_there(self, version, data, now, tmp_path):
        copy = backup.backup(tmp_path / "copy.sqlite3")
        shutil.rmtree(data / "files")
        Resume.objects.all().delete()
        kept = backup.restore(copy, now=now)
        assert file_of(Resume.objects.get()).read() == PDF
        assert "askwell_kept_file" not in self.tables()
        kept.unlink()

    def test_a_backup_of_before_there_were_files_is_put_back_as_ever(self, version, now, tmp_path):
        copy = backup.backup(tmp_path / "copy.sqlite3")
        with sqlite3.connect(copy) as old:
            old.execute("DROP TABLE askwell_kept_file")
        backup.restore(copy, now=now)
        assert file_of(Resume.objects.get()).read() == PDF

    def test_a_file_changed_in_the_backup_is_not_laid_anywhere(self, version, data, now, tmp_path):
        copy = backup.backup(tmp_path / "copy.sqlite3")
        with sqlite3.connect(copy) as mine:
            mine.execute("UPDATE askwell_kept_file SET data = x'00'")
            mine.execute("INSERT INTO askwell_kept_file VALUES ('../..', 'x', x'00')")
        shutil.rmtree(data / "files")
        backup.restore(copy, now=now)
        assert not Path(data / "files").exists()
