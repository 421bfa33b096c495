"""People, from the command line: add, find, show, note."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from askwell.cli.marks import words_of
from askwell.cli.options import Json, Now, Who
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.queries import Mention
    from askwell.outreach.queries.lines import KnownLine, Person
    from askwell.people.models import Contact


def add(
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT", help="Jane Doe <jane@acme.example>; a signature; - reads it."),
    ] = None,
    photo: Annotated[
        Path | None,
        typer.Option(
            "--photo", metavar="FILE", help="A photographed card: shows what it says, keeps it with --yes."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Keep what was read on --photo as it stands.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Add someone from a line as you would jot it down; someone known already is not added again."""
    from askwell.cli import card_photos
    from askwell.cli.desk import card, sit_down
    from askwell.cli.failures import BadUse
    from askwell.people.actions.contacts import add_from_text

    if bool(text) == bool(photo):
        raise BadUse(_("Say whom to add: askwell add TEXT, or askwell add --photo FILE."))
    lines = card_photos.lines_of(photo) if photo else []
    desk = sit_down(now=now, json=json)
    if lines and not yes:
        found = card_photos.as_object(lines, now=desk.now, country=_country(desk))
        desk.answer(card_photos.shown(lines), found)
        return
    line = "\n".join(one.text for one in lines) or (
        sys.stdin.read() if text == ["-"] else " ".join(text or ())
    )
    contact, added = add_from_text(desk.owner, line, now=desk.now, default_country=_country(desk))
    said = _("Added %(name)s  [#%(id)s]") if added else _("%(name)s is here already  [#%(id)s]")
    desk.answer(said % {"name": contact.name, "id": contact.pk}, {**card(contact), "added": added})


def _country(desk: Desk) -> str:
    from askwell.outreach.queries import seeker_of

    return seeker_of(desk.owner).country


def find(
    text: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT",
            help="Name, e-mail, organization, title, tag, a word noted or written; or “nurses in Chicago”.",
        ),
    ],
    count: Annotated[int, typer.Option("--count", "-n", min=1, max=1000, help="How many at most.")] = 20,
    now: Now = "",
    json: Json = False,
) -> None:
    """Find people; exit code 3 where nobody is found."""
    from askwell.cli.desk import sit_down
    from askwell.cli.failures import BadUse, NotFound

    asked = " ".join(text).strip()
    if not asked:
        raise BadUse(_("Say whom to find: askwell find ann."))
    desk = sit_down(now=now, json=json)
    rows = _found(desk, asked, count)
    if not rows:
        raise NotFound(_("Nobody here answers to “%(text)s”.") % {"text": asked}, text=asked)
    desk.list(rows, _line, empty="")


def _line(row: dict[str, Any]) -> str:
    line = f"#{row['id']}  {row['name']}  {row['about']}".rstrip()
    if "mention" in row:
        mention = row["mention"]
        day = f", {mention['at'][:10]}" if mention["at"] else ""
        return f"{line}\n    {mention['said']}{day}: {mention['passage']}"
    return f"{line}  [{', '.join(row['does'])}]" if "does" in row else line


def _doing(desk: Desk, text: str, count: int) -> list[dict[str, Any]]:
    """Give people by what they do, each with the words that say so."""
    from askwell.cli.desk import card
    from askwell.people.queries import by_what_they_do

    found = by_what_they_do(desk.owner, text, count, points=True)
    return [{**card(one.contact), "does": list(one.words)} for one in found]


def _found(desk: Desk, text: str, count: int) -> list[dict[str, Any]]:
    from askwell.cli.desk import card
    from askwell.outreach.queries import filter_of, people_page
    from askwell.people.models import Contact
    from askwell.people.queries import find as found
    from askwell.people.queries.finding import with_cards

    where = filter_of(desk.owner, text, now=desk.now)
    if where is None:
        people = found(desk.owner, text, limit=count, points=True)
        rows = [card(contact) for contact in people]
        rows += _mentioned(desk, text, count - len(rows), but_not=[one.pk for one in people])
        return rows or _doing(desk, text, count)
    lines = people_page(desk.owner, where, now=desk.now, size=count).rows
    full = with_cards(Contact.objects.for_owner(desk.owner), points=True).in_bulk(
        [one.contact for one in lines]
    )
    return [{**card(full[one.contact]), **_mention(desk, one.mention)} for one in lines]


def _mentioned(desk: Desk, text: str, count: int, *, but_not: list[int]) -> list[dict[str, Any]]:
    """Give those found by what was written, each with where it stands."""
    from askwell.cli.desk import card
    from askwell.outreach.queries import mentioned

    found = mentioned(desk.owner, text, limit=count, but_not=but_not, points=True) if count > 0 else []
    return [{**card(one.contact), **_mention(desk, one.mention)} for one in found]


def _mention(desk: Desk, mention: Mention | None) -> dict[str, Any]:
    if mention is None:
        return {}
    at = mention.at.astimezone(ZoneInfo(desk.zone)).isoformat() if mention.at else None
    words = [text for text, hit in mention.passage.pieces if hit]
    return {
        "mention": {"said": mention.said, "at": at, "passage": str(mention.passage), "words": words},
    }


def show(
    person: Who,
    now: Now = "",
    json: Json = False,
) -> None:
    """Everything known of one person: how to reach them, what is due, what happened."""
    from askwell.cli.desk import card, emit, plain, sit_down
    from askwell.outreach import queries

    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    page = queries.person(contact, now=desk.now)
    about = {**card(contact), **_facts(contact)}
    if json:
        emit({**about, **plain(page)})
        return
    print("\n".join(_page(about, page)))


def _facts(contact: Contact) -> dict[str, Any]:
    """Give what the contact's own row and its points say."""
    names = ("headline", "place", "birthday", "notes", "how_met", "do_not_contact", "hires", "connector")
    points = [
        {"kind": point.kind, "value": point.value, "label": point.label, "invalid": bool(point.invalid_since)}
        for point in contact.points.all()
    ]
    return {**{name: getattr(contact, name) for name in names}, "points": points}


def _page(about: dict[str, Any], page: Person) -> list[str]:
    from django.utils import timezone

    lines = [f"{about['name']}  [#{about['id']}]", about["about"]]
    lines += [f"  {point['kind']}  {point['value']}" for point in about["points"]]
    if marks := words_of(hires=about["hires"], connector=about["connector"]):
        lines.append(marks)
    if about["do_not_contact"]:
        lines.append(_("Asked not to be contacted."))
    lines += [" ".join([page.strength_sentence, *(why.sentence for why in page.strength_why)])]
    lines += [_known_line(known) for known in page.knows[:_KNOWN_SHOWN]]
    lines += [about["notes"]]
    lines += [f"{line.state_sentence}  ({line.purpose})" for line in page.outreaches]
    lines += [f"{step.title}, {step.when}  [{step.key}]" for step in page.steps]
    lines += [
        f"{timezone.localtime(item.at):%Y-%m-%d}  {item.sentence}{': ' if about_it else ''}{about_it}"
        for item in page.timeline.items
        for about_it in [(item.subject or item.detail).partition("\n")[0]]
    ]
    return [line for line in lines if line]


_KNOWN_SHOWN = 8


def _known_line(known: KnownLine) -> str:
    reasons = "; ".join(reason.sentence for reason in known.reasons)
    return _("Knows %(name)s: %(why)s") % {"name": known.name, "why": reasons}


def note(
    person: Who,
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="The note; - reads it from standard input.")
    ],
    now: Now = "",
    json: Json = False,
) -> None:
    """Note something about a person, below what is noted already."""
    from askwell.cli.desk import sit_down
    from askwell.people.actions.contacts import edit_contact

    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    line = sys.stdin.read().strip() if text == ["-"] else " ".join(text)
    notes = f"{contact.notes}\n{line}".strip()
    edit_contact(contact, now=desk.now, notes=notes)
    said = _("Noted about %(name)s.") % {"name": contact.name}
    desk.answer(said, {"contact": contact.pk, "notes": contact.notes})
