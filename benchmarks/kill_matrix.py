"""Workers killed at every step of sending, before a real Postfix and Dovecot: what went twice, what was lost.

    python benchmarks/kill_matrix.py [--kills N] [--workers 1,2] [--databases sqlite,postgres] [--json]

Letters of a notebook go out by workers, each a process of its own that kills itself (SIGKILL) when it comes
to its crash point; then the next one starts.  In the end the mailboxes are counted.

  twice      letters that lie in a mailbox more than once
  lost       letters the notebook holds to be sent, of which no mailbox has a copy
  unsettled  letters neither sent nor in doubt once workers may live (none, unless something is wrong)
  in doubt   letters of which nobody knows; each was killed between DATA and the answer
  wrong      letters whose touch does not say what became of them, or whose copy in Sent is not there once
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
from invented import FAMILY, GIVEN  # noqa: E402

POINTS = (
    "before the claim",
    "after the claim",
    "signed in",
    "offered",
    "recorded, not committed",
    "committed as sending",
    "DATA accepted",
    "half of the letter sent",
    "letter sent, before the last answer",
    "answered, not noted",
    "noted as sent",
    "looked in Sent",
    "copy put into Sent",
    "while recovering",
)
ME = "lina@askwell.example"
BODY = """Dear {given},

I am finishing a master's in operations at Northfield, and your note number {number} on ward supplies made \
me curious how hospitals plan. I would like to learn how your work is really done.

Could we speak by phone for twenty minutes, at a time that suits you in the next two weeks? If it does not \
suit, that is fine.

Kind regards,
Lina Berg
"""
LETTERS_AT_ONCE = 10


def main() -> None:
    """Run what was asked for, each database in a process of its own."""
    options = _options()
    if options.only:
        _one_database(options)
        return
    found = []
    databases = options.databases.split(",")
    kills = -(-options.kills // (len(databases) * len(options.workers.split(","))))
    for database in databases:
        found += _in_a_process(database, kills, options)
    if options.json:
        print(json.dumps(found))
    sys.exit(any(row["twice"] or row["lost"] or row["unsettled"] or row["wrong"] for row in found))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--databases", default="sqlite,postgres")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_a_process(database: str, kills: int, options: argparse.Namespace) -> list[dict[str, object]]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="askwell-kills-"))
        environment = {**os.environ, "ASKWELL_DATA": folder, "ASKWELL_KEYRING": "0"}
        environment.pop("DATABASE_URL", None)
        if database == "postgres":
            environment["DATABASE_URL"] = stack.enter_context(_postgres(Path(folder)))
        command = [sys.executable, __file__, "--only", database, "--kills", str(kills)]
        command += ["--workers", options.workers]
        return list(_rows(command, environment, is_shown=not options.json))


def _rows(command: list[str], environment: dict[str, str], *, is_shown: bool) -> Iterator[dict[str, object]]:
    """Give what each number of workers came to, shown as soon as it is known."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            if line.startswith("{"):
                row = json.loads(line)
                if is_shown:
                    print(_said(row), flush=True)
                yield row
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)


class _postgres:  # noqa: N801 - used as a function
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> str:
        command = [sys.executable, str(ROOT / "requirements/postgres_server.py"), str(self._folder / "pg")]
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        return self._server.stdout.readline().strip()

    def __exit__(self, *_error: object) -> None:
        self._server.terminate()
        self._server.wait()


def _said(row: dict[str, object]) -> str:
    return (
        "{database}, {workers} workers: {kills} kills, {letters} letters in {seconds} s: "
        "{twice} twice, {lost} lost, {in_doubt} in doubt ({in_doubt_arrived} arrived), "
        "{unsettled} unsettled, {wrong} wrong"
    ).format(**row)


def _one_database(options: argparse.Namespace) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "askwell.web.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from tests.servers.together import mail_servers

    call_command("migrate", verbosity=0)
    people = [f"person{number}@acme.example" for number in range(60)]
    with mail_servers({ME: "secret", **dict.fromkeys(people, "secret")}) as servers:
        os.environ["SSL_CERT_FILE"] = str(servers.authority)  # reading all of the system's takes long
        book = Book(servers, people)
        _load(book)
        counts = [int(number) for number in options.workers.split(",")]
        for workers in counts:
            row = _matrix(book, options.kills, workers)
            print(json.dumps({"database": options.only, **row}), flush=True)


class Book:
    """A notebook with one mailbox, and letters that are approved as they are needed."""

    def __init__(self, servers, people) -> None:
        from django.conf import settings

        from askwell.mailroom import secrets
        from askwell.mailroom.models import Account
        from askwell.outreach import actions
        from askwell.people.owners import local_owner

        settings.MAIL_AUTHORITIES = servers.authority
        self.servers, self.people, self.made = servers, people, 0
        self.points, self.turns = itertools.cycle(POINTS), itertools.count()
        self.now = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
        self.owner = local_owner()
        actions.change_seeker(self.owner, zone="America/Chicago", country="US", now=self.now)
        actions.set_goal(self.owner, text="Plan supplies in hospitals in Chicago", now=self.now)
        self.account = Account.objects.create(
            owner=self.owner, address=ME, name="Lina Berg", login=ME, added_at=self.now, sent_folder="Sent",
            imap_host="localhost", imap_port=servers.dovecot.port,
            smtp_host="localhost", smtp_port=servers.postfix.port,
        )  # fmt: skip
        secrets.keep(self.owner, self.account.handle, "secret")

    def approve(self, count: int) -> None:
        """Put in so many letters, each to somebody else; approving them is not what is tried here."""
        from tests.web.scene import ALL_RULES

        from askwell.mailroom.models import Outgoing
        from askwell.mailroom.outbox import GIVE_UP, new_message_id
        from askwell.outreach.models import Draft, Outreach
        from askwell.people.models import Contact, ContactPoint

        fine = dict.fromkeys([*ALL_RULES, "M00"], "it is fine")
        for _turn in range(count):
            number, self.made = self.made, self.made + 1
            given, family = GIVEN[number % len(GIVEN)], FAMILY[number // len(GIVEN) % len(FAMILY)]
            address, mine = self.people[number % len(self.people)], {"owner": self.owner}
            name = f"{given} {family} {number}"
            contact = Contact.objects.create(name=name, given=given, created_at=self.now, **mine)
            ContactPoint.objects.create(contact=contact, kind="email", value=address, norm=address, **mine)
            asked = Outreach.objects.create(contact=contact, opened_at=self.now, **mine)
            draft = Draft.objects.create(
                contact=contact, outreach=asked, mode="informational", subject=f"Ward supplies {number}",
                body=BODY.format(given=given, number=number), message_id=new_message_id(ME),
                updated_at=self.now, **mine,
            )  # fmt: skip
            Outgoing.objects.create(
                account=self.account, contact=contact, about=draft.pk, details={"overrides": fine},
                recipient=address, subject=draft.subject, message_id=draft.message_id,
                queued_at=self.now, due_at=self.now, give_up_at=self.now + GIVE_UP, **mine,
            )  # fmt: skip


def _load(book: Book) -> None:
    """Load what a worker needs, once and not in each of them: a letter is made ready, and taken back."""
    from django.db import transaction

    from askwell.mailroom import outbox, sending  # noqa: F401 - for the workers
    from askwell.outreach.posts import post

    with transaction.atomic():
        book.approve(1)
        post().going(outbox.claim_next("nobody", now=book.now), now=book.now)
        transaction.set_rollback(True)
    book.made = 0


def _matrix(book: Book, kills: int, workers: int) -> dict[str, object]:
    from django.db.models import Q

    from askwell.mailroom.models import Outgoing

    began, killed = time.monotonic(), Counter()
    first = book.made
    while sum(killed.values()) < kills:
        if Outgoing.objects.filter(state="queued").count() < workers * 2:
            book.approve(LETTERS_AT_ONCE)
        # Every point in turn, so that each is come to as often; each worker its own.
        points = [next(book.points) for _turn in range(workers)]
        hits = [1 if "Sent" in point or "recover" in point else 1 + next(book.turns) % 2 for point in points]
        for point, ended in zip(points, _run(book, list(zip(points, hits, strict=True))), strict=True):
            killed[point] += ended == -signal.SIGKILL
    for _turn in range(100):  # nobody is killed any more: what can be settled is
        _run(book, [("", 0)])
        if not Outgoing.objects.filter(Q(state="queued") | Q(state="sent", filed_at=None)).exists():
            break
    return {
        "workers": workers,
        "kills": sum(killed.values()),
        "by_point": dict(killed),
        "seconds": round(time.monotonic() - began),
        **_count(book, first),
    }


def _run(book: Book, points: list[tuple[str, int]]) -> list[int]:
    """Run workers at once, each in a process of its own; gives how each ended."""
    from django.db import connections

    connections.close_all()
    children = []
    for point, hits in points:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                _work(book, point, hits)
                code = 0
            except BaseException:  # noqa: BLE001 - a child of a fork ends here whatever happened
                traceback.print_exc()
            finally:
                os._exit(code)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _work(book: Book, point: str, hits: int) -> None:
    from askwell.mailroom import sending
    from askwell.outreach.posts import post

    _lay_mines(Mine(point, hits))
    sending.send_due(post(), clock=lambda: book.now, most=2 if point else 10_000)
    sending.file_copies(clock=lambda: book.now)


class Mine:
    """Kills this process when it comes to its point for the n-th time."""

    def __init__(self, point: str, hits: int) -> None:
        self.point, self.left = point, hits

    def __call__(self, point: str) -> None:
        if point and point == self.point:
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


def _lay_mines(mine: Mine) -> None:
    """Put the crash points around the steps of sending; the product knows nothing of them."""
    from askwell.gateways import imap, smtp
    from askwell.mailroom import outbox
    from askwell.outreach.posting import OutreachPost

    def around(owner, name, before="", after="", only=lambda *_given: True):
        plain = getattr(owner, name)

        def mined(*given, **named):
            if only(*given):
                mine(before)
            answer = plain(*given, **named)
            if only(*given):
                mine(after)
            return answer

        setattr(owner, name, mined)

    around(outbox, "claim_next", "before the claim", "after the claim")
    around(outbox, "recover", "while recovering")
    around(smtp.Smtp, "__enter__", after="signed in")
    around(smtp.Smtp, "offer", after="offered")
    around(OutreachPost, "going", after="recorded, not committed")
    around(smtp.Smtp, "hand_over", "committed as sending")
    around(smtp.Smtp, "_last_answer", "DATA accepted")
    around(outbox, "accepted", "answered, not noted", "noted as sent")
    around(imap.Mailbox, "find_message_id", after="looked in Sent")
    around(imap.Mailbox, "append", after="copy put into Sent")
    _mine_the_wire(smtp._Wire, mine)  # noqa: SLF001 - half a letter has no other place


def _mine_the_wire(wire, mine: Mine) -> None:
    plain = wire.send

    def send(self, data):
        is_letter = len(data) > 400 and data.endswith(b"\r\n.\r\n")
        if is_letter and mine.point == "half of the letter sent":
            plain(self, data[: len(data) // 2])
            mine("half of the letter sent")
            data = data[len(data) // 2 :]
        plain(self, data)
        if is_letter:
            time.sleep(0.05)  # so that it has left this machine's buffers
            mine("letter sent, before the last answer")

    wire.send = send


def _count(book: Book, first: int) -> dict[str, object]:
    """Compare the mailboxes with the notebook."""
    from askwell.mailroom.models import Outgoing
    from askwell.outreach.models import Touch

    _wait_for_queue(book)
    boxes = Counter(_ids(book, book.people, "INBOX"))
    sent = Counter(_ids(book, [ME], "Sent"))
    rows = list(Outgoing.objects.filter(subject__in=[f"Ward supplies {n}" for n in range(first, book.made)]))
    touches = Counter(Touch.objects.filter(direction="out").values_list("message_id", flat=True))
    gone = [row for row in rows if row.state == "sent"]
    doubted = [row for row in rows if row.state == "in_doubt"]
    wrong = [row for row in gone + doubted if touches[row.message_id] != 1]
    wrong += [row for row in rows if row.state == "queued" and touches[row.message_id]]
    wrong += [row for row in gone if sent[row.message_id] != 1]
    return {
        "letters": len(rows),
        "sent": len(gone),
        "twice": sum(boxes[row.message_id] > 1 for row in rows),
        "lost": sum(boxes[row.message_id] == 0 for row in gone),
        "in_doubt": len(doubted),
        "in_doubt_arrived": sum(boxes[row.message_id] == 1 for row in doubted),
        "unsettled": len(rows) - len(gone) - len(doubted),
        "wrong": len(wrong),
    }


def _ids(book: Book, addresses, folder: str):
    for address in addresses:
        for raw in book.servers.messages(address, folder):
            yield message_from_bytes(raw)["Message-ID"].strip()


def _wait_for_queue(book: Book) -> None:
    """Let Postfix hand everything over before mailboxes are counted."""
    until = time.monotonic() + 30
    before = -1
    while time.monotonic() < until:
        count = sum(len(book.servers.dovecot.files(address)) for address in book.people)
        if count == before:
            return
        before = count
        time.sleep(1.5)


if __name__ == "__main__":
    main()
