"""``askwell resolve``: a line a row, whatever the file is like."""

import json

import pytest


@pytest.fixture
def resolve(shell, tmp_path):
    """Resolve a file of these bytes."""

    def ended(data, *words):
        path = tmp_path / "people.csv"
        path.write_bytes(data)
        return shell("resolve", str(path), "--json", *words)

    return ended


def test_each_row_is_told_with_its_cluster_and_why(resolve):
    ended = resolve(
        b'name,email\nJane Doe,jane@acme.example\n"DOE, Jane",Jane@ACME.example\nKarl Huber,\n,\n'
    )
    assert [row["row"] for row in ended.rows] == [1, 2, 3, 4]
    assert [row["cluster"] for row in ended.rows] == [1, 1, 2, 3]
    assert ended.rows[0]["reasons"] == ["same e-mail address", "same family name", "same given name"]
    assert all(0.5 < row["probability"] <= 1 for row in ended.rows)
    assert not ended.err


def test_columns_nobody_knows_are_named_and_keys_are_not(resolve):
    ended = resolve(b"rec_id,given_name,surname,shoe size\n1,Jane,Doe,38\n")
    assert ended.err == "Not used: shoe size.\n"


def test_columns_are_told_by_header_or_by_number(resolve, shell):
    data = b"who,where\nJane Doe,Boston\nJane Doe,Boston\n"
    assert [row["cluster"] for row in resolve(data, "--columns", "name=who, place=where").rows] == [1, 1]
    ended = shell(
        "resolve", "-", "--columns", "name=1,place=2", "--json", stdin="Jane Doe,Boston\nKarl Huber,\n"
    )
    assert [row["cluster"] for row in ended.rows] == [1, 2]


@pytest.mark.parametrize(
    ("columns", "said"),
    [("name", "is not FIELD=COLUMN"), ("shoe=1", "is no field"), ("name=who", "There is no column “who”")],
)
def test_columns_told_wrongly_are_bad_use(resolve, columns, said):
    ended = resolve(b"name\nJane Doe\n", "--columns", columns)
    assert ended.code == 2
    assert said in json.loads(ended.err or ended.out)["message"]


def test_a_file_without_header_is_bad_use_that_says_what_to_do(resolve):
    ended = resolve(b"Jane Doe,Boston\nKarl Huber,Bonn\n")
    assert ended.code == 2
    assert "--columns name=1" in ended.err + ended.out


def test_a_file_that_is_not_there_is_bad_use(shell):
    assert shell("resolve", "nowhere.csv").code == 2


@pytest.mark.parametrize("data", [b"", b"\n", b"name,email\n"])
def test_a_file_without_rows_has_no_lines(resolve, data):
    ended = resolve(data)
    assert (ended.code, ended.out) == (0, "")


def test_a_blank_line_is_a_row_and_nothing_is_lost(resolve):
    ended = resolve(
        b'name,email\n\n"stray,a@acme.example\nJane Doe,b@acme.example\n' + b"x" * 10_000 + b",\n"
    )
    assert [row["row"] for row in ended.rows] == [1, 2, 3, 4]


def test_another_encoding_and_null_characters_are_read_and_told(resolve):
    ended = resolve("name\nJosé García\n\0José García\nJose Garcia\n".encode("latin-1"))
    assert [row["cluster"] for row in ended.rows] == [1, 1, 1]
    assert "not UTF-8" in ended.err
    assert "null characters" in ended.err


def test_without_json_the_reasons_follow_each_row(shell):
    ended = shell("resolve", stdin="name;email\nJane Doe;jane@acme.example\nJane Doe;jane@acme.example\n")
    assert ended.out.splitlines()[0].endswith("same e-mail address, same family name, same given name")
