"""Circles: made, joined, files brought in, left.

Making and joining are not taken back by Undo, as connecting a mailbox is not: the way back is to leave.
Leaving removes every row of the circle, also what the journal keeps of it, and cannot be taken back.
"""

from __future__ import annotations

import secrets as chance
from typing import TYPE_CHECKING

from django.db import transaction

from askwell.formats.circle_file import SECRET_BYTES, CircleFileError, keys_of, read, shown, typed
from askwell.mailroom import secrets
from askwell.outreach.actions._doing import doing, fresh, held, required, towards
from askwell.outreach.circles import keys_to
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Circle, CircleEntry, CircleMember, KeptOutOfCircles
from askwell.people.models import Change, Contact

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.formats.circle_file import CircleFile
    from askwell.people.journal import Journal

_LONGEST = 120
_OF_CIRCLES = ("outreach.circle_brought", "outreach.circle_member_is")


def make_circle(owner: AbstractBaseUser, *, name: str, own_name: str, now: datetime) -> Circle:
    """Make a circle with a secret of its own, to be told to the others.  Raises BadValue."""
    return _enter(owner, chance.token_bytes(SECRET_BYTES), name=name, own_name=own_name, now=now)


def join_circle(owner: AbstractBaseUser, *, secret: str, name: str, own_name: str, now: datetime) -> Circle:
    """Join with the secret somebody told; or give a circle its secret again, where it was lost.

    Raises BadValue: ``mistyped``, ``secret-length``, ``in-it-already``.
    """
    try:
        found = typed(secret)
    except CircleFileError as error:
        raise BadValue("secret", error.code) from None
    here: Circle | None = Circle.objects.for_owner(owner).filter(key=keys_of(found).circle).first()
    if here is None:
        return _enter(owner, found, name=name, own_name=own_name, now=now)
    if keys_to(here) is not None:
        raise BadValue("secret", "in-it-already")
    secrets.keep(owner, here.handle, shown(found))
    return here


def _enter(owner: AbstractBaseUser, secret: bytes, *, name: str, own_name: str, now: datetime) -> Circle:
    called, own = required("name", name, _LONGEST), required("own_name", own_name, _LONGEST)
    with transaction.atomic():
        circle: Circle = Circle.objects.create(
            owner_id=owner.pk, name=called, own_name=own, key=keys_of(secret).circle, joined_at=now
        )
        secrets.keep(owner, circle.handle, shown(secret))
    return circle


def bring_in(owner: AbstractBaseUser, data: bytes, *, now: datetime) -> CircleMember:
    """Take in a member's file, in place of an earlier one of theirs; all of it, or nothing.

    Raises BadValue with the code of ``CircleFileError``, or ``own-file``, ``older-file``, ``secret-gone``.
    """
    circles = {one.key: one for one in Circle.objects.for_owner(owner).select_related("owner")}
    file = _read(data, circles)
    circle = circles[file.circle]
    if file.member == circle.own_key:
        raise BadValue("file", "own-file")
    with doing(owner, "circle_brought", now=now, name=file.name, circle=circle.name, of=circle.pk) as log:
        member = _member(log, circle, file, now=now)
        _replace_entries(log, member, file)
    return member


def _read(data: bytes, circles: dict[str, Circle]) -> CircleFile:
    keys = {key: keys_to(circle) for key, circle in circles.items()}
    try:
        return read(data, {key: found for key, found in keys.items() if found is not None})
    except CircleFileError as error:
        gone = error.code == "other-circle" and None in keys.values()
        raise BadValue("file", "secret-gone" if gone else error.code) from None


def _member(log: Journal, circle: Circle, file: CircleFile, *, now: datetime) -> CircleMember:
    rows = CircleMember.objects.select_for_update().filter(circle=circle, key=file.member)
    row: CircleMember | None = rows.first()
    said = {"name": file.name, "made_on": file.made, "brought_at": now}
    if row is None:
        known = _of_that_name(circle.owner, file.name)
        whose = {"owner_id": circle.owner_id, "circle": circle, "key": file.member, "contact": known}
        return log.create(CircleMember(**whose, **said))
    if file.made < row.made_on:
        raise BadValue("file", "older-file")
    log.change(row, **said)
    return row


def _replace_entries(log: Journal, member: CircleMember, file: CircleFile) -> None:
    """Write what differs: most of a file is as it was."""
    kept = {(row.token, row.level): row for row in CircleEntry.objects.filter(member=member)}
    brought = dict.fromkeys(file.entries.items())
    log.delete_many([row for pair, row in kept.items() if pair not in brought])
    log.create_many(
        [
            CircleEntry(owner_id=member.owner_id, member=member, token=token, level=level)
            for token, level in brought
            if (token, level) not in kept
        ]
    )


def _of_that_name(owner: AbstractBaseUser, name: str) -> Contact | None:
    """Give the one contact of that whole name; the seeker may say otherwise."""
    found = list(Contact.objects.for_owner(owner).people().filter(name__iexact=name)[:2])
    return found[0] if len(found) == 1 else None


def say_who(member: CircleMember, contact: Contact | None, *, now: datetime) -> CircleMember:
    """Say who of the notebook a member is; None: nobody of it."""
    name = member.name
    with doing(member.owner, "circle_member_is", now=now, name=name, of=member.circle_id) as log:
        if contact is not None:
            held(contact)
        log.change(fresh(member), contact=contact)
    return member


def keep_out(contact: Contact, *, now: datetime, out: bool = True) -> None:
    """Let a person go into no file of a circle, or into them again."""
    with towards(contact, "kept_out_of_circles" if out else "let_into_circles", now=now) as log:
        row = KeptOutOfCircles.objects.filter(contact=contact).first()
        if out and row is None:
            log.create(KeptOutOfCircles(owner_id=contact.owner_id, contact=contact, since=now))
        elif row is not None and not out:
            log.delete(row)


def leave_circle(circle: Circle) -> None:
    """Remove a circle: its secret, its members and all they brought.  This cannot be taken back."""
    members = CircleMember.objects.filter(circle=circle).values_list("pk", flat=True)
    with transaction.atomic():
        _forget_changes(circle, set(members))
        owner, handle = circle.owner, circle.handle
        circle.delete()
        secrets.forget(owner, handle)


def _forget_changes(circle: Circle, members: set[int]) -> None:
    """Take out of the journal what it keeps of the circle; what else a change did can be taken back."""
    changes = Change.objects.for_owner(circle.owner).filter(at__gte=circle.joined_at)
    changes.filter(code__in=_OF_CIRCLES, params__of=circle.pk).delete()
    for change in changes.order_by("pk").iterator(chunk_size=20):
        left = [one for one in change.entries if one[1] != "outreach.circlemember" or one[2] not in members]
        if len(left) != len(change.entries):
            change.entries = left
            change.save(update_fields=["entries"])
