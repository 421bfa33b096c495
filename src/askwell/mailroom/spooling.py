"""The archive of an account, laid beside the notebook to be brought in: the heads of its mail alone.

Theory of operation.  Each folder becomes an mbox of heads in a folder of our own, with a small file that says
up to which UID, under which UIDVALIDITY and to which byte it is good.  That file is replaced whole after each
batch, so that whatever breaks off, the next attempt cuts off what is half written and reads on from there.
Nothing on the server is marked or moved.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from askwell.formats.mail.past import kinds_of
from askwell.gateways.imap_folders import DRAFTS, JUNK, TRASH
from askwell.mailroom.opening import open_mailbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from askwell.gateways.imap import Mailbox
    from askwell.mailroom.models import Account

    Tell = Callable[[int, int], None]  # heads of the folder read, and how many it holds

BATCH = 200
_POSTMARK = b"From - Thu Jan  1 00:00:00 1970\n"
_NOT_READ = {DRAFTS.lower(), JUNK.lower(), TRASH.lower()}


class Spooled(NamedTuple):
    """A folder that was laid down: the name to show, and where."""

    name: str
    path: Path


def place_of(account: Account) -> Path:
    """Give the folder below the data folder where the heads of an account lie until they are brought in."""
    return Path(settings.DATA_DIR) / "spool" / account.handle  # never another account's, as a number may be


def spool(account: Account, tell: Tell, *, now: datetime) -> list[Spooled]:
    """Lay down the heads of every folder, or of what came since an attempt that broke off.

    Spam, drafts and what was thrown away are not read.  Raises GatewayError, NoSecret; ``tell`` may raise.
    """
    place = place_of(account)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open_mailbox(account, now=now) as mailbox:
        sent = account.sent_folder or mailbox.sent_folder()
        found = [_lay_down(mailbox, name, place, tell) for name in _folders(mailbox, sent)]
    names = {name: f"{account.address}/{name}{'/Sent' if name == sent else ''}" for name, _path in found}
    return [Spooled(names[name], path) for name, path in found if path.stat().st_size]


def forget(account: Account) -> None:
    """Remove what was laid down of an account."""
    shutil.rmtree(place_of(account), ignore_errors=True)


def _folders(mailbox: Mailbox, sent: str) -> list[str]:
    """Name the folders to read; where one holds everything (Gmail), that one and what was sent."""
    if everything := mailbox.all_mail_folder():
        return [*([sent] if sent else []), everything]
    readable = [folder for folder in mailbox.folders() if folder.readable]
    return [
        folder.name
        for folder in readable
        if not {mark.lower() for mark in folder.marks} & _NOT_READ
        and "other" not in kinds_of(folder.last_part)
    ]


def _lay_down(mailbox: Mailbox, name: str, place: Path, tell: Tell) -> tuple[str, Path]:
    path = place / f"{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}.mbox"
    state = mailbox.select(name)
    known = _known(path, state.uidvalidity)
    done = known["heads"]
    heads = mailbox.new_headers(known["uid"])
    with path.open("r+b" if path.exists() else "w+b") as out:
        out.truncate(known["size"])
        out.seek(known["size"])
        while batch := list(islice(heads, BATCH)):
            out.writelines(_POSTMARK + _plain(head) + b"\n\n" for _uid, head in batch)
            out.flush()
            done += len(batch)
            _note(path, {**known, "uid": batch[-1][0], "size": out.tell(), "heads": done})
            tell(done, state.exists)
    path.chmod(0o600)
    return name, path


def _plain(head: bytes) -> bytes:
    """Give a head with LF lines and no line that would begin another message."""
    text = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip(b"\n")
    return text.replace(b"\nFrom ", b"\n>From ")


def _known(path: Path, uidvalidity: int) -> dict[str, Any]:
    """Give how far a folder was laid down; from the start where its numbers count for nothing any more."""
    fresh = {"uidvalidity": uidvalidity, "uid": 0, "size": 0, "heads": 0}
    try:
        known: dict[str, Any] = json.loads(path.with_suffix(".json").read_text())
        size = path.stat().st_size
    except (OSError, ValueError):
        return fresh
    return known if known["uidvalidity"] == uidvalidity and size >= known["size"] else fresh


def _note(path: Path, known: dict[str, Any]) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(known))
    temporary.replace(path.with_suffix(".json"))
