"""What happened between the seeker and others, kept as facts; what is due is derived from it.

``Touch`` and ``Transition`` are append-only: only undo removes them.  ``Step`` and ``Standing``
are derived and may be rebuilt at any time (``askwell recompute``).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from askwell.people.models import Contact, Import, Organization, Owned
from askwell.rules.decisions import StepCode
from askwell.rules.facts import (
    Channel,
    Happening,
    Leave,
    Mode,
    Purpose,
    Stage,
    State,
    TalkState,
    TouchKind,
)


def choices(enum: type) -> list[tuple[str, str]]:
    """Choices of a column, from the one enum that names them."""
    return [(member.value, member.value.replace("_", " ")) for member in enum]  # type: ignore[attr-defined]


class Seeker(models.Model):
    """How the seeker works: preset, zone, week, and whether the search is confidential."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seeker")
    preset = models.CharField(max_length=40, default="askwell")
    overrides = models.JSONField(default=dict)  # preset field -> number
    zone = models.CharField(max_length=60, default="UTC")
    country = models.CharField(max_length=2, default="", blank=True)
    stage = models.CharField(max_length=12, choices=choices(Stage), default=Stage.EXPLORING)
    weekly_minutes = models.PositiveSmallIntegerField(default=100)
    confidential = models.BooleanField(default=False)
    employer = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="+")
    who_line = models.CharField(max_length=300, default="", blank=True)  # "I am finishing a master's in ..."
    signature = models.TextField(default="", blank=True)
    story = models.TextField(default="", blank=True)  # 60 to 90 seconds
    offer = models.TextField(default="", blank=True)  # what the seeker can give
    resume_updated_at = models.DateTimeField(null=True, blank=True)
    cards_left = models.PositiveSmallIntegerField(null=True, blank=True)
    first_run_done_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=64, default="", blank=True)  # derived: what the derived rows rest on


class Goal(Owned):
    """The career goal, in at most 25 words; the newest without ``ended_at`` holds."""

    text = models.CharField(max_length=400)
    role = models.CharField(max_length=200, default="", blank=True)
    field = models.CharField(max_length=200, default="", blank=True)
    place = models.CharField(max_length=200, default="", blank=True)
    set_at = models.DateTimeField()
    reviewed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Outreach(Owned):
    """One purpose towards one contact: a series of touches with a life cycle.

    ``state``, ``until`` and ``sent_count`` are folded from the transitions.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="outreaches")
    purpose = models.CharField(max_length=10, choices=choices(Purpose), default=Purpose.EXPLORE)
    mode = models.CharField(max_length=20, choices=choices(Mode), default=Mode.INFORMATIONAL)
    state = models.CharField(max_length=20, choices=choices(State), default=State.PLANNED)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    yes_at = models.DateTimeField(null=True)
    sent_count = models.PositiveSmallIntegerField(default=0)  # touches that count since (re)opened
    referrer = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    hook = models.TextField(default="", blank=True)  # one fact specific to this person
    connection = models.CharField(max_length=300, default="", blank=True)  # how we are connected
    connection_kind = models.CharField(  # of rules.letters.facts.Connection: what ``connection`` names
        max_length=10, default="", blank=True
    )
    homework = models.JSONField(default=dict)  # keys of rules.preparation -> text or True
    questions = models.JSONField(default=list)  # [{"text": str, "starred": bool}]
    outcome_wanted = models.CharField(max_length=300, default="", blank=True)
    offer = models.CharField(max_length=300, default="", blank=True)
    cool = models.BooleanField(default=False)  # the talk went coolly: do not ask for names

    class Meta:
        indexes = [models.Index(fields=["owner", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=~models.Q(state__in=[State.WITHDRAWN, State.DECLINED, State.CLOSED_NO_REPLY]),
                name="one_open_outreach_a_purpose",
            ),
        ]


class Draft(Owned):
    """A letter being written.  Kept as typed; sent ones keep their ``touch``."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="drafts")
    outreach = models.ForeignKey(Outreach, null=True, on_delete=models.CASCADE, related_name="drafts")
    mode = models.CharField(max_length=20, choices=choices(Mode))
    occasion = models.CharField(max_length=12, default="", blank=True)  # of rules.facts.Occasion
    talk = models.ForeignKey("Talk", null=True, on_delete=models.SET_NULL, related_name="drafts")
    channel = models.CharField(max_length=10, choices=choices(Channel), default=Channel.EMAIL)
    subject = models.CharField(max_length=300, default="", blank=True)
    body = models.TextField(default="", blank=True)
    variant = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200, default="", blank=True)  # fixed when first downloaded
    updated_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "sent_at"])]


class Talk(Owned):
    """An informational interview.  ``uid`` and ``sequence`` are those of its calendar entry."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="talks")
    outreach = models.ForeignKey(Outreach, null=True, on_delete=models.SET_NULL, related_name="talks")
    state = models.CharField(max_length=10, choices=choices(TalkState), default=TalkState.SCHEDULED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=20)
    zone = models.CharField(max_length=60, default="", blank=True)  # theirs
    channel = models.CharField(max_length=10, choices=choices(Channel), default=Channel.PHONE)
    where = models.CharField(max_length=300, default="", blank=True)  # number, link or place
    uid = models.CharField(max_length=100)
    sequence = models.PositiveSmallIntegerField(default=0)
    changes_by_them = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)
    notes = models.TextField(default="", blank=True)
    share_theirs = models.PositiveSmallIntegerField(null=True)  # per cent of the talking they did
    reflection = models.JSONField(default=dict)  # keys of rules.reflection -> text
    reflected_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "starts_at"])]


class Touch(Owned):
    """One thing that happened between two people.  Append-only."""

    class Direction(models.TextChoices):
        OUT = "out"
        IN = "in"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="touches")
    outreach = models.ForeignKey(Outreach, null=True, on_delete=models.SET_NULL, related_name="touches")
    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="touches")
    kind = models.CharField(max_length=12, choices=choices(TouchKind))
    direction = models.CharField(max_length=3, choices=Direction.choices)
    channel = models.CharField(max_length=10, choices=choices(Channel), default=Channel.EMAIL)
    mode = models.CharField(max_length=20, choices=choices(Mode), default="", blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    subject = models.CharField(max_length=300, default="", blank=True)
    body = models.TextField(default="", blank=True)
    message_id = models.CharField(max_length=200, default="", blank=True)
    thread = models.CharField(max_length=200, default="", blank=True)
    answers = models.BooleanField(default=True)  # inbound: asks for an answer; outbound: gives one
    is_news = models.BooleanField(default=False)  # allows an early check-in
    batch = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64, default="", blank=True)  # of an imported record

    class Meta:
        indexes = [
            models.Index(fields=["contact", "at"]),
            models.Index(fields=["owner", "at"]),
            models.Index(fields=["owner", "digest"]),
        ]


class Transition(Owned):
    """One move of an outreach through the life-cycle table.  Append-only."""

    outreach = models.ForeignKey(Outreach, on_delete=models.CASCADE, related_name="transitions")
    happening = models.CharField(max_length=20, choices=choices(Happening))
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    touch = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="transitions")
    data = models.JSONField(default=dict)  # overrides with their reasons, the name given, ...

    class Meta:
        indexes = [models.Index(fields=["outreach", "at", "id"])]


class Introduction(Owned):
    """A name someone gave: A puts the seeker in touch with B, with or without leave to use A's name."""

    giver = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="names_given")
    about = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="named_by")
    name = models.CharField(max_length=300)
    detail = models.CharField(max_length=500, default="", blank=True)
    leave = models.CharField(max_length=8, choices=choices(Leave), default=Leave.UNASKED)
    given_at = models.DateTimeField()
    leave_at = models.DateTimeField(null=True)
    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="names")


class Promise(Owned):
    """Something either side said they would do."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="promises")
    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="promises")
    mine = models.BooleanField()
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)


class Advice(Owned):
    """Advice or a name received, until its giver has heard what came of it: the loop to close."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="advice")
    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="advice")
    introduction = models.ForeignKey(  # a name given is a loop too: its giver hears what came of it
        Introduction, null=True, on_delete=models.CASCADE, related_name="loops"
    )
    text = models.CharField(max_length=500)
    received_at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)


class Favor(Owned):
    """An entry of reciprocity: what the seeker gave, or asked for.  Never a debt score."""

    class Kind(models.TextChoices):
        GIVE = "give"
        ASK = "ask"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="favors")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    touch = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="favors")


class Lead(Owned):
    """A possible opening heard of from someone."""

    source = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="leads")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="leads")
    title = models.CharField(max_length=300)
    detail = models.TextField(default="", blank=True)
    url = models.CharField(max_length=500, default="", blank=True)
    heard_at = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)
    source_thanked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, default="", blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)


class NetworkingEvent(Owned):
    """A gathering, planned and followed up."""

    name = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300, default="", blank=True)
    url = models.CharField(max_length=500, default="", blank=True)
    plan = models.JSONField(default=dict)  # people, questions, introduction, offer
    planned_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    notes = models.TextField(default="", blank=True)


class Encounter(Owned):
    """Someone met at a networking event."""

    event = models.ForeignKey(NetworkingEvent, on_delete=models.CASCADE, related_name="encounters")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="encounters")
    said = models.CharField(max_length=500, default="", blank=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "contact"], name="met_once_an_event")]


class Snooze(Owned):
    """A step put off: it holds until its date."""

    key = models.CharField(max_length=80)  # Step.key
    until = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="snoozed_once")]


class Step(Owned):
    """Derived: something due now or later, as ``rules.steps`` decided.  Rebuilt on every change."""

    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="steps")
    source = models.ForeignKey(  # whose relationship it follows from; None: the seeker's own standing
        Contact, null=True, on_delete=models.CASCADE, related_name="+"
    )
    code = models.CharField(max_length=20, choices=choices(StepCode))
    rank = models.PositiveSmallIntegerField()  # place of the code in the order of Today
    key = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    earliest = models.DateTimeField()
    due = models.DateTimeField()
    urgent = models.DateTimeField(null=True)
    stale = models.DateTimeField(null=True)
    why = models.JSONField(default=list)  # rules.decisions.Reason as dicts
    blocked_by = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="step_once")]
        # No index on ``earliest``: SQLite would choose it and sort, where this one gives Today's order.
        indexes = [models.Index(fields=["owner", "rank", "due"])]


class Standing(Owned):
    """Derived: history with one contact summed up, and how good it would be to ask them next."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="standing")
    last_out_at = models.DateTimeField(null=True)
    last_in_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    touches = models.PositiveIntegerField(default=0)
    talks = models.PositiveSmallIntegerField(default=0)
    strength = models.FloatField(default=0)
    score = models.FloatField(default=0)  # rules.ranking.base_score; 0 where a gate stands
    facts = models.JSONField(default=dict)  # what ranking needs again at reading time

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-score", "contact"]),
            models.Index(fields=["owner", "-last_at"]),
        ]
