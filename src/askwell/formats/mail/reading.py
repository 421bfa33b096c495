"""One message understood: what it is, who wrote what to whom, and what follows from it.

Theory of operation.  The message is taken apart once and judged once; everything else is read from that.  The
new text is what the sender wrote themselves, without what they quote and without their signature, whose lines
are counted in the text of the message as a person reads it.  What an automatic answer says of an absence is
read for automatic answers alone, and what an answer seems to say for replies and personal mail alone.

``to_json`` gives what ``askwell read-mail --json`` prints: see ``docs/mail-json.md``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from askwell.formats.mail.away import Away, away
from askwell.formats.mail.kinds import Judgement, Kind
from askwell.formats.mail.message import read_message
from askwell.formats.mail.problems import MailProblem, mail_problem
from askwell.formats.mail.signing import Signature, SignatureField, find_signature
from askwell.formats.mail.suggesting import Suggestion, suggestions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from askwell.formats.mail.bounces import FailedRecipient
    from askwell.formats.mail.boxes import BoxMessage
    from askwell.formats.mail.calendar_part import CalendarPart
    from askwell.formats.mail.headers import Person
    from askwell.formats.mail.message import Message

Json = dict[str, Any]
_SPOKEN = frozenset((Kind.REPLY, Kind.PERSONAL))


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReading:
    """What is known of one message."""

    kind: Kind
    sender: Person | None
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    date: datetime | None
    subject: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    auto_submitted: str  # as the header says, in small letters, without parameters
    new_text: str
    signature: Signature | None  # its lines are those of the message's whole text
    forwarded: bool
    failed_recipients: tuple[FailedRecipient, ...] = ()
    away: Away | None = None
    calendar: CalendarPart | None = None
    suggestions: tuple[Suggestion, ...] = ()
    problems: tuple[MailProblem, ...] = ()


def read_mail(
    raw: bytes, *, own_ids: Collection[str] = frozenset(), now: datetime | None = None
) -> MailReading:
    """Read one message.  Never raises for what is in it.

    ``own_ids`` are ids of messages the reader sent; ``now`` stands in for a date that is missing.
    """
    message = read_message(raw)
    judged = Judgement(message, own_ids)
    kind, headers = judged.kind, message.headers
    senders = headers.people("from") or headers.people("sender")
    sender = senders[0] if senders else None
    date = headers.moment()
    new_text, signature = _without_signature(message, judged.body.new_text, sender)
    subject = headers.text("subject")
    return MailReading(
        kind=kind,
        sender=sender,
        to=tuple(headers.people("to")),
        cc=tuple(headers.people("cc")),
        date=date,
        subject=subject,
        message_id=next(iter(headers.ids("message-id")), ""),
        in_reply_to=headers.ids("in-reply-to"),
        references=headers.ids("references"),
        auto_submitted=headers.word("auto-submitted"),
        new_text=new_text,
        signature=signature,
        forwarded=bool(judged.body.forwarded) or (kind in _SPOKEN and _carries_a_message(message)),
        failed_recipients=(judged.failed or ()) if kind is Kind.BOUNCE else (),
        away=away(new_text, subject=subject, sent=date or now) if kind is Kind.AUTO_REPLY else None,
        calendar=judged.calendar,
        suggestions=_suggested(message, new_text, sender, date or now) if kind in _SPOKEN else (),
        problems=(*message.problems, *_further(message, judged, date)),
    )


def _carries_a_message(message: Message) -> bool:
    """Whether another message goes along as a file, as some programs pass one on."""
    return any(part.kind == "message/rfc822" for part in message.parts)


def _suggested(
    message: Message, new_text: str, sender: Person | None, sent: datetime | None
) -> tuple[Suggestion, ...]:
    known = [one.address for name in ("from", "to", "cc") for one in message.headers.people(name)]
    return suggestions(
        new_text,
        sent=sent,
        zone=sent.tzinfo if sent else None,
        sender_name=sender.name if sender else "",
        known_addresses=known,
    )


def _further(message: Message, judged: Judgement, date: datetime | None) -> list[MailProblem]:
    found = []
    if not (message.headers.people("from") or message.headers.people("sender")):
        found.append(mail_problem("no-sender"))
    if date is None:
        found.append(mail_problem("bad-date" if message.headers.raw("date") else "no-date"))
    if judged.calendar and not judged.calendar.whole:
        found.append(mail_problem("bad-calendar"))
    return found


def _without_signature(
    message: Message, new_text: str, sender: Person | None
) -> tuple[str, Signature | None]:
    """Cut the signature from the new text; its lines are counted in the whole text."""
    found = find_signature(new_text, sender_name=sender.name if sender else "")
    if not found:
        return new_text.strip("\n"), None
    lines = new_text.split("\n")
    kept = "\n".join((*lines[: found.first_line - 1], *lines[found.last_line :])).strip("\n")
    shift = _place(message.text.split("\n"), lines[found.first_line - 1 : found.last_line]) - found.first_line
    return kept.rstrip(), Signature(
        text=found.text,
        first_line=found.first_line + shift,
        last_line=found.last_line + shift,
        fields=tuple(SignatureField(one.kind, one.value, one.line + shift) for one in found.fields),
    )


def _place(lines: Sequence[str], wanted: Sequence[str]) -> int:
    """Give the number of the line, from 1, at which these lines stand one after the other."""
    bare = [line.rstrip() for line in lines]
    sought = [line.rstrip() for line in wanted]
    starts = (at for at in range(len(bare)) if bare[at : at + len(sought)] == sought)
    return next(starts, 0) + 1


def to_json(reading: MailReading, box: BoxMessage) -> Json:
    """Give what is printed for one message."""
    return {
        "type": "message",
        "source": {"file": box.file, "index": box.index},
        "kind": reading.kind.value,
        "from": _person(reading.sender) if reading.sender else None,
        "to": [_person(one) for one in reading.to],
        "cc": [_person(one) for one in reading.cc],
        "date": reading.date.isoformat() if reading.date else None,
        "subject": reading.subject,
        "message_id": reading.message_id,
        "in_reply_to": list(reading.in_reply_to),
        "references": list(reading.references),
        "auto_submitted": reading.auto_submitted,
        "new_text": reading.new_text,
        "signature": asdict(reading.signature) if reading.signature else None,
        "forwarded": reading.forwarded,
        "failed_recipients": [_failed(one) for one in reading.failed_recipients],
        "original_message_id": next((one.original_message_id for one in reading.failed_recipients), ""),
        "away_until": reading.away.until.isoformat() if reading.away and reading.away.until else None,
        "stand_in": _stand_in(reading.away),
        "calendar": _calendar(reading.calendar),
        "suggestions": [_suggestion(one) for one in reading.suggestions],
        "problems": [problem_to_json(one) for one in (*box.problems, *reading.problems)],
    }


def problem_to_json(problem: MailProblem) -> Json:
    """``code``, ``message``, ``severity``."""
    return {"code": problem.code, "message": problem.message, "severity": problem.severity.value}


def _person(person: Person) -> Json:
    return {"name": person.name, "address": person.address}


def _failed(one: FailedRecipient) -> Json:
    return {"address": one.address, "permanent": one.permanent, "status": one.status, "reason": one.reason}


def _stand_in(found: Away | None) -> Json | None:
    if not found or not (found.stand_in_name or found.stand_in_address):
        return None
    return {
        "name": found.stand_in_name,
        "address": found.stand_in_address,
        "sentence": found.stand_in_sentence,
    }


def _calendar(found: CalendarPart | None) -> Json | None:
    if not found:
        return None
    names = ("method", "uid", "sequence", "attendee", "partstat")
    return {name: getattr(found, name) for name in names} | ({"starts": found.starts} if found.starts else {})


def _suggestion(one: Suggestion) -> Json:
    return {
        "kind": one.kind,
        "sentence": one.sentence,
        "start": one.start,
        "end": one.end,
        "value": dict(one.value),
    }
