"""Today and a contact's page at 30,000 contacts and 500,000 touches: time and queries, below the web.

    python benchmarks/today.py [--contacts N] [--touches N] [--rounds N] [--json]

Builds a seeded notebook in a new database (SQLite in a temporary folder, or DATABASE_URL, which must
name an empty database), asks each question many times and prints p50, p95 and the number of queries.
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
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
GIVEN = ("Ada", "Bo", "Cleo", "Dina", "Emre", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kofi", "Lea", "Mina")
FAMILY = ("Abara", "Berg", "Chen", "Dahl", "Eze", "Falk", "Gupta", "Haas", "Ito", "Jones", "Kaya", "Lund")
TITLES = (
    "Product manager",
    "Data analyst",
    "Nurse",
    "Software engineer",
    "Recruiter",
    "Teacher",
    "Accountant",
    "Research scientist",
    "Marketing lead",
    "Consultant",
)
PLACES = (
    "Chicago, Illinois, United States",
    "Tokyo, Japan",
    "Berlin, Germany",
    "",
    "",
    "London, United Kingdom",
)


def main() -> None:
    options = _options()
    folder = tempfile.mkdtemp(prefix="askwell-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["ASKWELL_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    rows = [*build(options.contacts, options.touches), *measure(options.rounds)]
    for row in rows:
        print(json.dumps(row) if options.json else _line(row))
    if any(row.get("p95_ms", 0) > 50 for row in rows):
        sys.exit("p95 above 50 ms")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=30_000)
    parser.add_argument("--touches", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _line(row: dict) -> str:
    return "  ".join(f"{name} {value}" for name, value in row.items())


def build(contacts: int, touches: int) -> list[dict]:
    """Fill the notebook and make its derived rows; gives how long each took."""
    from askwell.outreach import actions
    from askwell.outreach.derive import recompute
    from askwell.people.owners import local_owner

    owner, chance = local_owner(), random.Random(7)
    actions.change_seeker(owner, zone="America/Chicago", country="US", now=NOW)
    actions.set_goal(owner, text="Product manager in hospital software in Chicago", now=NOW)
    rows = []
    started = time.perf_counter()
    people = _people(owner, contacts, chance)
    _touches(owner, people, touches, chance)
    _lives(owner, people, chance)
    rows.append({"what": "build", "seconds": round(time.perf_counter() - started, 1)})
    started = time.perf_counter()
    done = recompute(owner, now=NOW)
    seconds = time.perf_counter() - started
    rows.append(
        {
            "what": "recompute",
            "seconds": round(seconds, 1),
            "contacts": done.contacts,
            "per_second": round(done.contacts / seconds),
            "steps": done.steps_changed,
        }
    )
    started = time.perf_counter()
    again = recompute(owner, now=NOW)
    rows.append(
        {
            "what": "recompute again",
            "seconds": round(time.perf_counter() - started, 1),
            "changed": again.changed,
        }
    )
    return rows


def _people(owner, count: int, chance: random.Random) -> list[int]:
    from askwell.people.index import rebuild
    from askwell.people.models import Contact, Organization, Position
    from askwell.search.naming import name_key, sort_key

    organizations = Organization.objects.bulk_create(
        [
            Organization(owner=owner, name=f"Organization {n}", key=f"organization {n}")
            for n in range(count // 12)
        ]
    )
    names = [f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {n}" for n in range(count)]
    made = Contact.objects.bulk_create(
        [
            Contact(
                owner=owner,
                name=name,
                name_key=name_key(name),
                sort_key=sort_key(name),
                place=chance.choice(PLACES),
                created_at=NOW,
            )
            for name in names
        ],
        batch_size=2000,
    )
    Position.objects.bulk_create(
        [
            Position(
                owner=owner,
                contact=one,
                organization=chance.choice(organizations),
                title=chance.choice(TITLES),
            )
            for one in made
        ],
        batch_size=2000,
    )
    rebuild(owner)
    return [one.pk for one in made]


def _touches(owner, people: list[int], count: int, chance: random.Random) -> None:
    """Most of the history is with few: every contact has some, a few have thousands."""

    from askwell.outreach.models import Touch

    near = people[: max(1, len(people) // 20)]
    rows = []
    for n in range(count):
        contact = chance.choice(near) if chance.random() < 0.7 else chance.choice(people)
        if n < count // 100:
            contact = people[0]
        rows.append(
            Touch(
                owner=owner,
                contact_id=contact,
                kind="message",
                direction=chance.choice(["out", "in"]),
                at=NOW - timedelta(minutes=chance.randrange(60 * 24 * 365 * 6)),
                recorded_at=NOW,
                body="A line or two.",
                answers=chance.random() < 0.05,
            )
        )
        if len(rows) == 5000:
            Touch.objects.bulk_create(rows)
            rows.clear()
    Touch.objects.bulk_create(rows)


def _lives(owner, people: list[int], chance: random.Random) -> None:
    """Outreaches, talks, promises and names, as two busy years leave them."""
    from askwell.outreach.models import Introduction, Outreach, Promise, Talk, Transition

    paths = (
        ("sent",),
        ("sent", "sent"),
        ("sent", "said_yes"),
        ("sent", "said_yes", "scheduled", "held"),
        ("sent", "said_yes", "scheduled", "held", "thanked"),
        ("sent", "said_no"),
    )
    from askwell.outreach.fold import fold

    busy = chance.sample(people, min(len(people), 1500))
    moves = {pk: chance.choice(paths) for pk in busy}
    start = {pk: NOW - timedelta(days=chance.randrange(5, 500)) for pk in busy}
    made = Outreach.objects.bulk_create(
        [Outreach(owner=owner, contact_id=pk, opened_at=start[pk]) for pk in busy], batch_size=1000
    )
    transitions = []
    for one in made:
        path = [
            (move, start[one.contact_id] + timedelta(days=n), None)
            for n, move in enumerate(moves[one.contact_id])
        ]
        transitions += [Transition(owner=owner, outreach=one, happening=move, at=at) for move, at, _ in path]
        for name, value in fold(path).columns().items():
            setattr(one, name, value)
    Transition.objects.bulk_create(transitions, batch_size=2000)
    Outreach.objects.bulk_update(
        made, ["state", "until", "yes_at", "closed_at", "sent_count"], batch_size=500
    )
    held = [one for one in made if "held" in moves[one.contact_id]]
    Talk.objects.bulk_create(
        [
            Talk(
                owner=owner,
                contact_id=one.contact_id,
                outreach=one,
                state="held",
                starts_at=start[one.contact_id] + timedelta(days=3),
                ended_at=start[one.contact_id] + timedelta(days=3, minutes=20),
                thanked_at=start[one.contact_id] + timedelta(days=4),
                uid=f"bench-{one.pk}",
            )
            for one in held
        ]
    )
    Promise.objects.bulk_create(
        [Promise(owner=owner, contact_id=pk, mine=True, text="Send it", made_at=NOW) for pk in busy[:60]]
    )
    Introduction.objects.bulk_create(
        [
            Introduction(
                owner=owner, giver_id=giver, about_id=about, name="Someone", given_at=NOW - timedelta(days=9)
            )
            for giver, about in zip(busy[:80], people[1000:1080], strict=False)
        ]
    )


def measure(rounds: int) -> list[dict]:
    from askwell.outreach import actions, queries
    from askwell.outreach.models import Outreach, Touch
    from askwell.people.models import Contact
    from askwell.people.owners import local_owner

    owner, chance = local_owner(), random.Random(11)
    people = list(Contact.objects.for_owner(owner).people())
    crowded = Contact.objects.get(pk=Touch.objects.order_by("id").values_list("contact_id", flat=True)[0])
    asked = [one.contact for one in Outreach.objects.select_related("contact")[:rounds]]
    return [
        _ask("today", rounds, lambda _n: queries.today(owner, now=NOW)),
        _ask("person, any", rounds, lambda _n: queries.person(chance.choice(people), now=NOW)),
        _ask("person, asked", rounds, lambda n: queries.person(asked[n % len(asked)], now=NOW)),
        _ask("person, thousands of touches", rounds, lambda _n: queries.person(crowded, now=NOW)),
        _ask("next people, 10", rounds, lambda _n: queries.next_people(owner, now=NOW, count=10)),
        _ask(
            "an action: a promise",
            min(rounds, 30),
            lambda n: actions.make_promise(people[n], text="Send it", mine=True, now=NOW),
        ),
    ]


def _ask(what: str, rounds: int, question) -> dict:
    """Ask once to warm up and count queries, then many times against the clock."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as caught:
        question(0)
    times, busy = [], []
    for n in range(1, rounds + 1):
        started, worked = time.perf_counter(), time.process_time()
        question(n)
        times.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    return {
        "what": what,
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[18], 1),
        "cpu_p50_ms": round(statistics.median(busy), 1),  # tells a busy machine from a slow program
        "queries": len(caught),
    }


if __name__ == "__main__":
    main()
