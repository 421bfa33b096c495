"""The employer list: places one would like to work at, added, rated, kept for later, dropped (L05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.outreach.actions._doing import doing, fresh, to_come
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Employer
from askwell.people.actions.organizations import organizations_named
from askwell.rules.employers import MOTIVATIONS, Posting
from askwell.search.naming import organization_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.models import Organization

MOST_AT_ONCE = 200  # lines pasted; a full list is 40
LONGEST = 300  # of a name, as an organization keeps it
_COLUMNS = frozenset(("motivation", "posting", "notes"))


def add_employers(
    owner: AbstractBaseUser, names: Iterable[str], *, now: datetime, motivation: int | None = None
) -> list[Employer]:
    """Put places on the list by name; gives those that were not on it, in the order named.

    A name finds the organization or makes it; one dropped before comes back.  Raises BadValue.
    """
    wanted = _clean(names)
    rating = _checked({"motivation": motivation})["motivation"]
    with doing(owner, "employers_added", now=now, count=len(wanted), name=wanted[0]) as log:
        places = organizations_named(log, wanted)
        held = _held(owner, places.values())
        added = []
        for key in dict.fromkeys(map(organization_key, wanted)):
            there = held.get(places[key].pk)
            if there is None:
                new = Employer(owner_id=owner.pk, organization=places[key], motivation=rating, added_at=now)
                added.append(log.create(new))
            elif there.dropped_at is not None:
                log.change(there, dropped_at=None)
                added.append(there)
        log.params["count"] = len(added)
    return added


def _clean(names: Iterable[str]) -> list[str]:
    found = [" ".join(name.split()).strip(" ,;*•-") for name in names]
    found = [name for name in found if organization_key(name)]
    if not found:
        raise BadValue("names", "empty")
    if len(found) > MOST_AT_ONCE:
        raise BadValue("names", "too-many")
    if any(len(name) > LONGEST for name in found):
        raise BadValue("names", "too-long")
    return found


def _held(owner: AbstractBaseUser, places: Iterable[Organization]) -> dict[int, Employer]:
    rows = Employer.objects.for_owner(owner).filter(organization__in=list(places))
    return {row.organization_id: row for row in rows.select_related("organization")}


def change_employer(employer: Employer, *, now: datetime, **values: Any) -> bool:
    """Say how much one would like it there, what opening was seen, and notes; False when nothing differed.

    ``motivation`` is 1 to 5 or None, ``posting`` of ``rules.employers.Posting``.  Raises BadValue.
    """
    checked = _checked(values)
    with doing(employer.owner, "employer_changed", now=now, name=employer.organization.name) as log:
        return log.change(fresh(employer), **checked)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    for name, value in values.items():
        if name not in _COLUMNS:
            raise BadValue(name, "unknown")
        if name == "motivation" and value is not None and value not in MOTIVATIONS:
            raise BadValue(name, "out-of-range")
        if name == "posting" and value not in set(Posting):
            raise BadValue(name, "unknown")
    return values


def keep_for_later(employer: Employer, *, now: datetime, look_again_on: date | None = None) -> Employer:
    """They said: not hiring today.  The line is kept, with a day to look again where one is named."""
    to_come("look_again_on", look_again_on, owner=employer.owner, now=now)
    with doing(employer.owner, "employer_later", now=now, name=employer.organization.name) as log:
        log.change(fresh(employer), not_hiring_at=now, look_again_on=look_again_on)
    return employer


def look_again(employer: Employer, *, now: datetime) -> Employer:
    """Looked again: it stands among the others, and nothing of an opening is known."""
    with doing(employer.owner, "employer_looked", now=now, name=employer.organization.name) as log:
        log.change(fresh(employer), not_hiring_at=None, look_again_on=None)
    return employer


def drop_employer(employer: Employer, *, now: datetime) -> Employer:
    """Take a place off the list; what is known of it is kept."""
    with doing(employer.owner, "employer_dropped", now=now, name=employer.organization.name) as log:
        log.change(fresh(employer), dropped_at=now)
    return employer


def bring_back_employer(employer: Employer, *, now: datetime) -> Employer:
    """Put a place that was dropped on the list again."""
    with doing(employer.owner, "employer_back", now=now, name=employer.organization.name) as log:
        log.change(fresh(employer), dropped_at=None)
    return employer
