"""Sentences of the letter that tells someone of the search (K08).

Theory of operation.  As in ``templates``, which takes these in.  They say what one looks for and ask
for nobody's job: at most for a name, or for a talk.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.explain_marks import _

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAST = (
    _("I was thinking of {past} and wanted to write."),
    _("I often think of {past}."),
    _("It has been a while, and I still think of {past}."),
)
TELLING: Mapping[str, tuple[str, ...]] = {
    "subject.tell": (_("A word about what I am looking for"), _("News of my own search"), _("What I am looking for next")),
    "tell.past": _PAST,
    "tell.past.reconnect": _PAST,  # to somebody of late out of sight it comes before all else
    "tell.who.lead": (_("I am {who}."), _("As you may know, I am {who}."), _("I am {who} these days.")),
    "tell.looking": (
        _("I am looking for my next place as {a_role}, and am telling the people I know one by one."),
        _("My news: I am looking for new work as {a_role}, and I wanted you to hear it from me."),
    ),
    "tell.looking.field": (
        _("I am looking for my next place in {field}, and am telling the people I know one by one."),
        _("My news: I am looking for new work in {field}, and I wanted you to hear it from me."),
    ),
    "tell.looking.open": (_("I am looking for a change of work, and am telling the people I know one by one."),),
    "tell.names": (
        _("If somebody comes to mind whose work in {field} I should hear about, I would be glad of the name."),
        _("Should you think of one or two people in {field} from whom I could learn, I would be grateful for their names."),
    ),
    "tell.names.role": (_("If {a_role} comes to mind from whom I could learn, I would be glad of the name."),),
    "tell.names.open": (_("If somebody comes to mind from whom I could learn, I would be glad of the name."),),
    "tell.talk.lead": (
        _("I would also value your own view of it. Could we talk for {minutes} minutes, around your schedule?"),
        _("Would you have {minutes} minutes for a call, whenever it suits you, to tell me how you see it?"),
    ),
    "tell.out.reconnect": (
        _("There is nothing you need to do; I would be as glad to hear how you are."),
        _("No rush at all, and no need to answer; how are you?"),
    ),
    "note.tell": (_("I am looking for my next place as {a_role}."), _("I am looking for my next place in {field}."), _("I am looking for a change of work.")),
    "note.tell.ask": (_("Does anyone come to mind I could learn from?"),),
}  # fmt: skip
