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

from django.db.models import Count, Q

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
from askwell.outreach.facts import chunks
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
_MOST_KNOWN = 500
_MOST_ARRIVALS, _MOST_ON_MESSAGES = 5000, 20_000  # rows of letters to several that are read, the newest; ours
_MOST_ASKED = 400  # of whose ties it is asked one by one; of more, all are read
_BOUNCE = "bounce"
_About = frozenset[int] | None


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
    return _ties(owner, acquaintances(_evidence(owner, None, now=now)), None, now=now)


def ties_around(owner: AbstractBaseUser, people: Iterable[int], *, now: datetime) -> list[Tie]:
    """Give the ties in which somebody stands who knows one of these people, or is one of them.

    They hold every way of three ties from the seeker to these people, whatever the size of the notebook.
    """
    reached, found = set(people), {}
    asked = reached
    for _step in range(2):
        if len(asked) > _MOST_ASKED:
            return ties_among(owner, now=now)
        for one in acquaintances(_evidence(owner, frozenset(asked), now=now)):
            if one.one in asked or one.other in asked:
                found[one.one, one.other] = one
        asked = {end for pair in found for end in pair} - reached
        reached = reached | asked
    return _ties(owner, [found[pair] for pair in sorted(found)], reached, now=now)


def _ties(
    owner: AbstractBaseUser, known: Iterable[Acquaintance], around: Iterable[int] | None, *, now: datetime
) -> list[Tie]:
    """Add the seeker's own ties, and say of each whether something stands against asking."""
    people = {row["contact_id"]: row for row in _standings(owner, around)}
    closed = {pk for pk, row in people.items() if row["facts"].get("gate") in _CLOSED}
    found = [tie for row in people.values() if (tie := _own(row, now=now, closed=closed)) is not None]
    refused = _refused(owner)
    for one in known:
        if one.one in people and one.other in people:
            may = not (one.one in closed or one.other in closed or (one.one, one.other) in refused)
            found.append(Tie(one.one, one.other, one.confidence, one.why, may))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody a contact knows, and from what that follows."""

    contact: int
    name: str
    confidence: float
    evidence: tuple[Reason, ...]


def known_to(contact: Contact, *, now: datetime) -> list[Known]:
    """Give whom of the notebook a contact knows, the surest first; the queries read no more than theirs."""
    pairs = acquaintances(_evidence(contact.owner, frozenset({contact.pk}), now=now))
    others = {
        one.other if one.one == contact.pk else one.one: one
        for one in pairs
        if contact.pk in (one.one, one.other)
    }
    named = Contact.objects.for_owner(contact.owner).people().filter(pk__in=list(others)[:_MOST_KNOWN])
    found = [
        Known(contact=pk, name=name, confidence=others[pk].confidence, evidence=others[pk].why)
        for pk, name in named.values_list("id", "name")
    ]
    return sorted(found, key=lambda one: (-one.confidence, one.name, one.contact))


def _standings(owner: AbstractBaseUser, around: Iterable[int] | None) -> Iterator[dict[str, Any]]:
    rows = Standing.objects.for_owner(owner).order_by("contact_id").values("contact_id", "last_at", "facts")
    if around is None:
        yield from rows
        return
    for part in chunks(sorted(around)):
        yield from rows.filter(contact_id__in=part)


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


def _evidence(owner: AbstractBaseUser, about: _About, *, now: datetime) -> Iterator[Evidence]:
    """Give all that speaks for two people knowing each other; ``about``: what may concern these contacts."""
    yield from _names_given(owner, about)
    yield from _brought_together(owner, about)
    yield from _at_places(owner, about, now=now)
    yield from _at_gatherings(owner, about)
    yield from on_letters(_letters(owner, about))


def _either(about: _About, one: str, other: str) -> Q:
    return Q() if about is None else Q(**{f"{one}__in": about}) | Q(**{f"{other}__in": about})


def _names_given(owner: AbstractBaseUser, about: _About) -> Iterator[Evidence]:
    given = Introduction.objects.for_owner(owner).filter(about__isnull=False)
    through = Contact.objects.for_owner(owner).filter(introduced_by__isnull=False)
    referred = Outreach.objects.for_owner(owner).filter(referrer__isnull=False)
    pairs: dict[tuple[int, int], tuple[str, str]] = {}
    for rows, giver, person in (
        (given, "giver", "about"),
        (through, "introduced_by", ""),
        (referred, "referrer", "contact"),
    ):
        prefix = f"{person}__" if person else ""
        wanted = rows.filter(_either(about, giver, person or "pk"))
        columns = (f"{giver}_id", f"{giver}__name", f"{prefix}id", f"{prefix}name")
        pairs |= {(one, other): (name, called) for one, name, other, called in wanted.values_list(*columns)}
    for (one, other), names in sorted(pairs.items()):
        yield Evidence(one, other, WEIGHTS.named, knowing.named(*names))


def _brought_together(owner: AbstractBaseUser, about: _About) -> Iterator[Evidence]:
    made = IntroductionOffer.objects.for_owner(owner).filter(
        _either(about, "left", "right"), made_at__isnull=False
    )
    for left, right in made.values_list("left_id", "right_id"):
        yield Evidence(left, right, WEIGHTS.introduced, knowing.introduced())


def _at_places(owner: AbstractBaseUser, about: _About, *, now: datetime) -> Iterator[Evidence]:
    month = month_now(now)
    stays: defaultdict[tuple[int, bool, str], list[Stay]] = defaultdict(list)
    rows = Position.objects.for_owner(owner).filter(organization__isnull=False, contact__is_self=False)
    if about is not None:
        rows = rows.filter(organization__in=rows.filter(contact__in=about).values("organization"))
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
        yield from at_a_place(name, there, now=month, weight=weight, about=about)


def _at_gatherings(owner: AbstractBaseUser, about: _About) -> Iterator[Evidence]:
    met: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    rows = Encounter.objects.for_owner(owner)
    if about is not None:
        rows = rows.filter(event__in=rows.filter(contact__in=about).values("event"))
    for event, name, person in rows.values_list("event_id", "event__name", "contact_id"):
        met[event, name].append(person)
    for (_event, name), people in met.items():
        yield from in_company(knowing.met(name), people, weight=WEIGHTS.met)


def _letters(owner: AbstractBaseUser, about: _About) -> Iterator[Letter]:
    """Give letters that went to or came from several: by one message key, or by who was in copy."""
    people: defaultdict[str, set[int]] = defaultdict(set)
    at: dict[str, datetime] = {}
    for key, moment, person in (*_on_one_message(owner, about), *_in_copy(owner, about)):
        people[key].add(person)
        at[key] = max(moment, at.get(key, moment))
    yield from (Letter(frozenset(members), at[key]) for key, members in people.items())


def _on_one_message(owner: AbstractBaseUser, about: _About) -> Iterable[tuple[str, datetime, int]]:
    touches = Touch.objects.for_owner(owner)
    columns = ("message_id", "at", "contact_id")
    if about is None:
        written = touches.exclude(message_id="")
        several = written.values("message_id").annotate(people=Count("contact", distinct=True))
        wanted = several.filter(people__gt=1, people__lte=WEIGHTS.most_on_a_letter).values("message_id")
        rows = written.filter(message_id__in=wanted).order_by("-at", "-id")
        yield from rows.values_list(*columns)[:_MOST_ON_MESSAGES]
        return
    # Asked for first and by contact: as a part of one question, every touch there is would be looked at.
    theirs = Touch.objects.filter(contact__in=about).exclude(message_id="").order_by("-at", "-id")
    keys = dict.fromkeys(theirs.values_list("message_id", flat=True)[:_MOST_ON_MESSAGES])
    for part in chunks(list(keys)):
        yield from touches.filter(message_id__in=part).values_list(*columns)


def _in_copy(owner: AbstractBaseUser, about: _About) -> Iterator[tuple[str, datetime, int]]:
    rows = Arrival.objects.for_owner(owner).filter(contact__isnull=False).exclude(kind=_BOUNCE)
    rows = rows.exclude(reading__cc=[]).filter(_concerning(about)).order_by("-at")
    columns = ("message_id", "at", "contact_id", "reading__to", "reading__cc")
    listed = [
        (key[:200], at, sender, _addresses(to, cc))
        for key, at, sender, to, cc in rows.values_list(*columns)[:_MOST_ARRIVALS]
    ]
    known = _by_address(owner, {one for row in listed for one in row[3]}) if listed else {}
    for key, at, sender, addresses in listed:
        yield key, at, sender
        yield from ((key, at, known[one]) for one in addresses if one in known)


def _concerning(about: _About) -> Q:
    """Keep what a contact wrote, and what went to an address of theirs; of several, everything is read."""
    if about is None or len(about) > 1:
        return Q()
    wanted = Q(contact__in=about)
    for norm in ContactPoint.objects.filter(contact__in=about, kind=PointKind.EMAIL).values_list(
        "norm", flat=True
    ):
        wanted |= Q(reading__to__icontains=norm) | Q(reading__cc__icontains=norm)
    return wanted


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
