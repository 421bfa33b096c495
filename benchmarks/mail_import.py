"""An archive of mail written into a notebook: messages a second and peak memory, from the file to the rows.

    .venv-dev/bin/python benchmarks/mail_import.py [--messages 100000] [--size 2400] [--json]

What ``askwell import`` does: the archive is pointed at, read, planned and written in one transaction with
the journal that undoes it; then the same archive again, which adds nothing, and undo.  Each in turn, in one
process; ``peak`` is the most memory up to the end of that turn, ``cpu`` is processor time.  Give several
sizes to see that twice the mail takes twice the time.  Uses DATABASE_URL (default: SQLite in a folder of its
own).  The mail is that of mail_scan.py.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from invented_mail import OWNER, write_mbox

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


class Turns:
    """Times one turn after another."""

    def __init__(self, messages: int) -> None:
        self.messages, self.rows = messages, []

    def __call__(self, what: str, work):
        begun, worked = time.perf_counter(), time.process_time()
        result = work()
        cpu = time.process_time() - worked
        self.rows.append(
            {
                "messages": self.messages,
                "what": what,
                "seconds": round(time.perf_counter() - begun, 1),
                "cpu": round(cpu, 1),
                "a_second_of_cpu": round(self.messages / cpu),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
        return result


def measure(path: Path, messages: int) -> list[dict[str, object]]:
    from askwell.people import importing
    from askwell.people.owners import local_owner

    owner, timed = local_owner(), Turns(messages)
    options = {"mail": {"me": [OWNER[1]]}}

    def start():
        return importing.start_import(owner, [(path.name, path)], now=NOW, options=options, in_place=True)

    batch = start()
    reading = timed("read and plan", lambda: importing.run_reading(batch, now=NOW))
    timed("write", lambda: importing.apply_import(batch, now=NOW, reading=reading))
    counts = batch.summary["counts"]
    timed.rows[-1] |= {"people": counts["new"], "touches": counts["touches_new"]}
    assert counts["touches_new"] > messages // 100
    again = start()
    reading = timed("read and plan again", lambda: importing.run_reading(again, now=NOW))
    timed("write again", lambda: importing.apply_import(again, now=NOW, reading=reading))
    assert again.summary["counts"]["touches_new"] == 0
    timed("undo", lambda: importing.undo_import(batch, now=NOW))
    return timed.rows


def in_this_process(messages: int, size: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="askwell-mail-import-"))
    os.environ["ASKWELL_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        path = folder / "all.mbox"
        write_mbox(path, messages, size=size)
        print(json.dumps(measure(path, messages)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--messages", type=int, nargs="+", default=[100_000])
    options.add_argument("--size", type=int, default=2400)
    options.add_argument("--json", action="store_true")
    options.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        in_this_process(chosen.one, chosen.size)
        return
    for count in chosen.messages:
        command = [sys.executable, __file__, "--one", str(count), "--size", str(chosen.size)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        for row in json.loads(done.stdout):
            told = "  ".join(f"{name} {value}" for name, value in row.items())
            print(json.dumps(row) if chosen.json else told, flush=True)


if __name__ == "__main__":
    main()
