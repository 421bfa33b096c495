"""The card from the command line."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.django_db


def test_a_card_is_written_checked_and_printed(askwell, tmp_path):
    done = askwell("card", "--name", "Lina Haddad", "--email", "lina@x.example", "--skill", "SQL")
    assert done.code == 0
    assert "D01 warning: Add a number or a profile: a second way to reach you." in done.out
    assert "- SQL" in done.out
    pdf, code, card = tmp_path / "card.pdf", tmp_path / "card.svg", tmp_path / "card.vcf"
    row = askwell("card", "--pdf", str(pdf), "--size", "us", "--sheet", "letter", "--skills", "--qr", str(code),
                  "--vcf", str(card), "--json").row  # fmt: skip
    assert row["files"] == [str(pdf), str(code), str(card)]
    assert row["card"]["skills"] == ["SQL"]
    assert PdfReader(pdf).pages[1].extract_text().count("SQL") == 10
    assert code.read_text().startswith("<svg")
    assert "FN:Lina Haddad" in card.read_text()


def test_cards_left_and_letters_no_font_has_are_said(askwell):
    askwell("me", "--cards", "7")
    said = askwell("card", "--name", "Lina 田").out
    assert "Cards left: 7" in said
    assert "These letters cannot be printed: 田" in said


def test_a_folder_is_no_file_for_a_card(askwell, tmp_path):
    done = askwell("card", "--name", "Lina", "--pdf", str(tmp_path))
    assert done.code == 1
    assert "it is a folder" in done.err


def test_a_line_too_long_for_a_card_is_named_and_nothing_is_written(askwell, tmp_path):
    pdf = tmp_path / "card.pdf"
    done = askwell("card", "--name", "Lina", "--role", "w" * 120, "--pdf", str(pdf))
    assert done.code == 1
    assert f"Too long for a card, even in the smallest print: {'w' * 120}" in done.err
    assert not pdf.exists()
    assert askwell("card", "--json").row["cannot_fit"] == ["w" * 120]
