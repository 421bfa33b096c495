"""Reading a large LinkedIn archive: 30,000 connections, 100,000 messages; time and peak memory.

    python benchmarks/linkedin_import.py [--connections N] [--messages N] [--seed N] [--keep FILE] [--json]

The archive is generated (seeded, invented people), written once, and read in a fresh
process, so that the peak is that of reading alone.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GIVEN = [
    "Ada",
    "Bilal",
    "Chiara",
    "Dmitri",
    "Emeka",
    "Fatima",
    "Goran",
    "Hana",
    "Ines",
    "Jonas",
    "Kwame",
    "Lena",
    "Minh",
    "Nadia",
    "Omar",
    "Petra",
    "Quentin",
    "Rosa",
    "Søren",
    "Tove",
]
FAMILY = [
    "Abara",
    "Bergström",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Fischer",
    "García",
    "Haddad",
    "Ito",
    "Jansen",
    "Kovač",
    "Lindqvist",
    "Mbeki",
    "Novák",
    "O’Hara",
    "Petrov",
]
PLACES = [
    "Harbour",
    "Meridian",
    "Northwind",
    "Quarry",
    "Saffron",
    "Tidewater",
    "Umbra",
    "Vantage",
    "Willow",
    "Zephyr",
]
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
WORDS = [
    "thank",
    "you",
    "for",
    "the",
    "time",
    "last",
    "week",
    "it",
    "helped",
    "me",
    "see",
    "how",
    "the",
    "team",
    "works",
    "and",
    "what",
    "the",
    "first",
    "year",
    "is",
    "like",
    "would",
    "twenty",
    "minutes",
    "in",
    "March",
    "suit",
    "you",
    "I",
    "read",
    "your",
    "piece",
    "on",
    "supply",
    "chains",
    "and",
    "have",
    "three",
    "short",
    "questions",
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


def measure(path: Path) -> dict[str, object]:
    """Read the archive in this process: seconds, peak memory in MB, and what was found."""
    from askwell.formats.detect import read_path

    before = peak_mb()
    begun, worked = time.perf_counter(), time.process_time()
    reading = read_path(path)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "peak_mb": round(peak_mb()),
        "before_mb": round(before),
        "archive_mb": round(path.stat().st_size / 2**20, 1),
        "people": len(reading.people),
        "touches": len(reading.touches),
        "skipped": dict(reading.skipped),
        "problems": len(reading.problems),
    }


def peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--connections", type=int, default=30_000)
    options.add_argument("--messages", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--keep", type=Path, help="write the archive here and leave it")
    options.add_argument("--read", type=Path, help="read this archive (used for the fresh process)")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    if chosen.read:
        print(json.dumps(measure(chosen.read)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "archive.zip"
        write_archive(path, chosen.connections, chosen.messages, chosen.seed)
        told = subprocess.run(
            [sys.executable, __file__, "--read", str(path)], check=True, capture_output=True, text=True
        ).stdout
    if chosen.json:
        print(told, end="")
    else:
        for key, value in json.loads(told).items():
            print(f"{key:12} {value}")


if __name__ == "__main__":
    main()
