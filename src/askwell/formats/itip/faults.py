"""What was wrong with a calendar file: codes, places and the sentence for each."""

from __future__ import annotations

from collections import Counter

from askwell.formats.records import Problem, Severity

_MOST_PER_CODE = 100
_E, _W = Severity.ERROR, Severity.WARNING

SENTENCES: dict[str, tuple[Severity, str]] = {
    "empty": (_E, "The file is empty."),
    "unreadable": (_E, "The file cannot be read: {why}."),
    "too-large": (_E, "The file is larger than {limit}; it was not read."),
    "no-calendar": (_E, "This is no calendar file: nothing in it begins with BEGIN:VCALENDAR."),
    "no-events": (_W, "There is no event in this calendar."),
    "no-part": (_E, "There is no calendar in this message."),
    "method-differs": (_W, "The message says {outer}, the calendar in it {inner}; the calendar is believed."),
    "no-end": (_W, "{name} has no END; what stands in it is kept."),
    "end-without-begin": (_W, "Something ends here that never began; the line is left out."),
    "outside": (_W, "This line stands outside any component; it is left out."),
    "no-property": (_W, "This line is no property; in a text it is taken as a further line of it."),
    "too-long": (_W, "This line is too long to be real; its end is cut off."),
    "too-deep": (_W, "Components stand in each other too deep here; the innermost are left out."),
    "no-uid": (_W, "This event has no UID, so nothing can be answered to it."),
    "no-start": (_E, "This event has no time; it is kept without one."),
    "bad-time": (_W, "{name} “{value}” is no time; it is left out."),
    "bad-duration": (_W, "{name} “{value}” is no duration; it is left out."),
    "bad-number": (_W, "{name} “{value}” is no number; it is read as 0."),
    "bad-rule": (_W, "The rule “{value}” cannot be read; the event is taken to come once."),
    "never": (_W, "The rule “{value}” never comes true; the event is taken to come once."),
    "too-frequent": (_W, "The rule “{value}” repeats within the day; the event is taken to come once."),
    "ends-before-start": (_W, "The event ends before it begins; it is taken to end as it begins."),
    "kinds-differ": (_W, "One of start and end is a day and the other a moment; the end is left out."),
    "gap": (_W, "{value} does not exist in {zone}: the clocks are put forward then. It is read as {read}."),
    "fold": (_W, "{value} comes twice in {zone}: the clocks are put back then. The first is meant."),
    "unknown-zone": (_W, "Nobody knows the time zone “{zone}” and the file does not define it; {instead}."),
    "guessed-zone": (_W, "The time zone “{zone}” is taken to be {read}, by its name."),
    "zone-differs": (_W, "The file defines “{zone}” otherwise than {read} is; {read} is believed."),
    "bad-zone": (_W, "The definition of the time zone “{zone}” cannot be read."),
}


class Faults:
    """The problems of one file, so many of each code and no more."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, line: int = 0, **values: str) -> None:
        """Note one; ``values`` fill its sentence."""
        severity, sentence = SENTENCES[code]
        message = sentence.format(**{key: _short(value) for key, value in values.items()})
        self.keep(Problem(file=self.file, line=line, code=code, message=message, severity=severity))

    def keep(self, problem: Problem) -> None:
        """Note a problem found elsewhere."""
        self._counts[problem.code] += 1
        if self._counts[problem.code] <= _MOST_PER_CODE and problem not in self._found:
            self._found.append(problem)

    def since(self, count: int) -> tuple[Problem, ...]:
        """Every problem after the first ``count``."""
        return tuple(self._found[count:])

    def __len__(self) -> int:
        return len(self._found)


def _short(value: str, limit: int = 60) -> str:
    text = " ".join(value.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
