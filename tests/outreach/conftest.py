"""A notebook with a few people in it, and words for what happens to them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from askwell.outreach import actions
from askwell.people.actions import NewContact, add_contact
from askwell.people.journal import refreshed_once

GOOD_LETTER = """Dear Jane Doe,

I am finishing a master's in health informatics at Riverton University, and I found you through our \
alumni directory. Your talk on triage dashboards at the Leeds nursing fair changed how I think about ward data.

I would like to learn how product managers in hospitals decide what to build. Could we speak by phone \
for twenty minutes, at a time that suits you in the next two weeks? If it does not suit, that is fine.

Kind regards,
Lina Berg
"""


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.fixture
def lina(owner, now):
    """Lina, who looks for product work in health care, sits in Chicago and has a clear goal."""
    with refreshed_once(owner, now=now):
        actions.change_seeker(
            owner,
            zone="America/Chicago",
            country="US",
            who_line="finishing a master's in health informatics at Riverton University",
            now=now,
        )
        actions.set_goal(
            owner,
            text="Product manager in hospital software in Chicago",
            role="product manager",
            field="hospital software",
            place="Chicago",
            now=now,
        )
    return owner


@pytest.fixture
def jane(lina, now):
    """Jane Doe, product manager at Acme Health, in Chicago."""
    return add_contact(
        lina,
        NewContact(
            name="Jane Doe",
            emails=["jane@acme.example"],
            organization="Acme Health",
            title="Product manager",
            details={"zone": "America/Chicago", "country": "US"},
        ),
        now=now,
    )


@pytest.fixture
def kenji(lina, now):
    """Kenji Sato, in Tokyo."""
    return add_contact(
        lina,
        NewContact(
            name="Kenji Sato",
            emails=["kenji@hikari.example"],
            organization="Hikari",
            title="Engineer",
            details={"place": "Tokyo, Japan"},
        ),
        now=now,
    )
