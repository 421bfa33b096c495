"""A comparison as a CSV file: one line for each thing heard, and one for each view of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from askwell.formats.csv_guard import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.outreach.queries.comparing import Cell, Column, Comparison

ABOUT, QUESTION, TEXT, WHO, ON, SOURCE = "about", "question", "text", "who", "on", "source"


def comparison_csv(found: Comparison) -> str:
    """Write it; no cell runs as a formula.  The column of names says that they are not for others (Q02)."""
    who = _("who said it (private: quote nobody by name without asking)") if found.named else WHO
    heard = (
        row
        for column in found.columns
        for (_key, question), cell in zip(found.questions, column.cells, strict=True)
        for row in _rows(column, question, cell)
    )
    return table([[ABOUT, QUESTION, TEXT, who, ON, SOURCE], *heard])


def _rows(column: Column, question: str, cell: Cell) -> Iterator[list[str]]:
    for line in cell.lines:
        source = "advice" if line.kept else "talk"
        yield [column.name, question, line.text, line.name, line.at.date().isoformat(), source]
    if cell.own:
        yield [column.name, question, cell.own, "", "", "own"]
