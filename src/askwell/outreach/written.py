"""What was written to, by and about people: the texts, and the words by which they are found.

Theory of operation.  ``texts`` reads notes, letters, talks, promises and the like of some people, one query
a kind of row (``_SOURCES``).  Their words are kept as search terms of the weight ``WRITTEN``, beside those
of names and work, which ``people.index`` keeps: derived, told of every change, made anew by ``recompute``.
Nothing here is sealed: passwords and a circle's secret are kept elsewhere, and are no texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from askwell.outreach.facts import chunks
from askwell.outreach.models import Advice, Encounter, Favor, Introduction, Lead, Promise, Talk, Touch
from askwell.people.index import WRITTEN, insert_terms
from askwell.people.models import Contact, Position, SearchTerm
from askwell.people.queries.presence import present
from askwell.search.passages import words_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

_MOST_WORDS = 10_000  # of one person


class Written(NamedTuple):
    """One text about somebody.  ``kind`` is ``model.column``; ``about`` tells more, by the kind."""

    contact: int
    kind: str
    at: datetime | None
    about: tuple[Any, ...]
    text: str


class _Source(NamedTuple):
    model: type[Any]
    contact: str
    columns: tuple[str, ...]
    at: str = ""
    about: tuple[str, ...] = ()


_SOURCES = (
    _Source(Contact, "pk", ("notes", "how_met", "headline")),
    _Source(Position, "contact_id", ("notes", "department")),
    _Source(Position, "contact_id", ("organization__notes",), about=("organization__name",)),
    _Source(Touch, "contact_id", ("subject", "body"), "at", ("kind", "direction")),
    _Source(Talk, "contact_id", ("notes", "reflection"), "starts_at", ("state",)),
    _Source(Promise, "contact_id", ("text",), "made_at", ("mine",)),
    _Source(Advice, "contact_id", ("text",), "received_at"),
    _Source(Favor, "contact_id", ("text",), "at", ("kind",)),
    _Source(Introduction, "giver_id", ("detail",), "given_at", ("name",)),
    _Source(Lead, "source_id", ("title", "detail"), "heard_at"),
    _Source(Encounter, "contact_id", ("said",), "event__starts_at", ("event__name",)),
)
MODELS = tuple(dict.fromkeys(source.model._meta.label_lower for source in _SOURCES))
_POINTING = {
    (source.model._meta.label_lower, source.model, source.contact)
    for source in _SOURCES
    if source.model is not Contact
}
_KINDS = tuple(sorted(_POINTING, key=lambda kind: kind[0]))


def texts(owner: AbstractBaseUser, contacts: Sequence[int]) -> Iterator[Written]:
    """Give what was written about these people, in a query for each kind."""
    there = {Contact._meta.label_lower, *present(_KINDS, contacts[0])} if len(contacts) == 1 else MODELS
    for source in _SOURCES:
        if source.model._meta.label_lower not in there:
            continue
        told = tuple(filter(None, (source.contact, source.at, *source.about)))
        name = source.model.__name__.lower()
        rows = source.model.objects.for_owner(owner).filter(**{f"{source.contact}__in": contacts})
        for row in rows.order_by("pk").values_list(*told, *source.columns):
            first = len(told)
            about = row[first - len(source.about) : first]
            for column, text in zip(source.columns, row[first:], strict=True):
                if text:
                    at = row[1] if source.at else None
                    yield Written(row[0], f"{name}.{column}", at, about, _plain(text))


def _plain(text: Any) -> str:
    """Give the words of a column; of what was asked question by question, the answers."""
    return " ".join(map(str, text.values())) if isinstance(text, dict) else text


def refresh_words(*, owner: AbstractBaseUser, contacts: set[int], now: datetime, **_more: object) -> None:  # noqa: ARG001
    """Make the words written about these people anew (a refresher of ``journal``)."""
    for part in chunks(sorted(contacts)):
        stored: dict[int, set[str]] = {}
        rows = _written(owner).filter(contact_id__in=part)
        for contact, term in rows.values_list("contact_id", "term"):
            stored.setdefault(contact, set()).add(term)
        wanted = _words(owner, part)
        for contact, terms in stored.items():
            for gone in chunks(sorted(terms - wanted.get(contact, set()))):
                rows.filter(contact_id=contact, term__in=gone)._raw_delete("default")  # noqa: SLF001
        _insert(owner, {pk: terms - stored.get(pk, set()) for pk, terms in wanted.items()})


def rebuild_words(owner: AbstractBaseUser) -> None:
    """Make all words of a notebook's letters and notes anew."""
    _written(owner)._raw_delete("default")  # noqa: SLF001
    keys = Contact.objects.for_owner(owner).people().order_by("pk").values_list("pk", flat=True)
    for part in chunks(list(keys)):
        _insert(owner, _words(owner, part))


def _written(owner: AbstractBaseUser) -> Any:
    return SearchTerm.objects.for_owner(owner).filter(weight=WRITTEN)


def _words(owner: AbstractBaseUser, contacts: Iterable[int]) -> dict[int, set[str]]:
    people = Contact.objects.for_owner(owner).people().filter(pk__in=contacts)
    words: dict[int, set[str]] = {pk: set() for pk in people.values_list("pk", flat=True)}
    for one in texts(owner, list(words)):
        if len(words[one.contact]) < _MOST_WORDS:
            words[one.contact] |= words_written(one.text)
    return words


def _insert(owner: AbstractBaseUser, words: Mapping[int, set[str]]) -> None:
    terms = {pk: dict.fromkeys(sorted(found), WRITTEN) for pk, found in words.items() if found}
    if terms:
        insert_terms(owner, terms)
