"""The desk a command sits down at: whose notebook, what moment, which zone, and how to answer."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from askwell.cli.dates import read_when
from askwell.cli.failures import Ambiguous, NotFound
from askwell.cli.notebook import clock, open_notebook
from askwell.cli.words import _

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.models import Contact

T = TypeVar("T")
CANDIDATES_SHOWN = 10


def plain(value: Any) -> Any:
    """Make a value JSON can hold: dataclasses as objects, moments as ISO 8601."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    return value


def emit(value: Any) -> None:
    """Print one JSON object on one line."""
    print(json.dumps(plain(value), ensure_ascii=False, default=str))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An open notebook and a moment.  ``zone`` is the seeker's; ``json`` says how to answer."""

    owner: AbstractBaseUser
    now: datetime
    zone: str
    json: bool

    def when(self, text: str, *, past: bool = False, hour: int = 9) -> datetime:
        """Read a moment as typed; empty means now.  Raises BadMoment."""
        return read_when(text, now=self.now, zone=self.zone, past=past, hour=hour) if text else self.now

    def day(self, text: str) -> date | None:
        """Read a day as typed, in the seeker's zone; None for nothing.  Raises BadMoment."""
        from zoneinfo import ZoneInfo

        return self.when(text).astimezone(ZoneInfo(self.zone)).date() if text else None

    def local(self, moment: datetime, zone: str = "") -> str:
        """Write a moment for a person, in the seeker's zone or another: Tue 1 Dec 2026 15:00."""
        from zoneinfo import ZoneInfo

        here = moment.astimezone(ZoneInfo(zone or self.zone))
        return f"{here:%a} {here.day} {here:%b %Y %H:%M}"

    def person(self, text: str) -> Contact:
        """Find one contact by number (7, #7), e-mail or part of a name.  Raises NotFound, Ambiguous."""
        found = _candidates(self.owner, text)
        if not found:
            raise NotFound(_("Nobody here answers to “%(text)s”.") % {"text": text}, text=text)
        if len(found) > 1:
            sentence = _("“%(text)s” could be several people; say which by number:") % {"text": text}
            shown = [card(one) for one in found[:CANDIDATES_SHOWN]]
            raise Ambiguous(sentence, text=text, candidates=shown, more=len(found) > CANDIDATES_SHOWN)
        return found[0]

    def answer(self, sentence: str, value: Any) -> None:
        """Say what was done: the sentence, or the object with ``--json``."""
        emit(value) if self.json else print(sentence)

    def list(self, rows: Iterable[T], line: Callable[[T], str], *, empty: str) -> None:
        """Print rows, one a line; ``empty`` is said where there are none."""
        found = list(rows)
        for row in found:
            emit(row) if self.json else print(line(row))
        if not found and not self.json:
            print(empty)


def sit_down(*, now: str = "", json: bool = False) -> Desk:
    """Open the notebook for one command."""
    owner = open_notebook()
    from django.utils import timezone

    from askwell.outreach.queries import seeker_of

    zone = seeker_of(owner).zone
    timezone.activate(zone)  # refusals name their moments in it
    return Desk(owner=owner, now=clock(now, zone), zone=zone, json=json)


def card(contact: Contact) -> dict[str, Any]:
    """Give what tells one contact from another of the same name."""
    job = next((job for job in contact.positions.all() if job.current and not job.school), None)
    place = job.organization.name if job and job.organization else ""
    about = ", ".join(part for part in (job.title if job else "", place) if part)
    emails = [point.value for point in contact.points.all() if point.kind == "email"]
    return {
        "id": contact.pk,
        "name": contact.name,
        "about": about or contact.headline or (emails[0] if emails else ""),
        "emails": emails,
    }


def _candidates(owner: AbstractBaseUser, text: str) -> list[Contact]:
    from askwell.people.keys import key_in
    from askwell.people.models import Contact
    from askwell.people.queries.finding import with_cards

    people = with_cards(Contact.objects.for_owner(owner).people(), points=True)
    if (number := key_in(text)) is not None:
        found = list(people.filter(pk=number))
        if found or text.startswith("#"):
            return found
    if "@" in text:
        return list(people.filter(points__kind="email", points__norm=text.strip().lower()).distinct()[:21])
    return _by_name(owner, people, text)


def _by_name(owner: AbstractBaseUser, people: Any, text: str) -> list[Contact]:
    """Find by every word of a name, in any order; the whole name wins; then by anything known of them."""
    from askwell.people.queries import find
    from askwell.search.text import fold, words

    found = people
    for word in words(text):
        found = found.filter(sort_key__contains=word)
    rows = list(found.order_by("sort_key")[:21]) if words(text) else []
    exact = [row for row in rows if fold(row.name) == fold(text)]
    return exact or rows or find(owner, text, limit=21, points=True)
