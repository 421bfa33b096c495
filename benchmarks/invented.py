"""Invented people for every benchmark: names, work, letters, and a LinkedIn archive of any size.

Whoever is given the same ``random.Random`` gets the same people.
"""

from __future__ import annotations

import csv
import io
import random
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GIVEN = """
Ada Bilal Chiara Dmitri Emeka Fatima Goran Hana Ines Jonas Kwame Lena Minh Nadia Omar Petra Quentin Rosa
Søren Tove
"""
_FAMILY = """
Abara Bergström Castillo Dubois Eriksen Fischer García Haddad Ito Jansen Kovač Lindqvist Mbeki Novák
O’Hara Petrov
"""
_PLACES = """
Harbour Meridian Northwind Quarry Saffron Tidewater Umbra Vantage Willow Zephyr
"""
_WORDS = """
thank you for the time last week it helped me see how the team works and what the first year is like
would twenty minutes in March suit you I read your piece on supply chains and have three short questions
"""
GIVEN = _GIVEN.split()
FAMILY = _FAMILY.split()
PLACES = _PLACES.split()
WORDS = _WORDS.split()
KINDS = ["Analytics", "Bank", "Labs", "Logistics", "Partners, Inc.", "Robotics", "Studio", "University"]
TITLES = [
    "Analyst",
    "Data Scientist",
    "Designer",
    "Head of Operations",
    "Product Manager, Payments",
    "Recruiter",
    "Software Engineer",
]
PREAMBLE = 'Notes:\n"When exporting your connection data, some addresses may be missing."\n\n'
OWNER = ("Robin Example", "https://www.linkedin.com/in/robin-example")
START = datetime(2016, 1, 4, 8, tzinfo=UTC)


def people(count: int, chance: random.Random) -> list[tuple[str, str, str]]:
    """Given name, family name and profile address of ``count`` invented people."""
    found = []
    for number in range(count):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        slug = f"{given}-{family}-{number:x}".lower().replace("’", "")
        found.append((given, family, f"https://www.linkedin.com/in/{slug}"))
    return found


def connections(known: list[tuple[str, str, str]], chance: random.Random) -> Iterator[list[str]]:
    yield ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    for number, (given, family, url) in enumerate(known):
        day = (START + timedelta(days=chance.randrange(3800))).strftime("%d %b %Y")
        if number % 97 == 96:
            yield ["", "", "", "", "", "", day]
            continue
        email = f"p{number}@mail{number % 50}.example" if chance.random() < 0.1 else ""
        yield [
            given,
            family,
            url,
            email,
            f"{chance.choice(PLACES)} {chance.choice(KINDS)}",
            chance.choice(TITLES),
            day,
        ]


def messages(known: list[tuple[str, str, str]], count: int, chance: random.Random) -> Iterator[list[str]]:
    yield [
        "CONVERSATION ID",
        "CONVERSATION TITLE",
        "FROM",
        "SENDER PROFILE URL",
        "TO",
        "RECIPIENT PROFILE URLS",
        "DATE",
        "SUBJECT",
        "CONTENT",
        "FOLDER",
        "ATTACHMENTS",
        "IS MESSAGE DRAFT",
    ]
    for number in range(count):
        given, family, url = known[int(chance.paretovariate(0.6)) % len(known)]
        sides = [OWNER, (f"{given} {family}", url)]
        if chance.random() < 0.5:
            sides.reverse()
        (sender, sender_url), (receiver, receiver_url) = sides
        at = (START + timedelta(minutes=number * 53)).strftime("%Y-%m-%d %H:%M:%S UTC")
        lines = [
            " ".join(chance.choices(WORDS, k=chance.randint(4, 30))) for _ in range(chance.randint(1, 5))
        ]
        draft = "Yes" if number % 500 == 499 else "No"
        folder = "SPAM" if number % 400 == 399 else "INBOX"
        yield [
            f"2-{zlib.crc32(url.encode()):08x}",
            "",
            sender,
            sender_url,
            receiver,
            receiver_url,
            at,
            "",
            "Hello,\n\n" + "\n".join(lines),
            folder,
            "",
            draft,
        ]


def write_archive(path: Path, connection_count: int, message_count: int, seed: int) -> None:
    """Write the archive; the same seed gives the same people and messages."""
    chance = random.Random(seed)
    known = people(connection_count, chance)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, preamble, rows, quoting in (
            ("Connections.csv", PREAMBLE, connections(known, chance), csv.QUOTE_MINIMAL),
            ("messages.csv", "", messages(known, message_count, chance), csv.QUOTE_ALL),
        ):
            with archive.open(name, "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
                text.write(preamble)
                csv.writer(text, quoting=quoting, lineterminator="\n").writerows(rows)
        archive.writestr("Profile.csv", "First Name,Last Name,Headline\nRobin,Example,Analyst\n")
