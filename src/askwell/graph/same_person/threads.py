"""How many records are worth threads, and loops compiled for them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

FEW = 150  # records; fewer take two seconds in loops as they were written, and compiling those half a minute
THREADS = 2


class _InTurn:
    """A pool of no threads: few records are answered before threads would be started."""

    map = staticmethod(map)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None


def threads_for(records: int) -> Any:
    """Give a pool of threads to work on so many records, or what does as one in this thread."""
    return ThreadPoolExecutor(THREADS) if records > FEW else _InTurn()
