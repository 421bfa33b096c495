"""The talk, and after: schedule, held, thank, promise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import At, Because, ChannelOption, Json, Now, Who
from askwell.cli.words import _
from askwell.rules.facts import Channel
from askwell.rules.reflection import QUESTIONS

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.mailroom.models import Account, Outgoing
    from askwell.outreach.models import Talk
    from askwell.people.models import Contact


def schedule(
    person: Who,
    when: Annotated[
        str, typer.Argument(metavar="[WHEN]", help="When it starts: 2026-12-01 15:00, friday 10:30.")
    ] = "",
    minutes: Annotated[int, typer.Option(min=5, max=240, help="How long.")] = 20,
    zone: Annotated[str, typer.Option(help="Their zone: Europe/Berlin.  WHEN is read in it.")] = "",
    channel: ChannelOption = Channel.PHONE,
    where: Annotated[str, typer.Option(help="Number, link or place.")] = "",
    ics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the calendar entry here; - prints it.")
    ] = None,
    by_them: Annotated[bool, typer.Option("--by-them", help="They asked for the change.")] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="Call it off.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="You confirmed it, the day before.")] = False,
    invite: Annotated[
        bool, typer.Option("--invite", help="Let your mailbox send them the invitation, or the change.")
    ] = False,
    because: Because = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Set the time of a talk, move it, confirm it or call it off; --ics writes the calendar entry."""
    from askwell.cli.desk import sit_down
    from askwell.cli.refusals import with_reason
    from askwell.cli.reminding import mailbox
    from askwell.people.journal import as_one

    if cancel and (confirm or when):
        raise BadUse(_("--cancel calls it off: say neither WHEN nor --confirm with it."))
    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    talk = _booked(contact)
    starts = _starts(desk, when, zone) if when else None
    details = {"minutes": minutes, "channel": channel, "where": where}

    def act(overrides: dict[str, str] | None) -> Talk:
        from askwell.outreach import actions

        if cancel:
            return actions.cancel_talk(
                _needed(talk, contact), by_them=by_them, now=desk.now, overrides=overrides
            )
        if confirm or (starts is None and (ics or invite)):
            booked = _needed(talk, contact)
            return actions.confirm_talk(booked, now=desk.now) if confirm else booked
        if starts is None:
            raise BadUse(_("Say when: askwell schedule PERSON “friday 15:00”."))
        if talk:
            return actions.move_talk(
                talk, starts_at=starts, now=desk.now, by_them=by_them, overrides=overrides, **_given(details)
            )
        return _book(contact, desk, overrides, {**details, "starts_at": starts, "zone": zone})

    hint = _late(desk, talk) if talk and (cancel or starts) and not by_them else ""
    account = mailbox(desk) if invite else None
    with as_one(desk.owner, named_by_first=True):
        booked = with_reason(because, act)
        sent = _invite(booked, account, desk) if account else None
    _write_ics(booked, ics, desk)
    if str(ics) != "-":
        _answer(desk, booked, hint, sent)


def _invite(talk: Talk, account: Account, desk: Desk) -> Outgoing:
    from askwell.cli.failures import Failure
    from askwell.formats.eml import LetterError
    from askwell.outreach import actions

    try:
        return actions.queue_invitation(talk, account, now=desk.now)
    except LetterError as error:
        raise Failure(str(error)) from error


def _late(desk: Desk, talk: Talk) -> str:
    """Say that it is late to call it off or to move it; nothing while it is early enough."""
    from askwell.outreach import queries

    found = queries.late_to_cancel(talk, now=desk.now)
    return f"{found.rule}  {found.sentence}" if found else ""


def _given(details: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if value}


def _starts(desk: Desk, when: str, zone: str) -> Any:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from askwell.cli.dates import read_when

    try:
        ZoneInfo(zone or desk.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadUse(_("%(zone)s is no time zone; try Europe/Berlin.") % {"zone": zone}) from None
    return read_when(when, now=desk.now, zone=zone or desk.zone)


def _book(contact: Contact, desk: Desk, overrides: dict[str, str] | None, details: dict[str, Any]) -> Talk:
    from askwell.cli.letters import open_one
    from askwell.outreach import actions

    outreach = open_one(contact)
    if outreach is None:
        raise NotFound(_("Nothing is under way with %(name)s; write to them first.") % {"name": contact.name})
    return actions.schedule_talk(outreach, now=desk.now, overrides=overrides, **details)


def _booked(contact: Contact) -> Talk | None:
    found: Talk | None = contact.talks.filter(state="scheduled").order_by("starts_at").first()
    return found


def _needed(talk: Talk | None, contact: Contact) -> Talk:
    if talk is None:
        raise NotFound(_("No talk with %(name)s is booked.") % {"name": contact.name})
    return talk


def _write_ics(talk: Talk, path: Path | None, desk: Desk) -> None:
    if path is None:
        return
    from askwell.cli.files import write
    from askwell.outreach import actions

    write(path, [actions.talk_ics(talk, now=desk.now)])


def _answer(desk: Desk, talk: Talk, hint: str, sent: Outgoing | None) -> None:
    contact = talk.contact
    row = {
        "talk": talk.pk,
        "contact": contact.pk,
        "state": talk.state,
        "starts_at": talk.starts_at,
        "minutes": talk.minutes,
        "channel": talk.channel,
        "where": talk.where,
        "hint": hint,
        "invitation": sent.pk if sent else None,
    }
    after = f"\n{hint}" if hint else ""
    if sent:
        after += "\n" + _("It goes to %(address)s by your mailbox.") % {"address": sent.recipient}
    words = {"name": contact.name, "when": desk.local(talk.starts_at), "minutes": talk.minutes}
    if talk.state == "cancelled":
        desk.answer(_("The talk with %(name)s is called off.") % words + after, row)
    else:
        said = _("Talk with %(name)s: %(when)s, %(minutes)s minutes.") % words
        desk.answer(said + _theirs(desk, talk) + after, row)


def _theirs(desk: Desk, talk: Talk) -> str:
    """Say the time where they are, where that is another."""
    zone = talk.zone or desk.zone
    there = desk.local(talk.starts_at, zone)
    if there == desk.local(talk.starts_at):
        return ""
    return " " + _("For them: %(when)s (%(zone)s).") % {"when": there, "zone": zone}


def held(
    person: Who,
    at: Annotated[str, typer.Option("--at", metavar="WHEN", help="When it ended, if not as booked.")] = "",
    minutes: Annotated[int | None, typer.Option(min=1, max=600, help="How long it took.")] = None,
    notes: Annotated[str, typer.Option(help="What was said.")] = "",
    share: Annotated[
        int | None, typer.Option(min=0, max=100, help="Per cent of the talking they did.")
    ] = None,
    cool: Annotated[bool, typer.Option("--cool", help="It went coolly: ask for no names.")] = False,
    missed: Annotated[bool, typer.Option("--missed", help="It did not take place.")] = False,
    reflect: Annotated[
        list[str] | None,
        typer.Option(
            "--reflect", metavar="KEY=TEXT", help=f"An answer, as often as you like: {', '.join(QUESTIONS)}."
        ),
    ] = None,
    now: Now = "",
    json: Json = False,
) -> None:
    """Say that a talk took place, booked here or not, and keep what came of it."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions
    from askwell.people.journal import as_one

    answers = _pairs(reflect or [])
    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    talk = _booked(contact)
    given = {"minutes": minutes, "share_theirs": share, "cool": cool or None, "notes": notes or None}
    with as_one(desk.owner, named_by_first=True):
        if missed:
            talk = actions.record_missed(_needed(talk, contact), now=desk.now)
        elif talk or not (reflect and contact.talks.filter(state="held").exists()):
            ended = desk.when(at, past=True) if at else None
            talk = _took_place(desk, contact, talk, {**given, "ended_at": ended})
        elif notes:  # it is held already, and told more of
            talk = _latest(talk, contact)
            more = "\n".join(filter(None, (talk.notes, notes)))
            actions.save_notes(talk, notes=more, share_theirs=share, now=desk.now)
        if answers:
            talk = actions.reflect(_latest(talk, contact), answers=answers, now=desk.now)
    done = _latest(talk, contact)
    text = _("Missed. Agree on another time.") if missed else _after(done)
    row = {"talk": done.pk, "contact": contact.pk, "state": done.state, "ended_at": done.ended_at}
    desk.answer(text % {"name": contact.name}, row)


def _after(talk: Talk) -> str:
    if talk.thanked_at:
        return _("Noted about the talk with %(name)s. askwell undo takes it back.")
    return _("Noted. Thank %(name)s within a day: askwell thank.")


def _took_place(desk: Desk, contact: Contact, talk: Talk | None, given: dict[str, Any]) -> Talk:
    from askwell.outreach import actions

    if talk:
        return actions.record_held(talk, now=desk.now, **given)
    given["ended_at"] = given["ended_at"] or desk.now
    given["notes"] = given["notes"] or ""
    given["minutes"] = given["minutes"] or 20
    given["cool"] = bool(given["cool"])
    return actions.record_talk(contact, now=desk.now, **given)


def _latest(talk: Talk | None, contact: Contact) -> Talk:
    found = talk or contact.talks.filter(state="held").order_by("-ended_at").first()
    if found is None:
        raise NotFound(_("No talk with %(name)s took place.") % {"name": contact.name})
    return found


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    if any(not equals or key.strip() not in QUESTIONS for key, equals, _text in pairs):
        words = {"keys": ", ".join(QUESTIONS)}
        raise BadUse(
            _("--reflect takes KEY=TEXT, such as learnt=“They plan years ahead.”; KEY is %(keys)s.") % words
        )
    return {key.strip(): text.strip() for key, _equals, text in pairs}


def thank(
    person: Who,
    at: At = "",
    by_hand: Annotated[bool, typer.Option("--by-hand", help="A card, written by hand.")] = False,
    channel: ChannelOption = Channel.EMAIL,
    text: Annotated[str, typer.Option(help="What you wrote.")] = "",
    because: Because = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Say that you thanked a person, for their latest talk where there was one."""
    from askwell.cli.desk import sit_down
    from askwell.cli.refusals import with_reason
    from askwell.outreach import actions

    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    when = desk.when(at, past=True)
    details: dict[str, Any] = {"at": when, "by_hand": by_hand, "channel": channel, "body": text}
    touch = with_reason(
        because,
        lambda overrides: actions.record_thanks(contact, now=desk.now, overrides=overrides, **details),
    )
    row = {"touch": touch.pk, "contact": contact.pk, "talk": touch.talk_id, "at": touch.at}
    desk.answer(_("Thanked %(name)s. askwell undo takes it back.") % {"name": contact.name}, row)


def promise(
    person: Who,
    text: Annotated[str, typer.Argument(help="What was promised: send her the report.")],
    theirs: Annotated[bool, typer.Option("--theirs", help="They promised it.")] = False,
    due: Annotated[str, typer.Option(metavar="WHEN", help="By when.")] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Keep a promise in mind: yours becomes a step, theirs is waited for."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions

    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    by = desk.when(due, hour=17) if due else None
    made = actions.make_promise(contact, text=text, mine=not theirs, due=by, now=desk.now)
    row = {"promise": made.pk, "contact": contact.pk, "mine": made.mine, "text": made.text, "due": made.due}
    desk.answer(_("Kept in mind: %(text)s") % {"text": text}, row)
