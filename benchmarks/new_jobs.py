"""What it costs to notice new jobs: a list of connections a year later, a tenth of them with another job.

    python benchmarks/new_jobs.py [--connections N]

Brings the later list in with nobody told of new jobs, takes it back, and brings it in again with the new
jobs noted; twice in turn, the lower processor time of each.  The first list is timed too: it has none.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LATER = datetime(2027, 11, 22, 15, 0, tzinfo=UTC)


def people(count: int, *, later: bool):
    from askwell.formats.records import Name, PersonRecord, Source, Url

    return tuple(
        PersonRecord(
            name=Name(given=f"Given{number}", family=f"Family{number}"),
            source=Source(file="Connections.csv", line=number),
            urls=(Url(value=f"https://www.linkedin.com/in/person-{number}", label="profile"),),
            organization=f"Place {number % 900}",
            title="Head of planning" if later and number % 10 == 0 else "Planner",
            connected_on=date(2024, 5, 1),
        )
        for number in range(1, count + 1)
    )


def bring(owner, records, now):
    from askwell.formats.records import Reading
    from askwell.people import importing
    from askwell.people.models import ImportState

    batch = importing.start_import(owner, [], now=now)
    batch.state = ImportState.PLANNED
    batch.save()
    start = time.process_time()
    importing.apply_import(batch, now=now, reading=Reading(format="linkedin", people=records))
    return batch, time.process_time() - start


def measure(count: int) -> dict[str, object]:
    from askwell.outreach.models import JobChange
    from askwell.people import hooks, importing
    from askwell.people.owners import local_owner

    owner = local_owner()
    _batch, first = bring(owner, people(count, later=False), NOW)
    assert not JobChange.objects.exists()
    records, noticers = people(count, later=True), dict(hooks._noticers)  # noqa: SLF001 - measured with and without
    least: dict[str, float] = {}
    for _turn in range(2):
        for name, told in (("without", {}), ("with", noticers)):
            hooks._noticers.clear()  # noqa: SLF001
            hooks._noticers.update(told)  # noqa: SLF001
            batch, took = bring(owner, records, LATER)
            least[name] = min(took, least.get(name, took))
            noted = JobChange.objects.count()
            importing.undo_import(batch, now=LATER)
    return {
        "connections": count,
        "new_jobs": noted,
        "first_cpu_s": round(first, 2),
        **{f"later_{name}_cpu_s": round(took, 2) for name, took in least.items()},
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--connections", type=int, default=30_000)
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="askwell-jobs-"))
    os.environ["ASKWELL_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print(json.dumps(measure(chosen.connections)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
