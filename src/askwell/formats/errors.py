"""Why a foreign file was refused: one base class, attributes instead of sentences."""

from __future__ import annotations

import zipfile
import zlib

# What reading from a damaged, locked or strangely packed archive can raise.
BROKEN_STREAM = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


class FormatError(Exception):
    """A foreign file, or part of it, cannot be used.  ``code`` is stable, ``values`` fills its sentence."""

    code = "unreadable"

    def __init__(self, file: str, *, line: int = 0, **values: object) -> None:
        super().__init__(file, line, self.code)
        self.file = file
        self.line = line
        self.values = values


class Unreadable(FormatError):
    """The bytes are not what they claim to be; a better copy is needed."""


class TooLarge(FormatError):
    """The file exceeds a bound that protects this machine."""

    code = "too-large"
