"""The daily mail: Today as plain text, made once a day, composed at the moment it goes.

Theory of operation.  ``make_digests`` puts a row into the outbox on each day on which there is something to
do; what it says is read from the notebook when it goes out, so that it is true then.  What could not go on
its day is held back: yesterday's Today is of no use.  In a confidential search the subject says nothing, and
the text gives first names and no reasons: a mail shows on locked screens.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from askwell.formats.eml import LetterError, letter, with_headers
from askwell.mailroom import address, digests, outbox
from askwell.mailroom.models import Outgoing, Purpose
from askwell.mailroom.posting import Held, Ready
from askwell.outreach import digest_links, words
from askwell.outreach.actions._finishing import takes_a_word
from askwell.outreach.calendars import known_zones
from askwell.outreach.digest_links import Act, Link
from askwell.outreach.queries import seeker_of, today
from askwell.outreach.queries.the_day import talks_of_the_day
from askwell.people.models import Contact
from askwell.rules.decisions import StepCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.mailroom.models import Digest
    from askwell.outreach.models import Seeker, Talk
    from askwell.outreach.queries.lines import StepLine
    from askwell.outreach.queries.lines import Today as Board

log = logging.getLogger(__name__)
MOST_STEPS = 12
_THIS_WEEK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The mail of a day."""

    subject: str
    text: str


def make_digests(*, now: datetime) -> int:
    """Put the mail of the day into the outbox for everybody whose hour has come.  Gives how many."""
    made = 0
    for digest in digests.asked_for():
        try:
            made += _make(digest, now=now)
        except Exception:  # one notebook must not keep the mail of all others back
            log.exception("The daily mail of notebook %s could not be made", digest.owner_id)
    return made


def _make(digest: Digest, *, now: datetime) -> bool:
    here = now.astimezone(zone_of(seeker_of(digest.owner)))
    if here.hour < digest.hour or (digest.last_on and digest.last_on >= here.date()):
        return False
    with transaction.atomic():
        if not digests.take_day(digest, here.date()):
            return False
        written = letter_of(digest, now=now)
        if written is None:
            return False  # nothing to do: no mail on this day
        Outgoing.objects.create(
            owner_id=digest.owner_id,
            account=digest.account,
            purpose=Purpose.DIGEST,
            about=here.date().toordinal(),
            recipient=digest.account.address,
            subject=written.subject,
            message_id=outbox.new_message_id(digest.account.address),
            queued_at=now,
            due_at=now,
            give_up_at=datetime.combine(here.date() + timedelta(days=1), time(), tzinfo=here.tzinfo),
        )
    return True


class DigestPost:
    """Guards the daily mail on its way out: ``mailroom.posting.Post``."""

    def going(self, row: Outgoing, *, now: datetime) -> Ready:
        """Compose it as things stand now.  Raises Held: turned off, another day, nothing to do."""
        digest = digests.digest_of(row.owner)
        if digest is None or digest.on_since is None:
            raise Held("off")
        if now.astimezone(zone_of(seeker_of(row.owner))).date().toordinal() != row.about:
            raise Held("late")
        written = letter_of(digest, now=now)
        if written is None:
            raise Held("nothing-to-do")
        try:
            return Ready(data=_bytes(digest, row, written, now=now).decode("ascii"))
        except LetterError as error:
            raise Held("facts", said=str(error)) from error

    def not_gone(self, row: Outgoing, *, now: datetime) -> None:
        """Nothing was recorded."""

    def gone(self, row: Outgoing, *, now: datetime) -> None:
        """Nothing is to be recorded."""


def zone_of(seeker: Seeker) -> ZoneInfo:
    """Give the zone the seeker's day is reckoned in."""
    return ZoneInfo(seeker.zone if seeker.zone in known_zones() else "UTC")


def letter_of(digest: Digest, *, now: datetime) -> Letter | None:
    """Write the mail of this moment; None where there is nothing to do today."""
    with translation.override(digest.language or "en"):
        return _Writing(digest, now=now).letter()


def off_link(digest: Digest) -> str:
    """Give the address that turns it off."""
    return address.link(reverse("digest_off", args=[digest.token]))


def _bytes(digest: Digest, row: Outgoing, written: Letter, *, now: datetime) -> bytes:
    me = (digest.account.name, digest.account.address)
    raw = letter(
        sender=me,
        to=me,
        subject=written.subject,
        body=written.text,
        at=now,
        message_id=row.message_id,
        unsent=False,
    )
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{off_link(digest)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return with_headers(raw, headers)


def discreet_title(line: StepLine, given: str) -> str:
    """Give a step's title with the first name alone."""
    return line.title.replace(line.contact_name, given) if line.contact_name else line.title


class _Writing:
    """The text of one mail."""

    def __init__(self, digest: Digest, *, now: datetime) -> None:
        self.owner: AbstractBaseUser = digest.owner
        self.digest, self.now = digest, now
        self.seeker = seeker_of(digest.owner)
        self.zone = zone_of(self.seeker)
        self.voice = words.voice(self.zone.key, now=now)
        self.board: Board = today(digest.owner, now=now, seeker=self.seeker)
        self.talks = talks_of_the_day(digest.owner, now=now, zone=self.zone)
        self.given = self._first_names()

    def _first_names(self) -> dict[int, str]:
        """Name people by their first names where the search is confidential."""
        lines = (*self.board.owed, *self.board.today, *self.board.this_week)
        wanted = {line.contact for line in lines if line.contact} | {talk.contact_id for talk in self.talks}
        if not self.seeker.confidential:
            return {}
        rows = Contact.objects.for_owner(self.owner).filter(pk__in=wanted).values_list("pk", "given", "name")
        return {pk: given or name.split()[0] for pk, given, name in rows}

    def letter(self) -> Letter | None:
        count = len(self.talks) + len(self.board.owed) + len(self.board.today)
        if not count:
            return None
        subject = gettext("For today")
        if not self.seeker.confidential:
            subject = ngettext("%(n)s thing for today", "%(n)s things for today", count) % {"n": count}
        return Letter(subject=subject, text="\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        room = MOST_STEPS
        if self.talks:
            yield from self._head(gettext("Talks today"))
            for talk in self.talks:
                yield from self._talk(talk)
        for title, steps in (
            (gettext("Owed, before anything new"), self.board.owed),
            (gettext("Today"), self.board.today),
            (gettext("This week"), self.board.this_week[:_THIS_WEEK]),
        ):
            if steps[:room]:
                yield from self._head(title)
            for line in steps[:room]:
                yield from self._step(line)
            room = max(0, room - len(steps))
        yield gettext("All of it, and the rest:")
        yield address.link(reverse("today"))
        yield ""
        yield "-- "
        yield gettext("You asked for this mail. One click turns it off:")
        yield off_link(self.digest)

    def _head(self, title: str) -> Iterator[str]:
        yield from (title.upper(), "")

    def _talk(self, talk: Talk) -> Iterator[str]:
        name = self.given.get(talk.contact_id, talk.contact.name)
        told = {"time": self.voice.clock(talk.starts_at), "name": name}
        yield gettext("%(time)s  Talk with %(name)s") % told
        yield f"  {address.link(reverse('talk', args=[talk.pk]))}"
        yield ""

    def _step(self, line: StepLine) -> Iterator[str]:
        yield f"{self._title(line)} ({line.when})"
        if line.reasons and not self.seeker.confidential:
            yield f"  {line.reasons[0].sentence}"
        if takes_a_word(StepCode(line.code)) and not line.blocked_by:
            yield "  " + gettext("Done: %(link)s") % {"link": self._link(line, Act.DONE)}
        yield "  " + gettext("Tomorrow: %(link)s") % {"link": self._link(line, Act.LATER)}
        yield ""

    def _title(self, line: StepLine) -> str:
        given = self.given.get(line.contact or 0)
        return discreet_title(line, given) if given else line.title

    def _link(self, line: StepLine, act: Act) -> str:
        return digest_links.make(Link(owner=self.owner.pk, key=line.key, act=act), now=self.now)
