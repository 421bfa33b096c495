"""``askwell match`` and ``askwell ties`` on files of a million rows: time, and the most memory.

    .venv-dev/bin/python benchmarks/large_files.py [--rows 1000000] [--rounds 2]

Files are invented (seeded): arcs of seekers and volunteers with scores of four decimals and two topics,
places 1 to 5; ties of twenty touches each.  The first round may compile loops and is not told.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ASKWELL = Path(sys.executable).with_name("askwell")


def arcs(folder, rows):
    chance = np.random.default_rng(11)
    seekers, volunteers = rows // 20, rows // 50
    keys = np.unique(np.repeat(np.arange(seekers), 20) * volunteers + chance.integers(0, volunteers, rows))
    scores = chance.random(len(keys)) * 0.999 + 0.001
    with (folder / "arcs.csv").open("w") as file:
        file.write("seeker,volunteer,score,topics\n")
        for key, score in zip(keys.tolist(), scores.tolist(), strict=True):
            seeker, volunteer = divmod(key, volunteers)
            file.write(f"Seeker {seeker:05d},Volunteer {volunteer:05d},{score:.4f},finance;moving abroad\n")
    with (folder / "places.csv").open("w") as file:
        file.write("volunteer,capacity\n")
        for volunteer, places in enumerate(chance.integers(1, 6, volunteers).tolist()):
            file.write(f"Volunteer {volunteer:05d},{places}\n")
    return len(keys)


def touches(folder, rows):
    chance, began = np.random.default_rng(5), np.datetime64("2024-01-01T00:00:00")
    with (folder / "ties.jsonl").open("w") as file:
        for number in range(rows // 20):
            moments = began + np.sort(chance.integers(0, 90_000_000, 20)).astype("timedelta64[s]")
            said = [
                {"at": f"{at}Z", "direction": "in" if heard else "out"}
                for at, heard in zip(moments, chance.random(20) < 0.5, strict=True)
            ]
            close = int(chance.integers(1, 6)) if chance.random() < 0.5 else None
            file.write(json.dumps({"id": f"person {number}", "touches": said, "closeness": close}) + "\n")


def run(folder, words, rounds):
    """Run a command; give wall clock, processor time and the most memory in MB."""
    found = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        one = subprocess.Popen(
            [ASKWELL, *words],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(one.pid, 0)
        one.returncode = os.waitstatus_to_exitcode(status)
        assert one.returncode == 0, words
        took = time.perf_counter() - begun
        found.append((took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
    wall, processor, memory = map(statistics.median, zip(*found[1:], strict=True))
    print(f"askwell {' '.join(words)}: {wall:.1f} s, processor {processor:.1f}, {memory:.0f} MB", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=2)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{arcs(folder, chosen.rows):,} arcs, load {os.getloadavg()[0]:.1f}")
        touches(folder, chosen.rows)
        for file in sorted(folder.iterdir()):
            print(f"{file.name}: {file.stat().st_size / 1e6:.0f} MB")
        run(folder, ["match", "arcs.csv", "--capacities", "places.csv"], chosen.rounds)
        run(folder, ["match", "arcs.csv", "--capacities", "places.csv", "--fair"], chosen.rounds)
        run(folder, ["ties", "ties.jsonl", "--now", "2026-11-23"], chosen.rounds)
        run(folder, ["ties", "ties.jsonl", "--now", "2026-11-23", "--json"], chosen.rounds)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
