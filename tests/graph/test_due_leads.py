"""What is due about leads in bulk is what the rules say of each, one by one."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.graph.by_rules import moment
from tests.graph.test_due import BEGAN, CALENDARS

from askwell.graph.due_leads import Leads, leads_due
from askwell.rules.decisions import StepCode
from askwell.rules.facts import LeadFacts, Relationship
from askwell.rules.presets import PRESETS, choose
from askwell.rules.steps import steps_for

ASKWELL = PRESETS["askwell"]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def invented(seed, count):
    chance = np.random.default_rng(seed)

    def some(share):
        later = heard + chance.integers(0, 30 * 86_400, count)
        return np.where(chance.random(count) < share, later, 0)

    heard = BEGAN + chance.integers(0, 400 * 86_400, count)
    calendar = chance.integers(0, len(CALENDARS), count).astype(np.int32)
    forbidden, closed = chance.random(count) < 0.1, chance.random(count) < 0.2
    moments = [some(share) for share in (0.5, 0.3, 0.5, 0.5, 0.5)]
    return Leads(calendar, forbidden, heard, *moments, closed)


def by_rules(leads, one, preset):
    lead = LeadFacts(
        id=1,
        heard_at=moment(leads.heard[one]),
        expires=moment(leads.expires[one]),
        acted_at=moment(leads.acted[one]),
        source_thanked_at=moment(leads.thanked[one]),
        outcome_at=moment(leads.outcome[one]),
        outcome_told_at=moment(leads.told[one]),
        closed=bool(leads.closed[one]),
    )
    relationship = Relationship(
        contact=one,
        calendar=CALENDARS[leads.calendar[one]],
        do_not_contact=bool(leads.forbidden[one]),
        leads=(lead,),
    )
    steps = {step.code: step for step in steps_for(relationship, preset=preset, now=NOW)}
    act, nothing = steps.get(StepCode.ACT_ON_LEAD), (None, None, None)
    due = [code in steps and steps[code].due for code in (StepCode.THANK_FOR_LEAD, StepCode.REPORT_OUTCOME)]
    assert not act or act.earliest == lead.heard_at
    return [*((act.due, act.urgent, act.stale) if act else nothing), *(one or None for one in due)]


@given(seed=st.integers(0, 2**32), days=st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_every_lead_has_what_the_rules_give_it(seed, days):
    preset = choose(
        "askwell",
        lead_business_days=days,
        lead_urgent_business_days=days + 1,
        lead_stale_business_days=days + 3,
        lead_thank_hours=7 + days,
        lead_report_days=1 + days,
    )
    leads = invented(seed, 40)
    found = leads_due(leads, CALENDARS, preset=preset)
    for one in range(40):
        assert [moment(row[one]) for row in found] == by_rules(leads, one, preset)


def test_no_leads_have_nothing_due():
    assert [len(row) for row in leads_due(invented(1, 0), CALENDARS, preset=ASKWELL)] == [0] * 5


def test_a_moment_out_of_range_is_said():
    leads = invented(1, 3)
    leads.heard[1] = 0
    with pytest.raises(ValueError, match="1970 and 2100"):
        leads_due(leads, CALENDARS, preset=ASKWELL)
