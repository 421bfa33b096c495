"""Addresses, numbers and links: the form in which two are equal.

Theory of operation.  An e-mail address loses its white space, brackets and case; a number becomes E.164
where its country is known; a link loses its scheme and what only tells how one came to it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from askwell.formats.phones import e164

_LONGEST = 500
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PROFILE = re.compile(r"^(?:[a-z]{2,3}\.)?linkedin\.com/(?:mwlite/|m/)?(in|pub)/([^/?#]+)", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:;ext=|\b(?:ext|extension|x|durchwahl)\b\.?)\s*(\d{1,8})\s*$", re.IGNORECASE)


def norm_email(value: str) -> str:
    """Give the address without white space and ``mailto:``, in lower case."""
    bare = value.strip().strip("<>").removeprefix("mailto:")
    return bare.lower()[:_LONGEST]


def norm_phone(value: str, default_country: str = "", known_e164: str = "") -> str:
    """Give E.164 (with ``;ext=`` for an extension), or bare digits where the country is unknown."""
    extension = _EXTENSION.search(value)
    main = value[: extension.start()] if extension else value
    full = known_e164 or e164(main.strip(), default_country)
    number = full or "".join(char for char in main if char.isdigit())
    tail = f";ext={extension[1]}" if extension and ";ext=" not in number else ""
    return (number + tail)[:_LONGEST] if number else ""


def norm_url(value: str) -> str:
    """Give the address without scheme, ``www.`` and trailing slash; a profile as ``linkedin.com/in/slug``."""
    return _norm_url(value) if len(value) <= _LONGEST else _bare_url(value)


def _bare_url(value: str) -> str:
    bare = _SCHEME.sub("", value.strip())
    bare = bare.removeprefix("www.").removeprefix("WWW.")
    if profile := _PROFILE.match(bare):
        return f"linkedin.com/{profile[1].lower()}/{unquote(profile[2]).lower()}"[:_LONGEST]
    host, slash, path = bare.partition("/")
    return (host.lower() + slash + path).rstrip("/")[:_LONGEST]


_norm_url = lru_cache(maxsize=65536)(_bare_url)
