"""The sample's own desk: shelf, resume, card, story, places to go, a week looked back on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from askwell.outreach import actions
from askwell.outreach.calendars import of_seeker
from askwell.outreach.facts import seeker_of
from askwell.outreach.models import WeeklyReview
from askwell.outreach.sample import belongings
from askwell.people.models import Contact
from askwell.rules.looking_back import monday_of
from askwell.rules.timing import local

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from askwell.outreach.models import Resume, SavedLink
    from askwell.outreach.sample.network import Cast

_WEEK = timedelta(days=7)


def shelf(cast: Cast) -> list[SavedLink]:
    """Six things worth passing on."""
    return [
        actions.save_link(cast.owner, title=title, url=url, topics=topics, note=note, now=cast.ago(days))
        for title, url, topics, note, days in belongings.SHELF
    ]


def resumes(cast: Cast) -> list[Resume]:
    """Three versions, the oldest first, which is put away."""
    kept = [
        actions.add_resume(cast.owner, name=name, where=where, notes=notes, now=cast.ago(days))
        for name, where, notes, days in belongings.RESUMES
    ]
    actions.retire_resume(kept[0], now=cast.ago(99))
    return kept


def own_words(cast: Cast) -> None:
    """Fill in card and story, where they are empty and nobody else's."""
    seeker = seeker_of(cast.owner)
    own = Contact.objects.for_owner(cast.owner).filter(is_self=True, is_sample=True).first()
    if not seeker.card and own is not None:
        actions.keep_card(cast.owner, name=own.name, now=cast.ago(120), **belongings.CARD)
    if not seeker.story:
        actions.change_seeker(cast.owner, story=belongings.STORY, now=cast.now)


def week_looked_back_on(cast: Cast) -> None:
    """Look back on the last week; whom one chose then is to be asked in the week it is."""
    seeker = seeker_of(cast.owner)
    calendar = of_seeker(seeker.zone, seeker.country, now=cast.now)
    week = monday_of(local(cast.now, calendar).date()) - _WEEK
    if WeeklyReview.objects.for_owner(cast.owner).filter(week__gte=week).exists():
        return
    people = list(_never_asked(cast)[:2])
    done = min(cast.now, _friday_evening(week))
    actions.keep_review(cast.owner, week=week, answers={**belongings.REVIEW, "people": people}, now=done)
    actions.finish_review(cast.owner, week=week, now=done)


def _never_asked(cast: Cast) -> QuerySet[Contact, int]:
    """People of the sample nobody has turned to, in the order they were made."""
    rows = Contact.objects.for_owner(cast.owner).people().filter(is_sample=True, do_not_contact=False)
    rows = rows.filter(outreaches=None, touches=None, encounters=None, named_by=None)
    return rows.order_by("pk").values_list("pk", flat=True)


def _friday_evening(week: date) -> datetime:
    """When one looks back on it."""
    return datetime.combine(week + timedelta(days=4), time(21, 30), tzinfo=UTC)
