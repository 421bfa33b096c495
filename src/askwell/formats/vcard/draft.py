"""One card being read: what its lines said, gathered until the card is complete.

Theory of operation.  Lines may come in any order (a label after the value it labels, the
version last), so they are sorted by property first and made into values at the end.  Beside
each value stands its line; the line is *kept* when its head says more than the value holds
(preference, language, a group shared with other lines).  Lines of properties that are not
understood are kept in any case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from askwell.formats.phones import e164
from askwell.formats.records import Email, Phone, PositionRecord, PostalAddress, Url
from askwell.formats.vcard.heads import KNOWN, Head, split_escaped, unescaped
from askwell.formats.vcard.labels import (
    SOCIAL_LABELS,
    group_label,
    group_text,
    is_linkedin,
    written_types,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Pair = tuple[str, str]
Key = tuple[str, Any]

PRODID = "-//Askwell//Contacts//EN"

_OWN = {
    "X-ASKWELL-HEADLINE": "headline",
    "X-ASKWELL-PLACE": "place",
    "X-ASKWELL-CONNECTED-ON": "connected_on",
    "X-ASKWELL-REFERRED-BY": "referred_by",
    "X-ASKWELL-MET": "met",
}
_RANK = {name: rank for rank, name in enumerate(KNOWN)}
_PLAIN_GROUP = re.compile(r"item\d+")
_NUMBERED = frozenset({"EMAIL", "TEL", "URL", "ADR"})
_NICKNAME_ITEM = "vnd.android.cursor.item/nickname;"
_NAME_PARTS = 5


# A head, its decoded but still escaped value, and the number of its line.  Plain tuples: a card has
# twenty of them, and an address book thirty thousand cards.
Line = tuple[Head, str, int]
# A value and the lines that say more than it.
Kept = tuple[Key, tuple[Pair, ...]]


def pair_of(line: Line) -> Pair:
    """The line as it is kept."""
    return line[0].wire, wire_value(line[1])


class Draft:
    """The lines of one card, by property; and the values made of them."""

    def __init__(self, country: str = "") -> None:
        self.country = country
        self.version = ""
        self.is_group = False
        self.lines: dict[str, list[Line]] = {}
        self.rest: list[Line] = []
        self.own: dict[str, str] = {}
        self.positions: list[PositionRecord] = []
        self.android_nickname = ""
        self.by_us = False
        self.kept: list[Kept] = []
        self._labels: dict[str, Line] = {}
        self._members: dict[str, list[str]] = {}

    def feed(self, head: Head, value: str, number: int) -> None:
        """Take one line."""
        line = head, value, number
        if head.group:
            self._grouped(line)
        if head.slot:
            lines = self.lines.get(head.slot)
            if lines is None:
                self.lines[head.slot] = [line]
            else:
                lines.append(line)
        elif handler := _HANDLERS.get(head.name):
            handler(self, line)
        else:
            self.rest.append(line)

    def _grouped(self, line: Line) -> None:
        group = line[0].group
        self._members.setdefault(group, []).append(line[0].name)
        if line[0].name == "X-ABLABEL":
            self._labels.setdefault(group, line)

    def text(self, name: str) -> str:
        """The first value of a single-valued property; further ones are kept."""
        lines = [line for line in self.lines.get(name, ()) if line[1].strip()]
        return self.keep_single(name, lines)

    def keep_single(self, name: str, lines: list[Line]) -> str:
        """The first line's text; all the lines are kept if they say more than that."""
        if not lines:
            return ""
        found = unescaped(lines[0][1]).strip()
        if len(lines) > 1 or lines[0][0].more or lines[0][0].group:
            self.kept.append(((name, found), tuple(pair_of(line) for line in lines)))
        return found

    def texts(self, name: str) -> list[str]:
        """Every value of a property, without repetition."""
        found = []
        for line in self.lines.get(name, ()):
            value = unescaped(line[1]).strip()
            if value:
                found.append(value)
                if line[0].more or line[0].group:
                    self.kept.append(((name, value), (pair_of(line),)))
        return list(dict.fromkeys(found))

    def listed(self, name: str) -> tuple[str, ...]:
        """Every part of comma-separated values, without repetition."""
        lines = self.lines.get(name)
        if not lines:
            return ()
        parts = (unescaped(part).strip() for line in lines for part in split_escaped(line[1], ","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def name_parts(self) -> tuple[str, str, str, str, str]:
        """Family, given, middle, prefix, suffix of the first ``N`` that says anything."""
        for line in self.lines.get("N", ()):
            raw = split_escaped(line[1], ";")
            parts = [
                self._name_part(part, last=at == _NAME_PARTS - 1) for at, part in enumerate(raw[:_NAME_PARTS])
            ]
            parts += [""] * (_NAME_PARTS - len(parts))
            if any(parts):
                found = (parts[0], parts[1], parts[2], parts[3], parts[4])
                if line[0].more or line[0].group or any(raw[_NAME_PARTS:]):
                    self.kept.append((("N", found), (pair_of(line),)))
                return found
        return "", "", "", "", ""

    def _name_part(self, raw: str, *, last: bool) -> str:
        if "," not in raw or self.version == "2.1":
            return unescaped(raw).strip()
        parts = (unescaped(part).strip() for part in split_escaped(raw, ","))
        return (", " if last else " ").join(part for part in parts if part)

    def organizations(self) -> list[tuple[str, str, str]]:
        """Organization, department and group of every ``ORG``."""
        found: list[tuple[str, str, str]] = []
        for line in self.lines.get("ORG", ()):
            raw = [unescaped(part).strip() for part in split_escaped(line[1], ";")]
            organization, department = raw[0], ", ".join(part for part in raw[1:] if part)
            if not organization and not department:
                continue
            if not found and (line[0].more or line[0].group or any(raw[2:])):
                self.kept.append((("ORG", (organization, department)), (pair_of(line),)))
            found.append((organization, department, line[0].group))
        return found

    def titles(self) -> list[Line]:
        """Every ``TITLE`` that says anything."""
        return [line for line in self.lines.get("TITLE", ()) if line[1].strip()]

    def emails(self) -> tuple[Email, ...]:
        """Preferred first; the same address once."""
        return tuple(
            Email(value=value, label=label) for value, label in self._values("EMAIL", "mailto:", str.casefold)
        )

    def phones(self) -> tuple[Phone, ...]:
        """Preferred first; the same number once."""
        numbers: dict[str, str] = {}

        def key(value: str) -> str:
            numbers[value] = e164(value, self.country)
            return numbers[value] or value

        found = self._values("TEL", "tel:", key)
        return tuple(Phone(value=value, e164=numbers[value], label=label) for value, label in found)

    def urls(self) -> tuple[Url, ...]:
        """Web addresses and pages in social networks; the same once."""
        return tuple(Url(value=value, label=label) for value, label in self._values("URL", "", str))

    def _values(self, name: str, scheme: str, key: Callable[[str], str]) -> list[tuple[str, str]]:
        lines = self.lines.get(name)
        if not lines:
            return []
        if len(lines) > 1:
            lines = sorted(lines, key=_pref)
        found: dict[str, tuple[str, str]] = {}
        for line in lines:
            head, raw, _ = line
            value = unescaped(raw).strip()
            if scheme and value[: len(scheme)].lower() == scheme:
                value = value[len(scheme) :].partition(";")[0] or value
            identity = key(value)
            if not value or identity in found:
                continue
            label = self._label(line) if head.group else head.label
            if name == "URL":
                label = _url_label(head, value, label)
            found[identity] = value, label
            if self._is_lost(line, name, label):
                self.kept.append(((name, (value, label)), (pair_of(line),)))
        return list(found.values())

    def _is_lost(self, line: Line, name: str, label: str) -> bool:
        """Whether the writer, given value and label alone, would write another line."""
        head = line[0]
        if head.more:
            return True
        if head.group:
            return label in SOCIAL_LABELS or not self.is_plain(head.group, name)
        if name == "URL":
            return (label in SOCIAL_LABELS) == (head.name == "URL")
        return name == "TEL" and ";" in line[1] and line[1][:4].lower() == "tel:"

    def addresses(self) -> tuple[PostalAddress, ...]:
        """Preferred first; each with the ``LABEL`` that belongs to it."""
        if "ADR" not in self.lines and "LABEL" not in self.lines:
            return ()
        labels = list(self.lines.get("LABEL", ()))
        found: list[PostalAddress] = []
        for line in sorted(self.lines.get("ADR", ()), key=_pref):
            envelope = _envelope(line, labels)
            address = self._address(line, envelope)
            if address is None or address in found:
                continue
            found.append(address)
            if self._is_lost(line, "ADR", address.label):
                pairs = (pair_of(line), pair_of(envelope)) if envelope else (pair_of(line),)
                self.kept.append((("ADR", address), pairs))
        found += [
            PostalAddress(label=self._label(line), formatted=unescaped(line[1]).strip())
            for line in labels
            if line[1].strip()
        ]
        return tuple(dict.fromkeys(found))

    def _address(self, line: Line, envelope: Line | None) -> PostalAddress | None:
        parts = [unescaped(part).strip() for part in split_escaped(line[1], ";")]
        parts += [""] * (7 - len(parts))
        formatted = unescaped(envelope[1]).strip() if envelope else line[0].param("LABEL").strip()
        if not any(parts) and not formatted:
            return None
        return PostalAddress(
            label=self._label(line),
            po_box=parts[0],
            extended=parts[1],
            street=parts[2],
            city=parts[3],
            region=parts[4],
            postcode=parts[5],
            country=parts[6],
            formatted=formatted,
        )

    def _label(self, line: Line) -> str:
        if line[0].group and (given := self._labels.get(line[0].group)):
            return group_label(unescaped(given[1])) or line[0].label
        return line[0].label

    def is_plain(self, group: str, name: str) -> bool:
        """Whether the writer would make this group again, but for its number."""
        members = [m for m in self._members.get(group, ()) if m not in {"X-ABLABEL", "LABEL"}]
        if members != [name] or name not in _NUMBERED or not _PLAIN_GROUP.fullmatch(group):
            return False
        given = self._labels.get(group)
        if given is None:
            return "LABEL" in self._members[group]
        text = unescaped(given[1]).strip()
        label = group_label(text)
        return bool(label) and text == group_text(label) and written_types(name, label) is None

    def kept_pairs(self) -> tuple[Pair, ...]:
        """Lines of known properties in the writer's order, then the others in the source's."""
        if not self.kept and not self.rest and not self._labels:
            return ()
        order = sorted(self.kept, key=lambda kept: _RANK[kept[0][0]])
        known = [pair for kept in order for pair in kept[1]]
        rest = [
            pair_of(line)
            for line in self.rest
            if line[0].name != "X-ABLABEL" or not self._said_by_plain_group(line[0].group)
        ]
        return (*known, *rest)

    def _said_by_plain_group(self, group: str) -> bool:
        name = next((m for m in self._members.get(group, ()) if m in _NUMBERED), "")
        if not name or not self.is_plain(group, name):
            return False
        return not any(pair[0].startswith(group + ".") for _, lines in self.kept for pair in lines)


def wire_value(value: str) -> str:
    """A decoded value with its real line breaks escaped again."""
    if "\n" in value or "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return value


def _pref(line: Line) -> int:
    return line[0].pref


def _url_label(head: Head, value: str, label: str) -> str:
    if is_linkedin(value) or (head.name != "URL" and label == "linkedin"):
        return "profile"
    return label


def _envelope(line: Line, labels: list[Line]) -> Line | None:
    """Take the LABEL of the same group, else of the same types, out of the list."""
    for label in labels:
        if label[0].group == line[0].group and label[0].label == line[0].label:
            labels.remove(label)
            return label
    return None


def _take_version(draft: Draft, line: Line) -> None:
    draft.version = line[1].strip()


def _take_kind(draft: Draft, line: Line) -> None:
    draft.is_group = line[1].strip().lower() == "group"
    if not draft.is_group:
        draft.rest.append(line)


def _take_maker(draft: Draft, line: Line) -> None:
    # Who made the file is understood, and not kept: the next file is made by us.
    draft.by_us = line[1] == PRODID


def _take_android(draft: Draft, line: Line) -> None:
    if line[1].startswith(_NICKNAME_ITEM):
        nickname = unescaped(split_escaped(line[1], ";")[1]).strip()
        draft.android_nickname = draft.android_nickname or nickname
    else:
        draft.rest.append(line)


def _take_position(draft: Draft, line: Line) -> None:
    parts = [unescaped(part) for part in split_escaped(line[1], ";")] + [""] * 8
    draft.positions.append(
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


def _take_own(draft: Draft, line: Line) -> None:
    draft.own.setdefault(_OWN[line[0].name], unescaped(line[1]))


_HANDLERS: dict[str, Callable[[Draft, Line], None]] = {
    "VERSION": _take_version,
    "PRODID": _take_maker,
    "KIND": _take_kind,
    "X-ADDRESSBOOKSERVER-KIND": _take_kind,
    "X-ANDROID-CUSTOM": _take_android,
    "X-ASKWELL-POSITION": _take_position,
    **dict.fromkeys(_OWN, _take_own),
}
