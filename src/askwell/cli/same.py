"""``askwell same``: two entries that may be one person, to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json, Now
from askwell.cli.progress import FIRST_TIME, at_work
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.people.models import Review

_MOST = 1000  # pairs that are listed


def same_command(
    person: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="Part of a name, an e-mail address, or their number.")
    ] = "",
    other: Annotated[str, typer.Argument(metavar="[OTHER]", help="Who else it is.")] = "",
    apart: Annotated[bool, typer.Option("--apart", help="They are two people; nothing asks again.")] = False,
    look: Annotated[bool, typer.Option("--look", help="Look among everybody for who is here twice.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """List the pairs that may be one person, or decide one: OTHER is joined into PERSON.

    What a decision settles most stands first.  Everything of both is kept; askwell undo takes it back.
    """
    from askwell.cli.desk import sit_down
    from askwell.people import actions, queries
    from askwell.people.errors import CannotMerge

    if bool(person) != bool(other) or (apart and not other) or (look and person):
        raise BadUse(_("Name two people, or nobody for the list; --apart wants two, --look none."))
    desk = sit_down(now=now, json=json)
    if not person:
        if look:
            with at_work(FIRST_TIME):
                actions.look_for_pairs(desk.owner, now=desk.now)
        waiting = queries.open_reviews(desk.owner, size=_MOST).rows
        desk.list(map(_row, waiting), _line, empty=_("Every pair is decided."))
        return
    one, two = desk.person(person), desk.person(other)
    row: dict[str, Any] = {"contact": one.pk, "name": one.name, "other": two.pk, "other_name": two.name}
    try:
        if apart:
            actions.keep_apart_pair(one, two, now=desk.now)
        else:
            actions.merge_contacts(one, two, now=desk.now)
    except CannotMerge as error:
        raise BadUse(_REFUSED.get(error.reason, _("These two cannot be joined."))) from None
    sentence = _("%(name)s and %(other_name)s stay two people.") if apart else _("One person now: %(name)s.")
    sentence += " " + _("askwell undo takes it back.")
    desk.answer(sentence % row, {**row, "same": not apart})


_REFUSED = {
    "same": _("That is the same entry already."),
    "merged": _("One of the two was joined with somebody before."),
}


def _row(review: Review) -> dict[str, Any]:
    return {
        "contact": review.left_id,
        "name": review.left.name,
        "other": review.right_id,
        "other_name": review.right.name,
        "reason": review.reason,
        "detail": review.detail,
        "since": review.at,
    }


def _line(row: dict[str, Any]) -> str:
    said = " ".join((row["reason"], row["detail"])).replace("-", " ").strip()
    return f"#{row['contact']} {row['name']}, #{row['other']} {row['other_name']}: {said}"
