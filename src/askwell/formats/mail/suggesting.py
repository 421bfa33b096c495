"""What an answer to a request seems to say: yes, no, later, somebody else, times, the resume, a question.

Theory of operation.  Each sentence of the new text is compared with the phrases of its language (``answers``
in ``words``: English, German, Arabic).  Nothing is decided here: a suggestion carries the sentence it rests
on and is shown with it, for the user to confirm or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One reading: ``new_text[start:end] == sentence``.

    ``kind`` is yes, no, later, other_person, times, resume or question.  ``value`` of later: ``date`` (ISO, ""
    where none is said); of other_person: ``name``, ``address``; of times: ``times`` (ISO local datetimes),
    ``until`` (the ends, "" where none is said), ``days`` (ISO dates of days offered whole), ``zone`` (IANA
    name or offset), ``zone_said``; of the others nothing.
    """

    kind: str
    sentence: str
    start: int
    end: int
    value: Mapping[str, Any] = field(default_factory=dict)


def suggestions(
    new_text: str,
    *,
    sent: datetime | None = None,
    zone: tzinfo | None = None,
    sender_name: str = "",
    known_addresses: Sequence[str] = (),
) -> tuple[Suggestion, ...]:
    """What an answer seems to say, in the order of its sentences.  Never raises."""
    return ()
