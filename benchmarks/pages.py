"""Whole pages at 30,000 contacts and 500,000 touches: time, processor time and queries of each.

    python benchmarks/pages.py --data FOLDER [--contacts N] [--touches N] [--rounds N] [--only WORD]
                               [--recompute] [--profile] [--json]

Fills the notebook in FOLDER (or DATABASE_URL) when it is empty and keeps it for the next run.  Pages go
through routing, middleware, views and templates, as a browser that came through the door would ask.
The wall clock tells what a machine otherwise idle gives; ``cpu`` counts this process alone, and with
PostgreSQL leaves the server's own work out.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import today as notebook

MOST_MS = {"find": 20, "action": 100, "whom to tell": 300, "looking back": 200, "the record": 500}
TYPED = ("a", "ad", "ada", "ada b", "cleo ch", "berg 1", "product", "data an", "organization 12", "zzz")


def main() -> None:
    options = _options()
    if options.data is None:
        options.data = tempfile.mkdtemp(prefix="askwell-pages-")
        atexit.register(shutil.rmtree, options.data, ignore_errors=True)
    _set_up(options.data)
    rows = _fill(options.contacts, options.touches)
    if options.recompute:
        rows += _recompute()
    rows += _measure(options)
    for row in rows:
        print(
            json.dumps(row) if options.json else "  ".join(f"{name} {value}" for name, value in row.items())
        )
    slow = [row["what"] for row in rows if row.get("p95_ms", 0) > row.get("most_ms", 0)]
    if slow:
        sys.exit(f"slower than promised: {', '.join(slow)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="folder of the notebook; made and kept")
    parser.add_argument("--contacts", type=int, default=30_000)
    parser.add_argument("--touches", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--only", default="", help="only what has this word in its name")
    parser.add_argument("--recompute", action="store_true", help="make everything derived anew, twice")
    parser.add_argument("--profile", action="store_true", help="say where the time of each page goes")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _set_up(folder: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    os.environ["ASKWELL_DATA"] = folder
    os.environ["ASKWELL_NOW"] = notebook.NOW.isoformat()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


def _fill(contacts: int, touches: int) -> list[dict]:
    from askwell.people.models import Contact

    return [] if Contact.objects.exists() else notebook.build(contacts, touches)


def _recompute() -> list[dict]:
    from askwell.outreach.derive import recompute
    from askwell.people.owners import local_owner

    owner, rows = local_owner(), []
    for what in ("recompute", "recompute again"):
        started, worked = time.perf_counter(), time.process_time()
        done = recompute(owner, now=notebook.NOW)
        rows.append(
            {
                "what": what,
                "seconds": round(time.perf_counter() - started, 1),
                "cpu_seconds": round(time.process_time() - worked, 1),
                "contacts": done.contacts,
                "changed": done.changed,
            }
        )
    return rows


def _client():
    from django.test import Client

    from askwell.web import door, wsgi  # noqa: F401 - made ready as it is where pages are served

    client = Client()
    client.get("/", {"token": door.issue()})
    return client


def _questions(client, rounds: int) -> dict[str, object]:
    """Give what is asked, by name: a function of the number of the round."""
    from askwell.outreach.models import Outreach, Step, Touch
    from askwell.people.models import Contact

    chance = random.Random(11)
    people = list(Contact.objects.people().order_by("id").values_list("pk", flat=True))
    some = chance.sample(people, min(len(people), rounds + 1))
    asked = list(Outreach.objects.order_by("id").values_list("contact_id", flat=True)[: rounds + 1])
    busiest = Touch.objects.order_by("id").values_list("contact_id", flat=True)[0]
    keys = list(Step.objects.order_by("-id").values_list("key", flat=True)[: rounds + 1])
    day = (notebook.NOW + timedelta(days=2)).date().isoformat()
    return {
        "today": lambda _n: client.get("/"),
        "person": lambda n: client.get(f"/people/{some[n % len(some)]}/"),
        "person, asked": lambda n: client.get(f"/people/{asked[n % len(asked)]}/"),
        "person, busiest": lambda _n: client.get(f"/people/{busiest}/"),
        "people": lambda _n: client.get("/people/"),
        "whom to tell": lambda _n: client.get("/people/tell/"),
        "looking back": lambda _n: client.get("/back/"),
        "the record": lambda _n: client.get("/back/record/"),
        "people, last in touch": lambda _n: client.get("/people/", {"sort": "touch"}),
        "find": lambda n: client.get("/find/", {"q": TYPED[n % len(TYPED)]}, headers={"HX-Request": "true"}),
        "action, a promise": lambda n: client.post(
            f"/people/{some[n % len(some)]}/do/promise/", {"mine": "me", "text": f"Send it, {n}"}
        ),
        "action, a promise to the busiest": lambda n: client.post(
            f"/people/{busiest}/do/promise/", {"mine": "me", "text": f"Send it, {n}"}
        ),
        "action, later": lambda n: client.post("/steps/snooze/", {"key": keys[n % len(keys)], "day": day}),
    }


def _measure(options: argparse.Namespace) -> list[dict]:
    client = _client()
    questions = _questions(client, options.rounds)
    return [_ask(what, options, question) for what, question in questions.items() if options.only in what]


def _ask(what: str, options: argparse.Namespace, question) -> dict:
    """Ask once to warm up, once to count queries, then against the clock; whatever is written is undone."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    writes = what.startswith("action")
    with transaction.atomic() if writes else nullcontext():
        for _ in range(2):
            with CaptureQueriesContext(connection) as caught:
                answer = question(0)
                count = len(caught)  # the next request forgets them
            if answer.status_code not in {200, 303}:
                sys.exit(f"{what}: {answer.status_code}")
        times, busy = [], []
        for n in range(1, options.rounds + 1):
            started, worked = time.perf_counter(), time.process_time()
            question(n)
            times.append((time.perf_counter() - started) * 1000)
            busy.append((time.process_time() - worked) * 1000)
        if options.profile:
            _profile(question, options.rounds)
        if writes:
            transaction.set_rollback(True)
    most = next((ms for word, ms in MOST_MS.items() if what.startswith(word)), 50)
    return {
        "what": what,
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[18], 1),
        "cpu_p50_ms": round(statistics.median(busy), 1),
        "cpu_p95_ms": round(statistics.quantiles(busy, n=20)[18], 1),
        "queries": count,
        "most_ms": most,
    }


def _profile(question, rounds: int) -> None:
    import cProfile
    import pstats

    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for n in range(min(rounds, 20)):
        question(n)
    profile.disable()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(70)


if __name__ == "__main__":
    main()
