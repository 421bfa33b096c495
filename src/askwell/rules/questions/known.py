"""What is known of someone before a talk, and so is not asked (P02, P04).

Theory of operation.  The numbers are ours: with two dated jobs one can see a path, and who came within
the last year is not asked about what takes years to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.questions.model import Avoid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

_NEW_THERE = timedelta(days=365)
_PATH_KNOWN = 2  # jobs with a beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of them.

    ``homework`` has the pieces of ``preparation.HOMEWORK`` that were done; ``dated_jobs`` counts jobs with
    a beginning; ``there_since`` is when they came to their present one: a year, a month or a day as in
    ISO 8601, empty where nobody knows.
    """

    homework: Collection[str] = ()
    dated_jobs: int = 0
    at_organization: bool = False
    there_since: str = ""


def conditions(known: Known, *, now: datetime) -> frozenset[Avoid]:
    """Give the conditions that hold of them, as ``TalkAhead`` takes them."""
    return frozenset(_holding(known, now=now))


def _holding(known: Known, *, now: datetime) -> Iterator[Avoid]:
    if "profile" in known.homework or known.dated_jobs >= _PATH_KNOWN:
        yield Avoid.ON_PROFILE
    if "site" in known.homework:
        yield Avoid.ON_SITE
    if not {"site", "news"}.intersection(known.homework):
        yield Avoid.UNREAD
    if not known.at_organization:
        yield Avoid.NO_ORGANIZATION
    if known.there_since > (now - _NEW_THERE).date().isoformat():
        yield Avoid.NEW_THERE
