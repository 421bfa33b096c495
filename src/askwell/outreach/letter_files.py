"""A draft as a file that a mail program opens ready to send: the same behind every door."""

from __future__ import annotations

from email.utils import make_msgid
from typing import TYPE_CHECKING

from askwell.formats.eml import Attachment, letter
from askwell.outreach.errors import Refused
from askwell.outreach.judging import judge_person
from askwell.outreach.kept_files import kept_file
from askwell.outreach.letters import version_for
from askwell.outreach.models import Draft, ResumeRequest
from askwell.people.models import Contact, PointKind
from askwell.rules.facts import Occasion

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Resume


def address_of(contact: Contact) -> str:
    """Their e-mail to write to, the preferred one first; dead ones never; empty where there is none."""
    points = contact.points.filter(kind=PointKind.EMAIL, invalid_since=None)
    point = points.order_by("-preferred", "pk").first()
    return point.value if point else ""


def resume_of(draft: Draft) -> Resume | None:
    """Give the version that goes with a letter, or went with it; None for a letter that carries none."""
    if draft.occasion != Occasion.RESUME:
        return None
    went = ResumeRequest.objects.filter(contact=draft.contact, resume__isnull=False).exclude(sent_at=None)
    if draft.sent_at and (row := went.filter(sent_at=draft.sent_at).select_related("resume").first()):
        found: Resume | None = row.resume
        return found
    return version_for(draft.contact)


def attachment_of(draft: Draft) -> Attachment | None:
    """Give the file that goes with a letter.  Raises FileGone."""
    version = resume_of(draft)
    file = kept_file(version.owner_id, version.where) if version else None
    return Attachment(name=file.name, kind=file.kind, data=file.read()) if file else None


def as_eml(draft: Draft, *, now: datetime) -> bytes:
    """Give the letter as an .eml file; from the seeker where their own e-mail is known.

    A letter with the resume carries the file of that very version, where the notebook keeps it.  Raises
    FileGone where that copy is gone; ``formats.eml.LetterError`` where the recipient's address is missing or
    a field cannot stand; Refused where nothing may go to them: a file is a door like the others.
    """
    decision = judge_person(draft.contact, now=now)
    if not decision.allowed:
        raise Refused(decision)
    own = Contact.objects.for_owner(draft.owner).filter(is_self=True).first()
    mine = address_of(own) if own else ""
    if not draft.message_id:
        # The same letter written twice is one letter to every mail program, and to us.
        made = make_msgid(domain="askwell.invalid")
        Draft.objects.filter(pk=draft.pk, message_id="").update(message_id=made)
        draft.refresh_from_db(fields=["message_id"])
    return letter(
        sender=(own.name, mine) if own and mine else None,
        to=(draft.contact.name, address_of(draft.contact)),
        subject=draft.subject,
        body=draft.body,
        at=now,
        message_id=draft.message_id,
        attachment=attachment_of(draft),
    )
