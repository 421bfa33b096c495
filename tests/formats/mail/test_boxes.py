"""Messages where they lie: mailboxes of many programs, folders, and files that are no mail."""

from __future__ import annotations

import io
import mailbox
import os
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.mail.letters import raw

from askwell.formats.mail import boxes
from askwell.formats.mail.boxes import messages_in, messages_of

MARK = b"From anna@harbour.example Mon Nov 23 10:00:00 2026\n"


def read(data: bytes) -> list[bytes]:
    return [one.raw for one in messages_of(io.BytesIO(data), "box")]


def told(path) -> list[tuple[str, int, list[str]]]:
    return [(one.file, one.index, [problem.code for problem in one.problems]) for one in messages_in(path)]


def box(*messages: bytes, mark: bytes = MARK) -> bytes:
    return b"".join(mark + message + b"\n" for message in messages)


class TestMailboxes:
    def test_hold_one_message_after_the_other(self):
        found = list(messages_of(io.BytesIO(box(raw("one\n"), raw("two\n"))), "a.mbox"))
        assert [(one.file, one.index) for one in found] == [("a.mbox", 0), ("a.mbox", 1)]
        assert [one.raw for one in found] == [raw("one\n"), raw("two\n")]

    @pytest.mark.parametrize(
        "mark",
        [
            MARK,
            b"From - Mon Nov 23 10:00:00 2026\n",
            b"From 1790000000000000000@xxx Mon Nov 23 09:00:00 +0000 2026\n",
            b"From MAILER-DAEMON Mon Nov  2 10:00:00 2026\n",
            b"From ???@??? Mon Nov 23 10:00:00 2026\n",
            b"From anna@harbour.example Mon, Nov 23 10:00 2026\n",
            b'From "anna b"@harbour.example Mon Nov 23 10:00:00 CET 2026\n',
            b"From anna@harbour.example 2026-11-23 10:00:00\n",
        ],
    )
    def test_of_many_programs_are_cut_where_they_say(self, mark):
        assert read(box(raw("one\n"), raw("two\n"), mark=mark)) == [raw("one\n"), raw("two\n")]

    def test_do_not_break_where_a_sentence_begins_with_from(self):
        text = (
            "Hello\n\nFrom here on it is easy: see you at 10:30.\nNext: lunch\n\nFrom Mon Nov 23 10:00:00 2026 on\nI am free.\n"
            "\nFrom anna@harbour.example Mon Nov 23 10:00:00 2026\nno header follows\nFrom x 10:00\nTo: y\n"
        )
        assert (
            len(read(box(raw(text), raw("two\n"))))
            == 2 + ("From here on it is easy: see you at 10:30.\nNext: lunch" in text) * 1
        )

    def test_give_quoted_lines_back(self):
        text = b"Hello\n>From here on\n>>From there\n> From nowhere\n"
        (found,) = read(box(b"Subject: x\n\n" + text))
        assert found == b"Subject: x\n\nHello\nFrom here on\n>From there\n> From nowhere\n"

    def test_say_the_same_with_every_line_end(self):
        lines = box(raw("one\n>From x\n"), raw("two\n"))
        assert read(lines) == read(lines.replace(b"\n", b"\r\n")) == read(lines.replace(b"\n", b"\r"))

    @settings(max_examples=80)
    @given(
        st.lists(
            st.sampled_from([b"one", b"From x", b">From y", b"", MARK.strip(), b"a: b", b"\xff"]), max_size=12
        ),
        st.integers(1, 40),
        st.sampled_from([b"\n", b"\r\n", b"\r"]),
    )
    def test_in_chunks_of_any_size(self, lines, size, end):
        data = box(raw("one\n"), b"Subject: x\n\n" + b"\n".join(lines) + b"\n")
        whole = read(data)
        before = boxes.CHUNK
        try:
            boxes.CHUNK = size
            assert read(data.replace(b"\n", end)) == whole
        finally:
            boxes.CHUNK = before

    @settings(max_examples=40)
    @given(st.lists(st.text("abc \nF>", max_size=40), min_size=1, max_size=5))
    def test_written_by_the_standard_library_are_read_as_written(self, texts):
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            written = mailbox.mbox(f"{folder}/box")
            for text in texts:
                written.add(raw(text))
            written.close()
            found = [one.raw for one in messages_in(f"{folder}/box")]
        assert [one.rstrip(b"\n") for one in found] == [raw(text).rstrip(b"\n") for text in texts]

    def test_begin_after_blank_lines_and_a_mark_of_their_bytes(self):
        assert read(b"\xef\xbb\xbf\n\n" + box(raw("one\n"))) == [raw("one\n")]

    def test_with_an_empty_message_lose_no_other(self):
        found = list(messages_of(io.BytesIO(MARK + b"\n" + box(raw("two\n"))), "box"))
        assert [[problem.code for problem in one.problems] for one in found] == [["empty"], []]
        assert [one.raw for one in messages_of(io.BytesIO(MARK.strip()), "box")] == [b""]

    def test_that_end_in_the_middle_of_a_line_give_what_is_there(self):
        assert read(box(raw("one\n")) + MARK.strip()) == [raw("one\n") + b"\n" + MARK.strip()]
        assert read(box(raw("one\n")) + MARK + b"Subject: x") == [raw("one\n"), b"Subject: x"]

    def test_a_postmark_longer_than_any_is_none(self):
        long = b"From " + b"x" * 3_000 + b" Mon Nov 23 10:00:00 2026\nTo: x\n"
        assert len(read(box(raw("one\n")) + long)) == 1
        header = MARK + b"X: " + b"x" * 3_000 + b"\n\n"
        assert len(read(box(raw("one\n")) + header)) == 2

    def test_a_message_too_large_is_cut_and_the_next_one_is_not(self, monkeypatch):
        monkeypatch.setattr(boxes, "MOST_BYTES", 5_000)
        monkeypatch.setattr(boxes, "CHUNK", 1_000)
        large = raw("x" * 70 + "\n") + b"From what\n" + (b"x" * 70 + b"\n") * 1_000
        found = list(messages_of(io.BytesIO(box(large, raw("two\n"))), "box"))
        assert [[problem.code for problem in one.problems] for one in found] == [["cut"], []]
        assert len(found[0].raw) <= 6_100
        assert found[1].raw == raw("two\n")

    def test_are_never_held_whole(self):
        class Endless(io.RawIOBase):
            """A mailbox of 20 MB that is made as it is read."""

            left = 200

            def read(self, _size=-1):
                self.left -= 1
                return box(raw(("x" * 70 + "\n") * 140)) * 10 if self.left >= 0 else b""

        tracemalloc.start()
        count = sum(1 for _one in messages_of(Endless(), "box"))
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == 2_000
        assert peak < 5_000_000


class TestFiles:
    def test_a_letter_is_one_message(self, tmp_path):
        path = tmp_path / "a.eml"
        path.write_bytes(raw("Hello\r\n"))
        (found,) = messages_in(path)
        assert (found.file, found.index, found.raw, found.problems) == (str(path), 0, raw("Hello\n"), ())

    def test_a_letter_of_apple_begins_with_its_length(self):
        assert read(b"123       \n" + raw("Hello\n")) == [raw("Hello\n")]

    def test_a_header_called_from_with_a_space_is_no_postmark(self):
        assert len(read(b"From : anna@harbour.example\nSubject: x\n\nHello\n")) == 1

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "empty"),
            (b"\n \n", "empty"),
            (b"Dear Anna, nothing here is a header.\n", "not-mail"),
            (b"key: value\nother: value\n", "not-mail"),
            (b"\x89PNG\r\n\x1a\n\0\0", "not-mail"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "is-outlook-msg"),
        ],
    )
    def test_what_is_no_mail_is_named(self, tmp_path, data, code):
        path = tmp_path / "x"
        path.write_bytes(data)
        assert told(path) == [(str(path), 0, [code])]

    def test_what_is_not_there_or_cannot_be_read_is_named(self, tmp_path, monkeypatch):
        assert told(tmp_path / "none") == [(str(tmp_path / "none"), 0, ["not-found"])]
        assert told("a\0b") == [("a\0b", 0, ["unreadable"])]

        def refuse(*_words, **_more):
            raise PermissionError

        (tmp_path / "locked").write_bytes(raw())
        monkeypatch.setattr("pathlib.Path.open", refuse)
        assert told(tmp_path / "locked") == [(str(tmp_path / "locked"), 0, ["unreadable"])]

    def test_a_large_letter_is_read_to_the_bound(self, monkeypatch):
        monkeypatch.setattr(boxes, "MOST_BYTES", 5_000)
        monkeypatch.setattr(boxes, "CHUNK", 1_000)
        (found,) = read(raw("x" * 20_000))
        assert 5_000 < len(found) <= 6_000

    @given(st.binary(max_size=300))
    def test_any_bytes_are_messages_or_named(self, data):
        for one in messages_of(io.BytesIO(data), "x"):
            assert one.raw or one.problems


class TestFolders:
    def test_a_maildir_gives_its_messages_by_name(self, tmp_path):
        for folder in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
            (tmp_path / folder).mkdir(parents=True)
        for name in ("cur/2:2,S", "cur/1:2,S", "new/3", "tmp/4", ".Sent/cur/5:2,S"):
            (tmp_path / name).write_bytes(raw(f"{name}\n"))
        (tmp_path / "dovecot-uidlist").write_text("3 V1")
        (tmp_path / "cur" / ".hidden").write_text("x")
        found = [os.path.relpath(one.file, tmp_path) for one in messages_in(tmp_path)]
        assert found == [".Sent/cur/5:2,S", "cur/1:2,S", "cur/2:2,S", "new/3"]

    def test_a_folder_of_letters_and_boxes_gives_them_all(self, tmp_path):
        (tmp_path / "inner").mkdir()
        (tmp_path / "a.eml").write_bytes(raw("one\n"))
        (tmp_path / "inner" / "b.mbox").write_bytes(box(raw("two\n"), raw("three\n")))
        assert [index for _file, index, _problems in told(tmp_path)] == [0, 0, 1]

    def test_an_empty_folder_is_named(self, tmp_path):
        assert told(tmp_path) == [(str(tmp_path), 0, ["nothing-inside"])]

    def test_a_folder_that_cannot_be_listed_is_named(self, tmp_path, monkeypatch):
        def refuse(_path):
            raise PermissionError

        monkeypatch.setattr(os, "scandir", refuse)
        assert told(tmp_path) == [(str(tmp_path), 0, ["nothing-inside"])]

    def test_a_link_that_leads_back_is_not_followed(self, tmp_path):
        (tmp_path / "a.eml").write_bytes(raw("one\n"))
        (tmp_path / "again").symlink_to(tmp_path)
        assert len(told(tmp_path)) == 1
