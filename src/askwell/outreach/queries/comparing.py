"""Occupations and organizations side by side, and the decisions that rest on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from askwell.outreach import words
from askwell.outreach.facts.world import preset_of, seeker_of
from askwell.outreach.models import About, CareerDecision, OwnView
from askwell.outreach.voices import Spoken, Subject, by_subject, key_about, key_of, spoken
from askwell.rules.comparing import SIDE_BY_SIDE, Choice, decision_hint, heard, heard_since
from askwell.rules.sentences import REFLECTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.queries.lines import ReasonLine
    from askwell.outreach.words import Voice
    from askwell.rules.comparing import Heard, Line
    from askwell.rules.presets import Preset

CHOICES = {
    Choice.CHOOSE: _("I choose it"),
    Choice.DROP: _("I drop it"),
    Choice.GO_ON: _("I go on looking"),
}
_AT_FIRST = 3  # columns shown until some are chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectLine:
    """Something that talks were about.  ``people`` and ``talks`` count those heard."""

    key: str
    name: str
    people: int
    talks: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """One thing someone said.  ``kept``: advice that was kept apart from the six answers."""

    talk: int
    contact: int
    name: str
    at: datetime
    text: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What was heard of one subject on one question, and the seeker's own view of it."""

    question: str
    people: int
    lines: tuple[SaidLine, ...]
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A decision as it was taken.  ``since``: talks held about it afterwards."""

    id: int
    about: str
    key: str
    name: str
    choice: str
    words: str  # the choice as a sentence
    reasons: str
    people: int
    talks: int
    names: tuple[str, ...]
    decided_at: datetime
    look_again_on: date | None
    since: int
    holds: bool  # none came after it about the same
    to_look_at: bool  # it holds, and its day has come


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One subject: how many were heard, the hint while they are few, a cell for each question."""

    key: str
    name: str
    people: int
    talks: int
    reflected: int
    hint: ReasonLine | None
    cells: tuple[Cell, ...]
    decision: DecisionLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """A talk held and what it was about.  ``noted`` is the occupation kept with the talk."""

    talk: int
    contact: int
    name: str
    at: datetime
    noted: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Subjects side by side.  ``questions`` are key and sentence; ``columns[n].cells`` follow their order."""

    about: str
    subjects: tuple[SubjectLine, ...]
    questions: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    talks: tuple[TalkLine, ...]
    too_many: bool  # more were chosen than stand beside each other
    named: bool


def compare(
    owner: AbstractBaseUser,
    *,
    now: datetime,
    about: About = About.OCCUPATION,
    chosen: Sequence[str] = (),
    named: bool = True,
) -> Comparison:
    """Lay what was heard side by side.  ``chosen`` are keys of subjects; none: those most were heard of.

    ``named`` False puts "Person 1" for who said it: what someone said is theirs (Q02).
    """
    said = spoken(owner)
    groups = by_subject(said, about)
    subjects = sorted(groups, key=lambda key: _order(groups[key]))
    wanted = [key for key in dict.fromkeys(chosen) if key in groups]
    shown = wanted[:SIDE_BY_SIDE] or subjects[:_AT_FIRST]
    loom = _loom(owner, about, said, groups, named=named, now=now)
    return Comparison(
        about=about.value,
        subjects=tuple(_subject(key, groups[key], about, chosen=key in shown) for key in subjects),
        questions=tuple((key, gettext(text)) for key, text in REFLECTION.items()),
        columns=tuple(loom.column(key, groups[key]) for key in shown),
        talks=tuple(_talk(one, about) for one in said),
        too_many=len(wanted) > SIDE_BY_SIDE,
        named=named,
    )


def subject_named(owner: AbstractBaseUser, about: About, text: str) -> Subject | None:
    """Find what talks were about by its name or a part of it; None where not exactly one fits."""
    groups = by_subject(spoken(owner), about)
    wanted, part = key_about(about, text), key_of(text)
    fitting = [key for key in groups if key == wanted] or [
        key for key in groups if part and part in key_of(key)
    ]
    return groups[fitting[0]][0].about(about) if len(fitting) == 1 else None


def decisions(owner: AbstractBaseUser, *, now: datetime) -> tuple[DecisionLine, ...]:
    """List what was decided, newest first."""
    rows = CareerDecision.objects.for_owner(owner).order_by("-decided_at", "-id")
    said = spoken(owner) if rows else []
    groups = {about: by_subject(said, About(about)) for about in About.values}
    return _decisions(rows, groups, voice=words.voice(seeker_of(owner).zone, now=now))


def few_heard(
    owner: AbstractBaseUser, *, about: About, name: str, choice: Choice, now: datetime
) -> ReasonLine | None:
    """Hint that fewer people were heard than a decision asks for; None where there were enough."""
    seeker = seeker_of(owner)
    people = {one.voice.contact for one in by_subject(spoken(owner), about).get(key_about(about, name), [])}
    hint = decision_hint(choice, len(people), preset=preset_of(seeker))
    return words.voice(seeker.zone, now=now).reason(hint) if hint else None


def _order(group: list[Spoken]) -> tuple[int, float, str]:
    """Most people first, then the latest heard."""
    people = len({one.voice.contact for one in group})
    return (-people, -max(one.voice.at.timestamp() for one in group), group[0].name)


def _subject(key: str, group: list[Spoken], about: About, *, chosen: bool) -> SubjectLine:
    people = len({one.voice.contact for one in group})
    return SubjectLine(key=key, name=_name(group, about), people=people, talks=len(group), chosen=chosen)


def _name(group: list[Spoken], about: About) -> str:
    """Give the spelling of the latest talk."""
    subject = group[0].about(about)
    return subject.name if subject else ""


def _talk(one: Spoken, about: About) -> TalkLine:
    subject = one.about(about)
    return TalkLine(
        talk=one.voice.talk,
        contact=one.voice.contact,
        name=one.name,
        at=one.voice.at,
        noted=one.noted,
        subject=subject.name if subject else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loom:
    """What every column needs."""

    about: About
    preset: Preset
    voice: Voice
    names: dict[int, str]
    own: dict[tuple[str, str], str]
    decided: dict[str, DecisionLine]

    def column(self, key: str, group: list[Spoken]) -> Column:
        found = heard([one.voice for one in group], preset=self.preset)
        return Column(
            key=key,
            name=_name(group, self.about),
            people=found.people,
            talks=len(found.talks),
            reflected=found.reflected,
            hint=self.voice.reason(found.hint) if found.hint else None,
            cells=self._cells(key, found),
            decision=self.decided.get(key),
        )

    def _cells(self, key: str, found: Heard) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                question=each.question,
                people=each.people,
                lines=tuple(self._said(line) for line in each.lines),
                own=self.own.get((key, each.question), ""),
            )
            for each in found.questions
        )

    def _said(self, line: Line) -> SaidLine:
        return SaidLine(
            talk=line.talk,
            contact=line.contact,
            name=self.names[line.contact],
            at=line.at,
            text=line.text,
            kept=line.kept,
        )


def _loom(
    owner: AbstractBaseUser,
    about: About,
    said: list[Spoken],
    groups: dict[str, list[Spoken]],
    *,
    named: bool,
    now: datetime,
) -> _Loom:
    seeker = seeker_of(owner)
    voice = words.voice(seeker.zone, now=now)
    views = OwnView.objects.for_owner(owner).filter(about=about)
    rows = CareerDecision.objects.for_owner(owner).filter(about=about).order_by("-decided_at", "-id")
    decided = _decisions(rows, {about.value: groups}, voice=voice)
    return _Loom(
        about=about,
        preset=preset_of(seeker),
        voice=voice,
        names=_names(said, named=named),
        own={(row.subject, row.question): row.text for row in views},
        decided={line.key: line for line in decided if line.holds},
    )


def _names(said: list[Spoken], *, named: bool) -> dict[int, str]:
    if named:
        return {one.voice.contact: one.name for one in said}
    people = dict.fromkeys(one.voice.contact for one in reversed(said))
    return {pk: gettext("Person %(n)s") % {"n": place} for place, pk in enumerate(people, start=1)}


def _decisions(
    rows: Iterable[CareerDecision], groups: dict[str, dict[str, list[Spoken]]], *, voice: Voice
) -> tuple[DecisionLine, ...]:
    lines: list[DecisionLine] = []
    newest: set[tuple[str, str]] = set()
    for row in rows:
        holds = (row.about, row.subject) not in newest
        newest.add((row.about, row.subject))
        lines.append(_decision(row, groups[row.about].get(row.subject, []), voice, holds=holds))
    return tuple(lines)


def _decision(row: CareerDecision, group: list[Spoken], voice: Voice, *, holds: bool) -> DecisionLine:
    names = tuple(dict.fromkeys(one["name"] for one in row.rests_on))
    return DecisionLine(
        id=row.pk,
        about=row.about,
        key=row.subject,
        name=row.name,
        choice=row.choice,
        words=gettext(CHOICES[Choice(row.choice)]) if row.choice in set(Choice) else row.choice,
        reasons=row.reasons,
        people=len({one.get("contact", one["name"]) for one in row.rests_on}),
        talks=len(row.rests_on),
        names=names,
        decided_at=row.decided_at,
        look_again_on=row.look_again_on,
        since=heard_since(row.decided_at, (one.voice for one in group)),
        holds=holds,
        to_look_at=holds and row.look_again_on is not None and row.look_again_on <= voice.today,
    )
