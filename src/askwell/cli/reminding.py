"""What reaches the seeker elsewhere: the calendar's address, the daily mail, a notice on the screen."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from enum import StrEnum
from json import dumps, loads
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.mailroom.models import Account, CalendarFeed


def feed(desk: Desk, *, new: bool, end: bool, write: Path | None) -> None:
    """Give the secret address under which a calendar program reads talks and steps; make it, end it."""
    from askwell.mailroom import feeds

    if end and (new or write):
        raise BadUse(_("--end goes alone."))
    if end:
        if not feeds.end_feed(desk.owner):
            raise NotFound(_("There is no such address."))
        desk.answer(_("Ended. The address answers no more."), _feed_row(None))
        return
    found = feeds.renew_feed(desk.owner, now=desk.now) if new else feeds.feed_of(desk.owner)
    if found is None:
        raise NotFound(_("There is no such address yet: askwell calendar feed --new makes it."))
    if write is not None:
        _write_feed(found, write, desk)
    if str(write) != "-":
        desk.answer(_said_of(found), _feed_row(found))


def _write_feed(found: CalendarFeed, path: Path, desk: Desk) -> None:
    from askwell.cli.files import write
    from askwell.outreach.calendar_feed import feed_file

    write(path, [feed_file(found, now=desk.now)])


def _said_of(found: CalendarFeed) -> str:
    from askwell.mailroom.address import is_local
    from askwell.outreach.calendar_feed import feed_link

    lines = [feed_link(found)]
    if is_local():
        lines.append(_("Only programs on this computer reach it, while askwell serve runs."))
    return "\n".join(lines)


def _feed_row(found: CalendarFeed | None) -> dict[str, Any]:
    from askwell.mailroom.address import is_local
    from askwell.outreach.calendar_feed import feed_link

    return {
        "address": feed_link(found) if found else None,
        "made_at": found.made_at if found else None,
        "read_at": found.read_at if found else None,
        "steps": found.steps if found else None,
        "alarm_minutes": found.alarm_minutes if found else None,
        "local_only": is_local(),
    }


class Turn(StrEnum):
    """What to do about the daily mail."""

    ON = "on"
    OFF = "off"
    SHOW = "show"


def digest(
    what: Annotated[Turn, typer.Argument(help="on, off, or show: what it would say now.")],
    hour: Annotated[
        int | None, typer.Option(min=0, max=23, help="The hour it comes at, by your clock (8).")
    ] = None,
    account: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The mailbox, where you have several.")
    ] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Get one mail a day, from your own mailbox to yourself, with what there is to do; or none."""
    from askwell.cli.desk import sit_down
    from askwell.mailroom import digests

    if what is not Turn.ON and (hour is not None or account):
        raise BadUse(_("--hour and --account go with on."))
    desk = sit_down(now=now, json=json)
    if what is Turn.ON:
        _turn_on(desk, hour, account)
    elif what is Turn.OFF:
        digests.turn_off(desk.owner)
        desk.answer(_("The daily mail is off."), _digest_row(desk))
    else:
        row = _digest_row(desk)
        nothing = _("Nothing is to be done today: no mail would come.")
        desk.answer((row["text"] or nothing) if row["on"] else _("The daily mail is off."), row)


def _turn_on(desk: Desk, hour: int | None, address: str) -> None:
    from zoneinfo import ZoneInfo

    from django.utils.translation import get_language

    from askwell.mailroom import digests

    before = digests.digest_of(desk.owner)
    if hour is None:
        hour = before.hour if before else digests.USUAL_HOUR
    here = desk.now.astimezone(ZoneInfo(desk.zone))
    account = mailbox(desk, address)
    digests.turn_on(desk.owner, account, hour=hour, here=here, language=get_language() or "")
    words = {"hour": f"{hour:02}:00", "address": account.address}
    desk.answer(_("A mail comes to %(address)s every day at %(hour)s.") % words, _digest_row(desk))


def mailbox(desk: Desk, address: str = "") -> Account:
    """Give the mailbox of that address, or the first.  Raises NotFound."""
    from askwell.mailroom.queries import senders

    found = senders(desk.owner)
    chosen = [each for each in found if not address or each.address.lower() == address.lower()]
    if not chosen:
        raise NotFound(
            _("No mailbox that sends is connected%(which)s.") % {"which": f": {address}" if address else ""}
        )
    return chosen[0]


def _digest_row(desk: Desk) -> dict[str, Any]:
    from askwell.mailroom import digests
    from askwell.outreach.digest import letter_of

    found = digests.digest_of(desk.owner)
    written = letter_of(found, now=desk.now) if found else None
    return {
        "on": bool(found and found.on_since),
        "hour": found.hour if found else None,
        "account": found.account.address if found else None,
        "last_on": found.last_on if found else None,
        "subject": written.subject if written else None,
        "text": written.text if written else None,
    }


def notify(
    again: Annotated[bool, typer.Option("--again", help="Also what was said already.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="On the screen only; print nothing.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Say, once each, that thanks for a talk are due; for a timer that asks every quarter of an hour."""
    from askwell.cli.desk import emit, sit_down
    from askwell.outreach.queries.notices import notices

    desk = sit_down(now=now, json=json)
    told = Told()
    due = notices(desk.owner, now=desk.now)
    for one in due:
        if again or one.key not in told.keys:
            _on_screen(one.title, one.text)
            if not quiet:
                emit(one) if json else print(f"{one.title}: {one.text}")
    told.keep({one.key for one in due})


class Told:
    """What was said already: a file in the data folder, since it is no fact of the notebook."""

    def __init__(self) -> None:
        from django.conf import settings

        self._file = Path(settings.DATA_DIR) / "notified.json"

    @property
    def keys(self) -> set[str]:
        """The keys said; a file that cannot be read says none."""
        try:
            return set(map(str, loads(self._file.read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError):
            return set()

    def keep(self, keys: set[str]) -> None:
        """Keep what is still due; the rest is forgotten."""
        if keys != self.keys:
            self._file.write_text(dumps(sorted(keys)), encoding="utf-8")


def _on_screen(title: str, text: str) -> None:
    """Show it, where there is a program for that and it answers."""
    program = shutil.which("notify-send")
    if program:
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            words = [program, "--app-name=Askwell", "--", title, text]
            subprocess.run(words, check=False, timeout=10, capture_output=True)
