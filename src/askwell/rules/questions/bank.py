"""The question bank: every question by its key.

Theory of operation.  The sheets are gathered here in the order of a talk.  ``key_of`` knows a question
again by its words, however they are spelt, because what a seeker has kept is text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from askwell.rules.errors import UnknownCode
from askwell.rules.questions.counsel import ADVICE, RESOURCES
from askwell.rules.questions.ending import CLOSERS, GIVE_BACK, THEIRS, UNASKED
from askwell.rules.questions.field import ASSIGNMENTS, CULTURE, INSIGHTS, MARKET, TRENDS
from askwell.rules.questions.trades import OF_TRADES
from askwell.rules.questions.work import FIT, PATH, ROLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from askwell.rules.questions.model import Question

_NOT_A_WORD = re.compile(r"[\W_]+")

QUESTIONS: Mapping[str, Question] = {
    question.key: question
    for sheet in (
        PATH,
        ROLE,
        FIT,
        TRENDS,
        INSIGHTS,
        ASSIGNMENTS,
        CULTURE,
        OF_TRADES,
        ADVICE,
        MARKET,
        RESOURCES,
        GIVE_BACK,
        CLOSERS,
        THEIRS,
        UNASKED,
    )
    for question in sheet
}


def question(key: str) -> Question:
    """Look a question up.  Raises ``UnknownCode``."""
    try:
        return QUESTIONS[key]
    except KeyError:
        raise UnknownCode(key) from None


def folded(text: str) -> str:
    """Give a question's words alone: without case, marks, punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", plain).strip()


_KEYS: Mapping[str, str] = {folded(one.text): one.key for one in QUESTIONS.values()}


def key_of(text: str) -> str | None:
    """Give the key of the question that reads so; None for one that is not of the bank."""
    return _KEYS.get(folded(text))
