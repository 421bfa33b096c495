from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.agenda import KELLEY_RANGES, agenda_for, cancel_hint, closing_questions, extension_asked
from askwell.rules.errors import BadParameter
from askwell.rules.facts import Calendar
from askwell.rules.presets import PRESETS, choose

ASKWELL = PRESETS["askwell"]


def sizes(minutes, preset=ASKWELL):
    return {block.key: block.minutes for block in agenda_for(minutes, preset=preset).blocks}


def test_s1s_agenda_is_the_default_agendas_sum():
    least, most = (sum(bound) for bound in zip(*KELLEY_RANGES.values(), strict=True))
    assert (least, most) == (17, 22)
    assert least <= agenda_for(20, preset=ASKWELL).total == 20 <= most
    for key, (low, high) in KELLEY_RANGES.items():
        assert low <= sizes(20)[key] <= high


@pytest.mark.parametrize(
    ("minutes", "blocks"),
    [
        (15, {"thanks": 2, "context": 1, "questions": 10, "wrap": 2}),
        (20, {"thanks": 2, "context": 2, "questions": 13, "wrap": 2, "spare": 1}),
        (30, {"thanks": 3, "context": 2, "questions": 22, "wrap": 3}),
    ],
)
def test_the_usual_lengths(minutes, blocks):
    assert sizes(minutes) == blocks


@given(st.integers(10, 240), st.sampled_from(list(PRESETS)))
def test_the_blocks_always_sum_to_the_booked_time(minutes, name):
    agenda = agenda_for(minutes, preset=PRESETS[name])
    assert agenda.total == agenda.minutes == minutes
    clock = 0
    for block in agenda.blocks:
        assert block.minutes > 0
        assert block.starts == clock
        clock += block.minutes
    assert agenda.cue_at == minutes - 3
    assert agenda.questions_that_fit >= 1


@pytest.mark.parametrize("minutes", [9, 241, 0, -5])
def test_other_lengths_are_no_informational_interview(minutes):
    with pytest.raises(BadParameter):
        agenda_for(minutes, preset=ASKWELL)


def test_thirteen_minutes_hold_five_questions():
    assert agenda_for(20, preset=ASKWELL).questions_that_fit == 5


def test_the_two_hour_way_orders_its_questions():
    keys = [block.key for block in agenda_for(20, preset=PRESETS["two_hour"]).blocks]
    assert keys[2:7] == ["trends", "insights", "advice", "resources", "assignments"]


def test_case_western_always_closes_with_two_questions():
    assert closing_questions(preset=PRESETS["case_western"]) == ("who_else", "use_name")


def test_a_cool_talk_ends_without_asking_for_names():
    assert closing_questions(preset=ASKWELL, cool=True) == ("stay_in_touch",)


def test_smith_asks_for_names_only_if_it_went_well():
    assert "who_else" in closing_questions(preset=PRESETS["smith"])
    assert "who_else" not in closing_questions(preset=PRESETS["smith"], went_well=False)
    assert "who_else" in closing_questions(preset=ASKWELL, went_well=False)


def test_reminders_come_from_the_preset():
    reminders = {reason.text: reason.params for reason in agenda_for(20, preset=PRESETS["kelley"]).reminders}
    assert "agenda.names_optional" in reminders
    assert reminders["agenda.on_time"] == {"early": 15}


def test_a_talk_runs_on_by_five_minutes_at_most():
    assert extension_asked(5, preset=ASKWELL) is None
    assert extension_asked(6, preset=ASKWELL).rule == "C02"


def test_calling_it_off_late_is_for_emergencies():
    starts = datetime(2026, 3, 12, 15, tzinfo=UTC)
    early, late = datetime(2026, 3, 10, 14, tzinfo=UTC), datetime(2026, 3, 11, 14, tzinfo=UTC)
    assert cancel_hint(starts, Calendar(), preset=ASKWELL, now=early) is None
    assert cancel_hint(starts, Calendar(), preset=ASKWELL, now=late).rule == "C03"


def test_the_cue_may_be_switched_off():
    assert agenda_for(10, preset=choose("askwell", wrap_cue_minutes=0)).cue_at == 10
