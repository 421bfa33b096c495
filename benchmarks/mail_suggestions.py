"""Precision and recall of what is suggested for an answer, by kind and language; and of its new text.

    python benchmarks/mail_suggestions.py [--language de] [--misses]

Over ``mail_replies.jsonl``: 100 answers of invented people to a request for a talk, in English, German and
Arabic, marked by hand with what a reader would take from them.  They were written down and committed before
the first phrase of the reading was, and are never looked at while it is mended; those in ``tests/corpus``
are, and are shown beside them (``--misses`` shows none of the held-out ones).  One hand wrote both and the
phrases, so that answers from elsewhere will do worse.  A kind is right where it is marked; later, somebody
else and times are right only with their day, name and address, and every time.  Later marked ``true`` has
any day or none; a kind marked ``null`` may be given or not.

Then the quotations of ``tests/corpus/mail/quotations.jsonl`` are taken off, and by mail-parser-reply where
it is installed: a text counts when all that was written anew is kept and nothing else.  Of the peer the
first reply's whole body is taken, which keeps signatures as this does.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
SETS = {
    "tuned": HERE.parent / "tests/corpus/mail/replies.jsonl",
    "held-out": HERE / "mail_replies.jsonl",
}
QUOTATIONS = HERE.parent / "tests/corpus/mail/quotations.jsonl"
SENT = datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=1)))  # a Tuesday
KINDS = ("yes", "no", "later", "other_person", "times", "resume", "question")


def main() -> None:
    options = _options()
    for name, path in SETS.items():
        samples = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        samples = [one for one in samples if options.language in {"", one["language"]}]
        started = time.process_time()
        read = [(one, given(one["text"])) for one in samples]
        spent = time.process_time() - started
        print(
            f"\n{name}: {len(samples)} answers, {1000 * spent / len(samples):.2f} ms of processor time each"
        )
        _table("kind", {kind: _sum(read, [kind]) for kind in KINDS} | {"all": _sum(read, KINDS)})
        languages = sorted({one["language"] for one in samples})
        _table(
            "language",
            {lang: _sum([pair for pair in read if pair[0]["language"] == lang], KINDS) for lang in languages},
        )
        whole = sum(
            not any(judged(expect(one), said, kind)[1:] != (0, 0) for kind in KINDS) for one, said in read
        )
        print(f"answers read wholly right: {whole} of {len(samples)}")
        if options.misses and name == "tuned":
            _show(read)
    _quotations()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="", help="only this one: en, de, ar")
    parser.add_argument("--misses", action="store_true", help="what is wrong in the answers tuned on")
    return parser.parse_args()


def expect(sample: dict) -> dict:
    return sample["expect"]


def given(text: str) -> dict[str, object]:
    """What is suggested for a text, in the way the samples are marked."""
    from askwell.formats.mail.suggesting import suggestions

    out: dict[str, object] = {}
    for one in suggestions(text, sent=SENT):
        if one.kind == "times":
            times = out.setdefault("times", [])
            times += one.value["times"]
        elif one.kind == "other_person":
            out.setdefault(one.kind, [one.value["name"], one.value["address"]])
        elif one.kind == "later":
            out[one.kind] = one.value["date"]
        else:
            out[one.kind] = True
    return {kind: value for kind, value in out.items() if value != []}


def judged(asked: dict, said: dict, kind: str) -> tuple[int, int, int]:
    """(right, wrong, missed) of one kind in one answer."""
    if kind in asked and asked[kind] is None:
        return 0, 0, 0
    if kind not in asked or kind not in said:
        return 0, int(kind in said), int(kind in asked)
    if kind == "times":
        right = set(asked[kind]) & set(said[kind])
        return len(right), len(set(said[kind]) - right), len(set(asked[kind]) - right)
    same = asked[kind] is True or asked[kind] == said[kind]
    return (1, 0, 0) if same else (0, 1, 1)


def _sum(pairs: list, kinds: tuple | list) -> tuple[int, int, int]:
    total = [judged(expect(one), said, kind) for one, said in pairs for kind in kinds]
    return tuple(sum(column) for column in zip(*total, strict=True)) if total else (0, 0, 0)


def _table(what: str, rows: dict[str, tuple[int, int, int]]) -> None:
    print(f"{what:14}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}")
    for name, (right, wrong, missed) in rows.items():
        precision = right / (right + wrong) if right + wrong else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        print(f"{name:14}{right:6}{wrong:6}{missed:7}{precision:11.2f}{recall:8.2f}")


def _show(read: list) -> None:
    for one, said in read:
        faults = [kind for kind in KINDS if judged(expect(one), said, kind)[1:] != (0, 0)]
        if faults:
            print(f"\n[{one['language']}] {one['text']!r}\n  asked {one['expect']}\n  given {said}")


def _quotations() -> None:
    from askwell.formats.mail.quoting import split_quotation

    samples = [json.loads(line) for line in QUOTATIONS.read_text(encoding="utf-8").splitlines()]
    ways = {"askwell": lambda text: split_quotation(text).new_text}
    try:
        from mailparser_reply import EmailReplyParser
    except ImportError:
        print("\nmail-parser-reply is not installed here")
    else:
        languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "cs", "ja", "ko", "zh", "ar"]
        peer = EmailReplyParser(languages=languages)
        ways["mail-parser-reply"] = lambda text: peer.read(text).replies[0].full_body
    print(f"\nnew text of {len(samples)} answers with quotations")
    for name, way in ways.items():
        right: Counter = Counter()
        started = time.process_time()
        for one in samples:
            right[one["shape"]] += _same(way(one["text"]), one["new_text"])
        spent = time.process_time() - started
        shapes = Counter(one["shape"] for one in samples)
        print(f"{name}: {sum(right.values())} right, {1000 * spent / len(samples):.2f} ms each;", end=" ")
        print(", ".join(f"{shape} {right[shape]}/{many}" for shape, many in sorted(shapes.items())))


def _same(found: str | None, asked: str) -> bool:
    return (found or "").split() == asked.split()


if __name__ == "__main__":
    main()
