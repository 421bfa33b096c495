"""Commands without a notebook: lint, read-contacts, write-contacts, steps."""

import json

import pytest

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;Jane;;;\r\nFN:Jane Doe\r\nEMAIL;TYPE=work:jane@acme.example\r\nEND:VCARD\r\n"
FACTS = {
    "relationships": [
        {
            "contact": 7,
            "talks": [
                {
                    "id": 3,
                    "state": "held",
                    "starts_at": "2026-11-23T10:00:00Z",
                    "ended_at": "2026-11-23T10:20:00Z",
                }
            ],
        }
    ]
}


@pytest.fixture
def card(tmp_path):
    path = tmp_path / "jane.vcf"
    path.write_bytes(CARD.encode())
    return str(path)


@pytest.fixture
def facts(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS))
    return str(path)


def test_the_plumbing_opens_no_notebook(shell, home, card, facts, tmp_path):
    shell("read-contacts", card)
    shell("steps", "--facts", facts)
    shell("lint", "-", stdin="Dear Jane")
    assert not (tmp_path / "data").exists()


def test_a_letter_with_an_error_ends_with_one(shell, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Subject: Hello\n\nDear [Name],\n\nCan you get me a job at [Company]?\n")
    ended = shell("lint", str(letter), "--json")
    assert ended.code == 1
    assert {"file", "line", "col", "length", "code", "severity", "message", "fix"} == set(ended.rows[0])
    assert shell("lint", str(letter)).out.startswith(f"{letter}:")


def test_a_mode_that_is_none_is_bad_use(shell):
    assert shell("lint", "-", "--mode", "shouting", stdin="Dear Jane").code == 2


def test_a_letter_that_is_not_there_is_bad_use(shell):
    assert shell("lint", "nowhere.txt").code == 2


def test_a_contact_goes_out_and_comes_back(shell, card):
    lines = shell("read-contacts", card, "--json").out
    assert json.loads(lines)["emails"] == [{"value": "jane@acme.example", "label": "work"}]
    written = shell("write-contacts", "--to", "vcard4", stdin=lines)
    assert written.code == 0
    assert "jane@acme.example" in written.out


def test_a_format_that_is_none_is_bad_use(shell):
    assert shell("write-contacts", "--to", "carrier-pigeon", stdin="").code == 2


def test_the_rules_answer_on_their_own(shell, facts):
    rows = shell("steps", "--facts", facts, "--now", "2026-11-23T15:00", "--json").rows
    thank = next(row for row in rows if row.get("code") == "thank")
    assert (thank["type"], thank["key"], thank["contact"]) == ("step", "thank:talk:3", 7)
    assert thank["why"][0]["rule"] == "F01"


def test_facts_may_come_from_standard_input(shell):
    ended = shell("steps", "--facts", "-", "--now", "2026-11-23T15:00", stdin=json.dumps(FACTS))
    assert ended.code == 0
    assert "thank:talk:3" in ended.out


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "is not JSON"),
        ("[]", "must be an object"),
        ('{"relationships": [{"contact": "seven"}]}', "relationships[0].contact"),
        ('{"relations": []}', "relations"),
    ],
)
def test_facts_that_are_none_are_refused_with_their_place(shell, tmp_path, text, place):
    path = tmp_path / "facts.json"
    path.write_text(text)
    ended = shell("steps", "--facts", str(path), "--now", "2026-11-23T15:00")
    assert ended.code == 2
    assert place in ended.err
    assert "Traceback" not in ended.err


def test_facts_that_are_not_there_are_bad_use(shell):
    assert shell("steps", "--facts", "nowhere.json").code == 2
