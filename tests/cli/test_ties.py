"""``askwell ties``: strengths from what happened, a line a tie."""

import json

import pytest

NOW = ("--now", "2026-11-23T15:00:00Z")
ANA = {
    "id": "ana",
    "touches": [
        {"at": "2026-05-01T09:00:00Z", "direction": "out", "kind": "message"},
        {"at": "2026-05-02T09:00:00Z", "direction": "in", "kind": "message"},
    ],
    "closeness": 4,
}


@pytest.fixture
def ties(askwell, tmp_path):
    """Write lines to a file, and give what the command says of them."""

    def run(*lines, exit_code=0):
        path = tmp_path / "facts.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        ended = askwell("ties", str(path), *NOW, "--json")
        assert ended.code == exit_code, ended.err
        return ended.rows, ended.err

    return run


def test_a_tie_is_told_with_its_parts(ties):
    (ana,), _ = ties(ANA)
    assert ana["id"] == "ana"
    assert (ana["exchanges"], ana["last_at"]) == (1, "2026-05-02T09:00:00Z")
    assert sum(part["weight"] for part in ana["parts"].values()) == pytest.approx(1)
    assert ana["strength"] == pytest.approx(
        sum(part["weight"] * part["value"] for part in ana["parts"].values())
    )
    assert ana["parts"]["speed"]["value"] == 0.5  # a day
    assert ana["words"] == "You are in touch now and then."
    assert ana["why"] == [
        "One exchange in the last year.",
        "The last time was on 2026-05-02.",
        "They usually answer within a day.",
        "You put it at 4 of 5 yourself.",
    ]


def test_what_is_not_known_weighs_nothing(ties):
    (ben, cem), _ = ties({"id": 2}, {"id": 3, "touches": [{"at": "2026-11-01", "direction": "sent"}]})
    assert ben["strength"] == 0
    assert ben["parts"]["closeness"] == {"value": None, "weight": 0.0}
    assert (ben["last_at"], ben["words"]) == (None, "You have not been in touch yet.")
    assert cem["words"] == "You reached out once and have not heard back."


def test_a_talk_a_meeting_a_bounce_and_an_absence_count_as_they_do_in_a_notebook(ties):
    touches = [
        {"at": "2026-10-01T09:00:00Z", "direction": "out"},
        {"at": "2026-10-01T09:01:00Z", "kind": "bounce"},
        {"at": "2026-10-02T09:00:00+02:00", "kind": "auto_reply", "direction": "in"},
    ]
    gone, met, talked = ties(
        {"id": 1, "touches": touches},
        {"id": 2, "touches": [{"at": "2026-10-01T09:00:00", "kind": "meeting"}]},
        {"id": 3, "touches": [{"at": "2026-10-01T09:00:00Z", "kind": "talk"}]},
    )[0]
    assert (gone["last_at"], met["exchanges"], talked["exchanges"]) == (None, 0, 1)
    assert met["strength"] > 0


def test_facts_as_steps_reads_them_are_taken_too(ties):
    history = {"last_in_at": "2026-05-02T09:00:00Z", "exchanges": 1, "median_reply_hours": 24.0}
    summed = {"contact": 7, "history": history, "closeness": 4}
    whole = {"relationships": [summed, {"contact": 8}]}
    (ana, seven, again, eight, named), _ = ties(ANA, summed, whole, {"id": "x", "history": history})
    assert seven["strength"] == again["strength"] == ana["strength"]
    assert (seven["id"], eight["id"], named["id"]) == (7, 8, "x")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[1]", "must be an object"),
        ({"name": "Ana"}, "has neither touches nor history"),
        ({"id": 1, "touches": 3}, "touches must be a list"),
        ({"id": 1, "touches": [3]}, "touches[0] must be an object"),
        ({"id": 1, "touches": [{"at": 5, "direction": "in"}]}, "touches[0].at is no date and time"),
        ({"id": 1, "touches": [{"at": "0001-01-01", "direction": "in"}]}, "the year 1 is out of range"),
        ({"id": 1, "touches": [{"at": "2026-01-01"}]}, "touches[0].direction must be in or out"),
        ({"id": 1, "touches": [], "closeness": 9}, "closeness must be 1 to 5"),
        ({"id": 1, "touches": [], "closeness": "near"}, "closeness must be 1 to 5"),
        ({"contact": 1, "history": {"exchanges": -1}}, "history.exchanges"),
        ({"contact": 1, "closeness": 8}, "closeness must be 1 to 5"),
    ],
)
def test_a_bad_line_is_named_and_does_not_stop_the_good_ones(ties, line, said):
    good, told = ties(ANA, "", line, ANA, exit_code=1)
    assert [one["id"] for one in good] == ["ana", "ana"]
    assert "facts.jsonl:3: " in told
    assert said in told


def test_it_reads_from_standard_input_and_tells_it_in_words(shell):
    result = shell("ties", *NOW, stdin=json.dumps(ANA))
    assert result.out.split(maxsplit=2)[1:] == ["ana", "You are in touch now and then.\n"]


def test_a_file_that_is_not_there_is_bad_use(askwell):
    assert "cannot be read" in askwell("ties", "nowhere.jsonl").err
