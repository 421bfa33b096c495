"""The signature under a letter: where it begins, and what it says of its writer.

Theory of operation.  A signature begins at "-- " alone on its line.  Where there is none it is looked for
from the end: what a program or a firm put last is taken off (a line of a phone's mail program, a paragraph
that says the message is confidential), and above that a closing ("Kind regards", in the languages of
``words``) followed by few short lines, or the writer's own name, or a last paragraph that begins with a
name and tells how to reach it.  What tells nothing of this kind stays in the letter: to take a sentence for
a signature loses it, the other way round costs a line too many.

Its lines are then read for what a card has, each with its line: a name first, then title and organization,
numbers and addresses wherever they stand.  A field is a hint to offer, nothing is decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from askwell.formats.mail import words
from askwell.formats.mail.phrases import compiled, folded, plain, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LAST_LINES = 150  # of a letter, in which its signature is looked for
LONGEST_LINE = 200
MOST_LINES = 25  # that are not blank, below "-- "
MOST_AFTER_CLOSING = 12
LONGEST_AFTER_CLOSING = 90  # characters of a line that is no sentence
MOST_WORDS_OF_NAME = 5
MOST_WORDS_AFTER_CLOSING = 4  # "Best regards from Lisbon", "LG Anna"
FEWEST_DETAILS = 2  # lines that tell how to reach somebody, in a paragraph without a closing
FEWEST_DIGITS, MOST_DIGITS = 7, 16

_DELIMITER = re.compile(r"(?:--|—|__)[ \u00a0]?$")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])")
_URL = re.compile(r"(?<![\w@./])(?:https?://|www\.)[^\s<>()|,;\"]{3,200}", re.IGNORECASE)
_BARE_URL = re.compile(
    r"(?<![\w@./-])(?:[\w-]{1,63}\.){1,3}(?:com|org|net|de|eu|io|edu|example)(?:/[^\s<>|,;]{0,150})?(?![\w@])"
)
_PHONE = re.compile(r"(?<![\w./])\+?\(?\d[\d\s()./\u00a0\-–]{5,24}\d(?!\w)")
_LABEL = re.compile(r"[\s|•·,;]{0,3}([^\W\d]{1,12})[.:)]{0,2}\s{0,3}:?\s{0,3}$")
_POSTCODE = re.compile(
    r"(?<!\d)\d{4,5}(?:-\d{4})?\s[^\W\d]{2}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}\b"
)
_CUT = re.compile(r"\s{0,3}(?:[|•·]|\s[-–—]\s|,\s|\sat\s|\s@\s|\sbei\s)\s{0,3}")
_SENTENCE_END = re.compile(r"[.?!؟]\s{0,2}$")


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One thing a signature says: ``kind`` is name, title, organization, phone, email, url or address."""

    kind: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: its text, its first and last line in the text asked about, from 1, and what it says."""

    text: str
    first_line: int
    last_line: int
    fields: tuple[SignatureField, ...]


def find_signature(text: str, *, sender_name: str = "") -> Signature | None:
    """The signature at the end of a letter's own text, or None.  Never raises."""
    every = text.split("\n")
    end = len(every)
    while end and not every[end - 1].strip():
        end -= 1
    above = max(0, end - LAST_LINES)
    lines = every[above:end]
    first = _first_line(lines, sender_name)
    if first is None:
        return None
    return Signature(
        text="\n".join(lines[first:]),
        first_line=above + first + 1,
        last_line=end,
        fields=tuple(replace(field, line=above + field.line) for field in _fields(lines, first, sender_name)),
    )


def _first_line(lines: Sequence[str], sender_name: str) -> int | None:
    """The index of the line a signature begins at."""
    delimited = _delimiter(lines)
    if delimited is not None:
        return delimited
    body = _without_machine_lines(lines)
    found = _closing(lines[:body], sender_name)
    if found is None:
        found = _own_name(lines[:body], sender_name)
    if found is None:
        found = _details(lines[:body])
    if found is not None or body == len(lines):
        return found
    return next(at for at in range(body, len(lines)) if lines[at].strip())


def _delimiter(lines: Sequence[str]) -> int | None:
    """The first "-- " that few lines follow."""
    below = 0
    found = None
    for at in range(len(lines) - 1, -1, -1):
        if _DELIMITER.match(lines[at].removesuffix("\r")) and below:
            found = at
        below += bool(lines[at].strip())
        if below > MOST_LINES:
            break
    return found


def _without_machine_lines(lines: Sequence[str]) -> int:
    """How many lines there are above what a phone's program or a firm puts last."""
    end = len(lines)
    while end:
        start = end - 1
        while start and lines[start - 1].strip():
            start -= 1
        paragraph = folded(" ".join(lines[start:end])[:LONGEST_LINE]).strip()
        last = folded(lines[end - 1][:LONGEST_LINE]).strip()
        if _sent_from().match(paragraph) or _disclaimers().match(paragraph):
            end = start
        elif _sent_from().match(last):
            end -= 1
        else:
            break
        while end and not lines[end - 1].strip():
            end -= 1
    return end


def _starts_of_paragraphs(lines: Sequence[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if line.strip() and (at == 0 or not lines[at - 1].strip())]


def _closing(lines: Sequence[str], sender_name: str) -> int | None:
    """The last closing that nothing but few short lines follow."""
    after = 0
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        if not line:
            continue
        if _is_closing(line, sender_name, last=after == 0):
            return at
        after += 1
        if after > MOST_AFTER_CLOSING or len(line) > LONGEST_AFTER_CLOSING:
            return None
    return None


def _is_closing(line: str, sender_name: str, *, last: bool) -> bool:
    """Whether a line is a closing, alone or with the name on it."""
    if len(line) > LONGEST_AFTER_CLOSING:
        return False
    said = folded(line).rstrip(" ,.!-~:)(;").strip()
    if said in words.known("closings"):
        alone = last and said.split()[0] in words.listed("thanks")  # "Thanks!" is all there is to say
        return not alone or line.endswith(",")
    match = _closings().match(said)
    rest = said[match.end() :].strip(" ,.!-~") if match else ""
    if not rest or len(rest.split()) > MOST_WORDS_AFTER_CLOSING:
        return False
    return _is_name_of(rest, sender_name) or (last and _is_name(line[-len(rest) :]) and "?" not in line)


def _is_name_of(said: str, sender_name: str) -> bool:
    """Whether these words are of the sender's name, and begin with its first or are its last."""
    of_sender = words_of(sender_name)
    found = words_of(said)
    return bool(found) and bool(of_sender) and all(word in of_sender for word in found)


def _own_name(lines: Sequence[str], sender_name: str) -> int | None:
    """The last paragraph that begins with the sender's name, alone on its line."""
    for start in _starts_of_paragraphs(lines)[-3:]:
        below = [line for line in lines[start + 1 :] if line.strip()]
        short = all(len(line) <= LONGEST_AFTER_CLOSING for line in below) and len(below) <= MOST_AFTER_CLOSING
        if start and short and _is_name_of(lines[start].strip(" -–—~*"), sender_name):
            return start
    if len(lines) > 1 and _is_name_of(lines[-1].strip(" -–—~*"), sender_name):
        return len(lines) - 1
    return None


def _details(lines: Sequence[str]) -> int | None:
    """The last paragraph, where it begins with a name and tells twice how to reach it."""
    starts = _starts_of_paragraphs(lines)
    if len(starts) < FEWEST_DETAILS:
        return None
    paragraph = lines[starts[-1] :]
    reached = sum(
        1 for line in paragraph if _EMAIL.search(line[:LONGEST_LINE]) or _phones(line) or _urls(line)
    )
    return starts[-1] if _is_name(paragraph[0]) and reached >= FEWEST_DETAILS else None


def _fields(lines: Sequence[str], first: int, sender_name: str) -> Iterator[SignatureField]:
    """What the lines of a signature say; each value once."""
    seen: set[tuple[str, str]] = set()
    has_name = False
    for at in range(first, _without_machine_lines(lines) if first < len(lines) else 0):
        line = plain(lines[at][:LONGEST_LINE]).strip(" *|_-–—\r")
        if not line or (at == first and _DELIMITER.match(lines[at])):
            continue
        for kind, value in _of_line(line, sender_name, has_name=has_name):
            has_name = has_name or kind == "name"
            if (kind, value) not in seen:
                seen.add((kind, value))
                yield SignatureField(kind, value, at + 1)


def _of_line(line: str, sender_name: str, *, has_name: bool) -> Iterator[tuple[str, str]]:
    reached = [*_reached(line)]
    yield from reached
    if any(kind in {"email", "phone", "url"} for kind, _ in reached):
        line = _without(line, [value for _, value in reached])
    if not line or _is_closing(line, "", last=False):
        return
    if not has_name:
        name = _name_in(line, sender_name)
        if name:
            yield "name", name
            line = line[line.find(name) + len(name) :].strip(" ,|-–—•·:")
    if line and (_POSTCODE.search(line) or _is_street(line)):
        yield "address", line
    elif line:
        yield from _work(line)


def _reached(line: str) -> Iterator[tuple[str, str]]:
    for match in _EMAIL.finditer(line):
        yield "email", match[0]
    for url in _urls(line):
        yield "url", url
    for phone in _phones(line):
        yield "phone", phone


def _without(line: str, values: Sequence[str]) -> str:
    for value in values:
        line = line.replace(value, "\n")
    pieces = [piece for piece in (_LABEL.sub("", piece) for piece in line.split("\n")) if words_of(piece)]
    left = max(pieces, key=len, default="").strip(" ,|-–—•·:<>()[]")
    return "" if folded(left) in words.known("phone_labels") or len(left) < FEWEST_DETAILS else left


def _urls(line: str) -> list[str]:
    line = line[:LONGEST_LINE]
    found = [match[0].rstrip(".") for match in _URL.finditer(line)]
    return found or [match[0] for match in _BARE_URL.finditer(line)]


def _phones(line: str) -> list[str]:
    found = (match[0].strip(" .-/") for match in _PHONE.finditer(line[:LONGEST_LINE]))
    return [one for one in found if FEWEST_DIGITS <= sum(map(str.isdigit, one)) <= MOST_DIGITS]


def _name_in(line: str, sender_name: str) -> str:
    """The name a line begins with, or holds after its closing."""
    said = folded(line)
    match = _closings().match(said)
    start = match.end() if match else 0
    left = line[start:].strip(" ,.!")
    piece = _CUT.split(left, maxsplit=1)[0].strip()
    if _is_name_of(piece, sender_name) or (_is_name(piece) and not _titles().search(folded(piece))):
        return piece
    return ""


def _is_name(line: str) -> bool:
    """Whether a line could be a person's name: few words, each beginning with a capital."""
    found = line.strip(" ,.").split()
    letters = all(char.isalpha() or char in " .'’-," for char in line)
    capital = sum(
        1 for word in found if word[:1].isupper() or (word[:1].isalpha() and not word[:1].islower())
    )
    return (
        bool(found)
        and letters
        and len(found) <= MOST_WORDS_OF_NAME
        and capital * 2 > len(found)
        and not (_SENTENCE_END.search(line) or _organizations().search(folded(line)))
    )


def _is_street(line: str) -> bool:
    return any(char.isdigit() for char in line) and bool(_streets().search(folded(line)))


def _work(line: str) -> Iterator[tuple[str, str]]:
    """Title and organization, on one line or each on its own."""
    if _SENTENCE_END.search(line) and not _organizations().search(folded(line)):
        return
    for piece in _CUT.split(line):
        said = folded(piece)
        if _organizations().search(said) and not _titles().match(said):
            yield "organization", piece.strip()
        elif _titles().search(said):
            yield "title", piece.strip()


@cache
def _closings() -> re.Pattern[str]:
    return compiled(f"^{said}" for said in sorted(words.known("closings"), key=len, reverse=True))


@cache
def _sent_from() -> re.Pattern[str]:
    return compiled(f"^{said}" for said in words.known("sent_from"))


@cache
def _disclaimers() -> re.Pattern[str]:
    return compiled(f"^{said}" for said in words.known("disclaimers"))


@cache
def _titles() -> re.Pattern[str]:
    return compiled(words.known("titles"))


@cache
def _organizations() -> re.Pattern[str]:
    return compiled(words.known("organizations"))


@cache
def _streets() -> re.Pattern[str]:
    return compiled(words.known("streets"))
