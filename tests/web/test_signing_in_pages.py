"""Signing in to a mailbox on its provider's page, through the pages: there and back, and nobody slipped in."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.servers.authorization import CLIENT, ITS_SECRET

from askwell.mailroom import renewing, secrets, signing_in
from askwell.mailroom.accounts import accounts_of
from askwell.mailroom.grants import grant_of
from askwell.mailroom.models import Account
from askwell.outreach.archive import export_notebook

HERE = {"HTTP_HOST": "127.0.0.1:8765"}
PAGE = "/settings/mail/oauth/northfield/"


@pytest.fixture(autouse=True)
def _sealed(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


def text(response):
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def leave(browser, address, **more):
    """Fill in the form and go on; gives the provider's page."""
    sent = {"address": address, "client_id": CLIENT, "client_secret": ITS_SECRET, **more}
    answer = browser.post(PAGE, sent, **HERE)
    assert (answer.status_code, answer["Location"]) == (303, "/settings/mail/oauth/go/")
    page = text(browser.get(answer["Location"], **HERE))
    return re.search(r'content="0;url=([^"]+)"', page)[1]


def come_back(browser, location, **more):
    there = urlsplit(location)
    return browser.get(f"{there.path}?{there.query}", **{"HTTP_HOST": there.netloc, **more})


@pytest.fixture
def mailbox(lina, owner, mail, northfield):
    """Lina's mailbox, signed in to by the pages."""
    come_back(lina, northfield.allow(leave(lina, mail.someone())))
    return accounts_of(owner).get()


def test_from_the_address_to_the_mailbox(lina, owner, mail, northfield):
    address = mail.someone()
    found = lina.get("/settings/mail/connect/", {"address": address, "with": "northfield"}, **HERE)
    page = text(lina.get(found["Location"], **HERE))
    assert "Sign in with Northfield" in page
    assert "Askwell brings none of its own" in page
    url = leave(lina, address)
    asked = parse_qs(urlsplit(url).query)
    assert asked["redirect_uri"] == ["http://127.0.0.1:8765/settings/mail/oauth/back/"]
    assert asked["code_challenge_method"] == ["S256"]
    answer = come_back(lina, northfield.allow(url))
    account = accounts_of(owner).get()
    assert answer["Location"] == f"/settings/mail/{account.pk}/"
    page = text(lina.get(answer["Location"], **HERE))
    assert "All is well" in page
    assert "the page of Northfield" in page


def test_coming_from_another_site_without_a_session_one_page_goes_on_to_itself(
    lina, client_class, mail, northfield
):
    location = northfield.allow(leave(lina, mail.someone()))
    stranger = client_class()  # as a browser comes, that keeps a strict cookie to itself
    page = text(come_back(stranger, location))
    onward = re.search(r'content="0;url=([^"]+)"', page)[1]
    assert onward.startswith("/settings/mail/oauth/back/?")
    assert stranger.get(onward, **HERE).status_code == 403  # nobody's session: no further
    assert not Account.objects.exists()
    assert lina.get(onward, **HERE).status_code == 303
    assert Account.objects.count() == 1


@pytest.fixture
def client_class():
    from django.test import Client

    return Client


def test_called_by_another_name_it_goes_on_to_the_one_that_was_left(lina, mail, northfield):
    location = northfield.allow(leave(lina, mail.someone())).replace("127.0.0.1", "localhost", 1)
    page = text(come_back(lina, location))
    assert 'content="0;url=http://127.0.0.1:8765/settings/mail/oauth/back/?' in page


def test_it_goes_on_to_no_place_that_an_address_names(client_class, northfield, db):
    for state in ("x@evil.example", "x@evil.example:1", "@"):
        page = text(client_class().get(signing_in.PATH, {"state": state, "code": "1"}, **HERE))
        assert re.search(r'content="0;url=(/settings/mail/oauth/back/\?)', page)


def test_the_answer_to_another_sign_in_is_not_taken(lina, mail, northfield):
    ours = leave(lina, mail.someone())
    theirs = ours.replace("state=", "state=x")
    answer = come_back(lina, northfield.allow(theirs))
    assert answer["Location"] == "/settings/mail/"
    assert "belongs to no sign-in that was begun here" in text(lina.get("/settings/mail/", **HERE))
    assert not Account.objects.exists()
    come_back(lina, northfield.allow(ours))  # what was begun still counts
    assert Account.objects.count() == 1


def test_an_answer_is_taken_once(lina, mail, northfield):
    location = northfield.allow(leave(lina, mail.someone()))
    come_back(lina, location)
    come_back(lina, location)
    assert Account.objects.count() == 1
    assert "belongs to no sign-in" in text(lina.get("/settings/mail/", **HERE))


def test_not_allowed_it_says_so_and_keeps_nothing(lina, mail, northfield):
    answer = come_back(lina, northfield.deny(leave(lina, mail.someone())))
    assert "Northfield said no." in text(lina.get(answer["Location"], **HERE))
    assert not Account.objects.exists()


def test_signed_in_as_somebody_else_the_steps_are_shown(lina, mail, northfield):
    url = leave(lina, mail.someone())
    answer = come_back(lina, northfield.allow(url, user=mail.someone()))
    page = text(lina.get(answer["Location"], **HERE))
    assert "Not connected yet" in page
    assert "for another address" in page


def test_what_is_no_client_id_is_said_at_its_field(lina, northfield):
    answer = lina.post(PAGE, {"address": "l@askwell.example", "client_id": "two words"}, **HERE)
    assert answer.status_code == 422
    assert "without spaces" in text(answer)
    assert "two words" in text(answer)


def test_taken_back_every_page_says_sign_in_again_and_the_client_is_still_known(
    lina, mailbox, northfield, settings, clock
):
    northfield.revoke_all()
    settings.NOW = (clock + timedelta(hours=2)).isoformat()
    lina.post(f"/settings/mail/{mailbox.pk}/do/check/", **HERE)
    assert "sign in again" in text(lina.get("/settings/mail/", **HERE))
    assert "waits for you to sign in again" in text(lina.get("/mail/", **HERE))
    page = text(lina.get(f"/settings/mail/{mailbox.pk}/", **HERE))
    assert f"{PAGE}?address={mailbox.address.replace('@', '%40')}" in page
    come_back(lina, northfield.allow(leave(lina, mailbox.address, client_secret="")))
    mailbox.refresh_from_db()
    assert mailbox.trouble == {}
    assert Account.objects.count() == 1


def test_the_house_may_name_its_client_once_for_all(lina, mail, northfield, settings):
    settings.OAUTH_CLIENTS = {"northfield": {"id": CLIENT, "secret": ITS_SECRET, "tenant": ""}}
    address = mail.someone()
    page = text(lina.get(PAGE, {"address": address}, **HERE))
    assert "First, once" not in page
    assert ITS_SECRET not in page
    come_back(lina, northfield.allow(leave(lina, address, client_secret="")))
    assert Account.objects.count() == 1


def test_no_token_and_no_secret_stands_on_a_page_in_the_session_or_in_an_export(
    lina, owner, mailbox, northfield, mail, clock
):
    grant = grant_of(secrets.secret_of(owner, mailbox.handle))
    renewing.secret_for(mailbox, now=clock + timedelta(hours=2))
    last = grant_of(secrets.secret_of(owner, mailbox.handle))
    leave(lina, mail.someone())  # begun, and not come back
    pages = [lina.get(path, {"address": mailbox.address}, **HERE) for path in (
        "/settings/mail/", f"/settings/mail/{mailbox.pk}/", f"/settings/mail/{mailbox.pk}/change/", PAGE, "/mail/",
    )]  # fmt: skip
    out = io.StringIO()
    export_notebook(owner, out, now=clock)
    exported = out.getvalue()
    seen = "".join(text(one) for one in pages) + exported + str(dict(lina.session))
    assert mailbox.address in exported
    for hidden in (grant.access, grant.refresh, last.access, last.refresh, ITS_SECRET):
        assert hidden not in seen


def test_a_form_still_goes_to_no_other_server(lina, northfield):
    for path in (PAGE, "/settings/mail/oauth/go/"):
        policy = lina.get(path, {"address": "l@askwell.example"}, **HERE).headers.get(
            "Content-Security-Policy", ""
        )
        assert "form-action 'self'" in policy
