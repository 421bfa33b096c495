"""Whom something worth reading would help (K03, R02).

Theory of operation.  What a link is about is a set of word keys; what is known of a person is a set of
word keys for each *ground*: what they wish for, what was talked about, notes, tags, their work, where
they work.  The caller folds words to keys, so that spellings and forms of a word meet.  A key counts by
the ground it is found on and by how few people have it: a word of half the address book tells nothing.
Where topics were chosen, one of them must be among the words; those of a title only add to it.
The best ground is the reason given.  The weights are a default, ours, and no finding.

Only those come into question whom a letter to stay in touch may go to, be it at another hour.  Whoever
owes an answer is not given something to read meanwhile, which would look like a reminder; nor is
whoever asked to be left in peace, or let it rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import TYPE_CHECKING

from askwell.rules.decisions import because
from askwell.rules.facts import Channel, Mode, State
from askwell.rules.lifecycle import ALIVE
from askwell.rules.refusals import but_for_the_hour, may_send

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import Relationship, SeekerFacts
    from askwell.rules.presets import Preset


class Ground(StrEnum):
    """Where a word is known from, the most telling first."""

    WISH = "wish"
    TALK = "talk"
    NOTE = "note"
    TAG = "tag"
    TITLE = "title"
    ORGANIZATION = "organization"


WEIGHTS: dict[Ground, float] = {
    Ground.WISH: 5.0,
    Ground.TALK: 4.0,
    Ground.NOTE: 3.0,
    Ground.TAG: 2.5,
    Ground.TITLE: 2.0,
    Ground.ORGANIZATION: 1.0,
}
NOT_MEANWHILE = frozenset(State) - ALIVE - {State.PLANNED, State.READY, State.WITHDRAWN}
_GROUNDS = {ground: place for place, ground in enumerate(Ground)}
_COMMON = 0.5  # a word that this share of the people has tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something of the shelf.  ``words``: key -> the word as written; ``topics``: those chosen for it."""

    id: int
    words: Mapping[str, str]
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Someone it may help.  ``closeness`` from 0 to 1: how well the two know each other."""

    contact: int
    known: Mapping[Ground, frozenset[str]]
    closeness: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An item that may help someone, and why."""

    item: int
    contact: int
    score: float
    reason: Reason


def matches(item: Item, readers: Sequence[Reader], *, most: int, people: int = 0) -> tuple[Match, ...]:
    """Give those it may help, the best first; nobody is named for words that everybody has.

    ``people``: how many there are in all, where ``readers`` are only those in question.
    """
    having, crowd = _having(item, readers), max(people, len(readers))
    found = [match for reader in readers if (match := _match(item, reader, having, crowd)) is not None]
    found.sort(key=lambda match: (-match.score, match.contact))
    return tuple(found[:most])


def may_share(relationship: Relationship, *, preset: Preset, seeker: SeekerFacts, now: datetime) -> bool:
    """Say whether someone may be given something to read; the hour of the day is for the letter to ask."""
    if any(outreach.state in NOT_MEANWHILE for outreach in relationship.outreaches):
        return False
    return but_for_the_hour(
        may_send(
            relationship,
            None,
            mode=Mode.CHECK_IN,
            channel=Channel.EMAIL,
            preset=preset,
            seeker=seeker,
            now=now,
        )
    )


def tells(word: str) -> bool:
    """Say whether a word of a title or a note says what a thing is about."""
    return len(word) >= _SHORTEST and word not in _IDLE


def _having(item: Item, readers: Iterable[Reader]) -> dict[str, int]:
    """How many of these people have each word, on whatever ground."""
    counts = dict.fromkeys(item.words, 0)
    for reader in readers:
        for key in set().union(*reader.known.values()) & counts.keys():
            counts[key] += 1
    return counts


def _match(item: Item, reader: Reader, having: Mapping[str, int], people: int) -> Match | None:
    best: dict[str, Ground] = {}
    for ground in sorted(reader.known, key=lambda one: _GROUNDS[one]):
        for key in reader.known[ground] & item.words.keys():
            best.setdefault(key, ground)
    score = sum(
        WEIGHTS[ground] * _rarity(having[key], people) * (1.0 if key in item.topics else 0.5)
        for key, ground in best.items()
    )
    telling = best.keys() & item.topics if item.topics else best.keys()
    if score <= 0 or not telling:
        return None
    ground = min((best[key] for key in telling), key=lambda one: _GROUNDS[one])
    said = sorted({item.words[key] for key in telling if best[key] is ground})
    return Match(
        item=item.id,
        contact=reader.contact,
        score=round(score * (1 + reader.closeness), 3),
        reason=because("R02", f"shelf.{ground}", words=", ".join(said)),
    )


def _rarity(having: int, people: int) -> float:
    """From 1 for a word that one person has, down to 0 for a word of half of many."""
    if people <= _MANY:
        return 1.0
    return max(0.0, log(people * _COMMON / having) / log(people * _COMMON))


_MANY = 20  # among fewer, a word in common is one
_SHORTEST = 4  # letters of a word of a title or note that tells anything
_IDLE_WORDS = """
about above after again also always because been before being between both could does doing down during
each even every first from further good great have having here into just know last like long made make many
more most much must need never next only other over people really same short should some still such than
that their them then there these they thing things this those through time today under until very want well
were what when where which while will with without work working would year years your article book guide
history introduction link notes read reading report story talk video
"""
_IDLE = frozenset(_IDLE_WORDS.split())
