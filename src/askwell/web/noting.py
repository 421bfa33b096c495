"""Texts that were edited in two places: the words for it, and the real moments of a talk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from askwell.web import moments

if TYPE_CHECKING:
    from askwell.web.forms.versions import KeepsBoth
    from askwell.web.requests import Request


def both_kept() -> str:
    """Say that two versions of the notes are there now."""
    return _("The notes were changed somewhere else as well. Both texts are kept, one below the other.")


def between(now: datetime) -> str:
    """Give the line that stands between two versions."""
    return _("— written elsewhere meanwhile, put together at %(time)s —") % {"time": moments.clock(now)}


def warn_of_both(request: Request, form: KeepsBoth) -> None:
    """Say which texts of a form were changed elsewhere meanwhile, so that both were kept."""
    for name in form.both:
        said = _("“%(field)s” was changed somewhere else as well. Both texts are kept, one below the other.")
        messages.warning(request, said % {"field": form.fields[name].label})


def moment_of(given: str) -> datetime | None:
    """Read milliseconds since 1970; None for anything else."""
    try:
        return datetime.fromtimestamp(int(given) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
