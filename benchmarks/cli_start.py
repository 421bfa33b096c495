"""How long a newcomer and a daily user wait: the command line's start, and a cold ./run to its first page.

python benchmarks/cli_start.py            # version, help, today: medians of 11 runs, wall and processor time
python benchmarks/cli_start.py --cold 3   # also ./run in a fresh clone, to the first page
"""

from __future__ import annotations

import argparse
import http.client
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASKWELL = Path(sys.executable).with_name("askwell")


def timed(command: list[str], environment: dict[str, str], runs: int) -> tuple[float, float]:
    """Median seconds of wall and of processor time, after one run that warms the caches."""
    took, worked = [], []
    for number in range(runs + 1):
        start, before = time.perf_counter(), children()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        if number:
            took.append(time.perf_counter() - start)
            worked.append(children() - before)
    return statistics.median(took), statistics.median(worked)


def children() -> float:
    """Seconds of processor time that ended children took: what other work on the machine adds to least."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(name: str, times: tuple[float, float]) -> None:
    print(f"{name:<22}{times[0] * 1000:8.0f} ms{times[1] * 1000:8.0f} ms of processor time", flush=True)


def cold(runs: int) -> float:
    """Median seconds from ./run in a fresh clone with an empty home to the first page."""
    return statistics.median(first_page() for _ in range(runs))


def first_page() -> float:
    with tempfile.TemporaryDirectory() as folder:
        clone, home = Path(folder, "clone"), Path(folder, "home")
        home.mkdir()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = {
            "HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
            "ASKWELL_PORT": str(port), "ASKWELL_NO_BROWSER": "1",
        }  # fmt: skip
        start = time.perf_counter()
        run = subprocess.Popen(
            ["./run"], cwd=clone, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(port)
            return time.perf_counter() - start
        finally:
            run.terminate()
            run.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(1200):
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            page.request("GET", "/healthz")
            if page.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            page.close()
    raise SystemExit("no page")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=11)
    options.add_argument("--cold", type=int, default=0, metavar="RUNS")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ASKWELL_DATA": folder}
        subprocess.run([ASKWELL, "demo"], env=environment, check=True, capture_output=True)
        show("python -c pass", timed([sys.executable, "-c", "pass"], environment, asked.runs))
        for words in (["--version"], ["--help"], ["lint", "--help"], ["today"], ["find", "lena"]):
            show(f"askwell {' '.join(words)}", timed([str(ASKWELL), *words], environment, asked.runs))
    if asked.cold:
        print(f"{'./run, cold':<22}{cold(asked.cold):8.1f} s")


if __name__ == "__main__":
    main()
