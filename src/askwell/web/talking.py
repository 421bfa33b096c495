"""What the pages of a talk ask the rules: its agenda, what is still to prepare, times to offer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from askwell.outreach import words as outreach_words
from askwell.outreach.facts.world import preset_of, seeker_of
from askwell.outreach.free_times import free_times
from askwell.outreach.queries.preparing import preparation
from askwell.rules.agenda import MINUTES_LEAST, MINUTES_MOST, agenda_for, extension_asked
from askwell.rules.facts import Channel, TalkState
from askwell.rules.preparation import check_preparation, wear
from askwell.rules.sentences import BLOCKS, CLOSING
from askwell.rules.windows import Why
from askwell.web.words import of_reason

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Outreach, Talk
    from askwell.outreach.queries.lines import ReasonLine
    from askwell.rules.agenda import Agenda


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLine:
    """One stretch of the talk in words."""

    key: str
    title: str
    starts: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """The agenda in words; ``cue_at`` is the minute to begin wrapping up."""

    minutes: int
    blocks: tuple[BlockLine, ...]
    cue_at: int
    questions_that_fit: int
    closing: tuple[str, ...]
    reminders: tuple[tuple[str, str], ...]  # rule, sentence


def agenda_of(talk: Talk) -> AgendaLine:
    """Divide the booked time as the seeker's preset does; very short or long talks by its nearest length."""
    preset = preset_of(seeker_of(talk.owner))
    minutes = min(MINUTES_MOST, max(MINUTES_LEAST, talk.minutes))
    cool = bool(talk.outreach and talk.outreach.cool)
    return _in_words(agenda_for(minutes, preset=preset, cool=cool), talk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """How many minutes more one may ask for, once; ``sentence`` says what is too long, by ``rule``."""

    minutes: int
    rule: str
    sentence: str


def longer(talk: Talk) -> Longer | None:
    """Ask the rule how far a talk may run on, if they agree."""
    preset = preset_of(seeker_of(talk.owner))
    refused = {minutes: extension_asked(minutes, preset=preset) for minutes in _LONGER}
    allowed = [minutes for minutes, reason in refused.items() if reason is None]
    if not allowed:
        return None
    too_long = next(filter(None, refused.values()), None)
    sentence = of_reason(too_long, now=talk.starts_at) if too_long else ""
    return Longer(minutes=max(allowed), rule=too_long.rule if too_long else "C02", sentence=sentence)


_LONGER = range(1, 16)


def _in_words(agenda: Agenda, talk: Talk) -> AgendaLine:
    return AgendaLine(
        minutes=agenda.minutes,
        blocks=tuple(
            BlockLine(key=block.key, title=_(BLOCKS[block.key]), starts=block.starts, minutes=block.minutes)
            for block in agenda.blocks
        ),
        cue_at=agenda.cue_at,
        questions_that_fit=agenda.questions_that_fit,
        closing=tuple(_(CLOSING[key]) for key in agenda.closing),
        reminders=tuple((each.rule, of_reason(each, now=talk.starts_at)) for each in agenda.reminders),
    )


def wear_to(talk: Talk, *, now: datetime) -> ReasonLine | None:
    """Say what to wear, where one meets in person."""
    reason = wear(Channel(talk.channel))
    return outreach_words.voice(seeker_of(talk.owner).zone, now=now).reason(reason) if reason else None


def readiness(talk: Talk, *, now: datetime) -> list[dict[str, Any]]:
    """List what is still missing before the talk, with rule and weight; none when all is ready."""
    if talk.state != TalkState.SCHEDULED:
        return []
    gathered = preparation(talk.contact, talk.outreach, now=now)
    facts = replace(gathered, confirmed=talk.confirmed_at is not None)
    checked = check_preparation(facts, preset=preset_of(seeker_of(talk.owner)))
    return [
        {
            "rule": each.reason.rule,
            "sentence": of_reason(each.reason, now=now),
            "severity": each.severity.value,
        }
        for each in checked.findings
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Windows to offer, on their clock where it is known, else on the seeker's.

    ``apart``: there are none, because whenever they work the seeker sleeps.  ``warning``: what is left out.
    """

    zone: str
    known: bool
    windows: tuple[tuple[datetime, datetime], ...]
    apart: bool
    counts: bool  # a calendar of the seeker's is looked at
    read_at: datetime | None
    warning: str


def offers(outreach: Outreach, *, now: datetime) -> Offers:
    """Give up to three windows three to ten business days ahead, none where the seeker is busy."""
    found = free_times(outreach.contact, now=now)
    zone = ZoneInfo(found.clock.zone)
    return Offers(
        zone=found.clock.zone,
        known=found.clock.zone_known,
        windows=tuple(
            (each.start.astimezone(zone), each.end.astimezone(zone)) for each in found.proposal.windows
        ),
        apart=found.proposal.why is Why.APART,
        counts=found.counts,
        read_at=found.read_at,
        warning=found.warning,
    )
