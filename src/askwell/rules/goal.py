"""The goal check (P01): a goal names a role and a field, in few words, without a fan of paths.

Theory of operation.  The text is cut into role, field and place by its little words (in, at, for,
commas) and what stands between them; a place is known by a short list of names, by words such as
``remote`` or ``near``, or by its capitals once a field has been found.  A role is known by its noun:
a list of common ones and the endings people's callings have.  A field may stand after the role
("analyst in a hospital system") or before it ("paediatric nurse"), unless what stands before it
says nothing of the field ("senior", "data", "project").

The check reads English.  It asks for clarity only; whether a goal is wise is none of its business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.decisions import because
from askwell.rules.goal_words import (
    DOUBTS,
    EMPTY_FIELDS,
    FUNCTIONS,
    GENERIC,
    LEAD_INS,
    NOT_ROLES,
    PLACE_WORDS,
    PLACES,
    ROLE_ENDINGS,
    ROLES,
)
from askwell.rules.presets import PRESETS

if TYPE_CHECKING:
    from askwell.rules.decisions import Reason
    from askwell.rules.presets import Preset

_WORD = re.compile(r"[^\W_]+(?:['’.&+-]+[^\W_]+)*[+#]*")
_ALTERNATIVES = re.compile(r"\s*,?\s+(?:or|and/or|and|versus|vs\.?)\s+|/")
_OR = re.compile(r"\b(?:or|versus|vs)\b", re.IGNORECASE)
_FIELD_MARK = re.compile(
    r"\s+(?:in|at|for|within|inside|with|on|of|serving|working on"
    r"|focused on|focusing on|specializing in|specialising in)\s+",
    re.IGNORECASE,
)
_PLACE_MARK = re.compile(r"\s+(?:in|near|around|based in|based near|out of|from)\s+", re.IGNORECASE)
_FUNCTION_WORDS = 3
_ARTICLE = re.compile(r"^(?:an?|the|some|my|our)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalCheck:
    """What a goal says.  ``findings`` empty means it is clear enough to ask people with."""

    role: str = ""
    field: str = ""
    place: str = ""
    findings: tuple[Reason, ...] = ()

    @property
    def clear(self) -> bool:
        """Nothing stands in the way of asking."""
        return not self.findings


def check_goal(text: str, *, preset: Preset = PRESETS["askwell"]) -> GoalCheck:
    """Read a goal and say what is missing: role, field, brevity, decision."""
    plain = " ".join(text.split()).strip(" .;:!\"“”'")
    if not plain:
        return GoalCheck(findings=(because("P01", "goal.empty"),))
    body, place = _cut_place(_drop_lead_in(plain))
    role, field = _cut_role(body)
    findings = (
        *_length(plain, preset),
        *_paths(body, preset),
        *_doubt(plain),
        *_missing(role, field),
    )
    return GoalCheck(role=role, field=field, place=place, findings=findings)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _length(text: str, preset: Preset) -> list[Reason]:
    count = len(_words(text))
    if count <= preset.goal_max_words:
        return []
    return [because("P01", "goal.too_long", words=count, most=preset.goal_max_words)]


def _paths(body: str, preset: Preset) -> list[Reason]:
    count = _count_paths(body)
    if count <= preset.goal_max_paths:
        return []
    return [because("P01", "goal.too_many_paths", paths=count, most=preset.goal_max_paths)]


def _count_paths(body: str) -> int:
    ors = len(_OR.findall(body))
    if ors == 0:
        return 1
    before_last = body[: [match.start() for match in _OR.finditer(body)][-1]]
    commas = sum(1 for part in before_last.split(",")[1:] if part.strip() and not _OR.match(part.strip()))
    return 1 + ors + commas


def _doubt(text: str) -> list[Reason]:
    lowered = text.lower().replace("’", "'")
    for phrase in DOUBTS:
        if re.search(rf"\b{re.escape(phrase)}\b", lowered):
            return [because("P01", "goal.unsure", phrase=phrase)]
    return []


def _missing(role: str, field: str) -> list[Reason]:
    found = []
    if not role:
        found.append(because("P01", "goal.no_role"))
    if not field:
        found.append(because("P01", "goal.no_field"))
    return found


def _drop_lead_in(text: str) -> str:
    """Take away "I would like to work as" and the like, as often as they come."""
    while True:
        lowered = text.lower().replace("’", "'")
        lead = next((words for words in LEAD_INS if lowered.startswith(words + " ")), None)
        if lead is None:
            return text
        text = _ARTICLE.sub("", text[len(lead) :].strip(" ,:"))


def _cut_place(text: str) -> tuple[str, str]:
    body, remote = _cut_remote(text)
    pieces = [piece.strip() for piece in body.split(",")]
    places: list[str] = [remote] if remote else []
    while len(pieces) > 1 and _is_place(pieces[-1], sure=_has_field(pieces[:-1])):
        places.insert(0, pieces.pop())
    body = ", ".join(pieces)
    marks = list(_PLACE_MARK.finditer(body))
    if marks and _is_place(body[marks[-1].end() :], sure=_has_field([body[: marks[-1].start()]])):
        places.insert(0, body[marks[-1].end() :])
        body = body[: marks[-1].start()]
    return body, ", ".join(places)


def _cut_remote(text: str) -> tuple[str, str]:
    """A bare ``remote`` at the end, that no comma or ``or`` ties to other places."""
    before, _, last = text.rpartition(" ")
    tied = before.endswith((",", " or", " and"))
    if before and not tied and last.lower() in {"remote", "remotely"}:
        return before, last
    return text, ""


def _has_field(pieces: list[str]) -> bool:
    return bool(_cut_role(", ".join(pieces))[1])


def _is_place(piece: str, *, sure: bool) -> bool:
    """Every alternative is a place; capitals alone count only when the field is already there."""
    options = [_bare(option) for option in _ALTERNATIVES.split(piece) if option.strip()]
    return bool(options) and all(_is_one_place(option, sure=sure) for option in options)


def _bare(option: str) -> str:
    return re.sub(
        r"^(?:in|near|around|or|and|the|greater|based in|either)\s+", "", option.strip(), flags=re.IGNORECASE
    )


def _is_one_place(option: str, *, sure: bool) -> bool:
    lowered = option.lower()
    if lowered in PLACES or any(word in PLACE_WORDS for word in lowered.split()):
        return True
    known = any(re.search(rf"\b{re.escape(name)}\b", lowered) for name in PLACES if len(name) > 3)  # noqa: PLR2004
    return known or (sure and option[:1].isupper())


def _cut_role(body: str) -> tuple[str, str]:
    """Cut at the first little word; the field may also stand before the role's noun."""
    pieces = [piece.strip() for piece in body.split(",")]
    mark = _FIELD_MARK.search(pieces[0])
    head = pieces[0][: mark.start()] if mark else pieces[0]
    tail = ", ".join([pieces[0][mark.end() :], *pieces[1:]]) if mark else ", ".join(pieces[1:])
    head = _ARTICLE.sub("", head.strip())
    noun = _role_noun(head)
    if noun is None:
        return (head if _names_function(head, tail) else ""), _field(tail)
    return head, _field(tail) or _field_before(head, noun)


def _role_noun(head: str) -> int | None:
    """Index of the last word of ``head`` that names a calling."""
    words = [word.lower() for word in _words(head)]
    for index in range(len(words) - 1, -1, -1):
        if _is_role(words[index]):
            return index
    return None


def _names_function(head: str, tail: str) -> bool:
    """A kind of work stands for its role where a field follows: "product marketing in textiles"."""
    words = head.split()
    return (
        bool(words)
        and len(words) <= _FUNCTION_WORDS
        and words[-1].lower() in FUNCTIONS
        and bool(_field(tail))
    )


def _is_role(word: str) -> bool:
    for last in (word, word.rsplit("-", 1)[-1]):
        single = last.removesuffix("s")
        if single in ROLES or last in ROLES:
            return True
        if single not in NOT_ROLES and len(single) > 4 and single.endswith(ROLE_ENDINGS):  # noqa: PLR2004
            return True
    return False


def _field(tail: str) -> str:
    plain = _ARTICLE.sub("", tail.strip(" ,"))
    words = [word.lower() for word in _words(plain)]
    if not words or all(word in EMPTY_FIELDS for word in words):
        return ""
    return plain


def _field_before(head: str, noun: int) -> str:
    words = _words(head)
    before = [word for word in words[:noun] if word.lower() not in GENERIC]
    if "-" in words[noun]:
        before.append(words[noun].rsplit("-", 1)[0])
    return " ".join(before)
