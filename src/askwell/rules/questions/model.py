"""The shape of a question: what it asks for, of whom, when, and when rather not.

Theory of operation.  A question is data: a stable key, one English sentence marked for translation, and
the circumstances it fits.  Circumstances are closed sets, so that ``picking`` can decide by them and say
in words why.  A ``Sheet`` fills in what the questions of one category share.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.facts import Mode, Stage
from askwell.rules.modes import TALK_MODES

if TYPE_CHECKING:
    from collections.abc import Mapping

BOLLES = "R. N. Bolles, What Color Is Your Parachute?"
DALTON = "Dalton"
DREXEL = "Drexel University"
DUKE = "Duke University career hub"
GALLEN_WASSERMAN = "Y. Gallen and M. Wasserman, 2021"
POSNER = "M. Posner, University of California, Los Angeles"


def _(text: str) -> str:
    return text


class Category(StrEnum):
    """What a question is about, in the order of a talk; the last two are for before and after it."""

    PATH = "path"
    ROLE = "role"
    FIT = "fit"
    TRENDS = "trends"
    INSIGHTS = "insights"
    ASSIGNMENTS = "assignments"
    CULTURE = "culture"
    ADVICE = "advice"
    MARKET = "market"
    RESOURCES = "resources"
    GIVE_BACK = "give_back"
    CLOSERS = "closers"
    THEIRS = "theirs"
    REFLECTION = "reflection"


TITLES: Mapping[Category, str] = {
    Category.PATH: _("Their path"),
    Category.ROLE: _("What the work is like"),
    Category.FIT: _("Fit and preparation"),
    Category.TRENDS: _("What is changing"),
    Category.INSIGHTS: _("What one sees only from inside"),
    Category.ASSIGNMENTS: _("What they work on now"),
    Category.CULTURE: _("Work, life and how people treat each other"),
    Category.ADVICE: _("Advice"),
    Category.MARKET: _("Who else does this work"),
    Category.RESOURCES: _("What to read, join and try"),
    Category.GIVE_BACK: _("Giving back"),
    Category.CLOSERS: _("Closing"),
    Category.THEIRS: _("What they may ask you"),
    Category.REFLECTION: _("What to ask yourself afterwards"),
}


class Phase(StrEnum):
    """When it is asked: ``BEFORE`` is for rehearsing, ``AFTER`` for one's own notes."""

    BEFORE = "before"
    OPEN = "open"
    CORE = "core"
    CLOSE = "close"
    AFTER = "after"


ASKED = frozenset({Phase.OPEN, Phase.CORE, Phase.CLOSE})


class Relation(StrEnum):
    """How well one knows the person asked."""

    STRANGER = "stranger"
    WARM = "warm"
    MENTOR = "mentor"


class Seeks(StrEnum):
    """What a question asks for; two that ask for the same are not asked in one talk."""

    STORY = "story"  # how they came to it
    TURN = "turn"  # a decision on the way
    BEGINNING = "beginning"  # how one starts
    NEWS = "news"  # what is new with them
    DAY = "day"  # what the days hold
    LIKES = "likes"
    STRAIN = "strain"  # what is hard or wears
    CRAFT = "craft"  # how the work is done, and done well
    PEOPLE = "people"  # with whom
    MEASURE = "measure"  # how good work is told from bad
    SKILLS = "skills"
    PROOF = "proof"  # what shows that one can do it
    LEARNING = "learning"  # courses, licences, training
    MATCH = "match"  # who thrives in it
    OUTLOOK = "outlook"
    CAUSE = "cause"  # what drives a change
    TOOLS = "tools"
    SURPRISE = "surprise"
    DECISIONS = "decisions"  # how a place decides
    STRENGTH = "strength"  # what a place does well or badly
    PROJECT = "project"
    PRIORITY = "priority"
    COUNSEL = "counsel"
    VERDICT = "verdict"  # what they think of a plan
    MISTAKE = "mistake"
    SEARCH = "search"  # how one looks for work in this field
    READING = "reading"
    GATHERING = "gathering"
    TRIAL = "trial"  # a small way of trying it
    EMPLOYERS = "employers"
    KINDS = "kinds"  # kinds of places or work
    PAY = "pay"  # of the field, never of the person
    OPENINGS = "openings"  # where one is looking for work, and said so
    HOURS = "hours"
    CARE = "care"  # how people treat each other
    GROWTH = "growth"
    NAMES = "names"
    LEAVE = "leave"
    TOUCH = "touch"
    WISH = "wish"
    GAP = "gap"
    SELF = "self"  # the seeker, asked by them or by themselves


class Avoid(StrEnum):
    """When not to ask it."""

    ANSWERED = "answered"  # they answered it before
    ON_PROFILE = "on_profile"
    ON_SITE = "on_site"
    NO_ORGANIZATION = "no_organization"
    ALONE = "alone"
    NEW_THERE = "new_there"
    SHORT_TALK = "short_talk"
    UNREAD = "unread"
    NO_PLAN = "no_plan"
    COOL = "cool"
    UNLESS_YOU_CARE = "unless_you_care"


class Trade(StrEnum):
    """Kinds of work that have questions of their own."""

    HEALTH = "health"
    TEACHING = "teaching"
    RESEARCH = "research"
    CRAFT = "craft"  # making, building, repairing, engineering
    DIGITAL = "digital"  # software, data, design of products
    MONEY = "money"
    TRADING = "trading"  # selling, marketing, hosting
    MOVING = "moving"  # buying, storing, transporting
    PUBLIC = "public"  # government, law, social work, charities
    ARTS = "arts"


ANYONE = frozenset(Relation)
ALWAYS = frozenset(Stage)
ANY_WAY = TALK_MODES

# Whom, while what, and how asked: the parts of ANYONE, ALWAYS and ANY_WAY some questions are for.
NEW = frozenset({Relation.STRANGER})
NOT_NEW = ANYONE - NEW
MENTORS = frozenset({Relation.MENTOR})
LOOKING = frozenset({Stage.EXPLORING})
CHOSEN = frozenset({Stage.INTERVIEWS})
NEAR = frozenset({Stage.OFFERS})
FOR_WORK = frozenset({Mode.LEAD})
FOR_ADVICE = ANY_WAY - FOR_WORK


def way_of(mode: Mode) -> Mode:
    """Give the kind of asking a talk belongs to; what is no asking by itself goes with asking for advice."""
    return mode if mode in ANY_WAY else Mode.INFORMATIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    ``modes`` has the kinds of asking it fits; ``worth`` (1 to 4) how much it tends to give for its
    minute, our own guess; ``trades`` empty fits any kind of work; ``sources`` as the rules cite theirs.
    """

    key: str
    text: str
    category: Category
    phase: Phase
    seeks: Seeks
    follow_ups: tuple[str, ...]
    modes: frozenset[Mode] = ANY_WAY
    relations: frozenset[Relation] = ANYONE
    stages: frozenset[Stage] = ALWAYS
    avoid: frozenset[Avoid] = frozenset({Avoid.ANSWERED})
    trades: frozenset[Trade] = frozenset()
    worth: int = 2
    sources: tuple[str, ...] = (DEFAULT_OURS,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """What is not asked in an informational talk.

    ``examples`` are questions of the kind; ``why`` is the key of a sentence in ``explain``; ``instead``
    the key of a question that gets what may be had.  ``modes`` and ``relations`` say where it holds.
    """

    key: str
    title: str
    examples: tuple[str, ...]
    rule: str
    why: str
    instead: str
    modes: frozenset[Mode] = ANY_WAY
    relations: frozenset[Relation] = ANYONE
    sources: tuple[str, ...] = (DEFAULT_OURS,)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A question as the seeker keeps it."""

    text: str
    starred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the questions of one category share."""

    category: Category
    phase: Phase = Phase.CORE
    sources: tuple[str, ...] = (DEFAULT_OURS,)

    def ask(  # noqa: PLR0913 - each is a column of its own
        self,
        name: str,
        text: str,
        seeks: Seeks,
        *follow_ups: str,
        phase: Phase | None = None,
        modes: frozenset[Mode] = ANY_WAY,
        to: frozenset[Relation] = ANYONE,
        at: frozenset[Stage] = ALWAYS,
        unless: tuple[Avoid, ...] = (),
        trade: Trade | None = None,
        worth: int = 2,
        sources: tuple[str, ...] | None = None,
    ) -> Question:
        """Write a question down; its key is ``category.name``.  One answered before is never asked again."""
        return Question(
            key=f"{self.category}.{name}",
            text=text,
            category=self.category,
            phase=phase or self.phase,
            seeks=seeks,
            follow_ups=follow_ups,
            modes=modes,
            relations=to,
            stages=at,
            avoid=frozenset({Avoid.ANSWERED, *unless}),
            trades=frozenset({trade} if trade else ()),
            worth=worth,
            sources=sources or self.sources,
        )
