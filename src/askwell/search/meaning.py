"""People by what they do: a few words about work, and whose title or notes mean something like it.

Theory of operation.  What people do is said in their own words: "attorney" here, "lawyer" there.  Both the
question and each text are summed to what they mean (``titles/vectors``); the cosine orders the people, and
below ``LEAST`` nobody is named, as a likeness that small says nothing.  The reason is the words of the text
that alone come nearest to the question, so that one sees why somebody is there, and may disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from askwell.search.titles.cuts import Bag

    Floats = NDArray[np.float32]

LEAST = 0.45  # ours, not a finding
LEAST_OF_A_WORD = 0.3
MOST_WORDS = 3


class Doer(NamedTuple):
    """Somebody who does something of the kind: who, how near, and the words that say so, best first."""

    key: int
    likeness: float
    words: tuple[str, ...]


def who_does(question: str, people: Sequence[tuple[int, str]], top: int = 8) -> list[Doer]:
    """Give the keys of those whose text means most nearly what is asked, nearest first; equals in order.

    A key may come with several texts; the nearest counts.
    """
    import numpy as np

    from askwell.search.titles.cuts import bag
    from askwell.search.titles.vectors import shipped

    asked = shipped().of([bag(question)])[0]
    if not asked.any() or not people:
        return []
    bags = [bag(text) for _, text in people]
    near = np.round(shipped().of(bags) @ asked, 5)
    best: dict[int, int] = {}  # key -> the row of the text that is nearest
    for row in np.argsort(-near, kind="stable").tolist():
        if near[row] < LEAST or len(best) == top:
            break
        best.setdefault(people[row][0], row)
    return [Doer(key, float(near[row]), _telling(bags[row], asked)) for key, row in best.items()]


def _telling(held: Bag, asked: Floats) -> tuple[str, ...]:
    """Give the words of a text that alone come nearest to what is asked."""
    import numpy as np

    from askwell.search.titles.vectors import shipped

    words = list(held)
    alone = shipped().of([{word: 1} for word in words]) @ asked
    order = np.argsort(-alone, kind="stable")[:MOST_WORDS].tolist()
    return tuple(words[at] for at in order if at == order[0] or alone[at] >= LEAST_OF_A_WORD)
