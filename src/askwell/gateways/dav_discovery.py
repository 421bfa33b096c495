"""Where somebody's calendars and address books are, from an address or a domain (RFC 6764).

Theory of operation.  An address with ``https://`` is asked as it stands, then at its host's
``/.well-known/…``.  For a domain, or an e-mail address, the SRV record names the server and a TXT record the
path; then the domain's own ``/.well-known/…`` is tried.  Each place is asked for the signed-in user's
principal, the principal for its homes, the homes for their collections.  A place that is no such server is
passed by; a refused password is said at once.  A server of another domain than the one named is asked only
once the user has agreed (``Elsewhere``), as the RFC wants it: a record of the DNS is nobody's word.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import dns.exception
import dns.resolver

from askwell.gateways.dav_collections import CALENDARS, collections_in
from askwell.gateways.errors import GatewayError, Permanent, Trouble
from askwell.gateways.webdav import Elsewhere, same_site, server_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.gateways.dav_collections import Collection, Kind
    from askwell.gateways.webdav import WebDav

_SECONDS = 5.0
_TLS_PORT = 443
_MOST_HOMES = 20
_PASSED_BY = {
    Trouble.NOT_FOUND,
    Trouble.NOT_THIS_PROTOCOL,
    Trouble.REFUSED,
    Trouble.FORBIDDEN,
    Trouble.NO_SUCH_SERVER,
    Trouble.NO_ANSWER,
    Trouble.MESSAGE,
}


def discover(
    dav: WebDav, where: str, kind: Kind, *, resolver: dns.resolver.Resolver | None = None
) -> tuple[Collection, ...]:
    """Give the collections of a kind of whoever is signed in.

    ``where`` is ``https://…``, a domain, or an e-mail address.  Raises Transient, Permanent (NOT_FOUND: no
    server, or no collections, anywhere it was looked for), Elsewhere.
    """
    failed: GatewayError | None = None
    for place in _places(dav, where.strip(), kind, resolver or _resolver()):
        try:
            if found := _at(dav, place, kind):
                return found
        except Elsewhere:
            raise
        except GatewayError as error:
            if error.code not in _PASSED_BY:
                raise
            failed = failed or error
    if failed is not None and failed.code in {Trouble.NO_SUCH_SERVER, Trouble.NO_ANSWER}:
        raise failed
    raise Permanent(Trouble.NOT_FOUND, server=server_of(where) or where.rpartition("@")[2][:200])


def _resolver() -> dns.resolver.Resolver | None:
    """Give the system's resolver; None where none is set up."""
    with suppress(dns.resolver.NoResolverConfiguration):
        return dns.resolver.Resolver()
    return None


def _places(dav: WebDav, where: str, kind: Kind, resolver: dns.resolver.Resolver | None) -> Iterator[str]:
    service = "caldav" if kind is CALENDARS else "carddav"
    if "://" in where:
        yield where
        parts = urlsplit(where)
        yield f"{parts.scheme}://{parts.netloc}/.well-known/{service}"
        return
    domain = where.rpartition("@")[2].strip("./").lower()
    if resolver is not None:
        yield from _by_dns(dav, domain, service, resolver)
    yield f"https://{domain}/.well-known/{service}"
    yield f"https://{domain}/"


def _by_dns(dav: WebDav, domain: str, service: str, resolver: dns.resolver.Resolver) -> Iterator[str]:
    name = f"_{service}s._tcp.{domain}"
    path = next((text[5:] for text in _texts(name, resolver) if text.startswith("path=/")), "")
    for record in sorted(_asked(name, "SRV", resolver), key=lambda found: (found.priority, -found.weight)):
        host = str(record.target).rstrip(".").lower()
        if not host:
            continue  # "." says: not offered here
        if not same_site(host, domain) and host not in dav.also:
            raise Elsewhere(host, server=domain)
        port = "" if record.port == _TLS_PORT else f":{record.port}"
        yield f"https://{host}{port}{path or f'/.well-known/{service}'}"


def _texts(name: str, resolver: dns.resolver.Resolver) -> Iterator[str]:
    for record in _asked(name, "TXT", resolver):
        yield b"".join(record.strings).decode("utf-8", "replace")


def _asked(name: str, kind: str, resolver: dns.resolver.Resolver) -> list[Any]:
    try:
        return list(resolver.resolve(name, kind, lifetime=_SECONDS, search=False))
    except (dns.exception.DNSException, UnicodeError):
        return []


def _at(dav: WebDav, place: str, kind: Kind) -> tuple[Collection, ...]:
    """Give the collections that a place leads to: itself, or by its principal and homes."""
    home_set = "c:calendar-home-set" if kind is CALENDARS else "a:addressbook-home-set"
    asked = ("d:resourcetype", "d:current-user-principal", home_set)
    where, found = dav.propfind(place, asked)
    for response in found.responses[:1]:
        if response.has("d:resourcetype", kind.resource):
            return collections_in(dav, where, kind, depth=0)
        if homes := response.hrefs_of(home_set):
            return _in_homes(dav, where, homes, kind)
        if principal := response.href_of("d:current-user-principal"):
            return _of_principal(dav, dav.at(where, principal), home_set, kind)
        return collections_in(dav, where, kind)
    return ()


def _of_principal(dav: WebDav, principal: str, home_set: str, kind: Kind) -> tuple[Collection, ...]:
    where, found = dav.propfind(principal, (home_set,))
    homes = [href for response in found.responses[:1] for href in response.hrefs_of(home_set)]
    return _in_homes(dav, where, homes, kind)


def _in_homes(dav: WebDav, where: str, homes: list[str], kind: Kind) -> tuple[Collection, ...]:
    found = (one for home in homes[:_MOST_HOMES] for one in collections_in(dav, dav.at(where, home), kind))
    return tuple({one.url: one for one in found}.values())
