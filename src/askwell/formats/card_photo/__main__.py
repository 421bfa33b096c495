"""Read one picture from the standard input, in a process that ends afterwards.

Theory of operation.  A picture from elsewhere meets much code that was not written here.  In a process of
its own it can take no more memory and time than it is given, whatever breaks is broken there alone, and
the half gigabyte of the recognizer is given back.  Any call to the network ends in an error.  The answer
is the last line of the output: ``{"lines": [[text, confidence], ...]}`` or ``{"error": code}``.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

from askwell.formats.card_photo.reader import read
from askwell.formats.errors import FormatError

SECONDS = 60  # of processor time
MEMORY = 6 * 1024**3  # of addresses, which are many more than is used
_CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")


def bound() -> None:  # pragma: no cover - tested in a process of its own
    """Bound memory and time, where the system can, and refuse the network."""
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        hard = resource.getrlimit(what)[1]
        with suppress(ValueError, OSError):  # not every system has every bound
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _refuse(event: str, _args: tuple[Any, ...]) -> None:  # pragma: no cover - as above
    if event in _CALLS:
        raise PermissionError(event)


def answer(data: bytes) -> dict[str, Any]:
    """Give what was read, or why not."""
    try:
        return {"lines": [[line.text, line.confidence] for line in read(data)]}
    except FormatError as error:
        return {"error": error.code}


if __name__ == "__main__":  # pragma: no cover - as above
    bound()
    print(json.dumps(answer(sys.stdin.buffer.read())))  # noqa: T201 - the answer
