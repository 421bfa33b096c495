"""A new record against those known: what is found, and files that may not be trusted."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from askwell.graph.same_person import cells
from askwell.graph.same_person.index import build, load
from askwell.graph.same_person.index_files import BadIndex
from askwell.graph.same_person.rosters import roster_of

KNOWN = {
    "given": ["Jane", "Karl", "Ngozi", "Elizabeth"],
    "family": ["Doe", "Huber", "Okafor", "van der Berg"],
    "email": ["jane@acme.example", "", "ngozi@boreal.example", ""],
    "phone": ["312 555 0100", "030 901820", "", ""],
    "place": ["Boston", "Bonn", "Lagos", "Utrecht"],
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    path = tmp_path_factory.mktemp("index") / "people"
    build(KNOWN).save(path)
    return path


def rows(index, **record):
    return [match.row for match in index.query(record)]


def test_somebody_known_is_found_after_a_save_as_before(kept):
    for index in (build(KNOWN), load(kept)):
        (match,) = index.query({"given": "J.", "family": "Doe", "email": "JANE@acme.example"})
        assert match.row == 0
        assert match.probability > 0.9
        assert match.reasons[:2] == ["same e-mail address", "same family name"]
        assert rows(index, given="Liz", family="Berg", place="Utrecht") == [3]
        assert rows(index, given="Okafor", family="Ngozi", email="ngozi@boreal.example") == [2]


def test_a_stranger_and_nothing_at_all_are_nobody(kept):
    index = load(kept)
    assert rows(index, given="Otto", family="Quill", email="otto@post.example") == []
    assert rows(index) == []
    assert rows(index, given="", email="") == []


def test_in_a_crowd_of_namesakes_the_one_with_all_the_rest_is_found():
    crowd = {
        "given": ["John"] * 400,
        "family": ["Smith"] * 400,
        "place": [f"Town{number}" for number in range(400)],
        "birthday": [f"19{number % 90 + 10}-0{number % 9 + 1}-1{number % 7}" for number in range(400)],
    }
    index = build(crowd)
    record = {field: column[123] for field, column in crowd.items()}
    assert rows(index, **record)[0] == 123


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (lambda data: data[:-1], "cut short"),
        (lambda data: data + b"x", "longer"),
        (lambda data: data[:40], "damaged"),
        (lambda data: data[:20] + b"?" + data[21:], "damaged"),
        (lambda _data: b"", "not an index"),
        (lambda data: b"PK" + data, "not an index"),
    ],
)
def test_a_spoilt_file_is_refused_with_the_reason(kept, tmp_path, spoilt, said):
    path = tmp_path / "people"
    path.write_bytes(spoilt(kept.read_bytes()))
    with pytest.raises(BadIndex, match=said):
        load(path)


def test_whoever_fails_on_the_way_leaves_the_old_index(kept, monkeypatch):
    before = kept.read_bytes()
    monkeypatch.setattr("os.fsync", lambda _file: (_ for _ in ()).throw(OSError("no room")))
    with pytest.raises(OSError, match="no room"):
        build(KNOWN).save(kept)
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == ["people"]


@given(st.lists(st.text(max_size=400), min_size=3, max_size=3))
@example(["Ana\x1fRuiz", "a@x.example", ""])
@example(["x" * 10_000, "\ud800", "مريم"])
def test_one_record_that_asks_is_read_as_a_file_of_one(texts):
    """All but how rare its values are, which nobody reads of the one who asks."""
    record = {name: [text] for name, text in zip(("name", "email", "organization"), texts, strict=True)}
    whole, asks = roster_of(record), roster_of(record, asks=True)
    assert np.array_equal(whole.rows, asks.rows)
    assert np.array_equal(whole.data, asks.data)
    for field in set(whole.values.dtype.names) - {"rarity"}:
        assert np.array_equal(whole.values[field], asks.values[field])


@given(st.text(max_size=700))
@example("a\x1fb")
@example("")
def test_one_cell_is_joined_as_the_first_of_two(text):
    (one, starts), (two, begins) = cells.joined([text]), cells.joined([text, ""])
    if len(text) <= cells.MOST_BYTES:
        assert one.tobytes() == two[: begins[1]].tobytes()
        assert starts.tolist() == begins[:2].tolist()
    assert starts.tolist() == [0, len(one)]
    assert one.tobytes().count(cells.SEPARATOR.encode()) == 1
