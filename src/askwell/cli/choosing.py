"""One row meant by its number, or by a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model, QuerySet

M = TypeVar("M", bound="Model")
_SHOWN = 10


def one_of(rows: QuerySet[Any], text: str, *, name: Callable[[M], str], say: str) -> M:
    """Find one of the owner's rows by its number (7, #7), its name, or a part of it.

    ``say`` asks for it where nothing was given.  Raises NotFound, BadUse.
    """
    from askwell.people.keys import key_in
    from askwell.search.text import fold

    wanted = fold(text)
    if not wanted:
        raise BadUse(say)
    key = key_in(text)
    by_number: list[M] = [] if key is None else list(rows.filter(pk=key))
    return by_number[0] if by_number else _named(rows, wanted, text, name)


def _named(rows: Iterable[M], wanted: str, text: str, name: Callable[[M], str]) -> M:
    from askwell.search.text import fold

    names = [(fold(name(row)), row) for row in rows]
    found = [row for folded, row in names if folded == wanted]
    found = found or [row for folded, row in names if wanted in folded]
    if not found:
        raise NotFound(_("There is nothing here called “%(text)s”.") % {"text": text}, text=text)
    if len(found) > 1:
        shown = "; ".join(f"{name(row)} [#{row.pk}]" for row in found[:_SHOWN])
        raise BadUse(_("“%(text)s” could be several: %(names)s.") % {"text": text, "names": shown})
    return found[0]
