"""Two versions of one text: which of them to keep, and how to keep both.

Theory of operation.  Whoever edits a text says, by a digest, which text they began from.  Where the
text kept is still that one, what they typed takes its place.  Where they typed nothing, or nothing
that is not there already, what is kept stays.  Where both sides went on from the same beginning,
nothing may be lost: the lines they share at either end stand once, what differs stands one below the
other.  No line of either text is ever left out, and the same text sent twice changes nothing more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The text to keep.  ``both``: it holds two versions that went apart, and somebody should look."""

    text: str
    both: bool = False


def plain(text: str) -> str:
    """Give a text with the line ends that everything counts in; browsers send CRLF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest(text: str) -> str:
    """Name a text, so that one can say later whether it is still the same."""
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def reconcile(stored: str, typed: str, *, since: str, between: str = "") -> Kept:
    """Give what to keep; ``since`` is the digest of the text the typing began from, empty if unknown.

    ``between`` is a line to stand between two versions; without it they follow each other.
    """
    stored, typed = plain(stored), plain(typed)
    if not since or since == digest(stored):
        return Kept(text=typed)
    if since == digest(typed) or _within(typed, stored):
        return Kept(text=stored)
    if _within(stored, typed):
        return Kept(text=typed)
    return Kept(text=_one_below_the_other(stored.split("\n"), typed.split("\n"), between), both=True)


def _within(part: str, whole: str) -> bool:
    """Every line of the part stands in the whole, in the same order."""
    lines = iter(whole.split("\n"))
    return all(line in lines for line in part.split("\n") if line.strip())


def _one_below_the_other(one: list[str], other: list[str], between: str) -> str:
    most = min(len(one), len(other))
    head = _alike(one, other, most)
    tail = _alike(one[::-1], other[::-1], most - head)
    mark = [between] if between else []
    middle = [*one[head : len(one) - tail], *mark, *other[head : len(other) - tail]]
    return "\n".join([*one[:head], *middle, *one[len(one) - tail :]])


def _alike(one: list[str], other: list[str], most: int) -> int:
    count = 0
    while count < most and one[count] == other[count]:
        count += 1
    return count
