from datetime import time

import pytest

from askwell.rules.errors import AskwellRuleError, BadParameter, UnknownPreset
from askwell.rules.facts import Channel
from askwell.rules.presets import FIELDS, PRESETS, AgendaStyle, Source, choose, source_of


def test_there_are_five_presets_under_their_own_names():
    assert list(PRESETS) == ["askwell", "smith", "kelley", "case_western", "two_hour"]
    assert all(preset.name == name for name, preset in PRESETS.items())


def test_every_preset_as_shipped_passes_its_own_checks():
    for name in PRESETS:
        assert choose(name) is PRESETS[name]


def test_twenty_minutes_is_asked_by_everyone():
    assert {preset.minutes_asked for preset in PRESETS.values()} == {20}


def test_s0_and_s1_mean_the_same_number_of_touches():
    assert PRESETS["smith"].max_touches == PRESETS["kelley"].max_touches == 3
    assert PRESETS["two_hour"].max_touches == 2


def test_every_number_knows_its_source():
    for preset in PRESETS:
        for field in FIELDS:
            assert source_of(preset, field) in Source


@pytest.mark.parametrize(
    ("preset", "field", "source"),
    [
        ("smith", "max_touches", Source.S0),
        ("askwell", "max_touches", Source.S1),
        ("case_western", "closing_questions", Source.S2),
        ("two_hour", "second_contact", Source.DALTON),
        ("askwell", "conversations_needed", Source.DEFAULT),
        ("askwell", "event_write_business_days", Source.S4),
    ],
)
def test_a_source_is_who_said_so(preset, field, source):
    assert source_of(preset, field) is source


def test_unknown_names_are_told_with_what_there_is():
    with pytest.raises(UnknownPreset, match="there are: askwell") as caught:
        source_of("harvard", "max_touches")
    assert caught.value.name == "harvard"
    with pytest.raises(BadParameter):
        source_of("askwell", "max_toches")
    with pytest.raises(UnknownPreset):
        choose("harvard")


def test_single_numbers_may_be_changed_as_a_form_sends_them():
    chosen = choose(
        "askwell",
        max_touches=2,
        channels=["email", "linkedin"],
        channels_in_order=False,
        agenda="tiara",
        closing_questions=["who_else", "what_missed"],
        check_in_days=[25, 35],
        send_from="09:15",
        send_until=time(16, 0),
    )
    assert chosen.max_touches == 2
    assert chosen.channels == (Channel.EMAIL, Channel.LINKEDIN)
    assert chosen.agenda is AgendaStyle.TIARA
    assert chosen.closing_questions == ("who_else", "what_missed")
    assert chosen.check_in_days == (25, 35)
    assert chosen.send_from == time(9, 15)
    assert not chosen.channels_in_order
    assert PRESETS["askwell"].max_touches == 3


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("max_toches", 3, "no such parameter"),
        ("name", "mine", "no such parameter"),
        ("max_touches", "3", "whole number"),
        ("max_touches", True, "whole number"),
        ("max_touches", 0, "from 1"),
        ("max_touches", 10**9, "from 1"),
        ("cards_low", -1, "from 0"),
        ("active_cap", 151, "must not be more than cadence_cap"),
        ("channels_in_order", "yes", "true or false"),
        ("agenda", "waffle", "must be one of"),
        ("channels", "email", "must be a list"),
        ("channels", ["pigeon"], "must be one of"),
        ("closing_questions", ["salary"], "must be among"),
        ("check_in_days", [1, 2, 3], "two numbers"),
        ("check_in_days", [30, 21], "least must not be more"),
        ("send_from", "half past", "time of day"),
        ("minutes_asked", 40, "must not be more than minutes_max"),
        ("wait_business_days", 4, "must not be more than wait_business_days"),
    ],
)
def test_a_wrong_value_is_named(field, value, problem):
    with pytest.raises(BadParameter, match=problem) as caught:
        choose("askwell", **{field: value})
    assert isinstance(caught.value, AskwellRuleError)
