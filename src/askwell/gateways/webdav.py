"""A small WebDAV client: what calendars and address books need, and nothing more.

Theory of operation.  A request goes to the host that was named and to no other: a redirect, and an address
in an answer, is followed only over TLS (or on this machine) to the same site, or to a host the user has
agreed to; anything else raises ``Elsewhere``, which names that host, so that the user can be asked.
Credentials are made for each request, so they never travel further than the request does, and never go over
a line that is not encrypted.  How to sign in follows the server's own challenge, Digest before Basic; a token
is sent as it is.

What comes in is bounded: the size of an answer, its time as a whole, the number of redirects and of responses
in it; it is asked for uncompressed, so that its size on the wire is its size.  Every write is conditional
(``If-Match``, ``If-None-Match``): what somebody changed meanwhile is never overwritten, and a write repeated
after a cut does no harm.  What goes wrong is Transient or Permanent, with a code.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import httpx

from askwell.gateways.connecting import is_loopback
from askwell.gateways.davxml import Multistatus, NotOurXml, mkcol, propfind, read_multistatus
from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_SHORT_LABEL = 3  # "co" of co.uk: a place where sites are registered, and no site
_SITE_LABELS = 2
_AGENT = "Askwell"


@dataclass(frozen=True, slots=True, kw_only=True)
class DavLogin:
    """Who signs in: a name with a password, or a ``token`` (OAuth bearer)."""

    user: str = ""
    secret: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"DavLogin(user={self.user!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much of a server's answer is taken in, and how long it may be waited for."""

    answer_bytes: int = 64_000_000
    small_bytes: int = 4_000_000  # of anything but a REPORT
    seconds: float = 120.0  # an answer as a whole
    wait: float = 20.0  # for a connection, and for the next bytes


class Elsewhere(Permanent):
    """The server sends us on to another site, ``host``: only the user can say that it is theirs."""

    def __init__(self, host: str, *, server: str) -> None:
        super().__init__(Trouble.REFUSED, server=server, said=f"goes on to {host}")
        self.host = host


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: ``url`` is where it came from in the end."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes


class WebDav:
    """A server of calendars or address books, signed in as somebody.  Close it, or use it in ``with``.

    ``also`` names hosts the user agreed to, beside the site of each address asked.  ``trust`` is an SSL
    context with authorities beyond the system's.  Without ``own_network`` only servers of the public network
    are asked: a school's server asks its own network nothing on a user's behalf.
    """

    def __init__(
        self,
        login: DavLogin,
        *,
        also: Collection[str] = (),
        trust: ssl.SSLContext | None = None,
        bounds: Bounds | None = None,
        own_network: bool = True,
    ) -> None:
        self.login, self.also, self.bounds = login, frozenset(also), bounds or Bounds()
        self._own_network = own_network
        self._signing = _Signing(login)
        self._http = httpx.Client(
            verify=trust or ssl.create_default_context(),
            timeout=self.bounds.wait,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    # -- reading

    def propfind(self, url: str, names: Iterable[str], *, depth: int = 0) -> tuple[str, Multistatus]:
        """Ask for properties of an address (``depth=1``: and its members); where it was found in the end."""
        answer = self.ask("PROPFIND", url, propfind(names), headers={"Depth": str(depth)})
        return answer.url, self._multistatus(answer)

    def report(self, url: str, body: bytes, *, depth: int | None = 1) -> Multistatus:
        """Ask a REPORT."""
        return self._multistatus(self.report_raw(url, body, depth=depth))

    def report_raw(self, url: str, body: bytes, *, depth: int | None = 1) -> Answer:
        """Ask a REPORT whose answer is no multistatus."""
        headers = {} if depth is None else {"Depth": str(depth)}
        return self.ask("REPORT", url, body, headers=headers, most=self.bounds.answer_bytes)

    def get(self, url: str) -> tuple[bytes, str]:
        """Fetch a member: its bytes and its etag."""
        answer = self.ask("GET", url)
        return answer.body, answer.headers.get("ETag", "")

    def _multistatus(self, answer: Answer) -> Multistatus:
        try:
            return read_multistatus(answer.body)
        except NotOurXml as error:
            raise Permanent(
                Trouble.NOT_THIS_PROTOCOL, server=server_of(answer.url), said=str(error)
            ) from error

    # -- writing

    def put(self, url: str, data: bytes, *, kind: str, etag: str = "") -> str:
        """Write a member: the one of ``etag`` anew, or without one a new one.  The new etag, or empty.

        Raises Permanent CONFLICT when it was changed, or is there already.  Without an etag in the answer the
        server may have changed what it keeps: read it again.
        """
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        answer = self.ask("PUT", url, data, headers={"Content-Type": kind, **condition})
        found: str = answer.headers.get("ETag", "")
        return found

    def delete(self, url: str, *, etag: str) -> None:
        """Remove a member as it was read.  Raises Permanent CONFLICT when it was changed since."""
        self.ask("DELETE", url, headers={"If-Match": etag})

    def make_collection(self, url: str, *, kind: str, name: str) -> None:
        """Make a collection: ``c:calendar`` or ``a:addressbook``."""
        self.ask("MKCOL", url, mkcol(kind, name))

    # -- asking

    def ask(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        *,
        headers: dict[str, str] | None = None,
        most: int = 0,
    ) -> Answer:
        """Send one request, follow where it leads on the same site, and take in the answer.

        Raises Transient, Permanent, Elsewhere.
        """
        start, given = url, {"Content-Type": "application/xml; charset=utf-8"} if body else {}
        for _turn in range(_MOST_REDIRECTS + 1):
            self._allow(url, start)
            answer = self._once(method, url, body, headers=given | (headers or {}), most=most)
            if answer.status not in _REDIRECTS or not (onward := answer.headers.get("Location")):
                return _checked(answer, token=bool(self.login.token))
            url = _joined(url, onward)
        raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(start), said="sends us round in a circle")

    def at(self, base: str, href: str) -> str:
        """Give an address of an answer in full.  Raises Elsewhere when it leads to another site."""
        url = _joined(base, href)
        self._allow(url, base)
        return url

    def _allow(self, url: str, start: str) -> None:
        """Refuse what is not encrypted, and another site than the one asked."""
        try:
            there = urlsplit(url)
            host, _port = there.hostname or "", there.port
        except ValueError as error:
            raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(start), said="no address") from error
        if there.scheme != "https" and not (there.scheme == "http" and is_loopback(host)):
            raise Permanent(Trouble.NO_TLS, server=server_of(url))
        if not host:
            raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(start), said="no address")
        begun = urlsplit(start).hostname or ""
        if not same_site(host, begun) and host not in self.also:
            raise Elsewhere(host, server=server_of(start))
        if not self._own_network and not _is_public(host):
            raise Permanent(Trouble.FORBIDDEN, server=server_of(url), said="not of the public network")

    def _once(self, method: str, url: str, body: bytes, *, headers: dict[str, str], most: int) -> Answer:
        until = time.monotonic() + self.bounds.seconds
        with _told(url):
            request = self._http.build_request(
                method, _without_login(url), content=body or None, headers=headers
            )
            response = self._signed(request)
            try:
                read = b"".join(self._taken(response, most or self.bounds.small_bytes, until))
            finally:
                response.close()
            return Answer(url, response.status_code, response.headers, read)

    def _signed(self, request: httpx.Request) -> httpx.Response:
        """Send it as the server's challenge asks.  Done here because httpx reads a challenge's body whole."""
        flow = self._signing.auth_flow(request)
        request = next(flow)
        while True:
            response = self._http.send(request, stream=True)
            try:
                request = flow.send(response)
            except StopIteration:
                return response
            response.close()

    def _taken(self, response: httpx.Response, most: int, until: float) -> Iterator[bytes]:
        server, size = server_of(str(response.url)), 0
        if response.headers.get("Content-Encoding", "identity").strip().lower() not in {"identity", ""}:
            raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server, said="compressed, though asked not to")
        for chunk in response.iter_raw(65_536):
            size += len(chunk)
            if size > most:
                raise Permanent(Trouble.TOO_LARGE, server=server, said=f"more than {most} bytes")
            if time.monotonic() > until:
                raise Transient(Trouble.NO_ANSWER, server=server, said="too slow")
            yield chunk


class _Signing(httpx.Auth):
    """Answers the server's challenge: a token at once, else Digest before Basic."""

    def __init__(self, login: DavLogin) -> None:
        self.login = login
        self._known: dict[str, httpx.Auth] = {}  # host and port -> how it wants it

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self.login.token:
            request.headers["Authorization"] = f"Bearer {self.login.token}"
            yield request
            return
        if not self.login.user:
            yield request
            return
        where = request.url.netloc.decode("ascii", "replace")
        known = self._known.get(where)
        if known is None:
            response = yield request
            known = self._wanted(response)
            if known is None:
                return
            self._known[where] = known
        yield from known.auth_flow(request)

    def _wanted(self, response: httpx.Response) -> httpx.Auth | None:
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return None
        offered = {line.split(" ", 1)[0].lower() for line in response.headers.get_list("WWW-Authenticate")}
        if "digest" in offered:
            return httpx.DigestAuth(self.login.user, self.login.secret)
        return httpx.BasicAuth(self.login.user, self.login.secret) if "basic" in offered else None


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what the network does into our errors."""
    server = server_of(url)
    try:
        yield
    except httpx.TimeoutException as error:
        raise Transient(Trouble.NO_ANSWER, server=server, said="no answer in time") from error
    except httpx.ConnectError as error:
        raise _unconnected(error, server) from error
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
        raise Transient(Trouble.CUT_OFF, server=server) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server, said=type(error).__name__) from error


def _unconnected(error: Exception, server: str) -> GatewayError:
    """Say why no connection came about, by what lies under it."""
    under: BaseException | None = error
    while under is not None:
        if isinstance(under, ssl.SSLError):
            return Permanent(Trouble.TLS, server=server, said=(under.reason or "")[:200])
        if isinstance(under, socket.gaierror):
            gone = under.errno != socket.EAI_AGAIN
            return (Permanent if gone else Transient)(Trouble.NO_SUCH_SERVER, server=server)
        under = under.__cause__ or under.__context__
    said = str(error)
    if "CERTIFICATE" in said.upper() or "SSL" in said:
        return Permanent(Trouble.TLS, server=server, said=said[:200])
    return Transient(Trouble.NO_ANSWER, server=server)


_CODES = {
    401: Trouble.PASSWORD,
    403: Trouble.FORBIDDEN,
    404: Trouble.NOT_FOUND,
    405: Trouble.NOT_THIS_PROTOCOL,
    409: Trouble.CONFLICT,
    410: Trouble.NOT_FOUND,
    412: Trouble.CONFLICT,
    413: Trouble.TOO_LARGE,
    415: Trouble.MESSAGE,
    422: Trouble.MESSAGE,
    501: Trouble.NOT_THIS_PROTOCOL,
    507: Trouble.TOO_LARGE,
}
_LATER = {408: Trouble.NO_ANSWER, 423: Trouble.BUSY, 425: Trouble.BUSY, 429: Trouble.TOO_MANY}
_SERVERS_FAULT = 500


def _checked(answer: Answer, *, token: bool) -> Answer:
    """Give an answer that says yes; raise what any other means."""
    status, server = answer.status, server_of(answer.url)
    if httpx.codes.is_success(status):
        return answer
    said = f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
    if status == httpx.codes.UNAUTHORIZED and token:
        raise Permanent(Trouble.TOKEN, server=server, said=said)
    if (code := _CODES.get(status)) is not None:
        raise Permanent(code, server=server, said=said)
    if status in _LATER or status >= _SERVERS_FAULT:
        raise Transient(_LATER.get(status, Trouble.BUSY), server=server, said=said)
    raise Permanent(Trouble.REFUSED, server=server, said=said)


def server_of(url: str) -> str:
    """Give host and port of an address, for a sentence; never the name or password some write into one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    return f"{parts.hostname or ''}{f':{port}' if port else ''}"


def _is_public(host: str) -> bool:
    """Say whether every address of a host is one of the public network; one without any is asked in vain."""
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return True
    return all(ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global for *_kind, address in found)


def same_site(one: str, other: str) -> bool:
    """Say whether two hosts are one site: equal, one below the other, or both below one registered name.

    Which names are registered is guessed without a list, and on the safe side: of ``a.co.uk`` and ``b.co.uk``
    it says no, because a label of three letters or fewer before the last may be open to everybody.
    """
    one, other = one.lower().rstrip("."), other.lower().rstrip(".")
    if one == other:
        return True
    if _is_address(one) or _is_address(other):
        return False
    shorter, longer = sorted((one, other), key=len)
    if longer.endswith(f".{shorter}"):
        return "." in shorter
    site = ".".join(one.split(".")[-_SITE_LABELS:])
    return other.endswith(f".{site}") and _is_registered(site)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_registered(site: str) -> bool:
    first, dot, _last = site.partition(".")
    return bool(dot) and len(first) > _SHORT_LABEL


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError as error:
        raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(base), said="no address") from error


def _without_login(url: str) -> str:
    """Give an address without the name and password some write into one."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def path_of(url: str) -> str:
    """Give an address's path spelled one way, so that two spellings of one member meet."""
    return quote(unquote(urlsplit(url).path), safe="/~!$&'()*+,;=:@")
