"""askwell mail and askwell doctor --mail."""

from __future__ import annotations

import io

import pytest
from tests.servers.together import HOST

from askwell.mailroom import secrets
from askwell.mailroom.accounts import Connection, connect_account
from askwell.mailroom.models import Account
from askwell.people.queries import own_name

BY_HAND = ("--imap-host", "imap.northfield.example", "--smtp-host", "smtp.northfield.example")
LINA = "lina@northfield.example"


@pytest.fixture(autouse=True)
def _sealed(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


@pytest.fixture
def typing(monkeypatch):
    """Put a password on standard input."""

    def put(password: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    return put


@pytest.fixture
def mailbox(owner, now):
    reached = Connection(
        address=LINA, imap_host="imap.northfield.example", smtp_host="smtp.northfield.example"
    )
    return connect_account(owner, reached, "blue kettle 7", now=now)


def words(mail, address, *more):
    """How a mailbox of the test servers is connected."""
    ports = ("--imap-port", str(mail.dovecot.port), "--smtp-port", str(mail.postfix.port))
    return ("mail", "connect", address, "--imap-host", HOST, "--smtp-host", HOST, *ports, *more)


def test_a_mailbox_is_tried_and_connected_and_the_doctor_finds_nothing(
    askwell, owner, mail, settings, typing
):
    settings.MAIL_AUTHORITIES = mail.authority
    address = mail.someone()
    typing("secret")
    ended = askwell(*words(mail, address, "--password-stdin"))
    assert ended.code == 0, ended.err
    assert ended.out.count("fine") == 5
    assert ended.out.endswith(f"{address} is connected.\n")
    assert secrets.secret_of(owner, Account.objects.get().handle) == "secret"
    looked = askwell("doctor", "--mail", "--json")
    assert looked.code == 0
    steps = ["reading", "inbox", "sent", "sending", "sender"]
    assert [(row["address"], row["step"], row["ok"]) for row in looked.rows] == [
        (address, step, True) for step in steps
    ]


def test_the_name_given_with_a_mailbox_ends_the_letters(askwell, owner, typing):
    typing("blue kettle 7")
    assert (
        askwell(
            "mail", "connect", LINA, *BY_HAND, "--name", "Lina Haddad", "--password-stdin", "--no-check"
        ).code
        == 0
    )
    assert own_name(owner) == "Lina Haddad"


def test_a_wrong_password_connects_nothing_and_is_told_nowhere(askwell, mail, settings, typing):
    settings.MAIL_AUTHORITIES = mail.authority
    typing("wrong-kettle-9")
    ended = askwell(*words(mail, mail.someone(), "--password-stdin", "--json"))
    assert ended.code == 1
    assert [(step["step"], step["code"]) for step in ended.row["steps"]] == [
        ("reading", "password"),
        ("sending", "password"),
    ]
    assert "wrong-kettle-9" not in ended.out + ended.err
    assert not Account.objects.exists()


def test_the_doctor_says_what_is_wrong_and_ends_with_one(askwell, mailbox):
    ended = askwell("doctor", "--mail")
    assert ended.code == 1
    assert ended.out.startswith(LINA)
    assert "MEND  Sign in to read mail: There is no server by the name" in ended.out
    assert "There is no server" in askwell("mail").out


def test_with_no_mailbox_the_doctor_says_how_to_connect_one(askwell):
    ended = askwell("doctor", "--mail")
    assert (ended.code, ended.out) == (0, "No mailbox is connected: askwell mail connect ADDRESS.\n")
    assert askwell("doctor", "--mail", "--json").out == ""


def test_a_list_holds_how_it_is_reached_and_nothing_that_opens_it(askwell, mailbox):
    ended = askwell("mail", "--json")
    assert ended.row["imap_host"] == "imap.northfield.example"
    assert (ended.row["waiting"], ended.row["trouble"]) == (0, None)
    assert mailbox.handle not in ended.out
    assert "blue kettle" not in ended.out


def test_paused_and_resumed(askwell, mailbox):
    assert askwell("mail", "pause", LINA, "--json").row["paused_at"]
    assert "paused" in askwell("mail", "list").out
    assert askwell("mail", "resume", LINA.upper(), "--json").row["paused_at"] is None


def test_a_new_password_is_kept_and_where_it_goes_is_guarded(askwell, owner, mailbox, typing):
    typing("green kettle 8")
    assert askwell("mail", "change", LINA, "--password-stdin", "--no-check").code == 0
    assert secrets.secret_of(owner, mailbox.handle) == "green kettle 8"
    ended = askwell("mail", "change", LINA, "--smtp-host", "smtp.evil.example", "--json")
    assert (ended.code, ended.row["field"], ended.row["problem"]) == (2, "secret", "give-again")
    assert Account.objects.get().smtp_host == "smtp.northfield.example"


def test_let_go(askwell, owner, mailbox):
    ended = askwell("mail", "forget", LINA, "--json")
    assert ended.row == {"address": LINA, "forgotten": True, "history_kept": False}
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(owner, mailbox.handle)
    assert askwell("mail", "forget", LINA).code == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("connect",), "Say the address"),
        (("connect", "lina", *BY_HAND, "--password-stdin"), "Look for a missing letter"),
        (("connect", LINA, "--imap-host", "https://x.example", "--password-stdin"), "no name of a server"),
        (("connect", LINA, *BY_HAND, "--imap-security", "none", "--password-stdin"), "this very machine"),
        (("connect", LINA, *BY_HAND), "--password-stdin"),
        (("explode",), "explode"),
    ],
)
def test_bad_use_is_said_and_nothing_is_connected(askwell, owner, typing, given, said):
    typing("blue kettle 7")
    ended = askwell("mail", *given)
    assert ended.code == 2
    assert said in ended.err
    assert not Account.objects.exists()


def test_no_password_is_no_password(askwell, owner, typing):
    typing("")
    ended = askwell("mail", "connect", LINA, *BY_HAND, "--password-stdin", "--no-check")
    assert (ended.code, ended.err) == (2, "The password is empty.\n")


def test_an_address_connected_already_is_said(askwell, mailbox, typing):
    typing("blue kettle 7")
    ended = askwell("mail", "connect", LINA, *BY_HAND, "--password-stdin", "--no-check")
    assert (ended.code, ended.err) == (2, "This address is connected already.\n")
