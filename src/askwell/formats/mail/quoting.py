"""What somebody wrote anew in an answer, apart from the letter it answers and from one passed on.

Theory of operation.  The text is read line by line, once, and each line is given to the new text, to the
quotation, or to a forwarded letter; none is lost, none is made up.  A quotation is known by a mark:

- lines that begin with ">", wherever they stand: what stands between them unmarked is an answer, and stays;
- a line that introduces one ("On ... wrote:" in the languages of ``words``, over up to four lines), before
  lines with ">" or, where none follow and something stands above it, before everything below;
- a line of a program ("-----Original Message-----") or its block of From, Sent, To and Subject, in any of
  the languages: everything below.  With nothing above it, such a block heads a letter passed on.

A forwarded letter begins at "---------- Forwarded message" and its like, and goes on to the end.
A quotation without any mark cannot be told from what was written, and stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from askwell.formats.mail import words
from askwell.formats.mail.phrases import compiled, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LINE = 400  # of a line that may be a mark
LONGEST_INTRODUCTION = 4  # lines
LONGEST_BLOCK = 14  # lines from the first to the last field of a program's block
FEWEST_FIELDS = 3  # of such a block, the sender's and the subject among them
MOST_WRAPPED = 4  # lines of such a block that run on
NEW, QUOTED, FORWARDED = "new", "quoted", "forwarded"

_MARKED = re.compile(r"[ \t]{0,3}>")
_RULERS = "-_=*~#"
_RULE = re.compile(r"\s{0,4}[_\-=]{5,}\s{0,4}$")
_RULED = re.compile(rf" {{0,3}}[{_RULERS}]{{2,40}} ?\w[^{_RULERS}]{{0,60}}[{_RULERS}]{{2,40}} {{0,3}}$")
_FIELD = re.compile(r"[\s*|]{0,4}([^\s:*|][^:*|]{0,24}?)[\s*]{0,3}:[\s*]{0,4}(.{0,300})$")
_ENDS = re.compile(r":[\s*\u200e\u200f]{0,3}$|:(?= {2,}\S)")
_WHO = re.compile(r"[^\s@]@[^\s@]")
_YEAR_OR_CLOCK = re.compile(r"\d{4}|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WHO_AT_END = re.compile(r"<[^<>\s@]{1,80}@[^<>\s@]{1,80}> ?:$")


@dataclass(frozen=True, slots=True)
class NewText:
    """A text taken apart: each line that is not blank stands in exactly one of the three.

    ``forwarded`` is the letter that was passed on, with its heading; empty where none was.
    """

    new_text: str
    quoted: str
    forwarded: str


def split_quotation(text: str) -> NewText:
    """Tell what was written anew from what is quoted and what is passed on.  Never raises."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    given = _Lines(lines).given()
    return NewText(
        new_text=_joined(lines, given, NEW),
        quoted=_joined(lines, given, QUOTED),
        forwarded=_joined(lines, given, FORWARDED),
    )


def _joined(lines: Sequence[str], given: Sequence[str], kind: str) -> str:
    """The lines of one kind; one blank line where others, or more blank ones, stood between them."""
    out: list[str] = []
    for line, to in zip(lines, given, strict=True):
        if to == kind and line.strip():
            out.append(line.rstrip())
        elif out and out[-1]:
            out.append("")
    return "\n".join(out).rstrip()


class _Lines:
    """One text's lines, with what was folded of them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.folded = [folded(line) if len(line) <= LONGEST_LINE else "" for line in lines]
        self.marked = [bool(_MARKED.match(line)) for line in lines]
        self.blank = [not line.strip() for line in lines]
        self.has_text = False  # whether anything new was met so far
        self.following = [len(lines)] * (len(lines) + 1)  # the next line from each on that is not blank
        for at in range(len(lines) - 1, -1, -1):
            self.following[at] = self.following[at + 1] if self.blank[at] else at

    def given(self) -> list[str]:
        """To what each line belongs."""
        out: list[str] = []
        while (at := len(out)) < len(self.lines):
            if self.marked[at]:
                out.append(QUOTED)
                continue
            end, kind = self._mark(at)
            out += [kind] * (end - at)
            self.has_text = self.has_text or (kind == NEW and not self.blank[at])
        return out

    def _mark(self, at: int) -> tuple[int, str]:
        """How far what begins at this line goes, and to what it belongs."""
        if self.blank[at]:
            return at + 1, NEW
        if self._is_ruled(at, "forwarded"):
            return len(self.lines), FORWARDED
        if self._is_ruled(at, "original"):
            return len(self.lines), QUOTED
        if self._is_block(at):
            return len(self.lines), QUOTED if self.has_text else FORWARDED
        end = self._introduction(at)
        below = self.following[end]
        if end and (below == len(self.lines) or self.marked[below]):
            return end, QUOTED
        return (len(self.lines), QUOTED) if end and self.has_text else (at + 1, NEW)

    def _is_ruled(self, at: int, key: str) -> bool:
        """Whether a program's line stands here: its words between rules, or alone before a colon."""
        line = self.folded[at].strip()
        said = line.strip(f" {_RULERS}")
        ruled = line[:1] in _RULERS and line[-1:] in _RULERS
        if not ruled:
            said = said.removesuffix(":") if said.endswith(":") else ""
        return bool(said) and (said in words.known(key) or _first_words(key).match(said) is not None)

    def _is_block(self, at: int) -> bool:
        """Whether a program's block of From, Sent, To and Subject begins here, or with the rule before it."""
        line = self.folded[at]
        here = self.following[at + 1] if _RULE.match(line) or _RULED.match(line) else at
        if here == len(self.lines) or not _kinds_of_field(self.folded[here]):
            return False
        kinds = [_kinds_of_field(line) for line in self.folded[here : here + LONGEST_BLOCK] if line.strip()]
        wrapped = accumulate(not kind for kind in kinds)  # "To" and "Cc" may run over several lines
        fields = [kind for kind, many in zip(kinds, wrapped, strict=True) if many <= MOST_WRAPPED]
        said = frozenset().union(*fields)
        enough = sum(map(bool, fields)) >= FEWEST_FIELDS
        return enough and {"from", "subject"} <= said and bool(said & {"sent", "to"})

    def _introduction(self, at: int) -> int:
        """The line after one that introduces a quotation and begins here, or 0."""
        joined = ""
        for end in range(at + 1, min(at + LONGEST_INTRODUCTION, len(self.lines)) + 1):
            if self.blank[end - 1] or self.marked[end - 1] or not self.folded[end - 1]:
                return 0
            joined = f"{joined} {self.folded[end - 1].strip()}".strip(" *")
            if _ENDS.search(joined):
                following = self.following[end]
                quoted = following < len(self.lines) and self.marked[following]
                return end if _introduces(joined, several=end > at + 1, quoted=quoted) else 0
        return 0


def _introduces(line: str, *, several: bool, quoted: bool) -> bool:
    timed = bool(_CLOCK.search(line))
    if timed and (_WHO_AT_END.search(line) or (quoted and _YEAR.search(line))):
        return True
    if not _wrote().search(line):
        return False
    dated = bool(_YEAR_OR_CLOCK.search(line))
    if _begins().match(line) and (dated or _WHO.search(line) or quoted):
        return True
    return bool(_WHO.search(line)) if several else bool(_WHO.search(line)) or dated or quoted


@cache
def _wrote() -> re.Pattern[str]:
    return compiled(words.known("wrote"))


@cache
def _begins() -> re.Pattern[str]:
    return compiled(f"^{start}" for start in words.known("wrote_on"))


@cache
def _first_words(key: str) -> re.Pattern[str]:
    """Such a line may name its writer or program after its words ("Forwarded by ...")."""
    return compiled(f"^{said}" for said in words.known(key) if said.endswith((" by", " von", " par", " da")))


@cache
def _fields() -> dict[str, frozenset[str]]:
    """For each field's name in any language, what it may be: "from", "sent", "to", "cc", "subject"."""
    found: dict[str, set[str]] = {}
    for kind in ("from", "sent", "to", "cc", "subject"):
        for name in words.known(f"headers_{kind}"):
            found.setdefault(name, set()).add(kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}


@lru_cache(maxsize=1024)
def _kinds_of_field(line: str) -> frozenset[str]:
    match = _FIELD.match(line)
    return _fields().get(match[1].strip(), frozenset()) if match else frozenset()
