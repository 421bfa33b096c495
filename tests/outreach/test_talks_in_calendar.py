"""Lina's talks in her own calendar, on a real server: put once, moved both ways, asked about, never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from askwell.formats.calendar_entries import changed_entry, read_entry
from askwell.gateways.caldav import Diary
from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble
from askwell.gateways.webdav import DavLogin, WebDav
from askwell.mailroom import calendar_servers, calendars, secrets
from askwell.mailroom.models import CalendarAccount, CalendarEntry, EntryState, Secret
from askwell.outreach import actions, mail_round
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Talk
from askwell.outreach.talks_in_calendar import looking, settling
from askwell.outreach.talks_in_calendar import round as rounds
from askwell.people.journal import last_change, undo
from askwell.people.models import Organization
from askwell.rules.facts import TalkState

HOUR = timedelta(hours=1)


class Calendar:
    """What Lina does in her calendar program."""

    def __init__(self, server, url):
        self._server, self.url, self.shelf = server, url, Diary(server, url)

    def all(self):
        """Every event: path -> (bytes, etag)."""
        paths = self.shelf.changes({}, token="").changed
        return {one.path: one for one in self.shelf.fetch(list(paths))}

    def only(self):
        (member,) = self.all().values()
        return member

    def told(self):
        member = self.only()
        return read_entry(member.data, member.path.rpartition("/")[2].removesuffix(".ics"))

    def change(self, **values):
        """Move the only event, or say something else of it."""
        member, now = self.only(), self.told()
        data = changed_entry(member.data, now, replace(now, **values), now=now.starts)
        self.shelf.put(member.path, data, etag=member.etag)

    def write(self, old, new):
        member = self.only()
        assert old in member.data
        self.shelf.put(member.path, member.data.replace(old, new), etag=member.etag)

    def remove(self):
        member = self.only()
        self.shelf.delete(member.path, etag=member.etag)


@pytest.fixture
def signed_in(dav):
    user = f"lina{len(dav.users)}"
    dav.add_user(user, "plum tree")
    with WebDav(DavLogin(user=user, secret="plum tree")) as server:
        yield server


@pytest.fixture
def calendar(dav, signed_in):
    """Her calendar, and one for her dance class."""
    home = f"{dav.url}/{signed_in.login.user}/"
    for name in ("work", "dance"):
        signed_in.make_collection(f"{home}{name}/", kind="c:calendar", name=name.title())
    return Calendar(signed_in, f"{home}work/")


@pytest.fixture
def account(lina, dav, calendar, signed_in, now, monkeypatch):
    """Connected, and the first is chosen for talks."""
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    user = signed_in.login.user
    found = calendar_servers.look_for(dav.url, user=user, secret="plum tree")
    account = calendar_servers.take_up(lina, dav.url, found, user=user, secret="plum tree", now=now)
    rows = {row.name: row for row in account.calendars.all()}
    calendars.choose(account, counts=[rows["Work"].pk, rows["Dance"].pk], writes=rows["Work"].pk)
    account.refresh_from_db()
    return account


@pytest.fixture
def talk(jane):
    """Tuesday a week from now, ten o'clock in Chicago."""
    return book(jane)


def book(contact, at=datetime(2026, 12, 1, 16, 0, tzinfo=UTC), **more):
    told = {
        "uid": "0b7a5b0c-1@askwell",
        "zone": "America/Chicago",
        "minutes": 20,
        "where": "+1 312 555 0100",
    } | more
    return Talk.objects.create(owner=contact.owner, contact=contact, starts_at=at, **told)


@pytest.fixture
def look(account, now):
    def look(**more):
        CalendarAccount.objects.update(look_at=None)
        return rounds.look(account, clock=lambda: now, **more)

    return look


def entry():
    return CalendarEntry.objects.get()


class TestPutThere:
    def test_a_talk_is_put_once_and_looking_again_does_nothing(self, look, calendar, talk):
        assert look().put == 1
        told = calendar.told()
        assert (told.time, told.title) == ((talk.starts_at, 20), "Conversation with Jane Doe")
        assert told.location == "+1 312 555 0100"
        again = look()
        assert (again.put, again.changed, again.moved, again.asked) == (0, 0, [], [])

    def test_a_worker_killed_after_writing_writes_it_once(self, look, calendar, talk, monkeypatch):
        """Its process ends when the server has it and the notebook does not know."""
        put = Diary.put

        def killed(*given, **named):
            put(*given, **named)
            raise KeyboardInterrupt

        monkeypatch.setattr(Diary, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            look()
        monkeypatch.setattr(Diary, "put", put)
        CalendarAccount.objects.update(claimed_until=None)  # its lease is over
        actions.move_talk(
            talk, starts_at=talk.starts_at + HOUR, by_them=True, now=talk.starts_at - timedelta(days=7)
        )
        assert look().put == 0
        assert calendar.told().time == (talk.starts_at, 20)

    def test_moved_here_it_moves_there_and_keeps_what_she_added(self, look, calendar, talk, now):
        look()
        calendar.write(b"END:VEVENT", b"COLOR:plum\r\nEND:VEVENT")
        actions.move_talk(
            talk, starts_at=talk.starts_at + HOUR, by_them=False, where="https://meet.example/1", now=now
        )
        assert CalendarAccount.objects.get().look_at is None  # the next worker looks at once
        assert look().changed == 1
        told = calendar.told()
        assert (told.time[0], told.place) == (talk.starts_at, ("", "https://meet.example/1"))
        assert b"COLOR:plum" in calendar.only().data

    def test_called_off_here_it_goes_there(self, look, calendar, talk, now):
        look()
        actions.cancel_talk(talk, by_them=True, now=now)
        assert look().removed == 1
        assert calendar.all() == {}
        assert not CalendarEntry.objects.exists()

    def test_a_confidential_search_leaks_nothing_and_takes_back_what_was_told(
        self, look, calendar, talk, lina, now
    ):
        look()
        employer = Organization.objects.create(owner=lina, name="Riverton Clinic")
        actions.change_seeker(lina, confidential=True, employer=employer, now=now)
        look()
        (member,) = calendar.all().values()
        assert not any(word in member.data + member.path.encode() for word in (b"Jane", b"312", b"skwell"))
        assert calendar.told().title == "Conversation"

    def test_chosen_another_calendar_it_goes_over_and_with_none_away(self, look, calendar, account, talk):
        look()
        rows = {row.name: row.pk for row in account.calendars.all()}
        calendars.choose(account, counts=[], writes=rows["Dance"])
        done = look()
        assert (done.put, done.removed) == (1, 1)
        assert calendar.all() == {}
        calendars.choose(account, counts=[], writes=None)
        assert look().removed == 1


class TestMovedThere:
    def test_it_moves_here_is_told_and_can_be_undone(self, look, calendar, talk, lina, now):
        look()
        calendar.change(starts=datetime(2026, 12, 2, 15, 0, tzinfo=UTC), minutes=30, location="Café Blum")
        assert look().moved == [talk.pk]
        talk.refresh_from_db()
        assert (talk.starts_at, talk.minutes, talk.where) == (
            datetime(2026, 12, 2, 15, tzinfo=UTC),
            30,
            "Café Blum",
        )
        assert talk.sequence == 1  # so that the change is offered to whoever was invited
        (line,) = looking.lines(lina, now=now)
        assert "Tuesday 1 December 10 a.m. → Wednesday 2 December 9 a.m." in line.sentence
        assert look().moved == []
        undo(last_change(lina), now=now)
        assert looking.lines(lina, now=now) == []
        assert look().changed == 1
        assert calendar.told().time == (datetime(2026, 12, 1, 16, tzinfo=UTC), 20)

    @pytest.mark.parametrize("hour", [6, 7])  # 01:30 in Chicago, before the clocks go back and after
    def test_an_hour_that_comes_twice_is_exact(self, look, calendar, jane, now, hour):
        late = datetime(2027, 11, 7, 5, 0, tzinfo=UTC)
        talk = book(jane, at=late)
        look()
        calendar.change(starts=late.replace(hour=hour, minute=30))
        look()
        talk.refresh_from_db()
        assert talk.starts_at == late.replace(hour=hour, minute=30)
        actions.move_talk(talk, starts_at=late.replace(hour=13 - hour, minute=30), by_them=False, now=now)
        look()
        assert calendar.told().starts == talk.starts_at

    def test_of_two_that_look_at_once_one_takes_it(self, look, calendar, account, talk, now):
        look()
        stale = entry()
        calendar.change(starts=talk.starts_at + HOUR)
        theirs = calendar.told()
        assert calendars.claim(account, now=now) is True
        assert look() is None  # somebody else has it
        calendars.let_go_of(account, now=now)
        look()
        talk.refresh_from_db()
        assert not rounds.take_over(talk, stale, theirs, fields=("time",), now=now)
        assert talk.sequence == 1

    def test_moved_here_while_the_calendar_is_read_it_is_asked_and_not_overruled(
        self, look, calendar, talk, monkeypatch, now
    ):
        look()
        calendar.change(starts=talk.starts_at + HOUR)
        fetch = Diary.fetch

        def slow(shelf, paths):
            found = list(fetch(shelf, paths))
            mine = Talk.objects.get()
            actions.move_talk(mine, starts_at=talk.starts_at + 2 * HOUR, by_them=False, now=now)
            return found

        monkeypatch.setattr(Diary, "fetch", slow)
        assert look().moved == []
        monkeypatch.setattr(Diary, "fetch", fetch)
        assert look().asked == [talk.pk]
        assert Talk.objects.get().starts_at == talk.starts_at + 2 * HOUR

    def test_different_things_changed_on_both_sides_are_both_kept(self, look, calendar, talk, now):
        look()
        calendar.change(starts=talk.starts_at + HOUR)
        actions.move_talk(talk, starts_at=talk.starts_at, where="Library", by_them=False, now=now)
        done = look()
        talk.refresh_from_db()
        assert (done.asked, talk.where, talk.starts_at) == ([], "Library", calendar.told().starts)
        assert calendar.told().location == "Library"


class TestAsked:
    def test_removed_there_it_is_asked_and_the_talk_stands(self, look, calendar, talk, lina, now):
        look()
        calendar.remove()
        assert look().asked == [talk.pk]
        talk.refresh_from_db()
        assert talk.state == TalkState.SCHEDULED
        (line,) = looking.lines(lina, now=now)
        assert "removed" in line.sentence
        settling.settle(entry(), "again", now=now)
        assert look().put == 1
        assert calendar.told().time[0] == talk.starts_at

    def test_said_to_be_off_it_is_off(self, look, calendar, talk, now):
        look()
        calendar.write(b"END:VEVENT", b"STATUS:CANCELLED\r\nEND:VEVENT")
        look()
        settling.settle(entry(), "off", now=now)
        talk.refresh_from_db()
        assert talk.state == TalkState.CANCELLED
        look()
        assert calendar.all() == {}

    @pytest.mark.parametrize(("answer", "hour"), [("here", 18), ("there", 20)])
    def test_moved_on_both_sides_nothing_is_lost_until_she_says(
        self, look, calendar, talk, now, answer, hour
    ):
        look()
        calendar.change(starts=talk.starts_at.replace(hour=20))
        actions.move_talk(talk, starts_at=talk.starts_at.replace(hour=18), by_them=False, now=now)
        assert look().asked == [talk.pk]
        assert (calendar.told().starts.hour, talk.starts_at.hour) == (20, 18)
        settling.settle(entry(), answer, now=now)
        look()
        talk.refresh_from_db()
        assert (calendar.told().starts.hour, talk.starts_at.hour) == (hour, hour)
        with pytest.raises(BadValue):
            settling.settle(entry(), answer, now=now)

    def test_called_off_here_and_moved_there_is_asked(self, look, calendar, talk, now):
        look()
        calendar.change(starts=talk.starts_at + HOUR)
        actions.cancel_talk(talk, by_them=False, now=now)
        assert look().asked == [talk.pk]
        settling.settle(entry(), "here", now=now)
        assert look().removed == 1

    def test_a_series_made_of_it_is_left_alone_and_said(self, look, calendar, talk, lina, now):
        look()
        calendar.write(b"END:VEVENT", b"RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT")
        actions.move_talk(talk, starts_at=talk.starts_at + HOUR, by_them=False, now=now)
        look()
        assert b"RRULE" in calendar.only().data
        (line,) = looking.lines(lina, now=now)
        assert "series" in line.sentence
        settling.settle(entry(), "leave", now=now)
        assert looking.lines(lina, now=now) == []

    def test_a_talk_that_was_taken_back_goes_there_without_a_question(self, look, calendar, talk):
        look()
        calendar.change(starts=talk.starts_at + HOUR)
        talk.delete()
        assert (look().asked, calendar.all()) == ([], {})


class TestTrouble:
    def test_a_password_that_is_none_any_more_is_kept_as_trouble(self, look, dav, account, signed_in):
        dav.add_user(signed_in.login.user, "another")
        with pytest.raises(Permanent):
            look()
        dav.add_user(signed_in.login.user, "plum tree")
        account.refresh_from_db()
        assert "did not take the name and password" in calendar_servers.trouble_said(account)
        assert account.claimed_until is None

    def test_a_server_down_in_the_middle_moves_nothing_and_asks_nothing(
        self, look, calendar, talk, monkeypatch
    ):
        look()

        def down(*_given):
            raise Transient(Trouble.CUT_OFF, server="dav.example")

        monkeypatch.setattr(Diary, "fetch", down)
        with pytest.raises(GatewayError):
            look()
        assert entry().state == EntryState.IN_STEP

    def test_a_calendar_gone_as_a_whole_is_no_question_about_each_talk(
        self, look, calendar, account, signed_in, talk
    ):
        look()
        account.calendars.update(counts=False)
        signed_in.ask("DELETE", calendar.url)
        with pytest.raises(Permanent):
            look()
        assert entry().state == EntryState.IN_STEP

    def test_let_go_the_password_is_gone_and_the_calendar_untouched(
        self, look, calendar, account, talk, lina
    ):
        look()
        calendar_servers.forget(account)
        assert not Secret.objects.exists()
        with pytest.raises(secrets.NoSecret):
            secrets.secret_of(lina, account.handle)
        assert len(calendar.all()) == 1

    def test_the_worker_looks_by_itself_at_whoever_is_due(self, account, calendar, talk, now):
        mail_round.look_into_calendars(lambda: now)
        assert len(calendar.all()) == 1
        assert mail_round.look_into_calendars(lambda: now) == 0

    def test_nobody_elses_talk_is_put_there(self, look, calendar, other_owner, now):
        from askwell.people.actions import NewContact, add_contact

        book(add_contact(other_owner, NewContact(name="Omar Haddad"), now=now))
        assert look().put == 0
