"""What an app above plugs into people: named by its dotted path, loaded when it is first needed.

People must not know the apps above it, and a command that only reads should load none of what they do
when something changes.  So an app says in its ``AppConfig.ready`` where its part stands, and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from askwell.people.importing.moves import Move
    from askwell.people.importing.receivers import Receiver
    from askwell.people.journal import Journal
    from askwell.people.models import Change

    Refresher = Callable[..., None]  # called with owner=, contacts=set[int], places=set[int], now=
    Noticer = Callable[[Journal, Any, list[Move]], None]  # (journal, the import, who has a new job)
    Resolver = Callable[[Journal, Any, Any], None]  # (journal, row that stays, row to fold into it)
    Objector = Callable[[Change], tuple[str, int] | None]  # the row that stands in the way of undoing it

# Dictionaries for their order: what is named twice is there once.
_refreshers: dict[str, frozenset[str]] = {}
_receivers: dict[str, None] = {}
_noticers: dict[str, None] = {}
_resolvers: dict[str, str] = {}
_objectors: dict[str, None] = {}


def on_change(refresher: str, *, of: Iterable[str] = ()) -> None:
    """Name a function to be told, inside the transaction, which contacts a change touched.

    ``of`` names the models it rests on (``people.contact``); a change that wrote to none of them
    passes it by.
    """
    _refreshers.setdefault(refresher, frozenset(of))


def on_import(receiver: str) -> None:
    """Name a ``Receiver`` that takes what an import brings besides people."""
    _receivers[receiver] = None


def on_move(noticer: str) -> None:
    """Name who is told, once at the end of an import, which people already known have a new job.

    The noticer is given (journal, the import, moves) and writes through the journal, set-wise.
    """
    _noticers[noticer] = None


def on_conflict(label: str, resolver: str) -> None:
    """Name what to do when two contacts to be merged both have the one row of a kind (``outreach.outreach``).

    The resolver is given (journal, keep's row, gone's row), writes through the journal, and must
    leave gone's row deleted or no longer in conflict.
    """
    _resolvers[label] = resolver


def on_undo(objector: str) -> None:
    """Name who is asked, inside the transaction, whether a change can still be taken back."""
    _objectors[objector] = None


def refreshers(kinds: AbstractSet[str] | None = None) -> Iterator[Refresher]:
    """Load whoever is told of a change to these kinds, in the order they were named."""
    for refresher, rests_on in _refreshers.items():
        if kinds is None or not rests_on or kinds & rests_on:
            yield import_string(refresher)


def receivers() -> Iterator[Receiver]:
    """Load whoever takes part in an import, in the order they were named."""
    yield from map(import_string, _receivers)


def noticers() -> Iterator[Noticer]:
    """Load whoever is told of new jobs, in the order they were named."""
    yield from map(import_string, _noticers)


def resolver_of(label: str) -> Resolver | None:
    """Load who settles doubles of a kind; None where nobody does."""
    return import_string(_resolvers[label]) if label in _resolvers else None


def objectors() -> Iterator[Objector]:
    """Load whoever is asked before a change is taken back."""
    yield from map(import_string, _objectors)
