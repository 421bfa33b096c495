"""Connecting a mailbox in a browser, before real servers: a wrong password first, then the right one."""

from __future__ import annotations

import pytest
from tests.servers.together import HOST

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
    page.get_by_label("Password, app password or token").fill("secret")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="All is well").wait_for()
    shot(page, f"mailbox-connected-{'-'.join(look)}")
    assert axe(page) == []
    assert page.strangers == []
    assert Account.objects.get().address == address
