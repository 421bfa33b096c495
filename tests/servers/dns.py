"""A real DNS server on loopback (UDP), with the records it is given."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
from tests.servers.places import LOOPBACK

Records = dict[tuple[str, str], list[str]]


class _Answer(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        data, sock = self.request
        query = dns.message.from_wire(data)
        (question,) = query.question
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.server.asked.append((name, kind))
        if self.server.silent:
            return
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA | dns.flags.RA
        if found := self.server.records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
        elif not any(name == known or known.endswith(f".{name}") for known, _kind in self.server.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        sock.sendto(answer.to_wire(), self.client_address)


class DnsServer(socketserver.ThreadingUDPServer):
    """``records``: {("_imaps._tcp.acme.example", "SRV"): ["0 1 993 mail.acme.example."]}; ``asked`` so far."""

    def __init__(self, records: Records, *, silent: bool = False) -> None:
        super().__init__((LOOPBACK, 0), _Answer)
        self.records, self.silent = records, silent
        self.asked: list[tuple[str, str]] = []

    @property
    def resolver(self) -> dns.resolver.Resolver:
        """A resolver that asks this server alone."""
        made = dns.resolver.Resolver(configure=False)
        made.nameservers, made.port = [LOOPBACK], self.server_address[1]
        return made


@contextlib.contextmanager
def dns_server(records: Records, *, silent: bool = False) -> Iterator[DnsServer]:
    """Answer questions while it is entered."""
    with DnsServer(records, silent=silent) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()
