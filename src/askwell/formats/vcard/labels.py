"""Labels: what a value is for, between TYPE words, Apple's grouped labels and plain words.

Theory of operation.  A neutral label is lower case and made of plain words: ``work``,
``mobile``, ``home fax``, ``school friend``.  Reading turns TYPE words and
``X-ABLabel`` into it; writing gives TYPE words back where every program knows them, and a
group with ``X-ABLabel`` otherwise.  The two directions are inverse: what ``written_types``
returns reads back as the same label.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LABELLED = frozenset({"EMAIL", "TEL", "URL", "ADR", "LABEL", "X-SOCIALPROFILE", "SOCIALPROFILE"})
SOCIAL_LABELS = frozenset(
    {"profile", "twitter", "facebook", "xing", "mastodon", "github", "instagram", "x", "bluesky", "flickr"}
)
_LINKEDIN = re.compile(r"\s*(?:https?://)?(?:[\w-]+\.)*linkedin\.com/(?:in|pub|profile)\b", re.IGNORECASE)
_APPLE = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)
_APPLE_WORDS = {
    "home page": "HomePage",
    "home": "Home",
    "work": "Work",
    "other": "Other",
    "school": "School",
    "mobile": "Mobile",
    "main": "Main",
    "pager": "Pager",
    "home fax": "HomeFAX",
    "work fax": "WorkFAX",
    "other fax": "OtherFAX",
}
_FROM_APPLE = {apple.lower(): label for label, apple in _APPLE_WORDS.items()}
_WORD_OF_TYPE = {"cell": "mobile", "mobil": "mobile"}
_TYPES_OF_WORD = {"mobile": ("CELL",), "iphone": ("IPHONE", "CELL")}
_WRITABLE = {
    "TEL": frozenset({"home", "work", "mobile", "iphone", "fax", "pager", "main", "car", "other"}),
    "EMAIL": frozenset({"home", "work", "other"}),
    "ADR": frozenset({"home", "work", "other"}),
    "URL": frozenset({"home", "work", "other"}),
}
_SILENT = {
    "EMAIL": frozenset({"internet", "pref"}),
    "TEL": frozenset({"voice", "pref"}),
    "ADR": frozenset({"postal", "parcel", "dom", "intl", "pref"}),
    "LABEL": frozenset({"postal", "parcel", "dom", "intl", "pref"}),
}
_KEPT = frozenset({"msg", "text", "video", "isdn", "bbs", "modem", "pcs", "textphone", "x400"})


class Shade(Enum):
    """What a TYPE word does: it is said in the label, means nothing, or is kept with its line."""

    SAID = 1
    SILENT = 2
    KEPT = 3


def shade(name: str, type_word: str) -> Shade:
    """How a lower-case TYPE word of a property is treated."""
    if type_word in _SILENT.get(name, ("pref",)):
        return Shade.SILENT
    return Shade.KEPT if type_word in _KEPT else Shade.SAID


def type_label(name: str, types: Sequence[str]) -> str:
    """``["cell", "work"]`` gives ``work mobile``: the place first, then the kind."""
    said = [_WORD_OF_TYPE.get(t, t.removeprefix("x-")) for t in types if shade(name, t) is Shade.SAID]
    words = [w for w in dict.fromkeys(said) if w]
    if "iphone" in words and "mobile" in words:
        words.remove("mobile")
    words.sort(key=lambda word: word not in {"home", "work", "other"})
    return " ".join(words)


def group_label(text: str) -> str:
    """``_$!<HomePage>!$_`` gives ``home page``; any other text in lower case."""
    text = text.strip()
    match = _APPLE.fullmatch(text)
    if not match:
        return text.lower()
    return _FROM_APPLE.get(match[1].lower(), match[1].lower())


def written_types(name: str, label: str) -> tuple[str, ...] | None:
    """TYPE words that read back as this label, or None where only a grouped label can say it."""
    if not label:
        return ()
    words = label.split(" ")
    if not _WRITABLE[name].issuperset(words):
        return None
    types = tuple(t for word in words for t in _TYPES_OF_WORD.get(word, (word.upper(),)))
    return types if type_label(name, [t.lower() for t in types]) == label else None


def group_text(label: str) -> str:
    """The text of ``X-ABLabel``: Apple's own spelling for the words its programs translate."""
    apple = _APPLE_WORDS.get(label)
    return f"_$!<{apple}>!$_" if apple else label


def is_linkedin(url: str) -> bool:
    """Whether a web address is a person's LinkedIn page."""
    return "linkedin" in url.lower() and bool(_LINKEDIN.match(url))
