"""Telling everybody that one is looking: whom first, how, and each in a letter of their own (K08).

Theory of operation.  The guides say: tell everyone you know, for nobody knows where a lead comes from.
Whom to tell first is ordered by two things: how near someone is, and how likely they are to hear of
something (who brings people together, who takes people on, who works in the field, who has long been
elsewhere).  The second counts half for somebody who hardly knows one, and in full for the nearest: what
a stranger hears they do not pass on.  The weights are ours.  Whoever is near, or was in touch of late,
gets an honest letter that may ask for a talk; to the others one writes as to somebody one has not written
to for long.

No two of these letters may be the same.  Compared are the words that are theirs: without the
sentences that every such letter has, without names, figures and days, without what the seeker says
of themself, and without what stands in the other letter too.  Where fewer than ``OWN_WORDS`` are
left, the letter is the other one with another name on it.

Nobody is suggested whom a gate of the ranking hides for good: who asked for no contact, who is at the
employer one keeps it from, who said no or did not answer.  Who is being asked already may hear of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from askwell.rules.decisions import because
from askwell.rules.facts import Mode
from askwell.rules.modes import FIRST_LETTER_MODES
from askwell.rules.ranking import Gate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.presets import Preset

OWN_WORDS = 3  # ours: fewer words of its own make a letter a copy
CLOSE = 4  # of five
NEAR = 3  # of five, ours: who is known less well is not looked at for that
OFTEN = 3  # exchanges within a year
ONCE_OFTEN = 3  # ours: touches with whoever was not heard of for long
IN_TOUCH_DAYS = 180  # ours
DAYS_A_YEAR = 365
LIKELY = {"tell.connector": 1.0, "tell.hires": 0.9, "tell.field": 0.8, "tell.dormant": 0.7}  # ours
UNLIKELY = 0.3  # to hear of something, as far as one knows
MOST_REASONS = 3
BARRED = frozenset({Gate.DO_NOT_CONTACT, Gate.GUARDED, Gate.CLOSED})
NEAR_THE_GOAL = 0.4  # ours: two thirds of the role's words, or the field with some of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """Someone who might be told.  ``strength`` and ``match`` are those of the ranking, 0 to 1."""

    contact: int
    closeness: int | None = None  # 1 to 5, self-rated
    strength: float = 0.0
    connector: bool = False
    hires: bool = False
    match: float = 0.0
    last_at: datetime | None = None
    exchanges: int = 0
    gate: str = ""  # of ranking.Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """Someone to tell, with what speaks for it."""

    contact: int
    score: float
    reasons: tuple[Reason, ...]


def whom_to_tell(
    known: Iterable[Acquaintance], *, now: datetime, preset: Preset, most: int
) -> tuple[Hearer, ...]:
    """Order people by how near they are and how likely to hear of something; the first ``most``."""
    found = [_hearer(one, now, preset) for one in known if one.gate not in BARRED]
    return tuple(sorted(found, key=lambda one: (-one.score, one.contact))[:most])


def _hearer(one: Acquaintance, now: datetime, preset: Preset) -> Hearer:
    reasons = [reason for reason in _speaking(one, now, preset) if reason is not None]
    likely = max((LIKELY.get(reason.text, UNLIKELY) for reason in reasons), default=UNLIKELY)
    near = _nearness(one)
    return Hearer(
        contact=one.contact,
        score=round(0.5 * near + 0.5 * likely * (1 + near) / 2, 3),
        reasons=tuple(reasons[:MOST_REASONS]) or (because("K08", "tell.known"),),
    )


def _nearness(one: Acquaintance) -> float:
    return one.strength if one.closeness is None else max(one.strength, one.closeness / 5)


def _speaking(one: Acquaintance, now: datetime, preset: Preset) -> tuple[Reason | None, ...]:
    days = _days_since(one, now)
    dormant = days >= preset.dormant_days
    return (
        because("K08", "tell.connector") if one.connector else None,
        because("K08", "tell.hires") if one.hires else None,
        because("K08", "tell.field") if one.match >= NEAR_THE_GOAL else None,
        because("K08", "tell.close") if (one.closeness or 0) >= CLOSE else None,
        because("K05", "tell.dormant", years=days // DAYS_A_YEAR) if dormant else None,
    )


def _days_since(one: Acquaintance, now: datetime) -> int:
    return (now - one.last_at).days if one.last_at is not None else 0


def mode_for(one: Acquaintance, *, now: datetime) -> Mode:
    """Say how to write: honestly to whoever is near, as after a long time to the others."""
    of_late = one.last_at is not None and _days_since(one, now) <= IN_TOUCH_DAYS
    near = (one.closeness or 0) >= CLOSE or one.exchanges >= OFTEN
    return Mode.LEAD if near and of_late else Mode.RECONNECT


def weeks_for(people: int, *, a_week: int) -> int | None:
    """How many weeks it takes to write to so many; None where no time is given to it."""
    if people <= 0:
        return 0
    return -(-people // a_week) if a_week > 0 else None


# --- no two the same


def same_as(
    body: str, others: Mapping[str, str], *, names: Iterable[str] = (), about_me: str = ""
) -> str | None:
    """Name the one whose letter this is, but for the name on it; None where it is a letter of its own.

    ``others`` are letters sent, by the name of who got them; ``names`` are the addressee's,
    ``about_me`` is what the seeker says of themself in every letter.
    """
    mine = own_words(body, names=[*names, about_me])
    for name, text in others.items():
        if len(mine - own_words(text, names=name.split())) < OWN_WORDS:
            return name
    return None


def own_words(body: str, *, names: Iterable[str] = ()) -> frozenset[str]:
    """Give the words of a letter that the sentences of every such letter do not have."""
    called = {word for name in names for word in _words(name)}
    return frozenset(_words(body)) - frame() - called


@cache
def frame() -> frozenset[str]:
    """Every word of the sentences that letters are built of, with the days and months of their times."""
    # Late: every command reads this module, few need the sentences of letters.
    from askwell.rules.letters.templates import PHRASINGS

    said = [text for group in PHRASINGS if group.split(".")[0] in _heads() for text in PHRASINGS[group]]
    plain = (re.sub(r"\{\w+\}", " ", text) for text in said)
    return frozenset(word for text in plain for word in _words(text)) | _CALENDAR


def _heads() -> frozenset[str]:
    """How the groups of sentences begin that a first letter may be made of."""
    return _SHARED | {mode.value.split("_")[0] for mode in FIRST_LETTER_MODES}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text)]


_SHARED = frozenset(
    {"greeting", "connection", "who", "purpose", "ask", "windows", "way_out", "confidential", "closing"}
    | {"tell", "note", "sign_off"}
)
_CALENDAR = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "time"}
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)
