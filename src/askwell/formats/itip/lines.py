"""Content lines and components: the grammar of an .ics file, without any meaning yet.

Theory of operation.  A file is cut into lines wherever any program cuts them (LF, CR, CRLF, and the
empty lines that a doubled CR leaves), folded lines are joined as *bytes*, because programs fold in
the middle of a character, and only then is the text decoded.  What comes back is a tree of
``Component``s that holds everything the file says, in its order, with the number of the line it
stands on; nothing is thrown away but what is no content line at all, and that is told.  ``to_bytes``
writes such a tree again: CRLF, folded at 75 octets between characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from askwell.formats import encodings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from askwell.formats.itip.faults import Faults

MOST_BYTES = 32 * 1024 * 1024
_LONGEST_LINE = 1024 * 1024
_DEEPEST = 8
_FOLD = 75
_HEAD = 4096
_LONGEST_RUN = 65536
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAM = re.compile(r';([A-Za-z0-9-]+)(?:=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*))?')
_VALUE = re.compile(r'"[^"]*"|[^",]+')
_CARET = {"^n": "\n", "^^": "^", "^'": '"'}
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_RUNS_ON = {"DESCRIPTION", "COMMENT", "SUMMARY", "LOCATION", "X-ALT-DESC"}


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: the name in capitals, the value with its escapes as written."""

    name: str
    value: str
    params: tuple[tuple[str, tuple[str, ...]], ...] = ()
    number: int = field(default=0, compare=False)

    def param(self, name: str) -> str:
        """The first value of that parameter, or nothing."""
        return next((values[0] for key, values in self.params if key == name and values), "")

    def with_param(self, name: str, value: str) -> Line:
        """The line with that parameter set; an empty value takes it away."""
        kept = tuple(one for one in self.params if one[0] != name)
        return replace(self, params=(*kept, (name, (value,))) if value else kept)


@dataclass(frozen=True, slots=True)
class Component:
    """What stands between a BEGIN and its END."""

    name: str
    lines: tuple[Line, ...] = ()
    parts: tuple[Component, ...] = ()
    number: int = field(default=0, compare=False)

    def all(self, name: str) -> list[Line]:
        """Every line of that name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        """The first line of that name, if there is one."""
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        """The value of the first line of that name, or nothing."""
        line = self.first(name)
        return line.value if line else ""

    def without(self, *names: str) -> Component:
        """The component less every line of these names."""
        return replace(self, lines=tuple(line for line in self.lines if line.name not in names))

    def having(self, *lines: Line) -> Component:
        """The component with these lines in the place of all of the same names."""
        kept = self.without(*(line.name for line in lines)).lines
        return replace(self, lines=(*kept, *lines))

    def walk(self, name: str) -> Iterator[Component]:
        """Every component of that name in here."""
        for part in self.parts:
            if part.name == name:
                yield part
            yield from part.walk(name)


def parse(data: bytes, faults: Faults) -> tuple[Component, ...]:
    """The components of a file, outermost first; what is no calendar at all gives none."""
    builder = _Builder(faults)
    for number, text in _logical(data, faults):
        builder.take(text, number)
    return builder.finish()


def _logical(data: bytes, faults: Faults) -> Iterator[tuple[int, str]]:
    """Unfolded lines with the number of the line each begins on."""
    numbers: list[int] = []
    joined: list[list[bytes]] = []
    data = _narrow(data)
    for number, raw in enumerate(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        if raw[:1] in {b" ", b"\t"} and joined:
            joined[-1].append(raw[1:])
        elif raw.strip():
            numbers.append(number)
            joined.append([raw])
    text, guessed = encodings.decode(b"\n".join(b"".join(parts) for parts in joined), file=faults.file)
    for one in guessed:
        faults.keep(one)
    yield from zip(numbers, text.split("\n"), strict=False)


def _narrow(data: bytes) -> bytes:
    """The bytes with one octet to a line break, whatever their encoding; null characters are no text."""
    if b"\0" in data[:_HEAD]:
        data = encodings.decode(data, file="")[0].encode(errors="replace")
    return data.replace(b"\0", b"")


class _Builder:
    """Puts lines into components as they come."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._open: list[tuple[str, int, list[Line], list[Component]]] = []
        self._done: list[Component] = []
        self._buried = 0  # how many components deeper than any calendar's

    def take(self, text: str, number: int) -> None:
        if len(text) > _LONGEST_LINE:
            self._faults.add("too-long", number)
            text = text[:_LONGEST_LINE]
        line = parse_line(text, number)
        if line is None:
            self._run_on(text, number)
        elif line.name == "BEGIN":
            self._begin(line)
        elif line.name == "END":
            self._end(line)
        elif self._buried:
            pass
        elif self._open:
            self._open[-1][2].append(line)
        else:
            self._faults.add("outside", number)

    def _run_on(self, text: str, number: int) -> None:
        """Some programs break a long text without folding it."""
        self._faults.add("no-property", number)
        lines = self._open[-1][2] if self._open else []
        if lines and lines[-1].name in _RUNS_ON and len(lines[-1].value) < _LONGEST_RUN:
            lines[-1] = replace(lines[-1], value=lines[-1].value + "\\n" + text)

    def _begin(self, line: Line) -> None:
        if self._buried or len(self._open) >= _DEEPEST:
            self._buried += 1
            self._faults.add("too-deep", line.number)
            return
        self._open.append((line.value.strip().upper(), line.number, [], []))

    def _end(self, line: Line) -> None:
        name = line.value.strip().upper()
        if self._buried:
            self._buried -= 1
            return
        if all(one[0] != name for one in self._open):
            self._faults.add("end-without-begin", line.number)
            return
        while self._open[-1][0] != name:
            self._faults.add("no-end", self._open[-1][1], name=self._open[-1][0])
            self._close()
        self._close()

    def _close(self) -> None:
        name, number, lines, parts = self._open.pop()
        made = Component(name, tuple(lines), tuple(parts), number)
        (self._open[-1][3] if self._open else self._done).append(made)

    def finish(self) -> tuple[Component, ...]:
        while self._open:
            self._faults.add("no-end", self._open[-1][1], name=self._open[-1][0])
            self._close()
        return tuple(self._done)


def parse_line(text: str, number: int = 0) -> Line | None:
    """One unfolded line, without the control characters no value may hold; None if it is no content line."""
    found = _NAME.match(text)
    if not found:
        return None
    at, params = found.end(), []
    while one := _PARAM.match(text, at):
        params.append((one[1].upper(), tuple(_plain(value) for value in _VALUE.findall(one[2] or ""))))
        at = one.end()
    if params or text[at : at + 1] == ";":  # a parameter may be unreadable, and the value fine
        at = text.find(":", at)
    if at < 0 or text[at : at + 1] != ":":
        return None
    return Line(found[0].upper(), _CONTROL.sub("", text[at + 1 :]), tuple(params), number)


def _plain(value: str) -> str:
    """A parameter's value without its quotation marks, and with what RFC 6868 hides."""
    return re.sub(r"\^[n^']", lambda found: _CARET[found[0]], _CONTROL.sub("", value.strip('"')))


def unescape(value: str) -> str:
    """A TEXT value as a person reads it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def escape(text: str) -> str:
    """A text as a TEXT value is written."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def to_bytes(component: Component) -> bytes:
    """The component as a file: CRLF, folded."""
    return b"".join(_folded(text) for text in _texts(component))


def _texts(component: Component) -> Iterator[str]:
    yield f"BEGIN:{component.name}"
    for line in component.lines:
        yield text_of(line)
    for part in component.parts:
        yield from _texts(part)
    yield f"END:{component.name}"


def text_of(line: Line) -> str:
    """One line as it is written, before folding."""
    params = "".join(f";{name}={_written(values)}" if values else f";{name}=" for name, values in line.params)
    return f"{line.name}{params}:{_CONTROL.sub('', line.value)}"


def _written(values: Iterable[str]) -> str:
    return ",".join(_quoted(value) for value in values)


def _quoted(value: str) -> str:
    value = value.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    value = _CONTROL.sub("", value)
    return value if value and not re.search(r"[,;:]", value) else f'"{value}"'


def _folded(text: str) -> bytes:
    """The line in pieces of at most 75 octets, cut between characters."""
    raw, pieces, at, room = text.encode("utf-8", errors="replace"), [], 0, _FOLD
    while len(raw) - at > room:
        end = at + room
        while raw[end] & 0xC0 == 0x80:  # noqa: PLR2004  inside a character
            end -= 1
        pieces.append(raw[at:end])
        at, room = end, _FOLD - 1
    pieces.append(raw[at:])
    return b"\r\n ".join(pieces) + b"\r\n"
