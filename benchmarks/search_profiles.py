"""A million profiles searched by words, filters and meaning: ours beside three peers.

    python benchmarks/search_profiles.py [--profiles N] [--queries Q] [--peer tantivy ...]
        [--postgres ADDRESS]

Invented profiles (seeded) of about 330 letters: a name, a title put together of words of work, an
organization, a place, a school, a year, and notes whose words are drawn by how often words are used (the
n-th word 1/n as often as the first). Every peer answers the same questions in the same run, the 20 best of
each; only ours looks for meaning as well, and is measured with and without. Ranking differs between peers,
whom the filters and words let through does not: the number found is compared. Needs no Django; PostgreSQL
needs psycopg and an address, such as `requirements/postgres_server.py` prints.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from invented import FAMILY, GIVEN

from askwell.search.profiles.asking import ask
from askwell.search.profiles.index import build, load, save
from askwell.search.profiles.meanings import asked_meaning, in_steps
from askwell.search.titles.vectors import shipped

SEED = 20261123
TOP = 20
LEVELS = ["", "", "", "Senior", "Junior", "Head", "Lead", "Assistant", "Deputy", "Chief"]
FIELDS = [
    "hospital",
    "logistics",
    "finance",
    "supply",
    "chain",
    "data",
    "pharmacy",
    "marketing",
    "laboratory",
    "software",
    "legal",
    "housing",
    "energy",
    "transport",
    "school",
    "theatre",
    "water",
    "forest",
    "insurance",
    "warehouse",
    "ward",
    "community",
    "railway",
    "mining",
    "wine",
]
WORK = [
    "manager",
    "analyst",
    "nurse",
    "engineer",
    "lawyer",
    "teacher",
    "buyer",
    "planner",
    "officer",
    "designer",
    "technician",
    "physician",
    "accountant",
    "clerk",
    "director",
    "journalist",
    "chemist",
    "architect",
    "driver",
    "librarian",
    "surveyor",
    "editor",
    "economist",
    "cook",
]
KINDS = ["bank", "hospital", "university", "office", "shop", "works", "charity", "studio"]
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "zo",
    "ar",
    "el",
    "in",
]


def invented(count: int) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Give the fields and the filter columns of ``count`` profiles."""
    chance = np.random.default_rng(SEED)
    made = [f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]

    def some(words, size=count):
        return np.array(words, dtype=object)[chance.integers(0, len(words), size)]

    def often(words, shape):
        shares = 1 / np.arange(1, len(words) + 1)
        return np.array(words, dtype=object)[
            np.searchsorted(np.cumsum(shares / shares.sum()), chance.random(shape))
        ]

    family = some([f"{name}{end}" for name in FAMILY for end in ["", *made[:2000]]])
    names = [f"{a} {b}" for a, b in zip(some(GIVEN), family, strict=True)]
    titles = [
        " ".join(filter(None, parts)) for parts in zip(some(LEVELS), some(FIELDS), some(WORK), strict=True)
    ]
    organizations = [f"{a.title()} {b}" for a, b in zip(often(made[3000:], count), some(KINDS), strict=True)]
    places = often([word.title() for word in made[:300]], count).tolist()
    schools = [f"{word.title()} University" for word in often(made[500:900], count)]
    years = [str(year) for year in chance.integers(1975, 2026, count)]
    used = [word for word in shipped().rows if len(word) > 2]
    chance.shuffle(used)
    notes = [" ".join(row) for row in often(used + made, (count, 32))]
    fields = {
        "name": names,
        "title": titles,
        "organization": organizations,
        "place": places,
        "school": schools,
        "notes": notes,
    }
    return fields, {"place": places, "year": years}


def questions(fields, filters, count: int) -> dict[str, list[tuple[str, dict[str, list[str]]]]]:
    chance = np.random.default_rng(SEED + 1)
    size = len(fields["name"])

    def drawn():
        return chance.integers(0, size, count).tolist()

    def two(text):
        words = text.split()
        return " ".join(chance.choice(words, 2, replace=False))

    def frequent():
        return " ".join(chance.choice(FIELDS + WORK, 2, replace=False))

    return {
        "a name": [(fields["name"][row], {}) for row in drawn()],
        "two words of notes, place": [
            (two(fields["notes"][row]), {"place": [fields["place"][row]]}) for row in drawn()
        ],
        "two words of work, place": [(frequent(), {"place": [fields["place"][row]]}) for row in drawn()],
        "two words of work, year": [(frequent(), {"year": [filters["year"][row]]}) for row in drawn()],
        "two words of work": [(frequent(), {}) for _row in drawn()],
    }


class Ours:
    def __init__(self, meaning: bool, typing: bool = False) -> None:
        self.meaning, self.typing = meaning, typing

    def build(self, fields, filters, folder: Path) -> None:
        self.path = folder / "profiles.index"
        save(build(fields, filters=filters, labels=fields["name"]), self.path)
        self.index = load(self.path)

    def bytes(self) -> int:
        return self.path.stat().st_size

    def ask(self, text, where) -> list[int]:
        if self.typing:
            text = text[:-2]
        return [
            one.row for one in ask(self.index, text, where=where, meaning=self.meaning, typing=self.typing)
        ]


class Tantivy:
    def build(self, fields, filters, folder: Path) -> None:
        import tantivy

        self.tantivy, self.folder = tantivy, folder / "tantivy"
        self.folder.mkdir()
        laid = tantivy.SchemaBuilder().add_text_field("body", index_option="freq")
        laid = laid.add_unsigned_field("row", stored=True)
        for name in filters:
            laid = laid.add_text_field(f"is_{name}", tokenizer_name="raw", index_option="basic")
        self.schema = laid.build()
        self.index = tantivy.Index(self.schema, path=str(self.folder))
        writer = self.index.writer(512_000_000, 2)
        for row, texts in enumerate(zip(*fields.values(), strict=True)):
            own = {f"is_{name}": column[row] for name, column in filters.items()}
            writer.add_document(tantivy.Document(body=" ".join(texts), row=row, **own))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def bytes(self) -> int:
        return sum(path.stat().st_size for path in self.folder.iterdir())

    def ask(self, text, where) -> list[int]:
        must, query = self.tantivy.Occur.Must, self.tantivy.Query
        parts = [
            (must, query.term_query(self.schema, "body", word))
            for word in text.lower().replace("’", " ").split()
        ]
        for name, values in where.items():
            own = query.term_query(self.schema, f"is_{name}", values[0], "basic")
            parts.append((must, query.const_score_query(own, 0.0)))
        hits = self.searcher.search(query.boolean_query(parts), TOP, count=False).hits
        return [self.searcher.doc(address)["row"][0] for _score, address in hits]


class Fts5:
    def build(self, fields, filters, folder: Path) -> None:
        self.path = folder / "fts5.sqlite"
        self.base = sqlite3.connect(self.path)
        run = self.base.execute
        run("PRAGMA journal_mode = off")
        run("PRAGMA synchronous = off")
        run("PRAGMA cache_size = -500000")
        run("PRAGMA mmap_size = 4000000000")
        run(f"CREATE TABLE own (row INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT' for name in filters)})")
        run("CREATE VIRTUAL TABLE body USING fts5(text, content='', detail='column', tokenize='unicode61')")
        marks = ", ".join("?" * (len(filters) + 1))
        rows = zip(range(len(fields["name"])), *filters.values(), strict=True)
        self.base.executemany(f"INSERT INTO own VALUES ({marks})", rows)
        texts = ((row, " ".join(one)) for row, one in enumerate(zip(*fields.values(), strict=True)))
        self.base.executemany("INSERT INTO body (rowid, text) VALUES (?, ?)", texts)
        for name in filters:
            run(f"CREATE INDEX own_{name} ON own ({name}, row)")
        run("INSERT INTO body (body) VALUES ('optimize')")
        self.base.commit()

    def bytes(self) -> int:
        return self.path.stat().st_size

    def ask(self, text, where) -> list[int]:
        words = " ".join(f'"{word}"' for word in text.replace("’", " ").split())
        more = "".join(f" AND own.{name} = ?" for name in where)
        found = self.base.execute(
            f"SELECT body.rowid FROM body JOIN own ON own.row = body.rowid WHERE body MATCH ?{more}"
            f" ORDER BY bm25(body) LIMIT {TOP}",
            [words, *(values[0] for values in where.values())],
        )
        return [row for (row,) in found]


class Postgres:
    def __init__(self, address: str) -> None:
        self.address = address

    def build(self, fields, filters, _folder: Path) -> None:
        import psycopg

        self.base = psycopg.connect(self.address, autocommit=True)
        run = self.base.execute
        run("SET jit = off")
        run("SET maintenance_work_mem = '1GB'")
        run("DROP TABLE IF EXISTS profiles")
        own = ", ".join(f"{name}_is text" for name in filters)
        run(f"CREATE UNLOGGED TABLE profiles (row int, {own}, body tsvector)")
        run(f"CREATE TEMP TABLE fresh (row int, {own}, body text)")
        names = ", ".join(f"{name}_is" for name in filters)
        with self.base.cursor().copy(f"COPY fresh (row, {names}, body) FROM STDIN") as copy:
            for row, texts in enumerate(zip(*fields.values(), strict=True)):
                copy.write_row((row, *(column[row] for column in filters.values()), " ".join(texts)))
        run(f"INSERT INTO profiles SELECT row, {names}, to_tsvector('simple', body) FROM fresh")
        run("CREATE INDEX profiles_body ON profiles USING gin (body)")
        for name in filters:
            run(f"CREATE INDEX profiles_{name} ON profiles ({name}_is)")
        run("ANALYZE profiles")

    def bytes(self) -> int:
        return self.base.execute("SELECT pg_total_relation_size('profiles')").fetchone()[0]

    def ask(self, text, where) -> list[int]:
        words = " & ".join(text.lower().replace("’", " ").split())
        more = "".join(f" AND {name}_is = %s" for name in where)
        found = self.base.execute(
            "SELECT row FROM profiles, to_tsquery('simple', %s) asked WHERE body @@ asked"
            f"{more} ORDER BY ts_rank(body, asked) DESC LIMIT {TOP}",
            [words, *(values[0] for values in where.values())],
        )
        return [row for (row,) in found]


def measured(peer, asked, most: int) -> tuple[dict[str, object], list[int]]:
    for text, where in asked[:5]:
        peer.ask(text, where)
    times, worked, counts, begun = [], [], [], time.perf_counter()
    for text, where in asked[:most]:
        started, used = time.perf_counter(), time.process_time()
        counts.append(len(peer.ask(text, where)))
        times.append(time.perf_counter() - started)
        worked.append(time.process_time() - used)
        if time.perf_counter() - begun > 10:
            break
    cuts = np.percentile([times, worked], [50, 99], axis=1) * 1000
    (median, used), (slow, most_used) = np.round(cuts, 2).tolist()
    told = {"median_ms": median, "p99_ms": slow, "processor_median_ms": used, "processor_p99_ms": most_used}
    return {**told, "asked": len(times)}, counts


def recall(index, asked) -> float:
    """Say how many of the 20 nearest by meaning of all are found around the nearest centres."""
    held, shares = index.meanings, []
    for text, _where in asked:
        vector = asked_meaning(text)
        if vector is None:
            continue
        scores = held.vectors.astype(np.float32) @ in_steps(vector).astype(np.float32)
        least = np.sort(scores)[-TOP]
        places = np.concatenate([np.arange(a, b) for a, b in held.spans(vector)])
        shares.append(min(TOP, int((scores[places] >= least).sum())) / TOP)
    return round(float(np.mean(shares)), 3)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--profiles", type=int, default=100_000)
    options.add_argument("--queries", type=int, default=100)
    options.add_argument("--peer", action="append", choices=["tantivy", "fts5", "postgres"], default=[])
    options.add_argument("--postgres", default="")
    chosen = options.parse_args()
    few = build(
        {"name": ["Ada", "Bo"] * 1000, "title": ["Nurse", "Cook"] * 1000}, filters={"is": ["a"] * 2000}
    )
    for text in ("ada", "ada cook", "attorney", "nu"):  # compile first
        ask(few, text, where={"is": ["a"]}, typing=True)
    fields, filters = invented(chosen.profiles)
    letters = sum(len(text) for column in fields.values() for text in column)
    print(json.dumps({"profiles": chosen.profiles, "letters": letters, "load": os.getloadavg()[0]}))
    peers = {"ours": Ours(meaning=True)}
    made = {"tantivy": Tantivy, "fts5": Fts5, "postgres": lambda: Postgres(chosen.postgres)}
    peers |= {name: made[name]() for name in chosen.peer}
    asked = questions(fields, filters, chosen.queries)
    with tempfile.TemporaryDirectory(prefix="askwell-search-") as folder:
        for name, peer in peers.items():
            started, worked = time.perf_counter(), time.process_time()
            peer.build(fields, filters, Path(folder))
            told = {"peer": name, "build_s": round(time.perf_counter() - started, 1)}
            told |= {"processor_s": round(time.process_time() - worked, 1), "mb": round(peer.bytes() / 1e6)}
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(json.dumps({**told, "peak_mb_of_process": peak, "load": os.getloadavg()[0]}), flush=True)
        for kind, some in asked.items():
            for name, peer in {**peers, **variants(peers["ours"])}.items():
                figures, counts = measured(peer, some, chosen.queries)
                print(
                    json.dumps({"question": kind, "peer": name, **figures, "found": sum(counts)}), flush=True
                )
        index = peers["ours"].index
        print(json.dumps({"recall_of_meaning": recall(index, asked["two words of work"][:20])}))
        started = time.perf_counter()
        load(peers["ours"].path)
        print(
            json.dumps(
                {"load_ms": round((time.perf_counter() - started) * 1000, 1), "load": os.getloadavg()[0]}
            )
        )


def variants(ours) -> dict[str, Ours]:
    """Ours without meaning, and while the last word is still typed, on the same index."""
    plain, typing = Ours(meaning=False), Ours(meaning=True, typing=True)
    for one in (plain, typing):
        one.index, one.path = ours.index, ours.path
    return {"ours, words alone": plain, "ours, two letters short": typing}


if __name__ == "__main__":
    main()
