import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

import askwell.rules
from askwell.rules import reference
from askwell.rules.catalogue import DEFAULT_OURS, RULES, rule
from askwell.rules.errors import UnknownCode
from askwell.rules.evidence import EVIDENCE, HIDDEN_MARKET_CORRECTION, Grade, evidence
from askwell.rules.presets import FIELDS, Source
from askwell.rules.questions.bank import QUESTIONS
from askwell.rules.questions.forbidden import FORBIDDEN

ROOM = Path(askwell.rules.__file__).parent
DOCS = ROOM.parents[2] / "docs" / "rules"
FAMILIES = {"P": 9, "C": 10, "F": 10, "K": 9, "R": 6, "I": 4, "Q": 4, "V": 5, "D": 2, "L": 5, "T": 5}


def test_every_family_of_the_method_is_complete():
    for letter, count in FAMILIES.items():
        assert [code for code in RULES if code[0] == letter] == [
            f"{letter}{n:02}" for n in range(1, count + 1)
        ]


def test_every_rule_says_what_why_and_who():
    for one in RULES.values():
        assert one.title
        assert one.statement.endswith(".")
        assert one.explanation.endswith(".")
        assert one.sources, one.code
        assert len(one.title) < 60


def test_parameters_are_fields_of_a_preset_and_all_are_used():
    named = {name for one in RULES.values() for name in one.parameters}
    assert named == set(FIELDS)


def test_sources_are_guides_named_works_or_ours():
    for one in RULES.values():
        for source in one.sources:
            assert source in set(Source) - {Source.DEFAULT} or source == DEFAULT_OURS or len(source) > 6


def test_evidence_named_exists_and_every_rule_that_speaks_is_known():
    for one in RULES.values():
        assert all(EVIDENCE[key].shown for key in one.evidence)
    for path in [*ROOM.glob("*.py"), *(ROOM / "steps").glob("*.py"), *(ROOM / "questions").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "because":
                for one in ast.walk(node.args[0]):
                    if isinstance(one, ast.Constant) and re.fullmatch(r"[A-Z]\d\d", str(one.value)):
                        assert one.value in RULES


def test_an_unknown_code_is_an_error():
    with pytest.raises(UnknownCode):
        rule("Z99")
    with pytest.raises(UnknownCode):
        evidence("wishful")
    assert rule("F04").code == "F04"


def test_the_old_claim_is_answered_by_about_half():
    assert "About half" in HIDDEN_MARKET_CORRECTION.line
    assert HIDDEN_MARKET_CORRECTION.citation
    assert not evidence("hidden_market").shown
    assert evidence("feel_dirty").grade is Grade.X


def test_no_card_repeats_a_claim_without_support():
    text = " ".join(card.line + card.figure for card in EVIDENCE.values() if card.shown)
    assert not re.search(r"90 ?%|85 ?%|80 ?%|1 in 12|hidden", text)


def test_cards_are_complete():
    for key, card in EVIDENCE.items():
        assert card.key == key
        assert all(getattr(card, field.name) is not None for field in fields(card))
        assert card.line.endswith(".")


# --- the reference


def test_the_committed_pages_are_the_generated_ones():
    made = reference.pages()
    assert {path.name for path in DOCS.glob("*.md")} == set(made)
    for name, text in made.items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, (
            f"run python -m askwell.rules.reference: {name}"
        )


def test_every_rule_has_a_page_and_every_link_leads_somewhere():
    made = reference.pages()
    assert {f"{code}.md" for code in reference.all_rules()} <= set(made)
    for name, text in made.items():
        for target in re.findall(r"\]\(([\w./-]+\.md)\)", text):
            assert target in made or target.startswith("../"), (name, target)


def test_writing_takes_away_pages_of_rules_that_are_gone(tmp_path, capsys):
    (tmp_path / "Z99.md").write_text("gone", encoding="utf-8")
    assert reference.main([str(tmp_path)]) == 0
    assert "pages" in capsys.readouterr().out
    assert not (tmp_path / "Z99.md").exists()
    assert (tmp_path / "lifecycle.md").read_text(encoding="utf-8").count("```mermaid") == 1


def test_rules_of_messages_have_pages_with_both_examples():
    made = reference.pages()
    messages = [code for code in reference.all_rules() if code[0] == "M" and code != "M00"]
    assert len(messages) >= 22
    for code in messages:
        assert "Bad:\n\n>" in made[f"{code}.md"]
        assert "Good:\n\n>" in made[f"{code}.md"]
        assert "## Severity by mode" in made[f"{code}.md"]
        assert f"[{code}]({code}.md)" in made["index.md"]


def test_a_folder_of_pages_written_twice_stays_the_same(tmp_path):
    assert reference.write(tmp_path / "rules") == reference.write(tmp_path / "rules")


def test_the_page_of_questions_has_them_all_and_what_is_not_asked():
    page = reference.pages()["questions.md"]
    for one in QUESTIONS.values():
        assert f"`{one.key}`" in page
    for one in FORBIDDEN:
        assert f"| {one.title} |" in page


def test_bad_use_of_the_command_is_told(capsys):
    assert reference.main([]) == 2
    assert "usage" in capsys.readouterr().err
