"""Looking back on a week, part by part: it may be left at any of them and gone on with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from askwell.outreach import actions, queries
from askwell.people.keys import keys_in
from askwell.people.models import Contact
from askwell.rules.looking_back import MINUTES, PARTS, QUESTIONS, monday_of
from askwell.web.answers import REFUSED, done, go, page
from askwell.web.guards import attempt
from askwell.web.views.today import with_acts

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.outreach.queries.reviews import ReviewPage
    from askwell.web.requests import Request

_TITLES = {
    "happened": gettext_lazy("What happened"),
    "owed": gettext_lazy("What is owed"),
    "learnt": gettext_lazy("What you learnt"),
    "people": gettext_lazy("Whom to ask next"),
    "minutes": gettext_lazy("Time for next week"),
}
_FIRST, _LAST = 1, len(PARTS)


class MinutesForm(forms.Form):
    weekly_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes a week for first messages"), min_value=0, max_value=2400
    )


@require_http_methods(["GET", "POST"])
def back(request: Request) -> HttpResponse:
    """One part of the review; a POST keeps it and goes on to the next."""
    week = _week(request)
    found = queries.review(request.user, now=request.now, week=week)
    part = _part(request, found)
    form = MinutesForm(
        request.POST if request.method == "POST" and PARTS[part - 1] == "minutes" else None,
        initial={"weekly_minutes": found.weekly_minutes},
    )
    if request.method == "POST":
        kept = _keep(request, found, part, form)
        if kept is not None:
            return kept
    context = {
        "tab": "review",
        "found": found,
        "form": form,
        "part": part,
        "name": PARTS[part - 1],
        "title": _TITLES[PARTS[part - 1]],
        "parts": [(at, _TITLES[name]) for at, name in enumerate(PARTS, start=_FIRST)],
        "last": _LAST,
        "minutes": MINUTES,
        "happened": happened(found),
        "owed": with_acts(found.owed),
        "questions": [(key, _(text), found.answers.get(key, "")) for key, text in QUESTIONS.items()],
        "chosen": {pk for pk, _name in found.people},
        "chosen_before": _chosen_before(found),
        "earlier": [(one, _told(one.answers)) for one in found.earlier],
    }
    return page(request, "web/back/review.html", context, status=REFUSED if form.errors else 200)


def _week(request: Request) -> date | None:
    """Read the week asked for: any day of it; nothing for what is no day, or one to come."""
    try:
        day = date.fromisoformat(request.POST.get("week", "") or request.GET.get("week", ""))
    except ValueError:
        return None
    return monday_of(day) if day <= timezone.localdate(request.now) and day.year > 1 else None


def _part(request: Request, found: ReviewPage) -> int:
    asked = request.POST.get("part", "") or request.GET.get("part", "")
    if asked.isdecimal() and _FIRST <= int(asked[:3]) <= _LAST:
        return int(asked[:3])
    return _FIRST if found.done else min(_LAST, max(_FIRST, int(found.answers.get("at", _FIRST))))


def _keep(request: Request, found: ReviewPage, part: int, form: forms.Form) -> HttpResponse | None:
    """Keep a part; None where the form cannot be taken."""
    name, week = PARTS[part - 1], found.week
    if name == "minutes":
        if not form.is_valid():
            return None
        minutes = form.cleaned_data["weekly_minutes"]
        finished, _against = attempt(
            request,
            form,
            lambda: actions.finish_review(request.user, week=week, weekly_minutes=minutes, now=request.now),
        )
        return done(request, _("You have looked back on the week."), "back") if finished else None
    answers: dict[str, Any] = {"at": part + 1}
    if name == "learnt":
        answers |= {key: request.POST.get(f"q-{key}", "") for key in QUESTIONS}
    if name == "people":
        answers["people"] = _chosen(request)
    actions.keep_review(request.user, week=week, answers=answers, now=request.now)
    if request.POST.get("do") == "leave":
        return done(request, _("Kept. Go on whenever you like."), "today")
    return go(request, f"{reverse('back')}?week={week.isoformat()}&part={part + 1}")


def _chosen_before(found: ReviewPage) -> list[tuple[int, str]]:
    """Whom one chose and who is not among those suggested now: they can be let go as well."""
    suggested = {one.contact for one in found.suggested}
    return [(pk, name) for pk, name in found.people if pk not in suggested]


def _chosen(request: Request) -> list[int]:
    asked = keys_in(request.POST.getlist("who"))
    return list(
        Contact.objects.for_owner(request.user).people().filter(pk__in=asked).values_list("pk", flat=True)
    )


def happened(found: ReviewPage) -> list[str]:
    """Say what happened in the week; what did not happen is not said."""
    counts = found.counts
    words = {
        "first_messages": ngettext(
            "%(n)s first message sent", "%(n)s first messages sent", counts["first_messages"]
        ),
        "follow_ups": ngettext("%(n)s follow-up", "%(n)s follow-ups", counts["follow_ups"]),
        "answers": ngettext("%(n)s answer came", "%(n)s answers came", counts["answers"]),
        "talks": ngettext("%(n)s talk held", "%(n)s talks held", counts["talks"]),
        "thanks": ngettext("%(n)s note of thanks", "%(n)s notes of thanks", counts["thanks"]),
        "promises_kept": ngettext("%(n)s promise kept", "%(n)s promises kept", counts["promises_kept"]),
        "gives": ngettext("%(n)s time you gave something", "%(n)s times you gave something", counts["gives"]),
        "told": ngettext(
            "%(n)s person told that you are looking", "%(n)s people told that you are looking", counts["told"]
        ),
    }
    return [words[name] % {"n": n} for name, n in counts.items() if n]


def _told(answers: dict[str, Any]) -> list[tuple[str, str]]:
    return [(_(text), answers[key]) for key, text in QUESTIONS.items() if answers.get(key)]
