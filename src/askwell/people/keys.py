"""Numbers of rows, as they come in addresses, forms and on the command line."""

from __future__ import annotations

_MOST_FIGURES = 18  # what every database holds as a key


def key_in(text: str) -> int | None:
    """Read the number of a row (7, #7); None for what is none, or is more than a database holds."""
    number = text.strip().removeprefix("#")
    return int(number) if number.isdecimal() and len(number) <= _MOST_FIGURES else None


def keys_in(texts: list[str]) -> list[int]:
    """Read those that are numbers of rows."""
    return [key for text in texts if (key := key_in(text)) is not None]
