"""Progress of long work, on standard error and only for someone who watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[int, int], None]  # done, of
FIRST_TIME = "Reckoning... (the first time on a machine takes up to a minute longer)"  # loops are compiled


@contextmanager
def at_work(text: str) -> Iterator[None]:
    """Show that something is under way, where nobody can say how far."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


@contextmanager
def progress(text: str) -> Iterator[Tell]:
    """Show how far long work is: call what this gives with (done, of)."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of or None)
