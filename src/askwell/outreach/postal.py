"""Where a card goes by post: the lines of an envelope, as far as they are known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.people.models import Contact

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.models import PostalAddress

_CODE = re.compile("[A-Z]{2,3}")  # IL, ON, NSW


def envelope_lines(contact: Contact) -> tuple[str, ...]:
    """Give name and address, a line each; the name alone where no address is known."""
    address = contact.addresses.order_by("id").first()
    return (contact.name, *(_lines(address) if address else ()))


def sender_lines(owner: AbstractBaseUser) -> tuple[str, ...]:
    """Give the seeker's own name and address, none where they are not known."""
    own = Contact.objects.for_owner(owner).filter(is_self=True).first()
    return envelope_lines(own) if own else ()


def _lines(address: PostalAddress) -> tuple[str, ...]:
    if address.formatted.strip():
        return tuple(filter(None, map(str.strip, address.formatted.splitlines())))
    lines = (address.po_box, address.extended, address.street, *_town(address), address.country)
    return tuple(line.strip() for line in lines if line.strip())


def _town(address: PostalAddress) -> tuple[str, ...]:
    """Write "Chicago, IL 60610" where the region is a short code; else "10115 Berlin", the region below."""
    if _CODE.fullmatch(address.region.strip()) and address.city:
        return (f"{address.city.strip()}, {address.region.strip()} {address.postcode.strip()}",)
    return (" ".join(filter(None, (address.postcode, address.city))), address.region)
