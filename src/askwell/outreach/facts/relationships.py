"""From rows to ``rules.facts.Relationship``, for one contact or for all of them.

Theory of operation.  Contacts are taken in chunks; each chunk costs the same number of queries
whatever is in it, and each table is read in one ordered pass.  What holds for all contacts comes
from ``world``.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Max, Q

from askwell.outreach import calendars
from askwell.outreach.facts.history import summarise
from askwell.outreach.facts.presence import EVERYTHING, present
from askwell.outreach.facts.world import AskedThere, World, world
from askwell.outreach.fold import Folded, fold
from askwell.outreach.models import (
    Advice,
    Favor,
    Introduction,
    JobChange,
    Lead,
    Outreach,
    Promise,
    ResumeRequest,
    Talk,
    Touch,
    Transition,
    Trial,
)
from askwell.people.models import Contact, ContactPoint, PointKind, Position
from askwell.rules.confidentiality import is_guarded
from askwell.rules.facts import (
    JobChangeFacts,
    LeadFacts,
    Leave,
    LoopFacts,
    Mode,
    NameFacts,
    OutreachFacts,
    PromiseFacts,
    Purpose,
    Relationship,
    ResumeRequestFacts,
    State,
    TalkFacts,
    TalkState,
    TrialFacts,
)
from askwell.rules.preparation import HOMEWORK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

ENOUGH_QUESTIONS = 5
CHUNK = 900  # below SQLite's oldest limit on parameters
SPAN = 2000

Groups = dict[int, list[Any]]
T = TypeVar("T")


def relationship(
    contact: Contact, *, now: datetime, given: World | None = None, there: frozenset[str] | None = None
) -> Relationship:
    """Everything the rules may know of one contact; ``there`` is ``presence.present`` of them."""
    around = given or world(contact.owner, now=now)
    there = present(contact.pk) if there is None else there
    return next(iter(_chunk(contact.owner, [contact.pk], around, now=now, there=there)))


def relationships(
    owner: AbstractBaseUser,
    contact_ids: Iterable[int] | None = None,
    *,
    now: datetime,
    given: World | None = None,
) -> Iterator[Relationship]:
    """Everything the rules may know of these contacts, or of all; merged ones and the seeker are left out."""
    around = given or world(owner, now=now)
    for part in _parts(owner, contact_ids):
        there = present(part[0]) if len(part) == 1 else EVERYTHING
        yield from _chunk(owner, part, around, now=now, there=there)


def _parts(owner: AbstractBaseUser, ids: Iterable[int] | None) -> Iterable[list[int]]:
    if ids is None:
        return spans(all_people(owner))
    return [ids] if isinstance(ids, Span) else chunks(sorted(set(ids)))


def all_people(owner: AbstractBaseUser) -> list[int]:
    """Keys of all contacts as the seeker sees them."""
    return list(Contact.objects.for_owner(owner).people().order_by("id").values_list("id", flat=True))


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut keys, or other values, into lists a query can take."""
    source = iter(values)
    while part := list(islice(source, size)):
        yield part


class Span(list[int]):
    """Keys that are all the owner's people from the first to the last: asked for by their two ends."""


def spans(everybody: Iterable[int]) -> Iterator[Span]:
    """Cut the keys of all people, in order, into spans; naming each of them would cost more than reading."""
    yield from map(Span, chunks(everybody, SPAN))


def among(field: str, ids: Sequence[int]) -> Q:
    """Give the condition that ``field`` is one of these keys."""
    if isinstance(ids, Span) and ids:
        return Q(**{f"{field}__gte": ids[0], f"{field}__lte": ids[-1]})
    return Q(**{f"{field}__in": ids})


def _chunk(
    owner: AbstractBaseUser,
    ids: list[int],
    around: World,
    *,
    now: datetime,
    there: frozenset[str] = EVERYTHING,
) -> Iterator[Relationship]:
    rows = _Rows(owner, ids, around, there=there)
    for contact in rows.contacts:
        yield rows.relationship(contact, now=now)


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Groups:
    groups: Groups = defaultdict(list)
    for key, *rest in rows:
        groups[key].append(rest)
    return groups


def _unread(rows: QuerySet[Any]) -> Iterator[Any]:
    """Rows in the order they were made; the database is asked only when someone looks."""
    yield from rows.order_by("id")


class _Rows:
    """All rows of one chunk of contacts, grouped by contact; kinds that are not ``there`` are not read."""

    def __init__(
        self, owner: AbstractBaseUser, ids: Sequence[int], around: World, *, there: frozenset[str]
    ) -> None:
        self.around, self.there = around, there
        self.contacts = list(
            Contact.objects.for_owner(owner)
            .people()
            .filter(among("pk", ids))
            .order_by("id")
            .values_list(
                "id", "zone", "country", "place", "do_not_contact", "closeness", "keep_every_days", named=True
            )
        )
        mine = among("contact_id", ids)
        self.touches = _grouped(
            Touch.objects.filter(mine)
            .order_by("contact_id", "at", "id")
            .values_list("contact_id", "at", "direction", "kind", "mode", "answers", "is_news")
        )
        self.favors = self._kept(
            "favors",
            Favor.objects.filter(mine)
            .order_by("contact_id", "at", "id")
            .values_list("contact_id", "at", "kind"),
        )
        self._read_lives(mine, ids)
        self._read_courtesy(mine, ids)
        self._read_names(ids)
        self._read_places(mine)
        self._read_colleagues(ids)

    def _kept(self, kind: str, rows: Iterable[tuple[Any, ...]]) -> Groups:
        return _grouped(rows) if kind in self.there else {}

    def _read_lives(self, mine: Q, ids: Sequence[int]) -> None:
        self.talks = self._kept(
            "talks",
            (
                (talk.contact_id, talk)
                for talk in _unread(Talk.objects.filter(mine).select_related("outreach").defer("notes"))
            ),
        )
        self.outreaches = self._kept(
            "outreaches", ((row.contact_id, row) for row in _unread(Outreach.objects.filter(mine)))
        )
        self.moves = self._kept(
            "outreaches",
            Transition.objects.filter(among("outreach__contact_id", ids))
            .order_by("outreach_id", "id")
            .values_list("outreach_id", "happening", "at", "until"),
        )

    def _read_courtesy(self, mine: Q, ids: Sequence[int]) -> None:
        self.promises = self._kept(
            "promises",
            Promise.objects.filter(mine, kept_at=None, dropped_at=None)
            .order_by("id")
            .values_list("contact_id", "id", "mine", "made_at", "due"),
        )
        self.loops = self._kept(
            "advice",
            Advice.objects.filter(mine, told_at=None)
            .order_by("id")
            .values_list("contact_id", "id", "received_at", "acted_at"),
        )
        self.job_changes = self._kept(
            "job_changes",
            JobChange.objects.filter(mine, congratulated_at=None, let_go_at=None)
            .order_by("id")
            .values_list("contact_id", "id", "noticed_at"),
        )
        self.trials = self._kept(
            "trials",
            Trial.objects.filter(mine, done_at=None, dropped_at=None, on__isnull=False)
            .order_by("id")
            .values_list("contact_id", "id", "on"),
        )
        self.resume_requests = self._kept(
            "resume_requests",
            ResumeRequest.objects.filter(mine, sent_at=None, dropped_at=None)
            .order_by("id")
            .values_list("contact_id", "id", "asked_at"),
        )
        self.leads = self._kept(
            "leads",
            ((lead.source_id, lead) for lead in _unread(Lead.objects.filter(among("source_id", ids)))),
        )

    def _read_names(self, ids: Sequence[int]) -> None:
        self.names = self._kept(
            "given",
            Introduction.objects.filter(among("giver_id", ids))
            .order_by("id")
            .values_list("giver_id", "id", "given_at", "leave", "about_id"),
        )
        leaves = Introduction.objects.filter(among("about_id", ids)).order_by("given_at", "id")
        self.leaves = {
            (about, giver): (leave, given_at)
            for about, giver, leave, given_at in (
                leaves.values_list("about_id", "giver_id", "leave", "given_at")
                if "named" in self.there
                else ()
            )
        }
        self._read_named({row[3] for rows in self.names.values() for row in rows if row[3]})

    def _read_named(self, abouts: set[int]) -> None:
        """When those whose names were given were last written to, and whom an outreach goes to."""
        self.last_out: dict[int | None, datetime] = {}
        self.with_outreach: set[int | None] = set()
        if not abouts:
            return
        written = Touch.objects.filter(contact_id__in=abouts, direction="out").exclude(kind="invitation")
        self.last_out.update(written.values_list("contact_id").annotate(last=Max("at")))
        self.with_outreach.update(
            Outreach.objects.filter(contact_id__in=abouts).values_list("contact_id", flat=True)
        )

    def _read_places(self, mine: Q) -> None:
        self.organizations = _grouped(
            Position.objects.jobs()
            .filter(mine, organization__isnull=False)
            .order_by("id")
            .values_list("contact_id", "organization_id")
        )
        self.points = _grouped(
            ContactPoint.objects.filter(mine, kind__in=[PointKind.PHONE, PointKind.EMAIL])
            .order_by("id")
            .values_list("contact_id", "kind", "norm")
        )

    def _read_colleagues(self, ids: Sequence[int]) -> None:
        colleagues = self.around.colleagues
        if len(ids) != 1:
            self.asked = colleagues.everywhere()
        else:
            own = self.organizations.get(ids[0])
            self.asked = colleagues.at(own[0][0]) if own else AskedThere()

    def relationship(self, contact: Any, *, now: datetime) -> Relationship:
        pk, around = contact.id, self.around
        organizations = [row[0] for row in self.organizations.get(pk, ())]
        phones = [norm for kind, norm in self.points.get(pk, ()) if kind == PointKind.PHONE]
        talks = [row[0] for row in self.talks.get(pk, ())]
        held = [_ended(talk) for talk in talks if talk.state == TalkState.HELD]
        silent, helps = self.asked.others(pk, organizations[0] if organizations else None)
        return Relationship(
            contact=pk,
            calendar=calendars.of_contact(
                zone=contact.zone,
                country=contact.country,
                place=contact.place,
                phones=phones,
                seeker=around.calendar,
                now=now,
            ),
            do_not_contact=contact.do_not_contact,
            organization=organizations[0] if organizations else None,
            colleagues_open=silent,
            colleague_helps=helps,
            at_guarded_employer=self._is_guarded(pk, organizations),
            closeness=contact.closeness,
            keep_every_days=contact.keep_every_days,
            history=summarise(
                self.touches.get(pk, ()), now=now, favors=self.favors.get(pk, ()), talk_ends=held
            ),
            outreaches=tuple(
                self._outreach(row[0], phone=bool(phones)) for row in self.outreaches.get(pk, ())
            ),
            talks=tuple(_talk(talk) for talk in talks),
            promises=tuple(
                PromiseFacts(id=key, mine=mine, made_at=made, due=due)
                for key, mine, made, due in self.promises.get(pk, ())
            ),
            loops=tuple(
                LoopFacts(id=key, received_at=received, acted_at=acted)
                for key, received, acted in self.loops.get(pk, ())
            ),
            names=tuple(self._name(*row) for row in self.names.get(pk, ())),
            leads=tuple(_lead(row[0]) for row in self.leads.get(pk, ())),
            resume_requests=tuple(
                ResumeRequestFacts(id=key, asked_at=at) for key, at in self.resume_requests.get(pk, ())
            ),
            trials=tuple(TrialFacts(id=key, on=day) for key, day in self.trials.get(pk, ())),
            job_changes=tuple(
                JobChangeFacts(id=key, noticed_at=at) for key, at in self.job_changes.get(pk, ())
            ),
        )

    def _is_guarded(self, pk: int, organizations: Sequence[int]) -> bool:
        if not self.around.guard:
            return False
        emails = (norm for kind, norm in self.points.get(pk, ()) if kind == PointKind.EMAIL)
        return is_guarded(self.around.guard, organizations=organizations, addresses=emails)

    def _outreach(self, row: Outreach, *, phone: bool) -> OutreachFacts:
        folded = self.folded(row)
        leave, referred_at = self.leaves.get((row.contact_id, row.referrer_id), (Leave.UNASKED, None))
        return OutreachFacts(
            id=row.pk,
            state=folded.state,
            purpose=Purpose(row.purpose),
            mode=Mode(row.mode),
            sent=folded.sent,
            opened_at=folded.anew_at or row.opened_at,
            until=folded.until,
            yes_at=folded.yes_at,
            agreed=folded.agreed,
            referrer=row.referrer_id,
            leave=Leave(leave),
            referred_at=referred_at,
            draft_clean=folded.state is State.READY,
            phone_offered=phone,
        )

    def folded(self, row: Outreach) -> Folded:
        """Where the outreach stands by its transitions."""
        return fold(self.moves.get(row.pk, ()))

    def _name(self, pk: int, given_at: datetime, leave: str, about: int | None) -> NameFacts:
        last = self.last_out.get(about)
        return NameFacts(
            id=pk,
            given_at=given_at,
            leave=Leave(leave),
            about=about,
            written_at=last if last and last >= given_at else None,
            outreach_open=about in self.with_outreach,
        )


def _ended(talk: Talk) -> datetime:
    from datetime import timedelta

    return talk.ended_at or talk.starts_at + timedelta(minutes=talk.minutes)


def _talk(talk: Talk) -> TalkFacts:
    return TalkFacts(
        id=talk.pk,
        state=TalkState(talk.state),
        starts_at=talk.starts_at,
        minutes=talk.minutes,
        outreach=talk.outreach_id,
        confirmed_at=talk.confirmed_at,
        prepared=is_prepared(talk.outreach),
        ended_at=talk.ended_at,
        thanked_at=talk.thanked_at,
        reflected_at=talk.reflected_at,
        changes_by_them=talk.changes_by_them,
    )


def is_prepared(outreach: Outreach | None) -> bool:
    """Whether the homework of the talk's outreach is done or skipped on purpose, or said to be done."""
    if outreach is None:
        return False
    homework = outreach.homework
    if homework.get("prepared"):
        return True
    settled = {key for key, value in homework.items() if value} | set(homework.get("skipped", ()))
    return settled.issuperset(HOMEWORK) and len(outreach.questions) >= ENOUGH_QUESTIONS


def _lead(lead: Lead) -> LeadFacts:
    return LeadFacts(
        id=lead.pk,
        heard_at=lead.heard_at,
        expires=lead.expires,
        acted_at=lead.acted_at,
        source_thanked_at=lead.source_thanked_at,
        outcome_at=lead.outcome_at,
        outcome_told_at=lead.outcome_told_at,
        closed=lead.closed_at is not None,
    )
