"""The servers of a mail provider, together: ``with mail_servers() as servers: ...``."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.certificates import Certificate, make_certificate
from tests.servers.dovecot import Dovecot
from tests.servers.places import missing, open_folder, remove
from tests.servers.postfix import DOMAINS, Postfix
from tests.servers.radicale import Radicale

ALICE, JANE, OMAR = "alice@askwell.example", "jane@acme.example", "omar@globex.example"
USERS = {ALICE: "blue kettle 7", JANE: "tall window 3", OMAR: "käse und brot 5"}
HOST = "localhost"  # the name in the certificate
SECRET = "secret"  # of everybody that ``someone`` gives
SPARE = {f"someone{number}@{domain}": SECRET for domain in DOMAINS for number in range(1, 200)}


@dataclass(frozen=True)
class MailServers:
    """Dovecot and Postfix; users and their passwords stand in ``users``."""

    folder: Path
    certificate: Certificate
    dovecot: Dovecot
    postfix: Postfix
    host: str = HOST
    _met: dict[str, int] = field(default_factory=dict)  # how many of each domain have been given

    @property
    def users(self) -> dict[str, str]:
        return self.dovecot.users

    @property
    def authority(self) -> Path:
        """The certificate to trust."""
        return self.certificate.authority

    def someone(self, domain: str = "askwell.example") -> str:
        """Give the address of a user whom no other test knows; the password is ``secret``."""
        number = self._met[domain] = self._met.get(domain, 0) + 1
        address = f"someone{number}@{domain}"
        if address not in self.users:
            self.dovecot.add_user(address, SECRET)
        return address

    def deliver(self, raw: bytes, to: str, *, sender: str = "someone@elsewhere.example") -> None:
        self.dovecot.deliver(raw, to, sender=sender)

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        return self.dovecot.messages(address, folder)

    def wait_for_messages(self, address: str, count: int = 1, *, folder: str = "INBOX") -> list[bytes]:
        """Wait until a mailbox holds so many messages; give them."""
        wait_until(lambda: len(self.messages(address, folder)) >= count)
        return self.messages(address, folder)


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Look again and again until something holds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.02)


def why_no_mail_servers() -> str:
    """Say why mail servers cannot be started here, or nothing."""
    return missing("dovecot", "postfix")


@contextlib.contextmanager
def mail_servers(
    users: dict[str, str] | None = None, *, keeps_copies: bool = False, storage: str = "maildir"
) -> Iterator[MailServers]:
    """Start Dovecot and Postfix for these users; with ``keeps_copies`` each letter sent is put into Sent too."""
    users = USERS if users is None else users
    folder = open_folder()
    with contextlib.ExitStack() as stack:
        stack.callback(remove, folder)
        certificate = make_certificate(folder / "tls")
        dovecot = Dovecot(folder / "dovecot", certificate, {**users, **SPARE}, storage=storage)
        stack.callback(dovecot.stop)
        dovecot.start()
        domains = {address.rpartition("@")[2] for address in users}
        postfix = Postfix(folder / "postfix", dovecot, domains=domains, keeps_copies=keeps_copies)
        stack.callback(postfix.stop)
        postfix.start()
        yield MailServers(folder, certificate, dovecot, postfix)


@contextlib.contextmanager
def dav_server(users: dict[str, str] | None = None, *, tls: bool = False) -> Iterator[Radicale]:
    """Start Radicale for these users, over TLS where asked (the authority is ``folder/tls/authority.pem``)."""
    folder = open_folder()
    with contextlib.ExitStack() as stack:
        stack.callback(remove, folder)
        certificate = make_certificate(folder / "tls") if tls else None
        radicale = Radicale(folder, USERS if users is None else users, certificate)
        stack.callback(radicale.stop)
        radicale.start()
        yield radicale
