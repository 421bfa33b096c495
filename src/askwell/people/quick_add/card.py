"""A signature, a card, a headline or an address line.

Each line is cut at its separators and commas into pieces.  What is an address of a street, a line of
the law (register, tax number, secrecy) or a department is told and no more.  Of the rest the piece
that looks most like a name is the name (its words in the e-mail address count most), the first with
a job word is the title, the one with most signs of a place of work (legal form, word, domain) is the
organization; without any sign it is the piece beside the title, if it is written as a name is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from askwell.formats.names import split_name
from askwell.people.quick_add import said, towns
from askwell.people.quick_add.cutting import CUT, without_labels
from askwell.people.quick_add.said import Hints, Said
from askwell.people.quick_add.words import (
    ORGANIZATIONS_UNSPACED,
    is_department,
    is_job,
    is_organization,
    is_title,
)

_SEPARATOR = re.compile(rf"\s*(?:[||•·\t;{CUT}]|—|–|(?<=\s)[-/](?=\s)|📞|✉|🌐|📍|☎|📱)\s*")
_JAPANESE_NAME_END = re.compile(r"\s*(?:様|さん|氏)$")
_READING = re.compile(r"[((][\u3040-\u30ffー\s]+[))]")
_EDGES = " .\"'<>()[]*_:,"
_BOTH_NAMES = 2
_WORDS_AS_TYPED = 3  # in small letters, as one types in haste; more are a sentence
_JAPANESE_GIVEN = 4


@dataclass(slots=True)
class _Pieces:
    """The pieces of all lines in order, with the number of the line of each."""

    all: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read_card(lines: list[str], hints: Hints) -> Said:
    """Read lines of which addresses, numbers and signs-off are gone already."""
    made, pieces = Said(), _Pieces()
    for number, line in enumerate(lines):
        for segment in _SEPARATOR.split(line):
            _segment(segment, made, pieces, number)
    free = list(range(len(pieces.all)))
    _take_name(made, pieces, free, hints)
    _take_title(made, pieces, free)
    _take_place(made, pieces, free)
    _take_organization(made, pieces, free, hints)
    made.left += [pieces.all[at] for at in free]
    return made


def _segment(segment: str, made: Said, pieces: _Pieces, number: int) -> None:
    segment = without_labels(segment.strip())
    if not re.search(r"\w", segment):
        return
    town = towns.town(segment, first=not pieces.all)
    if town or towns.is_address(segment):
        made.place = made.place or town
        if segment.strip(" .,") != made.place:
            made.left.append(segment.strip())
        return
    for piece in _pieces(segment):
        pieces.all.append(piece)
        pieces.lines.append(number)


def _pieces(segment: str) -> list[str]:
    """Cut at commas, but not ``Doe, Jane``, letters after a name, or ``Aceros, S.L.``"""
    if said.has_cjk(segment):
        return _unspaced(_READING.sub(" ", segment))
    segment = re.sub(r"\s*\(([^()]*\w[^()]*)\)", _bracket, segment)
    words = [word.strip() for word in segment.split(",")]
    if (
        len(words) == _BOTH_NAMES
        and all(len(word.split()) <= _BOTH_NAMES and word.replace(" ", "").isalpha() for word in words)
        and not any(is_title(word) or is_organization(word) for word in words)
    ):
        name = split_name(segment)
        found = [segment.strip()] if name.family and name.given and len(words[1].split()) == 1 else words
    else:
        found = _joined(words)
    return [
        piece.strip(_EDGES) if piece[-1:] != "." else piece.strip(_EDGES.replace(".", ""))
        for piece in found
        if piece.strip(_EDGES)
    ]


def _bracket(match: re.Match[str]) -> str:
    """A bracket that tells of the job is a piece; any other (pronouns, a nickname) stays."""
    return f", {match[1]}" if is_title(match[1]) or is_organization(match[1]) else match.group()


def _joined(words: list[str]) -> list[str]:
    """Letters after a name (``PhD``) stay with it, as a legal form does with its company."""
    joined: list[str] = []
    for word in words:
        legal = word and joined and is_organization(f"Xx {word}") and len(word.split()) == 1 and len(word) < 7  # noqa: PLR2004
        if (
            joined
            and word
            and (
                legal
                or towns.is_state(joined[-1], word)
                or split_name(f"{joined[-1]}, {word}").suffix.endswith(word)
            )
        ):
            joined[-1] += f", {word}"
        else:
            joined.append(word)
    return joined


def _unspaced(segment: str) -> list[str]:
    """Cut a Japanese line at its spaces, and put the two words of a name together."""
    found: list[str] = []
    for word in re.split(r"[\s、,,]+", segment):
        bare = word.strip(_EDGES + "()")
        if not bare:
            continue
        if found and _is_name_word(bare) and _is_name_word(found[-1]):
            found[-1] += f" {bare}"
        else:
            found.append(bare)
    return found


def _is_name_word(word: str) -> bool:
    return (
        len(word) <= _JAPANESE_GIVEN
        and said.has_cjk(word)
        and not (is_title(word) or ORGANIZATIONS_UNSPACED.search(word) or is_department(word))
    ) or (word.isascii() and word.istitle() and not is_title(word))


def _take_name(made: Said, pieces: _Pieces, free: list[int], hints: Hints) -> None:
    scores = {at: said.name_score(pieces.all[at], hints) for at in free}
    best = max(scores.values(), default=0)
    if not best:
        return
    sure = 2
    at = next(at for at in free if scores[at] == best)
    if best < sure and (len(pieces.all[at].split()) > _WORDS_AS_TYPED or (at and not _alone(pieces, at))):
        return
    made.name = said.turned(_JAPANESE_NAME_END.sub("", pieces.all[at]))
    free.remove(at)


def _alone(pieces: _Pieces, at: int) -> bool:
    """Say whether everything before it is a job or a place of work."""
    return all(is_title(one) or is_organization(one) for one in pieces.all[:at])


def _take_title(made: Said, pieces: _Pieces, free: list[int]) -> None:
    for at in free:
        piece = pieces.all[at]
        title, place = said.job(piece)
        if len(piece) <= said.LONGEST and is_job(title):
            made.title, made.organization = title, place
            free.remove(at)
            return


def _take_place(made: Said, pieces: _Pieces, free: list[int]) -> None:
    for at in [] if made.place else free[:]:
        if found := towns.town(pieces.all[at]):
            made.place = found
            if found == pieces.all[at]:
                free.remove(at)
            return


def _take_organization(made: Said, pieces: _Pieces, free: list[int], hints: Hints) -> None:
    if made.organization:
        return
    scores = {at: said.organization_score(pieces.all[at], hints) for at in free}
    best = max(scores.values(), default=0)
    if best:
        at = next(at for at in free if scores[at] == best)
    elif (found := _beside(made, pieces, free)) is not None:
        at = found
    else:
        return
    made.organization = pieces.all[at].strip()
    free.remove(at)


def _beside(made: Said, pieces: _Pieces, free: list[int]) -> int | None:
    """Give the piece next to the title, or to the name where there is no title, that reads as a place."""
    by = made.title or made.name
    where = next((at for at, piece in enumerate(pieces.all) if by and by.split()[0] in piece), None)
    if where is None:
        return None
    for at in (where + 1, where - 1, where + 2):
        if at in free and said.could_be_organization(pieces.all[at]) and (made.title or at > where):
            return at
    return None
