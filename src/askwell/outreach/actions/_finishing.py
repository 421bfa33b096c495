"""What completes each kind of step, where that is plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from askwell.outreach.actions.advice import tell_advice
from askwell.outreach.actions.employers import look_again
from askwell.outreach.actions.events import plan_event, wrote_after_event
from askwell.outreach.actions.giving import congratulated, recalled
from askwell.outreach.actions.leads import act_on_lead, tell_outcome, thank_for_lead
from askwell.outreach.actions.names import set_leave
from askwell.outreach.actions.outreaches import mend_address, save_homework
from askwell.outreach.actions.places import change_place
from askwell.outreach.actions.promises import keep_promise
from askwell.outreach.actions.resumes import send_resume
from askwell.outreach.actions.reviews import finish_review, week_of
from askwell.outreach.actions.seeker import change_seeker, review_goal
from askwell.outreach.actions.sending import record_answer, record_sent
from askwell.outreach.actions.talks import confirm_talk
from askwell.outreach.actions.thanks import record_thanks
from askwell.outreach.actions.trials import end_trial
from askwell.outreach.errors import NeedsMore, NotFound
from askwell.outreach.facts import goal_of
from askwell.outreach.models import (
    Advice,
    Community,
    Employer,
    Encounter,
    Introduction,
    JobChange,
    Lead,
    NetworkingEvent,
    Outreach,
    Promise,
    ResumeRequest,
    Talk,
    Trial,
)
from askwell.rules.decisions import StepCode
from askwell.rules.facts import Channel, Leave, Mode

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model

    from askwell.outreach.models import Step
    from askwell.people.models import Contact

    M = TypeVar("M", bound=Model)
    Finisher = Callable[[AbstractBaseUser, Step, datetime], object]

_NEEDS: dict[StepCode, tuple[str, tuple[str, ...]]] = {
    StepCode.LOG_TALK: ("record_held", ("ended_at",)),
    StepCode.ARRANGE_TALK: ("schedule_talk", ("starts_at",)),
    StepCode.REFLECT: ("reflect", ("answers",)),
    StepCode.WRITE_TO_REFERRED: ("record_sent", ("mode", "channel")),
    StepCode.FOLLOW_UP: ("record_sent", ("mode", "channel")),
    StepCode.FINISH_DRAFT: ("record_sent", ("mode", "channel")),
    StepCode.ASK_CHOSEN: ("open_outreach", ("purpose",)),
    StepCode.SECOND_CONTACT: ("open_outreach", ("contact", "purpose")),
    StepCode.REPRINT_CARDS: ("change_seeker", ("cards_left",)),
    StepCode.REVISIT_DECISION: ("decide", ("choice",)),
}


def takes_a_word(code: StepCode) -> bool:
    """Whether it can be done without saying more; a single one may still ask for it."""
    return code not in _NEEDS


def finish(owner: AbstractBaseUser, step: Step, *, now: datetime) -> None:
    """Do what completes the step.  Raises NeedsMore where more must be said."""
    code = StepCode(step.code)
    if code in _NEEDS:
        raise NeedsMore(*_NEEDS[code])
    _FINISHERS[code](owner, step, now)


def _whom(step: Step) -> Contact:
    if step.contact is None:
        raise NotFound("contact", step.key)
    return step.contact


def _about(owner: AbstractBaseUser, model: type[M], step: Step) -> M:
    found: M | None = model._default_manager.filter(owner=owner, pk=step.about_id).first()
    if found is None:
        raise NotFound(step.about_kind, step.about_id)
    return found


def _answer(_owner: AbstractBaseUser, step: Step, now: datetime) -> object:
    return record_answer(_whom(step), at=now, now=now)


def _thank(owner: AbstractBaseUser, step: Step, now: datetime) -> object:
    return record_thanks(_whom(step), talk=_about(owner, Talk, step), now=now)


def _check_in(_owner: AbstractBaseUser, step: Step, now: datetime) -> object:
    return record_sent(_whom(step), mode=Mode.CHECK_IN, channel=Channel.EMAIL, at=now, now=now)


def _prepare(owner: AbstractBaseUser, step: Step, now: datetime) -> object:
    talk = _about(owner, Talk, step)
    if talk.outreach is None:
        raise NeedsMore("save_homework", ("outreach",))
    return save_homework(talk.outreach, homework={**talk.outreach.homework, "prepared": True}, now=now)


def _plan(owner: AbstractBaseUser, step: Step, now: datetime) -> object:
    return plan_event(_about(owner, NetworkingEvent, step), plan={}, now=now)


def _write_after_event(owner: AbstractBaseUser, step: Step, now: datetime) -> object:
    met = Encounter.objects.for_owner(owner).filter(contact=step.contact, written_at=None)
    found = met.order_by("event__starts_at").first()
    if found is None:
        raise NotFound("encounter", step.about_id)
    return wrote_after_event(found, now=now)


def _renew_goal(owner: AbstractBaseUser, _step: Step, now: datetime) -> object:
    goal = goal_of(owner)
    if goal is None:
        raise NeedsMore("set_goal", ("text",))
    return review_goal(goal, now=now)


def _look_again(owner: AbstractBaseUser, step: Step, now: datetime) -> object:
    if step.about_kind == "place":
        return change_place(_about(owner, Community, step), look_again_on=None, now=now)
    return look_again(_about(owner, Employer, step), now=now)


_FINISHERS: dict[StepCode, Finisher] = {
    StepCode.ANSWER: _answer,
    StepCode.THANK: _thank,
    StepCode.KEEP_PROMISE: lambda owner, step, now: keep_promise(_about(owner, Promise, step), now=now),
    StepCode.SEND_RESUME: lambda owner, step, now: send_resume(
        _about(owner, ResumeRequest, step).contact, now=now
    ),
    StepCode.CLOSE_LOOP: lambda owner, step, now: tell_advice(_about(owner, Advice, step), now=now),
    StepCode.GET_LEAVE: lambda owner, step, now: set_leave(
        _about(owner, Introduction, step), leave=Leave.ASKED, now=now
    ),
    StepCode.CONFIRM_TALK: lambda owner, step, now: confirm_talk(_about(owner, Talk, step), now=now),
    StepCode.PREPARE_TALK: _prepare,
    StepCode.TRY_OUT: lambda owner, step, now: end_trial(_about(owner, Trial, step), now=now),
    StepCode.ACT_ON_LEAD: lambda owner, step, now: act_on_lead(_about(owner, Lead, step), now=now),
    StepCode.THANK_FOR_LEAD: lambda owner, step, now: thank_for_lead(_about(owner, Lead, step), now=now),
    StepCode.REPORT_OUTCOME: lambda owner, step, now: tell_outcome(_about(owner, Lead, step), now=now),
    StepCode.PLAN_EVENT: _plan,
    StepCode.WRITE_AFTER_EVENT: _write_after_event,
    StepCode.MEND_ADDRESS: lambda owner, step, now: mend_address(_about(owner, Outreach, step), now=now),
    StepCode.LOOK_AGAIN: _look_again,
    StepCode.CONGRATULATE: lambda owner, step, now: congratulated(_about(owner, JobChange, step), now=now),
    StepCode.RECALL_PROMISE: lambda owner, step, now: recalled(_about(owner, Promise, step), now=now),
    StepCode.CHECK_IN: _check_in,
    StepCode.RENEW_GOAL: _renew_goal,
    StepCode.REVIEW_WEEK: lambda owner, step, now: finish_review(
        owner, week=week_of(owner, step, now=now), now=now
    ),
    StepCode.RENEW_RESUME: lambda owner, _step, now: change_seeker(owner, resume_updated_at=now, now=now),
}
