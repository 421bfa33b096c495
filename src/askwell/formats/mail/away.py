"""What an automatic answer says of an absence: the day somebody is back, and who stands in for them.

Theory of operation.  Each sentence is searched for days (``days``) and each day asked for the words before
it.  A day of return counts most ("back on", "wieder ab", "de retour le").  Else the day that follows the
last of a time ("from 3 to 15 August", "through Friday", "bis einschließlich"); else the day of "until" as it
is said, for by it most people mean the day they are there again; else, where no more is said than that
somebody is away on a day, the one that follows it.  So ``until`` is always the first day somebody is back;
weekends are not reckoned with.  A day without a year is the next one from the day of sending, and none where
that is not known; a year that is said is believed.  Digits that may be read two ways are read by the
language, in English by where the sender's clock stands, else not at all.

Who stands in is the person, or at least the address, in the sentence that says whom to turn to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from askwell.formats.mail import words
from askwell.formats.mail.days import Day, Reader, day_of, order_of_digits
from askwell.formats.mail.persons import is_address_of, person_near
from askwell.formats.mail.phrases import compiled, folded, plain
from askwell.formats.mail.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

ONE_DAY = timedelta(days=1)
BACK, LAST, UNTIL, AWAY = 0, 1, 2, 3  # what a day named is, the weightiest first
_STANDS_IN = ("stand_in", "covers")
TAIL = 45  # characters before a day, in which its word stands
_FILLERS = (
    r"(?:(?:the|den|dem|der|le|el|il|o|dia|dnia|am|on|zum|yom|day|at|a|al|date|data|يوم|تاريخ|d\.?) ){0,2}"
)
_MORE_DAYS = re.compile(r" ?- ?(\d{1,2})(?![\d:]|\.\d|am|pm)")


@dataclass(frozen=True, slots=True)
class Away:
    """An absence: ``until`` is the first day back, or None where no day is said; ``sentence`` says so.

    The person standing in has a name, an address, or both; "" where they are not given.
    """

    until: date | None
    sentence: str
    stand_in_name: str
    stand_in_address: str
    stand_in_sentence: str


def away(text: str, *, subject: str = "", sent: datetime | None = None) -> Away | None:
    """What an automatic answer says of an absence, or None where it says nothing of one.  Never raises."""
    said = [*sentences(text), *sentences(subject)]
    language = words.language_of(text) or words.language_of(subject) or words.DEFAULT
    reader = Reader(language, day_of(sent), order_of_digits(language, sent))
    until, sentence = _until([one.text for one in said], reader)
    name, address, stands_in = _stand_in([one.text for one in said], language)
    if until is None:
        told = (_any(language, "absent"), _any(language, "gone"))
        sentence = next((one.text for one in said if any(way.search(folded(one.text)) for way in told)), "")
    if not (sentence or stands_in):
        return None
    return Away(until, sentence, name, address, stands_in)


def _until(said: Sequence[str], reader: Reader) -> tuple[date | None, str]:
    """The first day back and the sentence that says so."""
    found = [
        (weight, number, back, sentence)
        for number, sentence in enumerate(said)
        for weight, back in _backs(folded(sentence), reader)
    ]
    if not found:
        return None, ""
    _, _, back, sentence = min(found)
    return back, sentence


def _backs(sentence: str, reader: Reader) -> Iterator[tuple[int, date]]:
    """For each day of a sentence that says so: what it is, and the first day back by it."""
    days = reader.days_in(sentence)
    for number, day in enumerate(days):
        before = days[number - 1] if number else None
        weight, last = _weight(sentence, day, before, reader)
        if weight is None:
            continue
        ahead = _ahead(last, reader.today)
        yield weight, ahead + ONE_DAY if weight in {LAST, AWAY} else ahead


def _weight(sentence: str, day: Day, before: Day | None, reader: Reader) -> tuple[int | None, Day]:
    """What this day is, and the day meant: the last of "August 3-15"."""
    language = reader.language
    tail = sentence[max(0, day.start - TAIL) : day.start]
    more = _MORE_DAYS.match(sentence, day.end)
    if more and int(more[1]) > day.date.day:
        last = _day_of(day, int(more[1]))
        return (LAST, last) if last else (None, day)
    if _is_range_end(sentence, day, before, language) or _tail(language, "through").search(tail):
        return LAST, day
    if _tail(language, "until").search(tail):
        inclusive = _any(language, "inclusive").search(sentence[day.end : day.end + TAIL])
        return (LAST if inclusive else UNTIL), day
    if _is_back(sentence, day, language):
        return BACK, day
    if _tail(language, "from").search(tail) or _range_follows(sentence, day, language):
        return None, day
    return (AWAY if _any(language, "absent").search(sentence) else None), day


def _day_of(day: Day, number: int) -> Day | None:
    try:
        return replace(day, date=day.date.replace(day=number))
    except ValueError:
        return None


def _is_range_end(sentence: str, day: Day, before: Day | None, language: str) -> bool:
    """Whether this day ends a time: "3 to 15 August", "23.12. - 6.1."."""
    if before and _range(language).fullmatch(sentence[before.end : day.start]):
        return True
    tail = sentence[max(0, day.start - TAIL) : day.start]
    return bool(_number_before_range(language).search(tail))


def _range_follows(sentence: str, day: Day, language: str) -> bool:
    return bool(_range(language).match(sentence[day.end : day.end + TAIL]))


def _is_back(sentence: str, day: Day, language: str) -> bool:
    """Whether a word of return belongs to this day: before it, or after it where no absence was told of."""
    back = _any(language, "back")
    absent = _any(language, "absent")
    if [*back.finditer(sentence[: day.start])]:
        return True
    return bool(back.search(sentence, day.end)) and not absent.search(sentence[: day.start])


def _ahead(day: Day, today: date | None) -> date:
    """The day itself; one without a year that was passed is next year's."""
    if day.yearless and today and day.date < today:
        following = _made_next_year(day.date)
        return following or day.date
    return day.date


def _made_next_year(day: date) -> date | None:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return None


def _stand_in(said: Sequence[str], language: str) -> tuple[str, str, str]:
    """Name, address and sentence of who stands in."""
    best = ("", "", "")
    for sentence in said:
        text = plain(sentence)
        said = folded(sentence)
        after, before = ([match.span() for match in _any(language, key).finditer(said)] for key in _STANDS_IN)
        if not (after or before):
            continue
        name, address = person_near(text, after, before, language=language)
        if address:
            named = best[0] if not name and is_address_of(best[0], address) else name
            return named, address, sentence
        if name and not best[2]:
            best = (name, "", sentence)
    return best


@cache
def _any(language: str, key: str) -> re.Pattern[str]:
    return compiled(words.words(language).get(key, ()))


@cache
def _tail(language: str, key: str) -> re.Pattern[str]:
    """The words of ``key`` right before a day."""
    return re.compile(rf"(?:{_any(language, key).pattern})[^\w]{{0,3}}{_FILLERS}$")


@cache
def _range_words(language: str) -> str:
    said = sorted(map(folded, words.words(language).get("range", ())), key=len, reverse=True)
    return "|".join(map(re.escape, said)) or "-"


@cache
def _range(language: str) -> re.Pattern[str]:
    return re.compile(rf"[ ,.]{{0,2}}(?:{_range_words(language)}) ?[ (]?{_FILLERS}")


@cache
def _number_before_range(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er|\.|o)? ?(?:{_range_words(language)}) ?{_FILLERS}$")
