"""What an answer to a request seems to say: yes, no, later, somebody else, times, the resume, a question.

Theory of operation.  The new text is read sentence by sentence, each in the parts that "but" and its like
make of it, and compared with the phrases of its language (``answers`` in ``words``: English, German, Arabic).
A phrase counts unless one of those that take its sense away overlaps it ("happy to hear"); those marked with
"!" take it from their whole part ("if I had time").  What the parts say is then weighed over the letter:

- who names somebody else says no "no" with it, whatever stands before ("I'm not the right one"), and "later"
  only with a day;
- who puts off to a day says neither yes nor no; a day within two weeks, gladly offered, puts nothing off;
- of several days to try again the last is meant ("away until the 4th, try me on the 15th");
- of yes, no and "not now" the last counts ("I can't offer a job, but happy to talk");
- who offers times after a no means no to something else ("can't this week, but Wednesday at 4").

Times are a proposal, and a yes only where it is said.  Nothing is decided here: a suggestion carries the
sentence it rests on and is shown with it, for the user to confirm or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from askwell.formats.mail import words
from askwell.formats.mail.days import Reader, day_of, order_of_digits
from askwell.formats.mail.periods import later_day
from askwell.formats.mail.persons import ADDRESS, is_address_of, person_near
from askwell.formats.mail.phrases import compiled, folded, plain, words_of
from askwell.formats.mail.proposing import Context, proposed
from askwell.formats.mail.sentences import Sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

LANGUAGES = ("en", "de", "ar")
YES, NO, LATER, OTHER, TIMES, RESUME, QUESTION = (
    "yes",
    "no",
    "later",
    "other_person",
    "times",
    "resume",
    "question",
)
_ARABIC = re.compile("[\u0621-\u064a]{2}")
STANCES = frozenset({YES, NO, LATER})  # of which a letter takes one
SOON = timedelta(days=14)  # a talk within two weeks is not put off


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One reading: ``new_text[start:end] == sentence``.

    ``kind`` is yes, no, later, other_person, times, resume or question.  ``value`` of later: ``date`` (ISO,
    "" where none is said); of other_person: ``name``, ``address``; of times: ``times`` (ISO local datetimes),
    ``until`` (the ends, "" where none is said), ``days`` (ISO dates of days offered whole), ``zone`` (IANA
    name or offset), ``zone_said``; of the others nothing.
    """

    kind: str
    sentence: str
    start: int
    end: int
    value: Mapping[str, Any] = field(default_factory=dict)


def suggestions(
    new_text: str,
    *,
    sent: datetime | None = None,
    zone: tzinfo | None = None,
    sender_name: str = "",
    known_addresses: Sequence[str] = (),
) -> tuple[Suggestion, ...]:
    """What an answer seems to say, in the order of its sentences.  Never raises.

    ``zone`` is the writer's, where known: it says which day it was there when it was sent.  Of
    ``known_addresses`` (those in Cc:) one is taken for somebody named without an address.
    """
    said = sentences(new_text)
    language = "ar" if _ARABIC.search(new_text) else words.language_of(new_text, LANGUAGES) or words.DEFAULT
    own = frozenset(words_of(sender_name))
    reader = Reader(language, day_of(sent, zone), order_of_digits(language, sent))
    letter = _Letter(reader, own, tuple(known_addresses))
    for sentence in said:
        letter.read(sentence)
    return letter.weighed()


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing one part of one sentence says."""

    kind: str
    sentence: Sentence
    value: Mapping[str, Any] = field(default_factory=dict)
    firm: bool = False
    soon: bool = False  # a day so near that whoever says yes as well has not put it off


class _Letter:
    """What was found in a letter so far."""

    def __init__(self, reader: Reader, own: frozenset[str], known: tuple[str, ...]) -> None:
        self.reader = reader
        self.language = reader.language
        self.own = own
        self.known = known
        self.context = Context()
        self.found: list[_Said] = []

    def read(self, sentence: Sentence) -> None:
        """Look for each reading in one sentence."""
        text = plain(sentence.text)
        said = folded(text)
        times = proposed(text, self.reader, self.context)
        if times:
            self._add(TIMES, sentence, times.value(), firm=bool(times.times))
        other = self._other(text, said, sentence)
        before = len(self.found)
        parts = [*_parts(said, self.language)]
        for part in parts:
            self._stance(
                part, sentence, timed=bool(times and times.times), other=other, last=part is parts[-1]
            )
        later = any(one.kind == LATER for one in self.found[before:])
        self._asked(said, sentence, open_to=not (other or later or (times and times.times)))

    def _add(
        self, kind: str, sentence: Sentence, value: Mapping[str, Any] | None = None, *, firm: bool = False
    ) -> None:
        self.found.append(_Said(kind, sentence, value or {}, firm))

    def _stance(self, said: str, sentence: Sentence, *, timed: bool, other: bool, last: bool) -> None:
        """Yes, no or later, as one part of a sentence says it."""
        yes = _says(said, self.language, "yes")
        no = _says(said, self.language, "no")
        later = None if timed else self._later(said, sentence, gladly=yes)
        if later is not None and (later.firm or not other):
            self.found.append(later)
            return
        if no:
            self._add(NO, sentence, firm=last)
        elif yes:
            self._add(YES, sentence)

    def _later(self, said: str, sentence: Sentence, *, gladly: bool) -> _Said | None:
        """That it is put off, to which day if one is said; None where nothing is."""
        vague = _says(said, self.language, "later_vague")
        if not (vague or _says(said, self.language, "later")):
            return None
        day, beyond = later_day(said, self.reader)
        today = self.reader.today
        if day and today and today < day and (beyond or vague or not gladly or day - today > SOON):
            soon = not (beyond or vague) and day - today <= SOON
            return _Said(LATER, sentence, {"date": day.isoformat()}, firm=True, soon=soon)
        return _Said(LATER, sentence, {"date": ""}) if vague and not gladly else None

    def _other(self, text: str, said: str, sentence: Sentence) -> bool:
        """Note somebody else who is named; whether one was, or the writer is said not to be the one."""
        strong = _says(said, self.language, "other_strong")
        after, before = (_where(said, self.language, key) for key in ("other", "other_does"))
        addressed = ADDRESS.search(text) and not _where_any(said, self.language, "address_mine")
        if not (after or before or addressed):
            return strong
        name, address = person_near(text, after, before, language=self.language)
        if set(words_of(name)) & self.own:
            name = ""
        if not name and not addressed:
            return strong
        self._note_other(name, address, sentence)
        return True

    def _note_other(self, name: str, address: str, sentence: Sentence) -> None:
        """Note somebody, or the address of somebody named before."""
        before = [at for at, one in enumerate(self.found) if one.kind == OTHER and not one.value["address"]]
        if not name and before and is_address_of(self.found[before[-1]].value["name"], address):
            named = self.found[before[-1]]
            self.found[before[-1]] = replace(named, value={**named.value, "address": address})
        else:
            copied = (one for one in self.known if is_address_of(name, one))
            self._add(OTHER, sentence, {"name": name, "address": address or next(copied, "")})

    def _asked(self, said: str, sentence: Sentence, *, open_to: bool) -> None:
        """The resume, or a question to the reader."""
        named = _says(said, self.language, "resume") and _says(said, self.language, "resume_ask")
        if named and not _where_any(said, self.language, "resume_not"):
            self._add(RESUME, sentence)
            return
        ends = said.rstrip(" )\"'*")
        if open_to and ends.endswith(("?", "\u061f")) and not _where_any(said, self.language, "question_not"):
            self._add(QUESTION, sentence)

    def weighed(self) -> tuple[Suggestion, ...]:
        """What remains when what the parts say is held against each other."""
        kinds = {one.kind for one in self.found}
        self.found = [one for one in self.found if not (one.kind == LATER and _gives_way(one, kinds))]
        dropped = {NO} if OTHER in kinds else set()
        put_off = any(one.kind == LATER and one.firm for one in self.found)
        if any(one.kind == TIMES and one.firm for one in self.found) and not put_off:
            dropped.add(LATER)
        stances = [one for one in self.found if one.kind in STANCES and one.kind not in dropped]
        firm = [one for one in stances if one.kind == LATER and one.firm]
        if stances:
            dropped |= STANCES - {(firm or stances)[-1].kind}
        no = [one for one in self.found if one.kind == NO and NO not in dropped]
        if no:
            offered = [one.sentence.start for one in self.found if one.kind == TIMES and one.firm]
            after = bool(offered) and offered[-1] >= no[-1].sentence.start + no[-1].firm
            dropped.add(NO if after else TIMES)
        return tuple(_once(one for one in self.found if one.kind not in dropped))


def _gives_way(later: _Said, beside: set[str]) -> bool:
    """Whether nothing is put off, for a yes or somebody else's name stands beside it."""
    return (later.soon and YES in beside) or (not later.firm and OTHER in beside)


def _once(found: Iterable[_Said]) -> Iterator[Suggestion]:
    """Each reading; a stance once, later with the last day that is said."""
    kept: list[_Said] = []
    for one in found:
        same = next((other for other in kept if other.kind == one.kind and one.kind in STANCES), None)
        if same is None:
            kept.append(one)
        elif one.kind == LATER and one.value["date"] > same.value["date"]:
            kept[kept.index(same)] = one
    for one in sorted(kept, key=lambda one: one.sentence.start):
        yield Suggestion(one.kind, one.sentence.text, one.sentence.start, one.sentence.end, one.value)


def _parts(said: str, language: str) -> Iterator[str]:
    """A sentence in the parts that "but" and its like make of it."""
    start = 0
    for match in _and_then(language).finditer(said):
        yield said[start : match.start()]
        start = match.start()
    yield said[start:]


def _says(said: str, language: str, key: str) -> bool:
    return bool(_where(said, language, key))


def _where(said: str, language: str, key: str) -> list[tuple[int, int]]:
    """Where a part says what ``key`` lists, less what takes its sense away."""
    found = [match.span() for match in _phrases(language, key).finditer(said)]
    if not found or _phrases(language, f"{key.partition('_')[0]}_not!").search(said):
        return []
    against = [match.span() for match in _phrases(language, f"{key.partition('_')[0]}_not").finditer(said)]
    return [(start, end) for start, end in found if not any(a < end and start < b for a, b in against)]


def _where_any(said: str, language: str, key: str) -> bool:
    return bool(_phrases(language, key).search(said) or _phrases(language, f"{key}!").search(said))


@cache
def _phrases(language: str, key: str) -> re.Pattern[str]:
    """The phrases of ``key``; with "!" those that are marked so."""
    listed = words.words(language)["answers"].get(key.removesuffix("!"), ())
    if key.endswith("!"):
        return compiled(one.removeprefix("!") for one in listed if one.startswith("!"))
    return compiled((one for one in listed if not one.startswith("!")), words.words(language)["numbers"])


@cache
def _and_then(language: str) -> re.Pattern[str]:
    return compiled(words.words(language)["and_then"])
