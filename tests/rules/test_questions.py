"""The bank: every question is whole, and none stands twice."""

import itertools
import re

import pytest

from askwell.rules.catalogue import RULES
from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.decisions import because
from askwell.rules.errors import UnknownCode
from askwell.rules.explain import sentence
from askwell.rules.facts import Mode
from askwell.rules.presets import Source
from askwell.rules.questions.bank import QUESTIONS, folded, key_of, question
from askwell.rules.questions.forbidden import FORBIDDEN, forbidden_in, forbidden_to
from askwell.rules.questions.model import (
    ANY_WAY,
    ASKED,
    TITLES,
    Avoid,
    Category,
    Phase,
    Relation,
    Seeks,
    Trade,
    way_of,
)
from askwell.rules.questions.trades import trades_of
from askwell.rules.sentences import CLOSING, REFLECTION

ALL = list(QUESTIONS.values())
IN_TALK = [one for one in ALL if one.phase in ASKED]
EVERYTHING_SAID = [text for one in ALL for text in (one.text, *one.follow_ups)]
SMALL_WORDS = re.compile(
    r"\b(?:a|an|the|of|to|in|for|and|or|do|does|did|you|your|what|which|how|who|whom|where|when|is|are|it|its|that"
    r"|there|this|with|on|i|me|my|one|by|from|be|as|have|has|works?|field|would|should|could)\b"
)


def content(text):
    return set(SMALL_WORDS.sub(" ", folded(text)).split())


def test_there_is_enough_to_choose_from_in_every_category():
    assert len(IN_TALK) >= 160
    for category in Category:
        assert sum(one.category is category for one in ALL) >= 6, category
        assert TITLES[category]


def test_every_question_is_whole():
    for one in ALL:
        assert re.fullmatch(rf"{one.category}\.[a-z_]+", one.key)
        assert 1 <= len(one.follow_ups) <= 2, one.key
        assert one.modes, one.key
        assert one.modes <= ANY_WAY, one.key
        assert one.relations, one.key
        assert one.stages, one.key
        assert Avoid.ANSWERED in one.avoid, one.key
        assert one.worth in {1, 2, 3, 4}, one.key
        assert one.sources, one.key
        for source in one.sources:
            assert source in set(Source) - {Source.DEFAULT} or source == DEFAULT_OURS or len(source) > 6


@pytest.mark.parametrize(
    ("mode", "way"),
    [
        (Mode.INFORMATIONAL, Mode.INFORMATIONAL),
        (Mode.LEAD, Mode.LEAD),
        (Mode.RECONNECT, Mode.RECONNECT),
        (Mode.THANKS, Mode.INFORMATIONAL),
        (Mode.EVENT_FOLLOW_UP, Mode.INFORMATIONAL),
    ],
)
def test_a_talk_that_was_not_asked_for_goes_with_asking_for_advice(mode, way):
    assert way_of(mode) is way
    assert way in ANY_WAY


def test_it_is_short_and_asks():
    for text in EVERYTHING_SAID:
        assert len(text.split()) <= 25, text
        assert text[0].isupper(), text
        assert text.endswith("?") or text.startswith("Tell me"), text
        assert text.count("?") <= 1, text
        assert "{" not in text, text
        assert text == " ".join(text.split()), text


def test_no_question_stands_twice():
    assert len({folded(one.text) for one in ALL}) == len(ALL)
    words = [(one.key, content(one.text)) for one in ALL]
    for (key, mine), (other, theirs) in itertools.combinations(words, 2):
        if len(mine) > 1 and len(theirs) > 1:
            assert len(mine & theirs) / len(mine | theirs) <= 0.5, (key, other)


def test_what_follows_is_not_the_question_again():
    for one in ALL:
        assert folded(one.text) not in map(folded, one.follow_ups)
        assert len(set(map(folded, one.follow_ups))) == len(one.follow_ups)


def test_the_phase_follows_the_category():
    phases = {Category.GIVE_BACK: Phase.CLOSE, Category.CLOSERS: Phase.CLOSE}
    phases |= {Category.THEIRS: Phase.BEFORE, Category.REFLECTION: Phase.AFTER}
    for one in ALL:
        expected = {phases.get(one.category, Phase.CORE)}
        assert one.phase in expected | ({Phase.OPEN} if one.category is Category.PATH else set()), one.key


def test_whoever_is_asked_there_is_an_opening_for_them():
    for relation, mode in itertools.product(Relation, ANY_WAY):
        openings = [one for one in ALL if one.phase is Phase.OPEN and relation in one.relations]
        assert any(mode in one.modes for one in openings), (relation, mode)


def test_each_kind_of_work_has_questions_in_two_categories_at_least():
    for trade in Trade:
        own = [one for one in ALL if trade in one.trades]
        assert len({one.category for one in own}) >= 2
        assert all(one.trades == {trade} for one in own)


def test_what_the_agenda_and_the_reflection_say_already_reads_the_same_here():
    texts = {one.text for one in ALL}
    assert set(CLOSING.values()) <= texts
    assert [one.text for one in ALL if one.category is Category.REFLECTION] == list(REFLECTION.values())


def test_a_question_is_known_again_however_it_is_spelt():
    one = question("role.unseen")
    assert key_of("  what part of your WORK does nobody outside ever see ") == one.key
    assert key_of("What is your favourite colour?") is None
    assert folded("  Où  est-ce ?") == "ou est ce"


def test_an_unknown_question_is_an_error():
    with pytest.raises(UnknownCode):
        question("role.nothing")


def test_openings_are_asked_for_only_where_one_said_that_one_is_looking():
    for one in ALL:
        if one.seeks is Seeks.OPENINGS:
            assert one.modes == {Mode.LEAD}


# --- kinds of work


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paediatric nurse", {Trade.HEALTH}),
        ("Primary school TEACHER", {Trade.TEACHING}),
        ("Structural engineer", {Trade.CRAFT}),
        ("Full-stack developer", {Trade.DIGITAL}),
        ("Tax accountant", {Trade.MONEY}),
        ("Brand manager", {Trade.TRADING}),
        ("Supply-chain analyst", {Trade.MOVING}),
        ("Social worker", {Trade.PUBLIC}),
        ("Illustrator", {Trade.ARTS}),
        ("Marine biologist", {Trade.RESEARCH}),
        ("Data journalist", {Trade.DIGITAL, Trade.ARTS}),
        ("Manager", set()),
        ("", set()),
    ],
)
def test_a_kind_of_work_is_known_by_its_words(text, expected):
    assert trades_of(text) == expected


def test_several_texts_are_read_together():
    assert trades_of("Nurse", "Teacher") == {Trade.HEALTH, Trade.TEACHING}


# --- what is not asked


def test_every_kind_of_forbidden_question_says_why_and_what_instead():
    assert len({one.key for one in FORBIDDEN}) == len(FORBIDDEN) >= 12
    for one in FORBIDDEN:
        assert one.rule in RULES
        assert one.examples
        assert one.title
        assert one.sources
        assert question(one.instead).phase in ASKED
        said = sentence(because(one.rule, one.why, question=one.examples[0]))
        assert one.examples[0] in said
        for example in one.examples:
            assert example.endswith("?")
            assert forbidden_in(example) is one, example


def test_nothing_of_the_bank_is_forbidden():
    for one in ALL:
        mode = Mode.LEAD if one.seeks is Seeks.OPENINGS else Mode.INFORMATIONAL
        for text in (one.text, *one.follow_ups):
            assert forbidden_in(text, mode=mode) is None, text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Would you hire me?", "job"),
        ("Can you get me an internship?", "job"),
        ("Could you put in a good word with your boss?", "job"),
        ("Is your team currently hiring?", "openings"),
        ("Do you take on interns?", "openings"),
        ("Are there any vacancies?", "openings"),
        ("How much do you make?", "pay"),
        ("What’s the bonus like, and what is your salary?", "pay"),
        ("Could you take a look at my CV?", "resume"),
        ("What do you think of my résumé?", "resume"),
        ("Would you refer me?", "reference"),
        ("What exactly does your company do?", None),
        ("What does your organisation actually do?", "published"),
        ("How big is your company?", "published"),
        ("Are you married?", "private"),
        ("Who did you vote for?", "private"),
        ("Is there anything that is not yet announced?", "secrets"),
        ("Who in your team is the laziest?", "gossip"),
        ("Could you send me the director's email address?", "contacts"),
        ("Would you mentor me?", "mentor"),
        ("May I pick your brain?", "life"),
        ("Can you help me with my thesis?", "chores"),
    ],
)
def test_forbidden_questions_are_known_by_their_signs(text, key):
    found = forbidden_in(text)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    "text",
    [
        "What do you look for when you are hiring?",
        "How do you hire people?",
        "What does your organization do better than others?",
        "How many people work in your team?",
        "What do you make of it?",
        "How has pay changed in this field?",
        "What should a resume in this field show?",
        "How do you handle confidential data?",
        "What do managers here do well?",
        "How did you find a mentor?",
        "What would you recommend?",
        "How are references used in this field?",
        "Which openings did you see for new ideas?",
        "How do you handle vacancies in the team?",
    ],
)
def test_questions_that_only_look_alike_are_let_through(text):
    assert forbidden_in(text) is None


def test_what_is_too_much_for_a_stranger_may_be_asked_of_others():
    text = "Could you look over my resume?"
    assert forbidden_in(text, relation=Relation.MENTOR) is None
    assert forbidden_in("How much do you earn?", relation=Relation.MENTOR) is not None
    strangers = {one.key for one in forbidden_to(Mode.INFORMATIONAL, Relation.STRANGER)}
    mentors = {one.key for one in forbidden_to(Mode.INFORMATIONAL, Relation.MENTOR)}
    assert strangers - mentors == {"resume", "reference", "mentor"}


def test_where_one_said_that_one_is_looking_openings_may_be_asked_for():
    assert forbidden_in("Are you hiring?", mode=Mode.LEAD) is None
    assert forbidden_in("Are you hiring?", mode=Mode.RECONNECT).key == "openings"
    assert forbidden_in("Are you hiring?", mode=Mode.CHECK_IN).key == "openings"
    assert forbidden_in("Could you give me a job?", mode=Mode.LEAD).key == "job"
