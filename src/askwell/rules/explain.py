"""Explain: codes and numbers to sentences.

Theory of operation.  ``sentence`` looks up the text of a reason, lets ``translate`` or ``ntranslate``
render it in the reader's language, and fits in the numbers; moments go through ``when``.  All hooks
have plain English defaults, so that the command line and the tests need no set-up.  Nothing here
decides anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import StepCode
from askwell.rules.errors import UnknownCode
from askwell.rules.sentences import REASONS, Plural, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from askwell.rules.decisions import Reason, Refusal, Step

Translate = Callable[[str], str]
TranslatePlural = Callable[[str, str, int], str]
When = Callable[[datetime], str]


def identity(text: str) -> str:
    """Leave the English as it is."""
    return text


def english(one: str, many: str, count: int) -> str:
    """Choose between the two English forms."""
    return one if count == 1 else many


def plain_when(at: datetime) -> str:
    """Write a moment as its date: 2026-03-02."""
    return at.date().isoformat()


TITLES: dict[StepCode, str] = {
    StepCode.ANSWER: _("Answer {name}"),
    StepCode.THANK: _("Thank {name} for the talk"),
    StepCode.KEEP_PROMISE: _("Keep your promise to {name}"),
    StepCode.SEND_RESUME: _("Send your resume to {name}"),
    StepCode.CLOSE_LOOP: _("Tell {name} what came of it"),
    StepCode.GET_LEAVE: _("Ask {name} whether you may use their name"),
    StepCode.CONFIRM_TALK: _("Confirm the talk with {name}"),
    StepCode.PREPARE_TALK: _("Prepare the talk with {name}"),
    StepCode.LOG_TALK: _("Say how the talk with {name} went"),
    StepCode.ARRANGE_TALK: _("Agree on a time with {name}"),
    StepCode.ACT_ON_LEAD: _("Follow up the lead from {name}"),
    StepCode.THANK_FOR_LEAD: _("Thank {name} for the lead"),
    StepCode.REPORT_OUTCOME: _("Tell {name} how the lead came out"),
    StepCode.PLAN_EVENT: _("Plan {name}"),
    StepCode.WRITE_AFTER_EVENT: _("Write to {name}, whom you met"),
    StepCode.REFLECT: _("Reflect on the talk with {name}"),
    StepCode.TRY_OUT: _("Try the work out, thanks to {name}"),
    StepCode.WRITE_TO_REFERRED: _("Write to {name}"),
    StepCode.MEND_ADDRESS: _("Find another address for {name}"),
    StepCode.FOLLOW_UP: _("Follow up with {name}"),
    StepCode.SECOND_CONTACT: _("Find someone else where {name} works"),
    StepCode.LOOK_AGAIN: _("Look at {name} again"),
    StepCode.CONGRATULATE: _("Congratulate {name} on the new job"),
    StepCode.RECALL_PROMISE: _("Mention kindly what {name} offered"),
    StepCode.CHECK_IN: _("Be in touch with {name}"),
    StepCode.FINISH_DRAFT: _("Finish your message to {name}"),
    StepCode.ASK_CHOSEN: _("Ask {name}, as you chose to"),
    StepCode.REVISIT_DECISION: _("Look again at what you decided: {name}"),
    StepCode.RENEW_GOAL: _("Look at your goal again"),
    StepCode.RENEW_RESUME: _("Bring your resume up to date"),
    StepCode.REPRINT_CARDS: _("Print more cards"),
    StepCode.REVIEW_WEEK: _("Look back on the week"),
}
# There is nothing to look at again the first time.
FIRST_TIME: dict[str, str] = {"goal.first": _("Say what you are looking for")}


def sentence(
    reason: Reason,
    *,
    translate: Translate = identity,
    ntranslate: TranslatePlural = english,
    when: When = plain_when,
) -> str:
    """Say a reason.  Raises ``UnknownCode`` for a key without a sentence."""
    try:
        text = REASONS[reason.text]
    except KeyError:
        raise UnknownCode(reason.text) from None
    params = {
        name: when(value) if isinstance(value, datetime) else value for name, value in reason.params.items()
    }
    if isinstance(text, Plural):
        count = reason.params[text.by]
        return ntranslate(text.one, text.many, count if isinstance(count, int) else 0).format(**params)
    return translate(text).format(**params)


def title(step: Step, *, name: str = "", translate: Translate = identity) -> str:
    """Say what to do.  ``name`` is the person's, or the event's for a step about an event."""
    return translate(title_text(step.code, (one.text for one in step.why))).format(name=name)


def title_text(code: StepCode, texts: Iterable[str]) -> str:
    """Give a title not yet translated.  ``texts`` are its reasons' keys: one may have a title of its own."""
    return next((FIRST_TIME[text] for text in texts if text in FIRST_TIME), TITLES[code])


def reasons(
    step: Step,
    *,
    translate: Translate = identity,
    ntranslate: TranslatePlural = english,
    when: When = plain_when,
) -> tuple[str, ...]:
    """Say all reasons of a step, and what must come first."""
    why = (*step.why, step.blocked_by) if step.blocked_by is not None else step.why
    return tuple(sentence(one, translate=translate, ntranslate=ntranslate, when=when) for one in why)


def refusal_sentence(
    refusal: Refusal,
    *,
    translate: Translate = identity,
    ntranslate: TranslatePlural = english,
    when: When = plain_when,
) -> str:
    """Say a refusal and from when it would be fine."""
    said = sentence(refusal.reason, translate=translate, ntranslate=ntranslate, when=when)
    if refusal.until is None:
        return said
    return said + " " + translate(_("It will be fine from {date}.")).format(date=when(refusal.until))


_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_SOON = timedelta(hours=12)
_COUNTED_FROM = 2  # of a unit: 13 days, then 2 weeks
_AHEAD = {  # by the days of the unit
    365: ngettext("in {count} year", "in {count} years", "count"),
    30: ngettext("in {count} month", "in {count} months", "count"),
    7: ngettext("in {count} week", "in {count} weeks", "count"),
    1: ngettext("in {count} day", "in {count} days", "count"),
}
_WAITED = {
    365: ngettext("waiting for {count} year", "waiting for {count} years", "count"),
    30: ngettext("waiting for {count} month", "waiting for {count} months", "count"),
    7: ngettext("waiting for {count} week", "waiting for {count} weeks", "count"),
    1: ngettext("waiting for {count} day", "waiting for {count} days", "count"),
}


def deadline(
    due: datetime,
    *,
    now: datetime,
    zone: tzinfo = UTC,
    translate: Translate = identity,
    ntranslate: TranslatePlural = english,
    clock: When | None = None,
) -> str:
    """Say a deadline as people do: "by 4:30 pm, in 5 hours", "tomorrow", "waiting for 3 days".

    ``clock`` writes the time of day; by default 4:30 pm.
    """
    here, today = due.astimezone(zone), now.astimezone(zone)
    days = here.toordinal() - today.toordinal()
    if due < now:
        return _past(now - due, -days, translate, ntranslate)
    if days == 0:
        return _today(due - now, (clock or _clock)(here), translate, ntranslate)
    if days == 1:
        return translate(_("tomorrow"))
    return _span(ntranslate, _AHEAD, days)


def _past(ago: timedelta, days: int, translate: Translate, ntranslate: TranslatePlural) -> str:
    if days == 0:
        return translate(_("earlier today")) if ago >= _HOUR else translate(_("just now"))
    if days == 1:
        return translate(_("since yesterday"))
    return _span(ntranslate, _WAITED, days)


def _today(left: timedelta, clock: str, translate: Translate, ntranslate: TranslatePlural) -> str:
    if left < _HOUR:
        return translate(_("by {time}, within the hour")).format(time=clock)
    hours = left // _HOUR
    if left >= _SOON:
        return translate(_("today by {time}")).format(time=clock)
    forms = ngettext("by {time}, in {hours} hour", "by {time}, in {hours} hours", "hours")
    return ntranslate(forms.one, forms.many, hours).format(time=clock, hours=hours)


def _span(ntranslate: TranslatePlural, said: dict[int, Plural], days: int) -> str:
    """Say so many days in the largest unit that is told at a glance."""
    unit = next(unit for unit in said if days >= _COUNTED_FROM * unit or unit == 1)
    forms, count = said[unit], days // unit
    return ntranslate(forms.one, forms.many, count).format(count=count)


def _clock(at: datetime) -> str:
    """Write the time of day: 4:30 pm."""
    half = "am" if at.hour < 12 else "pm"  # noqa: PLR2004
    return f"{at.hour % 12 or 12}:{at.minute:02} {half}"
