"""A message and its parts, read from text.

Theory of operation.  A file may begin with header lines (``Subject:``, ``To:``, ``Cc:`` ...);
the rest is the body.  Parts remember where they stood in the file, so that a finding can point
into the file.  A message without a ``Subject:`` line has the subject None: unknown, not empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADER = re.compile(
    r"[#*_ \t]*(?P<name>subject|betreff|objet|asunto|oggetto|assunto|onderwerp"
    r"|to|cc|bcc|from|date|attachments?)"
    r"[*_]*[ \t]*:[*_]*[ \t]*(?P<value>[^\n]*)(?:\n|$)",
    re.IGNORECASE,
)
_SUBJECTS = frozenset({"subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp"})
_RECIPIENTS = frozenset({"to", "cc", "bcc"})
_ATTACHMENTS = frozenset({"attachment", "attachments"})
_FENCE = re.compile(r"---[ \t]*(?:\n|$)")
_BLANK = re.compile(r"(?:[ \t]*\r?\n)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message.  ``source`` is the file it was read from, None when built from its parts."""

    body: str
    subject: str | None = None
    attachments: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    source: str | None = None
    subject_at: int = 0
    body_at: int = 0


def parse_message(text: str, kind: str = "txt") -> Message:
    """Read a text or Markdown file that may begin with header lines.

    ``kind`` is "txt" or "md"; in Markdown a YAML front matter block may hold the same lines.
    """
    at = 1 if text.startswith("\ufeff") else 0
    if kind == "md" and (fence := _FENCE.match(text, at)):
        at = fence.end()
    headers, body_at = _headers(text, at)
    if kind == "md" and (fence := _FENCE.match(text, body_at)):
        body_at = fence.end()
    subject, subject_at = next(
        ((value, start) for name, value, start in headers if name in _SUBJECTS), (None, 0)
    )
    return Message(
        subject=subject,
        body=text[body_at:],
        attachments=_listed(headers, _ATTACHMENTS),
        recipients=_listed(headers, _RECIPIENTS),
        source=text,
        subject_at=subject_at,
        body_at=body_at,
    )


def _headers(text: str, at: int) -> tuple[list[tuple[str, str, int]], int]:
    """Header lines from ``at``, and where the body begins.  One lone "To: ..." line is not a header."""
    headers: list[tuple[str, str, int]] = []
    start = at
    blank = _BLANK.match(text, at)
    at = blank.end() if blank else at
    while match := _HEADER.match(text, at):
        headers.append((match["name"].lower(), match["value"].rstrip(" \t\r*_"), match.start("value")))
        at = match.end()
    if not any(name in _SUBJECTS | _RECIPIENTS for name, _, _ in headers):
        return [], start
    return headers, at


def _listed(headers: list[tuple[str, str, int]], names: frozenset[str]) -> tuple[str, ...]:
    """Values of the headers ``names``, split at commas; where addresses are given, only those count."""
    parts = [
        part.strip()
        for name, value, _ in headers
        if name in names
        for part in re.findall(r"(?:\"[^\"]*\"|[^,;\"])+", value[:5000])
    ]
    addresses = [part for part in parts if "@" in part]
    return tuple(addresses or [part for part in parts if part])
