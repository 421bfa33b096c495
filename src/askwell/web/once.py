"""A form that is sent twice, by two presses or from two tabs, is taken once.

Theory of operation.  What a form sent is noted, as a digest, with the change it made.  The very same
again, to the same address, while that change is the newest and an hour has not gone by, makes no second
one: it leads to where the first led, and says so.  After anything else was done, or the change was taken
back, it is a wish of its own.  The row of the seeker is locked from the look to the note, so that two
presses at once wait for each other.
"""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.db import transaction
from django.utils.translation import gettext as _

from askwell.outreach.models import Seeker
from askwell.people.models import Change
from askwell.web.answers import SeeOther, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from askwell.web.requests import Request

P = ParamSpec("P")
_POSTED = "posted"  # of a change's params: [digest, where it led]
_WHILE = timedelta(hours=1)
_LEFT_OUT = frozenset({"csrfmiddlewaretoken"})


def once(
    view: Callable[Concatenate[Request, P], HttpResponse],
) -> Callable[Concatenate[Request, P], HttpResponse]:
    """Take what a form of this page sends once, however often it comes in a row."""

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or request.FILES:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            list(Seeker.objects.select_for_update().filter(pk=request.seeker.pk))
            before, sent = _newest(request), _digest(request)
            known, led = before.params.get(_POSTED, ("", "")) if before else ("", "")
            if before and known == sent and request.now - before.at <= _WHILE:
                return tell(request, _("That is kept already; it was not noted twice."), led)
            response = view(request, *args, **kwargs)
            _note(request, response, before, sent)
        return response

    return guarded


def _newest(request: Request) -> Change | None:
    rows: Any = Change.objects.for_owner(request.user).filter(undone_at=None)
    found: Change | None = rows.defer("entries").order_by("-pk").first()
    return found


def _digest(request: Request) -> str:
    fields = [(name, values) for name, values in sorted(request.POST.lists()) if name not in _LEFT_OUT]
    return sha256(repr((request.path, fields)).encode()).hexdigest()


def _note(request: Request, response: HttpResponse, before: Change | None, sent: str) -> None:
    made = _newest(request)
    if made is None or made == before or not isinstance(response, SeeOther):
        return
    made.params = {**made.params, _POSTED: (sent, response.url)}
    made.save(update_fields=["params"])
