"""How much a finding matters."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """An error blocks or asks for a reason, a warning asks to look again, a hint only speaks."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
