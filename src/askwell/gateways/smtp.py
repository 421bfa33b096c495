"""Sending one letter to one recipient, and knowing exactly what became of it.

Theory of operation.  ``offer`` (MAIL FROM, RCPT TO) can be withdrawn and hands nothing over: whatever fails
there raises ``Transient`` or ``Permanent``.  ``hand_over`` sends DATA: an answer is what it says (2xx taken,
4xx and 5xx refused); once the server has said 354 and then gives no answer, or none that can be understood,
nobody knows (RFC 1047), and ``Unknown`` is raised.  Nothing here sends a letter a second time.  A password
goes only over an encrypted connection, or to loopback where the settings say so.
"""

from __future__ import annotations

import contextlib
import smtplib
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

import dns.exception
import dns.name

from askwell.gateways.connecting import (
    Allowance,
    Patience,
    Session,
    broken,
    limited,
    one_line,
    open_socket,
    require_plain_words,
    wrap,
)
from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble, Unknown
from askwell.gateways.smtp_answers import refusal

if TYPE_CHECKING:
    import socket
    from io import BufferedReader

    from askwell.gateways.servers import Login, Server

ANSWER_BYTES = 100_000  # of one answer; the longest real ones have a few thousand
GO_AHEAD = 354
SIGNED_IN = (235, 503)  # 503: already
ASK_FOR_MORE = 334
CHALLENGES = 5
LEAVING = 5  # seconds for a goodbye
NAME = "[127.0.0.1]"  # to every server the same: the name of this machine is nobody's business


class Smtp(Session):
    """A session with a server that sends.  ``login`` is None where it asks for none."""

    def __init__(self, server: Server, login: Login | None, *, patience: Patience | None = None) -> None:
        super().__init__(server, patience)
        self.login = login
        self._wire: _Wire | None = None

    def _say_goodbye(self) -> None:
        wire = self._open
        with contextlib.suppress(OSError, smtplib.SMTPException), limited(lambda: wire.sock, LEAVING):
            wire.docmd("QUIT")

    @property
    def size_limit(self) -> int:
        """How many bytes a letter may have, as far as the server says; 0 where it does not."""
        size = self._open.esmtp_features.get("size", "")
        return int(size) if size.isascii() and size.isdigit() else 0

    def offer(self, sender: str, recipient: str, size: int, *, eight_bit: bool = False) -> None:
        """Say who sends and who is to get a letter of ``size`` bytes; raises where either is refused.

        ``eight_bit``: it has bytes beyond ASCII.  Nothing is handed over yet: ``withdraw`` takes it back.
        """
        if self.size_limit and size > self.size_limit:
            said = f"at most {self.size_limit} bytes"
            raise Permanent(Trouble.TOO_LARGE, server=self.server.place, said=said)
        sender, recipient = _for_wire(sender, Trouble.SENDER), _for_wire(recipient, Trouble.RECIPIENT)
        options = self._options(sender, recipient, size, eight_bit=eight_bit)
        self._ask("mail", "MAIL", f"FROM:<{sender}>{options}")
        try:
            self._ask("rcpt", "RCPT", f"TO:<{recipient}>")
        except GatewayError:
            self.withdraw()
            raise

    def withdraw(self) -> None:
        """Take back what was offered; a connection that broke needs no taking back."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._open.docmd("RSET")

    def hand_over(self, data: bytes) -> str:
        """Hand over the letter that was offered; gives the server's answer.

        Raises Permanent or Transient where it is certain that it was not taken, Unknown where nobody knows.
        """
        code, text = self._exchange("DATA")
        if code != GO_AHEAD:
            raise self._refusal("data", code, text)
        try:
            code, text = self._last_answer(data)
        except (OSError, smtplib.SMTPException) as error:
            said = one_line(str(error), self.login)
            raise Unknown(Trouble.CUT_OFF, server=self.server.place, said=said) from error
        if 400 <= code <= 599:  # noqa: PLR2004
            raise self._refusal("end", code, text)
        if not 200 <= code <= 299:  # noqa: PLR2004
            raise Unknown(Trouble.NOT_THIS_PROTOCOL, server=self.server.place, said=f"{code} {text}")
        return f"{code} {text}"

    @property
    def _open(self) -> _Wire:
        if self._wire is None:
            raise Transient(Trouble.CUT_OFF, server=self.server.place)
        return self._wire

    def _last_answer(self, data: bytes) -> tuple[int, str]:
        wire = self._open
        with limited(lambda: wire.sock, self._patience.last_dot):
            wire.sock.settimeout(self._patience.last_dot)
            wire.send(_stuffed(data))
            code, said = wire.getreply()
            wire.sock.settimeout(self._patience.silence)
        return code, one_line(said, self.login)

    def _connect(self) -> None:
        try:
            self._wire = wire = _Wire(self.server, self._patience)
            wire.ehlo_or_helo_if_needed()
            if self.server.security == "starttls":
                self._start_tls(wire)
        except smtplib.SMTPConnectError as error:
            self._wire = None
            raise self._greeting_refused(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPHeloError as error:
            raise self._refusal("greeting", error.smtp_code, one_line(error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise broken(error, self.server) from error

    def _greeting_refused(self, code: int, said: bytes | str) -> GatewayError:
        text = one_line(said)
        if 400 <= code <= 599:  # noqa: PLR2004
            return self._refusal("greeting", code, text)
        return Permanent(Trouble.NOT_THIS_PROTOCOL, server=self.server.place, said=text)

    def _start_tls(self, wire: _Wire) -> None:
        offered = wire.has_extn("starttls")
        code, said = wire.docmd("STARTTLS") if offered else (0, b"")
        if code != 220:  # noqa: PLR2004
            raise Permanent(Trouble.NO_TLS, server=self.server.place, said=one_line(said))
        wire.encrypt()
        wire.ehlo_or_helo_if_needed()

    def _sign_in(self) -> None:
        if self.login is None:
            return
        require_plain_words(self.login, self.server)
        ways = self._open.esmtp_features.get("auth", "").upper().split()
        answers = _answers(self.login, ways)
        if answers is None:
            raise self._no_way_in(ways)
        way, lines = answers
        code, text = self._answer_challenges(way, lines)
        if code not in SIGNED_IN:
            raise self._refusal("auth", code, text)

    def _no_way_in(self, ways: list[str]) -> GatewayError:
        """One that takes other ways than a password wants a sign-in page; one without any wants no login."""
        code = Trouble.APP_PASSWORD if ways else Trouble.REFUSED
        return Permanent(code, server=self.server.place, said=f"AUTH {' '.join(ways)}"[:100].strip())

    def _answer_challenges(self, way: str, lines: list[bytes]) -> tuple[int, str]:
        """Send the first line with AUTH where the mechanism begins with the client, the others when asked."""
        waiting = [b64encode(line).decode() for line in lines]
        first = "" if way == "LOGIN" else f" {waiting.pop(0)}"
        code, text = self._exchange("AUTH", way + first)
        for _turn in range(CHALLENGES):
            if code != ASK_FOR_MORE:
                break
            told = _told(text) if way == "XOAUTH2" else ""
            code, text = self._exchange(waiting.pop(0) if waiting else "")
            text = f"{text} {told}".strip()
        return code, one_line(text, self.login)

    def _options(self, sender: str, recipient: str, size: int, *, eight_bit: bool) -> str:
        options = f" SIZE={size}" if self._open.has_extn("size") and size else ""
        for wanted, name, option in (
            (eight_bit, "8bitmime", " BODY=8BITMIME"),
            (not f"{sender}{recipient}".isascii(), "smtputf8", " SMTPUTF8"),
        ):
            if not wanted:
                continue
            if not self._open.has_extn(name):
                trouble = Trouble.MESSAGE if name == "8bitmime" else Trouble.RECIPIENT
                raise Permanent(trouble, server=self.server.place, said=f"no {name.upper()}")
            options += option
        return options

    def _ask(self, moment: str, verb: str, rest: str) -> None:
        code, text = self._exchange(verb, rest)
        if not 200 <= code <= 299:  # noqa: PLR2004
            raise self._refusal(moment, code, text)

    def _exchange(self, verb: str, rest: str = "") -> tuple[int, str]:
        wire = self._open
        try:
            wire.send(f"{verb} {rest}".rstrip(" ").encode() + b"\r\n")
            code, said = wire.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise broken(error, self.server) from error
        return code, one_line(said, self.login)

    def _refusal(self, moment: str, code: int, text: str) -> GatewayError:
        error = refusal(moment, code, text, token=bool(self.login and self.login.mechanism == "xoauth2"))
        error.server = self.server.place
        return error

    def _close(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None


class _Wire(smtplib.SMTP):
    """The standard library's client, with our socket and an end to every answer."""

    sock: socket.socket

    def __init__(self, server: Server, patience: Patience) -> None:
        self._server, self._patience = server, patience
        self._allowance = Allowance(ANSWER_BYTES)
        super().__init__(server.host, server.port, local_hostname=NAME, timeout=patience.silence)

    def _get_socket(self, *_place: object) -> socket.socket:
        return open_socket(self._server, self._patience)

    def getreply(self) -> tuple[int, bytes]:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        if self.file is None:
            self.file = _Reader(self.sock.makefile("rb"), self._allowance)
        self._allowance.renew()
        timeout = self.sock.gettimeout() or 0
        with limited(lambda: self.sock, max(self._patience.answer, timeout)):
            return super().getreply()

    def encrypt(self) -> None:
        """Encrypt from here on, and forget what was said before."""
        self.sock = wrap(self.sock, self._server, self._patience)
        self.file = self.ehlo_resp = self.helo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False


class _Reader:
    """A file of lines with an allowance."""

    def __init__(self, file: BufferedReader, allowance: Allowance) -> None:
        self._file, self._allowance = file, allowance

    def readline(self, size: int) -> bytes:
        line = self._file.readline(size)
        self._allowance.take(len(line))
        return line

    def close(self) -> None:
        self._file.close()


def _answers(login: Login, ways: list[str]) -> tuple[str, list[bytes]] | None:
    """Choose how to sign in, and what to say; None where the server offers no way that we have."""
    user, secret = login.user.encode(), login.secret.encode()
    if login.mechanism == "xoauth2":
        line = b"user=%s\x01auth=Bearer %s\x01\x01" % (user, secret)
        return ("XOAUTH2", [line]) if "XOAUTH2" in ways else None
    if "PLAIN" in ways:
        return "PLAIN", [b"\0%s\0%s" % (user, secret)]
    return ("LOGIN", [user, secret]) if "LOGIN" in ways else None


def _told(challenge: str) -> str:
    """Read what a refused token's challenge says (JSON in base64); nothing where it is not that."""
    try:
        return b64decode(challenge, validate=True).decode()
    except ValueError:
        return ""


def _for_wire(address: str, trouble: Trouble) -> str:
    """Write the domain in ASCII; refuse what could say more than an address."""
    local, at, domain = address.rpartition("@")
    if not at or not local or any(char in "<>\x7f" or char <= " " for char in address):
        raise Permanent(trouble, said=one_line(address))
    if domain.isascii():
        return address
    try:
        name = dns.name.from_unicode(domain, idna_codec=dns.name.IDNA_2008_UTS_46)
    except dns.exception.DNSException as error:
        raise Permanent(trouble, said=one_line(address)) from error
    return f"{local}@{name.to_text(omit_final_dot=True)}"


def _stuffed(data: bytes) -> bytes:
    """Make lines end in CRLF, double a dot that begins a line, and end with the dot that ends a letter."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines) + b".\r\n"
