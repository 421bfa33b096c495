"""Finding the servers of a mailbox from its address alone.

Theory of operation.  Four ways, the surest first: the provider is known by its domain; the domain says it in
the DNS (SRV, RFC 6186, RFC 8314); the domain's mail goes to a known provider (MX); names that many use
(``imap.DOMAIN``) are tried, and believed where a server answers with a certificate for that name.  No
password is said here.  The DNS can be lied to: a server outside the domain is marked ``elsewhere``, to be
shown to whoever is about to type a password.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import dns.exception
import dns.name
import dns.resolver

from askwell.gateways.connecting import Patience, open_socket
from askwell.gateways.errors import GatewayError
from askwell.gateways.providers import Provider, provider_at, provider_behind, provider_of
from askwell.gateways.servers import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SECONDS = 3.0  # for a question to the DNS; after the first that gets no answer no other is asked
QUICK = Patience(connect=4, silence=4, answer=6)
NAMES = {"imap": ("imap", "mail"), "smtp": ("smtp", "mail")}
PORTS = {"imap": 993, "smtp": 465}
# RFC 8314 wants TLS at once; STARTTLS where nothing else is named.
SERVICES = {
    "imap": (("_imaps", "tls"), ("_imap", "starttls")),
    "smtp": (("_submissions", "tls"), ("_submission", "starttls")),
}
TLS_PORTS = {465, 993}
NOWHERE = (".example", ".invalid", ".localhost", ".test")  # RFC 6761: no server is under these


class How(StrEnum):
    """How the servers were found."""

    KNOWN = "known"
    SRV = "srv"
    MX = "mx"
    GUESS = "guess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a mailbox is read and where it sends; either may be missing.  ``provider`` where it is known."""

    how: How
    imap: Server | None
    smtp: Server | None
    provider: Provider | None = None
    elsewhere: bool = False


def discover(
    address: str,
    *,
    resolver: dns.resolver.Resolver | None = None,
    answers: Callable[[Server], bool] | None = None,
) -> Found | None:
    """Find the servers of an address; None where nothing is found.

    ``resolver``: the system's by default.  ``answers`` says whether a guessed server is there.
    """
    if known := provider_of(address):
        return _of_provider(known, How.KNOWN)
    domain = _domain(address)
    if domain is None or (resolver is None and _text(domain).endswith(NOWHERE)):
        return None
    return _by_dns(domain, resolver or _system_resolver()) or _by_guess(domain, answers or is_there)


def is_there(server: Server) -> bool:
    """Whether a server answers there with a certificate for its name."""
    try:
        open_socket(server, QUICK).close()
    except (GatewayError, OSError):
        return False
    return True


def _of_provider(provider: Provider, how: How) -> Found:
    elsewhere = how is How.MX
    return Found(how=how, imap=provider.imap, smtp=provider.smtp, provider=provider, elsewhere=elsewhere)


def _domain(address: str) -> dns.name.Name | None:
    text = address.rpartition("@")[2].strip().rstrip(".")
    if "." not in text:
        return None
    with suppress(dns.exception.DNSException):
        return dns.name.from_unicode(text, idna_codec=dns.name.IDNA_2008_UTS_46)
    return None


def _system_resolver() -> dns.resolver.Resolver | None:
    with suppress(dns.resolver.NoResolverConfiguration):
        return dns.resolver.Resolver()
    return None


def _by_dns(domain: dns.name.Name, resolver: dns.resolver.Resolver | None) -> Found | None:
    if resolver is None:
        return None
    with suppress(dns.exception.Timeout):
        return _by_srv(domain, resolver) or _by_mx(domain, resolver)
    return None


def _by_srv(domain: dns.name.Name, resolver: dns.resolver.Resolver) -> Found | None:
    imap, smtp = (_first_service(domain, kind, resolver) for kind in ("imap", "smtp"))
    if imap is None and smtp is None:
        return None
    found = [server for server in (imap, smtp) if server]
    return Found(
        how=How.SRV,
        imap=imap,
        smtp=smtp,
        provider=provider_at(found[0].host),
        elsewhere=not all(_is_inside(server.host, domain) for server in found),
    )


def _first_service(domain: dns.name.Name, kind: str, resolver: dns.resolver.Resolver) -> Server | None:
    for service, security in SERVICES[kind]:
        records = _ask(dns.name.from_text(f"{service}._tcp", None) + domain, "SRV", resolver)
        for record in sorted(records, key=lambda one: (one.priority, -one.weight)):
            host = _text(record.target)
            if host:  # "." says that there is none
                at_once = security == "tls" or record.port in TLS_PORTS
                return Server(host=host, port=record.port, security="tls" if at_once else "starttls")
    return None


def _by_mx(domain: dns.name.Name, resolver: dns.resolver.Resolver) -> Found | None:
    records = _ask(domain, "MX", resolver)
    for record in sorted(records, key=lambda one: int(one.preference)):
        if provider := provider_behind(_text(record.exchange)):
            return _of_provider(provider, How.MX)
    return None


def _by_guess(domain: dns.name.Name, answers: Callable[[Server], bool]) -> Found | None:
    imap, smtp = (_first_there(domain, kind, answers) for kind in ("imap", "smtp"))
    if imap is None and smtp is None:
        return None
    return Found(how=How.GUESS, imap=imap, smtp=smtp)


def _first_there(domain: dns.name.Name, kind: str, answers: Callable[[Server], bool]) -> Server | None:
    guesses: Iterable[Server] = (
        Server(host=f"{name}.{_text(domain)}", port=PORTS[kind]) for name in NAMES[kind]
    )
    return next((server for server in guesses if answers(server)), None)


def _ask(name: dns.name.Name, kind: str, resolver: dns.resolver.Resolver) -> list[Any]:
    """Ask the DNS; what it does not know counts as nothing.  Raises Timeout."""
    try:
        return list(resolver.resolve(name, kind, lifetime=SECONDS, search=False))
    except dns.exception.Timeout:
        raise
    except dns.exception.DNSException:
        return []


def _text(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).rstrip(".").lower()


def _is_inside(host: str, domain: dns.name.Name) -> bool:
    text = _text(domain)
    return host == text or host.endswith(f".{text}")
