"""Lina goes through the method once, from the command line: goal, ask, answer, talk, thanks."""

import pytest

from askwell.outreach.models import Outreach, Talk, Touch

pytestmark = pytest.mark.django_db

HOOK = "your talk about vaccine supply at the spring meeting"


@pytest.fixture
def jane(askwell):
    return askwell("add", "Jane Doe <jane@acme.example>", "--json").row


@pytest.fixture
def asked(askwell, jane):
    """Lina has written to Jane for the first time, on Monday."""
    ended = askwell("sent", "jane", "--because", "I know her team", "--json")
    assert ended.code == 0, ended
    return jane


@pytest.fixture
def said_yes(askwell, asked):
    assert askwell("reply", "jane", "yes", "--now", "2026-11-24T10:00").code == 0
    return asked


@pytest.fixture
def booked(askwell, said_yes):
    ended = askwell(
        "schedule", "jane", "2026-12-01 15:00", "--zone", "Europe/Berlin", "--because", "she said so",
        "--now", "2026-11-24T11:00", "--json",
    )  # fmt: skip
    assert ended.code == 0, ended
    return said_yes


@pytest.fixture
def talked(askwell, booked):
    assert askwell("held", "jane", "--notes", "Start small.", "--now", "2026-12-01T14:30").code == 0
    return booked


def test_a_clear_goal_is_kept_and_found_clear(askwell):
    row = askwell("goal", "Work as a data analyst in public health", "--json").row
    assert row["clear"] is True
    assert askwell("goal", "--json").row["goal"] == "Work as a data analyst in public health"


def test_without_a_goal_asking_for_it_says_how_to_set_one(askwell):
    ended = askwell("goal")
    assert ended.code == 3
    assert "askwell goal" in ended.err


def test_a_vague_goal_is_named_by_the_check_and_not_kept(askwell):
    ended = askwell("goal", "Something with people, or maybe business or law", "--check", "--json")
    assert ended.code == 1
    assert {finding["rule"] for finding in ended.row["findings"]} == {"P01"}
    assert askwell("goal").code == 3


def test_a_goal_that_holds_is_kept_by_a_word(askwell):
    askwell("goal", "Work as a data analyst in public health")
    assert askwell("goal", "--keep").code == 0


def test_a_draft_is_written_with_what_is_known_and_checked(askwell, jane):
    askwell("goal", "Work as a data analyst in public health")
    ended = askwell("draft", "jane", "--hook", HOOK, "--json")
    assert ended.code == 0, ended
    assert "Jane" in ended.row["body"]
    assert not [found for found in ended.row["findings"] if found["severity"] == "error"]
    assert Outreach.objects.get().hook == HOOK


def test_a_draft_says_where_it_is_wanting(askwell, jane):
    findings = askwell("draft", "jane", "--because", "an old friend", "--json").row["findings"]
    assert findings
    assert {"line", "col", "length", "code", "severity", "message"} == set(findings[0])


def test_a_draft_to_nobody_is_refused(askwell):
    assert askwell("draft", "nobody").code == 3


def test_a_first_message_opens_an_outreach_and_waits_for_an_answer(askwell, asked):
    outreach = Outreach.objects.get()
    assert (outreach.state, outreach.sent_count) == ("awaiting_reply", 1)


def test_a_second_first_message_is_refused_with_its_rule(askwell, asked):
    ended = askwell("sent", "jane", "--mode", "informational")
    assert ended.code == 1
    assert "That cannot be done:" in ended.err
    refusals = askwell("sent", "jane", "--mode", "informational", "--json").row["refusals"]
    assert any(refusal["hard"] for refusal in refusals)
    assert {"rule", "sentence", "hard", "until", "until_text"} == set(refusals[0])


def test_a_follow_up_too_soon_says_from_when_it_is_fine_and_how_to_override(askwell, asked):
    ended = askwell("sent", "jane", "--mode", "follow_up", "--now", "2026-11-24T10:00")
    assert ended.code == 1
    assert "Possible from" in ended.err
    assert "--because" in ended.err
    assert Touch.objects.count() == 1


def test_a_soft_refusal_gives_way_to_a_reason(askwell, asked):
    words = (
        "sent",
        "jane",
        "--mode",
        "follow_up",
        "--now",
        "2026-11-24T10:00",
        "--because",
        "she asked me to",
    )
    assert askwell(*words).code == 0
    assert Touch.objects.count() == 2


def test_a_hard_refusal_gives_way_to_no_reason(askwell, asked):
    assert askwell("sent", "jane", "--mode", "informational", "--because", "I want to").code == 1


def test_an_answer_is_logged_and_moves_the_outreach(askwell, asked):
    row = askwell("reply", "jane", "yes", "--json", "--now", "2026-11-24T10:00").row
    assert (row["what"], row["state"]) == ("yes", "arranging")


def test_an_answer_that_is_none_is_bad_use(askwell, asked):
    ended = askwell("reply", "jane", "perhaps")
    assert ended.code == 2
    assert "yes, no, later" in ended.err


def test_later_needs_a_day(askwell, asked):
    assert askwell("reply", "jane", "later").code == 2
    assert askwell("reply", "jane", "later", "--until", "in 3 weeks").code == 0


def test_an_answer_that_does_not_fit_changes_nothing(askwell, asked):
    askwell("reply", "jane", "no")
    before = Touch.objects.count()
    ended = askwell("reply", "jane", "redirected")
    assert ended.code == 2
    assert Touch.objects.count() == before


def test_asking_without_a_clear_goal_asks_for_one_or_for_a_reason(askwell, jane):
    ended = askwell("draft", "jane")
    assert ended.code == 1
    assert "P01" in ended.err
    assert askwell("draft", "jane", "--because", "an old friend").code == 0


def test_you_answer_what_they_wrote(askwell, said_yes):
    row = askwell("sent", "jane", "--answer", "--now", "2026-11-24T10:30", "--json").row
    assert row["touch"] == Touch.objects.latest("pk").pk


def test_a_talk_is_booked_in_their_zone(booked):
    assert Talk.objects.get().starts_at.isoformat() == "2026-12-01T14:00:00+00:00"


def test_a_talk_needs_somebody_who_was_asked(askwell, jane):
    assert askwell("schedule", "jane", "friday 15:00").code == 3


def test_a_zone_that_is_none_is_bad_use(askwell, said_yes):
    assert askwell("schedule", "jane", "friday 15:00", "--zone", "Mars/Olympus").code == 2


def test_a_talk_without_a_time_is_bad_use(askwell, said_yes):
    assert askwell("schedule", "jane").code == 2


def test_the_calendar_entry_is_written(askwell, booked, tmp_path):
    entry = tmp_path / "talk.ics"
    assert askwell("schedule", "jane", "--ics", str(entry), "--now", "2026-11-24T12:00").code == 0
    text = entry.read_text()
    assert "BEGIN:VEVENT" in text
    assert "Jane Doe" in text


def test_a_talk_is_called_off(askwell, booked):
    row = askwell("schedule", "jane", "--cancel", "--by-them", "--now", "2026-11-25T10:00", "--json").row
    assert row["state"] == "cancelled"


def test_a_talk_that_took_place_asks_for_thanks(askwell, talked):
    assert Talk.objects.get().state == "held"
    steps = askwell("today", "--now", "2026-12-01T15:00", "--json").rows
    assert "thank" in {row.get("code") for row in steps}


def test_a_talk_that_did_not_take_place_is_said_to_be_missed(askwell, booked):
    row = askwell("held", "jane", "--missed", "--now", "2026-12-01T15:00", "--json").row
    assert row["state"] == "missed"


def test_a_talk_without_a_booking_is_kept_too(askwell, asked):
    row = askwell("held", "jane", "--minutes", "25", "--json", "--now", "2026-11-25T10:00").row
    assert row["state"] == "held"


def test_reflections_take_key_and_text(askwell, talked):
    assert askwell("held", "jane", "--reflect", "nonsense", "--now", "2026-12-01T16:00").code == 2


def test_thanks_settle_the_debt(askwell, talked):
    assert askwell("thank", "jane", "--now", "2026-12-01T18:00").code == 0
    steps = askwell("today", "--now", "2026-12-01T19:00", "--json").rows
    assert "thank" not in {row.get("code") for row in steps}


def test_thanks_for_the_same_thing_ask_for_a_reason(askwell, jane):
    assert askwell("thank", "jane").code == 0
    again = askwell("thank", "jane")
    assert (again.code, "One note for one thing is enough" in again.err) == (1, True)
    assert askwell("thank", "jane", "--because", "For the book she lent me").code == 0


def test_a_promise_becomes_a_step_until_it_is_done(askwell, jane):
    assert askwell("promise", "jane", "send her the report", "--due", "tomorrow").code == 0
    (step,) = [row for row in askwell("today", "--json").rows if row.get("code") == "keep_promise"]
    assert askwell("done", step["key"], "--json").row["done"] == step["key"]
    assert not [row for row in askwell("today", "--json").rows if row.get("code") == "keep_promise"]


def test_a_step_is_put_off_and_stays_away(askwell, jane):
    askwell("promise", "jane", "send her the report")
    (step,) = [row for row in askwell("today", "--json").rows if row.get("code") == "keep_promise"]
    assert askwell("snooze", step["key"], "in 2 days").code == 0
    assert step["key"] not in {row.get("key") for row in askwell("today", "--json").rows}
    assert step["key"] in {row["key"] for row in askwell("today", "--group", "snoozed", "--json").rows}


def test_a_step_cannot_be_put_off_into_the_past(askwell, jane):
    askwell("promise", "jane", "send her the report")
    (step,) = [row for row in askwell("today", "--json").rows if row.get("code") == "keep_promise"]
    assert askwell("snooze", step["key"], "yesterday").code == 2
    assert askwell("snooze", step["key"]).code == 2
    assert askwell("snooze", step["key"], "tomorrow", "--back").code == 2
    askwell("snooze", step["key"], "in 2 days")
    assert askwell("snooze", step["key"], "--back").out == "It is back.\n"
    assert askwell("today", "--group", "snoozed", "--json").rows == []
    assert askwell("snooze", step["key"], "--back").code == 3


@pytest.mark.parametrize("command", [("done", "thank:talk:99"), ("snooze", "thank:talk:99", "tomorrow")])
def test_a_step_that_is_not_there_is_said_not_to_be(askwell, command):
    assert askwell(*command).code == 3


def test_a_group_that_is_none_is_bad_use(askwell):
    assert askwell("today", "--group", "never").code == 2


def test_an_empty_notebook_says_what_to_do_first(askwell):
    ended = askwell("today")
    assert ended.code == 0
    assert "askwell import" in ended.out
    assert askwell("today", "--json").out == "" or all(
        "group" in row for row in askwell("today", "--json").rows
    )


def test_every_step_of_the_day_tells_its_key_and_on_demand_its_rule(askwell, jane):
    askwell("promise", "jane", "send her the report")
    assert "[keep_promise:promise:" in askwell("today").out
    assert "F0" in askwell("today", "--why").out


def test_whom_to_ask_next_comes_with_reasons(askwell, jane):
    askwell("goal", "Work as a data analyst in public health")
    rows = askwell("next", "--json").rows
    assert [row["contact_name"] for row in rows] == ["Jane Doe"]
    assert rows[0]["reasons"]
    assert "Jane Doe" in askwell("next").out


def test_at_the_end_of_the_year_it_is_said_that_many_are_away(askwell, jane):
    away = ("--now", "2026-12-23T10:00")
    assert "many people are away" in askwell("next", *away).out
    assert "many people are away" in askwell("today", *away).out
    rows = askwell("today", "--json", *away).rows
    assert [row["rule"] for row in rows if row["group"] == "season"] == ["T03"]
    assert all("contact" in row for row in askwell("next", "--json", *away).rows)
    assert "many people are away" not in askwell("next", "--now", "2026-11-23T10:00").out


def test_undo_takes_back_one_thing_at_a_time(askwell, asked):
    assert askwell("undo").out.startswith("Taken back:")
    assert not Touch.objects.exists()


def test_with_nothing_to_take_back_undo_says_so(askwell):
    ended = askwell("undo", "--json")
    assert ended.code == 1
    assert ended.row["message"] == "There is nothing to take back."


@pytest.mark.parametrize("words", [("today", "--now", "soon"), ("sent", "jane", "--at", "whenever")])
def test_a_moment_that_is_none_is_bad_use(askwell, jane, words):
    ended = askwell(*words, "--json")
    assert ended.code == 2
    assert ended.row["error"] == "bad-date"


def test_advice_is_kept_acted_on_and_told_of(askwell, talked):
    ended = askwell("advice", "jane", "to sit in on a ward round", "--now", "2026-12-01T14:40", "--json")
    assert (ended.code, ended.row["acted_at"]) == (0, None)
    assert "ward round" in askwell("advice", "jane").out
    acted = askwell("advice", "jane", "--acted", "--now", "2026-12-08T10:00", "--json").row
    assert acted["acted_at"]
    steps = askwell("show", "jane", "--now", "2026-12-08T10:00", "--json").row["steps"]
    assert f"close_loop:loop:{acted['advice']}" in [step["key"] for step in steps]
    assert askwell("advice", "jane", "ward", "--told", "--now", "2026-12-09T10:00").code == 0
    assert askwell("advice", "jane").out == "No advice is open.\n"
    assert askwell("undo").code == 0
    assert "(acted on)" in askwell("advice", "jane").out


def test_which_advice_is_meant_is_asked_for(askwell, talked):
    askwell("advice", "jane", "to start small")
    askwell("advice", "jane", "to learn statistics")
    assert askwell("advice", "jane", "--acted").code == 2
    assert askwell("advice", "jane", "dance", "--acted").code == 3
    assert askwell("advice", "jane", "small", "--acted").code == 0
    assert askwell("advice", "jane", "--acted", "--told").code == 2


def test_a_talk_is_called_off_with_a_note_and_a_word_when_it_is_late(askwell, booked):
    early = askwell("schedule", "jane", "2026-12-02 15:00", "--because", "the same week", "--now", "2026-11-25T10:00", "--json")  # fmt: skip
    assert (early.code, early.row["hint"]) == (0, "")
    late = ("--now", "2026-12-02T09:00")
    note = askwell("draft", "jane", "--occasion", "cancel", *late, "--json")
    assert note.code == 0, note
    assert "apolog" in note.row["subject"]
    assert askwell("draft", "jane", "--occasion", "cancel", "--mode", "thanks").code == 2
    ended = askwell("schedule", "jane", "--cancel", *late)
    assert ended.out.splitlines()[1].startswith("C03  Calling off now is for emergencies")
    assert askwell("draft", "jane", "--occasion", "cancel", *late).code == 3


def test_the_note_that_was_sent_calls_the_talk_off(askwell, booked):
    askwell("draft", "jane", "--occasion", "cancel", "--now", "2026-11-25T10:00")
    assert askwell("sent", "jane", "--now", "2026-11-25T10:05").code == 0
    assert Talk.objects.get().state == "cancelled"


def test_under_a_confidential_search_the_calendar_file_names_nobody(askwell, booked, tmp_path):
    assert askwell("me", "--confidential", "--employer", "Beta Works").code == 0
    entry = tmp_path / "talk.ics"
    assert askwell("schedule", "jane", "--ics", str(entry), "--now", "2026-11-24T12:00").code == 0
    assert "SUMMARY:Conversation\n" in entry.read_text()
    assert "Jane" not in entry.read_text()


def test_one_more_to_ask_says_when_it_gets_too_many(askwell, asked, owner):
    from askwell.outreach import actions

    askwell("add", "Tom Brandt <tom@mercy.example>")
    askwell("add", "Mai Tran <mai@mercy.example>")
    assert askwell("draft", "tom", "--because", "an old friend", "--json").row["hints"] == []
    assert askwell("sent", "tom", "--because", "an old friend").code == 0
    numbers = {"active_cap": 1, "cadence_cap": 1}
    actions.change_seeker(owner, overrides=numbers, now=Touch.objects.first().at)
    ended = askwell("draft", "mai", "--because", "an old friend")
    assert "K06  2 people are active; with more than 1" in ended.out
    assert "K06" not in askwell("draft", "mai").out
