"""Who the seeker is, as it follows "I am".

Theory of operation.  What someone wrote of themself goes on after "I am" as they wrote it.  A headline
of a profile does not: of it, only an occupation at its beginning (with where, after "at") is taken and
given its article and small letters.  Of any other headline nothing is taken, and the letter asks.
"""

from __future__ import annotations

import re

OPENINGS = ("I am ", "I'm ", "I’m ")
PART = re.compile(r"\s*(?:[|·•;,/–—]|\s-\s)\s*")
HERE = re.compile(r"\s+(?:at|@)\s+")
MOST_WORDS = 4  # of an occupation
OCCUPATION = re.compile(
    r"(?:er|or|ist|ian|ant|yst|nurse|student|lead|head|associate|fellow|graduate|intern|apprentice|scientist)$"
)


def after_i_am(line: str) -> str:
    """What continues "I am", or nothing where the line does not."""
    text = " ".join(line.split()).rstrip(".")
    for opening in OPENINGS:
        if text.startswith(opening):
            return text.removeprefix(opening)
    if text[:1].islower() or text.startswith(("A ", "An ", "The ")):
        return text[:1].lower() + text[1:]
    return _occupation(PART.split(text)[0])


def article(noun: str) -> str:
    """``a`` or ``an``."""
    sounded = noun.lower().startswith(("uni", "use", "eu", "one", "ux"))
    return "an" if noun[:1].lower() in "aeiou" and not sounded else "a"


def within_a_sentence(noun: str) -> str:
    """Take the capital off a noun that began a line; names and acronyms keep theirs."""
    first = noun.split(" ", 1)[0]
    keeps = first != first.capitalize() or first in _PROPER or len(first) == 1
    return noun if keeps else noun[:1].lower() + noun[1:]


def _occupation(headline: str) -> str:
    """``a data analyst at Acme`` of ``Data Analyst at Acme``; nothing of what is no occupation."""
    role, *where = HERE.split(headline, maxsplit=1)
    words = role.split()
    if not 0 < len(words) <= MOST_WORDS or not OCCUPATION.search(words[-1].lower()):
        return ""
    said = " ".join(map(within_a_sentence, words))
    return " at ".join([f"{article(said)} {said}", *where])


# Words that begin a role and are names.
_PROPER = frozenset(
    [
        "Arabic",
        "Chinese",
        "Dutch",
        "English",
        "French",
        "German",
        "Greek",
        "Hebrew",
        "Italian",
        "Japanese",
        "Korean",
        "Latin",
        "Polish",
        "Portuguese",
        "Russian",
        "Spanish",
        "Turkish",
        "Python",
        "Java",
        "Rust",
        "Ruby",
        "Swift",
        "Android",
        "Linux",
        "Salesforce",
        "Montessori",
    ]
)
