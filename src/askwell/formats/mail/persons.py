"""A person named in a sentence, with an address: who stands in, whom one should rather ask.

Theory of operation.  A name is a run of words that begin with a capital, with small words of names between
them ("de", "van", "bin"), less the words at its start that are no name: of courtesy, of what somebody is, of
the language's small words.  Where a script has no capitals the first words after the phrase are taken, up to
a preposition or a mark.  The name right before an address belongs to it, else the one that follows the phrase.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile

from askwell.formats.mail import words
from askwell.formats.mail.phrases import folded, words_of
from askwell.formats.names import PARTICLES

ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])")
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,40}\.?")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{2,20}")
MOST_WORDS = 4
MOST_ARABIC_WORDS = 3
NEAR = 30  # characters between a name and the address that is theirs
_COURTESY = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "frau",
        "herr",
        "herrn",
        "hr",
        "fr",
        "mme",
        "mlle",
        "m",
        "sra",
        "sr",
        "dra",
        "sig",
        "dott",
        "doutor",
        "mevrouw",
        "meneer",
        "pan",
        "pani",
    ]
)
_NEVER = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "please",
        "hi",
        "hello",
        "dear",
        "thanks",
        "thank",
        "if",
        "in",
        "for",
        "my",
        "our",
        "your",
        "the",
        "this",
        "that",
        "she's",
        "he's",
        "bitte",
        "sie",
        "ihr",
        "sein",
        "meine",
        "meinen",
        "unsere",
        "unseren",
        "sehr",
        "gern",
        "gerne",
        "in",
        "linkedin",
        "zoom",
        "teams",
        "hr",
        "it",
        "e-mail",
        "email",
        "mail",
        "tel",
        "phone",
        "mobile",
        "telefon",
        "colleague",
        "colleagues",
        "kollege",
        "kollegin",
        "kollegen",
        "team",
        "however",
        "but",
        "so",
        "also",
        "maybe",
        "perhaps",
        "probably",
        "try",
        "contact",
        "ask",
        "talk",
        "write",
        "cc",
        "sure",
        "yes",
        "no",
        "sorry",
        "unfortunately",
        "leider",
        "vielleicht",
        "vertretung",
        "abteilung",
        "department",
        "unit",
    ]
)
_ARABIC_STOPS = frozenset(
    map(
        folded,
        [
            "على",
            "عبر",
            "في",
            "من",
            "إلى",
            "وهو",
            "وهي",
            "فهو",
            "فهي",
            "هو",
            "هي",
            "بالبريد",
            "لأن",
            "لأنها",
            "لأنه",
            "او",
            "أو",
            "إذا",
            "حيث",
            "عن",
            "وهي،",
            "التي",
            "الذي",
            "بدلا",
            "بخصوص",
            "مباشرة",
            "بريدها",
            "بريده",
            "فهي،",
            "وسوف",
            "سوف",
        ],
    )
)
_ARABIC_TITLES = frozenset(
    map(
        folded,
        [
            "زميلي",
            "زميلتي",
            "زميلنا",
            "زميلتنا",
            "السيد",
            "السيدة",
            "الأستاذ",
            "الأستاذة",
            "الدكتور",
            "الدكتورة",
            "المهندس",
            "المهندسة",
            "د",
            "أ",
            "مديرتنا",
            "مديرنا",
            "مع",
        ],
    )
)


def person_near(sentence: str, at: int = 0, *, language: str = "en") -> tuple[str, str]:
    """The name and the address given from place ``at`` on in a sentence (as ``plain`` made it)."""
    address = ADDRESS.search(sentence, at) or ADDRESS.search(sentence)
    if _ARABIC.search(sentence):
        name = _arabic_name(sentence[at:])
        return name, address[0] if address else ""
    found = names_in(sentence, language)
    if address:
        near = [
            name
            for start, end, name in found
            if 0 <= address.start() - end <= NEAR and end <= address.start()
        ]
        if near:
            return near[-1], address[0]
    after = [name for start, _, name in found if start >= at]
    return (after[0] if after else ""), address[0] if address else ""


def names_in(sentence: str, language: str) -> list[tuple[int, int, str]]:
    """The runs of capitalized words that may be names, with their places."""
    out: list[tuple[int, int, str]] = []
    run: list[re.Match[str]] = []
    hidden = ADDRESS.sub(lambda match: " " * len(match[0]), sentence)
    for match in _WORD.finditer(hidden):
        if run and hidden[run[-1].end() : match.start()] != " ":
            out += _named(run, sentence, language)
            run = []
        if match[0][0].isupper() or (run and match[0] in PARTICLES):
            run.append(match)
        elif run:
            out += _named(run, sentence, language)
            run = []
    return out + _named(run, sentence, language)


def _named(run: list[re.Match[str]], sentence: str, language: str) -> list[tuple[int, int, str]]:
    """The name a run of words holds, without what is no name at its start or end."""
    while run and _is_no_name(run[0][0], language):
        run = run[1:]
    kept = [*takewhile(lambda match: not _is_no_name(match[0], language), run)][:MOST_WORDS]
    while kept and kept[-1][0] in PARTICLES:
        kept = kept[:-1]
    if not kept:
        return []
    text = sentence[kept[0].start() : kept[-1].end()].rstrip(".").removesuffix("'s").removesuffix("’s")
    return [(kept[0].start(), kept[0].start() + len(text), text)] if len(text) > 1 else []


def _is_no_name(word: str, language: str) -> bool:
    said = folded(word).rstrip(".")
    return said in _COURTESY or said in _NEVER or said in _others(language) or "'" in said[1:2]


@cache
def _others(language: str) -> frozenset[str]:
    found = words.words(language)
    keys = ("stand_in", "covers", "absent", "back", "titles", "weekdays", "organizations")
    entries = [entry for key in keys for entry in found.get(key, ())]
    return frozenset(
        word
        for entry in [*entries, found.get("small_words", "")]
        for word in words_of(entry.replace("|", " "))
    )


def _arabic_name(text: str) -> str:
    """The first words, up to one that cannot be of a name."""
    out: list[str] = []
    last = 0
    for match in _ARABIC_WORD.finditer(text):
        said = folded(match[0])
        if said in _ARABIC_TITLES and not out:
            last = match.end()
            continue
        if (
            said in _ARABIC_STOPS
            or len(out) == MOST_ARABIC_WORDS
            or (out and text[last : match.start()] != " ")
        ):
            break
        out.append(match[0])
        last = match.end()
    return " ".join(out)
