"""Where post reaches someone, as one would write it on an envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.journal import journal
from askwell.people.models import PostalAddress

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.people.models import Contact

_PARTS = ("po_box", "extended", "street", "city", "region", "postcode", "country")
_NONE = dict.fromkeys(_PARTS, "")


def keep_postal_address(contact: Contact, text: str, *, now: datetime) -> None:
    """Keep the lines as the address that goes on an envelope, in the place of the first; none removes it."""
    lines = "\n".join(filter(None, map(str.strip, text.splitlines())))
    first = contact.addresses.order_by("id").first()
    with journal(contact.owner, "people.edit", now=now, params={"name": contact.name}) as log:
        if first is None and lines:
            log.create(PostalAddress(owner_id=contact.owner_id, contact=contact, formatted=lines))
        elif first is not None and lines:
            log.change(first, formatted=lines, **_NONE)
        elif first is not None:
            log.delete(first)
