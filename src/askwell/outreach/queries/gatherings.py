"""Places to go, weighed; an evening's plan, its people, and what it brought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext

from askwell.outreach import words
from askwell.outreach.facts import goal_of
from askwell.outreach.facts.world import preset_of, seeker_of
from askwell.outreach.models import Community, Encounter, Introduction, Lead, NetworkingEvent, Talk
from askwell.people.models import Contact, Tagging
from askwell.rules.facts import TalkState
from askwell.rules.gatherings import (
    EventPlan,
    MetFacts,
    PlaceFacts,
    check_plan,
    evening_hints,
    goal_words,
    seconds_of,
    weigh_place,
)
from askwell.rules.questions.bank import QUESTIONS
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.queries.lines import ReasonLine

_MOST = 200
_A_DAY = timedelta(days=1)
_FOR_AN_EVENING = (
    "path.pull",
    "assignments.gladly",
    "trends.unnoticed",
    "insights.surprised",
    "resources.meet",
    "closers.who_else",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place with why it is worth going; ``due``: the day to look for what is next there has come."""

    community: Community
    score: float
    reasons: tuple[ReasonLine, ...]
    due: bool


def places(owner: AbstractBaseUser, *, now: datetime) -> tuple[PlaceLine, ...]:
    """Places on the list, the best for the goal first; a handful of queries whatever their number."""
    rows = list(Community.objects.for_owner(owner).filter(dropped_at=None).order_by("name")[:_MOST])
    seeker, goal = seeker_of(owner), goal_of(owner)
    voice = words.voice(seeker.zone, now=now)
    wanted = goal_words(goal.text, goal.role, goal.field) if goal else frozenset()
    lines = []
    for row, facts in zip(rows, _facts(owner, rows), strict=True):
        weighed = weigh_place(facts, wanted)
        lines.append(
            PlaceLine(
                community=row,
                score=weighed.score,
                reasons=tuple(voice.reason(one) for one in weighed.reasons),
                due=row.look_again_on is not None and row.look_again_on <= voice.today,
            )
        )
    return tuple(sorted(lines, key=lambda line: (not line.due, -line.score, line.community.name)))


def _facts(owner: AbstractBaseUser, rows: list[Community]) -> list[PlaceFacts]:
    """Whom the seeker knows there: met at its evenings, or filed under its name."""
    there: dict[int, set[int]] = defaultdict(set)
    met = Encounter.objects.for_owner(owner).filter(event__community__in=rows, contact__merged_into=None)
    for community, contact in met.values_list("event__community", "contact"):
        there[community].add(contact)
    named = {fold(row.name): row.pk for row in rows}
    filed = Tagging.objects.for_owner(owner).filter(contact__merged_into=None)
    for name, contact in filed.values_list("tag__name", "contact") if named else ():
        if (key := fold(name)) in named:
            there[named[key]].add(contact)
    hiring = set(Contact.objects.for_owner(owner).people().filter(hires=True).values_list("pk", flat=True))
    visits: dict[int, int] = defaultdict(int)
    went = NetworkingEvent.objects.for_owner(owner).filter(community__in=rows, attended=True)
    for community in went.values_list("community", flat=True):
        visits[community] += 1
    return [
        PlaceFacts(
            id=row.pk,
            text=f"{row.name} {row.notes}",
            known=len(there[row.pk]),
            hiring=len(there[row.pk] & hiring),
            visits=visits[row.pk],
        )
        for row in rows
    ]


def may_be_there(event: NetworkingEvent) -> list[Contact]:
    """Whom one knows of its place: met there before, or filed under its name."""
    if event.community is None:
        return []
    known = Q(encounters__event__community=event.community) | Q(
        taggings__tag__name__iexact=event.community.name
    )
    rows = Contact.objects.for_owner(event.owner).people().filter(known, do_not_contact=False)
    return list(rows.distinct().order_by("sort_key", "pk")[:20])


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """The plan of an evening: its lines, what it lacks, how long the introduction takes."""

    people: tuple[str, ...]
    questions: tuple[str, ...]
    introduction: str
    offer: str
    seconds: int
    lacks: tuple[ReasonLine, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing was planned."""
        return not (self.people or self.questions or self.introduction or self.offer)


def plan_page(event: NetworkingEvent, *, now: datetime) -> PlanPage:
    """Read the plan as it was kept; older ones hold lists."""
    seeker = seeker_of(event.owner)
    lines = {
        key: lines_of(event.plan.get(key, "")) for key in ("people", "questions", "introduction", "offer")
    }
    said = " ".join(lines["introduction"])
    plan = EventPlan(
        people=len(lines["people"]),
        questions=len(lines["questions"]),
        introduction=said,
        offer=" ".join(lines["offer"]),
    )
    voice = words.voice(seeker.zone, now=now)
    return PlanPage(
        people=tuple(lines["people"]),
        questions=tuple(lines["questions"]),
        introduction="\n".join(lines["introduction"]),
        offer="\n".join(lines["offer"]),
        seconds=seconds_of(said),
        lacks=tuple(voice.reason(one.reason) for one in check_plan(plan, preset=preset_of(seeker))),
    )


def lines_of(value: Any) -> list[str]:
    """Give the lines of a part of a plan."""
    found = value if isinstance(value, list) else str(value).splitlines()
    return [str(line).strip() for line in found if str(line).strip()]


def suggested_questions() -> list[tuple[str, str]]:
    """Questions of the bank that begin a talk among people standing up: key, text."""
    return [(key, gettext(QUESTIONS[key].text)) for key in _FOR_AN_EVENING]


def hints_of(event: NetworkingEvent, met: Iterable[Encounter], *, now: datetime) -> tuple[ReasonLine, ...]:
    """What to mind before going home (V02, V04).  ``met`` with contacts and their points."""
    facts = [
        MetFacts(
            name=one.contact.name,
            new=one.contact.created_at >= event.starts_at - _A_DAY,
            card_given=one.card_given,
            card_taken=one.card_taken,
            reachable=bool(one.contact.points.all()),
        )
        for one in met
    ]
    voice = words.voice(seeker_of(event.owner).zone, now=now)
    return tuple(voice.reason(one) for one in evening_hints(facts))


def met_at(event: NetworkingEvent) -> list[Encounter]:
    """Everybody met there, in the order they were noted."""
    rows = event.encounters.filter(contact__merged_into=None).select_related("contact", "event__owner")
    return list(rows.prefetch_related("contact__points").order_by("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of an evening: people met, of them new; letters, talks, leads and names since."""

    met: int
    new: int
    cards_given: int
    cards_taken: int
    written: int
    talks: int
    leads: tuple[Lead, ...]
    names: int


def brought(event: NetworkingEvent, met: list[Encounter]) -> Brought:
    """Sum it up, in a few queries; what came from these people since that evening counts."""
    people = [one.contact_id for one in met]
    since = event.starts_at
    talks = Talk.objects.for_owner(event.owner).filter(
        contact__in=people, state=TalkState.HELD, starts_at__gte=since
    )
    leads = Lead.objects.for_owner(event.owner).filter(source__in=people, heard_at__gte=since)
    names = Introduction.objects.for_owner(event.owner).filter(giver__in=people, given_at__gte=since)
    return Brought(
        met=len(met),
        new=sum(one.contact.created_at >= since - _A_DAY for one in met),
        cards_given=sum(one.card_given for one in met),
        cards_taken=sum(one.card_taken for one in met),
        written=sum(one.written_at is not None for one in met),
        talks=talks.count() if people else 0,
        leads=tuple(leads.select_related("source").order_by("heard_at")[:20]) if people else (),
        names=names.count() if people else 0,
    )
