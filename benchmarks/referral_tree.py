"""The tree of who led to whom with 5,000 people: the server's time, and the time until it is drawn.

    python benchmarks/referral_tree.py [--people N] [--runs N] [--data FOLDER] [--browser PATH]

Makes a notebook of N invented people (of 5,200 some 5,000 stand in the tree; the others named nobody)
in chains as they grow: a few hundred one began with, each naming
nobody, one or several, deeper ones fewer, with talks, advice and leads along the way.  ``server`` is one
whole request through middleware, view and template; ``drawn`` is what the browser says from asking for
the page to its first frame after all of it was read (two animation frames after ``load``), on this
machine and with the server on it too.  Medians of the runs, after one that is not counted.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import invented
from browsed import NOW, browsing, set_up

PAGES = {"picture": "/introductions/tree/", "list": "/introductions/tree/?as=list"}
NAMED = (0.45, 0.25, 0.15, 0.1, 0.05)  # how many give nought to four names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5200)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--data", default="")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="askwell-tree-") as scratch:
        set_up(options.data or scratch)
        print(f"people in the tree {_fill(options.people)}")
        for name, path in PAGES.items():
            print(name, *_served(path, options.runs))
        _drawn(options)


def _fill(count: int) -> int:
    """Write the notebook, unless one is there; gives how many people stand in its tree."""
    from askwell.outreach.models import Introduction
    from askwell.outreach.queries.referrals import referrals
    from askwell.people.owners import local_owner

    owner = local_owner()
    if not Introduction.objects.for_owner(owner).exists():
        chance = random.Random(5)
        people = _people(owner, count, chance)
        _histories(owner, people, _chains(people, chance), chance)
    return len(referrals(owner).people)


def _people(owner, count, chance):
    from askwell.people.models import Contact

    rows = [
        Contact(
            owner=owner, name=f"{given} {family}", given=given, family=family, created_at=NOW,
            sort_key=f"{family} {given}".casefold(),
        )
        for given, family, _profile in invented.people(count, chance)
    ]  # fmt: skip
    return Contact.objects.bulk_create(rows)


def _chains(people, chance):
    """Who named whom: the first of those still waiting name the next of those not yet named."""
    began = max(1, len(people) // 12)
    waiting, rest, pairs = list(people[:began]), list(people[began:]), []
    while rest:
        giver = (
            waiting.pop(chance.randrange(min(len(waiting), 40))) if waiting else people[len(pairs) % began]
        )
        for _turn in range(chance.choices(range(5), NAMED)[0]):
            if rest:
                pairs.append((giver, rest.pop(0)))
                waiting.append(pairs[-1][1])
    return pairs


def _histories(owner, people, pairs, chance):
    from askwell.outreach.models import Advice, Introduction, Lead, Outreach, Talk
    from askwell.people.models import Contact

    at = {}
    for giver, named in pairs:
        at[named.pk] = at.get(giver.pk, NOW - timedelta(days=900)) + timedelta(days=chance.randrange(3, 60))
        named.introduced_by = giver
    Contact.objects.bulk_update([named for _giver, named in pairs], ["introduced_by"], batch_size=500)
    Introduction.objects.bulk_create(
        Introduction(
            owner=owner, giver=giver, about=named, name=named.name, leave="given", given_at=at[named.pk]
        )
        for giver, named in pairs
    )
    givers = {giver.pk for giver, _named in pairs}
    talked = [one for one in people if one.pk in givers or chance.random() < 0.2]
    Talk.objects.bulk_create(
        Talk(owner=owner, contact=one, state="held", starts_at=NOW, ended_at=NOW, uid=f"{one.pk}@example")
        for one in talked
    )
    states = {one.pk: "in_touch" for one in talked}
    others = ["planned", "awaiting_reply", "scheduled", "closed_no_reply", "declined"]
    Outreach.objects.bulk_create(
        Outreach(owner=owner, contact=one, opened_at=NOW, state=states.get(one.pk) or chance.choice(others))
        for one in people
    )
    Advice.objects.bulk_create(
        Advice(owner=owner, contact=one, text="Start with one hospital.", received_at=NOW)
        for one in talked[::2]
    )
    Lead.objects.bulk_create(
        Lead(owner=owner, source=one, title="Analyst", heard_at=NOW) for one in talked[::9]
    )


def _served(path, runs):
    from django.test import Client

    from askwell.web import door, wsgi  # noqa: F401 - made ready as it is where pages are served

    client = Client()
    client.get("/", {"token": door.issue()})
    taken, size = [], 0
    for _run in range(runs + 1):
        started = time.perf_counter()
        size = len(client.get(path).content)
        taken.append(round((time.perf_counter() - started) * 1000))
    return (
        f"server {statistics.median(taken[1:]):.0f} ms",
        f"({min(taken[1:])} to {max(taken[1:])})",
        f"{size // 1000} kB",
    )


def _drawn(options):
    with browsing(options.browser) as (page, base):
        for name, path in PAGES.items():
            taken = [_one_drawing(page, base + path) for _run in range(options.runs + 1)][1:]
            print(name, f"drawn {statistics.median(taken):.0f} ms ({min(taken):.0f} to {max(taken):.0f})")


_DRAWN = "new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(() => d(performance.now()))))"


def _one_drawing(page, url):
    page.goto(url, wait_until="load")
    return page.evaluate(_DRAWN)


if __name__ == "__main__":
    main()
