"""What is due for very many relationships at once, at any date, from everything that happened.

Theory of operation. The rules (``rules.lifecycle``, ``rules.steps``, ``rules.cadence``, ``rules.timing``)
are the specification; this is the same over arrays, and its tests hold it to them relationship by
relationship. Events stand one after the other in columns, five bytes each; ``due`` reads those up to
``now`` and gives, for every relationship:

* where its outreach stands, by the table of moves, and the touches that count since it (re)opened;
* the step of the outreach: write (to whom one was referred to, or finish the draft), follow up (after the
  wait, a pause, a date they named), mend the address, arrange the talk; from when and by when, in business
  days;
* an answer owed, thanks owed for the earliest talk not thanked for, the next check-in, and when an
  unanswered outreach rests for good.

Leads are in ``due_leads``.  **Not covered**, so still asked of the rules one by one: more than one outreach
  with the same person, the second contact at an employer, promises, advice, names, resumes, job changes,
  trials, talks to come (to confirm, prepare, log) and looking back on them; and of each step the reasons and
  what blocks it.

The steps follow from what happened, not from ``now``: one answer serves every later moment until something
happens. Seconds are whole; moments lie between 1970 and 2100.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.graph.due_loops import CODES, NO_STEP, Events, Found, Numbers, People, Room, Work, recompute
from askwell.graph.due_read import tables_of
from askwell.graph.due_tables import DAY, LATEST, STATE, STATES, Days, Kind, days_of, moves_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.rules.facts import Calendar
    from askwell.rules.presets import Preset

__all__ = ["CODES", "NO_STEP", "STATES", "Days", "Events", "Found", "Kind", "People", "days_for", "due"]

_SMALL = 20_000  # events: up to here one thread
_APART = 272  # so that columns of an answer do not share places of the cache, whatever their length
_BLOCK = 512  # relationships read at once
_PARTS = 16  # of the work for each thread: whoever is done takes the next


def days_for(
    calendars: Sequence[Calendar], events: Events, people: People, *, preset: Preset, now: int
) -> Days:
    """Lay out the calendars as far as these events can lead.  Raises ``BadCalendar``, ``ValueError``."""
    known = [part for part in (events.at, events.dates, people.opened, people.referred) if len(part)]
    latest = max([now, *(int(part.max()) for part in known)])
    earliest = min([now, *(_earliest(part) for part in known)])
    return days_of(calendars, preset=preset, since=earliest, until=latest + preset.keep_warm_days * DAY)


def _earliest(part: Any) -> int:
    """The least moment of these that is one; 0 is none."""
    least = int(part.min())
    return least if least > 0 else int(part.min(where=part > 0, initial=part.max()) or LATEST)


def due(
    events: Events,
    people: People,
    kinds: Sequence[Kind],
    days: Days,
    *,
    preset: Preset,
    now: int,
    threads: int = 2,
) -> Found:
    """Give what is due as of ``now``.  Raises ``ValueError`` where a move is not allowed where it stands."""
    count = len(people.opened)
    if len(events.kind) and int(events.kind.max()) >= len(kinds):
        raise ValueError(f"an event is of kind {events.kind.max()}, of {len(kinds)}")
    found = _nothing(count)
    if not len(events.at):
        events = Events(events.starts, np.zeros(1, np.uint32), *events[2:])  # a moment to look at
    work = Work(events, people, tables_of(moves_table(kinds)), days, _numbers(preset), found)
    threads, parts = (threads, _PARTS * threads) if len(events.at) > _SMALL else (1, 1)
    cuts = np.searchsorted(events.starts, np.linspace(0, len(events.at), parts + 1))
    cuts[0], cuts[-1] = 0, count
    longest = int(np.diff(events.starts).max(initial=0))

    def part(number: int) -> int:
        span = (int(cuts[number]), int(cuts[number + 1]))
        place = int(np.searchsorted(events.dated, events.starts[span[0]]))
        return int(recompute(work, now, span, _room(longest, place)))

    with ThreadPoolExecutor(threads) as pool:
        wrong = [event for event in pool.map(part, range(parts)) if event >= 0]
    if wrong:
        raise ValueError(_not_allowed(events, kinds, wrong[0]))
    return found


def _not_allowed(events: Events, kinds: Sequence[Kind], event: int) -> str:
    one = int(np.searchsorted(events.starts, event, side="right")) - 1
    return f"relationship {one}, event {event}: {kinds[events.kind[event]].move} is not allowed there"


def _nothing(count: int) -> Found:
    """Lay out an answer in one piece of memory: a large one comes in large pages, four times sooner."""
    rows = np.zeros((len(Found.__annotations__), count + _APART), np.uint32)
    small = {"state", "step"}
    return Found(
        *(
            (row.view(np.uint8) if name in small else row)[:count]
            for name, row in zip(Found.__annotations__, rows, strict=True)
        )
    )


def _room(longest: int, place: int) -> Room:
    return Room(
        copy=np.empty(longest, np.uint8),
        place=np.array([place]),
        ends=np.empty(_BLOCK, np.int64),
        words=np.empty(_BLOCK, np.uint64),
        rows=np.empty(_BLOCK, np.uint8),
        stand=np.empty((STATE + 1) * _BLOCK, np.int32),
        count=np.empty(STATE + 1, np.int64),
    )


def _numbers(preset: Preset) -> Numbers:
    return Numbers(
        thank=preset.thank_hours * 3600,
        touches=preset.max_touches,
        volunteer_touches=preset.volunteer_touches,
        warm=preset.keep_warm_days,
        after_talk_months=preset.after_talk_months,
        check_in_first=preset.check_in_days[0],
        check_in_last=preset.check_in_days[1],
    )
