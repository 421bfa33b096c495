"""Who, when and with whom, out of an archive of mail: this reader beside the library and mail programs.

    nice python benchmarks/mail_scan.py [--messages N] [--size BYTES] [--runs N] [--indexers] [--keep FOLDER]

The archive is invented and seeded: an mbox of 40,000 messages of about 9 kB.  Each reader runs in a process
of its own, on one core, the file in the system's cache; printed are messages a second of processor time (for
programs of several processes: of all of them), the median of the runs and how many times as long it is, peak
memory (of the largest process) and how many different addresses were met.  This reader and the library must
agree on how often each was.  ``mhdr`` (mblaze) reads the same mail as a Maildir; with ``--indexers`` so do
``notmuch`` and ``mu``, which index the text as well and take minutes.  A million: ``--messages 1000000 --only
scan past``.

Peers that are not installed are named.  Debian: apt-get install mblaze notmuch maildir-utils; from PyPI:
fast-mail-parser.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_tz
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
from invented_mail import mail, write_mbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Met = Counter[str]
MANY = 10_000


def scan(path: Path) -> Met:
    """This reader: heads to people and touches counted."""
    from askwell.formats.mail.scan import heads_in

    met, touched = Counter(), []
    with path.open("rb", buffering=0) as stream:
        for head in heads_in(stream):
            touched += head[2]
            touched += head[3]
            touched += head[4]
            if len(touched) > MANY:
                met.update(address for _name, address in touched)
                touched.clear()
    met.update(address for _name, address in touched)
    return met


def past(path: Path) -> Met:
    """This reader, and all an import asks: each message once, own addresses, whom one wrote to, history."""
    from askwell.formats.mail.past import Box, read_boxes

    reading = read_boxes([Box("all.mbox", lambda: [path.open("rb", buffering=0)])])
    return Counter(touch.other_email for history in reading.histories for touch in history)


def header_parser(path: Path) -> Met:
    """The standard library's fastest way: a splitter of one's own, BytesHeaderParser, getaddresses."""
    parser, met = BytesHeaderParser(policy=compat32), Counter()
    for raw in _split(path):
        message = parser.parsebytes(raw[: raw.find(b"\n\n") + 1])
        parsedate_tz(message.get("date", ""))
        values = [str(value) for name in ("from", "to", "cc") for value in message.get_all(name, ())]
        met.update(address for _name, address in getaddresses(values))
    return met


def mailbox(path: Path) -> Met:
    """The standard library's plain way: mailbox.mbox."""
    from mailbox import mbox

    met: Met = Counter()
    for message in mbox(path):
        parsedate_tz(message.get("date", ""))
        values = [str(value) for name in ("from", "to", "cc") for value in message.get_all(name, ())]
        met.update(address for _name, address in getaddresses(values))
    return met


def fast_mail_parser(path: Path) -> Met:
    """fast-mail-parser (Rust) for the message, the standard library for addresses and dates."""
    from fast_mail_parser import parse_email

    met: Met = Counter()
    for raw in _split(path):
        headers = {name.lower(): value for name, value in parse_email(raw).headers.items()}
        parsedate_tz(_text(headers.get("date", "")))
        values = [_text(headers[name]) for name in ("from", "to", "cc") if name in headers]
        met.update(address for _name, address in getaddresses(values))
    return met


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _split(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    at = data.find(b"\n") + 1
    while at:
        end = data.find(b"\nFrom ", at)
        yield data[at : end if end >= 0 else len(data)]
        at = data.find(b"\n", end + 1) + 1 if end >= 0 else 0


READERS: dict[str, Callable[[Path], Met]] = {
    "scan": scan,
    "past": past,
    "BytesHeaderParser": header_parser,
    "mailbox": mailbox,
    "fast-mail-parser": fast_mail_parser,
}
SAME = ("scan", "BytesHeaderParser", "mailbox")  # the answers of these must be equal
PROGRAMS = {
    "mblaze": ("mhdr", "mlist {box} | mhdr -h from:to:cc -A | sort | uniq -c | sort -n | wc -l"),
    "notmuch": (
        "notmuch",
        "notmuch new --quiet && notmuch address --output=count --deduplicate=address '*' | wc -l",
    ),
    "mu": ("mu", "mu init --quiet --muhome={home} --maildir={box} && mu index --quiet --muhome={home}"),
}


def read_once(name: str, path: Path) -> None:
    """Run one reader in this process and print its figures."""
    begun = time.process_time()
    met = READERS[name](path)
    seconds = time.process_time() - begun
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    told = hashlib.sha256(json.dumps(sorted(met.items())).encode()).hexdigest()
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "met": len(met), "told": told}))


def run_reader(name: str, path: Path) -> dict[str, object] | None:
    """Run one reader in a process of its own; None where it is not installed."""
    done = subprocess.run(
        [sys.executable, __file__, "--read", name, str(path)], capture_output=True, text=True, check=False
    )
    if "ModuleNotFoundError" in done.stderr:
        return None
    done.check_returncode()
    found: dict[str, object] = json.loads(done.stdout)
    return found


def run_program(name: str, box: Path, home: Path) -> dict[str, object] | None:
    """Run a mail program over the Maildir; None where it is not installed."""
    needed, line = PROGRAMS[name]
    if shutil.which(needed) is None:
        return None
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    (home / "config").write_text(f"[database]\npath={box}\n[user]\nprimary_email=robin@home.example\n")
    shutil.rmtree(box / ".notmuch", ignore_errors=True)
    command = ["bash", "-c", line.format(box=box, home=home)]
    environment = {**os.environ, "NOTMUCH_CONFIG": str(home / "config")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
        met = program.stdout.read().strip()
        _pid, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command)
    return {
        "seconds": used.ru_utime + used.ru_stime,
        "peak_mb": round(used.ru_maxrss / 1024),
        "met": met or "-",
    }


def write_maildir(box: Path, count: int, size: int) -> None:
    """Write the same mail as a Maildir."""
    for part in ("cur", "new", "tmp"):
        (box / part).mkdir(parents=True)
    for number, message in enumerate(mail(count, size=size)):
        (box / "cur" / f"{number:08}.x:2,S").write_bytes(message)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--messages", type=int, default=40_000)
    options.add_argument("--size", type=int, default=9000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--only", nargs="*", default=[*READERS, "mblaze"])
    options.add_argument("--indexers", action="store_true", help="notmuch and mu too: minutes")
    options.add_argument("--keep", type=Path, help="a folder for the archive, left there and used again")
    options.add_argument("--read", nargs=2, metavar=("READER", "FILE"), help="used for the fresh process")
    chosen = options.parse_args()
    if chosen.read:
        read_once(chosen.read[0], Path(chosen.read[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(chosen, chosen.keep or Path(folder))


def compare(chosen: argparse.Namespace, folder: Path) -> None:
    """Run every reader as often as asked, in turn, and print what they took."""
    folder.mkdir(parents=True, exist_ok=True)
    path, box = folder / "all.mbox", folder / "Maildir"
    if not path.exists():
        write_mbox(path, chosen.messages, size=chosen.size)
    names = [*chosen.only, *(["notmuch", "mu"] if chosen.indexers else [])]
    if set(names) & set(PROGRAMS) and not box.exists():
        write_maildir(box, chosen.messages, chosen.size)
    print(f"{chosen.messages:,} messages, {path.stat().st_size / 1e6:,.0f} MB; load {os.getloadavg()[0]:.1f}")
    found: dict[str, list[dict[str, object]]] = {name: [] for name in names}
    for _turn in range(chosen.runs):
        for name in names:
            is_reader = name in READERS
            one = run_reader(name, path) if is_reader else run_program(name, box, folder / "home")
            found[name] += [one] if one else []
            if one:
                print(f"  {name}: {chosen.messages / float(str(one['seconds'])):,.0f}", file=sys.stderr)
    _print(found, chosen.messages)
    told = {str(run["told"]) for name, runs in found.items() if name in SAME for run in runs}
    print(f"{', '.join(SAME)}: " + ("the same answers" if len(told) <= 1 else "THEY DO NOT AGREE"))


def _print(found: dict[str, list[dict[str, object]]], messages: int) -> None:
    speeds = {
        name: median(messages / float(str(r["seconds"])) for r in runs)
        for name, runs in found.items()
        if runs
    }
    first = next(iter(speeds.values()))
    for name, runs in found.items():
        if not runs:
            print(f"{name:18} not installed")
            continue
        spread = [messages / float(str(run["seconds"])) for run in runs]
        memory = max((int(str(run.get("peak_mb", 0))) for run in runs), default=0)
        print(
            f"{name:18} {speeds[name]:>9,.0f} a second ({min(spread):,.0f} to {max(spread):,.0f})"
            f"  {first / speeds[name]:>7.1f} times  {memory or '-':>5} MB  {runs[0]['met']} addresses"
        )


if __name__ == "__main__":
    main()
