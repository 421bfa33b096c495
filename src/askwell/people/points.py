"""Points of contact: the form in which two are equal, and which of them name one person."""

from __future__ import annotations

import re

from askwell.formats.addresses import norm_email, norm_phone, norm_url
from askwell.people.models import PointKind

_OWN_PAGES = re.compile(r"^(?:linkedin\.com/(?:in|pub)/|xing\.com/profile/|orcid\.org/)[^/]+$")


def norm_point(kind: str, value: str, default_country: str = "") -> str:
    """Give what makes two points of a kind equal; empty when there is nothing to compare."""
    if kind == PointKind.EMAIL:
        return norm_email(value)
    if kind == PointKind.PHONE:
        return norm_phone(value, default_country)
    return norm_url(value)


def is_identity(kind: str, norm: str) -> bool:
    """Say whether a point names one person: an e-mail, an E.164 number, a page about a person."""
    if kind == PointKind.EMAIL:
        return "@" in norm
    if kind == PointKind.PHONE:
        return norm.startswith("+")
    return bool(_OWN_PAGES.match(norm))
