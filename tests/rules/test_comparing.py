"""Voices side by side: counted by person, newest first, and a hint while they are few."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.comparing import Choice, Voice, decision_hint, heard, heard_since
from askwell.rules.presets import choose
from askwell.rules.reflection import QUESTIONS

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
PRESET = choose("askwell")
AMARA, LUIS, PRIYA = 1, 2, 3


def voice(talk, contact, *, days=1, advice=(), **answers):
    return Voice(
        talk=talk, contact=contact, at=NOW - timedelta(days=days), answers=answers, advice=tuple(advice)
    )


def on(found, question):
    (one,) = [each for each in found.questions if each.question == question]
    return one


def test_what_two_people_said_stands_under_its_question_newest_first():
    found = heard(
        [
            voice(1, AMARA, days=9, learnt="Wards believe people they know."),
            voice(2, LUIS, days=2, learnt="Most of the day is calling suppliers.", liked="  "),
        ],
        preset=PRESET,
    )
    assert [line.text for line in on(found, "learnt").lines] == [
        "Most of the day is calling suppliers.",
        "Wards believe people they know.",
    ]
    assert on(found, "learnt").people == 2
    assert on(found, "liked").lines == ()
    assert [each.question for each in found.questions] == list(QUESTIONS)


def test_one_person_heard_twice_is_still_one_person():
    found = heard([voice(1, AMARA, learnt="One"), voice(2, AMARA, learnt="Two")], preset=PRESET)
    assert (found.people, len(found.talks), on(found, "learnt").people) == (1, 2, 1)
    assert (found.hint.rule, found.hint.params) == ("P08", {"count": 1, "needed": 3})


def test_three_people_need_no_hint():
    found = heard([voice(number, number) for number in (AMARA, LUIS, PRIYA)], preset=PRESET)
    assert found.hint is None
    assert found.reflected == 0


def test_advice_kept_answers_the_question_for_advice_but_is_not_said_twice():
    found = heard(
        [voice(1, AMARA, advice=("Sit in on a ward round ", "Read the audit"), advice_="")], preset=PRESET
    )
    assert [(line.text, line.kept) for line in on(found, "advice").lines] == [
        ("Sit in on a ward round", True),
        ("Read the audit", True),
    ]
    both = Voice(
        talk=1, contact=AMARA, at=NOW, answers={"advice": "Read the audit"}, advice=("read the AUDIT",)
    )
    assert [(line.text, line.kept) for line in on(heard([both], preset=PRESET), "advice").lines] == [
        ("Read the audit", False)
    ]


def test_choosing_or_dropping_on_one_voice_gets_a_hint_and_going_on_looking_none():
    assert decision_hint(Choice.CHOOSE, 1, preset=PRESET).rule == "P08"
    assert decision_hint(Choice.DROP, 0, preset=PRESET).text == "reflect.nobody"
    assert decision_hint(Choice.CHOOSE, 3, preset=PRESET) is None
    assert decision_hint(Choice.GO_ON, 0, preset=PRESET) is None


def test_talks_held_after_a_decision_are_counted_against_it():
    voices = [voice(1, AMARA, days=9), voice(2, LUIS, days=3), voice(3, PRIYA, days=1)]
    assert heard_since(NOW - timedelta(days=3), voices) == 1
    assert heard_since(NOW - timedelta(days=10), voices) == 3
    assert heard_since(NOW, []) == 0


VOICES = st.lists(
    st.builds(
        Voice,
        talk=st.integers(1, 99),
        contact=st.integers(1, 5),
        at=st.integers(0, 900).map(lambda days: NOW - timedelta(days=days)),
        answers=st.dictionaries(st.sampled_from([*QUESTIONS, "elsewhere"]), st.text(max_size=20)),
        advice=st.lists(st.text(min_size=1, max_size=20).filter(str.strip), max_size=3).map(tuple),
    ),
    max_size=12,
    unique_by=lambda voice: voice.talk,
)


@given(VOICES)
def test_nothing_said_is_lost_and_no_question_has_more_people_than_lines(voices):
    found = heard(voices, preset=PRESET)
    for each in found.questions:
        assert each.people <= min(found.people, len(each.lines))
        assert all(line.text for line in each.lines)
        assert [line.at for line in each.lines] == sorted((line.at for line in each.lines), reverse=True)
    for one in voices:
        for question in QUESTIONS:
            said = one.answers.get(question, "").strip()
            assert not said or said in [line.text for line in on(found, question).lines]
        texts = [line.text.casefold() for line in on(found, "advice").lines]
        assert all(text.strip().casefold() in texts for text in one.advice)
