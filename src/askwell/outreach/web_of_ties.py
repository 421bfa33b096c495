"""Who of the notebook knows whom: the seeker's own ties, and those among the contacts.

Theory of operation.  Every table that can say something is read once, whole, for the owner; the rest is
``graph.acquaintance``.  A tie of the seeker has the strength the ranking gives it at ``now``; people of
whom nothing ever came have none, and stand in no tie of the seeker.  A tie among contacts has the
confidence of its evidence for a strength.  Age, origin, gender and the like are not read.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from askwell.graph.acquaintance import (
    WEIGHTS,
    Acquaintance,
    Evidence,
    Letter,
    Stay,
    acquaintances,
    at_a_place,
    in_company,
    month_now,
    on_letters,
    stay,
)
from askwell.mailroom.models import Arrival
from askwell.outreach.facts.standing import candidate_of
from askwell.outreach.models import Encounter, Introduction, IntroductionOffer, Outreach, Standing, Touch
from askwell.people.models import Contact, ContactPoint, PointKind, Position
from askwell.rules import knowing, ranking
from askwell.rules.decisions import because
from askwell.rules.facts import Leave
from askwell.rules.ranking import Gate
from askwell.rules.ties import in_words, why
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.rules.decisions import Reason

SEEKER = 0
_CLOSED = frozenset({Gate.DO_NOT_CONTACT, Gate.GUARDED, Gate.CLOSED})
_MOST_ARRIVALS = 5000  # letters to several that came in, the newest; ours
_BOUNCE = "bounce"


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people who know each other, either way round; ``SEEKER`` stands for the seeker.

    ``strength`` is above 0 and at most 1.  ``may_introduce`` is False where something recorded stands
    against asking one of them to bring the seeker to the other: no contact, a guarded employer, a request
    declined or unanswered for good, or leave to use the name refused.
    """

    source: int
    target: int
    strength: float
    evidence: tuple[Reason, ...]
    may_introduce: bool = True


def ties_among(owner: AbstractBaseUser, *, now: datetime) -> list[Tie]:
    """Give all ties of a notebook, in at most nine queries: the seeker's, then those among contacts."""
    people = {row["contact_id"]: row for row in _standings(owner)}
    closed = {pk for pk, row in people.items() if row["facts"].get("gate") in _CLOSED}
    found = [tie for row in people.values() if (tie := _own(row, now=now, closed=closed)) is not None]
    refused = _refused(owner)
    for one in acquaintances(_evidence(owner, people, now=now)):
        may = not (one.one in closed or one.other in closed or (one.one, one.other) in refused)
        found.append(Tie(one.one, one.other, one.confidence, one.why, may))
    return found


def known_to(contact: Contact, *, now: datetime) -> list[tuple[int, Acquaintance]]:
    """Give the ties of one contact to others, the surest first, each with the other's key."""
    people = {row["contact_id"]: row for row in _standings(contact.owner)}
    found = (
        one
        for one in acquaintances(_evidence(contact.owner, people, now=now))
        if contact.pk in (one.one, one.other)
    )
    pairs = [(one.other if one.one == contact.pk else one.one, one) for one in found]
    return sorted(pairs, key=lambda pair: (-pair[1].confidence, pair[0]))


def _standings(owner: AbstractBaseUser) -> Iterator[dict[str, Any]]:
    rows = Standing.objects.for_owner(owner).order_by("contact_id")
    yield from rows.values("contact_id", "last_at", "facts", "contact__name")


def _own(row: dict[str, Any], *, now: datetime, closed: set[int]) -> Tie | None:
    facts, last, contact = row["facts"], row["last_at"], row["contact_id"]
    strength = ranking.strength(candidate_of(contact, facts, last), now=now)
    if strength <= 0 or facts.get("unheard"):
        return None
    exchanges, closeness = facts.get("exchanges", 0), facts.get("closeness")
    said = (
        in_words(strength, exchanges=exchanges, closeness=closeness) if last else because("K07", "tie.none")
    )
    parts = why(exchanges=exchanges, last_at=last, median_reply_hours=facts.get("hours"), closeness=closeness)
    return Tie(SEEKER, contact, min(1.0, strength), (said, *parts), contact not in closed)


def _evidence(
    owner: AbstractBaseUser, people: dict[int, dict[str, Any]], *, now: datetime
) -> Iterator[Evidence]:
    """Give everything recorded that speaks for two of these people knowing each other."""
    for each in (
        _names_given(owner, people),
        _brought_together(owner),
        _at_places(owner, now=now),
        _at_gatherings(owner),
        on_letters(_letters(owner)),
    ):
        yield from (one for one in each if one.one in people and one.other in people)


def _names_given(owner: AbstractBaseUser, people: dict[int, dict[str, Any]]) -> Iterator[Evidence]:
    given = Introduction.objects.for_owner(owner).filter(about__isnull=False)
    through = Contact.objects.for_owner(owner).filter(introduced_by__isnull=False)
    referred = Outreach.objects.for_owner(owner).filter(referrer__isnull=False)
    pairs = {
        *given.values_list("giver_id", "about_id"),
        *through.values_list("introduced_by_id", "id"),
        *referred.values_list("referrer_id", "contact_id"),
    }
    for giver, about in sorted(pairs):
        if giver in people and about in people:
            why_ = knowing.named(people[giver]["contact__name"], people[about]["contact__name"])
            yield Evidence(giver, about, WEIGHTS.named, why_)


def _brought_together(owner: AbstractBaseUser) -> Iterator[Evidence]:
    made = IntroductionOffer.objects.for_owner(owner).filter(made_at__isnull=False)
    for left, right in made.values_list("left_id", "right_id"):
        yield Evidence(left, right, WEIGHTS.introduced, knowing.introduced())


def _at_places(owner: AbstractBaseUser, *, now: datetime) -> Iterator[Evidence]:
    month = month_now(now)
    stays: defaultdict[tuple[int, bool, str], list[Stay]] = defaultdict(list)
    rows = Position.objects.for_owner(owner).filter(organization__isnull=False, contact__is_self=False)
    for place, name, school, person, title, department, started, ended, current in rows.values_list(
        "organization_id",
        "organization__name",
        "school",
        "contact_id",
        "title",
        "department",
        "started",
        "ended",
        "current",
    ):
        room = fold(title if school else department)
        found = stay(person, started=started, ended=ended, current=current, room=room, now=month)
        if found is not None:
            stays[place, school, name].append(found)
    for (_place, school, name), there in stays.items():
        weight = WEIGHTS.studied if school else WEIGHTS.worked
        yield from at_a_place(name, there, now=month, weight=weight)


def _at_gatherings(owner: AbstractBaseUser) -> Iterator[Evidence]:
    met: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    rows = Encounter.objects.for_owner(owner).values_list("event_id", "event__name", "contact_id")
    for event, name, person in rows:
        met[event, name].append(person)
    for (_event, name), people in met.items():
        yield from in_company(knowing.met(name), people, weight=WEIGHTS.met)


def _letters(owner: AbstractBaseUser) -> Iterator[Letter]:
    """Give letters that went to or came from several: by one message key, or by who was in copy."""
    people: defaultdict[str, set[int]] = defaultdict(set)
    at: dict[str, datetime] = {}
    for key, moment, person in (*_on_one_message(owner), *_in_copy(owner)):
        people[key].add(person)
        at[key] = max(moment, at.get(key, moment))
    yield from (Letter(frozenset(members), at[key]) for key, members in people.items())


def _on_one_message(owner: AbstractBaseUser) -> Iterable[tuple[str, datetime, int]]:
    touches = Touch.objects.for_owner(owner).exclude(message_id="")
    several = touches.values("message_id").annotate(people=Count("contact", distinct=True))
    wanted = several.filter(people__gt=1, people__lte=WEIGHTS.most_on_a_letter).values("message_id")
    rows: Iterable[tuple[str, datetime, int]] = touches.filter(message_id__in=wanted).values_list(
        "message_id", "at", "contact_id"
    )
    return rows


def _in_copy(owner: AbstractBaseUser) -> Iterator[tuple[str, datetime, int]]:
    rows = Arrival.objects.for_owner(owner).filter(contact__isnull=False).exclude(kind=_BOUNCE)
    several = (
        rows.exclude(reading__cc=[])
        .order_by("-at")
        .values_list("message_id", "at", "contact_id", "reading__to", "reading__cc")[:_MOST_ARRIVALS]
    )
    listed = [(key, at, sender, _addresses(to, cc)) for key, at, sender, to, cc in several]
    known = _by_address(owner, {one for row in listed for one in row[3]}) if listed else {}
    for key, at, sender, addresses in listed:
        yield key[:200], at, sender
        yield from ((key[:200], at, known[one]) for one in addresses if one in known)


def _addresses(*lists: Any) -> list[str]:
    """Read addresses as a message was kept with them: ``{"name", "address"}``."""
    people = (one for each in lists if isinstance(each, list) for one in each)
    return [str(one["address"]).lower() for one in people if isinstance(one, dict) and one.get("address")]


def _by_address(owner: AbstractBaseUser, wanted: set[str]) -> dict[str, int]:
    rows = ContactPoint.objects.for_owner(owner).filter(kind=PointKind.EMAIL, contact__is_self=False)
    return {norm: contact for norm, contact in rows.values_list("norm", "contact_id") if norm in wanted}


def _refused(owner: AbstractBaseUser) -> set[tuple[int, int]]:
    rows = Introduction.objects.for_owner(owner).filter(about__isnull=False, leave=Leave.REFUSED)
    pairs = rows.values_list("giver_id", "about_id")
    return {(min(pair), max(pair)) for pair in pairs}
