"""What pages and the command line show: sentences already made, codes beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from askwell.outreach.queries.mentions import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """One reason as a sentence, its rule and who says so (``("S0", "S1")`` or ``("default",)``)."""

    rule: str
    sentence: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step as Today shows it.

    ``action`` is the name of the primary action: a name in ``outreach.actions`` or ``write`` (a
    draft of ``mode``); ``about`` is what it is about: ``("talk", 7)``.  ``when`` is the deadline in
    human words in the seeker's zone; ``late`` says the deadline has passed, ``urgent`` and
    ``stale`` are later marks.
    """

    key: str
    code: str
    contact: int | None
    contact_name: str
    title: str  # one sentence: "Thank Jane Doe"
    when: str  # "by tomorrow 18:00", "since Friday"
    earliest: datetime
    due: datetime
    late: bool
    urgent: bool
    stale: bool
    reasons: tuple[ReasonLine, ...]
    action: str
    about: tuple[str, int]
    mode: str = ""
    occasion: str = ""  # of the draft, where it is a short note around a talk
    blocked_by: ReasonLine | None = None
    snoozed_until: datetime | None = None
    channel: str = ""  # how the rules would send it, where they say so
    move_asked_at: datetime | None = None  # of a talk: another time was asked for, and none agreed yet
    promised: str = ""  # what was promised, in the words it was noted in


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """Someone whose turn it is; nothing to do for the seeker.  ``outreach`` or ``promise`` by ``about``."""

    contact: int
    contact_name: str
    sentence: str  # "Jane Doe has your first note since Friday"
    since: datetime
    until: datetime | None  # when something becomes due again
    about: tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Someone to ask next, with at most three reasons; never a probability."""

    contact: int
    contact_name: str
    headline: str  # the title they hold, else the line they wrote of themselves
    organization: str
    reasons: tuple[ReasonLine, ...]
    mode: str  # "informational" or "reconnect"
    unfamiliar: bool = False  # in the place kept for the dormant or unfamiliar

    @property
    def work(self) -> str:
        """Say what they do and where, each once: ``Product manager, Acme``."""
        where = "" if self.organization in self.headline else self.organization
        return ", ".join(part for part in (self.headline, where) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCard:
    """One line of evidence with its source; ``grade`` A to D."""

    code: str
    line: str
    figure: str
    citation: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCount:
    """One week of reaching out, Monday in the seeker's zone."""

    monday: date
    first_messages: int = 0
    follow_ups: int = 0
    replies: int = 0
    talks: int = 0
    thanks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOffer:
    """The newest action, in words: "Sent to Jane Doe"."""

    change: int
    sentence: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """The goal that holds, and what the goal check says of it (no sentences: it is clear)."""

    id: int
    text: str
    role: str
    field: str
    place: str
    set_at: datetime
    findings: tuple[ReasonLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The one screen.  ``owed``: courtesy debts; ``today``: due by tonight; ``this_week``: seven days."""

    now: datetime
    zone: str
    goal: GoalLine | None
    owed: tuple[StepLine, ...] = ()
    today: tuple[StepLine, ...] = ()
    this_week: tuple[StepLine, ...] = ()
    later: int = 0  # how many steps come after this week or are snoozed
    waiting: tuple[WaitingLine, ...] = ()
    waiting_count: int = 0
    someone_new: tuple[Suggestion, ...] = ()
    season: ReasonLine | None = None  # what the time of the year says to whoever asks somebody
    capacity: int = 0  # new first messages that still fit this week
    talks_per_week: tuple[tuple[date, int], ...] = ()  # eight weeks, oldest first
    evidence: EvidenceCard | None = None
    undo: UndoOffer | None = None
    anybody: bool = False  # whether there are contacts at all
    more_steps: int = 0  # steps due that are not listed, where there are very many


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """One thing that happened with a contact.

    ``kind``: ``touch``, ``talk``, ``promise``, ``transition``, ``introduction``, ``advice``,
    ``favor``, ``lead`` or ``encounter``; ``code`` says more: a touch kind, a happening, ``kept``.
    """

    at: datetime
    kind: str
    code: str
    id: int
    sentence: str
    detail: str = ""
    direction: str = ""  # of a touch: "out" or "in"
    channel: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """Newest first.  ``before`` of the next page, None on the last."""

    items: tuple[TimelineItem, ...]
    next_before: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalLine:
    """Something that cannot be done towards this contact now."""

    mode: str
    reason: ReasonLine
    hard: bool
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InCommon:
    """Something shared with the seeker: ``school``, ``employer`` or ``tag``."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One person of the chain of introductions, nearest first."""

    contact: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """Somebody a contact knows, and from what that follows."""

    contact: int
    name: str
    reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachLine:
    """One outreach and where it stands; ``leave`` is to use the referrer's name."""

    id: int
    purpose: str
    mode: str
    state: str
    state_sentence: str
    opened_at: datetime
    sent_count: int
    until: datetime | None
    referrer: int | None
    referrer_name: str
    leave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReciprocityLine:
    """Given and asked, newest first; ``hint`` where two asks went by without a give."""

    given: tuple[TimelineItem, ...] = ()
    asked: tuple[TimelineItem, ...] = ()
    last_give_at: datetime | None = None
    last_ask_at: datetime | None = None
    hint: ReasonLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person of the list; ``work`` is title and organization, else the headline.

    ``mention`` is where a word stands by which they were found, where it is in nothing shown of them.
    """

    contact: int
    name: str
    work: str
    do_not_contact: bool
    tags: tuple[str, ...] = ()
    last_at: datetime | None = None  # in touch; None: never
    hires: bool = False
    connector: bool = False
    mention: Mention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """An open promise; ``mine`` is the seeker's."""

    id: int
    text: str
    mine: bool
    made_at: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceLine:
    """A piece of advice, whether it was acted on, and whether its giver was told."""

    id: int
    text: str
    received_at: datetime
    acted_at: datetime | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact's page, without what ``people.queries`` gives (addresses, jobs, provenance)."""

    contact: int
    name: str
    next_step: StepLine | None
    steps: tuple[StepLine, ...]
    outreaches: tuple[OutreachLine, ...]
    timeline: TimelinePage
    reciprocity: ReciprocityLine
    came_through: tuple[Link, ...]  # who introduced them, then who introduced that one, ...
    introduced: tuple[Link, ...]  # whom they led to
    in_common: tuple[InCommon, ...]
    strength: float
    strength_sentence: str
    refusals: tuple[RefusalLine, ...]
    hints: tuple[ReasonLine, ...] = ()
    drafts: tuple[int, ...] = ()  # keys of unsent drafts
    promises: tuple[PromiseLine, ...] = ()  # open ones, oldest first
    advice: tuple[AdviceLine, ...] = ()  # whose giver has not heard yet what came of it, oldest first
    zone: str = ""  # theirs; the seeker's where it is not known
    zone_known: bool = False
    strength_why: tuple[ReasonLine, ...] = ()  # what the strength rests on
    knows: tuple[KnownLine, ...] = ()  # whom of the notebook they know, the surest first
