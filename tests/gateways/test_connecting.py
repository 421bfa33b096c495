"""How a connection is opened."""

from __future__ import annotations

import socket
from contextlib import closing

from tests.fakes.imap import HostileImap

from askwell.gateways.connecting import open_socket

from .conftest import QUICK, plain


def test_a_command_of_several_writes_does_not_wait_for_the_first_to_be_confirmed():
    with HostileImap() as fake, closing(open_socket(plain(fake), QUICK)) as sock:
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
