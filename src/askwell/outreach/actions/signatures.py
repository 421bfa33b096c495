"""What a signature says of somebody that the notebook does not know: offered, and kept when told to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach.errors import BadValue
from askwell.people.actions import add_point, add_position
from askwell.people.actions.positions import edit_position
from askwell.people.models import PointKind, Position
from askwell.people.points import norm_point
from askwell.search.text import fold

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.mailroom.models import Arrival
    from askwell.people.models import Contact

_POINTS = {"phone": PointKind.PHONE, "email": PointKind.EMAIL, "url": PointKind.URL}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to keep: a way to reach them (``phone``, ``email``, ``url``), or their ``job``."""

    kind: str
    value: str
    organization: str = ""


def news_of(arrival: Arrival) -> tuple[News, ...]:
    """Give what the signature of a message says, and is not known of whoever sent it."""
    contact = arrival.contact
    signature = arrival.reading.get("signature") or {}
    if contact is None:
        return ()
    said: dict[str, str] = {}
    for each in signature.get("fields", ()):
        said.setdefault(each["kind"], each["value"])
    found = [News(kind=kind, value=said[kind]) for kind in _POINTS if kind in said]
    return (*(each for each in found if _is_new_point(contact, each)), *_new_job(contact, said))


def _is_new_point(contact: Contact, news: News) -> bool:
    kind = _POINTS[news.kind]
    norm = norm_point(kind, news.value, default_country=contact.country)
    return bool(norm) and not contact.points.filter(kind=kind, norm=norm).exists()


def _new_job(contact: Contact, said: dict[str, str]) -> tuple[News, ...]:
    title, place = said.get("title", ""), said.get("organization", "")
    if not title:
        return ()
    now = _job(contact)
    here = now.organization.name if now and now.organization else ""
    if now and fold(now.title) == fold(title) and (not place or fold(place) == fold(here)):
        return ()
    return (News(kind="job", value=title, organization=place or here),)


def _job(contact: Contact) -> Position | None:
    jobs = Position.objects.filter(contact=contact).jobs().select_related("organization")
    found: Position | None = jobs.order_by("-pk").first()
    return found


def keep_news(arrival: Arrival, kind: str, *, now: datetime) -> News:
    """Keep one thing the signature says.  Raises BadValue where it says no such thing that is new."""
    news = next((each for each in news_of(arrival) if each.kind == kind), None)
    if news is None or arrival.contact is None:
        raise BadValue("signature", "unknown")
    if news.kind == "job":
        _keep_job(arrival.contact, news, now=now)
    else:
        country = arrival.contact.country
        add_point(arrival.contact, _POINTS[news.kind], news.value, default_country=country, now=now)
    return news


def _keep_job(contact: Contact, news: News, *, now: datetime) -> None:
    """At the same place it is the title that changed; elsewhere it is another job beside the one known."""
    held = _job(contact)
    here = held.organization.name if held and held.organization else ""
    if held and fold(here) == fold(news.organization):
        edit_position(held, title=news.value, now=now)
        return
    add_position(contact, title=news.value, organization=news.organization, now=now)
