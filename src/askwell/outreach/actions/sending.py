"""What the seeker sent.  Every sending asks the rules, whatever door it came through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.mailroom.lifecycle import State as Going
from askwell.mailroom.outbox import of_letter
from askwell.outreach.actions._doing import fresh, happened, move, move_if_possible, one_of, towards
from askwell.outreach.actions._touching import (
    OUT,
    courtesy,
    kind_of,
    letter_of,
    log_favor,
    nearest,
    open_ones,
    own_outreach,
    record_touch,
)
from askwell.outreach.actions.advice import close_by_letter
from askwell.outreach.actions.giving import given_by_letter
from askwell.outreach.actions.leads import told_by_lead_letter
from askwell.outreach.actions.resumes import resume_by_letter
from askwell.outreach.actions.talks import settle_by_letter
from askwell.outreach.actions.telling import told_by_letter
from askwell.outreach.actions.thanks import record_thanks
from askwell.outreach.errors import BadValue, NeedsMore, Refused
from askwell.outreach.judging import Letter, is_around_talk, judge_sending
from askwell.outreach.models import Encounter, Favor
from askwell.rules.facts import Happening, Occasion, State, TouchKind
from askwell.rules.modes import FIRST_LETTER_MODES, OPENING_MODES

if TYPE_CHECKING:
    from askwell.people.journal import Journal

from typing import TYPE_CHECKING

from askwell.rules.facts import Channel, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.outreach.models import Draft, Outreach, Touch
    from askwell.people.models import Contact


def record_sent(  # noqa: PLR0913 - each is a fact of its own
    contact: Contact,
    *,
    mode: Mode | str,
    channel: Channel | str,
    at: datetime,
    now: datetime,
    draft: Draft | None = None,
    outreach: Outreach | None = None,
    subject: str = "",
    body: str = "",
    overrides: Mapping[str, str] | None = None,
) -> Touch:
    """Record that a message went out (or a call was made): "I sent it".

    ``mode`` ``informational`` or ``lead`` needs the outreach (found where only one is open);
    ``follow_up`` counts against its touches.  Text is taken from ``draft`` where given.
    Raises Refused with every reason; soft ones pass with ``overrides={rule code: reason}``, which
    are kept with the transition.  Raises NeedsMore where no outreach is open and one is needed.
    """
    how, way = one_of(Mode, "mode", mode), one_of(Channel, "channel", channel)
    happened("at", at, now=now)
    if how is Mode.THANKS:
        return record_thanks(
            contact, now=now, at=at, channel=way, draft=draft, subject=subject, body=body, overrides=overrides
        )
    letter = letter_of(draft, subject=subject, body=body)
    with towards(contact, "sent", now=now, mode=how.value, channel=way.value) as log:
        if draft is not None and fresh(draft).sent_at is not None:
            raise BadValue("draft", "sent-already")
        if draft is not None and of_letter(draft.owner_id, draft.pk, Going.QUEUED):
            raise BadValue("draft", "waits-to-go")
        given = own_outreach(how, outreach)
        chosen = fresh(given) if given is not None else _outreach_for(contact, how)
        decision = judge_sending(
            contact,
            mode=how,
            channel=way,
            at=at,
            now=now,
            outreach=chosen,
            letter=letter,
            around_talk=is_around_talk(draft),
        )
        left = decision.with_overrides((overrides or {}).items())
        if not left.allowed:
            raise Refused(left)
        touch = record_touch(
            log,
            contact,
            direction=OUT,
            kind=TouchKind.CHECK_IN if how is Mode.CHECK_IN else kind_of(way),
            channel=way,
            at=at,
            mode=how,
            outreach=chosen,
            subject=letter.subject,
            body=letter.body,
            message_id=letter.message_id,
        )
        overridden = {
            refusal.reason.rule: (overrides or {})[refusal.reason.rule] for refusal in decision.refusals
        }
        _follow(log, contact, touch, mode=how, outreach=chosen, overridden=overridden)
        if draft is not None:
            log.change(draft, sent_at=at, updated_at=now)
            if draft.occasion == Occasion.RESUME:
                resume_by_letter(log, contact, at=at)
            told_by_lead_letter(log, draft, touch=touch)
            if draft.occasion == Occasion.CLOSE_LOOP:
                close_by_letter(log, contact, touch=touch)
            elif draft.talk is not None:
                settle_by_letter(log, draft.talk, occasion=draft.occasion, at=at)
        given_by_letter(log, contact, touch=touch, draft=draft)
        told_by_letter(log, contact, touch=touch, draft=draft)
    return touch


def record_draft_sent(
    draft: Draft, *, at: datetime, now: datetime, overrides: Mapping[str, str] | None = None
) -> Touch:
    """Record that a draft went out, whatever kind of letter it is.  Raises as ``record_sent``."""
    if draft.mode == Mode.THANKS:
        return record_thanks(
            draft.contact,
            at=at,
            talk=draft.talk,
            channel=draft.channel,
            draft=draft,
            overrides=overrides,
            now=now,
        )
    return record_sent(
        draft.contact,
        mode=draft.mode,
        channel=draft.channel,
        at=at,
        draft=draft,
        outreach=draft.outreach,
        overrides=overrides,
        now=now,
    )


def record_answer(
    contact: Contact,
    *,
    at: datetime,
    now: datetime,
    channel: Channel | str = Channel.EMAIL,
    body: str = "",
    overrides: Mapping[str, str] | None = None,
) -> Touch:
    """The seeker answered what they wrote."""
    happened("at", at, now=now)
    way = one_of(Channel, "channel", channel)
    with towards(contact, "answered", now=now) as log:
        outreach = nearest(contact)
        touch = courtesy(
            log,
            contact,
            at=at,
            kind=TouchKind.REPLY,
            channel=way,
            outreach=outreach,
            letter=Letter(body=body),
            overrides=overrides,
        )
        if outreach is not None and outreach.state == State.ARRANGING:
            move(log, outreach, Happening.SENT, at=at, touch=touch)
    return touch


_OUTREACH_MODES = OPENING_MODES | {Mode.FOLLOW_UP}
_JOINING = FIRST_LETTER_MODES - OPENING_MODES
_ASKS = OPENING_MODES | {Mode.INTRO_REQUEST}


def _outreach_for(contact: Contact, mode: Mode) -> Outreach | None:
    """The outreach a message of this mode belongs to.  Raises NeedsMore where that is not plain."""
    found = open_ones(contact)
    if mode in _OUTREACH_MODES:
        if len(found) == 1:
            return found[0]
        if found:
            raise NeedsMore("record_sent", ("outreach",))
        ended = nearest(contact)
        if ended is None:
            raise NeedsMore("open_outreach", ("purpose",))
        return ended
    if mode is Mode.CHECK_IN:
        return next((one for one in found if one.state == State.IN_TOUCH), None)
    planned = [one for one in found if one.state in {State.PLANNED, State.READY}]
    return planned[0] if mode in _JOINING and len(planned) == 1 else None


def _follow(
    log: Journal,
    contact: Contact,
    touch: Touch,
    *,
    mode: Mode,
    outreach: Outreach | None,
    overridden: dict[str, str],
) -> None:
    """What a message sent brings with it: the move, the ask, the loops and encounters it settles."""
    data = {"mode": mode.value} | ({"overrides": overridden} if overridden else {})
    if outreach is not None and mode is Mode.CHECK_IN:
        move_if_possible(log, outreach, Happening.CHECKED_IN, at=touch.at, touch=touch, data=data)
    elif outreach is not None:
        move(log, outreach, Happening.SENT, at=touch.at, touch=touch, data=data)
    if mode in _ASKS:
        log_favor(log, contact, Favor.Kind.ASK, touch.subject or touch.mode, touch=touch)
    for met in Encounter.objects.filter(contact=contact, written_at=None):
        log.change(met, written_at=touch.at)
