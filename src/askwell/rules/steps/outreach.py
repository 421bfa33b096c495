"""Steps of an outreach on its way: write, mend, follow up, stop (F04, F05, F06, I02, K06).

Theory of operation.  Each touch that counts starts the wait anew, in business days of the
recipient.  After the last allowed touch there is no further step: ``closing_due`` says when the
last wait is over and the outreach rests for good.  An automatic reply stops the clock until the
date it names and two business days more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.channels import suggest_channel
from askwell.rules.decisions import Reason, Step, StepCode, because
from askwell.rules.facts import Channel, Leave, State
from askwell.rules.presets import SecondContact
from askwell.rules.timing import day_close, day_start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.facts import NameFacts, OutreachFacts, Relationship
    from askwell.rules.presets import Preset


def outreach_steps(relationship: Relationship, *, preset: Preset, now: datetime) -> Iterator[Step]:
    """Steps of every outreach to this contact, and of names given that no outreach exists for yet."""
    for name in relationship.names:
        yield from _write_to_named(relationship, name, preset)
    for outreach in relationship.outreaches:
        state = outreach.state
        if state is State.AWAITING_REPLY or state is State.PAUSED:
            yield from _waiting(relationship, outreach, preset, now)
        elif state is State.PLANNED or state is State.READY:
            yield _write(relationship, outreach, preset, now)
        elif state is State.NEEDS_ADDRESS:
            yield _mend(relationship, outreach, preset, now)
        elif state is State.LATER:
            yield _named_date(relationship, outreach, preset, now)


def touches_allowed(relationship: Relationship, *, preset: Preset) -> int:
    """How many touches may go unanswered: fewer towards a school's volunteers."""
    if relationship.volunteer:
        return min(preset.max_touches, preset.volunteer_touches)
    return preset.max_touches


def closing_due(relationship: Relationship, outreach: OutreachFacts, *, preset: Preset) -> datetime | None:
    """When ``GAVE_UP`` applies: touches used up and the last wait over.  None while there is more to do."""
    waiting = outreach.state is State.AWAITING_REPLY or outreach.state is State.PAUSED
    if not waiting or not outreach.sent:
        return None
    if len(outreach.sent) < touches_allowed(relationship, preset=preset):
        return None
    return _wait_over(relationship, outreach, preset)[1]


def _wait_over(
    relationship: Relationship, outreach: OutreachFacts, preset: Preset
) -> tuple[datetime, datetime]:
    """Begin and close of the day the wait after the last touch is over."""
    calendar, last = relationship.calendar, outreach.sent[-1]
    start = day_start(last, preset.wait_business_days, calendar)
    close = day_close(last, preset.wait_business_days, calendar, preset=preset)
    if outreach.state is not State.PAUSED:
        return start, close
    back = outreach.until or close
    after = preset.pause_business_days
    return max(start, day_start(back, after, calendar)), max(
        close, day_close(back, after, calendar, preset=preset)
    )


def _waiting(
    relationship: Relationship, outreach: OutreachFacts, preset: Preset, now: datetime
) -> Iterator[Step]:
    allowed, used = touches_allowed(relationship, preset=preset), len(outreach.sent)
    if used == 0:
        yield _write(relationship, outreach, preset, now)
    elif used < allowed:
        yield _follow_up(relationship, outreach, preset, left=allowed - used)
    if used == 1 and preset.second_contact is SecondContact.STEP and _wants_second(relationship, preset):
        yield _second_contact(relationship, outreach, preset)


def _follow_up(relationship: Relationship, outreach: OutreachFacts, preset: Preset, *, left: int) -> Step:
    earliest, due = _wait_over(relationship, outreach, preset)
    channel = suggest_channel(outreach, preset=preset)
    text = "follow_up.after_pause" if outreach.state is State.PAUSED else "follow_up.wait"
    rule = "F05" if outreach.state is State.PAUSED else "F04"
    return Step(
        code=StepCode.FOLLOW_UP,
        contact=relationship.contact,
        about=("outreach", outreach.id),
        earliest=earliest,
        due=due,
        why=(
            because(
                rule,
                text,
                days=preset.wait_business_days,
                last=outreach.sent[-1],
                left=left,
                until=outreach.until,
                back_days=preset.pause_business_days,
                channel=channel,
            ),
            *((because("F04", "follow_up.call"),) if channel is Channel.PHONE else ()),
            *_second_hint(relationship, outreach, preset),
        ),
    )


def _wants_second(relationship: Relationship, preset: Preset) -> bool:
    if relationship.organization is None or relationship.colleague_helps:
        return False
    return relationship.colleagues_open + 1 < preset.employer_open_most


def _second_hint(relationship: Relationship, outreach: OutreachFacts, preset: Preset) -> tuple[Reason, ...]:
    wanted = preset.second_contact is SecondContact.HINT and len(outreach.sent) == 1
    if not wanted or not _wants_second(relationship, preset):
        return ()
    days = preset.second_contact_business_days
    return (because("F06", "second.hint", days=days),)


def _second_contact(relationship: Relationship, outreach: OutreachFacts, preset: Preset) -> Step:
    days, last, calendar = preset.second_contact_business_days, outreach.sent[-1], relationship.calendar
    return Step(
        code=StepCode.SECOND_CONTACT,
        contact=relationship.contact,
        about=("outreach", outreach.id),
        earliest=day_start(last, days, calendar),
        due=day_close(last, days, calendar, preset=preset),
        why=(because("F06", "second.step", days=days, last=last),),
    )


_LEAVE_FIRST = {
    Leave.UNASKED: because("I04", "leave.first"),
    Leave.ASKED: because("I04", "leave.awaited"),
}


def _write(relationship: Relationship, outreach: OutreachFacts, preset: Preset, now: datetime) -> Step:
    """To send a first message: to a person one was referred to within days, else a draft to finish."""
    referred = outreach.referrer is not None or outreach.referred_at is not None
    since = outreach.referred_at or outreach.opened_at or now
    days = preset.referred_business_days if referred else preset.draft_business_days
    why = because(
        "I02" if referred else "K06",
        "referred.within" if referred else "draft.finish",
        days=days,
        since=since,
    )
    return Step(
        code=StepCode.WRITE_TO_REFERRED if referred else StepCode.FINISH_DRAFT,
        contact=relationship.contact,
        about=("outreach", outreach.id),
        earliest=since,
        due=day_close(since, days, relationship.calendar, preset=preset),
        why=(why,),
        blocked_by=_LEAVE_FIRST.get(outreach.leave) if outreach.referrer is not None else None,
    )


def _write_to_named(relationship: Relationship, name: NameFacts, preset: Preset) -> Iterator[Step]:
    if name.written_at is not None or name.outreach_open:
        return
    days = preset.referred_business_days
    contact = relationship.contact if name.about is None else name.about
    yield Step(
        code=StepCode.WRITE_TO_REFERRED,
        contact=contact,
        about=("name", name.id),
        earliest=name.given_at,
        due=day_close(name.given_at, days, relationship.calendar, preset=preset),
        why=(because("I02", "referred.within", days=days, since=name.given_at),),
        blocked_by=_LEAVE_FIRST.get(name.leave),
    )


def _mend(relationship: Relationship, outreach: OutreachFacts, preset: Preset, now: datetime) -> Step:
    since = outreach.opened_at or now
    days = preset.mend_address_business_days
    return Step(
        code=StepCode.MEND_ADDRESS,
        contact=relationship.contact,
        about=("outreach", outreach.id),
        earliest=since,
        due=day_close(since, days, relationship.calendar, preset=preset),
        why=(because("F05", "address.mend"),),
    )


def _named_date(relationship: Relationship, outreach: OutreachFacts, preset: Preset, now: datetime) -> Step:
    """They named a date, or a vague "later": then a quarter of a year."""
    wait = timedelta(days=preset.keep_warm_days)
    back = outreach.until or (outreach.sent[-1] if outreach.sent else outreach.opened_at or now) + wait
    text = "later.vague" if outreach.until is None else "later.named"
    return Step(
        code=StepCode.FOLLOW_UP,
        contact=relationship.contact,
        about=("outreach", outreach.id),
        earliest=day_start(back, 0, relationship.calendar),
        due=day_close(back, preset.pause_business_days, relationship.calendar, preset=preset),
        why=(because("F04", text, date=back),),
    )
