"""Passwords and tokens: in the system's keyring, else sealed with a key outside the database.

Theory of operation. A secret is kept under a handle, a random name that tells nothing. On a laptop the
keyring of the system is asked first. Where there is none (a server, a bare Linux), the secret is encrypted
(Fernet: AES-128-CBC with HMAC-SHA256) and the sealed text stands in the table ``Secret``; the key is
ASKWELL_SEAL_KEYS, or a file of the data folder that only its user may read. So a copy of the database, a
backup and an export hold nothing to sign in with. The owner and the handle are sealed in with it: a sealed
text copied to another row does not open. Several keys (by commas) may be given: the first seals, all open;
``reseal`` seals all with the first, so that the others can go.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from askwell.mailroom.models import Secret

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)
SERVICE = "askwell"
KEY_FILE = "seal-key"
KEYS = "ASKWELL_SEAL_KEYS"


class NoSecret(Exception):
    """There is no secret under this handle, or what is kept cannot be opened with the keys at hand."""


def keep(owner: AbstractBaseUser, handle: str, secret: str) -> str:
    """Keep a secret in place of an earlier one.  Gives where: ``keyring`` or ``sealed``."""
    if (ring := _keyring()) is not None and _put(ring, handle, secret):
        Secret.objects.for_owner(owner).filter(handle=handle).delete()
        return "keyring"
    defaults = {"sealed": seal(owner, handle, secret)}
    Secret.objects.update_or_create(handle=handle, owner_id=owner.pk, defaults=defaults)
    return "sealed"


def secret_of(owner: AbstractBaseUser, handle: str) -> str:
    """Give the secret.  Raises NoSecret."""
    row = Secret.objects.for_owner(owner).filter(handle=handle).first()
    if row is not None:
        return _opened(row.owner_id, row.handle, row.sealed)
    found = _get(handle)
    if found is None:
        raise NoSecret(handle)
    return found


def seal(owner: AbstractBaseUser, handle: str, secret: str) -> str:
    """Give a secret as a text that only this notebook opens, for this owner and under this handle."""
    return _box().encrypt(json.dumps([owner.pk, handle, secret]).encode()).decode()


def unseal(owner: AbstractBaseUser, handle: str, sealed: str) -> str:
    """Open what ``seal`` gave.  Raises NoSecret."""
    return _opened(owner.pk, handle, sealed)


def forget(owner: AbstractBaseUser, handle: str) -> None:
    """Remove a secret from wherever it is kept."""
    Secret.objects.for_owner(owner).filter(handle=handle).delete()
    ring = _keyring()
    if ring is None:
        return
    from keyring.errors import KeyringError

    try:
        ring.delete_password(SERVICE, handle)
    except KeyringError:
        log.info("The keyring had nothing to forget.")


def reseal() -> tuple[int, int]:
    """Seal everything anew with the first key.  How many were, and how many no key at hand opens."""
    box, fresh, lost = _box(), 0, 0
    for row in Secret.objects.order_by("pk"):
        try:
            row.sealed = box.rotate(row.sealed.encode()).decode()
        except InvalidToken:
            lost += 1
            continue
        row.save(update_fields=["sealed"])
        fresh += 1
    return fresh, lost


def _opened(owner_id: int, handle: str, sealed: str) -> str:
    box = _box()
    try:
        *whose, secret = json.loads(box.decrypt(sealed.encode()))
    except (InvalidToken, ValueError):
        raise NoSecret(handle) from None
    if whose != [owner_id, handle]:
        raise NoSecret(handle)
    return str(secret)


def _keyring() -> KeyringBackend | None:
    """Give the system's keyring; a school's server has none of a user's."""
    if not settings.LOCAL or os.environ.get("ASKWELL_KEYRING", "1") == "0":
        return None
    import keyring  # loads slowly

    ring = keyring.get_keyring()
    return ring if ring.priority > 0 else None


def _put(ring: KeyringBackend, handle: str, secret: str) -> bool:
    from keyring.errors import KeyringError

    try:
        ring.set_password(SERVICE, handle, secret)
        return ring.get_password(SERVICE, handle) == secret
    except KeyringError as error:  # locked, or closed by the user
        log.warning("The system's keyring took no password (%s); it is sealed instead.", type(error).__name__)
        return False


def _get(handle: str) -> str | None:
    ring = _keyring()
    if ring is None:
        return None
    from keyring.errors import KeyringError

    try:
        return ring.get_password(SERVICE, handle)
    except KeyringError:
        raise NoSecret(handle) from None


def _box() -> MultiFernet:
    given = os.environ.get(KEYS, "")
    keys = [key.strip() for key in given.split(",") if key.strip()] or [_own_key()]
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured(f"A key of {KEYS}, or the file {KEY_FILE}, is none.") from None


def _own_key() -> str:
    """Read the key of this notebook, made once, readable by its user alone."""
    path = settings.DATA_DIR / KEY_FILE
    if not path.exists():
        number, name = tempfile.mkstemp(prefix=f"{KEY_FILE}.", dir=settings.DATA_DIR)  # mode 0600
        with os.fdopen(number, "wb") as file:
            file.write(Fernet.generate_key())
        with suppress(FileExistsError):  # somebody was quicker; theirs holds
            os.link(name, path)  # whole or not at all: a reader never sees half a key
        Path(name).unlink()
    return str(path.read_text())
