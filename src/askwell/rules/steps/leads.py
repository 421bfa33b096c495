"""Steps a lead brings: act on it, thank its source, report the outcome (L01, L03)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import Step, StepCode, because
from askwell.rules.timing import day_close

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.facts import LeadFacts, Relationship
    from askwell.rules.presets import Preset


def lead_steps(relationship: Relationship, *, preset: Preset) -> Iterator[Step]:
    """Steps of every lead heard of from this contact; thanks and report outlive a closed lead."""
    for lead in relationship.leads:
        if lead.acted_at is None and not lead.closed:
            yield _act(relationship, lead, preset)
        if lead.source_thanked_at is None:
            yield _thank(relationship, lead, preset)
        if lead.outcome_at is not None and lead.outcome_told_at is None:
            yield _report(relationship, lead, lead.outcome_at, preset)


def _act(relationship: Relationship, lead: LeadFacts, preset: Preset) -> Step:
    def by(days: int) -> datetime:
        close = day_close(lead.heard_at, days, relationship.calendar, preset=preset)
        return close if lead.expires is None else min(close, lead.expires)

    return Step(
        code=StepCode.ACT_ON_LEAD,
        contact=relationship.contact,
        about=("lead", lead.id),
        earliest=lead.heard_at,
        due=by(preset.lead_business_days),
        urgent=by(preset.lead_urgent_business_days),
        stale=by(preset.lead_stale_business_days),
        why=(
            because(
                "L01",
                "lead.act",
                days=preset.lead_business_days,
                stale_days=preset.lead_stale_business_days,
                heard=lead.heard_at,
            ),
        ),
    )


def _thank(relationship: Relationship, lead: LeadFacts, preset: Preset) -> Step:
    return Step(
        code=StepCode.THANK_FOR_LEAD,
        contact=relationship.contact,
        about=("lead", lead.id),
        earliest=lead.heard_at,
        due=lead.heard_at + timedelta(hours=preset.lead_thank_hours),
        why=(because("L03", "lead.thank", hours=preset.lead_thank_hours, heard=lead.heard_at),),
    )


def _report(relationship: Relationship, lead: LeadFacts, outcome_at: datetime, preset: Preset) -> Step:
    return Step(
        code=StepCode.REPORT_OUTCOME,
        contact=relationship.contact,
        about=("lead", lead.id),
        earliest=outcome_at,
        due=outcome_at + timedelta(days=preset.lead_report_days),
        why=(because("L03", "lead.report", days=preset.lead_report_days, outcome=outcome_at),),
    )
