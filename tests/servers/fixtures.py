"""Servers as fixtures, started once for each process of the tests; skipped by name where they cannot be."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def mail():
    """Dovecot and Postfix, with Alice, Jane and Omar; ``mail.someone()`` makes a user of one's own."""
    together = pytest.importorskip("tests.servers.together")
    if reason := together.why_no_mail_servers():
        pytest.skip(f"real mail servers: {reason}")
    with together.mail_servers() as servers:
        yield servers


@pytest.fixture(scope="session")
def dav():
    """Radicale, with Alice, Jane and Omar."""
    pytest.importorskip("radicale", reason="calendars and address books: Radicale is not installed")
    together = pytest.importorskip("tests.servers.together")
    with together.dav_server() as server:
        yield server
