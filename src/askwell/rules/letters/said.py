"""What others said, fitted into a sentence of a letter.

Theory of operation.  A letter says "You advised me to sit in on a ward round".  Advice jotted down as it
was said ("Read it.", "Nights are quieter") does not go on from there, and nobody can tell an order from a
remark by its form; so it is cited as it stands.
"""

from __future__ import annotations

import re

_GOES_ON = re.compile(r"(?:not )?to \w", re.IGNORECASE)
_QUOTES = "“”\"'‘’«»"


def after_advised(advice: str) -> str:
    """Continue "You advised me": ``to sit in on a round`` as it is, anything else cited."""
    text = " ".join(advice.split()).strip(_QUOTES + " ").rstrip(".")
    if not text:
        return ""
    if _GOES_ON.match(text):
        return text[:1].lower() + text[1:]
    return f"this: “{text}”"
