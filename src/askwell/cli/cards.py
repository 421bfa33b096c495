"""The seeker's card, from the command line."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import Failure
from askwell.cli.options import Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.queries.cards import CardPage
    from askwell.rules.card import Card

_TOO_LONG = "Too long for a card, even in the smallest print: %(lines)s"


class CardSize(StrEnum):
    """Sizes of cards: 85 by 55 mm, 3.5 by 2 inches."""

    EU = "eu"
    US = "us"


class CardSheet(StrEnum):
    """Paper to print a sheet of cards on."""

    A4 = "a4"
    LETTER = "letter"


def card(
    name: Annotated[str | None, typer.Option(help="The name on it.")] = None,
    role: Annotated[str | None, typer.Option(help="What you do or aim at, in a line.")] = None,
    email: Annotated[str | None, typer.Option(help="Your e-mail.")] = None,
    phone: Annotated[str | None, typer.Option(help="Your telephone.")] = None,
    profile: Annotated[str | None, typer.Option(help="Your profile or page on the web.")] = None,
    back: Annotated[str | None, typer.Option(help="The back: what you bring, in at most 20 words.")] = None,
    skill: Annotated[
        list[str] | None, typer.Option("--skill", help="A line of the card of skills, as often as you like.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as PDF.")] = None,
    size: Annotated[CardSize, typer.Option(help="85 by 55 mm, or 3.5 by 2 inches.")] = CardSize.EU,
    sheet: Annotated[
        CardSheet | None, typer.Option(help="A sheet of them to cut, instead of one for a print shop.")
    ] = None,
    skills: Annotated[bool, typer.Option("--skills", help="In the PDF: the card of skills.")] = False,
    qr: Annotated[Path | None, typer.Option(metavar="FILE", help="Write its QR code as SVG.")] = None,
    vcf: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as a vCard.")] = None,
    now: Now = "",
    json: Json = False,
) -> None:
    """Show your card and what is said of it; with options, change it; --pdf and --qr write it."""
    from askwell.cli.desk import sit_down
    from askwell.cli.files import write
    from askwell.outreach import queries

    desk = sit_down(now=now, json=json)
    _change(
        desk,
        {"name": name, "role": role, "email": email, "phone": phone, "profile": profile, "back": back},
        skill,
    )
    mine = queries.own_card(desk.owner)
    if pdf is not None:
        kind = "skills" if skills else "business"
        write(pdf, [_pdf(desk, mine, kind=kind, size=size, sheet=sheet or "")])
    if qr is not None:
        from askwell.formats.cards import qr_svg

        write(qr, [qr_svg(queries.card_vcard(desk.owner))])
    if vcf is not None:
        write(vcf, [queries.card_vcard(desk.owner)])
    page = queries.card_page(desk.owner, now=desk.now)
    files = [str(path) for path in (pdf, qr, vcf) if path is not None]
    desk.answer("\n".join(_lines(page, files)), _row(page, files))


def _pdf(desk: Desk, mine: Card, **chosen: str) -> bytes:
    """Write the card to print.  Raises Failure where a line is too long for it."""
    from askwell.formats.cards import TooLong
    from askwell.outreach import queries

    try:
        return queries.card_file(mine, **chosen, now=desk.now)
    except TooLong as error:
        raise Failure(_(_TOO_LONG) % {"lines": "; ".join(error.lines)}) from None


def _change(desk: Desk, lines: dict[str, str | None], skills: list[str] | None) -> None:
    from askwell.outreach import actions

    given: dict[str, Any] = {field: text for field, text in lines.items() if text is not None}
    if skills is not None:
        given["skills"] = skills
    if given:
        actions.keep_card(desk.owner, now=desk.now, **given)


def _lines(page: CardPage, files: list[str]) -> list[str]:
    mine = page.card
    front = [mine.name, mine.role, mine.email, mine.phone, mine.profile]
    lines = [line for line in front if line]
    if mine.back:
        lines += ["", mine.back]
    if mine.skills:
        lines += ["", *(f"- {skill}" for skill in mine.skills)]
    lines += [""] if lines and page.hints else []
    lines += [f"{one.reason.rule} {one.severity}: {one.reason.sentence}" for one in page.hints]
    if page.cannot_set:
        lines.append(_("These letters cannot be printed: %(letters)s") % {"letters": page.cannot_set})
    if page.cannot_fit:
        lines.append(_(_TOO_LONG) % {"lines": "; ".join(page.cannot_fit)})
    if page.left is not None:
        lines.append(_("Cards left: %(count)s") % {"count": page.left})
    return lines + [_("Written: %(file)s") % {"file": file} for file in files]


def _row(page: CardPage, files: list[str]) -> dict[str, Any]:
    return {
        "card": page.card,
        "hints": page.hints,
        "back_words": page.back_words,
        "left": page.left,
        "cannot_set": page.cannot_set,
        "cannot_fit": page.cannot_fit,
        "files": files,
    }
