"""What a text says of somebody, before it is made into fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from askwell.formats.names import split_name
from askwell.people.quick_add.words import (
    HONOUR,
    JOINER,
    NAME_TOO,
    ORGANIZATIONS,
    SMALL,
    TITLES,
    is_department,
    is_organization,
    is_title,
)
from askwell.search.text import fold

LONGEST_NAME = 6
LONGEST = 200  # what is longer is told, and no field
_BOTH_NAMES = 2
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]")
_YEARS = re.compile(r"[\s(,]+(?:19|20)\d\d\s*[-–](?:\s*(?:19|20)\d\d)?\)?$")
_KANA_GIVEN = re.compile(r"^[\u3400-\u9fff々]{1,4}[  ][\u3040-\u30ff\u3400-\u9fff々]{1,5}$")
_TURNED = re.compile(r"^((?:[A-ZÀ-ÞŚŻŹĆŁŃĘĄÓ'’-]{3,} )+)([^\W\d_][a-zà-ÿ][\w'’-]+(?: [^\W\d_][a-z]\w+)*)$")


@dataclass(slots=True)
class Said:
    """Who, and where met; ``left`` is what nothing was made of."""

    name: str = ""
    title: str = ""
    organization: str = ""
    place: str = ""
    where: str = ""
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the addresses in the text tell: words of the name, and words of the place of work."""

    name: frozenset[str] = frozenset()
    organization: frozenset[str] = frozenset()


def hints_of(emails: tuple[str, ...], urls: tuple[str, ...]) -> Hints:
    """Read the words before and after the ``@``, and those of links."""
    before, after = set(), set()
    for email in emails:
        local, _at, domain = fold(email).partition("@")
        before.update(re.split(r"[^a-z]+", local))
        after.update(re.split(r"[^a-z0-9]+", domain.rpartition(".")[0]))
    for url in urls:
        if slug := re.search(r"linkedin\.com/in/([^/?#]+)", fold(url)):
            before.update(re.split(r"[^a-z]+", slug[1]))
        else:
            host = re.sub(r"^(?:https?://)?(?:www\.)?", "", fold(url)).partition("/")[0]
            after.update(re.split(r"[^a-z0-9]+", host.rpartition(".")[0]))
    few = 3
    return Hints(
        name=frozenset(one for one in before if len(one) >= few),
        organization=frozenset(one for one in after if len(one) >= few),
    )


def name_score(piece: str, hints: Hints) -> int:
    """Say how much a piece looks like a name; 0 where it can be none."""
    bare = HONOUR.sub("", piece)
    if not could_be_name(bare):
        return 0
    if _KANA_GIVEN.match(bare):
        return 4
    words = [word for word in re.split(r"[\s,]+", bare) if word]
    great = [word for word in words if word[:1].isupper() or not word[:1].isalpha() or _CJK.search(word)]
    small = {word for word in words if fold(word) in SMALL or word in {"bin", "al", "ten", "ter", "von"}}
    score = 1
    if len(words) >= _BOTH_NAMES and len(great) + len(small - set(great)) >= len(words):
        score += 2
    if bare != piece:
        score += 2
    return score + _agrees(bare, hints)


def _agrees(piece: str, hints: Hints) -> int:
    """Weigh words of the name that stand in the address as well."""
    words = [word for word in re.split(r"[^a-z]+", fold(piece)) if len(word) > 1]
    whole = sum(word in hints.name for word in words)
    part = any(len(word) > 3 and hint.endswith(word) for word in words for hint in hints.name)  # noqa: PLR2004
    return 3 * whole if whole else 3 * part


def could_be_name(piece: str) -> bool:
    """Say whether nothing in it speaks against a name."""
    words = piece.split()
    if (
        not words
        or len(words) > LONGEST_NAME
        or any(char.isdigit() for char in piece)
        or len(piece) > LONGEST
    ):
        return False
    if not any(char.isalpha() for char in piece) or re.search(r"[&@/:!?]", piece):
        return False
    folded = {word.strip(".,") for word in fold(piece).split()}
    if folded & (TITLES - NAME_TOO) or folded & ORGANIZATIONS or is_department(piece):
        return False
    if is_title(piece) and not folded & NAME_TOO:
        return False
    return not is_organization(piece) and not JOINER.search(f" {piece} ")


def could_be_organization(piece: str) -> bool:
    """Say whether it is written as a name of a place: great letters but for the small words."""
    words = [word for word in re.split(r"[\s,]+", piece) if re.search(r"\w", word)]
    if not words or len(words) > LONGEST_NAME or len(piece) > LONGEST or not words[0][:1].isalpha():
        return False
    if is_department(piece) or re.search(r"[:?]", piece):
        return False
    plain = [
        word
        for word in words
        if fold(word).strip(".") not in SMALL and not word.startswith(("d'", "l'", "d’"))
    ]
    return bool(plain) and all(
        word[:1].isupper() or not word[:1].isalpha() or _CJK.search(word) for word in plain
    )


def organization_score(piece: str, hints: Hints) -> int:
    """Say how much a piece looks like a place of work; 0 for no evidence."""
    if len(piece) > LONGEST or is_department(piece):
        return 0
    words = re.split(r"[^a-z0-9]+", fold(piece))
    joined = "".join(words)
    agrees = any(
        hint in words or (len(hint) > 5 and joined.startswith(hint[:6]))  # noqa: PLR2004
        for hint in hints.organization
    )
    return 3 * is_organization(piece) + 2 * agrees


def job(piece: str) -> tuple[str, str]:
    """``PM at Acme`` in two; the second is empty where no place of work follows."""
    bare = re.sub(r"^(?:an?|the)\s+", "", piece, flags=re.IGNORECASE)
    for match in JOINER.finditer(bare):
        title, place = bare[: match.start()].strip(), bare[match.end() :].strip()
        plainly = match.group().strip().lower() in {"at", "@", "bei", "chez", "with", "presso", "beim"}
        if is_title(title) and place and (plainly or place[:1].isupper() or _CJK.match(place)):
            return title, _YEARS.sub("", place)
    return bare.strip(), ""


def turned(name: str) -> str:
    """``LAMBERT Isabelle`` as Isabelle LAMBERT; ``Doe, Jane`` is turned by its comma."""
    if found := _TURNED.match(name):
        return f"{found[2]} {found[1].strip()}"
    parts = split_name(name)
    given = parts.given and parts.family and name.startswith(f"{parts.family},")
    return f"{parts.given} {parts.family}" if given else name


def has_cjk(text: str) -> bool:
    """Say whether Han or kana stand in it."""
    return bool(_CJK.search(text))
