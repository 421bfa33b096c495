"""The seeker's own standing as the rules see it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from askwell.outreach.facts.presence import seekers
from askwell.outreach.facts.world import World, world
from askwell.outreach.models import (
    CareerDecision,
    Community,
    Employer,
    Encounter,
    NetworkingEvent,
    Outreach,
    Touch,
    WeeklyReview,
)
from askwell.people.models import Contact
from askwell.rules.facts import (
    ChosenFacts,
    DecisionFacts,
    EmployerFacts,
    EventFacts,
    MeetingPlaceFacts,
    SeekerFacts,
    Stage,
)
from askwell.rules.modes import FIRST_MODES
from askwell.rules.timing import local, week_start

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser


def seeker_facts(
    owner: AbstractBaseUser, *, now: datetime, given: World | None = None, with_events: bool = True
) -> SeekerFacts:
    """Goal, week, tools and events of the seeker; events are read only where wanted."""
    around = given or world(owner, now=now)
    seeker, goal = around.seeker, around.goal
    there = seekers(owner.pk) if with_events else frozenset()
    return SeekerFacts(
        calendar=around.calendar,
        goal_text=goal.text if goal else "",
        goal_set_at=goal.reviewed_at if goal else None,
        stage=Stage(seeker.stage),
        weekly_minutes=seeker.weekly_minutes,
        reached_out_this_week=first_messages_since(owner, week_start(now, around.calendar), now=now),
        confidential=seeker.confidential,
        resume_updated_at=seeker.resume_updated_at,
        cards_left=seeker.cards_left,
        began_at=_began(owner) if "outreaches" in there else None,
        reviewed_week=_reviewed(owner) if "reviews" in there else None,
        events=_events(owner, around, now=now) if "events" in there else (),
        employers=_for_later(owner) if "employers" in there else (),
        places=_places(owner) if "places" in there else (),
        decisions=_decisions(owner) if "decisions" in there else (),
        chosen=_chosen(owner, around, now=now) if "reviews" in there else (),
    )


def first_messages_since(owner: AbstractBaseUser, monday: datetime, *, now: datetime) -> int:
    """Count the first messages since that moment, of every kind a full week refuses (K06)."""
    count: int = (
        Touch.objects.for_owner(owner)
        .filter(at__gte=monday, at__lte=now, direction="out", mode__in=FIRST_MODES, batch=None)
        .count()
    )
    return count


def _began(owner: AbstractBaseUser) -> datetime | None:
    """When the first outreach was begun."""
    rows = Outreach.objects.for_owner(owner).order_by("opened_at")
    found: datetime | None = rows.values_list("opened_at", flat=True).first()
    return found


def _reviewed(owner: AbstractBaseUser) -> date | None:
    """The Monday of the last week looked back on."""
    rows = WeeklyReview.objects.for_owner(owner).exclude(done_at=None).order_by("-week")
    found: date | None = rows.values_list("week", flat=True).first()
    return found


def _chosen(owner: AbstractBaseUser, around: World, *, now: datetime) -> tuple[ChosenFacts, ...]:
    """Whom the last reviews chose to ask, and nobody has asked since."""
    monday = local(week_start(now, around.calendar), around.calendar).date()
    rows = WeeklyReview.objects.for_owner(owner).filter(week__gte=monday - timedelta(days=7)).order_by("week")
    reviews = [row for row in rows if row.answers.get("people")]
    if not reviews:
        return ()
    free = _free(owner, {pk for row in reviews for pk in row.answers["people"]})
    asked = _asked_since(owner, set(free.values()), min(row.begun_at for row in reviews))
    return tuple(
        ChosenFacts(contact=free[pk], week=row.week)
        for row in reviews
        for pk in row.answers["people"]
        if pk in free and not (free[pk] in asked and asked[free[pk]] >= row.begun_at)
    )


def _free(owner: AbstractBaseUser, wanted: set[int]) -> dict[int, int]:
    """Who of them may be turned to, each under the row they were merged into."""
    everybody = Contact.objects.for_owner(owner)
    rows = everybody.filter(pk__in=wanted).values_list("pk", "merged_into")
    now_known_as = {pk: kept or pk for pk, kept in rows}
    free = everybody.people().filter(pk__in=set(now_known_as.values()), do_not_contact=False)
    there = set(free.values_list("pk", flat=True))
    return {pk: kept for pk, kept in now_known_as.items() if kept in there}


def _asked_since(owner: AbstractBaseUser, people: set[int], since: datetime) -> dict[int, datetime]:
    """When each of them was last turned to: an outreach begun, anything sent."""
    opened = Outreach.objects.for_owner(owner).filter(contact__in=people, opened_at__gte=since)
    sent = Touch.objects.for_owner(owner).filter(contact__in=people, at__gte=since, direction="out")
    found: dict[int, datetime] = {}
    for pk, at in (*opened.values_list("contact", "opened_at"), *sent.values_list("contact", "at")):
        found[pk] = max(at, found.get(pk, at))
    return found


def _for_later(owner: AbstractBaseUser) -> tuple[EmployerFacts, ...]:
    """Places that were not hiring, with the day to look at them again."""
    rows = Employer.objects.for_owner(owner).filter(dropped_at=None, look_again_on__isnull=False)
    return tuple(
        EmployerFacts(id=pk, look_again_on=day)
        for pk, day in rows.order_by("id").values_list("id", "look_again_on")
    )


def _places(owner: AbstractBaseUser) -> tuple[MeetingPlaceFacts, ...]:
    """Places of the field with the day to look what is next there."""
    rows = Community.objects.for_owner(owner).filter(dropped_at=None, look_again_on__isnull=False)
    return tuple(
        MeetingPlaceFacts(id=pk, look_again_on=day)
        for pk, day in rows.order_by("id").values_list("id", "look_again_on")
    )


def _decisions(owner: AbstractBaseUser) -> tuple[DecisionFacts, ...]:
    """The newest decision about each subject, where a day was set to look at it again."""
    rows = CareerDecision.objects.for_owner(owner).order_by("decided_at", "id")
    newest = {row[:2]: row[2:] for row in rows.values_list("about", "subject", "id", "look_again_on")}
    return tuple(DecisionFacts(id=pk, look_again_on=day) for pk, day in sorted(newest.values()) if day)


def _events(owner: AbstractBaseUser, around: World, *, now: datetime) -> tuple[EventFacts, ...]:
    """Events to come, and those with people still to be written to."""
    to_write: dict[int, list[int]] = {}
    rows = (
        Encounter.objects.for_owner(owner)
        .filter(written_at=None, contact__merged_into=None, contact__do_not_contact=False)
        .order_by("event_id", "contact_id")
        .values_list("event_id", "contact_id")
    )
    for event, contact in rows:
        to_write.setdefault(event, []).append(contact)
    wanted = Q(starts_at__gte=now - timedelta(days=1)) | Q(pk__in=list(to_write))
    return tuple(
        EventFacts(
            id=event.pk,
            starts_at=event.starts_at,
            planned=event.planned_at is not None,
            attended=bool(event.attended),
            to_write=tuple(to_write.get(event.pk, ())),
            calendar=around.calendar,
        )
        for event in NetworkingEvent.objects.for_owner(owner).filter(wanted).order_by("id")
    )
