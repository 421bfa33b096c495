"""Looking into a large mailbox: time and bytes for nothing new and for ten new messages, on a real Dovecot.

    .venv-dev/bin/python benchmarks/mail_poll.py [--size 200000] [--storage mdbox]

Needs root, Dovecot and Postfix.  A look is what a worker does on an open connection: ask for the folder's
state, and where UIDNEXT moved, read the new headers.  A Maildir is filled by writing its files, and Dovecot
reads the whole folder again whenever one came; as mdbox it takes them in once and knows them by its index.
Beside it, in the same run, what programs do that do not keep UIDNEXT: with bare imaplib, the flags of all,
and a search for what is unseen.  Medians.
"""

from __future__ import annotations

import argparse
import imaplib
import os
import ssl
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.servers.dovecot import NOBODY
from tests.servers.together import ALICE, USERS, MailServers, mail_servers

from askwell.gateways.imap import Mailbox
from askwell.gateways.servers import Login, Server

TURNS, TURNS_OF_TEN = 9, 5


def message(number: int) -> bytes:
    head = (
        f"From: Person {number} <person{number % 900}@acme.example>\r\nTo: {ALICE}\r\n"
        f"Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nSubject: Letter {number}\r\n"
        f"Message-ID: <{number}@acme.example>\r\n"
        "Received: from a.example by b.example; Mon, 23 Nov 2026 10:00:00 +0000\r\n"
    )
    return (head + "\r\n" + "A line of a letter, as letters have them.\r\n" * 10).encode()


def fill(home: Path, size: int) -> None:
    """Write a Maildir as a server would have; half of it was read."""
    for part in ("cur", "new", "tmp"):
        (home / part).mkdir(parents=True, exist_ok=True)
    for number in range(size):
        raw = message(number)
        seen = "S" if number % 2 else ""
        (home / "cur" / f"{1_700_000_000 + number}.M{number}P1.bench,S={len(raw)}:2,{seen}").write_bytes(raw)
    for folder, _folders, names in os.walk(home):
        os.chown(folder, NOBODY, NOBODY)
        for name in names:
            os.chown(Path(folder) / name, NOBODY, NOBODY)


class Poll:
    """What a worker keeps between two looks."""

    def __init__(self, box: Mailbox) -> None:
        self.box = box
        self.seen = box.select("INBOX").uidnext - 1

    def look(self) -> int:
        state = self.box.state("INBOX")
        if state.uidnext == self.seen + 1:
            return 0
        new = sum(1 for _uid, _header in self.box.new_headers(self.seen))
        self.seen = state.uidnext - 1
        return new


def measured(box: Mailbox | Bare, turn) -> tuple[float, int, object]:
    before, began = box.bytes_read, time.perf_counter()
    result = turn()
    return time.perf_counter() - began, box.bytes_read - before, result


def show(name: str, runs: list[tuple[float, int, object]]) -> None:
    times, sizes = [one[0] for one in runs], [one[1] for one in runs]
    span = f"({min(times) * 1000:.1f} to {max(times) * 1000:.1f})"
    took, size = statistics.median(times) * 1000, statistics.median(sizes)
    print(f"{name:44} {took:9.1f} ms {span:22} {size:12,.0f} bytes")


class Bare(imaplib.IMAP4_SSL):
    """The standard library's client, counting what it reads."""

    bytes_read = 0

    def read(self, size: int) -> bytes:
        self.bytes_read += size
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self.bytes_read += len(line)
        return line


def bare_connection(server: Server) -> Bare:
    imaplib._MAXLINE = 10_000_000  # noqa: SLF001 - it would refuse the answer to a search in a large mailbox
    context = ssl.create_default_context(cafile=server.authorities)
    bare = Bare(server.host, server.port, ssl_context=context)
    bare.login(ALICE, USERS[ALICE])
    bare.select("INBOX", readonly=True)
    return bare


def ten_new(servers: MailServers, poll: Poll) -> None:
    runs = []
    for turn in range(TURNS_OF_TEN):
        for each in range(10):
            servers.deliver(message(1_000_000 + turn * 10 + each), ALICE)
        runs.append(measured(poll.box, poll.look))
        assert runs[-1][2] == 10
    show("a look: ten new, their headers read", runs)


def compare(bare: Bare) -> None:
    flags = [measured(bare, lambda: bare.uid("FETCH", "1:*", "(FLAGS)")) for _ in range(3)]
    show("for comparison: the flags of all", flags)
    unseen = [measured(bare, lambda: bare.uid("SEARCH", "UNSEEN")) for _ in range(3)]
    show("for comparison: a search for the unseen", unseen)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--size", type=int, default=5000)
    options.add_argument("--storage", choices=["maildir", "mdbox"], default="mdbox")
    chosen = options.parse_args()
    with mail_servers(storage=chosen.storage) as servers:
        began = time.perf_counter()
        if chosen.storage == "maildir":
            fill(servers.dovecot.maildir(ALICE), chosen.size)
        else:
            fill(servers.folder / "source", chosen.size)
            servers.dovecot.take_in(servers.folder / "source", ALICE)
        print(f"{chosen.size:,} messages put there in {time.perf_counter() - began:.0f} s")
        server = Server(host=servers.host, port=servers.dovecot.port, authorities=servers.authority)
        login = Login(user=ALICE, secret=USERS[ALICE])
        with Mailbox(server, login) as box:
            first, _size, poll = measured(box, lambda: Poll(box))
            print(f"first opening: {first:.1f} s; {poll.seen:,} messages")
        runs = []
        for _ in range(TURNS):
            began = time.perf_counter()
            with Mailbox(server, login) as box:
                poll = Poll(box)
                runs.append((time.perf_counter() - began, box.bytes_read, 0))
        show("connect, sign in, open", runs)
        with Mailbox(server, login) as box:
            poll = Poll(box)
            nothing = [measured(box, poll.look) for _ in range(TURNS)]
            assert {one[2] for one in nothing} == {0}
            show("a look: nothing new", nothing)
            ten_new(servers, poll)
        with bare_connection(server) as bare:
            compare(bare)


if __name__ == "__main__":
    main()
