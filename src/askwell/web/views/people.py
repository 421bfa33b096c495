"""Everybody: found, filtered, leafed through, and changed many at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from askwell.outreach.queries import PeopleFilter, filter_of, people_page
from askwell.people import actions, queries
from askwell.people.errors import BadField
from askwell.people.keys import key_in, keys_in
from askwell.people.models import Contact, Import, Organization, Tag
from askwell.web import moments
from askwell.web.answers import SeeOther, done, own, page, tell
from askwell.web.linked import page_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request

_MOST_TAGS = 300
_LONGEST_LINE = 200


@require_GET
def people(request: Request) -> HttpResponse:
    """A page of people, by name or by who was in touch last; a line typed whole becomes filters."""
    where = _where(request)
    if to := _understood(request, where):
        return to
    found = people_page(request.user, where, now=request.now, number=page_number(request))
    asked = where != PeopleFilter(sort=where.sort, said=where.said)
    context = {
        "found": found,
        "where": where,
        "asked": asked,
        "tags": Tag.objects.for_owner(request.user).order_by("name")[:_MOST_TAGS],
        "tagged": Tag.objects.for_owner(request.user).filter(pk=where.tag).first() if where.tag else None,
        "chosen": _chosen(request, where),
        "to_review": queries.open_review_count(request.user),
        "nobody": not asked and not found.rows and found.number == 1,
    }
    return page(request, "web/people/list.html", context, part="web/people/rows.html")


def _number(request: Request, name: str) -> int | None:
    return key_in(request.GET.get(name, ""))


def _understood(request: Request, where: PeopleFilter) -> HttpResponse | None:
    """Lead to the filters a line asks for, once it is sent; while it is typed it is words."""
    typing = request.htmx and request.htmx.trigger_name == "q"
    if typing or "words" in request.GET or not where.text:
        return None
    read = filter_of(request.user, where.text, now=request.now)
    if read is None:
        return None
    query = urlencode({**_asked(where), **_asked(read), "words": "1"} | ({} if read.text else {"q": ""}))
    to = f"{reverse('people')}?{query}"
    return HttpResponseClientRedirect(to) if request.htmx else SeeOther(to)


def _asked(where: PeopleFilter) -> dict[str, object]:
    """Give the fields of the form for a filter."""
    fields = {
        "q": where.text,
        "place": where.place,
        "tag": where.tag,
        "organization": where.organization,
        "import": where.batch,
        "mail": "none" if where.has_email is False else "",
        "review": where.in_review,
        "hires": where.hires,
        "connector": where.connector,
        "quiet": where.quiet_since,
        "touched": where.touched_since,
        "knows": where.known_to,
        "sort": "touch" if where.sort == "touch" else "",
    }
    return {name: 1 if value is True else value for name, value in fields.items() if value}


def _day(request: Request, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _where(request: Request) -> PeopleFilter:
    asked = request.GET
    return PeopleFilter(
        text=asked.get("q", "").strip()[:_LONGEST_LINE],
        place=asked.get("place", "").strip()[:_LONGEST_LINE],
        quiet_since=_day(request, "quiet"),
        touched_since=_day(request, "touched"),
        known_to=_number(request, "knows"),
        tag=_number(request, "tag"),
        organization=_number(request, "organization"),
        batch=_number(request, "import"),
        has_email=False if asked.get("mail") == "none" else None,
        in_review=True if asked.get("review") else None,
        hires=True if asked.get("hires") else None,
        connector=True if asked.get("connector") else None,
        sort="touch" if asked.get("sort") == "touch" else "name",
        said="words" in asked,
    )


def _chosen(request: Request, where: PeopleFilter) -> list[tuple[str, object, str]]:
    """Give the filters that came with a link or a line, (name, value, words), to be shown and let go."""
    found: list[tuple[str, object, str]] = []
    if where.place:
        found.append(("place", where.place, _("in %(place)s") % {"place": where.place}))
    if where.quiet_since:
        found.append(("quiet", where.quiet_since, _quiet(request, where.quiet_since)))
    if where.touched_since:
        day = moments.day(where.touched_since, now=request.now)
        found.append(("touched", where.touched_since, _("in touch since %(day)s") % {"day": day}))
    if where.known_to is not None:
        who = Contact.objects.for_owner(request.user).filter(pk=where.known_to).first()
        found.append(("knows", where.known_to, _("known to %(name)s") % {"name": who.name if who else "?"}))
    if where.organization is not None:
        place = Organization.objects.for_owner(request.user).filter(pk=where.organization).first()
        found.append(("organization", where.organization, place.name if place else "?"))
    if where.batch is not None:
        names = (
            Import.objects.for_owner(request.user)
            .filter(pk=where.batch)
            .values_list("names", flat=True)
            .first()
        )
        found.append(("import", where.batch, ", ".join(names or ["?"])))
    return found


def _quiet(request: Request, since: date) -> str:
    if since == date.min:
        return _("never in touch")
    return _("not in touch since %(day)s") % {"day": moments.day(since, now=request.now)}


@require_POST
def bulk(request: Request) -> HttpResponse:
    """Tag, untag or remove everybody who was ticked."""
    who = keys_in(request.POST.getlist("who"))
    keys = list(
        Contact.objects.for_owner(request.user).people().filter(pk__in=who).values_list("pk", flat=True)
    )
    if not keys:
        return tell(request, _("Tick somebody first."), "people")
    act = {"tag": _tag, "untag": _untag, "mark": _mark, "unmark": _mark, "remove": _remove}.get(
        request.POST.get("do", "")
    )
    return act(request, keys) if act else tell(request, _("Nothing was changed."), "people")


@require_POST
def tag(request: Request, pk: int) -> HttpResponse:
    """Give a tag another name; of two of one name one is made."""
    row = own(Tag, request.user, pk=pk)
    try:
        actions.rename_tag(row, request.POST.get("name", ""), now=request.now)
    except BadField:
        return tell(request, _("Write the tag first."), "people")
    return done(request, _("Kept."), "people")


def _tag(request: Request, keys: list[int]) -> HttpResponse:
    name = request.POST.get("tag", "")
    try:
        count = actions.tag_contacts(request.user, keys, name, now=request.now)
    except BadField:
        return tell(request, _("Write the tag first."), "people")
    said = ngettext("%(n)s person tagged %(tag)s.", "%(n)s people tagged %(tag)s.", count)
    return done(request, said % {"n": count, "tag": name.strip()}, "people")


def _untag(request: Request, keys: list[int]) -> HttpResponse:
    name = request.POST.get("tag", "")
    if not name.strip():
        return tell(request, _("Write the tag first."), "people")
    count = actions.untag_contacts(request.user, keys, name, now=request.now)
    if not count:
        return tell(request, _("None of them has the tag %(tag)s.") % {"tag": name.strip()}, "people")
    said = ngettext("Tag %(tag)s taken off %(n)s person.", "Tag %(tag)s taken off %(n)s people.", count)
    return done(request, said % {"n": count, "tag": name.strip()}, "people")


def _mark(request: Request, keys: list[int]) -> HttpResponse:
    """Mark everybody ticked as one who hires or connects people, or take the mark off."""
    mark, on = request.POST.get("mark", ""), request.POST.get("do") == "mark"
    if mark not in actions.MARKS:
        return tell(request, _("Nothing was changed."), "people")
    count = actions.mark_contacts(request.user, keys, now=request.now, **{mark: on})
    if not count:
        return tell(request, _("They are as you want them already."), "people")
    said = ngettext("%(n)s person changed.", "%(n)s people changed.", count)
    return done(request, said % {"n": count}, "people")


def _remove(request: Request, keys: list[int]) -> HttpResponse:
    count = actions.remove_contacts(request.user, keys, now=request.now)
    said = ngettext("%(n)s person removed.", "%(n)s people removed.", count)
    return done(request, said % {"n": count}, "people")
