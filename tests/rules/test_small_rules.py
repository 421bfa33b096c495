"""Reflection, capacity, cadence, reciprocity and confidentiality: one screen each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from askwell.rules.cadence import Kind, Lapse, cadence_of, lapse_of
from askwell.rules.capacity import ACTIVE, load_hints, messages_a_week, room_this_week
from askwell.rules.channels import suggest_channel
from askwell.rules.confidentiality import Guard, is_guarded
from askwell.rules.facts import (
    Calendar,
    Channel,
    History,
    LoopFacts,
    Mode,
    OutreachFacts,
    PromiseFacts,
    Relationship,
    State,
)
from askwell.rules.lifecycle import ALIVE, ENDED, UNANSWERED
from askwell.rules.modes import (
    ASKING_MODES,
    FIRST_LETTER_MODES,
    FIRST_MODES,
    OPENING_MODES,
    TALK_MODES,
)
from askwell.rules.presets import PRESETS
from askwell.rules.reciprocity import give_first, help_due, reminder_from, standing_of
from askwell.rules.reflection import QUESTIONS, compare_hint, reflection_of

ASKWELL = PRESETS["askwell"]
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_six_questions_are_reflected_on():
    assert len(QUESTIONS) == 6
    half = reflection_of({"learnt": "Night shifts are long", "liked": "  ", "colour": "blue"})
    assert half.answered == ("learnt",)
    assert not half.complete
    assert reflection_of(dict.fromkeys(QUESTIONS, "Yes")).complete


def test_one_voice_is_not_enough_to_decide():
    assert compare_hint(0, preset=ASKWELL).text == "reflect.nobody"
    assert compare_hint(1, preset=ASKWELL).params == {"count": 1, "needed": 3}
    assert compare_hint(3, preset=ASKWELL) is None


def test_the_week_holds_what_its_minutes_hold():
    assert messages_a_week(100, preset=ASKWELL) == 12
    assert room_this_week(100, sent=5, preset=ASKWELL) == 7
    assert room_this_week(100, sent=99, preset=ASKWELL) == 0
    assert room_this_week(100, sent=5, chosen=2, preset=ASKWELL) == 5
    assert room_this_week(100, sent=5, chosen=9, preset=ASKWELL) == 0
    assert messages_a_week(-5, preset=ASKWELL) == 0


def test_only_who_was_asked_and_is_not_through_is_active():
    assert not ACTIVE & ENDED
    assert {State.AWAITING_REPLY, State.PAUSED} == ACTIVE & UNANSWERED
    assert {State.HELD} == ACTIVE & ALIVE
    assert set(State) - ACTIVE - ENDED - UNANSWERED - ALIVE == {State.LATER}


@pytest.mark.parametrize(
    ("mode", "sets"),
    [
        (Mode.INFORMATIONAL, 5),
        (Mode.LEAD, 5),
        (Mode.RECONNECT, 4),
        (Mode.EVENT_FOLLOW_UP, 3),
        (Mode.INTRO_REQUEST, 2),
        (Mode.FOLLOW_UP, 1),
        (Mode.THANKS, 0),
        (Mode.CHECK_IN, 0),
    ],
)
def test_what_opens_an_outreach_asks_for_a_talk_and_so_on(mode, sets):
    narrowing = (ASKING_MODES, FIRST_MODES, FIRST_LETTER_MODES, TALK_MODES, OPENING_MODES)
    assert [mode in each for each in narrowing] == [True] * sets + [False] * (5 - sets)


def test_too_many_people_at_once_is_a_hint():
    assert load_hints(active=50, in_cadence=150, preset=ASKWELL) == ()
    keys = [hint.text for hint in load_hints(active=51, in_cadence=151, preset=ASKWELL)]
    assert keys == ["load.active", "load.cadence"]


def test_the_cadence_is_the_users_then_the_talks_then_warm():
    talk = Relationship(contact=1, history=History(last_talk_at=NOW))
    assert cadence_of(talk, preset=ASKWELL).kind is Kind.AFTER_TALK
    assert cadence_of(Relationship(contact=1), preset=ASKWELL).kind is Kind.WARM
    assert cadence_of(replace(talk, keep_every_days=4), preset=ASKWELL).first == 3
    assert cadence_of(replace(talk, keep_every_days=0), preset=ASKWELL) is None


@pytest.mark.parametrize(
    ("days", "lapse"),
    [(None, Lapse.NEVER), (10, Lapse.CURRENT), (365, Lapse.LAPSING), (1095, Lapse.DORMANT)],
)
def test_silence_has_names(days, lapse):
    last = None if days is None else NOW - days * DAY
    assert lapse_of(last, now=NOW, preset=ASKWELL) is lapse


def test_gives_and_asks_are_shown_without_a_balance():
    jun = Relationship(
        contact=1,
        history=History(asks_since_give=2, last_give_at=NOW - 9 * DAY, last_ask_at=NOW, unanswered=1),
        promises=(PromiseFacts(id=1, mine=True, made_at=NOW), PromiseFacts(id=2, mine=False, made_at=NOW)),
        loops=(LoopFacts(id=1, received_at=NOW),),
    )
    standing = standing_of(jun, preset=ASKWELL)
    assert (standing.my_promises, standing.their_promises) == ((1,), (2,))
    assert [hint.text for hint in standing.hints] == ["give.first", "give.close_loop", "give.ask_open"]


@pytest.mark.parametrize(
    "history",
    [
        History(last_ask_at=NOW, unanswered=0),
        History(unanswered=2),
        History(last_ask_at=NOW - DAY, last_in_at=NOW, unanswered=1),
    ],
)
def test_an_answered_ask_is_no_hint(history):
    assert standing_of(Relationship(contact=1, history=history), preset=ASKWELL).hints == ()


def test_two_asks_without_a_loop_to_close_hint_only_once():
    jun = Relationship(contact=1, history=History(asks_since_give=2))
    assert [hint.rule for hint in standing_of(jun, preset=ASKWELL).hints] == ["R01"]


def test_one_ask_is_no_reason_to_give_first():
    assert give_first(1, preset=ASKWELL) is None
    assert give_first(2, preset=ASKWELL).params == {"asks": 2}


def test_another_seeker_is_answered_within_five_business_days():
    due = help_due(NOW, Calendar(), preset=ASKWELL)
    assert due.date() == date(2026, 3, 9)


def test_what_they_promised_is_mentioned_after_ten_business_days_or_its_date():
    promise = PromiseFacts(id=1, mine=False, made_at=NOW)
    assert reminder_from(promise, Calendar(), preset=ASKWELL).date() == date(2026, 3, 16)
    dated = replace(promise, due=NOW + DAY)
    assert reminder_from(dated, Calendar(), preset=ASKWELL).date() == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("name", "sent", "offered", "channel"),
    [
        ("smith", 0, False, Channel.EMAIL),
        ("smith", 1, True, Channel.PHONE),
        ("smith", 1, False, Channel.EMAIL),
        ("smith", 2, True, Channel.EMAIL),
        ("two_hour", 1, True, Channel.EMAIL),
        ("case_western", 1, True, Channel.EMAIL),
        ("kelley", 1, True, None),
    ],
)
def test_the_next_touch_travels_as_the_preset_says(name, sent, offered, channel):
    outreach = OutreachFacts(id=1, state=State.AWAITING_REPLY, sent=(NOW,) * sent, phone_offered=offered)
    assert suggest_channel(outreach, preset=PRESETS[name]) is channel


GUARD = Guard(organizations=frozenset({4}), domains=frozenset({"acme.example"}))


@pytest.mark.parametrize(
    ("facts", "guarded"),
    [
        ({"organizations": [3, 4]}, True),
        ({"organizations": [5], "addresses": ["jun@example.com"]}, False),
        ({"addresses": ["Jun <jun@ACME.example>"]}, True),
        ({"addresses": ["jun@mail.acme.example"]}, True),
        ({"addresses": ["jun@notacme.example"]}, False),
        ({}, False),
    ],
)
def test_the_employer_is_known_by_organization_and_by_domain(facts, guarded):
    assert is_guarded(GUARD, **facts) is guarded


def test_a_guard_without_anything_to_guard_is_none():
    assert not Guard()
    assert Guard(organizations=frozenset({4}))
    assert Guard(domains=frozenset({"acme.example"}))
