"""Invitations approved, and what is answered to them.

Theory of operation.  An answer counts only where it is about a talk with the very person it comes from: the
address of the mail and the attendee it names must both be that contact's.  A yes confirms the talk at once,
for that closes nothing.  A no, or another time, is only suggested; ``agree`` applies it when told to.
An answer to a time that is no longer the talk's changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from askwell.mailroom import outbox
from askwell.mailroom.models import Outgoing, Purpose
from askwell.outreach.actions._doing import fresh, towards
from askwell.outreach.actions.talks import cancel_talk, move_talk
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.judging import judge_person
from askwell.outreach.letter_files import address_of
from askwell.outreach.models import Talk
from askwell.people.models import PointKind
from askwell.people.points import norm_point
from askwell.rules.facts import TalkState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.mailroom.models import Account
    from askwell.people.models import Contact

DECLINED, COUNTER = "declined", "counter"  # kinds of suggestion
KINDS = frozenset({DECLINED, COUNTER})


def queue_invitation(talk: Talk, account: Account, *, now: datetime) -> Outgoing:
    """Let the other side be told of a talk as it stands: asked, told of the change, or that it is off.

    Raises Refused; BadValue: nothing is to be told, one is on its way, no address, an account that does not
    send; ``formats.eml.LetterError`` where it cannot be written.
    """
    from askwell.outreach.invitations import compose, on_its_way, wanted

    with towards(talk.contact, "invitation_queued", now=now) as log:
        fresh(talk)
        what = wanted(talk, now=now)
        if what is None or on_its_way(talk) is not None:
            raise BadValue("talk", "nothing-to-tell")
        if account.owner_id != talk.owner_id or not account.smtp_host:
            raise BadValue("account", "does-not-send")
        decision = judge_person(talk.contact, now=now)
        if not decision.allowed:
            raise Refused(decision)
        row = Outgoing(
            owner_id=talk.owner_id,
            account=account,
            contact=talk.contact,
            purpose=Purpose.INVITATION,
            about=talk.pk,
            recipient=_address(talk.contact),
            message_id=outbox.new_message_id(account.address),
            queued_at=now,
            due_at=now,
            give_up_at=now + outbox.GIVE_UP,
        )
        data, _message = compose(talk, row, what, now=now)
        row.details = {"size": len(data)}
        return log.create(row)


def _address(contact: Contact) -> str:
    address = address_of(contact)
    if not address:
        raise BadValue("contact", "no-address")
    return address


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an answer came to: ``code`` says why; ``suggestion`` is what the user is asked, if anything."""

    code: str
    talk: Talk | None = None
    suggestion: dict[str, Any] | None = None


def take_answer(owner: AbstractBaseUser, calendar: Mapping[str, Any], *, sender: str, now: datetime) -> Heard:
    """Hear what somebody answered to an invitation.  Never raises for what stands in it.

    ``calendar``: ``method``, ``uid``, ``sequence``, ``attendee``, ``partstat`` and, for other times,
    ``starts`` (ISO 8601).  Codes: ``confirmed``, ``seen``, ``asked`` (with a suggestion), and what is left
    alone: ``no-answer``, ``no-talk``, ``not-theirs``, ``not-booked``, ``stale``, ``tentative``.
    """
    method, partstat = str(calendar.get("method", "")), str(calendar.get("partstat", ""))
    if method not in {"REPLY", "COUNTER"}:
        return Heard(code="no-answer")
    talk = _talk(owner, str(calendar.get("uid", "")))
    if talk is None:
        return Heard(code="no-talk")
    if not _speaks_for(talk.contact, sender, str(calendar.get("attendee", ""))):
        return Heard(code="not-theirs", talk=talk)
    if talk.state != TalkState.SCHEDULED:
        return Heard(code="not-booked", talk=talk)
    if int(calendar.get("sequence") or 0) < talk.sequence:
        return Heard(code="stale", talk=talk)
    if method == "COUNTER":
        return Heard(code="asked", talk=talk, suggestion=_another_time(talk, calendar))
    if partstat == "DECLINED":
        return Heard(code="asked", talk=talk, suggestion=_suggestion(DECLINED, talk))
    if partstat != "ACCEPTED":
        return Heard(code="tentative", talk=talk)
    return Heard(code=_confirmed(talk, now=now), talk=talk)


def agree(
    owner: AbstractBaseUser, suggestion: Mapping[str, Any], *, now: datetime, overrides: Any = None
) -> Talk:
    """Do what was suggested: call the talk off, or move it to the time they named.

    Raises BadValue: no such talk, no time named, one that has passed; Refused; OutOfOrder.
    """
    value = suggestion.get("value") or {}
    talk = Talk.objects.for_owner(owner).select_related("contact", "outreach", "owner").filter(
        pk=value.get("talk")
    ).first()  # fmt: skip
    if talk is None:
        raise BadValue("talk", "unknown")
    if suggestion.get("kind") == DECLINED:
        return cancel_talk(talk, by_them=True, now=now, overrides=overrides)
    starts = _instant(value.get("starts"))
    if starts is None:
        raise BadValue("starts_at", "missing")
    return move_talk(talk, starts_at=starts, by_them=True, now=now, overrides=overrides)


def _talk(owner: AbstractBaseUser, uid: str) -> Talk | None:
    """Find the talk; under a confidential search what stands after the ``@`` was not told."""
    if not uid:
        return None
    rows = Talk.objects.for_owner(owner).select_related("contact", "outreach", "owner")
    found: Talk | None = rows.filter(Q(uid=uid) | Q(uid=f"{uid}@askwell")).first()
    return found


def _speaks_for(contact: Contact, sender: str, attendee: str) -> bool:
    theirs = set(contact.points.filter(kind=PointKind.EMAIL).values_list("norm", flat=True))
    said = {norm_point(PointKind.EMAIL, address) for address in (sender, attendee or sender)}
    return bool(sender) and said <= theirs


def _confirmed(talk: Talk, *, now: datetime) -> str:
    if talk.confirmed_at is not None:
        return "seen"
    with towards(talk.contact, "talk_confirmed", now=now) as log:
        fresh(talk)
        log.change(talk, confirmed_at=now)
    return "confirmed"


def _another_time(talk: Talk, calendar: Mapping[str, Any]) -> dict[str, Any]:
    starts = _instant(calendar.get("starts"))
    return _suggestion(COUNTER, talk, starts=starts.isoformat() if starts else "")


def _suggestion(kind: str, talk: Talk, **value: str) -> dict[str, Any]:
    return {"kind": kind, "sentence": "", "start": 0, "end": 0, "value": {"talk": talk.pk, **value}}


def _instant(text: object) -> datetime | None:
    """Read a moment that says its zone."""
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo else None
