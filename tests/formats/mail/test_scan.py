"""What is read fast equals what the standard library reads slowly, on every message."""

from __future__ import annotations

import io
import mailbox
import re
from binascii import b2a_base64
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, mktime_tz, parsedate_tz
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.mail import scan
from askwell.formats.mail.boxes import messages_in
from askwell.formats.mail.scan import heads_in, read_head, subject_of

if TYPE_CHECKING:
    from pathlib import Path

LISTS = {"list-id", "list-unsubscribe", "list-post", "list-help", "mailing-list", "x-mailing-list"}
MACHINES = {"feedback-id", "x-auto-response-suppress", "x-autoreply", "x-autorespond"}

PLAIN = b"""Received: from mx.meridian.example by mx.home.example;
        Mon, 06 Jan 2014 10:13:00 +0000
Date: Mon, 6 Jan 2014 10:13:00 +0100
Message-ID: <1@meridian.example>
In-Reply-To: <0@home.example>
Subject: Twenty minutes
From: Ines Dubois <ines@meridian.example>
To: Robin Example <robin@home.example>, tove@quarry.example
Cc: "Fischer, Jonas" <jonas@umbra.example>
X-Gmail-Labels: Inbox,Important
MIME-Version: 1.0
"""


def text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def words(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return value


def by_the_library(message: bytes) -> tuple[object, ...]:
    """Everything the scan says, found by the standard library alone."""
    fields = [
        (name.lower(), str(value).encode("ascii", "surrogateescape"))
        for name, value in BytesParser(policy=compat32).parsebytes(message, headersonly=True).raw_items()
    ]

    def first(name: str) -> bytes:
        return next((value for key, value in fields if key == name), b"")

    def people(name: str) -> tuple[tuple[str, str], ...]:
        values = [text(value) for key, value in fields if key == name]
        try:
            return tuple((words(who), address) for who, address in getaddresses(values) if address)
        except RecursionError:
            return ()

    return (
        *moment(first("date").decode("ascii", "surrogateescape")),
        people("from"),
        people("to"),
        people("cc"),
        " ".join(words(text(first("subject"))).split()),
        first("message-id").strip(),
        first("in-reply-to").strip(),
        first("x-gmail-labels").split(),
        kind(fields),
    )


def moment(value: str) -> tuple[int | None, int]:
    try:
        found = parsedate_tz(value)
        return (mktime_tz(found), found[9] or 0) if found else (None, 0)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None, 0


def kind(fields: list[tuple[str, bytes]]) -> str:
    listed = machine = False
    for name, raw in fields:
        value = raw.strip(b" \t").lower()
        listed |= name in LISTS or (name == "precedence" and value.startswith(b"list"))
        machine |= name in MACHINES
        machine |= name == "precedence" and value.startswith((b"bulk", b"junk", b"auto_reply"))
        machine |= name == "auto-submitted" and re.match(rb"[\w-]*", value)[0] != b"no"  # type: ignore[index]
    return "machine" if machine else "list" if listed else ""


def one(stream: io.BytesIO) -> scan.Head:
    (head,) = heads_in(stream)
    return head


def told(head: scan.Head) -> tuple[object, ...]:
    at, offset, sender, to, cc, subject, this, before, labels, kind_ = head
    return at, offset, sender, to, cc, subject_of(subject), this, before, labels.split(), kind_


def agrees(message: bytes) -> None:
    plain = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n")  # the line's end says nothing
    if plain.lstrip(b"\n").startswith((b"From ", b"\xef\xbb\xbf")):
        plain = message = b"X: y\n" + plain  # else it is a mailbox
    assert [told(head) for head in heads_in(io.BytesIO(message))] == [by_the_library(plain.lstrip(b"\n"))]


def test_a_letter_is_read_whole() -> None:
    at, offset, sender, to, cc, subject, this, before, labels, kind_ = one(io.BytesIO(PLAIN + b"\nHello\n"))
    assert (at, offset) == (1388999580, 3600)
    assert sender == (("Ines Dubois", "ines@meridian.example"),)
    assert to == (("Robin Example", "robin@home.example"), ("", "tove@quarry.example"))
    assert cc == (("Fischer, Jonas", "jonas@umbra.example"),)
    assert (subject.strip(), this, before) == (
        b"Twenty minutes",
        b"<1@meridian.example>",
        b"<0@home.example>",
    )
    assert (labels.strip(), kind_) == (b"Inbox,Important", "")


ADDRESSES = [
    b"Ines Dubois <ines@meridian.example>",
    b"ines@meridian.example",
    b"<ines@meridian.example>",
    b"  ines@meridian.example  ",
    b"ines@meridian.example (Ines)",
    b'"Dubois, Ines" <ines@meridian.example>, Jonas <jonas@umbra.example>',
    b'"Ines \\"I\\" Dubois" <ines@meridian.example>',
    b'"Ines <ines@meridian.example>',
    b'Ines "D" <ines@meridian.example>, "a',
    b"Ines  Dubois <ines@meridian.example>",
    b"I. Dubois <ines@meridian.example>",
    b"Ines<ines@meridian.example>",
    b"=?utf-8?q?S=C3=B8ren?= <soren@umbra.example>",
    b"=?utf-8?q?S=C3=B8ren_(home)?= <soren@umbra.example>",
    b"=?iso-8859-1?Q?Bergstr=F6m=2C_Ada?= <ada@umbra.example>",
    b"=?utf-8?b?SsO8cmdlbg==?= =?utf-8?b?IEs=?= <k@umbra.example>",
    b"=?nowhere?q?S=C3=B8ren?= <soren@umbra.example>",
    b"=?utf-8?b?S?= <soren@umbra.example>",
    b"=?utf-8?q?=FF?= <soren@umbra.example>",
    "Søren <soren@umbra.example>".encode(),
    "Søren <soren@umbra.example>".encode("latin-1"),
    b"team: ines@meridian.example, jonas@umbra.example;, tove@quarry.example",
    b"undisclosed-recipients:;",
    b"ines@meridian.example,\n jonas@umbra.example,\n\tTove <tove@quarry.example>",
    b"a@b.example,, c@d.example,",
    b"a..b@c.example, .d@e.example, f@g.example.",
    b"a@b@c.example",
    b"Ines <ines@meridian.example> Dubois",
    b"Ines <ines@meridian.example",
    b"<@relay.example:ines@meridian.example>",
    b"ines@[192.0.2.1]",
    b"ines @ meridian . example",
    b"Mailer-Daemon",
    b"",
    b"<>",
    b"@",
    b"a@[",
    b"(",
    b"\x00@a.example",
    b"(" * 5000,
    b"Ines (" + b"(x)" * 10 + b") <ines@meridian.example>",
    b"a" * 3000 + b"@umbra.example",
    b"o'hara!#$%&*+/=?^`{|}~-@umbra.example",
]


@pytest.mark.parametrize("value", ADDRESSES)
def test_addresses_of_any_shape_are_the_librarys(value: bytes) -> None:
    for name in (b"From", b"TO", b"cc"):
        agrees(name + b": " + value + b"\n\n")
    agrees(b"To: " + value + b"\nTo: Tove <tove@quarry.example>\n\n")


DATES = [
    b"Mon, 6 Jan 2014 10:13:00 +0100",
    b"Mon, 06 Jan 2014 10:13:00 -0000",
    b"6 Jan 2014 10:13:00 +0530",
    b"Mon,  6 Jan 2014 10:13:00 -0700 (PDT)",
    b"Mon, 6 Jan 2014 10:13:00 GMT",
    b"Mon, 6 Jan 2014 10:13 +0100",
    b"Mon, 6 Jan 14 10:13:00 +0100",
    b"Mon, 6 Jan 0014 10:13:00 +0100",
    b"Mon, 6 Jan 0000 10:13:00 +0100",
    b"Mon, 36 Jan 2014 10:13:00 +0100",
    b"Mon, 31 Feb 2014 10:13:00 +0100",
    b"Mon, 6 Foo 2014 10:13:00 +0100",
    b"Mon, 6 Jan 2014 25:13:00 +0100",
    b"Mon, 6 Jan 2014 10:13:61 +0100",
    b"Mon, 6 Jan 2014 10:13:00 +9999",
    b"Mon, 6 Jan 2014 10:13:00",
    b"Mon, 6 Jan 2014 10:13:00 +0100 ",
    b"Mon, 6 Jan 2014\n 10:13:00 +0100",
    b"2014-01-06T10:13:00Z",
    b"Mon Jan  6 10:13:00 2014",
    b"6/1/2014 10:13",
    b"yesterday",
    b":",
    b"",
    b"10:13:00",
    b"\xff 6 Jan 2014 10:13:00 +0100",
    b"Mon, 6 Jan 99999999999999999999 10:13:00 +0100",
]


@pytest.mark.parametrize("value", DATES)
def test_dates_of_any_shape_are_the_librarys(value: bytes) -> None:
    for _twice in range(2):  # once read, once remembered
        agrees(b"Date: " + value + b"\n\n")
        agrees(b"Date:" + value + b"\n\n")


HEADS = [
    b"",
    b"\n",
    b"\n\nbody\n",
    b"no head at all\n\nbody\n",
    b"Subject: a\nno field here\nTo: a@b.example\n\n",
    b" folded first\nSubject: a\n\n",
    b"Subject: a\n b\n\tc\nTo: a@b.example\n\n",
    b"Subject: a\n \n\nTo: a@b.example\n\n",
    b"Subject: a\nFrom me to you\nTo: a@b.example\n\n",
    b"Subject: a\n: nameless\nTo: a@b.example\n\n",
    b"Subject : a\nTo: a@b.example\n\n",
    b"Subject: a\nSubject: b\nMessage-ID: <1@a>\nmessage-id: <2@a>\n\n",
    b"Date: Mon, 6 Jan 2014 10:13:00 +0100\nDate: Tue, 7 Jan 2014 10:13:00 +0100\n\n",
    b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n =?utf-8?q?_an_alle?=\n\n",
    b"Subject: \xff\xfe and =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\n",
    "Subject: Grüße\n\n".encode(),
    b"Message-ID:\n <long@a.example>\n\n",
    b"List-Id: <all.a.example>\n\n",
    b"LIST-UNSUBSCRIBE: <https://a.example>\n\n",
    b"Precedence: list\n\n",
    b"Precedence: Bulk\n\n",
    b"Precedence: first-class\n\n",
    b"Auto-Submitted: auto-replied\n\n",
    b"Auto-Submitted: no\n\n",
    b"Auto-Submitted: No\n\n",
    b"Auto-Submitted:\n\n",
    b"Auto-Submitted: no; by hand\n\n",
    b"Auto-Submitted: nothing\n\n",
    b"Feedback-ID: 1:2:3\nList-Id: <a.b>\n\n",
    b"Feedback-ID: 1:2:3\nSubject: a\nSubject: b\n\n",
    b"List-Id: <a.b>\nSubject: a\nSubject: b\n\n",
    b"From: a@b.example\nFrom: c@d.example\n\n",
    b"Subject: no end",
    b"Subject: a\n\n" + b"To: in.the@body.example\n" * 3,
]


@pytest.mark.parametrize("message", HEADS)
def test_heads_of_any_shape_are_the_librarys(message: bytes) -> None:
    for ending in (b"\n", b"\r\n", b"\r"):
        agrees(message.replace(b"\n", ending))


def test_bytes_of_every_value_in_every_field() -> None:
    for value in range(256):
        for name in (b"Subject", b"From", b"Date", b"X"):
            agrees(name + b": a" + bytes([value]) + b"b <c@d.example>\nTo: e@f.example\n\n")


FIELD = st.one_of(
    st.sampled_from(ADDRESSES).map(lambda value: b"To: " + value),
    st.sampled_from(ADDRESSES).map(lambda value: b"From: " + value),
    st.sampled_from(DATES).map(lambda value: b"Date: " + value),
    st.sampled_from([line for head in HEADS for line in head.split(b"\n")]),
    st.binary(max_size=20),
    st.builds(
        lambda a, b: a + b":" + b,
        st.sampled_from([b"To", b"Cc", b"Date", b"subject"]),
        st.binary(max_size=30),
    ),
)


@given(st.lists(FIELD, max_size=8), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_whatever_stands_in_a_head_both_say_the_same(lines: list[bytes], ending: bytes) -> None:
    agrees(ending.join([*lines, b"", b"body", b""]))


@given(st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=5))
def test_any_addresses_beside_each_other(values: list[bytes]) -> None:
    agrees(b"To: " + b", ".join(values) + b"\n\n")


@given(st.text(max_size=12), st.sampled_from("qQbB"), st.sampled_from(["utf-8", "UTF-8", "utf8", "latin-1"]))
def test_any_encoded_word_is_decoded_as_the_library_does(name: str, way: str, charset: str) -> None:
    raw = name.encode(charset, "replace")
    code = b2a_base64(raw, newline=False) if way in "bB" else b"".join(b"=%02X" % byte for byte in raw)
    for tail in (b"", b"=", b"_", b"=ff", b"a"):
        word = b"=?" + charset.encode() + b"?" + way.encode() + b"?" + code + tail + b"?="
        agrees(b"Subject: " + word + b"\nTo: " + word + b" <a@b.example>\n\n")


@given(st.text("aAB=_?/+09 fF\n", max_size=12), st.sampled_from("qb"))
def test_anything_in_an_encoded_word_is_decoded_as_the_library_does(code: str, way: str) -> None:
    agrees(f"Subject: =?utf-8?{way}?{code}?=\nTo: =?utf-8?{way}?{code}?= <a@b.example>\n\n".encode())


# -- archives

BODIES = [
    b"Hello\n",
    b"",
    b"\n\n\n",
    b"To: not@a.head.example\n\nFrom\n>From here on\n" * 3,
    b"x" * 3000 + b"\n",
]


class Slow(io.BytesIO):
    """Gives at most ``step`` bytes at a time, as a stream may."""

    step = 7

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(self.step, size) if size and size > 0 else self.step)


def archive(ending: bytes = b"\n") -> bytes:
    parts = []
    for number, body in enumerate(BODIES * 2):
        head = PLAIN.replace(b"<1@", b"<%d@" % number)
        parts.append(b"From ines@meridian.example Mon Jan  6 10:13:00 2014\n" + head + b"\n" + body + b"\n")
    return b"".join(parts).replace(b"\n", ending)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("step", [1, 7, 1000, 1 << 20])
def test_an_mbox_is_cut_alike_whatever_its_lines_and_pieces(ending: bytes, step: int) -> None:
    stream = Slow(archive(ending))
    stream.step = step
    heads = list(heads_in(stream))
    assert [head[6] for head in heads] == [b"<%d@meridian.example>" % n for n in range(10)]
    assert {told(head)[:6] for head in heads} == {by_the_library(PLAIN)[:6]}


ODD = [
    b"From a b\nTo: a@b.example\n\nx\n\nFrom " + b"Mon Jan  6 10:13 " * 100 + b"2014\nTo: d@e.example\n\n",
    b"From a@b.example Mon Jan  6 10:13:00 2014\n" + b"\nFrom x y\n".join(HEADS[3:12]),
    b"From - Mon Jan  6 10:13:00 2014\nSubject: a\n\nFrom the start at 10:15 we knew\nTo: go\n\n",
    b"From 1234@xxx Mon Jan 06 10:13:00 +0000 2014\nSubject: a\n\nx\n\nFrom me: 10:15\nA: b\n\n",
    b"From a Mon Jan  6 10:13:00 2014\nFrom b Mon Jan  6 10:13:00 2014\n\n\nFrom c Mon Jan  6 10:13:00 2014\n\nbody",
    b"From a b\nTo: a@b.example\nFrom c Mon Jan  6 10:13:00 2014\nTo: d@e.example\n",
    b"From a b\nTo: a@b.example\n\nx\n\nFrom c Mon Jan  6 10:13:00 2014\n",
    b"From a b\nTo: a@b.example\n\nx\n\nFrom c Mon Jan  6 10:13:00 2014\nno field\n",
]


@pytest.mark.parametrize("step", [1, 50, 1 << 20])
@pytest.mark.parametrize("box", ODD)
def test_an_mbox_is_cut_where_its_messages_are(tmp_path: Path, box: bytes, step: int) -> None:
    file = tmp_path / "mbox"
    file.write_bytes(box + b"\n" + archive())
    stream = Slow(file.read_bytes())
    stream.step = step
    heads = [told(head) for head in heads_in(stream)]
    assert heads == [by_the_library(message.raw) for message in messages_in(file)]
    assert len(heads) > 10


@given(st.lists(st.sampled_from([*HEADS, *ODD, PLAIN + b"\nHello\n"]), max_size=4), st.integers(1, 60))
def test_a_mailbox_says_the_same_in_pieces_of_any_size(parts: list[bytes], step: int) -> None:
    mark = b"\nFrom a@b.example Mon Jan  6 10:13:00 2014\n"
    stream = Slow((mark + mark.join(parts)).lstrip(b"\n"))
    stream.step = step
    assert list(heads_in(stream)) == list(heads_in(io.BytesIO(stream.getvalue())))


@pytest.mark.parametrize(
    "line", [b"x-autoreply: 1", b"MAILING-LIST: a", b"precedence:\tJunk", b"Precedence: List"]
)
def test_what_is_no_letter_is_known_wherever_its_sign_stands(line: bytes) -> None:
    fields = PLAIN.rstrip(b"\n").split(b"\n")
    for at in (0, 2, 5, len(fields)):
        agrees(b"\n".join([*fields[:at], line, *fields[at:], b"", b"Hello"]))
        agrees(b"\n".join([*fields[:at], b"Precedence: first", line, b"Precedence: last", *fields[at:], b""]))


def test_a_plain_mbox_is_cut_where_the_library_cuts_it(tmp_path: Path) -> None:
    file = tmp_path / "mbox"
    file.write_bytes(archive())
    box = mailbox.mbox(file)
    there = [by_the_library(box.get_bytes(key)) for key in box.keys()]  # noqa: SIM118 - it is no dict
    assert [told(head) for head in heads_in(io.BytesIO(archive()))] == there


@pytest.mark.parametrize("before", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_empty_lines_before_the_first_message_are_passed_over(before: bytes) -> None:
    assert len(list(heads_in(io.BytesIO(before + archive())))) == 10


def test_a_file_with_nothing_in_it_is_one_message_with_no_head() -> None:
    assert list(heads_in(io.BytesIO(b""))) == [read_head(b"")]
    assert list(heads_in(io.BytesIO(b"From the start nothing"))) == [read_head(b"")]


def test_a_head_that_never_ends_is_read_as_far_as_is_sensible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST_HEAD", 4000)
    monkeypatch.setattr(scan, "CHUNK", 1000)
    endless = b"From a b\nSubject: x\n" + b"X-Long: y\n" * 5000 + b"To: a@b.example\n\n"
    heads = list(heads_in(io.BytesIO(endless + archive())))
    assert len(heads) == 11
    assert heads[0][5].strip() == b"x"
    assert heads[0][3] == ()


def test_an_odd_head_that_never_ends_is_read_as_far_as_is_sensible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST_HEAD", 4000)
    monkeypatch.setattr(scan, "CHUNK", 1000)
    endless = b"From a b\nSubject: x\nno field\n" + b"X-Long: y\n" * 5000 + b"\n\n"
    heads = list(heads_in(io.BytesIO(endless + archive())))
    assert len(heads) == 11
    assert heads[0][5] == b"x"


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST_KEPT", 50)
    for number in range(200):
        stamp = b"Mon, %d Jan %d 10:13:%02d %+05d" % (number % 28 + 1, 1990 + number, number % 60, number)
        agrees(b"Date: " + stamp + b"\nTo: a%d@b.example\n\n" % number)
        assert all(
            len(kept) <= 51 for kept in (scan._people, scan._persons, scan._days, scan._minutes, scan._rests)
        )
