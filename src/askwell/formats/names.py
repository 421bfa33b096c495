"""Names taken apart and put together, without guessing at people.

Theory of operation.  ``formatted`` is always what the source shows.  The parts are for
greeting, sorting and comparing: pictures and decoration are dropped from them, letters
after the name ("PhD", "PMP") move to the suffix, particles stay with the family name, and
a name in capitals is set in ordinary case.  A family name comes first where the script is
Chinese, Japanese or Korean.  Nothing is concluded about anybody's gender.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from askwell.formats.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from nameparser import HumanName

EAST_ASIAN = re.compile(
    "^[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0002ffff]+$"
)
_TWO_LETTERS = "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 남궁 황보 제갈 선우 독고"
COMPOUND_FAMILIES = frozenset(_TWO_LETTERS.split())
KANA = re.compile("[\u3040-\u30ff]")
HAN_OR_HANGUL_MOST = 4
MANY_LETTERS = 4
LONGEST = 300  # what is longer is no name, and is neither searched nor remembered
NICKNAME = re.compile(r"[\"“”„(（《]\s*([^\"“”„()（）《》]{1,40}?)\s*[\"“”)）》]")
PRONOUNS = re.compile(r"^(?:she|he|they|ze|xe|sie|er|elle|il|ella|él|any)(?:\s*/\s*\w+)+$", re.IGNORECASE)
_LETTERS = """
phd dphil md mdphd do dds dmd jd llm llb edd dba psyd pharmd dvm dnp mba emba ma msc ms mph mpa mpp med
mfa meng mres msw mphil mat mha ba bsc bs beng bfa bcom rn bsn msn np pa ot pt dpt lcsw lmft crna
cpa cfa cfp acca aca ca cma cia cisa cissp cism ccie ccna pe eit pgmp pmp pmiacp capm csm cspo safe psm
itil shrmcp shrmscp sphr phr gphr cipd frcs frcp mrcp facs facp fca fcca ceng cphys frsa obe mbe cbe kc
qc esq jr sr ii iii iv cmt caia frm cbap prosci lssbb lssgb mcipd pcc acc leedap aia riba ra cpcu clu
chfc ea dipl dipling cscp cpsm cphr bcba slp
"""
CREDENTIALS = frozenset(_LETTERS.split())
GENERATIONS = {"jr", "sr", "ii", "iii", "iv"}
JOINERS = ("\u200d", "\ufe0f", "\ufe0e", "\u20e3")
DECORATION = {"So", "Sk", "Sm", "Cs", "Co", "Cn", "Cc", "Cf"}
KEPT_SIGNS = {"\u200c"}  # non-joiner: part of the spelling of Persian names
SPLITTERS = re.compile(r"\s*(?:\||•|·\s|—|–\s|\s-\s|\s~\s)\s*")
_SMALL = """
van von der den de del della di da dos das du la le lo ter ten bin binti bint ibn ben bar al el abu st
zu zum zur vom af av y
"""
PARTICLES = frozenset(_SMALL.split())


@cache
def _parser() -> Callable[[str], HumanName]:
    """Load the library for Western names the first time one is split: it takes a fifth of a second."""
    from nameparser import HumanName
    from nameparser.config import Constants

    return partial(HumanName, constants=Constants())


def _clean(text: str) -> str:
    """Text without pictures, decoration and doubled spaces."""
    kept = (
        char if char in KEPT_SIGNS or unicodedata.category(char) not in DECORATION else " "
        for char in text
        if char not in JOINERS
    )
    return " ".join("".join(kept).split()).strip(" ,;|•·-–—~*_/")


def is_east_asian(text: str) -> bool:
    """Whether every letter is Han, kana or Hangul."""
    return bool(text) and bool(
        EAST_ASIAN.match(text.replace(" ", "").replace("\u3000", "").replace("・", ""))
    )


def split_name(full: str) -> Name:
    """A whole name in parts: ``Jane van der Berg, PhD 🚀``, ``DOE, JANE``, ``王小明``."""
    shown = " ".join(full.split())
    return _split(shown) if len(shown) <= LONGEST else Name(formatted=shown)


@lru_cache(maxsize=16384)
def _split(shown: str) -> Name:
    plain, nickname = _without_asides(shown)
    plain = _clean(SPLITTERS.split(plain)[0]) or _clean(plain)
    if not any(char.isalnum() for char in plain):
        return Name(formatted=shown)
    if is_east_asian(plain):
        return _east_asian(plain, shown, nickname)
    plain, suffix = _without_credentials(plain)
    return _western(plain, suffix, shown, nickname)


def name_of_parts(
    *,
    given: str = "",
    family: str = "",
    middle: str = "",
    prefix: str = "",
    suffix: str = "",
    nickname: str = "",
    formatted: str = "",
) -> Name:
    """A name whose source gives the parts, cleaned of decoration and of letters after the name."""
    given, middle, family = (" ".join(part.split()) for part in (given, middle, family))
    shown = " ".join(formatted.split()) or _together(given, middle, family, suffix.strip())
    if len(shown) > LONGEST:
        return Name(given=given, middle=middle, family=family, formatted=shown)
    plain_family, aside = _without_asides(family)
    plain_given, other_aside = _without_asides(given)
    plain_family, letters = _without_credentials(_clean(plain_family))
    plain_given, more = _without_credentials(_clean(plain_given))
    if not any((plain_given, plain_family, middle.strip())):
        whole = split_name(shown)
        return _replace(whole, prefix, suffix, nickname)
    plain_given, plain_family = _both_in_case(plain_given, plain_family)
    return Name(
        prefix=prefix.strip(),
        given=plain_given,
        middle=_in_case(_clean(middle)),
        family=plain_family,
        suffix=", ".join(part for part in (suffix.strip(), letters, more) if part),
        nickname=nickname.strip() or other_aside or aside,
        formatted=shown,
    )


def _replace(name: Name, prefix: str, suffix: str, nickname: str) -> Name:
    return Name(
        prefix=prefix.strip() or name.prefix,
        given=name.given,
        middle=name.middle,
        family=name.family,
        suffix=suffix.strip() or name.suffix,
        nickname=nickname.strip() or name.nickname,
        formatted=name.formatted,
    )


def _together(given: str, middle: str, family: str, suffix: str) -> str:
    """The parts as a person would write them; family first in East Asian scripts."""
    if is_east_asian(given + middle + family):
        return " ".join(part for part in (family, given, middle) if part)
    name = " ".join(part for part in (given, middle, family) if part)
    mark = " " if suffix.strip(".").casefold() in GENERATIONS else ", "
    return mark.join(part for part in (name, suffix) if part)


def _without_asides(text: str) -> tuple[str, str]:
    """Take out a nickname in quotes or brackets; pronouns there are no nickname."""
    found = ""
    for match in NICKNAME.finditer(text):
        aside = match[1]
        if not PRONOUNS.match(aside) and not _is_credential(aside) and not found:
            found = _clean(aside)
    return " ".join(NICKNAME.sub(" ", text).split()), found


def _is_credential(text: str) -> bool:
    return re.sub(r"[\W_]", "", text).casefold() in CREDENTIALS


def _without_credentials(text: str) -> tuple[str, str]:
    """Cut letters after a name: those after a comma, and capitals such as ``PhD`` at its end."""
    head, *tail = (part.strip() for part in text.split(","))
    letters: list[str] = []
    for part in tail:
        words = part.split()
        shouted = head.isupper() or " " not in head  # then capitals after the comma may be a given name
        if words and all(_is_credential(w) or (_looks_like_letters(w) and not shouted) for w in words):
            letters.append(part)
        elif not letters and part:
            head = f"{head}, {part}"
    words = head.split()
    ended: list[str] = []
    while len(words) > 1 and _is_credential(words[-1]) and _is_spelled_as_letters(words[-1]):
        ended.insert(0, words.pop().strip(","))
    return " ".join(words), ", ".join([*ended, *letters])


def _looks_like_letters(word: str) -> bool:
    """Capitals with at most one small letter between, such as ``CSPO`` or ``M.Ed.``."""
    bare = re.sub(r"[^\w]", "", word)
    return len(bare) > 1 and sum(char.isupper() for char in bare) * 2 >= len(bare) and not bare.istitle()


def _is_spelled_as_letters(word: str) -> bool:
    """``Ma`` is a family name, ``MA`` is a degree; ``Jr`` and ``Esq`` are neither."""
    bare = word.strip(".,")
    return bare.casefold() in {"jr", "sr", "esq", "phd"} or sum(char.isupper() for char in bare) > 1


def _east_asian(plain: str, shown: str, nickname: str) -> Name:
    words = plain.split()
    if len(words) > 1:
        return Name(family=words[0], given=" ".join(words[1:]), nickname=nickname, formatted=shown)
    if KANA.search(plain) or not 1 < len(plain) <= HAN_OR_HANGUL_MOST:
        return Name(given=plain, nickname=nickname, formatted=shown)
    cut = 2 if plain[:2] in COMPOUND_FAMILIES else 1
    return Name(family=plain[:cut], given=plain[cut:], nickname=nickname, formatted=shown)


def _western(plain: str, suffix: str, shown: str, nickname: str) -> Name:
    parsed = _parser()(plain)
    given, middle, family = parsed.first, parsed.middle, parsed.last
    if not (given or family):
        given = plain
    given, family = _both_in_case(given, family)
    return Name(
        prefix=parsed.title,
        given=given,
        middle=_in_case(middle),
        family=family,
        suffix=", ".join(part for part in (parsed.suffix, suffix) if part),
        nickname=nickname or parsed.nickname,
        formatted=shown,
    )


def _both_in_case(given: str, family: str) -> tuple[str, str]:
    """Where the whole name is in one case, short family names are set too (``WEI LI``)."""
    whole = given + family
    if len(whole) >= MANY_LETTERS and (whole.isupper() or whole.islower()):
        return _in_case(given, shortest=3), _in_case(family, shortest=2)
    return _in_case(given), _in_case(family)


def _in_case(part: str, *, shortest: int = MANY_LETTERS) -> str:
    """Ordinary case for a part written in capitals or without any; short ones are left (``JP``)."""
    if len(part) < shortest or not (part.isupper() or part.islower()):
        return part
    words = [_word_in_case(word) for word in part.split(" ")]
    return " ".join(words)


def _word_in_case(word: str) -> str:
    if word.casefold() in PARTICLES:
        return word.lower()
    pieces = re.split(r"([-'’])", word.lower())
    return "".join(piece.capitalize() for piece in pieces)
