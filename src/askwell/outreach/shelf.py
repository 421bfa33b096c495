"""What of the reading shelf a letter carries, and how it is named in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.lead_letters import MODES as LEAD_MODES
from askwell.outreach.lead_letters import carried_by
from askwell.outreach.models import SavedLink
from askwell.rules.facts import Mode, Occasion

if TYPE_CHECKING:
    from typing import Any

    from askwell.outreach.models import Draft

_QUOTES = "“”\"'‘’«» "
_ADDRESS_GOES_ON = frozenset("/-_?#&=%")


def named(link: SavedLink) -> str:
    """Name it as a letter does: the title, and where it is read."""
    title = f"“{link.title.strip(_QUOTES)}”"
    return f"{title}, {link.url}" if link.url else title


def carries(body: str, link: SavedLink, *, chosen: bool) -> bool:
    """Say whether a letter carries it: its address, or, in a letter written to share, its title."""
    if link.url:
        at = body.find(link.url)
        rest = body[at + len(link.url) :]
        return at >= 0 and not (rest[:1].isalnum() or rest[:1] in _ADDRESS_GOES_ON)
    return chosen and link.title.casefold() in body.casefold()


def carried(draft: Draft) -> dict[str, Any]:
    """Give the facts a letter to stay in touch has from the shelf, to write it anew with them."""
    if draft.occasion in LEAD_MODES:
        return carried_by(draft)
    if draft.mode != Mode.CHECK_IN:
        return {}
    chosen = draft.occasion == Occasion.SHARE
    shelf = SavedLink.objects.filter(owner_id=draft.owner_id, dropped_at=None).order_by("-id")
    found = next((link for link in shelf if carries(draft.body, link, chosen=chosen)), None)
    return {"resource": named(found)} if found else {}
