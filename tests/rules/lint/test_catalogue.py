from dataclasses import fields

import pytest

from askwell.rules.lint import TEXTS, LintParameters, lint
from askwell.rules.lint.catalogue import RULES


def codes(example):
    return {finding.code for finding in lint(example.text, mode=example.mode, context=example.context)}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_the_bad_example_of_a_rule_gets_its_code(rule):
    assert rule.code in codes(rule.bad)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_the_good_example_of_a_rule_is_clean(rule):
    assert codes(rule.good) == set()


def test_every_text_belongs_to_a_rule():
    assert {key.split(".")[0] for key in TEXTS} - {"fix"} == set(RULES)


def test_every_number_of_the_lint_is_named_with_its_source():
    named = {parameter.name for rule in RULES.values() for parameter in rule.parameters}
    assert named == {field.name for field in fields(LintParameters)}


def test_no_finding_is_louder_than_its_rule_allows():
    order = ["hint", "warning", "error"]
    for rule in RULES.values():
        for finding in lint(rule.bad.text, mode=rule.bad.mode, context=rule.bad.context):
            loudest = RULES[finding.code].severities[rule.bad.mode]
            assert order.index(finding.severity) <= order.index(loudest), finding
