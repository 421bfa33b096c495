"""Migrations lead to the tables that the models say.

A new notebook has its tables made from the models, in a tenth of the time, and so have the tests on SQLite; an
existing notebook and PostgreSQL have them by migrations.  This is why they may.
"""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection
from tests.cli.conftest import machine

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL stands on migrations alone")


@pytest.fixture(scope="module")
def both(prepared, tmp_path_factory):
    """The database of a notebook as it is first opened, and of one that went through every migration."""
    folder = tmp_path_factory.mktemp("migrated")
    command = [sys.executable, "-m", "django", "migrate", "--settings=askwell.web.settings", "--verbosity=0"]
    subprocess.run(command, env=machine(folder), check=True, capture_output=True, timeout=300)
    with (
        closing(sqlite3.connect(prepared / "askwell.sqlite3")) as opened,
        closing(sqlite3.connect(folder / "askwell.sqlite3")) as migrated,
    ):
        yield opened, migrated


def test_a_new_notebook_has_the_tables_that_migrations_lead_to(both):
    opened, migrated = map(tables, both)
    assert len(opened) > 200
    assert opened == migrated


@pytest.mark.django_db
def test_the_tests_have_them_too(both):
    with connection.cursor() as cursor:
        assert tables(cursor) == tables(both[0])


def test_it_holds_what_migrations_write(both):
    opened, migrated = ([sorted(database.execute(query)) for query in WRITTEN] for database in both)
    assert all(opened)
    assert opened == migrated


WRITTEN = (
    "SELECT app, name FROM django_migrations",
    "SELECT app_label, model FROM django_content_type",
    "SELECT codename, name FROM auth_permission",
)


def tables(cursor):
    """Give every table and index with its parts, whatever their order."""
    found = cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
    rows = (cursor if found is None else found).fetchall()
    return {name: parts(sql) for name, sql in rows if not name.startswith("sqlite_")}


def parts(sql):
    """Split a definition at the commas of its outermost bracket, and where that begins and ends."""
    found, depth = [""], 0
    for letter in re.sub(r"\s+", " ", sql):
        depth += (letter == "(") - (letter == ")")
        if (letter, depth) in {("(", 1), (",", 1), (")", 0)}:
            found.append("")
        else:
            found[-1] += letter
    return sorted(part.strip() for part in found)
