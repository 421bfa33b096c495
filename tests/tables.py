"""Many small cases in one test: each is tried, and those that fail are all named together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def every(cases: Iterable[Any], holds: Callable[[Any], None]) -> None:
    """Try ``holds`` on each case; there must be some, and none may fail an assertion."""
    tried, wrong = 0, []
    for case in cases:
        tried += 1
        try:
            holds(case)
        except AssertionError as error:
            wrong.append(f"{case!r}\n{error}")
    assert tried
    assert not wrong, f"{len(wrong)} of {tried}:\n\n" + "\n\n".join(wrong)
