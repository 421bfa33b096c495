"""One pasted text to one person: an address, a signature, a profile link, or a sentence.

Theory of operation.  What is certain is cut out first: e-mail addresses, links, telephone numbers.
Of the lines left, the first that reads as a name is the name; the others are read as ``title at
organization``, ``title, organization`` or ``title | organization``.  A sentence that begins with
``met`` gives the meeting (where, when) besides.  Nothing that was written is lost: lines not
understood become notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext

from askwell.formats.names import split_name
from askwell.formats.phones import e164
from askwell.formats.records import Name
from askwell.search.text import fold

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+|(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/[^\s<>\"]+", re.IGNORECASE
)
_BARE_URL = re.compile(
    r"(?<![@\w.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|edu|gov|de|fr|uk|eu|example|ai|me|info|ca|ch|at|nl|se)"
    r"(?:/[^\s<>\"]*)?(?![\w@])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w@.])(?:\+|00)?\(?\d[\d ()./\u00a0\u2010-\u2015-]{5,}\d"
    r"(?:\s*(?:ext\.?|x|extension)\s*\d{1,6})?(?![\w@])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\s*(?:e-?mail|mail|e|phone|tel|telephone|telefon|mobile|mob|cell|m|p|t|o|d|c|f|fax|direct|office|work|home"
    r"|web|website|www|w|linkedin|url)\s*[:.|]?\s*$",
    re.IGNORECASE,
)
_MET = re.compile(
    r"^\s*(?:i\s+|we\s+)?(?:just\s+)?(?:met|spoke (?:with|to)|talked (?:with|to)|ran into)\s+", re.IGNORECASE
)
_WHEN = re.compile(
    r"[,;]?\s*\b(?:(?P<today>today|tonight|this (?:morning|afternoon|evening))"
    r"|(?P<yesterday>yesterday(?: (?:morning|afternoon|evening))?|last night)"
    r"|(?P<ago>(?P<count>\d{1,3}|an?|one|two|three|four|five|six|a few|a couple of)"
    r" (?P<unit>day|week|month)s? ago)"
    r"|(?P<lastunit>last (?P<lunit>week|month|year))"
    r"|(?:(?:on|last|this) )?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:on )?(?P<iso>\d{4}-\d{2}-\d{2}))\b\.?",
    re.IGNORECASE,
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "a few": 3,
    "a couple of": 2,
}
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_AT = re.compile(r"\s+(?:at|@|bei|chez|with)\s+", re.IGNORECASE)
_VENUE = re.compile(
    r"(?:^|[,;]\s*|\s+)(?:(?:at|during|in|on) (?=the\b|a\b|an\b|our\b|[A-Z0-9])|through |via )", re.IGNORECASE
)
_TITLE_WORDS_TEXT = """
engineer manager director head lead chief officer president vp ceo cto cfo coo cmo founder
cofounder owner partner analyst consultant designer developer scientist researcher professor
lecturer teacher nurse doctor lawyer attorney counsel recruiter associate assistant coordinator
specialist strategist architect editor writer journalist producer student intern fellow
principal senior junior sr jr pm product project program programme marketing sales finance
accountant advisor adviser agent broker buyer planner representative executive administrator
supervisor technician chair dean curator librarian operations hr people talent data software
research leiter leiterin geschaftsfuhrer geschaftsfuhrerin directeur directrice gerente
ingeniero ingeniera
"""
_TITLE_WORDS = frozenset(_TITLE_WORDS_TEXT.split())
_ORGANIZATION_WORDS_TEXT = """
inc llc ltd gmbh ag corp company university universitat college school institute bank group
labs studio hospital foundation agency partners consulting solutions systems technologies
department ministry museum clinic
"""
_ORGANIZATION_WORDS = frozenset(_ORGANIZATION_WORDS_TEXT.split())
_SIGN_OFF = re.compile(
    r"^\s*(?:--+|__+|best(?: regards| wishes)?|kind regards|warm regards|regards|thanks|thank you"
    r"|many thanks|cheers|sincerely"
    r"|yours(?: \w+)?|all the best|mit freundlichen gr\S+|viele gr\S+|cordialement|saludos|sent from my .*)"
    r"\s*[,.!]?\s*$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:\||•|·|\t|;|—|–|\s-\s)\s*")
_FEWEST_DIGITS = 7
_LONGEST_NAME = 6
_BOTH_NAMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickAdd:
    """One person as a text gives them; what is not in the text is empty.

    ``how_met`` is in the text's own words; ``met_on`` the day it names.
    """

    name: Name = field(default_factory=Name)
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    organization: str = ""
    title: str = ""
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
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    body = "\n".join(line for line in lines if line and not _SIGN_OFF.match(line))
    emails, body = _cut(_EMAIL, body)
    urls, body = _cut(_URL, body)
    bare, body = _cut(_BARE_URL, body)
    met_on, met, body = _when(body, now.date())
    phones, body = _phones(body, default_country)
    made = _sentence(body) if _MET.match(body) else _lines(body)
    name = made.name or _name_of_address(emails, urls)
    return QuickAdd(
        name=_named(name) if name else Name(),
        emails=emails,
        phones=phones,
        urls=(*urls, *bare),
        organization=made.organization,
        title=made.title,
        met_where=made.where,
        met_on=met_on,
        how_met=_how_met(made.where, met_on, said=bool(made.where or met)),
        notes=made.notes,
    )


def _named(text: str) -> Name:
    """``Doe, Jane`` is shown as Jane Doe."""
    name = split_name(text)
    turned = name.given and name.family and text.startswith(f"{name.family},")
    return replace(name, formatted=f"{name.given} {name.family}") if turned else name


@dataclass(slots=True)
class _Said:
    name: str = ""
    title: str = ""
    organization: str = ""
    where: str = ""
    notes: str = ""


def _cut(pattern: re.Pattern[str], text: str) -> tuple[tuple[str, ...], str]:
    """Take every match out of the text, with the brackets around it."""
    found = dict.fromkeys(match.group().rstrip(".,;:)>]") for match in pattern.finditer(text))
    left = re.sub(r"[<(\[]\s*(?:mailto:)?\x00\s*[>)\]]|\x00", "\n", pattern.sub("\x00", text))
    return tuple(found), left


def _phones(text: str, country: str) -> tuple[tuple[str, ...], str]:
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        value = match.group().strip(" .,-")
        digits = sum(char.isdigit() for char in value)
        if digits < _FEWEST_DIGITS or not (e164(value, country) or _looks_dialled(value)):
            return match.group()
        found.append(value)
        return "\n"

    left = _PHONE.sub(take, text)
    return tuple(found), left


def _looks_dialled(value: str) -> bool:
    return not re.fullmatch(r"\d{4}\s*[-–]\s*\d{4}", value)  # years: 2019-2024


def _when(text: str, today: date) -> tuple[date | None, str, str]:
    """Give the day a meeting sentence names, its words, and the text without them."""
    if not _MET.match(text):
        return None, "", text
    match = next(iter(_WHEN.finditer(text)), None)
    if match is None:
        return None, "", text
    day = _day(match, today)
    return day, match.group().strip(" ,;."), text[: match.start()] + text[match.end() :]


def _day(match: re.Match[str], today: date) -> date | None:
    if match["today"]:
        return today
    if match["yesterday"]:
        return today - timedelta(days=1)
    if match["ago"]:
        count = match["count"].lower()
        return today - timedelta(
            days=_UNIT_DAYS[match["unit"].lower()] * (int(count) if count.isdigit() else _COUNTS[count])
        )
    if match["lastunit"]:
        return today - timedelta(days=_UNIT_DAYS[match["lunit"].lower()])
    if match["day"]:
        back = (today.weekday() - _DAYS.index(match["day"].lower())) % 7
        return today - timedelta(days=back or 7)
    try:
        return date.fromisoformat(match["iso"])
    except ValueError:
        return None


def _sentence(text: str) -> _Said:
    """Read ``met Jane Doe, PM at Acme, at PyCon``: name, then who she is, then where."""
    first, *rest = [line for line in text.split("\n") if line.strip(" ,.;")]
    said = _MET.sub("", first).strip(" .")
    pieces = [piece.strip() for piece in re.split(r"[,;]\s*|\s+-\s+", said) if piece.strip()]
    who, where = _name_and_venue(pieces[0]) if pieces else ("", "")
    name, _from, place = who.partition(" from ")
    made = _Said(name=name, organization=place.strip(), where=where)
    unknown: list[str] = []
    for piece in pieces[1:]:
        _place_piece(made, piece, unknown)
    made.notes = "\n".join([", ".join(unknown), *(line.strip(" ,;") for line in rest)]).strip()
    return made


def _name_and_venue(piece: str) -> tuple[str, str]:
    """``Jane Doe at PyCon`` and ``Jane Doe from Acme`` have a name before the word between."""
    found = re.split(r"\s+(at|in|on|during|through|via)\s+", piece, maxsplit=1, flags=re.IGNORECASE)
    return (found[0], f"{found[1]} {found[2]}") if found[1:] else (piece, "")


def _place_piece(made: _Said, piece: str, unknown: list[str]) -> None:
    if not made.where and _VENUE.match(piece):
        made.where = piece
    elif from_ := re.match(r"(?:from|of|who works (?:at|for)|works (?:at|for)) (.+)", piece, re.IGNORECASE):
        made.organization = made.organization or from_[1]
    elif not made.title and (_AT.search(piece) or _is_title(piece)):
        made.title, made.organization = _job(piece, made.organization)
    elif not made.organization and made.title:
        made.organization = piece
    else:
        unknown.append(piece)


def _job(piece: str, organization: str) -> tuple[str, str]:
    """``PM at Acme`` in two, without a venue that follows (``at PyCon``)."""
    title, *places = _AT.split(re.sub(r"^(?:an?|the)\s+", "", piece, flags=re.IGNORECASE), maxsplit=1)
    return title.strip(), organization or (places[0].strip() if places else "")


def _lines(text: str) -> _Said:
    """Read an address line, a signature or ``Jane Doe, PM at Acme``."""
    made, unknown = _Said(), []
    pieces = [piece for line in text.split("\n") for piece in _pieces(line)]
    for piece in pieces:
        if not made.name and _is_name(piece):
            made.name = piece
        elif not made.title and (_AT.search(f" {piece}") or _is_title(piece)):
            made.title, made.organization = _job(piece, made.organization)
        elif not made.organization and made.name and _could_be_organization(piece):
            made.organization = piece
        else:
            unknown.append(piece)
    made.notes = "\n".join(unknown)
    return made


def _pieces(line: str) -> list[str]:
    """Cut a line at its separators and commas, but not ``Doe, Jane`` or letters after a name."""
    found: list[str] = []
    for part in _SEPARATOR.split(line):
        words = [word.strip() for word in part.split(",")]
        if (
            len(words) == _BOTH_NAMES
            and all(len(word.split()) == 1 and word.isalpha() for word in words)
            and not _is_title(words[1])
        ):
            name = split_name(part)
            found += [part.strip()] if name.family and name.given else words
            continue
        found += _letters_joined(words)
    bare = (
        re.sub(r"^(?:linkedin|web|email|phone|tel|mobile)\s*:\s*$", "", piece, flags=re.IGNORECASE)
        for piece in found
    )
    return [
        piece.strip(" .\"'<>()[]*_")
        for piece in bare
        if piece.strip(" .\"'<>()[]*_:") and not _LABEL.match(piece)
    ]


def _letters_joined(words: list[str]) -> list[str]:
    """Letters after a name (``PhD``, ``Jr.``) stay with it."""
    joined: list[str] = []
    for word in words:
        if joined and word and split_name(f"{joined[-1]}, {word}").suffix.endswith(word):
            joined[-1] += f", {word}"
        else:
            joined.append(word)
    return joined


def _is_title(piece: str) -> bool:
    return any(word in _TITLE_WORDS for word in re.split(r"[\W_]+", fold(piece)))


def _is_name(piece: str) -> bool:
    words = piece.split()
    if not words or len(words) > _LONGEST_NAME or any(char.isdigit() for char in piece):
        return False
    folded = {word.strip(".,") for word in fold(piece).split()}
    if (
        folded & (_TITLE_WORDS - {"dean", "lead", "head", "partner", "people", "pm", "sr", "jr"})
        or folded & _ORGANIZATION_WORDS
    ):
        return False
    return not _AT.search(f" {piece} ") and any(char.isalpha() for char in piece)


def _could_be_organization(piece: str) -> bool:
    return any(char.isalpha() for char in piece) and not re.match(r"^\d", piece)


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
