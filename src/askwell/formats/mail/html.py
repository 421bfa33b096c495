"""A message in HTML as lines of text, with what it quotes marked as quoted.

Theory of operation.  What a reader sees is kept, line by line; scripts, styles and the head are not.  Lines
inside ``blockquote`` begin with "> ", as in a letter in plain text, so that the same rules tell new words
from old ones.  The mark-up is cut by the reader of saved pages, which looks at each sign a bounded number of
times.  Nothing named in the page is fetched.
"""

from __future__ import annotations

import re
from html import unescape

from askwell.formats.saved_page import pieces

MOST_SIGNS = 2_000_000
MOST_QUOTED = 20  # deeper quotations keep this many marks
_UNREAD = frozenset(("script", "style", "head", "title", "template", "noscript", "svg", "object", "select"))
_LINES = frozenset(
    ("address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
     "section", "table", "tr", "ul")
)  # fmt: skip
_APART = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table"))
_SPACE = re.compile(r"[ \t\f\u200b\ufeff\u034f\u00ad]+")
_BLANKS = re.compile(r"\n{3,}")


class _Lines:
    """Lines as they are made, with how deep the quotation is."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.open: list[str] = []
        self.depth = 0

    def words(self, text: str) -> None:
        self.open.append(text)

    def end(self, *, apart: bool = False) -> None:
        line = _SPACE.sub(" ", "".join(self.open).replace("\n", " ").replace("\r", " ")).strip()
        self.open.clear()
        mark = "> " * min(self.depth, MOST_QUOTED)
        if line:
            self.made.append(mark + line)
        if apart and self.made and self.made[-1].strip("> "):
            self.made.append(mark.rstrip())

    def kept(self, text: str) -> None:
        """Take lines as they are broken, inside ``pre``."""
        first, *others = text.split("\n")
        self.words(first)
        for line in others:
            if not "".join(self.open).strip():
                self.made.append(("> " * min(self.depth, MOST_QUOTED)).rstrip())
            self.end()
            self.words(line)


def text_of_html(page: str) -> str:
    """Give the lines of a page that is a message."""
    lines = _Lines()
    unread, as_is = "", 0
    for text, name, closing in pieces(page[:MOST_SIGNS]):
        if not unread:
            (lines.kept if as_is else lines.words)(unescape(text))
        if name in _UNREAD:
            unread = _still_unread(unread, name, closing=closing)
        elif not unread and name:
            as_is = max(0, as_is + (-1 if closing else 1)) if name == "pre" else as_is
            _tag(lines, name, closing=closing)
    lines.end()
    return _BLANKS.sub("\n\n", "\n".join(lines.made)).strip("\n")


def _still_unread(unread: str, name: str, *, closing: bool) -> str:
    if closing:
        return "" if name == unread else unread
    return unread or name


def _tag(lines: _Lines, name: str, *, closing: bool) -> None:
    if name in {"td", "th"}:
        lines.words(" ")
    if name == "br" and not "".join(lines.open).strip():
        lines.made.append(("> " * min(lines.depth, MOST_QUOTED)).rstrip())
    if name in _LINES:
        lines.end(apart=closing and name in _APART)
    if name == "body":
        lines.depth = 0
    if name == "blockquote":
        lines.depth = max(0, lines.depth + (-1 if closing else 1))
