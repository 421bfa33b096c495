"""One pasted text to one person: an address, a signature, a card, a headline, or a jotted line.

Theory of operation.  What is certain is cut out first: e-mail addresses, links, telephone numbers
(``cutting``).  One line that tells of a meeting is read as a sentence (``telling``, ``days``), anything
else as a card (``card``, ``towns``).  The words that tell job from place from label are closed lists in
eight languages (``words``).  What is not certain is told: nothing that was written is lost, and a last
look (``_lost``) notes every line of which a word stands nowhere, but for labels, signs-off and joining
words of the closed lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext

from askwell.formats.names import split_name
from askwell.formats.records import Name
from askwell.people.quick_add import said
from askwell.people.quick_add.card import read_card
from askwell.people.quick_add.cutting import CUT, cut_phones, cut_points, without_labels
from askwell.people.quick_add.days import when
from askwell.people.quick_add.rest import lost
from askwell.people.quick_add.telling import is_telling, read_telling
from askwell.people.quick_add.towns import is_address, town
from askwell.people.quick_add.words import LEGAL_LINE, SIGN_OFF, UNSHOWN
from askwell.search.text import fold

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["QuickAdd", "parse_quick"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickAdd:
    """One person as a text gives them; what is not in the text is empty.

    ``how_met`` is in the text's own words; ``met_on`` the day it names; ``place`` a town.
    """

    name: Name = field(default_factory=Name)
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    organization: str = ""
    title: str = ""
    place: str = ""
    met_where: str = ""
    met_on: date | None = None
    how_met: str = ""
    notes: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether nobody was found."""
        return not (self.name.formatted or self.points)

    @property
    def points(self) -> tuple[tuple[str, str], ...]:
        """Every address as (kind, value)."""
        return (
            *(("email", value) for value in self.emails),
            *(("phone", value) for value in self.phones),
            *(("url", value) for value in self.urls),
        )


def parse_quick(text: str, *, now: datetime, default_country: str = "") -> QuickAdd:
    """Read one person from a text of any of the kinds above.  Never raises; may be empty."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    emails, urls, body = cut_points(text)
    lines, phones, told = _lines(body, default_country)
    met_on, met, undated = when("\n".join(lines), now.date())
    if is_telling("\n".join(lines), dated=bool(met)):
        made = read_telling(undated.replace(CUT, ","))
    else:
        made, met_on, met = read_card(lines, said.hints_of(emails, urls)), None, ""
    name = UNSHOWN.sub("", made.name).strip() or _name_of_address(emails, urls)
    quick = QuickAdd(
        name=_named(name) if name else Name(),
        emails=emails,
        phones=tuple(dict.fromkeys(phones)),
        urls=urls,
        organization=made.organization,
        title=made.title,
        place=made.place,
        met_where=made.where,
        met_on=met_on,
        how_met=_how_met(made.where, met_on, said=bool(made.where or met)),
    )
    return replace(quick, notes=_notes(quick, text, [*made.left, *told], met))


def _lines(body: str, country: str) -> tuple[list[str], list[str], list[str]]:
    """Give (lines to read, telephone numbers, lines to tell)."""
    lines: list[str] = []
    phones: list[str] = []
    told: list[str] = []
    for line in body.split("\n"):
        folded = fold(line)
        if not re.search(r"\w", line) or SIGN_OFF.match(folded) or SIGN_OFF.match(line):
            continue
        if LEGAL_LINE.search(folded):
            told.append(line.replace(CUT, " ").strip())
        else:
            found, fax, left = cut_phones(line, country, sure=bool(town(line)) or is_address(line))
            phones += found
            told += fax
            lines.append(left.strip())
    return [line for line in lines if re.search(r"\w", without_labels(line))], phones, told


def _notes(quick: QuickAdd, text: str, told: list[str], met: str) -> str:
    notes = "\n".join(line for line in (one.replace(CUT, " ").strip(" ,;") for one in told) if line)
    fields = (
        quick.name.formatted,
        *(value for _kind, value in quick.points),
        quick.organization,
        quick.title,
        quick.place,
        quick.met_where,
        met,
    )
    return "\n".join(part for part in (notes, *lost(text, (*fields, notes))) if part)


def _named(text: str) -> Name:
    """``Doe, Jane`` is shown as Jane Doe."""
    name = split_name(text)
    turned = name.given and name.family and text.startswith(f"{name.family},")
    return replace(name, formatted=f"{name.given} {name.family}") if turned else name


def _name_of_address(emails: tuple[str, ...], urls: tuple[str, ...]) -> str:
    """Read a name from ``jane.doe@...`` or ``.../in/jane-doe-1a2b3c``; none from anything less plain."""
    for url in urls:
        if slug := re.search(r"linkedin\.com/in/([^/?#]+)", url, re.IGNORECASE):
            return _capitals(_without_code(re.split(r"[-_.]+", slug[1])))
    for email in emails:
        local = re.split(r"[._]", email.partition("@")[0].partition("+")[0])
        if len(local) > 1 and all(part.isalpha() for part in local):
            return _capitals(local)
    return ""


def _without_code(words: list[str]) -> list[str]:
    """A profile address ends in a code when the plain name was taken."""
    return [word for word in words if word and not any(char.isdigit() for char in word)]


def _capitals(words: list[str]) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _how_met(where: str, day: date | None, *, said: bool) -> str:
    """Put together place and day for the contact's page, in the words of the seeker's language."""
    if not said:
        return ""
    return ", ".join(part for part in (where, date_format(day, gettext("j F Y")) if day else "") if part)
