"""What has left the house is not taken back by undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Outgoing

if TYPE_CHECKING:
    from askwell.people.models import Change

_LABEL = Outgoing._meta.label_lower


def refuse_what_has_gone(change: Change) -> tuple[str, int] | None:
    """Name the message that stands in the way: one this change queued or recorded, taken up since.

    The row is locked, so that no worker claims it while it is being taken back.
    """
    made = [pk for op, label, pk, *_rest in change.entries if op == "create" and label == _LABEL]
    rows = Outgoing.objects.select_for_update()
    for row in rows.filter(pk__in=made).exclude(state__in=[State.QUEUED, State.CANCELLED]):
        return _LABEL, row.pk
    for row in rows.filter(change=change).exclude(state__in=[State.QUEUED, State.FAILED, State.CANCELLED]):
        return _LABEL, row.pk
    return None
