"""Derived rows: steps and standings, made anew for the contacts a change touched.

Theory of operation.  ``refresher`` is told by the journal, inside each transaction, which contacts
were touched and which organizations somebody left.  It widens them to those whose steps depend on
them (who gave their name; whoever is still silent at a place they are or were at), projects facts,
asks the rules, and writes only what differs.  Standings rest on nobody else: what of them does, is
read where they are ranked.

A step belongs to its ``source``: the contact whose relationship it follows from (a name given makes
a step about another person), or nobody for the seeker's own.  What all contacts rest on (preset,
zone, goal, confidential search, own schools and employers) has a digest kept with the seeker; when it
differs, everything is made anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from askwell.outreach import reasons
from askwell.outreach.facts import (
    World,
    all_people,
    among,
    chunks,
    relationships,
    seeker_facts,
    spans,
    world,
)
from askwell.outreach.facts.standing import STANDING_FIELDS, Scorer
from askwell.outreach.fold import Folded, fold
from askwell.outreach.models import Introduction, Outreach, Seeker, Standing, Step, Transition
from askwell.people.bulk import upsert
from askwell.people.models import Contact, Position
from askwell.rules.decisions import StepCode
from askwell.rules.lifecycle import SILENT
from askwell.rules.steps import seeker_steps, steps_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.rules.decisions import Step as DueStep
    from askwell.rules.facts import Relationship

# What time itself takes away once its moment has passed: it is left out at reading, and goes at a recompute.
TIME_TAKES = (
    StepCode.CONFIRM_TALK.value,
    StepCode.PREPARE_TALK.value,
    StepCode.PLAN_EVENT.value,
    StepCode.CONGRATULATE.value,
    StepCode.RECALL_PROMISE.value,
    StepCode.ASK_CHOSEN.value,
)
_MANY = 1000
RANK = {code: place for place, code in enumerate(StepCode)}
_STEP_FIELDS = (
    "contact_id",
    "source_id",
    "code",
    "rank",
    "about_kind",
    "about_id",
    "earliest",
    "due",
    "urgent",
    "stale",
    "why",
    "blocked_by",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What a recompute looked at, and how many rows it had to change: none, if all was well."""

    contacts: int
    steps_changed: int
    standings_changed: int
    states_changed: int

    @property
    def changed(self) -> int:
        """How many rows in all."""
        return self.steps_changed + self.standings_changed + self.states_changed


def refresher(
    *, owner: AbstractBaseUser, contacts: set[int], now: datetime, places: AbstractSet[int] = frozenset()
) -> None:
    """Make anew what is derived from these contacts.  Registered with ``people.journal.on_change``.

    ``places`` are organizations somebody was at before.
    """
    around = world(owner, now=now)
    if around.seeker.basis != around.basis:
        _rebuild(owner, None, around, now=now)
        Seeker.objects.filter(pk=around.seeker.pk).update(basis=around.basis)
        return
    _rebuild(owner, _widened(owner, contacts, places), around, now=now)


def recompute(owner: AbstractBaseUser, *, now: datetime) -> Recomputed:
    """Make everything derived anew: states of outreaches, steps, standings."""
    states = _refold(owner)
    Step.objects.for_owner(owner).filter(over(now)).delete()
    around = world(owner, now=now)
    done = _rebuild(owner, None, around, now=now)
    Seeker.objects.filter(pk=around.seeker.pk).update(basis=around.basis)
    return Recomputed(
        contacts=done.contacts,
        steps_changed=done.steps_changed,
        standings_changed=done.standings_changed,
        states_changed=states,
    )


def over(now: datetime) -> Q:
    """Which steps time has taken away."""
    return Q(code__in=TIME_TAKES, stale__lte=now)


def _widened(owner: AbstractBaseUser, contacts: set[int], places: AbstractSet[int]) -> set[int]:
    """Add those whose steps depend on these contacts, or on who is at these places."""
    found = set(contacts)
    for left in chunks(sorted(places)):
        found.update(_silent_at(owner, left))
    for part in chunks(sorted(contacts)):
        found.update(
            Introduction.objects.for_owner(owner).filter(about_id__in=part).values_list("giver_id", flat=True)
        )
        # Whichever these were, now or not: who has just left a place was counted there.
        jobs = Position.objects.filter(contact_id__in=part, organization__isnull=False)
        found.update(_silent_at(owner, jobs.values("organization_id")))
    return found


def _silent_at(owner: AbstractBaseUser, places: Any) -> QuerySet[Any]:
    """Name who works there and has not answered yet."""
    return (
        Outreach.objects.for_owner(owner)
        .filter(
            state__in=SILENT,
            contact__positions__current=True,
            contact__positions__school=False,
            contact__positions__organization_id__in=places,
        )
        .values_list("contact_id", flat=True)
    )


def _rebuild(owner: AbstractBaseUser, ids: set[int] | None, around: World, *, now: datetime) -> Recomputed:
    steps = standings = 0
    if ids is not None and len(ids) > _MANY and len(all_people(owner)) < 2 * len(ids):
        ids = None  # most of them: asked for by their two ends, all cost less than these one by one
    wanted = all_people(owner) if ids is None else sorted(ids)
    scorer = Scorer(owner, around, now=now)
    for part in spans(wanted) if ids is None else chunks(wanted):
        found = list(relationships(owner, part, now=now, given=around))
        steps += _write_steps(owner, part, found, around, now=now)
        standings += _write_standings(owner, part, scorer.standings(part, found))
    steps += _write_seeker_steps(owner, around, now=now)
    if ids is None:
        gone = Q(merged_into__isnull=False) | Q(is_self=True)
        hidden = Contact.objects.for_owner(owner).filter(gone).values("id")
        steps += (
            Step.objects.for_owner(owner).filter(Q(contact__in=hidden) | Q(source__in=hidden)).delete()[0]
        )
        standings += Standing.objects.for_owner(owner).filter(contact__in=hidden).delete()[0]
    return Recomputed(
        contacts=len(wanted), steps_changed=steps, standings_changed=standings, states_changed=0
    )


# --- steps


def _write_steps(
    owner: AbstractBaseUser, part: list[int], found: Iterable[Relationship], around: World, *, now: datetime
) -> int:
    dues = ((due, one.contact) for one in found for due in steps_for(one, preset=around.preset, now=now))
    # No owner in the condition: SQLite would walk all of the owner's steps instead of this part's.
    rows = Step.objects.filter(among("source_id", part))
    return _differ(owner, rows, dues)


def _write_seeker_steps(owner: AbstractBaseUser, around: World, *, now: datetime) -> int:
    seeker = seeker_facts(owner, now=now, given=around)
    dues = seeker_steps(seeker, preset=around.preset, now=now)
    rows = Step.objects.for_owner(owner).filter(source=None)
    return _differ(owner, rows, ((due, None) for due in dues))


def _columns(due: DueStep, source: int | None) -> tuple[Any, ...]:
    """Give the columns of a step, in the order of ``_STEP_FIELDS``."""
    return (
        due.contact,
        source,
        due.code.value,
        RANK[due.code],
        *due.about,
        due.earliest,
        due.due,
        due.urgent,
        due.stale,
        [reasons.to_json(why) for why in due.why],
        reasons.to_json(due.blocked_by) if due.blocked_by else None,
    )


def _differ(owner: AbstractBaseUser, rows: QuerySet[Any], dues: Iterable[tuple[DueStep, int | None]]) -> int:
    """Bring these stored steps to what is due: write only what differs; gives how many rows that were."""
    wanted: dict[str, tuple[Any, ...]] = {}
    for due, source in dues:
        if due.key not in wanted:
            wanted[due.key] = _columns(due, source)
    stored = {
        key: (pk, columns)
        for pk, whose, key, *columns in rows.values_list("pk", "owner_id", "key", *_STEP_FIELDS)
        if whose == owner.pk
    }
    gone = [pk for key, (pk, _) in stored.items() if key not in wanted]
    changed = [
        Step(owner_id=owner.pk, key=key, **dict(zip(_STEP_FIELDS, columns, strict=True)))
        for key, columns in wanted.items()
        if key not in stored or not _same_step(stored[key][1], columns)
    ]
    for part in chunks(gone):
        Step.objects.filter(pk__in=part).delete()
    Step.objects.bulk_create(
        changed,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["owner", "key"],
        update_fields=[name.removesuffix("_id") if name != "about_id" else name for name in _STEP_FIELDS],
    )
    return len(gone) + len(changed)


_TIMELESS = {StepCode.REPRINT_CARDS.value}
_CODE, _WHY = _STEP_FIELDS.index("code"), _STEP_FIELDS.index("why")


def _same_step(stored: Sequence[Any], columns: Sequence[Any]) -> bool:
    """A step that has no moment of its own keeps the one it was first seen at."""
    if list(stored) == list(columns):
        return True
    code, why = columns[_CODE], columns[_WHY]
    timeless = code in _TIMELESS or (code == StepCode.RENEW_GOAL and why[0]["text"] == "goal.first")
    return timeless and bool(stored[_WHY] == why)


# --- standings


def _write_standings(owner: AbstractBaseUser, part: list[int], rows: Mapping[int, Standing]) -> int:
    members = set(part)
    stored = {row["contact_id"]: row for row in _stored_standings(part) if row["contact_id"] in members}
    gone = [contact for contact in stored if contact not in rows]
    if gone:
        Standing.objects.filter(contact_id__in=gone).delete()
    changed = [
        row
        for contact, row in rows.items()
        if contact not in stored
        or any(stored[contact][name] != getattr(row, name) for name in STANDING_FIELDS)
    ]
    for row in changed:
        row.owner_id = owner.pk
    upsert(changed, "contact")
    return len(gone) + len(changed)


def _stored_standings(part: list[int]) -> list[dict[str, Any]]:
    return list(Standing.objects.filter(among("contact_id", part)).values("contact_id", *STANDING_FIELDS))


# --- states

_FOLDED = tuple(Folded().columns())


def _refold(owner: AbstractBaseUser) -> int:
    """Fold every outreach from its transitions again; gives how many rows differed."""
    changed = 0
    pks = list(Outreach.objects.for_owner(owner).order_by("id").values_list("id", flat=True))
    for part in chunks(pks):
        moves: dict[int, list[Any]] = {}
        rows = Transition.objects.filter(outreach_id__in=part).order_by("outreach_id", "id")
        for pk, *move in rows.values_list("outreach_id", "happening", "at", "until"):
            moves.setdefault(pk, []).append(move)
        for row in Outreach.objects.filter(pk__in=part).values("pk", *_FOLDED):
            columns = fold(moves.get(row["pk"], ())).columns()
            if any(row[name] != value for name, value in columns.items()):
                Outreach.objects.filter(pk=row["pk"]).update(**columns)
                changed += 1
    return changed
