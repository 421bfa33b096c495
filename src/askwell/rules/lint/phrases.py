"""Small helpers to write patterns of English wording legibly.

Theory of operation.  A pattern is written with plain spaces; a space matches any run of white
space, since letters are often wrapped.  Matching ignores case.  All patterns run over *flattened*
text: curly quotes straight, links and addresses blotted out, same length as the original.
"""

from __future__ import annotations

import re

NUMBER_WORDS = {
    "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty-five": 25, "twenty five": 25, "thirty": 30,
    "thirty-five": 35, "forty": 40, "fourty": 40, "forty-five": 45, "forty five": 45, "fifty": 50, "sixty": 60,
    "ninety": 90,
}  # fmt: skip


def _spaced(alternatives: tuple[str, ...]) -> str:
    joined = "|".join(f"(?:{each})" for each in alternatives)
    return re.sub(r" +", r"\\s+", joined.replace(" ?", r"\s*"))


def phrase(*alternatives: str) -> re.Pattern[str]:
    """One pattern out of several; a plain space matches any white space."""
    return re.compile(_spaced(alternatives), re.IGNORECASE)


def cased(*alternatives: str) -> re.Pattern[str]:
    """As ``phrase``, minding capitals."""
    return re.compile(_spaced(alternatives))
