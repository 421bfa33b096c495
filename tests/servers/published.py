"""A web server as a provider has it for calendars that are published under a secret address."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "private-5f0c1d"


@dataclass
class Publishing:
    """Where it is; what it was asked, with which headers; where it sends on to, by path."""

    url: str
    folder: Path
    asked: list[tuple[str, dict[str, str]]]
    onward: dict[str, str] = field(default_factory=dict)

    def publish(self, *events: str, name: str = "jane@home.example", file: str = "basic.ics") -> str:
        """Publish a calendar; its address."""
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"X-WR-CALNAME:{name}", *events]
        return self.put("\r\n".join([*lines, "END:VCALENDAR", ""]).encode(), file)

    def put(self, data: bytes, file: str) -> str:
        """Publish bytes; their address."""
        path = self.folder / SECRET / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return f"{self.url}/{SECRET}/{file}"


def meeting(
    day: str, hour: int = 10, *, minutes: int = 60, uid: str = "m", lines: tuple[str, ...] = ()
) -> str:
    """Give an event of a day (``20261124``)."""
    times = (f"DTSTART:{day}T{hour:02}0000Z", f"DURATION:PT{minutes}M")
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}-{day}", "DTSTAMP:20261101T000000Z", *times, *lines, "END:VEVENT"]
    )


@contextmanager
def publishing(folder: Path) -> Iterator[Publishing]:
    """Serve a folder on this machine."""
    folder.mkdir()
    served = Publishing(url="", folder=folder, asked=[])

    class Files(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

        def do_GET(self) -> None:
            served.asked.append((self.path, dict(self.headers)))
            if (onward := served.onward.get(self.path)) is None:
                super().do_GET()
                return
            self.send_response(302)
            self.send_header("Location", onward)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    served.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
