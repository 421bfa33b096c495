"""A contact's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Draft, Outreach
    from askwell.outreach.queries.lines import Person, TimelinePage
    from askwell.people.models import Contact
    from askwell.rules.decisions import Decision
    from askwell.rules.facts import Channel, Mode


def person(contact: Contact, *, now: datetime, page_size: int = 30) -> Person:
    """Give a contact's page in a constant number of queries."""
    raise NotImplementedError


def timeline(
    contact: Contact, *, now: datetime, before: datetime | None = None, size: int = 30
) -> TimelinePage:
    """What happened with them, newest first; ``before`` is ``next_before`` of the page before."""
    raise NotImplementedError


def may_send(
    contact: Contact,
    *,
    mode: Mode | str,
    channel: Channel | str,
    now: datetime,
    outreach: Outreach | None = None,
    draft: Draft | None = None,
) -> Decision:
    """What ``record_sent`` would answer, without doing anything.  For the sentence, ``decision_lines``."""
    raise NotImplementedError
