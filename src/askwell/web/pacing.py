"""How often something may be asked for: so many times a minute for each name, counted in this process."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

_MOST_NAMES = 10_000  # the one that asked longest ago is forgotten


class Pace:
    """Counts each name's requests within the running minute."""

    def __init__(self, a_minute: int) -> None:
        self._most = a_minute
        self._seen: OrderedDict[Hashable, tuple[int, int]] = OrderedDict()  # name: minute, count
        self._lock = Lock()

    def allows(self, name: Hashable, *, now: datetime) -> bool:
        """Count one more; False where there were enough in this minute."""
        minute = int(now.timestamp()) // 60
        with self._lock:
            last, count = self._seen.pop(name, (minute, 0))
            count = count + 1 if last == minute else 1
            self._seen[name] = (minute, count)
            while len(self._seen) > _MOST_NAMES:
                self._seen.popitem(last=False)
        return count <= self._most
