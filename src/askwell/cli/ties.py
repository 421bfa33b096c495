"""``askwell ties``: how strong ties are, from what happened, without a notebook."""

from __future__ import annotations

import json as json_module
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import REFUSED, BadUse
from askwell.cli.options import Json, Now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TextIO

    from askwell.graph.ties import What
    from askwell.rules.decisions import Reason
    from askwell.rules.ranking import Candidate

_BLOCK = 20_000  # lines read at a time
_OUT = frozenset({"out", "outbound", "outgoing", "sent"})
_IN = frozenset({"in", "inbound", "incoming", "received"})
_TOGETHER = frozenset({"call", "meeting"})
_YEARS = range(1900, 2201)


def ties(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Ties, one JSON object a line; - is standard input.")
    ] = "-",
    now: Now = "",
    json: Json = False,
) -> None:
    """How strong ties are and why, from what happened.  Exit code 1 where a line could not be read."""
    from askwell.cli.notebook import clock

    moment = clock(now)
    bad = 0
    with _opened(file) as lines:
        for answer in _answers(lines, moment):
            if isinstance(answer, Wrong):
                bad += 1
                print(f"{file}:{answer.line}: {answer.problem}", file=sys.stderr)
            else:
                print(json_module.dumps(answer, ensure_ascii=False) if json else _told(answer))
    if bad:
        raise typer.Exit(REFUSED)


def _opened(file: str) -> TextIO:
    if file == "-":
        return open(sys.stdin.fileno(), encoding="utf-8-sig", errors="replace", closefd=False)
    try:
        return Path(file).open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror}.") from error


def _told(answer: dict[str, Any]) -> str:
    return f"{answer['strength']:.3f}  {answer['id']}  {answer['words']}"


# --- reading


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that could not be read."""

    line: int
    problem: str


class _BadLine(Exception):
    """What is wrong with a line, with the place in it."""


@dataclass(frozen=True, slots=True)
class _Touched:
    """A tie told by its touches, (microseconds, code of ``graph.ties.What``)."""

    id: Any
    touches: list[tuple[int, int]]
    closeness: int | None


@dataclass(frozen=True, slots=True)
class _Summed:
    """A tie summed up already."""

    id: Any
    candidate: Candidate
    unanswered: int


def _answers(lines: TextIO, now: datetime) -> Iterator[dict[str, Any] | Wrong]:
    numbered = enumerate(lines, 1)
    while block := list(islice(numbered, _BLOCK)):
        read: list[_Touched | _Summed | Wrong] = []
        for number, line in block:
            if line.strip():
                try:
                    read += _read(line, number)
                except _BadLine as error:
                    read.append(Wrong(number, str(error)))
        yield from _weighed(read, now)


def _read(line: str, number: int) -> Sequence[_Touched | _Summed]:
    try:
        said = json_module.loads(line)
    except (ValueError, RecursionError) as error:
        raise _BadLine(f"is not JSON: {error}") from None
    if not isinstance(said, dict):
        raise _BadLine("must be an object")
    if "touches" in said:
        return [_touched(said, number)]
    if "relationships" in said:
        return _of_facts(said)
    if "history" in said or "contact" in said:
        (one,) = _of_facts({"relationships": [_with_contact(said)]}, "relationships[0].")
        return [replace(one, id=said.get("id", said.get("contact", number)))]
    if "id" in said:
        return [_touched({**said, "touches": []}, number)]
    raise _BadLine("has neither touches nor history")


def _with_contact(said: dict[str, Any]) -> dict[str, Any]:
    return {"contact": 0} | {key: value for key, value in said.items() if key != "id"}


def _touched(said: dict[str, Any], number: int) -> _Touched:
    touches = said["touches"]
    if not isinstance(touches, list):
        raise _BadLine("touches must be a list")
    return _Touched(
        id=said.get("id", said.get("contact", number)),
        touches=[_touch(one, place) for place, one in enumerate(touches)],
        closeness=_closeness(said.get("closeness")),
    )


def _closeness(said: object) -> int | None:
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, (int, float)) or said not in range(1, 6):
        raise _BadLine(f"closeness must be 1 to 5, not {said!r}")
    return int(said)


@cache
def _kinds() -> tuple[dict[str, int], type[What], Callable[[datetime], int]]:
    """What a touch of these kinds counts as, by name; and what else one of a million touches needs."""
    from askwell.graph.ties import What, micros

    return {kind.name.lower(): kind for kind in (What.BOUNCE, What.AUTO_REPLY, What.TALK)}, What, micros


def _touch(said: object, place: int) -> tuple[int, int]:
    specials, what, micros = _kinds()
    if not isinstance(said, dict):
        raise _BadLine(f"touches[{place}] must be an object")
    at, kind = micros(_moment(said.get("at"), place)), str(said.get("kind", "message")).lower()
    if kind in specials:
        return at, specials[kind]
    direction = str(said.get("direction", "out" if kind in _TOGETHER else "")).lower()
    if direction in _IN:
        return at, what.IN
    if direction not in _OUT:
        raise _BadLine(f"touches[{place}].direction must be in or out, not {said.get('direction')!r}")
    return at, what.TOGETHER if kind in _TOGETHER and not said.get("mode") else what.OUT


def _moment(said: object, place: int) -> datetime:
    try:
        moment = datetime.fromisoformat(said if isinstance(said, str) else "")
    except ValueError:
        raise _BadLine(
            f"touches[{place}].at is no date and time: {said!r}; write 2026-03-02T09:00:00Z"
        ) from None
    if moment.year not in _YEARS:
        span = f"{_YEARS[0]} to {_YEARS[-1]}"
        raise _BadLine(f"touches[{place}].at: the year {moment.year} is out of range ({span})")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _of_facts(said: dict[str, Any], prefix: str = "") -> list[_Summed]:
    """Read the facts that ``askwell steps`` reads."""
    from askwell.rules.cadence import last_touch
    from askwell.rules.errors import BadFacts
    from askwell.rules.facts_json import read_facts
    from askwell.rules.ranking import Candidate
    from askwell.rules.ties import unheard

    try:
        known = read_facts(said).relationships
    except BadFacts as error:
        raise _BadLine(str(error).replace(prefix, "", 1) if prefix else str(error)) from None
    return [
        _Summed(
            id=one.contact,
            candidate=Candidate(
                contact=one.contact,
                last_touch_at=last_touch(one.history),
                unheard=unheard(one.history),
                exchanges=one.history.exchanges,
                median_reply_hours=one.history.median_reply_hours,
                closeness=_closeness(one.closeness),
            ),
            unanswered=one.history.unanswered,
        )
        for one in known
    ]


# --- weighing


def _weighed(read: list[_Touched | _Summed | Wrong], now: datetime) -> Iterator[dict[str, Any] | Wrong]:
    summed = iter(_sum_up([one for one in read if isinstance(one, _Touched)], now))
    for one in read:
        yield (
            one
            if isinstance(one, Wrong)
            else _answer(next(summed) if isinstance(one, _Touched) else one, now)
        )


def _sum_up(rows: list[_Touched], now: datetime) -> list[_Summed]:
    if not rows:
        return []
    import numpy as np

    from askwell.graph.ties import NEVER, micros, moment, strengths
    from askwell.rules.ranking import Candidate

    touches = [touch for row in rows for touch in row.touches]
    found = strengths(
        np.repeat(np.arange(len(rows)), [len(row.touches) for row in rows]),
        np.array([at for at, _ in touches], np.int64),
        np.array([what for _, what in touches], np.uint8),
        count=len(rows),
        now=micros(now),
    )
    return [
        _Summed(
            id=row.id,
            candidate=Candidate(
                contact=place,
                last_touch_at=None if found.last[place] == NEVER else moment(found.last[place]),
                unheard=found.last[place] != NEVER and not found.heard[place],
                exchanges=int(found.exchanges[place]),
                median_reply_hours=None if np.isnan(found.hours[place]) else float(found.hours[place]),
                closeness=row.closeness,
            ),
            unanswered=int(found.unanswered[place]),
        )
        for place, row in enumerate(rows)
    ]


def _answer(one: _Summed, now: datetime) -> dict[str, Any]:
    from askwell.rules.explain import sentence
    from askwell.rules.ranking import WEIGHTS, parts_of_strength, strength
    from askwell.rules.ties import why

    candidate = one.candidate
    value = strength(candidate, now=now)
    parts = parts_of_strength(candidate, now=now)
    whole = sum(WEIGHTS[name] for name in parts)
    last = candidate.last_touch_at
    because = why(
        exchanges=candidate.exchanges,
        last_at=last,
        median_reply_hours=candidate.median_reply_hours,
        closeness=candidate.closeness,
    )
    return {
        "id": one.id,
        "strength": value,
        "parts": {
            name: {"value": parts.get(name), "weight": weight / whole if name in parts else 0.0}
            for name, weight in WEIGHTS.items()
        },
        "exchanges": candidate.exchanges,
        "last_at": None if last is None else last.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "words": sentence(_words(one, value)),
        "why": [sentence(reason) for reason in because],
    }


def _words(one: _Summed, value: float) -> Reason:
    from askwell.rules.decisions import because
    from askwell.rules.ties import in_words

    candidate = one.candidate
    if candidate.unheard:
        return because("K07", "tie.unheard", times=max(1, one.unanswered))
    if candidate.last_touch_at is None:
        return because("K07", "tie.none")
    return in_words(value, exchanges=candidate.exchanges, closeness=candidate.closeness)
