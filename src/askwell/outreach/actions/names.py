"""Names given: introductions, and leave to use the giver's name."""

from __future__ import annotations


from askwell.rules.facts import Leave
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Introduction, Talk
    from datetime import datetime


def record_name(
    giver: Contact,
    *,
    name: str,
    now: datetime,
    email: str = "",
    detail: str = "",
    leave: Leave | str = Leave.UNASKED,
    about: Contact | None = None,
    talk: Talk | None = None,
    given_at: datetime | None = None,
) -> Introduction:
    """They gave a name.  The person named is found by e-mail or made as a contact (``introduced_by``)."""
    raise NotImplementedError


def set_leave(introduction: Introduction, *, leave: Leave | str, now: datetime) -> Introduction:
    """Whether the giver's name may be used; outreaches that name them as referrer follow."""
    raise NotImplementedError
