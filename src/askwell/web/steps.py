"""What the buttons of a step do: one table from the step's code to its primary act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from askwell.rules.decisions import StepCode
from askwell.rules.facts import Mode

if TYPE_CHECKING:
    from askwell.outreach.queries.lines import StepLine

WRITE, LOOK, DONE = "write", "look", "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A button: ``kind`` says whether it opens a draft, a page, or marks the step done."""

    label: object
    kind: str = LOOK
    url: str = ""
    settles: bool = False  # says itself that the step is done: no second button for it
    mode: str = ""
    occasion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An entry of the table.  ``route`` is a URL name; its number is the contact's or the thing's."""

    label: object
    kind: str = LOOK
    route: str = ""
    of_contact: bool = True
    act: str = ""
    settles: bool = False
    mode: Mode | None = None


PLANS: dict[StepCode, Plan] = {
    StepCode.ANSWER: Plan(label=_("I answered"), route="person_do", act="answered", settles=True),
    StepCode.THANK: Plan(label=_("Write the note"), kind=WRITE, mode=Mode.THANKS),
    StepCode.KEEP_PROMISE: Plan(label=_("I kept it"), kind=DONE),
    StepCode.SEND_RESUME: Plan(label=_("Write the letter with it"), kind=WRITE, mode=Mode.CHECK_IN),
    StepCode.CLOSE_LOOP: Plan(label=_("Write to them"), kind=WRITE, mode=Mode.CHECK_IN),
    StepCode.GET_LEAVE: Plan(label=_("Say what they answered"), route="introductions", settles=True),
    StepCode.CONFIRM_TALK: Plan(label=_("Write the confirmation"), kind=WRITE, mode=Mode.CHECK_IN),
    StepCode.PREPARE_TALK: Plan(label=_("Prepare"), route="talk_prepare", of_contact=False),
    StepCode.LOG_TALK: Plan(label=_("Say how it went"), route="talk_held", of_contact=False, settles=True),
    StepCode.ARRANGE_TALK: Plan(label=_("Agree on a time"), route="schedule", of_contact=False),
    StepCode.ACT_ON_LEAD: Plan(label=_("Look at the lead"), route="lead", of_contact=False),
    StepCode.THANK_FOR_LEAD: Plan(label=_("Write the note"), kind=WRITE, mode=Mode.THANKS),
    StepCode.REPORT_OUTCOME: Plan(label=_("Write to them"), kind=WRITE, mode=Mode.CHECK_IN),
    StepCode.PLAN_EVENT: Plan(label=_("Plan it"), route="event", of_contact=False),
    StepCode.WRITE_AFTER_EVENT: Plan(label=_("Write to them"), kind=WRITE, mode=Mode.EVENT_FOLLOW_UP),
    StepCode.REFLECT: Plan(label=_("Six short questions"), route="talk_after", of_contact=False),
    StepCode.TRY_OUT: Plan(label=_("Say how it was"), route="trial", of_contact=False),
    StepCode.WRITE_TO_REFERRED: Plan(label=_("Begin the letter"), route="ask"),
    StepCode.MEND_ADDRESS: Plan(label=_("Give another address"), route="person_do", act="address"),
    StepCode.FOLLOW_UP: Plan(label=_("Open the draft"), kind=WRITE, mode=Mode.FOLLOW_UP),
    StepCode.SECOND_CONTACT: Plan(label=_("Look who else is there"), route="person"),
    StepCode.LOOK_AGAIN: Plan(label=_("To your list"), route="employers", of_contact=False),
    StepCode.CONGRATULATE: Plan(label=_("Write to them"), kind=WRITE, mode=Mode.CHECK_IN),
    StepCode.RECALL_PROMISE: Plan(label=_("Write to them"), kind=WRITE, mode=Mode.CHECK_IN),
    StepCode.CHECK_IN: Plan(label=_("Write to them"), kind=WRITE, mode=Mode.CHECK_IN),
    StepCode.FINISH_DRAFT: Plan(label=_("Open the draft"), kind=WRITE, mode=Mode.INFORMATIONAL),
    StepCode.ASK_CHOSEN: Plan(label=_("Begin the letter"), route="ask"),
    StepCode.REVISIT_DECISION: Plan(
        label=_("To your decisions"), route="decisions", of_contact=False, settles=True
    ),
    StepCode.RENEW_GOAL: Plan(label=_("To your goal"), route="goal"),
    StepCode.RENEW_RESUME: Plan(label=_("It is up to date"), kind=DONE),
    StepCode.REVIEW_WEEK: Plan(label=_("Look back"), route="back", of_contact=False),
    StepCode.REPRINT_CARDS: Plan(label=_("Count your cards"), route="cards"),
}

_TO_A_PLACE = Plan(label=_("Look at it"), route="place", of_contact=False)


def primary(step: StepLine) -> Act:
    """Give the one thing to do about a step."""
    plan = _TO_A_PLACE if step.about[0] == "place" else PLANS[StepCode(step.code)]
    if step.contact and WRITE in {plan.kind, step.action}:
        return Act(
            label=plan.label,
            kind=WRITE,
            url=reverse("write", args=[step.contact]),
            mode=step.mode or (plan.mode or ""),
            occasion=step.occasion,
        )
    if plan.kind == DONE:
        return Act(label=plan.label, kind=DONE, url=reverse("step_done"))
    return Act(label=plan.label, url=_url(step, plan), settles=plan.settles)


def _url(step: StepLine, plan: Plan) -> str:
    number = step.contact if plan.of_contact else step.about[1]
    for args in ([number, plan.act], [number], []):
        try:
            return reverse(plan.route, args=[arg for arg in args if arg])
        except NoReverseMatch:
            continue
    return reverse("person", args=[step.contact]) if step.contact else reverse("today")
