"""What came into the mailbox: recorded at once where it is plain, suggested where it would close something.

Theory of operation.  An arrival is taken in once, in one transaction with what it records: that somebody
replied, was away, or that an address is dead.  How a reply reads (yes, no, later, ask someone else) is only
suggested, with the sentence it rests on; ``confirm`` applies what the user agrees to, onto the touch
recorded already.  Taken in twice, it changes nothing.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import InterfaceError, OperationalError, transaction

from askwell.mailroom.lifecycle import Event, NotNow
from askwell.mailroom.models import Arrival, ArrivalState, Evidence
from askwell.mailroom.outbox import settle
from askwell.outreach.actions import invitations
from askwell.outreach.actions._doing import fresh, towards
from askwell.outreach.actions._touching import nearest
from askwell.outreach.actions.names import record_name
from askwell.outreach.actions.replies import Answer, record_reply
from askwell.outreach.actions.resumes import resume_asked
from askwell.outreach.errors import BadValue
from askwell.outreach.facts.world import seeker_of
from askwell.outreach.models import Draft, Outreach, Touch
from askwell.people.journal import as_one
from askwell.people.models import ContactPoint, PointKind
from askwell.people.points import norm_point

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.mailroom.models import Account
    from askwell.people.models import Contact

log = logging.getLogger(__name__)
_MORNING = time(9)
_AT_ONCE = 200
# What a reading of a reply does, where the user agrees.
ANSWERS: Mapping[str, Answer] = {
    "yes": Answer.YES,
    "times": Answer.YES,
    "no": Answer.NO,
    "later": Answer.LATER,
    "other_person": Answer.REDIRECTED,
}
STAND_IN = "stand_in"
_NOTHING_TO_DO = frozenset({"list", "machine"})


def take_in(arrival: Arrival, *, now: datetime) -> Arrival:
    """Record what came in, once; what is to be decided stays open for the user."""
    with transaction.atomic():
        held = Arrival.objects.select_for_update().filter(pk=arrival.pk, state=ArrivalState.NEW).first()
        if held is None:
            arrival.refresh_from_db()
            return arrival
        arrival.refresh_from_db()
        contact = _contact_of(arrival)
        state = ArrivalState.IGNORED
        if contact is not None and arrival.kind not in _NOTHING_TO_DO:
            arrival.contact = contact
            state = _record(arrival, contact, now=now)
        arrival.state = state
        arrival.settled_at = None if state is ArrivalState.OPEN else now
        arrival.save(update_fields=["contact", "state", "settled_at"])
    return arrival


def take_in_new(*, now: datetime, owner: AbstractBaseUser | None = None) -> int:
    """Take in whatever came and was not looked at yet, the oldest first.  Gives how many."""
    waiting = Arrival.objects.filter(state=ArrivalState.NEW).order_by("at", "pk")
    rows = list((waiting.filter(owner=owner) if owner else waiting)[:_AT_ONCE])
    for arrival in rows:
        try:
            take_in(arrival, now=now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - one that fits nowhere must not hold up the others
            log.warning("Arrival %s could not be taken in: %s", arrival.pk, type(error).__name__)
            _leave_to_the_user(arrival, now=now)
    return len(rows)


def _leave_to_the_user(arrival: Arrival, *, now: datetime) -> None:
    """Nothing is recorded of it; where it is somebody's, it is shown, to be read by a person."""
    row = Arrival.objects.filter(pk=arrival.pk)
    row.filter(contact=None).update(state=ArrivalState.IGNORED, settled_at=now)
    row.exclude(contact=None).update(state=ArrivalState.OPEN)


def is_of_ours(account: Account, ids: list[str]) -> bool:
    """Whether one of these Message-IDs is of something the seeker sent, by whatever program."""
    touches = Touch.objects.filter(owner_id=account.owner_id, direction="out", message_id__in=ids)
    drafts = Draft.objects.filter(owner_id=account.owner_id, message_id__in=ids)
    return touches.exists() or drafts.exists()


def _record(arrival: Arrival, contact: Contact, *, now: datetime) -> ArrivalState:
    if arrival.kind == "bounce":
        return _bounced(arrival, contact, now=now)
    _it_went_out(arrival, by=Evidence.REPLY, now=now)
    if arrival.kind == "auto_reply":
        _note(arrival, contact, Answer.AWAY, now=now, until=_back_on(arrival, contact))
        return _suggest_stand_in(arrival)
    if arrival.kind == "calendar":
        return _answer_to_invitation(arrival, contact, now=now)
    _note(arrival, contact, Answer.REPLIED, now=now)
    return ArrivalState.OPEN


def _bounced(arrival: Arrival, contact: Contact, *, now: datetime) -> ArrivalState:
    """A dead address is marked, and the outreach waits for a new one; a delay changes nothing."""
    _it_went_out(arrival, by=Evidence.CAME_BACK, now=now)
    dead = [each for each in arrival.reading.get("failed_recipients", ()) if each.get("permanent")]
    if not dead:
        return ArrivalState.DONE
    for each in dead:
        _note(arrival, contact, Answer.BOUNCED, now=now, email=each.get("address", ""))
    return ArrivalState.DONE


def _answer_to_invitation(arrival: Arrival, contact: Contact, *, now: datetime) -> ArrivalState:
    calendar = arrival.reading.get("calendar") or {}
    heard = invitations.take_answer(arrival.owner, calendar, sender=arrival.sender, now=now)
    _note(arrival, contact, Answer.REPLIED, now=now, asks=heard.suggestion is not None)
    if heard.suggestion is None:
        return ArrivalState.DONE
    arrival.reading["suggestions"] = [*arrival.reading.get("suggestions", ()), heard.suggestion]
    arrival.save(update_fields=["reading"])
    return ArrivalState.OPEN


def _note(arrival: Arrival, contact: Contact, what: Answer, *, now: datetime, **told: Any) -> Touch:
    return record_reply(
        contact,
        what=what,
        at=min(arrival.at, now),
        outreach=_outreach_of(arrival, contact),
        text=arrival.text,
        subject=arrival.subject,
        message_id=arrival.message_id,
        now=now,
        **told,
    )


def _it_went_out(arrival: Arrival, *, by: Evidence, now: datetime) -> None:
    """Whatever answers a message in doubt proves that it went out."""
    from askwell.outreach.posts import post  # it knows of everything that goes out

    if arrival.answers is None:
        return
    try:
        found = settle(arrival.answers, Event.FOUND, by=by, now=now)
    except NotNow:
        return
    post().gone(found, now=now)


def _contact_of(arrival: Arrival) -> Contact | None:
    """Whom it is from: where it answers us, whom we wrote to, or another contact; else whose address."""
    asked: Contact | None = arrival.answers.contact if arrival.answers is not None else None
    if asked is None and (touch := _touch_answered(arrival)):
        asked = touch.contact
    if asked is None:
        found: Contact | None = arrival.contact
        return found
    return asked if arrival.kind == "bounce" else _writer(arrival, asked)


def _writer(arrival: Arrival, asked: Contact) -> Contact:
    """Another contact who answers in their thread; whoever is not known answers for them."""
    norm = norm_point(PointKind.EMAIL, arrival.sender)
    points = ContactPoint.objects.filter(owner_id=arrival.owner_id, kind=PointKind.EMAIL, norm=norm)
    known = [
        point.contact
        for point in points.exclude(norm="")
        .filter(contact__is_self=False)
        .select_related("contact")
        .order_by("contact_id")
    ]
    return known[0] if known and asked not in known else asked


def _touch_answered(arrival: Arrival) -> Touch | None:
    ids = [each for each in arrival.reading.get("answers_to", ()) if each]
    touches = Touch.objects.filter(owner_id=arrival.owner_id, direction="out", message_id__in=ids)
    found: Touch | None = touches.select_related("contact", "outreach").order_by("-at").first()
    return found


def outreach_answered(arrival: Arrival) -> Outreach | None:
    """Give the outreach an arrival belongs to, or else the one nearest to it."""
    contact = arrival.contact
    return (_outreach_of(arrival, contact) or nearest(contact)) if contact else None


def _outreach_of(arrival: Arrival, contact: Contact) -> Outreach | None:
    """The outreach it belongs to; None: the nearest is found."""
    if arrival.answers is not None and arrival.answers.about is not None:
        draft = Draft.objects.filter(pk=arrival.answers.about, contact=contact).first()
        if draft is not None and arrival.answers.purpose == "letter":
            found: Outreach | None = draft.outreach
            return found
    touch = _touch_answered(arrival)
    return touch.outreach if touch and touch.contact_id == contact.pk else None


def _back_on(arrival: Arrival, contact: Contact) -> datetime | None:
    """The morning they are back, by their clock; None where no day is named, or it is past."""
    named = arrival.reading.get("away_until")
    if not named:
        return None
    morning = datetime.combine(date.fromisoformat(named), _MORNING, tzinfo=_zone_of(contact))
    return morning if morning > arrival.at + timedelta(minutes=1) else None


def _zone_of(contact: Contact) -> ZoneInfo:
    """Their zone where it is known, else one's own."""
    return ZoneInfo(contact.zone or seeker_of(contact.owner).zone)


def _suggest_stand_in(arrival: Arrival) -> ArrivalState:
    """Whoever stands in for them meanwhile is offered as a name they gave."""
    found = arrival.reading.get("stand_in")
    if not found:
        return ArrivalState.DONE
    value = {"name": found.get("name", ""), "address": found.get("address", "")}
    suggestion = {"kind": STAND_IN, "sentence": found.get("sentence", ""), "value": value}
    arrival.reading["suggestions"] = [suggestion]
    arrival.save(update_fields=["reading"])
    return ArrivalState.OPEN


def confirm(arrival: Arrival, number: int, *, now: datetime, **mended: Any) -> Arrival:
    """Apply one suggestion of an open arrival, as the user has confirmed or mended it.

    ``mended``: ``until`` (datetime), ``name``, ``email``.  Raises BadValue: no such suggestion, settled
    already, a later date that is past; OutOfOrder where things stand otherwise by now.
    """
    with as_one(arrival.owner, named_by_first=True):
        contact = _open(arrival)
        if number not in open_readings(arrival):
            raise BadValue("suggestion", "unknown")
        suggestion = arrival.reading["suggestions"][number]
        if suggestion["kind"] == "resume":
            resume_asked(contact, asked_at=min(arrival.at, now), now=now)
        elif suggestion["kind"] == STAND_IN:
            told = _told(suggestion["value"], contact) | mended
            record_name(contact, given_at=min(arrival.at, now), now=now, **told)
        elif suggestion["kind"] in invitations.KINDS:
            invitations.agree(arrival.owner, suggestion, now=now)
        elif answer := ANSWERS.get(suggestion["kind"]):
            told = _told(suggestion.get("value") or {}, contact) | mended
            _answer(arrival, contact, answer, told, now=now)
        return _settled(arrival, contact, number, now=now)


def open_readings(arrival: Arrival) -> list[int]:
    """Give the numbers of the readings still to be agreed to: one says yes or no once, the rest besides."""
    found, done = arrival.reading.get("suggestions", ()), set(arrival.reading.get("confirmed", ()))
    kinds = [each["kind"] for each in found]
    answered = any(kinds[number] in ANSWERS for number in done)
    return [
        number
        for number, kind in enumerate(kinds)
        if number not in done
        and not (answered and kind in ANSWERS)
        and not (kind == "yes" and "times" in kinds)  # the times say it, and more
    ]


def _answer(
    arrival: Arrival, contact: Contact, answer: Answer | str, told: dict[str, Any], *, now: datetime
) -> None:
    heard = Touch.objects.filter(contact=contact, message_id=arrival.message_id, direction="in").first()
    record_reply(
        contact,
        what=answer,
        at=min(arrival.at, now),
        outreach=_outreach_of(arrival, contact),
        heard=heard,
        text=arrival.text,
        subject=arrival.subject,
        message_id=arrival.message_id,
        now=now,
        **told,
    )


def _told(value: Mapping[str, Any], contact: Contact) -> dict[str, Any]:
    """Turn what was read into what ``record_reply`` takes."""
    told: dict[str, Any] = {}
    if day := value.get("date"):
        told["until"] = datetime.combine(date.fromisoformat(day), _MORNING, tzinfo=_zone_of(contact))
    if name := value.get("name"):
        told |= {"name": name, "email": value.get("address", "")}
    elif address := value.get("address"):
        told |= {"name": address.partition("@")[0], "email": address}
    return told


def read_by_hand(arrival: Arrival, what: Answer | str, *, now: datetime, **told: Any) -> Arrival:
    """Take an open arrival to say what the user says it does, whatever was read into it.

    ``told``: what ``record_reply`` takes besides: ``until``, ``name``, ``email``, ``leave``.
    Raises BadValue: settled already, or what it lacks; OutOfOrder where things stand otherwise by now.
    """
    with as_one(arrival.owner, named_by_first=True):
        contact = _open(arrival)
        _answer(arrival, contact, what, told, now=now)
        return _settled(arrival, contact, None, now=now)


def put_aside(arrival: Arrival, *, now: datetime) -> Arrival:
    """None of what is suggested: it stays recorded as a reply."""
    with transaction.atomic():
        return _settled(arrival, _open(arrival), None, now=now)


def _open(arrival: Arrival) -> Contact:
    """Give whom it is from; the arrival is read afresh, and locked until the transaction ends."""
    Arrival.objects.select_for_update().filter(pk=arrival.pk).first()
    fresh(arrival)
    if arrival.state != ArrivalState.OPEN or arrival.contact is None:
        raise BadValue("arrival", "settled-already")
    return arrival.contact


def _settled(arrival: Arrival, contact: Contact, number: int | None, *, now: datetime) -> Arrival:
    """Note what was agreed to; settled once nothing but questions is left of it, or with None at once."""
    with towards(contact, "arrival_settled", now=now) as log:
        if number is None:
            log.change(arrival, state=ArrivalState.DONE, settled_at=now)
            return arrival
        before = arrival.reading
        arrival.reading = {**before, "confirmed": [*before.get("confirmed", ()), number]}
        left = [each for each in open_readings(arrival) if before["suggestions"][each]["kind"] != "question"]
        reading, arrival.reading = arrival.reading, before
        log.change(arrival, reading=reading)
        if not left:
            log.change(arrival, state=ArrivalState.DONE, settled_at=now)
    return arrival
