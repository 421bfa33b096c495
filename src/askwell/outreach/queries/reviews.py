"""Looking back on a week: what happened in it, what is owed, whom to ask next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from askwell.outreach.models import Favor, Promise, Talk, Telling, Touch, WeeklyReview
from askwell.outreach.queries.suggesting import suggestions
from askwell.outreach.queries.today import desk_of, today
from askwell.people.models import Contact
from askwell.rules.facts import Mode, TalkState, TouchKind
from askwell.rules.looking_back import week_to_review
from askwell.rules.modes import FIRST_MODES
from askwell.rules.timing import zone_of

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.queries.lines import StepLine, Suggestion

_SUGGESTED, _OWED, _EARLIER = 6, 8, 12
_COUNTED = ("first_messages", "follow_ups", "answers", "talks", "thanks", "promises_kept", "gives", "told")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The week under review.  ``counts`` by what happened; ``people`` were chosen to be asked next."""

    week: date
    until: date
    begun: bool
    done: bool
    answers: dict[str, Any]
    counts: dict[str, int]
    owed: tuple[StepLine, ...]
    tried: str  # what the week before wanted to try
    suggested: tuple[Suggestion, ...]
    people: tuple[tuple[int, str], ...]
    weekly_minutes: int
    earlier: tuple[WeeklyReview, ...]


def reviewed_week(owner: AbstractBaseUser) -> date | None:
    """Give the Monday of the last week that was looked back on."""
    rows = WeeklyReview.objects.for_owner(owner).exclude(done_at=None).order_by("-week")
    found: date | None = rows.values_list("week", flat=True).first()
    return found


def review(owner: AbstractBaseUser, *, now: datetime, week: date | None = None) -> ReviewPage:
    """Give the review of a week, or of the one to look back on now, in a constant number of queries."""
    desk = desk_of(owner, now=now)
    monday = week or week_to_review(now, desk.calendar, reviewed=reviewed_week(owner))
    zone = zone_of(desk.calendar.zone)
    begin, end = (datetime.combine(day, time(0), tzinfo=zone) for day in (monday, monday + timedelta(days=7)))
    rows = list(WeeklyReview.objects.for_owner(owner).order_by("-week")[: _EARLIER + 1])
    row = next((one for one in rows if one.week == monday), None)
    row = row or WeeklyReview.objects.for_owner(owner).filter(week=monday).first()
    before = next((one for one in rows if one.week < monday), None)
    answers = row.answers if row else {}
    return ReviewPage(
        week=monday,
        until=monday + timedelta(days=6),
        begun=row is not None,
        done=row is not None and row.done_at is not None,
        answers=answers,
        counts=_counts(owner, begin, end),
        owed=today(owner, now=now).owed[:_OWED],
        tried=before.answers.get("next", "") if before else "",
        suggested=tuple(suggestions(desk, count=_SUGGESTED, asked=0)),
        people=_people(owner, answers.get("people", [])),
        weekly_minutes=desk.seeker.weekly_minutes,
        earlier=tuple(one for one in rows if one.week != monday and one.done_at is not None)[:_EARLIER],
    )


def _people(owner: AbstractBaseUser, chosen: list[int]) -> tuple[tuple[int, str], ...]:
    rows = Contact.objects.for_owner(owner).people().filter(pk__in=chosen, do_not_contact=False)
    return tuple(rows.order_by("sort_key", "id").values_list("id", "name"))


def _counts(owner: AbstractBaseUser, begin: datetime, end: datetime) -> dict[str, int]:
    """Count what happened between two moments: a query a table."""

    def within(model: Any, field: str, **more: Any) -> int:
        rows = model.objects.for_owner(owner).filter(**{f"{field}__gte": begin, f"{field}__lt": end}, **more)
        count: int = rows.count()
        return count

    out = Q(direction="out")
    touches = (
        Touch.objects.for_owner(owner)
        .filter(at__gte=begin, at__lt=end, batch=None)
        .aggregate(
            first_messages=Count("id", filter=out & Q(mode__in=FIRST_MODES)),
            follow_ups=Count("id", filter=out & Q(mode=Mode.FOLLOW_UP)),
            thanks=Count("id", filter=out & (Q(mode=Mode.THANKS) | Q(kind=TouchKind.THANKS))),
            answers=Count("id", filter=Q(direction="in", kind=TouchKind.REPLY)),
        )
    )
    found = {
        **touches,
        "talks": within(Talk, "starts_at", state=TalkState.HELD),
        "promises_kept": within(Promise, "kept_at", mine=True),
        "gives": within(Favor, "at", kind=Favor.Kind.GIVE),
        "told": within(Telling, "told_at"),
    }
    return {name: found[name] for name in _COUNTED}
