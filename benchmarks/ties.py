"""The strength of 50,000 ties from 1,000,000 messages, beside the same answer written for polars.

Messages are arrays in memory, by time (as a mailbox has them) or in no order.  Both give the strength of
every tie, and must agree; of a random sample of 5,000 ties the rules are asked as well, one by one.  Then
1,000 messages are added, and only the ties they belong to are weighed again.  Medians of RUNS runs, with
the least and the most; one run before them is not counted (the compiler's, and polars' own first one).

Run with an environment that has requirements/bench.txt:  PYTHONPATH=src PYTHON benchmarks/ties.py
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median

import numpy as np
import polars as pl

from askwell.graph.ties import NEVER, YEAR, Ledger, What, micros, moment, strengths
from askwell.rules import ranking
from askwell.rules.ranking import DAY_HOURS, FULL_EXCHANGES, HALF_LIFE_DAYS, WEIGHTS

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SEED, TIES, RUNS, SAMPLE, ADDED = 20261123, 50_000, 5, 5_000, 1_000
_DAY = 86_400_000_000


def invented(messages: int, ties: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Few ties with much in them and many with little, five years back; a third were rated by the seeker."""
    chance = np.random.default_rng(SEED)
    tie = np.minimum(chance.pareto(1.1, messages) * ties / 40, ties - 1).astype(np.int64)
    tie = chance.permutation(ties)[tie]
    at = np.sort(micros(NOW) - chance.integers(1, 5 * 365 * _DAY, messages))
    what = chance.choice(np.array([What.OUT, What.IN], np.uint8), messages, p=[0.55, 0.45])
    said = np.where(chance.random(ties) < 1 / 3, chance.integers(1, 6, ties), np.nan).astype(np.float64)
    return tie, at, what, said


def with_polars(rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Give tie and strength, by the same model."""
    now, year = micros(NOW), micros(NOW) - YEAR
    recent, inbound = pl.col("at") >= year, pl.col("what") == int(What.IN)
    before = pl.col("what").shift(1).over("tie")
    wait = (pl.col("at") - pl.col("at").shift(1).over("tie")) / 1_000_000 / 3600.0
    summed = (
        rows.lazy()
        .sort("tie", "at", maintain_order=True)
        .with_columns(wait=pl.when(inbound & recent & (before == int(What.OUT))).then(wait))
        .group_by("tie")
        .agg(
            last=pl.col("at").max(),
            out=(recent & ~inbound).sum(),
            came=(recent & inbound).sum(),
            heard=inbound.any(),
            hours=pl.col("wait").median(),
        )
        .join(said.lazy(), on="tie", how="right")
    )
    days = pl.max_horizontal(0.0, (now - pl.col("last")) / _DAY)
    parts = {
        "recency": pl.when(pl.col("heard")).then(0.5 ** (days / HALF_LIFE_DAYS)).otherwise(0.0),
        "exchanges": pl.min_horizontal(1.0, pl.min_horizontal("out", "came").fill_null(0) / FULL_EXCHANGES),
        "speed": DAY_HOURS / (DAY_HOURS + pl.col("hours")),
        "closeness": (pl.col("closeness") - 1) / 4,
    }
    found = sum((WEIGHTS[name] * part).fill_null(0.0) for name, part in parts.items())
    weight = sum(
        pl.when(part.is_not_null()).then(WEIGHTS[name]).otherwise(0.0) for name, part in parts.items()
    )
    return summed.select("tie", strength=found / weight).sort("tie").collect()


def by_the_rules(found: object, sample: np.ndarray) -> np.ndarray:
    """Ask the rules of some ties, from what was summed up of them."""
    return np.array(
        [
            ranking.strength(
                ranking.Candidate(
                    contact=int(tie),
                    last_touch_at=None if found.last[tie] == NEVER else moment(found.last[tie]),
                    unheard=found.last[tie] != NEVER and not found.heard[tie],
                    exchanges=int(found.exchanges[tie]),
                    median_reply_hours=None if np.isnan(found.hours[tie]) else float(found.hours[tie]),
                    closeness=None if np.isnan(found.closeness[tie]) else int(found.closeness[tie]),
                ),
                now=NOW,
            )
            for tie in sample
        ]
    )


def timed(act: object, runs: int) -> tuple[str, float]:
    """Give the times of several runs in words, and their median in milliseconds."""
    act()
    wall, spent = [], []
    for _ in range(runs):
        begun, before = time.perf_counter(), time.process_time()
        act()
        wall.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - before) * 1000)
    told = f"{median(wall):8.1f} ms ({min(wall):.1f} to {max(wall):.1f})"
    return f"{told}, of processor time {median(spent):.1f} ms", median(wall)


def main() -> None:
    """Measure, and print what came out."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=RUNS)
    options = asked.parse_args()
    tie, at, what, said = invented(options.messages, TIES)
    mixed = np.random.default_rng(SEED + 1).permutation(options.messages)
    print(f"{options.messages:,} messages, {TIES:,} ties")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"numpy {np.__version__}, numba {importlib.metadata.version('numba')}, polars {pl.__version__}")
    closeness = pl.DataFrame({"tie": np.arange(TIES), "closeness": said}).with_columns(
        pl.col("closeness").fill_nan(None)
    )
    for name, order in (("by time", slice(None)), ("in no order", mixed)):
        columns = tie[order], at[order], what[order]
        rows = pl.DataFrame(dict(zip(("tie", "at", "what"), columns, strict=True)))
        ours = strengths(*columns, count=TIES, now=micros(NOW), closeness=said)
        theirs = with_polars(rows, closeness)["strength"].to_numpy()
        sample = np.random.default_rng(SEED + 2).choice(TIES, SAMPLE, replace=False)
        rules = by_the_rules(ours, sample)
        print(
            f"{name}: furthest from polars {np.abs(ours.strength - theirs).max():.1e}, "
            f"from the rules {np.abs(ours.strength[sample] - rules).max():.1e} (of {SAMPLE:,})"
        )
        weigh = partial(strengths, *columns, count=TIES, now=micros(NOW), closeness=said)
        told, mine = timed(weigh, options.runs)
        print(f"  askwell {told}")
        told, other = timed(partial(with_polars, rows, closeness), options.runs)
        print(f"  polars  {told}: {other / mine:.1f} times ours")
    ledger = Ledger(TIES)
    ledger.add(tie, at, what)
    for one in np.flatnonzero(~np.isnan(said)).tolist():
        ledger.say(one, float(said[one]))
    ledger.strengths(now=micros(NOW))
    fresh = np.random.default_rng(SEED + 3).integers(0, TIES, (options.runs + 1, ADDED))
    turns = iter(fresh)

    def add() -> None:
        some = next(turns)
        ledger.add(some, np.full(ADDED, micros(NOW - timedelta(hours=1))), np.full(ADDED, What.IN, np.uint8))
        ledger.strengths(now=micros(NOW))

    print(f"{ADDED:,} messages more, weighed again: {timed(add, options.runs)[0]}")


if __name__ == "__main__":
    main()
