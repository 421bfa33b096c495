"""Reads 30,000 vCards with Askwell, vobject and khard: time, peak memory, facts kept.

    .venv-dev/bin/python benchmarks/vcards.py [--cards N] [--runs N] [--readers NAME ...]
        [--peers .venv-bench/bin/python]

The cards are generated from a fixed seed, with invented people: two fifths as an iPhone writes
them (3.0, groups, labels), two fifths as Android does (2.1, quoted-printable), one fifth 4.0.
Every reading runs in a process of its own, the readers in turn, so that other work on the machine
disturbs all alike; what is printed is the median of the runs.  "Times" compares the processor
seconds of the same turn.  A fact
is one text the generator put into a card (a number, a note, a label); it is kept if it
comes out of the reader as that very text.
"""

from __future__ import annotations

import argparse
import base64
import gc
import json
import quopri
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GIVEN = [
    "Amara",
    "Jürgen",
    "Zoë",
    "Mateo",
    "Ingrid",
    "Kofi",
    "Søren",
    "Léa",
    "Tomasz",
    "Yuki",
    "Priya",
    "Omar",
]
FAMILY = [
    "Okafor",
    "Müller",
    "Núñez",
    "van der Berg",
    "Håkansson",
    "Mensah",
    "Łukasz",
    "O'Neil",
    "Šimek",
    "Rao",
]
FIRMS = ["Brightwater Labs", "Hülsmann & Söhne", "Northlight, Inc.", "Acorn; Elm", "Café Réseau"]
TITLES = ["Hydrologist", "Produktmanagerin", "Data Engineer", "Directrice", "Nurse, paediatrics"]
NOTES = [
    "Met at the spring fair, said: call me\nin May; likes maps",
    "Kollegin von früher, größte Hilfe beim Umzug nach Köln, unbedingt wieder melden",
    "Prefers mail over phone",
    "",
]


def number(rng: random.Random) -> str:
    return rng.choice(
        [
            f"+49 171 {rng.randint(1000000, 9999999)}",
            f"+1 415 555 {rng.randint(1000, 9999)}",
            f"(030) {rng.randint(100000, 999999)}",
            f"+44 7{rng.randint(100, 999)} {rng.randint(100000, 999999)}",
        ]
    )


def facts_of(rng: random.Random, at: int) -> dict[str, str]:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    note = rng.choice(NOTES)
    return {
        "given": given,
        "family": family,
        "fn": f"{given} {family} {at}",
        "org": rng.choice(FIRMS),
        "dept": rng.choice(["Field", "R&D"]),
        "title": rng.choice(TITLES),
        "work": f"p{at}@work.example",
        "private": f"p{at}@home.example",
        "cell": number(rng),
        "office": number(rng),
        "street": f"{rng.choice(['Hauptstraße', 'Elm Street'])} {rng.randint(1, 200)}",
        "city": rng.choice(["Köln", "Ghent", "Accra"]),
        "label": rng.choice(["School Friends", "Chess club"]),
        "url": f"https://p{at}.example/about,me",
        "page": f"https://www.linkedin.com/in/p{at}",
        "note": note,
        "odd": f"keep-{at}",
    }


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def iphone(f: dict[str, str], photo: str) -> list[str]:
    return [
        "VERSION:3.0",
        "PRODID:-//Apple Inc.//iPhone OS 17.5//EN",
        f"N:{escaped(f['family'])};{f['given']};;;",
        f"FN:{escaped(f['fn'])}",
        f"ORG:{escaped(f['org'])};{f['dept']}",
        f"TITLE:{escaped(f['title'])}",
        f"EMAIL;type=INTERNET;type=WORK;type=pref:{f['work']}",
        f"item1.EMAIL;type=INTERNET:{f['private']}",
        f"item1.X-ABLabel:{f['label']}",
        f"TEL;type=CELL;type=VOICE;type=pref:{f['cell']}",
        f"TEL;type=WORK;type=VOICE:{f['office']}",
        f"item2.ADR;type=HOME;type=pref:;;{f['street']};{f['city']};;12345;Germany",
        "item2.X-ABADR:de",
        f"item3.URL;type=pref:{f['url']}",
        "item3.X-ABLabel:_$!<HomePage>!$_",
        f"X-SOCIALPROFILE;type=linkedin;x-user=p:{f['page']}",
        *([f"NOTE:{escaped(f['note'])}"] if f["note"] else []),
        f"PHOTO;ENCODING=b;TYPE=JPEG:{photo}",
        f"X-CUSTOM-THING:{f['odd']}",
    ]


def android(f: dict[str, str], photo: str) -> list[str]:
    def coded(head: str, text: str) -> str:
        if text.isascii() and "\n" not in text:
            return f"{head}:{text}"
        text = text.replace("\n", "\r\n")
        soft = quopri.encodestring(text.encode(), quotetabs=False).decode().replace("\r\n", "=0D=0A")
        return f"{head};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{soft}"

    def part(text: str) -> str:
        return text.replace(";", "\\;")

    return [
        "VERSION:2.1",
        coded("N", f"{f['family']};{f['given']};;;"),
        coded("FN", f["fn"]),
        coded("ORG", f"{part(f['org'])};{f['dept']}"),
        coded("TITLE", f["title"]),
        f"EMAIL;WORK:{f['work']}",
        f"EMAIL;HOME:{f['private']}",
        f"TEL;CELL;PREF:{f['cell']}",
        f"TEL;WORK;VOICE:{f['office']}",
        coded("ADR;HOME", f";;{f['street']};{f['city']};;12345;Germany"),
        f"URL:{f['url']}",
        f"URL:{f['page']}",
        *([coded("NOTE", f["note"])] if f["note"] else []),
        f"PHOTO;ENCODING=BASE64;JPEG:{photo}",
        "",
        f"X-CUSTOM-THING:{f['odd']}",
    ]


def fourth(f: dict[str, str], photo: str) -> list[str]:
    return [
        "VERSION:4.0",
        f"FN:{escaped(f['fn'])}",
        f"N:{escaped(f['family'])};{f['given']};;;",
        f"ORG:{escaped(f['org'])};{f['dept']}",
        f"TITLE:{escaped(f['title'])}",
        f"EMAIL;TYPE=work;PREF=1:{f['work']}",
        f"EMAIL;TYPE=home:{f['private']}",
        f'TEL;TYPE="cell,voice";VALUE=uri:tel:{f["cell"].replace(" ", "-")}',
        f"TEL;TYPE=work:{f['office']}",
        f"ADR;TYPE=home:;;{f['street']};{f['city']};;12345;Germany",
        f"URL:{f['url']}",
        f"SOCIALPROFILE;SERVICE-TYPE=LinkedIn:{f['page']}",
        *([f"NOTE:{escaped(f['note'])}"] if f["note"] else []),
        f"PHOTO:data:image/jpeg;base64,{photo}",
        f"X-CUSTOM-THING:{f['odd']}",
    ]


def fold(line: str) -> str:
    if "QUOTED-PRINTABLE" in line or len(line.encode()) <= 75:
        return line
    return "\r\n ".join(line[i : i + 60] for i in range(0, len(line), 60))


def generate(folder: Path, cards: int) -> None:
    """all.vcf, one.vcf-per-card folder for khard, and the facts."""
    rng = random.Random(20260301)
    (folder / "book").mkdir()
    facts, whole = [], []
    for at in range(cards):
        f = facts_of(rng, at)
        photo = base64.b64encode(rng.randbytes(150)).decode()
        kind = rng.choices([iphone, android, fourth], [2, 2, 1])[0]
        lines = ["BEGIN:VCARD", *kind(f, photo), f"UID:uid-{at}", "END:VCARD", ""]
        text = "\r\n".join(fold(line) for line in lines)
        whole.append(text)
        (folder / "book" / f"{at:06}.vcf").write_bytes(text.encode())
        if kind is not iphone:
            f.pop("label")
        if kind is fourth:
            f["cell"] = f["cell"].replace(" ", "-")
        facts.append([value for value in f.values() if value])
    (folder / "all.vcf").write_bytes("".join(whole).encode())
    (folder / "facts.json").write_text(json.dumps(facts))


def read_askwell(folder: Path, *, stream: bool = False) -> list:
    from askwell.formats import vcard

    if stream:
        with (folder / "all.vcf").open("rb") as file:
            return [sum(1 for _ in vcard.iter_cards(file, default_country="DE"))]
    reading = vcard.read((folder / "all.vcf").read_bytes(), file="all.vcf", default_country="DE")
    return list(reading.people)


def read_vobject(folder: Path) -> list:
    import vobject

    # One bad card would end the whole stream, so each is read by itself.
    found = []
    text = (folder / "all.vcf").read_bytes().decode()
    for card in text.split("BEGIN:VCARD")[1:]:
        try:
            found += vobject.readComponents("BEGIN:VCARD" + card, allowQP=True, ignoreUnreadable=True)
        except Exception:  # noqa: BLE001, S112  whatever it raises, the card is lost
            continue
    return found


def read_khard(folder: Path) -> list:
    import logging

    from khard.address_book import VdirAddressBook

    logging.disable(logging.CRITICAL)
    book = VdirAddressBook("all", str(folder / "book"), skip=True)
    book.load()
    return [contact.vcard for _, contact in sorted(book.contacts.items())]


def texts_of_record(person) -> set[str]:
    from dataclasses import astuple

    found: set[str] = set()

    def walk(value) -> None:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, tuple | list):
            for item in value:
                walk(item)

    walk(astuple(person))
    return found


def texts_of_vobject(component) -> set[str]:
    found: set[str] = set()

    def walk(value) -> None:
        if isinstance(value, str):
            found.update((value, value.strip(), value.replace("\r\n", "\n"), value.removeprefix("tel:")))
        elif isinstance(value, list):
            for item in value:
                walk(item)
        elif hasattr(value, "__dict__"):
            for item in vars(value).values():
                walk(item)

    for child in component.getChildren():
        walk(child.value)
    return found


READERS = {
    "askwell": read_askwell,
    "askwell, streamed": lambda folder: read_askwell(folder, stream=True),
    "vobject": read_vobject,
    "khard": read_khard,
}


def run_one(name: str, folder: Path, *, check: bool) -> None:
    """In the process of its own: time one reading, or count the facts it kept."""
    gc.collect()
    begin, cpu = time.perf_counter(), time.process_time()
    found = READERS[name](folder)
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cards = found[0] if name == "askwell, streamed" else len(found)
    result = {"seconds": seconds, "cpu": cpu, "peak_mb": peak, "cards": cards}
    if check:
        texts = texts_of_record if name == "askwell" else texts_of_vobject
        facts = {f[2]: f for f in json.loads((folder / "facts.json").read_text())}
        result["facts"] = sum(len(f) for f in facts.values())
        result["kept"] = 0
        for card in found:
            seen = texts(card)
            expected = next((facts[t] for t in seen if t in facts), ())
            result["kept"] += sum(label_seen(fact, seen) for fact in expected)
    print(json.dumps(result))


def label_seen(fact: str, seen: set[str]) -> bool:
    return fact in seen or fact.lower() in seen


def measure(readers: list[str], peers: str, folder: Path, runs: int) -> dict[str, dict]:
    def once(name: str, *more: str) -> dict:
        python = sys.executable if name.startswith("askwell") else peers
        command = [python, __file__, "--one", name, "--folder", str(folder), *more]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    turns = [{name: once(name) for name in readers} for _ in range(runs)]
    rows = {}
    for name in readers:
        results = [turn[name] for turn in turns]
        rows[name] = {key: statistics.median(r[key] for r in results) for key in results[0]}
        rows[name]["times"] = statistics.median(t[name]["cpu"] / t[readers[0]]["cpu"] for t in turns)
        if name != "askwell, streamed":
            checked = once(name, "--check")
            rows[name]["kept"] = f"{checked['kept']} of {checked['facts']}"
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cards", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--readers", nargs="+", choices=READERS, default=list(READERS))
    parser.add_argument("--peers", default=str(Path(__file__).parents[1] / ".venv-bench/bin/python"))
    parser.add_argument("--one")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--generate", action="store_true")
    args = parser.parse_args()
    if args.generate:
        generate(args.folder, args.cards)
        return
    if args.one:
        run_one(args.one, args.folder, check=args.check)
        return
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own too: a child's peak memory begins with its parent's.
        more = ["--generate", "--folder", folder, "--cards", str(args.cards)]
        subprocess.run([sys.executable, __file__, *more], check=True)
        size = (Path(folder) / "all.vcf").stat().st_size / 1e6
        print(f"{args.cards} cards, {size:.1f} MB, medians of {args.runs}")
        print(
            f"{'reader':20}{'seconds':>9}{'cpu s':>8}{'times':>7}{'peak MB':>9}{'cards':>8}{'facts kept':>24}"
        )
        for name, row in measure(args.readers, args.peers, Path(folder), args.runs).items():
            figures = f"{row['seconds']:9.2f}{row['cpu']:8.2f}{row['times']:7.1f}{row['peak_mb']:9.0f}"
            print(f"{name:20}{figures}{row['cards']:8.0f}{row.get('kept', ''):>24}")


if __name__ == "__main__":
    main()
