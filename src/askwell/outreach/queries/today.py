"""Today: what to do now, and why.

Theory of operation.  Steps are stored when something happens, so Today is one indexed query over
them, grouped by the rules as the hour stands.  Around it stand a fixed number of small queries.
What time itself has taken away (preparing a talk that is over) is left out at reading.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext

from askwell.outreach import words
from askwell.outreach.calendars import of_seeker
from askwell.outreach.derive import over
from askwell.outreach.errors import NotFound
from askwell.outreach.facts import goal_of, preset_of, seeker_of
from askwell.outreach.models import (
    CareerDecision,
    Community,
    Employer,
    NetworkingEvent,
    Promise,
    Snooze,
    Standing,
    Step,
    Talk,
)
from askwell.outreach.queries.lines import EvidenceCard, GoalLine, StepLine, Today
from askwell.outreach.queries.lists import undo_offer, waiting_lines
from askwell.outreach.queries.moving import asked_to_move
from askwell.outreach.queries.suggesting import Desk, asked_this_week, season_of, suggestions
from askwell.rules import evidence
from askwell.rules.capacity import room_this_week
from askwell.rules.decisions import StepCode
from askwell.rules.facts import TalkState
from askwell.rules.goal import check_goal
from askwell.rules.grouping import DEBTS, Group, place
from askwell.rules.passing import PREFIX
from askwell.rules.ranking import wants_who_decides
from askwell.rules.timing import local, week_start

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.outreach.models import Goal, Seeker
    from askwell.outreach.queries.lines import ReasonLine, Suggestion
    from askwell.rules.facts import Mode, Purpose

MOST_STEPS = 40  # rows read for the screen; the rest is a number
_WEEK = timedelta(days=7)
_WEEKS_SHOWN = 8
_BEFORE_A_TALK = {StepCode.CONFIRM_TALK, StepCode.PREPARE_TALK}
STEP_COLUMNS = (
    "key",
    "code",
    "contact_id",
    "contact__name",
    "about_kind",
    "about_id",
    "earliest",
    "due",
    "urgent",
    "stale",
    "why",
    "blocked_by",
)


def desk_of(owner: AbstractBaseUser, *, now: datetime, seeker: Seeker | None = None) -> Desk:
    """Settings, goal and calendar of the seeker: two queries, one where the settings were read already."""
    seeker = seeker or seeker_of(owner)
    calendar = of_seeker(seeker.zone, seeker.country, now=now)
    return Desk(
        owner=owner,
        seeker=seeker,
        goal=goal_of(owner),
        preset=preset_of(seeker),
        calendar=calendar,
        voice=words.voice(calendar.zone, now=now),
        now=now,
    )


def today(owner: AbstractBaseUser, *, now: datetime, seeker: Seeker | None = None) -> Today:
    """Give the one screen, in a small constant number of queries."""
    desk = desk_of(owner, now=now, seeker=seeker)
    soon, later = Q(earliest__lt=now + _WEEK), list(_snoozes(desk))
    rows = list(_standing_now(desk).filter(soon).exclude(key__in=later)[:MOST_STEPS])
    counted = _not_over(desk).aggregate(soon=Count("id", filter=soon), all=Count("id"))
    if later:
        counted["soon"] -= _not_over(desk).filter(soon, key__in=later).count()
    if counted["soon"] > len(rows):  # a choice is not pushed off the page by what there is besides
        read = {row.key for row in rows}
        chosen_too = _standing_now(desk).filter(soon, code=StepCode.ASK_CHOSEN.value)[:MOST_STEPS]
        rows += [row for row in chosen_too if row.key not in {*read, *later}]
    groups = _grouped(desk, rows)
    asked = asked_this_week(desk)
    left = room_this_week(desk.seeker.weekly_minutes, sent=asked, preset=desk.preset)
    waiting, waiting_count = waiting_lines(desk, limit=12)
    chosen = [row for row in rows if row.code == StepCode.ASK_CHOSEN]
    free = room_this_week(
        desk.seeker.weekly_minutes,
        sent=asked,
        preset=desk.preset,
        chosen=sum(row.earliest <= now for row in chosen),
    )
    return Today(
        now=now,
        zone=desk.calendar.zone,
        goal=_goal_line(desk, desk.goal),
        owed=groups[Group.OWED],
        today=groups[Group.TODAY],
        this_week=groups[Group.THIS_WEEK],
        later=counted["all"] - counted["soon"] + len(groups[Group.LATER]),
        waiting=waiting,
        waiting_count=waiting_count,
        someone_new=tuple(_somebody_new(desk, chosen, count=min(free, 3), asked=asked)),
        season=season_of(desk),
        capacity=left,
        talks_per_week=_talks_per_week(desk),
        evidence=_card_of_the_day(local(now, desk.calendar).date()),
        undo=undo_offer(owner, now=now),
        anybody=any(row.contact_id for row in rows) or Standing.objects.for_owner(owner).exists(),
        more_steps=max(0, counted["soon"] - len(rows)),
    )


def _somebody_new(desk: Desk, chosen: list[Any], *, count: int, asked: int) -> list[Suggestion]:
    """Suggest whom nobody has chosen yet."""
    return suggestions(desk, count=count, asked=asked, without={row.contact_id for row in chosen})


def steps(
    owner: AbstractBaseUser, *, now: datetime, group: str = "", limit: int = 200, offset: int = 0
) -> list[StepLine]:
    """List steps: ``group`` ``owed``, ``today``, ``this_week``, ``later``, ``snoozed`` or all."""
    desk = desk_of(owner, now=now)
    snoozes = _snoozes(desk)
    rows = _standing_now(desk)
    if group == "snoozed":
        rows = rows.filter(key__in=list(snoozes))
    elif group:
        rows = _only(rows, Group(group), now)
    lines = _lines(desk, rows, snoozes)
    if group == "snoozed" or not group:
        return lines[offset : offset + limit]
    wanted = Group(group)
    chosen = [line for row, line in zip(rows, lines, strict=True) if _group(desk, row, snoozes) is wanted]
    return chosen[offset : offset + limit]


def step(owner: AbstractBaseUser, *, key: str, now: datetime) -> StepLine:
    """Give one step by its key.  Raises NotFound."""
    desk = desk_of(owner, now=now)
    row = Step.objects.for_owner(owner).filter(key=key).values_list(*STEP_COLUMNS, named=True).first()
    if row is None:
        raise NotFound("step", key)
    return _lines(desk, [row], _snoozes(desk))[0]


def next_people(
    owner: AbstractBaseUser,
    *,
    now: datetime,
    count: int = 5,
    purpose: Purpose | None = None,
    mode: Mode | None = None,
) -> list[Suggestion]:
    """Whom to ask next, best first, each with three reasons; for a purpose or a letter where named."""
    desk = desk_of(owner, now=now)
    decides = wants_who_decides(purpose, mode)
    return suggestions(desk, count=count, asked=asked_this_week(desk), decides=decides)


def season(owner: AbstractBaseUser, *, now: datetime) -> ReasonLine | None:
    """Say what the time of the year has to say to whoever asks somebody new."""
    return season_of(desk_of(owner, now=now))


def _not_over(desk: Desk) -> QuerySet[Any]:
    """Steps without those that time has taken away."""
    rows: QuerySet[Any] = Step.objects.for_owner(desk.owner).exclude(over(desk.now))
    return rows


def _standing_now(desk: Desk) -> QuerySet[Any]:
    """Steps that are still there, in the order of Today."""
    return _not_over(desk).order_by("rank", "due", "id").values_list(*STEP_COLUMNS, named=True)


def _only(rows: QuerySet[Any], group: Group, now: datetime) -> QuerySet[Any]:
    """Narrow down in the database what cannot belong to a group."""
    if group is Group.LATER:
        return rows
    rows = rows.filter(earliest__lt=now + _WEEK)
    return rows.filter(code__in=[code.value for code in DEBTS]) if group is Group.OWED else rows


def _snoozes(desk: Desk) -> dict[str, datetime]:
    held = Snooze.objects.for_owner(desk.owner).filter(until__gt=desk.now)
    held = held.exclude(key__startswith=PREFIX)  # people set aside
    return dict(held.values_list("key", "until"))


def _group(desk: Desk, row: Any, snoozes: dict[str, datetime]) -> Group:
    if row.key in snoozes:
        return Group.LATER
    return place(words.due_step(row), now=desk.now, calendar=desk.calendar)


def _grouped(desk: Desk, rows: list[Any]) -> dict[Group, tuple[StepLine, ...]]:
    lines = _lines(desk, rows, {})
    found: dict[Group, list[StepLine]] = {group: [] for group in Group}
    for row, line in zip(rows, lines, strict=True):
        found[_group(desk, row, {})].append(line)
    return {group: tuple(members) for group, members in found.items()}


def _lines(desk: Desk, rows: Iterable[Any], snoozes: dict[str, datetime]) -> list[StepLine]:
    listed = list(rows)
    named = _named(desk, listed)
    talks = {row.about_id for row in listed if row.code in _BEFORE_A_TALK}
    moving = asked_to_move(talks) if talks else {}
    promised = _promised(desk, listed)
    return [
        replace(
            desk.voice.step(
                row,
                name=row.contact__name if row.contact_id else named.get((row.about_kind, row.about_id), ""),
                snoozed=snoozes.get(row.key),
            ),
            move_asked_at=moving.get(row.about_id) if row.about_kind == "talk" else None,
            promised=promised.get(row.about_id, "") if row.code == StepCode.KEEP_PROMISE else "",
        )
        for row in listed
    ]


def _promised(desk: Desk, rows: list[Any]) -> dict[int, str]:
    """Say what was promised; asked only where there are such steps."""
    wanted = [row.about_id for row in rows if row.code == StepCode.KEEP_PROMISE]
    kept = Promise.objects.for_owner(desk.owner).filter(pk__in=wanted)
    return dict(kept.values_list("id", "text")) if wanted else {}


def _named(desk: Desk, rows: list[Any]) -> dict[tuple[str, int], str]:
    """Name the events, employers and decisions steps are about; asked only where there are such steps."""
    events = [row.about_id for row in rows if row.code == StepCode.PLAN_EVENT]
    again = [(row.about_kind, row.about_id) for row in rows if row.code == StepCode.LOOK_AGAIN]
    decided = [row.about_id for row in rows if row.code == StepCode.REVISIT_DECISION]
    found: dict[tuple[str, int], str] = {}
    if decided:
        kept = CareerDecision.objects.for_owner(desk.owner).filter(pk__in=decided)
        found |= {("decision", pk): name for pk, name in kept.values_list("id", "name")}
    if events:
        held = NetworkingEvent.objects.for_owner(desk.owner).filter(pk__in=events)
        found |= {("event", pk): name for pk, name in held.values_list("id", "name")}
    return found | _to_look_at(desk, again)


def _to_look_at(desk: Desk, again: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Name what is to be looked at again: employers, places of the field."""
    found: dict[tuple[str, int], str] = {}
    for kind, model, name in (("employer", Employer, "organization__name"), ("place", Community, "name")):
        if wanted := [pk for about, pk in again if about == kind]:
            rows = model._default_manager.filter(owner=desk.owner, pk__in=wanted)
            found |= {(kind, pk): named for pk, named in rows.values_list("id", name)}
    return found


def _goal_line(desk: Desk, goal: Goal | None) -> GoalLine | None:
    if goal is None:
        return None
    findings = check_goal(goal.text, preset=desk.preset).findings
    return GoalLine(
        id=goal.pk,
        text=goal.text,
        role=goal.role,
        field=goal.field,
        place=goal.place,
        set_at=goal.set_at,
        findings=tuple(desk.voice.reason(reason) for reason in findings),
    )


def _talks_per_week(desk: Desk) -> tuple[tuple[date, int], ...]:
    """Talks held in each of the last eight weeks, this one last."""
    this_week = local(week_start(desk.now, desk.calendar), desk.calendar).date()
    mondays = [this_week - _WEEK * back for back in range(_WEEKS_SHOWN - 1, -1, -1)]
    counts = dict.fromkeys(mondays, 0)
    held = Talk.objects.for_owner(desk.owner).filter(
        state=TalkState.HELD, starts_at__gte=desk.now - _WEEK * _WEEKS_SHOWN
    )
    for starts_at in held.values_list("starts_at", flat=True):
        day = local(starts_at, desk.calendar).date()
        monday = day - timedelta(days=day.weekday())
        if monday in counts:
            counts[monday] += 1
    return tuple(counts.items())


def _card_of_the_day(day: date) -> EvidenceCard:
    cards = [card for card in evidence.EVIDENCE.values() if card.shown]
    card = cards[day.toordinal() % len(cards)]
    return EvidenceCard(
        code=card.key,
        line=gettext(card.line),
        figure=card.figure,
        citation=card.citation,
        grade=card.grade.value,
    )
