"""What the pages show of mail: a letter's way out, and what came back with how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from askwell.mailroom import queries as mailroom
from askwell.mailroom.lifecycle import OPEN, State
from askwell.mailroom.models import ArrivalState
from askwell.outreach.actions.arrivals import open_readings
from askwell.outreach.actions.signatures import News, news_of
from askwell.rules.timing import next_good_hour
from askwell.web import mail_words, moments
from askwell.web.forms.mailing import LaterForm, OtherForm

if TYPE_CHECKING:
    from django import forms
    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.mailroom.models import Account, Arrival, Outgoing
    from askwell.web.composing import Desk

_A_WHILE = 60 * 10  # seconds: a good hour so near is now


class WayOut:
    """How a letter goes by the mailbox, and where it stands if it was approved."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.now = desk, desk.now

    @cached_property
    def accounts(self) -> list[Account]:
        """The mailboxes it can go by."""
        return mailroom.senders(self.desk.draft.owner)

    @cached_property
    def row(self) -> Outgoing | None:
        """What became of it."""
        return mailroom.letter_outgoing(self.desk.draft.owner, self.desk.draft.pk)

    @property
    def is_open(self) -> bool:
        """It waits, or is on its way, or nobody knows: it cannot be changed."""
        return self.row is not None and self.row.state in OPEN

    @property
    def waits(self) -> bool:
        return self.row is not None and self.row.state == State.QUEUED

    @property
    def is_in_doubt(self) -> bool:
        return self.row is not None and self.row.state == State.IN_DOUBT

    @property
    def sentence(self) -> str:
        """Where it stands, in words."""
        if self.row is None:
            return ""
        back = bool(mailroom.came_back([self.row]))
        return mail_words.of_outgoing(self.row, now=self.now, came_back=back)

    @property
    def trouble(self) -> str:
        """What went wrong last."""
        return mail_words.of_trouble(self.row.trouble, now=self.now) if self.row else ""

    @property
    def failed(self) -> bool:
        return self.row is not None and self.row.state == State.FAILED

    @cached_property
    def good_hour(self) -> datetime | None:
        """The next good hour where they are; None where now is as good."""
        about = self.desk.about
        at = next_good_hour(self.now, about.known.calendar, preset=about.around.preset)
        return at if (at - self.now).total_seconds() > _A_WHILE else None

    @property
    def good_when(self) -> str:
        """That hour in words."""
        return moments.when(self.good_hour, now=self.now) if self.good_hour else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way a reply may be read: what to press, and what it rests on."""

    number: int
    kind: str
    says: Any  # "Looks like a yes"
    confirm: Any  # "Yes, they agreed"
    sentence: str
    value: str
    form: forms.Form | None = None
    times: tuple[tuple[str, str], ...] = ()  # (ISO, in words), on their clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Something that came in, and how it may be read."""

    arrival: Arrival
    readings: tuple[Reading, ...]
    news: tuple[News, ...] = ()  # of the signature

    @property
    def is_open(self) -> bool:
        return self.arrival.state == ArrivalState.OPEN


def came(arrival: Arrival, *, now: datetime) -> Came:
    """Give what came in with its readings in words."""
    found = arrival.reading.get("suggestions", ())
    return Came(
        arrival=arrival,
        readings=tuple(_reading(number, found[number], now=now) for number in open_readings(arrival)),
        news=news_of(arrival),
    )


def _reading(number: int, suggestion: dict[str, Any], *, now: datetime) -> Reading:
    kind = suggestion["kind"]
    return Reading(
        number=number,
        kind=kind,
        says=mail_words.READINGS.get(kind, ""),
        confirm=mail_words.CONFIRMS.get(kind, ""),
        sentence=suggestion.get("sentence", ""),
        value=mail_words.of_value(suggestion, now=now),
        form=_form(kind, suggestion.get("value") or {}, number),
        times=_times(suggestion) if kind == "times" else (),
    )


def _times(suggestion: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The times proposed, each to be chosen with one press."""
    named = (suggestion.get("value") or {}).get("times", ())
    found = [(iso, datetime.fromisoformat(iso).replace(tzinfo=None)) for iso in named]
    return tuple((at.isoformat(timespec="minutes"), moments.elsewhere(at)) for _iso, at in found)


def _form(kind: str, value: dict[str, Any], number: int) -> forms.Form | None:
    """A day or a person was read out of a sentence: the seeker sees it in a field, and can mend it."""
    if kind == "later":
        return LaterForm(initial={"until": value.get("date") or None}, prefix=f"r{number}")
    if kind in {"other_person", "stand_in"}:
        initial = {"name": value.get("name", ""), "email": value.get("address", "")}
        return OtherForm(initial=initial, prefix=f"r{number}")
    return None


def open_mail(owner: AbstractBaseUser, *, now: datetime, most: int = 20) -> list[Came]:
    """Give what came in and waits for the seeker's word."""
    rows = mailroom.arrivals(owner, ArrivalState.OPEN)[:most]
    return [came(row, now=now) for row in rows]
