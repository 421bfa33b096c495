"""Photographed business cards, read and put into fields: precision and recall for each field, seconds a card.

    python benchmarks/ocr_cards.py [--process] [--misses] [--keep FOLDER]

Needs the extra (``./run --with-ocr``, then ``.venv/bin/python``).  Thirty cards of invented people in five
languages are drawn in six layouts with the fonts that are there, and made into photographs: every one is
tilted (up to 8 degrees), seen from the side, blurred, grainy and unevenly lit, each more or less; half of
them are small.  They are drawings all the same: paper that shines, folds and handwriting are not in them.

Three figures for each field.  "as read": what the form shows before anybody looks.  "marked lines mended":
the page names the lines it is unsure of; a person who mends those, and looks at nothing else, gets this.
"typed": the same text without a picture, through the same parser; what is missing here is not the reader's.
Whoever looks at every field, as the page asks, keeps what they mended.  A field is right when it has the
words of the card, whatever their case; spaces and signs of numbers do not count.
"""

from __future__ import annotations

import argparse
import difflib
import io
import os
import random
import re
import statistics
import time
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FIELDS = ("name", "title", "organization", "email", "phone", "url")
OWN_FONT = Path(__file__).parents[1] / "src/askwell/formats/cards/fonts/DejaVuSans.ttf"
FONT_NAMES = ("dejavu/DejaVuSans", "dejavu/DejaVuSerif", "noto/NotoSans-Regular", "noto/NotoSerif-Regular",
              "dejavu/DejaVuSansCondensed", "noto/NotoSansDisplay-Regular")  # fmt: skip
INKS = [
    ("#fdfcf8", "#222"),
    ("#ffffff", "#1b3a5c"),
    ("#20303c", "#f4f4f0"),
    ("#f3ead7", "#3a2a1a"),
    ("#eef3ee", "#444"),
]
CARDS = Path(__file__).with_name("ocr_cards.txt")
LABELS = {
    "US": "Tel",
    "GB": "T",
    "DE": "Tel.",
    "AT": "Tel.",
    "FR": "Tél.",
    "ES": "Tel.",
    "MX": "Tel.",
    "PL": "tel.",
}


def main() -> None:
    options = _options()
    import django

    django.setup()
    cards = [_card(line) for line in CARDS.read_text(encoding="utf-8").splitlines()]
    tallies = {way: Counter() for way in ("as read", "marked lines mended", "typed")}
    spent, marked, lines = [], 0, 0
    for number, card in enumerate(cards):
        photograph = _photograph(number, card)
        if options.keep:
            Path(options.keep, f"{number:02}.jpg").write_bytes(photograph)
        began = time.perf_counter()
        found = _read_apart(photograph) if options.process else _read_here(photograph)
        spent.append(time.perf_counter() - began)
        lines += len(found)
        marked += sum(not line.is_sure for line in found)
        as_read = _fields("\n".join(line.text for line in found), card)
        mended = _fields("\n".join(_mended(found, card)), card)
        typed = _fields("\n".join(text for _at, text in _printed(number, card)), card)
        for way, fields in zip(tallies, (as_read, mended, typed), strict=True):
            _count(tallies[way], fields, card)
        if options.misses:
            _show(number, card, as_read, [line.text for line in found])
    _table(tallies)
    print(f"\n{len(cards)} cards, {lines} lines read, {marked} of them marked for a second look")
    way = "a process for each" if options.process else "the models loaded once"
    print(f"seconds a card, {way}: median {statistics.median(spent):.1f}, most {max(spent):.1f}")
    print(f"load of the machine: {os.getloadavg()[0]:.0f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--process", action="store_true", help="each card in a process of its own, as a page does"
    )
    parser.add_argument("--misses", action="store_true", help="what came out wrong")
    parser.add_argument("--keep", default="", help="a folder to put the pictures into")
    return parser.parse_args()


def _card(line: str) -> dict[str, str]:
    return dict(zip(("country", *FIELDS, "address"), line.split("|"), strict=True))


def _read_apart(photograph: bytes) -> list:
    from askwell.people.photos import CardUnread, read_card

    try:
        return read_card(photograph)
    except CardUnread:
        return []


def _read_here(photograph: bytes) -> list:
    from askwell.formats.card_photo import Spot, lines_of, opened

    found = _recognizer()(opened(photograph))
    return lines_of(
        Spot(box.tolist(), text, float(score))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    )


@cache
def _recognizer():
    from askwell.formats.card_photo import reader

    return reader.engine()


def _printed(number: int, card: dict[str, str]) -> list[tuple[tuple[int, int, str], str]]:
    """What stands where: ((x, y, anchor), text), in the order of reading."""
    phone = f"{LABELS[card['country']]} {card['phone']}"
    name = card["name"].upper() if number % 6 == 4 else card["name"]
    ways = [phone, card["email"], card["url"], *([card["address"]] if card["address"] else [])]
    heads = [name, card["title"], card["organization"]]
    layout = number % 6
    if layout == 1:  # in the middle
        return [((525, 70 + 75 * at, "ma"), text) for at, text in enumerate([*heads, *ways])]
    if layout == 2:  # the firm first
        return [
            ((60, 60 + 75 * at, "la"), text) for at, text in enumerate([heads[2], heads[0], heads[1], *ways])
        ]
    if layout == 3:  # two columns below the name
        top = [((60, 70, "la"), heads[0]), ((60, 140, "la"), heads[1]), ((60, 230, "la"), heads[2])]
        return top + [
            ((60 + 500 * (at % 2), 380 + 80 * (at // 2), "la"), text)
            for at, text in enumerate([ways[0], ways[2], ways[1], *ways[3:]])
        ]
    if layout == 5:  # to the right
        return [((990, 60 + 75 * at, "ra"), text) for at, text in enumerate([*heads, *ways])]
    return [
        ((60, 60 + 70 * at + (60 if at > 2 else 0), "la"), text) for at, text in enumerate([*heads, *ways])
    ]


def _font(number: int, size: int) -> ImageFont.FreeTypeFont:
    path = Path("/usr/share/fonts/truetype") / f"{FONT_NAMES[number % len(FONT_NAMES)]}.ttf"
    return ImageFont.truetype(path if path.exists() else OWN_FONT, size)


def _photograph(number: int, card: dict[str, str]) -> bytes:
    """Draw a card and make a photograph of it; the same number gives the same picture."""
    dice = random.Random(number)
    paper, ink = INKS[number % len(INKS)]
    drawn = Image.new("RGB", (1050, 640), paper)
    for (x, y, anchor), text in _printed(number, card):
        size = 46 if text.casefold() == card["name"].casefold() else 27 if "@" in text else 29
        ImageDraw.Draw(drawn).text((x, y), text, font=_font(number, size), fill=ink, anchor=anchor)
    table = Image.new("RGB", (1450, 1000), dice.choice(["#6b5a48", "#9aa0a2", "#3c3f41", "#c9bfae"]))
    table.paste(drawn, (200, 180))
    table = table.rotate(dice.uniform(-8, 8), Image.Resampling.BICUBIC, fillcolor=table.getpixel((5, 5)))
    table = _from_the_side(table, dice).filter(ImageFilter.GaussianBlur(dice.uniform(0.4, 1.6)))
    if number % 2:
        table = table.resize((1015, 700), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    _lit(table, dice).save(out, "JPEG", quality=dice.randint(60, 90))
    return out.getvalue()


def _from_the_side(picture: Image.Image, dice: random.Random) -> Image.Image:
    wide, high = picture.size
    seen = [
        (x + dice.uniform(-40, 40), y + dice.uniform(-40, 40))
        for x, y in ((0, 0), (wide, 0), (wide, high), (0, high))
    ]
    rows, wanted = [], []
    for (x, y), (u, v) in zip(((0, 0), (wide, 0), (wide, high), (0, high)), seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    numbers = np.linalg.solve(np.array(rows, float), np.array(wanted, float))
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, list(numbers), Image.Resampling.BICUBIC
    )


def _lit(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Light from one side, and the grain of a camera in a dim room."""
    pixels = np.asarray(picture, float)
    high, wide = pixels.shape[:2]
    down, across = np.mgrid[0:high, 0:wide]
    angle = dice.uniform(0, 6.28)
    slope = (np.cos(angle) * across / wide + np.sin(angle) * down / high) * dice.uniform(0.2, 0.55)
    grain = np.random.default_rng(dice.randint(0, 9999)).normal(0, dice.uniform(3, 14), pixels.shape)
    return Image.fromarray(
        np.clip(pixels * (0.9 + slope - slope.max() / 2)[..., None] + grain, 0, 255).astype("uint8")
    )


def _mended(found: list, card: dict[str, str]) -> list[str]:
    """Every marked line as it is printed: a person has looked at it."""
    printed = [text for _at, text in _printed(0, card)] + [card["name"].upper()]
    return [
        line.text
        if line.is_sure
        else (difflib.get_close_matches(line.text, printed, 1, 0.5) or [line.text])[0]
        for line in found
    ]


def _fields(text: str, card: dict[str, str]) -> dict[str, tuple[str, ...]]:
    from askwell.people.quick_add import parse_quick

    quick = parse_quick(text, now=NOW, default_country=card["country"])
    one = {"name": quick.name.formatted, "title": quick.title, "organization": quick.organization}
    many = {"email": quick.emails, "phone": quick.phones, "url": quick.urls}
    return {field: (value,) if value else () for field, value in one.items()} | many


def _plain(field: str, value: str) -> str:
    if field == "phone":
        return re.sub(r"\D", "", value)
    value = re.sub(r"^https?://|/$", "", value.casefold()) if field == "url" else value.casefold()
    return re.sub(r"^dr\.? ", "", " ".join(value.split()))


def _count(tally: Counter, fields: dict[str, tuple[str, ...]], card: dict[str, str]) -> None:
    for field in FIELDS:
        values = {_plain(field, value) for value in fields[field]}
        right = _plain(field, card[field]) in values
        tally.update({(field, "given"): len(values), (field, "wanted"): 1, (field, "right"): int(right)})


def _table(tallies: dict[str, Counter]) -> None:
    print(f"{'':14}" + "".join(f"{way:>24}" for way in tallies))
    print(f"{'field':14}" + f"{'precision':>14}{'recall':>10}" * len(tallies))
    for field in (*FIELDS, "all"):
        cells = []
        for tally in tallies.values():
            chosen = FIELDS if field == "all" else (field,)
            given, wanted, right = (
                sum(tally[one, what] for one in chosen) for what in ("given", "wanted", "right")
            )
            cells.append(f"{right / max(given, 1):14.2f}{right / wanted:10.2f}")
        print(f"{field:14}" + "".join(cells))


def _show(number: int, card: dict[str, str], fields: dict[str, tuple[str, ...]], lines: list[str]) -> None:
    wrong = {
        field: (card[field], fields[field])
        for field in FIELDS
        if {_plain(field, value) for value in fields[field]} != {_plain(field, card[field])}
    }
    if wrong:
        print(f"{number:02} {wrong}\n   {lines}")


if __name__ == "__main__":
    main()
