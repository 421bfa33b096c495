"""Reading a large LinkedIn archive: 30,000 connections, 100,000 messages; time and peak memory.

    python benchmarks/linkedin_import.py [--connections N] [--messages N] [--seed N] [--keep FILE] [--json]

The archive is generated (seeded, invented people), written once, and read in a fresh
process, so that the peak is that of reading alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from invented import write_archive


def measure(path: Path) -> dict[str, object]:
    """Read the archive in this process: seconds, peak memory in MB, and what was found."""
    from askwell.formats.detect import read_path

    before = peak_mb()
    begun, worked = time.perf_counter(), time.process_time()
    reading = read_path(path)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "peak_mb": round(peak_mb()),
        "before_mb": round(before),
        "archive_mb": round(path.stat().st_size / 2**20, 1),
        "people": len(reading.people),
        "touches": len(reading.touches),
        "skipped": dict(reading.skipped),
        "problems": len(reading.problems),
    }


def peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--connections", type=int, default=30_000)
    options.add_argument("--messages", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--keep", type=Path, help="write the archive here and leave it")
    options.add_argument("--read", type=Path, help="read this archive (used for the fresh process)")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    if chosen.read:
        print(json.dumps(measure(chosen.read)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "archive.zip"
        write_archive(path, chosen.connections, chosen.messages, chosen.seed)
        told = subprocess.run(
            [sys.executable, __file__, "--read", str(path)], check=True, capture_output=True, text=True
        ).stdout
    if chosen.json:
        print(told, end="")
    else:
        for key, value in json.loads(told).items():
            print(f"{key:12} {value}")


if __name__ == "__main__":
    main()
