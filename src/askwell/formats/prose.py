"""Whether text read as CSV is a table at all, or prose in which commas happened to fall.

Theory of operation.  In a table of people the columns that say who somebody is hold names,
addresses and numbers: most rows that have such a cell must have one that could be one.  Where
no such column is known, a table has rows of one width under a header as wide; one column makes
one only in a file that calls itself a CSV and holds no sentences.
What a person mapped by hand is never asked about.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from askwell.formats.names import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

HALF = 0.5
SAME_WIDTH = 0.6  # of the rows; lists typed by hand are ragged here and there
FEWEST_NAMED = 2  # columns; one more may be without a name, as the numbers before rows often are
LONGEST_NAME = 80
MOST_WORDS_OF_NAME = 8
MOST_SMALL_WORDS = 3  # beside "van der": a name typed in small letters has three at most
FEW_WORDS = 3  # "front desk", "ask Ada": a remark in the place of an address, and no sentence
LEAST_DIGITS = 5
MOST_WORDS_OF_CELL = 8
NEXT_SENTENCE = re.compile(r"[^\W\d_]{3}[.?!]['\"”’)]{0,3} {1,3}\S")
SENTENCE_END = re.compile(r"(?:[^\W\d_]{3}[.;:]|[!?])['\"”’)]{0,3}$")


def is_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], columns: Mapping[str, int], *, file: str = ""
) -> bool:
    """Whether these rows are of a table; ``columns`` says where its fields are thought to be.

    ``header`` holds the names of its columns, empty ones too; ``rows`` are those under it, as cells.
    None at all is a table without rows.
    """
    who = {field: number for field, number in columns.items() if field in COULD_BE}
    if who:
        return _tells_of_people(header, rows, who, max(columns.values()) + 1)
    widths = Counter(_width(row) for row in rows)
    if not widths:
        return True
    [(width, count)] = widths.most_common(1)
    if width > 1:
        named = sum(1 for name in header if name.strip())
        return named >= max(width - 1, FEWEST_NAMED) and count >= SAME_WIDTH * len(rows)
    sentences = sum(1 for row in rows if _is_sentence(" ".join(row)))
    return file.lower().endswith((".csv", ".tsv")) and sentences < HALF * len(rows)


def _tells_of_people(
    header: Sequence[str], rows: Sequence[Sequence[str]], who: Mapping[str, int], width: int
) -> bool:
    """Whether most rows that say who somebody is say it as a table does."""
    asked = [_is_sentence(name) for name in header if name.strip()]
    questions = bool(asked) and sum(asked) >= HALF * len(asked)  # as a form asks them, or prose
    good = bad = 0
    for row in rows:
        cells = [(field, row[number].strip()) for field, number in who.items() if number < len(row)]
        found = {COULD_BE[field](cell) for field, cell in cells if cell}
        if False in found or len(row) < (len(header) if questions else 0 if found else width):
            bad += 1
        elif True in found:
            good += 1
    return good >= bad


def hides_a_header(width: int, rows: Iterable[Sequence[str]]) -> bool:
    """Whether most of the rows under a header of this width are sentences that stop short of it."""
    prose = [len(row) < width and any(map(_is_sentence, row)) for row in rows if _width(row)]
    return sum(prose) > HALF * len(prose)


def _width(row: Sequence[str]) -> int:
    """How many cells, without empty ones at the end."""
    return max((number for number, cell in enumerate(row, 1) if cell.strip()), default=0)


def _is_sentence(text: str) -> bool:
    words = len(text.split())
    return words > MOST_WORDS_OF_CELL or (
        words > FEW_WORDS and bool(SENTENCE_END.search(text.strip()) or NEXT_SENTENCE.search(text))
    )


def _could_be_name(cell: str) -> bool | None:
    words = cell.split()
    small = sum(1 for word in words if word[0].islower() and word not in PARTICLES)
    return (
        len(cell) <= LONGEST_NAME
        and len(words) <= MOST_WORDS_OF_NAME
        and small <= MOST_SMALL_WORDS
        and not (len(words) >= FEW_WORDS and SENTENCE_END.search(cell))
    )


def _could_be_email(cell: str) -> bool | None:
    return "@" in cell or _unless_a_remark(cell)


def _could_be_number(cell: str) -> bool | None:
    return sum(map(str.isdigit, cell)) >= LEAST_DIGITS or _unless_a_remark(cell)


def _could_be_profile(cell: str) -> bool | None:
    return " " not in cell or _unless_a_remark(cell)


def _unless_a_remark(cell: str) -> bool | None:
    """A few words in the place of an address say nothing either way: None."""
    return None if len(cell.split()) <= FEW_WORDS else False


COULD_BE: dict[str, Callable[[str], bool | None]] = {
    **dict.fromkeys(("name", "given", "family", "nickname"), _could_be_name),
    "email": _could_be_email,
    **dict.fromkeys(("phone", "phone_mobile", "phone_work"), _could_be_number),
    "linkedin": _could_be_profile,
}
"""The fields that say who somebody is, and whether a cell could hold such; None: it cannot be told."""
