"""The seeker, the goal, and each outreach with its letters, talks, touches and names given.

``Touch`` and ``Transition`` are append-only: only undo removes them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from askwell.people.models import Contact, Import, Organization, Owned
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
    card = models.JSONField(default=dict)  # what stands on the business card: field -> text
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
    connection_kind = models.CharField(  # of rules.facts.Connection: what ``connection`` names
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
    occupation = models.CharField(max_length=200, default="", blank=True)  # the work it was about

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
            models.Index(fields=["owner", "message_id"]),  # asked for every message that comes in
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
