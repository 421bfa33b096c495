"""Matching with places: the optimum beside OR-tools and scipy, and again after one change.

    PYTHONPATH=src python benchmarks/matching.py [SEEKERS] [VOLUNTEERS] [ARCS_EACH] [ROUNDS] [--coarse]

Scores are even random numbers, places 1 to 5; with --coarse tenths, and hardly more places than seekers.
OR-tools gets the same whole numbers, so that the totals must be equal; scipy (LAPJVsp) gets each volunteer
once for every place and a costly way out for whoever stays alone.  All start from the same arrays; laying
them out counts.  Beyond 100,000 seekers each peer has 240 s.  Beside wall clock stands processor time, the
median too.
"""

import multiprocessing
import statistics
import sys
import time

import numpy as np

from askwell.graph.matching import Question, fair, match, nearly

_MANY = 100_000  # seekers: beyond that each peer runs once, for so many seconds at most
_LIMIT = 240


def invent(seekers, volunteers, each, *, coarse):
    chance = np.random.default_rng(11)
    keys = np.unique(
        np.repeat(np.arange(seekers), each) * volunteers + chance.integers(0, volunteers, seekers * each)
    )
    score = chance.integers(1, 11, len(keys)) / 10 if coarse else chance.random(len(keys)) * 0.999 + 0.001
    places = chance.integers(2, 4, volunteers) if coarse else chance.integers(1, 6, volunteers)
    return Question(keys // volunteers, keys % volunteers, score, places, seekers)


def by_flow(question, crowding=0, steps=2.0**20):
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    flow, seekers, volunteers = SimpleMinCostFlow(), question.seekers, len(question.places)
    end, worth = seekers + volunteers, np.rint(question.score * steps).astype(np.int64)
    add = flow.add_arcs_with_capacity_and_unit_cost
    add(question.who, seekers + question.to, np.ones_like(worth), -worth)
    everybody = np.arange(seekers)
    add(everybody, np.full(seekers, end), np.ones(seekers, int), np.zeros(seekers, int))
    if crowding:
        for n in range(int(question.places.max())):
            some = seekers + np.flatnonzero(question.places > n)
            add(some, np.full(len(some), end), np.ones(len(some), int), np.full(len(some), n * crowding))
    else:
        add(
            seekers + np.arange(volunteers),
            np.full(volunteers, end),
            question.places,
            np.zeros(volunteers, int),
        )
    flow.set_nodes_supplies(everybody, np.ones(seekers, int))
    flow.set_node_supply(end, -seekers)
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def by_scipy(question):
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    begin = np.concatenate(([0], np.cumsum(question.places)))
    many = question.places[question.to]
    rows = np.repeat(question.who, many)
    columns = np.repeat(begin[question.to], many) + (
        np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    )
    values = np.repeat(2 - question.score, many)
    alone = np.arange(question.seekers)
    rows, columns = np.concatenate((rows, alone)), np.concatenate((columns, begin[-1] + alone))
    values = np.concatenate((values, np.full(question.seekers, 2.0)))
    table = csr_matrix((values, (rows, columns)), shape=(question.seekers, begin[-1] + question.seekers))
    one, other = min_weight_full_bipartite_matching(table)
    return float((2 - np.asarray(table[one, other])).sum())


def timed(name, work, rounds):
    times, processor, found = [], [], None
    for _ in range(rounds):
        start, begun = time.perf_counter(), time.process_time()
        found = work()
        times.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - begun))
    took = f"{statistics.median(times):9.1f} ms ({min(times):.0f} to {max(times):.0f})"
    print(f"{name:28} {took}, processor {statistics.median(processor):.1f}", end="  ", flush=True)
    return found


def changes(matching, question, count=200):
    """One change after the other, of every kind; the bound is looked at after the last, and once timed."""
    chance = np.random.default_rng(3)
    seekers, volunteers = question.seekers, len(question.places)

    def seeker():
        return int(chance.integers(seekers))

    def volunteer():
        return int(chance.integers(volunteers))

    kinds = {
        "another score": lambda: matching.set_score(seeker(), volunteer(), float(chance.random())),
        "no arc any more": lambda: matching.set_score(*taken(matching, seeker()), 0),
        "another number of places": lambda: matching.set_places(volunteer(), int(chance.integers(0, 6))),
        "one more seeker": lambda: matching.add_seeker(
            chance.choice(volunteers, 20, replace=False).tolist(), chance.random(20).tolist()
        ),
        "one seeker less": lambda: matching.remove_seeker(seeker()),
    }
    for name, change in kinds.items():
        times, processor = [], []
        for _ in range(count):
            start, begun = time.perf_counter(), time.process_time()
            change()
            times.append(1000 * (time.perf_counter() - start))
            processor.append(1000 * (time.process_time() - begun))
        total, bound = matching.whole_proof()
        proof = "an optimum" if total == bound else f"NOT AN OPTIMUM: {bound - total}"
        late, most = sorted(processor)[int(0.99 * count)], max(processor)
        print(f"  {name:26} median {statistics.median(times):.3f} ms; processor:", end=" ")
        print(f"{statistics.median(processor):.3f}, p99 {late:.3f}, most {most:.3f}; {proof}", flush=True)
    start = time.perf_counter()
    matching.whole_proof()
    print(f"  proof over all arcs: {1000 * (time.perf_counter() - start):.1f} ms")


def taken(matching, seeker):
    """A pair that is matched, from that seeker on."""
    arcs = matching.arcs  # whom everybody sits with is a table of all: no part of the change
    while arcs[seeker] < 0:
        seeker = (seeker + 1) % matching.seekers
    return seeker, int(matching.net.to[arcs[seeker]])


def main(seekers=50_000, volunteers=20_000, each=20, rounds=5, *, coarse=False):
    question = invent(seekers, volunteers, each, coarse=coarse)
    match(invent(500, 200, 20, coarse=coarse)), nearly(invent(500, 200, 20, coarse=coarse))
    print(f"{seekers:,} seekers, {volunteers:,} volunteers, {len(question.who):,} arcs", flush=True)
    found = timed("optimum, proven", lambda: match(question), rounds)
    total, bound = found.whole_proof()
    alone = (found.volunteers < 0).sum()
    print(f"total {found.proof().total:.6f}, bound less total {bound - total}, {alone} alone")
    near = timed("auction alone, 1e-5", lambda: nearly(question, within=1e-5), rounds)
    print(f"gap at most {near.proof().gap:.1e}")
    if seekers <= _MANY:
        rough = timed("OR-tools, steps of 2**-20", lambda: by_flow(question), max(1, rounds // 2))
        print(f"total {rough / 2**20:.6f}")
        peers(question, total, found.scale, max(1, rounds // 2))
    else:
        limited("OR-tools, the same steps", lambda: by_flow(question, steps=found.scale), found.scale)
        limited("scipy LAPJVsp", lambda: by_scipy(question), 1)
    changes(found, question)


def limited(name, work, steps):
    """Once, in a process of its own that is ended when its time is over."""
    one = multiprocessing.get_context("fork").Process(
        target=lambda: print(f"total {timed(name, work, 1) / steps:.6f}", flush=True)
    )
    one.start()
    one.join(_LIMIT)
    if one.is_alive():
        one.terminate()
        one.join()
        print(f"{name}: not done after {_LIMIT} s of wall clock", flush=True)


def peers(question, total, scale, rounds):
    flow = timed("OR-tools, the same steps", lambda: by_flow(question, steps=scale), rounds)
    print("the same total" if flow == total else f"ANOTHER TOTAL: {flow - total}")
    spread = timed("fair (two matchings)", lambda: fair(question), rounds)
    reached, bound = spread.whole_proof()
    print(f"bound less total {bound - reached}, most for one {spread.net.load.max()}")
    timed("OR-tools, convex, no floor", lambda: by_flow(question, round(0.1 * 2**20)), rounds)
    print()
    worth = timed("scipy LAPJVsp", lambda: by_scipy(question), 1)
    print(f"total {worth:.6f}")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--coarse"]
    main(*map(int, words), coarse="--coarse" in sys.argv)
