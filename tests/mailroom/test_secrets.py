"""A password is where its owner and the key are, and nowhere else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from askwell.mailroom import secrets
from askwell.mailroom.models import Secret, new_handle

PASSWORD = "blue kettle 7"


@pytest.fixture(autouse=True)
def _sealed(monkeypatch):
    """No keyring, and no keys but the notebook's own."""
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    monkeypatch.delenv(secrets.KEYS, raising=False)


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def handle(owner, folder):
    """Under which Lina's password is kept."""
    made = new_handle()
    assert secrets.keep(owner, made, PASSWORD) == "sealed"
    return made


def test_a_password_comes_back_to_its_owner(owner, handle):
    assert secrets.secret_of(owner, handle) == PASSWORD


def test_a_password_kept_again_replaces_the_earlier_one(owner, handle):
    secrets.keep(owner, handle, "green kettle 8")
    assert secrets.secret_of(owner, handle) == "green kettle 8"
    assert Secret.objects.count() == 1


def test_a_password_forgotten_is_gone(owner, handle):
    secrets.forget(owner, handle)
    assert not Secret.objects.exists()
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(owner, handle)


def test_nobody_else_is_given_it(other_owner, handle):
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(other_owner, handle)
    secrets.forget(other_owner, handle)
    assert Secret.objects.filter(handle=handle).exists()


def test_a_sealed_row_copied_to_another_owner_does_not_open(other_owner, handle):
    sealed = Secret.objects.get(handle=handle).sealed
    Secret.objects.create(owner=other_owner, handle="stolen", sealed=sealed)
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(other_owner, "stolen")


def test_a_row_given_to_another_owner_does_not_open(other_owner, handle):
    Secret.objects.filter(handle=handle).update(owner=other_owner)
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(other_owner, handle)


def test_a_sealed_row_under_another_handle_does_not_open(owner, handle):
    Secret.objects.filter(handle=handle).update(handle="another")
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(owner, "another")


def test_neither_the_row_nor_the_refusal_tells_the_password(owner, handle, folder):
    row = Secret.objects.get(handle=handle)
    assert PASSWORD not in f"{row.sealed}{row.__dict__}"
    (folder / secrets.KEY_FILE).write_bytes(Fernet.generate_key())
    with pytest.raises(secrets.NoSecret) as refused:
        secrets.secret_of(owner, handle)
    assert PASSWORD not in repr(refused.value)


def test_the_key_lies_beside_the_database_for_its_user_alone(handle, folder):
    (key,) = folder.iterdir()  # and nothing is left of its making
    assert key.name == secrets.KEY_FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_without_the_key_nothing_opens(owner, handle, folder):
    (folder / secrets.KEY_FILE).unlink()
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(owner, handle)


def test_a_new_key_is_put_before_the_old_one_and_all_still_opens(owner, folder, monkeypatch):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    monkeypatch.setenv(secrets.KEYS, old)
    secrets.keep(owner, "before", PASSWORD)
    monkeypatch.setenv(secrets.KEYS, f"{new}, {old}")
    secrets.keep(owner, "after", PASSWORD)
    assert {secrets.secret_of(owner, "before"), secrets.secret_of(owner, "after")} == {PASSWORD}
    monkeypatch.setenv(secrets.KEYS, new)
    assert secrets.secret_of(owner, "after") == PASSWORD
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(owner, "before")
    assert not list(folder.iterdir())  # with keys given, none is made


def test_once_all_is_sealed_anew_the_old_key_can_go(owner, folder, monkeypatch, capsys):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    monkeypatch.setenv(secrets.KEYS, old)
    secrets.keep(owner, "one", PASSWORD)
    monkeypatch.setenv(secrets.KEYS, f"{new},{old}")
    call_command("reseal")
    assert capsys.readouterr().out == "1 sealed anew.\n"
    monkeypatch.setenv(secrets.KEYS, new)
    assert secrets.secret_of(owner, "one") == PASSWORD


def test_what_no_key_opens_is_counted_and_left_as_it_is(owner, handle, monkeypatch):
    monkeypatch.setenv(secrets.KEYS, Fernet.generate_key().decode())
    with pytest.raises(CommandError, match="1 open with none of the keys"):
        call_command("reseal")
    monkeypatch.delenv(secrets.KEYS)
    assert secrets.secret_of(owner, handle) == PASSWORD


def test_a_key_that_is_none_is_said_without_telling_it(owner, folder, monkeypatch):
    monkeypatch.setenv(secrets.KEYS, "not-a-key")
    with pytest.raises(ImproperlyConfigured) as wrong:
        secrets.keep(owner, "one", PASSWORD)
    assert "not-a-key" not in str(wrong.value)


MAKE_KEY = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "askwell.web.settings"
django.setup()
from askwell.mailroom.secrets import _own_key
print("ready", flush=True)
sys.stdin.readline()
print(_own_key())
"""


def test_two_processes_that_make_the_key_at_once_have_the_same(tmp_path):
    environment = {**os.environ, "ASKWELL_DATA": str(tmp_path)}
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE_KEY],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for maker in makers:
        assert maker.stdout.readline() == "ready\n"
    for maker in makers:
        maker.stdin.write("\n")
        maker.stdin.flush()
    keys = {maker.communicate(timeout=60)[0].strip() for maker in makers}
    assert keys == {(tmp_path / secrets.KEY_FILE).read_text()}


def test_threads_that_make_the_key_at_once_have_the_same(folder):
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: secrets._own_key(), range(8)))
    assert keys == {(folder / secrets.KEY_FILE).read_text()}
    assert len(list(folder.iterdir())) == 1


# -- the system's keyring ----------------------------------------------------------------------------


class Ring:
    """A keyring in memory; it may be locked."""

    priority = 5

    def __init__(self):
        self.kept, self.locked = {}, False

    def _knock(self):
        from keyring.errors import KeyringLocked

        if self.locked:
            raise KeyringLocked("locked")

    def set_password(self, service, name, password):
        self._knock()
        self.kept[service, name] = password

    def get_password(self, service, name):
        self._knock()
        return self.kept.get((service, name))

    def delete_password(self, service, name):
        from keyring.errors import PasswordDeleteError

        self._knock()
        if self.kept.pop((service, name), None) is None:
            raise PasswordDeleteError("not found")


@pytest.fixture
def ring(monkeypatch, folder):
    """A laptop whose system keeps passwords."""
    import keyring

    made = Ring()
    monkeypatch.setenv("ASKWELL_KEYRING", "1")
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    return made


def test_where_the_system_keeps_passwords_the_database_has_none(owner, ring, folder):
    assert secrets.keep(owner, "one", PASSWORD) == "keyring"
    assert secrets.secret_of(owner, "one") == PASSWORD
    assert not Secret.objects.exists()
    assert not list(folder.iterdir())
    secrets.forget(owner, "one")
    assert not ring.kept


def test_a_locked_keyring_leaves_the_password_sealed_and_says_no_more(owner, ring, caplog):
    ring.locked = True
    assert secrets.keep(owner, "one", PASSWORD) == "sealed"
    assert secrets.secret_of(owner, "one") == PASSWORD
    assert PASSWORD not in caplog.text
    assert "KeyringLocked" in caplog.text


def test_a_keyring_locked_later_gives_no_password(owner, ring):
    secrets.keep(owner, "one", PASSWORD)
    ring.locked = True
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(owner, "one")
    secrets.forget(owner, "one")  # it says so in the log, and goes on


def test_what_was_sealed_moves_to_the_keyring_when_it_is_kept_again(owner, ring):
    ring.locked = True
    secrets.keep(owner, "one", PASSWORD)
    ring.locked = False
    secrets.keep(owner, "one", "green kettle 8")
    assert not Secret.objects.exists()
    assert secrets.secret_of(owner, "one") == "green kettle 8"


def test_a_schools_server_never_asks_a_keyring(owner, ring, settings):
    settings.LOCAL = False
    assert secrets.keep(owner, "one", PASSWORD) == "sealed"
    assert not ring.kept
