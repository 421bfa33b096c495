"""Imports: the list, one of them, and its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.models import Import, ImportProblem
from askwell.people.queries.listing import Page, page_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def imports(owner: AbstractBaseUser, *, number: int = 1, size: int = 20) -> Page[Import]:
    """Give a page of imports, newest first, each with its ``change`` (undone or not)."""
    # The entries of an import's change can be megabytes; no list needs them.
    found = Import.objects.for_owner(owner).select_related("change").defer("change__entries")
    return page_of(found.order_by("-pk"), number=number, size=size)


def problems_of(batch: Import, *, number: int = 1, size: int = 100) -> Page[ImportProblem]:
    """Give a page of the problems met, errors first, in file order."""
    return page_of(batch.problems.order_by("severity", "file", "line", "pk"), number=number, size=size)
