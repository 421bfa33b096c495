"""Links of the daily mail that mark one step done, or put it off: signed, for one act, for a few days.

Theory of operation.  Such a link is a bearer's: a mail lies about, and programs open its links to look for
harm.  So it lets in to nothing but its one act, opening it only shows a button, and it ends.  When it ends
stands in it, as a moment of the clock that every action is told, and not of the one the signer would read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from askwell.mailroom import address

LIFE = timedelta(days=3)
_SALT = "askwell.digest"


class Act(StrEnum):
    """What a link does."""

    DONE = "done"
    LATER = "later"


class Expired(Exception):
    """The link was good once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link says: whose step, and what of it."""

    owner: int
    key: str
    act: Act


def make(link: Link, *, now: datetime) -> str:
    """Give the whole address."""
    ends = int((now + LIFE).timestamp())
    signed = _signer().sign_object([link.owner, link.key, link.act.value, ends])
    return address.link(reverse("digest_do", args=[signed]))


def read(signed: str, *, now: datetime) -> Link | None:
    """Read what stands in an address; None where it is none of ours.  Raises Expired."""
    try:
        owner, key, act, ends = _signer().unsign_object(signed)
    except BadSignature:
        return None
    if now > datetime.fromtimestamp(ends, UTC):
        raise Expired
    if not get_user_model().objects.filter(pk=owner, is_active=True).exists():
        return None
    return Link(owner=owner, key=key, act=Act(act))


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")
