"""``askwell serve``: the web application on 127.0.0.1, with the worker in a thread beside it.

Who serves a data folder holds a lock on ``serving.lock`` there and writes its port into it; a lock dies
with its process, so a second start knows whether the first is still alive, and only opens a new link to it.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import threading
import time
import webbrowser
from pathlib import Path
from typing import IO, Any

import waitress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from askwell.mailroom.address import DEFAULT_PORT
from askwell.web import door
from askwell.web.worker import work

HOST = "127.0.0.1"
PORTS_TRIED = 20
THREADS = 8
SECONDS_TO_START = 10


class Command(BaseCommand):
    help = "Serve Askwell on this machine alone."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int)
        parser.add_argument("--no-browser", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        browser = not options["no_browser"] and os.environ.get("ASKWELL_NO_BROWSER") != "1"
        lock = _take_lock()
        if lock is None:
            self._welcome(_port_of_other(), browser=browser, again=True)
            return
        with lock:
            listener = self._listen(options["port"] or _wanted_port())
            port = listener.getsockname()[1]
            lock.write(str(port))
            lock.flush()
            self._serve(listener, port, browser=browser)

    def _listen(self, wanted: int) -> socket.socket:
        for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
            listener = _bind(port)
            if listener:
                if port != wanted:
                    text = _("Port %(wanted)s is taken; using %(port)s.") % {"wanted": wanted, "port": port}
                    self.stdout.write(text)
                return listener
        raise CommandError(_("No free port near %(port)s. Set ASKWELL_PORT.") % {"port": wanted})

    def _serve(self, listener: socket.socket, port: int, *, browser: bool) -> None:
        from askwell.web.wsgi import application  # loads all pages; another Askwell may serve them already

        Path(str(settings.STATIC_ROOT)).mkdir(parents=True, exist_ok=True)
        server = waitress.create_server(
            application,
            sockets=[listener],
            threads=THREADS,
            ident=None,
            # The server itself stops without a word, so what is somewhat too large is left to the page.
            max_request_body_size=2 * settings.UPLOAD_MAX_BYTES,
        )
        stop = threading.Event()
        worker = threading.Thread(target=work, args=(stop,), name="worker", daemon=True)
        signal.signal(signal.SIGTERM, _leave)
        worker.start()
        try:
            self._welcome(port, browser=browser)
            server.run()
        except KeyboardInterrupt:
            pass  # pressed before the server's loop, which ends on it by itself, had begun
        finally:
            stop.set()
            server.close()
            worker.join(timeout=5)
            self.stdout.write(_("Askwell is closed."))

    def _welcome(self, port: int, *, browser: bool, again: bool = False) -> None:
        link = f"http://{HOST}:{port}/?token={door.issue()}"
        text = (
            _("Askwell is open already. A new link, which works once:")
            if again
            else _("Askwell is open. This link works once:")
        )
        self.stdout.write(text)
        self.stdout.write(f"  {link}")
        self.stdout.flush()
        if browser:
            threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def _leave(*_args: object) -> None:
    # The server's loop ends on SystemExit as it does on Ctrl-C, and closes what is open.
    raise SystemExit(0)


def _wanted_port() -> int:
    text = os.environ.get("ASKWELL_PORT", "")
    if not text:
        return DEFAULT_PORT
    if not text.isdigit() or not 0 < int(text) < 65536:  # noqa: PLR2004
        raise CommandError(_("ASKWELL_PORT is %(text)s, which is no port.") % {"text": text})
    return int(text)


def _bind(port: int) -> socket.socket | None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError:
        listener.close()
        return None
    return listener


def _lock_path() -> Path:
    return Path(settings.DATA_DIR) / "serving.lock"


def _take_lock() -> IO[str] | None:
    """Become the one that serves this folder; None where another is."""
    lock = _lock_path().open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    lock.truncate(0)  # the port of whoever served before
    return lock


def _port_of_other() -> int:
    """Give the port the other wrote, waiting while it starts."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        text = _lock_path().read_text()
        if text.isdigit():
            return int(text)
        time.sleep(0.1)
    raise CommandError(_("Another Askwell holds this notebook but does not answer. End it and try again."))
