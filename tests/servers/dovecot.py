"""A real Dovecot in a folder of its own: IMAP (TLS and plain), LMTP, and the passwords Postfix asks for.

Each user has a Maildir at ``mail/ADDRESS`` with Sent, Drafts, Archive, Trash and Junk marked by SPECIAL-USE.
A user signs in with the password or, by XOAUTH2, with a token that ``token`` signs.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import shutil
import smtplib
import subprocess
import time
from pathlib import Path

from tests.servers.certificates import Certificate
from tests.servers.places import LOOPBACK, free_port, start, stop, wait_for

NOBODY = 65534  # owns the mail; Dovecot serves none that belongs to root

CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
info_log_path = {folder}/dovecot.log
instance_name = {name}
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = dovecot
default_login_user = dovenull
auth_mechanisms = plain login xoauth2 oauthbearer
disable_plaintext_auth = no
auth_failure_delay = 0
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
ssl_min_protocol = TLSv1.2
mail_location = {storage}:{folder}/mail/%u
mail_max_userip_connections = 100
first_valid_uid = 1
first_valid_gid = 1
mailbox_list_index = yes
lmtp_save_to_detail_mailbox = yes
recipient_delimiter = +
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {folder}/passwords
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf.ext
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/passwords
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
  mailbox Archive {{
    auto = subscribe
    special_use = \\Archive
  }}
  mailbox Trash {{
    auto = subscribe
    special_use = \\Trash
  }}
  mailbox Junk {{
    auto = subscribe
    special_use = \\Junk
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
  process_min_avail = 0
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service auth {{
  unix_listener {folder}/auth-client {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
TOKENS = """\
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/tokens/
username_attribute = sub
"""


class Dovecot:
    """Start with ``start``, end with ``stop``; ``port`` speaks TLS at once, ``plain_port`` offers STARTTLS.

    ``storage``: another than ``maildir`` is only read by Dovecot, so ``messages`` gives nothing.
    """

    def __init__(
        self, folder: Path, certificate: Certificate, users: dict[str, str], *, storage: str = "maildir"
    ) -> None:
        self.folder, self.certificate, self.users = folder, certificate, dict(users)
        self._storage = storage
        self.port, self.plain_port, self.lmtp_port = free_port(), free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._token_key = os.urandom(32)
        (folder / "mail").mkdir(parents=True)
        os.chown(folder / "mail", NOBODY, NOBODY)
        self._write()
        self._write_passwords()

    @property
    def log(self) -> Path:
        return self.folder / "dovecot.log"

    def start(self) -> None:
        command = ["/usr/sbin/dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        self._process = start(command)
        for port in (self.port, self.plain_port, self.lmtp_port):
            wait_for(port, log=self.log)

    def stop(self) -> None:
        """End it; a second time does nothing."""
        if self._process is not None:
            stop(self._process)
            self._process = None

    def add_user(self, address: str, password: str) -> None:
        """Let somebody sign in from now on; Dovecot looks at its file once a second, so this may wait as long."""
        self.users[address] = password
        self._write_passwords()
        until = time.monotonic() + 10
        while not self._knows(address) and time.monotonic() < until:
            time.sleep(0.05)

    def _knows(self, address: str) -> bool:
        with smtplib.LMTP(LOOPBACK, self.lmtp_port, timeout=30) as client:
            client.ehlo_or_helo_if_needed()
            client.mail("")
            return client.rcpt(address)[0] == 250

    def _write_passwords(self) -> None:
        owner = f"{NOBODY}:{NOBODY}:"
        lines = (
            f"{name}:{{PLAIN}}{secret}:{owner}:{self.maildir(name)}\n" for name, secret in self.users.items()
        )
        passwords = self.folder / "passwords"
        fresh = passwords.with_suffix(".new")
        fresh.write_text("".join(lines))
        fresh.chmod(0o644)
        fresh.replace(passwords)

    def token(self, address: str, *, lasts: int = 3600) -> str:
        """Make a token for XOAUTH2, as a provider's sign-in page would; ``lasts`` seconds (below zero: run out)."""
        now = int(time.time())
        parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": address, "iat": now - 7200, "exp": now + lasts}]
        signed = b".".join(_base64url(json.dumps(part).encode()) for part in parts)
        mark = hmac.new(self._token_key, signed, hashlib.sha256).digest()
        return (signed + b"." + _base64url(mark)).decode()

    def deliver(self, raw: bytes, to: str, *, sender: str = "someone@elsewhere.example") -> None:
        """Put a message into a mailbox as the mail server of the house does, by LMTP."""
        with smtplib.LMTP(LOOPBACK, self.lmtp_port, timeout=30) as client:
            client.sendmail(sender, [to], raw)

    def take_in(self, maildir: Path, address: str) -> None:
        """Bring the messages of a Maildir elsewhere into a user's inbox."""
        self._administer("import", "-u", address, f"maildir:{maildir}", "", "ALL")

    def maildir(self, address: str, folder: str = "INBOX") -> Path:
        home = self.folder / "mail" / address
        return home if folder == "INBOX" else home / f".{folder.replace('/', '.')}"

    def files(self, address: str, folder: str = "INBOX") -> list[Path]:
        """Give the files of a mailbox, in the order they came."""
        home = self.maildir(address, folder)
        found = [
            path for part in ("cur", "new") if (home / part).is_dir() for path in (home / part).iterdir()
        ]
        return sorted(found, key=lambda path: path.name)

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """Read what is in a mailbox from its files, past the server."""
        return [path.read_bytes() for path in self.files(address, folder)]

    def flags(self, address: str, folder: str = "INBOX") -> list[str]:
        """Give each message's flags as the Maildir keeps them: ``S`` seen, ``R`` answered, ``F`` flagged..."""
        return [path.name.partition(":2,")[2] for path in self.files(address, folder)]

    def begin_anew(self, address: str, *, uidvalidity: int) -> None:
        """Take a user's mail away and make the inbox again, empty, under another number."""
        shutil.rmtree(self.folder / "mail" / address, ignore_errors=True)
        self._administer("mailbox", "update", "-u", address, "--uid-validity", str(uidvalidity), "INBOX")

    def _administer(self, *command: str | Path) -> None:
        config = self.folder / "dovecot.conf"
        subprocess.run(["doveadm", "-c", config, *command], check=True, capture_output=True)

    def _write(self) -> None:
        words = {
            "folder": self.folder,
            "storage": self._storage,
            "name": self.folder.name,
            "certificate": self.certificate.certificate,
            "key": self.certificate.key,
            "uid": NOBODY,
            "port": self.port,
            "plain_port": self.plain_port,
            "lmtp_port": self.lmtp_port,
        }
        (self.folder / "dovecot.conf").write_text(CONFIG.format_map(words))
        (self.folder / "oauth2.conf.ext").write_text(TOKENS.format_map(words))
        keys = self.folder / "tokens" / "default" / "HS256"
        keys.mkdir(parents=True)
        (keys / "default").write_bytes(base64.b64encode(self._token_key))


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
