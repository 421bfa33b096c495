"""Text whose lines flow (RFC 3676): paragraphs joined again, lines that were stuffed bared.

Theory of operation.  A line that ends in a space goes on in the next one, where both are quoted equally deep;
the mark of a signature, "-- ", never does.  A space that was put before a line to guard it is taken away.
Quoted lines come out with one mark for each depth and a space.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r">*")
SIGNATURE_MARK = "-- "


def unflowed(text: str, *, delsp: bool = False) -> str:
    """Give the text with its soft line ends undone; ``delsp``: the space at a soft end is no part of it."""
    made: list[str] = []
    paragraph: list[str] = []
    depth = -1  # no line is open
    for line in text.split("\n"):
        deep = len(_QUOTED.match(line)[0])  # type: ignore[index]
        bare = line[deep:].removeprefix(" ")
        if depth >= 0 and (deep != depth or bare == SIGNATURE_MARK):
            made.append(_quoted(paragraph, depth))
            depth = -1
        if depth < 0:
            paragraph = []
        soft = bare.endswith(" ") and bare != SIGNATURE_MARK
        paragraph.append(bare[:-1] if soft and delsp else bare)
        depth = deep if soft else -1
        if not soft:
            made.append(_quoted(paragraph, deep))
    if depth >= 0:
        made.append(_quoted(paragraph, depth))
    return "\n".join(made)


def _quoted(pieces: list[str], depth: int) -> str:
    line = "".join(pieces)
    return f"{'>' * depth} {line}" if depth else line
