"""What messages are, and whom bounces name: a table of confusion by kind on data that others labelled.

    pip download --no-binary :all: --no-deps flufl.bounce; tar xf flufl_bounce-*.tar.gz
    python benchmarks/mail_kinds.py --flufl flufl_bounce-6.0.0/tests bounce=BounceParser/t/corpus

None of the data is kept here.  ``KIND=FOLDER`` says that every message of a folder is of one kind, but for
those ``EXCEPT`` names: what its makers say is no bounce, the kind by hand.  ``--flufl`` is the folder
``tests`` of the source of flufl.bounce: each of its notices with the addresses its own test expects and
whether they are late; addresses and permanence are compared with those, and with what the library finds in
the same run.  BounceParser is Perl's Mail::DeliveryStatus::BounceParser, whose source Debian has.
"""

from __future__ import annotations

import argparse
import ast
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from askwell.formats.mail.boxes import messages_in
from askwell.formats.mail.kinds import Kind
from askwell.formats.mail.reading import MailReading, read_mail

KINDS = [kind.value for kind in Kind]
EXCEPT = {
    # of Mail::DeliveryStatus::BounceParser
    "aol-vacation.msg": "auto_reply",
    "polish-autoreply.msg": "auto_reply",
    "autoreply.msg": "auto_reply",
    "warning-6.msg": "auto_reply",
    "bluebottle.msg": "auto_reply",  # asks to be written to the list of those let in
    "boxbe-cr.msg": "auto_reply",
    "boxbe-cr2.msg": "auto_reply",
    "spam-bogus-email-in-report.msg": "personal",
    "spam-with-image.msg": "personal",
    # of flufl.bounce: notices that are none
    "groupwise_03.txt": "reply",
    "qmail_08.txt": "auto_reply",
}


def main() -> None:
    options = _options()
    told: Counter[tuple[str, str]] = Counter()
    spent = 0.0
    for kind, folder in options.sets:
        for name, reading, seconds in _read(folder):
            spent += seconds
            right = EXCEPT.get(name, kind)
            told[right, reading.kind.value] += 1
            if options.misses and right != reading.kind.value:
                print(f"{name}: {reading.kind.value}, labelled {right}: {reading.subject[:50]}")
    if told:
        _table(told)
        count = sum(told.values())
        print(f"{count} messages, {1000 * spent / count:.1f} ms of processor time each")
    if options.flufl:
        _addresses(options.flufl, misses=options.misses)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", metavar="KIND=FOLDER", type=_set)
    parser.add_argument("--flufl", type=Path, help="folder tests of the source of flufl.bounce")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if options.flufl:
        options.sets.append(("bounce", options.flufl / "data"))
    return options


def _set(text: str) -> tuple[str, Path]:
    kind, _, folder = text.partition("=")
    return Kind(kind).value, Path(folder)


def _read(folder: Path):
    for box in messages_in(folder):
        if not box.raw or box.file.endswith(".py"):
            continue
        started = time.process_time()
        reading = read_mail(box.raw)
        yield Path(box.file).name, reading, time.process_time() - started


def _table(told: Counter[tuple[str, str]]) -> None:
    print(f"{'labelled':<12}" + "".join(f"{kind:>12}" for kind in KINDS))
    for right in KINDS:
        row = [told[right, kind] for kind in KINDS]
        if sum(row):
            print(f"{right:<12}" + "".join(f"{count or '.':>12}" for count in row))


def _expected(tests: Path) -> dict[str, tuple[set[str], bool]]:
    """Give, by file, the addresses its own tests expect and whether they are late."""
    tree = ast.parse((tests / "test_detectors.py").read_text(encoding="utf-8"))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    (table,) = [node.value for node in assigned if getattr(node.targets[0], "id", "") == "DETECTORS"]
    wanted: dict[str, tuple[set[str], bool]] = {}
    for _detector, name, addresses, late in ast.literal_eval(table):
        before = wanted.get(name, (set(), late))[0]
        wanted[name] = (before | {one.decode() for one in addresses}, late)
    return wanted


def _addresses(tests: Path, *, misses: bool) -> None:
    from flufl.bounce import all_failures

    ours, theirs, permanent, asked = 0, 0, 0, 0
    for name, (wanted, late) in _expected(tests).items():
        raw = (tests / "data" / name).read_bytes()
        reading = read_mail(next(messages_in(tests / "data" / name)).raw)
        found = {one.address for one in reading.failed_recipients}
        said = {one.decode() for part in all_failures(message_from_bytes(raw)) for one in part}
        asked += 1
        ours += found == wanted
        theirs += said == wanted
        permanent += _is_right(reading, late=late)
        if misses and (found != wanted or not _is_right(reading, late=late)):
            told = [
                (one.address, one.permanent, one.status, one.reason[:60]) for one in reading.failed_recipients
            ]
            print(f"{name}: {told}, wanted {wanted}, late {late}")
    print(f"addresses of {asked} notices: {ours} right, flufl.bounce {theirs}; as late or not: {permanent}")


def _is_right(reading: MailReading, *, late: bool) -> bool:
    return all(one.permanent is not late for one in reading.failed_recipients)


if __name__ == "__main__":
    main()
