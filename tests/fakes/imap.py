"""An IMAP server that misbehaves as it is told, with a few messages.

``HostileImap(login=b"NO [AUTHENTICATIONFAILED] No")``: for each command (also greeting) the tagged answer, or HANG,
DROP, TRICKLE, GARBAGE, FLOOD.  ``lines`` adds untagged lines before it.  ``messages`` are {UID: bytes}.
"""

from __future__ import annotations

import re

from tests.fakes.lines import Line, ScriptedServer
from tests.fakes.smtp import DROP, GARBAGE, HANG, TRICKLE

FLOOD = object()  # a literal larger than anything
CAPABILITIES = b"IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 IDLE"


class HostileImap(ScriptedServer):
    def __init__(
        self,
        *,
        capabilities: bytes = CAPABILITIES,
        messages: dict[int, bytes] | None = None,
        lines: dict[str, list[bytes]] | None = None,
        certificate=None,
        tls_at_once=False,
        **answers,
    ):
        files = (certificate.certificate, certificate.key) if certificate else (None, None)
        super().__init__(certificate=files[0], key=files[1], tls_at_once=tls_at_once)
        self.capabilities, self.messages = capabilities, messages or {}
        self.lines, self.answers = lines or {}, {"greeting": b"* OK ready", **answers}
        self.uidvalidity, self.folders = 7, [rb'(\HasNoChildren) "/" INBOX']
        self.exists: int | None = None  # what it claims; by default the truth

    def talk(self, line: Line) -> None:
        self._misbehave(line, self.answers["greeting"]) or line.say(self.answers["greeting"])
        while True:
            tag, _, rest = line.hear().partition(b" ")
            words = rest.split()
            verb = words[0].decode().lower()
            if verb == "uid":
                verb = words[1].decode().lower()
            answer = self.answers.get(verb, b"OK done")
            if self._misbehave(line, answer):
                continue
            line.say(*self.lines.get(verb, []))
            getattr(self, f"_{verb}", lambda *_words: None)(line, rest)
            line.say(tag + b" " + answer)
            if verb == "starttls" and self.tls:
                line.start_tls(self.tls)
            if verb == "logout":
                return

    def _misbehave(self, line: Line, answer: object) -> bool:
        if answer is HANG:
            line.hang()
        if answer is DROP:
            line.drop()
        if answer is TRICKLE:
            line.trickle(b"* OK still at it\r\n")
        if answer is GARBAGE:
            line.say(b"\x00\xff\xfe what \x07 is this")
        if answer is FLOOD:
            line.say(b"* 1 FETCH (UID 1 BODY[] {99999999999}")
            line.trickle(b"x" * 1000)
        return answer is GARBAGE

    def _capability(self, line: Line, rest: bytes) -> None:
        line.say(b"* CAPABILITY " + self.capabilities)

    def _authenticate(self, line: Line, rest: bytes) -> None:
        line.say(b"+ ")
        line.hear()
        if self.answers.get("challenge"):
            line.say(b"+ " + self.answers["challenge"])
            line.hear()

    def _logout(self, line: Line, rest: bytes) -> None:
        line.say(b"* BYE")

    def _list(self, line: Line, rest: bytes) -> None:
        line.say(*(b"* LIST " + folder for folder in self.folders))

    def _examine(self, line: Line, rest: bytes) -> None:
        exists = len(self.messages) if self.exists is None else self.exists
        line.say(
            rb"* FLAGS (\Seen)",
            b"* %d EXISTS" % exists,
            b"* 0 RECENT",
            b"* OK [UIDVALIDITY %d] fine" % self.uidvalidity,
            b"* OK [UIDNEXT %d] next" % (max(self.messages, default=0) + 1),
        )

    def _status(self, line: Line, rest: bytes) -> None:
        told = (len(self.messages), max(self.messages, default=0) + 1, self.uidvalidity)
        line.say(b'* STATUS "INBOX" (MESSAGES %d UIDNEXT %d UIDVALIDITY %d)' % told)

    def _search(self, line: Line, rest: bytes) -> None:
        if header := re.search(rb'HEADER Message-ID "?([^"\s]+)', rest):
            found = [uid for uid, raw in self.messages.items() if header[1] in raw]
        else:
            found = self._uids(rest)
        line.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in found))

    def _fetch(self, line: Line, rest: bytes) -> None:
        by_number = not rest.upper().startswith(b"UID ")
        order = sorted(self.messages)
        chosen = self._numbers(rest) if by_number else self._uids(rest)
        for uid in chosen:
            raw, number = self.messages[uid], order.index(uid) + 1
            if by_number:
                line.say(b"* %d FETCH (UID %d)" % (number, uid))
                continue
            part = re.search(rb"BODY\.PEEK(\[[A-Z]*\])<0\.(\d+)>", rest)
            head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if part[1] == b"[HEADER]" else raw
            piece = head[: int(part[2])]
            line.say(
                b"* %d FETCH (UID %d RFC822.SIZE %d BODY%s<0> {%d}"
                % (number, uid, len(raw), part[1], len(piece)),
                piece + b")",
            )

    def _uids(self, rest: bytes) -> list[int]:
        asked = re.search(rb"UID (?:FETCH|SEARCH UID) ([\d:*,]+)", rest, re.IGNORECASE)
        last = max(self.messages, default=0)
        chosen: set[int] = set()
        for piece in asked[1].split(b","):
            low, _, high = piece.partition(b":")
            ends = [last if end == b"*" else int(end) for end in (low, high or low)]
            chosen |= {uid for uid in self.messages if min(ends) <= uid <= max(ends)}
        return sorted(chosen)

    def _numbers(self, rest: bytes) -> list[int]:
        low, high = map(int, re.search(rb"FETCH (\d+):(\d+)", rest).groups())
        return sorted(self.messages)[low - 1 : high]
