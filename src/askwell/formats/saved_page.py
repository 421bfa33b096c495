"""A page saved from a browser, or a text file, to plain text.

Theory of operation.  What a reader sees is kept, as lines; what only a browser reads (scripts, styles,
pictures, frames, the head but for its title) is left out, and so are menus and footers where the page
marks them.  Nothing named in the page is ever fetched, no mark-up survives.  The bytes are bounded
before they are read, the text after.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from askwell.formats.encodings import decode
from askwell.formats.errors import FormatError, TooLarge
from askwell.formats.limits import MIB, human_size

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 2 * MIB
MOST_SIGNS = 20_000
_UNREAD = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "nav", "footer", "select",
     "button")
)  # fmt: skip
_LINES = frozenset(
    ("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "h1",
     "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td",
     "th", "title", "tr", "ul")
)  # fmt: skip
_RAW = frozenset(("script", "style", "textarea"))  # what is inside is no mark-up
_MARK = re.compile(r"<(?:!doctype|html|head|body|p|div|a|h\d|article)\b", re.IGNORECASE)
_SPACE = re.compile(r"[^\S\n]+")
_LOOKS_BINARY = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_MOST_ODD = 0.05
_PROBED = 4096


class NotText(FormatError):
    """Neither a page nor a text."""

    code = "not-text"


def read_page(data: bytes, *, file: str) -> str:
    """Give what is to read in a saved page or a text file.  Raises TooLarge, NotText."""
    if len(data) > MOST_BYTES:
        raise TooLarge(file, limit=human_size(MOST_BYTES))
    text, _problems = decode(data, file=file)
    probe = text[:_PROBED]
    if not text.strip() or len(_LOOKS_BINARY.findall(probe)) > _MOST_ODD * len(probe):
        raise NotText(file)
    return shorten(_tidy(_words(text) if _MARK.search(probe) else text))


def shorten(text: str) -> str:
    """Cut what is too long to keep, at the end of a word, and mark it."""
    if len(text) <= MOST_SIGNS:
        return text
    return f"{text[: MOST_SIGNS - 1].rsplit(None, 1)[0]}…"


def _tidy(text: str) -> str:
    lines = (_SPACE.sub(" ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _words(page: str) -> str:
    found: list[str] = []
    unread: list[str] = []  # open elements that nobody reads
    for text, name, closing in pieces(page):
        if not unread:
            found.append(unescape(text).replace("\n", " "))
            found.append("\n" if name in _LINES else "")
        if name in _UNREAD and not closing:
            unread.append(name)
        elif closing and name in unread:
            del unread[unread.index(name) :]
    return "".join(found)


def pieces(page: str) -> Iterator[tuple[str, str, bool]]:
    """Cut a page into (text before a tag, name of the tag, whether it closes).

    Each sign is looked at a bounded number of times, whatever the page is made of.
    """
    low, at, begun = page.translate(_LOWER), 0, 0
    while (at := page.find("<", at)) >= 0:
        named = _NAME.match(low, at)
        if not named and not low.startswith(("<!", "<?"), at):
            at += 1  # a mere sign: 2 < 3
            continue
        end = _after(low, at)
        name, closing = (named[2], bool(named[1])) if named else ("", False)
        yield page[begun:at], name, closing
        if name in _RAW and not closing:
            end = low.find(f"</{name}", end) if end < len(low) else end
            end = len(low) if end < 0 else end
        at = begun = end
    yield page[begun:], "", False


def _after(low: str, at: int) -> int:
    """Where a tag or a comment ends; the end of the page where it never does."""
    mark = "-->" if low.startswith("<!--", at) else ">"
    if mark == "-->":
        end = low.find(mark, at)
        return end + len(mark) if end >= 0 else len(low)
    while found := _STOP.search(low, at):
        if found[0] == ">":
            return found.end()
        close = low.find(found[0], found.end(), found.end() + _LONGEST_VALUE)
        at = close + 1 if close >= 0 else found.end()
    return len(low)


_LOWER = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}  # as long as before
_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_STOP = re.compile("[\"'>]")
_LONGEST_VALUE = 1000  # of an attribute; a quote that is longer open is a mere sign
