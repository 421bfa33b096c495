"""Today: what to do now, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.queries.lines import StepLine, Suggestion, Today


def today(owner: AbstractBaseUser, *, now: datetime) -> Today:
    """Give the one screen, in a small constant number of queries."""
    raise NotImplementedError


def steps(
    owner: AbstractBaseUser, *, now: datetime, group: str = "", limit: int = 200, offset: int = 0
) -> list[StepLine]:
    """List steps: ``group`` ``owed``, ``today``, ``this_week``, ``later``, ``snoozed`` or all."""
    raise NotImplementedError


def step(owner: AbstractBaseUser, *, key: str, now: datetime) -> StepLine:
    """Give one step by its key.  Raises NotFound."""
    raise NotImplementedError


def next_people(owner: AbstractBaseUser, *, now: datetime, count: int = 5) -> list[Suggestion]:
    """Whom to ask next, best first, each with three reasons."""
    raise NotImplementedError
