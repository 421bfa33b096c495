"""A mailbox connected, changed, paused and let go; its password nowhere but where it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from askwell.mailroom import accounts, outbox, secrets
from askwell.mailroom.accounts import Connection, change_account, connect_account, forget_account
from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, Folder, Outgoing, Secret
from askwell.people.errors import BadField
from askwell.people.models import Contact

from .conftest import put_in

NORTHFIELD = Connection(
    address="lina@northfield.example",
    name="Lina Berg",
    imap_host="imap.northfield.example",
    smtp_host="smtp.northfield.example",
)
PASSWORD = "blue kettle 7"


@pytest.fixture(autouse=True)
def _sealed(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


@pytest.fixture
def mailbox(owner, now):
    """Lina's mailbox, connected."""
    return connect_account(owner, NORTHFIELD, PASSWORD, now=now)


def test_a_mailbox_is_kept_with_its_password_apart(owner, mailbox):
    assert mailbox.login == "lina@northfield.example"
    assert secrets.secret_of(owner, mailbox.handle) == PASSWORD
    assert PASSWORD not in repr(list(Account.objects.values()))
    assert list(accounts.accounts_of(owner)) == [mailbox]


def test_nobody_else_sees_it(other_owner, mailbox):
    assert not accounts.accounts_of(other_owner).exists()


def test_two_people_may_connect_the_same_address(other_owner, mailbox, now):
    theirs = connect_account(other_owner, NORTHFIELD, "green kettle 8", now=now)
    assert secrets.secret_of(other_owner, theirs.handle) == "green kettle 8"
    assert secrets.secret_of(mailbox.owner, mailbox.handle) == PASSWORD


def test_an_address_is_connected_once_however_it_is_written(owner, mailbox, now):
    with pytest.raises(BadField) as refused:
        connect_account(owner, replace(NORTHFIELD, address="LINA@Northfield.example"), "other", now=now)
    assert (refused.value.field, refused.value.problem) == ("address", "connected-already")
    assert secrets.secret_of(owner, mailbox.handle) == PASSWORD


@pytest.mark.parametrize(
    ("wrong", "field", "problem"),
    [
        ({"address": "lina"}, "address", "not-an-address"),
        ({"address": "lina@x.example\r\nBcc: y@z.example"}, "address", "not-an-address"),
        ({"login": "lina\x00"}, "login", "not-a-line"),
        ({"login": "l" * 321}, "login", "too-long"),
        ({"mechanism": "magic"}, "mechanism", "unknown"),
        ({"imap_host": "", "smtp_host": " "}, "imap_host", "no-server"),
        ({"imap_host": "https://imap.northfield.example/"}, "imap_host", "not-a-host"),
        ({"smtp_host": "smtp.northfield.example:465"}, "smtp_host", "not-a-host"),
        ({"imap_port": 0}, "imap_port", "not-a-port"),
        ({"smtp_port": 70_000}, "smtp_port", "not-a-port"),
        ({"smtp_security": "ssl3"}, "smtp_security", "unknown"),
        ({"imap_security": "none"}, "imap_security", "only-loopback"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(owner, now, wrong, field, problem):
    with pytest.raises(BadField) as refused:
        connect_account(owner, replace(NORTHFIELD, **wrong), PASSWORD, now=now)
    assert (refused.value.field, refused.value.problem) == (field, problem)
    assert not Account.objects.exists()
    assert not Secret.objects.exists()


@pytest.mark.parametrize("secret", ["", "\n", "two\nlines", "x" * 8001])
def test_a_password_that_is_none_is_refused_and_not_repeated(owner, now, secret):
    with pytest.raises(BadField) as refused:
        connect_account(owner, NORTHFIELD, secret, now=now)
    assert refused.value.field == "secret"
    assert "two" not in str(refused.value)


def test_blanks_around_a_password_belong_to_it_and_around_a_token_do_not(owner, now):
    one = connect_account(owner, NORTHFIELD, " abcd efgh \n", now=now)
    other = replace(NORTHFIELD, address="lina@gmx.example", mechanism="xoauth2")
    two = connect_account(owner, other, "  ya29.token\n", now=now)
    assert secrets.secret_of(owner, one.handle) == " abcd efgh "
    assert secrets.secret_of(owner, two.handle) == "ya29.token"


def test_without_encryption_only_this_machine_is_spoken_to(owner, now):
    here = replace(NORTHFIELD, imap_host="localhost", imap_security="none", imap_port=1143)
    assert connect_account(owner, here, PASSWORD, now=now).imap_security == "none"


@pytest.mark.parametrize(
    "inner",
    [{"imap_host": "127.0.0.1"}, {"imap_port": 5432}, {"smtp_port": 6379}, {"smtp_host": "localhost"}],
)
def test_a_schools_server_asks_its_own_network_nothing_for_a_user(owner, now, settings, inner):
    settings.LOCAL = False
    with pytest.raises(BadField) as refused:
        connect_account(owner, replace(NORTHFIELD, **inner), PASSWORD, now=now)
    assert refused.value.problem == "not-from-here"


# -- changing ----------------------------------------------------------------------------------------


def test_a_new_password_takes_the_place_of_the_old_one(owner, mailbox):
    Account.objects.update(trouble={"code": "password"})
    change_account(mailbox, NORTHFIELD, secret="green kettle 8")
    mailbox.refresh_from_db()
    assert secrets.secret_of(owner, mailbox.handle) == "green kettle 8"
    assert mailbox.trouble == {}


def test_a_name_is_changed_without_the_password(mailbox):
    change_account(mailbox, replace(NORTHFIELD, name="  Lina   H. Berg "))
    assert Account.objects.get().name == "Lina H. Berg"


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"imap_host": "imap.evil.example"},
        {"smtp_host": "smtp.evil.example"},
        {"smtp_port": 587},
        {"imap_security": "starttls"},
        {"login": "somebody"},
        {"mechanism": "xoauth2"},
    ],
)
def test_a_password_is_sent_elsewhere_only_by_whoever_knows_it(mailbox, elsewhere):
    with pytest.raises(BadField) as refused:
        change_account(mailbox, replace(NORTHFIELD, **elsewhere))
    assert (refused.value.field, refused.value.problem) == ("secret", "give-again")
    change_account(mailbox, replace(NORTHFIELD, **elsewhere), secret=PASSWORD)
    (name, value), *_ = elsewhere.items()
    assert getattr(Account.objects.get(), name) == value


def test_the_address_of_a_mailbox_stays(mailbox):
    with pytest.raises(BadField) as refused:
        change_account(mailbox, replace(NORTHFIELD, address="other@northfield.example"), secret=PASSWORD)
    assert refused.value.problem == "another-address"


# -- resting, and letting go -------------------------------------------------------------------------


def test_of_a_paused_mailbox_nothing_goes_out_until_it_is_resumed(owner, mailbox, now):
    put_in(mailbox, "jane@acme.example", now=now)
    accounts.pause_account(mailbox, now=now)
    accounts.pause_account(mailbox, now=now + timedelta(hours=1))
    assert Account.objects.get().paused_at == now  # since when it is
    assert outbox.claim_next("worker", now=now, owner=owner) is None
    accounts.resume_account(mailbox)
    assert outbox.claim_next("worker", now=now, owner=owner) is not None


def test_a_mailbox_without_history_goes_whole(owner, mailbox, now):
    Folder.objects.create(owner=owner, account=mailbox, name="INBOX")
    assert forget_account(mailbox, now=now) is False
    assert not Account.objects.exists()
    assert not Folder.objects.exists()
    assert not Secret.objects.exists()


def test_a_mailbox_that_sent_something_keeps_its_history_and_nothing_else(owner, mailbox, now):
    handle = mailbox.handle
    sent = put_in(mailbox, "jane@acme.example", now=now)
    Outgoing.objects.update(state=State.SENT)
    Folder.objects.create(owner=owner, account=mailbox, name="INBOX")
    assert forget_account(mailbox, now=now) is True
    sent.refresh_from_db()
    assert sent.account.address == "lina@northfield.example"
    assert not accounts.is_connected(sent.account)
    assert not accounts.accounts_of(owner).exists()
    assert not Folder.objects.exists()
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(owner, handle)


def test_letters_that_wait_are_taken_back_when_their_mailbox_goes(owner, mailbox, now):
    jane = Contact.objects.create(owner=owner, name="Jane Doe", created_at=now)
    row = put_in(mailbox, "jane@acme.example", now=now)
    Outgoing.objects.update(contact=jane)
    forget_account(mailbox, now=now)
    row.refresh_from_db()
    assert (row.state, row.settled_by, row.settled_at) == (State.CANCELLED, "user", now)


@pytest.mark.parametrize("state", [State.CLAIMED, State.SENDING])
def test_a_mailbox_does_not_go_in_the_middle_of_sending(owner, mailbox, now, state):
    put_in(mailbox, "jane@acme.example", now=now)
    Outgoing.objects.update(state=state)
    with pytest.raises(BadField) as refused:
        forget_account(mailbox, now=now)
    assert refused.value.problem == "sending-now"
    assert secrets.secret_of(owner, mailbox.handle) == PASSWORD


def test_connecting_the_same_address_again_goes_on_with_its_history(owner, mailbox, now):
    sent = put_in(mailbox, "jane@acme.example", now=now)
    Outgoing.objects.update(state=State.SENT)
    forget_account(mailbox, now=now)
    again = connect_account(owner, NORTHFIELD, "green kettle 8", now=now)
    sent.refresh_from_db()
    assert sent.account == again
    assert again.paused_at is None
    assert secrets.secret_of(owner, again.handle) == "green kettle 8"
