"""The tree of who led to whom, drawn: as a picture (SVG), and as a list that folds.

Theory of operation.  Both are written straight into one text: a template would take a second for
thousands of people.  In the picture each person is one link with a sign, whose shape says what its
colour says; a screen reader hears the name, where things stand, and what the branch brought.  On a page
the picture is cut into bands of whole rows, so that a browser draws those in sight alone; a line that
goes through several is drawn in each.  In a file it is one.  The list nests as the tree does, down to a
depth at which indenting helps nobody.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from askwell.outreach.queries.referrals import PLACES
from askwell.rules.referrals import Place
from askwell.web.tree_layout import MARGIN, ROW, lay_out

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from askwell.outreach.queries.referrals import Referral
    from askwell.web.tree_layout import Layout, Tower

SIGNS = {  # from a point, round it
    Place.TALKED: "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    Place.ARRANGING: "m0-7l7 7l-7 7l-7-7z",
    Place.ASKED: "m-5-6l12 6l-12 6z",
    Place.NOT_ASKED: "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    Place.CLOSED: "m-5-5l10 10m-10 0l10-10",
    Place.PEACE: "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0zm2-4l8 8",
    Place.NAMED: "m-5-5h10v10h-10z",
}
MARKS = {  # the same shapes as letters, for the list: lighter than thousands of drawings
    Place.TALKED: "●",
    Place.ARRANGING: "◆",
    Place.ASKED: "▶",
    Place.NOT_ASKED: "○",
    Place.CLOSED: "✕",
    Place.PEACE: "⊘",
    Place.NAMED: "□",
}
_LONGEST, _SAID = 30, 44  # letters beside a sign: of a name, of what a branch brought
_BESIDE, _NESTED = 12, 24
# For the file: what the sheet of the pages says, in colours of its own.
_LOOK = """
svg{background:#fbfaf7;font:13px system-ui,sans-serif}text{fill:#1d2129}.b{fill:#575c66;font-size:11px}
.l{fill:none;stroke:#82868e}.also{stroke-dasharray:3 4}a path{stroke:#575c66;stroke-width:1.5;fill:#fbfaf7}
.talked path{fill:#0b6b63;stroke:#0b6b63}.arranging path{fill:#3a642b;stroke:#3a642b}
.asked path{fill:#7d4a00;stroke:#7d4a00}.closed path,.peace path{fill:none}.named path{stroke-dasharray:2 2}
.found text{font-weight:700}.mirrored text{text-anchor:end}
"""


_BAND = 24 * ROW  # the height of a band, known to the sheet as well


def picture(people: Sequence[Referral], *, found: Collection[int] = (), mirrored: bool = False) -> SafeString:
    """Draw the tree for a page: towers side by side, each cut into bands."""
    layout = lay_out(people, mirrored=mirrored)
    pen = _Pen(people, layout, found=found, pattern=reverse("person", args=[0]))
    look = "grown mirrored" if mirrored else "grown"
    parts = [f'<div class="{look}" role="group" aria-label="{escape(_("Who led to whom"))}">']
    for tower in layout.towers:
        parts.append(f'<div class="tower"><svg class="gauge" width="{tower.width}" height="0"></svg>')
        bottom = ROW + max(y for _x, y in layout.points[tower.start : tower.end])
        for number, band in enumerate(pen.bands(tower)):
            top = MARGIN // 2 + number * _BAND
            height = min(_BAND, bottom - top)
            parts.append(
                f'<div class="band"><svg width="{tower.width}" height="{height}" direction="ltr" '
                f'viewBox="{tower.left} {top} {tower.width} {height}">{band}</svg></div>'
            )
        parts.append("</div>")
    parts.append("</div>")
    return mark_safe("".join(parts))  # noqa: S308 - names are escaped where they are written


def picture_file(people: Sequence[Referral], *, mirrored: bool = False, base: str) -> str:
    """Draw the tree as a file that stands by itself; its links lead to ``base``."""
    layout = lay_out(people, mirrored=mirrored)
    pen = _Pen(people, layout, found=(), pattern=base + reverse("person", args=[0]))
    everybody = range(len(people))
    lines, persons = "".join(map(pen.line, everybody)), "".join(map(pen.person, everybody))
    look = "mirrored" if mirrored else "grown"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{layout.width}" height="{layout.height}" '
        f'viewBox="0 0 {layout.width} {layout.height}" class="{look}" direction="ltr" role="group" '
        f'aria-label="{escape(_("Who led to whom"))}"><style>{_LOOK}</style>'
        f'<path class="l" d="{lines}"/>{persons}</svg>\n'
    )


class _Pen:
    """Draws one person after another, with all that is the same for each looked up once."""

    def __init__(
        self, people: Sequence[Referral], layout: Layout, *, found: Collection[int], pattern: str
    ) -> None:
        self.people, self.points = people, layout.points
        self.side = -1 if layout.mirrored else 1
        self.found, self.pattern, self.saying = set(found), pattern, _Saying()

    def bands(self, tower: Tower) -> list[str]:
        """What stands in each band of a tower, from the top."""
        lines: defaultdict[int, list[str]] = defaultdict(list)
        persons: defaultdict[int, list[str]] = defaultdict(list)
        for at in range(tower.start, tower.end):
            here = _band(self.points[at][1])
            persons[here].append(self.person(at))
            parent = self.people[at].parent
            if parent is not None:
                there, line = _band(self.points[parent][1]), self.line(at)
                for band in range(min(here, there), max(here, there) + 1):
                    lines[band].append(line)
        return [
            f'<path class="l" d="{"".join(lines[band])}"/>{"".join(persons[band])}'
            for band in range(max(persons) + 1)
        ]

    def line(self, at: int) -> str:
        """The line from the words of whoever led to them; nothing for a beginning."""
        parent = self.people[at].parent
        if parent is None:
            return ""
        x, y = self.points[parent]
        return _line(x + self.side * _taken(self.people[parent]), y, *self.points[at], side=self.side)

    def person(self, at: int) -> str:
        """The sign and the words of one person, a link where there is somebody to look at."""
        one, (x, y) = self.people[at], self.points[at]
        beside = x + self.side * _BESIDE
        name, row = escape(_cut(one.name, _LONGEST)), y - 2 if one.said else y + 4
        words = f'<text x="{beside}" y="{row}">{name}</text>'
        if one.said:
            said = escape(_whole(one.said))
            if self.side < 0:  # the picture's own words run from the right: a number first, dots last
                said = f"\N{RIGHT-TO-LEFT ISOLATE}{said}\N{POP DIRECTIONAL ISOLATE}"
            words += f'<text class="b" x="{beside}" y="{y + 12}">{said}</text>'
        look = f"{one.place.value} found" if at in self.found else one.place.value
        tag, link = "g", ' role="img"'
        if one.contact is not None:
            tag, link = "a", f' href="{_where(self.pattern, one.contact)}"'
        heard = escape(self.saying.label(one))
        return (
            f'<{tag} id="n{at}"{link} class="{look}"><title>{heard}</title>'
            f'<path d="M{x} {y}{SIGNS[one.place]}"/>{words}</{tag}>'
        )


class _Saying:
    """What is said of a person, with the words that are the same for all looked up once."""

    def __init__(self) -> None:
        self.places = {place: str(words) for place, words in PLACES.items()}
        self.also, self.branch = _("also named by %(names)s"), _("this branch: %(what)s")
        self.comma, self.then = _(", "), _("; ")

    def label(self, one: Referral) -> str:
        """The name, where things stand, who else named them, what the branch brought."""
        parts = [one.name, self.places[one.place], *self.others(one)]
        if one.said:
            parts.append(self.branch % {"what": one.said})
        return self.then.join(parts)

    def others(self, one: Referral) -> list[str]:
        """Who else named them, if anybody did."""
        return [self.also % {"names": self.comma.join(one.also)}] if one.also else []


def _taken(one: Referral) -> int:
    """About how far the words beside a sign reach."""
    said, name = len(_whole(one.said)), len(_cut(one.name, _LONGEST))
    return _BESIDE + 8 + round(max(7.2 * name, 5.9 * said))


def _line(x: int, y: int, to_x: int, to_y: int, *, side: int) -> str:
    """Straight on to the gap before the column, where it bends: names stand in the columns themselves."""
    bend, end = to_x - side * 34, to_x - side * 8
    if (bend - x) * side < 0:
        x = bend
    if y == to_y:
        return f"M{x} {y}H{end}"
    return f"M{x} {y}H{bend}C{to_x - side * 16} {y} {to_x - side * 26} {to_y} {end} {to_y}"


def _band(y: int) -> int:
    return (y - MARGIN // 2) // _BAND


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _whole(said: str) -> str:
    """What a branch brought, as many whole parts as fit beside a sign."""
    if len(said) <= _SAID:
        return said
    kept = said[: _SAID - 2].rpartition(_(", "))[0]
    return f"{kept} …" if kept else _cut(said, _SAID)


def _where(pattern: str, pk: int) -> str:
    """The address of a person, from that of nobody: looking each up would take longer than all the rest."""
    return pattern.replace("/0/", f"/{pk}/")


def outline(people: Sequence[Referral], *, found: Collection[int] = (), folded: bool = False) -> SafeString:
    """Write the tree as a list; branches fold, and those on the way to someone found are open."""
    chosen, saying, pattern = set(found), _Saying(), reverse("person", args=[0])
    on_the_way = _on_the_way(people, chosen)
    parts, depth = ['<ul class="branches">'], 0
    for at, one in enumerate(people):
        now = min(one.depth, _NESTED)
        parts.append("</ul></details></li>" * (depth - now))
        depth = now
        line = _entry(one, at, saying, found=at in chosen, pattern=pattern)
        if one.led_to and now < _NESTED:
            is_open = " open" if not folded or at in on_the_way else ""
            said = f'{escape(one.said)}<span class="unseen">, {escape(one.name)}</span>'
            parts.append(f'<li>{line}<details{is_open}><summary>{said}</summary><ul class="branches">')
            depth += 1
        else:
            parts.append(f"<li>{line}</li>")
    parts.append("</ul></details></li>" * depth + "</ul>")
    return mark_safe("".join(parts))  # noqa: S308 - names are escaped where they are written


def _on_the_way(people: Sequence[Referral], chosen: set[int]) -> set[int]:
    way: set[int] = set()
    for at in chosen:
        above = people[at].parent
        while above is not None and above not in way:
            way.add(above)
            above = people[above].parent
    return way


def _entry(one: Referral, at: int, saying: _Saying, *, found: bool, pattern: str) -> str:
    name = escape(one.name)
    if one.contact is not None:
        name = f'<a class="plain" href="{_where(pattern, one.contact)}">{name}</a>'
    if found:
        name = f"<mark>{name}</mark>"
    about = [saying.places[one.place], *saying.others(one)]
    if one.depth >= _NESTED and one.said:
        about.append(one.said)
    if one.depth > _NESTED:
        about.append(ngettext("%(n)s step on", "%(n)s steps on", one.depth) % {"n": one.depth})
    told, mark = escape(" · ".join(about)), MARKS[one.place]
    return (
        f'<span id="n{at}"><i class="mark {one.place.value}" aria-hidden="true">{mark}</i> {name} '
        f'<span class="small soft">{told}</span></span>'
    )


def sign(place: Place) -> SafeString:
    """The sign by itself, for the key to the picture."""
    return mark_safe(  # noqa: S308 - ours alone
        f'<svg class="sign {place.value}" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true" '
        f'focusable="false"><path d="M0 0{SIGNS[place]}"/></svg>'
    )
