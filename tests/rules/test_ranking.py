from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.explain import sentence
from askwell.rules.facts import (
    Calendar,
    Mode,
    OutreachFacts,
    Purpose,
    Relationship,
    Stage,
    State,
)
from askwell.rules.presets import PRESETS, choose
from askwell.rules.ranking import (
    Candidate,
    base_score,
    gate_of,
    is_overlooked,
    lasting_gate,
    novelty,
    rank,
    reasons_for,
    relevance,
    stage_fit,
    strength,
    timing_of,
    wants_who_decides,
    willingness,
    year_end_hint,
)

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ASKWELL = PRESETS["askwell"]
JUN = Candidate(contact=1, title_match=0.8, last_touch_at=NOW - 180 * DAY)

shares = st.floats(0, 1)
candidates = st.builds(
    Candidate,
    contact=st.integers(1, 10_000),
    title_match=shares,
    diversity=shares,
    organization=st.none() | st.integers(1, 4),
    group=st.sampled_from(["", "school", "club"]),
    motivation=st.none() | st.integers(1, 5),
    posting_open=st.booleans(),
    mutuals=st.none() | st.integers(0, 60),
    last_touch_at=st.none() | st.integers(10, 3000).map(lambda days: NOW - days * DAY),
    exchanges=st.integers(0, 30),
    median_reply_hours=st.none() | st.floats(0, 2000),
    closeness=st.none() | st.integers(1, 5),
    shared_school=st.booleans(),
    volunteer=st.booleans(),
    introducer=st.booleans(),
    unanswered=st.integers(0, 3),
    asks_since_give=st.integers(0, 5),
    decides=st.booleans(),
    connector=st.booleans(),
)


@given(candidates, st.sampled_from(list(Stage)))
def test_every_part_of_the_score_is_between_nought_and_one(candidate, stage):
    tie = strength(candidate, now=NOW)
    parts = [
        tie,
        stage_fit(stage, tie=tie, diversity=candidate.diversity),
        relevance(candidate),
        willingness(candidate),
        novelty(candidate.mutuals),
        timing_of(candidate, now=NOW),
        base_score(candidate, stage=stage, now=NOW),
    ]
    assert all(0 <= part <= 1 for part in parts)


@given(candidates, st.sampled_from(list(Stage)))
def test_up_to_three_reasons_are_given_in_words(candidate, stage):
    found = reasons_for(candidate, stage=stage, now=NOW)
    assert 1 <= len(found) <= 3
    assert all(sentence(reason) for reason in found)


def test_strength_follows_the_written_weights():
    known = Candidate(
        contact=1, last_touch_at=NOW - 180 * DAY, exchanges=4, median_reply_hours=24.0, closeness=3
    )
    expected = 0.35 * 0.5 + 0.30 * 0.5 + 0.15 * 0.5 + 0.20 * 0.5
    assert strength(known, now=NOW) == pytest.approx(expected)


def test_what_is_not_known_is_left_out_of_the_weights():
    bare = Candidate(contact=1, last_touch_at=NOW, exchanges=8)
    assert strength(bare, now=NOW) == pytest.approx(1.0)
    assert strength(Candidate(contact=1), now=NOW) == 0.0


def test_a_letter_nobody_answered_makes_no_tie_but_what_one_says_of_it_counts():
    written = Candidate(contact=1, last_touch_at=NOW, unheard=True)
    assert strength(written, now=NOW) == 0.0
    assert 0 < strength(replace(written, closeness=5), now=NOW) < 0.5


@pytest.mark.parametrize(
    ("mutuals", "value"), [(None, 0.8), (0, 0.6), (1, 1.0), (10, 1.0), (11, 0.7), (25, 0.7), (26, 0.4)]
)
def test_novelty_is_an_inverted_u(mutuals, value):
    assert novelty(mutuals) == value


@pytest.mark.parametrize(
    ("stage", "value"), [(Stage.EXPLORING, 0.3), (Stage.INTERVIEWS, 0.6), (Stage.OFFERS, 0.9)]
)
def test_the_stage_decides_which_tie_serves(stage, value):
    assert stage_fit(stage, tie=0.8, diversity=0.3) == pytest.approx(value)


@pytest.mark.parametrize(
    "better",
    [
        {"introducer": True},
        {"volunteer": True},
        {"shared_school": True},
        {"they_also_start": True},
        {"median_reply_hours": 2.0},
        {"title_match": 1.0},
        {"motivation": 5},
        {"posting_open": True},
    ],
)
def test_what_should_count_for_someone_does(better):
    assert base_score(replace(JUN, **better), stage=Stage.EXPLORING, now=NOW) > base_score(
        JUN, stage=Stage.EXPLORING, now=NOW
    )


@pytest.mark.parametrize(
    "worse", [{"unanswered": 1}, {"asks_since_give": 1}, {"last_touch_at": NOW - 8 * DAY}]
)
def test_what_should_count_against_someone_does(worse):
    assert base_score(replace(JUN, **worse), stage=Stage.EXPLORING, now=NOW) < base_score(
        JUN, stage=Stage.EXPLORING, now=NOW
    )


def test_unanswered_touches_weigh_more_than_asks():
    assert willingness(replace(JUN, unanswered=1)) < willingness(replace(JUN, asks_since_give=2))


def test_nothing_about_origin_age_or_gender_is_a_fact():
    names = {field.name for field in fields(Candidate)}
    assert not names & {"gender", "age", "origin", "race", "name", "nationality", "birthday", "photo"}


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"do_not_contact": True}, "gate.do_not_contact"),
        ({"guarded": True}, "gate.guarded"),
        ({"declined": True}, "gate.declined"),
        ({"used_up": True}, "gate.used_up"),
        ({"debts": 1}, "gate.debt_first"),
        ({"open_outreach": True}, "gate.open"),
        ({"volunteer_closed": True}, "gate.volunteer"),
        ({"colleague_helps": True}, "gate.helper_there"),
        ({"colleagues_open": 2}, "gate.employer_full"),
        ({"last_touch_at": NOW - 2 * DAY}, "gate.too_soon"),
    ],
)
def test_gates_hide_a_person_and_say_why(facts, key):
    hidden = replace(JUN, **facts)
    assert gate_of(hidden, now=NOW).text == key
    assert rank([hidden], stage=Stage.EXPLORING, now=NOW, slots=5) == []
    shown = rank([hidden, replace(JUN, contact=2)], stage=Stage.EXPLORING, now=NOW, slots=5, show_gated=True)
    assert [(one.contact, one.gate is None) for one in shown] == [(2, True), (1, False)]


def test_the_gap_ends_after_five_days():
    assert gate_of(replace(JUN, last_touch_at=NOW - 5 * DAY), now=NOW) is None


@given(st.lists(candidates, max_size=40, unique_by=lambda one: one.contact), st.sampled_from(list(Stage)))
def test_no_ten_in_a_row_hold_more_than_two_of_an_employer_or_five_of_a_group(people, stage):
    chosen = rank(people, stage=stage, now=NOW, slots=20)
    assert len({one.contact for one in chosen}) == len(chosen)
    by_contact = {one.contact: one for one in people}
    rows = [by_contact[one.contact] for one in chosen]
    for start in range(len(rows)):
        ten = rows[start : start + 10]
        for employer in {one.organization for one in ten} - {None}:
            assert sum(one.organization == employer for one in ten) <= 2
        for group in {one.group for one in ten} - {""}:
            assert sum(one.group == group for one in ten) <= 5


def test_the_best_come_first():
    people = [replace(JUN, contact=n, title_match=n / 10) for n in range(1, 9)]
    scores = [one.score for one in rank(people, stage=Stage.EXPLORING, now=NOW, slots=4)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 4


def test_every_fifth_place_is_for_someone_overlooked():
    near = [replace(JUN, contact=n, title_match=1.0, exchanges=8) for n in range(1, 10)]
    dormant = Candidate(contact=50, title_match=0.1, last_touch_at=NOW - 1200 * DAY)
    chosen = rank([*near, dormant], stage=Stage.OFFERS, now=NOW, slots=6)
    assert [one.contact for one in chosen].index(50) == 4
    assert [one.contact for one in chosen if one.reserved] == [50]


def test_only_the_fifth_place_is_reserved_however_many_were_overlooked():
    dormant = [
        Candidate(contact=n, title_match=1.0, last_touch_at=NOW - 1200 * DAY, exchanges=n)
        for n in range(1, 12)
    ]
    chosen = rank(dormant, stage=Stage.OFFERS, now=NOW, slots=11)
    assert [place for place, one in enumerate(chosen, 1) if one.reserved] == [5, 10]


def test_places_are_counted_on_from_those_already_taken_this_week():
    near = [replace(JUN, contact=n, title_match=1.0, exchanges=8) for n in range(1, 10)]
    dormant = Candidate(contact=50, title_match=0.1, last_touch_at=NOW - 1200 * DAY)
    chosen = rank([*near, dormant], stage=Stage.OFFERS, now=NOW, slots=3, taken=3)
    assert [(one.contact, one.reserved) for one in chosen][1] == (50, True)


def test_without_anyone_overlooked_the_fifth_place_goes_to_the_next():
    near = [replace(JUN, contact=n, exchanges=8) for n in range(1, 7)]
    chosen = rank(near, stage=Stage.OFFERS, now=NOW, slots=6)
    assert len(chosen) == 6
    assert not any(one.reserved for one in chosen)


def test_the_list_ends_where_only_one_employer_is_left():
    colleagues = [replace(JUN, contact=n, organization=3) for n in range(1, 8)]
    assert len(rank(colleagues, stage=Stage.EXPLORING, now=NOW, slots=7, taken=2)) == 2
    assert len(rank(colleagues, stage=Stage.EXPLORING, now=NOW, slots=7)) == 2
    assert len(rank(colleagues * 2, stage=Stage.EXPLORING, now=NOW, slots=7)) == 2


@pytest.mark.parametrize(
    ("facts", "overlooked"),
    [
        ({"last_touch_at": NOW - 1095 * DAY}, True),
        ({"last_touch_at": None, "shared_school": True}, True),
        ({"last_touch_at": NOW, "volunteer": True, "exchanges": 8}, False),
        ({"last_touch_at": None}, False),
    ],
)
def test_who_counts_as_overlooked(facts, overlooked):
    assert is_overlooked(replace(JUN, **facts), now=NOW) is overlooked


def test_top_reasons_name_the_strongest_first():
    strong = replace(JUN, introducer=True, volunteer=True, posting_open=True, title_match=0.1)
    keys = [reason.text for reason in reasons_for(strong, stage=Stage.EXPLORING, now=NOW)]
    assert keys == ["rank.introducer", "rank.volunteer", "rank.posting"]


@pytest.mark.parametrize(("match", "said"), [(0.6, True), (0.59, False)])
def test_a_word_in_common_is_not_yet_the_work_one_aims_at(match, said):
    keys = [one.text for one in reasons_for(replace(JUN, title_match=match), stage=Stage.EXPLORING, now=NOW)]
    assert ("rank.title_match" in keys) is said


def test_lesser_reasons_are_known_too():
    quiet = Candidate(
        contact=1,
        diversity=0.0,
        mutuals=3,
        motivation=4,
        median_reply_hours=5.0,
        last_touch_at=NOW - 1500 * DAY,
    )
    keys = [reason.text for reason in reasons_for(quiet, stage=Stage.EXPLORING, now=NOW)]
    assert keys == ["rank.dormant", "rank.motivation", "rank.mutuals"]


def test_after_how_long_one_is_dormant_is_a_number_of_the_preset():
    quiet = Candidate(contact=1, last_touch_at=NOW - 1500 * DAY)
    patient = choose("askwell", dormant_days=2000)
    assert is_overlooked(quiet, now=NOW)
    assert not is_overlooked(quiet, now=NOW, preset=patient)
    assert timing_of(quiet, now=NOW, preset=patient) < timing_of(quiet, now=NOW)
    keys = [reason.text for reason in reasons_for(quiet, stage=Stage.EXPLORING, now=NOW, preset=patient)]
    assert "rank.dormant" not in keys


def test_the_end_of_the_year_is_mentioned():
    assert year_end_hint(datetime(2026, 12, 23, tzinfo=UTC), Calendar()).rule == "T03"
    assert year_end_hint(NOW, Calendar()) is None


# --- who hires, who connects


def test_who_hires_speaks_for_themself_only_where_one_wants_to_be_known_or_writes_about_work():
    assert wants_who_decides(Purpose.BE_KNOWN)
    assert wants_who_decides(None, Mode.LEAD)
    assert not wants_who_decides(Purpose.EXPLORE, Mode.INFORMATIONAL)
    assert not wants_who_decides(None)


@given(candidates, st.sampled_from(list(Stage)))
def test_a_mark_never_lowers_anybody(candidate, stage):
    plain = replace(candidate, decides=False, connector=False)
    for marked in (replace(plain, decides=True), replace(plain, connector=True)):
        assert base_score(marked, stage=stage, now=NOW) >= base_score(plain, stage=stage, now=NOW)


def test_the_marks_are_said_as_reasons():
    said = [sentence(one) for one in reasons_for(replace(JUN, decides=True), stage=Stage.OFFERS, now=NOW)]
    assert said[0] == "Decides whom to take on"
    marked = replace(JUN, title_match=0.0, connector=True)
    said = [sentence(one) for one in reasons_for(marked, stage=Stage.OFFERS, now=NOW)]
    assert "Gladly brings people together" in said


@pytest.mark.parametrize(
    ("facts", "states", "gate"),
    [
        ({}, (), None),
        ({"do_not_contact": True}, (State.IN_TOUCH,), "do_not_contact"),
        ({"at_guarded_employer": True}, (State.DO_NOT_CONTACT,), "do_not_contact"),
        ({"at_guarded_employer": True}, (State.DECLINED,), "guarded"),
        ({}, (State.DECLINED, State.AWAITING_REPLY), "closed"),
        ({}, (State.CLOSED_NO_REPLY,), "closed"),
        ({}, (State.WITHDRAWN, State.READY), "open"),
        ({}, (State.WITHDRAWN,), None),
    ],
)
def test_a_gate_that_time_does_not_lift_follows_from_what_was_asked(facts, states, gate):
    outreaches = tuple(OutreachFacts(id=place, state=state) for place, state in enumerate(states))
    assert lasting_gate(Relationship(contact=1, outreaches=outreaches, **facts)) == gate
