"""Names given: introductions, and leave to use the giver's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, happened, move, one_of, required, towards
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Advice, Outreach
from askwell.people.actions.contacts import NewContact, make_contact
from askwell.people.models import PointKind
from askwell.people.points import norm_point
from askwell.rules.facts import Happening, State
from askwell.rules.lifecycle import ENDED

if TYPE_CHECKING:
    from askwell.people.journal import Journal

from typing import TYPE_CHECKING

from askwell.outreach.models import Introduction
from askwell.people.models import Contact
from askwell.rules.facts import Leave

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Talk


def record_name(  # noqa: PLR0913 - each is a fact of its own
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
    with towards(giver, "name_given", now=now, about=name.strip()) as log:
        return give_name(
            log,
            giver,
            name=name,
            email=email,
            detail=detail,
            leave=one_of(Leave, "leave", leave),
            about=about,
            talk=talk,
            given_at=happened("given_at", given_at or now, now=now),
        )


def set_leave(introduction: Introduction, *, leave: Leave | str, now: datetime) -> Introduction:
    """Whether the giver's name may be used; outreaches that name them as referrer follow."""
    which = one_of(Leave, "leave", leave)
    with towards(introduction.giver, "leave", now=now, about=introduction.name, leave=which.value) as log:
        log.change(fresh(introduction), leave=which.value, leave_at=now)
        if introduction.about_id:
            log.touch(introduction.about_id)
    return introduction


def give_name(  # noqa: PLR0913 - each is a fact of its own
    log: Journal,
    giver: Contact,
    *,
    name: str,
    email: str,
    detail: str,
    leave: Leave,
    about: Contact | None,
    talk: Talk | None,
    given_at: datetime,
) -> Introduction:
    """Record a name as part of a larger action: the introduction, the person, the loop to close."""
    shown = required("name", name or (about.name if about else ""), 300)
    person = about or _known_by(giver, email) or _made(log, giver, shown, email)
    if person.pk == giver.pk:
        raise BadValue("about", "themself")
    if person.introduced_by_id is None:
        log.change(person, introduced_by=giver)
    before = Introduction.objects.filter(giver=giver, about=person).order_by("given_at", "pk").last()
    if before is not None and leave is Leave.UNASKED:
        leave, leave_at = Leave(before.leave), before.leave_at  # the same name again: what was settled holds
    else:
        leave_at = None if leave is Leave.UNASKED else given_at
    introduction = log.create(
        Introduction(
            owner_id=giver.owner_id,
            giver=giver,
            about=person,
            name=shown,
            detail=detail[:500],
            leave=leave.value,
            given_at=given_at,
            leave_at=leave_at,
            talk=talk,
        )
    )
    if before is None or not before.loops.filter(told_at=None).exists():  # one name, one loop to close
        log.create(
            Advice(
                owner_id=giver.owner_id,
                contact=giver,
                talk=talk,
                introduction=introduction,
                text=shown,
                received_at=given_at,
            )
        )
    _tell_outreach(log, person, giver, at=given_at)
    return introduction


def _known_by(giver: Contact, email: str) -> Contact | None:
    norm = norm_point(PointKind.EMAIL, email) if email.strip() else ""
    if not norm:
        return None
    found: Contact | None = (
        Contact.objects.for_owner(giver.owner)
        .people()
        .filter(points__kind=PointKind.EMAIL, points__norm=norm)
        .order_by("id")
        .first()
    )
    return found


def _made(log: Journal, giver: Contact, name: str, email: str) -> Contact:
    emails = (email,) if email.strip() else ()
    person = make_contact(log, NewContact(name=name, emails=emails))
    log.change(person, is_sample=giver.is_sample)
    return person


def _tell_outreach(log: Journal, person: Contact, giver: Contact, *, at: datetime) -> None:
    """A warm introduction goes with the open outreach, or opens again one that ended without an answer."""
    found = list(Outreach.objects.filter(contact=person).order_by("-id"))
    still_open = [one for one in found if State(one.state) not in ENDED]
    closed = [one for one in found if one.state in {State.CLOSED_NO_REPLY, State.WITHDRAWN}]
    chosen = next(iter(still_open or closed), None)
    if chosen is None:
        return
    move(log, chosen, Happening.INTRODUCED, at=at, data={"referrer": giver.pk})
    if chosen.referrer_id is None or not still_open:
        log.change(chosen, referrer=giver)
