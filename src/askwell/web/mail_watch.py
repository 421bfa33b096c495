"""Watching mailboxes: where a server offers IDLE, news is heard when it comes, not at the next look.

Theory of operation.  One connection an account, in a thread of its own, does nothing but wait; what is heard
only makes the account due, and the worker looks as it always does.  A watch that fails is begun again later;
the looks every few minutes go on beside it, so nothing depends on it.  A school's server with many
mailboxes does not watch.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import close_old_connections, connection

from askwell.web.middleware import read_clock

if TYPE_CHECKING:
    from threading import Event

log = logging.getLogger(__name__)
MOST = 5  # mailboxes watched at once
LISTEN_SECONDS = 20.0  # before a watch looks whether it is still wanted
AGAIN = timedelta(minutes=5)


def watch(stop: Event) -> None:
    """See that each mailbox that is read has its watch, until told to stop."""
    if not settings.LOCAL:
        return
    watches: dict[int, Thread] = {}
    try:
        while not stop.is_set():
            for pk in _to_watch():
                if pk not in watches or not watches[pk].is_alive():
                    watches[pk] = Thread(target=_listen, args=(pk, stop), daemon=True)
                    watches[pk].start()
            close_old_connections()
            stop.wait(LISTEN_SECONDS)
    finally:
        for thread in watches.values():
            thread.join(2 * LISTEN_SECONDS)
        connection.close()


def _to_watch() -> list[int]:
    from askwell.mailroom.models import Account

    found = Account.objects.exclude(imap_host="").exclude(polled_at=None)
    return list(found.order_by("pk").values_list("pk", flat=True)[:MOST])


def _listen(pk: int, stop: Event) -> None:
    """Wait for news of one mailbox; ends where it is not to be read any more, or offers no IDLE."""
    from askwell.gateways.errors import GatewayError
    from askwell.mailroom.secrets import NoSecret

    try:
        _hear(pk, stop)
    except (GatewayError, NoSecret) as error:
        log.info("Mailbox %s is not watched for now: %s", pk, error)
        stop.wait(AGAIN.total_seconds())
    finally:
        connection.close()


def _hear(pk: int, stop: Event) -> None:
    from askwell.mailroom.inbox import INBOX
    from askwell.mailroom.models import Account
    from askwell.mailroom.opening import open_mailbox

    account = Account.objects.select_related("owner").filter(pk=pk).first()
    if account is None:
        return
    with open_mailbox(account, now=read_clock()) as mailbox:
        if not mailbox.offers("IDLE"):
            stop.wait(AGAIN.total_seconds())
            return
        mailbox.select(INBOX)
        while not stop.is_set() and pk in _to_watch():
            if mailbox.wait(LISTEN_SECONDS):
                Account.objects.filter(pk=pk).update(poll_at=read_clock())
