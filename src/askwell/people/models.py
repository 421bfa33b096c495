"""Contacts, organizations, positions, where each came from, and the journal that makes undo possible."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class OwnedQuerySet(models.QuerySet[Any]):
    """Every query starts from the owner: nobody reads another's notebook."""

    def for_owner(self, owner: AbstractBaseUser) -> Self:
        """Keep the rows of one owner."""
        return self.filter(owner=owner)

    def count_to(self, most: int) -> int:
        """Count them, and stop there."""
        return self.order_by().values("pk")[:most].count()


class Owned(models.Model):
    """A row of somebody's notebook."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class Change(Owned):
    """One undoable action: what it did, row by row.  Written only by ``journal``."""

    code = models.CharField(max_length=60)  # "outreach.sent", "people.import"
    params = models.JSONField(default=dict)  # for the sentence shown beside Undo
    entries = models.JSONField(default=list)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"])]


class Organization(Owned):
    """A place people work or study.  ``key`` is the folded name two spellings share."""

    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    domains = models.JSONField(default=list)  # e-mail domains, lower case
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="affiliates")
    notes = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="organization_once")]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(OwnedQuerySet):
    """Queries over contacts."""

    def people(self) -> Self:
        """Contacts as the seeker sees them: not themself, not merged away."""
        return self.filter(is_self=False, merged_into=None)


class Contact(Owned):
    """Someone the seeker knows or wants to meet; exactly one, ``is_self``, is the seeker."""

    name = models.CharField(max_length=300)  # as shown
    prefix = models.CharField(max_length=60, default="", blank=True)
    given = models.CharField(max_length=120, default="", blank=True)
    middle = models.CharField(max_length=120, default="", blank=True)
    family = models.CharField(max_length=160, default="", blank=True)
    suffix = models.CharField(max_length=60, default="", blank=True)
    nickname = models.CharField(max_length=120, default="", blank=True)
    sort_key = models.CharField(max_length=300, default="", blank=True)  # folded "family given"
    name_key = models.CharField(max_length=300, default="", blank=True)  # folded, order-free, for matching
    pronouns = models.CharField(max_length=40, default="", blank=True)
    headline = models.CharField(max_length=500, default="", blank=True)
    place = models.CharField(max_length=200, default="", blank=True)
    zone = models.CharField(max_length=60, default="", blank=True)  # IANA name; empty: unknown
    country = models.CharField(max_length=2, default="", blank=True)  # ISO 3166-1 alpha-2; empty: unknown
    birthday = models.CharField(max_length=10, default="", blank=True)  # ISO, or --MM-DD
    notes = models.TextField(default="", blank=True)
    how_met = models.CharField(max_length=500, default="", blank=True)
    connected_on = models.DateField(null=True, blank=True)
    closeness = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5, self-rated
    keep_every_days = models.PositiveSmallIntegerField(null=True, blank=True)  # None: the preset; 0: never
    do_not_contact = models.BooleanField(default=False)
    hires = models.BooleanField(default=False)  # decides whom to take on
    connector = models.BooleanField(default=False)  # knows many, and gladly brings people together
    introduced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="introduced")
    is_self = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)  # of the sample network
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    kept = models.JSONField(default=list)  # what formats gave and we do not understand
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "sort_key"]),
            models.Index(fields=["owner", "name_key"]),
            models.Index(fields=["owner"], condition=Q(is_sample=True), name="people_sample"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(is_self=True), name="one_self"),
        ]

    def __str__(self) -> str:
        return self.name


class PointKind(models.TextChoices):
    """What kind of address a contact point is."""

    EMAIL = "email"
    PHONE = "phone"
    URL = "url"


class ContactPoint(Owned):
    """A way to reach someone, and an exact identity: ``norm`` is equal when the address is."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=5, choices=PointKind.choices)
    value = models.CharField(max_length=500)
    norm = models.CharField(max_length=500)  # lower-cased e-mail, E.164, profile slug or bare URL
    label = models.CharField(max_length=100, default="", blank=True)
    preferred = models.BooleanField(default=False)
    invalid_since = models.DateTimeField(null=True)  # it bounced

    class Meta:
        indexes = [models.Index(fields=["owner", "kind", "norm"])]
        constraints = [
            models.UniqueConstraint(fields=["contact", "kind", "norm"], name="point_once_a_contact"),
        ]


class PostalAddress(Owned):
    """Where post reaches someone."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    label = models.CharField(max_length=100, default="", blank=True)
    po_box = models.CharField(max_length=100, default="", blank=True)
    extended = models.CharField(max_length=200, default="", blank=True)
    street = models.CharField(max_length=300, default="", blank=True)
    city = models.CharField(max_length=120, default="", blank=True)
    region = models.CharField(max_length=120, default="", blank=True)
    postcode = models.CharField(max_length=40, default="", blank=True)
    country = models.CharField(max_length=120, default="", blank=True)
    formatted = models.TextField(default="", blank=True)


class PositionQuerySet(OwnedQuerySet):
    """Queries over positions."""

    def jobs(self) -> Self:
        """Keep the jobs people have now: no school, and nothing they have left."""
        return self.filter(current=True, school=False)


class Position(Owned):
    """A job, or a time at a school.  Dates are ISO of any precision, as people know them."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="positions")
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="positions"
    )
    title = models.CharField(max_length=300, default="", blank=True)  # for a school: the degree
    department = models.CharField(max_length=200, default="", blank=True)
    school = models.BooleanField(default=False)
    started = models.CharField(max_length=10, default="", blank=True)
    ended = models.CharField(max_length=10, default="", blank=True)
    current = models.BooleanField(default=True)
    place = models.CharField(max_length=200, default="", blank=True)
    notes = models.TextField(default="", blank=True)

    objects: ClassVar[Any] = PositionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "organization", "current"])]


class Tag(Owned):
    """A word the seeker files people under."""

    name = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class Tagging(Owned):
    """A tag on a contact."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "tag"], name="tagged_once")]


class ImportState(models.TextChoices):
    """How far an import has come."""

    READING = "reading"
    PLANNED = "planned"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Import(Owned):
    """One bringing-in of files: what it would do, then what it did.

    ``summary`` holds the counts and samples of the plan; ``folder`` the uploaded files, below
    the data folder, removed once applied.  A worker claims the row by ``claimed_until``.
    """

    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READING)
    names = models.JSONField(default=list)  # file names as given
    folder = models.CharField(max_length=500, default="", blank=True)
    format = models.CharField(max_length=40, default="", blank=True)
    mapping = models.JSONField(default=dict)  # for a CSV of unknown columns
    options = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    error = models.TextField(default="", blank=True)
    change = models.ForeignKey(Change, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)


class ImportProblem(Owned):
    """A row that could not be read as it stands, with its place."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    file = models.CharField(max_length=500)
    line = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=60)
    message = models.TextField()
    severity = models.CharField(max_length=10)


class Provenance(Owned):
    """Where a contact's facts came from: which import, file and line, under which name."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="provenance")
    batch = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="provenance")
    file = models.CharField(max_length=500)
    line = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=300)
    uid = models.CharField(max_length=300, default="", blank=True)  # the source's own key
    digest = models.CharField(max_length=64)  # of the record: the same row again changes nothing
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "digest"]), models.Index(fields=["owner", "uid"])]


class ReviewState(models.TextChoices):
    """What a person decided of two contacts."""

    OPEN = "open"
    MERGED = "merged"
    KEPT_APART = "kept_apart"


class Review(Owned):
    """Two contacts that may be one person; a person decides, and the decision is kept."""

    left = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=60)  # code: "same-name", "same-email-other-name"
    detail = models.CharField(max_length=300, default="", blank=True)
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.OPEN)
    batch = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="reviews")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="pair_once")]


class ColumnMapping(Owned):
    """A remembered guess: files with these columns were read this way."""

    header_key = models.CharField(max_length=64)  # digest of the header row
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "header_key"], name="mapping_once")]


def new_handle() -> str:
    """Make a name under which a password is kept elsewhere; it tells nothing."""
    return secrets.token_hex(16)


class Sending(models.TextChoices):
    """Who of the people here goes into an address book that does not have them."""

    NOBODY = "nobody"
    TAGGED = "tagged"
    EVERYBODY = "everybody"


class AddressBook(Owned):
    """An address book on a server, kept in step with the people here (``address_book_sync``)."""

    url = models.CharField(max_length=1000)  # of the collection
    name = models.CharField(max_length=200)
    user = models.CharField(max_length=320)
    handle = models.CharField(max_length=40, default=new_handle)  # of its password
    read_only = models.BooleanField(default=False)
    sends = models.CharField(max_length=10, choices=Sending.choices, default=Sending.NOBODY)
    tag = models.CharField(max_length=100, default="", blank=True)  # of those sent, with TAGGED
    private_too = models.BooleanField(default=False)  # notes and tags as well
    sync_token = models.CharField(max_length=1000, default="", blank=True)
    batch = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")
    synced_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=30, default="", blank=True)  # the code of the last one
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "url"], name="address_book_once")]

    def __str__(self) -> str:
        return self.name


class SyncedCard(Owned):
    """A card of an address book beside a person here: what both last agreed on, and what it says now.

    ``agreed`` and ``theirs`` are fields as ``address_book_sync.cards`` reads them, by key.
    Without a contact it is new there (never agreed) or its person was removed here; without a path it
    was removed there.
    """

    book = models.ForeignKey(AddressBook, on_delete=models.CASCADE, related_name="cards")
    # Hidden from whoever asks what hangs on a contact: a link alone is no use made of somebody.
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    path = models.CharField(max_length=1000, default="", blank=True)
    etag = models.CharField(max_length=300, default="", blank=True)
    uid = models.CharField(max_length=300, default="", blank=True)
    digest = models.CharField(max_length=64, default="", blank=True)  # as ``Provenance.digest``
    agreed = models.JSONField(default=dict)
    agreed_at = models.DateTimeField(null=True)  # None: never
    theirs = models.JSONField(default=dict)
    removing = models.JSONField(default=list)  # keys the user wants removed there
    taken = models.JSONField(default=dict)  # what stood here before it was taken from there, by key
    asked = models.PositiveSmallIntegerField(default=0)  # fields a person has to settle

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "path"], condition=~Q(path=""), name="card_once_a_book")
        ]


class SearchTerm(Owned):
    """Derived: one folded word by which a contact can be found.  Rebuilt by ``recompute``."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=80)
    weight = models.PositiveSmallIntegerField()  # 3 name, 2 organization or title, 1 anything else

    class Meta:
        indexes = [
            # Covers find-as-you-type whole.  Pattern operators let PostgreSQL answer LIKE 'x%' in any locale.
            models.Index(
                fields=["owner", "term", "weight", "contact"],
                name="people_term_prefix",
                opclasses=["int8_ops", "varchar_pattern_ops", "int2_ops", "int8_ops"],
            )
        ]
