"""Times of day in a sentence, in the words of one language: "at 3", "14 Uhr", "3-3:30pm", "الساعة ٤ عصرا".

Theory of operation.  Every number that could be an hour is looked at with what stands around it.  It is a
time when something says so: minutes after a colon, am or pm or "Uhr", a word like "at" before it; or when it
is joined to one that is ("2-4pm", "10 or 11 am"), from which it then also takes morning or afternoon.  Where
neither is said, one to six are of the afternoon, for nobody proposes to talk at three in the night.
Parts of a day are times too: their hours are defaults of ours, and stand in ``PARTS``.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from askwell.formats.mail import words
from askwell.formats.mail.days import one_of
from askwell.formats.mail.phrases import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

NOON, HOURS, MINUTES = 12, 24, 60
LATEST_AFTERNOON = 6  # the last hour that is of the afternoon where nothing says which
LATEST_NOON = 4  # "2 ظهرا" is 14:00, "11 ظهرا" is 11:00
PARTS = {
    "morning": (dt.time(9), dt.time(12)),
    "afternoon": (dt.time(12), dt.time(17)),
    "evening": (dt.time(18), dt.time(21)),
}
_NAMED_ZONE = re.compile(r"\b[A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,30}(?:/[A-Z][A-Za-z_]{2,30})?\b")
_OFFSET = re.compile(r"\b(?:UTC|GMT) ?([+-]) ?(\d{1,2})(?::?(\d{2}))?\b")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time and where it stands; ``until`` its end, ``open`` where it may be later ("after 10")."""

    start: int
    end: int
    time: dt.time
    until: dt.time | None = None
    open: bool = False
    said_half: bool = False  # am or pm, 24 hours, or minutes: the hour is certain


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that could be an hour."""

    start: int
    end: int
    hour: int
    minute: int
    half: str  # "am", "pm" or ""
    strong: bool
    open: bool
    before: bool
    sure: bool


def clocks_in(sentence: str, language: str) -> list[Clock]:
    """Every time of day in a folded sentence from which its days were taken out, in order."""
    numbers = [number for match in _hour(language).finditer(sentence) if (number := _read(match, language))]
    taken = [(number.start, number.end) for number in numbers]
    noons = [
        noon
        for noon in _noons(sentence, language)
        if not any(a < noon.end and noon.start < b for a, b in taken)
    ]
    return sorted([*noons, *_linked(numbers, sentence, language)], key=lambda clock: clock.start)


def parts_in(sentence: str, language: str) -> list[tuple[int, int, str]]:
    """The parts of a day that are named: start, end, "morning", "afternoon" or "evening"."""
    return [
        (match.start(), match.end(), part)
        for part in PARTS
        for match in _said(language, part).finditer(sentence)
    ]


def zone_in(sentence: str) -> tuple[str, str]:
    """The zone a sentence names (as ``plain`` made it), as IANA name or offset, and how it is said.

    Where several zones bear the name, the first is "".
    """
    if (match := _NAMED_ZONE.search(sentence)) and match[0] in available_timezones():
        return match[0], match[0]
    if match := _OFFSET.search(sentence):
        return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}", match[0]
    if match := _abbreviation().search(sentence):
        return _zones()["abbreviations"][match[0]], match[0]
    if match := _place().search(folded(sentence)):
        said = next(group for group in match.groups() if group)
        return _zones()["places"][said], sentence[match.start() : match.end()]
    return "", ""


def _read(match: re.Match[str], language: str) -> _Number | None:
    hour = int(match["hour"]) if match["hour"].isdigit() else _words_of_hours(language)[match["hour"]]
    minute = int(match["minute"] or match["dot"] or 0)
    if hour >= HOURS or minute >= MINUTES or _unit(language).match(match.string, match.end()):
        return None
    half = "am" if match["am"] else _afternoon(hour, match["pm"]) if match["pm"] else ""
    if match["half_to"]:
        hour, minute = (hour - 1) % HOURS or NOON, 30
    marked = bool(match["at"] or match["open"] or half or match["after"] or match["half_to"])
    if match["hour"].isalpha() and not marked:
        return None
    sure = bool(half) or hour > NOON or match["hour"].startswith("0")
    return _Number(
        start=match.start(),
        end=match.end(),
        hour=hour,
        minute=minute,
        half=half,
        strong=marked or bool(match["colon"]),
        open=bool(match["open"]),
        before=bool(match["before"]),
        sure=sure,
    )


def _afternoon(hour: int, said: str) -> str:
    """Which half of the day it is, for "ظهرا" is said of the hours before noon too."""
    return "am" if said in _AROUND_NOON and LATEST_NOON < hour < NOON else "pm"


_AROUND_NOON = {folded("ظهرا"), folded("الظهر")}


def _linked(numbers: list[_Number], sentence: str, language: str) -> list[Clock]:
    """Numbers made times, joined where a word of range or choice stands between two."""
    out: list[Clock] = []
    skip = False
    for at, number in enumerate(numbers):
        if skip:
            skip = False
            continue
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        between = sentence[number.end : following.start].strip() if following else None
        joined = (
            following if following and between is not None and _joins(between, following, language) else None
        )
        if not (number.strong or (joined and joined.strong)) or number.before:
            continue
        first = _halved(number, joined)
        if joined and _is_range(between or "", number, language):
            last = _halved(joined, None, after=first)
            out.append(replace(first, end=joined.end, until=last.time if last.time > first.time else None))
            skip = True
            continue
        out.append(first)
        if joined and not joined.strong:
            numbers[at + 1] = replace(joined, strong=True, half=number.half)
    return out


def _joins(between: str, following: _Number, language: str) -> bool:
    return not following.open and (between in _range_words(language) or between in _or_words(language))


def _is_range(between: str, number: _Number, language: str) -> bool:
    """Whether two make a range: "and" joins one after "between" only; else two times."""
    return between in _range_words(language) and (between not in _or_words(language) or number.open)


def _halved(number: _Number, joined: _Number | None, after: Clock | None = None) -> Clock:
    """The time a number is, with the half of the day it or its neighbour says."""
    half = number.half
    if not half and joined and joined.half:
        half = joined.half
        if half == "pm" and number.hour != NOON and joined.hour % NOON < number.hour:
            half = "am"  # "11-1pm"
    hour = number.hour
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0) if hour <= NOON else hour
    elif not number.sure and (
        1 <= hour <= LATEST_AFTERNOON or (after and hour < after.time.hour and hour < NOON)
    ):
        hour += NOON
    return Clock(
        start=number.start,
        end=number.end,
        time=dt.time(hour, number.minute),
        open=number.open,
        said_half=bool(half) or number.sure,
    )


def _noons(sentence: str, language: str) -> list[Clock]:
    return [
        Clock(match.start(), match.end(), dt.time(NOON), said_half=True)
        for match in _said(language, "noon").finditer(sentence)
        if not re.search(r"\d ?$", sentence[: match.start()])
    ]


def in_part(clock: Clock, part: str) -> Clock:
    """A time said with its part of the day: "6" of an evening is 18:00."""
    hour = clock.time.hour
    if not clock.said_half and part != "morning" and hour < NOON:
        return replace(clock, time=clock.time.replace(hour=hour + NOON))
    if not clock.said_half and part == "morning" and NOON < hour <= NOON + LATEST_AFTERNOON:
        return replace(clock, time=clock.time.replace(hour=hour - NOON))
    return clock


@cache
def _clock(language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = words.words(language).get("clock", {})
    return found


@cache
def _words_of_hours(language: str) -> dict[str, int]:
    return {folded(name): hour for name, hour in _clock(language).get("hours", {}).items()}


@cache
def _range_words(language: str) -> frozenset[str]:
    return frozenset(map(folded, _clock(language).get("range", ())))


@cache
def _or_words(language: str) -> frozenset[str]:
    return frozenset(map(folded, _clock(language).get("or", ()))) | {",", "", ", or"}


@cache
def _said(language: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){one_of(_clock(language).get(key, ()))}(?!\w)")


@cache
def _unit(language: str) -> re.Pattern[str]:
    return re.compile(rf"[ -]?(?:{one_of(_clock(language).get('units', ()))}(?!\w)|%|€|\$|-[a-z])")


_AROUND_AN_HOUR = {key: key for key in ("open", "before", "at", "am", "pm", "after")} | {"half": "half_to"}


@cache
def _hour(language: str) -> re.Pattern[str]:
    """A number that could be an hour, with what stands around it."""
    word = {
        key: f"(?P<{name}>{one_of(_clock(language).get(key, ()))})" for key, name in _AROUND_AN_HOUR.items()
    }
    minutes = r"(?:(?P<colon>:)(?P<minute>\d{2})|[.h](?=\d{2}(?!\d))(?P<dot>\d{2}))?"
    hour = rf"(?<![\w:./+#€$])(?<![^\dmhr -]-)(?P<hour>\d{{1,2}}|{one_of(_words_of_hours(language))})"
    return re.compile(
        rf"(?:(?<!\w)(?:{word['open']}|{word['before']}|{word['at']}) ?)?(?:{word['half']} )?"
        rf"{hour}{minutes}(?![\d@])"
        rf"(?: ?(?:{word['am']}|{word['pm']})(?!\w))?(?: ?{word['after']}(?!\w))?"
    )


@cache
def _zones() -> Mapping[str, Any]:
    text = resources.files(words).joinpath("zones.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


@cache
def _abbreviation() -> re.Pattern[str]:
    """An abbreviation after a time; in capitals, for "est" and "mez" may be words."""
    names = sorted(_zones()["abbreviations"], key=len, reverse=True)
    return re.compile(rf"(?<![\w/+-])(?:{'|'.join(names)})(?![\w/])")


@cache
def _place() -> re.Pattern[str]:
    """A place's time: "Berlin time", "Pacific time", "Berliner Zeit", "بتوقيت دبي"."""
    found = _zones()
    places = one_of(found["places"])
    return re.compile(
        rf"(?<!\w)(?:({places}) (?:{one_of(found['after'])})|(?:{one_of(found['before'])}) ({places}))(?!\w)"
        r"|(?<=[ap]m )(eastern|central|mountain|pacific)(?!\w)"
    )
