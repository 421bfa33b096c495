"""Asking from the command line: one step back, letters as files, what is refused in plain words."""

from __future__ import annotations

import email
import json
from datetime import UTC, datetime
from email.policy import default

import pytest

JANE = "Jane Doe <jane@acme.example>, data lead at Acme Health"


@pytest.fixture
def jane(askwell):
    """Somebody to ask, and a goal to ask with."""
    askwell("goal", "Work as a data analyst in public health")
    askwell("add", JANE)
    return askwell


def changes(owner):
    from askwell.people.models import Change

    return list(Change.objects.for_owner(owner).order_by("pk").values_list("code", flat=True))


def test_the_first_ask_is_one_step_back(jane, owner):
    from askwell.outreach.models import Outreach

    before = changes(owner)
    assert jane("sent", "jane").code == 0
    assert changes(owner) == [*before, "outreach.sent"]
    assert "Sent to Jane Doe" in jane("undo").out
    assert not Outreach.objects.filter(contact__name="Jane Doe").exists()


def test_a_draft_with_its_homework_is_one_step_back(jane, owner):
    from askwell.outreach.models import Draft, Outreach

    before = changes(owner)
    jane("draft", "jane", "--hook", "your talk on vaccine supply", "--connection", "the spring meeting")
    assert changes(owner) == [*before, "outreach.draft_made"]
    jane("undo")
    assert not Draft.objects.exists()
    assert not Outreach.objects.exists()


def test_what_connects_is_said_in_the_letter_once_one_says_what_it_is(jane):
    fair = ("draft", "jane", "--hook", "your talk on vaccine supply", "--connection", "the harvest fair")
    unsaid = jane(*fair)
    assert unsaid.out.count("harvest fair") == 1
    assert "--connected-by" in unsaid.out
    said = jane(*fair, "--connected-by", "met_at")
    assert "the harvest fair" in said.out.split("\n\n")[2]
    assert "--connected-by" not in said.out
    wrong = jane(*fair, "--connected-by", "friendship")
    assert wrong.code == 2
    assert "none of referrer, school, employer" in " ".join(wrong.err.split())


def test_whoever_named_one_is_kept_with_the_name_they_gave_and_not_said_once_more(jane):
    refused = jane("draft", "jane", "--connection", "Sam Low", "--connected-by", "referrer")
    assert refused.code == 2
    assert "askwell introductions" in " ".join(refused.err.split())


def test_a_refusal_for_what_is_to_mend_says_what_that_is(jane):
    from askwell.outreach.models import Draft

    jane("draft", "jane", "--hook", "your talk on vaccine supply")
    Draft.objects.update(body="Dear Jane,\n\nCan you get me a job?\n")
    refused = jane("sent", "jane")
    assert refused.code == 1
    assert "M01 “get me a job” asks for a job." in refused.err
    assert refused.err.index("M00") < refused.err.index("M01") < refused.err.index("--because")


def test_a_talk_with_its_reflection_is_one_step_back(jane, owner):
    before = changes(owner)
    ended = jane("held", "jane", "--notes", "Start with one hospital.", "--reflect", "learnt=They plan ahead")
    assert ended.code == 0
    assert changes(owner) == [*before, "outreach.held"]


def test_more_of_a_talk_is_added_to_its_notes(jane):
    from askwell.outreach.models import Talk

    jane("held", "jane", "--notes", "Start with one hospital.")
    jane("held", "jane", "--notes", "Read their report.", "--share", "70", "--reflect", "liked=The people")
    (talk,) = Talk.objects.all()
    assert talk.notes == "Start with one hospital.\nRead their report."
    assert talk.share_theirs == 70
    assert talk.reflection == {"liked": "The people"}


def test_today_begins_with_the_talk_of_the_day(jane):
    jane("sent", "jane", "--now", "2026-12-01T10:00")
    jane("reply", "jane", "yes", "--now", "2026-12-01T12:00")
    reasons = ("--because", "She asked for it")
    jane(
        "schedule",
        "jane",
        "2026-12-03 15:00",
        "--where",
        "+1 555 0100",
        *reasons,
        "--now",
        "2026-12-01T12:00",
    )
    during = ("today", "--now", "2026-12-03T15:10")
    assert "Talks today\n  Thu 3 Dec 2026 15:00, Jane Doe, 20 min, +1 555 0100\n" in jane(*during).out
    first = jane(*during, "--json").rows[0]
    assert (first["group"], first["contact_name"], first["minutes"]) == ("talks", "Jane Doe", 20)
    assert "Talks today" not in jane("today", "--now", "2026-12-03T15:20").out
    assert "Talks today" not in jane("today", "--now", "2026-12-02T15:00").out


def test_who_was_thanked_is_not_to_be_thanked_again_for_what_one_adds(jane):
    assert "Thank Jane Doe within a day" in jane("held", "jane").out
    jane("thank", "jane")
    said = jane("held", "jane", "--reflect", "learnt=They plan ahead").out
    assert said.strip() == "Noted about the talk with Jane Doe. askwell undo takes it back."


def test_a_letter_is_a_file_a_mail_program_opens_unsent(jane, tmp_path):
    file = tmp_path / "jane.eml"
    ended = jane("draft", "jane", "--eml", str(file), "--json")
    letter = email.message_from_bytes(file.read_bytes(), policy=default)
    assert letter["To"] == "Jane Doe <jane@acme.example>"
    assert letter["X-Unsent"] == "1"
    assert letter["From"] is None  # the mail program knows who is writing
    assert letter["Subject"] == ended.row["subject"]
    assert letter.get_content().split() == ended.row["body"].split()


def test_a_letter_comes_from_the_seeker_where_their_address_is_known(jane, owner, tmp_path):
    from askwell.people.models import Contact, ContactPoint

    me = Contact.objects.create(owner=owner, name="Lina Berg", is_self=True, created_at=datetime.now(UTC))
    ContactPoint.objects.create(
        owner=owner, contact=me, kind="email", value="lina@berg.example", norm="lina@berg.example"
    )
    file = tmp_path / "jane.eml"
    jane("draft", "jane", "--eml", str(file))
    letter = email.message_from_bytes(file.read_bytes(), policy=default)
    assert letter["From"] == "Lina Berg <lina@berg.example>"


def test_a_letter_on_standard_output_stands_there_alone(jane):
    ended = jane("draft", "jane", "--eml", "-")
    assert ended.code == 0
    assert ended.out.startswith("To: Jane Doe <jane@acme.example>")
    assert "M05" not in ended.out


@pytest.mark.parametrize("target", ["nowhere/jane.eml", "."])
def test_a_letter_that_cannot_be_written_leaves_no_draft(jane, tmp_path, monkeypatch, target):
    from askwell.outreach.models import Draft

    monkeypatch.chdir(tmp_path)
    ended = jane("draft", "jane", "--eml", target)
    assert ended.code == 1
    assert "was not written" in ended.err
    assert not Draft.objects.exists()


def test_without_an_address_there_is_no_file_and_no_draft(jane, tmp_path):
    from askwell.outreach.models import Draft

    jane("add", "Ravi Patel")
    ended = jane("draft", "ravi", "--eml", str(tmp_path / "ravi.eml"))
    assert (ended.code, ended.err) == (1, "No e-mail of Ravi Patel is known.\n")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("when", ["tomorrow", "in 2 weeks", "2026-11-24", "today 23:00"])
def test_what_is_still_to_come_has_not_happened(jane, owner, when):
    before = changes(owner)
    ended = jane("sent", "jane", "--at", when, "--json")
    assert (ended.code, ended.row["error"]) == (2, "still-to-come")
    assert changes(owner) == before


@pytest.mark.parametrize(
    "words",
    [
        ("sent", "jane", "--answer", "--at", "tomorrow"),
        ("reply", "jane", "yes", "--at", "tomorrow"),
        ("held", "jane", "--at", "tomorrow"),
        ("thank", "jane", "--at", "tomorrow"),
        ("me", "--resume", "tomorrow"),
    ],
)
def test_nothing_is_said_to_have_happened_ahead_of_its_time(jane, owner, words):
    before = changes(owner)
    ended = jane(*words)
    assert (ended.code, ended.err) == (2, "That is still to come; say when it happened.\n")
    assert jane(*words, "--json").row["error"] == "still-to-come"
    assert changes(owner) == before


def test_a_mode_is_read_with_a_hyphen_too(jane):
    jane("sent", "jane")
    assert jane("draft", "jane", "--mode", "follow-up", "--json").row["mode"] == "follow_up"


def test_words_that_make_no_sense_are_one_object_with_json(askwell):
    for words in (["draft", "--json"], ["next", "-n", "0", "--json"], ["sent", "x", "--mode", "y", "--json"]):
        ended = askwell(*words)
        assert (ended.code, ended.row["error"], ended.err) == (2, "bad-use", "")


def test_words_that_make_no_sense_show_the_usage_to_a_person(askwell):
    ended = askwell("sent", "jane", "--mode", "nonsense")
    assert ended.code == 2
    assert ended.err.startswith("Usage: askwell sent")
    assert "“nonsense” is none of informational, follow_up" in ended.err


def test_a_person_goes_by_number_with_or_without_its_sign(jane):
    number = jane("find", "jane", "--json").row["id"]
    assert jane("show", str(number)).out == jane("show", f"#{number}").out
    assert jane("show", "#987654").code == 3


def test_a_number_that_is_nobodys_is_looked_for_in_telephone_numbers(jane):
    jane("add", "Mina Okafor +1 216 555 0134")
    assert "Mina Okafor" in jane("show", "2165550134").out


def test_more_people_than_are_shown_are_said_to_be_more(askwell):
    for number in range(12):
        askwell("add", f"Ann Berg{chr(97 + number)}")
    ended = askwell("show", "ann")
    assert ended.err.count("  #") == 10
    assert ended.err.endswith("... and more\n")
    assert askwell("show", "ann", "--json").row["more"] is True


def test_calling_off_is_not_mixed_with_confirming(jane):
    assert jane("schedule", "jane", "--cancel", "--confirm").code == 2
    assert jane("schedule", "jane", "friday 10:00", "--cancel").code == 2


def test_a_calendar_entry_on_standard_output_stands_there_alone(jane):
    jane("sent", "jane")
    jane("reply", "jane", "yes")
    jane("schedule", "jane", "in 3 days")
    ended = jane("schedule", "jane", "--ics", "-")
    assert ended.out.startswith("BEGIN:VCALENDAR")
    assert ended.out.rstrip().endswith("END:VCALENDAR")


def test_the_time_where_they_are_is_said_too(jane):
    jane("sent", "jane")
    jane("reply", "jane", "yes")
    ended = jane("schedule", "jane", "friday 10:00", "--zone", "Europe/Berlin")
    assert "Fri 27 Nov 2026 09:00" in ended.out
    assert "Fri 27 Nov 2026 10:00 (Europe/Berlin)" in ended.out


def test_an_unknown_reflection_names_those_there_are(jane):
    ended = jane("held", "jane", "--reflect", "learned=x")
    assert ended.code == 2
    assert "learnt, liked, concerns" in ended.err


@pytest.mark.slow
def test_a_new_notebook_keeps_the_time_of_its_machine(shell):
    shell("goal", "Work as a data analyst in public health", TZ="America/New_York")
    shell("add", JANE, TZ="America/New_York")
    ended = shell(
        "sent",
        "jane",
        "--at",
        "2026-11-20 09:00",
        "--now",
        "2026-11-20T10:00",
        "--json",
        TZ="America/New_York",
    )
    assert json.loads(ended.out)["at"].startswith("2026-11-20T14:00")


@pytest.mark.parametrize("said", ["", "Nowhere/Land", "/etc/localtime"])
def test_a_machine_that_does_not_say_its_zone_is_taken_at_its_clock(said):
    from zoneinfo import available_timezones

    from askwell.cli.notebook import machine_zone

    assert machine_zone(said) in {"", *available_timezones()}
    assert machine_zone(":Europe/Berlin") == "Europe/Berlin"


def test_a_draft_of_someone_nobody_named_says_so_and_how_to_mend_it(jane):
    ended = jane("draft", "jane")
    assert "askwell me --name" in ended.out
    assert "askwell me --who" in ended.out
    jane("me", "--name", "Lina Berg", "--who", "I am finishing a master's in nursing.")
    ended = jane("draft", "jane")
    assert "askwell me" not in ended.out
    assert "I am finishing a master's in nursing." in ended.out
    made = jane("draft", "jane", "--json").row
    assert made["body"].endswith("regards,\nLina Berg\n")
    assert not {"seeker", "who"} & set(made["missing"])


def test_a_signature_of_several_lines_ends_the_letter(jane):
    jane("me", "--signature", "Lina Berg\\nMidwife, Riverton")
    assert jane("draft", "jane", "--json").row["body"].endswith("regards,\nLina Berg\nMidwife, Riverton\n")


def test_a_request_for_an_introduction_carries_a_note_and_leaves_the_outreach_alone(jane, owner):
    from askwell.outreach.models import Draft, Outreach

    jane("me", "--name", "Lina Berg", "--who", "finishing a master's in epidemiology at Riverton")
    jane("draft", "jane", "--hook", "your talk on vaccine supply")
    assert Outreach.objects.get().state == "ready"
    made = jane("draft", "jane", "--introduce-to", "Ana Ruiz", "--to-ask", "how her team reads its data")
    assert "introduce me to Ana Ruiz" in made.out
    assert "\n\nLina Berg is finishing a master's in epidemiology at Riverton and would like to" in made.out
    assert "I01" not in made.out
    assert Outreach.objects.get().state == "ready"
    assert Draft.objects.get(mode="intro_request").outreach is None
    assert jane("sent", "jane", "--because", "We spoke at breakfast").code == 0
    assert Outreach.objects.get().state == "ready"


def test_whom_to_meet_goes_with_a_request_for_an_introduction_alone(jane):
    assert jane("draft", "jane", "--mode", "thanks", "--introduce-to", "Ana Ruiz").code == 2


def test_finding_nothing_is_bad_use(askwell):
    assert askwell("find", " ").code == 2


def test_nobody_yet_is_told_how_to_bring_people_in(askwell):
    assert "askwell import" in askwell("today").out


def test_an_import_that_brought_nothing_offers_no_undo(askwell, tmp_path):
    file = tmp_path / "list.json"
    file.write_text("{}", encoding="utf-8")
    ended = askwell("import", str(file))
    assert ended.code == 1
    assert "undo" not in ended.out
    assert ":0:" not in ended.out
