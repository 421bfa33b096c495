"""M16: placeholders left in, and the salutation.

Theory of operation.  Square brackets, braces and angle brackets around words are placeholders
unless they are one of the few honest uses (footnotes, pronouns, links, quoted insertions, HTML).
Round brackets are ordinary writing, so there only a closed list counts.  Works in any language.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.rules.facts import Mode
from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.letter import flatten
from askwell.rules.lint.model import Edit, Fix, Medium, Part, Severity
from askwell.rules.modes import FIRST_MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUNS = (
    r"(?:(?:your|their|his|her|my|the|our|first|last|full|given|family|contact|recipient|mutual|hiring|insert|add|specific"
    r"|company|job|school|university)['s]*[ _-]*){0,4}"
    r"(?:names?|company|companies|organi[sz]ation|employer|firm|title|position|role|school|university|college|major|degree"
    r"|year|date|time|day|month|topic|field|industry|department|city|location|phone(?: number)?|number|email|article"
    r"|project|event|manager|person|connection|connected|contact|referrer|surname|firstname|lastname|fname|lname|salutation"
    r"|link|url|something specific|details?|here|minutes|class|program(?:me)?|reason|hook|achievement|skills?|signature)"
)
_PRONOUNS = r"(?:she|he|they|ze|xe|any|all|her|him|hers|his|them|theirs)(?:[ /,]+(?:she|he|they|ze|xe|her|him|hers|his|them|theirs|any|all|pronouns))*"
_HONEST = re.compile(
    rf"\s*(?:{_PRONOUNS}|sic|at|dot|pdf|external|ext|link|links|video|photo|edit|redacted|…|\.\.\.|[a-z]|\W*\d[\w\s.,:/-]*)?\s*\Z",
    re.IGNORECASE,
)
_SQUARE = re.compile(r"\[{1,3}([^\[\]\n]{0,80})\]{1,3}")
_CURLY = re.compile(
    r"\$?\{{1,3}%?\s?([^{}\n]{1,60}?)\s?%?\}{1,3}|%(?:[A-Z][A-Z0-9_ ]{1,30}|[a-z]+_?name)%|\*\|[A-Z0-9_:]+\|\*"
)
_ANGLE = re.compile(r"<{1,2}\s?([^<>\n@/]{1,40}?)\s?>{1,2}|«\s?([^«»\n]{1,40}?)\s?»|‹([^‹›\n]{1,40})›")
_HTML = frozenset(
    [
        "a",
        "b",
        "i",
        "p",
        "br",
        "em",
        "strong",
        "u",
        "ul",
        "ol",
        "li",
        "div",
        "span",
        "td",
        "tr",
        "table",
        "html",
        "body",
        "head",
        "img",
        "hr",
        "h1",
        "h2",
        "h3",
        "blockquote",
        "pre",
        "code",
        "sub",
        "sup",
    ]
)
_ANGLE_WORDS = re.compile(
    rf"\s*(?:insert\b.*|{_NOUNS}|[A-Z][A-Z0-9_ ]+|[A-Za-z]+(?:[ _][A-Za-z]+){{1,4}})\s*\Z", re.IGNORECASE
)
_ROUND = re.compile(
    rf"\((?:(?:insert|fill in|enter|add your|state your|name of (?:the |your )?(?:person|company|school|contact|referrer))\b[^()\n]{{0,60}}|{_NOUNS}|or"
    r"|(?:his ?/ ?her|her ?/ ?his|him ?/ ?her|he ?/ ?she|she ?/ ?he|mr\.? ?/ ?(?:ms|mrs)\.?)s?)\)",
    re.IGNORECASE,
)
_BLANKS = re.compile(
    r"(?<![\w/])_{2,}(?![\w_])|(?<![\w/_])_{3,}|(?<=[^\W_])_{3,}|\.{6,}|(?:(?<=[Dd]ear )|(?<=\b[Hh]i )|(?<=ello ))(?:\.{2,}|…)|(?<=\s)…{2,}|(?<=\s)\?{3,}(?=[\s,.]|$)"
)
_RULE_LINE = re.compile(r"^[ \t]*[_.]{10,}[ \t]*$", re.MULTILINE)
_LITERALS = re.compile(
    r"\bX{2,}\b(?!-| ?(?:century|chromosome|/ ?XY|XY))|\b[A-Z]+_?(?:NAME|COMPANY)\b(?<!\bSURNAME)|\b(?:FIRST|LAST|COMPANY|YOUR|SCHOOL) NAME\b"
    r"|\bNAME HERE\b|\bINSERT [A-Z ]{3,30}|\bTBD\b|\bTODO\b(?! (?:lists?|apps?|items?))|\bABC (?:Company|Corp\w*|Inc|University|School)|\bXYZ\b(?! ?(?:ax[ie]s|coord\w+|plane))|\$[A-Z][A-Z_]{2,}\b|#[A-Z][A-Z_]{2,}#|\b20[X_]{2}\b|\b[Ll]orem ipsum\b|(?<=[Dd]ear )(?:Mr\.?|Ms\.?|Mrs\.?) ?/ ?(?:Mr|Ms|Mrs)\.?"
)
_NOBODY = re.compile(
    r"(?:first ?|last ?|full ?)?name|recipient|contact|alum(?:nus|na)?|x{1,4}|undefined|null|none|nan|…|\.{3,}|-+|mr\.? ?/ ?m[rs]s?\.?.*",
    re.IGNORECASE,
)
_EMPTY_NAME = re.compile(
    r"\s*(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))(?: ,| (?=\n))", re.IGNORECASE
)
_TO_NO_ONE = re.compile(
    r"\s*(?:to whom it may concern\b|dear (?:sirs?|madam|sir ?(?:or|/|and) ?madam|ma'am|hiring (?:manager|team)|recruiter"
    r"|sir ?/ ?ma'?am|professional|friend|connection|alumn[iae]+|human resources|hr(?: team)?|team)\b|(?:hi|hello|hey) there(?=\s*[,!.\n]))",
    re.IGNORECASE,
)
_UPPER_RUN = re.compile(r"(?:\b[A-Z]{2,}\b[\s,.;:!?'-]*){4,}")

_SHOWN = 40  # characters
_LONGEST_WORDS = 10


def placeholders(case: Case) -> Iterator[Found]:
    """M16 in subject and body."""
    subject = flatten(case.letter.message.subject or "")
    for start, end in _places(subject, subject=True):
        yield _left_in(subject, start, end, Part.SUBJECT)
    for start, end in _places(case.flat, subject=False):
        yield _left_in(case.flat, start, end, Part.BODY)
    yield from _nameless(case)


def _left_in(text: str, start: int, end: int, part: Part) -> Found:
    shown = text[start:end].strip()
    shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
    return Found(
        code="M16", severity=Severity.ERROR, text="M16.placeholder", start=start, end=end,
        params={"placeholder": shown}, part=part,
    )  # fmt: skip


def _places(text: str, *, subject: bool) -> list[tuple[int, int]]:
    """Placeholders in order; of two that overlap, the first and longer one."""
    ruled = _RULE_LINE.sub(lambda match: " " * len(match[0]), text)
    found = [match.span() for match in _BLANKS.finditer(ruled)]
    found += [match.span() for match in _LITERALS.finditer(ruled) if not _shouted(ruled, match.start())]
    found += [match.span() for match in _ROUND.finditer(ruled)]
    found += [match.span() for match in _CURLY.finditer(ruled) if re.search(r"[^\W\d]{2}", match[0])]
    found += [match.span() for match in _ANGLE.finditer(ruled) if _angle_is_placeholder(match)]
    found += [
        match.span()
        for match in _SQUARE.finditer(ruled)
        if _square_is_placeholder(ruled, match, subject=subject)
    ]
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, end))
    return chosen


def _shouted(text: str, at: int) -> bool:
    """Inside a run of capitals: someone shouts, nothing was left in."""
    return any(match.start() <= at < match.end() for match in _UPPER_RUN.finditer(text))


def _angle_is_placeholder(match: re.Match[str]) -> bool:
    inside = next(group for group in match.groups() if group is not None)
    if match[0].startswith("<"):
        name = inside.split()[0].lower() if inside.split() else ""
        blotted = set(inside) == {"u"}  # an address or a link
        return name not in _HTML and not blotted and bool(_ANGLE_WORDS.match(inside))
    return bool(re.fullmatch(rf"\s*{_NOUNS}\s*", inside, re.IGNORECASE))


def _square_is_placeholder(text: str, match: re.Match[str], *, subject: bool) -> bool:
    inside, before, after = match[1], text[: match.start()], text[match.end() : match.end() + 1]
    if not inside.strip():
        return not re.search(r"(?:^|\n)[ \t]*[-*•\d.]*[ \t]*\Z", before)  # an empty check box
    if after in {"(", ":"} or (subject and not before.strip()):
        return bool(re.fullmatch(rf"\s*(?:insert\b.*|{_NOUNS})\s*", inside, re.IGNORECASE))
    if re.fullmatch(r"X+", inside):
        return True
    if _HONEST.match(inside) or len(inside.split()) > _LONGEST_WORDS:
        return False
    return before[before.rfind("\n\n") + 1 :].count('"') % 2 == 0  # an insertion into a quotation is honest


def _nameless(case: Case) -> Iterator[Found]:
    """A greeting whose name was never filled in: "Dear Name,", "Hi ,"."""
    letter = case.letter
    if not letter.greeting:
        return
    start, end = letter.greeting
    if letter.greeting_word and (
        _NOBODY.fullmatch(letter.name) or (not letter.name and _EMPTY_NAME.match(case.flat, start))
    ):
        place = (letter.name_at, letter.name_at + len(letter.name)) if letter.name else (start, end)
        yield Found(
            code="M16", severity=Severity.ERROR, text="M16.placeholder", start=place[0], end=place[1],
            params={"placeholder": case.flat[start:end].strip()}, fix=_name_fix(case, *place),
        )  # fmt: skip


def _name_fix(case: Case, start: int, end: int) -> Fix | None:
    name = f"{case.context.given} {case.context.family}".strip()
    if not name or case.letter.name == "":
        return None
    return Fix(
        edits=(Edit(offset=start, length=end - start, text=name),), label="fix.name", params={"name": name}
    )


def salutation(case: Case) -> Iterator[Found]:
    """M16: greeted by name, and by the right one."""
    if case.mode not in FIRST_MODES or not case.is_first or case.medium is not Medium.EMAIL:
        return
    greeting = case.letter.greeting
    if greeting is None:
        if case.letter.message.subject is not None or case.medium_known:
            yield Found(code="M16", severity=Severity.WARNING, text="M16.no_greeting")
        return
    start, end = greeting
    if _TO_NO_ONE.match(case.flat, start):
        yield Found(
            code="M16", severity=Severity.WARNING, text="M16.to_no_one", start=start, end=end,
            fix=_greeting_fix(case, start, end),
        )  # fmt: skip
    elif case.mode is not Mode.INTRO_REQUEST or case.context.given:
        yield from _right_name(case, start, end)


def _greeting_fix(case: Case, start: int, end: int) -> Fix | None:
    name = f"{case.context.given} {case.context.family}".strip()
    if not name:
        return None
    text = f"Dear {name}{case.flat[start:end][-1:] if case.flat[start:end][-1:] in ',:' else ','}"
    return Fix(
        edits=(Edit(offset=start, length=end - start, text=text),), label="fix.name", params={"name": name}
    )


def _right_name(case: Case, start: int, end: int) -> Iterator[Found]:
    context, name = case.context, case.letter.name
    known = [
        part.casefold() for part in re.split(r"[\s-]+", flatten(f"{context.given} {context.family}")) if part
    ]
    written = [part.casefold().strip(".'") for part in re.split(r"[\s-]+", name) if part]
    if known and written and not any(_same(part, other) for part in written for other in known):
        full = f"{context.given} {context.family}".strip()
        yield Found(
            code="M16", severity=Severity.WARNING, text="M16.other_name", start=case.letter.name_at,
            end=case.letter.name_at + len(name), params={"name": name, "known": full},
            fix=_name_fix(case, case.letter.name_at, case.letter.name_at + len(name)),
        )  # fmt: skip
    elif context.senior_stranger and context.given and name.casefold() == context.given.casefold():
        yield Found(
            code="M16", severity=Severity.WARNING, text="M16.first_name", start=start, end=end,
            params={"name": name}, fix=_greeting_fix(case, start, end),
        )  # fmt: skip


def _same(written: str, known: str) -> bool:
    """Equal, or one begins the other ("Alex" for "Alexandra")."""
    short = 3
    return written == known or (
        min(len(written), len(known)) >= short and (known.startswith(written) or written.startswith(known))
    )
