"""The letters that tell of the search, laid side by side: no two may be the same (K08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.models import Draft, Telling
from askwell.rules.facts import Mode, Occasion
from askwell.rules.telling import Acquaintance, same_as

if TYPE_CHECKING:
    from askwell.outreach.facts import World
    from askwell.outreach.models import Standing
    from askwell.people.models import Contact

MODES = frozenset({Mode.LEAD, Mode.RECONNECT})
_COMPARED = 200  # of the newest


def told_like(contact: Contact, body: str, *, mode: Mode, around: World) -> str:
    """Name whoever got this letter already, but for the name on it; nothing for any other letter."""
    if mode not in MODES or not body.strip():
        return ""
    if not Telling.objects.filter(contact=contact, told_at=None).exists():
        return ""
    sent = Draft.objects.for_owner(contact.owner).filter(occasion=Occasion.TELL, sent_at__isnull=False)
    rows = sent.exclude(contact=contact).order_by("-sent_at").values_list("contact__name", "body")
    names = (contact.name, contact.given, contact.family, contact.nickname, contact.prefix)
    return same_as(body, dict(rows[:_COMPARED]), names=names, about_me=_about_me(around)) or ""


def _about_me(around: World) -> str:
    """What the seeker says of themself in every letter."""
    seeker, goal = around.seeker, around.goal
    said = [seeker.who_line, seeker.signature, seeker.offer]
    return " ".join(said + ([goal.text, goal.role, goal.field, goal.place] if goal else []))


def known_as(contact: Contact, standing: Standing | None) -> Acquaintance:
    """Give what the rules may know of how near someone is."""
    facts = standing.facts if standing else {}
    return Acquaintance(
        contact=contact.pk,
        closeness=contact.closeness,
        strength=standing.strength if standing else 0.0,
        connector=contact.connector,
        hires=contact.hires,
        match=facts.get("match", 0.0),
        last_at=standing.last_at if standing else None,
        exchanges=facts.get("exchanges", 0),
        gate=facts.get("gate", ""),
    )
