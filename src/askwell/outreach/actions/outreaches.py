"""Opening an outreach, homework for it, and ending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TYPE_CHECKING

from askwell.rules.facts import Mode, Purpose

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Outreach
    from datetime import datetime

Overrides = Mapping[str, str]  # rule code -> the seeker's reason


def open_outreach(
    contact: Contact,
    *,
    purpose: Purpose | str,
    now: datetime,
    mode: Mode | str = Mode.INFORMATIONAL,
    referrer: Contact | None = None,
    hook: str = "",
    connection: str = "",
    overrides: Overrides | None = None,
) -> Outreach:
    """Begin one purpose towards one contact.  ``mode`` is ``informational`` or ``lead``.

    Raises Refused: do not contact, the same purpose already open, confidential search, ...
    """
    raise NotImplementedError


def save_homework(
    outreach: Outreach,
    *,
    now: datetime,
    hook: str | None = None,
    connection: str | None = None,
    homework: Mapping[str, Any] | None = None,
    questions: Sequence[Mapping[str, Any]] | None = None,
    outcome_wanted: str | None = None,
    offer: str | None = None,
) -> Outreach:
    """Keep what was found out and prepared; None leaves a part as it is.

    ``questions``: ``[{"text": str, "starred": bool}]``.
    """
    raise NotImplementedError


def withdraw(outreach: Outreach, *, now: datetime) -> Outreach:
    """The seeker lets it be."""
    raise NotImplementedError


def forbid(contact: Contact, *, now: datetime, text: str = "") -> Contact:
    """They asked not to be contacted: nothing will be sent to them again, for any purpose."""
    raise NotImplementedError


def mend_address(outreach: Outreach, *, now: datetime, email: str = "") -> Outreach:
    """The address that bounced is right again; ``email`` adds the new one."""
    raise NotImplementedError


def set_referrer(outreach: Outreach, *, referrer: Contact | None, now: datetime) -> Outreach:
    """Say who gave the name."""
    raise NotImplementedError
