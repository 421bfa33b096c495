"""The seeker's own card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.outreach.actions._doing import doing, fresh
from askwell.outreach.errors import BadValue
from askwell.outreach.facts import seeker_of
from askwell.rules.card import TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Seeker

LONGEST_LINE, LONGEST_BACK, MOST_SKILLS = 120, 400, 20


def keep_card(owner: AbstractBaseUser, *, now: datetime, **lines: Any) -> Seeker:
    """Keep what stands on the card: fields of ``rules.card.Card``; those not named stay as they are.

    Raises BadValue for an unknown field, and for a line no card can hold.
    """
    kept = {field: _checked(field, value) for field, value in lines.items()}
    with doing(owner, "card_kept", now=now) as log:
        seeker = fresh(seeker_of(owner))
        log.change(seeker, card={**seeker.card, **kept})
    return seeker


def _checked(field: str, value: Any) -> str | list[str]:
    if field == "skills":
        lines = [" ".join(str(line).split()) for line in value]
        if len(lines) > MOST_SKILLS or any(len(line) > LONGEST_LINE for line in lines):
            raise BadValue(field, "too-long")
        return [line for line in lines if line]
    if field not in TEXT_FIELDS:
        raise BadValue(field, "unknown")
    text = " ".join(str(value).split())
    if len(text) > (LONGEST_BACK if field == "back" else LONGEST_LINE):
        raise BadValue(field, "too-long")
    return text


def take_cards(log: Any, owner: AbstractBaseUser, *, given: int) -> None:
    """Count cards that were given (or, below nothing, came back); where none are counted, nothing is."""
    seeker = fresh(seeker_of(owner))
    counted: Mapping[str, int] = (
        {} if seeker.cards_left is None else {"cards_left": max(0, seeker.cards_left - given)}
    )
    if counted:
        log.change(seeker, **counted)
