import ast
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import askwell.rules
from askwell.rules.decisions import Refusal, Step, StepCode, because
from askwell.rules.errors import UnknownCode
from askwell.rules.explain import TITLES, deadline, reasons, refusal_sentence, sentence, title, title_text
from askwell.rules.favors import Kind
from askwell.rules.presets import CLOSING_QUESTIONS
from askwell.rules.reflection import QUESTIONS
from askwell.rules.sentences import BLOCKS, CLOSING, REASONS, REFLECTION, Plural
from askwell.rules.sharing import Ground

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ROOM = Path(askwell.rules.__file__).parent
OURS = [*ROOM.glob("*.py"), *(ROOM / "steps").glob("*.py"), *(ROOM / "questions").glob("*.py")]
# Keys made of parts: every value the part can take.
COMPOSED = {
    "check_in.own", "check_in.after_talk", "check_in.warm",
    "agenda.names_always", "agenda.names_if_went_well", "agenda.names_optional",
    "prepare.profile", "prepare.site", "prepare.news", "prepare.common_ground",
    "prepare.synopsis", "prepare.why_company", "prepare.why_function",
    *(f"shelf.{ground}" for ground in Ground), *(f"favor.{kind}" for kind in Kind),
}  # fmt: skip


def calls():
    """Every ``because(...)`` of the rules, with its literal key and the names of its numbers."""
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "because":
                yield path.name, node.args, {keyword.arg for keyword in node.keywords}


def strings(tree):
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in REASONS
    }


def fields(text):
    forms = (text.one, text.many) if isinstance(text, Plural) else (text,)
    found = {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}
    return found | ({text.by} if isinstance(text, Plural) else set())


def test_every_literal_key_has_a_sentence_that_fits_its_numbers():
    seen = 0
    for name, arguments, given in calls():
        if len(arguments) > 1 and isinstance(arguments[1], ast.Constant):
            key = arguments[1].value
            assert key in REASONS, (name, key)
            assert fields(REASONS[key]) <= given, (name, key)
            seen += 1
    assert seen > 80


def test_every_sentence_is_used_somewhere():
    used = set(COMPOSED)
    for path in OURS:  # which leaves the sentences themselves out
        used |= strings(ast.parse(path.read_text(encoding="utf-8")))
    assert set(REASONS) == used


def test_plurals_name_a_number_they_are_given():
    for key, text in REASONS.items():
        if isinstance(text, Plural):
            assert text.by in fields(text), key


def test_one_and_many_read_differently():
    assert "a business day" in sentence(because("F09", "answer.within", days=1))
    assert "3 business days" in sentence(because("F09", "answer.within", days=3))


def test_moments_go_through_the_readers_own_hook():
    reason = because("F02", "promise.dated", due=NOW)
    assert sentence(reason) == "You promised it by 2026-03-02."
    assert sentence(reason, when=lambda at: at.strftime("%A")) == "You promised it by Monday."


def test_translators_are_asked_for_the_sentence_before_the_numbers_go_in():
    asked = []
    sentence(because("F02", "promise.dated", due=NOW), translate=lambda text: asked.append(text) or text)
    sentence(
        because("F09", "answer.within", days=2),
        ntranslate=lambda one, many, count: asked.append((one, many, count)) or many,
    )
    assert asked[0] == "You promised it by {due}."
    assert asked[1][2] == 2


def test_a_number_that_is_none_still_makes_a_sentence():
    assert sentence(because("F09", "answer.within", days=None))


def test_an_unknown_key_is_an_error():
    with pytest.raises(UnknownCode):
        sentence(because("F04", "no.such"))


def test_every_step_has_a_title():
    assert set(TITLES) == set(StepCode)
    step = Step(code=StepCode.THANK, contact=1, about=("talk", 2), earliest=NOW, due=NOW, why=())
    assert title(step, name="Jun Ito") == "Thank Jun Ito for the talk"


def test_what_blocks_a_step_is_said_last():
    step = Step(
        code=StepCode.WRITE_TO_REFERRED,
        contact=1,
        about=("name", 2),
        earliest=NOW,
        due=NOW,
        why=(because("I02", "referred.within", days=2),),
        blocked_by=because("I04", "leave.first"),
    )
    said = reasons(step)
    assert len(said) == 2
    assert said[1].startswith("First ask")


def test_a_refusal_says_from_when_it_is_fine():
    refusal = Refusal(reason=because("F04", "refuse.too_soon", days=5), hard=False, until=NOW)
    assert refusal_sentence(refusal).endswith("It will be fine from 2026-03-02.")
    hard = Refusal(reason=because("F04", "refuse.declined"), hard=True)
    assert "fine from" not in refusal_sentence(hard)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (timedelta(hours=5, minutes=30), "by 8:30 pm, in 5 hours"),
        (timedelta(hours=1), "by 4:00 pm, in 1 hour"),
        (timedelta(minutes=30), "by 3:30 pm, within the hour"),
        (timedelta(hours=20), "tomorrow"),
        (timedelta(days=3), "in 3 days"),
        (-timedelta(minutes=5), "just now"),
        (-timedelta(hours=3), "earlier today"),
        (-timedelta(days=1), "since yesterday"),
        (-timedelta(days=3), "waiting for 3 days"),
        (timedelta(days=13), "in 13 days"),
        (timedelta(days=14), "in 2 weeks"),
        (timedelta(days=60), "in 2 months"),
        (-timedelta(days=59), "waiting for 8 weeks"),
        (-timedelta(days=2190), "waiting for 6 years"),
    ],
)
def test_deadlines_in_the_words_people_use(due, said):
    assert deadline(NOW + due, now=NOW) == said


def test_a_deadline_is_told_in_the_readers_day():
    late = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
    assert deadline(late, now=NOW) == "tomorrow"
    assert deadline(late, now=NOW, zone=ZoneInfo("America/New_York")) == "today by 10:00 pm"
    assert (
        deadline(NOW + timedelta(hours=2), now=NOW, clock=lambda at: f"{at:%H:%M}") == "by 17:00, in 2 hours"
    )


def test_no_sentence_shames_or_sells():
    words = [text if isinstance(text, str) else text.one + text.many for text in REASONS.values()]
    for word in ("prospect", "pipeline", "funnel", "failed", "shame", "lazy", "CRM", "overdue"):
        assert not any(word in text for text in words)


def test_small_labels_cover_their_keys():
    assert set(CLOSING) == set(CLOSING_QUESTIONS)
    assert set(REFLECTION) == set(QUESTIONS)
    assert {"thanks", "context", "questions", "wrap", "spare"} <= set(BLOCKS)


def test_without_a_goal_nobody_is_told_to_look_at_it_again():
    assert title_text(StepCode.RENEW_GOAL, ["goal.first"]) == "Say what you are looking for"
    assert title_text(StepCode.RENEW_GOAL, ["goal.old"]) == "Look at your goal again"
