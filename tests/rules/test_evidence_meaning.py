"""What a finding means for you."""

from __future__ import annotations

import re

from askwell.rules.evidence import EVIDENCE, Grade
from askwell.rules.evidence_meaning import GRADES, MEANING, by_grade


def test_every_card_says_what_it_means_and_nothing_else_does():
    assert set(MEANING) == set(EVIDENCE)
    assert all(text.endswith(".") for text in MEANING.values())


def test_every_card_stands_under_its_grade_and_the_disputed_ones_last():
    groups = by_grade()
    assert sorted(card.key for _grade, _said, cards in groups for card in cards) == sorted(EVIDENCE)
    assert all(card.grade is grade for grade, _said, cards in groups for card in cards)
    assert groups[-1][0] is Grade.X
    assert set(GRADES) == set(Grade)


def test_no_meaning_repeats_a_claim_without_support():
    assert not re.search(r"\d+ ?%|1 in \d", " ".join(MEANING.values()))
