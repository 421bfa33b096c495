"""Which questions to bring: the right number, in order, each with its reason."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.agenda import agenda_for
from askwell.rules.catalogue import RULES
from askwell.rules.errors import BadParameter
from askwell.rules.explain import sentence
from askwell.rules.facts import History, LoopFacts, Mode, NameFacts, Purpose, Relationship, Stage
from askwell.rules.presets import PRESETS, choose
from askwell.rules.questions.bank import QUESTIONS, question
from askwell.rules.questions.checking import check
from askwell.rules.questions.forbidden import forbidden_in
from askwell.rules.questions.model import (
    ASKED,
    Avoid,
    Category,
    OwnQuestion,
    Phase,
    Relation,
    Trade,
)
from askwell.rules.questions.picking import TalkAhead, left_out, pick, relation_of

ASKWELL = PRESETS["askwell"]
KEYS = sorted(QUESTIONS)
GOALS = ["", "Something", "Paediatric nurse in Boston", "Data analyst in public health", "Teacher of music"]
AHEAD = st.builds(
    TalkAhead,
    purpose=st.sampled_from(Purpose),
    mode=st.sampled_from(Mode),
    stage=st.sampled_from(Stage),
    relation=st.sampled_from(Relation),
    minutes=st.sampled_from([15, 20, 30]),
    goal_text=st.sampled_from(GOALS),
    their_work=st.sampled_from(["", "Ward sister", "Developer", "Director"]),
    cool=st.booleans(),
    cares=st.booleans(),
    holds=st.frozensets(st.sampled_from(Avoid)),
    answered=st.frozensets(st.sampled_from(KEYS), max_size=40),
)
IN_ORDER = list(Category)


def picked(preset=ASKWELL, **facts):
    return pick(TalkAhead(**facts), preset=preset)


def keys(chosen):
    return [each.question.key for each in chosen.picks]


def core(chosen):
    return [each for each in chosen.picks if each.question.phase is not Phase.CLOSE]


@given(AHEAD, st.sampled_from(list(PRESETS)))
def test_eight_to_ten_are_brought_and_five_of_them_starred(ahead, preset):
    chosen = pick(ahead, preset=PRESETS[preset])
    assert 8 <= len(chosen.picks) <= 10
    assert len(set(keys(chosen))) == len(chosen.picks)
    assert sum(each.starred for each in chosen.picks) == 5
    assert not any(each.starred and each.reserve for each in chosen.picks)


@given(AHEAD, st.sampled_from(list(PRESETS)))
def test_they_come_in_the_order_of_a_talk(ahead, preset):
    chosen = pick(ahead, preset=PRESETS[preset])
    before = core(chosen)
    places = [IN_ORDER.index(each.question.category) for each in before]
    assert places == sorted(places)
    assert chosen.picks[: len(before)] == tuple(before)
    assert 1 <= len(chosen.picks) - len(before) <= 3


@given(AHEAD)
def test_all_of_them_fit_and_none_is_forbidden(ahead):
    chosen = pick(ahead, preset=ASKWELL)
    for each in chosen.picks:
        assert each.question.phase in ASKED
        assert forbidden_in(each.question.text, mode=ahead.mode, relation=ahead.relation) is None
    assert all(left_out(each.question, ahead) is None for each in core(chosen))
    own = [OwnQuestion(text=each.question.text, starred=each.starred) for each in chosen.picks]
    assert check(own, preset=ASKWELL, mode=ahead.mode, relation=ahead.relation) == ()


@given(AHEAD, st.randoms(use_true_random=True))
def test_the_same_facts_give_the_same_questions_in_whatever_order_they_come(ahead, chance):
    bank = list(QUESTIONS.values())
    chance.shuffle(bank)
    shuffled = list(ahead.answered)
    chance.shuffle(shuffled)
    again = replace(ahead, answered=frozenset(shuffled))
    assert pick(again, preset=ASKWELL, bank=bank) == pick(ahead, preset=ASKWELL)


@given(AHEAD)
def test_each_has_its_reasons_by_rules_that_exist(ahead):
    for each in pick(ahead, preset=ASKWELL).picks:
        assert 1 <= len(each.why) <= 3
        for reason in each.why:
            assert reason.rule in RULES
            assert sentence(reason).endswith(".")


@given(AHEAD)
def test_as_many_as_the_agenda_holds_are_not_in_reserve(ahead):
    chosen = pick(ahead, preset=ASKWELL)
    assert chosen.fit == agenda_for(ahead.minutes, preset=ASKWELL).questions_that_fit
    assert sum(not each.reserve for each in core(chosen)) == min(chosen.fit, len(core(chosen)))
    assert not any(each.reserve for each in chosen.picks if each.question.phase is Phase.CLOSE)


@pytest.mark.parametrize(("minutes", "brought", "fit"), [(15, 8, 4), (20, 9, 5), (30, 10, 9)])
def test_a_longer_talk_holds_more(minutes, brought, fit):
    chosen = picked(minutes=minutes)
    assert len(chosen.picks) == brought
    assert chosen.fit == fit
    assert 2 <= agenda_for(minutes, preset=ASKWELL).blocks[2].minutes / fit <= 2.6


def test_other_lengths_are_no_talk():
    with pytest.raises(BadParameter):
        picked(minutes=5)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("stage", Stage)
def test_the_spine_is_always_there(purpose, stage):
    chosen = picked(purpose=purpose, stage=stage, minutes=15)
    found = [each.question.category for each in chosen.picks]
    assert found[0] is Category.PATH
    assert {Category.ROLE, Category.TRENDS} & set(found)
    assert found.index(Category.ADVICE) < found.index(Category.RESOURCES)
    assert keys(chosen)[-3:] == ["closers.who_else", "closers.use_name", "closers.stay_in_touch"]


def test_the_purpose_decides_what_is_asked():
    assert Category.FIT in {each.question.category for each in picked().picks}
    known = {each.question.category for each in picked(purpose=Purpose.BE_KNOWN).picks}
    assert Category.ASSIGNMENTS in known
    assert Category.FIT not in known
    chosen = {each.question.category for each in picked(purpose=Purpose.CONNECT, minutes=30).picks}
    assert {Category.INSIGHTS, Category.ASSIGNMENTS, Category.MARKET} <= chosen


def test_how_people_live_there_is_asked_near_an_offer_or_where_one_cares():
    assert Category.CULTURE in {each.question.category for each in picked(stage=Stage.OFFERS).picks}
    assert left_out(question("culture.hours"), TalkAhead()).text == "avoid.unless_you_care"
    assert left_out(question("culture.hours"), TalkAhead(cares=True)) is None


def test_a_stranger_is_asked_for_their_story_and_a_friend_for_news():
    assert keys(picked())[0] == "path.pull"
    assert keys(picked(relation=Relation.WARM))[0] == "path.since_then"
    assert keys(picked(relation=Relation.MENTOR))[0] == "path.looking_back"


def test_someone_known_is_offered_something_instead_of_a_wish_to_keep_in_touch():
    assert keys(picked(relation=Relation.WARM))[-1] == "give_back.useful_to_you"
    smith = picked(preset=PRESETS["smith"], relation=Relation.WARM)
    assert {"closers.stay_in_touch", "give_back.useful_to_you"} <= set(keys(smith))


def test_the_kind_of_work_has_its_questions():
    chosen = picked(goal_text="Paediatric nurse in Boston")
    own = [each for each in chosen.picks if each.question.trades]
    assert [each.question.trades for each in own] == [{Trade.HEALTH}] * 2
    assert len({each.question.category for each in own}) == 2
    assert all(each.why[1].text == "question.trade" for each in own)
    assert not any(
        each.question.trades for each in picked(goal_text="Data analyst", their_work="Nurse").picks
    )
    assert any(each.question.trades for each in picked(goal_text="Data analyst", their_work="Director").picks)


def test_what_they_answered_before_is_not_asked_again():
    first = picked()
    again = picked(answered=frozenset(keys(first)))
    assert not {each.question.key for each in core(again)} & set(keys(first))
    assert len(again.picks) == len(first.picks)
    # Whom else to hear is asked each time, in other words.
    assert [each.question.seeks for each in again.picks[-3:]] == [
        each.question.seeks for each in first.picks[-3:]
    ]
    assert not set(keys(again)[-3:]) & set(keys(first))


@given(AHEAD, st.integers(0, 9))
def test_every_variant_is_as_good(ahead, variant):
    chosen = pick(ahead, preset=ASKWELL, variant=variant)
    assert 8 <= len(chosen.picks) <= 10
    assert sum(each.starred for each in chosen.picks) == 5
    assert all(left_out(each.question, ahead) is None for each in core(chosen))


def test_another_variant_has_other_questions_and_the_same_end():
    variants = [pick(TalkAhead(), preset=ASKWELL, variant=number) for number in range(4)]
    asked = [each.question.key for chosen in variants for each in core(chosen)]
    assert len(set(asked)) == len(asked) == 24
    assert len({tuple(keys(chosen)[-3:]) for chosen in variants}) == 1


def test_where_too_few_are_left_the_variants_begin_again():
    others = frozenset(key for key, one in QUESTIONS.items() if one.category is not Category.ROLE)
    chosen = [pick(TalkAhead(answered=others), preset=ASKWELL, variant=number) for number in range(9)]
    assert chosen[0] in chosen[1:]
    assert all(len(each.picks) == 9 for each in chosen)


def test_where_nothing_is_left_the_talk_still_ends_well():
    chosen = picked(answered=frozenset(KEYS))
    assert keys(chosen) == ["closers.who_else", "closers.use_name", "closers.stay_in_touch"]
    assert all(each.starred for each in chosen.picks)


def test_where_a_kind_of_question_is_used_up_others_take_its_place():
    others = frozenset(key for key, one in QUESTIONS.items() if one.category is not Category.ROLE)
    chosen = picked(answered=others, minutes=30)
    assert [each.question.category for each in core(chosen)] == [Category.ROLE] * 7
    assert len({each.question.seeks for each in core(chosen)}) == 7


def test_without_an_opening_left_the_talk_begins_with_what_there_is():
    openings = frozenset(key for key, one in QUESTIONS.items() if one.phase is Phase.OPEN)
    chosen = picked(answered=openings)
    assert len(chosen.picks) == 9
    assert core(chosen)


def test_a_cool_talk_ends_without_names():
    assert keys(picked(cool=True))[-1] == "closers.stay_in_touch"
    assert not {"closers.who_else", "closers.use_name"} & set(keys(picked(cool=True)))
    names_alone = PRESETS["case_western"]
    assert keys(picked(preset=names_alone, cool=True))[-1] == "closers.what_missed"


def test_the_numbers_are_the_presets():
    chosen = picked(preset=choose("askwell", questions_max=6, questions_starred=1))
    assert len(chosen.picks) == 6
    assert [each.question.category for each in chosen.picks if each.starred] == [Category.PATH]
    assert len(picked(preset=choose("askwell", questions_min=11)).picks) == 11


def test_no_more_than_three_questions_close():
    many = choose("askwell", closing_questions=["who_else", "use_name", "what_missed", "useful_to_you"])
    assert keys(picked(preset=many))[-3:] == ["closers.who_else", "closers.use_name", "closers.what_missed"]


@pytest.mark.parametrize(
    ("key", "facts", "said"),
    [
        ("theirs.why_me", {}, "avoid.for_yourself"),
        ("market.coming_months", {}, "avoid.other_mode"),
        ("path.since_then", {}, "avoid.other_relation"),
        ("advice.before_yes", {}, "avoid.other_stage"),
        ("role.health_shift", {}, "avoid.other_trade"),
        ("role.unseen", {"answered": frozenset({"role.unseen"})}, "avoid.answered"),
        ("path.steps", {"holds": frozenset({Avoid.ON_PROFILE})}, "avoid.on_profile"),
        ("assignments.this_year", {"holds": frozenset({Avoid.ON_SITE})}, "avoid.on_site"),
        ("insights.surprised", {"holds": frozenset({Avoid.NO_ORGANIZATION})}, "avoid.no_organization"),
        ("role.company", {"holds": frozenset({Avoid.ALONE})}, "avoid.alone"),
        ("role.company", {"their_work": "Freelance translator"}, "avoid.alone"),
        ("path.role_today", {"holds": frozenset({Avoid.NEW_THERE})}, "avoid.new_there"),
        ("assignments.bet", {"minutes": 15}, "avoid.short_talk"),
        ("trends.headline", {"holds": frozenset({Avoid.UNREAD})}, "avoid.unread"),
        ("advice.my_place", {"goal_text": "Something"}, "avoid.no_plan"),
        ("closers.who_else", {"cool": True}, "avoid.cool"),
    ],
)
def test_what_is_left_out_is_left_out_for_a_reason(key, facts, said):
    reason = left_out(question(key), TalkAhead(**facts))
    assert reason.text == said
    assert reason.rule in RULES
    assert sentence(reason)
    assert key not in keys(picked(**facts))


def test_conditions_that_follow_from_the_facts_are_not_taken_on_trust():
    facts = TalkAhead(
        goal_text="Nurse in a hospital", holds=frozenset({Avoid.NO_PLAN, Avoid.ANSWERED, Avoid.COOL})
    )
    assert left_out(question("advice.my_place"), facts) is None
    assert left_out(question("closers.who_else"), facts) is None


def test_where_one_said_that_one_is_looking_it_may_be_asked_about():
    assert left_out(question("market.coming_months"), TalkAhead(mode=Mode.LEAD)) is None
    assert (
        left_out(question("path.since_then"), TalkAhead(mode=Mode.LEAD, relation=Relation.WARM)) is not None
    )


def test_a_known_path_is_asked_beyond():
    first = picked(holds=frozenset({Avoid.ON_PROFILE})).picks[0]
    assert [reason.text for reason in first.why] == ["question.path", "question.beyond_profile"]


# --- how well one knows somebody


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Relation.STRANGER),
        ({"history": History(exchanges=1)}, Relation.STRANGER),
        ({"history": History(exchanges=3)}, Relation.WARM),
        ({"history": History(talks=1)}, Relation.WARM),
        ({"closeness": 3}, Relation.WARM),
        ({"closeness": 2}, Relation.STRANGER),
        ({"closeness": 5}, Relation.MENTOR),
        ({"history": History(talks=2)}, Relation.WARM),
    ],
)
def test_a_relation_is_what_was_between_two_people(facts, expected):
    assert relation_of(Relationship(contact=1, **facts)) is expected


def test_who_talked_twice_and_helped_is_a_mentor(now):
    twice = History(talks=2)
    advice = (LoopFacts(id=1, received_at=now),)
    name = (NameFacts(id=1, given_at=now),)
    assert relation_of(Relationship(contact=1, history=twice, loops=advice)) is Relation.MENTOR
    assert relation_of(Relationship(contact=1, history=twice, names=name)) is Relation.MENTOR
    assert relation_of(Relationship(contact=1, history=History(talks=1), names=name)) is Relation.WARM


def test_chance_has_no_part_in_it():
    random.seed(1)
    first = picked(minutes=30)
    random.seed(2)
    assert picked(minutes=30) == first
