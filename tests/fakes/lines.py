"""A server on loopback made of a script: what the peers of these tests are that no real server would be.

``ScriptedServer`` keeps every connection in a thread of its own, remembers each line it heard, and can be
told to hang or to drop.  The fakes of SMTP and IMAP say what they answer in ``talk``.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from pathlib import Path

from tests.servers.places import LOOPBACK


class Dropped(Exception):
    """The other side has gone, or is to be left."""


class Line:
    """One connection: read lines, say lines."""

    def __init__(self, connection: socket.socket, heard: list[bytes], leave: threading.Event) -> None:
        self.connection, self.heard, self._leave = connection, heard, leave
        self._file = connection.makefile("rb")

    def hear(self) -> bytes:
        """Read a line without its end."""
        line = self._file.readline()
        if not line:
            raise Dropped
        self.heard.append(line.rstrip(b"\r\n"))
        return self.heard[-1]

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def say(self, *lines: bytes) -> None:
        self.connection.sendall(b"".join(line + b"\r\n" for line in lines))

    def hang(self) -> None:
        """Say nothing more until the server is stopped."""
        self._leave.wait()
        raise Dropped

    def drop(self) -> None:
        raise Dropped

    def trickle(self, text: bytes) -> None:
        """Say the text over and over, a piece at a time, and never end the line."""
        while not self._leave.wait(0.05):
            self.connection.sendall(text)
        raise Dropped

    def start_tls(self, context: ssl.SSLContext) -> None:
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self._file = self.connection.makefile("rb")


class ScriptedServer:
    """Listens on loopback while it is entered; ``talk`` is called with each connection."""

    def __init__(
        self, *, certificate: Path | None = None, key: Path | None = None, tls_at_once: bool = False
    ):
        self.heard: list[bytes] = []
        self.connections = 0
        self.tls: ssl.SSLContext | None = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate, key)
        self._tls_at_once = tls_at_once
        self._leave = threading.Event()
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []

    def talk(self, line: Line) -> None:
        """Hold one conversation."""
        raise NotImplementedError

    def __enter__(self):
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._leave.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            _close(connection)

    def _listen(self) -> None:
        while not self._leave.is_set():
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # two lines in a row do not wait
            self._open.append(connection)
            threading.Thread(target=self._hold, args=[connection], daemon=True).start()

    def _hold(self, connection: socket.socket) -> None:
        line = None
        try:
            if self._tls_at_once and self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            line = Line(connection, self.heard, self._leave)
            self.talk(line)
        except (OSError, Dropped, ValueError):
            pass
        finally:
            _close(line.connection if line else connection)


def _close(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        connection.close()
