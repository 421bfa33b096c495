"""Subjects: whether one begins as an answer or a forwarded letter does, and whether a program wrote it.

Theory of operation.  Mail programs put "Re:" before a subject in the language of their user, and answers to
answers pile them up ("AW: Re[2]: SV: ...").  They are taken off one by one, as many as there are; the name of
a list in brackets before them stays.  An automatic answer is known by its first words, which programs and
people write in few ways (``words``, ``auto_subjects``); those few words may stand after "Re:" as well.
"""

from __future__ import annotations

import re
from functools import cache

from askwell.formats.mail import words
from askwell.formats.mail.phrases import compiled, folded, plain

LONGEST = 1_000
MOST_PREFIXES = 20
_LIST = r"((?:\[[^\[\]]{1,60}\]\s{0,3})?)"
_COUNT = r"\s{0,2}(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s{0,2}[:：]\s{0,3}"
_AT_START = 60  # the words of an automatic answer stand at the start, after the name of a firm at most


@cache
def _prefix(kind: str) -> re.Pattern[str]:
    names = sorted(words.known(kind), key=len, reverse=True)
    return re.compile(rf"\s{{0,5}}{_LIST}(?:{'|'.join(map(re.escape, names))}){_COUNT}")


@cache
def _auto() -> re.Pattern[str]:
    return compiled(words.known("auto_subjects"))


def is_reply_subject(subject: str) -> bool:
    """Whether it begins as an answer does: "Re:", "AW:", "回复：" and so on."""
    return bool(_prefix("re").match(folded(subject[:LONGEST])))


def is_forward_subject(subject: str) -> bool:
    """Whether it begins as a forwarded letter does: "Fwd:", "WG:", "TR:" and so on."""
    return bool(_prefix("fwd").match(folded(subject[:LONGEST])))


def bare_subject(subject: str) -> str:
    """The subject without what answers and forwarding put before it, on one line."""
    left = " ".join(plain(subject[:LONGEST]).split())
    for _ in range(MOST_PREFIXES):
        match = _prefix("re").match(folded(left)) or _prefix("fwd").match(folded(left))
        if not match:
            break
        left = left[: match.end(1)] + left[match.end() :]
    return left.strip()


def is_auto_subject(subject: str) -> bool:
    """Whether it names an automatic answer: "Automatic reply: ...", "Abwesenheitsnotiz" and so on."""
    return bool(_auto().search(folded(bare_subject(subject))[:_AT_START]))
