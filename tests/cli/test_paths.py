"""``askwell paths``: the strongest way to somebody, from a file of ties."""

import io
import json

import pytest

from askwell.cli import tie_files

TIES = """strength,Target,source,evidence,since
0.8,Ben,Ana,"both at Acme, 2020",2019
0.9,Cho,Ben,,
0.2,Cho,Ana,school,
0.5,Eve,Dev,,
"""
WARM = ["Ana", "Ben", "Cho"]


@pytest.fixture(params=["small", "large"])
def paths(askwell, tmp_path, request, monkeypatch):
    """Write ties to a file, and give what the command says of them; large files are read in another way."""
    monkeypatch.setattr(tie_files, "LARGE", 0 if request.param == "large" else tie_files.LARGE)

    def run(ties, *words, exit_code=0):
        (tmp_path / "ties.csv").write_text(ties, encoding="utf-8")
        ended = askwell("paths", str(tmp_path / "ties.csv"), *words, "--json")
        assert ended.code == exit_code, ended.err
        return ended

    return run


@pytest.fixture
def pairs(tmp_path):
    """A file of pairs."""

    def write(*rows):
        (tmp_path / "pairs.csv").write_text("\n".join(("source,target", *rows)))
        return "--pairs", str(tmp_path / "pairs.csv")

    return write


def test_the_strongest_way_comes_with_the_evidence_of_each_hop(paths):
    row = paths(TIES, "--from", "Ana", "--to", "Cho").row
    assert row == {
        "source": "Ana",
        "target": "Cho",
        "path": WARM,
        "strength": pytest.approx(0.72),
        "evidence": ["both at Acme, 2020", None],
    }


def test_a_limit_on_hops_is_kept(paths):
    row = paths(TIES, "--from", "Ana", "--to", "Cho", "--max-hops", "1").row
    assert (row["path"], row["strength"], row["evidence"]) == (["Ana", "Cho"], 0.2, ["school"])


def test_several_ways_come_best_first_with_their_rank(paths):
    rows = paths(TIES, "--from", "Ana", "--to", "Cho", "-k", "5").rows
    assert [(row["rank"], row["path"]) for row in rows] == [(1, WARM), (2, ["Ana", "Cho"])]


def test_every_pair_asked_for_has_its_line(paths, pairs):
    asked = pairs("Ana,Cho", "Ana,Zed", "Ana,Dev", "Ben,Ben")
    rows = paths(TIES, *asked, exit_code=1).rows
    assert [(row["path"], row["strength"]) for row in rows] == [
        (WARM, pytest.approx(0.72)),
        ([], None),
        ([], None),
        (["Ben"], 1),
    ]
    assert "“Zed”" in rows[1]["error"]
    assert ["error" in row for row in rows] == [False, True, False, False]


def test_pairs_all_known_end_well(paths, pairs):
    assert len(paths(TIES, *pairs("Ana,Cho", "Ana,Dev")).rows) == 2


def test_an_end_nobody_has_heard_of_is_named(paths):
    ended = paths(TIES, "--from", "Ana", "--to", "Zed", exit_code=3)
    assert "“Zed”" in ended.out + ended.err


def test_ties_come_by_standard_input(askwell, monkeypatch):
    class Input:
        buffer = io.BytesIO(TIES.encode())

    monkeypatch.setattr("sys.stdin", Input)
    assert json.loads(askwell("paths", "-", "--from", "Ana", "--to", "Cho", "--json").out)["path"] == WARM


def test_without_json_a_way_is_a_line_to_read(askwell, tmp_path, pairs):
    (tmp_path / "ties.csv").write_text(TIES)
    ended = askwell("paths", str(tmp_path / "ties.csv"), *pairs("Ana,Cho", "Ana,Dev"))
    assert ended.out.splitlines() == ["0.720  Ana - Ben - Cho", "-      Ana, Dev: no way."]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("0,Ana,Ben,,", "the strength 0 is not above 0"),
        ("nan,Ana,Ben,,", "the strength nan"),
        ("1.5,Ana,Ben,,", "the strength 1.5"),
        ("-1,Ana,Ben,,", "the strength -1"),
        ("strong,Ana,Ben,,", "“strong” is not a number"),
        (",Ana,Ben,,", "“” is not a number"),
        ("1,Ana,Ana,,", "to themselves"),
        ("1,Ana", "too few columns"),
        ("1,,Ana,,", "a name is missing"),
    ],
)
def test_a_row_that_is_no_tie_is_named_by_its_line_and_stops_nothing(paths, row, said):
    ended = paths(f"{TIES}{row}\n1,Fay,Cho,,\n", "--from", "Ana", "--to", "Fay", exit_code=1)
    assert ended.row["path"] == [*WARM, "Fay"]
    assert "ties.csv:6: " in ended.err
    assert said in ended.err


def test_lines_are_counted_rightly_behind_a_cell_of_several_lines(paths):
    ties = 'source,target,strength,evidence\n\nAna,Ben,1,"at Acme\nand after"\nBen,Ben,1,\n'
    ended = paths(ties, "--from", "Ana", "--to", "Ben", exit_code=1)
    assert ended.row["evidence"] == ["at Acme\nand after"]
    assert "ties.csv:5: a tie of somebody to themselves" in ended.err


def test_of_many_bad_rows_the_first_are_named_and_the_rest_counted(paths):
    ended = paths(TIES + "0,Ana,Ben,,\n" * 30, "--from", "Ana", "--to", "Cho", exit_code=1)
    assert "and 10 more rows like these." in ended.err


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ("", "there is no column source"),
        ("source,target\nAna,Ben\n", "there is no column strength; the first line has: source, target."),
        ("source;target;strength\nAna;Ben;1\n", "the first line has: source;target;strength."),
        ('source,target,strength\nAna,"' + "x" * (1 << 20) + 'y",1\n', "ties.csv:2: field larger"),
    ],
)
def test_a_file_that_holds_no_ties_is_refused(paths, ties, said):
    ended = paths(ties, "--from", "Ana", "--to", "Ben", exit_code=2)
    assert said in ended.out + ended.err


def test_a_file_that_is_not_text_is_refused_with_its_line(askwell, tmp_path):
    (tmp_path / "ties.csv").write_bytes(b"source,target,strength\nAna,B\xffn,1\n")
    ended = askwell("paths", str(tmp_path / "ties.csv"), "--from", "Ana", "--to", "Ben")
    assert ended.code == 2
    assert "ties.csv:2: this is not UTF-8" in ended.out + ended.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--from", "Ana"),
        ("--from", "Ana", "--to", "Ben", "--pairs", "pairs.csv"),
        ("--pairs", "nowhere.csv"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(paths, words):
    paths(TIES, *words, exit_code=2)


def test_standard_input_cannot_be_both_files(askwell):
    assert askwell("paths", "-", "--pairs", "-").code == 2


def test_both_ways_of_reading_name_the_same_rows(askwell, tmp_path, monkeypatch):
    rows = [
        "\ufeffsource,target,strength,evidence",
        ' Ana ,"Ben",0.5,"said ""yes"", once"',
        "Ben,\u2003Cho,0.123456789012345678,",
        '"Cho ""C"" Chen",Ana,5e-1,"two',
        'lines"',
        "Dev,Dev,x,",
        "Eve,,1,",
        "Eve",
        "",
        "Fay,Ana,2,",
        "José,Ana,.5,",
        "José,Zoë,1,met\r",
    ]
    (tmp_path / "ties.csv").write_text("\n".join(rows), encoding="utf-8", newline="")
    (tmp_path / "pairs.csv").write_text('source,target\nZoë,Cho\n"Cho ""C"" Chen",Ben\nFay,Ben\n')
    words = ("paths", str(tmp_path / "ties.csv"), "--pairs", str(tmp_path / "pairs.csv"), "--json")
    small = askwell(*words)
    monkeypatch.setattr(tie_files, "LARGE", 0)
    large = askwell(*words)
    assert (large.code, large.out) == (small.code, small.out)
    assert sorted(large.err.splitlines()) == sorted(small.err.splitlines())
    assert small.rows[1]["evidence"] == ["two\nlines", 'said "yes", once']


# --- an index


@pytest.fixture
def ask(askwell, tmp_path):
    """Write ties unless they are there, and ask by an index."""

    def run(ties=None):
        if ties is not None:
            (tmp_path / "ties.csv").write_text(ties, encoding="utf-8")
        index = ("--index", str(tmp_path / "ties.web"))
        return askwell("paths", str(tmp_path / "ties.csv"), "--from", "Ana", "--to", "Cho", *index, "--json")

    return run


def test_an_index_answers_as_the_file_does(ask, tmp_path):
    first = ask(TIES + "0,Ana,Ben,,\n")
    made = (tmp_path / "ties.web").stat().st_mtime_ns
    again = ask()
    assert (again.code, again.out, again.err) == (first.code, first.out, first.err)
    assert again.row["evidence"] == ["both at Acme, 2020", None]
    assert (tmp_path / "ties.web").stat().st_mtime_ns == made


def test_an_index_is_made_anew_when_the_file_has_changed(ask):
    ask(TIES)
    changed = ask(TIES.replace("0.8,Ben", "0.1,Ben"))
    assert changed.row["path"] == ["Ana", "Cho"]
    assert "made anew" in changed.err
    assert ask().err == ""


@pytest.mark.parametrize("damage", [lambda whole: whole[:-9], lambda _: b"", lambda whole: whole[:5]])
def test_a_damaged_index_is_made_anew(ask, tmp_path, damage):
    ask(TIES)
    index = tmp_path / "ties.web"
    whole = index.read_bytes()
    index.write_bytes(damage(whole))
    mended = ask()
    assert mended.row["path"] == WARM
    assert "made anew" in mended.err
    assert index.read_bytes() == whole


def test_a_file_that_is_no_index_is_not_written_over(ask, tmp_path):
    (tmp_path / "ties.web").write_text("source,target\n")
    refused = ask(TIES)
    assert refused.code == 2
    assert "something else than an index" in refused.out + refused.err
    assert (tmp_path / "ties.web").read_text() == "source,target\n"


def test_an_index_that_cannot_be_written_is_an_error(askwell, tmp_path):
    (tmp_path / "ties.csv").write_text(TIES)
    words = ("--from", "Ana", "--to", "Cho", "--index", str(tmp_path / "none" / "ties.web"))
    ended = askwell("paths", str(tmp_path / "ties.csv"), *words)
    assert ended.code == 2
    assert "cannot be written" in ended.out + ended.err


def test_standard_input_has_no_index(askwell):
    assert askwell("paths", "-", "--from", "Ana", "--to", "Cho", "--index", "ties.web").code == 2
