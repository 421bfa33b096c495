"""Sentences of the web pages that come from codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def of_change(code: str, params: Mapping[str, Any]) -> str:
    """Say what a change did: "Sent to Jane Doe"."""
    return f"{code} {params.get('name', '')}".strip()
