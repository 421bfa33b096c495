"""From neutral records to vCards 3.0 and 4.0.

Theory of operation.  For each value the writer first looks whether the reader kept its line;
if so that line is given back, group and all, else a new line is made.  Lines that were
never understood follow at the end.  So a card that was read and not changed is
written with everything it had, and a changed value never brings its old line back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from askwell.formats.vcard.draft import PRODID, Draft
from askwell.formats.vcard.heads import Head, one_break, parse_head
from askwell.formats.vcard.labels import SOCIAL_LABELS, group_text, written_types
from askwell.formats.vcard.layout import layout_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from askwell.formats.records import Name, PersonRecord, PositionRecord, PostalAddress, Url
    from askwell.formats.vcard.draft import Key, Pair

Version = Literal["3.0", "4.0"]

_WIDTH = 75
_HEAD = re.compile(r'(?:[\w-]+\.)?([\w-]+)(?:;(?:[^":\x00-\x1f]|"[^"\x00-\x1f]*")*)?', re.ASCII)
_DATA_URI = re.compile(r"data:([\w.+-]*)/?([\w.+-]*);base64,", re.IGNORECASE)
_CARETS = str.maketrans({"^": "^^", "\n": "^n", '"': "^'"})
_TEXT = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_PLAIN = str.maketrans({"\\": "\\\\", "\n": "\\n"})
_SERVICES = {"profile": "linkedin"}
_MEDIA = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio"}


def write(records: Iterable[PersonRecord], *, version: Version) -> Iterator[bytes]:
    """One card after the other, CRLF, folded at 75 octets."""
    for record in records:
        yield _Card(record, version).written()


class _Card:
    """One record being written."""

    def __init__(self, record: PersonRecord, version: Version) -> None:
        self.record = record
        self.version = version
        self.lines: list[str] = []
        self.draft = _read_kept(record)
        self.known: dict[Key, list[Pair]] = {}
        for key, lines in self.draft.kept:
            self.known.setdefault(key, self.draft.pairs(lines))
        self.groups: set[str] = set()
        self.number = 0

    def written(self) -> bytes:
        self.lines += ["BEGIN:VCARD", f"VERSION:{self.version}", f"PRODID:{PRODID}"]
        self._person()
        self._job()
        self._birthday()
        self._reach()
        self._words()
        self._rest()
        self.lines.append("END:VCARD")
        return b"".join(folded(line) for line in self.lines)

    def _put(self, key: Key, *lines: str) -> None:
        """The kept lines of a value, or else these."""
        kept = self.known.get(key)
        for pair in kept or ():
            self.groups.add(_group(pair))
            self._put_pair(pair)
        if not kept:
            self.lines += lines

    def _put_pair(self, pair: Pair) -> None:
        head, value = translated(pair, self.version)
        self.lines.append(f"{head}:{value}")

    def _person(self) -> None:
        name = self.record.name
        formatted = _shown(self.record)
        self._put(("FN", formatted), f"FN:{text(formatted)}")
        parts = (name.family, name.given, name.middle, name.prefix, name.suffix)
        self._put(("N", parts), "N:" + compound(parts))
        if name.nickname:
            self._put(("NICKNAME", name.nickname), f"NICKNAME:{text(name.nickname)}")

    def _job(self) -> None:
        record = self.record
        if record.organization or record.department:
            parts = (record.organization, record.department)
            self._put(("ORG", parts), "ORG:" + compound(parts if record.department else parts[:1]))
        if record.title:
            self._put(("TITLE", record.title), f"TITLE:{text(record.title)}")

    def _birthday(self) -> None:
        birthday = self.record.birthday
        if not birthday:
            for pair in self.draft.pairs(self.draft.layout.lines.get("BDAY", ())):
                self._put_pair(pair)
        elif not birthday.startswith("--"):
            self.lines.append(f"BDAY:{text(birthday)}")
        elif self.version == "4.0":
            self.lines.append(f"BDAY:--{birthday[2:].replace('-', '')}")
        else:
            self.lines.append(f"BDAY;X-APPLE-OMIT-YEAR=1604:1604-{birthday[2:]}")

    def _reach(self) -> None:
        for email in self.record.emails:
            lines = self._labelled("EMAIL", email.label, plain(email.value))
            self._put(("EMAIL", (email.value, email.label)), *lines)
        for phone in self.record.phones:
            self._put(
                ("TEL", (phone.value, phone.label)), *self._labelled("TEL", phone.label, plain(phone.value))
            )
        for address in self.record.addresses:
            self._put(("ADR", address), *self._address(address))
        for url in self.record.urls:
            self._put(("URL", (url.value, url.label)), *self._url(url))

    def _labelled(self, name: str, label: str, value: str, envelope: str = "") -> list[str]:
        """The line of a value with its label, in a group if TYPE cannot say it."""
        types = written_types(name, label)
        if name == "EMAIL" and self.version == "3.0" and types is not None:
            types = ("INTERNET", *types)
        head = name + (f";TYPE={','.join(types)}" if types else "")
        group = self._next_group() if types is None or envelope else ""
        lines = [f"{group}{head}:{value}"]
        if envelope:
            lines.append(f"{group}{head.replace(name, 'LABEL', 1)}:{envelope}")
        if types is None:
            lines.append(f"{group}X-ABLabel:{text(group_text(label))}")
        return lines

    def _next_group(self) -> str:
        taken = {head.partition(".")[0].lower() for head, _ in self.record.kept}
        self.number += 1
        while f"item{self.number}" in taken:
            self.number += 1
        return f"item{self.number}."

    def _address(self, address: PostalAddress) -> list[str]:
        parts = (
            address.po_box,
            address.extended,
            address.street,
            address.city,
            address.region,
            address.postcode,
            address.country,
        )
        if not address.formatted or self.version == "3.0":
            return self._labelled("ADR", address.label, compound(parts), text(address.formatted))
        first, *rest = self._labelled("ADR", address.label, compound(parts))
        head, _, value = first.partition(":")
        return [f'{head};LABEL="{address.formatted.translate(_CARETS)}":{value}', *rest]

    def _url(self, url: Url) -> list[str]:
        if url.label not in SOCIAL_LABELS:
            return self._labelled("URL", url.label, plain(url.value))
        service = _SERVICES.get(url.label, url.label)
        if self.version == "3.0":
            return [f"X-SOCIALPROFILE;TYPE={service}:{plain(url.value)}"]
        return [f"SOCIALPROFILE;SERVICE-TYPE={service}:{plain(url.value)}"]

    def _words(self) -> None:
        record = self.record
        if record.notes:
            self._put(("NOTE", record.notes), f"NOTE:{text(record.notes)}")
        if record.tags:
            self.lines.append("CATEGORIES:" + ",".join(text(tag) for tag in record.tags))
        if record.uid:
            self._put(("UID", record.uid), f"UID:{text(record.uid)}")
        self.lines += [f"X-ASKWELL-POSITION:{_position(position)}" for position in record.positions]
        own = {
            "HEADLINE": record.headline,
            "PLACE": record.place,
            "CONNECTED-ON": record.connected_on.isoformat() if record.connected_on else "",
            "REFERRED-BY": record.referred_by,
            "MET": record.met,
        }
        self.lines += [f"X-ASKWELL-{name}:{text(value)}" for name, value in own.items() if value]

    def _rest(self) -> None:
        """What was never understood; a label only if something of its group is there."""
        heads = self.draft.layout.heads
        rest = [at for at in self.draft.not_understood() if heads[at].name != "X-ASKWELL"]
        self.groups |= {heads[at].group for at in rest if heads[at].name != "X-ABLABEL"}
        for at, pair in zip(rest, self.draft.pairs(rest), strict=True):
            head = heads[at]
            if head.name != "X-ABLABEL" or head.group in self.groups or not head.group:
                self._put_pair(pair)


def _read_kept(record: PersonRecord) -> Draft:
    """The kept lines, read again, so that each can be found by the value it stands for."""
    found = [(head, value) for name, value in record.kept if (head := _wire_head(name))]
    draft = Draft(layout_of([head for head, _ in found]), [one_break(value) for _, value in found])
    draft.name_parts()
    draft.organizations()
    draft.emails()
    draft.phones()
    draft.addresses()
    draft.urls()
    draft.texts("NOTE")
    for single in ("FN", "TITLE", "UID"):
        draft.text(single)
    return draft


def _wire_head(name: str) -> Head | None:
    """The head of a kept pair that came from a vCard; other readers keep column names."""
    match = _HEAD.fullmatch(name)
    if not match or not (match[1].upper().startswith("X-") or match[1].isupper()):
        return None
    return parse_head(name)


def _group(pair: Pair) -> str:
    head = parse_head(pair[0])
    return head.group if head else ""


def _shown(record: PersonRecord) -> str:
    """FN must not be missing: the name as shown, in parts, or what else the card is known by."""
    name: Name = record.name
    joined = " ".join(p for p in (name.prefix, name.given, name.middle, name.family, name.suffix) if p)
    others = (
        name.nickname,
        record.organization,
        *(e.value for e in record.emails),
        *(p.value for p in record.phones),
    )
    return name.formatted or joined or next((other for other in others if other), "")


def _position(position: PositionRecord) -> str:
    return compound(
        (
            position.organization,
            position.title,
            position.department,
            position.started,
            position.ended,
            "1" if position.school else "",
            position.place,
            position.notes,
        )
    )


def text(value: str) -> str:
    """Text of a property: line breaks, commas, semicolons and backslashes escaped."""
    return one_break(value).translate(_TEXT)


def plain(value: str) -> str:
    """Addresses, numbers and URLs: their commas and semicolons are their own."""
    return one_break(value).translate(_PLAIN)


def compound(parts: Iterable[str]) -> str:
    """Parts of a structured value."""
    return ";".join(text(part) for part in parts)


def translated(pair: Pair, version: Version) -> Pair:
    """A kept line in the words of this version: embedded files and preference differ."""
    head, value = pair
    upper = head.upper()
    if version == "4.0":
        head = re.sub(r";TYPE=PREF\b", ";PREF=1", head, flags=re.IGNORECASE)
        if ";ENCODING=B" in upper:
            return _as_data_uri(head, value)
        return head, value
    head = re.sub(r";PREF=\d+", ";TYPE=pref", head, flags=re.IGNORECASE)
    if match := _DATA_URI.match(value):
        kind = f";TYPE={match[2].upper()}" if match[2] else ""
        return f"{head};ENCODING=b{kind}", value[match.end() :]
    return head, value


def _as_data_uri(head: str, value: str) -> Pair:
    name, *params = head.split(";")
    kind = next((p.partition("=")[2].lower() for p in params if p.upper().startswith("TYPE=")), "")
    bare = [p for p in params if not p.upper().startswith(("ENCODING=", "TYPE=", "VALUE="))]
    family = _MEDIA.get(name.rpartition(".")[2].upper(), "application")
    return ";".join([name, *bare]), f"data:{family}/{kind or 'octet-stream'};base64,{value}"


def folded(line: str) -> bytes:
    """The line in UTF-8, cut at 75 octets but never inside a character, with CRLF."""
    raw = line.encode("utf-8", "replace")
    if len(raw) <= _WIDTH:
        return raw + b"\r\n"
    parts = []
    at, width = 0, _WIDTH
    while len(raw) - at > width:
        end = at + width
        while raw[end] & 0xC0 == 0x80:  # noqa: PLR2004  a continuation byte of UTF-8
            end -= 1
        parts.append(raw[at:end])
        at, width = end, _WIDTH - 1
    return b"\r\n ".join([*parts, raw[at:]]) + b"\r\n"
