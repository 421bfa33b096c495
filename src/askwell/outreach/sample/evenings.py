"""Where the seeker of the sample goes out: four places, an evening to plan for, two that were."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.outreach.models import Community, Encounter, NetworkingEvent
from askwell.outreach.sample import belongings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from askwell.outreach.sample.network import Cast
    from askwell.people.models import Contact

MET_LATELY, MET_BEFORE = 2, 4  # people met at the last evening, and at the one before


def gatherings(cast: Cast, met: Sequence[Contact]) -> None:
    """Four places, an evening ahead, yesterday's with letters to write, one of six weeks ago, one missed."""
    association, group, _conference, alumni = _places(cast)
    _ahead(cast, association)
    past = cast.ago(1.1).replace(minute=0)
    _evening(cast, "Hospital Operations Meetup", past, community=group, plan=belongings.EVENING_PLAN)
    lately = cast.rows[NetworkingEvent][-1]
    for contact, said, cards in zip(met, belongings.SAID_THERE, _CARDS, strict=False):
        _met(cast, lately, contact, said, cards=cards)
    before = cast.ago(43).replace(hour=23, minute=0)
    notes = "Came early, which was easier. Left after the second round."
    _evening(cast, "Supply Chain Evening, autumn", before, community=association, notes=notes)
    earlier = cast.rows[NetworkingEvent][-1]
    for contact, said, cards in zip(met[MET_LATELY:], belongings.SAID_BEFORE, _CARDS, strict=False):
        _met(cast, earlier, contact, said, cards=cards, written=before + timedelta(hours=18))
    missed = cast.ago(80).replace(hour=23, minute=0)
    _evening(cast, "Lakeshore alumni breakfast", missed, community=alumni, attended=False)


_CARDS = ((True, True), (False, True), (True, False), (True, True))  # given, taken


def _places(cast: Cast) -> list[Community]:
    return [
        cast.add(
            Community(
                owner=cast.owner,
                name=name,
                kind=kind,
                url=url,
                place=place,
                notes=notes,
                added_at=cast.ago(days),
                joined_at=cast.ago(days - 20) if joined else None,
                look_again_on=cast.ago(-again).date() if again else None,
            )
        )
        for name, kind, url, place, notes, days, joined, again in belongings.PLACES_TO_GO
    ]


def _ahead(cast: Cast, community: Community) -> None:
    starts = cast.ago(-4).replace(hour=23, minute=0, second=0, microsecond=0)
    cast.add(
        NetworkingEvent(
            owner=cast.owner,
            name="Supply Chain Evening, winter",
            starts_at=starts,
            place="Chicago",
            url="https://evenings.example/winter",
            community=community,
        )
    )


def _evening(
    cast: Cast,
    name: str,
    starts_at: datetime,
    *,
    community: Community,
    plan: dict[str, list[str]] | None = None,
    attended: bool = True,
    notes: str = "",
) -> None:
    cast.add(
        NetworkingEvent(
            owner=cast.owner,
            name=name,
            starts_at=starts_at,
            place="Chicago",
            community=community,
            plan=plan or {},
            planned_at=starts_at - timedelta(days=5),
            attended=attended,
            notes=notes,
        )
    )


def _met(
    cast: Cast,
    event: NetworkingEvent,
    contact: Contact,
    said: str,
    *,
    cards: tuple[bool, bool],
    written: datetime | None = None,
) -> None:
    given, taken = cards
    cast.add(
        Encounter(
            owner=cast.owner,
            event=event,
            contact=contact,
            said=said,
            card_given=given,
            card_taken=taken,
            written_at=written,
        )
    )
