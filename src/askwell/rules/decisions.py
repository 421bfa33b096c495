"""Decisions: what the rules answer, in codes and numbers; ``explain`` makes sentences of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from askwell.rules.severity import Severity

Value = str | int | float | datetime | None


class StepCode(StrEnum):
    """Steps, in the order Today shows them: courtesy debts outrank everything new."""

    ANSWER = "answer"
    THANK = "thank"
    KEEP_PROMISE = "keep_promise"
    SEND_RESUME = "send_resume"  # they asked for it
    CLOSE_LOOP = "close_loop"
    GET_LEAVE = "get_leave"
    CONFIRM_TALK = "confirm_talk"
    PREPARE_TALK = "prepare_talk"
    LOG_TALK = "log_talk"  # its time has passed: was it held?
    ARRANGE_TALK = "arrange_talk"  # they said yes: agree on a time
    ACT_ON_LEAD = "act_on_lead"
    THANK_FOR_LEAD = "thank_for_lead"
    REPORT_OUTCOME = "report_outcome"
    PLAN_EVENT = "plan_event"
    WRITE_AFTER_EVENT = "write_after_event"
    REFLECT = "reflect"
    TRY_OUT = "try_out"  # the day agreed on to try the work out
    WRITE_TO_REFERRED = "write_to_referred"
    MEND_ADDRESS = "mend_address"
    FOLLOW_UP = "follow_up"
    SECOND_CONTACT = "second_contact"  # silence at an employer: someone else there
    LOOK_AGAIN = "look_again"  # at an employer that was not hiring
    CONGRATULATE = "congratulate"  # someone known has a new job
    RECALL_PROMISE = "recall_promise"  # what they promised, gently, once
    CHECK_IN = "check_in"
    FINISH_DRAFT = "finish_draft"  # planned or ready, not sent
    ASK_CHOSEN = "ask_chosen"  # chosen for this week when one looked back
    REVISIT_DECISION = "revisit_decision"  # its day has come
    RENEW_GOAL = "renew_goal"
    RENEW_RESUME = "renew_resume"
    REPRINT_CARDS = "reprint_cards"
    REVIEW_WEEK = "review_week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that speaks, with its numbers.  ``rule`` is a code of the catalogue: ``F01``."""

    rule: str
    text: str  # key of the sentence in ``explain``: "thank.within"
    params: Mapping[str, Value] = field(default_factory=dict)


def because(rule: str, text: str, /, **params: Value) -> Reason:
    """Write a reason down: ``because("F04", "follow_up.wait", days=7)``."""
    return Reason(rule=rule, text=text, params=params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something missing or amiss in what was prepared, with how much it matters."""

    severity: Severity
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something due.  ``about`` names the thing it is about: ``("talk", 7)``.

    Shown from ``earliest``; overdue after ``due``; ``urgent`` and ``stale`` are later marks, where
    the rule has them.  ``blocked_by`` says what must happen first.
    """

    code: StepCode
    contact: int | None
    about: tuple[str, int]
    earliest: datetime
    due: datetime
    why: tuple[Reason, ...]
    urgent: datetime | None = None
    stale: datetime | None = None
    blocked_by: Reason | None = None

    @property
    def key(self) -> str:
        """Stable name of the step, for snoozing: ``thank:talk:7``."""
        return f"{self.code}:{self.about[0]}:{self.about[1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Not allowed now.  ``hard`` has no override; ``until`` is when it would be allowed, if ever."""

    reason: Reason
    hard: bool
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """May it be done?  Hard refusals forbid; soft ones ask for a recorded reason; hints only speak."""

    refusals: tuple[Refusal, ...] = ()
    hints: tuple[Reason, ...] = ()

    @property
    def forbidden(self) -> bool:
        """A hard refusal stands: no override."""
        return any(refusal.hard for refusal in self.refusals)

    @property
    def allowed(self) -> bool:
        """Nothing stands against it."""
        return not self.refusals

    def with_overrides(self, overrides: Iterable[tuple[str, str]]) -> Decision:
        """Drop the soft refusals the user overrode: (rule code, reason in words); hard ones stay.

        An empty reason overrides nothing.
        """
        given = {rule for rule, words in overrides if words.strip()}
        kept = tuple(one for one in self.refusals if one.hard or one.reason.rule not in given)
        return replace(self, refusals=kept)
