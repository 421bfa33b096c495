"""Opening an outreach, homework for it, and ending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from askwell.outreach.actions._doing import fresh, move, move_if_possible, one_of, towards
from askwell.outreach.actions._touching import IN, record_touch
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.judging import judge_opening
from askwell.outreach.models import Introduction, Outreach, Talk
from askwell.people.models import ContactPoint, PointKind
from askwell.people.points import norm_point
from askwell.rules.facts import Channel, Connection, Happening, Mode, Purpose, State, TalkState, TouchKind
from askwell.rules.modes import OPENING_MODES

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.people.journal import Journal
    from askwell.people.models import Contact

Overrides = Mapping[str, str]  # rule code -> the seeker's reason


def open_outreach(  # noqa: PLR0913 - each is a fact of its own
    contact: Contact,
    *,
    purpose: Purpose | str,
    now: datetime,
    mode: Mode | str = Mode.INFORMATIONAL,
    referrer: Contact | None = None,
    hook: str = "",
    connection: str = "",
    connection_kind: str = "",
    overrides: Overrides | None = None,
) -> Outreach:
    """Begin one purpose towards one contact.  ``mode`` is ``informational`` or ``lead``.

    Raises Refused: do not contact, the same purpose already open, confidential search, ...
    """
    why, how = one_of(Purpose, "purpose", purpose), one_of(Mode, "mode", mode)
    if how not in OPENING_MODES:
        raise BadValue("mode", "informational-or-lead")
    with towards(contact, "opened", now=now, purpose=why.value) as log:
        introduced = _newly_introduced(contact, referrer)
        decision = judge_opening(contact, why, now=now, introduced=introduced)
        left = decision.with_overrides((overrides or {}).items())
        if not left.allowed:
            raise Refused(left)
        outreach = _existing(contact, why) if introduced else None
        if outreach is None:
            outreach = log.create(
                Outreach(owner_id=contact.owner_id, contact=contact, purpose=why, mode=how, opened_at=now)
            )
        else:
            move(
                log,
                outreach,
                Happening.INTRODUCED,
                at=now,
                data={"referrer": referrer.pk if referrer else None},
            )
        log.change(
            outreach,
            mode=how,
            referrer=referrer or outreach.referrer,
            hook=hook or outreach.hook,
            connection=connection[:300] or outreach.connection,
            connection_kind=_kind(connection_kind) or outreach.connection_kind,
        )
    return outreach


def save_homework(  # noqa: PLR0913 - each is a fact of its own
    outreach: Outreach,
    *,
    now: datetime,
    hook: str | None = None,
    connection: str | None = None,
    connection_kind: str | None = None,
    homework: Mapping[str, Any] | None = None,
    questions: Sequence[Mapping[str, Any]] | None = None,
    outcome_wanted: str | None = None,
    offer: str | None = None,
) -> Outreach:
    """Keep what was found out and prepared; None leaves a part as it is.

    ``questions``: ``[{"text": str, "starred": bool}]``.  ``connection_kind`` says what ``connection``
    names: a value of ``rules.facts.Connection``.  ``homework`` has the keys of
    ``rules.preparation`` (HOMEWORK, ANSWERS) with a text or True, ``skipped`` (a list of keys),
    ``next_step``, and ``prepared`` (True: the seeker says so).
    """
    given = {
        "hook": hook,
        "connection": None if connection is None else connection[:300],
        "connection_kind": None if connection_kind is None else _kind(connection_kind),
        "homework": None if homework is None else dict(homework),
        "questions": None if questions is None else [dict(question) for question in questions],
        "outcome_wanted": None if outcome_wanted is None else outcome_wanted[:300],
        "offer": None if offer is None else offer[:300],
    }
    with towards(outreach.contact, "homework", now=now) as log:
        log.change(fresh(outreach), **{name: value for name, value in given.items() if value is not None})
    return outreach


def withdraw(outreach: Outreach, *, now: datetime) -> Outreach:
    """The seeker lets it be."""
    with towards(outreach.contact, "withdrawn", now=now) as log:
        fresh(outreach)
        for talk in Talk.objects.filter(outreach=outreach, state=TalkState.SCHEDULED):
            log.change(talk, state=TalkState.CANCELLED.value, sequence=talk.sequence + 1)
        move(log, outreach, Happening.WITHDREW, at=now)
    return outreach


def forbid(contact: Contact, *, now: datetime, text: str = "") -> Contact:
    """They asked not to be contacted: nothing will be sent to them again, for any purpose."""
    with towards(contact, "forbidden", now=now) as log:
        if text:
            record_touch(
                log,
                contact,
                direction=IN,
                kind=TouchKind.REPLY,
                channel=Channel.OTHER,
                at=now,
                body=text,
                answers=False,
            )
        log.change(contact, do_not_contact=True)
        for outreach in Outreach.objects.filter(contact=contact).order_by("id"):
            move_if_possible(log, outreach, Happening.FORBADE, at=now)
        for talk in Talk.objects.filter(contact=contact, state=TalkState.SCHEDULED):
            log.change(talk, state=TalkState.CANCELLED.value, sequence=talk.sequence + 1)
    return contact


def mend_address(outreach: Outreach, *, now: datetime, email: str = "") -> Outreach:
    """The address that bounced is right again; ``email`` adds the new one."""
    contact = outreach.contact
    with towards(contact, "address_mended", now=now) as log:
        if email.strip():
            _prefer(log, contact, email)
        move(log, fresh(outreach), Happening.ADDRESS_MENDED, at=now)
    return outreach


def set_referrer(outreach: Outreach, *, referrer: Contact | None, now: datetime) -> Outreach:
    """Say who gave the name."""
    with towards(outreach.contact, "referrer", now=now) as log:
        log.change(fresh(outreach), referrer=referrer)
    return outreach


def _kind(value: str) -> str:
    return one_of(Connection, "connection_kind", value).value if value else ""


def _existing(contact: Contact, purpose: Purpose) -> Outreach | None:
    """An outreach for this purpose that ended without an answer and a new introduction may open again."""
    found: Outreach | None = (
        Outreach.objects.filter(
            contact=contact, purpose=purpose, state__in=[State.CLOSED_NO_REPLY, State.WITHDRAWN]
        )
        .order_by("-id")
        .first()
    )
    return found


def _newly_introduced(contact: Contact, referrer: Contact | None) -> bool:
    """Did the referrer give this name after the last outreach to them had ended?"""
    if referrer is None:
        return False
    ended = Outreach.objects.filter(contact=contact, closed_at__isnull=False).order_by("-closed_at").first()
    given = Introduction.objects.filter(giver=referrer, about=contact).order_by("-given_at").first()
    return given is not None and ended is not None and given.given_at > ended.closed_at


def _prefer(log: Journal, contact: Contact, email: str) -> None:
    """Put a new address first; what was known of an old one stays."""
    norm = norm_point(PointKind.EMAIL, email)
    if "@" not in norm:
        raise BadValue("email", "not-an-address")
    points = list(ContactPoint.objects.filter(contact=contact, kind=PointKind.EMAIL))
    for point in points:
        same = point.norm == norm
        log.change(point, preferred=same, invalid_since=None if same else point.invalid_since)
    if all(point.norm != norm for point in points):
        log.create(
            ContactPoint(
                owner_id=contact.owner_id,
                contact=contact,
                kind=PointKind.EMAIL,
                value=email.strip()[:500],
                norm=norm,
                preferred=True,
            )
        )
