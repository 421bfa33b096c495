"""Contact files in and out on the command line, without a database: read-contacts, write-contacts.

Theory of operation.  Both speak JSON lines: one object a line, ``{"type": "person", ...}`` or
``{"type": "problem", ...}``, so that the one's output is the other's input.  The exit
code is honest: 0 when nothing was lost, 1 when a whole record was, 2 when a file could
not be read at all or the command was used wrongly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from askwell.formats import google_csv_writer, vcard
from askwell.formats.records import PersonRecord, Problem, Reading, Severity
from askwell.formats.records_json import RecordError, from_json, problem_to_json, to_json

FINE, LOST, UNUSABLE = 0, 1, 2

WRITERS: dict[str, Callable[[Iterable[PersonRecord]], Iterator[bytes]]] = {
    "vcard3": lambda people: vcard.write(people, version="3.0"),
    "vcard4": lambda people: vcard.write(people, version="4.0"),
    "google-csv": google_csv_writer.write,
}


def read_contacts(
    files: Sequence[str],
    out: TextIO,
    default_country: str = "",
    *,
    stdin: BinaryIO | None = None,
) -> int:
    """Read every file (``-`` is standard input; zips and folders too) and write JSON lines."""
    if not files:
        return _say("read-contacts needs at least one file, or - for standard input")
    worst = FINE
    for file in files:
        worst = max(worst, _read_one(file, out, default_country, stdin or sys.stdin.buffer))
    return worst


def _read_one(file: str, out: TextIO, default_country: str, stdin: BinaryIO) -> int:
    from askwell.formats import detect

    try:
        if file == "-":
            reading = detect.read_bytes("-", stdin.read(), default_country=default_country)
        else:
            reading = detect.read_path(Path(file), default_country=default_country)
    except OSError as error:
        return _say(f"{file}: {error.strerror or error}")
    return write_reading(reading, out)


def write_reading(reading: Reading, out: TextIO) -> int:
    """People, then problems, as JSON lines; the exit code (2 if the file as a whole gave nobody)."""
    for person in reading.people:
        _line(out, {"type": "person", **to_json(person)})
    for problem in reading.problems:
        _line(out, {"type": "problem", **problem_to_json(problem)})
    errors = {problem.code for problem in reading.problems if problem.severity is Severity.ERROR}
    if not reading.people and errors - {"no-name"}:
        return UNUSABLE
    return LOST if errors else FINE


def write_contacts(to: str, source: BinaryIO, out: BinaryIO) -> int:
    """JSON lines of people in, one contact file out; problem lines of the input are passed over.

    A line that is no record is named on standard error and left out (exit code 1).
    """
    if to not in WRITERS:
        return _say(f"write-contacts cannot write {to}; it can: {', '.join(WRITERS)}")
    faults: list[Problem] = []
    out.writelines(WRITERS[to](_people(source, faults)))
    out.flush()
    return LOST if faults else FINE


def _people(source: BinaryIO, faults: list[Problem]) -> Iterator[PersonRecord]:
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            obj = json.loads(line)
            if not (isinstance(obj, dict) and obj.get("type") == "problem"):
                yield from_json(obj)
        except (ValueError, RecursionError) as error:
            reason = str(error) if isinstance(error, RecordError) else "is no JSON object in UTF-8"
            faults.append(_fault(number, reason))


def _fault(number: int, reason: str) -> Problem:
    _say(f"line {number}: {reason}; the line was left out")
    return Problem(file="-", line=number, code="bad-record", message=reason, severity=Severity.ERROR)


def _line(out: TextIO, obj: dict[str, Any]) -> None:
    # Half characters cannot be written as UTF-8; JSON's own escapes can say them.
    text = json.dumps(obj, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(obj)
    out.write(text + "\n")


def _say(message: str) -> int:
    print(f"askwell: {message}", file=sys.stderr)
    return UNUSABLE
