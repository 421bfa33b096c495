"""Who was heard about what: every talk held, with the work and the place it was about.

Theory of operation.  A talk is about the occupation noted with it: their title when it was held, or what the
seeker says instead; else about their present title.  It is about the organization where they had that title,
else about the one they are at now.  Two spellings of one occupation are one: it is known by its folded words.
Four queries, however many talks there are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach.models import About, Advice, Talk
from askwell.people.models import Position
from askwell.rules.comparing import Voice
from askwell.rules.facts import TalkState
from askwell.search.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser

_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a talk was about.  ``key`` is the same for two spellings; ``name`` is one of them."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A talk held: what was said, by whom, about what.  ``noted``: the occupation kept with the talk."""

    voice: Voice
    name: str
    noted: str
    occupation: Subject | None
    organization: Subject | None

    def about(self, about: About) -> Subject | None:
        """Give the subject of that kind."""
        return self.occupation if about == About.OCCUPATION else self.organization


def key_of(occupation: str) -> str:
    """Fold an occupation: ``Supply-Chain Analyst`` and ``supply chain analyst`` are one."""
    return " ".join(words(occupation))[:_LONGEST]


def key_about(about: About, name: str) -> str:
    """Give the key of a subject by its name."""
    from askwell.search.naming import organization_key  # with its tables of names: too much for every start

    return key_of(name) if about == About.OCCUPATION else organization_key(name)[:_LONGEST]


def spoken(owner: AbstractBaseUser) -> list[Spoken]:
    """List every talk held, newest first."""
    talks = list(
        Talk.objects.for_owner(owner)
        .filter(state=TalkState.HELD)
        .select_related("contact")
        .defer("notes")
        .order_by("-starts_at", "-id")
    )
    jobs = _jobs(owner, {talk.contact_id for talk in talks})
    advice = _advice(owner, talks)
    return [_spoken(talk, _job(talk, jobs[talk.contact_id]), advice[talk.pk]) for talk in talks]


def by_subject(found: Iterable[Spoken], about: About) -> dict[str, list[Spoken]]:
    """Group talks by what they were about; those about nothing known are left out."""
    groups: dict[str, list[Spoken]] = defaultdict(list)
    for one in found:
        subject = one.about(about)
        if subject is not None:
            groups[subject.key].append(one)
    return dict(groups)


def _spoken(talk: Talk, job: Position | None, advice: list[str]) -> Spoken:
    title = talk.occupation or (job.title if job else "")
    place = job.organization if job else None
    return Spoken(
        voice=Voice(
            talk=talk.pk,
            contact=talk.contact_id,
            at=talk.ended_at or talk.starts_at,
            answers=talk.reflection,
            advice=tuple(advice),
        ),
        name=talk.contact.name,
        noted=talk.occupation,
        occupation=Subject(key=key_of(title), name=title) if key_of(title) else None,
        organization=Subject(key=place.key, name=place.name) if place else None,
    )


def _jobs(owner: AbstractBaseUser, contacts: set[int]) -> dict[int, list[Position]]:
    """Give the jobs of each, those of now first."""
    rows = Position.objects.for_owner(owner).filter(school=False, contact__in=contacts)
    found: dict[int, list[Position]] = defaultdict(list)
    for row in rows.select_related("organization").order_by("-current", "id"):
        found[row.contact_id].append(row)
    return found


def _job(talk: Talk, jobs: list[Position]) -> Position | None:
    """Choose the job they spoke of: the one with the title noted, else the first of now."""
    noted = key_of(talk.occupation)
    spoken_of = (job for job in jobs if noted and key_of(job.title) == noted)
    return next(spoken_of, next((job for job in jobs if job.current), None))


def _advice(owner: AbstractBaseUser, talks: list[Talk]) -> dict[int, list[str]]:
    """Give the advice of each talk; what was advised outside of one goes with the newest talk."""
    held = {talk.pk for talk in talks}
    newest = {talk.contact_id: talk.pk for talk in reversed(talks)}
    rows = Advice.objects.for_owner(owner).filter(contact__in=newest, introduction=None)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("-received_at", "-id"):
        found[row.talk_id if row.talk_id in held else newest[row.contact_id]].append(row.text)
    return found
