"""The life cycle of an outreach: one table of moves.

Theory of operation.  ``MOVES[state][happening]`` is the next state; a pair that is not there
is not allowed: ``advance`` raises ``NotAllowedHere`` and, having no state of its own, changes
nothing.  The diagram in the documentation is made from the same table.

What is worth knowing of it:

* A message sent elsewhere is still a fact: ``SENT`` is taken in ``PLANNED`` too.  Whether one
  *may* send is not asked here but of ``refusals``.
* A bounced message never arrived: mended, the outreach is ready to be sent again.
* ``CLOSED_NO_REPLY`` opens again only when they write or someone introduces the seeker anew.
* ``DECLINED`` is final unless they name a later date (``SAID_LATER``, which may be today).
* ``REDIRECTED`` is help, not refusal: the asking is over, the two are in touch.
* ``DO_NOT_CONTACT`` is reached from everywhere and left never.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.errors import NotAllowedHere
from askwell.rules.facts import Happening as H  # noqa: N817 - the table must fit the eye
from askwell.rules.facts import State as S  # noqa: N817

if TYPE_CHECKING:
    from collections.abc import Mapping

# In a talk with each other: letters come and go without changing where things stand.
_ANSWERS: Mapping[H, S] = {
    H.SAID_NO: S.DECLINED,
    H.SAID_LATER: S.LATER,
    H.REDIRECTED: S.IN_TOUCH,
}
_GOOD_NEWS: Mapping[H, S] = {H.SAID_YES: S.ARRANGING, H.SCHEDULED: S.SCHEDULED, H.HELD: S.HELD}
_ALWAYS: Mapping[H, S] = {H.WITHDREW: S.WITHDRAWN, H.FORBADE: S.DO_NOT_CONTACT}


def _stays(state: S, *happenings: H) -> Mapping[H, S]:
    return dict.fromkeys(happenings, state)


MOVES: Mapping[S, Mapping[H, S]] = {
    S.PLANNED: {
        H.MADE_READY: S.READY,
        H.SENT: S.AWAITING_REPLY,
        **_GOOD_NEWS,
        **_ANSWERS,
        H.HEARD_FROM: S.ARRANGING,
        **_stays(S.PLANNED, H.INTRODUCED),
        **_ALWAYS,
    },
    S.READY: {
        H.MADE_UNREADY: S.PLANNED,
        H.SENT: S.AWAITING_REPLY,
        **_GOOD_NEWS,
        **_ANSWERS,
        H.HEARD_FROM: S.ARRANGING,
        **_stays(S.READY, H.INTRODUCED),
        **_ALWAYS,
    },
    S.AWAITING_REPLY: {
        H.SENT: S.AWAITING_REPLY,
        H.BOUNCED: S.NEEDS_ADDRESS,
        H.AUTO_REPLIED: S.PAUSED,
        H.REPLIED: S.ARRANGING,
        H.HEARD_FROM: S.ARRANGING,
        **_GOOD_NEWS,
        **_ANSWERS,
        **_stays(S.AWAITING_REPLY, H.INTRODUCED),
        H.GAVE_UP: S.CLOSED_NO_REPLY,
        **_ALWAYS,
    },
    S.ARRANGING: {
        **_GOOD_NEWS,
        **_ANSWERS,
        **_stays(S.ARRANGING, H.SENT, H.REPLIED, H.HEARD_FROM, H.AUTO_REPLIED, H.BOUNCED),
        **_stays(S.ARRANGING, H.INTRODUCED, H.CANCELLED),
        H.GAVE_UP: S.CLOSED_NO_REPLY,
        **_ALWAYS,
    },
    S.SCHEDULED: {
        H.HELD: S.HELD,
        H.RESCHEDULED: S.SCHEDULED,
        H.CANCELLED: S.ARRANGING,
        H.MISSED: S.ARRANGING,
        **_ANSWERS,
        **_stays(S.SCHEDULED, H.SENT, H.REPLIED, H.HEARD_FROM, H.AUTO_REPLIED, H.BOUNCED, H.INTRODUCED),
        **_ALWAYS,
    },
    S.HELD: {
        H.THANKED: S.IN_TOUCH,
        H.SCHEDULED: S.SCHEDULED,
        **_stays(S.HELD, H.SENT, H.REPLIED, H.HEARD_FROM, H.AUTO_REPLIED, H.BOUNCED, H.INTRODUCED),
        **_ALWAYS,
    },
    S.IN_TOUCH: {
        **_GOOD_NEWS,
        H.SAID_NO: S.DECLINED,
        H.SAID_LATER: S.LATER,
        **_stays(S.IN_TOUCH, H.CHECKED_IN, H.SENT, H.THANKED, H.REPLIED, H.HEARD_FROM, H.REDIRECTED),
        **_stays(S.IN_TOUCH, H.AUTO_REPLIED, H.BOUNCED, H.INTRODUCED),
        **_ALWAYS,
    },
    S.NEEDS_ADDRESS: {
        H.ADDRESS_MENDED: S.READY,
        H.SENT: S.AWAITING_REPLY,
        H.REPLIED: S.ARRANGING,
        H.HEARD_FROM: S.ARRANGING,
        **_GOOD_NEWS,
        **_ANSWERS,
        **_stays(S.NEEDS_ADDRESS, H.BOUNCED, H.INTRODUCED),
        **_ALWAYS,
    },
    S.PAUSED: {
        H.RESUMED: S.AWAITING_REPLY,
        H.SENT: S.AWAITING_REPLY,
        H.BOUNCED: S.NEEDS_ADDRESS,
        H.REPLIED: S.ARRANGING,
        H.HEARD_FROM: S.ARRANGING,
        **_GOOD_NEWS,
        **_ANSWERS,
        **_stays(S.PAUSED, H.AUTO_REPLIED, H.INTRODUCED),
        **_ALWAYS,
    },
    S.LATER: {
        H.RESUMED: S.PLANNED,
        H.REPLIED: S.ARRANGING,
        H.HEARD_FROM: S.ARRANGING,
        **_GOOD_NEWS,
        **_ANSWERS,
        **_stays(S.LATER, H.INTRODUCED, H.AUTO_REPLIED),
        **_ALWAYS,
    },
    S.DECLINED: {
        H.SAID_LATER: S.LATER,
        **_stays(S.DECLINED, H.HEARD_FROM, H.THANKED),
        H.FORBADE: S.DO_NOT_CONTACT,
    },
    S.CLOSED_NO_REPLY: {
        H.HEARD_FROM: S.ARRANGING,
        H.INTRODUCED: S.PLANNED,
        H.FORBADE: S.DO_NOT_CONTACT,
    },
    S.WITHDRAWN: {
        H.HEARD_FROM: S.ARRANGING,
        H.INTRODUCED: S.PLANNED,
        H.FORBADE: S.DO_NOT_CONTACT,
    },
    S.DO_NOT_CONTACT: {
        **_stays(S.DO_NOT_CONTACT, H.HEARD_FROM, H.FORBADE),
    },
}

ENDED = frozenset({S.DECLINED, S.CLOSED_NO_REPLY, S.WITHDRAWN, S.DO_NOT_CONTACT})
UNANSWERED = frozenset({S.PLANNED, S.READY, S.AWAITING_REPLY, S.PAUSED, S.NEEDS_ADDRESS})
ALIVE = frozenset({S.HELD, S.IN_TOUCH})
SILENT = frozenset({S.AWAITING_REPLY, S.PAUSED})  # asked, and nothing heard yet
WAITED_FOR = SILENT | {S.LATER}  # it is their turn, or their date has to come
HELPING = ALIVE | {S.ARRANGING, S.SCHEDULED}  # they answered, and it goes on


def advance(state: S, happening: H) -> S:
    """Give the next state.  Raises ``NotAllowedHere`` and changes nothing if the table has no such move."""
    try:
        return MOVES[state][happening]
    except KeyError:
        raise NotAllowedHere(state, happening) from None


def may_happen(state: S) -> tuple[H, ...]:
    """What the table allows in this state, in the order of ``Happening``."""
    return tuple(happening for happening in H if happening in MOVES[state])


def mermaid() -> str:
    """Give the table as a Mermaid state diagram; moves that stay where they are are left out."""
    lines = ["stateDiagram-v2", f"    [*] --> {S.PLANNED}"]
    lines += [line for state in S for line in _arrows(state)]
    lines += [f"    {S.DO_NOT_CONTACT} --> [*]"]
    return "\n".join(lines)


def _arrows(state: S) -> list[str]:
    labels: dict[S, list[str]] = {}
    for happening in may_happen(state):
        target = MOVES[state][happening]
        if target is not state:
            labels.setdefault(target, []).append(happening)
    return [f"    {state} --> {target}: {', '.join(words)}" for target, words in labels.items()]
