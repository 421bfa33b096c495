"""How servers of mail say that a message did not arrive, or not yet: words for where nothing else tells.

Theory of operation.  A notice for programs (RFC 3464) is understood without words; these are for the
others, language by language, in ``bounces.json`` and in the notation of ``phrases``.  "failed" says that a
message did not arrive, in a subject or in the text; "said" are wordings of the text alone, which name a
cause; "delayed" says that it is still being tried; "full" that the mailbox is full, which passes.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from askwell.formats.mail.phrases import compiled, folded

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

FAILED, SAID, DELAYED, FULL = "failed", "said", "delayed", "full"
LONGEST = 1_000  # signs of a line that are looked at


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files(__package__).joinpath("bounces.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = json.loads(text)
    return found


@cache
def languages() -> tuple[str, ...]:
    """Give the languages in which a notice is understood by its words."""
    return tuple(name for name, lists in _words().items() if FAILED in lists)


@cache
def _pattern(*names: str) -> re.Pattern[str]:
    return compiled(phrase for lists in _words().values() for name in names for phrase in lists.get(name, ()))


def _says(line: str, *names: str) -> bool:
    return bool(_pattern(*names).search(folded(line[:LONGEST])))


def says_failed(line: str) -> bool:
    """Whether a subject or a line says that a message did not arrive."""
    return _says(line, FAILED)


def says_why(line: str) -> bool:
    """Whether a line of a notice says that, or why, a message did not arrive."""
    return _says(line, FAILED, SAID)


def says_delayed(line: str) -> bool:
    """Whether a line says that a message is still being tried."""
    return _says(line, DELAYED)


def says_full(line: str) -> bool:
    """Whether a line says that the mailbox is full."""
    return _says(line, FULL)
