"""Profiles found by words, filters and meaning, held to the same answers written out in plain Python."""

from __future__ import annotations

import math
import os
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.search.profiles import loops, meanings
from askwell.search.profiles.asking import LEAST, ask
from askwell.search.profiles.index import WEIGHTS, BadIndex, build, load, save
from askwell.search.profiles.texts import key_of
from askwell.search.slips import mistaken_for
from askwell.search.text import fold, terms, words
from askwell.search.titles.cuts import bag
from askwell.search.titles.vectors import shipped

NAMES = ["Ana Ruiz", "Jürgen Müller", "Omar O’Brien", "Zoë"]
TITLES = ["Head nurse", "Lawyer", "Hospital logistics manager", ""]
NOTES = ["knows the hospital", "wards, hospital law in the U.S.A.", "x" * 10_000 + " end", "\0 🙂 مستشفى"]
PLACES = ["Chicago", "Berlin", "CHICAGO", ""]


@pytest.fixture(scope="module")
def four():
    fields = {"name": NAMES, "title": TITLES, "notes": NOTES}
    return build(fields, filters={"place": PLACES}, labels=NAMES)


def named(index, text, **more):
    return [index.labels.text(one.row) for one in ask(index, text, **more)]


def spellings(part):
    found = words(part)
    return found + ([] if part.isascii() else sorted(terms(part).difference(found)))


class Plain:
    """The same index, row by row and word by word."""

    def __init__(self, fields, filters):
        self.count = len(next(iter(fields.values())))
        self.filters = filters
        self.held = [Counter() for _row in range(self.count)]
        self.sizes = [0] * self.count
        for name, column in fields.items():
            for row, text in enumerate(column):
                found = [word for part in text.split() for word in spellings(part)]
                self.sizes[row] += len(found)
                for word in found:
                    self.held[row][key_of(word)] += WEIGHTS.get(name, 2)
        self.mean = max(1.0, sum(self.sizes) / max(1, self.count))
        self.words = sorted({word for row in self.held for word in row})

    def says(self, row, words):
        half = 6.0 * (0.6 + 0.4 * self.sizes[row] / self.mean)
        weighs = [min(255, self.held[row][word]) for word in words if word in self.held[row]]
        return max((max(1, int(255 * weigh / (weigh + half))) for weigh in weighs), default=0)

    def rarity(self, words):
        held = min(self.count, sum(word in row for row in self.held for word in words))
        return max(1, round(64 * math.log(1 + (self.count - held + 0.5) / (held + 0.5))))

    def meant(self, word, begun):
        if begun and len(word) > 1 and (found := [one for one in self.words if one.startswith(word)]):
            return found
        if word in self.words:
            return [word]
        near = [
            one.decode("utf-8", "replace")
            for one in self.words
            if one[:1] == word[:1] and abs(len(one) - len(word)) <= 2
        ]
        return [key_of(one) for one in mistaken_for(word.decode(), near)]

    def ask(self, text, where, top, *, typing=False):
        asked = list(dict.fromkeys(map(key_of, words(text))))
        slots = [self.meant(word, typing and word is asked[-1]) for word in asked]
        if not slots and not where:
            return []
        passing = [
            row
            for row in range(self.count)
            if all(fold(self.filters[name][row]) in map(fold, some) for name, some in where.items())
        ]
        told = {row: [self.says(row, slot) for slot in slots] for row in passing}
        found = [row for row in passing if all(told[row])]
        if not found and len(slots) > 1:
            found = [row for row in passing if any(told[row])]
        rarities = [self.rarity(slot) for slot in slots]
        score = {row: sum(a * b for a, b in zip(told[row], rarities, strict=True)) for row in found}
        return sorted(found, key=lambda row: (-score[row], row))[:top]


WORDS = [
    "ana",
    "anna",
    "hospital",
    "hospitals",
    "law",
    "lawyer",
    "Müller",
    "O'Neil",
    "ward",
    "x" * 90,
    "病院",
    "🙂",
]
TEXT = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=12)
VALUE = st.sampled_from(["", "Leeds", "LEEDS", "Köln"])
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT, VALUE, VALUE), min_size=1, max_size=30)
WHERE = st.dictionaries(
    st.sampled_from(["place", "year"]),
    st.lists(VALUE | st.just("Atlantis"), min_size=1, max_size=2),
    max_size=2,
)


@given(ROWS, TEXT, WHERE, st.integers(1, 10), st.booleans())
def test_words_and_filters_give_what_going_through_all_rows_gives(rows, text, where, top, typing):
    columns = dict(
        zip(["name", "title", "notes", "place", "year"], map(list, zip(*rows, strict=True)), strict=True)
    )
    filters = {name: columns.pop(name) for name in ("place", "year")}
    index = build(columns, filters=filters)
    found = ask(index, text, where=where, top=top, typing=typing, meaning=False)
    assert [one.row for one in found] == Plain(columns, filters).ask(text, where, top, typing=typing)


@given(ROWS, TEXT, WHERE)
def test_meaning_gives_the_nearest_of_all_rows(rows, text, where):
    columns = {"title": [row[0] for row in rows], "notes": [row[1] for row in rows]}
    filters = {"place": [row[3] for row in rows], "year": [row[4] for row in rows]}
    index = build({"title": columns["title"]}, filters=filters)
    asked = shipped().of([bag(text)])[0]
    near = np.rint(127 * shipped().of([bag(title) for title in columns["title"]])).astype(int)
    scores = near @ np.rint(127 * asked).astype(int)
    passing = [
        all(fold(filters[name][row]) in map(fold, some) for name, some in where.items())
        for row in range(len(rows))
    ]
    wanted = {row: round(score / 127**2, 3) for row, score in enumerate(scores.tolist())}
    wanted = {
        row: like for row, like in wanted.items() if passing[row] and scores[row] >= round(LEAST * 127 * 127)
    }
    found = {one.row: one.likeness for one in ask(index, text, where=where, top=50) if one.likeness}
    assert found == pytest.approx(wanted, abs=0.03)


def test_a_word_in_the_name_says_more_than_in_the_notes_and_the_meaning_of_a_title_counts(four):
    assert named(four, "hospital") == ["Omar O’Brien", "Ana Ruiz", "Jürgen Müller"]
    first, *_rest = ask(four, "hospital logistics")
    assert (first.words, first.likeness > 0.8) == (("hospital", "logistics"), True)
    (lawyer,) = ask(four, "attorney")
    assert (four.labels.text(lawyer.row), lawyer.words, lawyer.likeness > LEAST) == (
        "Jürgen Müller",
        (),
        True,
    )
    assert named(four, "attorney", meaning=False) == []


@pytest.mark.parametrize("typed", ["muller", "müller", "mueller", "mulller", "MÜLLER", "usa", "U.S.A."])
def test_spellings_and_slips_meet(four, typed):
    assert named(four, typed, meaning=False) == ["Jürgen Müller"]


def test_the_last_word_may_be_the_beginning_of_one_while_it_is_typed(four):
    assert named(four, "hosp", meaning=False) == []
    found = ask(four, "omar hosp", typing=True, meaning=False)
    assert [(four.labels.text(one.row), one.words) for one in found] == [
        ("Omar O’Brien", ("omar", "hospital"))
    ]


def test_a_filter_alone_lists_its_rows_and_one_nobody_knows_lists_none(four):
    assert named(four, "", where={"place": ["chicago"]}) == ["Ana Ruiz", "Omar O’Brien"]
    assert named(four, "hospital", where={"place": ["Atlantis"]}) == []
    with pytest.raises(KeyError):
        ask(four, "hospital", where={"shoe": ["9"]})


def test_hostile_texts_are_words_like_others(four):
    assert named(four, "مستشفى") == ["Zoë"]
    assert named(four, "x" * 10_000, meaning=False) == ["Omar O’Brien"]
    assert named(four, "end", meaning=False) == ["Omar O’Brien"]
    assert named(four, "") == named(four, "🙂") == named(four, "\0") == []
    assert named(four, " ".join(f"word{n}" for n in range(500))) == []


def test_nobody_at_all_is_an_index_too():
    index = build({"name": [], "title": []}, filters={"place": []})
    assert ask(index, "ana", where={"place": ["Leeds"]}) == []
    assert ask(build({}), "ana") == []


def test_a_million_identical_rows_answer_with_the_first():
    count = 1_000_000
    index = build({"title": ["Head nurse"] * count}, filters={"place": ["Leeds"] * count})
    found = ask(index, "head nurse", where={"place": ["Leeds"]}, top=3)
    assert [one.row for one in found] == [0, 1, 2]
    assert [one.row for one in ask(index, "head zebra", top=3, meaning=False)] == [0, 1, 2]


@pytest.fixture(scope="module")
def crowd():
    """Enough rows for compiled loops, with words that many have and words that few have."""
    chance = np.random.default_rng(5)
    used = [f"word{n}" for n in range(400)]
    shares = 1 / np.arange(1, 401)
    notes = [" ".join(chance.choice(used, 8, p=shares / shares.sum())) for _row in range(1500)]
    titles = [
        f"{a} {b}"
        for a, b in zip(
            chance.choice(["head", "chief"], 1500), chance.choice(["nurse", "lawyer"], 1500), strict=True
        )
    ]
    places = [f"Place {n}" for n in chance.integers(0, 40, 1500)]
    return {"title": titles, "notes": notes}, {"place": places}


def test_compiled_or_not_the_answers_are_those_of_plain_python(crowd):
    index, plain = build(crowd[0], filters=crowd[1]), Plain(*crowd)
    chance = np.random.default_rng(6)
    for _turn in range(60):
        text = " ".join(f"word{n}" for n in chance.integers(0, 200, chance.integers(1, 4)))
        where = {"place": [f"Place {chance.integers(0, 41)}"]} if chance.random() < 0.6 else {}
        found = ask(index, text, where=where, meaning=False)
        assert [one.row for one in found] == plain.ask(text, where, 20)


def test_gathered_around_centres_the_nearest_are_found_as_where_all_are_looked_at(crowd, monkeypatch):
    monkeypatch.setattr(meanings, "FEW", 100)
    monkeypatch.setattr(meanings, "_CENTRES", 16)
    index = build(crowd[0], filters=crowd[1])
    assert len(index.meanings.centres) == 4  # as many as there are titles
    assert sorted(index.meanings.owners.tolist()) == list(range(1500))
    found = ask(index, "attorney", top=5)
    assert {crowd[0]["title"][one.row].split()[1] for one in found} == {"lawyer"}


def test_a_file_gives_the_same_answers(four, tmp_path):
    save(four, tmp_path / "four")
    index = load(tmp_path / "four")
    for text in ("hospital", "attorney", "muler"):
        assert ask(index, text, where={"place": ["Chicago", "Berlin"]}) == ask(
            four, text, where={"place": ["Chicago", "Berlin"]}
        )
    assert [index.labels.text(row) for row in range(4)] == NAMES


@pytest.mark.parametrize("keep", [0, 5, 40, 2000, -1])
def test_a_file_cut_short_is_refused(four, tmp_path, keep):
    path = tmp_path / "four"
    save(four, path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BadIndex):
        load(path)


def test_a_file_of_something_else_or_of_another_version_is_refused(four, tmp_path, monkeypatch):
    (tmp_path / "other").write_bytes(b"\x89PNG" + bytes(5000))
    with pytest.raises(BadIndex):
        load(tmp_path / "other")
    save(four, tmp_path / "four")
    monkeypatch.setattr("askwell.search.profiles.index.FORM", 2)
    with pytest.raises(BadIndex, match="another version"):
        load(tmp_path / "four")


def test_killed_while_it_is_written_the_old_index_stands(four, tmp_path, monkeypatch):
    path = tmp_path / "four"
    save(four, path)
    before = path.read_bytes()

    def stop(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        save(build({"name": ["Somebody else"]}), path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["four"]


def test_a_run_without_end_is_cut_and_found_by_its_inside():
    index = build({"notes": ["あ" * 5_000 + "病院" + "い" * 5_000, "駅"]}, labels=["a", "b"])
    assert named(index, "病院い", typing=True, meaning=False) == ["a"]


def test_few_profiles_wait_for_no_compiler():
    assert loops.fitting(loops.post, 10) is not loops.post
    assert loops.fitting(loops.post, 10_000) is loops.post
