"""Search for mail and calendars that a reader stumbles over: raises, holds on too long, or reads two ways.

    python benchmarks/fuzz_readers.py {mail|calendar} FOUND [FOLDER OF EXAMPLES...] [-max_total_time=3600]

Needs atheris (Apache 2.0) beside what the package needs, in an environment of its own.  What was found is
put into FOUND, each fault once: the file, and beside it (.txt) what went wrong.  A file is slow that takes
more than a second and a second for every 20,000 bytes, of the processor's time.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
import traceback
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import atheris

with atheris.instrument_imports(include=["askwell.formats"]):
    from askwell.formats.busy import busy_times, read_free_busy
    from askwell.formats.itip.applying import apply
    from askwell.formats.itip.events_json import calendar_to_json
    from askwell.formats.itip.reading import read_calendar
    from askwell.formats.itip.scheduling import plan
    from askwell.formats.mail.boxes import messages_of
    from askwell.formats.mail.reading import read_mail
    from askwell.formats.mail.scan import heads_in

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SOON = NOW + timedelta(days=10)
LINA, JANE = "lina@askwell.example", "jane@acme.example"


def mail(data: bytes) -> None:
    with_lf = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    read = [read_mail(with_lf.replace(b"\n", end), now=NOW) for end in (b"\n", b"\r\n", b"\r")]
    assert read[0] == read[1] == read[2], "the ends of lines make a difference"
    list(messages_of(BytesIO(data), "box"))
    list(heads_in(BytesIO(b"From a@b Mon Jan  1 00:00:00 2024\n" + data)))


def calendar(data: bytes) -> None:
    read = read_calendar(data)
    json.dumps(list(calendar_to_json(read, file="talk.ics")))
    for stored in (None, read):
        apply(stored, read, sender=JANE, own=LINA)
    plan(LINA, None, read, now=NOW)
    plan(LINA, read, None, now=NOW)
    read_free_busy(data, NOW, SOON)
    busy_times([data], NOW, SOON, zone=ZoneInfo("Europe/Berlin"), own_addresses=[LINA])


class Search:
    """One reader, tried on what the fuzzer makes; each fault is kept once."""

    def __init__(self, reader, found: Path) -> None:
        self.reader, self.found = reader, found
        self.known: set[str] = set()

    def __call__(self, data: bytes) -> None:
        began, fault = time.process_time(), ""
        try:
            self.reader(data)
        except Exception:  # noqa: BLE001 - whatever it is, it was found
            fault = traceback.format_exc()
        took = time.process_time() - began
        if not fault and took > 1 + len(data) / 20_000:
            fault = f"slow: {took:.1f} s"
        where = "".join(line for line in fault.splitlines() if line.startswith("  File")) or fault[:4]
        if fault and where not in self.known:
            self.known.add(where)
            path = self.found / hashlib.sha256(data).hexdigest()[:12]
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(fault)


def main() -> None:
    if len(sys.argv) < 3 or sys.argv[1] not in {"mail", "calendar"}:
        sys.exit(__doc__)
    reader = {"mail": mail, "calendar": calendar}[sys.argv[1]]
    found = Path(sys.argv[2])
    found.mkdir(parents=True, exist_ok=True)
    atheris.Setup([sys.argv[0], "-max_len=6000", "-timeout=900", *sys.argv[3:]], Search(reader, found))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
