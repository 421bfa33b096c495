"""An SMTP server that misbehaves as it is told.

``HostileSmtp(rcpt=b"550 5.1.1 Nobody", end=DROP)``: for each moment (greeting, ehlo, starttls, auth, mail, rcpt,
data, end, rset, quit) either the line to answer, or HANG, DROP, TRICKLE, GARBAGE.  ``end`` is the moment after
the letter's last dot.  What it took stands in ``letters``, also where it did not say so.
"""

from __future__ import annotations

from tests.fakes.lines import Line, ScriptedServer

HANG, DROP, TRICKLE, GARBAGE = object(), object(), object(), object()
FEATURES = (b"SIZE 1000000", b"8BITMIME", b"SMTPUTF8", b"ENHANCEDSTATUSCODES", b"AUTH PLAIN LOGIN XOAUTH2")
ANSWERS = {
    "greeting": b"220 fake.example ESMTP",
    "auth": b"235 2.7.0 Welcome",
    "mail": b"250 2.1.0 Ok",
    "rcpt": b"250 2.1.5 Ok",
    "data": b"354 Go ahead",
    "end": b"250 2.0.0 Ok: queued as ABC123",
    "rset": b"250 2.0.0 Ok",
    "quit": b"221 2.0.0 Bye",
    "starttls": b"220 2.0.0 Ready",
}
MOMENTS = {b"EHLO": "ehlo", b"HELO": "ehlo", b"STARTTLS": "starttls", b"AUTH": "auth", b"MAIL": "mail"}
MOMENTS |= {b"RCPT": "rcpt", b"DATA": "data", b"RSET": "rset", b"QUIT": "quit", b"NOOP": "rset"}


class HostileSmtp(ScriptedServer):
    def __init__(
        self, *, features: tuple[bytes, ...] = FEATURES, certificate=None, tls_at_once=False, **moments
    ):
        files = (certificate.certificate, certificate.key) if certificate else (None, None)
        super().__init__(certificate=files[0], key=files[1], tls_at_once=tls_at_once)
        if self.tls and not tls_at_once:
            features = (*features, b"STARTTLS")
        greeting = b"\r\n".join(
            (b"250-fake.example", *(b"250-" + name for name in features[:-1]), b"250 " + features[-1])
            if features
            else (b"250 fake.example",)
        )
        self.answers = {**ANSWERS, "ehlo": greeting, **moments}
        self.letters: list[bytes] = []

    def talk(self, line: Line) -> None:
        self._answer(line, "greeting")
        while True:
            words = line.hear().split()
            moment = MOMENTS.get(words[0].upper() if words else b"", "")
            if not moment:
                line.say(b"502 5.5.2 What?")
                continue
            if moment == "auth":
                self._listen_to_secret(line, words)
            self._answer(line, moment)
            if moment == "starttls" and self.answers["starttls"] == ANSWERS["starttls"] and self.tls:
                line.start_tls(self.tls)
            if moment == "data" and self.answers["data"].startswith(b"354"):
                self._take(line)
            if moment == "quit":
                return

    def _listen_to_secret(self, line: Line, words: list[bytes]) -> None:
        if words[1].upper() == b"LOGIN":
            for question in (b"334 VXNlcm5hbWU6", b"334 UGFzc3dvcmQ6"):
                line.say(question)
                line.hear()
        elif len(words) == 2:
            line.say(b"334 ")
            line.hear()

    def _take(self, line: Line) -> None:
        if self.answers.get("body") is DROP:
            line.hear()
            line.drop()
        lines = []
        while (text := line.hear()) != b".":
            lines.append(text.removeprefix(b"."))
        self.letters.append(b"\r\n".join(lines))
        self._answer(line, "end")

    def _answer(self, line: Line, moment: str) -> None:
        answer = self.answers[moment]
        if answer is HANG:
            line.hang()
        elif answer is DROP:
            line.drop()
        elif answer is TRICKLE:
            line.trickle(b"250-and so on\r\n")
        elif answer is GARBAGE:
            line.say(b"\x00\xff\xfe what \x07 is this")
        else:
            line.say(answer)
