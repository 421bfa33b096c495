"""The reading shelf: things worth passing on, and to whom they went."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from askwell.outreach.actions._doing import doing, fresh, happened, held, required, towards
from askwell.outreach.actions._touching import OUT, log_favor, record_touch
from askwell.outreach.actions.drafts import new_draft
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.judging import judge_sending
from askwell.outreach.models import Draft, Favor, LinkShare, SavedLink
from askwell.outreach.shelf import carries, named
from askwell.people.journal import as_one
from askwell.rules.facts import Channel, Mode, Occasion, TouchKind

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Touch
    from askwell.people.journal import Journal
    from askwell.people.models import Contact

_LONGEST_ADDRESS = 2000


def save_link(
    owner: AbstractBaseUser, *, title: str, now: datetime, url: str = "", note: str = "", topics: str = ""
) -> SavedLink:
    """Put something on the shelf; without an address it is a book, or a talk heard.  Nothing is fetched."""
    columns = _columns(title=title, url=url, note=note, topics=topics)
    with doing(owner, "link_saved", now=now, title=columns["title"]) as log:
        return log.create(SavedLink(owner_id=owner.pk, saved_at=now, **columns))


def edit_link(link: SavedLink, *, title: str, url: str, note: str, topics: str, now: datetime) -> SavedLink:
    """Mend what stands on the shelf."""
    columns = _columns(title=title, url=url, note=note, topics=topics)
    with doing(link.owner, "link_edited", now=now, title=columns["title"]) as log:
        log.change(fresh(link), **columns)
    return link


def drop_link(link: SavedLink, *, now: datetime) -> SavedLink:
    """Take it off the shelf; to whom it went stays known."""
    with doing(link.owner, "link_dropped", now=now, title=link.title) as log:
        log.change(fresh(link), dropped_at=now)
    return link


def share_link(link: SavedLink, contact: Contact, *, now: datetime, at: datetime | None = None) -> LinkShare:
    """It was given to them without a letter from here: handed over, sent elsewhere, named in a talk."""
    with towards(contact, "link_shared", now=now, title=link.title) as log:
        fresh(link)
        if LinkShare.objects.filter(link=link, contact=contact).exists():
            raise BadValue("person", "shared-already")
        sent = happened("at", at or now, now=now)
        return _share(log, link, contact, touch=said_elsewhere(log, contact, at=sent))


def write_with_link(link: SavedLink, contact: Contact, *, now: datetime, why_them: str = "") -> Draft:
    """Begin the letter that shares it with them; one begun already is given again."""
    with as_one(link.owner):
        held(contact)
        begun = Draft.objects.filter(contact=contact, occasion=Occasion.SHARE, sent_at=None)
        letters: list[Draft] = [
            one for one in begun.order_by("-updated_at") if carries(one.body, link, chosen=True)
        ]
        if letters:
            return letters[0]
        return new_draft(
            contact,
            mode=Mode.CHECK_IN,
            occasion=Occasion.SHARE,
            given={"resource": named(link), "why_them": why_them},
            now=now,
        )


def said_elsewhere(log: Journal, contact: Contact, *, at: datetime) -> Touch:
    """Record a friendly word that was said already: only what holds for good stands against it.

    Raises Refused: asked not to be contacted, a confidential search.
    """
    decision = judge_sending(contact, mode=Mode.THANKS, channel=Channel.OTHER, at=at, now=log.now)
    if decision.forbidden:
        raise Refused(decision)
    return record_touch(
        log,
        contact,
        direction=OUT,
        kind=TouchKind.CHECK_IN,
        channel=Channel.OTHER,
        at=at,
        mode=Mode.CHECK_IN,
    )


def shared_by_letter(log: Journal, contact: Contact, *, touch: Touch, chosen: bool) -> None:
    """A letter went out: what it carries of the shelf is shared, a book only where the letter is for it."""
    if not touch.body:
        return
    shelf = SavedLink.objects.filter(owner_id=contact.owner_id, dropped_at=None)
    for link in shelf.exclude(shares__contact=contact).order_by("id"):
        if carries(touch.body, link, chosen=chosen):
            _share(log, link, contact, touch=touch)


def _share(log: Journal, link: SavedLink, contact: Contact, *, touch: Touch) -> LinkShare:
    log_favor(log, contact, Favor.Kind.GIVE, link.title, touch=touch)
    return log.create(
        LinkShare(owner_id=contact.owner_id, link=link, contact=contact, shared_at=touch.at, touch=touch)
    )


def _columns(*, title: str, url: str, note: str, topics: str) -> dict[str, str]:
    words = dict.fromkeys(word for part in topics.split(",") if (word := " ".join(part.split())))
    return {
        "title": required("title", " ".join(title.split()), 300),
        "url": web_address(url),
        "note": note.strip(),
        "topics": ", ".join(words)[:300],
    }


def web_address(text: str) -> str:
    """Give an address of the web, or nothing.  Raises BadValue for any other address."""
    url = text.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web = False
    if (
        not is_web
        or len(url) > _LONGEST_ADDRESS
        or any(char.isspace() or ord(char) < ord(" ") for char in url)
    ):
        raise BadValue("url", "not-a-web-address")
    return url
