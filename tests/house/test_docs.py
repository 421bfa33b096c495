"""The docs are true: every command is told of, and every console block runs and says what it shows."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import resolve

from askwell.cli.table import COMMANDS
from askwell.rules.catalogue import RULES
from askwell.rules.lint.catalogue import RULES as RULES_OF_MESSAGES

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


@pytest.mark.long
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


def practices():
    """Give the rows of docs/coverage.md: practice, sources, page, command, rule, test."""
    for line in (ROOT / "docs/coverage.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] != "Practice" and set(line) - set("|-"):
            yield cells


def names_in(path):
    """Give the names of a file's tests as pytest takes them: ``test_x`` or ``TestY::test_x``."""
    for node in ast.parse(path.read_text()).body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        before = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        for one in inside:
            if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
                yield before + one.name


@pytest.mark.parametrize("row", list(practices()), ids=lambda row: row[0])
def test_what_a_practice_of_the_guides_rests_on_is_there(row):
    _practice, sources, page, command, rule, test = row
    assert set(sources.split(", ")) <= {"S0", "S1", "S2", "S3", "S4"}
    addresses = re.findall(r"`(/.*?)`", page)
    assert addresses
    assert all(resolve(address.replace("N", "1")) for address in addresses)
    commands = re.findall(r"`(\S+?)(?: .*?)?`", command)
    assert commands or command == "—"
    assert set(commands) <= COMMANDS.keys()
    codes = re.findall(r"\[(\w+)\]\(rules/\1\.md\)", rule)
    assert codes or rule == "—"
    assert set(codes) <= RULES.keys() | RULES_OF_MESSAGES.keys()
    named = re.findall(r"`(\S+?\.py)::(\S+?)`", test)
    assert named
    for path, name in named:
        assert name in names_in(ROOT / path)


def test_every_guide_is_drawn_on():
    drawn = {source for _practice, sources, *_rest in practices() for source in sources.split(", ")}
    assert drawn == {"S0", "S1", "S2", "S3", "S4"}


def test_the_readme_has_its_two_commands():
    text = (ROOT / "README.md").read_text()
    for mark, command in (("run", "./run"), ("test", "./check")):
        found = re.search(rf"^<!-- {mark} -->\n```\w*\n(.+?)\n```$", text, re.MULTILINE)
        assert found, mark
        assert found[1] == command
