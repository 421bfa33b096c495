"""An address book of 2,000 cards kept in step with the people here: seconds, requests, queries.

    .venv-dev/bin/python benchmarks/address_book.py [--cards N] [--changed N] [--json]

The server is the Radicale of the tests, in a process of its own.  In this order: everybody brought in from
there; nothing new; some changed there; some changed here; and everybody written to an empty address book.
``server`` is the time this process waited for answers, ``own`` all the rest; both are wall clock.
Uses DATABASE_URL (default: SQLite in a folder of its own).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from invented import GIVEN, PLACES, TITLES
from tests.servers.places import open_folder
from tests.servers.radicale_server import Served, radicale

from askwell.gateways.webdav import Answer, Bounds, DavLogin, WebDav

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


class Counted(WebDav):
    """Counts what is asked, and how long the answers take."""

    requests, seconds = 0, 0.0

    def ask(self, *words, **more) -> Answer:
        begun = time.perf_counter()
        try:
            return super().ask(*words, **more)
        finally:
            Counted.requests += 1
            Counted.seconds += time.perf_counter() - begun


def card(number: int, chance: random.Random) -> str:
    given, family = chance.choice(GIVEN), f"Bench{number}"
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-{number}\r\nFN:{given} {family}\r\nN:{family};{given};;;\r\n"
        f"ORG:{chance.choice(PLACES)} {number % 300}\r\nTITLE:{chance.choice(TITLES)}\r\n"
        f"EMAIL;TYPE=work:person{number}@work.example\r\nTEL;TYPE=cell:+4930{number:07}\r\n"
        f"ADR;TYPE=home:;;Hill Road {number};Bergen;;50{number % 100:02};Norway\r\n"
        "X-PHONE-RINGTONE:marimba\r\nEND:VCARD\r\n"
    )


def fill(folder: Path, count: int) -> None:
    """Lay the cards where the server keeps them."""
    chance = random.Random(7)
    for number in range(count):
        (folder / f"{number}.vcf").write_text(card(number, chance), newline="")


def change_there(folder: Path, count: int) -> None:
    for number in range(count):
        file = folder / f"{number}.vcf"
        file.write_text(file.read_text().replace("TITLE:", "TITLE:Senior "), newline="")


def change_here(count: int, start: int) -> None:
    from askwell.people.actions import edit_contact
    from askwell.people.models import Contact

    for contact in Contact.objects.people().order_by("pk")[start : start + count]:
        edit_contact(contact, birthday="1980-05-01", now=NOW)


class Measure:
    """Times one sync after another."""

    def __init__(self, dav: Counted) -> None:
        self.dav, self.rows = dav, []

    def __call__(self, what: str, book, **wishes):
        from askwell.gateways.carddav import Shelf
        from askwell.people.address_book_sync import Wishes, sync

        Counted.requests, Counted.seconds = 0, 0.0
        with counted_queries() as queries:
            begun, worked = time.perf_counter(), time.process_time()
            report = sync(book, Shelf(self.dav, book.url), Wishes(**wishes), now=NOW)
            took, cpu = time.perf_counter() - begun, time.process_time() - worked
        self.rows.append(
            {
                "what": what,
                "seconds": round(took, 1),
                "server": round(Counted.seconds, 1),
                "own": round(took - Counted.seconds, 1),
                "cpu": round(cpu, 1),
                "requests": Counted.requests,
                "queries": len(queries),
            }
        )
        return report


@contextmanager
def counted_queries():
    from django.db import connection

    asked: list[int] = []

    def count(execute, sql, params, many, context):
        asked.append(1)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield asked


def measure(
    server: Served, store: Path, dav: Counted, *, cards: int, changed: int
) -> list[dict[str, object]]:
    from askwell.gateways.carddav import address_books
    from askwell.people.address_book_sync import connect, set_sending
    from askwell.people.models import Sending
    from askwell.people.owners import local_owner

    dav.make_collection(f"{server.home}phone/", kind="a:addressbook", name="Phone")
    dav.make_collection(f"{server.home}empty/", kind="a:addressbook", name="Empty")
    found = {one.name: one for one in address_books(dav, server.url)}
    fill(store / "phone", cards)
    owner, timed = local_owner(), Measure(dav)
    book = connect(owner, found["Phone"], user=server.user)
    report = timed(f"{cards} cards brought in", book, bring_in=True)
    assert report.new_there == cards
    book.refresh_from_db()
    timed("nothing new", book)
    change_there(store / "phone", changed)
    book.refresh_from_db()
    assert len(timed(f"{changed} changed there", book).changed_here) == changed
    change_here(changed, changed)
    book.refresh_from_db()
    assert len(timed(f"{changed} changed here", book).changed_there) == changed
    empty = connect(owner, found["Empty"], user=server.user)
    set_sending(empty, Sending.EVERYBODY)
    assert len(timed(f"{cards} written there", empty).added_there) == cards
    return timed.rows


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cards", type=int, default=2000)
    options.add_argument("--changed", type=int, default=200)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    folder = open_folder()
    os.environ["ASKWELL_DATA"] = str(folder / "data")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        with radicale(folder / "radicale") as server:
            store = folder / "radicale" / "collections" / "collection-root" / server.user
            login = DavLogin(user=server.user, secret=server.password)
            with Counted(login, bounds=Bounds(wait=120)) as dav:  # at first it reads every card
                rows = measure(server, store, dav, cards=chosen.cards, changed=chosen.changed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for row in rows:
        print(json.dumps(row) if chosen.json else "  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
