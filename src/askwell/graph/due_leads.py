"""What is due about very many leads at once: act on them, thank their source, report the outcome.

``rules.steps.leads`` is the specification; every branch there has its line here.  Moments are whole seconds
since 1970, 0 for none, as in ``due``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import bare
from askwell.graph.due_loops import close_of
from askwell.graph.due_tables import ACT, ACT_STALE, ACT_URGENT, DAY, days_of, lead_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.graph.due_tables import Days
    from askwell.rules.facts import Calendar
    from askwell.rules.presets import Preset


class Leads(NamedTuple):
    """A lead each; moments are int64."""

    calendar: Any  # int32: the row of the calendar of who told of it
    forbidden: Any  # bool: who told of it asked not to be contacted, by mark or by the state of an outreach
    heard: Any
    expires: Any
    acted: Any
    thanked: Any
    outcome: Any
    told: Any  # when the outcome was
    closed: Any  # bool


class LeadsDue(NamedTuple):
    """What is due, a row a lead; 0 where there is nothing.

    One may act and thank from when it was heard of, report from when it had an outcome.
    """

    act: Any
    act_urgent: Any
    act_stale: Any
    thank: Any
    report: Any


def leads_due(leads: Leads, calendars: Sequence[Calendar], *, preset: Preset) -> LeadsDue:
    """Give what is due about each lead.  Raises ``BadCalendar``, ``ValueError``."""
    count = len(leads.heard)
    found = LeadsDue(*(np.zeros(count, np.int64) for _ in LeadsDue.__annotations__))
    if count:
        since, until = int(leads.heard.min()), int(leads.heard.max())
        days = days_of(calendars, preset=preset, since=since, until=until, counts=lead_days(preset))
        _go_over(leads, days, preset.lead_thank_hours * 3600, preset.lead_report_days * DAY, found)
    return found


@bare
def _sooner(close: int, expires: int) -> int:
    return min(close, expires) if expires > 0 else close


@bare
def _go_over(leads: Leads, days: Days, thank: int, report: int, found: LeadsDue) -> None:
    for one in range(len(leads.heard)):
        if leads.forbidden[one]:
            continue
        row, heard, expires = leads.calendar[one], leads.heard[one], leads.expires[one]
        if leads.acted[one] == 0 and not leads.closed[one]:
            found.act[one] = _sooner(close_of(days, row, heard, ACT), expires)
            found.act_urgent[one] = _sooner(close_of(days, row, heard, ACT_URGENT), expires)
            found.act_stale[one] = _sooner(close_of(days, row, heard, ACT_STALE), expires)
        if leads.thanked[one] == 0:
            found.thank[one] = heard + thank
        if leads.outcome[one] > 0 and leads.told[one] == 0:
            found.report[one] = leads.outcome[one] + report
