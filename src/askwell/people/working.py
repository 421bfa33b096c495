"""Long work seen from another process: how far it is, the wish to stop it, and whether it still lives.

Theory of operation.  Whoever works is inside one long transaction, so neither side can speak through the
database.  They speak through two files in a folder of that work: ``progress.json``, replaced whole at most a
few times a second, and ``cancel``, whose existence is the wish.  A claim on work names the process that has
it, so that a process that was killed holds nothing and its work can be taken up again at once.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from askwell.people.errors import PeopleError

Watcher = Callable[[str, int, "int | None"], None]  # stage, done, in all (or None)
Tick = Callable[[int], None]  # how many more are done

_SECONDS_BETWEEN = 0.2


def progress_in(folder: Path) -> dict[str, Any]:
    """Give ``{"stage", "done", "total"}`` of the work of a folder; ``{}`` when nothing is known."""
    return read_json(folder / "progress.json")


def read_json(file: Path) -> dict[str, Any]:
    """Give what a small file of a work folder says; ``{}`` when there is none."""
    try:
        found: dict[str, Any] = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return found


def write_json(file: Path, said: Mapping[str, Any]) -> None:
    """Write a small file of a work folder whole, or not at all.  Raises OSError."""
    temporary = file.with_name(f"{file.stem}.{os.getpid()}")
    temporary.write_text(json.dumps(said))
    temporary.chmod(0o600)
    temporary.replace(file)


def ask_to_stop(folder: Path) -> bool:
    """Ask whoever is at work to stop at the next part; False when the folder is gone already."""
    try:
        (folder / "cancel").touch()
    except OSError:
        return False
    return True


class Reporter:
    """Tells how far the work is.  Every call may raise ``stopped``, when somebody asked for an end."""

    def __init__(self, folder: Path, watcher: Watcher | None, *, stopped: type[PeopleError]) -> None:
        self._folder, self._watcher, self._stopped = folder, watcher, stopped
        self._last, self._stage = 0.0, ""
        with suppress(OSError):
            (self._folder / "cancel").unlink()

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Tell where the work is."""
        if self._watcher:
            self._watcher(stage, done, total)
        moment = time.monotonic()
        if stage == self._stage and moment - self._last < _SECONDS_BETWEEN:
            return
        self._stage, self._last = stage, moment
        if (self._folder / "cancel").exists():
            raise self._stopped
        with suppress(OSError):  # nobody loses anything when this file cannot be written
            write_json(self._folder / "progress.json", {"stage": stage, "done": done, "total": total})

    def ticker(self, stage: str, total: int | None) -> Tick:
        """Give a function that is told how many more are done."""
        done = 0

        def tick(more: int) -> None:
            nonlocal done
            done += more
            self(stage, done, total)

        return tick


def this_process() -> dict[str, Any]:
    """Give what tells this process from every other, as JSON keeps it."""
    return {"host": socket.gethostname(), "pid": os.getpid(), "started": _started(os.getpid())}


def is_this(process: Mapping[str, Any]) -> bool:
    """Say whether a process noted before is this one."""
    return dict(process) == this_process()


def lives(process: Mapping[str, Any]) -> bool:
    """Say whether a process noted before still runs; of another machine's it is assumed."""
    if process.get("host") != socket.gethostname():
        return True
    return bool(_started(process.get("pid", 0)) == process.get("started"))


def _started(pid: int) -> str:
    """Give what tells a process from a later one of the same number; empty when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        pass
    try:
        os.kill(pid, 0)
    except PermissionError:
        return "running"
    except (OSError, OverflowError):
        return ""
    return "running"
