"""Match seekers with volunteers, from files, without a notebook: match.

Theory of operation. Arcs and places come as CSV with a first line of names. A row that cannot be used is
named with its file, line and column, and left out; what is kept does not depend on the order of the rows:
of a pair given twice the better score, of places given twice the smaller number. Standard output holds a
line for each seeker, in the order of names; notes, and the total with its proof, go to standard error. The
exit code is honest: 0 when every row was used, 1 when some were left out, 2 when nothing could be done.
"""

from __future__ import annotations

import csv
import json as json_module
import math
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json
from askwell.cli.progress import FIRST_TIME, at_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from askwell.graph.pairs import Answer, Arc, Pair

FINE, LEFT_OUT = 0, 1
_SAID = 20  # rows named one by one
_LISTED = 5  # names in a row
_GREATEST = 1_000_000.0
_NO = frozenset({"no", "false", "0", "n"})


def match(
    arcs: Annotated[
        str,
        typer.Argument(metavar="ARCS.csv", help="Columns seeker, volunteer, score; - is standard input."),
    ],
    capacities: Annotated[
        str,
        typer.Option(metavar="FILE", help="Columns volunteer, capacity; who is not in it takes one seeker."),
    ] = "",
    fair: Annotated[bool, typer.Option("--fair", help="Spread the load among the volunteers.")] = False,
    floor: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="With --fair: the share of what the greatest total gives a seeker that they keep.",
        ),
    ] = 0.8,
    json: Json = False,
) -> None:
    """Match seekers with volunteers: the greatest total score there is, proven, and why each pair."""
    from askwell.graph.pairs import pair_up

    if math.isnan(floor):
        raise BadUse("A floor is a number from 0 to 1.")
    if arcs == capacities == "-":
        raise BadUse("Only one of the two files can be standard input.")
    notes = _Notes()
    table = _Arcs(notes).read(arcs)
    places = _places(capacities, {arc.volunteer for arc in table.kept.values()}, notes)
    with at_work(FIRST_TIME):
        answer = pair_up(list(table.kept.values()), places, also=table.seekers, spread=fair, floor=floor)
    for pair in answer.pairs:
        print(json_module.dumps(asdict(pair), ensure_ascii=False) if json else _told(pair))
    notes.end()
    print(_summary(answer, floor if fair else None), file=sys.stderr)
    raise typer.Exit(LEFT_OUT if notes.left_out else FINE)


@dataclass
class _Notes:
    """What is said of rows on standard error: each of the first, then how many more."""

    left_out: int = 0
    _more: int = 0

    def row(self, place: str, what: str) -> None:
        """A row, or a part of one, is not used."""
        self.left_out += 1
        if self.left_out <= _SAID:
            print(f"{place}: {what}", file=sys.stderr)
        else:
            self._more += 1

    def end(self) -> None:
        """Say how many rows were not named."""
        if self._more:
            print(f"and {self._more} more rows like these.", file=sys.stderr)


@dataclass
class _Arcs:
    """The arcs of a file, one a pair, and every seeker named in it."""

    notes: _Notes
    kept: dict[tuple[str, str], Arc] = field(default_factory=dict)
    seekers: set[str] = field(default_factory=set)

    def read(self, file: str) -> _Arcs:
        from askwell.graph.pairs import Arc

        listed: dict[str, tuple[str, ...]] = {}  # many rows name the same topics: one list of each
        for line, row in _rows(file, ("seeker", "volunteer", "score"), ("eligible", "topics")):
            seeker, volunteer, said, eligible, named = row
            score = _score(said)
            if seeker:
                self.seekers.add(seeker)
            if not seeker or not volunteer:
                missing = "volunteer" if seeker else "seeker"
                self.notes.row(f"{file}:{line}", f"{missing}: nobody is named; the arc is left out.")
            elif score is None:
                self.notes.row(
                    f"{file}:{line}", f"score: “{said}” is no number above 0; the arc is left out."
                )
            elif eligible.casefold() not in _NO:
                if named not in listed:
                    listed[named] = tuple(word.strip() for word in named.split(";") if word.strip())
                arc = Arc(sys.intern(seeker), sys.intern(volunteer), score, listed[named])
                self._keep(file, line, arc)
        return self

    def _keep(self, file: str, line: int, arc: Arc) -> None:
        known = self.kept.setdefault((arc.seeker, arc.volunteer), arc)
        if known is not arc:
            better = max(known, arc, key=lambda one: (one.score, one.topics))
            self.kept[arc.seeker, arc.volunteer] = better
            who = f"{arc.seeker} and {arc.volunteer}"
            self.notes.row(
                f"{file}:{line}", f"{who} are there twice; the better score is kept, {better.score:g}."
            )


def _score(text: str) -> float | None:
    try:
        score = float(text)
    except ValueError:
        return None
    return score if 0 < score <= _GREATEST else None


def _places(file: str, wanted: set[str], notes: _Notes) -> dict[str, int]:
    """Read how many each volunteer takes; say who is not in the file, and who is in it alone."""
    places: dict[str, int] = {}
    for line, (name, said) in _rows(file, ("volunteer", "capacity")) if file else ():
        place = f"{file}:{line}"
        number = int(said) if said.isdecimal() else 0
        if not name:
            notes.row(place, "volunteer: nobody is named; the row is left out.")
        elif not said.isdecimal():
            notes.row(place, f"capacity: “{said}” is no whole number from 0 up; {name} takes nobody.")
        elif name in places:
            notes.row(
                place, f"{name} is there twice; the smaller number is kept, {min(number, places[name])}."
            )
        elif name not in wanted:
            print(f"{place}: no arc leads to {name}.", file=sys.stderr)
        if name:
            places[name] = min(number, places.get(name, number))
    _say_missing(file, sorted(wanted - set(places)))
    return places


def _say_missing(file: str, missing: list[str]) -> None:
    if missing:
        more = len(missing) - _LISTED
        names = ", ".join(missing[:_LISTED]) + (f" and {more} more" if more > 0 else "")
        where = f"not in {file}" if file else "no --capacities"
        print(f"Taken to have one place each, {where}: {names}.", file=sys.stderr)


def _rows(
    file: str, columns: tuple[str, ...], also: tuple[str, ...] = ()
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the line of each row and its cells of these columns; raise BadUse where it cannot be read on.

    The columns of ``also`` may be missing: they are empty then, as are cells of a row cut short.
    """
    line = 0
    try:
        with _opened(file) as source:
            reader = csv.reader(source)
            names = {name.strip().casefold(): place for place, name in enumerate(next(reader, []))}
            line = 1
            for column in columns:
                if column not in names:
                    has = ", ".join(names)[:200] or "nothing"
                    told = f"needed: {', '.join(columns)}; the first line has: {has}"
                    raise BadUse(f"{file}:1: there is no column {column}; {told}.")
            cells_of = itemgetter(*(names.get(column, -1) for column in (*columns, *also)))
            width = max(names.values()) + 1
            for cells in reader:
                line = reader.line_num
                if cells:
                    cells[width:] = [""]  # behind the last column: what is missing
                    cells.extend([""] * (width + 1 - len(cells)))
                    yield line, tuple(map(str.strip, cells_of(cells)))
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadUse(f"{file}:{line + 1}: this is not UTF-8 text.") from error
    except csv.Error as error:
        raise BadUse(f"{file}:{line + 1}: {error}.") from error


@contextmanager
def _opened(file: str) -> Iterator[TextIO]:
    if file == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig", newline="")  # type: ignore[union-attr]
        yield sys.stdin
    else:
        with Path(file).open(encoding="utf-8-sig", newline="") as source:
            yield source


def _told(pair: Pair) -> str:
    return f"{pair.seeker}  {pair.volunteer or '-'}  {pair.score:.4g}  {pair.why}"


def _summary(answer: Answer, floor: float | None) -> str:
    """Total and proof, how many have nobody, how many the busiest has."""
    proof, alone = answer.proof, sum(pair.volunteer is None for pair in answer.pairs)
    total = sum(pair.score for pair in answer.pairs)
    lines = [f"Total score {total:.9g}; {len(answer.pairs) - alone} matched, {alone} with nobody."]
    if floor is not None:
        lines.append(
            f"The load is spread, at most {max(answer.loads.values(), default=0)} for one volunteer;"
            f" nobody has less than {floor:.0%} of what the greatest total would give them."
        )
        lines.append(f"Less the cost of crowding: {proof.total:.9g}.")
    lines.append(f"No other matching can pass {proof.bound:.9g} (gap {proof.gap:.1g}): this is an optimum.")
    return "\n".join(lines)
