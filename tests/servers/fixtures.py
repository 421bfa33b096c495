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


@pytest.fixture(scope="session")
def sign_in_page(mail):
    """An authorization server whose tokens open the mailboxes of ``mail``."""
    from tests.servers.authorization import authorization_server

    with authorization_server(mail) as server:
        yield server


@pytest.fixture
def northfield(mail, sign_in_page, settings, monkeypatch):
    """Mail of Northfield, which is opened by its sign-in page, as one of the providers that are known."""
    from askwell.gateways import providers

    settings.MAIL_AUTHORITIES = mail.authority
    monkeypatch.setattr(providers, "ISSUERS", (sign_in_page.issuer,))
    monkeypatch.setattr(providers, "PROVIDERS", (sign_in_page.provider,))
    monkeypatch.setattr(providers, "_BY_DOMAIN", {"askwell.example": sign_in_page.provider})
    sign_in_page.let(lasts=3600, hold=0, busy=False, rotates=True)
    return sign_in_page


@pytest.fixture
def published(tmp_path):
    """A web server of files; calendars are published under addresses nobody guesses."""
    from tests.servers.published import publishing

    with publishing(tmp_path / "published") as server:
        yield server
