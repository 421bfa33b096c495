"""Steps around an informational interview: arrange, confirm, prepare, log, reflect (P02, P07, C07, C08, F10).

Theory of operation.  Confirming and preparing belong to the business day before; once the talk's
hour has come time itself takes them away, so these two look at ``now``.  Whether a talk was held
only the seeker knows: after its end a step asks.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import Step, StepCode, because
from askwell.rules.facts import State, TalkState
from askwell.rules.steps.courtesy import talk_end
from askwell.rules.timing import day_close, day_start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.facts import OutreachFacts, Relationship, TalkFacts
    from askwell.rules.presets import Preset


def talk_steps(relationship: Relationship, *, preset: Preset, now: datetime) -> Iterator[Step]:
    """Steps before and after each talk, and towards the ones still to be arranged."""
    for talk in relationship.talks:
        if talk.state is TalkState.SCHEDULED:
            if now < talk.starts_at:
                yield from _before(relationship, talk, preset)
            yield _log(relationship, talk, preset)
        elif talk.state is TalkState.HELD and talk.reflected_at is None:
            yield _reflect(relationship, talk, preset)
    for outreach in relationship.outreaches:
        if outreach.state is State.ARRANGING:
            yield _arrange(relationship, outreach, preset, now)


def _before(relationship: Relationship, talk: TalkFacts, preset: Preset) -> Iterator[Step]:
    if talk.confirmed_at is None:
        yield _ahead(StepCode.CONFIRM_TALK, relationship, talk, preset, days=preset.confirm_business_days)
    if not talk.prepared:
        yield _ahead(
            StepCode.PREPARE_TALK, relationship, talk, preset, days=preset.prepare_ahead_business_days
        )


_AHEAD = {StepCode.CONFIRM_TALK: ("P07", "talk.confirm"), StepCode.PREPARE_TALK: ("P02", "talk.prepare")}


def _ahead(code: StepCode, relationship: Relationship, talk: TalkFacts, preset: Preset, *, days: int) -> Step:
    calendar, starts = relationship.calendar, talk.starts_at
    rule, text = _AHEAD[code]
    return Step(
        code=code,
        contact=relationship.contact,
        about=("talk", talk.id),
        earliest=day_start(starts, -days, calendar),
        due=day_close(starts, -preset.confirm_business_days, calendar, preset=preset),
        stale=starts,
        why=(because(rule, text, days=preset.confirm_business_days, starts=starts, minutes=talk.minutes),),
    )


def _log(relationship: Relationship, talk: TalkFacts, preset: Preset) -> Step:
    ended = talk_end(talk)
    return Step(
        code=StepCode.LOG_TALK,
        contact=relationship.contact,
        about=("talk", talk.id),
        earliest=ended,
        due=ended + timedelta(hours=preset.log_hours),
        why=(because("C08", "talk.log", starts=talk.starts_at),),
    )


def _reflect(relationship: Relationship, talk: TalkFacts, preset: Preset) -> Step:
    ended = talk_end(talk)
    return Step(
        code=StepCode.REFLECT,
        contact=relationship.contact,
        about=("talk", talk.id),
        earliest=ended,
        due=ended + timedelta(hours=preset.reflect_hours),
        why=(because("C07", "talk.reflect", hours=preset.reflect_hours, ended=ended),),
    )


def _arrange(relationship: Relationship, outreach: OutreachFacts, preset: Preset, now: datetime) -> Step:
    said = outreach.yes_at or outreach.opened_at or now
    days, since, text = preset.arrange_business_days, said, "arrange.within"
    if not outreach.agreed:
        text = "arrange.answered"
    if outreach.sent and outreach.sent[-1] > said:
        days, since, text = preset.wait_business_days, outreach.sent[-1], "arrange.again"
    calendar = relationship.calendar
    earliest = since if text != "arrange.again" else day_start(since, days, calendar)
    due = day_close(since, days, calendar, preset=preset)
    if outreach.until is not None and outreach.until > earliest:
        earliest = outreach.until
        due = max(due, day_close(outreach.until, preset.arrange_business_days, calendar, preset=preset))
    return Step(
        code=StepCode.ARRANGE_TALK,
        contact=relationship.contact,
        about=("outreach", outreach.id),
        earliest=earliest,
        due=due,
        why=(because("F10", text, days=days, since=since),),
    )
