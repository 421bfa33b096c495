"""What every test stands on.  Where Django is absent, only what the pure rooms need."""

from __future__ import annotations

import atexit
import gc
import importlib.util
import os
import shutil
import tempfile
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers.fixtures"]

# The settings read the environment when Django loads them.  Named in pyproject.toml they would be
# loaded before this module, with the data folder of whoever runs the tests; named here they are
# loaded after it: each process (xdist starts several) gets a data folder of its own.
os.environ["DJANGO_SETTINGS_MODULE"] = "askwell.web.settings"
_DATA = tempfile.mkdtemp(prefix="askwell-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["ASKWELL_DATA"] = _DATA
os.environ["ASKWELL_NO_BROWSER"] = "1"
for _name in ("ASKWELL_NOW", "ASKWELL_PORT", "ASKWELL_LOCAL", "ASKWELL_HOSTS", "ASKWELL_DEBUG"):
    os.environ.pop(_name, None)

# The same examples every time, so that a red run can be repeated; HYPOTHESIS_PROFILE=explore looks further.
# No test fails for being slow: the machine may have other work.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", UNTIMED, derandomize=True, max_examples=25)
settings.register_profile("fast", UNTIMED, max_examples=5, derandomize=True)
settings.register_profile("explore", UNTIMED, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
HAS_DJANGO = importlib.util.find_spec("pytest_django") is not None
if HAS_DJANGO:
    import django

    django.setup()


# What is imported and collected stays to the end: to look through it again and again is a tenth of all time.
gc.set_threshold(100_000, 50, 50)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each process that is started name the settings itself, after it made its data folder."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--one-of-each",
        action="store_true",
        help="of what asks the database, the first row of every table of cases: rows differ in words, not in SQL",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if not config.getoption("--one-of-each"):
        return
    kept: dict[str, pytest.Item] = {}
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            kept.setdefault(item.nodeid.partition("[")[0], item)
    chosen = set(kept.values())
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]


@pytest.fixture
def now() -> datetime:
    """A Monday afternoon, four days before a long weekend in some places."""
    return datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


if HAS_DJANGO:

    @pytest.fixture(scope="session")
    def django_db_setup(django_db_setup, django_db_blocker):
        """Tables made from the models count as migrated: else each command would migrate them."""
        from django.db import connection
        from django.db.migrations.loader import MigrationLoader
        from django.db.migrations.recorder import MigrationRecorder

        with django_db_blocker.unblock():
            recorder = MigrationRecorder(connection)
            recorder.ensure_schema()
            for app, name in MigrationLoader(None).disk_migrations.keys() - recorder.applied_migrations():
                recorder.record_applied(app, name)

    @pytest.fixture
    def owner(db):
        """Lina keeps this notebook: the local user, as every start makes it."""
        from askwell.people.owners import local_owner

        return local_owner()

    @pytest.fixture
    def other_owner(db, django_user_model):
        """Somebody else with a notebook of their own."""
        return django_user_model.objects.create_user("someone-else")
