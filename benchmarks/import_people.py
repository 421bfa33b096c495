"""Importing a large LinkedIn archive into a notebook: 30,000 connections, 100,000 messages.

    python benchmarks/import_people.py [--connections N] [--messages N] [--json]

Times reading (with the plan), applying, the same archive again, and undoing; peak memory up to the first
of them.  ``cpu`` counts this process alone: with PostgreSQL it leaves the server's own work out.
Uses DATABASE_URL (default: SQLite in a folder of its own).  The archive is that of linkedin_import.py.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from invented import write_archive

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def timed(what: str, times: dict[str, object], work):
    start, worked = time.perf_counter(), time.process_time()
    result = work()
    times[f"{what}_s"] = round(time.perf_counter() - start, 1)
    times[f"{what}_cpu_s"] = round(time.process_time() - worked, 1)
    return result


def measure(archive: Path) -> dict[str, object]:
    from django.db import connection

    from askwell.people import importing
    from askwell.people.owners import local_owner

    owner = local_owner()
    batch = importing.start_import(owner, [(archive.name, archive)], now=NOW)
    times: dict[str, object] = {}
    reading = timed("read_and_plan", times, lambda: importing.run_reading(batch, now=NOW))
    timed("apply", times, lambda: importing.apply_import(batch, now=NOW, reading=reading))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    again = importing.start_import(owner, [(archive.name, archive)], now=NOW)
    reading = importing.run_reading(again, now=NOW)
    timed("apply_again", times, lambda: importing.apply_import(again, now=NOW, reading=reading))
    assert again.change is None
    done = timed("undo", times, lambda: importing.undo_import(batch, now=NOW))
    return {
        "database": connection.vendor,
        "new_people": batch.summary["counts"]["new"],
        "new_touches": batch.summary["counts"]["touches_new"],
        **times,
        "removed_by_undo": done.removed,
        "peak_mb": peak,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--connections", type=int, default=30_000)
    options.add_argument("--messages", type=int, default=100_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="askwell-import-"))
    os.environ["ASKWELL_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        archive = folder / "archive.zip"
        write_archive(archive, chosen.connections, chosen.messages, 7)
        result = measure(archive)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if chosen.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:20} {value}")


if __name__ == "__main__":
    main()
