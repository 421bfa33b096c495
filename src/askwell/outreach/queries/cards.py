"""The seeker's card: what stands on it, what the rules say of it, and the files it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from askwell.outreach import words
from askwell.outreach.facts import goal_of
from askwell.outreach.facts.world import seeker_of
from askwell.people.models import Contact, PointKind
from askwell.rules.card import BACK_WORDS, Card, beginnings, card_of, check_card, words_of
from askwell.rules.sentences import REASONS

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.formats.cards import Face
    from askwell.outreach.queries.lines import ReasonLine

KINDS = ("business", "skills")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHint:
    """Something to look at again: how much it matters, and the sentence."""

    severity: str
    reason: ReasonLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """The card, what is said of it, and how many are left (None: not counted)."""

    card: Card
    hints: tuple[CardHint, ...]
    beginnings: tuple[str, ...]
    back_words: int
    most_words: int
    left: int | None
    cannot_set: str
    cannot_fit: tuple[str, ...]


def own_card(owner: AbstractBaseUser) -> Card:
    """Give the card as kept; a line never written is taken from what is known of the seeker."""
    kept = seeker_of(owner).card
    card = card_of(kept)
    known = {field: text for field, text in _known(owner).items() if field not in kept and text}
    return replace(card, **known)  # type: ignore[arg-type]


def _known(owner: AbstractBaseUser) -> dict[str, str]:
    own = Contact.objects.for_owner(owner).filter(is_self=True).first()
    goal = goal_of(owner)
    known = {"role": goal.role if goal else ""}
    if own is not None:
        ways = dict(own.points.order_by("preferred", "-pk").values_list("kind", "value"))
        known |= {
            "name": own.name,
            "email": ways.get(PointKind.EMAIL, ""),
            "phone": ways.get(PointKind.PHONE, ""),
            "profile": ways.get(PointKind.URL, ""),
        }
    return known


def card_page(owner: AbstractBaseUser, *, now: datetime, card: Card | None = None) -> CardPage:
    """The card with everything said of it; ``card`` where it is still being typed."""
    seeker, goal = seeker_of(owner), goal_of(owner)
    shown = own_card(owner) if card is None else card
    voice = words.voice(seeker.zone, now=now)
    begun = beginnings(
        role=shown.role or (goal.role if goal else ""), field=goal.field if goal else "", offer=seeker.offer
    )
    return CardPage(
        card=shown,
        hints=tuple(
            CardHint(severity=one.severity.value, reason=voice.reason(one.reason))
            for one in check_card(shown)
        ),
        beginnings=tuple(gettext(str(REASONS[one.text])).format(**one.params) for one in begun),
        back_words=words_of(shown.back),
        most_words=BACK_WORDS,
        left=seeker.cards_left,
        cannot_set=_cannot_set(shown),
        cannot_fit=_cannot_fit(shown),
    )


def _cannot_set(card: Card) -> str:
    from askwell.formats.cards import cannot_set  # reads the fonts

    return cannot_set((*face_of(card).texts, *card.skills))


def _cannot_fit(card: Card) -> tuple[str, ...]:
    """Name the lines that neither the front nor either back can hold."""
    from askwell.formats.cards import cannot_fit  # reads the fonts

    sides = [line for kind in KINDS for line in cannot_fit(face_of(card, kind))]
    return tuple(dict.fromkeys(sides))


def face_of(card: Card, kind: str = "business") -> Face:
    """Give the card as it is set; ``skills`` has the list on its back instead of the line."""
    from askwell.formats.cards import Face

    skills = card.skills if kind == "skills" else ()
    ways = (card.email, card.phone, card.profile.removeprefix("https://").rstrip("/"))
    return Face(name=card.name, role=card.role, ways=ways, back=card.back, skills=skills)


def card_file(card: Card, *, kind: str, size: str, sheet: str, now: datetime) -> bytes:
    """Write the PDF: one card for a print shop (``sheet`` empty), or a sheet of them: a4, letter.

    Raises ``formats.cards.TooLong``, which names the lines that do not fit.
    """
    from askwell.formats.cards import PAPERS, SIZES, card_pdf, sheet_pdf

    face = face_of(card, kind)
    if sheet:
        return sheet_pdf(face, size=SIZES[size], paper=PAPERS[sheet], now=now)
    return card_pdf(face, size=SIZES[size], now=now)


def card_vcard(owner: AbstractBaseUser) -> bytes:
    """Write what stands on the card as a vCard."""
    from askwell.formats.cards import vcard_of
    from askwell.formats.names import split_name

    card = own_card(owner)
    return vcard_of(
        name=split_name(card.name), role=card.role, email=card.email, phone=card.phone, profile=card.profile
    )
