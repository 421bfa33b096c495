"""Suggested questions taken over among the seeker's own (P04).

Theory of operation.  A question goes where it comes in a talk: before the first one of the bank that comes
later.  The seeker's own keep their words and their order, whatever they are; what is there already is not
added again.  A star is taken over too, as long as the preset has stars to give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.questions.bank import QUESTIONS, folded, key_of
from askwell.rules.questions.model import Category, OwnQuestion, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from askwell.rules.presets import Preset
    from askwell.rules.questions.picking import Pick

_ORDER = tuple(Category)


def take_over(
    own: Sequence[OwnQuestion], taken: Iterable[Pick], *, preset: Preset
) -> tuple[OwnQuestion, ...]:
    """Give one's own questions with those taken over among them."""
    kept = list(own)
    for each in taken:
        if not is_among(each.question.text, kept):
            starred = each.starred and sum(one.starred for one in kept) < preset.questions_starred
            kept.insert(
                _place(kept, each.question.key), OwnQuestion(text=each.question.text, starred=starred)
            )
    return tuple(kept)


def is_among(text: str, own: Iterable[OwnQuestion]) -> bool:
    """Whether a question stands among one's own, however it is spelt."""
    return folded(text) in {folded(one.text) for one in own}


def _place(own: Sequence[OwnQuestion], key: str) -> int:
    mine = _rank(key)
    later = (place for place, one in enumerate(own) if (known := key_of(one.text)) and _rank(known) > mine)
    return next(later, len(own))


def _rank(key: str) -> int:
    """When it comes in a talk; all that close it come together, as they were chosen."""
    one = QUESTIONS[key]
    return len(_ORDER) if one.phase is Phase.CLOSE else _ORDER.index(one.category)
