"""The best way from one person to another through people who know each other, from a file of ties: paths.

Theory of operation.  Ties come as CSV with a first line of names: source, target, strength, in any order;
a column ``evidence`` is given back for each hop.  A row that cannot be used is named with its file and line,
and left out.  Standard output holds a line for each pair asked for, in the order of asking, also where there
is no way.  The exit code is honest: 0 when every row and pair was used, 1 when some were not, 2 when
nothing could be done, 3 when nobody has the name of an end.
"""

from __future__ import annotations

import json as json_module
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Json
from askwell.cli.progress import FIRST_TIME, at_work
from askwell.cli.tie_files import ENDS, Notes, Table, contents, ties_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.cli.tie_files import Ties
    from askwell.graph import paths as ways

FINE, LEFT_OUT = 0, 1


def paths(
    edges: Annotated[
        str,
        typer.Argument(metavar="EDGES.csv", help="Columns source, target, strength; - is standard input."),
    ],
    first: Annotated[str, typer.Option("--from", metavar="A", help="From whom.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="B", help="To whom.")] = "",
    pairs: Annotated[
        str, typer.Option(metavar="FILE", help="Many at once: columns source, target; - is standard input.")
    ] = "",
    many: Annotated[
        int,
        typer.Option("-k", metavar="N", min=0, help="Up to N ways for each pair, no two through one person."),
    ] = 0,
    max_hops: Annotated[
        int, typer.Option(metavar="N", min=0, help="At most so many ties on a way; 0: any number.")
    ] = 0,
    index: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Keep the ties there, ready for the next question; made anew when they changed.",
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Find the strongest way from one person to another: the greatest product of strengths there is."""
    if bool(pairs) == bool(first or last) or bool(first) != bool(last):
        raise BadUse("Say --from A --to B, or --pairs FILE.")
    if edges == pairs == "-":
        raise BadUse("Only one of the two files can be standard input.")
    if index and edges == "-":
        raise BadUse("Standard input has no index: it is gone once read.")
    notes = Notes()
    with at_work(FIRST_TIME):
        ties = ties_of(edges, notes, index=index)
    asked = (
        Table(pairs, contents(pairs), ENDS, notes).columns[:2] if pairs else [[first.strip()], [last.strip()]]
    )
    answers = _Answers(ties, max_hops or None, many)
    if not pairs and (unknown := answers.unknown(first.strip(), last.strip())):
        raise NotFound(unknown, file=edges)
    for source, target in zip(*asked, strict=True):
        for row in answers.of(source, target):
            print(json_module.dumps(row, ensure_ascii=False) if json else _told(row))
    notes.end()
    raise typer.Exit(LEFT_OUT if notes.left_out or answers.missed else FINE)


@dataclass
class _Answers:
    """Rows about pairs, and how many pairs named somebody unknown."""

    ties: Ties
    max_hops: int | None
    many: int
    missed: int = 0
    _finder: ways.Finder = field(init=False)

    def __post_init__(self) -> None:
        from askwell.graph.paths import Finder

        self._finder = Finder(self.ties.web)

    def unknown(self, *names: str) -> str:
        """Say who of these is not in the web; nothing if all are."""
        strange = [name for name in dict.fromkeys(names) if self.ties.web.number(name) is None]
        return (
            f"Nobody in the ties is called {' or '.join(f'“{name}”' for name in strange)}." if strange else ""
        )

    def of(self, source: str, target: str) -> Iterable[dict[str, Any]]:
        """Give the rows of one pair."""
        one, other = self.ties.web.number(source), self.ties.web.number(target)
        ends = {"source": source, "target": target}
        if one is None or other is None:
            self.missed += 1
            return [{**ends, **self._row(None, 0), "error": self.unknown(source, target)}]
        found = self._finder.diverse(one, other, most=self.many or 1, most_hops=self.max_hops)
        return [{**ends, **self._row(path, rank)} for rank, path in enumerate(found or [None], 1)]

    def _row(self, path: ways.Path | None, rank: int) -> dict[str, Any]:
        row: dict[str, Any] = {"path": [], "strength": None, "evidence": []}
        if path is not None:
            row["path"] = [self.ties.web.names[person] for person in path.people]
            row["strength"] = path.strength
            row["evidence"] = [self.ties.evidence[tie] for tie in path.ties]
        return {**row, "rank": rank if path else None} if self.many else row


def _told(row: dict[str, Any]) -> str:
    if row["path"]:
        return f"{row['strength']:.3f}  {' - '.join(row['path'])}"
    return f"-      {row['source']}, {row['target']}: {row.get('error', 'no way.')}"
