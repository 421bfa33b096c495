"""The best way to somebody through people who know each other: ours beside networkit, igraph and scipy.

    python benchmarks/warm_paths.py [--people N] [--ties M] [--queries Q] [--peer networkit ...]

Invented webs (seeded): half of the ties lie within groups of 200, half between people chosen by a power law;
strengths are even between 0 and 1.  One in ten has not agreed to introduce, one in fifty is not to be
contacted, one in fifty has no room.  Every peer answers some of the same questions in the same run, and
its strengths must be ours.  networkx is the oracle at --people 20000 and below.  Needs no Django.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from askwell.graph.paths import Bar, Finder
from askwell.graph.web import Web, web_of
from askwell.graph.web_files import load, save

GROUP = 200
DIVERSE = 10
LIMITS = (3, 4, 6, 8)  # hops
SEED = 20261123
ORACLE_UP_TO = 20_000


def invented(people: int, ties: int):
    chance = np.random.default_rng(SEED)
    near = chance.integers(0, people, ties // 2)
    within = near - near % GROUP + chance.integers(0, GROUP, len(near))
    shuffled = chance.permutation(people)
    known = [shuffled[(people * chance.random(ties - len(near)) ** 2.5).astype(np.int64)] for _ in "ab"]
    sources = np.concatenate([near, known[0]])
    targets = np.concatenate([np.minimum(within, people - 1), known[1]])
    return sources, targets, 1 - chance.random(ties)


def build(people: int, ties: int):
    columns = invented(people, ties)
    return timed(lambda: web_of(*columns, people=people))


def marks(people: int):
    drawn = np.random.default_rng(SEED + 1).random(people)
    found = np.zeros(people, np.uint8)
    found[drawn < 0.14] = Bar.AT_CAPACITY
    found[drawn < 0.12] = Bar.DO_NOT_CONTACT
    found[drawn < 0.10] = Bar.NO_CONSENT
    return found


def timed(work):
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def of(times: list[float]) -> dict[str, float]:
    cut = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    return {"n": len(times), "median_ms": 1e3 * cut[49], "p99_ms": 1e3 * cut[98], "most_ms": 1e3 * max(times)}


def ask(pairs, answer):
    found, times = zip(*(timed(lambda one=one: answer(*one)) for one in pairs), strict=True)
    return found, of(list(times))


def ours(web: Web, pairs):
    plain, barred = Finder(web), Finder(web, bars=marks(web.people))
    plain.best(*pairs[0])
    found, row = ask(pairs, plain.best)
    many = pairs[: max(1, len(pairs) // 5)]
    print(json.dumps({"askwell": "best way", **row}))
    print(json.dumps({"askwell": "with filters", **ask(pairs, barred.best)[1]}))
    for hops in LIMITS:
        ways, row = ask(many, lambda s, t, hops=hops: plain.best(s, t, most_hops=hops))
        print(json.dumps({"askwell": f"at most {hops} hops", "found": len(list(filter(None, ways))), **row}))
    ways, row = ask(many, lambda s, t: barred.diverse(s, t, most=DIVERSE))
    print(json.dumps({"askwell": "10 filtered diverse", "found": statistics.mean(map(len, ways)), **row}))
    return [0.0 if path is None else path.strength for path in found]


def edges(web: Web):
    arcs = web.arcs
    owners = np.repeat(np.arange(web.people, dtype=np.int32), np.diff(arcs.starts))
    once = owners < arcs.targets
    return owners[once], np.asarray(arcs.targets)[once], -np.log(web.strengths[arcs.ties[once]])


def networkit(web: Web):
    import networkit as nk

    nk.setNumberOfThreads(1)
    sources, targets, costs = edges(web)
    columns = sources.astype(np.uint64), targets.astype(np.uint64)
    graph = nk.GraphFromCoo((costs, columns), n=web.people, weighted=True)

    def answer(source, target):
        search = nk.distance.BidirectionalDijkstra(graph, source, target)
        search.run()
        return search.getDistance()

    return answer, 12


def igraph(web: Web):
    import igraph as ig

    sources, targets, costs = edges(web)
    graph = ig.Graph(n=web.people, edges=np.column_stack([sources, targets]))

    def answer(source, target):
        way = graph.get_shortest_path(source, target, weights=costs, output="epath")
        return float(costs[way].sum()) if way else math.inf

    return answer, 3


def scipy(web: Web):
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    arcs = web.arcs
    costs = np.maximum(-np.log(web.strengths[arcs.ties]), 1e-300)  # to scipy a 0 is no tie
    graph = csr_array((costs, arcs.targets, arcs.starts.astype(np.int32)), shape=(web.people, web.people))
    return (lambda source, target: float(dijkstra(graph, indices=source)[target])), 3


def networkx(web: Web):
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(web.people))
    graph.add_weighted_edges_from(zip(*(column.tolist() for column in edges(web)), strict=True))

    def answer(source, target):
        try:
            return nx.bidirectional_dijkstra(graph, source, target)[0]
        except nx.NetworkXNoPath:
            return math.inf

    return answer, 200


PEERS = {one.__name__: one for one in (networkit, igraph, scipy, networkx)}


def compare(web: Web, pairs, strengths, peer: str) -> None:
    try:
        (answer, most), built = timed(lambda: PEERS[peer](web))
    except ImportError as error:
        print(json.dumps({"peer": peer, "missing": str(error)}))
        return
    found, row = ask(pairs[:most], answer)
    worst = max(abs(math.exp(-cost) - ours) for cost, ours in zip(found, strengths, strict=False))
    assert worst < 1e-9, (peer, worst)
    print(json.dumps({"peer": peer, "build_s": built, "largest_difference": worst, **row}))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=1_000_000)
    arguments.add_argument("--ties", type=int, default=23_400_000)
    arguments.add_argument("--queries", type=int, default=2_000)
    arguments.add_argument("--peer", action="append", choices=PEERS)
    chosen = arguments.parse_args()
    (web, flaws), built = build(chosen.people, chosen.ties)
    print(
        json.dumps({"people": web.people, "ties": web.ties, "left_out": len(flaws), "load": os.getloadavg()})
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "web"
        _, saved = timed(lambda: save(web, file))
        chance = np.random.default_rng(SEED + 2)
        pairs = [tuple(pair) for pair in chance.integers(0, web.people, (chosen.queries, 2)).tolist()]
        Finder(web).best(*pairs[0], most_hops=2)  # compiled
        web, loaded = timed(lambda: load(file))
        _, first = timed(lambda: Finder(web).best(*pairs[0]))
        row = {"build_s": built, "save_s": saved, "load_s": loaded, "first_answer_s": first}
        print(json.dumps({**row, "bytes": file.stat().st_size}))
        strengths = ours(web, pairs)
        for peer in chosen.peer or PEERS:
            if peer != "networkx" or web.people <= ORACLE_UP_TO:
                compare(web, pairs, strengths, peer)
    print(json.dumps({"load": os.getloadavg()}))


if __name__ == "__main__":
    main()
