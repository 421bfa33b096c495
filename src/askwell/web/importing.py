"""What a page does with an import: takes the files in, leaves the work to the worker, says how it stands."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from askwell.formats.errors import FormatError
from askwell.people import importing
from askwell.people.errors import ImportFailed
from askwell.people.models import Import, ImportState
from askwell.web.uploads import path_of
from askwell.web.worker import is_at_hand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from askwell.web.accounts.models import User

RUNNING = frozenset({ImportState.READING, ImportState.APPLYING})
STAGES = {
    "reading": gettext_lazy("Reading the files"),
    "matching": gettext_lazy("Looking who you know already"),
    "people": gettext_lazy("Writing down the people"),
    "history": gettext_lazy("Writing down what happened"),
    "finishing": gettext_lazy("Putting everything in its place"),
}
FORMATS = {
    "linkedin": gettext_lazy("LinkedIn archive"),
    "google_csv": gettext_lazy("Google Contacts"),
    "outlook_csv": gettext_lazy("Outlook contacts"),
    "vcard": gettext_lazy("Address book cards"),
    "monica": gettext_lazy("Monica export"),
    "mapped_csv": gettext_lazy("A table of people"),
    "mail": gettext_lazy("An archive of mail"),
    "several": gettext_lazy("Several kinds of files"),
}
WHYS = {
    "new": gettext_lazy("new to your notebook"),
    "same-email": gettext_lazy("the same e-mail address"),
    "same-phone": gettext_lazy("the same telephone number"),
    "same-profile": gettext_lazy("the same profile"),
    "same-row": gettext_lazy("nothing has changed"),
    "same-uid": gettext_lazy("the same entry of the same address book"),
    "same-name": gettext_lazy("the same name"),
    "same-email-other-name": gettext_lazy("the same e-mail address under another name"),
    "same-phone-other-name": gettext_lazy("the same telephone number under another name"),
    "same-profile-other-name": gettext_lazy("the same profile under another name"),
    "by-hand": gettext_lazy("you asked"),
    "alike": gettext_lazy("names and details that look alike"),
}
DETAILS = {
    "same-organization": gettext_lazy("at the same place"),
    "other-organization": gettext_lazy("at another place"),
    "one-record": gettext_lazy("one entry fits both"),
}
SKIPPED = {
    "not-a-touch": gettext_lazy("neither a message nor a meeting"),
    "empty": gettext_lazy("entries with nothing in them"),
    "partial_contact": gettext_lazy("entries Monica had only begun"),
    "no_name": gettext_lazy("entries without a name or an address"),
    "empty_note": gettext_lazy("empty notes"),
    "owner_unknown": gettext_lazy("messages where your own side was not clear"),
    "no_date": gettext_lazy("entries without a date"),
    "other_file": gettext_lazy("files that hold no contacts"),
    "hidden_member": gettext_lazy("people who hid their name"),
    "group-card": gettext_lazy("groups, not people"),
    "unknown-person": gettext_lazy("messages from people you never wrote to"),
    "ambiguous-name": gettext_lazy("messages from a name two people share"),
    "unanswered": gettext_lazy("letters from people you never wrote to"),
    "list_mail": gettext_lazy("newsletters and mailing lists"),
    "machine_mail": gettext_lazy("mail written by machines"),
    "spam_or_draft": gettext_lazy("spam, drafts and deleted mail"),
    "large_group": gettext_lazy("messages to a large group"),
    "no_sender": gettext_lazy("messages without a sender"),
    "not_a_person": gettext_lazy("messages whose sender has no address"),
}
_ENDS = {
    "disk-full": gettext_lazy("There was no room left on the disk. Nothing was brought in."),
    "files-gone": gettext_lazy("The files are not there any more. Choose them again."),
    "too-large": gettext_lazy("The file is larger than can be taken. Nothing was brought in."),
    "interrupted": gettext_lazy("The work was cut off half way. Nothing was brought in; it can begin again."),
}


def take_in(
    owner: User, files: Sequence[Any], *, country: str, now: datetime, mail: Mapping[str, Any] | None = None
) -> Import:
    """Start an import of files that were sent, and let it be read.  Raises ImportFailed, FormatError.

    ``mail``: what is wanted of an archive of mail, as ``start_import`` takes it.
    """
    given = [(str(file.name), path_of(file)) for file in files]
    options = {"default_country": country, "mail": dict(mail or {})}
    batch = importing.start_import(owner, given, now=now, options=options)
    go_on(batch, now=now)
    return batch


def go_on(batch: Import, *, now: datetime) -> None:
    """Do what the state asks for, here, where there is no worker that will."""
    if is_at_hand() or batch.state not in RUNNING:
        return
    act = importing.run_reading if batch.state == ImportState.READING else importing.apply_import
    with suppress(ImportFailed):  # the row says so, and its page shows it
        try:
            act(batch, now=now)
        except FormatError as error:
            batch.state, batch.error = ImportState.FAILED, error.code
            batch.save(update_fields=["state", "error"])


def stop(batch: Import, *, now: datetime) -> bool:
    """Stop a running import, or put away one that waits.  True where it will stop at the next part."""
    if importing.is_at_work(batch, now=now):
        return importing.ask_to_cancel(batch)
    importing.discard_import(batch, now=now)
    return False


def progress_of(batch: Import) -> dict[str, Any]:
    """Say how far a running import is: words, done, total and the part of all stages, 0 to 100."""
    return meter(importing.read_progress(batch), STAGES)


def meter(found: Mapping[str, Any], stages: Mapping[str, Any]) -> dict[str, Any]:
    """Say how far work is that goes through these stages: words, done, total, and 0 to 100 of it all."""
    stage = str(found.get("stage", ""))
    if stage not in stages:
        return {"words": _("Waiting for its turn"), "done": 0, "total": None, "percent": 0}
    done, total = int(found.get("done") or 0), found.get("total")
    part = min(1.0, done / total) if total else 0.0
    percent = round(100 * (list(stages).index(stage) + part) / len(stages))
    return {"words": stages[stage], "done": done, "total": total, "percent": percent}


def why(code: str) -> str:
    """Say why an entry was taken for somebody."""
    return str(WHYS.get(code, code))


def ended(code: str) -> str:
    """Say why an import ended early."""
    return str(_ENDS.get(code, _("The files could not be brought in. Nothing was changed.")))


def other_at_work(batch: Import, *, now: datetime) -> Import | None:
    """Give another import of the same notebook that is being worked on."""
    others = Import.objects.filter(owner_id=batch.owner_id, claimed_until__gt=now).exclude(pk=batch.pk)
    return next((one for one in others.defer("summary") if importing.is_at_work(one, now=now)), None)
