"""What the pages say of messages: where they stand, what went wrong, how a reply reads."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from askwell.mailroom import saying
from askwell.mailroom.posting import UNFORESEEN
from askwell.outreach.reasons import from_json
from askwell.web import moments
from askwell.web.words import of_reason

if TYPE_CHECKING:
    from askwell.mailroom.models import Outgoing

_OWN = {
    "gone": gettext_lazy("The letter is gone, or was sent another way."),
    "address": gettext_lazy("The address does not work any more."),
    "facts": gettext_lazy("The letter could not be written out as it stands."),
    UNFORESEEN: gettext_lazy(
        "Askwell made a mistake while making it ready, and nothing was sent. You can try again; the log says "
        "what went wrong."
    ),
    "restored": gettext_lazy("It waited when a backup was made, and may have gone out since."),
}
READINGS = {
    "yes": gettext_lazy("Looks like a yes"),
    "no": gettext_lazy("Looks like a no"),
    "later": gettext_lazy("Looks like: not now, later"),
    "other_person": gettext_lazy("Looks like: ask someone else"),
    "stand_in": gettext_lazy("Someone stands in for them"),
    "times": gettext_lazy("Names times for a talk"),
    "resume": gettext_lazy("Asks for your resume"),
    "question": gettext_lazy("Asks you something"),
    "declined": gettext_lazy("Called the talk off"),
    "counter": gettext_lazy("Names another time for the talk"),
}
CONFIRMS = {
    "yes": gettext_lazy("Yes, they agreed"),
    "no": gettext_lazy("No, they declined"),
    "later": gettext_lazy("Ask again then"),
    "other_person": gettext_lazy("Add them"),
    "stand_in": gettext_lazy("Add them"),
    "times": gettext_lazy("Another time"),
    "resume": gettext_lazy("Send it to them"),
    "question": gettext_lazy("I will answer"),
    "declined": gettext_lazy("Call the talk off"),
    "counter": gettext_lazy("Move the talk there"),
}


def of_trouble(trouble: dict[str, Any], *, now: datetime) -> str:
    """Say what went wrong with a message or an account; "" where nothing did."""
    code = trouble.get("code", "")
    if not code:
        return ""
    if reasons := trouble.get("reasons"):
        return " ".join(of_reason(from_json(reason), now=now) for reason in reasons)
    return str(_OWN[code]) if code in _OWN else saying.of_trouble(trouble)


def of_outgoing(row: Outgoing, *, now: datetime, came_back: bool = False) -> str:
    """Say where a message stands."""
    if came_back:
        return _("Came back: it was not delivered.")
    at = moments.when(row.settled_at or row.due_at, now=now)
    said = {
        "queued": _("Waits to go, %(when)s") if row.due_at > now else _("Waits to go"),
        "claimed": _("On its way"),
        "sending": _("On its way"),
        "sent": _("Sent, %(when)s"),
        "in_doubt": _("It is not known whether this went out."),
        "failed": _("Not sent."),
        "cancelled": _("Taken back, %(when)s"),
    }[row.state]
    return said % {"when": at}


def of_value(suggestion: dict[str, Any], *, now: datetime) -> str:
    """Say what a reading found besides: the day, the person, the times."""
    value = suggestion.get("value") or {}
    if starts := value.get("starts"):
        return moments.when(datetime.fromisoformat(starts), now=now)
    if day := value.get("date"):
        return moments.day(date.fromisoformat(day), now=now)
    if value.get("name") or value.get("address"):
        return " ".join(filter(None, (value.get("name", ""), value.get("address", ""))))
    return ""
