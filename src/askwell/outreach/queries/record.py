"""Your own record: what went out and came back, by the seeker's weeks.

Theory of operation.  Weeks are counted in the database, by the moments at which the seeker's weeks begin;
answers are looked up letter by letter through the index of a contact's touches, for the letters of a
year.  Imported history is not counted: it is not known what of it was a first message.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Subquery, Value, When

from askwell.outreach.models import Promise, Talk, Touch
from askwell.outreach.queries.today import desk_of
from askwell.rules.facts import Mode, TalkState, TouchKind
from askwell.rules.modes import FIRST_MODES
from askwell.rules.record import ANSWERS, THANKS_HOURS, YEAR_DAYS, Replies, Share, came_back, in_time, replies
from askwell.rules.timing import day_close, local, week_start, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.outreach.queries.suggesting import Desk

WEEKS, MOST_WEEKS = 26, 104
_MOST = 5000  # rows looked at, the newest
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLine:
    """One week: first messages, follow-ups, and talks held."""

    monday: date
    first_messages: int = 0
    follow_ups: int = 0
    talks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All of it, as of a moment."""

    weeks: tuple[WeekLine, ...]
    replies: Replies
    thanks: Share
    promises: Share

    @property
    def anything(self) -> bool:
        """Something was done at all."""
        cases = self.replies.share.cases + self.replies.share.open + self.thanks.cases + self.promises.cases
        return bool(cases or any(one.first_messages or one.follow_ups or one.talks for one in self.weeks))


def record(owner: AbstractBaseUser, *, now: datetime, weeks: int = WEEKS) -> Record:
    """Give the record in a constant number of queries."""
    desk = desk_of(owner, now=now)
    return Record(
        weeks=_weeks(desk, min(max(1, weeks), MOST_WEEKS)),
        replies=replies(list(_letters(desk))),
        thanks=in_time(_thanks(desk), allowed=THANKS_HOURS),
        promises=in_time(_promises(desk), allowed=0),
    )


def _weeks(desk: Desk, count: int) -> tuple[WeekLine, ...]:
    zone = zone_of(desk.calendar.zone)
    this = local(week_start(desk.now, desk.calendar), desk.calendar).date()
    mondays = [this - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    begins = [datetime.combine(monday, time(0), tzinfo=zone) for monday in mondays]
    sent = (
        Touch.objects.for_owner(desk.owner)
        .filter(at__gte=begins[0], at__lte=desk.now, direction="out", batch=None)
        .filter(mode__in=[*FIRST_MODES, Mode.FOLLOW_UP])
    )
    held = Talk.objects.for_owner(desk.owner).filter(
        state=TalkState.HELD, starts_at__gte=begins[0], starts_at__lte=desk.now
    )
    first: Counter[int] = Counter()
    again: Counter[int] = Counter()
    for place, mode, n in _counted(sent, "at", begins, by="mode"):
        (again if mode == Mode.FOLLOW_UP else first)[place] += n
    talks = Counter({place: n for place, _state, n in _counted(held, "starts_at", begins, by="state")})
    return tuple(
        WeekLine(
            monday=monday,
            first_messages=first[place],
            follow_ups=again[place],
            talks=talks[place],
        )
        for place, monday in enumerate(mondays)
    )


def _counted(
    rows: QuerySet[Any], field: str, begins: list[datetime], *, by: str
) -> Iterator[tuple[int, str, int]]:
    """Count rows by the place of their week and by another column."""
    whens = [When(**{f"{field}__lt": begin}, then=Value(place)) for place, begin in enumerate(begins[1:])]
    place = Case(*whens, default=Value(len(begins) - 1), output_field=IntegerField())
    counted = rows.order_by().annotate(week=place).values("week", by).annotate(n=Count("id"))
    yield from counted.values_list("week", by, "n")


def _letters(desk: Desk) -> Iterator[tuple[float, float | None]]:
    """Give each first message of the year that arrived: its age and the days until the answer."""
    since = Touch.objects.filter(contact=OuterRef("contact"), at__gte=OuterRef("at")).order_by("at")
    theirs, ours = since.filter(direction="in"), since.filter(direction="out", at__gt=OuterRef("at"))
    sent = (
        Touch.objects.for_owner(desk.owner)
        .filter(at__gte=desk.now - YEAR_DAYS * _DAY, at__lte=desk.now, direction="out", batch=None)
        .filter(mode__in=FIRST_MODES)
        .annotate(
            answered=_first(theirs.filter(kind__in=ANSWERS)),
            bounced=_first(theirs.filter(kind=TouchKind.BOUNCE)),
            again=_first(ours),
        )
        .order_by("-at")
    )
    for at, answered, bounced, again in sent.values_list("at", "answered", "bounced", "again")[:_MOST]:
        if not came_back(bounced, written_again_at=again):
            came = answered if answered is not None and answered <= desk.now else None
            yield (desk.now - at) / _DAY, None if came is None else (came - at) / _DAY


def _first(touches: QuerySet[Any]) -> Subquery:
    return Subquery(touches.values("at")[:1])


def _thanks(desk: Desk) -> Iterator[tuple[float, float | None]]:
    """Give each talk of the year: hours since it ended, and until the thanks."""
    held = (
        Talk.objects.for_owner(desk.owner)
        .filter(state=TalkState.HELD, ended_at__gte=desk.now - YEAR_DAYS * _DAY, ended_at__lte=desk.now)
        .order_by("-ended_at")
    )
    for ended, thanked in held.values_list("ended_at", "thanked_at")[:_MOST]:
        yield (desk.now - ended) / _HOUR, None if thanked is None else (thanked - ended) / _HOUR


def _promises(desk: Desk) -> Iterator[tuple[float, float | None]]:
    """Give each promise of the year of the seeker's own: hours since it was due, and how late it was kept."""
    made = (
        Promise.objects.for_owner(desk.owner)
        .filter(mine=True, dropped_at=None, made_at__gte=desk.now - YEAR_DAYS * _DAY, made_at__lte=desk.now)
        .order_by(F("made_at").desc())
    )
    days = desk.preset.promise_business_days
    for at, said, kept in made.values_list("made_at", "due", "kept_at")[:_MOST]:
        due = said or day_close(at, days, desk.calendar, preset=desk.preset)
        yield (desk.now - due) / _HOUR, None if kept is None else (kept - due) / _HOUR
