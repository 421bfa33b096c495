"""Who does what somebody asks about, said in other words than theirs."""

import pytest

from askwell.search.meaning import LEAST, who_does

PEOPLE = [
    (11, "lawyer"),
    (12, "Registered nurse, City Hospital"),
    (13, "Primary school teacher"),
    (14, "Physician"),
    (15, "Journalist"),
    (16, "Data analyst, Ministry of Health"),
    (17, ""),
    (18, "大工"),
]


@pytest.mark.parametrize(
    ("question", "key"),
    [("attorney", 11), ("doctor", 14), ("news reporter", 15), ("Elementary educator", 13)],
)
def test_other_words_for_the_same_work_find_whoever_does_it(question, key):
    assert who_does(question, PEOPLE)[0].key == key


def test_the_words_that_say_so_come_along_best_first():
    best = who_does("public health data", PEOPLE)[0]
    assert (best.key, set(best.words)) == (16, {"data", "health"})


def test_work_that_nobody_does_names_nobody():
    assert who_does("poet", PEOPLE) == []


@pytest.mark.parametrize("question", ["", "?!", "zzqx", "大工"])
def test_what_means_nothing_here_names_nobody(question):
    assert who_does(question, PEOPLE) == []


def test_whoever_says_it_twice_comes_once_by_the_nearer_text():
    (only,) = who_does("attorney", [(1, "likes old law books"), (1, "lawyer")])
    assert (only.key, only.words) == (1, ("lawyer",))


def test_nobody_to_ask_is_nobody():
    assert who_does("lawyer", []) == []


def test_equals_keep_their_order_and_no_more_come_than_are_asked_for():
    doers = who_does("attorney", [(key, "lawyer") for key in range(30)], 5)
    assert [one.key for one in doers] == [0, 1, 2, 3, 4]
    assert all(one.likeness >= LEAST for one in doers)
