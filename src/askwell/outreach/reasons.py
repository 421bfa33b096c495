"""Reasons to and from JSON: what a stored step says of itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from askwell.rules.decisions import Reason

_AT = "$at"


def to_json(reason: Reason) -> dict[str, Any]:
    """Give a reason as plain values; moments keep being moments."""
    params = {
        name: {_AT: value.astimezone(UTC).isoformat()} if isinstance(value, datetime) else value
        for name, value in reason.params.items()
    }
    return {"rule": reason.rule, "text": reason.text, "params": params}


def from_json(stored: dict[str, Any]) -> Reason:
    """Give back the reason."""
    params = {
        name: datetime.fromisoformat(value[_AT]) if isinstance(value, dict) else value
        for name, value in stored.get("params", {}).items()
    }
    return Reason(rule=stored["rule"], text=stored["text"], params=params)
