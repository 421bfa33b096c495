"""``askwell lint FILE…``: the message lint over files, without a database.

Reads .txt, .md and .eml, and ``-`` for standard input.  Positions count in the file; for .eml in
the decoded body, since the file itself holds encoded text.  No Django here: it must start fast.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from askwell.rules.facts import Mode
from askwell.rules.lint import (
    Context,
    Finding,
    Medium,
    Message,
    Severity,
    explain,
    explain_fix,
    lint,
    parse_message,
)
from askwell.rules.lint.eml import parse_eml

CLEAN, FOUND_ERRORS, BAD_USE = 0, 1, 2
LARGEST = 5 * 1024 * 1024  # a message with attachments; anything larger is no letter
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_KINDS = {".eml": "eml", ".md": "md", ".markdown": "md"}


class BadInput(Exception):
    """A file that cannot be read as a message; its text is for the user."""


def lint_files(
    files: Sequence[str | Path],
    mode: str = Mode.INFORMATIONAL,
    as_json: bool = False,
    out: IO[str] | None = None,
    *,
    channel: str | None = None,
    err: IO[str] | None = None,
) -> int:
    """Lint files and print findings; the exit code: 0 clean, 1 with an error, 2 on bad use.

    ``mode`` is a value of ``Mode``, ``channel`` one of ``Medium`` or None to guess from the text.
    A file that cannot be read is reported on ``err`` and the others are still read.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        chosen, context = _options(mode, channel)
    except BadInput as problem:
        print(f"askwell lint: {problem}", file=err)
        return BAD_USE
    if not files:
        print("askwell lint: name a file, or - for standard input", file=err)
        return BAD_USE
    code = CLEAN
    for file in files:
        try:
            findings = lint(read_message(file), mode=chosen, context=context)
        except BadInput as problem:
            print(f"{file}: {problem}", file=err)
            code = BAD_USE
            continue
        for finding in findings:
            print(_as_json(str(file), finding) if as_json else _as_line(str(file), finding), file=out)
        if code == CLEAN and any(finding.severity is Severity.ERROR for finding in findings):
            code = FOUND_ERRORS
    return code


def read_message(file: str | Path) -> Message:
    """Read one file, or standard input for "-".  Raises BadInput with a sentence for the user."""
    data = _bytes(file)
    if not data.strip():
        raise BadInput("the file is empty")
    kind = _KINDS.get(Path(file).suffix.lower(), "txt")
    if kind == "eml":
        message = parse_eml(data)
        if "\0" in message.body or not (message.body or message.recipients or message.subject):
            raise BadInput("this is not an e-mail: no headers and no text")
        return message
    return parse_message(_decoded(data), kind)


def _options(mode: str, channel: str | None) -> tuple[Mode, Context]:
    try:
        chosen = Mode(mode.replace("-", "_"))
    except ValueError:
        raise BadInput(f"no mode “{mode}”; one of: {', '.join(Mode)}") from None
    try:
        return chosen, Context(channel=Medium(channel.replace("-", "_")) if channel else None)
    except ValueError:
        raise BadInput(f"no channel “{channel}”; one of: {', '.join(Medium)}") from None


def _bytes(file: str | Path) -> bytes:
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except IsADirectoryError:
        raise BadInput("this is a folder; name the files in it") from None
    except FileNotFoundError:
        raise BadInput("no such file") from None
    except OSError as problem:
        raise BadInput(f"cannot be read: {problem.strerror or problem}") from None
    if len(data) > LARGEST:
        raise BadInput(f"larger than {LARGEST // 1024 // 1024} MB: not a letter")
    return data


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-16") if data.startswith(_UTF16) else data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise BadInput(f"line {line} is not UTF-8 text; save the file as UTF-8") from None
    if "\0" in text:
        raise BadInput("this is not a text file")
    return text


def _as_line(file: str, finding: Finding) -> str:
    return f"{file}:{finding.line}:{finding.col} {finding.code} {explain(finding)}"


def _as_json(file: str, finding: Finding) -> str:
    record: dict[str, Any] = {
        "file": file,
        "line": finding.line,
        "col": finding.col,
        "length": finding.length,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": explain(finding),
        "fix": None,
    }
    if finding.fix:
        record["fix"] = {
            "label": explain_fix(finding.fix),
            "edits": [
                {"offset": each.offset, "length": each.length, "text": each.text}
                for each in finding.fix.edits
            ],
        }
    return json.dumps(record, ensure_ascii=False)
