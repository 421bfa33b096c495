"""The reading shelf, and whom something of it would help.

Theory of operation.  People come into question by a word: in the index (name of work, place of work,
tag), in what was said and promised, in notes.  Those in question are read in a few queries whatever
their number; the rules (``rules.sharing``) choose the best, and say who of these may be given something now.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from askwell.outreach import words as said
from askwell.outreach.facts import chunks, relationships, seeker_facts, world
from askwell.outreach.facts.matching import words as stems
from askwell.outreach.models import (
    Advice,
    Encounter,
    LinkShare,
    Outreach,
    Promise,
    SavedLink,
    Standing,
    Talk,
)
from askwell.people.index import NAME, WRITTEN, prefix
from askwell.people.models import Contact, Position, SearchTerm, Tagging
from askwell.rules.sharing import (
    NOT_MEANWHILE,
    Ground,
    Item,
    Match,
    Reader,
    matches,
    may_share,
    tells,
)
from askwell.search.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.outreach.facts import World
    from askwell.outreach.queries.lines import ReasonLine
    from askwell.rules.decisions import Reason

Known = dict[int, dict[Ground, set[str]]]

_LOOKED_AT = 1500  # people in question by a word of the index, or of notes
_SHORTLIST = 6  # times as many as wanted are asked whether one may write to them


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfMatch:
    """Somebody it would help: why, and how a letter says so (empty: better not by itself)."""

    link: int
    contact: int
    contact_name: str
    reason: ReasonLine
    rule_reason: Reason
    why_them: str


def shelf(owner: AbstractBaseUser) -> QuerySet[SavedLink]:
    """Everything on the shelf, newest first, with whom it went to."""
    rows: QuerySet[SavedLink] = SavedLink.objects.for_owner(owner).filter(dropped_at=None)
    return rows.prefetch_related("shares__contact").order_by("-saved_at", "-id")


def whom_it_helps(
    owner: AbstractBaseUser,
    links: Sequence[SavedLink],
    *,
    now: datetime,
    most: int = 5,
    only: Contact | None = None,
    around: World | None = None,
) -> dict[int, tuple[ShelfMatch, ...]]:
    """Give for each of these, by its key, whom it would help, the best first; ``only``: them or nobody."""
    items = [item_of(link) for link in links]
    keys = {key: word for item in items for key, word in item.words.items()}
    if not keys:
        return {link.pk: () for link in links}
    readers = _readers(owner, keys, only=only)
    shared = set(
        LinkShare.objects.for_owner(owner).filter(link__in=links).values_list("link_id", "contact_id")
    )
    people = Contact.objects.for_owner(owner).people().count()
    found = {
        item.id: matches(
            item,
            [reader for reader in readers if (item.id, reader.contact) not in shared],
            most=most * _SHORTLIST,
            people=people,
        )
        for item in items
    }
    held = around or world(owner, now=now)
    free = _may_be_written_to(
        owner, {match.contact for rows in found.values() for match in rows}, held, now=now
    )
    names = dict(Contact.objects.filter(pk__in=free).values_list("pk", "name"))
    voice = said.voice(held.calendar.zone, now=now)
    return {
        item: tuple(
            _line(match, names[match.contact], voice.reason(match.reason))
            for match in rows
            if match.contact in free
        )[:most]
        for item, rows in found.items()
    }


def item_of(link: SavedLink) -> Item:
    """Read what something is about: its topics as they stand, its title and note by their telling words."""
    topics = _keyed(words(link.topics))
    telling = filter(tells, words(f"{link.title} {link.note}"))
    return Item(id=link.pk, words={**_keyed(telling), **topics}, topics=frozenset(topics))


def _keyed(found: Iterable[str]) -> dict[str, str]:
    """Key every word so that its forms meet; the word as written stays beside it."""
    return {key: word for word in found if not word.isdecimal() for key in stems(word)}


def _keys(text: str) -> frozenset[str]:
    return frozenset(_keyed(words(text)))


def _line(match: Match, name: str, reason: ReasonLine) -> ShelfMatch:
    return ShelfMatch(
        link=match.item,
        contact=match.contact,
        contact_name=name,
        reason=reason,
        rule_reason=match.reason,
        why_them=_in_a_letter(match.reason),
    )


def _in_a_letter(reason: Reason) -> str:
    """Say in a letter what brought them to mind: what was talked about or their work, never one's notes.

    Letters are in the language the lint reads, whatever language the pages are in.
    """
    before, _comma, last = str(reason.params["words"]).rpartition(", ")
    about = f"{before} and {last}" if before else last
    if reason.text == f"shelf.{Ground.TALK}":
        return f"what you told me about {about}"
    return f"your work: {about}" if reason.text == f"shelf.{Ground.TITLE}" else ""


# --- who comes into question


def _readers(owner: AbstractBaseUser, keys: dict[str, str], *, only: Contact | None) -> list[Reader]:
    known: Known = defaultdict(lambda: defaultdict(set))
    for contact, ground, text in _texts(owner, only):
        if hit := _keys(text) & keys.keys():
            known[contact][ground] |= hit
    asked = {only.pk} if only else set(known) | _indexed(owner, keys) | _in_notes(owner, keys)
    readers: list[Reader] = []
    for part in chunks(sorted(asked)):
        readers += _read(owner, part, known, keys)
    return readers


def _texts(owner: AbstractBaseUser, only: Contact | None) -> Iterator[tuple[int, Ground, str]]:
    """What they wish for and what was talked about: four queries."""
    theirs = Q(owner=owner) & (Q(contact=only) if only else Q())
    for contact, text in Promise.objects.filter(theirs, mine=True).values_list("contact_id", "text"):
        yield contact, Ground.WISH, text
    for contact, text in Outreach.objects.filter(theirs).exclude(offer="").values_list("contact_id", "offer"):
        yield contact, Ground.WISH, text
    for contact, text in Advice.objects.filter(theirs).values_list("contact_id", "text"):
        yield contact, Ground.TALK, text
    for contact, text in Encounter.objects.filter(theirs).values_list("contact_id", "said"):
        yield contact, Ground.TALK, text
    for contact, notes, reflection in Talk.objects.filter(theirs).values_list(
        "contact_id", "notes", "reflection"
    ):
        yield contact, Ground.TALK, " ".join([notes, *map(str, reflection.values())])


def _indexed(owner: AbstractBaseUser, keys: dict[str, str]) -> set[int]:
    wanted = Q()
    for key, word in keys.items():
        wanted |= prefix("term", word if key.startswith("~") else key)
    rows = SearchTerm.objects.for_owner(owner).filter(wanted, weight__gt=WRITTEN, weight__lt=NAME)
    return set(rows.order_by().values_list("contact_id", flat=True)[:_LOOKED_AT])


def _in_notes(owner: AbstractBaseUser, keys: dict[str, str]) -> set[int]:
    wanted = Q()
    for word in keys.values():
        wanted |= Q(notes__icontains=word)
    rows = Contact.objects.for_owner(owner).people().exclude(notes="").filter(wanted)
    return set(rows.order_by().values_list("pk", flat=True)[:_LOOKED_AT])


def _read(owner: AbstractBaseUser, part: list[int], known: Known, keys: dict[str, str]) -> list[Reader]:
    """Read what is known of these people: five queries."""
    people = Contact.objects.for_owner(owner).people().filter(pk__in=part, do_not_contact=False)
    asked = Outreach.objects.filter(contact__in=part, state__in=NOT_MEANWHILE)
    busy = set(asked.values_list("contact_id", flat=True))
    strengths = dict(Standing.objects.filter(contact__in=part).values_list("contact_id", "strength"))
    for contact, tag in Tagging.objects.filter(contact__in=part).values_list("contact_id", "tag__name"):
        known[contact][Ground.TAG] |= _keys(tag) & keys.keys()
    jobs = Position.objects.jobs().filter(contact__in=part)
    for contact, title, place in jobs.values_list("contact_id", "title", "organization__name"):
        known[contact][Ground.TITLE] |= _keys(title) & keys.keys()
        known[contact][Ground.ORGANIZATION] |= _keys(place or "") & keys.keys()
    readers = []
    for contact, notes in people.values_list("pk", "notes"):
        known[contact][Ground.NOTE] |= _keys(notes) & keys.keys()
        if contact not in busy:
            grounds = {ground: frozenset(found) for ground, found in known[contact].items() if found}
            readers.append(Reader(contact=contact, known=grounds, closeness=strengths.get(contact, 0.0)))
    return readers


def _may_be_written_to(
    owner: AbstractBaseUser, people: set[int], around: World, *, now: datetime
) -> set[int]:
    """Keep those to whom the rules let one give something now."""
    if not people:
        return set()
    seeker = seeker_facts(owner, now=now, given=around, with_events=False)
    return {
        known.contact
        for known in relationships(owner, people, now=now, given=around)
        if may_share(known, preset=around.preset, seeker=seeker, now=now)
    }
