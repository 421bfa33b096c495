"""Giving: the log of gives and asks, new jobs to congratulate on, favours of five minutes for this week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, Q

from askwell.outreach import words
from askwell.outreach.facts import world
from askwell.outreach.facts.matching import words as stems
from askwell.outreach.models import (
    Advice,
    Favor,
    IntroductionOffer,
    JobChange,
    Outreach,
    Promise,
    SavedLink,
    Standing,
    Step,
)
from askwell.outreach.noticing import new_job
from askwell.outreach.queries.shelf import shelf, whom_it_helps
from askwell.people.models import Contact, Position
from askwell.rules.decisions import StepCode
from askwell.rules.favors import (
    EVERYBODYS_WORK,
    AtWork,
    Chance,
    Kind,
    enough,
    favor_of,
    in_order,
    may_like_to_meet,
    week_of_favors,
)
from askwell.rules.lifecycle import ALIVE
from askwell.rules.reciprocity import give_first
from askwell.rules.timing import week_start
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Any

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.outreach.facts import World
    from askwell.outreach.queries.lines import ReasonLine
    from askwell.rules.favors import Favor as Suggested

_OF_THE_SHELF = 8  # the newest things are matched for the week
_THOUGHT_OF = 40  # the longest waiting of what one thought of offering
_INTRODUCED = 40  # people one has talked with are looked at, the best known first
_STEPS = {
    StepCode.KEEP_PROMISE.value: (Kind.PROMISE, Promise),
    StepCode.CLOSE_LOOP.value: (Kind.LOOP, Advice),
    StepCode.CONGRATULATE.value: (Kind.JOB, JobChange),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FavorLine:
    """A favour suggested: for whom, how long it takes, why.  ``about`` names the thing, ``step`` its step."""

    kind: str
    contact: int
    contact_name: str
    minutes: int
    reason: ReasonLine
    about: tuple[str, int]
    step: str = ""  # key of the step that does it
    why_them: str = ""  # what a letter with it says


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingWeek:
    """This week's favours, how many gives it has had, and that it is enough, if so."""

    favors: tuple[FavorLine, ...]
    given: int
    enough: ReasonLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOften:
    """Somebody who was asked and not given to since: a hint, no account."""

    contact: int
    contact_name: str
    reason: ReasonLine


def favors(owner: AbstractBaseUser, *, kind: str = "", contact: Contact | None = None) -> QuerySet[Favor]:
    """Gives and asks, newest first, with whom; of one kind or person where said."""
    rows: QuerySet[Favor] = Favor.objects.for_owner(owner).select_related("contact")
    if kind:
        rows = rows.filter(kind=kind)
    if contact is not None:
        rows = rows.filter(contact=contact)
    return rows.order_by("-at", "-id")


def asked_often(owner: AbstractBaseUser, *, now: datetime, most: int = 5) -> tuple[AskedOften, ...]:
    """Give those who were asked so often since the last give that one thinks of giving first (R01)."""
    around = world(owner, now=now)
    asked = Favor.objects.for_owner(owner).filter(kind=Favor.Kind.ASK)
    rows = (
        Standing.objects.for_owner(owner)
        .filter(contact__in=asked.values("contact"), facts__asks__gte=around.preset.asks_without_give)
        .filter(contact__merged_into=None, contact__do_not_contact=False)
        .annotate(last=Max("contact__favors__at"))
        .order_by("-last", "-contact_id")
    )
    voice = words.voice(around.calendar.zone, now=now)
    return tuple(
        AskedOften(contact=contact, contact_name=name, reason=voice.reason(reason))
        for contact, name, facts in rows.values_list("contact_id", "contact__name", "facts")[:most]
        if (reason := give_first(facts["asks"], preset=around.preset)) is not None
    )


def new_jobs(owner: AbstractBaseUser) -> QuerySet[JobChange]:
    """New jobs nobody has said a word about, newest first: of everybody, known well or not."""
    rows: QuerySet[JobChange] = JobChange.objects.for_owner(owner).filter(
        congratulated_at=None, let_go_at=None, contact__merged_into=None, contact__do_not_contact=False
    )
    return rows.select_related("contact").order_by("-noticed_at", "-id")


def giving_week(owner: AbstractBaseUser, *, now: datetime) -> GivingWeek:
    """Choose this week's favours; a constant number of queries."""
    around = world(owner, now=now)
    given = given_this_week(owner, around, now=now)
    voice = words.voice(around.calendar.zone, now=now)
    found = _Chances(owner, around, now=now)
    chances = [*found.of_steps(), *found.of_offers(), *found.of_shelf(), *found.of_introductions()]
    reason = enough(given, preset=around.preset)
    return GivingWeek(
        favors=found.lines(week_of_favors(chances, given=given, preset=around.preset), voice),
        given=given,
        enough=voice.reason(reason) if reason else None,
    )


def favor_for(contact: Contact, *, now: datetime, around: World | None = None) -> FavorLine | None:
    """Give one favour for this person, beside what the steps of their page say already."""
    owner = contact.owner
    if contact.do_not_contact:
        return None
    around = around or world(owner, now=now)
    found = _Chances(owner, around, now=now, only=contact)
    best = in_order([*found.of_offers(), *found.of_shelf()])[:1]
    voice = words.voice(around.calendar.zone, now=now)
    lines = found.lines([favor_of(chance, preset=around.preset) for chance in best], voice)
    return lines[0] if lines else None


def given_this_week(owner: AbstractBaseUser, around: World, *, now: datetime) -> int:
    """How many gives this week has had, Monday in the seeker's zone."""
    monday = week_start(now, around.calendar)
    rows = Favor.objects.for_owner(owner).filter(kind=Favor.Kind.GIVE, at__gte=monday, at__lte=now)
    count: int = rows.count()
    return count


class _Chances:
    """What is known that would help somebody, gathered for all or for one."""

    def __init__(
        self, owner: AbstractBaseUser, around: World, *, now: datetime, only: Contact | None = None
    ) -> None:
        self.owner, self.around, self.now, self.only = owner, around, now, only
        self.steps: dict[tuple[str, int], str] = {}
        self.whys: dict[tuple[str, int, int], str] = {}

    def of_steps(self) -> Iterator[Chance]:
        """Promises to keep, loops to close, new jobs: what is a step already."""
        early = Q(code=StepCode.KEEP_PROMISE.value) | Q(earliest__lte=self.now)  # kept sooner is kept well
        rows = Step.objects.for_owner(self.owner).filter(early, code__in=_STEPS)
        found = list(rows.values_list("key", "code", "contact_id", "about_id", "earliest", "stale"))
        told = {code: self._told(model, code, found) for code, (_kind, model) in _STEPS.items()}
        for key, code, contact, about, earliest, stale in found:
            row = told[code].get(about)
            if row is None or (stale is not None and stale <= self.now):
                continue
            if code == StepCode.CLOSE_LOOP and row.acted_at is None:
                continue
            kind = _STEPS[code][0]
            self.steps[(str(kind), about)] = key
            said = new_job(row) if kind is Kind.JOB else row.text.rstrip(".")
            yield Chance(
                kind=kind, contact=contact, about=(str(kind), about), since=earliest, params={"words": said}
            )

    @staticmethod
    def _told(model: type, code: str, found: Iterable[tuple[Any, ...]]) -> dict[int, Any]:
        return dict(model.objects.in_bulk([row[3] for row in found if row[1] == code]))  # type: ignore[attr-defined]

    def of_offers(self) -> Iterator[Chance]:
        """What one thought of offering, of those one has talked with, and has not given anything since."""
        rows = Outreach.objects.for_owner(self.owner).filter(
            state__in=ALIVE, contact__merged_into=None, contact__do_not_contact=False
        )
        if self.only is not None:
            rows = rows.filter(contact=self.only)
        given = Favor.objects.filter(
            contact=OuterRef("contact"), kind=Favor.Kind.GIVE, at__gte=OuterRef("opened_at")
        )
        thought = rows.exclude(offer="").filter(~Exists(given)).order_by("opened_at", "id")
        for pk, contact, offer, opened in thought.values_list("id", "contact_id", "offer", "opened_at")[
            :_THOUGHT_OF
        ]:
            yield Chance(
                kind=Kind.OFFER,
                contact=contact,
                about=("outreach", pk),
                since=opened,
                params={"words": offer.rstrip(".")},
            )

    def of_shelf(self) -> Iterator[Chance]:
        """The newest things of the shelf, each for the one it would help most."""
        links = list(shelf(self.owner).prefetch_related(None)[:_OF_THE_SHELF])
        if not links:
            return
        helped = whom_it_helps(self.owner, links, now=self.now, most=2, only=self.only, around=self.around)
        for link in links:
            for match in helped[link.pk]:
                self.whys["link", link.pk, match.contact] = match.why_them
                yield Chance(
                    kind=Kind.LINK,
                    contact=match.contact,
                    about=("link", link.pk),
                    since=link.saved_at,
                    params={"title": link.title, "words": match.reason.sentence},
                )

    def of_introductions(self) -> Iterator[Chance]:
        """Two people one has talked with who do the same work at different places, and may not know it."""
        rows = Standing.objects.for_owner(self.owner).filter(
            talks__gt=0, contact__merged_into=None, contact__do_not_contact=False, last_at__isnull=False
        )
        best = rows.order_by("-strength", "contact_id").values_list(
            "contact_id", "contact__name", "contact__introduced_by_id", "last_at"
        )
        people = {pk: (name, by, at) for pk, name, by, at in best[:_INTRODUCED]}
        work = self._work({pk: by for pk, (_name, by, _at) in people.items()})
        offers = IntroductionOffer.objects.for_owner(self.owner).filter(left__in=people, right__in=people)
        offered = set(offers.values_list("left_id", "right_id"))
        for one, other, shared in may_like_to_meet(work, offered=offered):
            yield Chance(
                kind=Kind.INTRODUCTION,
                contact=one.contact,
                about=("contact", other.contact),
                since=max(people[one.contact][2], people[other.contact][2]),
                params={"other": people[other.contact][0], "words": shared},
            )

    @staticmethod
    def _work(people: Mapping[int, int | None]) -> Iterable[AtWork]:
        """Where these people (with who led to them) work, and the telling words of their titles."""
        jobs = Position.objects.jobs().filter(contact__in=list(people))
        found: dict[int, AtWork] = {}
        for contact, place, title in jobs.order_by("id").values_list(
            "contact_id", "organization_id", "title"
        ):
            told = {
                key: word for word in fold(title).split() for key in stems(word) if key not in _EVERYBODYS
            }
            known = AtWork(contact=contact, place=place, words=told, introduced_by=people[contact])
            found.setdefault(contact, known)
        return found.values()

    def lines(self, chosen: Iterable[Suggested], voice: words.Voice) -> tuple[FavorLine, ...]:
        """Put what was chosen into words."""
        rows = list(chosen)
        names = dict(
            Contact.objects.filter(pk__in=[one.chance.contact for one in rows]).values_list("pk", "name")
        )
        return tuple(
            FavorLine(
                kind=str(one.chance.kind),
                contact=one.chance.contact,
                contact_name=names.get(one.chance.contact, ""),
                minutes=one.minutes,
                reason=voice.reason(one.reason),
                about=one.chance.about,
                step=self.steps.get((str(one.chance.kind), one.chance.about[1]), ""),
                why_them=self.whys.get((*one.chance.about, one.chance.contact), ""),
            )
            for one in rows
        )


_EVERYBODYS = frozenset(key for word in EVERYBODYS_WORK for key in stems(word))


def shelf_item(owner: AbstractBaseUser, pk: int) -> SavedLink | None:
    """Give one thing of the shelf, or None."""
    found: SavedLink | None = shelf(owner).filter(pk=pk).first()
    return found
