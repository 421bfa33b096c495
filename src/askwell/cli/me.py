"""The seeker's own side, from the command line: name, words, clock, week, preset, what is kept from whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.options import Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Seeker

_WEEK_MINUTES = 60 * 24 * 7
_MOST_CARDS = 10_000
_TITLES = {
    "name": "Name",
    "who": "Who you are",
    "signature": "Signature",
    "post": "Postal address",
    "story": "Story",
    "offer": "What you could give",
    "zone": "Time zone",
    "country": "Country",
    "preset": "Whose advice",
    "weekly_minutes": "Minutes a week",
    "confidential": "Confidential",
    "employer": "Present employer",
    "cards": "Cards left",
    "resume": "Resume of",
}


def me(
    name: Annotated[str | None, typer.Option(help="Your name, as letters end with it.")] = None,
    who: Annotated[
        str | None, typer.Option(help="Who you are, in a line: I am finishing a master's in nursing.")
    ] = None,
    signature: Annotated[
        str | None, typer.Option(help=r"What letters end with instead of the name alone; \n begins a line.")
    ] = None,
    post: Annotated[
        str | None, typer.Option(help=r"Where post reaches you, as on an envelope; \n begins a line.")
    ] = None,
    story: Annotated[str | None, typer.Option(help="Your story, in 150 to 200 words.")] = None,
    offer: Annotated[str | None, typer.Option(help="What you could give.")] = None,
    zone: Annotated[str | None, typer.Option(help="The clock you live by: America/Chicago.")] = None,
    country: Annotated[str | None, typer.Option(help="Your country, in two letters: US.")] = None,
    preset: Annotated[
        str | None, typer.Option(help="Whose advice to follow: askwell, smith, kelley and others.")
    ] = None,
    weekly_minutes: Annotated[
        int | None, typer.Option(min=0, max=_WEEK_MINUTES, help="Minutes a week for reaching out.")
    ] = None,
    confidential: Annotated[
        bool | None,
        typer.Option("--confidential/--open", help="Must your present employer not learn that you look?"),
    ] = None,
    employer: Annotated[str | None, typer.Option(help="Your present employer.")] = None,
    cards: Annotated[int | None, typer.Option(min=0, max=_MOST_CARDS, help="Visiting cards left.")] = None,
    resume: Annotated[
        str, typer.Option(metavar="WHEN", help="When your resume was last brought up to date.")
    ] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Show what is kept of yourself; with options, set it.  An empty text takes a setting away."""
    from askwell.cli.desk import sit_down
    from askwell.outreach.queries import seeker_of
    from askwell.people.journal import last_change

    desk = sit_down(now=now, json=json)
    given = {
        "who_line": who,
        "signature": _lined(signature),
        "story": story,
        "offer": offer,
        "zone": zone,
        "country": None if country is None else country.upper(),
        "preset": preset,
        "weekly_minutes": weekly_minutes,
        "confidential": confidential,
        "employer": employer,
        "cards_left": cards,
        "resume_updated_at": desk.when(resume, past=True, hour=12) if resume else None,
    }
    values = {field: _trimmed(value) for field, value in given.items() if value is not None}
    before = last_change(desk.owner)
    _keep(desk, values, name=name, post=_lined(post))
    row = _row(desk, seeker_of(desk.owner))
    said = {field: _said(desk, row[field]) for field in _TITLES}
    lines = [f"{_(title)}: {said[field]}" for field, title in _TITLES.items() if said[field]]
    if last_change(desk.owner) != before:
        lines.append(_("Kept. askwell undo takes it back."))
    desk.answer("\n".join(lines), row)


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _lined(text: str | None) -> str | None:
    return None if text is None else text.replace("\\n", "\n")


def _keep(desk: Desk, values: dict[str, Any], *, name: str | None, post: str | None) -> None:
    """Set what was given, as one step back."""
    from askwell.outreach import actions
    from askwell.people.journal import as_one

    with as_one(desk.owner):
        if name is not None:
            actions.set_own_name(desk.owner, name=name, now=desk.now)
        if post is not None:
            actions.set_own_post(desk.owner, text=post, now=desk.now)
        if values:
            actions.change_seeker(desk.owner, now=desk.now, **values)


def _row(desk: Desk, seeker: Seeker) -> dict[str, Any]:
    from askwell.outreach.postal import sender_lines
    from askwell.people.models import Contact

    own = Contact.objects.for_owner(desk.owner).filter(is_self=True).first()
    return {
        "name": own.name if own else "",
        "who": seeker.who_line,
        "signature": seeker.signature,
        "post": "\n".join(sender_lines(desk.owner)[1:]),
        "story": seeker.story,
        "offer": seeker.offer,
        "zone": seeker.zone,
        "country": seeker.country,
        "preset": seeker.preset,
        "weekly_minutes": seeker.weekly_minutes,
        "confidential": seeker.confidential,
        "employer": seeker.employer.name if seeker.employer else "",
        "cards": seeker.cards_left,
        "resume": seeker.resume_updated_at,
    }


def _said(desk: Desk, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return desk.local(value)
    return "" if value is None else str(value).replace("\n", "\n    ")
