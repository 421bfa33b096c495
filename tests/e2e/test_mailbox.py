"""Connecting a mailbox in a browser, before real servers: a wrong password first, then the right one."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.servers.together import HOST

from askwell.mailroom.accounts import Connection, connect_account
from askwell.mailroom.models import Account


@pytest.fixture
def address(mail, settings, monkeypatch):
    """A mailbox of the test servers; its password is ``secret``."""
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    settings.MAIL_AUTHORITIES = mail.authority
    return mail.someone()


@pytest.mark.parametrize("look", [("desk", "light"), ("phone", "dark")], ids="-".join)
def test_from_an_address_to_a_connected_mailbox(open_page, scene, mail, address, axe, shot, look):
    page = open_page("/settings/mail/", size=look[0], theme=look[1])
    assert axe(page) == []
    page.get_by_label("Your e-mail address").fill(address)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Connect a mailbox").wait_for()
    assert axe(page) == []
    page.get_by_label("Server to read from (IMAP)").fill(HOST)
    page.get_by_label("Server to send by (SMTP)").fill(HOST)
    page.get_by_label("Port").nth(0).fill(str(mail.dovecot.port))
    page.get_by_label("Port").nth(1).fill(str(mail.postfix.port))
    page.get_by_label("Password, app password or token").fill("wrong-kettle-9")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Not connected yet").wait_for()
    shot(page, f"mailbox-wrong-{'-'.join(look)}")
    assert axe(page) == []
    assert "wrong-kettle-9" not in page.content()
    expect(page.locator("[data-summary]")).to_be_focused()
    page.get_by_label("Password, app password or token").fill("secret")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="All is well").wait_for()
    shot(page, f"mailbox-connected-{'-'.join(look)}")
    assert axe(page) == []
    assert page.strangers == []
    assert Account.objects.get().address == address


@pytest.mark.parametrize("look", [("desk", "light"), ("phone", "dark")], ids="-".join)
def test_what_a_provider_wants_first_and_what_is_wrong_can_be_read_by_anybody(
    open_page, scene, now, monkeypatch, axe, shot, look
):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    reached = Connection(address="lina@northfield.example", imap_host="imap.northfield.example")
    account = connect_account(scene.owner, reached, "blue kettle 7", now=now)
    wrong = {"code": "app_password", "server": "imap.northfield.example:993"}
    Account.objects.update(paused_at=now, trouble=wrong)
    page = open_page("/settings/mail/connect/?address=lina@gmail.com", size=look[0], theme=look[1])
    assert axe(page) == []
    page.goto(page.url.replace("connect/?address=lina@gmail.com", f"{account.pk}/"))
    page.get_by_text("asks for an app password").wait_for()
    shot(page, f"mailbox-amiss-{'-'.join(look)}")
    assert axe(page) == []
    assert page.strangers == []
