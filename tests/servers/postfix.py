"""A real Postfix with a configuration and a queue of its own: submission with passwords, and real bounces.

Nothing leaves loopback: what is not for a domain of the house goes nowhere, and connections are only made
from 127.0.0.1.  Some addresses cause trouble on purpose, at any domain of the house:

    refused@...   550 5.1.1 at RCPT          later@...   450 4.2.1 at RCPT
    full@...      452 4.2.2 at RCPT          policy@...  554 5.7.1 at RCPT
    ANYONE@gone.example   taken, then refused by the next server: a real bounce comes back
    ANYONE@slow.example   taken, then put off by the next server: stays in the queue
    ANYONE@hangs.example  taken, then the next server says nothing

A letter with the header ``X-Refuse:`` is refused after its last dot (550 5.7.1).
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import time
from pathlib import Path

from tests.fakes.smtp import HANG, HostileSmtp
from tests.servers.dovecot import Dovecot
from tests.servers.places import LOOPBACK, free_port, start, stop, wait_for

# Postfix goes its own way once it is started; this stays with us, and takes it down when it is to end.
KEEPER = """
end() {
    master=$(cat "$1/queue/pid/master.pid") && kill -TERM $master
    while kill -0 $master 2>/dev/null; do sleep 0.05; done
    kill $waiting
    exit
}
trap 'end "$1"' TERM
/usr/sbin/postfix -c "$1" start
sleep infinity & waiting=$!
wait
"""
SIZE_LIMIT = 2_000_000  # bytes of a letter
DOMAINS = ("askwell.example", "acme.example", "globex.example")

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
multi_instance_wrapper =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.askwell.example
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:5.1.1 nobody lives here
default_transport = error:5.1.2 mail for elsewhere stays here
relay_transport = error:5.1.2 mail for elsewhere stays here
relay_domains = gone.example slow.example hangs.example
smtp_bind_address = 127.0.0.1
smtp_dns_support_level = disabled
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = static:taken
virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}
transport_maps = regexp:{folder}/transport
recipient_delimiter = +
message_size_limit = {size_limit}
mailbox_size_limit = 0
virtual_mailbox_limit = 0
header_checks = regexp:{folder}/header_checks
sender_bcc_maps = regexp:{folder}/copies
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_session_cache_database =
smtpd_sasl_type = dovecot
smtpd_sasl_path = {auth_socket}
smtpd_sasl_auth_enable = yes
smtpd_sender_login_maps = regexp:{folder}/owners
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/recipients, permit_sasl_authenticated, reject_unauth_destination
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_error_sleep_time = 0
minimal_backoff_time = 300s
queue_run_delay = 300s
smtp_helo_timeout = 20s
bounce_queue_lifetime = 0
in_flow_delay = 0
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt -o smtpd_tls_wrappermode=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{starttls_port} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt -o smtpd_client_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{plain_port} inet n - n - - smtpd -o smtpd_tls_security_level=none
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
RECIPIENTS = r"""
/^refused[^@]*@/ 550 5.1.1 There is nobody of this name
/^later[^@]*@/ 450 4.2.1 This mailbox takes no mail just now
/^full[^@]*@/ 452 4.2.2 This mailbox is full
/^policy[^@]*@/ 554 5.7.1 This server does not want your mail
"""


class Postfix:
    """``port`` speaks TLS at once, ``starttls_port`` after STARTTLS, ``plain_port`` never; all want a password."""

    def __init__(
        self, folder: Path, dovecot: Dovecot, *, domains: set[str], keeps_copies: bool = False
    ) -> None:
        self.folder, self.dovecot = folder, dovecot
        self.port, self.starttls_port, self.plain_port = free_port(), free_port(), free_port()
        self._domains, self._keeps_copies = sorted({*DOMAINS, *domains}), keeps_copies
        self._next_servers = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "postfix.log"

    def start(self) -> None:
        self._write()
        self._process = start(["sh", "-c", KEEPER, "postfix", self.folder], log=self.folder / "start.log")
        try:
            for port in (self.port, self.starttls_port, self.plain_port):
                wait_for(port, log=self.log)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End every process of this instance; a second time does nothing."""
        if self._process is not None:
            stop(self._process)
            self._process = None
        self._next_servers.close()

    def queue(self) -> list[Path]:
        """Give the files of letters that have not been delivered."""
        parts = ("incoming", "active", "deferred", "maildrop")
        found = (path for part in parts for path in (self.folder / "queue" / part).rglob("*"))
        return [path for path in found if path.is_file()]

    def wait_until_delivered(self, seconds: float = 30) -> None:
        """Wait until nothing is on its way; letters put off for later do not count."""
        until = time.monotonic() + seconds
        moving = ("incoming", "active", "maildrop")
        while time.monotonic() < until:
            if not any(path.parts[-2] in moving or path.parts[-3] in moving for path in self.queue()):
                return
            time.sleep(0.02)
        raise TimeoutError(self.log.read_text()[-2000:])

    def _write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "queue").mkdir()
        (self.folder / "data").mkdir()
        subprocess.run(["chown", "postfix", self.folder / "data"], check=True)
        words = {
            "folder": self.folder,
            "domains": " ".join(self._domains),
            "lmtp_port": self.dovecot.lmtp_port,
            "size_limit": SIZE_LIMIT,
            "certificate": self.dovecot.certificate.certificate,
            "key": self.dovecot.certificate.key,
            "auth_socket": self.dovecot.folder / "auth-client",
            "port": self.port,
            "starttls_port": self.starttls_port,
            "plain_port": self.plain_port,
        }
        for name, text in {
            "main.cf": MAIN,
            "master.cf": MASTER,
            "recipients": RECIPIENTS,
            "header_checks": "/^X-Refuse:/ REJECT this letter is not wanted\n",
            "owners": "/^(.*)$/ $1\n",
            "copies": _copies(self._domains) if self._keeps_copies else "",
            "transport": self._transport(),
        }.items():
            (self.folder / name).write_text(text.format_map(words) if name.endswith(".cf") else text)

    def _transport(self) -> str:
        """Say which server each troubled domain is handed to; those servers are started here."""
        behaviours = {
            "gone": HostileSmtp(rcpt=b"550 5.1.1 User unknown"),
            "slow": HostileSmtp(rcpt=b"450 4.2.0 Come back later"),
            "hangs": HostileSmtp(greeting=HANG),
        }
        for server in behaviours.values():
            self._next_servers.enter_context(server)
        return "".join(
            f"/@{name}\\.example$/ smtp:[{LOOPBACK}]:{server.port}\n" for name, server in behaviours.items()
        )


def _copies(domains: list[str]) -> str:
    """Put a copy of what a user of the house sends into their own Sent, as Gmail does."""
    house = "|".join(map(re.escape, domains))
    return f"/^([^@+]+)@({house})$/ $1+Sent@$2\n"
