"""Problems met while reading: a table of codes with severity and sentence, for rows and for cards.

Theory of operation.  A reader adds problems to a ``Log`` by code; the sentence stands here
once, so that it reads the same everywhere and can be translated by its code.  A file in
which every row has the same fault must not flood the page: after ``MOST_PER_CODE`` of one
code the rest are counted and told in one closing sentence.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from askwell.formats.records import Problem, Severity

if TYPE_CHECKING:
    from askwell.formats.errors import FormatError

MOST_PER_CODE = 200

_E, _W = Severity.ERROR, Severity.WARNING

SENTENCES: dict[str, tuple[Severity, str]] = {
    "bad-date": (_W, "The date “{value}” does not exist or cannot be read; the rest of the row is kept."),
    "bad-email": (_W, "“{value}” is not an e-mail address; it is kept as a note."),
    "bad-url": (_W, "“{value}” is not a web address; it is kept as a note, not as a link."),
    "bad-line": (_W, "This line could not be read."),
    "no-name": (_W, "This row has no name and no address to know a person by; it is left out."),
    "long-row": (_W, "This row has more cells than the header; the extra cells are kept as notes."),
    "stray-quote": (_W, "A quotation mark opens here and never closes; the row is read without it."),
    "huge-field": (_W, "A cell here is longer than {limit} characters; its end is cut off."),
    "nul-bytes": (_W, "There are null characters from here on; they are removed."),
    "truncated": (_W, "The file ends in the middle of a row; what was there is kept."),
    "guessed-encoding": (_W, "The file is not UTF-8; it is read as {encoding}. Look at accented letters."),
    "mixed-encoding": (_W, "Some letters are not UTF-8 like the rest; they are read as {encoding}."),
    "damaged": (_E, "The file is damaged from here on; what stands before is kept."),
    "bad-checksum": (
        _E,
        "The checksum of this file is wrong: some of it may be garbled. Download the archive again.",
    ),
    "damaged-archive": (
        _E,
        "The archive is damaged or incomplete; {count} files could still be read. Download it again.",
    ),
    "encrypted": (
        _E,
        "This file is locked with a password. Unpack it first, then choose the unpacked files.",
    ),
    "unknown-compression": (_E, "This file is packed in a way that cannot be read here. Unpack it first."),
    "unsafe-name": (_W, "The archive names a place outside itself; that file is left out."),
    "nested-too-deep": (_W, "There are archives inside archives here; unpack this one first."),
    "too-large": (_E, "The file is larger than {limit}; it was not opened."),
    "too-many-files": (_E, "There are more than {limit} files here; choose the ones with your contacts."),
    "zip-bomb": (_E, "Unpacked, this archive would be larger than is safe; it was not opened."),
    "unreadable": (_E, "The file could not be read."),
    "not-found": (_E, "There is no such file."),
    "empty": (_E, "The file is empty. Export it again and choose the new one."),
    "no-files": (_E, "There is no contact file in here."),
    "no-rows": (_E, "The file has a header but no rows: there is nobody in it."),
    "not-contacts": (_E, "No column here looks like a name, an e-mail address or a phone number."),
    "is-xlsx": (
        _E,
        "This is a spreadsheet file. Open it and save it as CSV (UTF-8), then choose that file.",
    ),
    "is-docx": (_E, "This is a text document. Contacts are read from CSV, vCard and LinkedIn archives."),
    "is-pdf": (_E, "This is a PDF. Export your contacts as CSV or vCard instead."),
    "is-image": (_E, "This is a picture. Export your contacts as CSV or vCard instead."),
    "is-html": (
        _E,
        "This is a web page, perhaps a sign-in page saved by mistake. Download the file again.",
    ),
    "is-ics": (_E, "This is a calendar file; there are no contacts in it."),
    "is-eml": (_E, "This is an e-mail message; contacts are read from CSV, vCard and LinkedIn archives."),
    "is-json": (_E, "This JSON file is not a Monica export."),
    "is-archive": (
        _E,
        "This kind of archive cannot be opened here. Unpack it, then choose the files inside.",
    ),
    "is-text": (
        _E,
        "This is a text, not a table of people. Wanted: CSV with column names (Name, E-mail), or vCard.",
    ),
    "is-unknown": (
        _E,
        "This does not look like a list of contacts. CSV, vCard and LinkedIn archives can be read.",
    ),
    "owner-unknown": (
        _E,
        "It is not clear which side of these messages is you, so {count} were left out. Add Profile.csv.",
    ),
    "mail-owner-unknown": (
        _E,
        "It is not clear which address in this mail is yours, so nothing was taken. Say which is yours.",
    ),
    "bad-json": (_E, "The file breaks off or is not valid JSON; it could not be read."),
    "bad-record": (_W, "A record here is not in the expected form; it is left out."),
    "unknown-column": (_W, "The remembered column “{value}” is not in this file; it is ignored."),
}


# A card is no row: the same codes, said of cards.
OF_CARDS: dict[str, tuple[Severity, str]] = {
    "end-without-begin": (_W, "A card ends here that never began; the line was left out."),
    "outside-card": (_W, "Text stands outside any card; it was left out."),
    "too-long": (_W, "A line or a card is too long to be real; what goes beyond the limit was left out."),
    "truncated": (_W, "The card has no END; what stands in it was kept."),
    "no-property": (_W, "A line is no vCard property; it was left out."),
    "note-break": (
        _W,
        "A line is no vCard property; it was taken as a further line of the note before it.",
    ),
    "unknown-encoding": (
        _W,
        "The encoding is not stated or not known; the text was read as Windows-1252.",
    ),
    "bad-date": (_W, "The birthday is a day that does not exist; the card was kept without it."),
    "part-date": (_W, "Only a part of the birthday is given; it is kept as written."),
    "unreadable-date": (_W, "The birthday is not written as a date; it is kept as written."),
    "bad-own-date": (_W, "The date of connection is not a date; the card was kept without it."),
    "no-name": (_E, "The card has no name, organization, e-mail or phone; it was left out."),
    "group-card": (_W, "The card is a list of people and no person; it was left out."),
    "no-cards": (_E, "No vCard was found in the file."),
    "empty-file": (_E, "The file is empty."),
}


class Log:
    """What one reader met in one file: problems (bounded per code) and counts of skipped rows."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.skipped: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, line: int = 0, **values: object) -> None:
        """Note one problem; ``values`` fill its sentence."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_PER_CODE:
            self._problems.append(problem(code, file=self.file, line=line, **values))

    def skip(self, reason: str) -> None:
        """Count a row left out on purpose."""
        self.skipped[reason] += 1

    def problems(self) -> tuple[Problem, ...]:
        """Every problem so far in order of meeting, and how many more of a code there were."""
        return (*self._problems, *self._overflow())

    def _overflow(self) -> list[Problem]:
        return [
            Problem(
                file=self.file,
                line=0,
                code=code,
                message=f"{count - MOST_PER_CODE} more places have the same problem ({code}).",
                severity=SENTENCES[code][0],
            )
            for code, count in self._counts.items()
            if count > MOST_PER_CODE
        ]


def problem(code: str, *, file: str, line: int = 0, **values: object) -> Problem:
    """One problem with its sentence from the table."""
    return _problem(SENTENCES[code], code, file, line, values)


def problem_of_card(code: str, *, file: str, line: int) -> Problem:
    """One problem of a vCard with its sentence."""
    return _problem(OF_CARDS[code], code, file, line, {})


def _problem(
    entry: tuple[Severity, str], code: str, file: str, line: int, values: dict[str, object]
) -> Problem:
    severity, sentence = entry
    shown = {key: _short(value) for key, value in values.items()}
    return Problem(file=file, line=line, code=code, message=sentence.format(**shown), severity=severity)


def problem_of(error: FormatError) -> Problem:
    """The problem a refused file becomes."""
    return problem(error.code, file=error.file, line=error.line, **error.values)


def _short(value: object, limit: int = 60) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
