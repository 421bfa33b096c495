"""A message as the checks see it: greeting, core, sentences, signature.

Theory of operation.  The body is *flattened* without changing any position: curly quotes become
straight, links, addresses and code are blotted out, quoted history is blanked.  The greeting is
taken from the first line, the signature from the last lines; what lies between is the core, cut
into sentences.  Nothing here judges.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.rules.lint.message import Message

_QUOTES = str.maketrans("\u2019\u2018\u02bc\u201c\u201d\u201e\u00a0\u202f\u2011", "'''\"\"\"  -") | {13: 32}
_BLOT = re.compile(
    r"```.{0,4000}?```|`[^`\n]{1,200}`"
    r"|\b(?:https?://|www\.)[^\s<>\"']{1,2000}"
    r"|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|\b[a-z0-9-]{2,63}\.(?:com|org|net|edu|io|example|co|dev|ac|gov|me|us|uk|de)(?:/[^\s]{0,500})?\b",
    re.DOTALL,
)
_HISTORY = re.compile(
    r"^(?:-{2,} ?(?:original message|forwarded message|weitergeleitete nachricht).*"
    r"|on [^\n]{5,120}(?:\n[^\n]{0,60})? wrote:[ \t]*$"
    r"|from: [^\n]+\nsent: ).*\Z",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_QUOTED = re.compile(r"^[ \t]*>[^\n]*", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['.:&/-][^\W_]+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")

_TITLES = r"Mr|Ms|Mrs|Mx|Dr|Prof|Sr|Sra|St|Mme|Mlle|Rev|Hon|Capt|Lt|Sgt|Eng|Ing|Dipl"
_ABBREVIATION = re.compile(
    rf"(?:\b(?:{_TITLES}|e\.g|i\.e|etc|approx|vs|cf|min|mins|hr|hrs|Inc|Ltd|Corp|Jr|No|Nr|dept|univ|assoc|asst"
    r"|ext|tel|z\.B|d\.h|bzw|ca)|\b[A-Za-z](?:\.[A-Za-z])*)\.$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[.!?…]+[\"')\]]*(?=\s|$)|\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t])|[。！？؟]"
)

_GREETING_WORDS = (
    r"dear|hi there|hi|hello there|hello|hey there|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|g'day|yo"
    r"|to whom it may concern|to the|hej|hei|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|moin|servus"
    r"|grüezi|grüß gott|estimad[oa]s?|querid[oa]s?|apreciad[oa]|hola|buenos d[ií]as|buenas(?: tardes)?|bonjour|bonsoir"
    r"|cher|chère|salut|coucou|ciao|car[oa]|gentile|egregi[oa]|buongiorno|salve|prezad[oa]s?|car[oa]s|olá|oi|bom dia"
    r"|boa tarde|beste|geachte|kära|bästa|hejsan|kjære|hyvä|drogi|droga|szanown[yia]|dzień dobry|cześć|xin chào|chào"
    r"|kính gửi|thưa|namaste|namaskar|assalamu?[ -]alaikum|as-?salaa?mu?|salaam|shalom|selam|merhaba|sayın|ahoj"
    r"|dobrý den|vážen[ýá]|aloha|kia ora|sawubona|konnichiwa|tisztelt|kedves|stimat[ăe]|bună|drag[ăi]?|zdravo|poštovan[ia]"
)
_GREETING = re.compile(
    rf"\s*[\"'*_]*(?P<word>(?:{_GREETING_WORDS})\b)"
    rf"(?P<name>(?:\b(?:{_TITLES}|M)\.|\b(?-i:[A-Z])\.(?=[ A-Z])|[^\n,:!;?.—]){{0,70}}?)"
    r"(?P<end>[,:!;—?]|\s[-–]+(?=\s)|\.(?=\s|$)|(?=\n|\Z))",
    re.IGNORECASE,
)
_BARE_NAME = re.compile(
    rf"\s*(?P<word>)(?P<name>(?:(?:{_TITLES})\.? +|Professor +|Doctor +)?[^\W\d_a-z][\w'’.-]*"
    r"(?: +(?:[^\W\d_a-z][\w'’.-]*|van|von|der|den|de|la|da|dos|bin|al|el|ten|zu|le|y))"
    r"{0,4})(?P<end>[,:!—]|\s[-–](?=\s))",
)
_NOT_NAMES = frozenset(
    [
        "thanks",
        "thank",
        "i",
        "we",
        "my",
        "as",
        "it",
        "the",
        "a",
        "an",
        "this",
        "that",
        "after",
        "before",
        "since",
        "while",
        "when",
        "last",
        "yesterday",
        "today",
        "tomorrow",
        "congratulations",
        "also",
        "however",
        "first",
        "second",
        "recently",
        "currently",
        "if",
        "in",
        "at",
        "on",
        "for",
        "with",
        "from",
        "sorry",
        "apologies",
        "re",
        "happy",
        "great",
        "lovely",
        "good",
        "just",
        "quick",
        "following",
        "hope",
        "hoping",
        "so",
        "and",
        "but",
        "or",
        "no",
        "yes",
        "well",
        "ok",
        "okay",
        "p.s",
        "ps",
        "note",
    ]
)
_SIGN_OFF = re.compile(
    r"^[ \t\"]*(?:with (?:\w+ )?(?:thanks|gratitude|appreciation|best|warm|kind|regards|respect)\b.*"
    r"|(?:(?:my |very |all (?:the )?|many |kind(?:est)?|warm(?:est|ly)?|best|sincere|yours|sincerely|respectfully|cordially"
    r"|gratefully|cheers|thanks|thank you|regards|talk soon|until then|take care|greetings|wishing|in gratitude|appreciatively"
    r"|faithfully|mit |viele |beste |liebe |freundliche |herzliche |cordialement|bien à|salutations|amicalement|saludos"
    r"|un saludo|un cordial|atentamente|cordiali|distinti|atenciosamente|abraço|mvh|med vänlig|vänliga|hälsningar"
    r"|hartelijke|met vriendelijke|groet|pozdrawiam|z poważaniem|terveisin|ystävällisin|trân trọng|saygılarımla)\b"
    r"[^\n.?!]{0,40})[,.!]?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DASHES = re.compile(r"^--[ \t]*$", re.MULTILINE)
_NAME_LINE = re.compile(r"\n[ \t]*(?:[-—–~][ \t]*)?[^\W\d_a-z][\w'’.-]*(?: [\w'’.-]+){0,3}[,.]?[ \t\"]*\s*\Z")
_POSTSCRIPT = re.compile(r"^[ \t]*P\.?[ \t]?S\.?[:,.]?[ \t]", re.MULTILINE)
_STAGE = re.compile(r"\((?:verify|pause|wait|if |smile|listen|confirm|note|or)[^()]{0,160}\)", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])[ \t]")
_LONE_LINE_WORDS = 5
LONGEST = 20_000  # characters; nobody's letter is longer, and what follows is not read
_SIGNATURE_LINES = 9
_SIGNATURE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the core; ``start`` counts in the body."""

    start: int
    text: str
    bullet: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the body."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The parts of a body.  Spans count in the body; ``core`` ends where the signature begins."""

    message: Message
    flat: str
    greeting: tuple[int, int] | None
    greeting_word: str
    name: str
    name_at: int
    core_start: int
    core_end: int
    sentences: tuple[Sentence, ...]

    @property
    def core(self) -> str:
        """What lies between greeting and signature, flattened."""
        return self.flat[self.core_start : self.core_end]

    @property
    def signature(self) -> str:
        """Sign-off and what follows, flattened."""
        return self.flat[self.core_end :]


def read_letter(message: Message) -> Letter:
    """Cut a message into its parts."""
    flat = flatten(message.body)
    greeting = _greeting(flat)
    start = greeting.end() if greeting else _skip_blank(flat, 0)
    end = max(_signature_start(flat, start), start)
    return Letter(
        message=message,
        flat=flat,
        greeting=(_skip_blank(flat, greeting.start()), greeting.end()) if greeting else None,
        greeting_word=greeting["word"].strip().lower() if greeting else "",
        name=greeting["name"].strip() if greeting else "",
        name_at=_skip_blank(flat, greeting.start("name")) if greeting else 0,
        core_start=_skip_blank(flat, start) if start < end else start,
        core_end=end,
        sentences=(*_sentences(flat, start, end), *_postscript(flat, end)),
    )


def flatten(body: str) -> str:
    """Straight quotes, no links, no addresses, no code, no quoted history; same length."""
    if len(body) > LONGEST:
        body = body[:LONGEST] + " " * (len(body) - LONGEST)
    flat = body.translate(_QUOTES)
    flat = _HISTORY.sub(_blank, flat)
    flat = _QUOTED.sub(_blank, flat)
    return _BLOT.sub(lambda match: re.sub(r"\S", "u", match[0]), flat)


def count_words(text: str) -> int:
    """Words as a reader counts them; scripts without spaces count about 1.7 characters a word."""
    unspaced = len(_CJK.findall(text))
    spaced = _CJK.sub(" ", text) if unspaced else text
    return sum(1 for _ in _WORD.finditer(spaced)) + round(unspaced / 1.7)


def words_at(text: str) -> list[int]:
    """Where each word starts."""
    return [match.start() for match in _WORD.finditer(text)]


def without_stage_directions(text: str) -> str:
    """A phone script without what is done, not said: "(Verify the date and time.)"."""
    return _STAGE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _greeting(flat: str) -> re.Match[str] | None:
    at = _skip_blank(flat, 0)
    match = _GREETING.match(flat, at)
    if match and (match["end"] or len(match["name"].split()) <= _LONE_LINE_WORDS):
        return match
    match = _BARE_NAME.match(flat, at)
    if match and match["name"].split()[0].strip(".,'").lower() not in _NOT_NAMES:
        return match
    return None


def _signature_start(flat: str, start: int) -> int:
    """Where the sign-off or the bare signature begins; the end of the text where there is none."""
    lines = [match.start() for match in re.finditer(r"^[ \t]*\S", flat[start:], re.MULTILINE)][
        -_SIGNATURE_LINES:
    ]
    tail = start + lines[0] if lines else start
    candidates = [match.start() for pattern in (_DASHES, _SIGN_OFF) for match in pattern.finditer(flat, tail)]
    for at in sorted(candidates):
        rest = [line for line in flat[at:].splitlines() if line.strip() and not _POSTSCRIPT.match(line)]
        if all(len(line.split()) <= _SIGNATURE_WORDS for line in rest):
            return at
    name = _NAME_LINE.search(flat, start)
    return name.start() if name else len(flat.rstrip()) if flat.strip() else len(flat)


def _postscript(flat: str, end: int) -> list[Sentence]:
    match = _POSTSCRIPT.search(flat, end)
    return _sentences(flat, match.end(), len(flat)) if match else []


def _sentences(flat: str, start: int, end: int) -> list[Sentence]:
    """Cut at full stops that end a sentence, at blank lines and before bullets."""
    sentences: list[Sentence] = []
    at = start
    for match in _BOUNDARY.finditer(flat, start, end):
        if match[0].startswith(".") and not _ends_sentence(flat, at, match):
            continue
        _add(sentences, flat, at, match.end())
        at = match.end()
    _add(sentences, flat, at, end)
    return sentences


def _ends_sentence(flat: str, at: int, match: re.Match[str]) -> bool:
    if len(match[0]) > 1 or not _ABBREVIATION.search(flat[max(at, match.start() - 12) : match.end()]):
        return True
    return not flat[match.end() :].strip() or "\n\n" in flat[match.end() : match.end() + 3]


def _add(sentences: list[Sentence], flat: str, start: int, end: int) -> None:
    start = _skip_blank(flat, start)
    text = flat[start:end].rstrip()
    if re.search(r"\w|_", text):
        sentences.append(Sentence(start, text, bool(_BULLET.match(text))))
