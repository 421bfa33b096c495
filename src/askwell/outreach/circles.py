"""What a circle's file rests on: its secret, the tokens of one's own people, how well one knows them.

Theory of operation.  Tokens of one's own people are made when they are needed and kept nowhere, so whoever
is added later matches too, and two contacts made one match as one.  Into one's own file go people with at
least a loose tie.  Left out are those who are left in peace, those kept out by the seeker, people of the
sample network, and, while the search is confidential, everybody at or writing from a guarded employer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from askwell.formats.circle_file import (
    CircleFile,
    CircleFileError,
    Keys,
    keys_of,
    mail_token,
    profile_token,
    typed,
    write,
)
from askwell.mailroom.secrets import NoSecret, secret_of
from askwell.outreach.errors import BadValue
from askwell.outreach.facts.standing import candidate_of
from askwell.outreach.facts.world import guard_of, seeker_of
from askwell.outreach.models import Standing
from askwell.people.models import Contact, ContactPoint, PointKind, Position
from askwell.people.points import is_identity
from askwell.rules import ranking
from askwell.rules.confidentiality import is_guarded
from askwell.rules.ties import in_words

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Circle

_LEVELS = {"tie.loose": 1, "tie.good": 2, "tie.close": 3}
_PARTED = frozenset({ranking.Gate.DO_NOT_CONTACT, ranking.Gate.GUARDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """The seeker's own file for a circle, and how many people are in it."""

    data: bytes
    people: int


def secret_in_words(circle: Circle) -> str:
    """Give the secret as it is read aloud.  Raises BadValue where it is not to be had."""
    try:
        return secret_of(circle.owner, circle.handle)
    except NoSecret:
        raise BadValue("secret", "secret-gone") from None


def keys_to(circle: Circle) -> Keys | None:
    """Give the keys of a circle; None where its secret is not to be had, as after a move from elsewhere."""
    try:
        return keys_of(typed(secret_of(circle.owner, circle.handle)))
    except NoSecret:
        return None


def tokens(owner: AbstractBaseUser, keys: Keys, *, of: Contact | None = None) -> dict[str, set[int]]:
    """Give the tokens of one's people, or of one of them, each with whom it is of."""
    rows = ContactPoint.objects.for_owner(owner).filter(
        kind__in=(PointKind.EMAIL, PointKind.URL), contact__is_self=False, contact__merged_into=None
    )
    found: defaultdict[str, set[int]] = defaultdict(set)
    for contact, kind, norm in (rows.filter(contact=of) if of else rows).values_list(
        "contact_id", "kind", "norm"
    ):
        if is_identity(kind, norm):
            make = mail_token if kind == PointKind.EMAIL else profile_token
            found[make(keys, norm)].add(contact)
    return dict(found)


def own_file(circle: Circle, *, now: datetime) -> OwnFile:
    """Write the seeker's own file.  Raises BadValue: ``secret-gone``, ``too-many-tokens``."""
    keys = keys_to(circle)
    if keys is None:
        raise BadValue("secret", "secret-gone")
    levels = _known(circle.owner, now=now)
    known = {token: people & levels.keys() for token, people in tokens(circle.owner, keys).items()}
    entries = {token: max(levels[one] for one in people) for token, people in known.items() if people}
    file = CircleFile(
        circle=circle.key,
        member=circle.own_key,
        name=circle.own_name,
        made=timezone.localdate(now),
        entries=entries,
    )
    try:
        data = write(file, keys, filling=bytes.fromhex(circle.filling))
    except CircleFileError as error:  # more people than a file holds
        raise BadValue("file", error.code) from None
    return OwnFile(data=data, people=len(set().union(*known.values())))


def _known(owner: AbstractBaseUser, *, now: datetime) -> dict[int, int]:
    """Give whom one may tell of, with the level of the tie."""
    people = Contact.objects.for_owner(owner).people()
    open_to = set(
        people.filter(do_not_contact=False, is_sample=False, kept_out_of_circles=None).values_list(
            "pk", flat=True
        )
    ) - _guarded(owner)
    found = {}
    for contact, last, facts in (
        Standing.objects.for_owner(owner)
        .filter(last_at__isnull=False)
        .values_list("contact_id", "last_at", "facts")
    ):
        if contact not in open_to or facts.get("unheard") or facts.get("gate") in _PARTED:
            continue
        strength = ranking.strength(candidate_of(contact, facts, last), now=now)
        said = in_words(strength, exchanges=facts.get("exchanges", 0), closeness=facts.get("closeness"))
        if level := _LEVELS.get(said.text):
            found[contact] = level
    return found


def _guarded(owner: AbstractBaseUser) -> set[int]:
    """Give who is at, or writes from, an employer that a confidential search is kept from."""
    seeker = seeker_of(owner)
    if not seeker.confidential or not (guard := guard_of(owner, seeker)):
        return set()
    there = Position.objects.for_owner(owner).filter(organization__in=guard.organizations, current=True)
    mail = ContactPoint.objects.for_owner(owner).filter(kind=PointKind.EMAIL)
    writing = {
        one for one, norm in mail.values_list("contact_id", "norm") if is_guarded(guard, addresses=[norm])
    }
    return writing | set(there.values_list("contact_id", flat=True))
