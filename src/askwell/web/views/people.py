"""Everybody: found, filtered, leafed through, and changed many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from askwell.outreach.queries import people_page
from askwell.people import actions, queries
from askwell.people.errors import BadField
from askwell.people.keys import key_in, keys_in
from askwell.people.models import Contact, Import, Organization, Tag
from askwell.people.queries import ContactFilter
from askwell.web.answers import done, own, page, tell
from askwell.web.linked import page_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request

_MOST_TAGS = 300


@require_GET
def people(request: Request) -> HttpResponse:
    """A page of people, by name or by who was in touch last."""
    where = _where(request)
    found = people_page(request.user, where, number=page_number(request))
    asked = where != ContactFilter(sort=where.sort)
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


def _where(request: Request) -> ContactFilter:
    asked = request.GET
    return ContactFilter(
        text=asked.get("q", "").strip()[:200],
        tag=_number(request, "tag"),
        organization=_number(request, "organization"),
        batch=_number(request, "import"),
        has_email=False if asked.get("mail") == "none" else None,
        in_review=True if asked.get("review") else None,
        hires=True if asked.get("hires") else None,
        connector=True if asked.get("connector") else None,
        sort="touch" if asked.get("sort") == "touch" else "name",
    )


def _chosen(request: Request, where: ContactFilter) -> list[tuple[str, int, str]]:
    """Give the filters that came with a link, (name, key, words), to be shown and let go."""
    found = []
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
