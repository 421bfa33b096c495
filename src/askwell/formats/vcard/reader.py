"""From vCards to neutral records.

Theory of operation.  ``lines`` cuts the stream into cards, ``heads`` and ``draft`` read one
card's lines, and this module makes the person and names what could not be read.  Nothing
here raises on any input: a card that cannot be a person is an error-level problem, a field
that cannot be read is a warning and its line is kept as it stood.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from askwell.formats.records import Name, PersonRecord, PositionRecord, Problem, Reading, Severity, Source
from askwell.formats.vcard.days import read_day
from askwell.formats.vcard.draft import Draft, Line
from askwell.formats.vcard.heads import (
    EDGES,
    REMEMBERED,
    Decoded,
    decoded_line,
    decoded_value,
    parse_head,
    split_line,
    unescaped,
)
from askwell.formats.vcard.lines import Block, Fault, blocks, careful, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterator

FAULTS = {
    "end-without-begin": "A card ends here that never began; the line was left out.",
    "outside-card": "Text stands outside any card; it was left out.",
    "too-long": "A line or a card is too long to be real; what goes beyond the limit was left out.",
    "truncated": "The card has no END; what stands in it was kept.",
    "no-property": "A line is no vCard property; it was left out.",
    "note-break": "A line is no vCard property; it was taken as a further line of the note before it.",
    "unknown-encoding": "The encoding is not stated or not known; the text was read as Windows-1252.",
    "bad-date": "The birthday is a day that does not exist; the card was kept without it.",
    "part-date": "Only a part of the birthday is given; it is kept as written.",
    "unreadable-date": "The birthday is not written as a date; it is kept as written.",
    "bad-own-date": "The date of connection is not a date; the card was kept without it.",
    "no-name": "The card has no name, organization, e-mail or phone; it was left out.",
    "group-card": "The card is a list of people and no person; it was left out.",
    "no-cards": "No vCard was found in the file.",
    "empty-file": "The file is empty.",
}
_ERRORS = frozenset({"no-name", "no-cards", "empty-file"})


def read(data: bytes, *, file: str, default_country: str = "") -> Reading:
    """Every person in a vCard file of any version, and every problem; never raises.

    ``default_country`` (``DE``) is for phone numbers written without a country code.
    """
    people: list[PersonRecord] = []
    problems: list[Problem] = []
    for found in iter_cards(io.BytesIO(data), file=file, default_country=default_country):
        if isinstance(found, PersonRecord):
            people.append(found)
        else:
            problems.append(found)
    if not people and not any(problem.code in {"no-name", "group-card"} for problem in problems):
        problems.append(_problem(file, 1, "no-cards" if data.strip() else "empty-file"))
    groups = sum(problem.code == "group-card" for problem in problems)
    return Reading(
        format="vcard",
        people=tuple(people),
        problems=tuple(problems),
        skipped={"group-card": groups} if groups else {},
    )


def iter_cards(
    stream: BinaryIO, *, file: str = "", default_country: str = ""
) -> Iterator[PersonRecord | Problem]:
    """People and problems in the order of the stream; memory is bounded by the largest card."""
    for found in blocks(stream):
        if isinstance(found, Block) and found.raw:
            card = _Card(found, file, default_country)
            if card.read_at_once():
                yield from card.results()
                continue
            carefully = careful(found)
        else:
            carefully = iter((found,))
        for each in carefully:
            if isinstance(each, Fault):
                yield _problem(file, each.line, each.code)
            else:
                card = _Card(each, file, default_country)
                card.read_lines()
                yield from card.results()


def _problem(file: str, line: int, code: str) -> Problem:
    severity = Severity.ERROR if code in _ERRORS else Severity.WARNING
    return Problem(file=file, line=line, code=code, message=FAULTS[code], severity=severity)


class _Card:
    """One block being turned into a person."""

    def __init__(self, block: Block, file: str, country: str) -> None:
        self.block = block
        self.file = file
        self.draft = Draft(country)
        self.problems: list[Problem] = []

    def results(self) -> Iterator[PersonRecord | Problem]:
        """The person if there is one, then the problems."""
        if not self.block.ended:
            self._fault(self.block.line, "truncated")
        if self.draft.is_group:
            self._fault(self.block.line, "group-card")
        elif person := self._person():
            yield person
        else:
            self._fault(self.block.line, "no-name")
        yield from self.problems

    def _fault(self, line: int, code: str) -> None:
        self.problems.append(_problem(self.file, line, code))

    def read_at_once(self) -> bool:
        """Read an uncut card; False if anything about it needs care.

        Nothing here counts lines, so whatever may have to be reported needs care.
        """
        lines = unfolded(self.block.raw)
        if lines is None:
            return False
        feed, slots = self.draft.feed, self.draft.lines
        for text in lines:
            head_text, colon, value = text.partition(":")
            if not colon:
                if text:
                    return False
                continue
            head = REMEMBERED.get(head_text)
            if head is None:
                head_text, _, value = split_line(text)
                head = parse_head(head_text)
                if head is None or head.name in EDGES:
                    return False
            if head.coded:
                soft = head.encoding == "qp" and value.endswith("=")
                value, guessed = decoded_value(head, value)
                if guessed or soft:
                    return False
            if head.slot and not head.group and head.slot in slots:
                slots[head.slot].append((head, value, 0))
            else:
                feed(head, value, 0)
        return all(_day(line)[0] for line in self.draft.lines.get("BDAY", ()))

    def read_lines(self) -> None:
        """Read a block cut into lines, with care."""
        draft = self.draft
        last_note = False
        for number, raw in self.block.lines:
            text, how = decoded_line(raw)
            head_text, colon, value = split_line(text)
            head = parse_head(head_text) if colon else None
            if head is None:
                self._stray(number, text, note=last_note)
                continue
            guessed = how is Decoded.GUESSED
            if head.encoding or (head.coded and how is Decoded.PLAIN):
                value, also = decoded_value(head, value)
                guessed = guessed or also
            if guessed:
                self._fault(number, "unknown-encoding")
            last_note = head.name == "NOTE"
            draft.feed(head, value, number)

    def _stray(self, number: int, text: str, *, note: bool) -> None:
        """A line that is no property: some programs break notes without folding them."""
        if not note:
            self._fault(number, "no-property")
            return
        notes = self.draft.lines["NOTE"]
        broken = notes[-1]
        notes[-1] = (broken[0], f"{broken[1]}\n{text}", broken[2])
        self._fault(number, "note-break")

    def _person(self) -> PersonRecord | None:
        draft = self.draft
        organization, department, title = self._jobs()
        emails, phones = draft.emails(), draft.phones()
        nickname = ", ".join(draft.listed("NICKNAME")) or draft.android_nickname
        name = self._name(
            nickname, (organization, nickname, *(e.value for e in emails), *(p.value for p in phones))
        )
        if name is None:
            return None
        own = draft.own
        return PersonRecord(
            name=name,
            source=Source(file=self.file, line=self.block.line),
            emails=emails,
            phones=phones,
            organization=organization,
            department=department,
            title=title,
            positions=tuple(dict.fromkeys(draft.positions)),
            birthday=self._birthday(),
            addresses=draft.addresses(),
            urls=draft.urls(),
            notes="\n\n".join(draft.texts("NOTE")),
            tags=draft.listed("CATEGORIES"),
            headline=own.get("headline", ""),
            place=own.get("place", ""),
            uid=draft.text("UID"),
            connected_on=self._connected_on(),
            referred_by=own.get("referred_by", ""),
            met=own.get("met", ""),
            kept=draft.kept_pairs(),
        )

    def _name(self, nickname: str, stand_ins: tuple[str, ...]) -> Name | None:
        """The parts of N; else FN split; else what the card is otherwise known by."""
        family, given, middle, prefix, suffix = self.draft.name_parts()
        formatted = self.draft.text("FN")
        if not (family or given or middle or prefix or suffix):
            if formatted and formatted not in stand_ins and not self.draft.by_us:
                return split_name(formatted, nickname)
            formatted = formatted or next((text for text in stand_ins if text), "")
        formatted = formatted or " ".join(p for p in (prefix, given, middle, family, suffix) if p)
        if not formatted:
            return None
        return Name(
            prefix=prefix,
            given=given,
            middle=middle,
            family=family,
            suffix=suffix,
            nickname=nickname,
            formatted=formatted,
        )

    def _jobs(self) -> tuple[str, str, str]:
        """The main job's organization, department and title; the others become positions."""
        organizations = self.draft.organizations()
        titles = self.draft.titles()
        main = organizations[0] if organizations else ("", "", "")
        first = _title_line(main[2], titles)
        for organization, department, group in organizations[1:]:
            line = _title_line(group, titles)
            job = unescaped(line[1]).strip() if line else ""
            position = PositionRecord(organization=organization, title=job, department=department)
            self.draft.positions.append(position)
        title = self.draft.keep_single("TITLE", [first, *titles]) if first else ""
        if not title and (roles := [line for line in self.draft.rest if line[0].name == "ROLE"]):
            title = unescaped(roles[0][1]).strip()
        return main[0], main[1], title

    def _birthday(self) -> str:
        for line in self.draft.lines.get("BDAY", ()):
            if not line[1].strip():
                continue
            birthday, fault = _day(line)
            if birthday:
                return birthday
            self._fault(line[2], fault)
            self.draft.rest.append(line)
        return ""

    def _connected_on(self) -> date | None:
        text = self.draft.own.get("connected_on", "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._fault(self.block.line, "bad-own-date")
            return None


def _day(line: Line) -> tuple[str, str]:
    return read_day(line[1], omitted_year=line[0].param("X-APPLE-OMIT-YEAR"))


def _title_line(group: str, titles: list[Line]) -> Line | None:
    """Take the title of the same group, else the first, out of the list."""
    if not titles:
        return None
    line = next((t for t in titles if t[0].group == group), titles[0])
    titles.remove(line)
    return line


def split_name(formatted: str, nickname: str = "") -> Name:
    """A name known only as one line, in parts."""
    from nameparser import HumanName  # slow to load, and seldom needed

    parts = HumanName(formatted)
    return Name(
        prefix=parts.title,
        given=parts.first,
        middle=parts.middle,
        family=parts.last,
        suffix=parts.suffix,
        nickname=nickname or parts.nickname,
        formatted=formatted,
    )
