"""Which groups of sentences make which letter.

Theory of operation.  A plan is paragraphs of slots.  ``?`` after a slot: left out without
asking when its facts are unknown.  ``|`` between groups: the first that can be said is said.
``+`` between two: a paragraph that announces the next, said only where the next can be said.
``{connection}``, ``{purpose}``, ``{address}``, ``{mode}``, ``{ground}`` (for being in touch: advice that was
followed, a talk, or none) and ``{after}`` (whether one will do something of it) in a group's name are filled from
the facts.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.facts import Mode, Occasion

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Plan:
    """Subject groups, and paragraphs of slots."""

    subject: str
    paragraphs: tuple[tuple[str, ...], ...]
    closes: bool = True  # with a sign-off and the name
    note: bool = False  # all on one line
    better_with: tuple[str, ...] = ()  # facts to ask for although something can be said without them


_FIRST = ("connection.{connection}", "who", "hook")

EMAIL: Mapping[Mode | Occasion, Plan] = {
    Mode.INFORMATIONAL: Plan(
        "subject.first.{connection}|subject.first",
        (_FIRST, ("purpose.{purpose}", "ask", "windows"), ("way_out", "confidential?")),
    ),
    Mode.FOLLOW_UP: Plan("subject.follow_up", (("follow_up.{nth}", "news"), ("follow_up.ask", "follow_up.out"))),
    Mode.LEAD: Plan(
        "subject.lead", (("lead.heard|lead.heard_of", "who"), ("lead.honest", "ask", "windows"), ("confidential?",)),
    ),
    Mode.RECONNECT: Plan(
        "subject.reconnect", (("reconnect.past", "reconnect.reason"), ("reconnect.ask", "reconnect.out"), ("confidential?",))
    ),
    Mode.THANKS: Plan(
        "subject.thanks",
        (("thanks.open", "thanks.learnt", "thanks.will_do"), ("thanks.my_promise?", "thanks.their_offer?"), ("thanks.offer?", "thanks.end.{after}")),
    ),
    Mode.CHECK_IN: Plan(
        "subject.check_in.{ground}",
        (
            ("check_in.hello.{ground}?", "check_in.outcome.{ground}|check_in.news.{ground}", "check_in.resource?", "check_in.question?"),
            ("check_in.offer?", "check_in.end.{ground}"),
        ),
        better_with=("resource",),
    ),
    Mode.INTRO_REQUEST: Plan(
        "subject.intro|subject.intro.field|subject.intro.open",
        (
            ("intro.ask|intro.ask.field|intro.ask.role|intro.ask.open", "intro.why?"),
            ("intro.opt_in|intro.opt_in.open", "confidential?"),
            ("intro.blurb_intro+intro.blurb|intro.blurb.who|intro.blurb.field|intro.blurb.role|intro.blurb.own",),
        ),
        better_with=("introduce_to", "introduce_why", "who", "field", "seeker"),
    ),
    Mode.EVENT_FOLLOW_UP: Plan(
        "subject.event", (("event.met", "event.who"), ("event.said", "event.role"), ("event.ask", "confidential?"))
    ),
    Occasion.CONFIRM: Plan("subject.confirm", (("confirm.line",), ("confirm.end",))),
    Occasion.RESCHEDULE: Plan("subject.reschedule", (("reschedule.line", "reschedule.slots"), ("cancel.end",))),
    Occasion.CANCEL: Plan("subject.cancel", (("cancel.line", "cancel.slots"), ("cancel.end",))),
    Occasion.CLOSE_LOOP: Plan(
        "subject.loop_name|subject.check_in.advice",
        (("check_in.outcome.advice|loop.outcome|loop.name|loop.advised",), ("check_in.end.advice",)),
        better_with=("outcome",),
    ),
    Occasion.LEAD_THANKS: Plan("subject.lead_thanks", (("lead_thanks.line", "thanks.will_do"), ("thanks.end.will",))),
    Occasion.LEAD_TOLD: Plan("subject.lead_told", (("lead_told.line", "lead_told.came"), ("lead_told.end",))),
    Occasion.CLOSING: Plan("subject.closing", (("closing.line", "closing.end"),)),
    Occasion.CONGRATULATE: Plan("subject.congratulate", (("congratulate.line|congratulate.line.open", "congratulate.wish"), ("congratulate.end",))),
    Occasion.SHARE: Plan("subject.share", (("share.line",), ("share.why?",), ("share.end",))),
    Occasion.RESUME: Plan("subject.resume", (("resume.line",), ("resume.end",))),
    Occasion.RECALL: Plan("subject.recall", (("recall.line",), ("recall.end",))),
    Occasion.TELL: Plan(
        "subject.tell",
        (
            ("tell.past.{mode}|connection.{connection}|tell.past", "tell.who.{mode}?"),
            ("tell.looking|tell.looking.field|tell.looking.open", "tell.names|tell.names.role|tell.names.open"),
            ("tell.talk.{mode}?", "tell.out.{mode}?"),
            ("confidential?",),
        ),
    ),
}  # fmt: skip

NOTE: Mapping[Mode | Occasion, Plan] = {
    Mode.INFORMATIONAL: Plan(
        "",
        (("note.connection.{connection}", "note.who", "note.hook", "note.ask", "note.confidential?"),),
        closes=False,
        note=True,
    ),
    Mode.LEAD: Plan(
        "",
        (("note.lead|note.lead.open", "note.who", "note.lead.ask", "note.confidential?"),),
        closes=False,
        note=True,
    ),
    Mode.RECONNECT: Plan(
        "", (("note.past", "note.past.ask", "note.confidential?"),), closes=False, note=True
    ),
    Mode.INTRO_REQUEST: Plan("", (("note.intro", "note.confidential?"),), closes=False, note=True),
    Occasion.TELL: Plan(
        "",
        (("note.past|note.connection.{connection}", "note.tell", "note.tell.ask", "note.confidential?"),),
        closes=False,
        note=True,
    ),
    Mode.EVENT_FOLLOW_UP: Plan(
        "", (("note.event", "note.said", "note.confidential?"),), closes=False, note=True
    ),
}

PHONE: Mapping[Mode | Occasion, Plan] = {
    Mode.INFORMATIONAL: Plan(
        "",
        (
            ("phone.opening",),
            ("phone.connection.{connection}|connection.{connection}", "phone.who", "hook"),
            ("purpose.{purpose}", "phone.ask", "phone.windows"),
            ("note.confidential?", "phone.end"),
        ),
        closes=False,
    ),
    Mode.FOLLOW_UP: Plan(
        "",
        (
            ("phone.opening",),
            ("phone.follow_up.{nth}", "phone.who"),
            ("phone.follow_up.ask", "phone.windows"),
            ("note.confidential?", "phone.follow_up.end"),
        ),
        closes=False,
    ),
}
