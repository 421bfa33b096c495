"""What a talk was about, and the ways to try that work out which it opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Talk, Trial
    from askwell.outreach.queries.comparing import TalkLine
    from askwell.people.models import Contact

SomeoneOrAll = Annotated[str, typer.Argument(metavar="[PERSON]", help="Whom; left out, everybody is listed.")]
KINDS = "shadowing, internship, volunteering, project, course or other"


def try_command(
    person: SomeoneOrAll = "",
    text: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="Which, and with whom: a morning in receiving, with Ana.")
    ] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="WORD", help=f"Note one they opened: {KINDS}.")] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="Its day; without --kind, another day for it.")
    ] = "",
    no_day: Annotated[bool, typer.Option("--no-day", help="No day is agreed on any more.")] = False,
    done: Annotated[bool, typer.Option("--done", help="You did it.")] = False,
    outcome: Annotated[str, typer.Option(metavar="TEXT", help="With --done: how it was.")] = "",
    drop: Annotated[bool, typer.Option("--drop", help="It will not come about.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Note a way to try the work out, its day, and how it was.  Without more: those that are known.

    Without --kind, TEXT is a word of the one that is meant, where a person opened several.
    """
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions

    chosen = _one_act(bool(kind), bool(on) and not kind, no_day, done, drop)
    if outcome and not done:
        raise BadUse(_("--outcome goes with --done."))
    desk = sit_down(now=now, json=json)
    contact = desk.person(person) if person else None
    if not chosen:
        _list_trials(desk, contact)
        return
    if contact is None:
        raise BadUse(_("Say whom it is about."))
    if kind:
        talk, day = _talks(contact).first(), desk.day(on)
        row = actions.note_trial(contact, kind=kind, text=text, on=day, talk=talk, now=desk.now)
        said = _("Kept. When you did it: askwell try PERSON --done.")
    else:
        act = "done" if done else "drop" if drop else "move"
        row, said = _settle(desk, _meant(contact, text), on=on, outcome=outcome, act=act)
    words = {"what": _what(_plain(row)), "day": row.on.isoformat() if row.on else _("no day yet")}
    desk.answer(said % words, _plain(row))


def _settle(desk: Desk, row: Trial, *, on: str, outcome: str, act: str) -> tuple[Trial, str]:
    """Do what was said of one that is open; give what to say of it."""
    from askwell.outreach import actions

    if act == "done":
        return actions.end_trial(row, outcome=outcome, now=desk.now), _(
            "Done: %(what)s. askwell undo takes it back."
        )
    if act == "drop":
        return actions.drop_trial(row, now=desk.now), _("Let go: %(what)s. askwell undo takes it back.")
    moved = actions.move_trial(row, on=desk.day(on), now=desk.now)
    return moved, _("Kept: %(what)s, %(day)s. askwell undo takes it back.")


def _one_act(*said: bool) -> bool:
    """Say whether anything is to be noted.  Raises BadUse where it is two things at once."""
    if sum(said) > 1:
        raise BadUse(_("One at a time: --kind, --on, --no-day, --done or --drop."))
    return any(said)


def _talks(contact: Contact) -> Any:
    return contact.talks.filter(state="held").order_by("-ended_at", "-pk")


def _open(contact: Contact) -> list[Trial]:
    return list(contact.trials.filter(done_at=None, dropped_at=None).order_by("noted_at", "pk"))


def _meant(contact: Contact, text: str) -> Trial:
    """Give the open one that has this text in it, or is of this kind; or the only one."""
    wanted = text.casefold()
    found = [one for one in _open(contact) if wanted in f"{one.kind} {one.text}".casefold()]
    if not found:
        raise NotFound(_("Nothing like that with %(name)s is open.") % {"name": contact.name})
    if len(found) > 1:
        words = {"which": "; ".join(_what(_plain(one)) for one in found)}
        raise BadUse(_("Say which, by a word of it: %(which)s") % words)
    return found[0]


def _list_trials(desk: Desk, contact: Contact | None) -> None:
    from askwell.outreach.models import Trial

    rows = Trial.objects.for_owner(desk.owner).filter(dropped_at=None, contact__merged_into=None)
    rows = rows.filter(contact=contact) if contact else rows.filter(done_at=None)
    ordered = rows.select_related("contact").order_by("done_at", "on", "pk")
    desk.list([_plain(one) for one in ordered], _line, empty=_("Nothing to try out is noted."))


def _plain(row: Trial) -> dict[str, Any]:
    names = ("kind", "text", "on", "done_at", "outcome", "dropped_at")
    found = {name: getattr(row, name) for name in names}
    return {
        "trial": row.pk,
        "contact": row.contact_id,
        "person": row.contact.name,
        "talk": row.talk_id,
        **found,
    }


def _what(row: dict[str, Any]) -> str:
    return str(row["text"] or row["kind"])


def _line(row: dict[str, Any]) -> str:
    day = row["on"].isoformat() if row["on"] else _("no day yet")
    state = _("done") if row["done_at"] else day
    said = f"\n    {row['outcome']}" if row["outcome"] else ""
    return f"{row['person']}: {row['kind']}{', ' + row['text'] if row['text'] else ''} ({state}){said}"


def occupation(
    person: SomeoneOrAll = "",
    text: Annotated[str, typer.Argument(metavar="[WORK]", help="Which work: night nurse.")] = "",
    talk: Annotated[
        int, typer.Option("--talk", metavar="NUMBER", help="Which talk; left out, the latest held.")
    ] = 0,
    clear: Annotated[bool, typer.Option("--clear", help="About what they do now, as before.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Say which work a talk was about: by it, compare lays talks side by side.  Without more: lists them."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions, queries

    if clear and text:
        raise BadUse(_("--clear takes the work away: say none with it."))
    desk = sit_down(now=now, json=json)
    contact = desk.person(person) if person else None
    if contact is not None and (text.strip() or clear):
        actions.set_occupation(_talk(contact, talk), occupation=text, now=desk.now)
        said = _("Kept. askwell undo takes it back.")
        meant = _talk(contact, talk).pk
    elif talk or clear:
        raise BadUse(_("Say whose talk, and which work it was about."))
    else:
        said, meant = "", 0
    lines = queries.compare(desk.owner, now=desk.now).talks
    if meant:
        desk.answer(said, next(_of_talk(one) for one in lines if one.talk == meant))
        return
    shown = [_of_talk(one) for one in lines if contact is None or one.contact == contact.pk]
    desk.list(shown, partial(_about, desk), empty=_("No talk was held yet."))


def _talk(contact: Contact, number: int) -> Talk:
    rows = _talks(contact)
    found: Talk | None = (rows.filter(pk=number) if number else rows).first()
    if found is None:
        raise NotFound(_("No talk with %(name)s took place.") % {"name": contact.name})
    return found


def _of_talk(one: TalkLine) -> dict[str, Any]:
    names = ("talk", "contact", "at")
    row = {name: getattr(one, name) for name in names}
    return {**row, "person": one.name, "occupation": one.noted, "compared_as": one.subject}


def _about(desk: Desk, row: dict[str, Any]) -> str:
    work = row["occupation"] or row["compared_as"] or _("no work named")
    return f"{row['person']}, {desk.local(row['at'])}: {work}  [{row['talk']}]"
