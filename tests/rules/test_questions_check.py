"""The seeker's own questions are looked at: how many, how closed, which not."""

import pytest

from askwell.rules.explain import sentence
from askwell.rules.facts import Mode
from askwell.rules.preparation import Preparation, check_preparation
from askwell.rules.presets import PRESETS, choose
from askwell.rules.questions.bank import QUESTIONS
from askwell.rules.questions.checking import check, is_closed
from askwell.rules.questions.model import ASKED, OwnQuestion, Relation
from askwell.rules.severity import Severity

ASKWELL = PRESETS["askwell"]
GOOD = [
    "How did you come to nursing?",
    "What fills the night shift?",
    "Which training helped?",
    "Where do nurses of this ward meet?",
    "In my place, what would you do next?",
    "Who else would you suggest I talk to?",
]


def own(*texts, stars=1):
    return [OwnQuestion(text=text, starred=number < stars) for number, text in enumerate(texts)]


def said(*texts, **how):
    return [(each.reason.rule, each.reason.text) for each in check(own(*texts), preset=ASKWELL, **how)]


def test_good_questions_are_let_be():
    assert said(*GOOD) == []


@pytest.mark.parametrize(
    ("count", "expected"),
    [(4, "prepare.questions_few"), (5, None), (12, None), (13, "prepare.questions_many")],
)
def test_five_to_twelve_are_a_good_number(count, expected):
    found = check(own(*(f"How was year {number}?" for number in range(count))), preset=ASKWELL)
    assert [each.reason.text for each in found] == ([expected] if expected else [])
    assert all(each.severity is Severity.WARNING for each in found)


def test_the_number_is_the_presets():
    few = choose("askwell", questions_max=6)
    assert [each.reason.text for each in check(own(*GOOD, GOOD[0] + "?"), preset=few)] == [
        "prepare.questions_many"
    ]


def test_the_most_wanted_are_to_be_marked():
    (found,) = check(own(*GOOD, stars=0), preset=ASKWELL)
    assert found.reason.text == "prepare.star"
    assert found.severity is Severity.HINT


def test_one_closed_question_does_no_harm_and_two_are_named():
    assert said(*GOOD, "Do you like your work?") == []
    found = check(own(*GOOD, "Do you like your work?", "Is it hard?"), preset=ASKWELL)
    (reason,) = [each.reason for each in found]
    assert reason.rule == "P04"
    assert "“Do you like your work?”" in sentence(reason)
    assert reason.params["count"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "Do you like it?",
        "Is there a lot of travel?",
        "Are you happy with the hours?",
        "Can one learn it later?",
        "Did your studies help?",
        "So would you do it again?",
        "Isn't it lonely?",
        "Don’t you miss the lab?",
        "Have you ever regretted it?",
    ],
)
def test_closed_questions_are_known(text):
    assert is_closed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Could you tell me about your first year?",
        "Would you describe the team?",
        "Do you remember how it began?",
        "Can you walk me through a week?",
        "Would you mind saying why?",
        "What was hard?",
        "May I use your name?",
        "May I let you know how it goes?",
        "Is there someone else I should hear?",
        "Is there something I could do for you?",
        "Could you introduce me to her?",
        "Was hat Sie überrascht?",  # German for: what surprised you
        "Will power matter?",
        "Tell me about the ward.",
        "",
    ],
)
def test_open_and_closing_questions_are_no_closed_ones(text):
    assert not is_closed(text)


def test_no_question_of_the_bank_for_the_talk_is_closed():
    assert [one.key for one in QUESTIONS.values() if one.phase in ASKED and is_closed(one.text)] == []


def test_a_forbidden_question_is_named_with_its_rule():
    found = check(own(*GOOD, "How much do you earn?", "Are you hiring?"), preset=ASKWELL)
    named = {each.reason.rule: sentence(each.reason) for each in found}
    assert "“How much do you earn?”" in named["C09"]
    assert "“Are you hiring?”" in named["C06"]
    assert all(each.severity is Severity.WARNING for each in found)


def test_what_is_forbidden_depends_on_the_asking_and_on_the_person():
    assert said(*GOOD, "Are you hiring?", mode=Mode.LEAD) == []
    assert said(*GOOD, "Could you look over my resume?") == [("D02", "forbidden.resume")]
    assert said(*GOOD, "Could you look over my resume?", relation=Relation.WARM) == []


def test_the_preparation_of_a_talk_says_the_same():
    prepared = Preparation(questions=tuple(own(*GOOD, "How much do you earn?")), mode=Mode.INFORMATIONAL)
    rules = [each.reason.rule for each in check_preparation(prepared, preset=ASKWELL).findings]
    assert "C09" in rules
