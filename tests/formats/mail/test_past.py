"""An archive of mail becomes the people one wrote with, and what passed between."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

import pytest

from askwell.formats.detect import read_bytes, read_files, read_path, sniff
from askwell.formats.mail import past
from askwell.formats.mail.archives import boxes_in, is_mail, is_mail_folder, is_mailbox
from askwell.formats.mail.past import Box, Wanted, read_boxes
from askwell.formats.members import SourceFile
from askwell.formats.records import Direction, Reading, merge_readings

if TYPE_CHECKING:
    from pathlib import Path

ME = "Robin Example <robin@home.example>"
INES = "Ines Dubois <ines@meridian.example>"
JONAS = '"Fischer, Jonas" <jonas@umbra.example>'
POSTMARK = "From x@mail.example Mon Jan  6 08:00:00 2014\n"


def letter(sender: str, to: str, number: int, *more: str, text: str = "Hello") -> str:
    date = f"Mon, {number % 28 + 1} Jan 2014 10:13:00 +0100"
    fields = [f"From: {sender}", f"To: {to}", f"Date: {date}", f"Subject: Letter {number}"]
    return "\n".join([*fields, f"Message-ID: <{number}@mail.example>", *more, "", text, ""])


def mbox(*letters: str) -> bytes:
    return "".join(POSTMARK + one + "\n" for one in letters).encode()


def box(name: str, *letters: str) -> Box:
    return Box(name, lambda: [io.BytesIO(mbox(*letters))])


def names(reading: Reading) -> list[str]:
    return [person.name.formatted for person in reading.people]


def history(reading: Reading) -> list[tuple[str, str, str]]:
    return [(one.direction.value, one.other_email, one.subject) for h in reading.histories for one in h]


SENT = box("Mail/Sent.mbox", letter(ME, INES, 1), letter(ME, f"{INES}, {JONAS}", 5))
INBOX = box(
    "Mail/Inbox.mbox",
    letter(INES, ME, 2, "In-Reply-To: <1@mail.example>"),
    letter("Stranger <who@quarry.example>", ME, 3),
    letter("News <news@quarry.example>", ME, 4, "List-Id: <news.quarry.example>"),
    letter("Bank <bank@quarry.example>", ME, 6, "Auto-Submitted: auto-generated"),
)


def test_whom_one_wrote_to_is_taken_with_what_passed_between() -> None:
    reading = read_boxes([INBOX, SENT])
    assert names(reading) == ["Ines Dubois", "Fischer, Jonas"]
    assert [person.emails[0].value for person in reading.people] == [
        "ines@meridian.example",
        "jonas@umbra.example",
    ]
    assert reading.people[1].name.family == "Fischer"
    assert history(reading) == [
        ("out", "ines@meridian.example", "Letter 1"),
        ("in", "ines@meridian.example", "Letter 2"),
        ("out", "ines@meridian.example", "Letter 5"),
        ("out", "jonas@umbra.example", "Letter 5"),
    ]
    assert reading.own_addresses == ("robin@home.example",)
    assert reading.skipped == {"list_mail": 1, "machine_mail": 1, "unanswered": 1}
    assert reading.format == "mail"
    (found,) = reading.histories
    assert len(found) == 4
    assert found.files() == {"Mail/Inbox.mbox": 1, "Mail/Sent.mbox": 3}


def test_a_touch_says_when_in_what_direction_and_which_message_it_was() -> None:
    first = next(iter(read_boxes([INBOX, SENT]).histories[0]))
    assert (first.at.isoformat(), first.direction) == ("2014-01-02T09:13:00+00:00", Direction.OUT)
    assert (first.kind, first.channel, first.body) == ("message", "email", "")
    assert (first.message_id, first.source.file) == ("<1@mail.example>", "Mail/Sent.mbox")
    assert first.other.given == "Ines"


def test_somebody_answered_at_another_address_is_taken_too() -> None:
    written = letter("Tove <tove@private.example>", ME, 2)
    answer = letter(ME, "Tove <tove@work.example>", 3, "In-Reply-To: <2@mail.example>")
    reading = read_boxes([box("Sent", answer), box("Inbox", written)])
    assert {person.emails[0].value for person in reading.people} == {
        "tove@private.example",
        "tove@work.example",
    }


def test_somebody_known_already_is_taken_though_never_answered() -> None:
    known = Wanted(known=frozenset({"who@quarry.example", "robin@home.example", "nobody@quarry.example"}))
    assert set(names(read_boxes([INBOX, SENT], known))) == {"Ines Dubois", "Fischer, Jonas", "Stranger"}


def test_the_temporary_database_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "mail.sqlite3").write_text("of an earlier attempt")
    reading = read_boxes([INBOX, SENT], Wanted(folder=tmp_path))
    assert len(reading.histories[0]) == 4
    assert list(tmp_path.iterdir()) == []


def test_letters_are_told_oldest_first_whatever_mailbox_they_lie_in() -> None:
    days = [5, 1, 9, 3]
    reading = read_boxes(
        [box("Inbox", *(letter(INES, ME, n) for n in days)), box("Sent", letter(ME, INES, 4))]
    )
    assert [subject for _way, _who, subject in history(reading)] == [f"Letter {n}" for n in (1, 3, 4, 5, 9)]


def test_everybody_is_taken_on_demand() -> None:
    reading = read_boxes([INBOX, SENT], Wanted(everyone=True))
    assert set(names(reading)) == {"Ines Dubois", "Fischer, Jonas", "Stranger"}


def test_the_same_message_in_two_mailboxes_is_one() -> None:
    again = box("All Mail", letter(ME, INES, 1), letter(INES, ME, 2))
    assert len(read_boxes([SENT, INBOX, again]).histories[0]) == 4


def test_what_was_sent_is_known_as_such_wherever_it_lies_first() -> None:
    everything = box("All Mail", letter(ME, INES, 1), letter(INES, ME, 2), letter(JONAS, INES, 3))
    assert read_boxes([everything, box("Sent", letter(ME, INES, 1))]).own_addresses == ("robin@home.example",)


def test_a_message_without_an_id_is_known_by_its_date_sender_and_subject() -> None:
    bare = letter(ME, INES, 1).replace("Message-ID: <1@mail.example>\n", "")
    other = letter(ME, INES, 2).replace("Message-ID: <2@mail.example>\n", "")
    assert len(read_boxes([box("Sent", bare, bare, other)]).histories[0]) == 2


@pytest.mark.parametrize(
    "name", ["Sent", "Takeout/Mail/Sent.mbox", "Sent-1", ".Sent Items", "x/Gesendet", "[Gmail].Sent Mail"]
)
def test_the_folder_of_sent_mail_tells_who_one_is(name: str) -> None:
    assert read_boxes([box(name, letter(ME, INES, 1))]).own_addresses == ("robin@home.example",)


@pytest.mark.parametrize("name", ["Sentinel", "Present.mbox", "Consent/x"])
def test_a_folder_of_another_name_does_not(name: str) -> None:
    reading = read_boxes([box(name, letter(INES, ME, 1), letter(INES, JONAS, 2))])
    assert reading.people == ()
    assert [one.code for one in reading.problems] == ["mail-owner-unknown"]


def test_labels_tell_what_was_sent_and_what_is_rubbish() -> None:
    reading = read_boxes(
        [
            box(
                "All mail Including Spam and Trash.mbox",
                letter(ME, INES, 1, "X-Gmail-Labels: Sent,Important"),
                letter(ME, JONAS, 2, "X-Gmail-Labels: Drafts"),
                letter(INES, ME, 3, "X-Gmail-Labels: Inbox,Spam"),
                letter(INES, ME, 4, "X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?="),
            )
        ]
    )
    assert names(reading) == ["Ines Dubois"]
    assert reading.skipped == {"spam_or_draft": 3}


def test_a_mailbox_of_spam_is_left_out() -> None:
    reading = read_boxes([SENT, box("Mail/Spam.mbox", letter(INES, ME, 9))])
    assert len(reading.histories[0]) == 3
    assert reading.skipped == {"spam_or_draft": 1}


def test_where_nothing_is_said_the_one_in_most_messages_is_the_owner() -> None:
    reading = read_boxes([box("mail", letter(INES, ME, 1), letter(ME, INES, 2), letter(ME, JONAS, 3))])
    assert reading.own_addresses == ("robin@home.example",)


def test_an_own_address_that_is_said_is_believed() -> None:
    reading = read_boxes([box("mail", letter(ME, INES, 1))], Wanted(own=frozenset({"Robin@HOME.example"})))
    assert names(reading) == ["Ines Dubois"]


def test_no_mail_at_all_gives_nothing_and_no_complaint_about_the_owner() -> None:
    assert read_boxes([Box("empty", list)]) == Reading(format="mail")


@pytest.mark.parametrize(
    ("sender", "to", "more", "reason"),
    [
        (ME, INES, "Date: none", "no_date"),
        (ME, INES, "Date: Thu, 1 Jan 1960 10:00:00 +0000", "no_date"),
        ("", INES, "X: y", "no_sender"),
        ("Ines <not an address>", ME, "X: y", "not_a_person"),
        ("a" * 300 + "@x.example", ME, "X: y", "not_a_person"),
        (ME, ", ".join(f"p{n}@quarry.example" for n in range(21)), "X: y", "large_group"),
    ],
)
def test_what_is_no_letter_between_two_people_is_counted(
    sender: str, to: str, more: str, reason: str
) -> None:
    odd = letter(sender, to, 7)
    if more.startswith("Date"):
        odd = odd.replace("Date: Mon, 8 Jan 2014 10:13:00 +0100", more)
    assert read_boxes([SENT, box("mail", odd)]).skipped == {reason: 1}


@pytest.mark.parametrize(
    "address",
    [
        "no-reply@x.example",
        "noreply@x.example",
        "MAILER-DAEMON@x.example",
        "x-unsubscribe@x.example",
        "do-not-reply@x.example",
    ],
)
def test_nobody_sits_behind_a_machines_address(address: str) -> None:
    assert names(read_boxes([SENT, box("Sent", letter(ME, address, 9))])) == ["Ines Dubois", "Fischer, Jonas"]


def test_the_address_of_a_list_is_no_person() -> None:
    lists = [letter(JONAS, "all@list.example", n, "List-Id: <all.list.example>") for n in (11, 12)]
    reading = read_boxes([SENT, box("Sent", letter(ME, "all@list.example", 9)), box("Inbox", *lists)])
    assert names(reading) == ["Ines Dubois", "Fischer, Jonas"]


def test_somebody_goes_by_the_name_they_give_themselves_most_often() -> None:
    reading = read_boxes(
        [
            box("Sent", letter(ME, "<ines@meridian.example>", 1)),
            box(
                "Inbox",
                letter("'Ines' <ines@meridian.example>", ME, 2),
                letter("ines@meridian.example <ines@meridian.example>", ME, 3),
                letter(INES, ME, 4),
                letter(INES, ME, 5),
            ),
        ]
    )
    assert names(reading) == ["Ines Dubois"]
    assert read_boxes([box("Sent", letter(ME, "x@y.example", 1))]).people[0].name.formatted == ""


def test_names_of_one_address_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "_MOST_NAMES", 2)
    many = [letter(f"Name{n} <ines@meridian.example>", ME, n) for n in range(2, 9)]
    assert names(read_boxes([box("Sent", letter(ME, "ines@meridian.example", 1)), box("Inbox", *many)])) == [
        "Name2"
    ]


def test_half_characters_and_control_signs_do_not_get_through() -> None:
    odd = letter(ME, "=?utf-8?q?In=00es?= <ines@meridian.example>", 1).replace(
        "Letter 1", "=?utf-16?b?2AA=?= a"
    )
    reading = read_boxes([box("Sent", odd)])
    assert "\0" not in names(reading)[0]
    assert history(reading)[0][2].encode()


def test_the_new_text_of_letters_is_kept_on_demand() -> None:
    answer = letter(INES, ME, 2, text="Gladly.\n\nOn Mon, Robin wrote:\n> Hello\n> there\n")
    unanswered = letter("Stranger <who@quarry.example>", ME, 3)
    reading = read_boxes([SENT, box("Inbox", answer, unanswered)], Wanted(keep_text=True))
    texts = [one.body for one in reading.histories[0]]
    assert texts[0].strip() == "Hello"
    assert "Gladly." in texts[1]
    assert "there" not in texts[1]


def test_one_hears_how_far_it_is_and_may_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "_EVERY", 2)
    monkeypatch.setattr(past, "_PART", 2)
    told: list[int] = []
    read_boxes([INBOX, SENT], progress=told.append)
    assert told == [2, 4, 6]

    class Stopped(Exception):
        pass

    def stop(_done: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_boxes([INBOX], progress=stop)


class Broken(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError
        return super().read(len(mbox(letter(ME, INES, 1))) + 80)


def test_a_mailbox_that_breaks_off_is_told_and_what_came_before_is_kept() -> None:
    whole = mbox(letter(ME, INES, 1), letter(ME, JONAS, 2))
    reading = read_boxes([Box("Sent", lambda: [Broken(whole)])])
    assert [one.code for one in reading.problems] == ["damaged"]
    assert names(reading) == ["Ines Dubois"]


# -- as files


def test_mail_is_known_by_its_head() -> None:
    assert is_mailbox(mbox(letter(ME, INES, 1)))
    assert is_mail(letter(ME, INES, 1).replace("\n", "\r\n").encode())
    assert not is_mailbox(letter(ME, INES, 1).encode())
    for text in (
        b"From the desk of Ines\nwe write\n",
        b"Name,E-mail\nInes,i@x.example\n",
        b"",
        b"Subject: only\n\n",
        b"To be: or not\n",
    ):
        assert not is_mail(text)
    assert sniff("x", letter(ME, INES, 1).encode()) == "mail"


def files_of(folder: Path) -> dict[str, int]:
    def size(streams: list[BinaryIO]) -> int:
        count = 0
        for stream in streams:
            with stream:
                count += 1
        return count

    return {box.name: size(list(box.streams())) for box in boxes_in(folder)}


def test_a_maildir_with_its_folders_is_read(tmp_path: Path) -> None:
    root = tmp_path / "Maildir"
    for place, text in (
        ("cur/1.x:2,S", letter(INES, ME, 2)),
        ("new/2.x", letter(INES, ME, 3)),
        ("tmp/3.x", letter(INES, ME, 4)),
        (".Sent/cur/4.x:2,S", letter(ME, INES, 1)),
        (".Sent/new/.keep", ""),
    ):
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text)
    (root / ".Sent" / "cur" / "link").symlink_to(root / "tmp" / "3.x")
    assert is_mail_folder(root)
    assert files_of(root) == {"Maildir": 2, "Maildir/.Sent": 2}
    reading = read_path(root)
    assert history(reading) == [
        ("out", "ines@meridian.example", "Letter 1"),
        ("in", "ines@meridian.example", "Letter 2"),
        ("in", "ines@meridian.example", "Letter 3"),
    ]


def test_a_folder_of_single_messages_and_mailboxes_is_read(tmp_path: Path) -> None:
    (tmp_path / "Sent").mkdir()
    (tmp_path / "Sent" / "a.eml").write_text(letter(ME, INES, 1))
    (tmp_path / "Sent" / "b.eml").write_text(letter(ME, INES, 2))
    (tmp_path / "Sent" / ".hidden").write_text("x")
    (tmp_path / "box").write_bytes(mbox(letter(INES, ME, 3)))
    reading = read_path(tmp_path)
    assert len(reading.histories[0]) == 3
    assert files_of(tmp_path) == {f"{tmp_path.name}/box": 1, f"{tmp_path.name}/Sent": 2}


def test_other_files_among_mail_are_passed_over(tmp_path: Path) -> None:
    for number in range(21):
        (tmp_path / f"{number:03}.eml").write_text(letter(ME, INES, number))
    (tmp_path / "z.txt").write_text("a note")
    assert is_mail_folder(tmp_path)
    assert files_of(tmp_path) == {tmp_path.name: 21}


def test_a_folder_with_other_files_is_no_folder_of_mail(tmp_path: Path) -> None:
    assert not is_mail_folder(tmp_path)
    (tmp_path / "a.csv").write_text("Name\nInes\n")
    assert not is_mail_folder(tmp_path)


def test_a_file_that_goes_away_meanwhile_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text(letter(ME, INES, 1))
    (tmp_path / "b.eml").write_text(letter(ME, INES, 2))
    found = list(boxes_in(tmp_path))
    (tmp_path / "a.eml").unlink()
    assert sum(1 for one in found for stream in one.streams() if not stream.close()) == 1
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert not is_mail_folder(tmp_path)


def test_mailboxes_beside_each_other_are_one_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").write_bytes(mbox(letter(INES, ME, 2)))
    (tmp_path / "out").write_bytes(mbox(letter(ME, INES, 1)))
    monkeypatch.setattr(past, "_EVERY", 1)
    told: list[tuple[str, int, int | None]] = []
    reading = read_files(
        [SourceFile("Inbox", tmp_path / "in"), SourceFile("Sent", tmp_path / "out")],
        progress=lambda *how_far: told.append(how_far),
    )
    assert told == [("reading", 1, None), ("reading", 2, None)]
    assert len(reading.histories[0]) == 2
    assert reading.own_addresses == ("robin@home.example",)
    assert read_bytes("Sent.mbox", mbox(letter(ME, INES, 1))).format == "mail"


def test_mail_beside_a_table_keeps_both() -> None:
    table = SourceFile("people.csv", None, b"Name,E-mail\nTove Haddad,tove@quarry.example\n")
    sent = SourceFile("Sent", None, mbox(letter(ME, INES, 1)))
    reading = read_files([table, sent], mail=Wanted(own=frozenset({"robin@home.example"})))
    assert reading.format == "several"
    assert names(reading)[0] == "Ines Dubois"
    assert len(merge_readings([reading, reading]).histories) == 2
