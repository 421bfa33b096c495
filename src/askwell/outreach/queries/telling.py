"""Who knows of the search, who is to hear of it, who might, and who must not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from askwell.outreach.facts.nearness import GUARDED, Near, Nearby, near_employer
from askwell.outreach.models import Draft, Standing, Telling
from askwell.outreach.nearness_words import said_of
from askwell.outreach.queries.suggesting import asked_this_week
from askwell.outreach.queries.today import desk_of
from askwell.outreach.telling import known_as
from askwell.people.models import Contact
from askwell.rules.capacity import messages_a_week, room_this_week
from askwell.rules.facts import Mode, Occasion
from askwell.rules.telling import NEAR, ONCE_OFTEN, mode_for, weeks_for, whom_to_tell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.queries.lines import ReasonLine
    from askwell.outreach.queries.suggesting import Desk

SUGGESTED = 12
WAITING_SHOWN, TOLD_SHOWN, NEAR_SHOWN = 60, 12, 40
_POOL = 60  # of each kind of people, ranked together


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLine:
    """Someone on the list: ``mode`` says how they will be written to, ``draft`` is the letter begun."""

    id: int
    contact: int
    name: str
    about: str = ""
    mode: str = Mode.RECONNECT
    draft: int | None = None
    left_out: str = ""  # why nothing may go out to them after all
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HearerLine:
    """Someone who might be told, with what speaks for it."""

    contact: int
    name: str
    about: str
    mode: str
    reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearLine:
    """Someone near to the employer, left out of a confidential search."""

    contact: int
    name: str
    why: str
    guarded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TellBoard:
    """The page: ``room`` letters still fit this week, ``weeks`` is how long those waiting take."""

    confidential: bool
    told: int
    chosen: int
    room: int
    a_week: int
    weeks: int | None
    waiting: tuple[TellLine, ...]
    waiting_count: int
    knows: tuple[TellLine, ...]
    suggested: tuple[HearerLine, ...]
    near: tuple[NearLine, ...]
    near_count: int
    anybody: bool


def telling(owner: AbstractBaseUser, *, now: datetime, suggest: int = SUGGESTED) -> TellBoard:
    """Give the page in a constant number of queries."""
    desk = desk_of(owner, now=now)
    nearby = near_employer(owner, desk.seeker)
    rows = Telling.objects.for_owner(owner).filter(contact__merged_into=None)
    told, chosen = rows.exclude(told_at=None).count(), rows.count()
    room = room_this_week(desk.seeker.weekly_minutes, sent=asked_this_week(desk), preset=desk.preset)
    a_week = messages_a_week(desk.seeker.weekly_minutes, preset=desk.preset)
    return TellBoard(
        confidential=desk.seeker.confidential,
        told=told,
        chosen=chosen,
        room=room,
        a_week=a_week,
        weeks=weeks_for(max(0, chosen - told - room), a_week=a_week),
        waiting=_waiting(desk, rows, nearby),
        waiting_count=chosen - told,
        knows=_knows(rows),
        suggested=_suggested(desk, nearby, most=suggest) if suggest else (),
        near=_near(owner, nearby),
        near_count=len(nearby.people),
        anybody=Standing.objects.for_owner(owner).exists(),
    )


def knows_since(contact: Contact) -> datetime | None:
    """Say since when someone knows of the search."""
    found: datetime | None = Telling.objects.filter(contact=contact).values_list("told_at", flat=True).first()
    return found


def _waiting(desk: Desk, rows: QuerySet[Any], nearby: Nearby) -> tuple[TellLine, ...]:
    waiting = list(rows.filter(told_at=None).select_related("contact").order_by("id")[:WAITING_SHOWN])
    people = [row.contact_id for row in waiting]
    begun = dict(
        Draft.objects.for_owner(desk.owner)
        .filter(contact__in=people, occasion=Occasion.TELL, sent_at=None)
        .values_list("contact_id", "id")
    )
    standings = {one.contact_id: one for one in Standing.objects.filter(contact__in=people)}
    return tuple(_line(row, standings.get(row.contact_id), begun, nearby, desk.now) for row in waiting)


def _line(
    row: Telling, standing: Standing | None, begun: dict[int, int], nearby: Nearby, now: datetime
) -> TellLine:
    near = nearby.people.get(row.contact_id)
    return TellLine(
        id=row.pk,
        contact=row.contact_id,
        name=row.contact.name,
        about=_about(row.contact, standing),
        mode=mode_for(known_as(row.contact, standing), now=now),
        draft=begun.get(row.contact_id),
        left_out=said_of(near) if near in GUARDED else "",
    )


def _knows(rows: QuerySet[Any]) -> tuple[TellLine, ...]:
    told = rows.exclude(told_at=None).order_by("-told_at", "-id")[:TOLD_SHOWN]
    return tuple(
        TellLine(id=pk, contact=contact, name=name, told_at=at)
        for pk, contact, name, at in told.values_list("id", "contact_id", "contact__name", "told_at")
    )


def _suggested(desk: Desk, nearby: Nearby, *, most: int) -> tuple[HearerLine, ...]:
    pool = {one.contact_id: one for one in _pool(desk) if one.contact_id not in nearby.people}
    ordered = whom_to_tell(
        (known_as(one.contact, one) for one in pool.values()), now=desk.now, preset=desk.preset, most=most
    )
    return tuple(
        HearerLine(
            contact=one.contact,
            name=pool[one.contact].contact.name,
            about=_about(pool[one.contact].contact, pool[one.contact]),
            mode=mode_for(known_as(pool[one.contact].contact, pool[one.contact]), now=desk.now),
            reasons=tuple(desk.voice.reason(reason) for reason in one.reasons),
        )
        for one in ordered
    )


def _pool(desk: Desk) -> Iterable[Standing]:
    """People one knows who were not chosen yet: a bounded number of each kind, one query a kind."""
    known = Standing.objects.for_owner(desk.owner)
    long_ago = desk.now - timedelta(days=desk.preset.dormant_days)
    met = Q(touches__gt=0) | Q(talks__gt=0)
    close = Contact.objects.for_owner(desk.owner).filter(closeness__gte=NEAR).order_by("-closeness", "id")
    marked = Contact.objects.for_owner(desk.owner).filter(Q(connector=True) | Q(hires=True)).order_by("id")
    linked = Contact.objects.for_owner(desk.owner).filter(connected_on__isnull=False).values("id")
    kinds = (  # without their contacts: to be sorted, each of thousands would have its own looked up first
        close.values_list("id", flat=True),
        marked.values_list("id", flat=True),
        known.filter(met, score__gt=0).order_by("-score", "contact_id").values_list("contact_id", flat=True),
        known.filter(contact__in=linked, score__gt=0).order_by("-score").values_list("contact_id", flat=True),
        known.filter(met).order_by("-strength").values_list("contact_id", flat=True),
        known.filter(touches__gte=ONCE_OFTEN, last_at__lt=long_ago)
        .order_by("-touches")
        .values_list("contact_id", flat=True),
    )
    people = {contact for kind in kinds for contact in kind[:_POOL]}
    people -= set(Telling.objects.for_owner(desk.owner).values_list("contact_id", flat=True))
    return known.filter(contact__in=people).select_related("contact").order_by("contact_id")


def _about(contact: Contact, standing: Standing | None) -> str:
    facts = standing.facts if standing else {}
    return (
        ", ".join(part for part in (facts.get("title", ""), facts.get("at", "")) if part) or contact.headline
    )


def _near(owner: AbstractBaseUser, nearby: Nearby) -> tuple[NearLine, ...]:
    order = {near: place for place, near in enumerate(Near)}
    first = sorted(nearby.people.items(), key=lambda pair: (order[pair[1]], pair[0]))[:NEAR_SHOWN]
    names = dict(
        Contact.objects.for_owner(owner)
        .people()
        .filter(pk__in=[pk for pk, _near in first])
        .values_list("id", "name")
    )
    return tuple(
        NearLine(contact=pk, name=names[pk], why=said_of(near), guarded=near in GUARDED)
        for pk, near in first
        if pk in names
    )
