"""LinkedIn archives of every generation, whole and in part."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from askwell.formats.detect import SourceFile, read_bytes, read_files, read_path
from askwell.formats.records import Direction, Reading

CORPUS = Path(__file__).parent.parent / "corpus" / "linkedin"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
ME = "https://www.linkedin.com/in/robin-example"
ASHA = "https://www.linkedin.com/in/asha-rao"
MESSAGES = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"


def connections(text: str) -> Reading:
    return read_bytes("Connections.csv", text.encode())


def messages(*rows: str, header: str = MESSAGES, **others: str) -> Reading:
    files = [SourceFile("messages.csv", None, "\n".join([header, *rows]).encode())]
    files += [SourceFile(f"{name}.csv", None, text.encode()) for name, text in others.items()]
    return read_files(files)


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.fixture(scope="module")
def archive() -> Reading:
    return read_path(CORPUS)


@pytest.mark.parametrize(
    "text",
    [
        f'Notes:\n"Some addresses may be missing, they say."\n\n{HEADER}\nAsha,Rao,{ASHA},,Quarry,PM,15 Jan 2024',
        f"{HEADER}\nAsha,Rao,{ASHA},,Quarry,PM,15 Jan 2024",
        f"\ufeff{HEADER}\r\nAsha,Rao,{ASHA},,Quarry,PM,15 Jan 2024\r\n",
        f"Connected On,Company,Position,First Name,Last Name,Shoe Size,URL\n15 Jan 2024,Quarry,PM,Asha,Rao,38,{ASHA}\n",
        f"first name , LAST NAME ,Url,Email Address, Company ,POSITION,Connected On\nAsha,Rao,{ASHA},,Quarry,PM,2024-01-15",
        f"{HEADER}\nAsha,Rao,{ASHA},,Quarry,PM,15 Jan 2024".replace(",", ";"),
        f"{HEADER}\nAsha,Rao,{ASHA},,Quarry,PM,15-Jan-24".replace(",", "\t"),
        "note\n" * 12 + f"{HEADER}\nAsha,Rao,{ASHA},,Quarry,PM,1/15/2024\n",
    ],
    ids=["preamble", "plain", "bom-crlf", "reordered", "odd-case", "semicolons", "tabs", "long-preamble"],
)
def test_every_shape_of_connections_gives_the_same_person(text: str) -> None:
    [person] = connections(text).people
    assert (person.name.given, person.name.family) == ("Asha", "Rao")
    assert (person.organization, person.title, person.connected_on) == ("Quarry", "PM", date(2024, 1, 15))
    assert (person.uid, person.urls[0].label) == ("asha-rao", "profile")


def test_the_oldest_generation_has_no_profile_address() -> None:
    text = "First Name,Last Name,Email Address,Company,Position,Connected On\nAsha,Rao,a@rao.example,Quarry,PM,15 Jan 2024"
    [person] = connections(text).people
    assert (person.uid, person.emails[0].value) == ("", "a@rao.example")


def test_one_name_column_is_enough() -> None:
    [person] = connections(f"Name,URL,Connected On\nAsha Rao,{ASHA},15 Jan 2024\n").people
    assert (person.name.given, person.name.family) == ("Asha", "Rao")


def test_hidden_members_are_counted_and_nameless_rows_told() -> None:
    reading = connections(
        f"{HEADER}\n,,,,,,07 Jun 2026\n,,https://x.example/y,,Ghost,,\n,,,mail@x.example,,,\n"
    )
    assert reading.skipped == {"hidden_member": 1, "no_name": 1}
    assert [(problem.code, problem.line) for problem in reading.problems] == [("no-name", 3)]
    assert [person.emails[0].value for person in reading.people] == ["mail@x.example"]


def test_hostile_cells_become_text_and_never_links() -> None:
    reading = connections(
        f'{HEADER}\nEvil,Cell,javascript:alert(1),not-an-email,"=HYPERLINK(""x"")",+SUM(A1),31 Feb 2026\n'
    )
    [person] = reading.people
    assert (person.urls, person.emails, person.connected_on) == ((), (), None)
    assert person.kept == (
        ("Email Address", "not-an-email"),
        ("URL", "javascript:alert(1)"),
        ("Connected On", "31 Feb 2026"),
    )
    assert set(codes(reading)) == {"bad-url", "bad-email", "bad-date"}


def test_extra_columns_are_kept() -> None:
    [person] = connections(
        f"{HEADER},Notes,Mood,\nAsha,Rao,{ASHA},,,,15 Jan 2024,met at a fair,sunny,x,y\n"
    ).people
    assert person.notes == "met at a fair"
    assert person.kept == (("Mood", "sunny"), ("", "x"), ("Column 11", "y"))


def test_blank_cells_beyond_the_header_are_nothing() -> None:
    reading = connections(f"{HEADER}\nAsha,Rao,{ASHA},,,,15 Jan 2024,,,\n")
    assert (reading.people[0].kept, reading.problems) == ((), ())


def test_day_and_month_are_told_apart_by_the_whole_column() -> None:
    people = connections(f"{HEADER}\nAsha,Rao,,,,,02/03/2024\nLi,Wei,,,,,25/03/2024\n").people
    assert [person.connected_on for person in people] == [date(2024, 3, 2), date(2024, 3, 25)]


def test_a_header_without_rows_is_told() -> None:
    reading = connections(HEADER)
    assert (reading.format, codes(reading)) == ("linkedin", ["no-rows"])


def test_a_folder_gives_people_touches_events_and_the_owner(archive: Reading) -> None:
    assert archive.format == "linkedin"
    assert [person.name.formatted for person in archive.people][:4] == [
        *("Asha Rao", "Ludwig van der Berg", "José Müller, PhD, PMP 🚀", "Tove Lindqvist"),
    ]
    assert archive.people[2].uid == "josé-müller"
    assert archive.own is not None
    assert archive.own.profile_url == ME
    assert [email.value for email in archive.own.emails] == ["robin@robin.example", "old@robin.example"]
    assert [(job.organization, job.started, job.ended) for job in archive.own.positions] == [
        *(("Harbour Bank", "2019-03", ""), ("Tidewater Labs", "2017", ""), ("Willow Studio", "", "2016-08")),
        ("University of Meridian", "2012-09", "2016-06"),
    ]
    assert archive.own.positions[-1].school
    assert [(event.name, event.at) for event in archive.events] == [
        ("Data Evening", datetime(2025, 3, 5, 18, tzinfo=UTC)),
        ("Open Day", None),
    ]


def test_what_was_left_out_is_counted(archive: Reading) -> None:
    assert archive.skipped == {
        "hidden_member": 4,
        "no_name": 2,
        "no_date": 3,
        "draft": 1,
        "spam": 1,
        "advertisement": 1,
        "to_self": 1,
        "empty_note": 1,
        "other_file": 2,
    }


def test_messages_know_their_direction_thread_and_lines(archive: Reading) -> None:
    told = [touch for touch in archive.touches if touch.kind == "message"]
    assert [(touch.direction, touch.other_uid, touch.source.line) for touch in told] == [
        (Direction.OUT, "asha-rao", 2),
        (Direction.IN, "asha-rao", 6),
        (Direction.OUT, "asha-rao", 7),
        (Direction.OUT, "ludwig-berg", 7),
    ]
    assert told[0].body.startswith("Hello Asha,\n\nwould twenty minutes")
    assert told[1].body == "With pleasure.\nThursday?"
    assert told[0].thread == told[1].thread == "2-a"


def test_invitations_notes_and_recommendations_are_touches(archive: Reading) -> None:
    others = [
        (t.kind, t.direction, t.other.formatted, t.subject) for t in archive.touches if t.kind != "message"
    ]
    assert others == [
        ("invitation", Direction.OUT, "Asha Rao", ""),
        ("invitation", Direction.IN, "Tove Lindqvist", ""),
        ("note", Direction.OUT, "Asha Rao", ""),
        ("note", Direction.OUT, "Asha Rao", "Recommendation"),
        ("note", Direction.IN, "Tove Lindqvist", "Recommendation"),
    ]


def test_an_undated_note_stays_with_its_person(archive: Reading) -> None:
    noted = {person.name.formatted: person.notes for person in archive.people if person.notes}
    assert noted == {"Ludwig van der Berg": "Likes sailing", "Tove Lindqvist": "Knows Umbra"}


def test_an_imported_address_book_is_read(archive: Reading) -> None:
    kwame = next(person for person in archive.people if person.uid == "kwame-mbeki")
    assert kwame.emails[0].value == "kwame@vantage.example"
    assert kwame.phones[0].e164 == "+491711234567"
    assert ("Emails", "not-an-address") in kwame.kept
    assert ("PhoneNumbers", "n/a") in kwame.kept


def test_an_archive_reads_like_its_folder(archive: Reading) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(CORPUS.iterdir()):
            packed.write(path, path.name)
    reading = read_bytes("export.zip", data.getvalue())
    assert [p.name for p in reading.people] == [p.name for p in archive.people]
    assert [(t.at, t.body) for t in reading.touches] == [(t.at, t.body) for t in archive.touches]
    assert reading.skipped == archive.skipped
    assert reading.people[0].source.file == "export.zip/Connections.csv"


def test_without_profile_the_most_frequent_participant_is_the_owner() -> None:
    reading = messages(
        f"1,,Robin Example,{ME},Asha Rao,{ASHA},2025-06-01 10:00:00 UTC,,Hello,INBOX",
        f"2,,Robin Example,{ME},Li Wei,https://www.linkedin.com/in/liwei,2025-06-02 10:00:00 UTC,,Hello,INBOX",
    )
    assert [touch.direction for touch in reading.touches] == [Direction.OUT, Direction.OUT]


def test_a_connection_is_never_taken_for_the_owner() -> None:
    reading = messages(
        f"1,,Asha Rao,{ASHA},Robin Example,{ME},2025-06-01 10:00:00 UTC,,Hello,INBOX",
        Connections=f"{HEADER}\nAsha,Rao,{ASHA},,,,15 Jan 2024",
    )
    assert [touch.direction for touch in reading.touches] == [Direction.IN]


def test_where_the_owner_cannot_be_told_nothing_is_invented() -> None:
    reading = messages(f"1,,Asha Rao,{ASHA},Robin Example,{ME},2025-06-01 10:00:00 UTC,,Hello,INBOX")
    assert not reading.touches
    assert (codes(reading), reading.skipped) == (["owner-unknown"], {"owner_unknown": 1})


def test_only_hidden_members_make_no_owner() -> None:
    reading = messages("1,,LinkedIn Member,,LinkedIn Member,,2025-06-01 10:00:00 UTC,,Hello,INBOX")
    assert codes(reading) == ["owner-unknown"]


def test_the_generation_without_addresses_goes_by_names() -> None:
    reading = messages(
        '1,,Robin Example,"Asha Rao, Li Wei",2025-06-01 10:00:00 UTC,,Hello,INBOX',
        "2,,Asha Rao,Robin Example,2025-06-02 10:00:00 UTC,,Hi,INBOX",
        header="CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE,SUBJECT,CONTENT,FOLDER",
        Profile="First Name,Last Name,Headline\nRobin,Example,Analyst\n",
    )
    assert [(t.direction, t.other.formatted) for t in reading.touches] == [
        *((Direction.OUT, "Asha Rao"), (Direction.OUT, "Li Wei"), (Direction.IN, "Asha Rao")),
    ]


def test_a_direction_column_is_believed() -> None:
    reading = messages(
        "Robin Example,Asha Rao,2019-06-01 10:00:00 UTC,,Hello,OUTGOING",
        "Asha Rao,Robin Example,2019-06-01 10:00:00 UTC,,Hello,INCOMING",
        header="From,To,Date,Subject,Content,Direction",
    )
    assert [touch.direction for touch in reading.touches] == [Direction.OUT, Direction.IN]


def test_names_with_commas_are_given_to_addresses_by_what_is_known() -> None:
    li = "https://www.linkedin.com/in/liwei"
    reading = messages(
        f'1,,Robin Example,{ME},"Asha Rao, PhD, Li Wei",{ASHA} {li},2025-06-01 10:00:00 UTC,,Both,INBOX',
        f"2,,Li Wei,{li},Robin Example,{ME},2025-06-02 10:00:00 UTC,,Hi,INBOX",
        Profile="First Name,Last Name,Headline\nRobin,Example,Analyst\n",
        Connections=f"{HEADER}\nAsha,Rao,{ASHA},,,,15 Jan 2024",
    )
    assert [touch.other.formatted for touch in reading.touches] == ["Asha Rao", "Li Wei", "Li Wei"]


def test_a_crowd_is_no_conversation() -> None:
    crowd = ",".join(f"https://www.linkedin.com/in/p{number}" for number in range(21))
    reading = messages(
        f'1,,Robin Example,{ME},Many,"{crowd}",2025-06-01 10:00:00 UTC,,All,INBOX',
        Profile="First Name,Last Name,Headline\nRobin,Example,Analyst\n",
    )
    assert not reading.touches
    assert reading.skipped == {"large_group": 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,Sponsored Conversation,A B,,C D,,2025-06-01 10:00:00 UTC,,Buy,INBOX", "advertisement"),
        (
            "1,,Brand,https://www.linkedin.com/company/brand,C D,,2025-06-01 10:00:00 UTC,,News,INBOX",
            "not_a_person",
        ),
        ("1,,LinkedIn,,C D,,2025-06-01 10:00:00 UTC,,News,INBOX", "not_a_person"),
    ],
)
def test_what_is_not_from_a_person_is_counted(row: str, reason: str) -> None:
    assert messages(row).skipped == {reason: 1}


def test_a_maiden_name_is_the_owner_too() -> None:
    reading = messages(
        "1,,Robin Sample,Asha Rao,2025-06-01 10:00:00 UTC,,Hello,INBOX",
        header="CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE,SUBJECT,CONTENT,FOLDER",
        Profile="First Name,Last Name,Maiden Name,Headline\nRobin,Example,Sample,Analyst\n",
    )
    assert [touch.direction for touch in reading.touches] == [Direction.OUT]


def test_an_invitation_without_direction_goes_by_the_owner() -> None:
    text = 'From,To,Sent At,Message\nRobin Example,Asha Rao,"1/29/26, 2:37 PM",Hello\n'
    profile = "First Name,Last Name,Headline\nRobin,Example,Analyst\n"
    files = [
        SourceFile("Invitations.csv", None, text.encode()),
        SourceFile("Profile.csv", None, profile.encode()),
    ]
    [touch] = read_files(files).touches
    assert touch.direction is Direction.OUT


def test_an_owner_may_be_known_by_address_alone() -> None:
    text = f"From,To,Sent At,Direction,inviterProfileUrl,inviteeProfileUrl\n,Asha Rao,1 Jan 2026,OUTGOING,{ME},{ASHA}\n"
    [touch] = read_bytes("Invitations.csv", text.encode()).touches
    assert (touch.direction, touch.other_uid) == (Direction.OUT, "asha-rao")


def test_an_archive_of_nothing_but_the_owner_is_no_problem() -> None:
    reading = read_bytes("Profile.csv", b"First Name,Last Name,Headline\nRobin,Example,Analyst\n")
    assert reading.own is not None
    assert not reading.problems


def test_a_profile_without_family_name_and_contacts_without_anything() -> None:
    profile = SourceFile("Profile.csv", None, b"First Name,Last Name,Headline\nRobin,,Analyst\n")
    recommendation = SourceFile(
        "Recommendations_Received.csv",
        None,
        b"First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n,,,,,,VISIBLE\n",
    )
    reading = read_files([profile, recommendation])
    assert reading.skipped == {"no_name": 1}


def test_progress_is_told_and_may_cancel() -> None:
    class Cancelled(Exception):
        pass

    seen: list[tuple[str, int]] = []

    def hook(stage: str, done: int, total: int | None) -> None:
        seen.append((stage, done))
        if done >= 2000:
            raise Cancelled

    text = HEADER + "\nAsha,Rao,,,,,15 Jan 2024" * 5000
    with pytest.raises(Cancelled):
        read_bytes("Connections.csv", text.encode(), progress=hook)
    assert seen == [("Connections.csv", 1000), ("Connections.csv", 2000)]
