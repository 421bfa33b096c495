"""match: arcs and places in, pairs out."""

import pytest

ARCS = "seeker,volunteer,score\nAna,Inês,0.9\nBen,Inês,0.8\nBen,Jon,0.3\nCy,Inês,0.7\n"
PLACES = "volunteer,capacity\nInês,1\nJon,2\n"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write files and stand beside them."""
    monkeypatch.chdir(tmp_path)

    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())

    return write


def paired(ended):
    return {row["seeker"]: row["volunteer"] for row in ended.rows}


def test_a_line_for_each_seeker_and_the_proof_beside(shell, written, tmp_path):
    written(arcs=ARCS, places=PLACES)
    ended = shell("match", "arcs.csv", "--capacities", "places.csv", "--json")
    assert ended.code == 0
    assert paired(ended) == {"Ana": "Inês", "Ben": "Jon", "Cy": None}
    assert [set(row) for row in ended.rows] == [{"seeker", "volunteer", "score", "why"}] * 3
    assert ended.rows[2]["score"] == 0
    assert ended.err.splitlines() == [
        "Total score 1.2; 2 matched, 1 with nobody.",
        "No other matching can pass 1.2 (gap 0): this is an optimum.",
    ]
    assert not (tmp_path / "data").exists()


def test_without_json_it_is_said_in_words(shell, written):
    written(arcs=ARCS, places=PLACES)
    told = shell("match", "arcs.csv", "--capacities", "places.csv").out.splitlines()
    assert told[0] == "Ana  Inês  0.9  The only one who suits."
    assert told[2].startswith("Cy  -  0  ")


def test_arcs_come_by_standard_input_in_any_order(shell, written):
    written(places=PLACES)
    head, *rows = ARCS.splitlines()
    turned = "\n".join(["\ufeff" + head, *reversed(rows)])
    ended = shell("match", "-", "--capacities", "places.csv", "--json", stdin=turned)
    assert paired(ended) == {"Ana": "Inês", "Ben": "Jon", "Cy": None}


def test_a_volunteer_of_no_capacity_takes_one_and_that_is_said(shell, written):
    written(arcs=ARCS, places="volunteer,capacity\nJon,2\nNora,4\n")
    ended = shell("match", "arcs.csv", "--capacities", "places.csv", "--json")
    assert (ended.code, paired(ended)["Ana"]) == (0, "Inês")
    assert "Taken to have one place each, not in places.csv: Inês." in ended.err
    assert "places.csv:3: no arc leads to Nora." in ended.err
    assert (
        "Taken to have one place each, no --capacities: Inês, Jon."
        in shell("match", "arcs.csv", "--json").err
    )


def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_matched(shell, written):
    bad = [
        "Dee,Jon,0",
        "Dee,Jon,-1",
        "Dee,Jon,nan",
        "Dee,Jon,inf",
        "Dee,Jon,good",
        ",Jon,0.5",
        "Dee,,0.5",
        "Dee",
        "Ben,Jon,0.4",
    ]
    written(arcs=ARCS + "\n".join([*bad, "", "Eve,Jon,0.5"]), places=PLACES)
    ended = shell("match", "arcs.csv", "--capacities", "places.csv", "--json")
    assert ended.code == 1
    assert paired(ended) == {"Ana": "Inês", "Ben": "Jon", "Cy": None, "Dee": None, "Eve": "Jon"}
    assert {row["seeker"]: row["score"] for row in ended.rows}["Ben"] == 0.4
    said = ended.err.splitlines()
    assert said[0] == "arcs.csv:6: score: “0” is no number above 0; the arc is left out."
    assert said[5] == "arcs.csv:11: seeker: nobody is named; the arc is left out."
    assert said[6] == "arcs.csv:12: volunteer: nobody is named; the arc is left out."
    assert said[7] == "arcs.csv:13: volunteer: nobody is named; the arc is left out."
    assert said[8] == "arcs.csv:14: Ben and Jon are there twice; the better score is kept, 0.4."


def test_of_many_bad_rows_the_first_are_named(shell, written):
    written(arcs=ARCS + "Dee,Jon,0\n" * 50)
    ended = shell("match", "arcs.csv")
    assert ended.err.count("arcs.csv:") == 20
    assert "and 30 more rows like these." in ended.err


def test_a_capacity_that_is_none_takes_nobody(shell, written):
    written(arcs=ARCS, places="volunteer,capacity\nInês,-3\nJon,5\nJon,1\n,4\n")
    ended = shell("match", "arcs.csv", "--capacities", "places.csv", "--json")
    assert ended.code == 1
    assert paired(ended) == {"Ana": None, "Ben": "Jon", "Cy": None}
    assert ended.err.splitlines()[:3] == [
        "places.csv:2: capacity: “-3” is no whole number from 0 up; Inês takes nobody.",
        "places.csv:4: Jon is there twice; the smaller number is kept, 1.",
        "places.csv:5: volunteer: nobody is named; the row is left out.",
    ]


def test_an_arc_may_say_its_topics_and_that_it_is_not_eligible(shell, written):
    written(arcs="seeker,volunteer,score,topics,eligible\nAna,Inês,0.9,,no\nAna,Jon,0.5,triage; wards,yes\n")
    ended = shell("match", "arcs.csv", "--json")
    assert (ended.code, ended.row["volunteer"]) == (0, "Jon")
    assert ended.row["why"] == "The only one who suits. In common: triage, wards."


def test_fair_spreads_the_load_above_the_floor(shell, written):
    written(
        arcs="seeker,volunteer,score\nAna,Inês,0.9\nAna,Jon,0.85\nBen,Inês,0.9\n",
        places="volunteer,capacity\nInês,2\nJon,2\n",
    )
    plain = shell("match", "arcs.csv", "--capacities", "places.csv", "--json")
    spread = shell("match", "arcs.csv", "--capacities", "places.csv", "--fair", "--json")
    held = shell("match", "arcs.csv", "--capacities", "places.csv", "--fair", "--floor", "0.99", "--json")
    assert paired(plain) == paired(held) == {"Ana": "Inês", "Ben": "Inês"}
    assert paired(spread) == {"Ana": "Jon", "Ben": "Inês"}
    assert "at most 1 for one volunteer; nobody has less than 80% of" in spread.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "seeker,volunteer\nAna,Jon\n",
            "arcs.csv:1: there is no column score; needed: seeker, volunteer, score; the first line has: seeker, volunteer",
        ),
        ("", "arcs.csv:1: there is no column seeker"),
        (b"seeker,volunteer,score\nAna,J\xf6n,0.5\n", "this is not UTF-8 text."),
        (ARCS + '"Dee,' + "x" * 200_000, "arcs.csv:6: field larger than field limit"),
    ],
)
def test_a_file_that_is_none_is_bad_use(shell, written, text, said):
    written(arcs=text)
    ended = shell("match", "arcs.csv")
    assert (ended.code, said in ended.err) == (2, True)


@pytest.mark.parametrize(
    "words", [["nowhere.csv"], ["-", "--capacities", "-"], ["-", "--floor", "nan"], ["-", "--floor", "2"]]
)
def test_words_that_make_no_sense_are_bad_use(shell, written, words):
    assert shell("match", *words).code == 2


def test_a_file_of_no_arcs_has_no_pairs(shell):
    ended = shell("match", "-", "--json", stdin="seeker,volunteer,score\n")
    assert (ended.code, ended.out) == (0, "")
