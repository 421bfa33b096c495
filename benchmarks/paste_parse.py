"""Precision and recall of reading a pasted text as one person, for each field and language.

    python benchmarks/paste_parse.py [--language de] [--misses]

Over ``paste_samples.jsonl``: signatures, cards, headlines and jotted lines of invented people in eight
languages, marked by hand with what a reader would take from them.  Every second one of a language is
"held-out": all were written before the parser learned any language but English, and those held out
were never looked at while it was mended (``--misses`` shows none of them).  One hand wrote both halves
and the lists of words, so that the figures are better than those of signatures from elsewhere would be.
A field is right when it has the marked words, whatever their case and accents; titles before a name
(Dr., Prof.) do not count, nor do extensions, signs and spaces of numbers.  A field given where none is
marked is wrong; one that differs is wrong and missed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")

SAMPLES = Path(__file__).with_name("paste_samples.jsonl")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday
FIELDS = (
    "name",
    "emails",
    "phones",
    "urls",
    "organization",
    "title",
    "place",
    "met_where",
    "met_on",
)
COUNTRIES = {"en": "US", "de": "DE", "fr": "FR", "es": "ES", "pt": "PT", "it": "IT", "pl": "PL", "ja": "JP"}
_HONOURS_TEXT = "dr dra prof pr med avv ing doctor professor hab mgr inz phd crha"
_HONOURS = frozenset(_HONOURS_TEXT.split())
_EXTENSION = re.compile(r"\s*(?:ext|x|poste)\b.*", re.IGNORECASE)


def main() -> None:
    options = _options()
    import django

    django.setup()
    samples = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    samples = [one for one in samples if options.language in {"", one["language"]}]
    started = time.process_time()
    read = [(one, _read(one)) for one in samples]
    spent = time.process_time() - started
    for half in ("tuned", "held-out", "all"):
        chosen = [pair for pair in read if half in {"all", pair[0]["half"]}]
        print(f"\n{half}: {len(chosen)} texts")
        _table("field", _by_field(chosen))
        _table("language", _by_language(chosen))
    print(f"\n{1000 * spent / len(samples):.2f} ms of processor time for each text")
    if options.misses:
        _show_misses(read)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="", help="only this one: en, de, fr, es, pt, it, pl, ja")
    parser.add_argument("--misses", action="store_true", help="what is wrong in the half tuned on")
    return parser.parse_args()


def _read(sample: dict) -> dict[str, object]:
    from askwell.people.quick_add import parse_quick

    quick = parse_quick(sample["text"], now=NOW, default_country=COUNTRIES[sample["language"]])
    return {field: getattr(quick, field, "") for field in FIELDS} | {"name": quick.name.formatted}


def _values(field: str, value: object) -> set[str]:
    """Give what counts of a field: a set of plain words, one for each value."""
    from askwell.search.text import fold

    values = value if isinstance(value, list | tuple) else [value] if value else []
    if field == "phones":
        return {"".join(re.findall(r"\d", _EXTENSION.sub("", one))) for one in values}
    if field == "name":
        return {
            " ".join(word for word in re.split(r"[\W_]+", fold(one)) if word and word not in _HONOURS)
            for one in values
        }
    return {" ".join(re.split(r"[\W_]+", fold(str(one)))).strip() for one in values}


def _judge(sample: dict, read: dict[str, object], field: str) -> Counter:
    asked, given = _values(field, sample["expect"].get(field)), _values(field, read[field])
    return Counter(right=len(asked & given), wrong=len(given - asked), missed=len(asked - given))


def _by_field(pairs: list) -> dict[str, Counter]:
    table = {field: sum((_judge(*pair, field) for pair in pairs), Counter()) for field in FIELDS}
    return table | {"all": sum(table.values(), Counter())}


def _by_language(pairs: list) -> dict[str, Counter]:
    table: dict[str, Counter] = {}
    for sample, read in pairs:
        said = sum((_judge(sample, read, field) for field in FIELDS), Counter())
        table[sample["language"]] = table.get(sample["language"], Counter()) + said
    return table


def _table(what: str, rows: dict[str, Counter]) -> None:
    print(f"{what:14}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}")
    for name, row in rows.items():
        given, asked = row["right"] + row["wrong"], row["right"] + row["missed"]
        precision, recall = row["right"] / given if given else 1.0, row["right"] / asked if asked else 1.0
        print(f"{name:14}{row['right']:6}{row['wrong']:6}{row['missed']:7}{precision:11.2f}{recall:8.2f}")


def _show_misses(pairs: list) -> None:
    for sample, read in pairs:
        if sample["half"] == "held-out":
            continue
        faults = {
            field: (sample["expect"].get(field, ""), read[field])
            for field in FIELDS
            if _values(field, sample["expect"].get(field)) != _values(field, read[field])
        }
        if faults:
            print(f"\n[{sample['language']}] {sample['text']}")
            for field, (asked, given) in faults.items():
                print(f"  {field}: asked {asked!r}, given {given!r}")


if __name__ == "__main__":
    main()
