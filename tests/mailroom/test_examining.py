"""The connection doctor, before a real Dovecot and a real Postfix: each step, and what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fakes.imap import HostileImap
from tests.fakes.smtp import DROP
from tests.servers.places import free_port
from tests.servers.together import HOST

from askwell.gateways.errors import Trouble
from askwell.mailroom import saying, secrets
from askwell.mailroom.accounts import Connection, connect_account
from askwell.mailroom.examining import Step, check_account, examine, first_wrong
from askwell.mailroom.models import Account


@pytest.fixture(autouse=True)
def _sealed(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


@pytest.fixture
def lina(mail, trusted):
    """How Lina's mailbox is reached; her password is ``secret``."""
    return Connection(
        address=mail.someone(),
        imap_host=HOST,
        imap_port=mail.dovecot.port,
        smtp_host=HOST,
        smtp_port=mail.postfix.port,
    )


def told(found) -> dict[str, str]:
    return {each.step.value: "fine" if each.ok else each.code for each in found}


WELL = dict.fromkeys(("reading", "inbox", "sent", "sending", "sender"), "fine")


def test_all_is_well_and_leaves_no_trace(lina, mail):
    found = examine(lina, "secret")
    assert told(found) == WELL
    assert [each.detail for each in found if each.step is Step.SENT] == ["Sent"]
    mail.postfix.wait_until_delivered()
    assert mail.messages(lina.address) == mail.messages(lina.address, "Sent") == []


def test_a_wrong_password_is_refused_by_both_and_not_repeated(lina):
    found = examine(lina, "wrong-kettle-9")
    assert told(found) == {"reading": "password", "sending": "password"}
    assert "wrong-kettle-9" not in repr(found)


def test_a_token_serves_as_well_as_a_password(lina, mail):
    token = mail.dovecot.token(lina.address)
    assert told(examine(replace(lina, mechanism="xoauth2"), token)) == WELL


def test_a_token_that_has_run_out_is_called_that(lina, mail):
    found = examine(replace(lina, mechanism="xoauth2"), mail.dovecot.token(lina.address, lasts=-60))
    assert told(found) == {"reading": "token", "sending": "token"}


def test_where_nobody_answers_the_other_side_is_still_tried(lina):
    found = examine(replace(lina, imap_port=free_port()), "secret")
    assert told(found) == {"reading": "no_answer", "sending": "fine", "sender": "fine"}


def test_a_name_that_is_no_server_is_called_that(lina):
    assert told(examine(replace(lina, imap_host="imap.nowhere.invalid", smtp_host=""), "secret")) == {
        "reading": "no_such_server"
    }


def test_a_certificate_of_nobody_known_stops_before_the_password(lina, settings):
    settings.MAIL_AUTHORITIES = None
    assert told(examine(lina, "secret")) == {"reading": "tls", "sending": "tls"}


def test_a_server_that_offers_no_encryption_gets_no_password(lina, mail):
    found = examine(
        replace(lina, imap_host="", smtp_port=mail.postfix.plain_port, smtp_security="starttls"), "secret"
    )
    assert told(found) == {"sending": "no_tls"}


def test_an_address_of_somebody_else_is_not_sent_for(lina, mail):
    found = examine(replace(lina, address="jane@acme.example", login=lina.address), "secret")
    assert told(found)["sender"] == "sender"


def test_a_folder_for_copies_that_is_not_there_is_named(lina):
    assert told(examine(replace(lina, sent_folder="Gesendet", smtp_host=""), "secret")) == {
        "reading": "fine",
        "inbox": "fine",
        "sent": "folder",
    }


def test_what_is_wrong_is_kept_with_the_account_until_it_is_mended(lina, owner, now):
    account = connect_account(owner, lina, "wrong-kettle-9", now=now)
    assert first_wrong(check_account(account, now=now)).code == "password"
    kept = Account.objects.get().trouble
    assert (kept["code"], kept["at"]) == ("password", now.isoformat())
    assert "wrong-kettle-9" not in str(kept)
    secrets.keep(owner, account.handle, "secret")
    assert first_wrong(check_account(account, now=now)) is None
    assert Account.objects.get().trouble == {}


def test_an_account_whose_password_is_lost_asks_for_it(lina, owner, now):
    account = connect_account(owner, lina, "secret", now=now)
    secrets.forget(owner, account.handle)
    assert told(check_account(account, now=now)) == {"reading": "no_password"}


@pytest.fixture
def made_up(lina):
    """Lina's mailbox at a server of this machine that says what it is told to."""

    def at(server) -> Connection:
        return replace(lina, smtp_host="", imap_host="127.0.0.1", imap_port=server.port, imap_security="none")

    return at


def test_where_no_folder_is_for_copies_that_stops_nothing(made_up):
    with HostileImap() as server:
        found = examine(made_up(server), "secret")
    assert told(found) == {"reading": "fine", "inbox": "fine", "sent": "fine"}
    assert saying.of_finding(found[-1]).startswith("The server names none")


def test_a_server_that_repeats_the_password_is_not_quoted_with_it(made_up):
    no = b"NO [AUTHENTICATIONFAILED] blue-kettle-7 is wrong"
    with HostileImap(authenticate=no, login=no) as server:
        found = examine(made_up(server), "blue-kettle-7")
    assert told(found) == {"reading": "password"}
    assert "blue-kettle-7" not in repr(found)
    assert "***" in found[0].said


def test_a_server_that_breaks_off_is_said_to(made_up):
    with HostileImap(examine=DROP) as server:
        assert told(examine(made_up(server), "secret")) == {"reading": "fine", "inbox": "cut_off"}


def test_every_trouble_there_is_has_its_sentence():
    refused = saying.of_trouble({"code": "refused", "server": "x:1"})
    for code in set(Trouble) - {Trouble.REFUSED, Trouble.CONFLICT, Trouble.NOT_FOUND, Trouble.FORBIDDEN}:
        sentence = saying.of_trouble({"code": code, "server": "x:1"})
        assert sentence != refused
        assert "%" not in sentence
