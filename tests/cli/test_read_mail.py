"""read-mail: mail files in, one line a message out, without a notebook."""

from tests.formats.mail.letters import calendar, parts, raw, report

STATUS = "Final-Recipient: rfc822; tom@harbour.example\nAction: failed\nStatus: 5.1.1\n"


def test_every_message_of_every_file_is_a_line(shell, tmp_path):
    (tmp_path / "a.eml").write_bytes(raw())
    mark = b"From anna@harbour.example Mon Nov 23 10:00:00 2026\n"
    (tmp_path / "b.mbox").write_bytes(mark + raw() + b"\n" + mark + raw(in_reply_to="<1@example.org>"))
    ended = shell("read-mail", str(tmp_path / "a.eml"), str(tmp_path / "b.mbox"), "--json")
    assert ended.code == 0
    assert [(row["source"]["index"], row["kind"]) for row in ended.rows] == [
        (0, "personal"),
        (0, "personal"),
        (1, "reply"),
    ]
    assert not (tmp_path / "data").exists()


def test_standard_input_is_a_file(shell):
    ended = shell("read-mail", "-", "--json", stdin=raw(subject="Grüße").decode())
    assert ended.row["source"] == {"file": "-", "index": 0}
    assert ended.row["subject"] == "Grüße"


def test_in_words_what_follows_is_told_below(shell, tmp_path):
    (tmp_path / "1.eml").write_bytes(report(STATUS))
    (tmp_path / "2.eml").write_bytes(report(STATUS.replace("failed", "delayed")))
    (tmp_path / "3.eml").write_bytes(raw("I am back on 7 December 2026.\n", auto_submitted="auto-replied"))
    (tmp_path / "4.eml").write_bytes(parts(calendar("REPLY")))
    (tmp_path / "5.eml").write_bytes(raw(from_="", date=""))
    out = shell("read-mail", str(tmp_path)).out
    assert "not delivered, for good: tom@harbour.example  5.1.1  There is no such mailbox." in out
    assert "not delivered, for now: tom@harbour.example" in out
    assert "back on 2026-12-07" in out
    assert "calendar: REPLY  talk-1@example.org  2  anna@harbour.example  ACCEPTED" in out
    assert "The message has no date." in out
    assert "5.eml[0]  personal  -  -  Hello" in out


def test_what_is_no_mail_is_named_in_its_place_and_the_rest_is_read(shell, tmp_path):
    (tmp_path / "a.eml").write_bytes(raw())
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    ended = shell("read-mail", "nowhere.eml", str(tmp_path), "--json")
    assert ended.code == 2
    assert [row["type"] for row in ended.rows] == ["problem", "message", "problem"]
    assert ended.rows[0] == {
        "type": "problem",
        "source": {"file": "nowhere.eml", "index": 0},
        "code": "not-found",
        "message": "There is no such file.",
        "severity": "error",
    }
    assert "nowhere.eml[0]  There is no such file." in shell("read-mail", "nowhere.eml").out


def test_a_message_that_is_lost_ends_with_one(shell, tmp_path):
    path = tmp_path / "a.mbox"
    mark = b"From anna@harbour.example Mon Nov 23 10:00:00 2026\n"
    path.write_bytes(mark + b"\n" + mark + raw())
    ended = shell("read-mail", str(path), "--json")
    assert (ended.code, [row["type"] for row in ended.rows]) == (1, ["problem", "message"])
    sealed = tmp_path / "b.eml"
    sealed.write_bytes(parts("Content-Type: application/pgp-encrypted\n\nVersion: 1"))
    assert shell("read-mail", str(sealed)).code == 1


def test_where_no_unicode_can_be_printed_json_says_it_in_escapes(shell):
    ended = shell(
        "read-mail",
        "-",
        "--json",
        stdin=raw(subject="=?utf-8?q?Gr=C3=BC=C3=9Fe?=").decode(),
        PYTHONIOENCODING="ascii",
    )
    assert ended.out.isascii()
    assert ended.row["subject"] == "Grüße"
