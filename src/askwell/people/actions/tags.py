"""Tags: given to many contacts at once, and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.errors import BadField
from askwell.people.journal import Journal, journal
from askwell.people.models import Contact, Tag, Tagging
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

_LONGEST = 100


def clean_tag(name: str) -> str:
    """Give a tag as it is kept: no commas, no leading hash, single spaces."""
    return " ".join(name.replace(",", " ").strip(" #").split())[:_LONGEST]


def tags_named(log: Journal, names: Iterable[str]) -> dict[str, Tag]:
    """Give tags by folded name, made where missing; ``Climbing`` and ``climbing`` are one."""
    wanted = {fold(clean): clean for clean in map(clean_tag, names) if clean}
    if not wanted:
        return {}
    found = {fold(tag.name): tag for tag in Tag.objects.for_owner(log.owner)}
    missing = [Tag(owner_id=log.owner.pk, name=name) for key, name in wanted.items() if key not in found]
    found |= {fold(tag.name): tag for tag in log.create_many(missing)}
    return {key: found[key] for key in wanted}


def tag_contacts(
    owner: AbstractBaseUser, contacts: Iterable[Contact | int], name: str, *, now: datetime
) -> int:
    """Give a tag to contacts; how many did not have it yet.  Raises BadField for an empty name."""
    if not clean_tag(name):
        raise BadField("tag", "empty")
    people = own_keys(owner, contacts)
    params = {"tag": clean_tag(name), "count": len(people)}
    with journal(owner, "people.tag", now=now, params=params) as log:
        tag = tags_named(log, [name])[fold(clean_tag(name))]
        having = set(Tagging.objects.filter(tag=tag).values_list("contact_id", flat=True))
        fresh = [Tagging(owner_id=owner.pk, contact_id=pk, tag=tag) for pk in people if pk not in having]
        log.create_many(fresh)
    return len(fresh)


def untag_contacts(
    owner: AbstractBaseUser, contacts: Iterable[Contact | int], name: str, *, now: datetime
) -> int:
    """Take a tag from contacts; how many had it.  A tag nobody has any more goes too."""
    people = set(own_keys(owner, contacts))
    params = {"tag": clean_tag(name), "count": len(people)}
    with journal(owner, "people.untag", now=now, params=params) as log:
        tag = _tag(owner, name)
        if tag is None:
            return 0
        worn = [row for row in Tagging.objects.filter(tag=tag) if row.contact_id in people]
        log.delete_many(worn)
        if not Tagging.objects.filter(tag=tag).exists():
            log.delete(tag)
    return len(worn)


def rename_tag(tag: Tag, name: str, *, now: datetime) -> Tag:
    """Give a tag another name; onto an existing name, the two become one."""
    clean = clean_tag(name)
    if not clean:
        raise BadField("tag", "empty")
    with journal(tag.owner, "people.tag_renamed", now=now, params={"tag": tag.name, "to": clean}) as log:
        other = _tag(tag.owner, clean)
        log.touch(*Tagging.objects.filter(tag=tag).values_list("contact_id", flat=True))
        if other is None or other.pk == tag.pk:
            log.change(tag, name=clean)
            return tag
        having = set(Tagging.objects.filter(tag=other).values_list("contact_id", flat=True))
        for row in Tagging.objects.filter(tag=tag).exclude(contact_id__in=having):
            log.change(row, tag=other)
        log.delete(tag)
    return other


def _tag(owner: AbstractBaseUser, name: str) -> Tag | None:
    key = fold(clean_tag(name))
    return next((tag for tag in Tag.objects.for_owner(owner) if fold(tag.name) == key), None)


def own_keys(owner: AbstractBaseUser, contacts: Iterable[Contact | int]) -> list[int]:
    """Give the keys of those contacts that are the owner's people, in order, each once."""
    asked = list(dict.fromkeys(item.pk if isinstance(item, Contact) else int(item) for item in contacts))
    own: set[int] = set()
    for start in range(0, len(asked), 500):
        part = Contact.objects.for_owner(owner).people().filter(pk__in=asked[start : start + 500])
        own.update(part.values_list("pk", flat=True))
    return [pk for pk in asked if pk in own]
