"""Drafts made of the seeker's own facts, kept as typed, ready when clean; and the calendar file."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest

from askwell.outreach import actions, queries
from askwell.outreach.errors import BadValue
from askwell.outreach.letters import correspondence, lint_letter, missing_facts
from askwell.outreach.models import Draft
from askwell.people.models import Change
from askwell.rules.facts import Channel, Mode

from .conftest import GOOD_LETTER, utc

pytestmark = pytest.mark.django_db

MONDAY = utc(2026, 11, 2, 15, 0)
SUBJECT = "Riverton alumni: twenty minutes on hospital products?"


@pytest.fixture
def outreach(jane):
    return actions.open_outreach(
        jane,
        purpose="explore",
        hook="your talk on triage dashboards",
        connection="Riverton University",
        connection_kind="school",
        now=MONDAY,
    )


def test_a_draft_is_made_of_what_is_known_and_holds_no_placeholder(outreach, jane):
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=MONDAY)
    assert draft.body.startswith("Dear Jane Doe,")
    for fact in ("Riverton University", "triage dashboards", "health informatics", "minutes"):
        assert fact in draft.body
    assert not any(mark in draft.body for mark in "{}[]_")


def test_other_words_come_with_the_next_variant_and_go_with_undo(lina, outreach, jane):
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=MONDAY)
    first = draft.body
    actions.next_variant(draft, now=MONDAY)
    assert draft.body != first
    actions.undo_last(lina, now=MONDAY)
    draft.refresh_from_db()
    assert draft.body == first


def test_a_clean_letter_makes_the_outreach_ready_and_an_error_unready(outreach, jane):
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=MONDAY)
    actions.save_draft(draft, subject=SUBJECT, body=GOOD_LETTER, now=MONDAY)
    outreach.refresh_from_db()
    assert outreach.state == "ready"
    unready = GOOD_LETTER.replace("Jane Doe", "[Name]")
    actions.save_draft(draft, subject=SUBJECT, body=unready, now=MONDAY)
    outreach.refresh_from_db()
    assert outreach.state == "planned"
    about = correspondence(jane, now=MONDAY, outreach=outreach)
    found = lint_letter(about, mode=Mode.INFORMATIONAL, channel=Channel.EMAIL, subject=SUBJECT, body=unready)
    assert any(finding.code == "M16" for finding in found)


def test_a_second_letter_with_an_error_leaves_an_outreach_with_a_clean_one_ready(outreach, jane):
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=MONDAY)
    actions.save_draft(draft, subject=SUBJECT, body=GOOD_LETTER, now=MONDAY)
    other = actions.new_draft(jane, mode="reconnect", outreach=outreach, now=MONDAY)
    actions.save_draft(other, subject="Hello", body="Dear [Name],", now=MONDAY)
    outreach.refresh_from_db()
    assert outreach.state == "ready"
    actions.discard_draft(draft, now=MONDAY)
    outreach.refresh_from_db()
    assert outreach.state == "planned"


def test_a_request_for_an_introduction_is_no_part_of_the_outreach_it_is_asked_beside(outreach, jane):
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=MONDAY)
    actions.save_draft(draft, subject=SUBJECT, body=GOOD_LETTER, now=MONDAY)
    asked = actions.new_draft(
        jane, mode="intro_request", outreach=outreach, given={"introduce_to": "Omar Reyes"}, now=MONDAY
    )
    assert "introduce me to Omar Reyes" in asked.body
    assert asked.outreach is None
    touch = actions.record_sent(
        jane, mode="intro_request", channel="email", draft=asked, outreach=outreach, at=MONDAY, now=MONDAY
    )
    outreach.refresh_from_db()
    assert (touch.outreach, outreach.state) == (None, "ready")


def test_saves_in_a_row_are_one_step_back(lina, jane):
    draft = actions.new_draft(jane, mode="check_in", now=MONDAY)
    first, count = draft.body, Change.objects.count()
    for second, text in enumerate(("H", "He", "Hel", "Hello")):
        actions.save_draft(draft, subject="Hi", body=text, now=MONDAY + timedelta(seconds=second))
    assert Change.objects.count() == count + 1
    actions.undo_last(lina, now=MONDAY)
    draft.refresh_from_db()
    assert draft.body == first


def test_saving_what_is_there_already_is_no_step_at_all(lina, jane):
    draft = actions.new_draft(jane, mode="check_in", now=MONDAY)
    count = Change.objects.count()
    actions.save_draft(draft, subject=draft.subject, body=draft.body, now=MONDAY)
    assert Change.objects.count() == count


def test_a_draft_sent_is_kept_and_cannot_be_changed_or_sent_again(outreach, jane):
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=MONDAY)
    actions.save_draft(draft, subject=SUBJECT, body=GOOD_LETTER, now=MONDAY)
    touch = actions.record_sent(
        jane, mode="informational", channel="email", draft=draft, at=MONDAY, now=MONDAY
    )
    assert (touch.subject, touch.body) == (SUBJECT, GOOD_LETTER)
    for act in (
        lambda: actions.save_draft(draft, subject="", body="", now=MONDAY),
        lambda: actions.record_sent(
            jane, mode="follow_up", channel="email", draft=draft, at=MONDAY, now=MONDAY
        ),
    ):
        with pytest.raises(BadValue) as bad:
            act()
        assert bad.value.problem == "sent-already"


def test_a_draft_thrown_away_comes_back_with_undo(lina, outreach, jane):
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=MONDAY)
    text = draft.body
    actions.discard_draft(draft, now=MONDAY)
    assert not queries.drafts(lina).exists()
    actions.undo_last(lina, now=MONDAY)
    assert Draft.objects.get().body == text


def test_asking_beforehand_answers_what_sending_will(outreach, jane):
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=MONDAY)
    actions.save_draft(draft, subject=SUBJECT, body=GOOD_LETTER, now=MONDAY)
    decision = queries.may_send(jane, mode="informational", channel="email", draft=draft, now=MONDAY)
    assert decision.allowed
    midnight = utc(2026, 11, 3, 5, 0)
    decision = queries.may_send(jane, mode="informational", channel="email", draft=draft, now=midnight)
    assert [one.reason.text for one in decision.refusals] == ["hours.quiet"]


class TestTheCalendarFile:
    def test_is_in_their_zone_and_goes_up_when_the_talk_moves(self, kenji):
        theirs = actions.open_outreach(kenji, purpose="explore", now=MONDAY)
        talk = actions.schedule_talk(
            theirs,
            starts_at=utc(2026, 11, 11, 1, 0),
            zone="Asia/Tokyo",
            where="https://talk.example/1",
            now=MONDAY,
        )
        event = icalendar.Calendar.from_ical(actions.talk_ics(talk, now=MONDAY)).walk("VEVENT")[0]
        assert event["DTSTART"].dt.hour == 10
        assert event["DTSTART"].params["TZID"] == "Asia/Tokyo"
        assert (event["SEQUENCE"], str(event["SUMMARY"])) == (0, "Conversation with Kenji Sato")
        uid = event["UID"]
        actions.move_talk(talk, starts_at=utc(2026, 11, 12, 1, 0), by_them=True, now=MONDAY)
        event = icalendar.Calendar.from_ical(actions.talk_ics(talk, now=MONDAY)).walk("VEVENT")[0]
        assert (event["UID"], event["SEQUENCE"]) == (uid, 1)
        actions.cancel_talk(talk, by_them=True, now=MONDAY)
        event = icalendar.Calendar.from_ical(actions.talk_ics(talk, now=MONDAY)).walk("VEVENT")[0]
        assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)

    def test_tells_no_name_in_a_confidential_search(self, outreach, lina):
        talk = actions.schedule_talk(outreach, starts_at=utc(2026, 11, 12, 16, 0), now=MONDAY)
        actions.change_seeker(lina, confidential=True, employer="Acme Health", now=MONDAY)
        talk.refresh_from_db()
        assert b"Jane" not in actions.talk_ics(talk, now=MONDAY)


def test_a_letter_to_someone_never_spoken_with_asks_for_no_advice_of_theirs(lina, jane):
    actions.change_seeker(lina, who_line="Analytical Engineer · Scientific societies · Coffee", now=MONDAY)
    draft = actions.new_draft(jane, mode="check_in", now=MONDAY)
    assert draft.subject == "A few lines from me"
    assert "advice" not in missing_facts(draft, now=MONDAY)
    first = actions.new_draft(jane, mode="informational", now=MONDAY)
    assert "I am an analytical engineer." in first.body
    actions.record_talk(jane, ended_at=MONDAY, now=MONDAY)
    after = actions.new_draft(jane, mode="check_in", now=MONDAY)
    assert after.subject == "Some news since we spoke"
    advice = actions.add_advice(jane, text="to sit in on a ward round", now=MONDAY)
    actions.act_on_advice(advice, now=MONDAY)
    told = actions.new_draft(jane, mode="check_in", now=MONDAY)
    assert told.subject == "What came of your advice"
    assert "outcome" in missing_facts(told, now=MONDAY)


class TestTellingWhoGaveAName:
    """A name is a loop as advice is: its giver hears what came of it, and of which name."""

    @pytest.fixture
    def ana(self, jane):
        return actions.record_name(jane, name="Ana Ruiz", email="ana@harbor.example", now=MONDAY).about

    def letter(self, jane, now):
        return actions.new_draft(jane, mode="check_in", occasion="close_loop", now=now)

    def test_a_talk_held_since_is_told(self, jane, ana):
        later = MONDAY + timedelta(days=8)
        actions.record_talk(ana, ended_at=later, minutes=20, now=later)
        made = self.letter(jane, later)
        assert made.subject == "Ana Ruiz, whose name you gave me"
        assert "You gave me the name of Ana Ruiz. We have talked since, and I am glad of it." in made.body

    def test_a_letter_sent_since_is_told(self, jane, ana):
        later = MONDAY + timedelta(days=8)
        actions.record_answer(ana, at=later, channel=Channel.EMAIL, now=later)
        assert (
            "You gave me the name of Ana Ruiz. I have written to them since." in self.letter(jane, later).body
        )

    def test_before_anything_came_of_it_the_letter_asks(self, jane, ana):
        made = self.letter(jane, MONDAY)
        assert "Ana Ruiz" not in made.body
        assert "outcome" in missing_facts(made, now=MONDAY)


def test_a_note_on_somebody_met_is_no_line_of_a_letter_to_them(lina, jane):
    evening = actions.add_event(lina, name="Leeds nursing fair", starts_at=MONDAY, now=MONDAY)
    actions.add_encounter(evening, contact=jane, said="Looks for a flat; her sister is a vet", now=MONDAY)
    made = actions.new_draft(jane, mode="event_follow_up", now=MONDAY)
    assert "flat" not in made.body
    assert "said" in missing_facts(made, now=MONDAY)
    made = actions.new_draft(jane, mode="reconnect", now=MONDAY)
    assert "our meeting at Leeds nursing fair" in made.body
