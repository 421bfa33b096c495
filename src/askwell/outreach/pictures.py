"""Pictures of the record: what stands in each, in words, as a table, and as shapes to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from askwell.formats.csv_guard import table
from askwell.rules.record import HORIZON_DAYS, LEAST_SHARE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from askwell.outreach.queries.record import Record
    from askwell.rules.record import Share

WIDE, TALL, BASE, TOP = 640, 200, 168, 16
NARROW = 360  # the picture of shares: names above their lines, to be read on a phone
_GAP = 0.25  # of a bar's place
_LABELS, _HALF_A_NAME = 7, 18  # at most, below the bars; half the width of one
_LEFT, _RIGHT = 16, 344  # of the line of shares
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: its words, its table, and the shapes to draw."""

    slug: str
    title: str
    text: str  # what it shows, in a sentence or two
    heads: Row
    rows: tuple[Row, ...]
    shapes: dict[str, object]
    kind: str = "bars"

    def csv(self) -> str:
        """Write its table; no cell runs as a formula."""
        return table((self.heads, *self.rows))


def pictures(found: Record) -> tuple[Picture, ...]:
    """Give all of them, in the order of the page."""
    return (_letters(found), _answers(found), _talks(found), _shares(found))


def _letters(found: Record) -> Picture:
    first = [week.first_messages for week in found.weeks]
    again = [week.follow_ups for week in found.weeks]
    said = ngettext("%(n)s first message", "%(n)s first messages", sum(first)) % {"n": sum(first)}
    more = ngettext("%(n)s follow-up", "%(n)s follow-ups", sum(again)) % {"n": sum(again)}
    return Picture(
        slug="letters",
        title=_("Reaching out, by week"),
        text=_("%(first)s and %(again)s in %(weeks)s weeks.")
        % {"first": said, "again": more, "weeks": len(first)},
        heads=(_("Week from"), _("First messages"), _("Follow-ups")),
        rows=tuple(
            (week.monday.isoformat(), str(week.first_messages), str(week.follow_ups)) for week in found.weeks
        ),
        shapes=bars([_day(week.monday) for week in found.weeks], first, again),
    )


def _talks(found: Record) -> Picture:
    talks = [week.talks for week in found.weeks]
    said = ngettext("%(n)s talk in %(weeks)s weeks.", "%(n)s talks in %(weeks)s weeks.", sum(talks))
    return Picture(
        slug="talks",
        title=_("Talks held, by week"),
        text=said % {"n": sum(talks), "weeks": len(talks)},
        heads=(_("Week from"), _("Talks")),
        rows=tuple((week.monday.isoformat(), str(week.talks)) for week in found.weeks),
        shapes=bars([_day(week.monday) for week in found.weeks], talks),
    )


def _answers(found: Record) -> Picture:
    rows = found.replies.bars
    names = [_days(first, last) for first, last, _count in rows]
    return Picture(
        slug="answers",
        title=_("How soon answers came"),
        text=f"{share_words(found.replies.share)} {delay_words(found)}",
        heads=(_("Days until the answer"), _("Letters")),
        rows=tuple((name, str(count)) for name, (_first, _last, count) in zip(names, rows, strict=True)),
        shapes=bars(names, [count for _first, _last, count in rows]),
    )


def _shares(found: Record) -> Picture:
    named = (
        (_("Answered within three weeks"), found.replies.share),
        (_("Thanks within a day"), found.thanks),
        (_("Promises kept in time"), found.promises),
    )
    return Picture(
        slug="shares",
        title=_("Answers, thanks, promises"),
        text=" ".join(f"{name}: {share_words(share)}" for name, share in named),
        heads=(_("What"), _("Yes"), _("Of"), _("Not decided yet"), _("Share"), _("From"), _("To")),
        rows=tuple(
            (
                name,
                str(one.hits),
                str(one.cases),
                str(one.open),
                _part(one.value),
                _part(one.low),
                _part(one.high),
            )
            for name, one in named
        ),
        shapes={
            "lines": [_line(place, name, one) for place, (name, one) in enumerate(named)],
            "ticks": _ticks(),
        },
        kind="shares",
    )


def share_words(one: Share) -> str:
    """Say a share with its interval and how many it rests on, or that they are too few."""
    words = {"hits": one.hits, "n": one.cases, "least": LEAST_SHARE}
    said = _("%(hits)s of %(n)s.") % words
    if one.value is None or one.low is None or one.high is None:
        said += " " + _("Too few to say: a share is given from %(least)s on.") % words
    else:
        percent = {
            "share": round(100 * one.value),
            "low": round(100 * one.low),
            "high": round(100 * one.high),
        }
        said += " " + _("That is %(share)s %%, and likely between %(low)s and %(high)s %%.") % percent
    if one.open:
        waiting = ngettext("%(n)s is not decided yet.", "%(n)s are not decided yet.", one.open)
        said += " " + waiting % {"n": one.open}
    return said


def delay_words(found: Record) -> str:
    """Say how soon the answers came that came within the horizon."""
    delay = found.replies.delay
    if delay.value is None or delay.low is None or delay.high is None:
        return _("Too few answers to say how soon they come (%(n)s).") % {"n": delay.cases}
    return _(
        "Half of the %(n)s answers that came within %(horizon)s days came within %(value)s days "
        "(likely between %(low)s and %(high)s)."
    ) % {
        "n": delay.cases,
        "horizon": HORIZON_DAYS,
        "value": formats.number_format(delay.value, 1),
        "low": formats.number_format(delay.low, 1),
        "high": formats.number_format(delay.high, 1),
    }


def bars(names: Sequence[str], lower: Sequence[int], upper: Sequence[int] = ()) -> dict[str, object]:
    """Place bars, the upper ones on the lower, with a line for the highest and a few names below."""
    above = upper or [0] * len(lower)
    most = max((one + other for one, other in zip(lower, above, strict=True)), default=0)
    place = WIDE / max(1, len(lower))
    scale = (BASE - TOP) / max(1, most)
    every = -(-len(names) // _LABELS)
    drawn = []
    for at, (one, other) in enumerate(zip(lower, above, strict=True)):
        low, high = round(one * scale, 1), round(other * scale, 1)
        drawn.append(
            {
                "x": _n(at * place + place * _GAP / 2),
                "width": _n(place * (1 - _GAP)),
                "y": _n(BASE - low),
                "height": _n(low),
                "y2": _n(BASE - low - high),
                "height2": _n(high),
                "middle": _n(max(_HALF_A_NAME, (at + 0.5) * place)),
                "name": names[at] if at % every == 0 else "",
            }
        )
    return {"bars": drawn, "most": most, "top": TOP}


def _line(place: int, name: str, one: Share) -> dict[str, object]:
    y = 40 + 48 * place
    row: dict[str, object] = {"name": name, "y": y, "text": y - 14, "cases": f"{one.hits}/{one.cases}"}
    if one.value is not None and one.low is not None and one.high is not None:
        row |= {"at": _x(one.value), "low": _x(one.low), "high": _x(one.high)}
    return row


def _ticks() -> list[tuple[str, str]]:
    return [(_x(part / 4), f"{25 * part} %") for part in range(5)]


def _x(part: float) -> str:
    return _n(_LEFT + part * (_RIGHT - _LEFT))


def _n(number: float) -> str:
    """Write a length the same in every language."""
    return f"{number:.1f}".removesuffix(".0")


def _part(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _day(day: date) -> str:
    return str(formats.date_format(day, "j M"))


def _days(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
