"""A photographed card on a page: read, shown in the form, and not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from askwell.formats.card_photo import MOST_BYTES
from askwell.formats.limits import human_size
from askwell.people.photos import CardUnread, can_read_cards, read_card
from askwell.search.text import fold
from askwell.web import uploads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.formats.card_photo import Line
    from askwell.web.requests import Request

_SENTENCES = {
    "none": gettext_lazy("Take a photograph of the card, or choose one, first."),
    "too-many-pixels": gettext_lazy("This picture has too many pixels. Take it again with fewer."),
    "not-a-picture": gettext_lazy("This is not a picture we can open. Take a JPEG, a PNG or a WebP."),
    "reader-absent": gettext_lazy("What reads cards is not installed. Type what stands on it for now."),
    "nothing": gettext_lazy(
        "Nothing could be read on this picture. Take it again from nearer and in even light, or type it."
    ),
}


@dataclass(frozen=True, slots=True)
class CardPhoto:
    """What a page says of a photograph; empty before there is one."""

    lines: Sequence[Line] = ()
    error: str = ""

    @property
    def can_be_read(self) -> bool:
        """Say whether the extra that reads cards is installed."""
        return can_read_cards()

    @property
    def doubtful(self) -> list[Line]:
        """The lines that want a second look."""
        return [line for line in self.lines if not line.is_sure]

    def below(self, typed: str) -> str:
        """Put what was read below what was typed, unless it says the same."""
        read = "\n".join(line.text for line in self.lines)
        typed = typed.strip()
        if not typed or fold(typed) in fold(read):
            return read
        return f"{typed}\n{read}" if read and read not in typed else typed


def of(request: Request) -> CardPhoto | None:
    """Read the photograph that was sent, if one was."""
    file = request.FILES.get("photo")  # only now is what was sent taken in
    if request.META.get(uploads.TOO_LARGE):
        return CardPhoto(error=_too_large())
    if file is None:
        return CardPhoto(error=str(_SENTENCES["none"])) if "read" in request.POST else None
    if (file.size or 0) > MOST_BYTES:
        return CardPhoto(error=_too_large())
    try:
        return CardPhoto(lines=read_card(file.read()))
    except CardUnread as unread:
        return CardPhoto(error=_of_code(unread.code))


def _of_code(code: str) -> str:
    return str(_SENTENCES.get(code) or _("This picture could not be read. Take it again, or type it."))


def _too_large() -> str:
    return _("This file is larger than %(most)s.") % {"most": human_size(MOST_BYTES)}
