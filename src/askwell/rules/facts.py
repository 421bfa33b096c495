"""Facts: frozen snapshots of what is known, the only thing the rules ever see.

Theory of operation.  ``outreach.facts`` projects database rows onto these values; the
rules read them and a ``now`` and return decisions; nothing maps back.  Everything a rule
may need about the outside (zones, holidays) is inside a snapshot, so a rule never asks.
All datetimes are aware, in UTC; a ``Calendar`` says how to read them locally.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


class Purpose(StrEnum):
    """Why the seeker turns to someone (S1's three reasons)."""

    EXPLORE = "explore"  # would I like this work?
    CONNECT = "connect"  # know someone at a place I care for
    BE_KNOWN = "be_known"  # be known to someone who decides


class Mode(StrEnum):
    """The kind of message or contact; the lint and the limits differ by mode.

    ``INFORMATIONAL`` and ``LEAD`` are S2's two kinds of networking, kept apart.
    """

    INFORMATIONAL = "informational"
    FOLLOW_UP = "follow_up"
    LEAD = "lead"
    RECONNECT = "reconnect"
    THANKS = "thanks"
    CHECK_IN = "check_in"
    INTRO_REQUEST = "intro_request"
    EVENT_FOLLOW_UP = "event_follow_up"


class Connection(StrEnum):
    """How the seeker comes to write to this person."""

    REFERRER = "referrer"
    SCHOOL = "school"
    EMPLOYER = "employer"
    GROUP = "group"
    MET_AT = "met_at"
    ARTICLE = "article"
    DIRECTORY = "directory"


class Occasion(StrEnum):
    """Short notes around a talk, beside the modes."""

    CONFIRM = "confirm"  # the business day before
    RESCHEDULE = "reschedule"  # apology and two new times
    CANCEL = "cancel"  # apology and two new times
    CLOSE_LOOP = "close_loop"  # what came of their advice
    CLOSING = "closing"  # let it rest, kindly
    CONGRATULATE = "congratulate"  # on a new job; asks for nothing
    SHARE = "share"  # something of the shelf that made one think of them
    RESUME = "resume"  # they asked for it
    RECALL = "recall"  # what they offered, mentioned once
    LEAD_THANKS = "lead_thanks"  # for a lead
    LEAD_TOLD = "lead_told"  # what came of a lead, to whoever told of it
    TELL = "tell"  # that one is looking; to each in a letter of their own


class State(StrEnum):
    """Where an outreach stands; ``lifecycle`` holds the one table of moves."""

    PLANNED = "planned"
    READY = "ready"
    AWAITING_REPLY = "awaiting_reply"
    ARRANGING = "arranging"
    SCHEDULED = "scheduled"
    HELD = "held"
    IN_TOUCH = "in_touch"
    NEEDS_ADDRESS = "needs_address"
    PAUSED = "paused"
    LATER = "later"
    DECLINED = "declined"
    CLOSED_NO_REPLY = "closed_no_reply"
    WITHDRAWN = "withdrawn"
    DO_NOT_CONTACT = "do_not_contact"


class Happening(StrEnum):
    """What can happen to an outreach: the columns of the life-cycle table."""

    MADE_READY = "made_ready"  # goal clear, draft clean
    MADE_UNREADY = "made_unready"  # goal or draft no longer holds
    SENT = "sent"  # a touch went out: first message, follow-up, call
    BOUNCED = "bounced"  # the last touch never arrived: it does not count
    ADDRESS_MENDED = "address_mended"
    AUTO_REPLIED = "auto_replied"  # carries ``until`` where the reply names a date
    RESUMED = "resumed"  # a pause or a named later date has passed
    REPLIED = "replied"  # they wrote back, neither yes nor no yet
    SAID_YES = "said_yes"
    SAID_NO = "said_no"
    SAID_LATER = "said_later"  # carries ``until``
    REDIRECTED = "redirected"  # talk to someone else instead
    SCHEDULED = "scheduled"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"  # the talk, not the outreach
    MISSED = "missed"  # the talk did not take place
    HELD = "held"
    THANKED = "thanked"
    CHECKED_IN = "checked_in"
    HEARD_FROM = "heard_from"  # an inbound message in a quiet state
    INTRODUCED = "introduced"  # a new warm introduction
    GAVE_UP = "gave_up"  # touches used up and the last wait is over
    WITHDREW = "withdrew"
    FORBADE = "forbade"  # asked not to be contacted


class Leave(StrEnum):
    """Whether someone's name may be used."""

    UNASKED = "unasked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


class Channel(StrEnum):
    """How a touch travels."""

    EMAIL = "email"
    PHONE = "phone"
    LINKEDIN = "linkedin"
    IN_PERSON = "in_person"
    VIDEO = "video"
    LETTER = "letter"
    OTHER = "other"


class TouchKind(StrEnum):
    """What happened between two people."""

    MESSAGE = "message"
    CALL = "call"
    MEETING = "meeting"
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    CARD = "card"
    INVITATION = "invitation"
    INTRODUCTION = "introduction"
    THANKS = "thanks"
    CHECK_IN = "check_in"


class TalkState(StrEnum):
    """Where an informational interview stands."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Stage(StrEnum):
    """Where the seeker's search stands; the ranking weighs people by it."""

    EXPLORING = "exploring"
    INTERVIEWS = "interviews"
    OFFERS = "offers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How a person's days run: zone name, weekend days (0 = Monday) and public holidays.

    ``zone_known`` is False when the seeker's zone stands in: then no claim about the hour is made.
    """

    zone: str = "UTC"
    zone_known: bool = False
    country: str = ""
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachFacts:
    """One outreach.  ``sent`` holds the touches that count since it was (re)opened, oldest first."""

    id: int
    state: State
    purpose: Purpose = Purpose.EXPLORE
    mode: Mode = Mode.INFORMATIONAL
    sent: tuple[datetime, ...] = ()
    opened_at: datetime | None = None
    until: datetime | None = None  # of a pause or a named later date
    yes_at: datetime | None = None  # they agreed, or answered, and no time is set yet
    agreed: bool = True  # they said yes; False: they answered, and nobody has said yet how
    referrer: int | None = None  # contact id of whoever gave the name
    leave: Leave = Leave.UNASKED  # to use the referrer's name
    referred_at: datetime | None = None
    draft_clean: bool = False
    phone_offered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """One informational interview, booked or held."""

    id: int
    state: TalkState
    starts_at: datetime
    minutes: int = 20
    outreach: int | None = None
    confirmed_at: datetime | None = None
    prepared: bool = False
    ended_at: datetime | None = None
    thanked_at: datetime | None = None
    reflected_at: datetime | None = None
    changes_by_them: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFacts:
    """Something one side said they would do, still open."""

    id: int
    mine: bool
    made_at: datetime
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopFacts:
    """Advice or a name received from this contact whose outcome they have not heard.

    ``acted_at`` is when the seeker acted on it, None while they have not.
    """

    id: int
    received_at: datetime
    acted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacts:
    """A name this contact gave.  ``about`` is the contact id of the person named, once known."""

    id: int
    given_at: datetime
    leave: Leave = Leave.UNASKED
    about: int | None = None
    written_at: datetime | None = None  # when the seeker first wrote to the person named
    outreach_open: bool = False  # an outreach to the person named exists: its own steps take over


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """A possible opening heard of from this contact."""

    id: int
    heard_at: datetime
    expires: datetime | None = None
    acted_at: datetime | None = None
    source_thanked_at: datetime | None = None
    outcome_at: datetime | None = None
    outcome_told_at: datetime | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JobChangeFacts:
    """A new position of this contact's that nobody has congratulated them on yet."""

    id: int
    noticed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeRequestFacts:
    """This contact asked for the seeker's resume and has not got it yet."""

    id: int
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """A networking event: planned for, and people met there still to be written to."""

    id: int
    starts_at: datetime
    planned: bool = False
    attended: bool = False
    to_write: tuple[int, ...] = ()  # contact ids met there, not yet written to
    calendar: Calendar = Calendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerFacts:
    """A place on the employer list that is kept for later, with the day to look at it again."""

    id: int
    look_again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlaceFacts:
    """A place where people of the field meet, with the day to look what is next there."""

    id: int
    look_again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFacts:
    """A way to try the work out, through this contact, not done yet; ``on`` is its day, where one is set."""

    id: int
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """The newest decision about an occupation or organization, with the day to look at it again."""

    id: int
    look_again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Touches with one contact, summed up.  Counts are over the last 365 days."""

    first_at: datetime | None = None
    last_out_at: datetime | None = None
    last_in_at: datetime | None = None
    reply_owed_since: datetime | None = None  # their oldest message not yet answered
    last_news_at: datetime | None = None  # something that allows an early check-in
    last_check_in_at: datetime | None = None
    last_talk_at: datetime | None = None
    talks: int = 0
    exchanges: int = 0  # reciprocated: min(out, in)
    out: int = 0
    inbound: int = 0
    median_reply_hours: float | None = None
    asks_since_give: int = 0
    last_give_at: datetime | None = None
    last_ask_at: datetime | None = None
    unanswered: int = 0  # touches out since their last one in


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """Everything the rules may know of one contact."""

    contact: int
    calendar: Calendar = Calendar()
    do_not_contact: bool = False
    volunteer: bool = False
    organization: int | None = None
    colleagues_open: int = 0  # other first contacts at this organization still unanswered
    colleague_helps: bool = False  # someone else there has answered and helps
    at_guarded_employer: bool = False  # current employer or an affiliate, under confidential search
    closeness: int | None = None  # 1 to 5, self-rated
    keep_every_days: int | None = None  # the user's own cadence; None lets the preset decide; 0 means never
    history: History = History()
    outreaches: tuple[OutreachFacts, ...] = ()
    talks: tuple[TalkFacts, ...] = ()
    promises: tuple[PromiseFacts, ...] = ()
    loops: tuple[LoopFacts, ...] = ()
    names: tuple[NameFacts, ...] = ()
    leads: tuple[LeadFacts, ...] = ()
    resume_requests: tuple[ResumeRequestFacts, ...] = ()
    job_changes: tuple[JobChangeFacts, ...] = ()
    trials: tuple[TrialFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenFacts:
    """Somebody chosen, when one looked back, to be asked in the week after it, and not asked yet."""

    contact: int
    week: date  # the Monday of the week looked back on


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekerFacts:
    """The seeker's own standing: goal, week, tools."""

    calendar: Calendar = Calendar()
    goal_text: str = ""
    goal_set_at: datetime | None = None
    stage: Stage = Stage.EXPLORING
    weekly_minutes: int = 100
    reached_out_this_week: int = 0  # new first messages since Monday, seeker's zone
    confidential: bool = False
    resume_updated_at: datetime | None = None
    cards_left: int | None = None
    began_at: datetime | None = None  # the first outreach
    reviewed_week: date | None = None  # the Monday of the last week looked back on
    events: tuple[EventFacts, ...] = ()
    employers: tuple[EmployerFacts, ...] = ()
    places: tuple[MeetingPlaceFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    chosen: tuple[ChosenFacts, ...] = ()
