"""Where a message on its way out stands: the one table of its life.

Theory of operation.  Nothing leaves before ``sending`` is committed, and that is committed only when the
server has taken sender and recipient and the bytes are fixed.  So a worker that dies before it leaves a
message that is safe to try again, and one that dies after it leaves a message nobody may send again on a
guess: it is ``in_doubt`` until there is evidence, or the user says.  ``sent``, ``failed`` and ``cancelled``
are the ends; only a user's word takes a message in doubt back to the queue.
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("waiting")
    CLAIMED = "claimed", _("being prepared")
    SENDING = "sending", _("on its way")
    SENT = "sent", _("sent")
    IN_DOUBT = "in_doubt", _("not known")
    FAILED = "failed", _("not sent")
    CANCELLED = "cancelled", _("taken back")


class Event(StrEnum):
    """What can happen to it."""

    CLAIM = "claim"  # a worker takes it up
    RELEASE = "release"  # to be tried again; nothing was handed over, or it was refused for now
    HAND_OVER = "hand_over"  # the next thing is the server's DATA
    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good
    LOSE = "lose"  # nobody knows: the answer was lost, or the worker
    FOUND = "found"  # evidence that it went out
    MISSING = "missing"  # evidence, or the user's word, that it did not
    CANCEL = "cancel"


MOVES: dict[State, dict[Event, State]] = {
    State.QUEUED: {Event.CLAIM: State.CLAIMED, Event.CANCEL: State.CANCELLED},
    State.CLAIMED: {
        Event.RELEASE: State.QUEUED,
        Event.HAND_OVER: State.SENDING,
        Event.REFUSED: State.FAILED,
    },
    State.SENDING: {
        Event.ACCEPTED: State.SENT,
        Event.REFUSED: State.FAILED,
        Event.RELEASE: State.QUEUED,
        Event.LOSE: State.IN_DOUBT,
    },
    State.IN_DOUBT: {
        Event.FOUND: State.SENT,
        Event.MISSING: State.QUEUED,
        Event.REFUSED: State.FAILED,
        Event.CANCEL: State.CANCELLED,
    },
    State.SENT: {},
    State.FAILED: {},
    State.CANCELLED: {},
}
OPEN = frozenset({State.QUEUED, State.CLAIMED, State.SENDING, State.IN_DOUBT})
GONE = frozenset({State.SENDING, State.IN_DOUBT, State.SENT})  # it may be in their mailbox


class NotNow(Exception):
    """A message cannot do this from where it stands.  Nothing was changed."""

    def __init__(self, state: str, event: Event) -> None:
        super().__init__(f"{event} cannot happen while {state}")
        self.state, self.event = state, event


def after(state: str, event: Event) -> State:
    """Give the state after an event.  Raises NotNow."""
    try:
        return MOVES[State(state)][event]
    except KeyError:
        raise NotNow(state, event) from None
