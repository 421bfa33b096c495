"""The user's past: an archive of mail becomes the people they wrote with and what passed between them.

Theory of operation.  The heads of all messages (``scan``) are laid into a temporary database of SQLite, which
keeps itself on disk and is gone when it is closed, so that memory grows with the people of an archive and not
with its messages.  The same message twice (by its id) is taken once.  Only when all is read is it known which
addresses are the user's own: those that are given, and those that wrote what lies in a folder of sent mail;
where there is none, the one that takes part in most of the messages, on both sides.

People are taken whom the user wrote to, who wrote and were answered, or who are known anyway; on demand
everybody who wrote.  Lists, machines, large groups, spam and drafts are counted and left out.  ``History``
gives the messages, oldest first, as often as it is asked.
"""

from __future__ import annotations

import io
import re
import sqlite3
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from askwell.formats.errors import BROKEN_STREAM
from askwell.formats.mail.scan import MOST_HEAD, heads_in, subject_of
from askwell.formats.names import split_name
from askwell.formats.problems import problem
from askwell.formats.records import Direction, Email, Name, PersonRecord, Reading, Source, TouchRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from askwell.formats.mail.scan import Head
    from askwell.formats.records import Problem

LARGEST_GROUP = 20  # a default of ours: as in the messages of other archives
LONGEST_TEXT = 20_000
_PART = 1000
_EVERY = 500
_FIRST, _LAST = 0, 4_102_444_800  # 1970 to 2100: what lies outside is no date of a letter
_OFTEN = 2
_MOST_NAMES = 50  # of one address
_LONGEST_ADDRESS = 254
_LONGEST_ID = 200
_OF_SENT = """
sent|sent mail|sent items|sent messages|gesendet|gesendete elemente|gesendete objekte|envoyés|messages envoyés
éléments envoyés|courrier envoyé|enviados|elementos enviados|itens enviados|inviata|posta inviata|verzonden
verzonden items|skickat|skickade objekt|sendt|sendt post|wysłane|отправленные|المرسل|البريد المرسل
已发送|已发送邮件|送信済み|送信済みメール
"""
_OF_OTHERS = """
spam|junk|junk email|junk e mail|bulk mail|trash|deleted items|deleted messages|draft|drafts|chat|chats
papierkorb|gelöschte elemente|entwürfe|corbeille|brouillons|papelera|borradores|rascunhos|cestino|bozze
prullenbak|concepten|корзина|черновики|المهملات|المسودات|垃圾邮件|草稿
"""
_BOXES = {
    kind: frozenset(names.strip().replace("\n", "|").split("|"))
    for kind, names in (("sent", _OF_SENT), ("other", _OF_OTHERS))
}
_NOBODY = re.compile(
    r"(?:.*[-_.+])?(?:no-?_?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|unsubscribe|notifications?|"
    r"newsletters?|listserv|majordomo)(?:[-_.+=].*)?@",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[/,.\\\[\]]+")
_ADDRESS = re.compile(r"[^\s@<>\"(),;]+@[^\s@<>\"(),;]+")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_INSERT = """
INSERT INTO mail VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (key) DO UPDATE SET sent = max(sent, excluded.sent)
"""
_TABLES = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;
CREATE TABLE mail (id INTEGER PRIMARY KEY, key BLOB UNIQUE, at INTEGER, sender INTEGER, subject BLOB,
                   this TEXT, before BLOB, box INTEGER, sent INTEGER);
CREATE TABLE recipient (mail INTEGER, person INTEGER, PRIMARY KEY (mail, person)) WITHOUT ROWID;
CREATE TABLE own (person INTEGER PRIMARY KEY);
CREATE TABLE taken (person INTEGER PRIMARY KEY);
CREATE TABLE told (mail INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE ours (person INTEGER PRIMARY KEY);
CREATE VIEW two_way AS
    SELECT person FROM mail JOIN recipient ON mail = id WHERE sender IN own
    UNION SELECT a.sender FROM mail m JOIN mail a ON a.key = m.before WHERE m.sender IN own;
-- In order by an index: what SQLite sorts itself lies in the system's folder for temporary files.
-- The plus keeps it from looking for everybody who is taken in every message.
CREATE VIEW history AS
    SELECT at, id, iif(r.person IS NULL, 'in', 'out') AS direction, coalesce(r.person, sender) AS person,
           subject, this, box
    FROM mail LEFT JOIN recipient r ON r.mail = id AND sender IN own AND +r.person IN taken
    WHERE r.person IS NOT NULL OR sender IN taken;
"""


class Box(NamedTuple):
    """A mailbox, or a folder of single messages: the name shown, and its streams, opened anew each time."""

    name: str
    streams: Callable[[], Iterable[BinaryIO]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be taken.

    ``own``: the user's own addresses, as far as they are known; ``known``: those of people who are taken in
    any case; ``everyone`` who wrote; ``keep_text``: of letters.  ``folder``: for the temporary database.
    """

    own: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    everyone: bool = False
    keep_text: bool = False
    folder: Path | None = None


@dataclass(slots=True)
class _Met:
    """An address that was met: as written, the names it went by, and where it was first seen."""

    address: str
    source: Source
    names: Counter[str] = field(default_factory=Counter)

    def name(self) -> Name:
        """Give the name it went by most often."""
        best = self.names.most_common(1)
        return split_name(best[0][0]) if best else Name()


def read_boxes(
    boxes: Iterable[Box], wanted: Wanted | None = None, progress: Callable[[int], None] | None = None
) -> Reading:
    """Read mailboxes as one archive.  ``progress`` is told how many messages were read; it may raise."""
    past = _Past(wanted or Wanted())
    given = list(boxes)
    for box in given:
        past.take(box, progress or _silent)
    return past.reading(given)


def _silent(_done: int) -> None:
    """Tell nobody."""


class History:
    """What passed between the user and the people taken, oldest first; iterate as often as needed."""

    def __init__(self, past: _Past) -> None:
        self._past = past

    def __len__(self) -> int:
        return int(self._past.one("SELECT count(*) FROM history"))

    def __iter__(self) -> Iterator[TouchRecord]:
        names: dict[int, Name] = {}
        query = "SELECT h.*, text FROM history h LEFT JOIN told ON told.mail = h.id ORDER BY at, id"
        for at, _id, direction, person, subject, this, box, text in self._past.rows(query):
            if person not in names:
                names[person] = self._past.people[person].name()
            yield TouchRecord(
                at=datetime.fromtimestamp(at, UTC),
                direction=Direction(direction),
                kind="message",
                channel="email",
                other=names[person],
                source=Source(file=self._past.boxes[box]),
                other_email=self._past.people[person].address,
                subject=_fit(subject_of(subject)),
                body=text or "",
                message_id=this,
            )

    def files(self) -> dict[str, int]:
        """Count them by mailbox."""
        rows = self._past.rows("SELECT box, count(*) FROM history GROUP BY box ORDER BY box")
        return {self._past.boxes[box]: count for box, count in rows}


class _Past:
    """An archive on its way."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.people: list[_Met] = []
        self.boxes: list[str] = []
        self.skipped: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self._known: dict[str, int] = {}
        self._lists: Counter[str] = Counter()  # addresses that list mail went to
        self._database = _database(wanted.folder)
        self._database.executescript(_TABLES)
        self._count = 0
        self._mails: list[tuple[object, ...]] = []
        self._recipients: list[tuple[int, int]] = []

    def rows(self, query: str) -> sqlite3.Cursor:
        """Ask the temporary database."""
        return self._database.execute(query)

    def one(self, query: str) -> int:
        """Ask it for one number."""
        return int(self.rows(query).fetchone()[0])

    # -- laying down

    def take(self, box: Box, progress: Callable[[int], None]) -> None:
        """Lay down the heads of one mailbox."""
        self.boxes.append(box.name)
        kinds = kinds_of(box.name)
        for stream in box.streams():
            for head in self._heads(stream, box.name):
                self._count += 1
                if self._count % _EVERY == 0:
                    progress(self._count)
                if "other" in kinds:
                    self.skipped["spam_or_draft"] += 1
                else:
                    self._lay(head, is_sent="sent" in kinds)
        self._write()

    def _heads(self, stream: BinaryIO, name: str) -> Iterator[Head]:
        with stream:
            heads = heads_in(stream)
            while True:
                try:
                    head = next(heads, None)
                except BROKEN_STREAM:
                    self.problems.append(problem("damaged", file=name))
                    return
                if head is None:
                    return
                yield head

    def _lay(self, head: Head, *, is_sent: bool) -> None:
        at, _offset, sender, to, cc, subject, this, before, labels, kind = head
        kinds = kinds_of(subject_of(labels)) if labels else ()
        reason = f"{kind}_mail" if kind else "spam_or_draft" if "other" in kinds else ""
        if reason := reason or _lack(at, sender, len(to) + len(cc)):
            self.skipped[reason] += 1
            if kind == "list" and to:
                self._lists[to[0][1].lower()] += 1
            return
        who = self._person(*sender[0], count=True)
        others = {one for one in (self._person(*pair) for pair in (*to, *cc)) if one is not None}
        if who is None:
            self.skipped["not_a_person"] += 1
            return
        self._recipients += [(self._count, one) for one in others if one != who]
        self._mails.append(
            (self._count, _key(head), at, who, subject, _id_of(this), _digest(before) if before else None,
             len(self.boxes) - 1, is_sent or "sent" in kinds)
        )  # fmt: skip
        if len(self._mails) >= _PART:
            self._write()

    def _person(self, name: str, address: str, *, count: bool = False) -> int | None:
        key = address.lower()
        number = self._known.get(key)
        if number is None:
            if len(key) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(key) or _UNFIT.search(key):
                return None
            number = self._known[key] = len(self.people)
            self.people.append(_Met(address, Source(file=self.boxes[-1])))
        if name and (count or not self.people[number].names):
            shown = _fit(name).strip("'\" ")
            names = self.people[number].names
            if shown and "@" not in shown and (shown in names or len(names) < _MOST_NAMES):
                names[shown] += 1
        return number

    def _write(self) -> None:
        self._database.executemany(_INSERT, self._mails)
        self._database.executemany("INSERT OR IGNORE INTO recipient VALUES (?,?)", self._recipients)
        self._mails.clear()
        self._recipients.clear()

    # -- making sense of it

    def reading(self, boxes: list[Box]) -> Reading:
        """Give what the archive says, once all is laid down."""
        if not self._find_own():
            if self.one("SELECT count(*) FROM mail"):
                self.problems.append(problem("mail-owner-unknown", file=self.boxes[0]))
            return Reading(format="mail", problems=tuple(self.problems), skipped=dict(self.skipped))
        self._choose()
        if self.wanted.keep_text:
            for box in boxes:
                self._keep_text(box)
        taken = [self.people[number] for (number,) in self.rows("SELECT person FROM taken ORDER BY person")]
        return Reading(
            format="mail",
            people=tuple(_record(met) for met in taken),
            histories=(History(self),),
            own_addresses=tuple(self.people[n].address for (n,) in self.rows("SELECT person FROM own")),
            problems=tuple(self.problems),
            skipped=dict(self.skipped + Counter(unanswered=self._left())),
        )

    def _find_own(self) -> bool:
        own = {self._known[one.lower()] for one in self.wanted.own if one.lower() in self._known}
        senders = list(self.rows("SELECT sender, count(*) FROM mail WHERE sent GROUP BY 1 ORDER BY 2 DESC"))
        own |= {person for place, (person, count) in enumerate(senders) if not place or count >= _OFTEN}
        if not own and (most := self._in_most()) is not None:
            own = {most}
        self._database.executemany("INSERT INTO own VALUES (?)", [(one,) for one in own])
        return bool(own)

    def _in_most(self) -> int | None:
        """Give who takes part in more than half of all messages, and both wrote and was written to."""
        wrote = dict(self.rows("SELECT sender, count(*) FROM mail GROUP BY 1"))
        got = dict(self.rows("SELECT person, count(*) FROM recipient JOIN mail ON id = mail GROUP BY 1"))
        both = Counter({person: wrote[person] + got[person] for person in wrote.keys() & got.keys()})
        best = both.most_common(1)
        whole = self.one("SELECT count(*) FROM mail")
        return best[0][0] if best and best[0][1] * 2 > whole else None

    def _choose(self) -> None:
        """Choose whom to take."""
        wrote = {person for (person,) in self.rows("SELECT DISTINCT sender FROM mail")}
        met = {person for (person,) in self.rows("SELECT person FROM two_way EXCEPT SELECT person FROM own")}
        own = {person for (person,) in self.rows("SELECT person FROM own")}
        met |= {self._known[one] for one in self.wanted.known if one in self._known} - own
        if self.wanted.everyone:
            met |= wrote - own
        found = [(one,) for one in sorted(met) if self._is_somebody(one, wrote)]
        self._database.executemany("INSERT INTO taken VALUES (?)", found)
        self._database.execute("INSERT INTO ours SELECT person FROM own UNION SELECT person FROM taken")
        self._database.execute("CREATE INDEX by_day ON mail (at)")

    def _is_somebody(self, person: int, wrote: set[int]) -> bool:
        address = self.people[person].address.lower()
        return not _NOBODY.match(address) and (person in wrote or self._lists[address] < _OFTEN)

    def _left(self) -> int:
        """Count what came from people the user never answered."""
        return self.one("SELECT count(*) FROM mail WHERE sender NOT IN ours")

    def _keep_text(self, box: Box) -> None:
        """Go through a mailbox again, for the new text of the letters that are taken."""
        from askwell.formats.mail.boxes import messages_of  # only when asked: the readers of whole messages

        query = "SELECT id FROM mail WHERE key = ? AND sender IN ours"
        for stream in box.streams():
            with stream:
                for message in messages_of(stream, box.name):
                    head = next(heads_in(io.BytesIO(message.raw[:MOST_HEAD])))
                    if found := self._database.execute(query, (_key(head),)).fetchone():
                        told = (*found, _new_text(message.raw))
                        self._database.execute("INSERT OR REPLACE INTO told VALUES (?,?)", told)


def _database(folder: Path | None) -> sqlite3.Connection:
    """Open a database that lies on disk and is gone when it is closed."""
    if folder is None:
        return sqlite3.connect("", isolation_level=None)
    path = folder / "mail.sqlite3"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA user_version = 1")  # now the file is there
    with suppress(OSError):  # a system that keeps the name of an open file: it goes with the folder
        path.unlink()
    return database


def _new_text(raw: bytes) -> str:
    from askwell.formats.mail.message import read_message
    from askwell.formats.mail.quoting import split_quotation

    text = split_quotation(read_message(raw).text).new_text
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode().replace("\0", "")


def _record(met: _Met) -> PersonRecord:
    return PersonRecord(name=met.name(), source=met.source, emails=(Email(value=met.address),))


def _fit(text: str) -> str:
    return " ".join(_UNFIT.sub(" ", text).split())


def _lack(at: int | None, sender: object, others: int) -> str:
    """Say what a message lacks to be a letter between two people, or ""."""
    if at is None or not _FIRST < at < _LAST:
        return "no_date"
    if not sender:
        return "no_sender"
    return "large_group" if others > LARGEST_GROUP else ""


@lru_cache(maxsize=1024)
def kinds_of(name: str) -> frozenset[str]:
    """Say whether a mailbox, or labels by commas, are of sent mail, or of what is no mail of the user's."""
    parts = (re.sub(r"[-_ ]*\d*$", "", part).replace("_", " ").strip() for part in _PARTS.split(name.lower()))
    words = {part.replace("-", " ") for part in parts} | {name.lower()}
    return frozenset(kind for kind, names in _BOXES.items() if words & names)


def _id_of(raw: bytes) -> str:
    return _fit(raw.decode("ascii", "replace"))[:_LONGEST_ID]


def _key(head: Head) -> bytes:
    """Give what the same message has in every archive: its id, else its date, sender and subject."""
    at, _offset, sender, _to, _cc, subject, this, *_rest = head
    return _digest(this or f"{at} {sender} ".encode("utf-8", "replace") + subject)


def _digest(raw: bytes) -> bytes:
    return blake2b(b"".join(raw.split()), digest_size=12).digest()
