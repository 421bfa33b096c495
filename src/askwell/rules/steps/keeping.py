"""Keeping in touch: when the next check-in is due (K01, K02).

Theory of operation.  The clock runs from the last touch of any kind, either way.  After a talk a
check-in is due monthly for three months (shown from day 21, due by day 30), then every 90 days;
the user's own cadence goes before both, and 0 means never.  While something is open (a question
asked, a talk to come, thanks owed) nobody checks in: that step would be beside the point.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import Reason, Step, StepCode, because
from askwell.rules.facts import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.facts import History, Relationship
    from askwell.rules.presets import Preset

_MONTH = timedelta(days=30)
_LEAD_DAYS = 7


def check_in_steps(relationship: Relationship, *, preset: Preset) -> Iterator[Step]:
    """Give the next check-in, if this is someone to keep in touch with."""
    window = next_check_in(relationship, preset=preset)
    if window is None:
        return
    earliest, due, why = window
    yield Step(
        code=StepCode.CHECK_IN,
        contact=relationship.contact,
        about=("contact", relationship.contact),
        earliest=earliest,
        due=due,
        why=(why,),
    )


def next_check_in(relationship: Relationship, *, preset: Preset) -> tuple[datetime, datetime, Reason] | None:
    """From when, by when and why to check in; None for people one does not keep in touch with."""
    last = _last_touch(relationship.history)
    if last is None or not _is_kept(relationship, preset):
        return None
    first_day, last_day, text = _cadence(relationship, last, preset)
    earliest, due = last + timedelta(days=first_day), last + timedelta(days=last_day)
    news = relationship.history.last_news_at
    if news is not None and last < news < earliest:
        return news, due, because("K02", "check_in.news", days=last_day, last=last)
    return earliest, due, because("K01", text, days=last_day, last=last)


def _last_touch(history: History) -> datetime | None:
    moments = (history.last_out_at, history.last_in_at, history.last_check_in_at, history.last_talk_at)
    return max((moment for moment in moments if moment is not None), default=None)


def _is_kept(relationship: Relationship, preset: Preset) -> bool:
    if relationship.keep_every_days == 0:
        return False
    states = {outreach.state for outreach in relationship.outreaches}
    if states - {State.IN_TOUCH, State.WITHDRAWN, State.DECLINED, State.CLOSED_NO_REPLY}:
        return False  # something is open
    if states & {State.DECLINED, State.CLOSED_NO_REPLY} and State.IN_TOUCH not in states:
        return False
    if relationship.keep_every_days is not None:
        return True
    known = State.IN_TOUCH in states or relationship.history.last_talk_at is not None
    return known and relationship.history.unanswered < preset.max_touches


def _cadence(relationship: Relationship, last: datetime, preset: Preset) -> tuple[int, int, str]:
    own = relationship.keep_every_days
    if own is not None:
        return own - min(_LEAD_DAYS, own // 4), own, "check_in.own"
    talk = relationship.history.last_talk_at
    if talk is not None and last < talk + preset.after_talk_months * _MONTH:
        return *preset.check_in_days, "check_in.after_talk"
    warm = preset.keep_warm_days
    return warm - min(_LEAD_DAYS, warm // 4), warm, "check_in.warm"
