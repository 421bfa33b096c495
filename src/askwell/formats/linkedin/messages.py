"""messages.csv of every generation: conversations become touches.

Theory of operation.  Rows are read as they stand (``RawMessage``), because which side is
the owner may only show when all are read: from Profile.csv or Invitations.csv, else as
the one who takes part in more conversations than anybody.  Then each message becomes one
touch per other person: an own message to three people is three touches, another's message
is one touch with its sender.  Drafts, spam, advertisements and large groups are counted.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from askwell.formats import dates
from askwell.formats.fields import profile_slug
from askwell.formats.linkedin.gathered import Gathered, RawMessage, Side
from askwell.formats.names import split_name
from askwell.formats.records import Direction, Source, TouchRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.formats.problems import Log
    from askwell.formats.tables import Table

LARGEST_GROUP = 20
SHORT = 1000
URL_MARK = re.compile(r"[\s,;]{1,9}(?=https?://)|(?<=\S)[,;\s]{1,9}$")
NAME_MARK = re.compile(r"\s{0,9}[,;]\s{0,9}")
COMPANY = re.compile(r"linkedin\.com/(?:company|school|showcase)/", re.IGNORECASE)
TAGS = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h\d|table|tr|td|img|font)\b[^>]{0,500}>", re.IGNORECASE
)
BREAKS = re.compile(r"<br\s{0,9}/?>|</(?:p|div|li|h\d|tr)>", re.IGNORECASE)
YES = frozenset({"true", "yes", "1"})


COLUMNS = (
    ("conversationid",),
    ("conversationtitle",),
    ("from",),
    ("senderprofileurl",),
    ("to",),
    ("recipientprofileurls", "recipientprofileurl"),
    ("date", "sentat"),
    ("subject",),
    ("content", "message"),
    ("folder",),
    ("direction",),
    ("ismessagedraft",),
    ("isconversationdraft",),
)


class _Cells(NamedTuple):
    """The cells of one row, in the order of ``COLUMNS``."""

    thread: str
    title: str
    sender: str
    sender_url: str
    to: str
    to_urls: str
    date: str
    subject: str
    content: str
    folder: str
    direction: str
    draft: str
    conversation_draft: str


def read_messages(table: Table, gathered: Gathered, log: Log) -> None:
    """Gather the messages that are worth a touch; ``resolve`` turns them into touches."""
    pick = table.picker(*COLUMNS)
    for record in gathered.counted(table, log.file):
        cells = _Cells(*pick(record))
        if reason := _reason_to_skip(cells):
            log.skip(reason)
        else:
            gathered.raw_messages.append(_raw(record.line, cells, log))


def _reason_to_skip(cells: _Cells) -> str:
    if cells.draft.lower() in YES or cells.conversation_draft.lower() in YES:
        return "draft"
    folder = cells.folder.upper()
    if folder == "SPAM":
        return "spam"
    if "spinmail" in cells.content or folder == "SPONSORED" or cells.title[:9].casefold() == "sponsored":
        return "advertisement"
    return "" if _is_person(cells.sender[:SHORT], cells.sender_url[:SHORT]) else "not_a_person"


@lru_cache(maxsize=16384)
def _is_person(name: str, url: str) -> bool:
    return not (COMPANY.search(url) or name.casefold() == "linkedin")


def _raw(line: int, cells: _Cells, log: Log) -> RawMessage:
    return RawMessage(
        line=line,
        log=log,
        thread=cells.thread,
        sender=_side(cells.sender, cells.sender_url),
        others=_recipients(cells.to, cells.to_urls),
        date=cells.date,
        subject=cells.subject,
        content=_plain(cells.content),
        direction=cells.direction.casefold(),
    )


def _side(name: str, url: str) -> Side:
    # Only short ones are remembered: a cell of a megabyte must not stay in memory.
    return _short_side(name, url) if len(name) + len(url) <= SHORT else Side(name, url, profile_slug(url))


@lru_cache(maxsize=16384)
def _short_side(name: str, url: str) -> Side:
    return Side(name, url, profile_slug(url))


def _recipients(names: str, links: str) -> tuple[Side, ...]:
    """Receivers: addresses are certain; names are given to them where their number agrees."""
    return _few(names, links) if len(names) + len(links) <= SHORT else _any_number(names, links)


def _any_number(names: str, links: str) -> tuple[Side, ...]:
    urls = [url for url in URL_MARK.split(links) if url]
    if len(urls) == 1:
        return (_side(names, urls[0]),)
    parts = [part for part in NAME_MARK.split(names) if part]
    if not urls:
        return tuple(_side(part, "") for part in parts)
    if len(parts) != len(urls):
        parts = [""] * len(urls)
    return tuple(_side(name, url) for name, url in zip(parts, urls, strict=True))


_few = lru_cache(maxsize=16384)(_any_number)


def _plain(text: str) -> str:
    """Text without the tags that some generations put into a message."""
    if "<" not in text or not TAGS.search(text):
        return text
    return html.unescape(TAGS.sub("", BREAKS.sub("\n", text))).strip()


def resolve(gathered: Gathered) -> None:
    """Turn the gathered messages into touches, once the owner is known."""
    raws = gathered.raw_messages
    _find_owner(gathered)
    if raws and not gathered.owner.is_known():
        raws[0].log.add("owner-unknown", count=len(raws))
        raws[0].log.skipped["owner_unknown"] += len(raws)
        return
    names = _names_by_slug(gathered)
    for raw in raws:
        gathered.touches.extend(_touches(raw, gathered, names))
    raws.clear()


def _find_owner(gathered: Gathered) -> None:
    """Learn the owner's slug from messages under the owner's name, else take the one in most of them."""
    owner, raws = gathered.owner, gathered.raw_messages
    for raw in raws:
        if raw.direction == "outgoing" or raw.sender.name.casefold() in owner.names:
            owner.learn(raw.sender)
    if any(owner.is_side(side) for raw in raws for side in (raw.sender, *raw.others)):
        return
    if most := _most_frequent(gathered):
        owner.learn(most)


def _most_frequent(gathered: Gathered) -> Side | None:
    """Whoever takes part in more messages than anybody else and is nobody's connection."""
    known = {person.uid for person in gathered.people} | {p.name.formatted for p in gathered.people}
    counts: Counter[Side] = Counter()
    for raw in gathered.raw_messages:
        counts.update({side for side in (raw.sender, *raw.others) if not side.is_hidden})
    strangers = Counter({s: n for s, n in counts.items() if s.slug not in known and s.name not in known})
    ranked = (strangers or counts).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _names_by_slug(gathered: Gathered) -> dict[str, str]:
    names: dict[str, str] = defaultdict(str)
    for person in gathered.people:
        names[person.uid] = person.name.formatted
    for raw in gathered.raw_messages:
        names[raw.sender.slug] = raw.sender.name or names[raw.sender.slug]
    names[""] = ""
    return names


def _touches(raw: RawMessage, gathered: Gathered, names: dict[str, str]) -> Iterator[TouchRecord]:
    outgoing = raw.direction == "outgoing" or (not raw.direction and gathered.owner.is_side(raw.sender))
    others = [side for side in raw.others if not gathered.owner.is_side(side)] if outgoing else [raw.sender]
    at = dates.parse_datetime(raw.date)
    if at is None:
        raw.log.add("bad-date", raw.line, value=raw.date)
    if reason := _reason_to_drop(others, known_date=at is not None):
        raw.log.skip(reason)
    if at is None or len(others) > LARGEST_GROUP:
        return
    for side in others:
        if not side.is_hidden:
            yield TouchRecord(
                at=at,
                direction=Direction.OUT if outgoing else Direction.IN,
                kind="message",
                channel="linkedin",
                other=split_name(side.name or names.get(side.slug, "")),
                source=Source(file=raw.log.file, line=raw.line),
                other_url=side.url,
                other_uid=side.slug,
                subject=raw.subject,
                body=raw.content,
                thread=raw.thread,
            )


def _reason_to_drop(others: list[Side], *, known_date: bool) -> str:
    if not known_date:
        return "no_date"
    if not others:
        return "to_self"
    if len(others) > LARGEST_GROUP:
        return "large_group"
    return "hidden_member" if all(side.is_hidden for side in others) else ""
