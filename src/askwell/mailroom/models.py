"""Accounts, the outbox, the folders looked at, and what came in.

Passwords and tokens are in none of these tables (``secrets``).
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from askwell.mailroom.lifecycle import OPEN, State
from askwell.people.models import Change, Contact, Owned


class Security(models.TextChoices):
    """How a connection is kept secret."""

    TLS = "tls", _("TLS from the start")
    STARTTLS = "starttls", _("STARTTLS")
    NONE = "none", _("none (this machine only)")


class Mechanism(models.TextChoices):
    """What one signs in with."""

    PASSWORD = "password", _("a password or an app password")
    XOAUTH2 = "xoauth2", _("a token (OAuth 2)")


def new_handle() -> str:
    """Make a name under which a secret is kept: it tells nothing, and no other notebook has it."""
    return uuid4().hex


class Secret(Owned):
    """A password or token, encrypted; only where the system keeps none (``secrets``).  Never exported."""

    handle = models.CharField(max_length=40, unique=True)
    sealed = models.TextField()


class Account(Owned):
    """A mailbox of the user's: where it is read, and where it sends."""

    address = models.CharField(max_length=320)
    name = models.CharField(max_length=200, default="", blank=True)  # as it stands in From
    login = models.CharField(max_length=320)
    mechanism = models.CharField(max_length=8, choices=Mechanism.choices, default=Mechanism.PASSWORD)
    handle = models.CharField(max_length=40, default=new_handle)  # of its secret
    imap_host = models.CharField(max_length=255, default="", blank=True)  # empty: it only sends
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    smtp_host = models.CharField(max_length=255, default="", blank=True)  # empty: it only reads
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    sent_folder = models.CharField(max_length=300, default="", blank=True)
    saves_sent = models.BooleanField(default=False)  # the server keeps the copy in Sent by itself
    added_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)  # the pause switch: nothing goes out
    trouble = models.JSONField(default=dict)  # the last one: {"code", "server", "said", "at"}
    polled_at = models.DateTimeField(null=True)
    poll_at = models.DateTimeField(null=True)  # when it is looked at next
    claimed_until = models.DateTimeField(null=True)  # by whoever polls it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "address"], name="account_once")]

    def __str__(self) -> str:
        return self.address


class Purpose(models.TextChoices):
    """What a message on its way out is."""

    LETTER = "letter"
    INVITATION = "invitation"
    DIGEST = "digest"


class Outgoing(Owned):
    """One message to one recipient: waiting, on its way, or gone.

    ``about`` is the key of what it was made from (a draft, a talk): the app above knows which table.
    ``data`` is ASCII, with CRLF; fixed, with ``dated``, when it goes to ``sending``.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="outgoing")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="outgoing")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.LETTER)
    about = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)  # what the app above needs again when it goes
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=300, default="", blank=True)
    message_id = models.CharField(max_length=200)
    data = models.TextField(default="", blank=True)
    dated = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=40, default="", blank=True)  # of the worker that has it
    claimed_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=20, default="", blank=True)  # of Evidence
    trouble = models.JSONField(default=dict)  # the last one: {"code", "server", "said", "at"}
    filed_at = models.DateTimeField(null=True)  # its copy lies in Sent
    change = models.ForeignKey(Change, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["owner", "-queued_at"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "message_id"], name="outgoing_message_once"),
            models.UniqueConstraint(
                fields=["owner", "purpose", "about"],
                condition=Q(state__in=sorted(OPEN), about__isnull=False),
                name="outgoing_open_once",
            ),
        ]


class Evidence(models.TextChoices):
    """What settled a message."""

    ANSWER = "answer", _("the server's answer")
    SENT_FOLDER = "sent_folder", _("the copy in Sent")
    CAME_BACK = "came_back", _("a bounce that names it")
    REPLY = "reply", _("a reply to it")
    USER = "user", _("your word")
    RULES = "rules", _("the rules")
    FAULT = "fault", _("a fault of Askwell")


class Folder(Owned):
    """How far a folder of an account has been read."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(max_length=300)
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="folder_once")]


class ArrivalState(models.TextChoices):
    """What became of something that came in."""

    NEW = "new"  # not yet looked at by the app above
    OPEN = "open"  # something is suggested, and the user is asked
    DONE = "done"
    IGNORED = "ignored"


class Arrival(Owned):
    """A message that came in and concerns a contact or a message of one's own.

    ``reading`` is ``formats.mail.reading.to_json`` without what has a column of its own.
    """

    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="arrivals")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="arrivals")
    answers = models.ForeignKey(Outgoing, null=True, on_delete=models.SET_NULL, related_name="arrivals")
    message_id = models.CharField(max_length=1000)  # of its own, or made from its digest
    kind = models.CharField(max_length=12)  # of formats.mail.kinds.Kind
    sender = models.CharField(max_length=320, default="", blank=True)
    sender_name = models.CharField(max_length=300, default="", blank=True)
    subject = models.CharField(max_length=300, default="", blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    text = models.TextField(default="", blank=True)  # without quotation and signature
    reading = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ArrivalState.choices, default=ArrivalState.NEW)
    settled_at = models.DateTimeField(null=True)
    change = models.ForeignKey(Change, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "-at"]),
            models.Index(fields=["contact", "-at"]),
            models.Index(fields=["state", "at"], name="arrived_not_taken_in"),  # asked every second
        ]
        constraints = [models.UniqueConstraint(fields=["owner", "message_id"], name="arrived_once")]


class Digest(Owned):
    """The daily mail to oneself: only where asked for, one a day at most."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="digests")
    hour = models.PositiveSmallIntegerField(default=8)  # in the seeker's zone
    on_since = models.DateTimeField(null=True)
    last_on = models.DateField(null=True)  # the seeker's day it was last made for
    token = models.CharField(max_length=64, unique=True)  # of the one-click off and the links
    language = models.CharField(max_length=10, default="", blank=True)  # it is written in; empty: English

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_digest")]


class CalendarFeed(Owned):
    """A secret address under which a calendar program reads steps and talks."""

    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    steps = models.BooleanField(default=True)
    alarm_minutes = models.PositiveSmallIntegerField(null=True, default=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_feed")]


class CalendarAccount(Owned):
    """A server of calendars (CalDAV), signed in as somebody; or one calendar under a secret address.

    Of such a ``published`` one, ``where`` is its site and ``user`` its name; the address is kept as a secret.
    ``busy`` is when its owner is busy, as last read: [from, until] in UTC.
    """

    where = models.CharField(max_length=1000)  # as it was given: an address, a domain, an e-mail address
    user = models.CharField(max_length=320, default="", blank=True)  # empty: the secret is a token
    published = models.BooleanField(default=False)
    handle = models.CharField(max_length=40, default=new_handle)  # of its secret
    language = models.CharField(max_length=10, default="", blank=True)  # of what is written; empty: English
    added_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)  # it is not looked at
    trouble = models.JSONField(default=dict)  # the last one: {"code", "server", "said", "at"}
    looked_at = models.DateTimeField(null=True)  # when that went well last
    look_at = models.DateTimeField(null=True)  # when it is looked at next; None: now
    claimed_until = models.DateTimeField(null=True)  # by whoever looks
    busy = models.JSONField(default=list)
    busy_at = models.DateTimeField(null=True)  # when it was read

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "where", "user"], name="calendars_once")]

    def __str__(self) -> str:
        return self.where.partition("://")[2].partition("/")[0] or self.where


class ServerCalendar(Owned):
    """One calendar of an account."""

    account = models.ForeignKey(CalendarAccount, on_delete=models.CASCADE, related_name="calendars")
    url = models.CharField(max_length=1000)
    name = models.CharField(max_length=200)
    read_only = models.BooleanField(default=False)
    free_busy_only = models.BooleanField(default=False)  # its times may be read, and nothing else
    timezone = models.TextField(default="", blank=True)  # of whole days, as the server keeps it
    counts = models.BooleanField(default=True)  # what is in it is busy
    writes = models.BooleanField(default=False)  # talks are put into it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "url"], name="calendar_once"),
            models.UniqueConstraint(fields=["owner"], condition=Q(writes=True), name="one_calendar_of_talks"),
        ]

    def __str__(self) -> str:
        return self.name


class EntryState(models.TextChoices):
    """How an entry of a calendar stands to what it is of."""

    IN_STEP = "in_step"
    GONE = "gone"  # removed there: the user is asked
    BOTH = "both"  # changed on both sides: the user is asked
    LEFT = "left"  # the user wants it left alone
    UNREADABLE = "unreadable"  # it became something that is left alone
    REFUSED = "refused"  # the server will not take it


class CalendarEntry(Owned):
    """What stands in a calendar for something here, by its ``uid``: the app above knows of what.

    ``agreed``: what was here and there when both were last in step, as the app above writes it down.
    ``agreed_at`` None: begun to be put there, and not known to have arrived.
    """

    calendar = models.ForeignKey(ServerCalendar, on_delete=models.CASCADE, related_name="entries")
    uid = models.CharField(max_length=100)
    path = models.CharField(max_length=1000)
    agreed = models.JSONField(default=dict)
    agreed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.IN_STEP)
    why = models.CharField(max_length=20, default="", blank=True)  # it is left alone
    there = models.JSONField(default=dict)  # what it says now, where the user is asked
    moved = models.JSONField(default=dict)  # what was taken over from it, until the user has seen it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "uid"], name="entry_once")]
