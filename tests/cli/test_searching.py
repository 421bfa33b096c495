"""search: a file of profiles and a question in, the profiles that fit out, without a notebook."""

from pathlib import Path

import pytest

PEOPLE = """\
Name,Headline,Company,City,Year,Notes,Id
Ana Ruiz,Hospital logistics manager,Acme Health,Chicago,2015,"likes sailing, wards",7
Omar Said,Lawyer,Berg Ltd,Chicago,2016,knows the hospital,8
Zoë Lindt,Head nurse,Acme Health,Köln,2015,,9
"""


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8-sig")
    return str(path)


@pytest.fixture
def search(shell, people):
    def run(*more, stdin=""):
        return shell("search", people, *more, stdin=stdin)

    return run


def found(ended):
    assert ended.code == 0
    return [row["profile"].partition(",")[0] for row in ended.rows]


def test_words_filters_and_meaning_each_say_what_matched(search):
    rows = search("--query", "hospital logistics", "--where", "place=chicago", "--json").rows
    assert [(row["row"], row["words"]) for row in rows] == [(1, ["hospital", "logistics"])]
    assert rows[0]["meaning"] > 0.8
    (lawyer,) = search("--query", "attorney", "--json").rows
    assert (lawyer["profile"], lawyer["words"]) == ("Omar Said, Lawyer, Berg Ltd", [])
    assert search("--query", "attorney").out == "2  Omar Said, Lawyer, Berg Ltd  [by what they do]\n"


def test_columns_go_by_their_usual_names_and_values_however_they_are_written(search):
    assert found(search("--where", "City=KOLN", "--json")) == ["Zoë Lindt"]
    assert found(search("--where", "year=2015", "--where", "organization=acme health", "--json")) == [
        "Ana Ruiz",
        "Zoë Lindt",
    ]
    assert found(search("--where", "place=Köln", "--where", "place=Chicago", "--top", "2", "--json")) == [
        "Ana Ruiz",
        "Omar Said",
    ]


def test_several_questions_are_answered_in_turn_and_a_last_word_may_be_unfinished(search):
    ended = search("-q", "sail", "-q", "lind", "--typing", "--json")
    assert [(row["query"], row["row"]) for row in ended.rows] == [("sail", 1), ("lind", 3)]
    assert search("-q", "zzz").out == ""


def test_a_file_may_come_by_standard_input(shell):
    assert shell("search", "-", "-q", "ruiz", "--json", stdin=PEOPLE).row["row"] == 1


def test_an_index_is_kept_and_made_anew_when_the_file_changed_or_it_is_damaged(search, people, tmp_path):
    kept = tmp_path / "kept"
    words = ("-q", "sailing", "--index", str(kept), "--json")
    assert found(search(*words)) == ["Ana Ruiz"]
    first = kept.stat().st_mtime_ns
    assert found(search(*words)) == ["Ana Ruiz"]
    assert kept.stat().st_mtime_ns == first
    with Path(people).open("a", encoding="utf-8") as file:
        file.write("Ben Ito,Sailor,,Oslo,2017,sailing,10\n")
    assert set(found(search(*words))) == {"Ana Ruiz", "Ben Ito"}
    kept.write_bytes(kept.read_bytes()[:900])
    ended = search(*words)
    assert set(found(ended)) == {"Ana Ruiz", "Ben Ito"}
    assert "made anew" in ended.err


def test_a_file_that_is_no_index_is_left_as_it_is(search, tmp_path):
    other = tmp_path / "letter.txt"
    other.write_text("Dear Ana")
    assert search("-q", "ana", "--index", str(other)).code == 2
    assert other.read_text() == "Dear Ana"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say what to look for"),
        (("--where", "place"), "is not COLUMN=VALUE"),
        (("--where", "shoe=9"), "no column to filter by"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(search, words, said):
    ended = search(*words)
    assert ended.code == 2
    assert said in ended.err


def test_a_file_that_is_not_there_or_holds_nothing_is_refused(shell, tmp_path):
    assert shell("search", "nowhere.csv", "-q", "ana").code == 2
    (tmp_path / "empty.csv").write_text("")
    assert shell("search", str(tmp_path / "empty.csv"), "-q", "ana").code == 2
