"""Names people gave, who led to whom, and two people brought together."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import At, Because, Json, LeaveOption, Now, Who
from askwell.cli.words import _
from askwell.rules.facts import Leave
from askwell.rules.offers import OfferStage, Side

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Introduction, IntroductionOffer
    from askwell.outreach.queries.offers import OfferLine
    from askwell.outreach.queries.referrals import Referral
    from askwell.people.models import Contact
    from askwell.rules.letters.facts import Draft

_INDENT = "  "


def introductions(
    tree: Annotated[
        bool, typer.Option("--tree", help="Who led to whom, from the people you began with.")
    ] = False,
    offers: Annotated[bool, typer.Option("--offers", help="The introductions you make yourself.")] = False,
    since: Annotated[
        str, typer.Option("--since", metavar="WHEN", help="With --tree: only names given since then.")
    ] = "",
    still_open: Annotated[
        bool, typer.Option("--open", help="With --tree: only where something is still open.")
    ] = False,
    find: Annotated[
        str, typer.Option("--find", metavar="NAME", help="With --tree: mark who answers to it.")
    ] = "",
    number: Annotated[
        int, typer.Option("--number", metavar="N", help="The name given that --leave is about.", min=0)
    ] = 0,
    leave: LeaveOption = Leave.UNASKED,
    now: Now = "",
    json: Json = False,
) -> None:
    """List the names people gave you, newest first; --number N --leave given says that you may use theirs."""
    from askwell.cli.desk import sit_down

    desk = sit_down(now=now, json=json)
    if (since or still_open or find) and not tree:
        raise BadUse(_("--since, --open and --find go with --tree."))
    if number:
        _set_leave(desk, number, leave)
    elif tree:
        _tree(desk, since=since, still_open=still_open, find=find)
    elif offers:
        _offers(desk)
    else:
        _names(desk)


def _names(desk: Desk) -> None:
    from askwell.outreach import queries

    rows = map(_name_row, queries.introductions(desk.owner))
    desk.list(
        rows, _name_line, empty=_("Nobody has given you a name yet. At the end of a good talk, ask for one.")
    )


def _set_leave(desk: Desk, number: int, leave: Leave) -> None:
    from askwell.outreach import actions
    from askwell.outreach.models import Introduction

    rows = Introduction.objects.for_owner(desk.owner).select_related("giver", "about", "owner")
    named = rows.filter(pk=number).first()
    if named is None:
        raise NotFound(_("There is no name given with the number %(number)s.") % {"number": number})
    actions.set_leave(named, leave=leave, now=desk.now)
    desk.answer(_("Noted. askwell undo takes it back."), _name_row(named))


def _name_row(one: Introduction) -> dict[str, Any]:
    return {
        "introduction": one.pk,
        "giver": one.giver_id,
        "giver_name": one.giver.name,
        "contact": one.about_id,
        "name": one.name,
        "detail": one.detail,
        "leave": one.leave,
        "given_at": one.given_at,
    }


def _name_line(row: dict[str, Any]) -> str:
    words = {
        "name": row["name"],
        "giver": row["giver_name"],
        "leave": _leave(Leave(row["leave"])),
        "number": row["introduction"],
    }
    return _("%(name)s, through %(giver)s: %(leave)s  [%(number)s]") % words


def _leave(leave: Leave) -> str:
    return {
        Leave.UNASKED: _("not asked yet whether you may use their name"),
        Leave.ASKED: _("asked whether you may use their name"),
        Leave.GIVEN: _("you may use their name"),
        Leave.REFUSED: _("you may not use their name"),
    }[leave]


def _tree(desk: Desk, *, since: str, still_open: bool, find: str) -> None:
    from askwell.outreach.queries.referrals import referrals

    day = desk.when(since, past=True, hour=0) if since else None
    found = referrals(desk.owner, since=day, still_open=still_open, find=find)
    people, marked = found.people, set(found.found)
    rows = (_tree_row(one, people[one.parent].name if one.parent is not None else "") for one in people)
    marks = iter(range(len(people)))
    desk.list(
        ({**row, "found": next(marks) in marked} for row in rows),
        _tree_line,
        empty=_(
            "Nothing has grown yet. Note a name somebody gave you: askwell reply PERSON named --name NAME."
        ),
    )


def _tree_row(one: Referral, through: str) -> dict[str, Any]:
    brought = one.brought
    return {
        "contact": one.contact,
        "name": one.name,
        "depth": one.depth,
        "through": through or None,
        "also_through": list(one.also),
        "state": one.place.value,
        "given_at": one.at,
        "people": brought.people,
        "talks": brought.talks,
        "advice": brought.advice,
        "leads": brought.leads,
        "introductions": brought.introductions,
        "said": one.said,
    }


def _tree_line(row: dict[str, Any]) -> str:
    from askwell.outreach.queries.referrals import PLACES
    from askwell.rules.referrals import Place

    mark = "> " if row["found"] else ""
    parts = [str(PLACES[Place(row["state"])])]
    if row["also_through"]:
        parts.append(_("also named by %(names)s") % {"names": ", ".join(row["also_through"])})
    if row["said"]:
        parts.append(row["said"])
    return f"{_INDENT * row['depth']}{mark}{row['name']}: {'; '.join(parts)}"


# --- two people brought together


class Said(StrEnum):
    """What became of it."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"
    MADE = "made"
    DROP = "drop"


def introduce(
    person: Who,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Whom to introduce them to.")],
    said: Annotated[
        Said | None,
        typer.Argument(
            metavar="[WHAT]",
            help="asked: you asked PERSON; yes, no: their answer; made: you wrote to both; drop: let it be.",
        ),
    ] = None,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why these two, in a sentence.")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="For the letter to both.")] = "",
    about: Annotated[
        str,
        typer.Option(
            "--about", metavar="TEXT", help="Tell PERSON of the other, without the name: plans night shifts."
        ),
    ] = "",
    name_them: Annotated[
        bool, typer.Option("--name", help="Let the letter to PERSON say who it is.")
    ] = False,
    at: At = "",
    because: Because = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Introduce two people: ask PERSON, ask OTHER (the other way round); after two yeses, write to both."""
    from askwell.cli.desk import sit_down
    from askwell.outreach.queries.offers import offer_line

    desk = sit_down(now=now, json=json)
    to, whom = desk.person(person), desk.person(other)
    offer = _kept(desk, to, whom, why=why, note=note, begin=said is None)
    side = Side.LEFT if offer.left_id == to.pk else Side.RIGHT
    if said is not None:
        _record(desk, offer, side, said, at=at, because=because)
    letter = _letter(desk, offer, side, about=about, named=name_them) if said is None else None
    line = offer_line(offer)
    shown = [f"{_('Subject:')} {letter.subject}", "", letter.body] if letter else []
    desk.answer("\n".join([*shown, line.sentence]), _offer_row(line, letter))


def _kept(desk: Desk, to: Contact, whom: Contact, *, why: str, note: str, begin: bool) -> IntroductionOffer:
    """The introduction of these two in the making, begun where it is not; with its words."""
    from askwell.outreach import actions

    offer = actions.going_offer(to, whom)
    if offer is None and not begin:
        names = {"left": to.name, "right": whom.name}
        raise NotFound(
            _("You are not introducing %(left)s and %(right)s: askwell introduce begins it.") % names
        )
    if offer is None:
        offer = actions.begin_offer(to, whom, why=why, now=desk.now)
    elif why:
        actions.change_offer(offer, why=why, now=desk.now)
    if note:
        actions.change_offer(offer, note=note, now=desk.now)
    return offer


def _record(desk: Desk, offer: IntroductionOffer, side: Side, said: Said, *, at: str, because: str) -> None:
    from askwell.cli.refusals import with_reason
    from askwell.outreach import actions

    when = desk.when(at, past=True)
    if said is Said.ASKED:
        with_reason(
            because,
            lambda given: actions.record_offer_asked(offer, side, at=when, overrides=given, now=desk.now),
        )
    elif said is Said.MADE:
        with_reason(
            because, lambda given: actions.record_introduced(offer, at=when, overrides=given, now=desk.now)
        )
    elif said is Said.DROP:
        actions.drop_offer(offer, now=desk.now)
    else:
        actions.record_offer_answer(offer, side, yes=said is Said.YES, at=when, now=desk.now)


def _letter(desk: Desk, offer: IntroductionOffer, side: Side, *, about: str, named: bool) -> Draft | None:
    """The letter that is next: to both after two yeses, else the one that asks PERSON."""
    from askwell.outreach.queries import offers as query

    line = query.offer_line(offer)
    if line.stage is OfferStage.AGREED:
        return query.letter_to_both(offer, now=desk.now)
    mine = next(each for each in line.sides if each.side is side)
    if not mine.may_ask:
        return None
    return query.asking_letter(offer, side, about=about or None, named=named, now=desk.now)


def _offers(desk: Desk) -> None:
    from askwell.outreach.queries.offers import offer_line, offers

    rows = (_offer_row(offer_line(one)) for one in offers(desk.owner))
    desk.list(
        rows,
        lambda row: f"{row['left_name']}, {row['right_name']}: {row['sentence']}",
        empty=_("You are introducing nobody: askwell introduce PERSON OTHER."),
    )


def _offer_row(line: OfferLine, letter: Draft | None = None) -> dict[str, Any]:
    offer = line.offer
    row = {
        "offer": offer.pk,
        "stage": line.stage.value,
        "sentence": line.sentence,
        "left": offer.left_id,
        "left_name": offer.left.name,
        "left_says": offer.left_says,
        "right": offer.right_id,
        "right_name": offer.right.name,
        "right_says": offer.right_says,
        "why": offer.why,
        "begun_at": offer.begun_at,
        "made_at": offer.made_at,
        "dropped_at": offer.dropped_at,
    }
    return {**row, "subject": letter.subject, "body": letter.body} if letter else row
