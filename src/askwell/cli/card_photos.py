"""A photographed card on the command line: shown, and kept only with ``--yes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.cli.failures import BadUse, Failure
from askwell.cli.words import _

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from askwell.formats.card_photo import Line

_SENTENCES = {
    "reader-absent": _("What reads cards is not installed: start ./run --with-ocr once."),
    "not-a-picture": _("%(path)s is no picture we can open. Give a JPEG, a PNG or a WebP."),
    "too-large": _("%(path)s is larger than 20 MB."),
    "too-many-pixels": _("%(path)s has too many pixels."),
    "nothing": _("Nothing could be read on %(path)s."),
    "broken": _("%(path)s could not be read."),
}


class Unread(Failure):
    """Nothing came of a photograph."""

    code = "card-unread"


def lines_of(path: Path) -> list[Line]:
    """Read the card.  Raises BadUse, Unread."""
    from askwell.formats.card_photo import MOST_BYTES
    from askwell.people.photos import CardUnread, read_card

    try:
        with path.open("rb") as file:
            return read_card(file.read(MOST_BYTES + 1))
    except OSError as error:
        words = {"path": path, "why": error.strerror}
        raise BadUse(_("%(path)s was not opened: %(why)s.") % words) from error
    except CardUnread as unread:
        raise Unread(_SENTENCES[unread.code] % {"path": path}, reason=unread.code) from unread


def shown(lines: list[Line]) -> str:
    """Write the lines for a person to look over; a mark stands before what wants a second look."""
    rows = "\n".join(line.text if line.is_sure else f"? {line.text}" for line in lines)
    return f"{rows}\n\n{_('Nothing is kept yet. To keep it as it stands, add --yes.')}"


def as_object(lines: list[Line], *, now: datetime, country: str) -> dict[str, Any]:
    """Give the lines, and the fields they would become."""
    from askwell.people.quick_add import parse_quick

    read = parse_quick("\n".join(line.text for line in lines), now=now, default_country=country)
    fields = ("emails", "phones", "urls", "organization", "title", "place", "notes")
    return {
        "kept": False,
        "name": read.name.formatted,
        **{field: getattr(read, field) for field in fields},
        "lines": [{"text": line.text, "confidence": round(line.confidence, 3)} for line in lines],
    }
