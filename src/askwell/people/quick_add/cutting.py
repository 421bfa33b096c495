"""What is certain in a pasted text and is cut out first: addresses of mail and web, telephone numbers.

Each leaves a mark (``CUT``) where it stood, so that a label before it can be told from a word of a name.
"""

from __future__ import annotations

import re

from askwell.formats.phones import e164
from askwell.people.quick_add.words import FAX, LABELS
from askwell.search.text import fold

CUT = "\x1f"
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+|(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/[^\s<>\"]+", re.IGNORECASE
)
_BARE_URL = re.compile(
    r"(?<![@\w.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|edu|gov|de|fr|uk|eu|example|ai|me|info|ca|ch|at|nl|se"
    r"|es|pt|br|it|pl|jp|mx)"
    r"(?:/[^\s<>\"]*)?(?![\w@])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w@.])(?:\+|00)?[(（]?\d[\d ()./\u00a0\u2010-\u2015-]{5,}\d"
    r"(?:\s*,?\s*(?:ext\.?|x|extension|poste)\s*\d{1,6})?(?![\w@])",
    re.IGNORECASE,
)
_LABEL_AT_END = re.compile(r"([^\W\d_][\w.-]*(?: direct[eo]?)?)\s*[.::|]*\s*$")
_DATES = re.compile(r"\d{4}\s*[-–]\s*\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")
_FEWEST_DIGITS = 7
_MOST_DIGITS = 15


def cut_points(text: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Give (mail addresses, links, the text left)."""
    emails, body = _cut(_EMAIL, text)
    urls, body = _cut(_URL, body)
    bare, body = _cut(_BARE_URL, body)
    return emails, tuple(dict.fromkeys((*urls, *bare))), body


def _cut(pattern: re.Pattern[str], text: str) -> tuple[tuple[str, ...], str]:
    """Take every match out of the text, with the brackets around it."""
    found = dict.fromkeys(match.group().rstrip(".,;:)>]") for match in pattern.finditer(text))
    left = re.sub(r"[<(\[]\s*(?:mailto:)?\x00\s*[>)\]]|\x00", CUT, pattern.sub("\x00", text))
    return tuple(found), left


def cut_phones(line: str, country: str, *, sure: bool = False) -> tuple[list[str], list[str], str]:
    """Give (numbers, what is no number to call: a fax with its label, the line left).

    ``sure``: only numbers with a ``+`` or a label; in an address others are codes of towns.
    """
    phones: list[str] = []
    fax: list[str] = []
    left, after = "", 0
    for match in _PHONE.finditer(line):
        value = match.group().strip(" .,-")
        if not _is_number(value, country):
            continue
        before = line[after : match.start()]
        label = _LABEL_AT_END.search(before)
        if sure and value[0] != "+" and not (label and fold(label[1]).strip(".") in LABELS):
            continue
        if label and FAX.fullmatch(fold(label[1]).strip(".")):
            fax.append(f"{label[1]} {value}")
            before = before[: label.start()]
        else:
            phones.append(value)
        left, after = left + before + CUT, match.end()
    return phones, fax, left + line[after:]


def _is_number(value: str, country: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    if digits < _FEWEST_DIGITS or _DATES.fullmatch(value):
        return False
    return bool(e164(value, country)) or digits <= _MOST_DIGITS


def without_labels(part: str) -> str:
    """Take away a label before or after a mark: all that stands there is ``Tel.:`` or ``(office)``."""
    words = re.split(r"[\s:.:|/()()]+", fold(part).strip())
    bare = [word for word in words if word]
    joined = fold(part).strip(" .:*|")
    return "" if bare and (joined in LABELS or all(word in LABELS for word in bare)) else part
