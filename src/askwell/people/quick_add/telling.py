"""A jotted line: ``met Jane Doe, PM at Acme, at PyCon``, in eight languages.

The verb and the day are taken out.  What stands first is the name, with the venue after it or a
bracket about the job; the other pieces are the job, the venue, or told as they are.
"""

from __future__ import annotations

import re

from askwell.people.quick_add import said
from askwell.people.quick_add.said import Said
from askwell.people.quick_add.words import FROM, VENUE, VERB, is_organization, is_title

_BEFORE_NAME = re.compile(r"^(?:mit|with|avec|con|com|z|a|an?)\s+", re.IGNORECASE)
_VENUE_BETWEEN = re.compile(rf"\s+(?={VENUE.pattern}\s+\S|{VENUE.pattern}(?<=['’]))", re.IGNORECASE)
_VENUE_FIRST = re.compile(rf"^(?:{VENUE.pattern})(?:\s+|(?<=['’]))(?=\S)", re.IGNORECASE)
_JAPANESE = re.compile(
    r"(?:(?P<before>[^、。\s]+?で))?(?P<name>[^、。でにと\s]{2,10})さん"
    r"(?:[((](?P<job>[^))]*)[))])?[、]?[にとがを](?:(?P<after>[^、。\s]+?で))?(?P<verb>[^。]*)"
)


def is_telling(text: str, *, dated: bool) -> bool:
    """Say whether one line tells of a meeting."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) != 1 or len(text) > 4 * said.LONGEST:
        return False
    return bool(VERB.search(text) or (_JAPANESE.search(text) and dated)) or (dated and not text.count("|"))


def read_telling(text: str) -> Said:
    """Read one line without its day."""
    if found := _JAPANESE.search(text):
        return _japanese(text, found)
    plain = re.sub(r"\s+", " ", VERB.sub(" ", text)).strip(" .,;")
    pieces = [piece.strip() for piece in re.split(r"[,;()]\s*|\s+-\s+", plain) if piece.strip(" .")]
    who, where = _name_and_venue(_BEFORE_NAME.sub("", pieces[0])) if pieces else ("", "")
    from_ = re.split(r"\s+(?:from|von|de chez|da|od)\s+(?=[A-ZÀ-Þ])", who, maxsplit=1)
    made = Said(name=from_[0], where=where, organization=from_[1].strip() if from_[1:] else "")
    if not said.could_be_name(made.name):
        made.left.append(made.name)
        made.name = ""
    for piece in pieces[1:]:
        _piece(made, piece)
    made.left = [", ".join(made.left)] if made.left else []
    return made


def _name_and_venue(piece: str) -> tuple[str, str]:
    """``Jane Doe at PyCon`` has the name before the word between."""
    found = _VENUE_BETWEEN.split(piece, maxsplit=1)
    return (found[0], found[-1].strip()) if len(found) > 1 and found[0] else (piece, "")


def _piece(made: Said, piece: str) -> None:
    if len(piece) > said.LONGEST:
        made.left.append(piece)
    elif not made.where and _VENUE_FIRST.match(piece) and not is_title(piece):
        made.where = piece
    elif from_ := FROM.fullmatch(piece):
        made.organization = made.organization or from_[1]
    elif not made.title and is_title(piece) and len(piece.split()) <= 2 * said.LONGEST_NAME:
        made.title, place = said.job(piece)
        made.organization = made.organization or place
    elif not made.organization and (
        is_organization(piece) or (made.title and said.could_be_organization(piece))
    ):
        made.organization = piece
    else:
        made.left.append(piece)


def _japanese(text: str, found: re.Match[str]) -> Said:
    made = Said(name=found["name"], where=found["before"] or found["after"] or "")
    rest = text[: found.start()] + "。" + text[found.end() :]
    if found["before"] and found["after"]:
        rest += "。" + found["after"]
    for piece in re.split(r"[。、()()\s]+", f"{found['job'] or ''}。{rest}"):
        _japanese_piece(made, piece)
    return made


def _japanese_piece(made: Said, piece: str) -> None:
    place, of, title = piece.rpartition("の")
    if of and is_title(title) and not made.title:
        made.title = title
        made.organization = made.organization or place
    elif is_title(piece) and not made.title:
        made.title = piece
    elif is_organization(piece) and not made.organization:
        made.organization = piece
    elif piece.strip():
        made.left.append(piece)
