"""What prepares a talk with a person, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.cli.options import Json, Now, Who
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.outreach.queries.preparing import Prepared
    from askwell.people.models import Contact


def prepare(person: Who, now: Now = "", json: Json = False) -> None:
    """What you have in common with a person, what is still to prepare, and your questions."""
    from askwell.cli.desk import emit, plain, sit_down
    from askwell.cli.letters import open_one
    from askwell.outreach.queries.preparing import prepared

    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    found = prepared(contact, open_one(contact), now=desk.now)
    if not json:
        print("\n".join(_lines(contact, found)))
        return
    for group, rows in (("common", found.common), ("missing", found.missing), ("questions", found.questions)):
        for row in rows:
            emit({"group": group, **plain(row)})
    emit({"group": "story", **plain(found.story)})


def _lines(contact: Contact, found: Prepared) -> Iterable[str]:
    yield contact.name
    yield from _part(
        _("In common"),
        [f"{each.reason.sentence} ({', '.join(each.seen)})" for each in found.common],
        _("Nothing that the notebook knows of."),
    )
    yield from _part(
        _("Still to prepare"),
        [f"{each.reason.rule} {each.reason.sentence}" for each in found.missing],
        _("Nothing: you are ready."),
    )
    yield from _part(
        _("Your questions"),
        [f"{'*' if each.starred else ' '} {each.text}" for each in found.questions],
        _("None yet: askwell questions suggests some."),
    )
    words = {
        "words": _n("%(count)s word", "%(count)s words", found.story.words),
        "seconds": _n("%(count)s second", "%(count)s seconds", found.story.seconds),
        "pace": found.pace,
    }
    yield ""
    yield _("Your story: %(words)s, about %(seconds)s at %(pace)s a minute (our default).") % words


def _part(title: str, lines: list[str], none: str) -> Iterable[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines or [none])
