"""What may be wrong with a message, each with its sentence.

Theory of operation.  A reader notes a code; the sentence and how much was lost stand here once, so that they
read the same everywhere.  An error lost text or a message; a warning lost a detail, or says what was guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from askwell.formats.records import Severity

_E, _W = Severity.ERROR, Severity.WARNING

SENTENCES: dict[str, tuple[Severity, str]] = {
    "bad-attachment-encoding": (_W, "A part is not in the encoding it names; what could be read is kept."),
    "bad-calendar": (_W, "The calendar part cannot be read whole; what could be read is kept."),
    "bad-date": (_W, "The date cannot be read."),
    "bad-header": (_W, "A line among the headers is no header; the message is taken to begin there."),
    "broken-multipart": (
        _W,
        "The message says it has parts and they cannot be told apart; it is read as text.",
    ),
    "cut": (_E, "The message is larger than {limit}; what lies beyond was not read."),
    "empty": (_E, "The file is empty."),
    "encrypted": (_E, "The message is encrypted or packed in its signature; its text cannot be read."),
    "huge-header": (_W, "A header is larger than {limit}; its end was not read."),
    "is-outlook-msg": (_E, "This is a file of Outlook (.msg). Save it as .eml, then choose that file."),
    "lying-charset": (_W, "The text is not in the characters it names; it is read as what it looks like."),
    "no-date": (_W, "The message has no date."),
    "no-sender": (_W, "The message does not say who it is from."),
    "not-found": (_E, "There is no such file."),
    "not-mail": (_E, "This is no message: it has no header. Wanted: .eml, mbox or a Maildir."),
    "nothing-inside": (_E, "There is no mail in this folder."),
    "tnef": (
        _W,
        "A part is packed in Outlook's own form (winmail.dat) and cannot be read; ask for it as plain text.",
    ),
    "too-deep": (_W, "The parts of the message lie deeper within each other than is read ({limit})."),
    "too-many-parts": (_W, "The message has more parts than are read ({limit}); the first ones were."),
    "unknown-charset": (
        _W,
        "The text names characters that are not known; it is read as what it looks like.",
    ),
    "unreadable": (_E, "The file cannot be read."),
}


@dataclass(frozen=True, slots=True)
class MailProblem:
    """Something in a message that could not be read as it stands."""

    code: str  # stable: "tnef", "lying-charset"
    message: str  # one plain sentence
    severity: Severity


def mail_problem(code: str, **values: object) -> MailProblem:
    """Give the problem of this code; ``values`` fill its sentence."""
    severity, sentence = SENTENCES[code]
    return MailProblem(code=code, message=sentence.format(**values), severity=severity)
