"""What was typed on the first page before it was sent: kept in the session while people are brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.web.requests import Request

_KEY = "begun"
_FIELDS = ("text", "zone", "country", "preset")
_LONGEST = 400


def keep(request: Request) -> None:
    """Keep what came along with the files, or with the wish for a sample."""
    typed = {name: request.POST[name][:_LONGEST] for name in _FIELDS if name in request.POST}
    if typed:
        request.session[_KEY] = typed


def typed(request: Request) -> dict[str, str]:
    """Give what was typed, by field."""
    return dict(request.session.get(_KEY, {}))


def forget(request: Request) -> None:
    """It has been sent."""
    request.session.pop(_KEY, None)
