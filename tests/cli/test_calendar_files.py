"""read-calendar and itip: files in, lines out, no notebook, honest exit codes."""

from __future__ import annotations

import pytest
from tests.formats.itip.calendars import BOB, CORPUS, EVE, JANE, LINA, asked, ics, talk, weekly


@pytest.fixture
def file(tmp_path):
    def written(name, *events, method=""):
        path = tmp_path / name
        path.write_bytes(ics(*events, method=method))
        return str(path)

    return written


def test_every_file_gives_a_line_an_event(askwell):
    ended = askwell("read-calendar", str(CORPUS / "outlook.ics"), str(CORPUS / "thunderbird.ics"), "--json")
    assert ended.code == 0
    assert [row["source"]["index"] for row in ended.rows] == [0, 0, 1]
    assert ended.rows[0]["start"]["utc"] == "2026-11-24T08:00:00Z"
    assert ended.rows[0]["zone_from"] == "windows"


def test_people_read_it_too(askwell, file):
    ended = askwell(
        "read-calendar",
        file("talk.ics", weekly("STATUS:CONFIRMED")),
        "--from",
        "2026-11-20",
        "--until",
        "2026-12-01",
        "--zone",
        "Europe/Berlin",
    )
    assert ended.out.splitlines() == [
        "CONFIRMED  2026-11-24 09:00:00 Europe/Berlin  Talk  [talk-7]",
        f"  {JANE}  needs-action",
        f"  {BOB}  needs-action",
        "  on 2026-11-24 09:00:00 Europe/Berlin",
        "  on 2026-12-01 09:00:00 Europe/Berlin",
    ]


def test_what_was_lost_is_told_and_counts(askwell, file, tmp_path):
    lost = askwell("read-calendar", file("odd.ics", "UID:a"))
    assert lost.code == 1
    assert "no time" in lost.out
    (tmp_path / "empty.ics").write_bytes(b"")
    empty = askwell("read-calendar", str(tmp_path / "empty.ics"))
    assert (empty.code, empty.out) == (2, f"{tmp_path}/empty.ics  The file is empty.\n")
    assert askwell("read-calendar", str(tmp_path / "nowhere.ics"), "--json").row["error"] == "bad-use"


@pytest.mark.parametrize(
    "words",
    [
        ("--zone", "Nowhere"),
        ("--from", "2026-11-20"),
        ("--from", "soon", "--until", "later"),
        ("--from", "2000-01-01", "--until", "2030-01-01"),
    ],
)
def test_an_option_that_makes_no_sense_is_bad_use(askwell, file, words):
    assert askwell("read-calendar", file("talk.ics", talk()), *words).code == 2


def test_a_change_says_what_must_be_sent_and_what_is_kept(askwell, file, tmp_path):
    before, after = (
        file("old.ics", talk()),
        file("new.ics", talk(start="20261124T100000", people=(JANE, EVE))),
    )
    ended = askwell(
        "itip",
        "--organizer",
        LINA,
        "--before",
        before,
        "--after",
        after,
        "--kept",
        str(tmp_path / "kept.ics"),
        "--json",
    )
    assert ended.code == 0
    assert [(row["method"], row["to"], row["sequence"]) for row in ended.rows] == [
        ("CANCEL", [BOB], 1),
        ("REQUEST", [JANE, EVE], 1),
    ]
    assert "METHOD:REQUEST\r\n" in ended.rows[1]["ics"]
    assert "DTSTAMP:20261123T150000Z" in ended.rows[1]["ics"]
    assert (
        askwell(
            "itip",
            "--organizer",
            LINA,
            "--before",
            str(tmp_path / "kept.ics"),
            "--after",
            str(tmp_path / "kept.ics"),
        ).out
        == ""
    )


def test_a_new_event_has_no_before_and_a_deleted_one_no_after(askwell, file, tmp_path):
    here, empty = file("talk.ics", talk()), tmp_path / "empty.ics"
    empty.write_bytes(b"")
    for words in (("--after", here), ("--before", str(empty), "--after", here)):
        assert askwell("itip", "--organizer", LINA, *words, "--json").row["method"] == "REQUEST"
    for words in (("--before", here), ("--before", here, "--after", file("none.ics"))):
        assert askwell("itip", "--organizer", LINA, *words, "--json").row["method"] == "CANCEL"


def test_the_event_of_somebody_else_is_told_and_counts(askwell, file):
    ended = askwell("itip", "--organizer", EVE, "--after", file("talk.ics", talk()))
    assert (ended.code, ended.out) == (1, "")
    assert "not the organizer of talk-7" in ended.err


def test_an_answer_is_applied_and_a_forged_one_refused(askwell, file, tmp_path):
    stored = file("talk.ics", talk())
    answer = ics(talk(people=(asked(JANE, "ACCEPTED"),)), method="REPLY")
    mail = tmp_path / "reply.eml"
    mail.write_bytes(f"From: {JANE}\nContent-Type: text/calendar; method=REPLY\n\n".encode() + answer)
    ended = askwell("itip", "--stored", stored, "--incoming", str(mail), "--json")
    assert (ended.code, ended.row["outcome"], ended.row["code"]) == (0, "applied", "answered")
    assert "PARTSTAT=ACCEPTED" in ended.row["ics"]
    told = askwell("itip", "--stored", stored, "--incoming", str(mail))
    assert told.out.splitlines()[1] == f"  answer of {JANE}: NEEDS-ACTION -> ACCEPTED"
    forged = askwell("itip", "--stored", stored, "--incoming", str(mail), "--sender", EVE, "--json")
    assert (forged.code, forged.row["outcome"], forged.row["code"]) == (1, "refused", "sender-differs")


def test_an_invitation_needs_nothing_stored(askwell, file):
    ended = askwell("itip", "--incoming", file("new.ics", talk(), method="REQUEST"), "--own", JANE, "--json")
    assert (ended.code, ended.row["code"]) == (0, "invited")


def test_half_of_what_is_needed_is_bad_use(askwell, file, tmp_path):
    here, text = file("talk.ics", talk()), tmp_path / "letter.txt"
    text.write_text("Dear Jane")
    for words in (
        (),
        ("--organizer", LINA),
        ("--after", here),
        ("--organizer", LINA, "--after", here, "--incoming", here),
        ("--organizer", LINA, "--after", here, "--stored", here),
        ("--stored", here),
        ("--incoming", str(text)),
        ("--incoming", here, "--stored", str(text)),
        ("--organizer", LINA, "--after", str(tmp_path / "nowhere.ics")),
    ):
        assert askwell("itip", *words).code == 2, words
