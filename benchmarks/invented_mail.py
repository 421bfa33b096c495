"""Invented mail of any amount: an mbox as a mail program leaves it, the same whoever draws it.

People write to each other, newsletters and machines write to all.  Header fields are those real mail has
(Received, DKIM-Signature, ARC, Authentication-Results, MIME), so that the block above the body is 2 to 4 kB.
"""

from __future__ import annotations

import random
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

from invented import FAMILY, GIVEN, PLACES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OWNER = ("Robin Example", "robin@home.example")
START = datetime(2014, 1, 6, 8, tzinfo=UTC)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def mail(count: int, *, size: int = 9000, people: int = 7500, seed: int = 7) -> Iterator[bytes]:
    """Give ``count`` messages of about ``size`` bytes with LF lines, without the separating line."""
    chance = random.Random(seed)
    folk = [_person(number, chance) for number in range(people)]
    text = _prose(chance)
    picture = b64encode(chance.randbytes(60_000))
    lines = [picture[at : at + 76] for at in range(0, len(picture), 76)]
    for number in range(count):
        head = _head(number, folk, chance)
        yield b"".join(
            (
                head,
                b"\n",
                _body(
                    text, lines, max(120, int(size * chance.lognormvariate(-0.17, 0.6)) - len(head)), chance
                ),
            )
        )


def write_mbox(path: Path, count: int, **wanted: int) -> int:
    """Write an mbox; its size in bytes."""
    with path.open("wb") as out:
        for message in mail(count, **wanted):
            out.write(b"From sender@mail.example Mon Jan  6 08:00:00 2014\n" + message + b"\n")
        return out.tell()


def _person(number: int, chance: random.Random) -> tuple[str, str]:
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    place = chance.choice(PLACES).lower()
    plain = "".join(char for char in f"{given}.{family}".lower() if char.isascii() and char != "’")
    name = (f"{given} {family}", f"{family}, {given}", given, "")[chance.choices(range(4), (80, 10, 5, 5))[0]]
    return name, f"{plain}{number}@{place}.example"


def _address(person: tuple[str, str]) -> str:
    return formataddr(person, charset="utf-8")


def _head(number: int, folk: list[tuple[str, str]], chance: random.Random) -> bytes:
    at = START + timedelta(minutes=7 * number, seconds=chance.randrange(18_000))
    kind = chance.choices(("in", "out", "list", "machine"), (40, 20, 25, 15))[0]
    other = folk[min(int(chance.paretovariate(0.6)), len(folk)) - 1]
    more = [chance.choice(folk) for _ in range(chance.choices(range(4), (70, 15, 10, 5))[0])]
    sender, to = (OWNER, [other, *more]) if kind == "out" else (other, [OWNER, *more])
    where = sender[1].partition("@")[2]
    stamp = f"{_DAYS[at.weekday()]}, {at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M:%S}"
    fields = [] if kind == "out" else _travel(number, where, format_datetime(at), chance)
    fields += [
        "MIME-Version: 1.0",
        f"Date: {stamp} {chance.choice(('+0000', '+0100', '-0500', '-0700 (PDT)', '+0530'))}",
        f"Message-ID: <{number:08x}.{chance.getrandbits(64):016x}@{where}>",
        f"Subject: {_subject(chance)}",
        f"From: {_address(sender)}",
        "To: " + ",\n ".join(map(_address, to)),
    ]
    if chance.random() < 0.15:
        fields.append("Cc: " + ", ".join(_address(chance.choice(folk)) for _ in range(3)))
    if kind in {"in", "out"} and chance.random() < 0.5:
        before = f"<{chance.getrandbits(64):016x}@{chance.choice(PLACES).lower()}.example>"
        fields += [f"In-Reply-To: {before}", f"References: {before}"]
    if kind == "list":
        fields += [
            f"List-Id: <all.{where}>",
            f"List-Unsubscribe: <https://{where}/leave/{number}>",
            "Precedence: list",
        ]
    if kind == "machine":
        fields += ["Auto-Submitted: auto-generated", f"Feedback-ID: {number}:machine:{where}"]
    fields += [
        f'Content-Type: multipart/alternative; boundary="{chance.getrandbits(96):024x}"',
        "X-Mailer: Invented 7.2",
    ]
    return "\n".join(fields).encode() + b"\n"


def _subject(chance: random.Random) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(2, 9)))
    return (
        Header("Grüße: " + words, "utf-8").encode()
        if chance.random() < 0.08
        else "Re: " * (chance.random() < 0.4) + words
    )


def _travel(number: int, where: str, stamp: str, chance: random.Random) -> list[str]:
    signed = b64encode(chance.randbytes(256)).decode()
    signature = "\n        ".join(signed[at : at + 64] for at in range(0, len(signed), 64))
    received = [
        f"Received: from mx{hop}.{where} (mx{hop}.{where} [192.0.2.{chance.randrange(1, 255)}])\n"
        f"        by mx.home.example with ESMTPS id {chance.getrandbits(64):016x}\n"
        f"        for <{OWNER[1]}>; {stamp}"
        for hop in range(chance.randrange(2, 5))
    ]
    return [
        f"Delivered-To: {OWNER[1]}",
        *received,
        f"Return-Path: <bounce-{number}@{where}>",
        (
            f"Authentication-Results: mx.home.example;\n       dkim=pass header.i=@{where};\n"
            f"       spf=pass smtp.mailfrom={where}"
        ),
        (
            f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={where}; s=20240101;\n"
            f"        h=to:subject:message-id:date:from:mime-version;\n        b={signature}"
        ),
    ]


def _prose(chance: random.Random) -> bytes:
    lines = (" ".join(chance.choice(WORDS) for _ in range(chance.randrange(4, 15))) for _ in range(6000))
    return "\n".join(lines).encode()


def _body(text: bytes, lines: list[bytes], size: int, chance: random.Random) -> bytes:
    if chance.random() < 0.3:  # a picture or HTML in base64
        at = chance.randrange(max(1, len(lines) - size // 77))
        return b"\n".join(lines[at : at + size // 77]) + b"\n"
    at = chance.randrange(len(text) - size) if size < len(text) else 0
    return text[at : at + size] + b"\n"
