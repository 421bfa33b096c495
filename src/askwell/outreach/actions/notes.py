"""Notes of a talk, typed in more than one place: both are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, towards
from askwell.outreach.actions._joining import join_with_last
from askwell.rules.versions import reconcile

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Talk
    from askwell.rules.versions import Kept


def keep_notes(
    talk: Talk,
    *,
    typed: str,
    since: str,
    now: datetime,
    share_theirs: int | None = None,
    between: str = "",
) -> Kept:
    """Keep what was typed; where the notes changed since (``rules.versions.digest``), keep both.

    ``between`` is a line to stand between the two.  Saves in a row are one step back for undo.
    """
    with towards(talk.contact, "notes", now=now, talk=talk.pk) as log:
        kept = reconcile(fresh(talk).notes, typed, since=since, between=between)
        share = talk.share_theirs if share_theirs is None else share_theirs
        log.change(talk, notes=kept.text, share_theirs=share)
    join_with_last(log)
    return kept
