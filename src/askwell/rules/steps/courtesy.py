"""Courtesy debts: answer, thank, keep promises, close loops, get leave (F01, F02, F03, F09, I04).

Theory of operation.  These outrank everything new whatever a score says, and they remain when an
outreach has ended: one thanks a person for a talk even after they declined the next one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import Step, StepCode, because
from askwell.rules.facts import Leave, TalkState
from askwell.rules.timing import add_business_days, day_close

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.facts import LoopFacts, NameFacts, PromiseFacts, Relationship, TalkFacts
    from askwell.rules.presets import Preset


NOTICE_AHEAD = timedelta(hours=4)  # default, ours: near enough to matter, and still time to write it


def deserves_notice(code: StepCode, due: datetime, *, now: datetime) -> bool:
    """Whether a step is worth a notice on the screen: thanks for a talk, due within hours or late."""
    return code is StepCode.THANK and due - now <= NOTICE_AHEAD


def courtesy_steps(relationship: Relationship, *, preset: Preset) -> Iterator[Step]:
    """What is owed to this contact."""
    yield from _answer(relationship, preset)
    for talk in relationship.talks:
        yield from _thank(relationship, talk, preset)
    for promise in relationship.promises:
        yield from _keep_promise(relationship, promise, preset)
    for loop in relationship.loops:
        yield _close_loop(relationship, loop, preset)
    for name in relationship.names:
        yield from _get_leave(relationship, name, preset)


def talk_end(talk: TalkFacts) -> datetime:
    """When the talk ended, or is to end."""
    return talk.ended_at or talk.starts_at + timedelta(minutes=talk.minutes)


def _answer(relationship: Relationship, preset: Preset) -> Iterator[Step]:
    since = relationship.history.reply_owed_since
    if since is None:
        return
    days = preset.reply_business_days
    yield Step(
        code=StepCode.ANSWER,
        contact=relationship.contact,
        about=("contact", relationship.contact),
        earliest=since,
        due=day_close(since, days, relationship.calendar, preset=preset),
        why=(because("F09", "answer.within", days=days, since=since),),
    )


def _thank(relationship: Relationship, talk: TalkFacts, preset: Preset) -> Iterator[Step]:
    if talk.state is not TalkState.HELD or talk.thanked_at is not None:
        return
    ended = talk_end(talk)
    yield Step(
        code=StepCode.THANK,
        contact=relationship.contact,
        about=("talk", talk.id),
        earliest=ended,
        due=ended + timedelta(hours=preset.thank_hours),
        urgent=ended + timedelta(hours=preset.thank_urgent_hours),
        why=(
            because(
                "F01", "thank.within", hours=preset.thank_hours, urgent=preset.thank_urgent_hours, ended=ended
            ),
        ),
    )


def _keep_promise(relationship: Relationship, promise: PromiseFacts, preset: Preset) -> Iterator[Step]:
    if not promise.mine:
        return
    days, calendar = preset.promise_business_days, relationship.calendar
    if promise.due is None:
        earliest = promise.made_at
        due = day_close(promise.made_at, days, calendar, preset=preset)
        why = because("F02", "promise.within", days=days, made=promise.made_at)
    else:
        due = promise.due
        earliest = min(due, max(promise.made_at, add_business_days(due, -days, calendar)))
        why = because("F02", "promise.dated", due=due, made=promise.made_at)
    yield Step(
        code=StepCode.KEEP_PROMISE,
        contact=relationship.contact,
        about=("promise", promise.id),
        earliest=earliest,
        due=due,
        why=(why,),
    )


def _close_loop(relationship: Relationship, loop: LoopFacts, preset: Preset) -> Step:
    days, latest_days = preset.close_loop_days, preset.close_loop_latest_days
    latest = loop.received_at + timedelta(days=latest_days)
    earliest, due, text = latest - timedelta(days=days), latest, "loop.latest"
    if loop.acted_at is not None:
        earliest = min(earliest, loop.acted_at)
        due, text = min(latest, loop.acted_at + timedelta(days=days)), "loop.acted"
    return Step(
        code=StepCode.CLOSE_LOOP,
        contact=relationship.contact,
        about=("loop", loop.id),
        earliest=earliest,
        due=due,
        why=(because("F03", text, days=days, latest_days=latest_days, received=loop.received_at),),
    )


def _get_leave(relationship: Relationship, name: NameFacts, preset: Preset) -> Iterator[Step]:
    if name.leave is not Leave.UNASKED or name.written_at is not None:
        return
    days = preset.leave_business_days
    yield Step(
        code=StepCode.GET_LEAVE,
        contact=relationship.contact,
        about=("name", name.id),
        earliest=name.given_at,
        due=day_close(name.given_at, days, relationship.calendar, preset=preset),
        why=(because("I04", "leave.ask", days=days, given=name.given_at),),
    )
