"""What came back."""

from __future__ import annotations

from enum import StrEnum

from askwell.rules.facts import Channel, Leave
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Outreach, Touch
    from datetime import datetime


class Answer(StrEnum):
    """What came back, in the words of the forms and the command line."""

    YES = "yes"
    NO = "no"
    LATER = "later"  # they named a later date: ``until``
    AWAY = "away"  # an automatic reply, out of office until ``until``
    BOUNCED = "bounced"
    REDIRECTED = "redirected"  # talk to ``name`` instead
    NAMED = "named"  # they gave a name beside their answer
    REPLIED = "replied"  # neither yes nor no yet
    ANSWERED = "answered"  # the seeker answered them: closes "answer" steps


def record_reply(
    contact: Contact,
    *,
    what: Answer | str,
    at: datetime,
    now: datetime,
    outreach: Outreach | None = None,
    channel: Channel | str = Channel.EMAIL,
    text: str = "",
    until: datetime | None = None,
    name: str = "",
    email: str = "",
    leave: Leave | str = Leave.UNASKED,
    asks: bool | None = None,
) -> Touch:
    """Record what came back.

    ``later`` needs ``until``; ``redirected`` and ``named`` need ``name`` (and make the contact).
    ``asks``: does it ask for an answer?  None: yes for ``yes``, ``replied`` and ``named``, else no.
    Raises BadValue, OutOfOrder (no such answer where things stand).
    """
    raise NotImplementedError
