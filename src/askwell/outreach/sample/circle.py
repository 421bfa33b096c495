"""Giving and telling in the sample: what was done with people of the network, by the ordinary actions.

Theory of operation.  ``Circle`` chooses people while the network is made up and gives them a history
that the actions can stand on.  Once the rows are written, ``live`` does the rest as the seeker would
have, each at its own moment: so every count, touch and step follows as it does for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach import actions
from askwell.outreach.models import Favor, JobChange, Trial
from askwell.outreach.sample import belongings
from askwell.outreach.sample.plots import keep_up
from askwell.outreach.sample.story import Story
from askwell.people.models import Contact, Position
from askwell.rules.catalogue import RULES
from askwell.rules.offers import Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.outreach.models import Resume, SavedLink
    from askwell.outreach.sample.network import Cast

PEOPLE = 17
_OVERRIDES = dict.fromkeys(RULES, "We had agreed on it when we last spoke.")  # a day off there, a full week


@dataclass(slots=True)
class Circle:
    """People of the network with whom more than letters went to and fro."""

    cast: Cast
    offered: list[Contact]  # two to introduce, then two introduced
    moved: list[Contact]  # with a new job; the last was congratulated
    readers: list[Contact]  # of the resume: asked for it, got it
    promised: Contact
    trials: list[Contact]
    told: list[Contact]  # chosen to be told of the search, the first two know

    @classmethod
    def of(cls, cast: Cast, people: list[Contact]) -> Circle:
        """Choose them, and give each a history with the seeker."""
        take = iter(people)

        def some(count: int) -> list[Contact]:
            return [next(take) for _ in range(count)]

        circle = cls(
            cast=cast,
            offered=some(4),
            moved=some(3),
            readers=some(2),
            promised=next(take),
            trials=some(2),
            told=some(5),
        )
        circle._live_before()
        return circle

    @property
    def people(self) -> list[Contact]:
        """All of them."""
        return [*self.offered, *self.moved, *self.readers, self.promised, *self.trials, *self.told]

    def _live_before(self) -> None:
        for contact, days in zip(self.offered, (210, 120, 320, 260), strict=True):
            self._talked(contact, days)
        for contact, days in zip(self.moved, (410, 180, 300), strict=True):
            self._talked(contact, days)
        for contact, days in zip(self.readers, (5, 16), strict=True):
            self._talked(contact, days)
        self._talked(self.promised, 16)
        for contact, days in zip(self.trials, (9, 70), strict=True):
            self._talked(contact, days)
        for contact, days, closeness in zip(
            self.told, (500, 240, 380, 90, 620), (5, 4, 5, 4, 4), strict=True
        ):
            self._talked(contact, days)
            contact.closeness = closeness
        for contact, days, part in zip(self.moved, (6, 3, 11), belongings.DEPARTMENTS, strict=True):
            _new_job(self.cast, contact, f"Head of {part}")
            self._noticed(contact, days)

    def _talked(self, contact: Contact, days: float) -> None:
        story = Story(cast=self.cast, contact=contact, others=[])
        story.whole_talk(days)
        keep_up(story, days)

    def _noticed(self, contact: Contact, days: float) -> None:
        job = next(job for job in self.cast.rows[Position] if job.contact is contact and not job.school)
        self.cast.add(
            JobChange(
                owner=self.cast.owner,
                contact=contact,
                organization=job.organization.name,
                title=job.title,
                noticed_at=self.cast.ago(days),
            )
        )


def _new_job(cast: Cast, contact: Contact, title: str) -> None:
    """Let them have moved on: what they did before stays with its last year."""
    old = next(job for job in cast.rows[Position] if job.contact is contact and not job.school)
    before = Position(
        owner=cast.owner,
        contact=contact,
        organization=old.organization,
        title=old.title,
        started=old.started,
        ended=str(cast.now.year),
        current=False,
    )
    cast.add(before)
    old.title = title
    old.started = cast.ago(25).date().isoformat()[:7]
    contact.headline = f"{old.title}, {old.organization.name}"


def live(circle: Circle, *, shelf: Iterable[SavedLink], resumes: Iterable[Resume]) -> None:
    """Do what was done with them, each at its moment."""
    _introductions(circle)
    _new_jobs(circle, next(iter(shelf)))
    _papers(circle, list(resumes))
    _promise(circle)
    _trials(circle)
    _tellings(circle)
    _favors(circle)


def _introductions(circle: Circle) -> None:
    ago = circle.cast.ago
    left, right, third, fourth = circle.offered
    made = actions.begin_offer(third, fourth, why=belongings.WHY_THESE_TWO[1], now=ago(50))
    for side in Side:
        actions.record_offer_asked(made, side, overrides=_OVERRIDES, now=ago(48))
        actions.record_offer_answer(made, side, yes=True, now=ago(46))
    actions.record_introduced(made, overrides=_OVERRIDES, now=ago(45))
    offer = actions.begin_offer(left, right, why=belongings.WHY_THESE_TWO[0], now=ago(4))
    for side in Side:
        actions.record_offer_asked(offer, side, overrides=_OVERRIDES, now=ago(3))
    actions.record_offer_answer(offer, Side.LEFT, yes=True, text="Gladly, do write to us both.", now=ago(1.2))


def _new_jobs(circle: Circle, link: SavedLink) -> None:
    change = JobChange.objects.get(contact=circle.moved[2])
    actions.congratulated(change, now=circle.cast.ago(8))
    actions.share_link(link, circle.offered[0], now=circle.cast.ago(13))


def _papers(circle: Circle, resumes: list[Resume]) -> None:
    ago = circle.cast.ago
    waiting, sent = circle.readers
    actions.resume_asked(sent, resume=resumes[-1], now=ago(12))
    actions.send_resume(sent, resume=resumes[-1], overrides=_OVERRIDES, now=ago(11))
    actions.resume_asked(waiting, now=ago(0.7))


def _promise(circle: Circle) -> None:
    text = "Send me the table of par levels they use on the wards"
    actions.make_promise(circle.promised, text=text, mine=False, now=circle.cast.ago(16))


def _trials(circle: Circle) -> None:
    ago, (ahead, done) = circle.cast.ago, circle.trials
    day = ago(-5).date()
    actions.note_trial(ahead, kind=Trial.Kind.SHADOWING, text="A morning in receiving", on=day, now=ago(8))
    trial = actions.note_trial(
        done, kind=Trial.Kind.PROJECT, text="Counted one storeroom", on=ago(41).date(), now=ago(60)
    )
    actions.end_trial(
        trial,
        outcome="Three hundred lines in a day, and I was never bored. The nurses came to look.",
        now=ago(40),
    )


def _tellings(circle: Circle) -> None:
    ago = circle.cast.ago
    chosen = actions.choose_to_tell(circle.cast.owner, circle.told, now=ago(9), overrides=_OVERRIDES)
    for telling, days in zip(chosen[:2], (7, 2), strict=True):
        actions.mark_told(telling, now=ago(days))


def _favors(circle: Circle) -> None:
    ago, people = circle.cast.ago, (*circle.offered, *circle.told, circle.promised)
    for contact, text, days in zip(
        people, belongings.GIVEN_AWAY, (190, 92, 300, 61, 33, 150, 18, 75), strict=False
    ):
        actions.record_favor(contact, kind=Favor.Kind.GIVE, text=text, now=ago(days))
    for contact, text, days in zip(circle.told, belongings.ASKED_FOR, (160, 28), strict=False):
        actions.record_favor(contact, kind=Favor.Kind.ASK, text=text, now=ago(days))
