"""Sentences of the letter that tells someone of the search (K08).

Theory of operation.  As in ``templates``, which takes these in.  They say what one looks for and ask
for nobody's job: at most for a name, or for a talk.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAST = (
    "I was thinking of {past} and wanted to write.",
    "I often think of {past}.",
    "It has been a while, and I still think of {past}.",
)
TELLING: Mapping[str, tuple[str, ...]] = {
    "subject.tell": ("A word about what I am looking for", "News of my own search", "What I am looking for next"),
    "tell.past": _PAST,
    "tell.past.reconnect": _PAST,  # to somebody of late out of sight it comes before all else
    "tell.who.lead": ("I am {who}.", "As you may know, I am {who}.", "I am {who} these days."),
    "tell.looking": (
        "I am looking for my next place as {a_role}, and am telling the people I know one by one.",
        "My news: I am looking for new work as {a_role}, and I wanted you to hear it from me.",
    ),
    "tell.looking.field": (
        "I am looking for my next place in {field}, and am telling the people I know one by one.",
        "My news: I am looking for new work in {field}, and I wanted you to hear it from me.",
    ),
    "tell.looking.open": ("I am looking for a change of work, and am telling the people I know one by one.",),
    "tell.names": (
        "If somebody comes to mind whose work in {field} I should hear about, I would be glad of the name.",
        "Should you think of one or two people in {field} from whom I could learn, I would be grateful for their names.",
    ),
    "tell.names.role": ("If {a_role} comes to mind from whom I could learn, I would be glad of the name.",),
    "tell.names.open": ("If somebody comes to mind from whom I could learn, I would be glad of the name.",),
    "tell.talk.lead": (
        "I would also value your own view of it. Could we talk for {minutes} minutes, around your schedule?",
        "Would you have {minutes} minutes for a call, whenever it suits you, to tell me how you see it?",
    ),
    "tell.out.reconnect": (
        "There is nothing you need to do; I would be as glad to hear how you are.",
        "No rush at all, and no need to answer; how are you?",
    ),
    "note.tell": ("I am looking for my next place as {a_role}.", "I am looking for my next place in {field}.", "I am looking for a change of work."),
    "note.tell.ask": ("Does anyone come to mind I could learn from?",),
}  # fmt: skip
