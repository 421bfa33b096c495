"""One member's file of a circle: whom they know, as tokens that only the circle's secret can make.

Theory of operation.  A circle has one secret, 136 random bits, written as eight groups of four letters
and digits with a checksum of 24 bits in it; none of them is easily taken for another, and what is often
typed for one counts as it.  Two keys follow from the secret (HMAC-SHA256 under a label): one makes
tokens of addresses, one seals files.  As nobody chooses the secret, there is nothing to guess and nothing
to slow guessing down.

A token is HMAC-SHA256 of ``mail:`` and a normalised address, or ``profile:`` and that of a page about a
person, cut to 16 bytes.  A file lists tokens in their order, each with a level from 1 (know each other) to
3 (well), filled up with tokens of nobody to the next power of two, at least 16.  These follow from a key
that the writer alone has, so they are the same in every file of theirs: two files side by side do not
tell who is real.  Name and day stand in the open; everything is sealed.  A file is taken as a whole or
not at all.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from askwell.formats.addresses import norm_email, norm_url

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
LEAST_ENTRIES, MOST_ENTRIES = 16, 2**20
MOST_BYTES = 64 * 1024 * 1024  # twice what the most entries take
LEVELS = (1, 2, 3)
SECRET_BYTES = 17
_CHECK_BYTES = 3
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u
_MEANT = str.maketrans("ilo", "110")
_GROUP = 4
_SIZE = (SECRET_BYTES + _CHECK_BYTES) * 8 // 5
_TOKEN_BYTES = 16
_HEX = re.compile(r"[0-9a-f]+")
_TOKEN, _NAMED = _TOKEN_BYTES * 2, 16  # how long a token is, and the name of a circle or a member
_LONGEST_NAME = 120
_COLUMNS = {"askwell_circle", "circle", "entries", "made", "member", "name", "seal"}


class CircleFileError(Exception):
    """The file, or the secret, cannot be used; nothing of it counts.  ``code`` says why.

    ``not-a-circle-file``, ``damaged``, ``other-version``, ``other-circle``, ``too-many-tokens``; of a secret
    ``mistyped`` and ``secret-length``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Keys:
    """What follows from a circle's secret: the name of the circle, and two keys."""

    circle: str
    tokens: bytes
    seal: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleFile:
    """One member's file.  ``entries`` are levels by token, with those of nobody among them."""

    circle: str
    member: str
    name: str
    made: date
    entries: Mapping[str, int]


# -- the secret --------------------------------------------------------------------------------


def shown(secret: bytes) -> str:
    """Write a secret so that it can be read aloud: eight groups of four."""
    number = int.from_bytes(secret + _check(secret))
    figures = [_LETTERS[number >> 5 * place & 31] for place in reversed(range(_SIZE))]
    return "-".join("".join(figures[start : start + _GROUP]) for start in range(0, _SIZE, _GROUP))


def typed(text: str) -> bytes:
    """Read a secret as somebody typed it.  Raises CircleFileError where it cannot be right."""
    plain = unicodedata.normalize("NFKC", text).lower()
    figures = "".join(char for char in plain if char.isalnum()).translate(_MEANT)
    if len(figures) != _SIZE:
        raise CircleFileError("secret-length")
    if set(figures) - set(_LETTERS):
        raise CircleFileError("mistyped")
    number = 0
    for figure in figures:
        number = number << 5 | _LETTERS.index(figure)
    whole = number.to_bytes(SECRET_BYTES + _CHECK_BYTES)
    if _check(whole[:SECRET_BYTES]) != whole[SECRET_BYTES:]:
        raise CircleFileError("mistyped")
    return whole[:SECRET_BYTES]


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"askwell circle check 1" + secret).digest()[:_CHECK_BYTES]


def keys_of(secret: bytes) -> Keys:
    """Derive what a circle works with."""

    def follows(label: str) -> bytes:
        return hmac.digest(secret, f"askwell circle {label} 1".encode(), "sha256")

    return Keys(circle=follows("name").hex()[:_NAMED], tokens=follows("tokens"), seal=follows("seal"))


# -- tokens ------------------------------------------------------------------------------------


def mail_token(keys: Keys, address: str) -> str:
    """Make the token of an e-mail address, however it is spelled."""
    local, _at, domain = norm_email(unicodedata.normalize("NFKC", address)).rpartition("@")
    return _token(keys, f"mail:{local}@{_ascii(domain)}")


def profile_token(keys: Keys, url: str) -> str:
    """Make the token of a page about a person, however it is spelled."""
    return _token(keys, "profile:" + norm_url(unicodedata.normalize("NFKC", url)).casefold())


def _ascii(domain: str) -> str:
    try:
        return domain.rstrip(".").encode("idna").decode()
    except UnicodeError:
        return domain


def _token(keys: Keys, text: str) -> str:
    return hmac.digest(keys.tokens, text.encode("utf-8", "surrogatepass"), "sha256")[:_TOKEN_BYTES].hex()


# -- the file ----------------------------------------------------------------------------------


def write(file: CircleFile, keys: Keys, *, filling: bytes) -> bytes:
    """Write a file, filled up with tokens of nobody that follow from ``filling``, the writer's own key.

    Raises CircleFileError (``too-many-tokens``).
    """
    if len(file.entries) > MOST_ENTRIES:
        raise CircleFileError("too-many-tokens")
    body = {
        "askwell_circle": FORMAT,
        "circle": file.circle,
        "member": file.member,
        "name": file.name,
        "made": file.made.isoformat(),
        "entries": [[token, level] for token, level in sorted(_filled(file.entries, filling).items())],
    }
    sealed = {**body, "seal": _seal(body, keys)}
    return json.dumps(sealed, separators=(",", ":")).encode() + b"\n"


def read(data: bytes, keys: Mapping[str, Keys]) -> CircleFile:
    """Read a file of one of these circles, by name.  Raises CircleFileError."""
    body = _opened(data)
    if body["askwell_circle"] != FORMAT:
        raise CircleFileError("other-version")
    if body.keys() != _COLUMNS:
        raise CircleFileError("damaged")
    circle, seal = body["circle"], body.pop("seal")
    if not isinstance(circle, str) or circle not in keys:
        raise CircleFileError("other-circle")
    if not isinstance(seal, str) or not _same(seal, _seal(body, keys[circle])):
        raise CircleFileError("damaged")
    return _checked(body)


def _filled(entries: Mapping[str, int], filling: bytes) -> dict[str, int]:
    wanted = max(LEAST_ENTRIES, 1 << (len(entries) - 1).bit_length() if entries else 0)
    found, number = dict(entries), 0
    while len(found) < wanted:
        made = hmac.digest(filling, f"nobody {number}".encode(), "sha256")
        found.setdefault(made[:_TOKEN_BYTES].hex(), LEVELS[made[-1] % len(LEVELS)])
        number += 1
    return found


def _opened(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise CircleFileError("too-many-tokens")
    try:
        body = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        code = "damaged" if b'"askwell_circle"' in data[:100] else "not-a-circle-file"
        raise CircleFileError(code) from None
    if not isinstance(body, dict) or "askwell_circle" not in body:
        raise CircleFileError("not-a-circle-file")
    return body


def _seal(body: Mapping[str, Any], keys: Keys) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hmac.digest(keys.seal, text.encode(), "sha256").hex()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())


def _checked(body: Mapping[str, Any]) -> CircleFile:
    """Look at what was sealed: whoever has the secret may have written it with another program."""
    entries, member, name = body["entries"], body["member"], body["name"]
    if not (isinstance(entries, list) and all(map(_is_entry, entries)) and len(entries) <= MOST_ENTRIES):
        raise CircleFileError("damaged")
    if not (_is_hex(member, _NAMED) and isinstance(name, str) and 0 < len(name.strip()) <= _LONGEST_NAME):
        raise CircleFileError("damaged")
    try:
        made = date.fromisoformat(body["made"])
    except (TypeError, ValueError):
        raise CircleFileError("damaged") from None
    found: dict[str, int] = {}
    for token, level in entries:
        found[token] = max(level, found.get(token, 0))
    return CircleFile(circle=body["circle"], member=member, name=name.strip(), made=made, entries=found)


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, list)
        and len(entry) == len(("token", "level"))
        and _is_hex(entry[0], _TOKEN)
        and type(entry[1]) is int
        and entry[1] in LEVELS
    )


def _is_hex(text: object, size: int) -> bool:
    return isinstance(text, str) and len(text) == size and _HEX.fullmatch(text) is not None
