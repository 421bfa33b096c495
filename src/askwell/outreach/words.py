"""Sentences for what the rules say, in the reader's language and the seeker's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language, gettext, ngettext

from askwell.outreach import reasons
from askwell.outreach.queries.lines import ReasonLine, RefusalLine, StepLine
from askwell.rules import explain
from askwell.rules.catalogue import DEFAULT_OURS, RULES
from askwell.rules.decisions import Step as DueStep
from askwell.rules.decisions import StepCode
from askwell.rules.facts import Mode, Occasion
from askwell.rules.grouping import is_overdue, is_stale, is_urgent
from askwell.rules.sentences import REASONS

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from askwell.outreach.models import Step
    from askwell.rules.decisions import Decision, Reason

WRITE = "write"

# What the primary button of a step does: a name in ``outreach.actions``, or ``write``, with the
# mode and occasion of the draft.
ACTIONS: dict[StepCode, tuple[str, str, str]] = {
    StepCode.ANSWER: ("record_answer", "", ""),
    StepCode.THANK: (WRITE, Mode.THANKS, ""),
    StepCode.KEEP_PROMISE: ("keep_promise", "", ""),
    StepCode.SEND_RESUME: (WRITE, Mode.CHECK_IN, Occasion.RESUME),
    StepCode.CLOSE_LOOP: (WRITE, Mode.CHECK_IN, Occasion.CLOSE_LOOP),
    StepCode.GET_LEAVE: ("set_leave", "", ""),
    StepCode.CONFIRM_TALK: (WRITE, Mode.CHECK_IN, Occasion.CONFIRM),
    StepCode.PREPARE_TALK: ("save_homework", "", ""),
    StepCode.LOG_TALK: ("record_held", "", ""),
    StepCode.ARRANGE_TALK: ("schedule_talk", "", ""),
    StepCode.ACT_ON_LEAD: ("act_on_lead", "", ""),
    StepCode.THANK_FOR_LEAD: (WRITE, Mode.THANKS, Occasion.LEAD_THANKS),
    StepCode.REPORT_OUTCOME: (WRITE, Mode.CHECK_IN, Occasion.LEAD_TOLD),
    StepCode.PLAN_EVENT: ("plan_event", "", ""),
    StepCode.WRITE_AFTER_EVENT: (WRITE, Mode.EVENT_FOLLOW_UP, ""),
    StepCode.REFLECT: ("reflect", "", ""),
    StepCode.TRY_OUT: ("end_trial", "", ""),
    StepCode.WRITE_TO_REFERRED: (WRITE, Mode.INFORMATIONAL, ""),
    StepCode.MEND_ADDRESS: ("mend_address", "", ""),
    StepCode.FOLLOW_UP: (WRITE, Mode.FOLLOW_UP, ""),
    StepCode.SECOND_CONTACT: ("open_outreach", "", ""),
    StepCode.LOOK_AGAIN: ("look_again", "", ""),
    StepCode.CONGRATULATE: (WRITE, Mode.CHECK_IN, Occasion.CONGRATULATE),
    StepCode.RECALL_PROMISE: (WRITE, Mode.CHECK_IN, Occasion.RECALL),
    StepCode.CHECK_IN: (WRITE, Mode.CHECK_IN, ""),
    StepCode.FINISH_DRAFT: (WRITE, Mode.INFORMATIONAL, ""),
    StepCode.ASK_CHOSEN: ("open_outreach", "", ""),
    StepCode.REVISIT_DECISION: ("decide", "", ""),
    StepCode.RENEW_GOAL: ("set_goal", "", ""),
    StepCode.RENEW_RESUME: ("change_seeker", "", ""),
    StepCode.REPRINT_CARDS: ("change_seeker", "", ""),
    StepCode.REVIEW_WEEK: ("finish_review", "", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How moments are said: the present moment and the seeker's zone."""

    now: datetime
    zone: tzinfo = UTC

    @property
    def today(self) -> date:
        """Give the day it is where the seeker is."""
        return self.now.astimezone(self.zone).date()

    def day(self, at: datetime) -> str:
        """Say a date: "November 12", with the year where it is another."""
        here, today = at.astimezone(self.zone), self.now.astimezone(self.zone)
        return _said(here.date(), with_year=here.year != today.year, language=get_language())

    def clock(self, at: datetime) -> str:
        """Say a time of day."""
        return str(formats.time_format(at.astimezone(self.zone), "TIME_FORMAT"))

    def deadline(self, due: datetime) -> str:
        """Say a deadline in human words."""
        return explain.deadline(
            due, now=self.now, zone=self.zone, translate=gettext, ntranslate=ngettext, clock=self.clock
        )

    def reason(self, reason: Reason) -> ReasonLine:
        """Say a reason, with its rule and who says so."""
        known = reason.text in REASONS
        sentence = (
            explain.sentence(reason, translate=gettext, ntranslate=ngettext, when=self.day)
            if known
            else reason.rule
        )
        return ReasonLine(rule=reason.rule, sentence=sentence, sources=sources_of(reason.rule))

    def stored(self, found: dict[str, object]) -> ReasonLine:
        """Say a reason kept with a step."""
        return self.reason(reasons.from_json(found))

    def refusals(self, decision: Decision, *, mode: str = "") -> tuple[RefusalLine, ...]:
        """Say everything that stands against an act."""
        return tuple(
            RefusalLine(mode=mode, reason=self.reason(one.reason), hard=one.hard, until=one.until)
            for one in decision.refusals
        )

    def hints(self, decision: Decision) -> tuple[ReasonLine, ...]:
        """Say what may be well to know beforehand."""
        return tuple(self.reason(one) for one in decision.hints)

    def step(self, row: Step, *, name: str = "", snoozed: datetime | None = None) -> StepLine:
        """Say a step.  ``name`` is the person's, or the event's."""
        due = due_step(row)
        code = due.code
        action, mode, occasion = ACTIONS[code]
        if code is StepCode.WRITE_TO_REFERRED and row.about_kind == "name":
            action, mode = "open_outreach", ""
        return StepLine(
            key=row.key,
            code=row.code,
            contact=row.contact_id,
            contact_name=name if row.contact_id else "",
            title=gettext(explain.title_text(code, (why["text"] for why in row.why))).format(name=name),
            when=self.deadline(row.due),
            earliest=row.earliest,
            due=row.due,
            late=is_overdue(due, now=self.now),
            urgent=is_urgent(due, now=self.now),
            stale=is_stale(due, now=self.now),
            reasons=tuple(self.stored(why) for why in row.why),
            action=action,
            mode=mode,
            occasion=occasion,
            about=(row.about_kind, row.about_id),
            blocked_by=self.reason(due.blocked_by) if due.blocked_by else None,
            snoozed_until=snoozed,
            channel=_channel(row),
        )


def _channel(row: Step) -> str:
    """Give the way the rules would send it: the second try may be a call (F04)."""
    if row.code != StepCode.FOLLOW_UP:
        return ""
    return next((str(way) for why in row.why if (way := why.get("params", {}).get("channel"))), "")


def voice(zone: str, *, now: datetime) -> Voice:
    """Speak in the seeker's zone."""
    try:
        return Voice(now=now, zone=ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        return Voice(now=now)


@lru_cache(maxsize=2048)
def _said(day: date, *, with_year: bool, language: str | None) -> str:  # noqa: ARG001 - of the key
    return str(formats.date_format(day, gettext("j F Y") if with_year else gettext("j F")))


@lru_cache(maxsize=512)
def sources_of(code: str) -> tuple[str, ...]:
    """Who says so: S0 to S4, a handout or a book, or ``default``: ours."""
    found = RULES.get(code)
    if found is None:
        return ()
    return tuple("default" if source == DEFAULT_OURS else source for source in found.sources)


def due_step(row: Step) -> DueStep:
    """Give the rules' own step back from its row, for grouping."""
    return DueStep(
        code=StepCode(row.code),
        contact=row.contact_id,
        about=(row.about_kind, row.about_id),
        earliest=row.earliest,
        due=row.due,
        urgent=row.urgent,
        stale=row.stale,
        why=(),
        blocked_by=reasons.from_json(row.blocked_by) if row.blocked_by else None,
    )
