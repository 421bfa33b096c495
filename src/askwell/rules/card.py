"""The seeker's card (D01): who, how to reach them, and in twenty words what they bring.

Theory of operation.  A card comes in as plain lines; out come findings, each with its rule and how
much it matters.  None of them forbids to print: it is the seeker's card.  The back is read for its
length, for words that say nothing of this person, and for asking for work; ``beginnings`` gives
half sentences to go on from, made of what the seeker has said of themself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from askwell.rules.decisions import Finding, because
from askwell.rules.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BACK_WORDS = 20
SKILLS_MOST = 8
_LINE = 44  # letters that fit a line of the front in a size one can read
_SKILL = 40
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_DIGITS = 5
_PHRASES = (
    "hard-working",
    "hardworking",
    "team player",
    "results-driven",
    "results driven",
    "detail-oriented",
    "detail oriented",
    "self-starter",
    "self starter",
    "go-getter",
    "outside the box",
    "passionate",
    "dynamic",
    "motivated",
    "guru",
    "ninja",
    "rockstar",
    "synergy",
    "proven track record",
)
_EMPTY = re.compile(
    "|".join(rf"(?<!\w){re.escape(phrase).replace('-', '[-‑ ]')}(?!\w)" for phrase in _PHRASES), re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:hire me|seeking (?:a |an )?(?:job|position|opportunit\w+|employment)|looking for (?:a |an |my )?"
    r"(?:\w+ )?(?:job|position|work|employment|opportunit\w+)"
    r"|open to work|in search of|unemployed|job ?seeker)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What stands on it.  ``skills`` are the lines of the card of skills."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    profile: str = ""
    back: str = ""
    skills: tuple[str, ...] = ()


TEXT_FIELDS = tuple(field.name for field in fields(Card) if field.name != "skills")


def card_of(kept: Mapping[str, object]) -> Card:
    """Read a card as it is kept: field to text, ``skills`` a list.  What is not text is left out."""
    skills = kept.get("skills")
    lines = skills if isinstance(skills, (list, tuple)) else ()
    texts = {name: value for name in TEXT_FIELDS if isinstance(value := kept.get(name), str)}
    return Card(**texts, skills=tuple(each for each in lines if isinstance(each, str)))


def words_of(text: str) -> int:
    """Count the words; a dash or a sign alone is none."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def check_card(card: Card) -> tuple[Finding, ...]:
    """What is missing or amiss, worst first."""
    found = [*_front(card), *_back(card.back), *_skills(card.skills)]
    return tuple(sorted(found, key=lambda one: list(Severity).index(one.severity)))


def _found(severity: Severity, text: str, **params: str | int) -> Finding:
    return Finding(severity=severity, reason=because("D01", text, **params))


def _front(card: Card) -> Iterator[Finding]:
    if not card.name.strip():
        yield _found(Severity.WARNING, "card.no_name")
    if not card.email.strip():
        yield _found(Severity.WARNING, "card.no_mail")
    elif not _MAIL.fullmatch(card.email.strip()):
        yield _found(Severity.WARNING, "card.mail", mail=card.email.strip())
    if not card.phone.strip() and not card.profile.strip():
        yield _found(Severity.WARNING, "card.no_second_way")
    elif card.phone.strip() and sum(letter.isdigit() for letter in card.phone) < _DIGITS:
        yield _found(Severity.WARNING, "card.phone", phone=card.phone.strip())
    if not card.role.strip():
        yield _found(Severity.HINT, "card.no_role")
    for line in (card.name, card.role, card.email, card.profile):
        if len(line) > _LINE:
            yield _found(Severity.HINT, "card.long_line", line=line, most=_LINE)


def _back(back: str) -> Iterator[Finding]:
    if not back.strip():
        yield _found(Severity.HINT, "card.no_back", most=BACK_WORDS)
        return
    words = words_of(back)
    if words > BACK_WORDS:
        yield _found(
            Severity.WARNING, "card.back_long", words=words, over=words - BACK_WORDS, most=BACK_WORDS
        )
    if match := _ASKS.search(back):
        yield _found(Severity.WARNING, "card.back_asks", words=match[0])
    if match := _EMPTY.search(back):
        yield _found(Severity.HINT, "card.back_empty", words=match[0])


def _skills(skills: tuple[str, ...]) -> Iterator[Finding]:
    if len(skills) > SKILLS_MOST:
        yield _found(Severity.WARNING, "card.many_skills", count=len(skills), most=SKILLS_MOST)
    for skill in skills:
        if len(skill) > _SKILL:
            yield _found(Severity.HINT, "card.long_skill", skill=skill, most=_SKILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Half a sentence for the back; ``text`` is a key of ``sentences``, ``params`` fill it."""

    text: str
    params: Mapping[str, str]


def beginnings(*, role: str = "", field: str = "", offer: str = "") -> tuple[Beginning, ...]:
    """Give ways to begin the back: from what is known where it is known, else the plain question."""
    found = []
    if offer.strip():
        found.append(Beginning(text="back.offer", params={"offer": _first_words(offer)}))
    if field.strip():
        found.append(Beginning(text="back.field", params={"field": field.strip()}))
    if role.strip():
        found.append(Beginning(text="back.role", params={"role": role.strip()}))
    return (*found, Beginning(text="back.done", params={}), Beginning(text="back.people", params={}))


def _first_words(text: str) -> str:
    """Give the first line, no longer than a back may be."""
    words = text.strip().splitlines()[0].split()
    return " ".join(words[:BACK_WORDS]).rstrip(".,;:")
