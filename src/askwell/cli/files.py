"""Files written for other programs: whole or not at all."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from askwell.cli.failures import Failure
from askwell.cli.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Write beside the target and put it in place when all is there.  Raises Failure."""
    if path.is_dir():
        raise Failure(_("%(path)s was not written: it is a folder.") % {"path": path})
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(path)
    except OSError as error:
        words = {"path": path, "why": error.strerror}
        raise Failure(_("%(path)s was not written: %(why)s.") % words) from error
    finally:
        part.unlink(missing_ok=True)


def write(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file whole, or print it where the path is ``-``.  Raises Failure."""
    if str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.writelines(parts)
        sys.stdout.buffer.flush()
        return
    with whole(path) as out:
        out.writelines(parts)
