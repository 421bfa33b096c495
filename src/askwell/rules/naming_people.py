"""Does a letter use somebody's name?  (M10, I04)

Theory of operation.  The whole name counts wherever it stands as words, whatever its case and accents.
The first name alone is many people's, the reader's perhaps, and a month's: it counts only beside words
that make it whoever sent the seeker ("Ana suggested", "at the suggestion of Ana").  A wrong yes would
forbid a good letter for good, so what is in doubt is left to the lint, which only warns.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SENDS = (
    "suggested|recommended|mentioned|told me|said|gave me|pointed me|sent me|thought|urged me|encouraged me|"
    "introduced|referred me|directed me|passed on|shared your|put me"
)
_THROUGH = (
    "suggestion of|advice of|recommendation of|urging of|by way of|way of|through|via|referred by|sent by|"
    "introduced by|recommended by|heard from|name from|mentioned by|courtesy of|thanks to|friend of|"
    "colleague of|spoke with|spoke to|talked with|talked to|talking with|speaking with"
)


def names(text: str, name: str, given: str = "") -> bool:
    """Does the text use this name?  All three folded alike (case, accents, spaces)."""
    return bool(name) and bool(_whole(name).search(text) or (given and _as_sender(given).search(text)))


@lru_cache(maxsize=512)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


@lru_cache(maxsize=512)
def _as_sender(given: str) -> re.Pattern[str]:
    one = rf"(?<!\w){re.escape(given)}(?!\w)"
    return re.compile(rf"{one} (?:\w+ly |has |had |also )?(?:{_SENDS})\b|\b(?:{_THROUGH}) {one}")
