"""What came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import aware, fresh, happened, move, one_of, stands, towards
from askwell.outreach.actions._touching import IN, nearest, record_touch
from askwell.outreach.actions.names import give_name
from askwell.outreach.actions.sending import record_answer
from askwell.outreach.errors import BadValue
from askwell.people.models import ContactPoint, PointKind
from askwell.people.points import norm_point
from askwell.rules.facts import Happening, State, TouchKind
from askwell.rules.lifecycle import MOVES

if TYPE_CHECKING:
    from askwell.people.journal import Journal
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.facts import Channel, Leave

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Outreach, Touch
    from askwell.people.models import Contact


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


def record_reply(  # noqa: PLR0913 - each is a fact of its own
    contact: Contact,
    *,
    what: Answer | str,
    at: datetime,
    now: datetime,
    outreach: Outreach | None = None,
    channel: Channel | str = Channel.EMAIL,
    text: str = "",
    subject: str = "",
    message_id: str = "",
    heard: Touch | None = None,
    until: datetime | None = None,
    name: str = "",
    email: str = "",
    leave: Leave | str = Leave.UNASKED,
    asks: bool | None = None,
) -> Touch:
    """Record what came back.

    ``later`` needs ``until``; ``redirected`` and ``named`` need ``name`` (and make the contact).
    ``heard``: the touch under which the same message is recorded already, before it was read.
    ``asks``: does it ask for an answer?  None: yes for ``yes``, ``replied`` and ``named``, else no.
    Raises BadValue, OutOfOrder (no such answer where things stand).
    """
    which, way = one_of(Answer, "what", what), one_of(Channel, "channel", channel)
    if which is Answer.ANSWERED:
        return record_answer(contact, at=at, now=now, channel=way, body=text)
    _check(which, at=at, now=now, until=until, name=name)
    with towards(contact, "reply", now=now, what=which.value) as log:
        chosen = fresh(outreach) if outreach is not None else nearest(contact)
        touch = heard or record_touch(
            log,
            contact,
            direction=IN,
            kind=_KIND.get(which, TouchKind.REPLY),
            channel=way,
            at=at,
            outreach=chosen,
            subject=subject,
            body=text,
            message_id=message_id,
            answers=which in _ASKING if asks is None else asks,
            is_news=which in _NEWS,
        )
        if chosen is not None:
            _advance(log, chosen, which, touch=touch, until=until)
        if which is Answer.BOUNCED:
            _mark_dead(log, contact, email)
        if name.strip():
            give_name(
                log,
                contact,
                name=name,
                email=email,
                detail="",
                leave=one_of(Leave, "leave", leave),
                about=None,
                talk=None,
                given_at=at,
            )
    return touch


_KIND = {Answer.AWAY: TouchKind.AUTO_REPLY, Answer.BOUNCED: TouchKind.BOUNCE}
_ASKING = frozenset({Answer.REPLIED, Answer.NAMED})
_NEWS = frozenset({Answer.YES, Answer.REPLIED, Answer.NAMED})
_REOPENED = frozenset({State.CLOSED_NO_REPLY, State.WITHDRAWN})

# What each answer does, the first that the life cycle has from where things stand.
_HAPPENINGS: dict[Answer, tuple[Happening, ...]] = {
    Answer.YES: (Happening.SAID_YES, Happening.REPLIED, Happening.HEARD_FROM),
    Answer.NO: (Happening.SAID_NO, Happening.REPLIED, Happening.HEARD_FROM),
    Answer.LATER: (Happening.SAID_LATER, Happening.REPLIED, Happening.HEARD_FROM),
    Answer.AWAY: (Happening.AUTO_REPLIED,),
    Answer.BOUNCED: (Happening.BOUNCED,),
    Answer.REDIRECTED: (Happening.REDIRECTED, Happening.REPLIED, Happening.HEARD_FROM),
    Answer.NAMED: (Happening.REPLIED, Happening.HEARD_FROM),
    Answer.REPLIED: (Happening.REPLIED, Happening.HEARD_FROM),
}


def _check(what: Answer, *, at: datetime, now: datetime, until: datetime | None, name: str) -> None:
    happened("at", at, now=now)
    if what is Answer.LATER and until is None:
        raise BadValue("until", "missing")
    if until is not None and aware("until", until) <= at:
        raise BadValue("until", "not-later")
    if what in {Answer.REDIRECTED, Answer.NAMED} and not name.strip():
        raise BadValue("name", "empty")


def _advance(log: Journal, outreach: Outreach, what: Answer, *, touch: Touch, until: datetime | None) -> None:
    """Move the outreach as the answer says; one that had ended is opened by their writing."""
    at = touch.at
    if State(outreach.state) in _REOPENED and what not in {Answer.AWAY, Answer.BOUNCED}:
        move(log, outreach, Happening.HEARD_FROM, at=at, touch=touch)
    if outreach.state == State.DECLINED and what is Answer.YES:
        move(log, outreach, Happening.SAID_LATER, at=at, until=at, touch=touch)
    moves = MOVES[stands(outreach).state]
    happening = next((each for each in _HAPPENINGS[what] if each in moves), None)
    if happening is not None:
        kept = until if happening in {Happening.SAID_LATER, Happening.AUTO_REPLIED} else None
        move(log, outreach, happening, at=at, until=kept, touch=touch, data={"what": what.value})


def _mark_dead(log: Journal, contact: Contact, email: str) -> None:
    """Note that an address does not work: the one named, or the only one there is."""
    points = list(ContactPoint.objects.filter(contact=contact, kind=PointKind.EMAIL, invalid_since=None))
    norm = norm_point(PointKind.EMAIL, email) if email.strip() else ""
    dead = [point for point in points if point.norm == norm] if norm else points if len(points) == 1 else []
    for point in dead:
        log.change(point, invalid_since=log.now)
