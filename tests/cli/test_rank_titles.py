"""rank-titles: labels and titles in, the labels that fit each title out, without a notebook."""

import pytest

LABELS = """\
text,note,ID
registered nurse,,nurse
staff nurse,,nurse
cook,,cook
"chef, of a kitchen",,cook
lawyer,,law
,,nothing
"""


@pytest.fixture
def labels(tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text(LABELS, encoding="utf-8-sig")
    return path


@pytest.fixture
def rank(shell, labels):
    def run(titles, *more):
        return shell("rank-titles", "--labels", str(labels), "--queries", "-", *more, stdin=titles)

    return run


def test_each_line_is_answered_in_order_an_empty_one_too(rank):
    ended = rank("Attorney\n\nNIGHT NURSE\r\n電気\n", "--json", "--top", "1")
    assert ended.code == 0
    assert [row["query"] for row in ended.rows] == ["Attorney", "", "NIGHT NURSE", "電気"]
    assert [[label["id"] for label in row["labels"]] for row in ended.rows] == [["law"], [], ["nurse"], []]


def test_a_label_is_its_id_its_text_and_how_well_it_fits(rank):
    best, *_ = rank("chef of a kitchen\n", "--json").row["labels"]
    assert (best["id"], best["text"]) == ("cook", "chef, of a kitchen")
    assert list(best) == ["id", "text", "score"]
    assert 0.5 < best["score"] <= 1
    assert best["score"] == round(best["score"], 5)


def test_rows_without_a_text_are_counted_beside_the_answers(rank):
    ended = rank("cook", "--json")
    assert "rows without a text, left out: 1" in ended.err
    assert ended.row["labels"][0]["id"] == "cook"


def test_in_words_the_labels_stand_below_the_title(rank):
    out = rank("lawyer\n\n").out.splitlines()
    assert out[0] == "lawyer"
    assert out[1].split() == ["1.00", "law", "lawyer"]
    assert out[-1] == "  nothing fits"


def test_a_long_text_is_cut_in_words_and_whole_in_json(shell, tmp_path, labels):
    labels.write_text("id,text\na," + "night nurse " * 20, encoding="utf-8")
    words = ("rank-titles", "--labels", str(labels), "--queries", "-")
    assert len(shell(*words, stdin="nurse").out.splitlines()[1]) < 100
    assert shell(*words, "--json", stdin="nurse").row["labels"][0]["text"] == ("night nurse " * 20).strip()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "there is no column “id”"),
        ("code,title\n1,nurse\n", "labels.csv:1: there is no column “id”.  The first line has: code, title."),
        ("id,name\n1,nurse\n", "there is no column “text”"),
        ("id,text\n", "holds no label"),
        ("id,text\n1,\n", "holds no label"),
        ("id,text\n1,nurse\n,cook\n", "labels.csv:3: a text without an id: cook"),
        (b"id,text\n1,nurse\n2,\xe4\n", "labels.csv:3: this is not UTF-8"),
    ],
)
def test_labels_that_cannot_be_read_are_named_with_their_line(rank, labels, written, said):
    labels.write_bytes(written if isinstance(written, bytes) else written.encode())
    ended = rank("nurse\n")
    assert ended.code == 2
    assert said in ended.err
    assert not ended.out


def test_short_and_blank_rows_and_ten_thousand_letters_do_no_harm(rank, labels):
    labels.write_text("id,text\n\nnurse\n1,nurse\n1,nurse\n2," + "x" * 10_000 + "\n", encoding="utf-8")
    ended = rank("nurse " * 1700 + "\n" + "\x00\ufffd\n", "--json")
    assert [label["id"] for label in ended.rows[0]["labels"]] == ["1"]
    assert len(ended.rows) == 2


def test_files_that_are_not_there_are_bad_use(shell, labels):
    assert shell("rank-titles", "--labels", "nowhere.csv", "--queries", str(labels)).code == 2
    ended = shell("rank-titles", "--labels", str(labels), "--queries", "nowhere.txt")
    assert (ended.code, "nowhere.txt cannot be read" in ended.err) == (2, True)


def test_two_files_cannot_both_be_standard_input(shell):
    assert shell("rank-titles", "--labels", "-", "--queries", "-", stdin="nurse").code == 2


class TestAKeptIndex:
    def test_it_gives_the_same_and_is_made_anew_when_the_labels_change(self, rank, labels, tmp_path):
        kept = ("--json", "--index", str(tmp_path / "kept"))
        first = rank("nurse\ncook\n", *kept).out
        made = (tmp_path / "kept").stat().st_mtime_ns
        assert rank("nurse\ncook\n", *kept).out == first
        assert (tmp_path / "kept").stat().st_mtime_ns == made
        labels.write_text("id,text\nother,nurse\n", encoding="utf-8")
        assert rank("nurse\n", *kept).row["labels"][0]["id"] == "other"

    def test_a_damaged_one_is_made_anew(self, rank, tmp_path):
        path = tmp_path / "kept"
        first = rank("nurse\n", "--json", "--index", str(path)).out
        path.write_bytes(path.read_bytes()[:-9])
        assert rank("nurse\n", "--json", "--index", str(path)).out == first
        assert rank("nurse\n", "--json", "--index", str(path)).err == ""

    def test_another_file_is_never_written_over(self, rank, labels):
        ended = rank("nurse\n", "--index", str(labels))
        assert (ended.code, "is no index of titles" in ended.err) == (2, True)
        assert labels.read_text(encoding="utf-8-sig") == LABELS

    def test_a_place_that_cannot_be_written_is_bad_use(self, rank, tmp_path):
        ended = rank("nurse\n", "--index", str(tmp_path / "no folder" / "kept"))
        assert (ended.code, "cannot be kept" in ended.err) == (2, True)
