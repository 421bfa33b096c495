import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import askwell.rules
from askwell.rules.errors import BadFacts
from askwell.rules.facts import Calendar, State
from askwell.rules.facts_json import decide, read_facts, schema

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DOC = Path(askwell.rules.__file__).parents[3] / "docs" / "steps-json.md"
JUN = {
    "contact": 7,
    "calendar": {
        "zone": "America/New_York",
        "zone_known": True,
        "weekend": [5, 6],
        "holidays": ["2026-03-04"],
    },
    "history": {"median_reply_hours": 3, "reply_owed_since": None},
    "outreaches": [{"id": 1, "state": "awaiting_reply", "sent": ["2026-02-02T10:00:00-05:00"]}],
}


def facts(**changes):
    return {"relationships": [{**JUN, **changes}]}


def test_facts_are_read_as_the_dataclasses_say():
    known = read_facts(facts())
    jun = known.relationships[0]
    assert jun.outreaches[0].state is State.AWAITING_REPLY
    assert jun.outreaches[0].sent == (datetime(2026, 2, 2, 15, tzinfo=UTC),)
    assert jun.history.median_reply_hours == 3.0
    assert known.seeker.calendar == Calendar()
    assert known.preset.name == "askwell"


def test_a_preset_and_single_numbers_may_be_chosen():
    known = read_facts({"preset": "smith", "overrides": {"max_touches": 2}})
    assert (known.preset.name, known.preset.max_touches) == ("smith", 2)


@pytest.mark.parametrize(
    ("data", "path", "problem"),
    [
        ([], "", "must be an object, not a list"),
        ({"relationship": []}, "relationship", "did you mean 'relationships'?"),
        ({"zzz": 1}, "zzz", "is not known"),
        ({"preset": "harvard"}, "preset", "no preset"),
        ({"overrides": {"max_touches": 0}}, "overrides.max_touches", "from 1"),
        ({"overrides": {"name": "x"}}, "overrides.name", "no such"),
        ({"overrides": 3}, "overrides", "not a number"),
        ({"relationships": {}}, "relationships", "must be a list"),
        ({"relationships": [3]}, "relationships[0]", "must be an object"),
        ({"relationships": [{}]}, "relationships[0].contact", "is missing"),
        (facts(contcat=1), "relationships[0].contcat", "did you mean 'contact'?"),
        (facts(contact="7"), "relationships[0].contact", "whole number"),
        (facts(contact=True), "relationships[0].contact", "whole number"),
        (facts(contact=-1), "relationships[0].contact", "negative"),
        (facts(contact=10**20), "relationships[0].contact", "too large"),
        (facts(volunteer="yes"), "relationships[0].volunteer", "true or false"),
        (facts(calendar={"zone": "Mars"}), "relationships[0].calendar.zone", "no such time zone"),
        (facts(calendar={"zone": None}), "relationships[0].calendar.zone", "not null"),
        (facts(calendar={"weekend": [7]}), "relationships[0].calendar.weekend", "0 (Monday)"),
        (
            facts(calendar={"weekend": [0, 1, 2, 3, 4, 5, 6]}),
            "relationships[0].calendar.weekend",
            "no working day",
        ),
        (facts(calendar={"holidays": ["2026-02-30"]}), "relationships[0].calendar.holidays[0]", "is no date"),
        (
            facts(calendar={"holidays": ["0999-01-01"]}),
            "relationships[0].calendar.holidays[0]",
            "out of range",
        ),
        (
            facts(history={"first_at": "yesterday"}),
            "relationships[0].history.first_at",
            "is no date and time",
        ),
        (
            facts(history={"first_at": "2026-03-02T09:00"}),
            "relationships[0].history.first_at",
            "needs a zone",
        ),
        (
            facts(history={"first_at": "9999-03-02T09:00Z"}),
            "relationships[0].history.first_at",
            "out of range",
        ),
        (facts(history={"first_at": 5}), "relationships[0].history.first_at", "must be text"),
        (
            facts(history={"median_reply_hours": "3"}),
            "relationships[0].history.median_reply_hours",
            "a number",
        ),
        (
            facts(history={"median_reply_hours": float("nan")}),
            "relationships[0].history.median_reply_hours",
            "from 0 up",
        ),
        (facts(outreaches=[{"id": 1}]), "relationships[0].outreaches[0].state", "is missing"),
        (
            facts(outreaches=[{"id": 1, "state": "asleep"}]),
            "relationships[0].outreaches[0].state",
            "must be one of planned",
        ),
    ],
)
def test_what_cannot_be_read_is_named_by_its_path(data, path, problem):
    with pytest.raises(BadFacts, match=re.escape(problem)) as caught:
        read_facts(data)
    assert caught.value.path == path


def test_steps_and_refusals_come_out_with_their_sentences():
    out = decide(facts(), now=NOW)
    (step, goal) = sorted(out["steps"], key=lambda one: one["code"])
    assert (step["code"], step["due"]) == ("follow_up", "2026-02-11T23:00:00Z")
    assert step["overdue"] is True
    assert step["why"][0]["rule"] == "F04"
    assert "S0" in step["why"][0]["sources"]
    assert "7 business days" in step["explained"]
    assert goal["code"] == "renew_goal"
    assert out["refusals"] == []
    json.dumps(out, allow_nan=False)


def test_three_tries_end_in_a_refusal_and_a_closing():
    sent = ["2026-01-05T10:00:00Z", "2026-01-14T10:00:00Z", "2026-01-23T10:00:00Z"]
    out = decide(facts(outreaches=[{"id": 1, "state": "awaiting_reply", "sent": sent}]), now=NOW)
    assert [step["code"] for step in out["steps"]] == ["renew_goal"]
    (refusal,) = out["refusals"]
    assert (refusal["act"], refusal["hard"], refusal["outreach"]) == ("send:follow_up", True, 1)
    assert refusal["reason"]["rule"] == "F04"
    (closing,) = out["closings"]
    assert closing["due"] is True


def test_someone_without_an_outreach_is_asked_whether_one_may_be_begun():
    out = decide(facts(outreaches=[], do_not_contact=True), now=NOW)
    assert {(row["act"], row["reason"]["rule"]) for row in out["refusals"]} == {
        ("open", "Q04"),
        ("open", "P01"),
    }
    assert out["closings"] == []


def test_a_blocked_step_says_what_must_come_first():
    named = facts(outreaches=[], names=[{"id": 1, "given_at": "2026-03-02T10:00:00Z"}])
    steps = {step["code"]: step for step in decide(named, now=NOW)["steps"]}
    assert steps["write_to_referred"]["blocked_by"]["rule"] == "I04"


def test_an_empty_file_is_a_seeker_without_a_goal():
    out = decide({}, now=NOW)
    assert [step["title"] for step in out["steps"]] == ["Say what you are looking for"]


def test_the_document_shows_what_the_rules_answer():
    given, answered = re.findall(r"```json\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert decide(json.loads(given), now=NOW) == json.loads(answered)


def test_the_schema_is_the_dataclasses():
    assert ("contact", "int", True) in schema()["Relationship"]
    assert ("sent", "tuple[datetime, ...]", False) in schema()["OutreachFacts"]
