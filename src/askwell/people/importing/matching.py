"""Who is this?  Every record is somebody known, somebody new, or somebody to ask about.

Theory of operation.  A record joins a contact by itself only when they share an exact identity (an
e-mail address, a number in E.164, a profile address) and their names do not contradict each other.
Names must agree with every name the contact has gone by, so that ``J. Doe`` never ties Jane to John:
chains of weak links do not merge.  An exact identity under another name, or the same name without an
identity, makes a new contact and a question.  Records of one file are matched with each other in the
same way.  A contact that does not exist yet has a negative key until it is written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from askwell.formats.records import Name
from askwell.people.models import Contact, ContactPoint, Position, Provenance, Review
from askwell.people.points import is_identity
from askwell.search.naming import compatible_names, is_weak_key, name_key

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.importing.incoming import Incoming

NEW, MATCHED, KNOWN = "new", "matched", "known"
_MOST_REVIEWS = 3  # of one record
_SHARED_BY_MANY = 3  # a switchboard or an info@ address names nobody
_LONG_UID = 8

Identity = tuple[str, str]


class Doubt(NamedTuple):
    """A pair to ask about: the other contact, the reason code, and a detail code."""

    other: int
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What becomes of a record.  ``why`` is a code: ``same-email``, ``same-row``, ``new``."""

    kind: str
    key: int
    why: str
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class Index:
    """Everybody known, by each thing they can be recognised by."""

    by_identity: dict[Identity, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))  # in order
    by_uid: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_digest: dict[str, int] = field(default_factory=dict)
    names: dict[int, list[Name | str]] = field(default_factory=lambda: defaultdict(list))
    profiles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    asked: set[tuple[int, int]] = field(default_factory=set)
    files: dict[int, str] = field(default_factory=dict)  # of contacts made by this import
    listed: dict[tuple[str, str], set[int]] = field(  # (name, file) -> those of ``files`` with a profile
        default_factory=lambda: defaultdict(set)
    )
    me: int | None = None
    next_key: int = -1

    # -- finding

    def match(self, person: Incoming) -> Match:
        """Say who a record is, and remember it for the records that follow."""
        if (known := self.by_digest.get(person.digest)) is not None:
            return Match(KNOWN if known > 0 else MATCHED, known, "same-row")
        shared = self._sharing(person)
        agreeing = {key: kinds for key, kinds in shared.items() if self.agrees(key, person)}
        if agreeing:
            found = self._joined(agreeing)
        elif (same := self._same_entry(person)) is not None:
            found = Match(MATCHED, same, "same-uid")
        else:
            found = Match(NEW, self.next_key, "new", self._doubts(person, shared))
            self.next_key -= 1
            self.files[found.key] = person.record.source.file
        self.learn(person, found.key)
        return found

    def _sharing(self, person: Incoming) -> dict[int, list[str]]:
        shared: dict[int, list[str]] = {}
        for identity in person.identities:
            for key in self.by_identity.get(identity, ()):
                shared.setdefault(key, []).append(_kind_of(identity))
        return shared

    def _joined(self, agreeing: dict[int, list[str]]) -> Match:
        """The contact with most in common; others that agree too are asked about."""
        best, *others = sorted(agreeing, key=lambda key: (-len(agreeing[key]), key <= 0, abs(key)))
        doubts = [
            Doubt(other, f"same-{agreeing[other][0]}", "one-record")
            for other in others[:_MOST_REVIEWS]
            if not self._was_asked(best, other)
        ]
        return Match(MATCHED, best, f"same-{agreeing[best][0]}", tuple(doubts))

    def _same_entry(self, person: Incoming) -> int | None:
        """The same entry of the same address book: its own long key, under the same name."""
        uid = person.record.uid
        if len(uid) < _LONG_UID or not person.has_name:
            return None
        same = (key for key in self.by_uid.get(uid, ()) if person.key in map(name_key, self.names[key]))
        return next(same, None)

    def agrees(self, key: int, person: Incoming) -> bool:
        """Say whether a name contradicts none of the names a contact has gone by."""
        known = self.names[key]
        same = (name for name in known if name_key(name) == person.key)
        if person.has_name and any(compatible_names(name, person.name) for name in same):
            return True
        return all(compatible_names(name, person.name) for name in known)

    def _doubts(self, person: Incoming, shared: dict[int, list[str]]) -> tuple[Doubt, ...]:
        doubts = [
            Doubt(key, f"same-{kinds[0]}-other-name", self._detail(key, person))
            for key, kinds in shared.items()
            if key != self.me and not self._shared_by_many(person)
        ]
        asked = {doubt.other for doubt in doubts}
        doubts += [
            Doubt(key, "same-name", self._detail(key, person))
            for key in self._namesakes(person)
            if key not in asked
        ]
        return tuple(doubts[:_MOST_REVIEWS])

    def _shared_by_many(self, person: Incoming) -> bool:
        return all(len(self.by_identity.get(pair, ())) > _SHARED_BY_MANY for pair in person.identities)

    def _namesakes(self, person: Incoming) -> list[int]:
        if not person.has_name or is_weak_key(person.key):
            return []
        # Two profiles in one list of connections are two people who share a name.
        in_a_list = any(kind == "url" for kind, _norm in person.identities)
        apart = self.listed.get((person.key, person.record.source.file), ()) if in_a_list else ()
        namesakes = self.by_name.get(person.key, ())
        most = min(len(namesakes) - len(apart), _MOST_REVIEWS)
        return list(islice((key for key in namesakes if key not in apart), most))

    def _detail(self, key: int, person: Incoming) -> str:
        if not person.organization or not self.places[key]:
            return ""
        return "same-organization" if person.organization in self.places[key] else "other-organization"

    def _was_asked(self, one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) in self.asked

    # -- remembering

    def learn(self, person: Incoming, key: int) -> None:
        """Remember what a record says of a contact."""
        if person.has_name:
            self.by_name[person.key].setdefault(key)
        if all(known != person.name for known in self.names[key]):
            self.names[key].append(person.name)
        for identity in person.identities:
            if key not in self.by_identity[identity]:
                self.by_identity[identity].append(key)
            if identity[0] == "url":
                self.profiles[key].add(identity[1])
        if person.record.uid and key not in self.by_uid[person.record.uid]:
            self.by_uid[person.record.uid].append(key)
        if key in self.profiles and (file := self.files.get(key)) is not None:
            for name in self.names[key]:
                self.listed[name_key(name), file].add(key)
        if person.organization:
            self.places[key].add(person.organization)
        self.by_digest.setdefault(person.digest, key)


def _kind_of(identity: Identity) -> str:
    return "profile" if identity[0] == "url" else identity[0]


def index_of(owner: AbstractBaseUser) -> Index:
    """Load everybody in a notebook, in six queries."""
    index = Index()
    columns = ("pk", "name", "given", "middle", "family", "suffix", "nickname", "name_key", "is_self")
    for pk, name, given, middle, family, suffix, nickname, key, is_self in _rows(Contact, owner, columns):
        index.names[pk].append(_name(name, given, middle, family, suffix, nickname))
        if is_self:
            index.me = pk
        elif key:
            index.by_name[key][pk] = None
    for pk, kind, norm in _rows(ContactPoint, owner, ("contact_id", "kind", "norm")):
        if is_identity(kind, norm):
            index.by_identity[kind, norm].append(pk)
            if kind == "url":
                index.profiles[pk].add(norm)
    for pk, name, uid, digest in _rows(Provenance, owner, ("contact_id", "name", "uid", "digest")):
        index.by_digest[digest] = pk
        if uid:
            index.by_uid[uid].append(pk)
        index.names[pk].append(name)
    for pk, key in _rows(Position, owner, ("contact_id", "organization__key")):
        if key:
            index.places[pk].add(key)
    index.asked = {
        (min(pair), max(pair)) for pair in Review.objects.for_owner(owner).values_list("left_id", "right_id")
    }
    return index


def _name(name: str, given: str, middle: str, family: str, suffix: str, nickname: str) -> Name:
    return Name(given=given, middle=middle, family=family, suffix=suffix, nickname=nickname, formatted=name)


def _rows(model: Any, owner: AbstractBaseUser, columns: tuple[str, ...]) -> Any:
    found = model.objects.for_owner(owner).order_by("pk")
    if model is Contact:
        found = found.filter(merged_into=None)
    return found.values_list(*columns).iterator(chunk_size=5000)
