"""The house stays as it is drawn: sizes, names, licence, commands that anyone may run."""

import ast
import os
import re
import statistics
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in sorted((ROOT / "src").rglob("*.py")) if "migrations" not in path.parts]
WORDS_OF_SELLING = re.compile(r"\b(CRM|prospects?|pipelines?|funnels?)\b", re.IGNORECASE)


def functions():
    """Give (where, node, code lines) for every function; a docstring is no code."""
    for path in SOURCES:
        text = path.read_text()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (
                    f"{path.relative_to(ROOT)}:{node.lineno} {node.name}",
                    node,
                    size(node, text.splitlines()),
                )


def size(node, lines):
    """Count the lines of a function's body that hold code."""
    body = node.body
    if (
        isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
        and isinstance(body[0].value.value, str)
    ):
        body = body[1:]
    if not body:
        return 0
    inside = lines[body[0].lineno - 1 : body[-1].end_lineno]
    return sum(1 for line in inside if line.strip() and not line.strip().startswith("#"))


def is_compiled(node):
    return any(isinstance(each, ast.Name) and each.id in {"compiled", "bare"} for each in node.decorator_list)


def test_functions_are_small():
    sizes = sorted(size for _where, _node, size in functions())
    assert statistics.median(sizes) <= 8
    assert sizes[int(len(sizes) * 0.95)] <= 30


def test_no_function_is_a_page_long():
    """A compiled loop may take a second one: what is handed from loop to loop is counted at each turn."""
    assert [where for where, node, size in functions() if size > (120 if is_compiled(node) else 60)] == []


def test_functions_take_at_most_four_things_by_place():
    """Commands are called by name alone; a private helper may take the columns of a row as they come.

    A compiled loop knows no objects: it takes its arrays as they come.
    """
    found = [
        where
        for where, node, _size in functions()
        if "/cli/" not in where
        and not is_compiled(node)
        and len([arg for arg in node.args.args if arg.arg not in {"self", "cls"}])
        > (7 if node.name.startswith("_") else 4)
    ]
    assert found == []


def test_modules_fit_in_a_head():
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in long.items() if lines > 500} == {}


def test_rules_and_formats_open_with_their_theory():
    for path in SOURCES:
        room = path.relative_to(ROOT / "src/askwell").parts[0]
        if room in {"rules", "formats"} and path.name != "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text())), path


def test_nothing_a_person_reads_speaks_of_selling():
    pages = [
        path
        for path in (ROOT / "src").rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".js"}
        and "vendor" not in path.parts
        and "lint" not in path.parts
    ]
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in pages
        for hit in WORDS_OF_SELLING.finditer(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("name", ["run", "check", ".ci/run", "requirements/update"])
def test_what_is_to_be_run_can_be_run(name):
    path = ROOT / name
    assert os.access(path, os.X_OK)
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0


def test_the_licence_is_there_whole():
    text = (ROOT / "LICENSE").read_text()
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert len(text) > 34_000


def test_check_refuses_what_it_does_not_know():
    done = subprocess.run(
        [ROOT / "check", "--everything"], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2
    assert "Usage" in done.stderr


def test_no_other_server_is_named_in_a_page_or_a_style():
    """Askwell asks nobody else for anything."""
    assets = [
        path
        for path in (ROOT / "src").rglob("*")
        if path.suffix in {".html", ".css", ".js"} and "vendor" not in path.parts
    ]
    loads = re.compile(r"""(?:src|@import|url\()\s*=?\s*["'(]?\s*(?:https?:)?//""")
    assert [str(path.relative_to(ROOT)) for path in assets if loads.search(path.read_text())] == []


def test_every_requirement_is_pinned_with_hashes():
    for path in (ROOT / "requirements").glob("*.txt"):
        for name in re.findall(r"^([a-z0-9][^\s;]*)(?:\s*;[^\\]*)?\s*\\$", path.read_text(), re.MULTILINE):
            assert "==" in name, (path.name, name)
        assert "--hash=sha256:" in path.read_text(), path.name
