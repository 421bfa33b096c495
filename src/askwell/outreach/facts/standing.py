"""Standings: history with one contact summed up, and how good it would be to ask them next.

Theory of operation.  What the ranking wants to know of a person is gathered by chunks and kept in
``Standing.facts``; the score kept beside it orders people in one index.  At reading time the best
few hundred are ranked again with what changes by the hour (debts, how recent the last touch is,
whom the seeker has heard so far, who else was asked where they work).  What rests on colleagues is
not kept: one answer would change the rows of everybody at a place.  A score of 0 means a gate stands
that time alone will not lift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.outreach.facts.matching import match, wanted_by
from askwell.outreach.facts.relationships import among
from askwell.outreach.models import Introduction, Standing
from askwell.people.bulk import new_row
from askwell.people.models import Contact, Position
from askwell.rules import ranking
from askwell.rules.cadence import last_touch
from askwell.rules.facts import Leave, Stage
from askwell.rules.ranking import Gate
from askwell.rules.ties import unheard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.facts.world import World
    from askwell.rules.facts import Relationship

STANDING_FIELDS = (
    "last_out_at",
    "last_in_at",
    "last_at",
    "touches",
    "talks",
    "strength",
    "score",
    "facts",
)


class Scorer:
    """Makes standings for chunks of relationships of one owner."""

    def __init__(self, owner: AbstractBaseUser, around: World, *, now: datetime) -> None:
        self.owner, self.around, self.now = owner, around, now
        self.wanted = wanted_by(around.goal)
        self.stage = Stage(around.seeker.stage)

    def standings(self, part: Sequence[int], found: Sequence[Relationship]) -> dict[int, Standing]:
        """Give unsaved standings by contact, three queries for the chunk."""
        work = self._work(part)
        shared = self._shared(part)
        introduced = set(
            Introduction.objects.filter(among("about_id", part), leave=Leave.GIVEN).values_list(
                "about_id", flat=True
            )
        )
        return {
            one.contact: self._standing(
                one,
                work.get(one.contact, {}),
                shared.get(one.contact, ""),
                introduced=one.contact in introduced,
            )
            for one in found
        }

    def _work(self, part: Sequence[int]) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {
            pk: {"headline": headline, "hires": hires, "connector": connector}
            for pk, headline, hires, connector in Contact.objects.filter(among("pk", part)).values_list(
                "id", "headline", "hires", "connector"
            )
        }
        rows = (
            Position.objects.jobs()
            .filter(among("contact_id", part))
            .order_by("-id")
            .values_list("contact_id", "title", "organization__name")
        )
        for pk, title, organization in rows:  # the first position comes last and holds
            found.setdefault(pk, {}).update(title=title, organization=organization or "")
        return found

    def _shared(self, part: Sequence[int]) -> dict[int, str]:
        """How the seeker may know them: a school or an employer they have in common."""
        own = self.around.own
        if not own.schools and not own.employers:
            return {}
        rows = (
            Position.objects.filter(
                among("contact_id", part), organization_id__in=own.schools | own.employers
            )
            .order_by("-school", "id")
            .values_list("contact_id", "organization_id", "school")
        )
        found: dict[int, str] = {}
        for pk, organization, school in rows:
            found.setdefault(pk, f"{'school' if school else 'employer'}:{organization}")
        return found

    def _standing(self, one: Relationship, work: dict[str, Any], group: str, *, introduced: bool) -> Standing:
        facts = self._facts(one, work, group, introduced=introduced)
        last = last_touch(one.history)
        candidate = candidate_of(one.contact, facts, last)
        history = one.history
        return new_row(
            Standing,
            contact_id=one.contact,
            last_out_at=history.last_out_at,
            last_in_at=history.last_in_at,
            last_at=last,
            touches=history.out + history.inbound,
            talks=history.talks,
            strength=round(ranking.strength(candidate, now=self.now), 3),
            score=self._score(candidate, facts),
            facts=facts,
        )

    def _score(self, candidate: ranking.Candidate, facts: dict[str, Any]) -> float:
        if facts.get("gate"):
            return 0.0
        score = ranking.base_score(candidate, stage=self.stage, now=self.now, preset=self.around.preset)
        return round(score, 4)

    def _facts(
        self, one: Relationship, work: dict[str, Any], group: str, *, introduced: bool
    ) -> dict[str, Any]:
        """Everything said once more at reading time; what says nothing is left out."""
        history = one.history
        hours = history.median_reply_hours
        facts = {
            "match": match(
                self.wanted,
                title=work.get("title", ""),
                headline=work.get("headline", ""),
                organization=work.get("organization", ""),
            ),
            "title": work.get("title", ""),
            "at": work.get("organization", ""),
            "organization": one.organization,
            "group": group,
            "school": group.startswith("school:"),
            "exchanges": history.exchanges,
            "hours": None if hours is None else round(hours, 1),
            "closeness": one.closeness,
            "introducer": introduced,
            "volunteer": one.volunteer,
            "unanswered": history.unanswered,
            "unheard": unheard(history),
            "asks": history.asks_since_give,
            "hires": work.get("hires", False),
            "connector": work.get("connector", False),
            "gate": ranking.lasting_gate(one),
        }
        return {name: value for name, value in facts.items() if value not in (None, "", 0, 0.0, False)}


def candidate_of(
    contact: int,
    facts: dict[str, Any],
    last: datetime | None,
    *,
    debts: int = 0,
    diversity: float = 0.5,
    decides: bool = False,
) -> ranking.Candidate:
    """Give the ranking what it may know of one person; ``decides``: that they hire speaks for them."""
    gate = facts.get("gate")
    return ranking.Candidate(
        contact=contact,
        title_match=facts.get("match", 0.0),
        diversity=diversity,
        organization=facts.get("organization"),
        group=facts.get("group", ""),
        last_touch_at=last,
        exchanges=facts.get("exchanges", 0),
        median_reply_hours=facts.get("hours"),
        closeness=facts.get("closeness"),
        shared_school=facts.get("school", False),
        volunteer=facts.get("volunteer", False),
        introducer=facts.get("introducer", False),
        unanswered=facts.get("unanswered", 0),
        unheard=facts.get("unheard", False),
        asks_since_give=facts.get("asks", 0),
        open_outreach=gate == Gate.OPEN,
        do_not_contact=gate == Gate.DO_NOT_CONTACT,
        guarded=gate == Gate.GUARDED,
        used_up=gate == Gate.CLOSED,
        debts=debts,
        decides=decides and facts.get("hires", False),
        connector=facts.get("connector", False),
    )
