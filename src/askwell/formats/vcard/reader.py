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

from askwell.formats.cycles import no_cycles
from askwell.formats.problems import problem_of_card
from askwell.formats.records import Name, PersonRecord, PositionRecord, Problem, Reading, Source
from askwell.formats.vcard.days import read_day
from askwell.formats.vcard.draft import Draft
from askwell.formats.vcard.heads import (
    Decoded,
    decoded_line,
    decoded_value,
    parse_head,
    split_line,
    unescaped,
)
from askwell.formats.vcard.layout import cut, layout_of
from askwell.formats.vcard.lines import Block, Fault, blocks, careful, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.formats.vcard.heads import Head


def read(data: bytes, *, file: str, default_country: str = "") -> Reading:
    """Every person in a vCard file of any version, and every problem; never raises.

    ``default_country`` (``DE``) is for phone numbers written without a country code.
    """
    people: list[PersonRecord] = []
    problems: list[Problem] = []
    with no_cycles():
        for found in iter_cards(io.BytesIO(data), file=file, default_country=default_country):
            if isinstance(found, PersonRecord):
                people.append(found)
            else:
                problems.append(found)
    if not people and not any(problem.code in {"no-name", "group-card"} for problem in problems):
        code = "no-cards" if data.strip() else "empty-file"
        problems.append(problem_of_card(code, file=file, line=1))
    groups = sum(problem.code == "group-card" for problem in problems)
    return Reading(
        format="vcard",
        people=tuple(people),
        problems=tuple(problems),
        skipped={"group_card": groups} if groups else {},
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
                yield problem_of_card(each.code, file=file, line=each.line)
            else:
                card = _Card(each, file, default_country)
                card.read_lines()
                yield from card.results()


class _Card:
    """One block being turned into a person."""

    __slots__ = ("block", "country", "draft", "file", "numbers", "problems")

    draft: Draft

    def __init__(self, block: Block, file: str, country: str) -> None:
        self.block = block
        self.file = file
        self.country = country
        self.numbers: list[int] = []
        self.problems: list[Problem] = []

    def results(self) -> list[PersonRecord | Problem]:
        """The person if there is one, then the problems."""
        if not self.block.ended:
            self._fault(self.block.line, "truncated")
        person = None
        if self.draft.is_group:
            self._fault(self.block.line, "group-card")
        else:
            person = self._person()
            if person is None:
                self._fault(self.block.line, "no-name")
        return [person, *self.problems] if person else [*self.problems]

    def _fault(self, line: int, code: str) -> None:
        self.problems.append(problem_of_card(code, file=self.file, line=line))

    def read_at_once(self) -> bool:
        """Read an uncut card; False if anything about it needs care.

        Nothing here counts lines, so whatever may have to be reported needs care.
        """
        lines = unfolded(self.block.raw)
        found = None if lines is None else cut(lines)
        if found is None:
            return False
        layout, values = found
        for at in layout.coded:
            head, value = layout.heads[at], values[at]
            values[at], guessed = decoded_value(head, value)
            if guessed or (head.encoding == "qp" and value.endswith("=")):
                return False
        if "BDAY" in layout.lines and not all(
            _day(layout.heads[at], values[at])[0] for at in layout.lines["BDAY"]
        ):
            return False
        self.draft = Draft(layout, values, self.country)
        return True

    def read_lines(self) -> None:
        """Read a block cut into lines, with care."""
        heads: list[Head] = []
        values: list[str] = []
        for number, raw in self.block.lines:
            text, how = decoded_line(raw)
            head_text, colon, value = split_line(text)
            head = parse_head(head_text) if colon else None
            if head is None:
                self._stray(number, text, heads, values)
                continue
            guessed = how is Decoded.GUESSED
            if head.encoding or (head.coded and how is Decoded.PLAIN):
                value, also = decoded_value(head, value)
                guessed = guessed or also
            if guessed:
                self._fault(number, "unknown-encoding")
            heads.append(head)
            values.append(value)
            self.numbers.append(number)
        self.draft = Draft(layout_of(heads), values, self.country)

    def _stray(self, number: int, text: str, heads: list[Head], values: list[str]) -> None:
        """A line that is no property: some programs break notes without folding them."""
        if heads and heads[-1].name == "NOTE":
            values[-1] += f"\n{text}"
            self._fault(number, "note-break")
        else:
            self._fault(number, "no-property")

    def _person(self) -> PersonRecord | None:
        """The person; the properties are asked for in the order in which their lines are kept."""
        draft = self.draft
        formatted, parts = draft.text("FN"), draft.name_parts()
        nickname = self._nickname()
        organization, department, title = self._jobs()
        birthday = self._birthday()
        emails, phones = draft.emails(), draft.phones()
        if not any(parts):
            stand_ins = (organization, nickname, *(e.value for e in emails), *(p.value for p in phones))
            name = self._unparted(formatted, nickname, stand_ins)
        else:
            name = _name(formatted, parts, nickname)
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
            birthday=birthday,
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

    def _nickname(self) -> str:
        return ", ".join(self.draft.listed("NICKNAME")) or self.draft.android_nickname

    def _unparted(self, formatted: str, nickname: str, stand_ins: tuple[str, ...]) -> Name | None:
        """Without N: FN split; else what the card is otherwise known by."""
        if formatted and formatted not in stand_ins and not self.draft.by_us:
            return split_name(formatted, nickname)
        formatted = formatted or next((text for text in stand_ins if text), "")
        return Name(nickname=nickname, formatted=formatted) if formatted else None

    def _jobs(self) -> tuple[str, str, str]:
        """The main job's organization, department and title; the others become positions."""
        draft = self.draft
        organizations = draft.organizations()
        if len(organizations) <= 1 and "TITLE" in draft.layout.plain and (title := draft.text("TITLE")):
            return (*organizations[0][:2], title) if organizations else ("", "", title)
        titles = draft.said("TITLE")
        main = organizations[0] if organizations else ("", "", "")
        first = self._title_of(main[2], titles)
        for organization, department, group in organizations[1:]:
            job = "".join(unescaped(draft.values[at]).strip() for at in self._title_of(group, titles))
            position = PositionRecord(organization=organization, title=job, department=department)
            draft.positions.append(position)
        title = draft.keep_single("TITLE", [*first, *titles]) if first else ""
        if not title and (roles := draft.layout.lines.get("ROLE")):
            title = unescaped(draft.values[roles[0]]).strip()
        return main[0], main[1], title

    def _title_of(self, group: str, titles: list[int]) -> list[int]:
        """Take the title of the same group, else the first, out of the list."""
        heads = self.draft.layout.heads
        found = [at for at in titles if heads[at].group == group][:1] or titles[:1]
        for at in found:
            titles.remove(at)
        return found

    def _birthday(self) -> str:
        draft = self.draft
        for at in draft.said("BDAY"):
            birthday, fault = _day(draft.layout.heads[at], draft.values[at])
            if birthday:
                return birthday
            self._fault(self.numbers[at], fault)
            draft.keep_last(at)
        return ""

    def _connected_on(self) -> date | None:
        text = self.draft.own.get("connected_on")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._fault(self.block.line, "bad-own-date")
            return None


def _day(head: Head, value: str) -> tuple[str, str]:
    return read_day(value, omitted_year=head.param("X-APPLE-OMIT-YEAR"))


def _name(formatted: str, parts: tuple[str, str, str, str, str], nickname: str) -> Name:
    family, given, middle, prefix, suffix = parts
    return Name(
        prefix=prefix,
        given=given,
        middle=middle,
        family=family,
        suffix=suffix,
        nickname=nickname,
        formatted=formatted or " ".join(p for p in (prefix, given, middle, family, suffix) if p),
    )


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
