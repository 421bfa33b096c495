"""The command line in this process, and as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
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


OPEN = "from askwell.cli.notebook import open_notebook; open_notebook()"


def machine(folder):
    """The environment of a machine whose data folder is there."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return {**keep, "ASKWELL_DATA": str(folder), "ASKWELL_NO_BROWSER": "1", "PYTHONWARNINGS": "error"}


@pytest.fixture
def home(tmp_path):
    """A machine where Askwell was never opened."""
    return machine(tmp_path / "data")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A data folder as the first start leaves it, made once."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    subprocess.run(
        [sys.executable, "-c", OPEN], env=machine(folder), check=True, capture_output=True, timeout=120
    )
    return folder


@pytest.fixture
def opened(prepared, home):
    """A machine where Askwell was opened before and nothing was written yet."""
    shutil.copytree(prepared, home["ASKWELL_DATA"])
    return home


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
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return run
