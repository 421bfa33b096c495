"""Single values as contacts have them: addresses, numbers, links; odd ones told and kept."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from askwell.formats.phones import e164
from askwell.formats.records import Email, Phone, Url

EMAIL = re.compile(r"^[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\.]+(?:\.[^\s@<>(),;:\"\[\]\\.]+)+$")
ANGLED = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
WEB = re.compile(r"^(?:https?://)?[^\s/@:<>\"']+\.[^\s/@:<>\"'.]{2,}(?::\d+)?(?:[/?#]\S*)?$", re.IGNORECASE)
ANY_WEB = re.compile(r"^https?://[^\s<>\"']+$", re.IGNORECASE)
FEWEST_DIGITS = 7
LONGEST = 2000  # longer than any address; a cell of a megabyte is not searched
PROFILE = re.compile(r"linkedin\.com/(?:mwlite/)?(?:in|pub)/([^/?#\s]+)", re.IGNORECASE)
PHONE = re.compile(
    r"^[+(]?[\d(][\d\s().\-/–·\u00a0\u202f]{4,}(?:\s*(?:x|ext\.?|#|app\.?|dw)\s*\d+)?$", re.IGNORECASE
)


def is_email(text: str) -> bool:
    """Whether this has the shape of an address; whether it exists is not ours to know."""
    return len(text) <= LONGEST and bool(EMAIL.match(text.strip()))


def email_of(text: str, label: str = "") -> Email | None:
    """An address, also out of ``Jane Doe <jane@example.com>`` or ``mailto:``; None if it is none."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if match := ANGLED.search(text):
        text = match[1]
    text = text.removeprefix("mailto:").removeprefix("MAILTO:").strip("<>'\" ")
    return Email(value=text, label=label.lower()) if is_email(text) else None


def is_web(text: str) -> bool:
    """Whether this is an http(s) address or a bare domain; never ``javascript:`` and its like."""
    if len(text) > LONGEST:
        return False
    return bool(ANY_WEB.match(text.strip()) or WEB.match(text.strip()))


def url_of(text: str, label: str = "") -> Url | None:
    """A web address; a LinkedIn profile gets the label ``profile``; None if it is none."""
    text = text.strip()
    if not is_web(text):
        return None
    return Url(value=text, label="profile" if profile_slug(text) else label.lower())


def phone_of(text: str, label: str, default_country: str) -> Phone | None:
    """A number as written with its E.164 form where it can be known; None without any digit."""
    text = text.strip()
    if len(text) > LONGEST or not any(char.isdigit() for char in text):
        return None
    return Phone(value=text, e164=e164(text, default_country), label=label.lower())


def looks_like_phone(text: str) -> bool:
    """Digits and separators enough for a telephone number, and no date."""
    if len(text) > LONGEST or not PHONE.match(text.strip()):
        return False
    return sum(char.isdigit() for char in text) >= FEWEST_DIGITS


def profile_slug(url: str) -> str:
    """The key of a LinkedIn profile: the last part of its address, decoded, lower case; else ``""``."""
    match = PROFILE.search(url[:LONGEST])
    return unicodedata.normalize("NFC", unquote(match[1])).lower() if match else ""
