"""The web of contacts: as numbers for the picture, and as a list that says the same.

Theory of operation.  The list is the page: groups are headings, each person says how one knows them and
whom one comes by.  It is written straight into one text, as the tree of introductions is.  What the picture
needs beside it goes along as numbers: names and words it reads from the list.  A group has a colour and a
shape; after as many groups as there are both, the two meet again.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from askwell.web.words import of_reason

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from askwell.outreach.queries.web_of_people import Group, Node, PeopleWeb

COLOURS = 8
SHAPES = (  # the same as in js/web.js: a disc, a square, a diamond, a triangle, a ring
    "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "M-5.5-5.5h11v11h-11z",
    "M0-7.5l7.5 7.5l-7.5 7.5l-7.5-7.5z",
    "M0-7l7 12h-14z",
    "M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0zm3.5 0a3 3 0 1 1 6 0a3 3 0 1 1-6 0z",
)
_UNFOLDED = 200  # people; a longer list begins folded


def numbers(web: PeopleWeb) -> dict[str, Any]:
    """Give places, ties, and who comes by whom, each as one list of numbers."""
    return {
        "x": [round(one.x, 2) for one in web.people],
        "y": [round(one.y, 2) for one in web.people],
        "group": [one.group for one in web.people],
        "strength": [round(one.strength, 2) for one in web.people],
        "by": [one.by for one in web.people],
        "ties": [number for one, other, weight in web.ties for number in (one, other, round(100 * weight))],
        "alone": [at for at, group in enumerate(web.groups) if group.alone],
    }


def name_of(group: Group) -> str:
    """Name a group by what its people share."""
    kind, name = group.shared or ("", group.around)
    if group.alone:
        return _("Known to you alone")
    named = {
        "organization": _("People of %(name)s"),
        "school": _("Studied at %(name)s"),
        "tag": _("Tagged “%(name)s”"),
        "event": _("Met at %(name)s"),
        "place": _("In %(name)s"),
    }.get(kind, _("Around %(name)s"))
    return named % {"name": name}


def sign(number: int, *, alone: bool = False) -> str:
    """Draw the sign of a group as the picture does."""
    shape = SHAPES[0] if alone else SHAPES[number % len(SHAPES)]
    colour = "web-alone" if alone else f"web-{number % COLOURS + 1}"
    return (
        f'<svg class="web-sign {colour}" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true" '
        f'focusable="false"><path fill-rule="evenodd" d="{shape}"/></svg>'
    )


def listing(web: PeopleWeb, *, now: datetime, found: Collection[int] = ()) -> SafeString:
    """Write the list: a section for each group, its people in it."""
    line = _Line(web, now=now, found=found)
    folded = len(web.people) > _UNFOLDED
    parts = []
    for number, group in enumerate(web.groups):
        count = ngettext("%(n)s person", "%(n)s people", len(group.people)) % {"n": len(group.people)}
        drawn, name = sign(number, alone=group.alone), escape(name_of(group))
        short = escape((group.shared or ("", group.around))[1])
        heading = (
            f'<h2 id="g{number}" data-short="{short}">{drawn}<span>{name} <small>{count}</small></span></h2>'
        )
        people = "".join(line.of(at) for at in group.people)
        is_open = not folded or any(at in line.found for at in group.people)
        parts.append(
            f'<details class="web-group" data-group{" open" if is_open else ""}><summary>{heading}</summary>'
            f'<ul aria-labelledby="g{number}">{people}</ul></details>'
        )
    return mark_safe("".join(parts))  # noqa: S308 - names are escaped where they are written


class _Line:
    """Writes one person after another, with all that is the same for each looked up once."""

    def __init__(self, web: PeopleWeb, *, now: datetime, found: Collection[int]) -> None:
        self.people, self.now, self.found = web.people, now, set(found)
        self.pattern = reverse("person", args=[0])
        self.through, self.nobody = _("Through %(name)s"), _("Nobody here leads to them yet.")
        self.said: dict[object, str] = {}

    def of(self, at: int) -> str:
        """One person: the link, what they do, how one knows them."""
        one = self.people[at]
        name = escape(one.name)
        about = f'<span class="web-about">{escape(one.about)}</span>' if one.about else ""
        look = ' class="is-found"' if at in self.found else ""
        href = self.pattern.replace("/0/", f"/{one.contact}/")
        return (
            f'<li id="p{at}"{look}><a class="plain" href="{href}">{name}</a>{about}'
            f'<span class="web-how">{self.how(one)}</span></li>'
        )

    def how(self, one: Node) -> str:
        """How one knows them, and who leads to them where another does it better."""
        parts = [self.words(one.own)] if one.own else []
        if one.by is not None and one.by >= 0:
            name = self.people[one.by].name
            link = f'<a class="plain" href="#p{one.by}">{escape(name)}</a>'
            parts.append(f"{escape(self.through) % {'name': link}}: {self.words(one.through)}")
        return "<br>".join(parts) or escape(self.nobody)

    def words(self, reason: Any) -> str:
        """Say a reason; the same is said of many."""
        key = (reason.text, *reason.params.values())
        if key not in self.said:
            self.said[key] = escape(of_reason(reason, now=self.now))
        return self.said[key]
