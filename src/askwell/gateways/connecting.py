"""Opening a connection to a server of mail: encrypted, with an end to every wait and to every answer.

Theory of operation.  A socket's own timeout ends a silence; it does not end a server that says a little every
few seconds, or one that never stops.  So each exchange also has a limit as a whole (``limited``, which shuts
the connection from outside) and an ``Allowance`` of bytes.  Certificates are checked against the system's
authorities and those named in the settings; without encryption only loopback is spoken to, and only when
asked.  A name that is not found, a refused connection and a failed handshake are ``Transient``: a train, a
hotel's network and an expired certificate pass, and nothing was handed over.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import ssl
import threading
from abc import ABC, abstractmethod
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from askwell.gateways.servers import Login, Server

ENCRYPTED = {"tls", "starttls"}
SAID = 300  # characters of an answer that are kept
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: to connect, of silence, for an answer as a whole, and for a letter and its last answer.

    The last is what RFC 5321 (4.5.3.2.6) asks for: giving up sooner leaves letters in doubt.
    """

    connect: float = 20
    silence: float = 60
    answer: float = 180
    last_dot: float = 600


class Session(ABC):
    """A context manager: connected and signed in once it is entered, closed when it is left."""

    def __init__(self, server: Server, patience: Patience | None) -> None:
        self.server = server
        self._patience = patience or Patience()

    def __enter__(self) -> Self:
        try:
            self._connect()
            self._sign_in()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._say_goodbye()
        self._close()

    @abstractmethod
    def _connect(self) -> None: ...

    @abstractmethod
    def _sign_in(self) -> None: ...

    @abstractmethod
    def _say_goodbye(self) -> None: ...

    @abstractmethod
    def _close(self) -> None: ...


class TooMuch(OSError):
    """The other side says more than it may."""


class Allowance:
    """So many bytes for one exchange."""

    def __init__(self, most: int) -> None:
        self._most = self._left = most

    def renew(self) -> None:
        """Begin another exchange."""
        self._left = self._most

    def take(self, size: int) -> None:
        """Count what is read.  Raises TooMuch."""
        self._left -= size
        if self._left < 0:
            raise TooMuch(f"more than {self._most} bytes")


@contextlib.contextmanager
def limited(sock: Callable[[], socket.socket | None], seconds: float) -> Iterator[None]:
    """End the connection when what is inside takes longer, however steadily the other side keeps talking."""

    def end() -> None:
        open_now = sock()
        if open_now is not None:
            with contextlib.suppress(OSError):
                # Past SSLSocket's own shutdown, which would take TLS away under the thread that reads.
                socket.socket.shutdown(open_now, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def require_safe(server: Server) -> None:
    """Refuse to speak without encryption to anything but loopback.  Raises Permanent."""
    if server.security not in ENCRYPTED and not is_loopback(server.host):
        raise Permanent(Trouble.NO_TLS, server=server.place)


def require_plain_words(login: Login, server: Server) -> None:
    """Refuse a name or secret that could say more than itself to a server.  Raises Permanent."""
    if CONTROL.search(login.user + login.secret):
        raise Permanent(Trouble.PASSWORD, server=server.place)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def open_socket(server: Server, patience: Patience) -> socket.socket:
    """Connect, encrypted at once where the settings say so.  Raises Transient, Permanent."""
    require_safe(server)
    try:
        sock = socket.create_connection((server.host, server.port), timeout=patience.connect)
    except (socket.gaierror, UnicodeError) as error:  # an impossible name fails as it is encoded
        raise Transient(Trouble.NO_SUCH_SERVER, server=server.place, said=one_line(str(error))) from error
    except OSError as error:
        raise Transient(Trouble.NO_ANSWER, server=server.place, said=one_line(str(error))) from error
    # A command goes in several writes: the second must not wait until the server confirms the first.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if server.security == "tls":
        return wrap(sock, server, patience)
    sock.settimeout(patience.silence)
    return sock


def wrap(sock: socket.socket, server: Server, patience: Patience) -> ssl.SSLSocket:
    """Encrypt a connection and check whom it leads to.  Raises Transient."""
    try:
        with limited(lambda: sock, patience.answer):
            wrapped = tls_context(server).wrap_socket(sock, server_hostname=server.host)
    except OSError as error:
        sock.close()
        raise tls_trouble(error, server) from error
    wrapped.settimeout(patience.silence)
    return wrapped


def tls_context(server: Server) -> ssl.SSLContext:
    """Trust what the system trusts, and the authorities that the settings name."""
    context = ssl.create_default_context()
    if server.authorities:
        context.load_verify_locations(cafile=server.authorities)
    return context


def tls_trouble(error: OSError, server: Server) -> Transient:
    """Say what went wrong in a handshake."""
    if isinstance(error, TimeoutError):
        return Transient(Trouble.NO_ANSWER, server=server.place, said=one_line(str(error)))
    reason = getattr(error, "verify_message", "") or getattr(error, "reason", "") or str(error)
    return Transient(Trouble.TLS, server=server.place, said=one_line(str(reason)))


def broken(error: Exception, server: Server) -> GatewayError:
    """Say what a connection that broke in the middle means where nothing was handed over."""
    if isinstance(error, GatewayError):
        return error
    if isinstance(error, ssl.SSLError):
        return tls_trouble(error, server)
    timed_out = isinstance(error, TimeoutError) or "timed out" in str(error)
    code = Trouble.NO_ANSWER if timed_out else Trouble.CUT_OFF
    return Transient(code, server=server.place, said=one_line(str(error)))


def one_line(said: str | bytes, login: Login | None = None) -> str:
    """Make a line of what a server said, without the secret, should it repeat it."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if login and login.secret:
        for secret in (login.secret, b64encode(login.secret.encode()).decode()):
            text = text.replace(secret, "***")
    return CONTROL.sub(" ", text).strip()[:SAID]
