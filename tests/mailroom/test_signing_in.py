"""Signing in on a provider's page, before a real authorization server whose tokens the real mail servers take."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from tests.mailroom.conftest import put_in
from tests.servers.authorization import CLIENT, ITS_SECRET, PUBLIC

from askwell.gateways import oauth, providers
from askwell.gateways.errors import Permanent, Transient, Trouble
from askwell.gateways.oauth import Client
from askwell.mailroom import accounts, inbox, renewing, saying, secrets, sending, signing_in
from askwell.mailroom.examining import check_account
from askwell.mailroom.grants import grant_of
from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, Mechanism, Secret

HOUSE = Client(id=CLIENT, secret=ITS_SECRET)
REDIRECT = signing_in.redirect_to


@pytest.fixture(autouse=True)
def _sealed(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


def begin(owner, address, northfield, now, client=HOUSE):
    return signing_in.begin(
        owner, address, northfield.issuer, client, redirect=REDIRECT(northfield.issuer, 8765), now=now
    )


def told(location):
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def sign_in(owner, address, northfield, now, client=HOUSE):
    """The whole way: to the page, allow, and back."""
    begun = begin(owner, address, northfield, now, client)
    return signing_in.come_back(owner, begun.sealed, told(northfield.allow(begun.url)), now=now)


@pytest.fixture
def lina(owner, mail, northfield, now):
    """Lina's mailbox, opened by a sign-in."""
    return sign_in(owner, mail.someone(), northfield, now).account


def grant(account):
    return grant_of(secrets.secret_of(account.owner, account.handle))


def go(post, now):
    return sending.send_due(post, clock=lambda: now)


def anybody(_account, _ids):
    return True


def answer(address, number):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "jane@acme.example", address, "Re: Twenty minutes"
    letter["Message-ID"], letter["In-Reply-To"] = f"<answer{number}@acme.example>", "<asked@askwell.example>"
    letter.set_content("Gladly. How about Tuesday?")
    return letter.as_bytes()


def look(account, now):
    account.refresh_from_db()
    return inbox.poll(account, anybody, now=now)


def test_from_a_sign_in_to_a_letter_sent_and_an_answer_read(lina, mail, post, now):
    assert lina.mechanism == Mechanism.XOAUTH2
    jane = mail.someone("acme.example")
    put_in(lina, jane, now=now)
    assert go(post, now) == 1
    mail.wait_for_messages(jane)
    mail.deliver(answer(lina.address, 1), lina.address)
    assert look(lina, now).kept == 1


def test_a_program_without_a_secret_signs_in_as_well(owner, mail, northfield, now):
    outcome = sign_in(owner, mail.someone(), northfield, now, Client(id=PUBLIC))
    assert outcome.account is not None
    assert renewing.secret_for(outcome.account, now=now + timedelta(hours=2))


def test_a_token_is_renewed_before_it_runs_out_and_its_successor_is_kept(lina, northfield, now):
    first = grant(lina)
    assert renewing.secret_for(lina, now=now + timedelta(minutes=54)) == first.access
    fresh = renewing.secret_for(lina, now=now + timedelta(minutes=56))
    assert fresh != first.access
    assert grant(lina).refresh != first.refresh  # the old one is not taken any more
    assert renewing.secret_for(lina, now=now + timedelta(hours=3)) not in {first.access, fresh}
    with pytest.raises(Permanent):
        oauth.renewed(northfield.issuer, HOUSE, first.refresh, authorities=northfield.mail.authority)


def test_one_that_is_given_no_successor_keeps_what_it_has(lina, northfield, now):
    northfield.let(rotates=False)
    first = grant(lina)
    renewing.secret_for(lina, now=now + timedelta(hours=2))
    assert grant(lina).refresh == first.refresh
    assert grant(lina).access != first.access


@pytest.mark.django_db(transaction=True)
def test_two_that_ask_at_once_renew_once(lina, northfield, now):
    northfield.let(hold=0.3)
    before, got = northfield.issued.count("refresh_token"), []

    def ask():
        got.append(renewing.secret_for(Account.objects.get(pk=lina.pk), now=now + timedelta(hours=2)))
        connection.close()

    threads = [threading.Thread(target=ask) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert got == [grant(lina).access] * 3
    assert northfield.issued.count("refresh_token") == before + 1


def test_taken_back_it_says_sign_in_again_and_letters_wait(lina, mail, northfield, post, now):
    row = put_in(lina, mail.someone("acme.example"), now=now)
    northfield.revoke_all()
    later = now + timedelta(hours=2)
    assert go(post, later) == 0
    row.refresh_from_db()
    lina.refresh_from_db()
    assert row.state == State.QUEUED
    assert lina.trouble["code"] == Trouble.SIGN_IN
    assert "Sign in again" in saying.of_trouble(lina.trouble)
    asked = len(northfield.issued)
    look(lina, later)
    (finding,) = check_account(lina, now=later)
    assert finding.code == Trouble.SIGN_IN
    assert len(northfield.issued) == asked  # nobody asks again and again
    again = sign_in(lina.owner, lina.address, northfield, later)
    assert again.account == lina
    assert go(post, later) == 1  # without another word


def test_signed_in_again_what_the_user_had_paused_stays_paused(lina, northfield, now):
    accounts.pause_account(lina, now=now)
    northfield.revoke_all()
    look(lina, now + timedelta(hours=2))
    sign_in(lina.owner, lina.address, northfield, now + timedelta(hours=2))
    lina.refresh_from_db()
    assert lina.paused_at
    assert lina.trouble == {}


def test_a_token_that_the_server_does_not_take_is_renewed_once(lina, northfield, now):
    northfield.let(lasts=-60)
    renewing.secret_for(lina, now=now + timedelta(hours=2))  # run out as it comes
    look(lina, now + timedelta(hours=2))
    assert grant(lina).until is None
    northfield.let(lasts=3600)
    look(lina, now + timedelta(hours=2))
    lina.refresh_from_db()
    assert lina.trouble == {}


def test_where_the_renewed_one_is_not_taken_either_the_user_is_asked(lina, northfield, now):
    northfield.let(lasts=-60)
    renewing.secret_for(lina, now=now + timedelta(hours=2))
    for _look in range(2):
        look(lina, now + timedelta(hours=2))
    lina.refresh_from_db()
    assert lina.trouble["code"] == Trouble.SIGN_IN


def test_an_issuer_that_is_down_costs_nothing(lina, mail, northfield, post, now):
    kept, row = grant(lina), put_in(lina, mail.someone("acme.example"), now=now)
    northfield.let(busy=True)
    assert go(post, now + timedelta(hours=2)) == 0
    assert grant(lina) == kept
    northfield.let(busy=False)
    assert go(post, now + timedelta(hours=3)) == 1
    row.refresh_from_db()
    assert row.state == State.SENT


def test_an_answer_with_another_state_or_of_another_notebook_is_nobodys(
    owner, other_owner, mail, northfield, now
):
    address = mail.someone()
    begun = begin(owner, address, northfield, now)
    mallory = begin(owner, mail.someone(), northfield, now)
    back = told(northfield.allow(begun.url))
    for whose, sealed, answer_ in (
        (owner, begun.sealed, told(northfield.allow(mallory.url))),
        (owner, begun.sealed, back | {"state": ""}),
        (other_owner, begun.sealed, back),
        (owner, "nothing", back),
    ):
        with pytest.raises(signing_in.NotOurs):
            signing_in.come_back(whose, sealed, answer_, now=now)
    with pytest.raises(signing_in.NotOurs):
        signing_in.come_back(owner, begun.sealed, back, now=now + timedelta(hours=1))
    assert not Account.objects.exists()


def test_an_answer_in_the_name_of_another_issuer_is_nobodys(owner, mail, northfield, now, monkeypatch):
    named = replace(northfield.issuer, told_as="https://id.northfield.example")
    monkeypatch.setattr(providers, "ISSUERS", (named,))
    begun = begin(owner, mail.someone(), northfield, now)
    back = told(northfield.allow(begun.url))
    with pytest.raises(signing_in.NotOurs):
        signing_in.come_back(owner, begun.sealed, back | {"iss": "https://id.globex.example"}, now=now)
    ours = signing_in.come_back(owner, begun.sealed, back | {"iss": named.told_as}, now=now)
    assert ours.account is not None


def test_a_code_without_its_verifier_is_worth_nothing(owner, mail, northfield, now):
    begun = begin(owner, mail.someone(), northfield, now)
    code = told(northfield.allow(begun.url))["code"]
    with pytest.raises(Permanent) as refused:
        oauth.tokens_for_code(
            northfield.issuer,
            HOUSE,
            code,
            redirect=REDIRECT(northfield.issuer, 8765),
            verifier=oauth.new_verifier(),
            authorities=mail.authority,
        )
    assert code not in str(refused.value)


def test_what_the_user_does_not_allow_keeps_nothing(owner, mail, northfield, now):
    begun = begin(owner, mail.someone(), northfield, now)
    with pytest.raises(Permanent) as refused:
        signing_in.come_back(owner, begun.sealed, told(northfield.deny(begun.url)), now=now)
    assert refused.value.code is Trouble.REFUSED
    assert not Account.objects.exists()


def test_a_wrong_secret_of_the_program_is_called_that(owner, mail, northfield, now):
    wrong = Client(id=CLIENT, secret="another")
    begun = begin(owner, mail.someone(), northfield, now, wrong)
    with pytest.raises(Permanent) as refused:
        signing_in.come_back(owner, begun.sealed, told(northfield.allow(begun.url)), now=now)
    assert refused.value.code is Trouble.CLIENT


def test_signed_in_as_somebody_else_nothing_is_connected(owner, mail, northfield, now):
    begun, other = begin(owner, mail.someone(), northfield, now), mail.someone()
    back = told(northfield.allow(begun.url, user=other))
    outcome = signing_in.come_back(owner, begun.sealed, back, now=now)
    assert outcome.account is None
    assert {each.code for each in outcome.tried} == {Trouble.SIGN_IN}


def test_by_a_code_typed_on_another_machine(northfield, mail):
    code = oauth.ask_for_code(northfield.issuer, HOUSE, authorities=mail.authority)
    with pytest.raises(oauth.Pending):
        oauth.tokens_for_device(northfield.issuer, HOUSE, code.secret, authorities=mail.authority)
    northfield.type_code(code.user_code, mail.someone())
    tokens = oauth.tokens_for_device(northfield.issuer, HOUSE, code.secret, authorities=mail.authority)
    assert tokens.access
    assert tokens.refresh


def test_what_is_no_authorization_server_passes_for_none(mail, northfield, now):
    elsewhere = replace(northfield.issuer, token=f"{northfield.url}/nowhere")
    with pytest.raises(Transient):
        oauth.renewed(elsewhere, HOUSE, "x", authorities=mail.authority)


def test_a_grant_is_not_to_be_pasted(owner, lina):
    with pytest.raises(Exception, match="no-password-as-it-stands"):
        accounts.checked_secret(secrets.secret_of(owner, lina.handle), Mechanism.XOAUTH2)


def test_no_token_stands_in_a_log_a_row_or_an_error(lina, northfield, post, mail, now, caplog):
    caplog.set_level(logging.DEBUG)
    put_in(lina, mail.someone("acme.example"), now=now)
    first = grant(lina)
    go(post, now + timedelta(hours=2))
    last = grant(lina)
    northfield.revoke_all()
    look(lina, now + timedelta(hours=9))
    rows = "".join(str(row) for kind in (Account, Secret) for row in kind.objects.values())
    for hidden in (first.access, first.refresh, last.access, last.refresh, ITS_SECRET):
        assert hidden not in caplog.text + rows + repr(first) + repr(last)
