"""The rules reference in ``docs/rules``, written from the code.

Theory of operation.  ``pages`` makes every page as text, a pure function of the tables; the command
``python -m askwell.rules.reference OUTDIR`` writes them and takes away pages whose rule is gone.  A test
compares the committed pages with the generated ones, so that the documents cannot drift.
"""

from __future__ import annotations

import sys
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from askwell.rules.catalogue import RULES, Rule
from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.decisions import because
from askwell.rules.evidence import EVIDENCE
from askwell.rules.explain import sentence
from askwell.rules.facts import Happening, State
from askwell.rules.facts_json import schema
from askwell.rules.lifecycle import MOVES, mermaid
from askwell.rules.lint.catalogue import RULES as MESSAGE_RULES
from askwell.rules.lint.catalogue import Rule as MessageRule
from askwell.rules.lint.model import LintParameters
from askwell.rules.presets import FIELDS, PRESETS, SOURCE_NAMES, Preset, Source, source_of
from askwell.rules.questions.bank import QUESTIONS
from askwell.rules.questions.forbidden import FORBIDDEN
from askwell.rules.questions.model import ALWAYS, ANY_WAY, ANYONE, TITLES
from askwell.rules.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from askwell.rules.questions.model import Forbidden, Question

_GENERATED = "<!-- Written by python -m askwell.rules.reference; edit the code instead. -->"
_SEE_ALSO = (
    "See also the [life cycle](lifecycle.md), the [presets](presets.md), the [evidence](evidence.md), "
    "the [questions](questions.md) and the [facts](facts.md) the rules read."
)
_GRADES = (
    "A: field experiment or very large natural data. B: longitudinal or representative, peer-reviewed. "
    "C: laboratory only, small, or company data. D: advice. X: disputed or untraceable, never shown as true."
)
_QUESTIONS = (
    "What may be asked in an informational interview. The choice for one talk follows from the person, the "
    "purpose, the stage of the search and the length; each says why it was chosen. The wording is ours."
)
_FAMILIES: Mapping[str, str] = {
    "P": "Preparing",
    "M": "Messages",
    "F": "Following up and after",
    "I": "Introductions and referrals",
    "C": "The talk",
    "K": "Keeping in touch and the week",
    "R": "Giving back",
    "L": "Leads",
    "V": "Events",
    "D": "Cards and the resume",
    "Q": "Confidentiality",
    "G": "Volunteers",
    "T": "Time",
}


def all_rules() -> dict[str, Rule | MessageRule]:
    """Give every rule by code: the catalogue's and the message lint's."""
    return {**RULES, **MESSAGE_RULES}


def pages() -> dict[str, str]:
    """Give each page's file name and text."""
    rules = all_rules()
    found = {f"{code}.md": rule_page(rule) for code, rule in rules.items()}
    found["index.md"] = index_page(rules)
    found["lifecycle.md"] = lifecycle_page()
    found["presets.md"] = presets_page()
    found["evidence.md"] = evidence_page()
    found["facts.md"] = facts_page()
    found["questions.md"] = questions_page()
    return found


def _page(*parts: str) -> str:
    return "\n\n".join((_GENERATED, *(part for part in parts if part))) + "\n"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


# --- one rule


def rule_page(rule: Rule | MessageRule) -> str:
    """Write a rule's page."""
    body = _message_parts(rule) if isinstance(rule, MessageRule) else _rule_parts(rule)
    return _page(f"# {rule.code} {rule.title}", *body, _sources(rule.sources), "[All rules](index.md)")


def _rule_parts(rule: Rule) -> tuple[str, ...]:
    table = "## Parameters\n\n" + _preset_table(rule.parameters) if rule.parameters else ""
    return f"{str(rule.severity).capitalize()}. {rule.statement}", rule.explanation, table, _evidence(rule)


def _message_parts(rule: MessageRule) -> tuple[str, ...]:
    loud = [(str(mode), str(severity)) for mode, severity in rule.severities.items()]
    return (
        rule.statement,
        "## Severity by mode\n\n" + _table(("Mode", "At most"), loud),
        _numbers(rule),
        "## Example\n\nBad:\n\n" + _quoted(rule.bad.text) + "\n\nGood:\n\n" + _quoted(rule.good.text),
    )


def _numbers(rule: MessageRule) -> str:
    rows = [
        (f"`{one.name}`", str(getattr(LintParameters(), one.name)), one.source) for one in rule.parameters
    ]
    return "## Parameters\n\n" + _table(("Parameter", "Value", "Source"), rows) if rows else ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _loudest(rule: Rule | MessageRule) -> str:
    if isinstance(rule, Rule):
        return str(rule.severity)
    said = {str(severity) for severity in rule.severities.values()}
    return next(str(severity) for severity in Severity if str(severity) in said)


def _evidence(rule: Rule) -> str:
    cards = [EVIDENCE[key] for key in rule.evidence]
    if not cards:
        return ""
    lines = [
        f"- {card.line} {card.figure + '. ' if card.figure else ''}{card.citation} (grade {card.grade})"
        for card in cards
    ]
    return "## Evidence\n\n" + "\n".join(lines)


def _sources(sources: Sequence[str]) -> str:
    lines = [f"- {_source_words(source)}" for source in sources]
    return "## Sources\n\n" + "\n".join(lines) if lines else ""


def _source_words(source: str) -> str:
    if source in set(Source):
        return f"{source}: {SOURCE_NAMES[Source(source)]}"
    return f"{DEFAULT_OURS}: a choice, not a finding" if source == DEFAULT_OURS else source


# --- the index


def index_page(rules: Mapping[str, Rule | MessageRule]) -> str:
    """Write the list of all rules, by family."""
    parts = [
        "# The rules",
        "Every decision names the rule it follows. Each rule has a page with its parameters and sources.",
        _SEE_ALSO,
    ]
    for letter, name in _FAMILIES.items():
        rows = [
            (f"[{code}]({code}.md)", rule.title, _loudest(rule), rule.statement)
            for code, rule in sorted(rules.items())
            if code[0] == letter
        ]
        parts += [f"## {name}", _table(("Rule", "Title", "Severity", "Statement"), rows)]
    return _page(*parts)


# --- tables of the code


def lifecycle_page() -> str:
    """Write the life cycle: the diagram and the whole table."""
    rows = [
        (str(state), str(happening), str(MOVES[state][happening]))
        for state in State
        for happening in Happening
        if happening in MOVES[state]
    ]
    return _page(
        "# The life cycle of an outreach",
        "What is not in the table is not allowed and changes nothing.",
        f"```mermaid\n{mermaid()}\n```",
        _table(("State", "Happening", "Next state"), rows),
    )


def presets_page() -> str:
    """Write every parameter of every preset with its source."""
    names = "\n".join(f"- {source}: {name}" for source, name in SOURCE_NAMES.items())
    return _page(
        "# Presets",
        "Each number stands with who says so. *default* is ours and no finding.",
        names,
        _preset_table(FIELDS),
    )


def _preset_table(names: tuple[str, ...]) -> str:
    rows = [
        (
            f"`{name}`",
            *(f"{_value(preset, name)} ({source_of(preset.name, name)})" for preset in PRESETS.values()),
        )
        for name in names
    ]
    return _table(("Parameter", *(f"`{name}`" for name in PRESETS)), rows)


def _value(preset: Preset, name: str) -> str:
    value = getattr(preset, name)
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value) or "any"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def evidence_page() -> str:
    """Write the evidence cards."""
    rows = [(card.line, card.figure, card.citation, str(card.grade)) for card in EVIDENCE.values()]
    return _page(
        "# Evidence",
        _GRADES,
        _table(("Finding", "Figure", "Source", "Grade"), rows),
    )


def facts_page() -> str:
    """Write the fields of every kind of fact, as `askwell steps --facts` reads them."""
    parts = [
        "# Facts",
        "What the rules may know, and the schema of [`askwell steps --facts`](../steps-json.md).",
    ]
    for kind, rows in schema().items():
        cells = [(f"`{name}`", f"`{words}`", "required" if needed else "") for name, words, needed in rows]
        parts += [f"## {kind}", _table(("Field", "Type", ""), cells)]
    return _page(*parts)


# --- questions


def questions_page() -> str:
    """Write the question bank by category, and what is not asked."""
    parts = [
        "# Questions",
        _QUESTIONS,
    ]
    head = ("Question", "Then", "Fits", "Leave out when", "Sources")
    for category, title in TITLES.items():
        rows = [_question_row(one) for one in QUESTIONS.values() if one.category is category]
        parts += [f"## {title}", _table(head, rows)]
    rows = [_forbidden_row(one) for one in FORBIDDEN]
    parts += ["## What is not asked", _table(("What", "Why", "Rule", "Ask instead", "Sources"), rows)]
    return _page(*parts)


def _question_row(one: Question) -> tuple[str, ...]:
    narrow = [
        *(one.modes if one.modes != ANY_WAY else ()),
        *(one.relations if one.relations != ANYONE else ()),
        *(one.stages if one.stages != ALWAYS else ()),
        *one.trades,
    ]
    avoid = sorted(str(each).replace("_", " ") for each in one.avoid)
    fits = ", ".join(sorted(map(str, narrow)))
    return f"{one.text} `{one.key}`", " ".join(one.follow_ups), fits, ", ".join(avoid), ", ".join(one.sources)


def _forbidden_row(one: Forbidden) -> tuple[str, ...]:
    why = sentence(because(one.rule, one.why, question=one.examples[0]))
    instead = QUESTIONS[one.instead].text
    return one.title, why, f"[{one.rule}]({one.rule}.md)", instead, ", ".join(one.sources)


# --- writing


def write(folder: Path) -> list[Path]:
    """Write all pages, take away those that are no more; give the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in made]


def main(arguments: list[str]) -> int:
    """Run the command; 2 on bad use."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m askwell.rules.reference OUTDIR\n")
        return 2
    sys.stdout.write(f"{len(write(Path(arguments[0])))} pages\n")
    return 0


if __name__ == "__main__":  # pragma: no cover - the line python -m runs
    raise SystemExit(main(sys.argv[1:]))
