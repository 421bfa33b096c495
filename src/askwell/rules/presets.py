"""Presets: one named set of parameters each, every number knowing where it comes from.

Theory of operation.  A ``Preset`` is a frozen bag of numbers and choices; every rule reads its
parameters from one.  The user picks a preset by name and may change single numbers through
``choose``, which checks them one by one and together.  ``source_of`` tells who says so: one of
the five guides (S0 to S4), Dalton's method, or ``default``: ours, never to be shown as a finding.

Units are in the names: ``..._business_days`` count in the recipient's calendar, ``..._days``
are calendar days, ``..._hours`` are hours by the clock, ``..._minutes`` minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import time
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from askwell.rules.errors import BadParameter, UnknownPreset
from askwell.rules.facts import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping


class Source(StrEnum):
    """Who says so.  ``DEFAULT`` is our own choice and no finding."""

    S0 = "S0"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    DALTON = "Dalton"
    DEFAULT = "default"


SOURCE_NAMES: Mapping[Source, str] = {
    Source.S0: "What is Career Networking? Smith School of Business, University of Maryland",
    Source.S1: "Informational interviews, Kelley Direct, Indiana University",
    Source.S2: "Networking and informational interviewing, Case Western Reserve University",
    Source.S3: "Networking: what, why, how, who, when, where. S. B. Hanson, Advance IT Minnesota",
    Source.S4: "Jump-Start Your Networking. B. Mitchell, Ask the Expert",
    Source.DALTON: "S. Dalton, The 2-Hour Job Search",
    Source.DEFAULT: "default, ours",
}


class FurtherNames(StrEnum):
    """When to ask for further names at the end of a talk."""

    ALWAYS = "always"
    IF_WENT_WELL = "if_went_well"
    OPTIONAL = "optional"


class SecondContact(StrEnum):
    """What silence at an employer leads to: a step of its own, or a hint."""

    STEP = "step"
    HINT = "hint"


class AgendaStyle(StrEnum):
    """Whose division of the talk is used."""

    ASKWELL = "askwell"
    OWN = "own"
    KELLEY = "kelley"
    CASE_WESTERN = "case_western"
    TIARA = "tiara"


CLOSING_QUESTIONS = ("who_else", "use_name", "stay_in_touch", "useful_to_you", "what_missed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """All parameters of the rules.  ``channels`` empty means any."""

    name: str
    # the ask
    minutes_asked: int = 20
    minutes_min: int = 15
    minutes_max: int = 30
    max_touches: int = 3
    volunteer_touches: int = 2
    wait_business_days: int = 7
    min_gap_business_days: int = 5
    second_contact: SecondContact = SecondContact.HINT
    second_contact_business_days: int = 3
    pause_business_days: int = 2
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.PHONE, Channel.EMAIL)
    channels_in_order: bool = True
    referred_business_days: int = 2
    leave_business_days: int = 2
    draft_business_days: int = 2
    mend_address_business_days: int = 2
    # the talk
    agenda: AgendaStyle = AgendaStyle.ASKWELL
    further_names: FurtherNames = FurtherNames.ALWAYS
    closing_questions: tuple[str, ...] = ("who_else", "use_name", "stay_in_touch")
    wrap_cue_minutes: int = 3
    extension_minutes: int = 5
    early_minutes_max: int = 15
    they_talk_percent: int = 70
    arrange_business_days: int = 1
    confirm_business_days: int = 1
    prepare_ahead_business_days: int = 3
    own_cancel_business_days: int = 2
    their_changes_limit: int = 3
    windows_from_business_days: int = 3
    windows_to_business_days: int = 10
    windows_count: int = 3
    # preparation
    goal_max_words: int = 25
    goal_max_paths: int = 2
    story_words_min: int = 150
    story_words_max: int = 200
    questions_min: int = 5
    questions_max: int = 12
    questions_starred: int = 5
    conversations_needed: int = 3
    # after
    log_hours: int = 24
    thank_hours: int = 24
    thank_urgent_hours: int = 48
    reflect_hours: int = 24
    reply_business_days: int = 1
    promise_business_days: int = 2
    their_promise_business_days: int = 10
    close_loop_days: int = 7
    close_loop_latest_days: int = 42
    # leads and events
    lead_business_days: int = 1
    lead_urgent_business_days: int = 2
    lead_stale_business_days: int = 5
    lead_thank_hours: int = 24
    lead_report_days: int = 7
    event_plan_business_days: int = 1
    event_plan_ahead_business_days: int = 5
    event_write_business_days: int = 1
    event_urgent_days: int = 3
    event_stale_days: int = 7
    event_people_min: int = 2
    event_people_max: int = 3
    # keeping in touch
    check_in_days: tuple[int, int] = (21, 30)
    check_in_min_gap_days: int = 14
    check_in_warn_gap_days: int = 21
    after_talk_months: int = 3
    keep_warm_days: int = 90
    lapsing_days: int = 365
    dormant_days: int = 1095
    asks_without_give: int = 2
    help_business_days: int = 5
    congratulate_days: int = 7
    congratulate_stale_days: int = 42
    recall_stale_days: int = 28
    favor_minutes: int = 5
    favors_a_week: int = 5
    # the week
    minutes_per_message: int = 8
    active_cap: int = 50
    cadence_cap: int = 150
    employer_open_most: int = 2
    # upkeep
    goal_review_days: int = 90
    resume_review_days: int = 90
    resume_send_business_days: int = 1
    cards_low: int = 10
    # hours, local to the recipient
    send_from: time = time(8, 30)
    send_until: time = time(16, 30)
    eve_until: time = time(12, 0)
    quiet_from: time = time(18, 0)
    quiet_until: time = time(8, 0)
    phone_from: time = time(9, 0)
    phone_until: time = time(17, 0)


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Preset) if field.name != "name")

_DEFAULTS = Preset(name="askwell")

PRESETS: Mapping[str, Preset] = {
    "askwell": _DEFAULTS,
    "smith": replace(
        _DEFAULTS,
        name="smith",
        wait_business_days=5,
        volunteer_touches=3,
        agenda=AgendaStyle.OWN,
        further_names=FurtherNames.IF_WENT_WELL,
        closing_questions=("who_else", "stay_in_touch", "useful_to_you"),
    ),
    "kelley": replace(
        _DEFAULTS,
        name="kelley",
        minutes_min=20,
        minutes_max=20,
        wait_business_days=5,
        volunteer_touches=3,
        channels=(),
        channels_in_order=False,
        agenda=AgendaStyle.KELLEY,
        further_names=FurtherNames.OPTIONAL,
        closing_questions=("stay_in_touch", "who_else"),
        thank_hours=4,
    ),
    "case_western": replace(
        _DEFAULTS,
        name="case_western",
        minutes_min=20,
        wait_business_days=5,
        volunteer_touches=3,
        channels=(Channel.EMAIL, Channel.PHONE),
        channels_in_order=False,
        agenda=AgendaStyle.CASE_WESTERN,
        closing_questions=("who_else", "use_name"),
    ),
    "two_hour": replace(
        _DEFAULTS,
        name="two_hour",
        max_touches=2,
        second_contact=SecondContact.STEP,
        channels=(Channel.EMAIL,),
        agenda=AgendaStyle.TIARA,
        check_in_days=(28, 30),
    ),
}

_SAID: Mapping[str, Source] = {
    "minutes_asked": Source.S1,
    "minutes_min": Source.S0,
    "minutes_max": Source.S0,
    "max_touches": Source.S1,
    "wait_business_days": Source.DALTON,
    "second_contact_business_days": Source.DALTON,
    "channels": Source.S0,
    "channels_in_order": Source.S0,
    "agenda": Source.S1,
    "further_names": Source.S2,
    "closing_questions": Source.S2,
    "early_minutes_max": Source.S2,
    "thank_hours": Source.S0,
    "event_write_business_days": Source.S4,
    "event_people_min": Source.S4,
    "event_people_max": Source.S4,
    "check_in_days": Source.S1,
    "check_in_warn_gap_days": Source.S1,
    "minutes_per_message": Source.DEFAULT,
}

_SAID_BY_PRESET: Mapping[str, Mapping[str, Source]] = {
    "smith": {
        "minutes_asked": Source.DEFAULT,
        "max_touches": Source.S0,
        "wait_business_days": Source.S0,
        "agenda": Source.S0,
        "further_names": Source.S0,
        "closing_questions": Source.S0,
        "check_in_days": Source.DEFAULT,
    },
    "kelley": {
        "minutes_min": Source.S1,
        "minutes_max": Source.S1,
        "wait_business_days": Source.DEFAULT,
        "channels": Source.DEFAULT,
        "channels_in_order": Source.DEFAULT,
        "further_names": Source.S1,
        "closing_questions": Source.S1,
        "thank_hours": Source.DEFAULT,
    },
    "case_western": {
        "minutes_asked": Source.S2,
        "minutes_min": Source.S2,
        "minutes_max": Source.S2,
        "max_touches": Source.DEFAULT,
        "wait_business_days": Source.DEFAULT,
        "channels": Source.S2,
        "channels_in_order": Source.S2,
        "agenda": Source.S2,
        "thank_hours": Source.DEFAULT,
        "check_in_days": Source.DEFAULT,
    },
    "two_hour": {
        "minutes_asked": Source.DEFAULT,
        "max_touches": Source.DALTON,
        "second_contact": Source.DALTON,
        "channels": Source.DALTON,
        "channels_in_order": Source.DALTON,
        "agenda": Source.DALTON,
        "further_names": Source.DALTON,
        "check_in_days": Source.DALTON,
    },
}


def source_of(preset_name: str, field: str) -> Source:
    """Who says so.  Raises ``UnknownPreset`` or ``BadParameter`` for names there are none of."""
    _known(preset_name)
    if field not in FIELDS:
        raise BadParameter(field, None, "no such parameter")
    said = _SAID_BY_PRESET.get(preset_name, {})
    return said.get(field, _SAID.get(field, Source.DEFAULT))


def choose(name: str, /, **overrides: object) -> Preset:
    """Give the preset of that name with single parameters changed.

    Values may be plain (numbers, text, lists, ``"08:30"``) as they come from a form or a file.
    Raises ``UnknownPreset`` or ``BadParameter``; the error names the parameter.
    """
    preset = _known(name)
    changes: dict[str, Any] = {field: _read(preset, field, value) for field, value in overrides.items()}
    chosen = replace(preset, **changes) if changes else preset
    _check_together(chosen)
    return chosen


def _known(name: str) -> Preset:
    try:
        return PRESETS[name]
    except KeyError:
        raise UnknownPreset(name, PRESETS) from None


def _read(preset: Preset, field: str, value: object) -> object:
    if field not in FIELDS:
        raise BadParameter(field, value, "no such parameter")
    example = getattr(preset, field)
    if isinstance(example, bool):
        return _read_bool(field, value)
    if isinstance(example, int):
        return _read_int(field, value)
    if isinstance(example, time):
        return _read_time(field, value)
    if isinstance(example, StrEnum):
        return _read_choice(type(example), field, value)
    return _read_list(field, value)


def _read_bool(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadParameter(field, value, "must be true or false")
    return value


_LARGEST = 10_000
_MAY_BE_ZERO = {
    "cards_low",
    "extension_minutes",
    "wrap_cue_minutes",
    "volunteer_touches",
}


def _read_int(field: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadParameter(field, value, "must be a whole number")
    least = 0 if field in _MAY_BE_ZERO else 1
    if not least <= value <= _LARGEST:
        raise BadParameter(field, value, f"must be from {least} to {_LARGEST}")
    return value


def _read_time(field: str, value: object) -> time:
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    try:
        return time.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        raise BadParameter(field, value, "must be a time of day such as 08:30") from None


def _read_choice(kind: type[StrEnum], field: str, value: object) -> StrEnum:
    try:
        return kind(str(value))
    except ValueError:
        raise BadParameter(field, value, f"must be one of: {', '.join(kind)}") from None


def _read_list(field: str, value: object) -> tuple[object, ...]:
    if not isinstance(value, (list, tuple)):
        raise BadParameter(field, value, "must be a list")
    if field == "channels":
        return tuple(_read_choice(Channel, field, item) for item in value)
    if field == "closing_questions":
        return _read_closing(value)
    return _read_range(field, value)


def _read_closing(value: list[object] | tuple[object, ...]) -> tuple[object, ...]:
    for item in value:
        if item not in CLOSING_QUESTIONS:
            known = ", ".join(CLOSING_QUESTIONS)
            raise BadParameter("closing_questions", item, f"must be among: {known}")
    return tuple(value)


def _read_range(field: str, value: list[object] | tuple[object, ...]) -> tuple[int, ...]:
    if len(value) != 2:  # noqa: PLR2004 - a least and a most
        raise BadParameter(field, value, "must be two numbers, least and most")
    return tuple(_read_int(field, item) for item in value)


_IN_ORDER: tuple[tuple[str, ...], ...] = (
    ("minutes_min", "minutes_asked", "minutes_max"),
    ("min_gap_business_days", "wait_business_days"),
    ("thank_hours", "thank_urgent_hours"),
    ("close_loop_days", "close_loop_latest_days"),
    ("lead_business_days", "lead_urgent_business_days", "lead_stale_business_days"),
    ("event_urgent_days", "event_stale_days"),
    ("event_people_min", "event_people_max"),
    ("check_in_min_gap_days", "check_in_warn_gap_days"),
    ("questions_min", "questions_max"),
    ("story_words_min", "story_words_max"),
    ("windows_from_business_days", "windows_to_business_days"),
    ("lapsing_days", "dormant_days"),
    ("active_cap", "cadence_cap"),
    ("send_from", "eve_until", "send_until"),
    ("quiet_until", "quiet_from"),
    ("phone_from", "phone_until"),
)


def _check_together(preset: Preset) -> None:
    for names in _IN_ORDER:
        for low, high in pairwise(names):
            if getattr(preset, low) > getattr(preset, high):
                raise BadParameter(low, getattr(preset, low), f"must not be more than {high}")
    if preset.check_in_days[0] > preset.check_in_days[1]:
        raise BadParameter("check_in_days", preset.check_in_days, "least must not be more than most")
