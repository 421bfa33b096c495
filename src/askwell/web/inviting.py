"""What the page of a talk offers to tell the other side by mail, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from askwell.mailroom.lifecycle import State
from askwell.mailroom.queries import senders
from askwell.outreach.invitations import Wanted, last_one, on_its_way, wanted
from askwell.outreach.letter_files import address_of
from askwell.rules.facts import TalkState
from askwell.web import mail_words

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.mailroom.models import Account, Outgoing
    from askwell.outreach.models import Talk

LABELS = {
    Wanted.REQUEST: gettext_lazy("Send an invitation"),
    Wanted.CHANGE: gettext_lazy("Send the change"),
    Wanted.CANCEL: gettext_lazy("Send that it is called off"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inviting:
    """``label`` is what to press, empty where nothing is to be told; ``row`` the last one approved."""

    label: object = ""
    accounts: tuple[Account, ...] = ()
    row: Outgoing | None = None
    sentence: str = ""
    trouble: str = ""

    @property
    def waits(self) -> bool:
        """It can still be taken back."""
        return self.row is not None and self.row.state == State.QUEUED


def inviting(talk: Talk, *, now: datetime) -> Inviting | None:
    """Give what to show; None where there is no mailbox, no address, or the talk is over."""
    if talk.state not in {TalkState.SCHEDULED, TalkState.CANCELLED}:
        return None
    accounts, row = tuple(senders(talk.owner)), last_one(talk)
    if row is None and (not accounts or not address_of(talk.contact)):
        return None
    what = wanted(talk, now=now) if accounts and on_its_way(talk) is None else None
    return Inviting(
        label=LABELS[what] if what else "",
        accounts=accounts,
        row=row,
        sentence=mail_words.of_outgoing(row, now=now) if row else "",
        trouble=mail_words.of_trouble(row.trouble, now=now) if row and row.state != State.SENT else "",
    )
