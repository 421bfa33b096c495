"""People and moments the rules' tests share: Ada asks, Jun is asked."""

from datetime import UTC, datetime

import pytest

from askwell.rules.facts import Calendar, SeekerFacts
from askwell.rules.presets import PRESETS


@pytest.fixture
def now():
    """A Monday morning in New York."""
    return datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def new_york():
    return Calendar(zone="America/New_York", zone_known=True, country="US")


@pytest.fixture
def askwell():
    return PRESETS["askwell"]


@pytest.fixture
def ada(now):
    return SeekerFacts(
        calendar=Calendar(zone="America/New_York", zone_known=True),
        goal_text="Supply-chain analyst in a hospital system, Chicago or remote",
        goal_set_at=now,
    )
