"""Cells that a spreadsheet would run as a formula, and how to write them so that it does not.

Theory of operation.  A contact's name may be ``=HYPERLINK(...)``: a program that opens the exported
file would run it.  A cell that begins with ``= + - @``, a tab or a line break (or the
full-width forms of these signs) gets an apostrophe before it.  Plain numbers and phone numbers
(``+49 171 1234567``) stay as they are, because an import elsewhere must see a phone number.
A cell that already begins with apostrophes and such a sign gets one more, so
``unguard(guard(cell)) == cell`` for every text.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_RISKY = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[-0-9 ().,/\u00a0]*[0-9][-0-9 ().,/\u00a0]*")


def guard(cell: str) -> str:
    """The cell as it may stand in a CSV file that someone opens in a spreadsheet."""
    if not _RISKY.match(cell) or _NUMBER.fullmatch(cell):
        return cell
    return "'" + cell


def unguard(cell: str) -> str:
    """The cell as it was before ``guard``; other cells stay as they are."""
    return cell[1:] if _GUARDED.match(cell) else cell


def table(rows: Iterable[Iterable[str]]) -> str:
    """Write rows as CSV; no cell runs as a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guard(cell) for cell in row] for row in rows)
    return out.getvalue()
