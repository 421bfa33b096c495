"""Notices that a message did not arrive: who it was for, whether for good, why, and which message it was.

Theory of operation.  Four readers are asked in turn, until one names somebody: the part for programs
(``message/delivery-status``, RFC 3464), the header of Exim and Gmail (``X-Failed-Recipients``), the library
flufl.bounce for the habits of many servers, and the words of the notice in any of the languages of
``bounce_words``.  Only the part for programs makes a bounce by itself.  A notice in words counts where a
server sent it: its sender is a postmaster or a daemon, or its return path is empty; and where its subject or
its first lines say that something was not delivered, or it carries the message back.

``permanent`` follows the status (RFC 3463): a class of 5 is permanent, one of 4 is not, even where the server
has given up, for nothing speaks against the address.  A full mailbox (x.2.2) is never permanent, whatever the
class, as RFC 3463 says of it.  A delay is not permanent.  Where there is no status, the code of SMTP decides,
else the words.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from askwell.formats.mail.bounce_words import says_delayed, says_failed, says_full, says_why
from askwell.formats.mail.delivery_status import Recipient, recipients_in
from askwell.formats.mail.headers import cut_head
from askwell.formats.mail.message import with_lf
from askwell.formats.mail.subjects import is_forward_subject, is_reply_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from askwell.formats.mail.headers import Headers, Person
    from askwell.formats.mail.message import Message

MOST_LINES = 200  # of a notice
MOST_SIGNS = 300  # of a reason
MOST_RECIPIENTS = 200
FEWEST_WORDS = 2  # of a reason
MOST_FOR_LIBRARY = 128 * 1024  # bytes
_STATUS_KINDS = frozenset(("message/delivery-status", "message/global-delivery-status"))
_RETURNED_KINDS = frozenset(
    ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers",
     "message/global-headers")
)  # fmt: skip
_DAEMON = re.compile(
    r"(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|postmaster|post[-_.]master|microsoftexchange[0-9a-f]{8,}|"
    r"mail[-_.]?(?:delivery|server|system|admin)\w*|system ?administrator|double-bounce|"
    r"daemon|mmdf|ndr|\w{0,20}_?smtp)(?:[-+=_.@].*)?",
    re.IGNORECASE,
)
_DAEMON_NAME = re.compile(
    r"mail(?:er)?[ -]?(?:delivery|daemon|administrator|system)|postmaster|system ?administrator|"
    r"microsoft exchange|delivery (?:sub)?system|mail server|internet mail delivery",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<![\w.+@/-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-zA-Z][\w-]{0,62}",
    re.ASCII,
)
_ENHANCED = re.compile(r"(?<![\d.])([45]\.[0-79]\.\d{1,3})(?![\d.]*\d)")
_REPLY_CODE = re.compile(r"(?<![\d.:])([45])\d\d(?=[ \-,;:#]|$)")
_RETURNED = re.compile(
    r"^[ >]{0,3}(?:-{3,}.{0,80}\b(?:copy|original|returned|unsent|ursprüngliche|header)\b.{0,80}|"
    r"-{2,} ?original message.{0,20}|(?:original message headers|ursprüngliche nachrichtenkopfzeilen|"
    r"en-têtes du message d'origine) ?:.{0,10})$|"
    r"^(?:return-path|received|message-id|x-mailer|mime-version)[ \t]*:.{0,200}$",
    re.IGNORECASE | re.MULTILINE,
)
_THIS_IS_BELOW = re.compile(r"^-{3} .{0,20}below this line.*$", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(
    r"^[ >\t]{0,8}message-id[ \t]{0,3}:[ \t\n]{0,4}(<[^<>\s]{3,400}>)", re.IGNORECASE | re.MULTILINE
)
_ALONE = re.compile(
    r"^[\W\d]{0,12}(?:(?:to|rcpt to|an|à|para|a|do|recipient\w*|user|address\w*|empfänger|destinataires?|"
    r"destinatario|кому)\s{0,3}(?::(?:[^<>@:]{0,60}(?=<))?)?)?[\s<\"'(]{0,6}$",
    re.IGNORECASE,
)
_NOT_THE_RECIPIENT = re.compile(
    r"message-id|mailto:|contact|postmaster|kontakt|https?://|\bfrom\b|\bvon\b", re.IGNORECASE
)
_MAILTO = re.compile(r"<mailto:[^<>\n]{1,400}>", re.IGNORECASE)
_RULED = re.compile(r"\s*-{3,}")
_BECAUSE = re.compile(r"\s*\w{1,20}:\s*")  # a word that leads to the reason, alone on its line
_SUCCESS = frozenset(("delivered", "relayed", "expanded"))


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """Somebody a message did not reach; ``status`` as 5.1.1 or "", ``reason`` in the server's words."""

    address: str
    permanent: bool
    status: str = ""
    reason: str = ""
    original_message_id: str = ""


def failed_recipients(message: Message) -> tuple[FailedRecipient, ...]:
    """Give who was not reached; nobody where the message is no such notice."""
    return bounce_in(message) or ()


def bounce_in(message: Message) -> tuple[FailedRecipient, ...] | None:
    """Give who was not reached, maybe nobody named; None where the message is no such notice."""
    told = [
        one for part in message.parts if part.kind in _STATUS_KINDS for one in recipients_in(part.content)
    ]
    failed = [one for one in told if one.action not in _SUCCESS]
    if failed:
        return _unique(_of_status(failed, message))
    notice = _Notice(message)
    if told or not (_is_report(message) or is_refusal(message) or notice.is_one()):
        return None
    return _unique(notice.recipients())


def is_daemon(message: Message) -> bool:
    """Whether a server's own program sent it."""
    value = message.headers.raw("from")
    people = message.headers.people("from")
    if not value:
        return True
    if not people:
        bare = value.strip(" <>\"'")
        return not bare or bool(_DAEMON.match(bare)) or bool(_DAEMON_NAME.search(value))
    return any(_DAEMON.fullmatch(_mailbox(one)) or _DAEMON_NAME.search(one.name) for one in people)


def _mailbox(person: Person) -> str:
    return person.address.rpartition("@")[0].replace("\\", "").strip("\"' ")


def is_refusal(message: Message) -> bool:
    """Whether a receipt says that a server threw the message away, as those of Sieve and Dovecot do."""
    return is_daemon(message) and any(
        part.kind == "message/disposition-notification"
        and "mdn-sent-automatically" in part.content.lower()
        and says_why(message.text.replace("\n", " "))
        for part in message.parts
    )


def has_null_sender(message: Message) -> bool:
    """Whether nobody is to be told where it does not arrive (RFC 5321, 4.5.5)."""
    paths = message.headers.raws("return-path")
    return bool(paths) and (
        paths[0].strip(" <>") == "" or paths[0].strip(" <>").lower().startswith("mailer-daemon")
    )


def original_message_id(message: Message) -> str:
    """Give the id of the message that a notice is about, or ""."""
    for headers in _returned(message):
        if ids := headers.ids("message-id"):
            return ids[0]
    if said := _MESSAGE_ID.search(message.text) or _MESSAGE_ID.search(_said_elsewhere(message)):
        return said[1]
    answered = message.headers.ids("in-reply-to") or message.headers.ids("references")[-1:]
    return answered[0] if answered else ""


def _returned(message: Message) -> Iterator[Headers]:
    """Give the head of each message that is carried back."""
    for part in message.parts:
        if part.kind in _RETURNED_KINDS:
            yield cut_head(with_lf(part.data).lstrip(b"\n"))[0]


def _said_elsewhere(message: Message) -> str:
    """Give the text of the parts for programs, which some servers write into the wrong kind of part."""
    return "\n".join(
        part.content[:20_000] for part in message.parts[:20] if part.kind.startswith(("message/", "text/"))
    )


def _unique(found: Iterable[FailedRecipient]) -> tuple[FailedRecipient, ...]:
    kept: dict[str, FailedRecipient] = {}
    for one in found:
        kept.setdefault(one.address.lower(), one)
    return tuple(kept.values())[:MOST_RECIPIENTS]


def _of_status(failed: Sequence[Recipient], message: Message) -> Iterator[FailedRecipient]:
    original = original_message_id(message)
    for one in failed:
        status = one.status or _first(_ENHANCED, one.diagnostic)
        delayed = one.action == "delayed"
        yield FailedRecipient(
            address=one.address,
            permanent=not delayed and is_permanent(status, one.diagnostic),
            status=status,
            reason=_reason(one.diagnostic) or _meaning(status, delayed=delayed),
            original_message_id=original,
        )


def is_permanent(status: str, said: str) -> bool:
    """Whether a status, or what the server said where there is none, speaks against the address for good."""
    if status:
        return status.startswith("5") and not status.endswith(".2.2")
    if code := _first(_REPLY_CODE, said):
        return code == "5" and not says_full(said)
    return not (says_delayed(said) or says_full(said))


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _reason(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1].rsplit(None, 1)[0] + "…"


_MEANINGS = {
    ".1.1": "There is no such mailbox.",
    ".1.2": "There is no such domain.",
    ".1.3": "The address is not written as one is.",
    ".1.6": "The mailbox has moved.",
    ".1.10": "The domain takes no mail.",
    ".2.1": "The mailbox is switched off.",
    ".2.2": "The mailbox is full.",
    ".2.3": "The message is too large for this mailbox.",
    ".3.4": "The message is too large.",
    ".4.1": "The other server does not answer.",
    ".4.4": "The other server cannot be found.",
    ".4.7": "The message was tried for too long.",
    ".7.1": "The other server refuses the message.",
}


def _meaning(status: str, *, delayed: bool) -> str:
    """Say what a status means (RFC 3463), where the server gave no words of its own."""
    if sentence := _MEANINGS.get(status[1:]):
        return sentence
    return "The message is delayed." if delayed else "The message could not be delivered."


def _is_report(message: Message) -> bool:
    return (
        message.kind == "multipart/report"
        and message.parameters.get("report-type", "").lower() == "delivery-status"
    )


def _carries_back(message: Message) -> bool:
    return any(part.kind in _RETURNED_KINDS for part in message.parts)


def _beginning(message: Message) -> list[str]:
    """Give the lines of a notice before the message it carries back."""
    text = message.text or message.preamble
    ends = [found.start() for found in (_RETURNED.search(text), _THIS_IS_BELOW.search(text)) if found]
    cut = text[: min(ends)] if ends and text[: min(ends)].strip() else text
    return _MAILTO.sub("", cut).split("\n")[:MOST_LINES]


class _Notice:
    """A notice without a part for programs."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.lines = _beginning(message)
        self.own = {one.address.lower() for name in ("to", "from") for one in message.headers.people(name)}

    @cached_property
    def named(self) -> tuple[set[str], set[str]]:
        """Those the library finds: late, and failed."""
        return _by_library(self.message)

    @cached_property
    def _reasons(self) -> list[bool]:
        """Say of each line whether it says why."""
        return [says_why(line) for line in self.lines]

    @cached_property
    def _whole(self) -> str:
        return f"{self.message.headers.text('subject')}\n" + "\n".join(self.lines)

    @cached_property
    def _only_status(self) -> str:
        """Give the one status it names, or ""."""
        named = set(_ENHANCED.findall(self._whole))
        return named.pop() if len(named) == 1 else ""

    @cached_property
    def _about(self) -> str:
        return original_message_id(self.message)

    def is_one(self) -> bool:
        """Whether a server wrote that something was not delivered."""
        message = self.message
        daemon, subject = is_daemon(message), message.headers.text("subject")
        if "x-failed-recipients" in message.headers:
            return True
        if not daemon and (is_reply_subject(subject) or is_forward_subject(subject)):
            return False
        if says_failed(subject):
            return daemon or has_null_sender(message) or self._is_unsigned()
        if not daemon:
            return _carries_back(message) and self._is_unsigned()
        return (
            says_delayed(subject)
            or _carries_back(message)
            or any(says_why(line) or says_delayed(line) or _is_refusing(line) for line in self.lines)
            or any(self.named)
        )

    def _is_unsigned(self) -> bool:
        """Whether nobody is named as its sender, it answers nothing, and it reads as a notice does."""
        headers = self.message.headers
        named = any(one.name for one in headers.people("from"))
        if named or "in-reply-to" in headers or "references" in headers:
            return False
        alone = any(_stands_alone(line, found) for line in self.lines for found in _ADDRESS.finditer(line))
        return (alone or _carries_back(self.message)) and any(self._reasons)

    def recipients(self) -> Iterator[FailedRecipient]:
        """Give who was not reached, by the first reader that names anybody."""
        named = [one.address for one in self.message.headers.people("x-failed-recipients")]
        late: set[str] = set()
        if not named:
            late, failed = self.named
            named = self._others(self._in_notice(sorted(late | failed)))
        everybody = dict.fromkeys(named or self._by_words() or self._only_one_written_to())
        for address in islice(everybody, MOST_RECIPIENTS):
            yield self._one(address, late=address in late)

    def _in_notice(self, addresses: list[str]) -> list[str]:
        """Leave out what stands in the message that is carried back alone, unless nobody else is named."""
        text = "\n".join(self.lines).lower()
        return [address for address in addresses if address.lower() in text] or addresses

    def _others(self, addresses: list[str]) -> list[str]:
        """Leave out whom the notice is from and for, unless nobody else is named."""
        return [address for address in addresses if address.lower() not in self.own] or addresses

    def _by_words(self) -> list[str]:
        """Give the addresses that stand alone at the start of a line, else those beside words of failure."""
        alone: list[str] = []
        beside: list[str] = []
        for at, line in enumerate(self.lines):
            if _NOT_THE_RECIPIENT.search(line):
                continue
            for found in _ADDRESS.finditer(line):
                if _stands_alone(line, found):
                    alone.append(found[0])
                elif any(self._reasons[max(0, at - 2) : at + 3]):
                    beside.append(found[0])
        return (
            [one for one in self._others(alone) if one.lower() not in self.own]
            or self._others(beside)
            or alone
        )

    def _only_one_written_to(self) -> list[str]:
        """Give whom the message that is carried back was for, where that is one person."""
        heads = [headers for headers in _returned(self.message) if "list-id" not in headers]
        people = [one.address for headers in heads for one in headers.people("to")]
        return people if len(people) == 1 else []

    def _one(self, address: str, *, late: bool) -> FailedRecipient:
        said = self._said_of(address)
        status = _first(_ENHANCED, said)
        if not (status or _REPLY_CODE.search(said)):
            status = "" if _ENHANCED.search(said) else self._only_status
        coded = status or _REPLY_CODE.search(said)
        late = late or (not coded and says_delayed(self._whole) and not says_final(self._whole))
        return FailedRecipient(
            address=address,
            permanent=not late and is_permanent(status, said),
            status=status,
            reason=_reason(said) or _meaning(status, delayed=late),
            original_message_id=self._about,
        )

    def _said_of(self, address: str) -> str:
        """Give what is said of an address, from where it stands to the next blank line."""
        low = address.lower()
        for line in self.lines:
            before, found, _after = line.lower().partition(low)
            if found and _REPLY_CODE.search(before):
                return line.strip(" <>\t")
        at = next((at for at, line in enumerate(self.lines) if low in line.lower()), None)
        if at is None:
            return self._cause("")
        head, _, rest = self.lines[at].lower().partition(low)
        said = [self.lines[at][len(head) + len(low) :].strip(" >:\"'.)\t") if rest.strip(" >:\"'.)") else ""]
        for line in self.lines[at + 1 : at + 12]:
            if _RULED.match(line) or (
                any(map(str.strip, said)) and (not line.strip() or _ADDRESS.match(line.strip(" <")))
            ):
                break
            if not _BECAUSE.fullmatch(line):
                said.append(line.strip())
        text = " ".join(filter(None, said)).strip(" :")
        if any(pattern.search(text) for pattern in (_REPLY_CODE, _ENHANCED)):
            return text
        coded = (line.strip() for line in self.lines if _REPLY_CODE.match(line.strip()))
        return next(coded, text if len(text.split()) >= FEWEST_WORDS else self._cause(text))

    def _cause(self, text: str) -> str:
        """Give the first line that says why, where nothing is said of one address."""
        told = (line.strip(" *#-") for line, why in zip(self.lines, self._reasons, strict=True) if why)
        return next(told, text)


def _stands_alone(line: str, found: re.Match[str]) -> bool:
    """Whether nothing but "To:" and the like stands before an address."""
    return bool(_ALONE.match(line, 0, found.start()))


def _is_refusing(line: str) -> bool:
    """Whether an address and the code of a refusal stand on one line."""
    return bool(_ADDRESS.search(line) and _REPLY_CODE.search(line))


def says_final(text: str) -> bool:
    """Whether a notice says that a server has given up, beside words of waiting."""
    low = text.lower()
    return any(
        words in low for words in ("permanent", "giving up", "final", "fatal", "i've given up", "endgültig")
    )


def _by_library(message: Message) -> tuple[set[str], set[str]]:
    """Ask flufl.bounce: (those that are late, those that failed)."""
    from flufl.bounce import all_failures

    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)
    if any(one.code in {"too-deep", "too-many-parts"} for one in message.found):
        return set(), set()
    try:
        late, failed = all_failures(
            message_from_bytes(message.raw[:MOST_FOR_LIBRARY], policy=policy.compat32)
        )
    except Exception:  # noqa: BLE001 - whatever a detector stumbles over, the words are read next
        return set(), set()
    return _texts(late), _texts(failed)


def _texts(addresses: Iterable[bytes]) -> set[str]:
    found = (address.decode("ascii", "replace").strip(" <>") for address in addresses)
    return {one for one in found if _ADDRESS.fullmatch(one)}
