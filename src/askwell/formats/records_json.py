"""Neutral records as JSON objects, for scripts and for export: see ``docs/records-json.md``.

Theory of operation.  The fields of a person that every script wants are always there, even
when empty; the others only when they hold something.  Reading back is strict: a wrong
type, an unknown field or a date that does not exist is refused with its path
(``emails[1].value``), because a misspelt field would otherwise be lost without a word.
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from askwell.formats.records import (
    Email,
    Name,
    PersonRecord,
    Phone,
    PositionRecord,
    PostalAddress,
    Problem,
    Severity,
    Source,
    Url,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Json = dict[str, Any]
_Part = TypeVar("_Part", bound="Name | Email | Phone | Url | PostalAddress | PositionRecord | Source")

ALWAYS = (
    "name",
    "emails",
    "phones",
    "organization",
    "department",
    "title",
    "birthday",
    "addresses",
    "urls",
    "notes",
    "tags",
    "source",
)
_TEXTS = ("organization", "department", "title", "notes", "headline", "place", "uid", "referred_by", "met")
_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d")
_SURROGATE = re.compile("[\ud800-\udfff]")


class RecordError(ValueError):
    """A JSON object is no neutral record: ``path`` names the place, ``reason`` says what is wrong."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


def to_json(person: PersonRecord) -> Json:
    """One person as plain dicts, lists, strings and numbers, in the documented order."""
    made: Json = {}
    for field in fields(PersonRecord):
        value = getattr(person, field.name)
        if value or field.name in ALWAYS:
            made[field.name] = _plain(value)
    return {key: made[key] for key in (*ALWAYS, *(key for key in made if key not in ALWAYS))}


def problem_to_json(problem: Problem) -> Json:
    """``file``, ``line``, ``code``, ``message``, ``severity``."""
    return {
        "file": problem.file,
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "severity": problem.severity.value,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str | int):
        return value
    return {field.name: getattr(value, field.name) for field in fields(value)}


def from_json(obj: object) -> PersonRecord:
    """The person; raises ``RecordError`` naming the place. ``type`` is allowed and ignored."""
    given = dict(_object(obj, ""))
    given.pop("type", None)
    _known(given, (field.name for field in fields(PersonRecord)), "")
    if "name" not in given:
        raise RecordError("name", "is missing")
    found: Json = {key: _text(given[key], key) for key in _TEXTS if key in given}
    for key, read in _READERS.items():
        if key in given:
            found[key] = read(given[key], key)
    return PersonRecord(**{"source": Source(file=""), **found})


def problem_from_json(obj: object) -> Problem:
    """The problem; raises ``RecordError`` naming the place. ``type`` is allowed and ignored."""
    given = dict(_object(obj, ""))
    given.pop("type", None)
    _known(given, ("file", "line", "code", "message", "severity"), "")
    severity = _text(given.get("severity", "warning"), "severity")
    if severity not in {level.value for level in Severity}:
        raise RecordError("severity", "must be error or warning")
    return Problem(
        file=_text(given.get("file", ""), "file"),
        line=_number(given.get("line", 0), "line"),
        code=_text(given.get("code", ""), "code"),
        message=_text(given.get("message", ""), "message"),
        severity=Severity(severity),
    )


def _object(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RecordError(path, "must be an object")
    return value


def _known(given: Mapping[str, Any], names: Iterable[str], path: str) -> None:
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise RecordError(f"{path}.{unknown[0]}" if path else unknown[0], "is no field of a record")


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise RecordError(path, "must be a string")
    if not value.isascii() and _SURROGATE.search(value):
        raise RecordError(path, "contains half of a character (a lone surrogate)")
    return value


def _number(value: object, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise RecordError(path, "must be a whole number, 0 or more")
    return value


def _list(value: object, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise RecordError(path, "must be a list")
    return value


def _part(kind: type[_Part]) -> Callable[[object, str], _Part]:
    names = {field.name: field for field in fields(kind)}
    required = [name for name in ("value", "organization", "file") if name in names]

    def read(value: object, path: str) -> _Part:
        given = _object(value, path)
        _known(given, names, path)
        for name in required:
            if name not in given:
                raise RecordError(f"{path}.{name}", "is missing")
        found: Json = {key: _scalar(key, item, f"{path}.{key}") for key, item in given.items()}
        return kind(**found)

    return read


def _scalar(key: str, value: object, path: str) -> str | int:
    if key == "line":
        return _number(value, path)
    if key != "school":
        return _text(value, path)
    if not isinstance(value, bool):
        raise RecordError(path, "must be true or false")
    return value


def _many(kind: type[_Part]) -> Callable[[object, str], tuple[_Part, ...]]:
    read = _part(kind)
    return lambda value, path: tuple(
        read(item, f"{path}[{at}]") for at, item in enumerate(_list(value, path))
    )


def _tags(value: object, path: str) -> tuple[str, ...]:
    return tuple(_text(item, f"{path}[{at}]") for at, item in enumerate(_list(value, path)))


def _kept(value: object, path: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for at, item in enumerate(_list(value, path)):
        pair = _tags(item, f"{path}[{at}]")
        if len(pair) != 2:  # noqa: PLR2004
            raise RecordError(f"{path}[{at}]", "must be a pair: name, value")
        pairs.append((pair[0], pair[1]))
    return tuple(pairs)


def _birthday(value: object, path: str) -> str:
    text = _text(value, path)
    if text:
        # 2000 is a leap year: --02-29 is a birthday.
        _date(f"2000-{text[2:]}" if text.startswith("--") else text, path)
    return text


def _date(text: str, path: str) -> date:
    if not _DAY.fullmatch(text):
        raise RecordError(path, "must be a date: 1985-02-03, or --02-03 for a birthday without its year")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RecordError(path, "is a day that does not exist") from None


def _connected_on(value: object, path: str) -> date:
    return _date(_text(value, path), path)


_READERS: dict[str, Callable[[object, str], Any]] = {
    "name": _part(Name),
    "source": _part(Source),
    "emails": _many(Email),
    "phones": _many(Phone),
    "addresses": _many(PostalAddress),
    "urls": _many(Url),
    "positions": _many(PositionRecord),
    "tags": _tags,
    "kept": _kept,
    "birthday": _birthday,
    "connected_on": _connected_on,
}
