"""What a request carries by the time a view sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from datetime import datetime

    from django_htmx.middleware import HtmxDetails

    from askwell.outreach.models import Seeker
    from askwell.web.accounts.models import User


class Request(HttpRequest):
    """A request of the seeker: the clock was read once, and the seeker's zone is the current one."""

    user: User
    htmx: HtmxDetails
    now: datetime
    seeker: Seeker
    last_change: int  # of a POST: the newest change before it
