"""askwell mail connect --sign-in: by a browser that comes back to this machine, and by a code typed elsewhere."""

from __future__ import annotations

import io
import threading
import webbrowser

import httpx
import pytest
from tests.servers.authorization import CLIENT, ITS_SECRET, PUBLIC
from tests.servers.together import wait_until

from askwell.mailroom import secrets
from askwell.mailroom.grants import grant_of
from askwell.mailroom.models import Account


@pytest.fixture(autouse=True)
def _sealed(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


@pytest.fixture
def browser(northfield, monkeypatch):
    """A browser in which the user allows what is asked; before that, somebody else knocks."""

    def follow(url):
        back = northfield.allow(url)
        strange = back.split("?")[0]
        assert httpx.get(f"{strange}?code=1&state=stranger").status_code == 200
        assert httpx.get(strange.replace("/back/", "/other/")).status_code == 404
        httpx.get(back)

    def go(url):
        threading.Thread(target=follow, args=(url,)).start()

    monkeypatch.delenv("ASKWELL_NO_BROWSER")
    monkeypatch.setattr(webbrowser, "open", go)


def test_by_a_browser_on_this_machine(askwell, owner, mail, browser, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{ITS_SECRET}\n"))
    address = mail.someone()
    ended = askwell(
        "mail",
        "connect",
        address,
        "--sign-in",
        "--by-browser",
        "--client-id",
        CLIENT,
        "--client-secret-stdin",
        "--json",
    )
    assert ended.code == 0, ended.err
    assert ended.row["address"] == address
    grant = grant_of(secrets.secret_of(owner, Account.objects.get().handle))
    assert grant.client.id == CLIENT
    for hidden in (grant.access, grant.refresh, ITS_SECRET):
        assert hidden not in ended.out + ended.err
    again = askwell("mail", "connect", address, "--sign-in", "--by-browser")
    assert again.out == "Signed in again.\n"
    assert Account.objects.count() == 1


def test_by_a_code_typed_on_another_machine(askwell, mail, northfield):
    address, before = mail.someone(), set(northfield.codes)

    def type_it():
        wait_until(lambda: set(northfield.codes) - before)
        (code,) = set(northfield.codes) - before
        northfield.type_code(code, address)

    threading.Thread(target=type_it).start()
    ended = askwell("mail", "connect", address, "--sign-in", "--client-id", PUBLIC)
    assert ended.code == 0, ended.err
    assert f"Open {northfield.url}/device and type " in ended.err
    assert askwell("doctor", "--mail").code == 0


def test_what_cannot_go_with_it_is_said_and_nothing_is_asked(askwell, northfield):
    assert askwell("mail", "pause", "lina@askwell.example", "--sign-in").code == 2
    assert askwell("mail", "connect", "lina@askwell.example", "--sign-in", "--token").code == 2
    nobody = askwell(
        "mail", "connect", "lina@elsewhere.invalid", "--sign-in", "--imap-host", "imap.elsewhere.invalid"
    )
    assert nobody.code == 2
    assert "none of Northfield" in nobody.err


def test_without_a_client_id_it_says_where_one_is_from(askwell, mail, northfield):
    ended = askwell("mail", "connect", mail.someone(), "--sign-in")
    assert ended.code == 2
    assert "docs/connecting-mail.md" in ended.err


def test_a_client_that_the_provider_does_not_know_keeps_nothing(askwell, mail, northfield):
    ended = askwell("mail", "connect", mail.someone(), "--sign-in", "--client-id", "nobody")
    assert ended.code == 1
    assert "under the client ID given" in ended.err
    assert not Account.objects.exists()
