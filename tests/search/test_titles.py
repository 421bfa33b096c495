"""Titles matched to labels: what fits first, what never fits, and an index that is kept."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.search.titles import store
from askwell.search.titles.cuts import bag, grams, grams_of, post_grams, post_words
from askwell.search.titles.index import LOOKED_AT, build
from askwell.search.titles.store import NotAnIndex, load, save
from askwell.search.titles.vectors import shipped

WORK = [
    ("nurse", "registered nurse"),
    ("nurse", "staff nurse"),
    ("cook", "cook"),
    ("cook", "kitchen chef"),
    ("driver", "lorry driver"),
    ("developer", "software developer"),
    ("developer", "programmer"),
    ("teacher", "primary school teacher"),
    ("lawyer", "lawyer"),
]


@pytest.fixture(scope="module")
def work():
    return build(WORK)


def first(index, query):
    return index.rank(query, 1)[0].id


@pytest.mark.parametrize(
    ("title", "occupation"),
    [
        ("Registered Nurse", "nurse"),
        ("Sous chef (m/f) for our kitchen", "cook"),
        ("attorney", "lawyer"),
        ("truck driver", "driver"),
        ("Python coder", "developer"),
        ("Elementary educator", "teacher"),
        ("SOFTWRE DEVELOPR", "developer"),
    ],
)
def test_a_title_meets_its_occupation_by_words_by_meaning_and_in_spite_of_slips(work, title, occupation):
    assert first(work, title) == occupation


def test_each_id_comes_once_with_the_text_that_fits_best(work):
    found = work.rank("Programmer", 10)
    assert (found[0].id, found[0].text) == ("developer", "programmer")
    assert len({label.id for label in found}) == len(found) <= 6
    assert [label.score for label in found] == sorted((label.score for label in found), reverse=True)


def test_a_title_that_is_a_label_beats_one_that_holds_it():
    index = build([("long", "head cook of a school"), ("cook", "cook"), ("chief", "head cook")])
    assert first(index, "Cook") == "cook"
    assert first(index, "head  COOK") == "chief"


@pytest.mark.parametrize("query", ["", "   ", "!?", "ξύω", "電気"])
def test_what_shares_nothing_with_any_label_gets_none(work, query):
    assert work.rank(query) == []


def test_other_scripts_meet_by_their_characters():
    index = build([("a", "看護師"), ("b", "電気技師"), ("c", "врач"), ("d", "nurse")])
    assert [first(index, query) for query in ("看護", "電気", "ВРАЧИ")] == ["a", "b", "c"]


def test_ten_thousand_letters_are_a_query_like_any_other(work):
    assert first(work, "nurse " * 2000) == "nurse"
    assert work.rank("x" * 10_000) == []


def test_equal_labels_keep_the_order_of_the_file_among_many_more_than_are_asked_for():
    index = build((f"id{n}", "night porter") for n in range(4 * LOOKED_AT))
    assert [label.id for label in index.rank("night porter", 5)] == [f"id{n}" for n in range(5)]


def test_what_is_asked_alone_and_among_many_gets_the_same_answer(work):
    titles = [text for _, text in WORK] * 60
    assert [work.rank(title) for title in titles[:9]] == list(work.rank_all(titles))[:9]


def test_no_labels_give_no_answers():
    assert build([]).rank("nurse") == []


def test_a_label_of_signs_alone_fits_nothing_and_hurts_nobody():
    assert first(build([("a", "***"), ("b", "nurse")]), "nurse") == "b"


texts = st.lists(st.text("abc äß看", max_size=12), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(texts, st.text("abc äß看", max_size=12))
def test_posted_likeness_is_the_cosine_reckoned_by_hand(documents, query):
    bags = [bag(text) for text in documents]
    for cut, post in ((Counter, post_words), (grams_of, post_grams)):
        rows, posted = post(bags)
        wanted = _cosines([cut(one) for one in bags], cut(bag(query)))
        held = [(rows[name], n) for name, n in cut(bag(query)).items() if name in rows]
        found = posted.similarities([row for row, _ in held], [n for _, n in held])
        np.testing.assert_allclose(found, wanted, atol=1e-5)


def _cosines(documents, query):
    rarity = {
        name: math.log((1 + len(documents)) / (1 + sum(name in one for one in documents))) + 1
        for one in documents
        for name in one
    }

    def weighed(held):
        weighs = {name: (1 + math.log(n)) * rarity[name] for name, n in held.items() if name in rarity}
        length = math.hypot(*weighs.values()) or 1
        return {name: weigh / length for name, weigh in weighs.items()}

    asked = weighed(query)
    return [sum(weigh * asked.get(name, 0) for name, weigh in weighed(one).items()) for one in documents]


def test_what_nearly_all_of_many_documents_hold_is_not_looked_up():
    bags = [bag(f"the {'porter' if n < 9 else 'baker'}") for n in range(300)]
    rows, posted = post_words(bags)
    assert not posted.similarities([rows["the"]], [1]).any()
    assert np.flatnonzero(posted.similarities([rows["porter"]], [1])).tolist() == list(range(9))


def test_a_word_beyond_ascii_is_cut_shorter():
    assert " ä" in grams("äß")
    assert " c" not in grams("cook")


def test_the_vector_of_a_text_is_the_sum_of_its_words_brought_to_length_one():
    vectors = shipped()
    nurse, night = vectors.of([bag("nurse")])[0], vectors.of([bag("nurse night nurse")])[0]
    rows = [vectors.rows["nurse"], vectors.rows["night"]]
    wanted = (vectors.steps[rows] * vectors.scales[rows, None]).T @ [1 + math.log(2), 1]
    np.testing.assert_allclose(night, wanted / np.linalg.norm(wanted), atol=1e-5)
    assert np.linalg.norm(nurse) == pytest.approx(1, abs=1e-5)
    assert not vectors.of([bag("zzqx")]).any()


class TestAKeptIndex:
    def test_it_answers_as_the_one_that_was_made(self, work, tmp_path):
        save(work, tmp_path / "kept", digest="d")
        kept = load(tmp_path / "kept", digest="d")
        titles = [text for _, text in WORK] + ["chef", "x", ""]
        assert list(kept.rank_all(titles)) == list(work.rank_all(titles))

    def test_it_is_not_used_for_other_labels_nor_by_another_version(self, work, tmp_path, monkeypatch):
        save(work, tmp_path / "kept", digest="d")
        assert load(tmp_path / "kept", digest="e") is None
        monkeypatch.setattr(store, "FORM", 0)
        assert load(tmp_path / "kept", digest="d") is None

    def test_wherever_it_is_cut_or_a_bit_is_changed_it_is_not_used(self, work, tmp_path):
        save(work, path := tmp_path / "kept", digest="d")
        whole = path.read_bytes()
        for at in range(len(store.KIND), len(whole), len(whole) // 50):
            path.write_bytes(whole[:at])
            assert load(path, digest="d") is None
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
            assert load(path, digest="d") is None
        path.write_bytes(whole[:5])
        assert load(path, digest="d") is None

    def test_a_file_that_is_something_else_is_not_taken_for_a_broken_one(self, tmp_path):
        (tmp_path / "letter").write_text("Dear Jane")
        with pytest.raises(NotAnIndex):
            load(tmp_path / "letter", digest="d")

    def test_stopped_while_writing_the_old_one_stands_and_nothing_lies_beside_it(
        self, work, tmp_path, monkeypatch
    ):
        save(work, path := tmp_path / "kept", digest="old")

        def full(self, target):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(store.Path, "replace", full)
        with pytest.raises(OSError, match="No space"):
            save(work, path, digest="new")
        monkeypatch.undo()
        assert load(path, digest="old") is not None
        assert [one.name for one in tmp_path.iterdir()] == ["kept"]

    def test_none_and_an_empty_file_are_none(self, tmp_path):
        (tmp_path / "empty").touch()
        assert load(tmp_path / "empty", digest="d") is None
        assert load(tmp_path / "missing", digest="d") is None

    def test_no_labels_are_kept_as_well(self, tmp_path):
        save(build([]), tmp_path / "kept", digest="d")
        assert load(tmp_path / "kept", digest="d").rank("nurse") == []
