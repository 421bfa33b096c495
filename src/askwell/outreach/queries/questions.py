"""What to ask someone: questions that fit the talk, one's own, and what is amiss with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from askwell.outreach import words
from askwell.outreach.facts import relationship, world
from askwell.outreach.models import Outreach, Talk
from askwell.rules.agenda import MINUTES_LEAST, MINUTES_MOST
from askwell.rules.decisions import because
from askwell.rules.facts import Mode, Purpose, Stage, TalkState
from askwell.rules.questions.bank import QUESTIONS, key_of
from askwell.rules.questions.checking import check
from askwell.rules.questions.forbidden import forbidden_to
from askwell.rules.questions.known import Known, conditions
from askwell.rules.questions.model import TITLES, OwnQuestion
from askwell.rules.questions.picking import Pick, TalkAhead, pick, relation_of
from askwell.rules.questions.taking import is_among, take_over

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from askwell.outreach.facts.world import World
    from askwell.outreach.queries.lines import ReasonLine
    from askwell.outreach.words import Voice
    from askwell.people.models import Contact, Position
    from askwell.rules.decisions import Finding
    from askwell.rules.questions.model import Forbidden

ALL = "all"
VARIANTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedLine:
    """A question to bring.  ``reserve``: it fits only if another falls away; ``taken``: among one's own."""

    key: str
    text: str
    about: str  # its category in words
    starred: bool
    reserve: bool
    taken: bool
    reasons: tuple[ReasonLine, ...]
    follow_ups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """What is amiss with one's own questions.  ``severity``: ``error``, ``warning`` or ``hint``."""

    severity: str
    reason: ReasonLine


@dataclass(frozen=True, slots=True, kw_only=True)
class UnaskedLine:
    """What is not asked of this person, why, and what to ask instead."""

    about: str
    reason: ReasonLine
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage:
    """Questions for a talk of ``minutes``; about ``fit`` fit into it before the closing ones."""

    minutes: int
    fit: int
    suggested: tuple[SuggestedLine, ...]
    own: tuple[OwnQuestion, ...]
    findings: tuple[FindingLine, ...]
    unasked: tuple[UnaskedLine, ...]

    @property
    def any_left(self) -> bool:
        """Something suggested is not among one's own."""
        return not all(each.taken for each in self.suggested)


def questions(
    contact: Contact, outreach: Outreach | None, *, variant: int = 0, now: datetime
) -> QuestionsPage:
    """Give what to ask someone; ``outreach`` is what the talk belongs to, if there is one yet."""
    around = world(contact.owner, now=now)
    ahead = _ahead(contact, outreach, around, now=now)
    chosen = pick(ahead, preset=around.preset, variant=variant)
    own = own_questions(outreach)
    voice = words.voice(around.calendar.zone, now=now)
    amiss = check(own, preset=around.preset, mode=ahead.mode, relation=ahead.relation) if own else ()
    return QuestionsPage(
        minutes=chosen.minutes,
        fit=chosen.fit,
        suggested=tuple(_in_words(each, own, voice) for each in chosen.picks),
        own=own,
        findings=tuple(_finding(each, voice) for each in amiss),
        unasked=tuple(_unasked(each, voice) for each in forbidden_to(ahead.mode, ahead.relation)),
    )


def with_taken(
    outreach: Outreach,
    own: Iterable[OwnQuestion],
    wanted: Collection[str],
    *,
    variant: int = 0,
    now: datetime,
) -> list[dict[str, Any]]:
    """Give one's own questions with those of these keys among them, as ``save_homework`` takes them.

    ``all`` is every suggested one; a key that is no longer suggested is taken nevertheless.
    """
    around = world(outreach.owner, now=now)
    ahead = _ahead(outreach.contact, outreach, around, now=now)
    chosen = pick(ahead, preset=around.preset, variant=variant)
    known = {each.question.key: each for each in chosen.picks}
    keys = [*known] if ALL in wanted else [key for key in QUESTIONS if key in wanted]
    taken = [known.get(key) or Pick(question=QUESTIONS[key], why=()) for key in keys]
    kept = take_over(tuple(own), taken, preset=around.preset)
    return [{"text": each.text, "starred": each.starred} for each in kept]


def own_questions(outreach: Outreach | None) -> tuple[OwnQuestion, ...]:
    """Give the questions kept with an outreach, as the rules read them."""
    return tuple(
        OwnQuestion(text=str(each["text"]), starred=bool(each.get("starred")))
        for each in (outreach.questions if outreach else ())
    )


def _ahead(contact: Contact, outreach: Outreach | None, around: World, *, now: datetime) -> TalkAhead:
    jobs = list(contact.positions.filter(school=False).order_by("-current", "-started", "pk"))
    present = next((job for job in jobs if job.current), None)
    about: dict[str, Any] = {}
    if outreach is not None:
        about = {
            "purpose": Purpose(outreach.purpose),
            "mode": Mode(outreach.mode),
            "cool": outreach.cool,
        }
    return TalkAhead(
        **about,
        stage=Stage(around.seeker.stage),
        relation=relation_of(relationship(contact, now=now, given=around)),
        minutes=_minutes(outreach, around),
        goal_text=around.goal.text if around.goal else "",
        their_work=present.title if present else contact.headline,
        holds=conditions(_known(jobs, present, outreach), now=now),
        answered=_answered(contact),
    )


def _minutes(outreach: Outreach | None, around: World) -> int:
    booked = outreach and outreach.talks.filter(state=TalkState.SCHEDULED).order_by("starts_at").first()
    minutes = booked.minutes if booked else around.preset.minutes_asked
    return min(MINUTES_MOST, max(MINUTES_LEAST, minutes))


def _known(jobs: list[Position], present: Position | None, outreach: Outreach | None) -> Known:
    homework = outreach.homework if outreach else {}
    return Known(
        homework=[piece for piece, kept in homework.items() if kept],
        dated_jobs=sum(bool(job.started) for job in jobs),
        at_organization=present is not None and present.organization_id is not None,
        there_since=present.started if present else "",
    )


def _answered(contact: Contact) -> frozenset[str]:
    """Keys of what was prepared for talks that were held: taken to have been asked."""
    held = Talk.objects.filter(contact=contact, state=TalkState.HELD, outreach__isnull=False)
    asked = Outreach.objects.filter(pk__in=held.values("outreach_id")).values_list("questions", flat=True)
    keys = (key_of(str(each["text"])) for kept in asked for each in kept)
    return frozenset(key for key in keys if key)


def _in_words(each: Pick, own: tuple[OwnQuestion, ...], voice: Voice) -> SuggestedLine:
    return SuggestedLine(
        key=each.question.key,
        text=gettext(each.question.text),
        about=gettext(TITLES[each.question.category]),
        starred=each.starred,
        reserve=each.reserve,
        taken=is_among(each.question.text, own) or is_among(gettext(each.question.text), own),
        reasons=tuple(voice.reason(why) for why in each.why),
        follow_ups=tuple(gettext(text) for text in each.question.follow_ups),
    )


def _finding(each: Finding, voice: Voice) -> FindingLine:
    return FindingLine(severity=each.severity.value, reason=voice.reason(each.reason))


def _unasked(each: Forbidden, voice: Voice) -> UnaskedLine:
    return UnaskedLine(
        about=gettext(each.title),
        reason=voice.reason(because(each.rule, each.why, question=gettext(each.examples[0]))),
        instead=gettext(QUESTIONS[each.instead].text),
    )
