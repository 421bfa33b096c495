"""The goal's own words, fitted into a sentence."""

from __future__ import annotations

import pytest

from askwell.rules.facts import Mode
from askwell.rules.letters import LetterFacts, draft


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Supply-chain analyst", "a supply-chain analyst"),
        ("Analyst", "an analyst"),
        ("UX researcher", "a UX researcher"),
        ("Python developer", "a Python developer"),
        ("German teacher", "a German teacher"),
        ("iOS developer", "an iOS developer"),
        ("hospital pharmacist", "a hospital pharmacist"),
    ],
)
def test_a_role_loses_the_capital_that_began_the_goal_and_a_name_keeps_its_own(role, said):
    facts = LetterFacts(role=role, field="hospitals", seeker="Lina Haddad")
    bodies = [draft(facts, mode=Mode.INFORMATIONAL, variant=variant).body for variant in range(6)]
    assert any(said in body for body in bodies)
