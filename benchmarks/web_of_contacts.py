"""Who knows whom with 5,000 people and 25,000 ties: groups, places, the page, frames while it moves.

    python benchmarks/web_of_contacts.py [--people N] [--runs N] [--data FOLDER] [--browser PATH] [--software]

``groups`` and ``places`` are the pure functions on an invented web of that size, after one run that is not
counted (it compiles, or reads what was compiled); ``networkx`` finds groups and places of the same web in
the same run: Louvain, and three rounds of its force-directed layout, where ours has 80.  ``page`` is one
whole request through middleware, view and template, with places kept and with places made anew.  All these
are times of the processor.  ``drawn`` is what the browser says from asking for the page until the picture
stands; ``frames`` are those of two seconds of dragging the picture to and fro.  ``--software`` draws without
a graphics card, by the processor.
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

WEB = "/people/web/"
PLACES_OF = 10  # people of one place
FRAMES = """() => new Promise((done) => {
  const times = [];
  const tick = (now) => {
    times.push(now);
    if (now - times[0] < 2000) requestAnimationFrame(tick);
    else done(times.slice(1).map((at, n) => at - times[n]));
  };
  requestAnimationFrame(tick);
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--data", default="")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--software", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="askwell-web-") as scratch:
        set_up(options.data or scratch)
        _fill(options.people)
        _pure(options)
        _served(options)
        _drawn(options)


def _told(name, taken):
    print(f"{name} {statistics.median(taken):.0f} ms ({min(taken):.0f} to {max(taken):.0f})", flush=True)


def _timed(work, clock=time.perf_counter):
    started = clock()
    answer = work()
    return (clock() - started) * 1000, answer


def _fill(count):
    """Write a notebook of places, gatherings and people, unless one is there."""
    from askwell.outreach.derive import recompute
    from askwell.outreach.models import Encounter, NetworkingEvent, Touch
    from askwell.people.bulk import insert
    from askwell.people.models import Contact, Organization, Position
    from askwell.people.owners import local_owner

    owner = local_owner()
    if Contact.objects.for_owner(owner).people().exists():
        return
    chance, kept = random.Random(5), {"owner": owner}
    people = [
        Contact(**kept, name=f"{given} {family}", given=given, family=family, created_at=NOW, sort_key=family)
        for given, family, _profile in invented.people(count, chance)
    ]
    works = [Organization(**kept, name=f"Works {n}", key=f"works {n}") for n in range(count // PLACES_OF)]
    events = [NetworkingEvent(**kept, name=f"Evening {n}", starts_at=NOW) for n in range(count // 40)]
    for rows in (people, works, events):
        insert(rows)
    jobs = [
        Position(**kept, contact=one, organization=works[n // PLACES_OF % len(works)], started="2020")
        for n, one in enumerate(people)
    ]
    insert(jobs)
    insert([Encounter(**kept, event=chance.choice(events), contact=one) for one in people[::10]])
    times = [(one, NOW - timedelta(days=chance.randrange(400))) for one in people[::4]]
    insert(
        [
            Touch(**kept, contact=one, at=at, recorded_at=NOW, kind="meeting", direction=way)
            for one, at in times
            for way in ("out", "in")
        ]
    )
    recompute(owner, now=NOW)


def _pure(options):
    import networkx as nx

    from askwell.graph.communities import communities, modularity
    from askwell.graph.layout import lay_out

    web = nx.random_partition_graph([25] * (options.people // 25), 0.35, 1.4 / options.people, seed=5)
    ends, chance = list(web.edges()), random.Random(5)
    weights = [chance.uniform(0.05, 0.95) for _ in ends]
    columns = [one for one, _ in ends], [other for _, other in ends], weights
    nx.set_edge_attributes(web, dict(zip(ends, weights, strict=True)), "weight")
    print(f"people {options.people}, ties {len(ends)}")
    taken = {"groups": [], "places": []}
    for _run in range(options.runs + 1):
        spent, groups = _spent(communities, *columns, people=options.people)
        taken["groups"].append(spent)
        taken["places"].append(_spent(lay_out, *columns, people=options.people, groups=groups)[0])
    for name, each in taken.items():
        print(f"{name}, the first time {each[0]:.0f} ms")
        _told(name, each[1:])
    print(f"modularity {modularity(groups, *columns):.4f}")
    spent, parts = _spent(nx.community.louvain_communities, web, seed=5)
    print(f"networkx groups {spent:.0f} ms, modularity {nx.community.modularity(web, parts):.4f}")
    spent, _points = _spent(nx.spring_layout, web, iterations=3, seed=5)
    print(f"networkx places, 3 rounds {spent:.0f} ms", flush=True)


def _spent(work, *given, **named):
    return _timed(lambda: work(*given, **named), time.process_time)


def _served(options):
    from django.conf import settings
    from django.test import Client

    from askwell.web import door, wsgi  # noqa: F401 - made ready as it is where pages are served

    client = Client()
    client.get("/", {"token": door.issue()})
    derived = Path(settings.DATA_DIR) / "derived"

    def once(*, anew):
        for file in derived.glob("web-*") if anew else ():
            file.unlink()
        return _spent(lambda: client.get(WEB).content)

    size = len(once(anew=True)[1])
    print(f"page {size // 1000} kB")
    _told("page, places kept", [once(anew=False)[0] for _ in range(options.runs)])
    _told("page, places made anew", [once(anew=True)[0] for _ in range(options.runs)])


def _drawn(options):
    software = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"] * options.software
    drawn, frames = [], []
    with browsing(options.browser, *software) as (page, base):
        for _run in range(options.runs):
            page.goto(base + WEB)
            page.wait_for_selector("[data-drawn]", timeout=120_000)
            drawn.append(page.evaluate("performance.now()"))
            frames += _frames_of_a_drag(page)
    _told("drawn", drawn)
    frames.sort()
    print(
        f"frames: median {statistics.median(frames):.1f} ms, 95 of 100 within "
        f"{frames[len(frames) * 95 // 100]:.1f} ms, {1000 / statistics.mean(frames):.0f} a second"
    )


def _frames_of_a_drag(page):
    box = page.locator(".web-canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(f"globalThis.frames_of = ({FRAMES})()")
    until, turn = time.perf_counter() + 2.2, 0
    while time.perf_counter() < until:
        turn += 1
        page.mouse.move(x + 60 * (-1) ** turn, y + turn % 40, steps=8)
    page.mouse.up()
    return page.evaluate("globalThis.frames_of")


if __name__ == "__main__":
    main()
