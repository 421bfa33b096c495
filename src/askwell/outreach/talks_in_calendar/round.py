"""One look into the calendars of an account: busy times are read, and talks brought in step both ways.

Theory of operation.  An entry's row, with what will be written, is kept before anything is; the path and UID
in it come from the talk and never change; every writing is conditional.  So a worker killed anywhere leaves a
state from which the next look goes on: what was put and not noted is found under its path, what was changed
and not noted is found to say the same on both sides.  What moved in the calendar is taken over in one
transaction with the note that it was (``taking``).  An account is claimed for a look.

Only entries of talks are fetched, each look, by their paths; nothing else in a calendar is read for this.
What is written is in the language the account was connected in, so that it does not change with who looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import override

from askwell.formats.calendar_entries import Appointment, Unfit, changed_entry, new_entry, read_entry
from askwell.gateways.caldav import Diary
from askwell.gateways.dav_collections import CALENDARS, collections_in
from askwell.gateways.errors import GatewayError, Permanent, Trouble
from askwell.mailroom import calendar_servers, calendars
from askwell.mailroom.models import Account, CalendarAccount, CalendarEntry, EntryState
from askwell.mailroom.outbox import trouble_of
from askwell.outreach.calendars import of_seeker
from askwell.outreach.errors import OutreachError
from askwell.outreach.facts import seeker_of
from askwell.outreach.models import Talk
from askwell.outreach.talks_in_calendar.merging import Agreed, What, decide, stored
from askwell.outreach.talks_in_calendar.taking import take_over, told, uid_of
from askwell.rules.facts import TalkState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from askwell.gateways.dav_collections import Member
    from askwell.gateways.webdav import Bounds, WebDav
    from askwell.mailroom.models import ServerCalendar
    from askwell.outreach.models import Seeker

    Clock = Callable[[], datetime]

_AFTERWARDS = timedelta(days=7)  # an hour that passed can still be put right in the calendar
_THIS_ONE = {Trouble.MESSAGE, Trouble.TOO_LARGE, Trouble.REFUSED, Trouble.NOT_FOUND}


@dataclass(slots=True, kw_only=True)
class Looked:
    """What a look did: talks put there, changed there, removed there, moved here; those asked about."""

    put: int = 0
    changed: int = 0
    removed: int = 0
    moved: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)


def look(account: CalendarAccount, *, clock: Clock, bounds: Bounds | None = None) -> Looked | None:
    """Look once; None where somebody else does, or it rests.  Raises GatewayError, which is kept as well.

    One that ends in the middle in another way stays claimed until the lease is over.
    """
    if not calendars.claim(account, now=clock()):
        return None
    done = Looked()
    try:
        seeker = seeker_of(account.owner)
        with calendar_servers.signed_in(account, bounds=bounds) as server, override(account.language or "en"):
            _read_busy(account, server, seeker, now=clock())
            _Round(account, server, seeker, now=clock()).run(done)
    except GatewayError as error:
        calendars.let_go_of(account, now=clock(), error=error)
        raise
    calendars.let_go_of(account, now=clock())
    return done


def read_busy_now(account: CalendarAccount, *, now: datetime, bounds: Bounds | None = None) -> None:
    """Read when the seeker is busy, and no more; nothing where it is paused.  Raises GatewayError."""
    if account.paused_at is not None:
        return
    rows = CalendarAccount.objects.filter(pk=account.pk)
    try:
        with calendar_servers.signed_in(account, bounds=bounds) as server:
            _read_busy(account, server, seeker_of(account.owner), now=now)
    except GatewayError as error:
        rows.update(trouble=trouble_of(error, now=now))
        raise
    rows.update(trouble={}, looked_at=now)


def _read_busy(account: CalendarAccount, server: WebDav, seeker: Seeker, *, now: datetime) -> None:
    own = Account.objects.for_owner(account.owner).values_list("address", flat=True)
    addresses = {*own, account.user, account.where}
    zone = ZoneInfo(of_seeker(seeker.zone, seeker.country, now=now).zone)
    calendar_servers.read_busy(account, server, zone=zone, own=addresses, now=now)


class _Round:
    """Brings the talks of an owner in step with the calendars of one account."""

    def __init__(self, account: CalendarAccount, server: WebDav, seeker: Seeker, *, now: datetime) -> None:
        self.account, self.server, self.seeker, self.now = account, server, seeker, now
        self.talks: dict[str, Talk] = {}

    def run(self, done: Looked) -> None:
        chosen = self.account.calendars.filter(writes=True).first()
        if chosen is not None:
            self._begin(chosen)
        used = self.account.calendars.filter(Q(writes=True) | Q(entries__isnull=False)).distinct()
        for calendar in used.order_by("pk"):
            entries = list(calendar.entries.select_related("calendar", "owner").order_by("pk"))
            self._know(entries)
            shelf = Diary(self.server, calendar.url)
            for entry, member in self._with_members(calendar, shelf, entries):
                _OneEntry(self, shelf, entry, member, done).bring_in_step()

    def _with_members(
        self, calendar: ServerCalendar, shelf: Diary, entries: list[CalendarEntry]
    ) -> list[tuple[CalendarEntry, Member | None]]:
        """Give each entry with what stands there; one that was left out is asked for by name.

        A calendar that is gone as a whole is trouble, and no question about every talk in it.
        """
        found = {member.path: member for member in shelf.fetch([entry.path for entry in entries])}
        both = [(entry, found.get(entry.path) or shelf.find(entry.path)) for entry in entries]
        if any(member is None for _entry, member in both) and not collections_in(
            self.server, calendar.url, CALENDARS, depth=0
        ):
            raise Permanent(Trouble.NOT_FOUND, server=calendar.name)
        return both

    def _begin(self, calendar: ServerCalendar) -> None:
        """Note every talk to come that is not in the calendar yet."""
        ahead = Talk.objects.for_owner(self.account.owner).filter(
            state=TalkState.SCHEDULED, starts_at__gt=self.now, contact__is_sample=False
        )
        known = set(calendar.entries.values_list("uid", flat=True))
        shelf = Diary(self.server, calendar.url)
        for talk in ahead.select_related("contact", "owner").order_by("starts_at", "pk"):
            if (uid := uid_of(talk)) not in known:
                mine = told(talk, self.seeker)
                CalendarEntry.objects.get_or_create(
                    owner_id=self.account.owner_id,
                    calendar=calendar,
                    uid=uid,
                    defaults={"path": shelf.new_path(uid), "agreed": Agreed(here=mine, there=mine).to_json()},
                )

    def _know(self, entries: Iterable[CalendarEntry]) -> None:
        """Find the talks of these entries."""
        uids = [entry.uid for entry in entries]
        rows = Talk.objects.for_owner(self.account.owner)
        found = rows.filter(Q(uid__in=uids) | Q(uid__in=[f"{uid}@askwell" for uid in uids]))
        self.talks |= {uid_of(talk): talk for talk in found.select_related("contact", "owner", "outreach")}

    def is_over(self, talk: Talk) -> bool:
        """Whether nobody moves it any more."""
        ended = talk.starts_at + timedelta(minutes=talk.minutes)
        return talk.state in {TalkState.HELD, TalkState.MISSED} or ended + _AFTERWARDS < self.now


class _OneEntry:
    """Brings one talk and its entry in step."""

    def __init__(
        self, around: _Round, shelf: Diary, entry: CalendarEntry, member: Member | None, done: Looked
    ) -> None:
        self.around, self.shelf, self.entry, self.member, self.done = around, shelf, entry, member, done
        self.talk = around.talks.get(entry.uid)
        self.theirs = None if member is None else read_entry(member.data, entry.uid)

    def bring_in_step(self) -> None:
        entry, talk = self.entry, self.talk
        if talk is not None and self.around.is_over(talk):
            entry.delete()
            return
        if entry.state == EntryState.LEFT:
            return
        verdict = decide(
            Agreed.of_json(entry.agreed), self._mine(), self.theirs, arrived=entry.agreed_at is not None
        )
        if verdict.take and not self._take(verdict.take):
            return
        what = verdict.what
        if talk is None:  # taken back here: nobody is to be asked
            what = _OF_NOTHING.get(what, what)
        if not entry.calendar.writes and what not in {What.ASK_BOTH, What.LEAVE}:
            what = What.FORGET if self.theirs is None else What.REMOVE
        _DO[what](self)

    def _mine(self) -> Appointment | None:
        if self.talk is None or self.talk.state == TalkState.CANCELLED:
            return None
        return told(self.talk, self.around.seeker)

    # -- here

    def _take(self, fields: tuple[str, ...]) -> bool:
        """Take over what was changed in the calendar; False where that cannot be now."""
        if self.talk is None or not isinstance(self.theirs, Appointment):
            return False
        try:
            taken = take_over(self.talk, self.entry, self.theirs, fields=fields, now=self.around.now)
        except OutreachError:
            return False  # it was settled here meanwhile: the next look sees it
        if taken:
            self.done.moved.append(self.talk.pk)
        return taken

    # -- there

    def put(self) -> None:
        """Put it there; what lies under its path already is looked at next time."""
        mine = self._mine()
        if mine is not None and self._written(new_entry(mine, uid=self.entry.uid, now=self.around.now), ""):
            self.done.put += 1

    def give(self) -> None:
        """Write there what changed here."""
        mine, member = self._mine(), self.member
        if mine is None or member is None:
            return
        was = Agreed.of_json(self.entry.agreed).here
        data = changed_entry(member.data, was, mine, now=self.around.now)
        if self._written(data, member.etag):
            self.done.changed += 1

    def _written(self, data: bytes, etag: str) -> bool:
        try:
            new = self.shelf.put(self.entry.path, data, etag=etag)
        except Permanent as error:
            if error.code in _THIS_ONE:
                self._keep(state=EntryState.REFUSED, why=error.code.value)
            elif error.code is not Trouble.CONFLICT:
                raise
            return False
        kept = data if new else getattr(self.shelf.find(self.entry.path), "data", data)
        there = read_entry(kept, self.entry.uid)
        if isinstance(there, Appointment):
            self._agree(there)
        return True

    def remove(self) -> None:
        """Remove it there, as it was read; one changed since is looked at next time."""
        if self.member is None:
            return
        try:
            self.shelf.delete(self.entry.path, etag=self.member.etag)
        except Permanent as error:
            if error.code not in {Trouble.NOT_FOUND, Trouble.CONFLICT}:
                raise
            return
        self.done.removed += 1
        self.entry.delete()

    # -- what is kept

    def agree(self) -> None:
        """Both say the same."""
        if isinstance(self.theirs, Appointment):
            self._agree(self.theirs)

    def _agree(self, there: Appointment) -> None:
        mine = self._mine()
        if mine is None:
            return
        agreed = Agreed(here=mine, there=there).to_json()
        self._keep(
            agreed=agreed,
            agreed_at=self.entry.agreed_at or self.around.now,
            state=EntryState.IN_STEP,
            why="",
            there={},
        )

    def ask_gone(self) -> None:
        """Ask whether the talk is off."""
        self._ask(EntryState.GONE)

    def ask_both(self) -> None:
        """Ask which side is right."""
        there = stored(self.theirs) if isinstance(self.theirs, Appointment) else {}
        self._ask(EntryState.BOTH, there=there)

    def _ask(self, state: EntryState, **there: Any) -> None:
        if self.talk is not None:
            self.done.asked.append(self.talk.pk)
        self._keep(state=state, agreed_at=self.entry.agreed_at or self.around.now, **there)

    def leave(self) -> None:
        """Say that it is left alone, and why."""
        self._keep(
            state=EntryState.UNREADABLE,
            why=self.theirs.value if isinstance(self.theirs, Unfit) else "",
            agreed_at=self.entry.agreed_at or self.around.now,
        )

    def forget(self) -> None:
        """Keep nothing of it."""
        self.entry.delete()

    def _keep(self, **values: Any) -> None:
        """Keep what is new of an entry the user has not settled meanwhile."""
        values = {name: value for name, value in values.items() if getattr(self.entry, name) != value}
        if values:
            rows = CalendarEntry.objects.filter(pk=self.entry.pk, state=self.entry.state)
            rows.update(**values)
            for name, value in values.items():
                setattr(self.entry, name, value)


_OF_NOTHING = {What.ASK_BOTH: What.REMOVE, What.LEAVE: What.FORGET}
_DO: dict[What, Callable[[_OneEntry], None]] = {
    What.NOTHING: _OneEntry.agree,
    What.PUT: _OneEntry.put,
    What.GIVE: _OneEntry.give,
    What.REMOVE: _OneEntry.remove,
    What.FORGET: _OneEntry.forget,
    What.ASK_GONE: _OneEntry.ask_gone,
    What.ASK_BOTH: _OneEntry.ask_both,
    What.LEAVE: _OneEntry.leave,
}
