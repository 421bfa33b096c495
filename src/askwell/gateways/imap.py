"""Reading a mailbox without leaving a trace in it, and putting a copy into Sent.

Theory of operation.  Folders are opened with EXAMINE and read with BODY.PEEK: no flag changes, nothing is
moved.  New mail is what has a UID above the last one seen, while UIDVALIDITY stays; UIDNEXT says without
asking further that there is none, so that a poll of any size of mailbox costs one answer of a few lines, and
flags are never fetched.  Headers come in batches and in part, a message at most ``MESSAGE_BYTES``; what a
server may say in one answer is bounded, and so is the time it may take.  A password is only sent where the
connection is encrypted (or loopback, when asked) and the server does not forbid it.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, ProtocolError
from imapclient.imapclient import SocketTimeout

from askwell.gateways.connecting import (
    Allowance,
    Patience,
    Session,
    TooMuch,
    broken,
    limited,
    one_line,
    open_socket,
    require_plain_words,
    tls_context,
    tls_trouble,
)
from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble
from askwell.gateways.imap_answers import refusal
from askwell.gateways.imap_folders import ALL, ALL_NAMES, SENT, SENT_NAMES, Folder, find, folder_of

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Iterator
    from datetime import date, datetime

    from askwell.gateways.servers import Login, Server

# What the library raises over an answer that is none; a million brackets are too deep for it.
TRIPPED = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
HEADER_BYTES = 64_000  # of a message's header; the rest is for machines
MESSAGE_BYTES = 10_000_000  # of a message; more is fetched in part
ANSWER_BYTES = 40_000_000  # of one answer: a batch of headers, or a message and what goes with it
BATCH = 200  # messages in one answer
SEARCHED_AT_ONCE = 20_000  # UIDs asked for in one search; their list stays below what one line may hold
LISTED_AT_ONCE = 5_000  # messages whose UIDs are asked for by number
IDLE_AGAIN = 9 * 60  # seconds: routers at home forget a silent connection after ten minutes or so
LEAVING = 5  # seconds for a goodbye
NOOP_EVERY = 60  # seconds, where IDLE is not offered


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """What opening a folder tells.  0 where the server is silent; another ``uidvalidity`` voids all UIDs."""

    uidvalidity: int
    uidnext: int
    exists: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A message of ``size`` bytes; where it was too large, ``raw`` is its beginning."""

    raw: bytes
    size: int

    @property
    def whole(self) -> bool:
        """Whether nothing was left off."""
        return len(self.raw) >= self.size


class Mailbox(Session):
    """A session with a mailbox."""

    def __init__(self, server: Server, login: Login, *, patience: Patience | None = None) -> None:
        super().__init__(server, patience)
        self.login = login
        self._client: _Client | None = None
        self._opened_name = ""
        self._opened = FolderState(uidvalidity=0, uidnext=0, exists=0)

    def _connect(self) -> None:
        with self._asking("other"):
            self._client = _Client(self.server, self._patience)
        self._start_tls()

    def _say_goodbye(self) -> None:
        with contextlib.suppress(GatewayError), self._asking("other", limit=LEAVING):
            self._open.logout()

    @property
    def bytes_read(self) -> int:
        """How much the server has said so far."""
        return self._open.wire.bytes_read

    def offers(self, capability: str) -> bool:
        """Whether the server says that it can do something."""
        with self._asking("other"):
            return bool(self._open.has_capability(capability))

    def folders(self) -> tuple[Folder, ...]:
        """List every folder, with its marks."""
        with self._asking("folder"):
            return tuple(folder_of(*line) for line in self._open.list_folders())

    def sent_folder(self) -> str:
        """Name the folder of what was sent; "" where none can be told."""
        return find(self.folders(), SENT, SENT_NAMES)

    def all_mail_folder(self) -> str:
        """Name the folder that holds everything (Gmail); "" where there is none."""
        return find(self.folders(), ALL, ALL_NAMES if self.offers("X-GM-EXT-1") else ())

    def select(self, folder: str) -> FolderState:
        """Open a folder for reading only.  Raises Permanent(FOLDER)."""
        with self._asking("folder"):
            self._opened = _state(self._open.select_folder(folder, readonly=True))
        self._opened_name = folder
        return self._opened

    def state(self, folder: str) -> FolderState:
        """Tell a folder's state: the cheapest question there is.  Raises Permanent(FOLDER).

        The folder that is open is brought up to date, so that ``new_headers`` gives what came since.
        """
        wanted = ["UIDVALIDITY", "UIDNEXT", "MESSAGES"]
        with self._asking("folder"):
            if folder == self._opened_name:  # of an open folder a server tells what it told before
                self._open.noop()
            found = self._open.folder_status(folder, wanted)
        told = _state({**found, b"EXISTS": found.get(b"MESSAGES", 0)})
        if folder == self._opened_name:
            self._opened = told
        return told

    def new_headers(self, since_uid: int) -> Iterator[tuple[int, bytes]]:
        """Give UID and header of each message above ``since_uid`` in the open folder, in order.

        What came after it was opened is not among them.  A header beyond ``HEADER_BYTES`` is cut.
        """
        uids = self._uids_above(since_uid, self._opened)
        for start in range(0, len(uids), BATCH):
            yield from self._headers(uids[start : start + BATCH])

    def last_uid_before(self, day: date) -> int:
        """Give the highest UID older than this day in the open folder; 0 where there is none."""
        with self._asking("other"):
            since = self._open.search(["SINCE", day])
        newest = max(0, self._opened.uidnext - 1)
        return min(since) - 1 if since else newest

    def fetch(self, uid: int) -> Fetched:
        """Read one message of the folder just opened.  Raises Permanent(NOT_FOUND)."""
        with self._asking("other"):
            answer = self._open.fetch([uid], ["RFC822.SIZE", f"BODY.PEEK[]<0.{MESSAGE_BYTES}>"])
        found = answer.get(uid, {})
        raw = _body(found)
        if raw is None:
            raise Permanent(Trouble.NOT_FOUND, server=self.server.place, said=f"UID {uid}")
        return Fetched(raw=raw, size=max(len(raw), _number(found.get(b"RFC822.SIZE"))))

    def find_message_id(self, folder: str, message_id: str) -> bool:
        """Whether a folder holds a message of this Message-ID; opens that folder for reading."""
        return bool(self.uids_of(folder, message_id))

    def uids_of(self, folder: str, message_id: str) -> tuple[int, ...]:
        """Give the UIDs of a Message-ID in a folder; opens that folder for reading."""
        self.select(folder)
        if not message_id.isascii() or not message_id.isprintable() or not message_id.strip():
            return ()
        with self._asking("other"):
            return tuple(self._open.search(["HEADER", "Message-ID", message_id]))

    def append(self, folder: str, data: bytes, at: datetime) -> None:
        """Put a copy into a folder, marked as seen.  Raises Permanent(FOLDER).

        Where the connection breaks it may lie there nevertheless: look by Message-ID before trying again.
        """
        with self._asking("append"):
            self._open.append(folder, data, [b"\\Seen"], at)

    def wait(self, timeout: float) -> bool:
        """Wait so many seconds for news in the open folder, by IDLE where offered; say if there are."""
        until = time.monotonic() + timeout
        while (left := until - time.monotonic()) > 0:
            turn = (
                self._idle(min(left, IDLE_AGAIN))
                if self.offers("IDLE")
                else self._noop(min(left, NOOP_EVERY))
            )
            if turn:
                return True
        return False

    @property
    def _open(self) -> _Client:
        if self._client is None:
            raise Transient(Trouble.CUT_OFF, server=self.server.place)
        return self._client

    def _idle(self, seconds: float) -> bool:
        client = self._open
        with self._asking("other"):
            client.idle()
        # Silence is what IDLE is for: only its beginning and its end have a limit.
        with self._asking("other", limit=seconds + self._patience.answer):
            news = client.idle_check(timeout=seconds)
        with self._asking("other"):
            _text, more = client.idle_done()
        return _has_news([*news, *more])

    def _noop(self, seconds: float) -> bool:
        time.sleep(seconds)
        with self._asking("other"):
            _text, news = self._open.noop()
        return _has_news(news)

    def _uids_above(self, since: int, state: FolderState) -> list[int]:
        if not state.exists or 0 < state.uidnext <= since + 1:
            return []
        if state.exists <= SEARCHED_AT_ONCE or 0 < state.uidnext - since <= SEARCHED_AT_ONCE:
            with self._asking("other"):
                found = self._open.search(["UID", f"{since + 1}:*"])
            return sorted(uid for uid in found if uid > since)  # n:* always holds the last, also below n
        return self._uids_by_number(since, state.exists)

    def _uids_by_number(self, since: int, exists: int) -> list[int]:
        """List UIDs from the newest message back until one that was seen before."""
        uids: list[int] = []
        for last in range(exists, 0, -LISTED_AT_ONCE):
            found = self._uids_between(max(1, last - LISTED_AT_ONCE + 1), last)
            uids += [uid for uid in found if uid > since]
            if not found or min(found) <= since:
                break
        return sorted(uids)

    def _uids_between(self, first: int, last: int) -> list[int]:
        with self._asking("other"):
            word, lines = self._open.wire.fetch(f"{first}:{last}", "(UID)")
            if word != "OK":
                raise imaplib.IMAP4.error(str(lines[-1]))
        found = (re.search(rb"\bUID (\d+)", line) for line in lines if isinstance(line, bytes))
        return [int(one[1]) for one in found if one]

    def _headers(self, uids: list[int]) -> Iterator[tuple[int, bytes]]:
        with self._asking("other"):
            answer = self._open.fetch(uids, [f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>"])
        for uid in uids:
            header = _body(answer.get(uid, {}))
            if header is not None:
                yield uid, header

    def _start_tls(self) -> None:
        if self.server.security != "starttls":
            return
        try:
            with self._asking("other"):
                self._open.starttls(tls_context(self.server))
        except CapabilityError as error:
            raise Permanent(Trouble.NO_TLS, server=self.server.place) from error

    def _sign_in(self) -> None:
        client, login = self._open, self.login
        require_plain_words(login, self.server)
        with self._asking("login"):
            if login.mechanism == "xoauth2":
                client.sasl_login("XOAUTH2", _token_answers(login))
            elif client.has_capability("AUTH=PLAIN"):
                client.plain_login(login.user, login.secret)
            elif client.has_capability("LOGINDISABLED"):
                raise self._login_disabled()
            else:
                client.login(_quoted(login.user), login.secret)  # the library quotes the second alone

    def _login_disabled(self) -> GatewayError:
        """Without encryption it wants encryption; with it, a sign-in page."""
        code = Trouble.NO_TLS if self.server.security == "none" else Trouble.APP_PASSWORD
        return Permanent(code, server=self.server.place, said="LOGINDISABLED")

    @contextlib.contextmanager
    def _asking(self, verb: str, *, limit: float | None = None) -> Iterator[None]:
        """Put an end to an exchange, and say what went wrong in our words."""
        try:
            with limited(self._socket, limit or self._patience.answer):
                yield
        except CapabilityError:
            raise
        except imaplib.IMAP4.abort as error:
            raise self._aborted(error) from error
        except (imaplib.IMAP4.error, ProtocolError) as error:
            if isinstance(error.__context__, imaplib.IMAP4.abort):  # signing in wraps whatever goes wrong
                raise self._aborted(error) from error
            raise self._refusal(verb, error) from error
        except TRIPPED as error:
            raise self._unreadable(error) from error

    def _socket(self) -> socket.socket | None:
        return self._client.wire.sock if self._client else None

    def _aborted(self, error: Exception) -> GatewayError:
        text = one_line(str(error), self.login)
        if self._client is None and "unexpected response" in text:
            return Permanent(Trouble.NOT_THIS_PROTOCOL, server=self.server.place, said=text)
        self._close()
        found = refusal("other", text)
        code = found.code if isinstance(found, Transient) else Trouble.CUT_OFF
        return Transient(code, server=self.server.place, said=text)

    def _refusal(self, verb: str, error: Exception) -> GatewayError:
        text = one_line(str(error), self.login)
        found = refusal(verb, text, token=self.login.mechanism == "xoauth2")
        if isinstance(error, ProtocolError) or "not IMAP4 compliant" in text:
            found = Permanent(Trouble.NOT_THIS_PROTOCOL, said=text)
        elif self._client is None and isinstance(found, Permanent):
            found = Transient(Trouble.BUSY, said=text)  # it greets with BYE: not now
        found.server = self.server.place
        return found

    def _unreadable(self, error: Exception) -> GatewayError:
        self._close()
        if isinstance(error, OSError):
            return broken(error, self.server)
        said = one_line(str(error), self.login)
        return Transient(Trouble.NOT_THIS_PROTOCOL, server=self.server.place, said=said)

    def _close(self) -> None:
        if self._client is not None:
            with contextlib.suppress(OSError):
                self._client.shutdown()
            self._client = None


class _Client(IMAPClient):  # type: ignore[misc]
    """IMAPClient over a wire of ours."""

    def __init__(self, server: Server, patience: Patience) -> None:
        self._server, self._patience = server, patience
        timeout = SocketTimeout(patience.connect, patience.silence)
        super().__init__(server.host, server.port, ssl=server.security == "tls", timeout=timeout)
        self._imap.debug = 0  # the library would format every line for its log, and keep it

    @property
    def wire(self) -> _Wire:
        wire: _Wire = self._imap
        return wire

    def _create_IMAP4(self) -> _Wire:  # noqa: N802 - the library's name
        return _Wire(self._server, self._patience)


class _Wire(imaplib.IMAP4):
    """The standard library's client, with our socket and an end to every answer."""

    def __init__(self, server: Server, patience: Patience) -> None:
        self._server, self._patience = server, patience
        self._allowance = Allowance(ANSWER_BYTES)
        self.bytes_read = 0
        super().__init__(server.host, server.port)

    def _create_socket(self, timeout: float | None) -> socket.socket:  # noqa: ARG002 - the library's
        return open_socket(self._server, self._patience)

    def _connect(self) -> None:
        with limited(lambda: self.sock, self._patience.answer):
            super()._connect()  # type: ignore[misc]

    def _new_tag(self) -> bytes:
        self._allowance.renew()
        tag: bytes = super()._new_tag()  # type: ignore[misc]
        return tag

    def read(self, size: int) -> bytes:
        self._allowance.take(size)
        self.bytes_read += size
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._allowance.take(len(line))
        self.bytes_read += len(line)
        return line

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        try:
            return super().starttls(ssl_context)
        except TooMuch:
            raise
        except OSError as error:
            raise tls_trouble(error, self._server) from error
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise Permanent(Trouble.NO_TLS, server=self._server.place, said=one_line(str(error))) from error


def _state(found: dict[bytes, Any]) -> FolderState:
    return FolderState(
        uidvalidity=_number(found.get(b"UIDVALIDITY")),
        uidnext=_number(found.get(b"UIDNEXT")),
        exists=_number(found.get(b"EXISTS")),
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _number(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _body(found: dict[bytes, Any]) -> bytes | None:
    """Take what BODY[...] holds, whatever the server repeats of the question."""
    for key, value in found.items():
        if key.startswith(b"BODY[") and isinstance(value, bytes):
            return value
    return None


def _has_news(responses: list[Any]) -> bool:
    return any(isinstance(one, tuple) and b"EXISTS" in one for one in responses)


def _token_answers(login: Login) -> Any:
    """Answer with the token once; a challenge after that says what is wrong, and wants an empty line."""
    lines = iter([f"user={login.user}\1auth=Bearer {login.secret}\1\1"])
    return lambda _challenge: next(lines, "")
