"""One card being read: from its layout and its values to the values of a person.

Theory of operation.  The layout says which lines belong to which property; here their values
are read.  A line is *kept* beside its value when its head says more than the value holds
(preference, language, a group shared with other lines), known lines in the order in which
``KNOWN`` names them: so the properties must be asked for in that order.  Lines of properties
that are not understood are kept in any case.  Values hold no carriage returns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.formats.phones import e164
from askwell.formats.records import Email, Phone, PositionRecord, PostalAddress, Url
from askwell.formats.vcard.heads import split_escaped, unescaped
from askwell.formats.vcard.labels import SOCIAL_LABELS, is_linkedin
from askwell.formats.vcard.layout import said_by_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from askwell.formats.vcard.layout import Layout, Spot

Pair = tuple[str, str]
Key = tuple[str, Any]
# A value and the places of the lines that say more than it.
Kept = tuple[Key, tuple[int, ...]]

PRODID = "-//Askwell//Contacts//EN"

_OWN = {
    "X-ASKWELL-HEADLINE": "headline",
    "X-ASKWELL-PLACE": "place",
    "X-ASKWELL-CONNECTED-ON": "connected_on",
    "X-ASKWELL-REFERRED-BY": "referred_by",
    "X-ASKWELL-MET": "met",
}
_NICKNAME_ITEM = "vnd.android.cursor.item/nickname;"
_NAME_PARTS = 5
_ADDRESS_PARTS = 7


def _clean(value: str) -> str:
    """The text of a value, without outer white space."""
    return unescaped(value).strip() if "\\" in value else value.strip()


def _clean_parts(value: str) -> list[str]:
    if "\\" not in value:
        return [part.strip() for part in value.split(";")]
    return [_clean(part) for part in split_escaped(value, ";")]


class Draft:
    """The lines of one card, and the values made of them."""

    __slots__ = (
        "_late",
        "_more_rest",
        "android_nickname",
        "country",
        "is_group",
        "kept",
        "layout",
        "own",
        "positions",
        "values",
    )

    def __init__(self, layout: Layout, values: Sequence[str], country: str = "") -> None:
        self.layout = layout
        self.values = values
        self.country = country
        self.is_group = False
        self.own: dict[str, str] = {}
        self.positions: list[PositionRecord] = []
        self.android_nickname = ""
        self.kept: list[Kept] = []
        self._more_rest: list[int] = []
        self._late: list[int] = []
        for at in layout.handled:
            _HANDLERS[layout.heads[at].name](self, at)

    @property
    def by_us(self) -> bool:
        """Whether we wrote the file."""
        at = self.layout.maker_at
        return at >= 0 and self.values[at] == PRODID

    def said(self, name: str) -> list[int]:
        """The places of a property's lines that say anything."""
        lines = self.layout.lines.get(name)
        return [at for at in lines if self.values[at].strip()] if lines else []

    def pairs(self, places: Iterable[int]) -> list[Pair]:
        """Lines as they are kept: their real line breaks escaped again."""
        heads, values = self.layout.heads, self.values
        return [(heads[at].wire, values[at].replace("\n", "\\n")) for at in places]

    def keep_last(self, at: int) -> None:
        """Keep a line of a property that is understood, but not this time, behind all others."""
        self._late.append(at)

    def _keep(self, name: str, value: object, *lines: int) -> None:
        self.kept.append(((name, value), lines))

    def text(self, name: str) -> str:
        """The first value of a single-valued property; further ones are kept."""
        at = self.layout.plain.get(name)
        return self.keep_single(name, self.said(name)) if at is None else _clean(self.values[at])

    def keep_single(self, name: str, lines: list[int]) -> str:
        """The first line's text; all the lines are kept if they say more than that."""
        if not lines:
            return ""
        found = _clean(self.values[lines[0]])
        if len(lines) > 1 or self.layout.heads[lines[0]].apart:
            self._keep(name, found, *lines)
        return found

    def texts(self, name: str) -> list[str]:
        """Every value of a property, without repetition."""
        if (at := self.layout.plain.get(name)) is not None:
            return [_clean(self.values[at])]
        found = []
        for at in self.layout.lines.get(name, ()):
            value = _clean(self.values[at])
            if value:
                found.append(value)
                if self.layout.heads[at].apart:
                    self._keep(name, value, at)
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def listed(self, name: str) -> tuple[str, ...]:
        """Every part of comma-separated values, without repetition."""
        lines = self.layout.lines.get(name)
        if not lines:
            return ()
        parts = (_clean(part) for at in lines for part in split_escaped(self.values[at], ","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def name_parts(self) -> tuple[str, str, str, str, str]:
        """Family, given, middle, prefix, suffix of the first ``N`` that says anything."""
        for at in self.layout.lines.get("N", ()):
            value = self.values[at]
            parts = _clean_parts(value) if "," not in value else self._listed_parts(value)
            beyond = any(parts[_NAME_PARTS:])
            family, given, middle, prefix, suffix, *_ = (*parts, "", "", "", "")
            if family or given or middle or prefix or suffix:
                found = (family, given, middle, prefix, suffix)
                if beyond or self.layout.heads[at].apart:
                    self._keep("N", found, at)
                return found
        return "", "", "", "", ""

    def _listed_parts(self, value: str) -> list[str]:
        """Each part may be a list, but not in 2.1."""
        at = self.layout.version_at
        if at >= 0 and self.values[at].strip() == "2.1":
            return _clean_parts(value)
        parts = [
            [_clean(one) for one in split_escaped(part, ",")] if "," in part else [_clean(part)]
            for part in split_escaped(value, ";")
        ]
        last = _NAME_PARTS - 1
        return [
            (", " if at == last else " ").join(one for one in part if one) for at, part in enumerate(parts)
        ]

    def organizations(self) -> list[tuple[str, str, str]]:
        """Organization, department and group of every ``ORG``."""
        found: list[tuple[str, str, str]] = []
        for at in self.layout.lines.get("ORG", ()):
            organization, *more = _clean_parts(self.values[at])
            department = more[0] if len(more) == 1 else ", ".join(part for part in more if part)
            if not organization and not department:
                continue
            head = self.layout.heads[at]
            if not found and (head.apart or any(more[1:])):
                self._keep("ORG", (organization, department), at)
            found.append((organization, department, head.group))
        return found

    def emails(self) -> tuple[Email, ...]:
        """Preferred first; the same address once."""
        found: dict[str, Email] = {}
        for spot in self.layout.emails:
            value = self.values[spot.at].strip()
            if "\\" in value:
                value = _clean(value)
            if ":" in value:
                value = _without_scheme(value, "mailto:")
            key = value.casefold()
            if key and key not in found:
                label, lost = self._label(spot, "EMAIL") if spot.label_at >= 0 else (spot.label, spot.lost)
                found[key] = Email(value=value, label=label)
                if lost:
                    self._keep("EMAIL", (value, label), spot.at)
        return tuple(found.values())

    def phones(self) -> tuple[Phone, ...]:
        """Preferred first; the same number once."""
        found: dict[str, Phone] = {}
        for spot in self.layout.phones:
            value = self.values[spot.at].strip()
            if "\\" in value:
                value = _clean(value)
            whole = value
            if ":" in value:
                value = _without_scheme(value, "tel:")
            number = e164(value, self.country)
            key = number or value
            if key and key not in found:
                label, lost = self._label(spot, "TEL") if spot.label_at >= 0 else (spot.label, spot.lost)
                found[key] = Phone(value=value, e164=number, label=label)
                # What follows the number in a tel: address is in no field.
                if lost or (value is not whole and ";" in whole):
                    self._keep("TEL", (value, label), spot.at)
        return tuple(found.values())

    def urls(self) -> tuple[Url, ...]:
        """Web addresses and pages in social networks; the same once."""
        found: dict[str, Url] = {}
        for spot in self.layout.urls:
            value = _clean(self.values[spot.at])
            if not value or value in found:
                continue
            label, lost = self._label(spot, "URL") if spot.label_at >= 0 else (spot.label, spot.lost)
            is_url = spot.head.name == "URL"
            if is_linkedin(value) or (label == "linkedin" and not is_url):
                label = "profile"
            found[value] = Url(value=value, label=label)
            if lost or (label in SOCIAL_LABELS) == (is_url or bool(spot.head.group)):
                self._keep("URL", (value, label), spot.at)
        return tuple(found.values())

    def _label(self, spot: Spot, name: str) -> tuple[str, bool]:
        """The label, and whether the writer would write another line."""
        if spot.label_at < 0:
            return spot.label, spot.lost
        label, plain = said_by_group(name, self.values[spot.label_at])
        return label or spot.label, spot.lost or not plain

    def addresses(self) -> tuple[PostalAddress, ...]:
        """Preferred first; each with the ``LABEL`` that belongs to it."""
        found: list[PostalAddress] = []
        for spot in self.layout.addresses:
            envelope = (spot.envelope_at,) if spot.envelope_at >= 0 else ()
            formatted = _clean(self.values[envelope[0]]) if envelope else spot.formatted
            label, lost = self._label(spot, "ADR")
            address = _address(_clean_parts(self.values[spot.at]), label, formatted)
            if address is None or address in found:
                continue
            found.append(address)
            if lost:
                self._keep("ADR", address, spot.at, *envelope)
        found += [
            PostalAddress(label=self._label(spot, "ADR")[0], formatted=formatted)
            for spot in self.layout.envelopes
            if (formatted := _clean(self.values[spot.at]))
        ]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def kept_pairs(self) -> tuple[Pair, ...]:
        """Lines of known properties in the order they were asked for, then the others in the source's."""
        known = [at for _, lines in self.kept for at in lines]
        again = self._made_again(known) if self.layout.group_labels else ()
        rest = [at for at in self.not_understood() if at not in again]
        return tuple(self.pairs(known + rest + self._late))

    def _made_again(self, known: list[int]) -> list[int]:
        """The places of groups' labels that follow from a value's label, where no line of theirs is kept."""
        heads = self.layout.heads
        kept = {heads[at].group for at in known}
        return [
            label.at
            for label in self.layout.group_labels
            if heads[label.at].group not in kept and said_by_group(label.of, self.values[label.text_at])[1]
        ]

    def not_understood(self) -> Sequence[int]:
        """The places of every line that was not understood, labels of groups too."""
        rest = self.layout.rest
        return sorted((*rest, *self._more_rest)) if self._more_rest else rest

    def take_kind(self, at: int) -> None:
        """A card may be a list of people."""
        self.is_group = self.values[at].strip().lower() == "group"
        if not self.is_group:
            self._more_rest.append(at)

    def take_android(self, at: int) -> None:
        """Of Android's own lines the nickname is understood."""
        value = self.values[at]
        if not value.startswith(_NICKNAME_ITEM):
            self._more_rest.append(at)
        elif not self.android_nickname:
            self.android_nickname = _clean(split_escaped(value, ";")[1])

    def take_position(self, at: int) -> None:
        """A job or a school as we write it ourselves."""
        parts = [unescaped(part) for part in split_escaped(self.values[at], ";")] + [""] * 8
        self.positions.append(
            PositionRecord(
                organization=parts[0],
                title=parts[1],
                department=parts[2],
                started=parts[3],
                ended=parts[4],
                school=parts[5] == "1",
                place=parts[6],
                notes=parts[7],
            )
        )

    def take_own(self, at: int) -> None:
        """Another line that only we write; the first counts."""
        self.own.setdefault(_OWN[self.layout.heads[at].name], unescaped(self.values[at]))


_HANDLERS: dict[str, Callable[[Draft, int], None]] = {
    "KIND": Draft.take_kind,
    "X-ADDRESSBOOKSERVER-KIND": Draft.take_kind,
    "X-ANDROID-CUSTOM": Draft.take_android,
    "X-ASKWELL-POSITION": Draft.take_position,
    **dict.fromkeys(_OWN, Draft.take_own),
}


def _without_scheme(value: str, scheme: str) -> str:
    if value[: len(scheme)].lower() != scheme:
        return value
    return value[len(scheme) :].partition(";")[0] or value


def _address(parts: list[str], label: str, formatted: str) -> PostalAddress | None:
    if not formatted and not any(parts):
        return None
    if len(parts) < _ADDRESS_PARTS:
        parts += [""] * (_ADDRESS_PARTS - len(parts))
    return PostalAddress(
        label=label,
        po_box=parts[0],
        extended=parts[1],
        street=parts[2],
        city=parts[3],
        region=parts[4],
        postcode=parts[5],
        country=parts[6],
        formatted=formatted,
    )
