"""Who is found by a word of what was written: the text it stands in, and the passage around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from askwell.outreach.queries.timeline import said_of_talk, said_of_touch
from askwell.outreach.written import Written, texts
from askwell.people.index import WRITTEN, found_by, typed_words
from askwell.people.models import Contact, SearchTerm
from askwell.people.queries.finding import with_cards
from askwell.people.queries.listing import ContactFilter, contacts
from askwell.search.passages import passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.search.passages import Passage

_SHORTEST = 3  # letters typed; fewer are the beginning of a name
_LOOKED_AT = 24  # people whose letters are read for the best passages: who was in touch last comes first

_SAID: dict[str, str] = {
    "contact.notes": _("In your note"),
    "contact.how_met": _("How you met"),
    "contact.headline": _("What they say of themselves"),
    "position.notes": _("In your note on their work"),
    "position.department": _("Where they work"),
    "position.organization__notes": _("In your note on %(about)s"),
    "advice.text": _("Their advice"),
    "introduction.detail": _("Gave you the name %(about)s"),
    "lead.title": _("Told you of a lead"),
    "lead.detail": _("Told you of a lead"),
    "encounter.said": _("You met at %(about)s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a word that was typed stands: ``said`` names the text ("They answered"), ``at`` its moment."""

    contact: int
    said: str
    at: datetime | None
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """Somebody found by what was written, and where."""

    contact: Contact
    mention: Mention


def mentioned(
    owner: AbstractBaseUser,
    text: str,
    *,
    limit: int = 8,
    but_not: Iterable[int] = (),
    points: bool = False,
) -> list[Mentioned]:
    """Give people every typed word leads to, one at least in what was written; the best passages first."""
    typed = typed_words(text)
    if max(map(len, typed), default=0) < _SHORTEST:
        return []
    written = SearchTerm.objects.for_owner(owner).filter(_any(typed), weight=WRITTEN)
    found = contacts(owner, ContactFilter(text=text)).filter(pk__in=written.values("contact"))
    latest = F("standing__last_at").desc(nulls_last=True)
    keys = found.exclude(pk__in=list(but_not)).order_by(latest, "sort_key", "pk").values_list("pk", flat=True)
    mentions = list(mentions_of(owner, list(keys[: max(limit, _LOOKED_AT)]), typed).values())
    best = sorted(mentions, key=lambda one: -len(one.passage.words))[:limit]
    people = Contact.objects.for_owner(owner)
    full = with_cards(people, points=points).in_bulk([one.contact for one in best])
    return [Mentioned(contact=full[one.contact], mention=one) for one in best if one.contact in full]


def not_by_name(owner: AbstractBaseUser, keys: Sequence[int], typed: Sequence[str]) -> list[int]:
    """Give those whom not every typed word finds by name, work, place, tag or address."""
    terms = SearchTerm.objects.for_owner(owner).filter(contact__in=keys, weight__gt=WRITTEN)
    plain = set(keys)
    for word in typed:
        plain &= set(terms.filter(found_by(word)).values_list("contact_id", flat=True))
    return [key for key in keys if key not in plain]


def mentions_of(owner: AbstractBaseUser, keys: Sequence[int], typed: Sequence[str]) -> dict[int, Mention]:
    """Give for each of these people the passage that says most of what was typed, the newest of equals."""
    best: dict[int, tuple[tuple[Any, ...], Written, Passage]] = {}
    for one in texts(owner, keys) if keys else ():
        found = passage(one.text, typed)
        if found is None:
            continue
        rank = (len(found.words), one.at.timestamp() if one.at else 0.0)
        if one.contact not in best or rank > best[one.contact][0]:
            best[one.contact] = rank, one, found
    return {
        key: Mention(contact=key, said=_said(best[key][1]), at=best[key][1].at, passage=best[key][2])
        for key in keys
        if key in best
    }


def _any(typed: Sequence[str]) -> Q:
    wanted = Q()
    for word in typed:
        wanted |= found_by(word)
    return wanted


def _said(one: Written) -> str:
    about = tuple(map(str, one.about))
    name, _dot, _column = one.kind.partition(".")
    if name in _SAID_BY:
        return _SAID_BY[name](*about)
    return gettext(_SAID[one.kind]) % {"about": about[0] if about else ""}


_SAID_BY: dict[str, Callable[..., str]] = {
    "touch": said_of_touch,
    "talk": said_of_talk,
    "promise": lambda mine: (
        gettext("You said you would") if mine == "True" else gettext("They said they would")
    ),
    "favor": lambda kind: gettext("You gave") if kind == "give" else gettext("You asked"),
}
