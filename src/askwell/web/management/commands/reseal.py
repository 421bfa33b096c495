"""``python -m django reseal``: seals every kept password anew with the first of ASKWELL_SEAL_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from askwell.mailroom.secrets import reseal


class Command(BaseCommand):
    help = "Seal every kept password anew with the first of ASKWELL_SEAL_KEYS, so that the others can go."

    def handle(self, *_args: Any, **_options: Any) -> None:
        fresh, lost = reseal()
        self.stdout.write(f"{fresh} sealed anew.")
        if lost:
            raise CommandError(f"{lost} open with none of the keys: their users have to give them again.")
