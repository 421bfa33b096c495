"""What every page's frame needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from askwell.outreach.sample import has_sample

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

THEMES = {"light", "dark"}
SAMPLE = "sample"  # in the session: whether invented people are here, as of the last change


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the list of places."""

    name: str  # of the URL, and the first part of its path's name: "talks"
    label: str | _StrPromise
    icon: str
    key: str  # after "g"
    on_phone: bool = False
    url: str = ""
    here: bool = False


PLACES = (
    Place(name="today", label=_("Today"), icon="sun", key="t", on_phone=True),
    Place(name="people", label=_("People"), icon="users", key="p", on_phone=True),
    Place(name="talks", label=_("Talks"), icon="message-circle", key="k", on_phone=True),
    Place(name="introductions", label=_("Introductions"), icon="git-branch", key="i"),
    Place(name="leads", label=_("Leads"), icon="lightbulb", key="l"),
    Place(name="events", label=_("Events"), icon="calendar", key="e"),
)


def url_of(name: str) -> str:
    """Give the page's address, or nothing while there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def places(path: str) -> list[Place]:
    """List the places there are, and say which of them this path belongs to."""
    found = []
    for place in PLACES:
        url = url_of(place.name)
        here = path == url if url == "/" else bool(url) and path.startswith(url)
        if url:
            found.append(
                Place(
                    name=place.name, label=place.label, icon=place.icon, key=place.key,
                    on_phone=place.on_phone, url=url, here=here,
                )
            )  # fmt: skip
    return found


def sample_is_here(request: HttpRequest) -> bool:
    """Say whether the sample network is here; asked of the database only where no session remembers."""
    if not hasattr(request, "session") or not request.user.is_authenticated:
        return False
    known = request.session.get(SAMPLE)
    return has_sample(request.user) if known is None else bool(known)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the frame what it shows: places, colours, keys, confidentiality."""
    theme = request.COOKIES.get("theme", "")
    settings_url = url_of("settings")
    return {
        "places": places(request.path),
        "settings_url": settings_url,
        "goal_url": url_of("goal"),
        "begin_url": url_of("begin"),
        "sample_url": url_of("sample"),
        "sample_here": sample_is_here(request),
        "settings_here": bool(settings_url) and request.path.startswith(settings_url),
        "theme": theme if theme in THEMES else "",
        "is_light": theme == "light",
        "is_dark": theme == "dark",
        "is_system": theme not in THEMES,
        "single_keys": request.COOKIES.get("keys") != "off",
        "confidential": bool(getattr(getattr(request, "seeker", None), "confidential", False)),
    }
