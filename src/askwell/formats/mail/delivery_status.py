"""The part of a notice that is for programs (RFC 3464, RFC 6533): one recipient after the other.

Theory of operation.  Fields are read in their order; a recipient begins at a blank line or where a field
comes again that it has already, for some servers leave the blank line out and others write two.  Fields of
the message as a whole name no recipient and are passed over.  The address is the one that was written to
(Original-Recipient) where it can be read, else the final one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_SIGNS = 500_000
_FIELD = re.compile(r"([A-Za-z][\w-]{1,60})[ \t]{0,3}:(.*)")
_ADDRESS = re.compile(r"[^\s<>@;,()]{1,200}@[^\s<>@;,()]{1,253}")
_STATUS = re.compile(r"(?<!\d)[245]\.\d{1,3}\.\d{1,3}")
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_UNITEXT = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
_TYPED = re.compile(r"\s*[\w-]+\s*;\s*(.*)", re.DOTALL)
_TO = ("original-recipient", "final-recipient", "x-actual-recipient")
_WORD = re.compile(r"[a-z]+")


class Recipient(NamedTuple):
    """What became of a message for one recipient."""

    address: str
    action: str  # failed, delayed, delivered, relayed, expanded
    status: str  # 5.1.1, or ""
    diagnostic: str  # in the server's words


def recipients_in(text: str) -> list[Recipient]:
    """Give the recipients that a part names."""
    found = (_recipient(fields) for fields in _groups(text[:MOST_SIGNS]))
    return [one for one in found if one]


def _groups(text: str) -> list[dict[str, str]]:
    groups: list[dict[str, str]] = [{}]
    name = ""
    for line in text.split("\n"):
        field = _FIELD.match(line)
        if not line.strip():
            groups.append({})
            name = ""
        elif line[0] in " \t" and name:
            groups[-1][name] += " " + line.strip()
        elif field:
            name = field[1].lower()
            if name in groups[-1]:
                groups.append({})
            groups[-1][name] = field[2].strip()
    return groups


def _recipient(fields: dict[str, str]) -> Recipient | None:
    address = next(filter(None, (_address(fields.get(name, "")) for name in _TO)), "")
    if not address:
        return None
    action = _WORD.match(fields.get("action", "").lower())
    status = _STATUS.search(fields.get("status", ""))
    diagnostic = fields.get("diagnostic-code", "")
    typed = _TYPED.fullmatch(diagnostic)
    return Recipient(
        address=address,
        action=_action(action[0] if action else ""),
        status=status[0] if status else "",
        diagnostic=(typed[1] if typed else diagnostic).strip(),
    )


def _action(word: str) -> str:
    """Give the action by its name; what is not known has failed, as "error" of OpenSMTPD has."""
    known = ("failed", "delayed", "delivered", "relayed", "expanded")
    return next((name for name in known if word and name.startswith(word[:7])), "failed")


def _address(value: str) -> str:
    """Give the address of ``rfc822;anna@example.org``; with letters as RFC 3461 and RFC 6533 write them."""
    kind, semicolon, rest = value.partition(";")
    text = rest if semicolon else value
    if kind.strip().lower() == "rfc822":
        text = (
            _XTEXT.sub(lambda found: chr(int(found[1], 16)), text) if "+3D" in text or "+2B" in text else text
        )
    elif kind.strip().lower() == "utf-8":
        text = _UNITEXT.sub(_character, text)
    found = _ADDRESS.search(text)
    return found[0].strip("\"'") if found else ""


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]  # noqa: PLR2004
