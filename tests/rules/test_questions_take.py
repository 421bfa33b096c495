"""Suggestions taken over stand where they come in a talk, and leave the seeker's own alone."""

from askwell.rules.presets import PRESETS, choose
from askwell.rules.questions.bank import question
from askwell.rules.questions.model import OwnQuestion
from askwell.rules.questions.picking import Pick, TalkAhead, pick
from askwell.rules.questions.taking import is_among, take_over

ASKWELL = PRESETS["askwell"]
MINE = OwnQuestion(text="How did the fire change the ward?", starred=True)


def one(key, *, starred=False):
    return Pick(question=question(key), why=(), starred=starred)


def texts(own):
    return [each.text for each in own]


def test_a_suggestion_goes_where_it_comes_in_a_talk():
    own = take_over((), [one("closers.who_else"), one("role.week"), one("path.pull")], preset=ASKWELL)
    assert texts(own) == [
        question("path.pull").text,
        question("role.week").text,
        question("closers.who_else").text,
    ]


def test_ones_own_keep_their_words_and_their_order():
    last = OwnQuestion(text="Whom should I thank?")
    own = take_over((MINE, last), [one("path.pull")], preset=ASKWELL)
    assert own[:2] == (MINE, last)
    assert texts(own)[2] == question("path.pull").text


def test_all_at_once_they_stand_as_they_were_chosen():
    chosen = pick(TalkAhead(), preset=PRESETS["smith"])
    own = take_over((), chosen.picks, preset=PRESETS["smith"])
    assert texts(own) == [each.question.text for each in chosen.picks]
    assert [each.starred for each in own] == [each.starred for each in chosen.picks]


def test_what_is_there_already_is_not_added_again():
    there = (OwnQuestion(text="which things take up MOST of your week, and which of them did you expect"),)
    assert take_over(there, [one("role.week")], preset=ASKWELL) == there
    assert is_among(question("role.week").text, there)
    assert not is_among(question("role.unseen").text, there)


def test_stars_are_given_as_long_as_there_are_any():
    two = choose("askwell", questions_starred=2)
    own = take_over((MINE,), [one("path.pull", starred=True), one("role.week", starred=True)], preset=two)
    assert [each.starred for each in own] == [True, True, False]


def test_closing_questions_stay_together():
    own = take_over((), [one("closers.stay_in_touch"), one("give_back.useful_to_you")], preset=ASKWELL)
    assert texts(own)[0] == question("closers.stay_in_touch").text
