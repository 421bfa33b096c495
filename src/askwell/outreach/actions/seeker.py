"""The seeker's own side: goal, preset, zone, week, and whether the search is confidential."""

from __future__ import annotations

from typing import Any, TYPE_CHECKING


if TYPE_CHECKING:
    from askwell.outreach.models import Goal, Seeker
    from django.contrib.auth.base_user import AbstractBaseUser
    from datetime import datetime


def set_goal(
    owner: AbstractBaseUser, *, text: str, now: datetime, role: str = "", field: str = "", place: str = ""
) -> Goal:
    """Set a new goal; the one before it ends.  Any text is kept: the goal check only advises."""
    raise NotImplementedError


def review_goal(goal: Goal, *, now: datetime) -> Goal:
    """Say that the goal still holds."""
    raise NotImplementedError


def change_seeker(owner: AbstractBaseUser, *, now: datetime, **values: Any) -> Seeker:
    """Change settings: any field of ``Seeker`` but ``owner``; ``employer`` takes an Organization, a name or None.

    Raises BadValue for an unknown preset, override, zone, country or stage.
    """
    raise NotImplementedError
