"""Thank-you notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, happened, move_if_possible, one_of, towards
from askwell.outreach.actions._touching import courtesy, letter_of
from askwell.outreach.judging import thanked_before
from askwell.outreach.lead_letters import lead_meant
from askwell.outreach.models import Talk
from askwell.rules.facts import Channel, Happening, Occasion, TalkState, TouchKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.outreach.models import Draft, Lead, Touch
    from askwell.people.models import Contact


def record_thanks(  # noqa: PLR0913 - each is a fact of its own
    contact: Contact,
    *,
    now: datetime,
    at: datetime | None = None,
    talk: Talk | None = None,
    by_hand: bool = False,
    channel: Channel | str = Channel.EMAIL,
    draft: Draft | None = None,
    subject: str = "",
    body: str = "",
    overrides: Mapping[str, str] | None = None,
) -> Touch:
    """A thank-you went out.  ``talk`` None: the latest held talk not yet thanked for, if any.

    ``by_hand`` is a written card (channel ``letter``).  Raises Refused where they were thanked for the
    same already; that passes with ``overrides={"F01": reason}``, which is kept with the change.
    """
    way = Channel.LETTER if by_hand else one_of(Channel, "channel", channel)
    sent = happened("at", at or now, now=now)
    reasons = {"overrides": dict(overrides)} if overrides else {}
    with towards(contact, "thanked", now=now, **reasons) as log:
        lead = _lead_of(draft)
        found = fresh(talk) if talk is not None else None if lead else _unthanked(contact)
        outreach = found.outreach if found is not None else None
        letter = letter_of(draft, subject=subject, body=body)
        touch = courtesy(
            log,
            contact,
            at=sent,
            kind=TouchKind.THANKS,
            channel=way,
            talk=found,
            outreach=outreach,
            letter=letter,
            overrides=overrides,
            thanked_at=None if lead else thanked_before(contact, found, at=sent),
        )
        if found is not None:
            log.change(found, thanked_at=sent)
        if lead is not None:
            log.change(lead, source_thanked_at=sent)
        move_if_possible(log, outreach, Happening.THANKED, at=sent, touch=touch)
        if draft is not None:
            log.change(fresh(draft), sent_at=sent)
    return touch


def _lead_of(draft: Draft | None) -> Lead | None:
    """Give the lead a draft gives thanks for."""
    if draft is None or draft.occasion != Occasion.LEAD_THANKS:
        return None
    return lead_meant(draft.contact, draft.occasion, text=f"{draft.subject}\n{draft.body}")


def _unthanked(contact: Contact) -> Talk | None:
    found: Talk | None = (
        Talk.objects.filter(contact=contact, state=TalkState.HELD, thanked_at=None)
        .select_related("outreach")
        .order_by("-starts_at")
        .first()
    )
    return found
