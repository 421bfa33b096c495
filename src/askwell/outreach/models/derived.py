"""Derived rows: they follow from the facts and may be rebuilt at any time (``askwell recompute``)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from askwell.people.models import Contact, Owned


class Step(Owned):
    """Derived: something due now or later, as ``rules.steps`` decided.  Rebuilt on every change."""

    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="steps")
    source = models.ForeignKey(  # whose relationship it follows from; None: the seeker's own standing
        Contact, null=True, on_delete=models.CASCADE, related_name="+"
    )
    code = models.CharField(max_length=20)  # of rules.decisions.StepCode
    rank = models.PositiveSmallIntegerField()  # place of the code in the order of Today
    key = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    earliest = models.DateTimeField()
    due = models.DateTimeField()
    urgent = models.DateTimeField(null=True)
    stale = models.DateTimeField(null=True)
    why = models.JSONField(default=list)  # rules.decisions.Reason as dicts
    blocked_by = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="step_once")]
        # No index on ``earliest``: SQLite would choose it and sort, where this one gives Today's order.
        indexes = [models.Index(fields=["owner", "rank", "due"])]


class Standing(Owned):
    """Derived: history with one contact summed up, and how good it would be to ask them next."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="standing")
    last_out_at = models.DateTimeField(null=True)
    last_in_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    touches = models.PositiveIntegerField(default=0)
    talks = models.PositiveSmallIntegerField(default=0)
    strength = models.FloatField(default=0)
    score = models.FloatField(default=0)  # rules.ranking.base_score; 0 where a gate stands
    facts = models.JSONField(default=dict)  # what ranking needs again at reading time

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-score", "contact"]),
            models.Index(fields=["owner", "-last_at"]),
        ]
