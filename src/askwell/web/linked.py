"""What a link brings along: the number of a person, of a place (``?from=7``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.keys import key_in
from askwell.people.models import Contact, Organization

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from askwell.web.requests import Request

_MOST_PAGES = 10**9


def person_named(request: Request, name: str) -> str:
    """Give the name of the person whose number stands in the address; nothing for none."""
    return _name(Contact.objects.for_owner(request.user).people(), request.GET.get(name, ""))


def place_named(request: Request, name: str) -> str:
    """Give the name of the organization whose number stands in the address; nothing for none."""
    return _name(Organization.objects.for_owner(request.user), request.GET.get(name, ""))


def _name(rows: QuerySet[Contact] | QuerySet[Organization], asked: str) -> str:
    key = key_in(asked)
    found = None if key is None else rows.filter(pk=key).values_list("name", flat=True).first()
    return found or ""


def page_number(request: Request) -> int:
    """Give the page of a list asked for (``?page=2``); the first where none, or one past every list, is."""
    number = key_in(request.GET.get("page", "")) or 1
    return number if number <= _MOST_PAGES else 1
