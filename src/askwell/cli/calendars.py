"""Calendars on a server: connected, chosen from, looked into; hours free in them; and the feed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from askwell.cli.failures import BadUse, Failure, NotFound
from askwell.cli.options import Json, Now
from askwell.cli.passwords import Agree, PasswordStdin, User, read_secret
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from collections.abc import Callable

    from askwell.cli.desk import Desk
    from askwell.mailroom.models import CalendarAccount
    from askwell.outreach.free_times import FreeTimes
    from askwell.outreach.talks_in_calendar.looking import Line
    from askwell.outreach.talks_in_calendar.round import Looked
    from askwell.rules.windows import Window

WHAT = "feed, connect, list, choose, windows, sync, asked, settle, pause, resume or forget"
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """What was said beside the words."""

    new: bool
    end: bool
    write: Path | None
    user: str
    password_stdin: bool
    agree: tuple[str, ...]
    account: str
    busy: tuple[str, ...]
    talks: str
    answer: str


def calendar(
    what: Annotated[str, typer.Argument(metavar="WHAT", help=f"{WHAT}.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help="connect: where it is, - asks for a secret address; windows, settle: whom.",
        ),
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="feed: make the address, or a new one: the old answers no more.")
    ] = False,
    end: Annotated[bool, typer.Option("--end", help="feed: the address answers no more.")] = False,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="feed: write what stands under it; - prints it.")
    ] = None,
    user: User = "",
    password_stdin: PasswordStdin = False,
    agree: Agree = None,
    account: Annotated[
        str, typer.Option(metavar="NUMBER", help="Which account, where there are several.")
    ] = "",
    busy: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="choose: a calendar that is busy time; again for each; none."),
    ] = None,
    talks: Annotated[
        str, typer.Option(metavar="NAME", help="choose: the calendar your talks go into; none.")
    ] = "",
    answer: Annotated[
        str, typer.Option(metavar="WORD", help="settle: seen, here, there, again, off or leave.")
    ] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Offer hours free in your calendar, and keep your talks in it."""
    from askwell.cli.desk import sit_down

    if what not in _DO:
        raise BadUse(_("%(what)s is none of %(all)s.") % {"what": what, "all": WHAT})
    given = _Options(
        new=new,
        end=end,
        write=write,
        user=user,
        password_stdin=password_stdin,
        agree=tuple(agree or ()),
        account=account,
        busy=tuple(busy or ()),
        talks=talks,
        answer=answer,
    )
    _DO[what](sit_down(now=now, json=json), list(words or []), given)


def _feed(desk: Desk, _words: list[str], given: _Options) -> None:
    from askwell.cli.reminding import feed

    feed(desk, new=given.new, end=given.end, write=given.write)


# -- accounts ----------------------------------------------------------------------------------------


def _accounts(desk: Desk) -> list[CalendarAccount]:
    from askwell.mailroom.calendars import accounts_of

    return list(accounts_of(desk.owner))


def _one(desk: Desk, given: _Options) -> CalendarAccount:
    """Give the account meant, or the only one."""
    rows = _accounts(desk)
    found = [row for row in rows if given.account.lstrip("#") in {"", str(row.pk), row.where}]
    if not found:
        raise NotFound(_("There is no such calendar: askwell calendar list shows them."))
    if len(found) > 1:
        raise BadUse(_("Say which one: --account NUMBER."), accounts=[row.pk for row in rows])
    return found[0]


def _row(account: CalendarAccount) -> dict[str, Any]:
    names = ("name", "read_only", "counts", "writes")
    return {
        "account": account.pk,
        "where": account.where,
        "user": account.user,
        "published": account.published,
        "calendars": [
            {name: getattr(row, name) for name in names}
            for row in sorted(account.calendars.all(), key=lambda row: (row.name, row.pk))
        ],
        "paused": account.paused_at is not None,
        "looked_at": account.looked_at,
        "trouble": account.trouble.get("code"),
    }


def _line(row: dict[str, Any]) -> str:
    lines = [f"#{row['account']}  {row['where']}  {row['user']}"]
    if row["paused"]:
        lines.append("  " + _("paused"))
    if row["trouble"]:
        lines.append("  " + _("trouble: %(code)s") % {"code": row["trouble"]})
    for one in row["calendars"]:
        used = [_("busy")] if one["counts"] else []
        used += [_("talks")] if one["writes"] else []
        lines.append(f"  {one['name']}  {', '.join(used) or _('not used')}")
    return "\n".join(lines)


def _list(desk: Desk, _words: list[str], _given: _Options) -> None:
    empty = _("No calendar yet: askwell calendar connect https://… --user NAME")
    desk.list(map(_row, _accounts(desk)), _line, empty=empty)


def _connect(desk: Desk, words: list[str], given: _Options) -> None:
    from askwell.mailroom import calendar_servers

    if len(words) != 1:
        raise BadUse(_("Say where it is: https://…, or the domain of your address."))
    where, user = words[0], given.user
    published = where == "-" or calendar_servers.is_published(where)
    secret = "" if published and where != "-" else read_secret(from_stdin=given.password_stdin)
    if where == "-":
        where = secret
        if not calendar_servers.is_published(where):
            raise BadUse(
                _("That is no secret address of a calendar: webcal://…, or https://… ending in .ics.")
            )
    found = _said(
        lambda: calendar_servers.look_for(where, user=user, secret=secret, agreed=given.agree),
        connect=True,
        published=published,
    )
    account = calendar_servers.take_up(desk.owner, where, found, user=user, secret=secret, now=desk.now)
    said = _("Connected. What stands in it is busy time.")
    if not published:
        said += " " + _("Your talks go into it with:") + " askwell calendar choose --talks NAME"
    desk.answer(f"{said}\n{_line(_row(account))}", _row(account))


def _choose(desk: Desk, _words: list[str], given: _Options) -> None:
    from askwell.mailroom import calendars
    from askwell.people.errors import BadField

    account = _one(desk, given)
    rows = list(account.calendars.all())
    named = {row.name.casefold(): row.pk for row in rows}

    def pk(name: str) -> int:
        if name.casefold() not in named:
            names = sorted(row.name for row in rows)
            raise BadUse(_("There is no calendar %(name)s.") % {"name": name}, calendars=names)
        return int(named[name.casefold()])

    counts = {row.pk for row in rows if row.counts}
    if given.busy:
        counts = {pk(name) for name in given.busy if name != NONE}
    writes = next((row.pk for row in rows if row.writes), None)
    if given.talks:
        writes = None if given.talks == NONE else pk(given.talks)
    try:
        calendars.choose(account, counts=counts, writes=writes)
    except BadField as error:
        raise BadUse(_("That calendar may only be read."), problem=error.problem) from error
    row = _row(_one(desk, given))
    desk.answer(_line(row), row)


def _pause(desk: Desk, _words: list[str], given: _Options) -> None:
    _rest(desk, given, rest=True)


def _resume(desk: Desk, _words: list[str], given: _Options) -> None:
    _rest(desk, given, rest=False)


def _rest(desk: Desk, given: _Options, *, rest: bool) -> None:
    from askwell.mailroom import calendars

    account = _one(desk, given)
    calendars.pause(account, now=desk.now if rest else None)
    desk.answer(_line(_row(account)), _row(account))


def _forget(desk: Desk, _words: list[str], given: _Options) -> None:
    from askwell.mailroom import calendar_servers

    account = _one(desk, given)
    row = _row(account)
    calendar_servers.forget(account)
    said = _("Let go: the password is deleted, and what stands in the calendar stays there.")
    desk.answer(_("Let go: its address is deleted.") if account.published else said, row)


# -- looking -----------------------------------------------------------------------------------------


def _sync(desk: Desk, _words: list[str], given: _Options) -> None:
    from askwell.outreach.talks_in_calendar.round import look

    rows = [_one(desk, given)] if given.account else [row for row in _accounts(desk) if not row.paused_at]
    if not rows:
        raise NotFound(_("There is no calendar to look into: askwell calendar list shows them."))
    for account in rows:
        found = _said(partial(look, account, clock=lambda: desk.now), published=account.published)
        if found is None:
            raise Failure(_("It is paused, or being looked into already."), problem="busy")
        desk.answer(_looked(found), {"account": account.pk, **_counts(found)})


def _counts(found: Looked) -> dict[str, Any]:
    return {
        "put": found.put,
        "changed": found.changed,
        "removed": found.removed,
        "moved": found.moved,
        "asked": found.asked,
    }


def _looked(found: Looked) -> str:
    moved, asked = len(found.moved), len(found.asked)
    there = found.put + found.changed + found.removed
    lines = [
        (there, _n("%(n)s talk written there.", "%(n)s talks written there.", there, n=there)),
        (moved, _n("%(n)s talk moved here.", "%(n)s talks moved here.", moved, n=moved)),
        (
            asked,
            _n(
                "%(n)s talk to be settled: askwell calendar asked",
                "%(n)s talks to be settled: askwell calendar asked",
                asked,
                n=asked,
            ),
        ),
    ]
    return " ".join(text for count, text in lines if count) or _("Both say the same.")


def _asked(desk: Desk, _words: list[str], _given: _Options) -> None:
    from askwell.outreach.talks_in_calendar.looking import lines

    rows = map(_asked_row, lines(desk.owner, now=desk.now))
    desk.list(rows, lambda row: f"#{row['contact']}  {row['name']}  {row['said']}", empty=_("Nothing."))


def _asked_row(line: Line) -> dict[str, Any]:
    return {
        "contact": line.talk.contact_id,
        "name": line.talk.contact.name,
        "talk": line.talk.pk,
        "state": line.entry.state,
        "said": line.sentence,
        "answers": [answer for answer, _label in line.answers],
    }


def _settle(desk: Desk, words: list[str], given: _Options) -> None:
    from askwell.outreach.errors import BadValue
    from askwell.outreach.talks_in_calendar.looking import lines
    from askwell.outreach.talks_in_calendar.settling import settle

    if len(words) != 1:
        raise BadUse(_("Say whom."))
    person = desk.person(words[0])
    line = next((one for one in lines(desk.owner, now=desk.now) if one.talk.contact_id == person.pk), None)
    if line is None:
        raise NotFound(_("There is nothing of that to settle: askwell calendar asked"))
    try:
        settle(line.entry, given.answer, now=desk.now)
    except BadValue as error:
        answers = [answer for answer, _label in line.answers]
        sentence = _("Say one of these: --answer %(all)s") % {"all": ", ".join(answers)}
        raise BadUse(sentence, answers=answers) from error
    done = _("Settled. askwell calendar sync brings your calendar in step.")
    desk.answer(done, {"talk": line.talk.pk, "answer": given.answer})


# -- hours -------------------------------------------------------------------------------------------


def _windows(desk: Desk, words: list[str], _given: _Options) -> None:
    from askwell.gateways.errors import GatewayError
    from askwell.outreach.free_times import counting_accounts, free_times
    from askwell.outreach.talks_in_calendar.round import read_busy_now

    if len(words) != 1:
        raise BadUse(_("Say whom."))
    person = desk.person(words[0])
    for account in counting_accounts(desk.owner):
        try:
            read_busy_now(account, now=desk.now)
        except GatewayError:
            continue  # what is known is told with its age
    found = free_times(person, now=desk.now)
    row = {"contact": person.pk, "name": person.name, **_found(found)}
    desk.answer("\n".join(_told(found)), row)


def _found(found: FreeTimes) -> dict[str, Any]:
    zone = ZoneInfo(found.clock.zone)
    return {
        "zone": found.clock.zone,
        "zone_known": found.clock.zone_known,
        "windows": [
            {
                "start": window.start.astimezone(zone).isoformat(),
                "end": window.end.astimezone(zone).isoformat(),
                "said": _spoken(window, found),
            }
            for window in found.proposal.windows
        ],
        "why": found.proposal.why.value,
        "calendar_read_at": found.read_at,
        "warning": found.warning or None,
    }


def _spoken(window: Window, found: FreeTimes) -> str:
    from askwell.rules.windows import spoken

    return str(spoken(window, found.clock))


def _told(found: FreeTimes) -> list[str]:
    lines = [_spoken(window, found) for window in found.proposal.windows]
    lines = lines or [_("There is no hour to offer in the next two weeks.")]
    if not found.clock.zone_known:
        lines.append(_("Their zone is not known: these are hours by your own clock."))
    if found.warning:
        lines.append(found.warning)
    elif not found.counts:
        lines.append(_("No calendar is looked at: only your talks here are left out."))
    return lines


def _said(act: Callable[[], Any], *, connect: bool = False, published: bool = False) -> Any:
    """Do it; say in plain words what the server said no with."""
    from askwell.gateways.errors import GatewayError
    from askwell.gateways.webdav import Elsewhere
    from askwell.mailroom import calendar_servers

    try:
        return act()
    except Elsewhere as error:
        how = _("If so: --agree %(host)s") % {"host": error.host} if connect else ""
        text = f"{calendar_servers.said(error)} {how}".strip()
        raise Failure(text, problem="elsewhere", host=error.host) from error
    except GatewayError as error:
        text = calendar_servers.said(error, published=published)
        raise Failure(text, problem=error.code.value, server=error.server) from error


_DO: dict[str, Callable[[Desk, list[str], _Options], None]] = {
    "feed": _feed,
    "list": _list,
    "connect": _connect,
    "choose": _choose,
    "pause": _pause,
    "resume": _resume,
    "forget": _forget,
    "sync": _sync,
    "asked": _asked,
    "settle": _settle,
    "windows": _windows,
}
