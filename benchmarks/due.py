"""What is due for very many relationships, from everything that happened: beside polars and DuckDB.

    PYTHONPATH=src:. python benchmarks/due.py [RELATIONSHIPS] [EVENTS_EACH] [SAMPLE] [ROUNDS]

Lives are invented move by move as the life cycle allows, with letters coming back, pauses and dates named.
The arrays answer with state, step, check-in, answer, thanks and closing in business days of twelve calendars;
SAMPLE relationships are held to the rules themselves, one by one.  The peers cannot follow the life cycle in
a query: they are asked for less (the last touch, touches out since the last one in, talks, and the next
check-in by days of the calendar), from the same columns in memory.
"""

import statistics
import sys
import time
from datetime import UTC, date, datetime

import numpy as np
from tests.graph.by_rules import KINDS, by_arrays, by_rules, relationship

from askwell.graph.compiled import compiled
from askwell.graph.due import Events, People, days_for, due
from askwell.graph.due_leads import Leads, leads_due
from askwell.graph.due_tables import IN, NOT_ALLOWED, OUT, STATE, TALK, moves_table
from askwell.rules.facts import Calendar
from askwell.rules.presets import PRESETS

PRESET = PRESETS["askwell"]
BEGAN = int(datetime(2021, 1, 4, 9, tzinfo=UTC).timestamp())
NOW = int(datetime(2026, 11, 23, 3, tzinfo=UTC).timestamp())
ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Europe/Berlin",
    "Europe/London",
    "Asia/Kolkata",
)
HOLIDAYS = frozenset(date(year, *day) for year in range(2020, 2028) for day in ((1, 1), (7, 4), (12, 25)))
CALENDARS = [
    Calendar(zone=zone, zone_known=True, holidays=days) for zone in ZONES for days in (frozenset(), HOLIDAYS)
]
SELDOM = {"BOUNCED", "FORBADE", "WITHDREW", "GAVE_UP", "SAID_NO"}


@compiled
def live(starts, table, chances, draws, gaps, at, kind, opened):
    """Walk through the life cycle: each event is drawn among those the state allows."""
    for one in range(len(starts) - 1):
        state, moment = 0, opened[one]
        for event in range(starts[one], starts[one + 1]):
            whole = 0.0
            for number in range(table.shape[1]):
                if not table[state, number] & NOT_ALLOWED:
                    whole += chances[number]
            left = draws[event] * whole
            for number in range(table.shape[1]):
                if table[state, number] & NOT_ALLOWED:
                    continue
                kind[event] = number
                left -= chances[number]
                if left <= 0:
                    break
            state = table[state, kind[event]] & STATE
            moment += gaps[event]
            at[event] = moment


def invent(count, each):
    chance = np.random.default_rng(20)
    sizes = chance.poisson(each, count)
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    table = moves_table(KINDS)
    chances = np.array(
        [0.1 if one.move and one.move.name in SELDOM else 1.0 if one.move else 3.0 for one in KINDS]
    )
    chances[[place for place, one in enumerate(KINDS) if one.touch.name == "BOUNCE"]] = 0.05
    opened = BEGAN + chance.integers(0, 365 * 86_400, count)
    at, kind = np.zeros(starts[-1], np.uint32), np.zeros(starts[-1], np.uint8)
    gaps = chance.exponential(80 * 86_400, starts[-1]).astype(np.int64)
    live(starts, table, chances, chance.random(starts[-1]), gaps, at, kind, opened)
    dated = np.flatnonzero(np.array([one.dated for one in KINDS])[kind])
    dates = at[dated].astype(np.int64) + chance.integers(1, 60, len(dated)) * 86_400
    np.minimum(at, NOW, out=at)
    people = People(
        calendar=chance.integers(0, len(CALENDARS), count).astype(np.int32),
        opened=opened,
        referred=np.where(chance.random(count) < 0.2, opened, 0),
        keep=np.where(chance.random(count) < 0.1, 60, -1).astype(np.int32),
        volunteer=chance.random(count) < 0.1,
        forbidden=chance.random(count) < 0.01,
    )
    return Events(starts, at, kind, dated, np.minimum(dates, NOW + 90 * 86_400)), people


def invent_leads(people):
    chance, count = np.random.default_rng(21), len(people.opened)
    heard = people.opened + chance.integers(0, 10**7, count)

    def some():
        return np.where(chance.random(count) < 0.5, heard + chance.integers(0, 10**6, count), 0)

    moments = [some() for _ in range(5)]
    return Leads(people.calendar, people.forbidden, heard, *moments, chance.random(count) < 0.2)


def timed(name, work, rounds):
    times, work_times = [], []
    for _ in range(rounds):
        start, begun = time.perf_counter(), time.process_time()
        work()
        times.append(1000 * (time.perf_counter() - start))
        work_times.append(1000 * (time.process_time() - begun))
    middle, processor = statistics.median(times), statistics.median(work_times)
    spread = f"({min(times):.0f} to {max(times):.0f}), processor {processor:.0f}, least {min(work_times):.0f}"
    print(f"{name:32} {middle:9.1f} ms {spread}", flush=True)


def by_polars(events, people):
    import polars as pl

    table = moves_table(KINDS)[0]
    kinds = pl.DataFrame(
        {
            "kind": np.arange(len(KINDS), dtype=np.uint8),
            "out": (table & OUT) > 0,
            "inbound": (table & IN) > 0,
            "talk": (table & TALK) > 0,
        }
    )
    one = np.repeat(np.arange(len(people.opened), dtype=np.int32), np.diff(events.starts))
    frame = pl.DataFrame({"one": one, "at": events.at, "kind": events.kind})
    at = pl.col("at")

    def ask():
        heard = at.filter(pl.col("inbound") | pl.col("talk")).max()
        last, talk = at.max(), at.filter(pl.col("talk")).max()
        return (
            frame.lazy()
            .filter(at <= NOW)
            .join(kinds.lazy(), on="kind", how="left")
            .group_by("one")
            .agg(
                last.alias("last"),
                talk.alias("talk"),
                (pl.col("out") & (at > heard.fill_null(0))).sum().alias("unanswered"),
            )
            .with_columns(
                (pl.col("last") + pl.when(pl.col("talk") > 0).then(30).otherwise(90) * 86_400).alias("due")
            )
            .collect()
        )

    return ask, frame


def by_duckdb(frame):
    import duckdb

    table = moves_table(KINDS)[0]
    base = duckdb.connect()
    base.execute("set threads = 2")
    base.execute("create table kinds (kind utinyint, out boolean, inbound boolean, talk boolean)")
    rows = [
        (n, bool(what & OUT), bool(what & IN), bool(what & TALK)) for n, what in enumerate(table.tolist())
    ]
    base.executemany("insert into kinds values (?, ?, ?, ?)", rows)
    base.register("given", frame.to_arrow())
    base.execute('create table happened as select one, "at" as moment, kind from given')
    due_then = "max(moment) + case when max(moment) filter (talk) > 0 then 30 else 90 end * 86400 as due"
    last = "max(moment) as last, max(moment) filter (talk) as talk"
    question = f"""
        select one, {last}, count(*) filter (out and moment > coalesce(heard, 0)) as unanswered, {due_then}
        from (select *, max(moment) filter (inbound or talk) over (partition by one) as heard
              from happened join kinds using (kind) where moment <= {NOW})
        group by one"""
    simple = f"""
        select one, {last}, count(*) filter (out) as written, {due_then}
        from happened join kinds using (kind) where moment <= {NOW} group by one"""
    return lambda: base.execute(question).fetchnumpy(), lambda: base.execute(simple).fetchnumpy()


def main(count=1_000_000, each=20, sample=100_000, rounds=7):
    start = time.perf_counter()
    events, people = invent(count, each)
    print(
        f"{count:,} relationships, {len(events.at):,} events, invented in {time.perf_counter() - start:.1f} s"
    )
    start = time.perf_counter()
    days = days_for(CALENDARS, events, people, preset=PRESET, now=NOW)
    print(f"calendars laid out in {1000 * (time.perf_counter() - start):.0f} ms, once")

    def whole():
        return due(events, people, KINDS, days, preset=PRESET, now=NOW)

    found = whole()
    timed("arrays, two threads", whole, rounds)
    timed(
        "arrays, one thread",
        lambda: due(events, people, KINDS, days, preset=PRESET, now=NOW, threads=1),
        rounds,
    )
    leads = invent_leads(people)
    leads_due(leads, CALENDARS, preset=PRESET)
    timed("a lead each, one thread", lambda: leads_due(leads, CALENDARS, preset=PRESET), rounds)
    chosen = np.random.default_rng(7).choice(count, min(sample, count), replace=False)
    start = time.perf_counter()
    different = sum(
        by_arrays(found, one)
        != by_rules(relationship(one, people, events, CALENDARS, now=NOW), preset=PRESET, now=NOW)
        for one in chosen
    )
    took = time.perf_counter() - start
    print(f"held to the rules: {len(chosen):,} relationships, {different} different, {took:.0f} s")
    peers(events, people, rounds)


def peers(events, people, rounds):
    try:
        ask, frame = by_polars(events, people)
        whole, simple = by_duckdb(frame)
    except ImportError as missing:
        print(f"without peers: {missing}")
        return
    ask()
    timed("polars, less work", ask, rounds)
    timed("DuckDB, less work", whole, min(rounds, 3))
    timed("DuckDB, less still (no window)", simple, rounds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
