"""The command line in this process, and as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

NOW = "2026-11-23T15:00:00+00:00"


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self):
        (row,) = self.rows
        return row


@pytest.fixture
def askwell(capsys, owner, monkeypatch):
    """Run a command in this process, on the database of the test, on a Monday afternoon."""
    from askwell.cli.main import main

    monkeypatch.setenv("ASKWELL_NOW", NOW)

    def run(*words: str) -> Ended:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run


@pytest.fixture
def home(tmp_path):
    """The environment of a machine where Askwell was never opened."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return {
        **keep,
        "ASKWELL_DATA": str(tmp_path / "data"),
        "ASKWELL_NO_BROWSER": "1",
        "PYTHONWARNINGS": "error",
    }


@pytest.fixture
def shell(home):
    """Run a command as a process of its own, on a notebook of its own."""

    def run(*words: str, stdin: str = "", **environment: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-c", "from askwell.cli.main import run; run()", *words],
            env={**home, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return run
