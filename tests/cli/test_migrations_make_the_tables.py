"""Migrations lead to the tables that the models say.

Only PostgreSQL's tests lay their tables out by migrations; those on SQLite lay them out from the models, in a
tenth of the time.  This is why they may.
"""

import re
import sqlite3

import pytest
from django.db import connection


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL every test stands on migrations")
def test_a_notebook_that_is_opened_has_the_tables_of_the_models(prepared):
    with connection.cursor() as cursor:
        of_models = tables(cursor)
    of_migrations = tables(sqlite3.connect(prepared / "askwell.sqlite3").cursor())
    assert len(of_models) > 200
    assert of_migrations == of_models


def tables(cursor):
    """Give every table and index with its parts, whatever their order."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
    return {name: parts(sql) for name, sql in cursor.fetchall() if not name.startswith("sqlite_")}


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
