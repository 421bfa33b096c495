"""Find-as-you-type at 30,000 contacts: server time of each keystroke, p50 and p95.

    python benchmarks/find.py [--contacts N] [--json]

Uses DATABASE_URL (default: SQLite in a folder of its own).  The notebook is generated (seeded, invented
people) and typed at letter by letter: given names, family names, both, organizations, e-mail.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from invented import FAMILY, GIVEN, PLACES, TITLES

ENDS = ["", "sen", "ova", "ez", *(f"{a}{b}" for a in "aeiou" for b in "lmnrst")]
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def fill(count: int):
    from askwell.formats.records import Email, Name, PersonRecord, Reading, Source
    from askwell.people import importing
    from askwell.people.owners import local_owner

    chance = random.Random(7)
    people = []
    for number in range(count):
        given = chance.choice(GIVEN)
        family = f"{chance.choice(FAMILY)}{chance.choice(ENDS)}"
        people.append(
            PersonRecord(
                name=Name(given=given, family=family, formatted=f"{given} {family}"),
                source=Source(file="people.vcf", line=number),
                emails=(Email(value=f"{given}.{number}@{chance.choice(PLACES)}.example"),),
                organization=f"{chance.choice(PLACES)} {number % 400}",
                title=chance.choice(TITLES),
                connected_on=(NOW - timedelta(days=chance.randrange(3000))).date(),
            )
        )
    owner = local_owner()
    batch = importing.start_import(owner, [], now=NOW)
    batch.state = "planned"
    batch.save()
    importing.apply_import(batch, now=NOW, reading=Reading(format="vcard", people=tuple(people)))
    return owner


def queries() -> list[str]:
    chance = random.Random(11)
    typed = []
    for _ in range(25):
        texts = (
            chance.choice(GIVEN),
            chance.choice(FAMILY),
            f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
            f"{chance.choice(FAMILY)} {chance.choice(PLACES)}",
            f"{chance.choice(GIVEN).lower()}.1@",
        )
        for text in texts:
            typed += [text[:end] for end in range(1, len(text) + 1)]
    return typed


def measure(owner) -> dict[str, object]:
    from django.db import connection

    from askwell.people.queries import find

    typed = queries()
    for text in typed[:50]:
        find(owner, text)
    times = []
    for text in typed:
        start = time.perf_counter()
        find(owner, text)
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=100)
    worst = typed[times.index(max(times))]
    return {
        "database": connection.vendor,
        "keystrokes": len(times),
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "max_ms": round(max(times), 2),
        "slowest": worst,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--contacts", type=int, default=30_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    folder = tempfile.mkdtemp(prefix="askwell-find-")
    os.environ["ASKWELL_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        owner = fill(chosen.contacts)
        result = {"contacts": chosen.contacts, **measure(owner)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if chosen.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:12} {value}")


if __name__ == "__main__":
    main()
