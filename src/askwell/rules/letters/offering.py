"""The letters of an introduction one makes: to each of the two, and to both.

Theory of operation.  Whoever is asked first learns what the other does, not who it is, unless the
seeker chooses to name them; the letter says that the other is asked as well and that a no is fine.
The letter to both comes after two yeses.  Nothing is guessed: what is not known is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from askwell.rules.letters.facts import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """What the letters are built of, in the seeker's words."""

    given: str  # of whom the letter is to: a first name, or the whole name where none is known
    other_given: str
    name: str
    other_name: str
    other_about: str = ""  # continues "I know someone who": "plans night shifts in a hospital"
    why: str = ""  # a sentence or two: why these two
    note: str = ""  # for the letter to both, in the place of ``why``
    seeker: str = ""
    signature: str = ""
    named: bool = False  # the seeker chose to name the other in the first letter


def asking(facts: OfferFacts) -> Draft:
    """The letter that asks one of the two.  ``missing``: ``other_about``, ``why``, ``seeker``."""
    if facts.named:
        subject = "May I introduce you to {other_name}?"
        first = "I would like to introduce you to {other_name}."
        asked = (
            "Would that suit you? I am asking each of you first. A no is perfectly fine and needs no reason."
        )
    else:
        subject = "May I introduce you to someone?"
        first = (
            "I know someone who {other_about}, and thought of you."
            if facts.other_about
            else "I know someone I would like you to meet."
        )
        asked = (
            "May I introduce you? I am asking each of you first, and have told neither who the other is."
            " A no is perfectly fine and needs no reason."
        )
    missing = [] if facts.other_about or facts.named else ["other_about"]
    return _letter(
        facts,
        "Dear {given},",
        subject,
        (first, facts.why and "{why}", asked),
        missing=missing,
    )


def to_both(facts: OfferFacts) -> Draft:
    """The letter to both once both said yes; ``note`` stands in it as it is."""
    why = "{note}" if facts.note else facts.why and "{why}"
    first = "You both kindly said yes, so here it is: {name}, meet {other_name}; {other_name}, meet {name}."
    last = "I leave the two of you to it. {given}, would you like to write the first line?"
    greeting = "Dear {given}, dear {other_given},"
    return _letter(
        facts,
        greeting,
        "{name} and {other_name}",
        (first, why, last),
        missing=[],
    )


def _letter(
    facts: OfferFacts,
    greeting: str,
    subject: str,
    paragraphs: tuple[str, ...],
    *,
    missing: list[str],
) -> Draft:
    values = {name: getattr(facts, name).strip() for name in _NAMES}
    signed = values["signature"] or values["seeker"]
    closing = "\n".join(part for part in ("Kind regards,", signed) if part)
    body = [part.format_map(values) for part in (greeting, *paragraphs) if part]
    missing += [name for name in ("why", "seeker") if not values[name]]
    return Draft(
        subject=subject.format_map(values),
        body="\n\n".join([*body, closing]) + "\n",
        missing=tuple(missing),
    )


_NAMES = (
    "given",
    "other_given",
    "name",
    "other_name",
    "other_about",
    "why",
    "note",
    "seeker",
    "signature",
)
