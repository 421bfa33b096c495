"""What happened with someone, newest first, a page at a time.

Theory of operation.  Each kind of thing is read newest first up to one page, the pages are joined and
cut: at most nine small indexed queries however long the history is, fewer where a kind has no rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from askwell.outreach.facts.presence import present
from askwell.outreach.models import (
    Advice,
    Encounter,
    Favor,
    Introduction,
    Lead,
    Promise,
    Talk,
    Touch,
    Transition,
)
from askwell.outreach.queries.lines import TimelineItem, TimelinePage
from askwell.rules.facts import Happening, TalkState, TouchKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from askwell.people.models import Contact

    Reader = Callable[[Contact, Q, int], Iterable[TimelineItem]]

_OUT = {
    TouchKind.MESSAGE: _("You wrote"),
    TouchKind.CALL: _("You spoke"),
    TouchKind.MEETING: _("You met"),
    TouchKind.REPLY: _("You answered"),
    TouchKind.CARD: _("You gave your card"),
    TouchKind.INVITATION: _("You sent an invitation"),
    TouchKind.INTRODUCTION: _("You introduced them"),
    TouchKind.THANKS: _("You thanked them"),
    TouchKind.CHECK_IN: _("You were in touch"),
}
_IN = {
    TouchKind.MESSAGE: _("They wrote"),
    TouchKind.CALL: _("They called"),
    TouchKind.MEETING: _("You met"),
    TouchKind.REPLY: _("They answered"),
    TouchKind.AUTO_REPLY: _("An automatic reply came"),
    TouchKind.BOUNCE: _("Your message came back"),
    TouchKind.CARD: _("They gave their card"),
    TouchKind.INVITATION: _("They sent an invitation"),
    TouchKind.INTRODUCTION: _("They introduced you"),
    TouchKind.THANKS: _("They thanked you"),
    TouchKind.CHECK_IN: _("They were in touch"),
}
_TALKS = {
    TalkState.SCHEDULED: _("Talk booked"),
    TalkState.HELD: _("Talk held"),
    TalkState.CANCELLED: _("Talk called off"),
    TalkState.MISSED: _("Talk did not take place"),
}
# Touches a talk brings with it: the line of the talk tells of them, unless a mail went out.
_TOLD_BY_TALK = (TouchKind.CALL, TouchKind.MEETING, TouchKind.INVITATION)
# Moves that no touch tells of.
_MOVES = {
    Happening.ADDRESS_MENDED: _("Address mended"),
    Happening.RESUMED: _("Time to come back to it"),
    Happening.RESCHEDULED: _("Talk moved"),
    Happening.CANCELLED: _("Talk called off"),
    Happening.MISSED: _("Talk did not take place"),
    Happening.INTRODUCED: _("A new introduction"),
    Happening.GAVE_UP: _("No answer; left to rest"),
    Happening.WITHDREW: _("You let it go"),
    Happening.FORBADE: _("Asked not to be contacted"),
}


def timeline(
    contact: Contact,
    *,
    now: datetime,
    before: datetime | None = None,
    size: int = 30,
    there: frozenset[str] | None = None,
) -> TimelinePage:
    """What happened with them, newest first; ``before`` is ``next_before`` of the page before.

    ``there`` is ``presence.present`` of them, where the caller knows it already.
    """
    there = present(contact.pk) if there is None else there
    found: list[TimelineItem] = []
    for kinds, field, read in _READERS:
        if kinds and not kinds & there:
            continue
        until = Q(**{f"{field}__lt": before}) if before is not None else Q()
        found += read(contact, until, size + 1)
    found.sort(key=lambda item: (item.at, item.kind, item.id), reverse=True)
    if len(found) <= size:
        return TimelinePage(items=tuple(found), next_before=None)
    # A page ends between moments: what happened at one moment is never torn apart.
    page = [item for item in found if item.at > found[size].at]
    if not page:
        return timeline(contact, now=now, before=before, size=size * 4, there=there)
    return TimelinePage(items=tuple(page), next_before=page[-1].at)


def said_of_touch(kind: str, direction: str) -> str:
    """Say what a touch was: ``They answered``."""
    return gettext((_OUT if direction == "out" else _IN).get(TouchKind(kind), _("You were in touch")))


def said_of_talk(state: str) -> str:
    """Say how far a talk has come: ``Talk held``."""
    return gettext(_TALKS[TalkState(state)])


def _touches(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    rows = Touch.objects.filter(until, contact=contact).exclude(
        talk__isnull=False, kind__in=_TOLD_BY_TALK, message_id=""
    )
    rows = rows.order_by("-at", "-id")[:size]
    for row in rows:
        yield TimelineItem(
            at=row.at,
            kind="touch",
            code=row.kind,
            id=row.pk,
            sentence=said_of_touch(row.kind, row.direction),
            detail=row.body,
            direction=row.direction,
            channel=row.channel,
            subject=row.subject,
        )


def _talks(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    for row in Talk.objects.filter(until, contact=contact).order_by("-starts_at", "-id")[:size]:
        yield TimelineItem(
            at=row.starts_at,
            kind="talk",
            code=row.state,
            id=row.pk,
            sentence=said_of_talk(row.state),
            detail=row.notes,
            channel=row.channel,
        )


def _promises(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    for row in Promise.objects.filter(until, contact=contact).order_by("-made_at", "-id")[:size]:
        code = "kept" if row.kept_at else "dropped" if row.dropped_at else "open"
        said = gettext("You said you would") if row.mine else gettext("They said they would")
        yield _item(row.made_at, "promise", code, row, said, row.text)


def _transitions(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    rows = Transition.objects.filter(
        until, outreach__contact=contact, touch=None, happening__in=[each.value for each in _MOVES]
    )
    for row in rows.order_by("-at", "-id")[:size]:
        said = gettext(_MOVES[Happening(row.happening)])
        yield _item(row.at, "transition", row.happening, row, said)


def _introductions(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    rows = Introduction.objects.filter(until, Q(giver=contact) | Q(about=contact)).select_related("giver")
    for row in rows.order_by("-given_at", "-id")[:size]:
        if row.giver_id == contact.pk:
            said = gettext("Gave you the name %(name)s") % {"name": row.name}
        else:
            said = gettext("%(name)s gave you their name") % {"name": row.giver.name}
        yield _item(row.given_at, "introduction", row.leave, row, said, row.detail)


def _advice(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    rows = Advice.objects.filter(until, contact=contact, introduction=None).order_by("-received_at", "-id")
    for row in rows[:size]:
        code = "told" if row.told_at else "acted" if row.acted_at else "open"
        yield _item(row.received_at, "advice", code, row, gettext("Their advice"), row.text)


def _favors(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    rows = Favor.objects.filter(until, contact=contact, touch=None).order_by("-at", "-id")
    for row in rows[:size]:
        said = gettext("You gave") if row.kind == Favor.Kind.GIVE else gettext("You asked")
        yield _item(row.at, "favor", row.kind, row, said, row.text)


def _leads(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    for row in Lead.objects.filter(until, source=contact).order_by("-heard_at", "-id")[:size]:
        code = "closed" if row.closed_at else "open"
        yield _item(row.heard_at, "lead", code, row, gettext("Told you of a lead"), row.title)


def _encounters(contact: Contact, until: Q, size: int) -> Iterable[TimelineItem]:
    rows = Encounter.objects.filter(until, contact=contact).select_related("event")
    for row in rows.order_by("-event__starts_at", "-id")[:size]:
        said = gettext("You met at %(event)s") % {"event": row.event.name}
        yield _item(row.event.starts_at, "encounter", "met", row, said, row.said)


def _item(at: datetime, kind: str, code: str, row: Any, said: str, detail: str = "") -> TimelineItem:
    return TimelineItem(at=at, kind=kind, code=code, id=row.pk, sentence=said, detail=detail)


# What must be there, the moment it is listed by, and who reads it.
_READERS: tuple[tuple[frozenset[str], str, Reader], ...] = (
    (frozenset(), "at", _touches),
    (frozenset({"talks"}), "starts_at", _talks),
    (frozenset({"promises"}), "made_at", _promises),
    (frozenset({"outreaches"}), "at", _transitions),
    (frozenset({"given", "named"}), "given_at", _introductions),
    (frozenset({"advice"}), "received_at", _advice),
    (frozenset({"favors"}), "at", _favors),
    (frozenset({"leads"}), "heard_at", _leads),
    (frozenset({"encounters"}), "event__starts_at", _encounters),
)
