"""Today: the home, and what can be done with a step there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from askwell.mailroom.queries import to_look_at
from askwell.outreach import actions, queries
from askwell.outreach.errors import BadValue, NeedsMore, NotFound
from askwell.outreach.queries.offers import offers_to_go_on
from askwell.outreach.queries.the_day import talks_of_the_day
from askwell.outreach.talks_in_calendar.looking import lines
from askwell.rules.decisions import StepCode
from askwell.web import moments
from askwell.web.answers import done, page, tell
from askwell.web.mailing import open_mail
from askwell.web.steps import DONE, LOOK, primary
from askwell.web.words import of_need

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from askwell.outreach.queries.lines import StepLine, Today
    from askwell.web.mailing import Came
    from askwell.web.requests import Request
    from askwell.web.steps import Act

_MORNING = time(6)
_MINUTES = {"thank": 8, "reflect": 6, "prepare_talk": 15}
_USUAL_MINUTES = 5
_SITTING = 40  # minutes; more than one sitting is not announced as one
_FIRST = 3
_OFFERS = 5
_CHOOSING = frozenset({StepCode.ANSWER, StepCode.ARRANGE_TALK})  # done by choosing a time that was offered
Line = tuple["StepLine", "Act"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the page that has steps: the first few drawn, the rest a click away."""

    key: str
    title: str
    remark: str
    shown: list[Line]
    folded: int


@require_safe
def today(request: Request) -> HttpResponse:
    """Debts, then today, then this week, then someone new; aside, whose turn it is."""
    came = open_mail(request.user, now=request.now, most=_OFFERS)
    board = _beside(came, queries.today(request.user, now=request.now, seeker=request.seeker))
    context = {
        "board": board,
        "groups": groups(board, unfolded=request.GET.get("all", "")),
        "summary": summary(board),
        "weeks": _bars(board.talks_per_week),
        "talks": talks_of_the_day(request.user, now=request.now, zone=timezone.get_current_timezone()),
        "offers": offers_to_go_on(request.user, limit=_OFFERS) if board.anybody else [],
        "mail_came": came,
        "mail_trouble": to_look_at(request.user, now=request.now),
        "calendar_lines": lines(request.user, now=request.now),
        "empty": not (board.owed or board.today or board.this_week or came),
    }
    return page(request, "web/today/page.html", context, part="web/today/board.html")


def _beside(came: Iterable[Came], board: Today) -> Today:
    """Leave out the steps that a card of mail stands for: who offers times is answered by choosing one."""
    offering = {card.arrival.contact_id for card in came if any(reading.times for reading in card.readings)}

    def left(steps: tuple[StepLine, ...]) -> tuple[StepLine, ...]:
        return tuple(each for each in steps if each.contact not in offering or each.code not in _CHOOSING)

    return replace(board, owed=left(board.owed), today=left(board.today), this_week=left(board.this_week))


def groups(board: Today, *, unfolded: str = "") -> list[Part]:
    """Give the parts of the page that have steps.  A long one is folded, so that a day looks doable."""
    chosen = tuple(step for step in board.this_week if step.code == StepCode.ASK_CHOSEN)
    others = tuple(step for step in board.this_week if step.code != StepCode.ASK_CHOSEN)
    parts = (
        ("owed", _("Owed"), _("before anything new"), board.owed, 6),
        ("today", _("Today"), "", board.today, 5),
        ("chosen", _("You chose to ask"), "", chosen, 5),
        ("this-week", _("This week"), "", others, 3),
    )
    return [
        _part(key, title, remark, steps, room=len(steps) if key == unfolded else room)
        for key, title, remark, steps, room in parts
        if steps
    ]


def _part(key: str, title: str, remark: str, steps: tuple[StepLine, ...], *, room: int) -> Part:
    folded = max(0, len(steps) - room)
    return Part(key=key, title=title, remark=remark, shown=with_acts(steps[:room]), folded=folded)


def with_acts(steps: Iterable[StepLine]) -> list[Line]:
    """Put its primary act beside every step."""
    return [(step, primary(step)) for step in steps]


def summary(board: Today) -> str:
    """Say what lies ahead in one line: "2 debts of courtesy and 1 step for today. About 18 minutes."."""
    owed, due = len(board.owed), len(board.today)
    parts = []
    if owed:
        parts.append(ngettext("%(n)s debt of courtesy", "%(n)s debts of courtesy", owed) % {"n": owed})
    if due:
        parts.append(ngettext("%(n)s step for today", "%(n)s steps for today", due) % {"n": due})
    if not parts:
        return _("Nothing is due today.")
    # Where not every step was read, what was read is no count.
    what = _("More than fits on a page") if board.more_steps else _(" and ").join(parts)
    ahead = (*board.owed, *board.today)
    minutes = _minutes(ahead)
    if minutes <= _SITTING:
        about = ngettext("About %(n)s minute.", "About %(n)s minutes.", minutes)
    else:
        minutes = _minutes(ahead[:_FIRST])
        about = _("The first three take about %(n)s minutes; the rest keeps.")
    return _("%(what)s. %(about)s") % {"what": what, "about": about % {"n": minutes}}


def _minutes(steps: Iterable[StepLine]) -> int:
    return sum(_MINUTES.get(step.code, _USUAL_MINUTES) for step in steps)


def _bars(weeks: Iterable[tuple[object, int]]) -> list[dict[str, int]]:
    """Give the bars of eight weeks in a box of 320 by 56; none where there was no talk."""
    counts = [count for _monday, count in weeks]
    most = max(counts, default=0)
    if not most:
        return []
    tall = [max(3, round(52 * count / most)) for count in counts]
    return [
        {"x": 40 * index, "y": 56 - height, "height": height, "count": count}
        for index, (height, count) in enumerate(zip(tall, counts, strict=True))
    ]


@require_POST
def step_done(request: Request) -> HttpResponse:
    """Do what completes a step where that is plain, else open the page where more is said."""
    key = request.POST.get("key", "")
    step = _step(request, key)
    try:
        actions.mark_done(request.user, key=key, now=request.now)
    except NeedsMore as more:
        act = primary(step)
        to = act.url if act.kind in {LOOK, DONE} and act.url else "today"
        return tell(request, of_need(more.action), to)
    return done(request, _("Done: %(what)s") % {"what": step.title}, "today")


@require_POST
def step_snooze(request: Request) -> HttpResponse:
    """Put a step off until the morning of a day."""
    key = request.POST.get("key", "")
    step = _step(request, key)
    until = _morning(request)
    if until is None:
        return tell(request, _("Choose a day to come."), "today")
    try:
        actions.snooze(request.user, key=key, until=until, now=request.now)
    except BadValue:
        return tell(request, _("Choose a day to come."), "today")
    said = _("“%(what)s” comes back %(day)s")
    return done(request, said % {"what": step.title, "day": moments.day(until, now=request.now)}, "today")


def _step(request: Request, key: str) -> StepLine:
    try:
        return queries.step(request.user, key=key, now=request.now)
    except NotFound as missing:
        raise Http404 from missing


def _morning(request: Request) -> datetime | None:
    """Read ``days`` (from today) or ``day`` (a date); the seeker's morning of it."""
    days, here = request.POST.get("days", ""), timezone.localtime(request.now)
    try:
        day = here.date() + timedelta(days=int(days)) if days else parse_date(request.POST.get("day", ""))
    except (ValueError, OverflowError):
        return None
    return datetime.combine(day, _MORNING, tzinfo=here.tzinfo) if day else None


@require_POST
def step_back(request: Request) -> HttpResponse:
    """Bring a step back that was put off."""
    key = request.POST.get("key", "")
    step = _step(request, key)
    if step.snoozed_until is not None:
        actions.unsnooze(request.user, key=key, now=request.now)
    said = _("Brought back")
    return done(request, said, "person", step.contact) if step.contact else done(request, said, "today")
