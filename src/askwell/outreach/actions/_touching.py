"""Recording touches, and finding the outreach they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.errors import Refused
from askwell.outreach.judging import Letter, judge_sending
from askwell.outreach.models import Favor, Outreach, Touch
from askwell.rules.facts import Channel, Mode, State, TouchKind
from askwell.rules.lifecycle import ENDED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.outreach.models import Draft, Talk
    from askwell.people.journal import Journal
    from askwell.people.models import Contact

OUT, IN = Touch.Direction.OUT.value, Touch.Direction.IN.value
_NEAREST = (
    State.AWAITING_REPLY,
    State.PAUSED,
    State.ARRANGING,
    State.SCHEDULED,
    State.HELD,
    State.NEEDS_ADDRESS,
    State.LATER,
    State.READY,
    State.PLANNED,
    State.IN_TOUCH,
    State.CLOSED_NO_REPLY,
    State.WITHDRAWN,
    State.DECLINED,
    State.DO_NOT_CONTACT,
)
_BY_VOICE = {Channel.PHONE, Channel.VIDEO}


def open_ones(contact: Contact) -> list[Outreach]:
    """Outreaches to the contact that have not ended, newest first."""
    ended = [state.value for state in ENDED]
    return list(Outreach.objects.filter(contact=contact).exclude(state__in=ended).order_by("-id"))


def nearest(contact: Contact) -> Outreach | None:
    """The outreach an answer of theirs most likely belongs to."""
    found = list(Outreach.objects.filter(contact=contact).order_by("-id"))
    return min(found, key=lambda one: _NEAREST.index(State(one.state)), default=None)


def own_outreach(mode: Mode, outreach: Outreach | None) -> Outreach | None:
    """The outreach a message goes with; a request for an introduction is about someone else: with none."""
    return None if mode is Mode.INTRO_REQUEST else outreach


def kind_of(channel: Channel) -> TouchKind:
    """A message, a call or a meeting, by how it travels."""
    if channel is Channel.IN_PERSON:
        return TouchKind.MEETING
    return TouchKind.CALL if channel in _BY_VOICE else TouchKind.MESSAGE


def record_touch(  # noqa: PLR0913 - each is a fact of its own
    log: Journal,
    contact: Contact,
    *,
    direction: str,
    kind: TouchKind,
    channel: Channel,
    at: datetime,
    mode: Mode | str = "",
    outreach: Outreach | None = None,
    talk: Talk | None = None,
    subject: str = "",
    body: str = "",
    message_id: str = "",
    answers: bool = True,
    is_news: bool = False,
) -> Touch:
    """Append one touch."""
    return log.create(
        Touch(
            owner_id=contact.owner_id,
            contact=contact,
            outreach=outreach,
            talk=talk,
            kind=kind,
            direction=direction,
            channel=channel,
            mode=str(mode),
            at=at,
            recorded_at=log.now,
            subject=subject[:300],
            body=body,
            message_id=message_id[:200],
            answers=answers,
            is_news=is_news,
        )
    )


def courtesy(  # noqa: PLR0913 - each is a fact of its own
    log: Journal,
    contact: Contact,
    *,
    at: datetime,
    kind: TouchKind = TouchKind.MESSAGE,
    channel: Channel = Channel.EMAIL,
    talk: Talk | None = None,
    outreach: Outreach | None = None,
    letter: Letter | None = None,
    overrides: Mapping[str, str] | None = None,
    mode: Mode = Mode.THANKS,
    thanked_at: datetime | None = None,
) -> Touch:
    """Record something owed or friendly that went out.  Raises Refused: forbidden, a bad letter, a repeat."""
    words = letter or Letter()
    decision = judge_sending(
        contact,
        mode=mode,
        channel=channel,
        at=at,
        now=log.now,
        outreach=outreach,
        letter=words,
        talk=talk,
        thanked_at=thanked_at,
    ).with_overrides((overrides or {}).items())
    if not decision.allowed:
        raise Refused(decision)
    return record_touch(
        log,
        contact,
        direction=OUT,
        kind=kind,
        channel=channel,
        at=at,
        mode=mode,
        outreach=outreach,
        talk=talk,
        subject=words.subject,
        body=words.body,
        message_id=words.message_id,
    )


def letter_of(draft: Draft | None, *, subject: str = "", body: str = "") -> Letter:
    """The words that went out: the draft's, unless others are given."""
    if draft is None:
        return Letter(subject=subject, body=body)
    return Letter(subject=subject or draft.subject, body=body or draft.body, message_id=draft.message_id)


def log_favor(log: Journal, contact: Contact, kind: Favor.Kind, text: str, *, touch: Touch) -> Favor:
    """Log what a touch gave, or asked for."""
    return log.create(
        Favor(
            owner_id=contact.owner_id,
            contact=contact,
            kind=kind.value,
            text=text[:500],
            at=touch.at,
            touch=touch,
        )
    )
