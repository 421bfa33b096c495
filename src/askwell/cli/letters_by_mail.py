"""Letters the connected mailbox sends, and what comes back: send, outbox, inbox, worker."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, Failure, NotFound
from askwell.cli.options import Because, Json, Now, Who
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.mailroom.models import Account, Arrival, Outgoing
    from askwell.outreach.models import Draft

_LISTED = 100
MEANINGS = "yes, no, later, redirected, named"


class Became(StrEnum):
    """What became of a letter of which nobody knows."""

    WENT = "went"
    AGAIN = "again"
    STAYS = "stays"


def send(
    person: Who,
    at: Annotated[str, typer.Option("--at", metavar="WHEN", help="When it goes, if not at once.")] = "",
    good_hour: Annotated[
        bool, typer.Option("--good-hour", help="At the next good hour where they are.")
    ] = False,
    by: Annotated[str, typer.Option("--from", metavar="ADDRESS", help="By this mailbox of yours.")] = "",
    because: Because = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Approve the newest draft to a person: your mailbox sends it, at its hour."""
    from askwell.cli.desk import sit_down
    from askwell.cli.letters import naming_faults
    from askwell.cli.refusals import with_reason
    from askwell.formats.eml import LetterError
    from askwell.outreach import actions

    if at and good_hour:
        raise BadUse(_("--at names an hour, --good-hour finds one: one of them."))
    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    draft = contact.drafts.filter(sent_at=None).order_by("-updated_at", "-pk").first()
    if draft is None:
        raise NotFound(_("There is no draft to %(name)s: askwell draft PERSON.") % {"name": contact.name})
    account = _account(desk, by)
    due = _good_hour(draft, desk) if good_hour else desk.when(at) if at else None
    try:
        row = naming_faults(
            draft,
            lambda: with_reason(
                because,
                lambda overrides: actions.queue_letter(
                    draft, account, due_at=due, overrides=overrides, now=desk.now
                ),
            ),
            now=desk.now,
        )
    except LetterError as error:
        raise Failure(_("It cannot be written out: %(why)s") % {"why": str(error)}) from error
    said = _("It goes to %(name)s from %(address)s on %(when)s, while askwell serve or askwell worker runs.")
    words = {"name": contact.name, "address": account.address, "when": desk.local(row.due_at)}
    desk.answer(said % words, _outgoing(row))


def _account(desk: Desk, address: str) -> Account:
    from askwell.mailroom.queries import senders

    found = [one for one in senders(desk.owner) if not address or one.address.lower() == address.lower()]
    if not found:
        raise NotFound(_("No mailbox of yours sends: askwell mail connect ADDRESS."))
    return found[0]


def _good_hour(draft: Draft, desk: Desk) -> Any:
    from askwell.outreach.letters import correspondence
    from askwell.rules.timing import next_good_hour

    about = correspondence(draft.contact, now=desk.now, outreach=draft.outreach, talk=draft.talk)
    return next_good_hour(desk.now, about.known.calendar, preset=about.around.preset)


def outbox(
    take_back: Annotated[
        int | None, typer.Option("--take-back", metavar="N", help="Take a letter back that waits.")
    ] = None,
    settle: Annotated[
        int | None, typer.Option("--settle", metavar="N", help="Say what became of one nobody knows of.")
    ] = None,
    it: Annotated[
        Became | None, typer.Option("--it", help="With --settle: went, again (send it again), stays.")
    ] = None,
    now: Now = "",
    json: Json = False,
) -> None:
    """List what goes out by your mailbox and where each letter stands."""
    from askwell.cli.desk import sit_down
    from askwell.mailroom.queries import came_back, outgoing
    from askwell.outreach import actions

    if (settle is None) != (it is None):
        raise BadUse(_("--settle N and --it went, again or stays go together."))
    desk = sit_down(now=now, json=json)
    if take_back is not None:
        row = actions.take_back_letter(_row(desk, take_back), now=desk.now)
        desk.answer(_("Taken back: it is a draft again."), _outgoing(row))
    elif settle is not None:
        row = actions.settle_letter(
            _row(desk, settle), went=it is Became.WENT, again=it is Became.AGAIN, now=desk.now
        )
        desk.answer(_("Noted."), _outgoing(row))
    else:
        found = outgoing(desk.owner)[:_LISTED]
        back = came_back(found)
        rows = [{**_outgoing(row), "came_back": row.pk in back} for row in found]
        desk.list(rows, lambda row: _line(desk, row), empty=_("Nothing has gone out by a mailbox yet."))


def _row(desk: Desk, number: int) -> Outgoing:
    from askwell.mailroom.models import Outgoing

    row: Outgoing | None = (
        Outgoing.objects.for_owner(desk.owner).select_related("contact").filter(pk=number).first()
    )
    if row is None:
        raise NotFound(_("There is no letter %(number)s in the outbox.") % {"number": number})
    return row


def _outgoing(row: Outgoing) -> dict[str, Any]:
    from askwell.mailroom.lifecycle import State

    return {
        "number": row.pk,
        "state": State(row.state).value,
        "to": row.recipient,
        "contact": row.contact_id,
        "name": row.contact.name if row.contact else "",
        "subject": row.subject,
        "from": row.account.address,
        "due_at": row.due_at,
        "dated": row.dated,
        "settled_by": row.settled_by,
        "message_id": row.message_id,
        "trouble": row.trouble,
    }


def _line(desk: Desk, row: dict[str, Any]) -> str:
    from askwell.mailroom.lifecycle import State

    moment = desk.local(row["dated"] or row["due_at"])
    trouble = ""
    if row["trouble"] and row["state"] != State.SENT:
        trouble = "  ({})".format(row["trouble"].get("said") or row["trouble"].get("code", ""))
    who = row["name"] or row["to"]
    stands = _("came back") if row["came_back"] else State(row["state"]).label
    return f"[{row['number']}] {stands}  {moment}  {who}: {row['subject']}{trouble}"


def inbox(
    check: Annotated[bool, typer.Option("--check", help="Look into the mailboxes first.")] = False,
    confirm: Annotated[
        int | None, typer.Option("--confirm", metavar="N", help="Agree to a reading of answer N.")
    ] = None,
    reading: Annotated[
        int | None,
        typer.Option("--reading", metavar="K", help="Which reading, where there are several.", min=0),
    ] = None,
    says: Annotated[
        str, typer.Option("--says", metavar="WHAT", help=f"What it says instead: {MEANINGS}.")
    ] = "",
    until: Annotated[str, typer.Option(metavar="WHEN", help="--says later: until when.")] = "",
    name: Annotated[str, typer.Option(help="--says redirected or named: whom they named.")] = "",
    email: Annotated[str, typer.Option(help="The address of whom they named.")] = "",
    aside: Annotated[
        int | None, typer.Option("--aside", metavar="N", help="None of the readings of answer N.")
    ] = None,
    now: Now = "",
    json: Json = False,
) -> None:
    """List what came in and waits for your word: each answer, and how it may be read."""
    from askwell.cli.desk import sit_down
    from askwell.mailroom.models import ArrivalState
    from askwell.mailroom.queries import arrivals
    from askwell.outreach.actions import arrivals as acts

    desk = sit_down(now=now, json=json)
    if check:
        _look(desk)
    if confirm is not None:
        row = _arrival(desk, confirm)
        if says:
            found = acts.read_by_hand(
                row,
                _meaning(says),
                until=desk.when(until) if until else None,
                name=name,
                email=email,
                now=desk.now,
            )
        else:
            number = _which(row, reading)
            says = row.reading["suggestions"][number]["kind"]
            found = acts.confirm(row, number, now=desk.now)
        desk.answer(_agreed(found, says), _came(found))
    elif aside is not None:
        found = acts.put_aside(_arrival(desk, aside), now=desk.now)
        desk.answer(_("It stays with them as an answer."), _came(found))
    else:
        rows = [_came(row) for row in arrivals(desk.owner, ArrivalState.OPEN)[:_LISTED]]
        desk.list(rows, lambda row: _shown(desk, row), empty=_("Nothing waits for your word."))


def _meaning(says: str) -> str:
    if says not in MEANINGS.split(", "):
        raise BadUse(_("%(what)s is no answer; it is one of %(all)s.") % {"what": says, "all": MEANINGS})
    return says


def _which(row: Arrival, reading: int | None) -> int:
    """Give the reading meant: the only one there is, where none is named."""
    from askwell.outreach.actions.arrivals import open_readings

    found = open_readings(row)
    if reading in found:
        return reading
    if reading is None and len(found) == 1:
        return found[0]
    ways = [f"--reading {number}" for number in found]
    told = {"number": row.pk, "ways": _(" or ").join([*ways, f"--says ({MEANINGS})"])}
    raise BadUse(_("Say how answer %(number)s is to be read: %(ways)s.") % told)


def _agreed(row: Arrival, says: str) -> str:
    if says in {"yes", "times"} and row.contact:
        return _("Noted. Agree on a time: askwell schedule %(name)s WHEN.") % {
            "name": quote(row.contact.name)
        }
    return _("Noted.")


def _look(desk: Desk) -> None:
    """Look into every mailbox now; what is wrong with one is told, and stops nothing."""
    from askwell.cli.progress import at_work
    from askwell.mailroom import inbox as mailboxes
    from askwell.mailroom.models import Account
    from askwell.outreach.actions.arrivals import is_of_ours, take_in_new

    with at_work(_("Looking into your mail...")):
        mailboxes.make_due(desk.owner)
        for account in Account.objects.for_owner(desk.owner).exclude(imap_host=""):
            if mailboxes.claim(account, now=desk.now):
                mailboxes.poll(account, is_of_ours, now=desk.now)
        take_in_new(owner=desk.owner, now=desk.now)
    for account in Account.objects.for_owner(desk.owner).exclude(trouble={}):
        from askwell.mailroom.saying import of_trouble

        if not desk.json:
            print(f"{account.address}: {of_trouble(account.trouble)}")


def _arrival(desk: Desk, number: int) -> Arrival:
    from askwell.mailroom.models import Arrival

    rows = Arrival.objects.for_owner(desk.owner).select_related("contact", "answers")
    found: Arrival | None = rows.filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no answer %(number)s.") % {"number": number})
    return found


def _came(row: Arrival) -> dict[str, Any]:
    from askwell.outreach.actions.arrivals import open_readings

    found = row.reading.get("suggestions", ())
    return {
        "number": row.pk,
        "state": row.state,
        "kind": row.kind,
        "contact": row.contact_id,
        "name": row.contact.name if row.contact else row.sender_name,
        "from": row.sender,
        "at": row.at,
        "subject": row.subject,
        "text": row.text,
        "readings": [{"reading": number, **found[number]} for number in open_readings(row)],
    }


def _shown(desk: Desk, row: dict[str, Any]) -> str:
    lines = [f"[{row['number']}] {desk.local(row['at'])}  {row['name']}: {row['subject']}"]
    lines += [f"      {line}" for line in row["text"].splitlines()[:8]]
    for each in row["readings"]:
        value = each.get("value", {})
        found = [part for part in value.values() if part and isinstance(part, str)]
        found += [f"{datetime.fromisoformat(at):%a %d %b %Y %H:%M}" for at in value.get("times", ())]
        said = ", ".join((each["kind"].replace("_", " "), *found))
        quoted = f" “{each['sentence']}”" if each.get("sentence") else ""
        lines.append(f"   {each['reading']}: {said}{quoted}")
    return "\n".join(lines)


def worker(
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, and end.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Send what is due, look into your mail, do what waits; until Ctrl-C.

    --now and --json go with --once.
    """
    from askwell.cli.desk import sit_down

    if (now or json) and not once:
        raise BadUse(_("--now and --json go with --once."))
    desk = sit_down(now=now, json=json)
    from django.core.management import call_command

    from askwell.outreach.mail_round import once as do_once

    if not once:
        call_command("worker")
        return
    sent, kept = do_once(lambda: desk.now)
    letters = _n("%(count)s letter sent.", "%(count)s letters sent.", sent)
    messages = _n("%(count)s message kept.", "%(count)s messages kept.", kept)
    desk.answer(f"{letters}\n{messages}", {"sent": sent, "kept": kept})
