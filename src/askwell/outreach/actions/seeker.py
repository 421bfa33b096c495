"""The seeker's own side: goal, preset, zone, week, and whether the search is confidential."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.outreach import calendars
from askwell.outreach.actions._doing import doing, fresh, happened, required
from askwell.outreach.errors import BadValue
from askwell.outreach.facts import seeker_of
from askwell.outreach.models import Goal
from askwell.people.actions.contacts import name_columns
from askwell.people.actions.organizations import organization_named
from askwell.people.actions.postal import keep_postal_address
from askwell.people.models import Contact
from askwell.rules.errors import AskwellRuleError, BadParameter, UnknownPreset
from askwell.rules.facts import Stage
from askwell.rules.presets import choose

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Seeker
    from askwell.people.journal import Journal
    from askwell.people.models import Organization


def set_goal(
    owner: AbstractBaseUser, *, text: str, now: datetime, role: str = "", field: str = "", place: str = ""
) -> Goal:
    """Set a new goal; the one before it ends.  Any text is kept: the goal check only advises."""
    kept = required("text", text, 400)
    with doing(owner, "goal_set", now=now, text=kept) as log:
        for old in Goal.objects.for_owner(owner).filter(ended_at=None):
            log.change(old, ended_at=now)
        return log.create(
            Goal(
                owner_id=owner.pk,
                text=kept,
                role=role.strip()[:200],
                field=field.strip()[:200],
                place=place.strip()[:200],
                set_at=now,
                reviewed_at=now,
            )
        )


def review_goal(goal: Goal, *, now: datetime) -> Goal:
    """Say that the goal still holds."""
    with doing(goal.owner, "goal_reviewed", now=now, text=goal.text) as log:
        log.change(fresh(goal), reviewed_at=now)
    return goal


def change_seeker(owner: AbstractBaseUser, *, now: datetime, **values: Any) -> Seeker:
    """Change settings: any field of ``Seeker`` but ``owner``; ``employer`` may be a name.

    Another preset drops the overrides, which were changes of the one before, unless it comes with its own.
    Raises BadValue for an unknown preset, override, zone, country or stage, for a day still to come, and
    for a confidential search that would name no employer.
    """
    with doing(owner, "settings", now=now, fields=sorted(values)) as log:
        seeker = fresh(seeker_of(owner))
        if "employer" in values:
            values["employer"] = _employer(log, values["employer"])
        if values.get("preset", seeker.preset) != seeker.preset:
            values.setdefault("overrides", {})
        if brought := values.get("resume_updated_at"):
            happened("resume_updated_at", brought, now=now)
        log.change(seeker, **_checked(seeker, values))
    return seeker


def set_own_name(owner: AbstractBaseUser, *, name: str, now: datetime) -> Contact:
    """Set the name letters end with: that of the contact who is the seeker, made where there is none yet.

    Raises BadValue for no name.
    """
    columns = name_columns(required("name", name, 300))
    with doing(owner, "settings", now=now, fields=["name"]) as log:
        own: Contact | None = Contact.objects.for_owner(owner).filter(is_self=True).first()
        if own is None:
            return log.create(Contact(owner_id=owner.pk, is_self=True, created_at=now, **columns))
        log.change(own, **columns)
    return own


def set_own_post(owner: AbstractBaseUser, *, text: str, now: datetime) -> None:
    """Set where post reaches the seeker, as it stands on an envelope; no text takes it away.

    Raises BadValue while the seeker has no name, for a letter comes to somebody.
    """
    own = Contact.objects.for_owner(owner).filter(is_self=True).first()
    if own is None:
        raise BadValue("name", "empty")
    keep_postal_address(own, text, now=now)


_OPEN_FIELDS = frozenset(
    {
        "preset",
        "overrides",
        "zone",
        "country",
        "stage",
        "weekly_minutes",
        "confidential",
        "employer",
        "who_line",
        "signature",
        "story",
        "offer",
        "resume_updated_at",
        "cards_left",
        "first_run_done_at",
    }
)
_WEEK_MINUTES = 60 * 24 * 7
_LONGEST_LINE = 300


def _checked(seeker: Seeker, values: dict[str, Any]) -> dict[str, Any]:
    for field in values:
        if field not in _OPEN_FIELDS:
            raise BadValue(field, "unknown")
    _check_preset(values.get("preset", seeker.preset), values.get("overrides", seeker.overrides))
    if len(values.get("who_line", "")) > _LONGEST_LINE:
        raise BadValue("who_line", "too-long")
    if values.get("zone", seeker.zone) not in calendars.known_zones():
        raise BadValue("zone", "unknown-zone")
    if (country := values.get("country", "")) and country not in calendars.countries():
        raise BadValue("country", "unknown-country")
    if values.get("stage", Stage.EXPLORING) not in set(Stage):
        raise BadValue("stage", "unknown-stage")
    if not 0 <= values.get("weekly_minutes", 0) <= _WEEK_MINUTES:
        raise BadValue("weekly_minutes", "out-of-range")
    if {"confidential", "employer"} & values.keys():
        _check_employer(
            values.get("employer", seeker.employer),
            confidential=values.get("confidential", seeker.confidential),
        )
    return values


def _check_employer(employer: Organization | None, *, confidential: bool) -> None:
    """Nobody can be kept out who is not named."""
    if confidential and employer is None:
        raise BadValue("employer", "employer-unnamed")


def _check_preset(name: str, overrides: dict[str, Any]) -> None:
    try:
        choose(name, **overrides)
    except UnknownPreset:
        raise BadValue("preset", "unknown-preset") from None
    except BadParameter as error:
        raise BadValue(error.field, error.problem) from None
    except AskwellRuleError:
        raise BadValue("overrides", "unfit") from None


def _employer(log: Journal, given: Organization | str | None) -> Organization | None:
    return organization_named(log, given) if isinstance(given, str) else given
