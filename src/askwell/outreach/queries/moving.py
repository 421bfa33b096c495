"""Talks that were asked to be moved, and stay booked until both agree on another time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from askwell.outreach.models import Draft, Transition
from askwell.rules.facts import Happening, Occasion, TalkState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


def asked_to_move(talks: Iterable[int]) -> dict[int, datetime]:
    """Give when another time was asked for, by talk: those booked, and not moved since; two queries."""
    asked = dict(
        Draft.objects.filter(
            talk__in=list(talks),
            talk__state=TalkState.SCHEDULED,
            occasion=Occasion.RESCHEDULE,
            sent_at__isnull=False,
        )
        .order_by()
        .values_list("talk_id")
        .annotate(last=Max("sent_at"))
    )
    if not asked:
        return {}
    moved = dict(
        Transition.objects.filter(outreach__talks__in=list(asked), happening=Happening.RESCHEDULED)
        .order_by()
        .values_list("outreach__talks")
        .annotate(last=Max("at"))
    )
    return {talk: at for talk, at in asked.items() if talk not in moved or moved[talk] < at}
