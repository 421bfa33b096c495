"""Workers killed in the middle of sending, at every step: nothing is sent twice and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.long]
SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks/kill_matrix.py"


def test_a_small_matrix_of_kills_on_both_databases(mail):
    command = [sys.executable, SCRIPT, "--kills", "28", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    rows = json.loads(done.stdout)
    assert {(row["database"], row["workers"]) for row in rows} == {
        ("sqlite", 1), ("sqlite", 2), ("postgres", 1), ("postgres", 2),
    }  # fmt: skip
    for row in rows:
        assert row["kills"] >= 7
        assert row["sent"] + row["in_doubt"] == row["letters"]
        assert (row["twice"], row["lost"], row["unsettled"], row["wrong"]) == (0, 0, 0, 0)
    assert sum(row["in_doubt"] for row in rows) > 0  # killed between the last dot and the answer
