"""M16: a closing that announces a name, and no name after it.

Theory of operation.  A closing is a line of nothing but a known phrase ("Kind regards,").  It is unsigned
where no letter or digit follows it, a postscript aside: any other line may be a name, and is left alone.
"Thanks," and its like are how one ends a quick word to somebody one knows, and say that a name follows only
at the end of a first message.  Only e-mail: elsewhere the name stands beside the message.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.rules.lint.case import Case, Found
from askwell.rules.lint.model import Edit, Fix, Medium, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMAL = (
    r"(?:with )?(?:(?:my|very|kind|kindest|warm|warmest|best)[ \t]+){0,3}(?:regards|wishes)"
    r"|(?:yours )?(?:very )?(?:sincerely|truly|faithfully|respectfully|cordially)(?: yours)?"
    r"|mit (?:freundlichen|besten|herzlichen) gr(?:ü|ue)(?:ß|ss)en"
    r"|(?:viele|beste|liebe|freundliche|herzliche) gr(?:ü|ue)(?:ß|ss)e"
    r"|(?:bien )?cordialement|(?:cordiales )?salutations|(?:muy )?atentamente|(?:un )?(?:cordial )?saludos?"
    r"|(?:cordiali|distinti) saluti|atenciosamente|met vriendelijke groeten?|med vänliga? hälsning(?:ar)?"
)
_QUICK = r"(?:best|cheers|with (?:many )?thanks|(?:many |my )?thanks(?: again)?|thank you(?: again)?)[ \t]*,"
_END = r"[ \t]*[,.!]?[ \t]*$"
_CLOSING = re.compile(rf"^[ \t]*(?:{_FORMAL}){_END}", re.IGNORECASE | re.MULTILINE)
_FIRST_CLOSING = re.compile(rf"^[ \t]*(?:{_FORMAL}|{_QUICK}){_END}", re.IGNORECASE | re.MULTILINE)
_POSTSCRIPT = re.compile(r"^[ \t]*P\.?[ \t]?S\.?[:,.]?[ \t].*\Z", re.MULTILINE | re.DOTALL)


def unsigned(case: Case) -> Iterator[Found]:
    """M16 where nothing stands under the closing."""
    if case.medium is not Medium.EMAIL:
        return
    letter = _POSTSCRIPT.sub("", case.flat)
    closing = _FIRST_CLOSING if case.is_first else _CLOSING
    last = max(closing.finditer(letter), key=lambda match: match.start(), default=None)
    if last is None or re.search(r"\w", letter[last.end() :]):
        return
    yield Found(
        code="M16",
        severity=Severity.WARNING if case.is_first else Severity.HINT,
        text="M16.unsigned",
        start=last.start(),
        end=last.end(),
        params={"closing": last[0].strip().rstrip(",.!")},
        fix=_signed(case, last.end()),
    )


def _signed(case: Case, at: int) -> Fix | None:
    name = case.context.seeker.strip()
    if not name:
        return None
    return Fix(edits=(Edit(offset=at, length=0, text=f"\n{name}"),), label="fix.sign", params={"name": name})
