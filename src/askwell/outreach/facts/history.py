"""Touches with one contact, summed up.

Theory of operation.  One ordered pass.  A message that bounced never arrived and an automatic
reply is no reply: neither counts.  A talk held is an answer to everything before it; so is any other
meeting or call, unless it was one to ask.
"""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from askwell.rules.facts import History, Mode, TouchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    TouchRow = tuple[datetime, str, str, str, bool, bool]  # at, direction, kind, mode, answers, is_news
    FavorRow = tuple[datetime, str]  # at, kind

_YEAR = timedelta(days=365)
_BOUNCE, _AUTO = TouchKind.BOUNCE.value, TouchKind.AUTO_REPLY.value
_CHECK_IN = Mode.CHECK_IN.value
_TOGETHER = {TouchKind.MEETING.value, TouchKind.CALL.value}
_HOUR = 3600.0


def summarise(
    touches: Sequence[TouchRow],
    *,
    now: datetime,
    favors: Iterable[FavorRow] = (),
    talk_ends: Sequence[datetime] = (),
) -> History:
    """Sum up one contact's touches (oldest first), favors (oldest first) and held talks."""
    year_ago = now - _YEAR
    last_talk = max(talk_ends, default=None)
    found = _Pass(year_ago)
    for touch in _arrived(touches):
        found.take(touch)
    talks_of_year = sum(end >= year_ago for end in talk_ends)
    last_out, last_in = found.last_out, found.last_in
    heard = max((at for at in (last_in, last_talk) if at), default=None)
    owed = found.owed
    asks, last_give, last_ask = _reciprocity(favors)
    return History(
        first_at=_first(touches[0][0] if touches else None, talk_ends),
        last_out_at=last_out,
        last_in_at=last_in,
        reply_owed_since=owed if owed and not (last_talk and last_talk > owed) else None,
        last_news_at=found.last_news,
        last_check_in_at=found.last_check_in,
        last_talk_at=last_talk,
        talks=talks_of_year,
        exchanges=min(found.out, found.inbound) + talks_of_year,
        out=found.out,
        inbound=found.inbound,
        median_reply_hours=median(found.waits) if found.waits else None,
        unanswered=sum(at > heard for at in found.open_out) if heard else len(found.open_out),
        asks_since_give=asks,
        last_give_at=last_give,
        last_ask_at=last_ask,
    )


def _arrived(touches: Sequence[TouchRow]) -> list[TouchRow]:
    """Leave out bounces with the message each sent back, and automatic replies."""
    kept: list[TouchRow] = []
    for touch in touches:
        if touch[2] == _BOUNCE:
            for place in range(len(kept) - 1, -1, -1):
                if kept[place][1] == "out":
                    del kept[place]
                    break
        elif touch[2] != _AUTO:
            kept.append(touch)
    return kept


class _Pass:
    """What one ordered pass remembers."""

    __slots__ = (
        "inbound",
        "last_check_in",
        "last_in",
        "last_news",
        "last_out",
        "open_out",
        "out",
        "owed",
        "waits",
        "year_ago",
    )

    def __init__(self, year_ago: datetime) -> None:
        self.year_ago = year_ago
        self.last_out: datetime | None = None
        self.last_in: datetime | None = None
        self.owed: datetime | None = None
        self.last_news: datetime | None = None
        self.last_check_in: datetime | None = None
        self.open_out: list[datetime] = []
        self.waits: list[float] = []
        self.out = self.inbound = 0

    def take(self, touch: TouchRow) -> None:
        at, direction, kind, mode, answers, is_news = touch
        if direction == "out":
            self._take_out(at, mode, answers=answers)
            if kind in _TOGETHER and not mode:
                self.last_in = at
                self.open_out.clear()
        else:
            self._take_in(at, asks=answers)
        if is_news:
            self.last_news = at

    def _take_out(self, at: datetime, mode: str, *, answers: bool) -> None:
        self.last_out = at
        self.open_out.append(at)
        if at >= self.year_ago:
            self.out += 1
        if answers:
            self.owed = None
        if mode == _CHECK_IN:
            self.last_check_in = at

    def _take_in(self, at: datetime, *, asks: bool) -> None:
        self.last_in = at
        if at >= self.year_ago:
            self.inbound += 1
            if self.open_out:
                self.waits.append((at - self.open_out[-1]).total_seconds() / _HOUR)
        self.open_out.clear()
        if asks and self.owed is None:
            self.owed = at


def _first(first_touch: datetime | None, talk_ends: Sequence[datetime]) -> datetime | None:
    return min((at for at in (first_touch, *talk_ends) if at), default=None)


def _reciprocity(favors: Iterable[FavorRow]) -> tuple[int, datetime | None, datetime | None]:
    """Asks since the last give, when that was, and the last ask."""
    last_give = last_ask = None
    asks = 0
    for at, kind in favors:
        if kind == "give":
            last_give, asks = at, 0
        else:
            last_ask, asks = at, asks + 1
    return asks, last_give, last_ask
