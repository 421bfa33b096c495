"""What can be said to the palette beside a name: pages, and acts on somebody (``note to Jane``).

An act is a word and a person: ``note jane``, ``ask jane``, ``add Jane Doe``.  Both tables hold names of
addresses; one that does not resolve is not shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from askwell.people import queries
from askwell.search.text import fold
from askwell.web.context import PLACES

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.utils.functional import _StrPromise

_MOST_PAGES, _MOST_ACTED_ON = 6, 4
_TELLING = 4  # letters; shorter ones bind the others, unless there is no other


class _Page(NamedTuple):
    name: str  # of the address
    label: str | _StrPromise
    icon: str
    also: str | _StrPromise = ""  # further words one may look for it with


# What the guides call it that is done there: whoever has read one of them looks for it by that word.
_DONE_AT = {
    "today": _(
        "thank you note thanks follow up reminder reminders check in stay in touch promise due owed next"
    ),
    "people": _(
        "contacts network friends alumni hiring manager managers ask for an introduction informational "
        "interview letter email phone call script request linkedin"
    ),
    "talks": _(
        "informational interview meeting prepare homework questions agenda notes story dress confirm on time "
        "reflection reflect job shadowing internship volunteer advice"
    ),
    "introductions": _("referral refer referred names suggest other people use your name"),
    "leads": _("job lead opening openings hidden market follow up"),
    "events": _("networking conference seminar association meeting plan card met"),
    "giving": _("help favor favour reciprocal mutual congratulate share information"),
    "back": _("track tracking system week review record"),
}
_PAGES = (
    *(_Page(place.name, place.label, place.icon, _DONE_AT.get(place.name, "")) for place in PLACES),
    _Page(
        "settings",
        _("Settings"),
        "settings",
        _("you name zone minutes time week account preferences story who what you could give offer"),
    ),
    _Page("goal", _("Your goal"), "star", _("aim looking for career goals clear objective purpose")),
    _Page(
        "compare", _("Compare talks"), "list-checks", _("decide side by side several occupations interviews")
    ),
    _Page("decisions", _("Decisions"), "check", _("decide")),
    _Page("employers", _("Employers"), "building-2", _("companies wanted places of work targets")),
    _Page("organizations", _("Organizations"), "building-2", _("companies schools")),
    _Page("referral_tree", _("Tree of introductions"), "git-branch", _("who led to whom referral")),
    _Page("people_web", _("Who knows whom"), "users", _("web network map groups ties picture")),
    _Page("offers", _("Introducing others"), "git-branch"),
    _Page("circles", _("Circles"), "users", _("friends classmates pool share who knows introduce")),
    _Page("tell", _("Who knows that I am looking"), "users", _("tell everyone publicize availability")),
    _Page("places", _("Places to go"), "map-pin"),
    _Page("giving_log", _("Given and asked"), "gift"),
    _Page("shelf", _("Shelf"), "book-open", _("articles links worth reading article link")),
    _Page("cards", _("Your card"), "user", _("business card cards print qr skills strengths")),
    _Page("resumes", _("Resumes"), "file-text", _("resume cv versions")),
    _Page("mailboxes", _("Your mailbox"), "mail", _("email account connect imap smtp password send inbox")),
    _Page("address_books", _("Your address book"), "users", _("phone contacts carddav connect sync in step")),
    _Page("settings_numbers", _("Numbers"), "chart-line", _("capacity week presets")),
    _Page("settings_confidential", _("Confidential search"), "eye-off", _("secret employer")),
    _Page("calendars", _("Your calendar"), "calendar", _("caldav connect busy free sync talks in step")),
    _Page("settings_calendar", _("Reminders"), "alarm-clock", _("calendar feed alarm digest notification")),
    _Page("settings_data", _("Your data"), "download", _("backup export restore copy")),
    _Page("imports", _("Bring people in"), "upload", _("import contacts file linkedin vcard csv")),
    _Page("reviews", _("Are these one?"), "merge", _("duplicates same person merge")),
    _Page("changes", _("What was done lately"), "history", _("undo changes take back")),
    _Page("record", _("Your record"), "chart-line"),
    _Page("evidence", _("What is known, and how well"), "book-open"),
    _Page("rules", _("The rules and their sources"), "book-open", _("why evidence")),
    _Page("help", _("Keys"), "keyboard", _("help shortcuts keyboard")),
)


class _Act(NamedTuple):
    words: str | _StrPromise  # with which it begins, one of them
    label: str | _StrPromise
    icon: str
    address: str
    act: str = ""


_ACTS = (
    _Act(_("note|write down"), _("Note about %(name)s"), "notebook-pen", "person_do", "note"),
    _Act(_("ask|write to|write"), _("Ask %(name)s"), "send", "ask"),
    _Act(_("promise"), _("Promise with %(name)s"), "handshake", "person_do", "promise"),
    _Act(_("reply|replied|answer"), _("%(name)s replied"), "reply", "person_do", "replied"),
    _Act(_("edit|change"), _("Edit %(name)s"), "pencil", "person_do", "edit"),
)
_ADD = _("add|new")
_JOINING = _("to|about|for|from|with")


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One line of the palette that is no person."""

    label: str
    url: str
    icon: str


def pages(text: str) -> list[Find]:
    """List the pages that fit; with nothing typed, the places."""
    if not text:
        return [find for page in _PAGES[: len(PLACES)] if (find := _find(page))]
    asked = _telling(text)
    by_label, by_words = [], []
    for page in _PAGES:
        label, words = fold(str(page.label)), fold(f"{page.label} {page.also}")
        if fold(text) in label:
            by_label.append(page)
        elif asked and all(any(word.startswith(one) for word in words.split()) for one in asked):
            by_words.append(page)
    return [find for page in (*by_label, *by_words) if (find := _find(page))][:_MOST_PAGES]


def _telling(text: str) -> list[str]:
    """Give the words of it that tell something: ``a link to an article`` is link and article."""
    asked = re.findall(r"\w+", fold(text))
    return [word for word in asked if len(word) >= _TELLING] or asked


def _find(page: _Page) -> Find | None:
    try:
        return Find(label=str(page.label), url=reverse(page.name), icon=page.icon)
    except NoReverseMatch:
        return None


def acts(owner: AbstractBaseUser, text: str) -> list[Find]:
    """List what could be done with whom: ``note to ama`` finds Amara, and leads to her notes."""
    for act in _ACTS:
        who = _after(text, str(act.words))
        if who:
            people = queries.find(owner, who, _MOST_ACTED_ON)
            return [
                Find(
                    label=str(act.label) % {"name": person.name}, url=_address(act, person.pk), icon=act.icon
                )
                for person in people
            ]
    return []


def _address(act: _Act, pk: int) -> str:
    return reverse(act.address, args=[pk, act.act] if act.act else [pk])


def to_add(text: str) -> str:
    """Give whom to add: what follows ``add``, else all that was typed."""
    return _after(text, str(_ADD), joined=False) or text


def _after(text: str, words: str, *, joined: bool = True) -> str:
    """Give what follows one of the words, and a joining word after it; nothing where none begins the text."""
    folded = fold(text)
    for word in words.split("|"):
        if folded.startswith(f"{fold(word)} "):
            rest = text.split(None, len(word.split()))[-1]
            first, _space, more = rest.partition(" ")
            return more.strip() if joined and more and fold(first) in fold(str(_JOINING)).split("|") else rest
    return ""
