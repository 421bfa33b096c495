"""Signing in on a provider's page in a browser, which keeps the notebook's cookie from whoever comes elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.e2e.conftest import SIZES
from tests.servers.authorization import CLIENT, ITS_SECRET

from askwell.gateways import providers
from askwell.mailroom.models import Account
from askwell.web import door

# Another size, theme, and name under which the provider calls this machine; the last without JavaScript.
LOOKS = [("desk", "light", "127.0.0.1", True), ("phone", "dark", "localhost", False)]


@pytest.fixture
def northfield(northfield, monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    return northfield


@pytest.mark.parametrize("look", LOOKS, ids=["desk-light", "phone-dark-without-script"])
def test_from_the_settings_to_another_site_and_back_to_a_connected_mailbox(
    browser, live_server, scene, northfield, monkeypatch, axe, shot, look
):
    size, theme, host, script = look
    monkeypatch.setattr(providers, "ISSUERS", (replace(northfield.issuer, host=host),))
    here, address = live_server.url.replace("localhost", "127.0.0.1"), northfield.mail.someone()
    context = browser.new_context(
        viewport=SIZES[size], color_scheme=theme, java_script_enabled=script, ignore_https_errors=True
    )
    page, complaints = context.new_page(), []
    page.goto(f"{here}/settings/mail/?token={door.issue()}")
    page.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Sign in with Northfield").click()
    page.get_by_role("heading", name="Sign in with Northfield").wait_for()
    assert axe(page) == [] if script else True
    shot(page, f"sign-in-{size}-{theme}")
    page.get_by_label("Client ID").fill(CLIENT)
    page.get_by_label("Client secret").fill(ITS_SECRET)
    page.get_by_role("button", name="Go to Northfield").click()
    page.get_by_role("link", name="Allow").click()  # at https://localhost, another site than http://127.0.0.1
    page.get_by_role("heading", name="All is well").wait_for()
    assert page.url == f"{here}/settings/mail/{Account.objects.get().pk}/"
    assert axe(page) == [] if script else True
    shot(page, f"signed-in-{size}-{theme}")
    assert complaints == []
    context.close()
