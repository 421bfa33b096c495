"""The docs are true: every command is told of, and every console block runs and says what it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from askwell.cli.table import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def told():
    return re.findall(r"^### (\S+)$", (ROOT / "docs/commands.md").read_text(), re.MULTILINE)


def test_every_command_is_documented_and_nothing_else_is():
    assert sorted(told()) == sorted(COMMANDS)


def steps_of(text):
    """Give (command, what it shows) for each ``$`` line of the console blocks; ``> `` continues a command."""
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            more = 1
            while more < len(lines) and lines[more].startswith("> "):
                more += 1
            yield (
                "\n".join([lines[0], *(line[2:] for line in lines[1:more])]),
                "\n".join(lines[more:]).strip(),
            )


def as_shown(shown):
    """Make a pattern of what a page shows: ``...`` stands for anything."""
    return ".*".join(re.escape(part) for part in shown.split("..."))


WITH_COMMANDS = [page for page in PAGES if list(steps_of(page.read_text()))]


@pytest.fixture
def place(tmp_path):
    """An empty folder, a notebook of its own, and a Monday afternoon."""
    keep = {name: os.environ[name] for name in ("LANG", "HOME") if name in os.environ}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    (tmp_path / "here").mkdir()
    return {
        "cwd": tmp_path / "here",
        "env": {
            **keep,
            "PATH": path,
            "ASKWELL_DATA": str(tmp_path / "data"),
            "ASKWELL_NOW": "2026-11-23T15:00:00+00:00",
            "ASKWELL_NO_BROWSER": "1",
        },
    }


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_every_command_a_page_shows_runs_and_says_what_the_page_says(page, place):
    for command, shown in steps_of(page.read_text()):
        said = subprocess.run(
            ["bash", "-c", command], **place, capture_output=True, text=True, timeout=120, check=False
        )
        wanted, code = shown, 0
        if found := re.search(r"\n?\[exit (\d)\]$", shown):
            wanted, code = shown[: found.start()].strip(), int(found[1])
        assert said.returncode == code, f"{command}\n{said.stdout}{said.stderr}"
        out = (said.stdout if said.stdout.strip() else said.stderr).strip()
        if wanted:
            assert re.fullmatch(as_shown(wanted), out, re.DOTALL), f"{command}\n{out}"


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"], ids=lambda page: page.name
)
def test_every_link_to_a_file_leads_somewhere(page):
    for target in LINK.findall(page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_readme_has_its_two_commands():
    text = (ROOT / "README.md").read_text()
    for mark, command in (("run", "./run"), ("test", "./check")):
        found = re.search(rf"^<!-- {mark} -->\n```\w*\n(.+?)\n```$", text, re.MULTILINE)
        assert found, mark
        assert found[1] == command
