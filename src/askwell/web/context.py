"""What every page's frame needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
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
    Place(name="mail", label=_("Mail"), icon="mail", key="m"),
    Place(name="introductions", label=_("Introductions"), icon="git-branch", key="i"),
    Place(name="leads", label=_("Leads"), icon="lightbulb", key="l"),
    Place(name="events", label=_("Events"), icon="calendar", key="e"),
    Place(name="giving", label=_("Giving"), icon="gift", key="v"),
    Place(name="back", label=_("Looking back"), icon="chart-line", key="b"),
)
_PLACED = {place.name for place in PLACES} | {"settings"}
_BELONGS = {  # first parts of paths that are no place of their own
    "aside": "people",
    "organizations": "people",
    "shelf": "giving",
    "trials": "talks",
    "letters": "people",
    "outreach": "people",
}


def places(here: str = "") -> list[Place]:
    """List the places, and mark the one of that name."""
    return [replace(place, url=reverse(place.name), here=place.name == here) for place in PLACES]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """All that the frame around a page depends on."""

    here: str = ""  # the name of the place the page belongs to
    theme: str = ""  # "light" or "dark"; else as the system
    single_keys: bool = True
    confidential: bool = False

    def shown(self) -> dict[str, Any]:
        """Give what the templates of the frame show."""
        return {
            "places": partial(places, self.here),
            "settings_here": self.here == "settings",
            "theme": self.theme,
            "is_light": self.theme == "light",
            "is_dark": self.theme == "dark",
            "is_system": not self.theme,
            "single_keys": self.single_keys,
            "confidential": self.confidential,
        }


def _here(path: str) -> str:
    """Name the place a path belongs to: by its first part."""
    first = path.strip("/").partition("/")[0]
    first = _BELONGS.get(first, first)
    return first if first in _PLACED else "" if path != "/" else "today"


def frame_of(request: HttpRequest) -> Frame:
    """Read from a request what its frame depends on."""
    theme = request.COOKIES.get("theme", "")
    return Frame(
        here=_here(request.path_info),
        theme=theme if theme in THEMES else "",
        single_keys=request.COOKIES.get("keys") != "off",
        confidential=bool(getattr(getattr(request, "seeker", None), "confidential", False)),
    )


def sample_is_here(request: HttpRequest) -> bool:
    """Say whether the sample network is here; asked of the database only where no session remembers."""
    if not hasattr(request, "session") or not request.user.is_authenticated:
        return False
    known = request.session.get(SAMPLE)
    return has_sample(request.user) if known is None else bool(known)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every page its frame: places, colours, keys, confidentiality."""
    frame = frame_of(request)
    return {
        **frame.shown(),
        "frame": frame,
        "full_path": request.get_full_path(),
        "sample_here": sample_is_here(request),
    }
