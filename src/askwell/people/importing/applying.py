"""A plan carried out: rows written in bulk through the journal, part by part.

Theory of operation.  Contacts are taken in parts of ``PART``.  Those that exist are loaded with all
that hangs on them; then every record is absorbed by its contact: empty columns are filled, addresses,
jobs and tags added, and nothing the seeker typed is overwritten.  A connection whose organization or
title differs from the current job has moved: the old job ends and a new one begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.people.actions.organizations import organizations_named
from askwell.people.actions.tags import clean_tag, tags_named
from askwell.people.bulk import new_row
from askwell.people.hooks import noticers, receivers
from askwell.people.importing.absorbing import Held, absorb, absorb_own, load_held, place_names, told
from askwell.people.importing.moves import Move, move_of
from askwell.people.importing.receivers import Received, touch_digest
from askwell.people.importing.summary import MOST_NAMED
from askwell.people.models import Import, Position, Provenance, Review, Tagging
from askwell.search.text import fold

if TYPE_CHECKING:
    from askwell.formats.records import TouchRecord
    from askwell.people.importing.incoming import Incoming
    from askwell.people.importing.planning import Plan
    from askwell.people.journal import Journal
    from askwell.people.working import Reporter

PART = 1000


class Applier:
    """Carries out one plan.  ``keys`` maps the plan's keys to those of rows."""

    def __init__(self, log: Journal, batch: Import, plan: Plan, report: Reporter) -> None:
        self.log, self.batch, self.plan, self.report = log, batch, plan, report
        self.country: str = batch.options.get("default_country", "")
        self.keys: dict[int, int] = {}
        self.moved: list[dict[str, Any]] = []
        self.moved_count = 0
        self.filled = 0
        self.new_jobs: list[Move] = []

    def run(self) -> Received:
        """Write everything; what the receivers took."""
        self._write_own()
        speaking, notes = self.plan.by_contact(), self._notes()
        total = len(speaking)
        groups = [*speaking.items(), *((key, []) for key in notes if key not in speaking)]
        for start in range(0, len(groups), PART):
            self.report("people", start, total)
            self._write_part(groups[start : start + PART], notes)
        self._write_reviews()
        if self.new_jobs:
            for notice in noticers():
                notice(self.log, self.batch, self.new_jobs)
        return self._deliver()

    def _notes(self) -> dict[int, list[TouchRecord]]:
        found: dict[int, list[TouchRecord]] = {}
        for key, note in self.plan.notes:
            found.setdefault(key, []).append(note)
        return found

    def _write_own(self) -> None:
        own, me = self.plan.reading.own, self.plan.index.me
        if own is None or me is None:
            return
        held = load_held(self.log.owner.pk, [me] if me > 0 else []).get(me) or Held.new(
            self.log, is_self=True
        )
        absorb_own(
            held, own, self.country, organizations_named(self.log, [p.organization for p in own.positions])
        )
        self._save({me: held})

    def _write_part(
        self, groups: list[tuple[int, list[Incoming]]], notes: dict[int, list[TouchRecord]]
    ) -> None:
        people = [person for _key, group in groups for person in group]
        places = organizations_named(self.log, [name for person in people for name in place_names(person)])
        tags = tags_named(self.log, [tag for person in people for tag in person.record.tags])
        known = [self.keys.get(key, key) for key, _group in groups]
        held = load_held(self.log.owner.pk, [key for key in known if key > 0])
        ready: dict[int, Held] = {}
        for key, group in groups:
            one = ready[key] = held.get(self.keys.get(key, key)) or Held.new(self.log)
            for person in group:
                absorb(one, person, self.country, places)
            for note in notes.get(key, ()):
                one.add_note(note)
        self._save(ready)
        self._save_tags(ready, groups, tags)
        self._save_provenance(groups, notes)

    def _save(self, ready: dict[int, Held]) -> None:
        self.log.create_many([one.contact for one in ready.values() if one.is_new])
        for key, one in ready.items():
            self.keys[key] = one.contact.pk
            if one.changes:
                self.filled += 1
                self.log.change(one.contact, **one.changes)
            for job in one.ended:
                self.log.change(job, current=False)
            for job, title in one.titles:
                self._give_title(job, title)
            self._note_move(one)
        for rows in ("points", "addresses", "jobs"):
            made = [row for one in ready.values() for row in one.bound(rows)]
            self.log.create_many(made)

    def _give_title(self, job: Position, title: str) -> None:
        if job.pk is None:
            job.title = title
        else:
            self.log.change(job, title=title)

    def _note_move(self, one: Held) -> None:
        for before, after in one.moves:
            self.moved_count += 1
            if len(self.moved) < MOST_NAMED:
                self.moved.append(
                    {
                        "contact": one.contact.pk,
                        "name": one.contact.name,
                        "from": told(before),
                        "to": told(after),
                    }
                )
        if (one.moves or one.jobs) and (new_job := move_of(one, now=self.log.now)):
            self.new_jobs.append(new_job)

    def _save_tags(
        self, ready: dict[int, Held], groups: list[tuple[int, list[Incoming]]], tags: dict[str, Any]
    ) -> None:
        made = []
        for key, group in groups:
            wanted = dict.fromkeys(fold(clean_tag(tag)) for person in group for tag in person.record.tags)
            for name in wanted:
                tag = tags.get(name)
                if tag is not None and tag.pk not in ready[key].tags:
                    made.append(
                        new_row(Tagging, owner_id=self.log.owner.pk, contact_id=self.keys[key], tag_id=tag.pk)
                    )
        self.log.create_many(made)

    def _save_provenance(
        self, groups: list[tuple[int, list[Incoming]]], notes: dict[int, list[TouchRecord]]
    ) -> None:
        made = [
            self._provenance(key, one.record.source, one.shown, uid=one.record.uid, digest=one.digest)
            for key, group in groups
            for one in group
        ]
        made += [
            self._provenance(key, note.source, note.other.formatted, digest=touch_digest(note))
            for key, _group in groups
            for note in notes.get(key, ())
        ]
        self.log.create_many(made)

    def _provenance(self, key: int, source: Any, name: str, *, digest: str, uid: str = "") -> Provenance:
        return new_row(
            Provenance,
            owner_id=self.log.owner.pk,
            contact_id=self.keys[key],
            batch_id=self.batch.pk,
            file=source.file[:500],
            line=source.line,
            name=name[:300],
            uid=uid[:300],
            digest=digest,
            at=self.log.now,
        )

    def _write_reviews(self) -> None:
        made: dict[tuple[int, int], Review] = {}
        for _person, match in self.plan.people:
            for doubt in match.doubts:
                one, other = self.keys.get(match.key, match.key), self.keys.get(doubt.other, doubt.other)
                pair = (min(one, other), max(one, other))
                if one == other or pair in made or pair in self.plan.index.asked:
                    continue
                made[pair] = Review(
                    owner_id=self.log.owner.pk,
                    left_id=pair[0],
                    right_id=pair[1],
                    reason=doubt.reason,
                    detail=doubt.detail,
                    batch=self.batch,
                    at=self.log.now,
                )
        self.log.create_many(list(made.values()))

    def _deliver(self) -> Received:
        delivery = self.plan.delivery(self.keys, self.keys.get(self.plan.index.me or 0))
        tick = self.report.ticker("history", len(delivery.touches))
        total = Received()
        for receiver in receivers():
            total.add(receiver.apply(self.log, self.batch, delivery, now=self.log.now, tick=tick))
        return total
