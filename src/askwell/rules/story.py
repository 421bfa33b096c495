"""How long a text takes to say: words, and seconds at an unhurried pace.

Theory of operation.  Words are what stands between white space and holds a letter or a digit.  The
pace is a default, ours, and to be called so wherever it is shown: people speak faster or slower.
"""

from __future__ import annotations

from dataclasses import dataclass

WORDS_A_MINUTE = 130  # (default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """How many words, and about how many seconds."""

    words: int
    seconds: int


def speaking(text: str) -> Speaking:
    """Measure a text as it would be said."""
    words = sum(any(sign.isalnum() for sign in word) for word in text.split())
    return Speaking(words=words, seconds=round(words * 60 / WORDS_A_MINUTE))
