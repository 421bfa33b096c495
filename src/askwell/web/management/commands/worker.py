"""``python -m django worker``: the worker alone, for a notebook that several servers share."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from askwell.web.worker import work


class Command(BaseCommand):
    help = "Do what waits, until told to stop."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        work(stop)
