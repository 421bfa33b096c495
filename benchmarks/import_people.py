"""Importing a large LinkedIn archive into a notebook: 30,000 connections, 100,000 messages.

    python benchmarks/import_people.py [--connections N] [--messages N] [--json]

Times reading (with the plan), applying, the same archive again, and undoing; peak memory of the whole.
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

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def timed(work) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    return round(time.perf_counter() - start, 1), result


def measure(archive: Path) -> dict[str, object]:
    from django.db import connection

    from askwell.people import importing
    from askwell.people.owners import local_owner

    owner = local_owner()
    batch = importing.start_import(owner, [(archive.name, archive)], now=NOW)
    read_s, reading = timed(lambda: importing.run_reading(batch, now=NOW))
    apply_s, _ = timed(lambda: importing.apply_import(batch, now=NOW, reading=reading))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    again = importing.start_import(owner, [(archive.name, archive)], now=NOW)
    reading = importing.run_reading(again, now=NOW)
    again_s, _ = timed(lambda: importing.apply_import(again, now=NOW, reading=reading))
    assert again.change is None
    undo_s, done = timed(lambda: importing.undo_import(batch, now=NOW))
    return {
        "database": connection.vendor,
        "new_people": batch.summary["counts"]["new"],
        "new_touches": batch.summary["counts"]["touches_new"],
        "read_and_plan_s": read_s,
        "apply_s": apply_s,
        "apply_again_s": again_s,
        "undo_s": undo_s,
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
        from linkedin_import import write_archive

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
            print(f"{name:16} {value}")


if __name__ == "__main__":
    main()
