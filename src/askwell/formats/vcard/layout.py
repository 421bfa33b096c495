"""What the heads of a card say together, whatever its values are.

Theory of operation.  A program writes thousands of cards with the same few sequences of heads,
so what follows from the heads alone is worked out once for each sequence and remembered: which
lines belong to which property, which of several values is preferred, which address a ``LABEL``
belongs to, and which lines say more than a neutral record can hold.  Reading a card is then
a matter of its values.  Lines are named by their place (``at``) in the card.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from askwell.formats.vcard.heads import EDGES, Head, parse_head, split_line, unescaped
from askwell.formats.vcard.labels import group_label, group_text, written_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HANDLED = frozenset(
    {
        "KIND",
        "X-ADDRESSBOOKSERVER-KIND",
        "X-ANDROID-CUSTOM",
        "X-ASKWELL-POSITION",
        "X-ASKWELL-HEADLINE",
        "X-ASKWELL-PLACE",
        "X-ASKWELL-CONNECTED-ON",
        "X-ASKWELL-REFERRED-BY",
        "X-ASKWELL-MET",
    }
)
_NUMBERED = frozenset({"EMAIL", "TEL", "URL", "ADR"})
_PLAIN_GROUP = re.compile(r"item\d+")
_REMEMBERED = 1024
_MOST_LINES = 100
_MOST_TEXT = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A line whose value may be one of several, and may have a label.

    ``lost`` says that the writer, given value and label alone, would write another line;
    ``label_at`` is the place of the group's label (-1: none), ``envelope_at`` that of the
    ``LABEL`` of a postal address.
    """

    at: int
    head: Head
    label: str
    label_at: int
    lost: bool
    pref: int
    envelope_at: int = -1
    formatted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLabel:
    """The label of a group that the writer may make again: then its line need not be kept."""

    at: int
    of: str  # the property it labels
    text_at: int  # the first label of the group is the one that counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The lines of a card by what they are for."""

    heads: tuple[Head, ...]
    lines: dict[str, tuple[int, ...]]
    plain: dict[str, int]  # properties of one line that says nothing but its value
    emails: tuple[Spot, ...]
    phones: tuple[Spot, ...]
    urls: tuple[Spot, ...]
    addresses: tuple[Spot, ...]
    envelopes: tuple[Spot, ...]  # that belong to no address
    coded: tuple[int, ...]
    handled: tuple[int, ...]
    rest: tuple[int, ...]  # that are not understood
    group_labels: tuple[GroupLabel, ...]  # among the rest
    version_at: int
    maker_at: int


@lru_cache(maxsize=4096)
def said_by_group(name: str, text: str) -> tuple[str, bool]:
    """The label a group gives, and whether the writer would make the same group of it again."""
    text = unescaped(text).strip()
    label = group_label(text)
    plain = bool(label) and text == group_text(label) and written_types(name, label) is None
    return label, plain


_LAYOUTS: dict[tuple[str, ...], Layout] = {}


def cut(lines: list[str]) -> tuple[Layout, list[str]] | None:
    """The layout of logical lines and their raw values; None if a line is no property, or an edge."""
    heads: list[str] = []
    values: list[str] = []
    for line in lines:
        head, colon, value = line.partition(":")
        if not colon:
            return None
        heads.append(head)
        values.append(value)
    layout = _LAYOUTS.get(tuple(heads))
    if layout is None:
        # A colon in quotes separates nothing; what is remembered has none before its first colon.
        if any(head.count('"') % 2 for head in heads):
            parts = [split_line(line) for line in lines]
            heads, values = [head for head, _, _ in parts], [value for _, _, value in parts]
        layout = _learned(tuple(heads))
    return None if layout is None else (layout, values)


def _learned(texts: tuple[str, ...]) -> Layout | None:
    heads = [parse_head(text) for text in texts]
    known = [head for head in heads if head is not None and head.name not in EDGES]
    if len(known) < len(heads):
        return None
    layout = layout_of(known)
    if len(texts) <= _MOST_LINES and sum(map(len, texts)) <= _MOST_TEXT:
        if len(_LAYOUTS) >= _REMEMBERED:
            _LAYOUTS.clear()
        _LAYOUTS[texts] = layout
    return layout


def layout_of(heads: Sequence[Head]) -> Layout:
    """The layout of parsed heads."""
    return _Maker(tuple(heads)).made()


class _Maker:
    """The heads of one card being sorted."""

    def __init__(self, heads: tuple[Head, ...]) -> None:
        self.heads = heads
        self.lines: dict[str, list[int]] = {}
        self.members: dict[str, list[str]] = {}
        self.labels: dict[str, int] = {}
        for at, head in enumerate(heads):
            self.lines.setdefault(head.slot or head.name, []).append(at)
            if head.group:
                self.members.setdefault(head.group, []).append(head.name)
                if head.name == "X-ABLABEL":
                    self.labels.setdefault(head.group, at)

    def made(self) -> Layout:
        envelopes = list(self.lines.get("LABEL", ()))
        addresses = tuple(self._addressed(spot, envelopes) for spot in self._spots("ADR"))
        return Layout(
            heads=self.heads,
            lines={name: tuple(lines) for name, lines in self.lines.items()},
            plain={
                name: lines[0]
                for name, lines in self.lines.items()
                if len(lines) == 1 and not self.heads[lines[0]].apart
            },
            emails=self._spots("EMAIL"),
            phones=self._spots("TEL"),
            urls=self._spots("URL"),
            addresses=addresses,
            envelopes=tuple(self._spot("LABEL", at) for at in envelopes),
            coded=tuple(at for at, head in enumerate(self.heads) if head.coded),
            handled=tuple(at for at, head in enumerate(self.heads) if head.name in HANDLED),
            rest=self._rest(),
            group_labels=tuple(self._group_labels()),
            version_at=self.lines.get("VERSION", [-1])[-1],
            maker_at=self.lines.get("PRODID", [-1])[-1],
        )

    def _spots(self, name: str) -> tuple[Spot, ...]:
        """Preferred first."""
        spots = [self._spot(name, at) for at in self.lines.get(name, ())]
        return tuple(sorted(spots, key=attrgetter("pref")))

    def _spot(self, name: str, at: int) -> Spot:
        head = self.heads[at]
        return Spot(
            at=at,
            head=head,
            label=head.label,
            label_at=self.labels.get(head.group, -1) if head.group else -1,
            lost=head.more or bool(head.group and not self._may_be_plain(head.group, name)),
            pref=head.pref,
        )

    def _addressed(self, spot: Spot, envelopes: list[int]) -> Spot:
        """With the LABEL of the same group and types, which is taken out of the list."""
        given = spot.head.param("LABEL").strip()
        own = (spot.head.group, spot.label)
        at = next((at for at in envelopes if (self.heads[at].group, self.heads[at].label) == own), -1)
        if at >= 0:
            envelopes.remove(at)
        return Spot(
            at=spot.at,
            head=spot.head,
            label=spot.label,
            label_at=spot.label_at,
            lost=spot.lost,
            pref=spot.pref,
            envelope_at=at,
            formatted=given,
        )

    def _may_be_plain(self, group: str, name: str) -> bool:
        """Whether the writer would make this group again, but for its number and its label's text."""
        members = [m for m in self.members[group] if m not in {"X-ABLABEL", "LABEL"}]
        if members != [name] or not _PLAIN_GROUP.fullmatch(group):
            return False
        return group in self.labels or "LABEL" in self.members[group]

    def _rest(self) -> tuple[int, ...]:
        understood = HANDLED | {"VERSION", "PRODID"}
        return tuple(
            at for at, head in enumerate(self.heads) if not head.slot and head.name not in understood
        )

    def _group_labels(self) -> Iterator[GroupLabel]:
        for at, head in enumerate(self.heads):
            if head.name == "X-ABLABEL" and head.group:
                of = next((name for name in self.members[head.group] if name in _NUMBERED), "")
                if of and self._may_be_plain(head.group, of):
                    yield GroupLabel(at=at, of=of, text_at=self.labels[head.group])
