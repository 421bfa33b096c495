"""Asking, and what comes back: draft, sent, reply."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, Failure, NotFound
from askwell.cli.options import (
    At,
    Because,
    ChannelOption,
    ConnectedBy,
    Json,
    LeaveOption,
    ModeOption,
    Now,
    OccasionOption,
    PurposeOption,
    Who,
)
from askwell.cli.words import _
from askwell.rules.facts import Channel, Connection, Leave, Mode, Purpose, State
from askwell.rules.modes import OPENING_MODES, TALK_OCCASIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from askwell.cli.desk import Desk
    from askwell.outreach.kept_files import FileGone
    from askwell.outreach.models import Draft, Outreach, Talk
    from askwell.outreach.queries.lines import ReasonLine
    from askwell.people.models import Contact
    from askwell.rules.lint import Finding


# Facts about the seeker that a letter may lack, and how to say them once for all.
OF_ONESELF = {
    "seeker": "Your name is not known here, so the letter ends without it: askwell me --name “…”",
    "who": "The letter cannot say who you are: askwell me --who “I am …”",
}

REFERRED = _("Who named them to you is known from the name given (askwell introductions); leave it out.")
LEFT_OUT = "The letter leaves out “%(what)s”. Say what it is: --connected-by school, employer, met_at, ..."


def draft(
    person: Who,
    mode: ModeOption = None,
    occasion: OccasionOption = None,
    purpose: PurposeOption = Purpose.EXPLORE,
    channel: ChannelOption = Channel.EMAIL,
    variant: Annotated[int, typer.Option(min=0, max=9, help="Other words for the same.")] = 0,
    hook: Annotated[str, typer.Option(help="One thing you found out about them.")] = "",
    connection: Annotated[
        str, typer.Option(help="What connects you: the school, the event, the article.")
    ] = "",
    connected_by: ConnectedBy = None,
    introduce_to: Annotated[
        str, typer.Option(metavar="NAME", help="Whom they may introduce you to (--mode intro_request).")
    ] = "",
    to_ask: Annotated[
        str, typer.Option(metavar="TEXT", help="What you would ask that person: how her team plans nights.")
    ] = "",
    eml: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as a file your mail program opens; - prints it."),
    ] = None,
    because: Because = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Write a draft from what is known, keep it, and print it with what the rules find in it."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions, queries
    from askwell.outreach.lead_letters import MODES as LEAD_MODES
    from askwell.outreach.lead_letters import lead_meant
    from askwell.people.journal import as_one

    if connected_by is Connection.REFERRER:
        raise BadUse(REFERRED)
    given = {"introduce_to": introduce_to.strip(), "introduce_why": to_ask.strip()}
    if any(given.values()):
        mode = mode or Mode.INTRO_REQUEST
        if mode is not Mode.INTRO_REQUEST:
            raise BadUse(_("--introduce-to and --to-ask go with --mode intro_request."))
    if occasion:
        goes_with = LEAD_MODES.get(occasion, Mode.CHECK_IN)
        mode = mode or goes_with
        if mode is not goes_with:
            words = {"occasion": occasion.value, "mode": goes_with.value}
            raise BadUse(_("--occasion %(occasion)s goes with --mode %(mode)s.") % words)
    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    if occasion in LEAD_MODES and lead_meant(contact, occasion) is None:
        raise NotFound(_("No lead from %(name)s waits for that letter.") % {"name": contact.name})
    with as_one(desk.owner):
        chosen = mode or _mode_now(contact)
        hints = queries.load(desk.owner, now=desk.now) if _begins(contact, chosen) else ()
        outreach = _asked_with(desk, contact, chosen, purpose, because)
        if outreach and (hook or connection or connected_by):
            outreach = actions.save_homework(
                outreach,
                hook=hook or None,
                connection=connection or None,
                connection_kind=connected_by or None,
                now=desk.now,
            )
        made = actions.new_draft(
            contact,
            mode=chosen,
            channel=channel,
            outreach=outreach,
            variant=variant,
            given=given,
            occasion=occasion or "",
            talk=booked_talk(contact) if occasion in TALK_OCCASIONS else None,
            now=desk.now,
        )
        gone = _write_eml(desk, made, eml)
    if str(eml) != "-" or gone:
        _show_draft(desk, made, given, hints)
    if gone:
        raise gone


def _begins(contact: Contact, mode: Mode) -> bool:
    """Say whether a letter of this mode begins an outreach: one more who is asked."""
    return mode in OPENING_MODES and open_one(contact) is None


def _asked_with(desk: Desk, contact: Contact, mode: Mode, purpose: Purpose, because: str) -> Outreach | None:
    """Give the outreach the letter goes with, opened where it is the first ask."""
    from askwell.cli.refusals import with_reason
    from askwell.outreach import actions

    if mode is Mode.INTRO_REQUEST:  # about someone else
        return None
    outreach = open_one(contact)
    if outreach or mode not in OPENING_MODES:
        return outreach
    return with_reason(
        because,
        lambda overrides: actions.open_outreach(
            contact, purpose=purpose, mode=mode, now=desk.now, overrides=overrides
        ),
    )


def _write_eml(desk: Desk, made: Draft, target: Path | None) -> FileGone | None:
    """Write the letter for a mail program; nothing is kept of it where it cannot be written.

    Gives the error where the file that goes with it is gone: the letter itself stays.
    """
    if target is None:
        return None
    from askwell.cli.files import write
    from askwell.formats.eml import LetterError
    from askwell.outreach.kept_files import FileGone
    from askwell.outreach.letter_files import address_of, as_eml

    if not address_of(made.contact):
        raise Failure(_("No e-mail of %(name)s is known.") % {"name": made.contact.name})
    try:
        letter = as_eml(made, now=desk.now)
    except FileGone as gone:
        return gone
    except LetterError as error:
        words = {"name": made.contact.name, "why": error}
        raise Failure(_("There is no file for a letter to %(name)s (%(why)s).") % words) from error
    write(target, [letter])
    return None


def _show_draft(desk: Desk, made: Draft, given: dict[str, str], hints: Iterable[ReasonLine]) -> None:
    from askwell.cli.desk import plain
    from askwell.outreach.letters import correspondence, lint_whole, missing_facts

    text = f"Subject: {made.subject}\n\n{made.body}" if made.subject else made.body
    about = correspondence(made.contact, now=desk.now, outreach=made.outreach, talk=made.talk)
    found = lint_whole(about, text, mode=Mode(made.mode), channel=Channel(made.channel))
    findings = [_finding(one) for one in found]
    missing = missing_facts(made, now=desk.now, given=given)
    row = {"draft": made.pk, "contact": made.contact_id, "mode": made.mode, "channel": made.channel}
    lines = [text, ""]
    lines += ["{line}:{col} {code} {message}".format(**one) for one in findings]
    lines += [_(hint) for fact, hint in OF_ONESELF.items() if fact in missing]
    if "connection" in missing and made.outreach and made.outreach.connection:
        lines.append(_(LEFT_OUT) % {"what": made.outreach.connection})
    lines += [f"{hint.rule}  {hint.sentence}" for hint in hints]
    desk.answer(
        "\n".join(lines).rstrip(),
        {
            **row,
            "subject": made.subject,
            "body": made.body,
            "findings": findings,
            "missing": missing,
            "hints": [plain(hint) for hint in hints],
        },
    )


def _finding(found: Finding) -> dict[str, Any]:
    from django.utils.translation import gettext

    from askwell.rules.lint import explain

    names = ("line", "col", "length", "code")
    row = {name: getattr(found, name) for name in names}
    return {**row, "severity": found.severity.value, "message": explain(found, gettext)}


def open_one(contact: Contact) -> Outreach | None:
    """Give the outreach under way with someone, the newest where there are several."""
    over = [State.WITHDRAWN, State.DECLINED, State.CLOSED_NO_REPLY, State.DO_NOT_CONTACT]
    found: Outreach | None = contact.outreaches.exclude(state__in=over).order_by("-opened_at", "-pk").first()
    return found


def booked_talk(contact: Contact) -> Talk:
    """Give the next talk booked with someone.  Raises NotFound."""
    found: Talk | None = contact.talks.filter(state="scheduled").order_by("starts_at").first()
    if found is None:
        raise NotFound(_("No talk with %(name)s is booked.") % {"name": contact.name})
    return found


def _mode_now(contact: Contact) -> Mode:
    """Give the mode that follows from where things stand."""
    outreach = open_one(contact)
    if outreach is None or outreach.state in {State.PLANNED, State.READY}:
        return Mode(outreach.mode) if outreach else Mode.INFORMATIONAL
    if outreach.state == State.AWAITING_REPLY:
        return Mode.FOLLOW_UP
    return Mode.THANKS if outreach.state == State.HELD else Mode.CHECK_IN


def sent(
    person: Who,
    mode: ModeOption = None,
    answer: Annotated[bool, typer.Option("--answer", help="You answered what they wrote.")] = False,
    purpose: PurposeOption = Purpose.EXPLORE,
    channel: ChannelOption = Channel.EMAIL,
    at: At = "",
    subject: Annotated[str, typer.Option(help="The subject you wrote.")] = "",
    text: Annotated[str, typer.Option(help="The message; - reads it from standard input.")] = "",
    because: Because = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Say that you sent a message or called.  Your newest draft to them counts as what you sent."""
    from askwell.cli.desk import sit_down

    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    when = desk.when(at, past=True)
    body = sys.stdin.read() if text == "-" else text
    if answer:
        from askwell.outreach import actions

        touch = actions.record_answer(contact, at=when, now=desk.now, channel=channel, body=body)
    else:
        touch = _record(
            desk,
            contact,
            because,
            purpose,
            {"mode": mode, "channel": channel, "at": when, "subject": subject, "body": body},
        )
    text = _("Sent to %(name)s on %(when)s. askwell undo takes it back.")
    row = {
        "touch": touch.pk,
        "contact": contact.pk,
        "mode": touch.mode,
        "channel": touch.channel,
        "at": touch.at,
    }
    desk.answer(text % {"name": contact.name, "when": desk.local(touch.at)}, row)


def _record(desk: Desk, contact: Contact, because: str, purpose: str, values: dict[str, Any]) -> Any:
    """Record a message; opens the outreach where this is the first ask."""
    from askwell.cli.refusals import with_reason
    from askwell.outreach import actions

    unsent = contact.drafts.filter(sent_at=None).order_by("-updated_at", "-pk").first()
    mode = values["mode"] or (Mode(unsent.mode) if unsent else _mode_now(contact))
    values = {**values, "mode": mode, "draft": unsent if unsent and unsent.mode == mode else None}
    outreach = open_one(contact)

    def act(overrides: dict[str, str] | None) -> Any:
        from askwell.people.journal import as_one

        with as_one(desk.owner):
            here = outreach
            if here is None and mode in OPENING_MODES:
                here = actions.open_outreach(
                    contact, purpose=purpose, mode=mode, now=desk.now, overrides=overrides
                )
            return actions.record_sent(contact, outreach=here, now=desk.now, overrides=overrides, **values)

    return naming_faults(values["draft"], lambda: with_reason(because, act), now=desk.now)


def naming_faults(draft: Draft | None, act: Callable[[], Any], *, now: datetime) -> Any:
    """Do it; where the draft has things to mend, say with the refusal which they are."""
    from askwell.outreach.errors import Refused
    from askwell.outreach.letters import correspondence, lint_letter
    from askwell.rules.lint import Severity

    try:
        return act()
    except Refused as refused:
        if draft is None or all(one.reason.rule != "M00" for one in refused.decision.refusals):
            raise
        about = correspondence(draft.contact, now=now, outreach=draft.outreach, talk=draft.talk)
        found = lint_letter(
            about,
            mode=Mode(draft.mode),
            channel=Channel(draft.channel),
            subject=draft.subject,
            body=draft.body,
        )
        for one in found:
            if one.severity is Severity.ERROR:
                refused.add_note("       {code} {message}".format(**_finding(one)))
        raise


REPLIES = "yes, no, later, away, bounced, redirected, named, replied or answered"


def reply(
    person: Who,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=f"{REPLIES}.")],
    at: At = "",
    until: Annotated[str, typer.Option(metavar="WHEN", help="later, away: until when.")] = "",
    name: Annotated[str, typer.Option(help="redirected, named: whom they named.")] = "",
    email: Annotated[str, typer.Option(help="The address of whom they named.")] = "",
    leave: LeaveOption = Leave.UNASKED,
    channel: ChannelOption = Channel.EMAIL,
    text: Annotated[str, typer.Option(help="What they wrote; - reads it from standard input.")] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Log what came back: yes, no, later, away, bounced, redirected, named, replied, answered."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions

    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    if what not in list(actions.Answer):
        raise BadUse(_("%(what)s is no answer; it is one of %(all)s.") % {"what": what, "all": REPLIES})
    touch = actions.record_reply(
        contact,
        what=what,
        at=desk.when(at, past=True),
        now=desk.now,
        channel=channel,
        text=sys.stdin.read() if text == "-" else text,
        until=desk.when(until) if until else None,
        name=name,
        email=email,
        leave=leave,
    )
    outreach = open_one(contact)
    row = {"touch": touch.pk, "contact": contact.pk, "what": what, "at": touch.at}
    row["state"] = outreach.state if outreach else None
    said = _("Noted: %(name)s, %(what)s. askwell undo takes it back.") % {"name": contact.name, "what": what}
    desk.answer(said, row)
