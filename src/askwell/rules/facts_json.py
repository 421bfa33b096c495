"""Facts as JSON in, steps and refusals as JSON out: the rules on their own.

Theory of operation.  ``read_facts`` walks the dataclasses of ``facts`` by their own types, so that the
schema in ``docs/steps-json.md`` is the dataclasses themselves: the same names, lists for tuples, ISO
8601 for moments (with a zone) and days, the values of the enumerations.  What is left out takes its
default.  An unknown key, a missing one or a value of the wrong kind raises ``BadFacts`` with the path
of the place, ``relationships[2].talks[0].starts_at``.  ``decide`` adds to every decision its sentence.
"""

from __future__ import annotations

import difflib
import math
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from askwell.rules import facts
from askwell.rules.catalogue import RULES
from askwell.rules.errors import AskwellRuleError, BadFacts, BadParameter, UnknownPreset
from askwell.rules.explain import reasons as explained
from askwell.rules.explain import refusal_sentence, sentence, title
from askwell.rules.facts import Channel, Mode, OutreachFacts, Purpose, Relationship, SeekerFacts
from askwell.rules.grouping import is_overdue, order, place
from askwell.rules.presets import PRESETS, Preset, choose
from askwell.rules.refusals import may_open, may_send
from askwell.rules.steps import closing_due, seeker_steps, steps_for
from askwell.rules.timing import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from askwell.rules.decisions import Decision, Reason, Refusal, Step

_YEARS = range(1900, 2201)
_LIMIT = 2**53
_TOP_KEYS = ("preset", "overrides", "seeker", "relationships")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllFacts:
    """What a facts file holds."""

    preset: Preset
    seeker: SeekerFacts
    relationships: tuple[Relationship, ...]


def read_facts(data: object) -> AllFacts:
    """Read a facts file already parsed as JSON.  Raises ``BadFacts`` naming the place."""
    top = _object(data, "")
    for key in top:
        if key not in _TOP_KEYS:
            raise BadFacts(str(key), _unknown(str(key), _TOP_KEYS))
    relationships = _list(top.get("relationships", []), "relationships")
    return AllFacts(
        preset=_preset(top),
        seeker=_read(SeekerFacts, top.get("seeker", {}), "seeker"),
        relationships=tuple(
            _read(Relationship, item, f"relationships[{index}]") for index, item in enumerate(relationships)
        ),
    )


def _preset(top: Mapping[str, object]) -> Preset:
    name = top.get("preset", "askwell")
    overrides = _object(top.get("overrides", {}), "overrides")
    try:
        return choose(str(name), **overrides)
    except UnknownPreset as error:
        raise BadFacts("preset", str(error)) from None
    except BadParameter as error:
        raise BadFacts(f"overrides.{error.field}", error.problem) from None


# --- reading values by type


def _read(kind: Any, value: object, path: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _read_optional(kind, value, path)
    if origin in (tuple, frozenset):
        inner = get_args(kind)[0]
        items = [_read(inner, item, f"{path}[{index}]") for index, item in enumerate(_list(value, path))]
        return frozenset(items) if origin is frozenset else tuple(items)
    if kind in _PLAIN:
        return _PLAIN[kind](value, path)
    if issubclass(kind, StrEnum):
        return _choice(kind, value, path)
    return _read_dataclass(kind, value, path)


def _read_optional(kind: Any, value: object, path: str) -> Any:
    if value is None:
        return None
    inner = next(arg for arg in get_args(kind) if arg is not NoneType)
    return _read(inner, value, path)


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, {**vars(facts), "datetime": datetime, "date": date})


def _read_dataclass(kind: Any, value: object, path: str) -> Any:
    given, hints = _object(value, path), _hints(kind)
    for key in given:
        if key not in hints:
            raise BadFacts(f"{path}.{key}", _unknown(str(key), hints))
    for field in fields(kind):
        if field.default is MISSING and field.name not in given:
            raise BadFacts(f"{path}.{field.name}", "is missing")
    made = kind(**{key: _read(hints[key], item, f"{path}.{key}") for key, item in given.items()})
    if isinstance(made, facts.Calendar):
        _check_calendar(made, path)
    return made


def _check_calendar(calendar: facts.Calendar, path: str) -> None:
    try:
        zone_of(calendar.zone)
    except AskwellRuleError:
        raise BadFacts(f"{path}.zone", f"no such time zone: {calendar.zone!r}") from None
    if not calendar.weekend <= set(range(7)):
        raise BadFacts(f"{path}.weekend", "days are 0 (Monday) to 6 (Sunday)")
    if len(calendar.weekend) == len(range(7)):
        raise BadFacts(f"{path}.weekend", "leaves no working day")


def _unknown(key: str, known: object) -> str:
    near = difflib.get_close_matches(key, list(known), n=1)  # type: ignore[call-overload]
    return f"is not known; did you mean {near[0]!r}?" if near else "is not known"


def _object(value: object, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadFacts(path, f"must be an object, not {_name(value)}")
    return value


def _list(value: object, path: str) -> list[object]:
    if not isinstance(value, list):
        raise BadFacts(path, f"must be a list, not {_name(value)}")
    return value


_NAMES = {NoneType: "null", bool: "true or false", str: "text", list: "a list", dict: "an object"}


def _name(value: object) -> str:
    return _NAMES.get(type(value), "a number")


def _choice(kind: type[StrEnum], value: object, path: str) -> StrEnum:
    try:
        return kind(str(value))
    except ValueError:
        raise BadFacts(path, f"must be one of {', '.join(kind)}; not {value!r}") from None


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise BadFacts(path, f"must be text, not {_name(value)}")
    return value


def _flag(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise BadFacts(path, f"must be true or false, not {_name(value)}")
    return value


def _whole(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadFacts(path, f"must be a whole number, not {value!r}")
    if not 0 <= value <= _LIMIT:
        raise BadFacts(path, "must not be negative" if value < 0 else "is too large")
    return value


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadFacts(path, f"must be a number, not {_name(value)}")
    if not math.isfinite(value) or value < 0:
        raise BadFacts(path, "must be a number from 0 up")
    return float(value)


def _moment(value: object, path: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value, path))
    except ValueError:
        raise BadFacts(path, f"is no date and time: {value!r}; write 2026-03-02T09:00:00Z") from None
    if moment.tzinfo is None:
        raise BadFacts(path, f"needs a zone: {value!r}; write 2026-03-02T09:00:00Z")
    _check_year(moment.year, path)
    return moment.astimezone(UTC)


def _day(value: object, path: str) -> date:
    try:
        day = date.fromisoformat(_text(value, path))
    except ValueError:
        raise BadFacts(path, f"is no date: {value!r}; write 2026-03-02") from None
    _check_year(day.year, path)
    return day


def _check_year(year: int, path: str) -> None:
    if year not in _YEARS:
        raise BadFacts(path, f"the year {year} is out of range ({_YEARS[0]} to {_YEARS[-1]})")


_PLAIN: dict[Any, Any] = {
    str: _text,
    bool: _flag,
    int: _whole,
    float: _number,
    datetime: _moment,
    date: _day,
}


# --- deciding


def decide(data: object, *, now: datetime) -> dict[str, Any]:
    """Apply the rules to a facts file: its steps, refusals and closings, each with its sentences.

    For every outreach it says whether the next message may go out, for a contact without one whether
    an outreach may be begun.  Raises ``BadFacts``.
    """
    known = read_facts(data)
    preset, seeker = known.preset, known.seeker
    steps = list(seeker_steps(seeker, preset=preset, now=now))
    for relationship in known.relationships:
        steps += steps_for(relationship, preset=preset, now=now)
    return {
        "now": _iso(now),
        "preset": preset.name,
        "steps": [_step(step, now=now, seeker=seeker) for step in order(steps)],
        "refusals": [row for one in known.relationships for row in _refusals(one, known, now)],
        "closings": [row for one in known.relationships for row in _closings(one, preset, now)],
    }


def _step(step: Step, *, now: datetime, seeker: SeekerFacts) -> dict[str, Any]:
    return {
        "code": str(step.code),
        "key": step.key,
        "contact": step.contact,
        "about": list(step.about),
        "title": title(step, name=_who(step.contact)).strip(),
        "group": str(place(step, now=now, calendar=seeker.calendar)),
        "earliest": _iso(step.earliest),
        "due": _iso(step.due),
        "urgent": _iso(step.urgent),
        "stale": _iso(step.stale),
        "overdue": is_overdue(step, now=now),
        "why": [_reason(reason) for reason in step.why],
        "blocked_by": _reason(step.blocked_by) if step.blocked_by else None,
        "explained": " ".join(explained(step)),
    }


def _who(contact: int | None) -> str:
    return "" if contact is None else f"contact {contact}"


def _refusals(relationship: Relationship, known: AllFacts, now: datetime) -> Iterator[dict[str, Any]]:
    for act, outreach, decision in _acts(relationship, known, now):
        for refusal in decision.refusals:
            yield {
                "contact": relationship.contact,
                "outreach": None if outreach is None else outreach.id,
                "act": act,
                **_refusal(refusal),
            }


def _acts(
    relationship: Relationship, known: AllFacts, now: datetime
) -> Iterator[tuple[str, OutreachFacts | None, Decision]]:
    preset, seeker = known.preset, known.seeker
    for outreach in relationship.outreaches:
        mode = Mode.FOLLOW_UP if outreach.sent else outreach.mode
        decision = may_send(
            relationship, outreach, mode=mode, channel=Channel.EMAIL, preset=preset, seeker=seeker, now=now
        )
        yield f"send:{mode}", outreach, decision
    if not relationship.outreaches:
        yield "open", None, may_open(relationship, Purpose.EXPLORE, preset=preset, seeker=seeker, now=now)


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "hard": refusal.hard,
        "until": _iso(refusal.until),
        "reason": _reason(refusal.reason),
        "sentence": refusal_sentence(refusal),
    }


def _closings(relationship: Relationship, preset: Preset, now: datetime) -> Iterator[dict[str, Any]]:
    for outreach in relationship.outreaches:
        closes = closing_due(relationship, outreach, preset=preset)
        if closes is not None:
            yield {
                "contact": relationship.contact,
                "outreach": outreach.id,
                "closes": _iso(closes),
                "due": closes <= now,
            }


def _reason(reason: Reason) -> dict[str, Any]:
    params = {
        key: _iso(value) if isinstance(value, datetime) else value for key, value in reason.params.items()
    }
    return {
        "rule": reason.rule,
        "text": reason.text,
        "params": params,
        "sentence": sentence(reason),
        "sources": list(RULES[reason.rule].sources),
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def schema() -> dict[str, list[tuple[str, str, bool]]]:
    """Field names, types and whether they are required, for each kind of fact: the documentation's table."""
    kinds = (
        Relationship,
        facts.Calendar,
        facts.History,
        OutreachFacts,
        facts.TalkFacts,
        facts.PromiseFacts,
        facts.LoopFacts,
        facts.NameFacts,
        facts.LeadFacts,
        facts.ResumeRequestFacts,
        facts.JobChangeFacts,
        facts.TrialFacts,
        SeekerFacts,
        facts.EventFacts,
        facts.DecisionFacts,
    )
    return {
        kind.__name__: [(one.name, str(one.type), one.default is MISSING) for one in fields(kind)]
        for kind in kinds
    }


__all__ = ["PRESETS", "AllFacts", "decide", "read_facts", "schema"]
