"""Two entries, perhaps one person: shown beside each other, and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from askwell.people import actions, queries
from askwell.people.errors import CannotMerge
from askwell.people.keys import key_in
from askwell.people.models import Contact, Provenance, Review, ReviewState, Tagging
from askwell.web.answers import REFUSED, done, own, page, tell
from askwell.web.comparing import compare
from askwell.web.importing import DETAILS, why
from askwell.web.linked import page_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_GET
def reviews(request: Request) -> HttpResponse:
    """One pair at a time; the rest wait."""
    found = queries.open_reviews(request.user, number=page_number(request), size=1)
    if not found.rows and found.number > 1:
        found = queries.open_reviews(request.user, number=1, size=1)
    context: dict[str, object] = {"found": found, "waiting": queries.open_review_count(request.user)}
    if found.rows:
        review = found.rows[0]
        context |= {
            "review": review,
            "left": review.left,
            "right": review.right,
            "sides": [review.left, review.right],
            "lines": compare(review.left, review.right, now=request.now),
            "reason": why(review.reason),
            "detail": DETAILS.get(review.detail, ""),
        }
    return page(request, "web/review/page.html", context)


@require_POST
def look(request: Request) -> HttpResponse:
    """Look among everybody for who is here twice."""
    found = actions.look_for_pairs(request.user, now=request.now)
    if not found:
        return tell(request, _("Nobody else seems to be here twice."), "reviews")
    said = ngettext("%(n)s pair found.", "%(n)s pairs found.", found) % {"n": found}
    return done(request, said, "reviews")


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Same person, keeping one name, or two people."""
    review = own(Review.objects.select_related("left", "right", "owner"), request.user, pk=pk)
    if review.state != ReviewState.OPEN:
        return tell(request, _("That pair was decided already."), "reviews")
    if request.POST.get("do") == "apart":
        actions.decide_review(review, merge=False, now=request.now)
        return done(request, _two(review.left, review.right), "reviews")
    keep = review.right if request.POST.get("keep") == str(review.right_id) else review.left
    try:
        actions.decide_review(review, merge=True, keep=keep, now=request.now)
    except CannotMerge as error:
        return tell(request, _cannot(error), "reviews")
    return done(request, _("One person now: %(name)s.") % {"name": keep.name}, "reviews")


@require_http_methods(["GET", "POST"])
def merge(request: Request, pk: int) -> HttpResponse:
    """Say by hand that somebody else in the notebook is this person too, or that the two are not one."""
    contact: Contact = own(_whole(), request.user, pk=pk, is_self=False, merged_into=None)
    other = _other(request)
    if request.method == "POST" and other is not None:
        return _join(request, contact, other)
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        "contact": contact,
        "other": other,
        "q": text,
        "finds": [one for one in queries.find(request.user, text) if one.pk != contact.pk] if text else [],
        "alike": _alike(request, contact) if not text and other is None else [],
    }
    if other is not None:
        context |= {
            "left": contact,
            "right": other,
            "sides": [contact, other],
            "lines": compare(contact, other, now=request.now),
        }
    status = REFUSED if request.method == "POST" else 200
    return page(request, "web/review/merge.html", context, part="web/review/merge_finds.html", status=status)


def _whole() -> Any:
    return Contact.objects.prefetch_related(
        "points",
        "positions__organization",
        Prefetch("taggings", Tagging.objects.select_related("tag")),
        Prefetch("provenance", Provenance.objects.order_by("-at")),
    )


def _other(request: Request) -> Contact | None:
    asked = key_in(request.POST.get("with") or request.GET.get("with", ""))
    if asked is None:
        return None
    found: Contact = own(_whole(), request.user, pk=asked, is_self=False, merged_into=None)
    return found


def _alike(request: Request, contact: Contact) -> list[Contact]:
    points = [(point.kind, point.value) for point in contact.points.all()]
    found = queries.known_as(request.user, name=contact.name, points=points)
    return [one for one in found if one.pk != contact.pk]


def _join(request: Request, contact: Contact, other: Contact) -> HttpResponse:
    if request.POST.get("do") == "apart" and contact.pk != other.pk:
        actions.keep_apart_pair(contact, other, now=request.now)
        return done(request, _two(contact, other), "person", contact.pk)
    keep, gone = (other, contact) if request.POST.get("keep") == str(other.pk) else (contact, other)
    try:
        actions.merge_contacts(keep, gone, now=request.now)
    except CannotMerge as error:
        return tell(request, _cannot(error), "merge", contact.pk)
    return done(request, _("One person now: %(name)s.") % {"name": keep.name}, "person", keep.pk)


def _two(left: Contact, right: Contact) -> str:
    return _("%(left)s and %(right)s stay two people.") % {"left": left.name, "right": right.name}


def _cannot(error: CannotMerge) -> str:
    if error.reason == "same":
        return _("That is the same entry already.")
    if error.reason == "merged":
        return _("One of the two was joined with somebody before.")
    return _("These two cannot be joined.")
