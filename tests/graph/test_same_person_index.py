"""A new record against those known: what is found, and files that may not be trusted."""

import pytest

from askwell.graph.same_person.index import build, load
from askwell.graph.same_person.index_files import BadIndex

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
