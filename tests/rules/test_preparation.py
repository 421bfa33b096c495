from dataclasses import replace

import pytest

from askwell.rules.explain import sentence
from askwell.rules.preparation import ANSWERS, HOMEWORK, Preparation, check_preparation
from askwell.rules.presets import PRESETS
from askwell.rules.questions.model import OwnQuestion
from askwell.rules.severity import Severity

ASKWELL = PRESETS["askwell"]


def asked(count, *, stars=5):
    """Questions of one's own, the first of them starred."""
    return tuple(
        OwnQuestion(text=f"How did year {number} go?", starred=number <= stars)
        for number in range(1, count + 1)
    )


DONE = Preparation(
    goal_text="Paediatric nurse in Boston",
    done=frozenset({*HOMEWORK, *ANSWERS}),
    story_words=160,
    questions=asked(9),
    outcome_wanted="How shifts are set",
    next_step_wanted="A day on the ward",
    offer="The slides of my course",
    confirmed=True,
)


def found(**changes):
    return {
        one.reason.text: one for one in check_preparation(replace(DONE, **changes), preset=ASKWELL).findings
    }


def test_nothing_is_missing_when_all_is_done():
    readiness = check_preparation(DONE, preset=ASKWELL)
    assert readiness.findings == ()
    assert readiness.ready
    assert not readiness.blocked


def test_an_unclear_goal_blocks():
    readiness = check_preparation(replace(DONE, goal_text="Something"), preset=ASKWELL)
    assert readiness.blocked
    assert not readiness.ready


@pytest.mark.parametrize("point", [*HOMEWORK, *ANSWERS])
def test_each_point_is_done_or_skipped_on_purpose(point):
    without = DONE.done - {point}
    assert set(found(done=without)) == {f"prepare.{point}"}
    assert found(done=without, skipped=frozenset({point})) == {}


@pytest.mark.parametrize(
    ("changes", "key", "severity"),
    [
        ({"story_words": 300}, "prepare.story_long", Severity.WARNING),
        ({"story_words": 60}, "prepare.story_short", Severity.HINT),
        ({"questions": asked(4)}, "prepare.questions_few", Severity.WARNING),
        ({"questions": asked(13)}, "prepare.questions_many", Severity.WARNING),
        ({"questions": asked(9, stars=0)}, "prepare.star", Severity.HINT),
        ({"outcome_wanted": ""}, "prepare.aims", Severity.WARNING),
        ({"next_step_wanted": " "}, "prepare.aims", Severity.WARNING),
        ({"offer": ""}, "prepare.offer", Severity.HINT),
        ({"confirmed": False}, "prepare.confirm", Severity.WARNING),
    ],
)
def test_what_is_missing_is_said_with_its_weight(changes, key, severity):
    findings = found(**changes)
    assert set(findings) == {key}
    assert findings[key].severity is severity
    assert sentence(findings[key].reason)


def test_hints_do_not_keep_a_talk_from_being_ready():
    assert check_preparation(replace(DONE, offer="", questions=asked(9, stars=0)), preset=ASKWELL).ready
