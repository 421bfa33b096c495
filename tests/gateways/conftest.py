"""How the gateways' tests name the servers of the house."""

from __future__ import annotations

import pytest

from askwell.gateways.connecting import Patience
from askwell.gateways.servers import Login, Server

QUICK = Patience(connect=1, silence=0.5, answer=1.5, last_dot=0.5)


@pytest.fixture
def submission(mail):
    """Where letters are handed in, encrypted at once."""
    return Server(host=mail.host, port=mail.postfix.port, authorities=mail.authority)


@pytest.fixture
def mailbox_server(mail):
    return Server(host=mail.host, port=mail.dovecot.port, authorities=mail.authority)


@pytest.fixture
def login(mail):
    """Somebody whom no other test knows."""
    return Login(user=mail.someone(), secret="secret")


def plain(fake, **changes):
    """Name a fake on loopback, without encryption."""
    return Server(**{"host": "127.0.0.1", "port": fake.port, "security": "none", **changes})
