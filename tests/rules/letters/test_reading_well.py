"""Letters that read as a person would write them: who one is, and why one is in touch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from askwell.rules.facts import Mode
from askwell.rules.letters import LetterFacts, draft
from askwell.rules.letters.who import after_i_am
from askwell.rules.lint import Medium, Message, Severity, lint

AMARA = LetterFacts(given="Jane", family="Doe", seeker="Amara Osei", who="a nursing student at Smith", field="health economics", role="analyst")  # fmt: skip
GROUNDS = {
    "advice": replace(AMARA, advice="to sit in on a ward round", outcome="did so last week and now plan to take the course", talked=True),
    "talk": replace(AMARA, talked=True, news="I have read your paper on waiting times"),
    "none": replace(AMARA, news="I have read your paper on waiting times"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("I am finishing a master's in nursing.", "finishing a master's in nursing"),
        ("I’m a nurse", "a nurse"),
        ("finishing a degree", "finishing a degree"),
        ("A second-year student at Smith", "a second-year student at Smith"),
        ("Analytical Engineer · Scientific societies · Coffee", "an analytical engineer"),
        ("Senior Data Analyst at Acme Health | SQL", "a senior data analyst at Acme Health"),
        ("UX Researcher @ Harbor Labs", "a UX researcher at Harbor Labs"),
        ("Python Developer", "a Python developer"),
        ("Engineering Manager, Platform", "an engineering manager"),
        ("Seeking new opportunities", ""),
        ("Helping teams to ship what people love since the days of the modem", ""),
        ("Passionate about data | ex-Acme", ""),
        ("| open to work |", ""),
        ("", ""),
    ],
)
def test_a_headline_is_said_as_one_would_say_it_or_not_at_all(line, said):
    assert after_i_am(line) == said


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("variant", range(6))
def test_being_in_touch_speaks_of_what_there_was(ground, variant):
    made = draft(GROUNDS[ground], mode=Mode.CHECK_IN, variant=variant)
    text = f"{made.subject}\n{made.body}".lower()
    assert made.missing == ("resource",)  # asked for, not needed
    assert ground == "advice" or "advi" not in text
    assert ground != "none" or not any(
        word in text for word in ("spoke", "our talk", "thank you", "difference")
    )
    found = lint(Message(subject=made.subject, body=made.body), mode=Mode.CHECK_IN)
    assert [each for each in found if each.severity is not Severity.HINT] == [], made.body


@pytest.mark.parametrize(("ground", "asked"), [("advice", "outcome"), ("talk", "news"), ("none", "news")])
def test_being_in_touch_asks_for_what_fits(ground, asked):
    bare = replace(GROUNDS[ground], outcome="", news="")
    for variant in range(6):
        made = draft(bare, mode=Mode.CHECK_IN, variant=variant)
        assert made.missing == (asked, "resource")
        found = lint(Message(subject=made.subject, body=made.body), mode=Mode.CHECK_IN)
        assert not [each for each in found if each.severity is Severity.ERROR], made.body


@pytest.mark.parametrize("variant", range(6))
def test_a_subject_names_where_they_work_and_guesses_at_no_grammar(variant):
    facts = replace(AMARA, field="scientific society", organization="Acme Health")
    made = draft(facts, mode=Mode.INFORMATIONAL, variant=variant)
    assert "scientific society" not in made.subject
    assert "your work" in made.subject.lower()
    assert draft(facts, mode=Mode.INFORMATIONAL).subject == "A question about your work at Acme Health"
    assert draft(AMARA, mode=Mode.INFORMATIONAL, channel=Medium.EMAIL).subject == "A question about your work"
