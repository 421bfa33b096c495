"""Refusals: whether something may be done now.

Theory of operation.  Each ``may_...`` collects what stands against one act: hard refusals nobody
can override, soft ones that a recorded reason sets aside (``Decision.with_overrides``), and hints.
The same functions guard every door.  A refusal carries ``until`` where time alone will lift it.

Hard: asked not to be contacted; declined; the named later date not reached; touches used up; a
second first message for the same purpose; a referrer's name without leave; a volunteer at the
limit, paused or blocked; confidential search and the person is at the employer; the same message
twice; the letter of the search that somebody else got already.  Soft: too soon; thanked already; an
automatic reply's date; a bounced address; not prepared; lint errors; outside their hours; over the
week's load.

Touches are counted while they go unanswered.  Once they have replied (arranging, scheduled, held,
in touch) letters are conversation and the limit is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.capacity import messages_a_week
from askwell.rules.decisions import Decision, Refusal, because
from askwell.rules.facts import Channel, Happening, Leave, Mode, State, TalkState
from askwell.rules.goal import check_goal
from askwell.rules.lifecycle import ALIVE, ENDED, MOVES, UNANSWERED
from askwell.rules.modes import ASKING_MODES, FIRST_MODES
from askwell.rules.reciprocity import give_first
from askwell.rules.steps.outreach import touches_allowed
from askwell.rules.timing import (
    add_business_days,
    day_start,
    good_to_call,
    good_to_send,
    is_business_day,
    is_quiet_hour,
    is_year_end,
    local,
    next_good_hour,
    next_week_start,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import Calendar, OutreachFacts, Purpose, Relationship, SeekerFacts
    from askwell.rules.presets import Preset

    Finding = Refusal | Reason

_STARTED = frozenset(State) - ALIVE - {State.PLANNED, State.READY}
_OF_THE_HOUR = frozenset({"T01", "T02", "T03"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the caller knows of the message and, in a school's directory, of the volunteer."""

    uses_referrers_name: bool = False
    same_text_before: bool = False  # equal, names masked, to one sent to them or a colleague of theirs
    same_as_told: str = ""  # whose letter of the search this is, but for the name on it
    lint_errors: int = 0
    volunteer_at_limit: bool = False
    volunteer_paused: bool = False
    volunteer_blocked: bool = False
    introduced: bool = False  # a new warm introduction, recorded
    thanked_at: datetime | None = None  # when they were thanked for the same already
    thanked_for_talk: bool = False  # ... which was a talk
    has_news: bool = False  # time-sensitive or significant (S1's exception)
    around_talk: bool = False  # confirms, moves or calls off a talk that is booked
    prepared: bool = True


PLAIN = Circumstances()


def may_send(
    relationship: Relationship,
    outreach: OutreachFacts | None,
    *,
    mode: Mode,
    channel: Channel,
    preset: Preset,
    seeker: SeekerFacts,
    now: datetime,
    circumstances: Circumstances = PLAIN,
) -> Decision:
    """Say whether this message may go out, or this call be made, now.

    ``outreach`` may be None for thanks and check-ins that belong to no outreach.
    """
    found: list[Finding] = [
        *_person(relationship, seeker),
        *_volunteer(relationship, circumstances),
        *_message(outreach, circumstances),
    ]
    found += _thanked_already(circumstances)
    if mode is Mode.CHECK_IN:
        found += _check_in_gap(relationship, preset, now, circumstances)
    if mode in ASKING_MODES:
        found += _asking(
            relationship, outreach, mode=mode, channel=channel, preset=preset, seeker=seeker, now=now
        )
    gentle = mode is Mode.THANKS or circumstances.around_talk
    found += _hours(relationship.calendar, channel, preset=preset, now=now, gentle=gentle)
    return _decide(found)


def may_reach(relationship: Relationship, *, seeker: SeekerFacts) -> Decision:
    """Say whether anything at all may go to this person: what no reason and no time can lift."""
    return _decide(list(_person(relationship, seeker)))


def but_for_the_hour(decision: Decision) -> bool:
    """Say whether nothing stands against it, or only the hour of the day, which passes by itself."""
    return all(refusal.reason.rule in _OF_THE_HOUR for refusal in decision.refusals)


def may_tell(relationship: Relationship, *, seeker: SeekerFacts, near: str = "") -> Decision:
    """Say whether this person may hear of the search; ``near`` says how they are near to the employer."""
    found = list(_person(relationship, seeker))
    if near and not found:
        found.append(_soft(because("Q01", "refuse.near_employer", why=near)))
    return _decide(found)


def may_open(
    relationship: Relationship,
    purpose: Purpose,
    *,
    preset: Preset,
    seeker: SeekerFacts,
    now: datetime,
    circumstances: Circumstances = PLAIN,
) -> Decision:
    """Say whether an outreach for this purpose may be begun."""
    found: list[Finding] = [
        *_person(relationship, seeker),
        *_volunteer(relationship, circumstances),
        *_already(relationship, purpose, circumstances),
        *_goal(seeker, preset),
        *_load(seeker, preset, now),
        *_employer(relationship, preset),
        *_give_first(relationship, preset),
    ]
    return _decide(found)


def may_schedule(
    relationship: Relationship,
    outreach: OutreachFacts | None,
    starts_at: datetime,
    *,
    minutes: int,
    preset: Preset,
    seeker: SeekerFacts,
    now: datetime,
    circumstances: Circumstances = PLAIN,
) -> Decision:
    """Say whether a talk may be set for that time and length."""
    found: list[Finding] = [
        *_person(relationship, seeker),
        *_place_in_life(outreach),
        *_length(minutes, preset),
        *_talk_hours(relationship.calendar, starts_at, preset, now),
        *_preparedness(relationship, starts_at, preset=preset, now=now, circumstances=circumstances),
        *_changes(relationship, outreach, preset),
    ]
    return _decide(found)


def _decide(found: list[Finding]) -> Decision:
    refusals = tuple(one for one in found if isinstance(one, Refusal))
    hints = tuple(one for one in found if not isinstance(one, Refusal))
    return Decision(refusals=tuple(sorted(refusals, key=lambda one: not one.hard)), hints=hints)


def _hard(reason: Reason, until: datetime | None = None) -> Refusal:
    return Refusal(reason=reason, hard=True, until=until)


def _soft(reason: Reason, until: datetime | None = None) -> Refusal:
    return Refusal(reason=reason, hard=False, until=until)


# --- the person


def _person(relationship: Relationship, seeker: SeekerFacts) -> Iterator[Finding]:
    states = {outreach.state for outreach in relationship.outreaches}
    if relationship.do_not_contact or State.DO_NOT_CONTACT in states:
        yield _hard(because("Q04", "refuse.do_not_contact"))
    if seeker.confidential and relationship.at_guarded_employer:
        yield _hard(because("Q01", "refuse.guarded_employer"))


def _volunteer(relationship: Relationship, circumstances: Circumstances) -> Iterator[Finding]:
    if not relationship.volunteer:
        return
    if circumstances.volunteer_blocked:
        yield _hard(because("G05", "refuse.volunteer_blocked"))
    if circumstances.volunteer_paused:
        yield _hard(because("G01", "refuse.volunteer_paused"))
    if circumstances.volunteer_at_limit:
        yield _hard(because("G01", "refuse.volunteer_at_limit"))


# --- the message


def _message(outreach: OutreachFacts | None, circumstances: Circumstances) -> Iterator[Finding]:
    if circumstances.uses_referrers_name and (outreach is None or outreach.leave is not Leave.GIVEN):
        yield _hard(because("I04", "refuse.name_without_leave"))
    if circumstances.same_text_before:
        yield _hard(because("F07", "refuse.same_text"))
    elif circumstances.same_as_told:
        yield _hard(because("K08", "refuse.same_telling", name=circumstances.same_as_told))
    if circumstances.lint_errors > 0:
        yield _soft(because("M00", "refuse.lint_errors", count=circumstances.lint_errors))


# --- asking


def _asking(
    relationship: Relationship,
    outreach: OutreachFacts | None,
    *,
    mode: Mode,
    channel: Channel,
    preset: Preset,
    seeker: SeekerFacts,
    now: datetime,
) -> Iterator[Finding]:
    if outreach is not None:
        yield from _where_it_stands(outreach)
        yield from _touches(relationship, outreach, mode=mode, preset=preset, now=now)
        yield from _channel(outreach, channel)
    if mode in FIRST_MODES:
        yield from _first_message(relationship, outreach)
        yield from _goal(seeker, preset)
        yield from _load(seeker, preset, now)
        yield from _employer(relationship, preset)
    yield from _give_first(relationship, preset)


def _where_it_stands(outreach: OutreachFacts) -> Iterator[Finding]:
    if outreach.state is State.DECLINED:
        yield _hard(because("F04", "refuse.declined"))
    elif outreach.state is State.WITHDRAWN:
        yield _hard(because("F04", "refuse.withdrawn"))
    elif outreach.state is State.CLOSED_NO_REPLY:
        yield _hard(because("F04", "refuse.touches_used_up", used=len(outreach.sent)))
    elif outreach.state is State.LATER:
        yield _hard(because("F04", "refuse.later", until=outreach.until), outreach.until)


def _touches(
    relationship: Relationship, outreach: OutreachFacts, *, mode: Mode, preset: Preset, now: datetime
) -> Iterator[Finding]:
    """Count, second first messages and gaps: only while they have not answered."""
    if outreach.state not in UNANSWERED or not outreach.sent:
        return
    used = len(outreach.sent)
    if used >= touches_allowed(relationship, preset=preset):
        yield _hard(because("F04", "refuse.touches_used_up", used=used))
        return
    if mode in FIRST_MODES and outreach.state is not State.NEEDS_ADDRESS:
        yield _hard(because("F04", "refuse.second_first_message", purpose=str(outreach.purpose)))
    yield from _gap(relationship, outreach, preset, now)


def _gap(
    relationship: Relationship, outreach: OutreachFacts, preset: Preset, now: datetime
) -> Iterator[Finding]:
    calendar, days = relationship.calendar, preset.min_gap_business_days
    again = day_start(_last_unanswered(relationship, outreach), days, calendar)
    if now < again:
        yield _soft(because("F04", "refuse.too_soon", days=days, last=outreach.sent[-1]), again)
    if outreach.state is State.PAUSED and outreach.until is not None:
        back = day_start(outreach.until, preset.pause_business_days, calendar)
        if now < back:
            yield _soft(because("F05", "refuse.paused", until=outreach.until), back)


def _last_unanswered(relationship: Relationship, outreach: OutreachFacts) -> datetime:
    last, history = outreach.sent[-1], relationship.history
    if history.unanswered > 0 and history.last_out_at is not None:
        return max(last, history.last_out_at)
    return last


def _channel(outreach: OutreachFacts, channel: Channel) -> Iterator[Finding]:
    if outreach.state is State.NEEDS_ADDRESS and channel is Channel.EMAIL:
        yield _soft(because("F05", "refuse.address_bounced"))
    if channel is Channel.PHONE and outreach.state in UNANSWERED and not outreach.phone_offered:
        yield _soft(because("F04", "refuse.phone_not_offered"))


def _first_message(relationship: Relationship, outreach: OutreachFacts | None) -> Iterator[Finding]:
    """No other outreach to them for the same purpose may have begun."""
    if outreach is None:
        return
    for other in relationship.outreaches:
        same = other.id != outreach.id and other.purpose is outreach.purpose
        if same and other.sent and other.state in _STARTED:
            yield _hard(because("F04", "refuse.second_first_message", purpose=str(outreach.purpose)))
            return


def _already(relationship: Relationship, purpose: Purpose, circumstances: Circumstances) -> Iterator[Finding]:
    for outreach in relationship.outreaches:
        if outreach.purpose is not purpose or outreach.state in ALIVE:
            continue
        if outreach.state is State.DECLINED:
            yield _hard(because("F04", "refuse.declined"))
        elif outreach.state is State.CLOSED_NO_REPLY:
            if not circumstances.introduced:
                yield _hard(because("F04", "refuse.closed", used=len(outreach.sent)))
        elif outreach.state not in ENDED:
            yield _hard(because("F04", "refuse.already_open", purpose=str(purpose)))


def _goal(seeker: SeekerFacts, preset: Preset) -> Iterator[Finding]:
    if not check_goal(seeker.goal_text, preset=preset).clear:
        yield _soft(because("P01", "refuse.goal_unclear"))


def _load(seeker: SeekerFacts, preset: Preset, now: datetime) -> Iterator[Finding]:
    most = messages_a_week(seeker.weekly_minutes, preset=preset)
    if seeker.reached_out_this_week >= most:
        params = because("K06", "refuse.week_full", sent=seeker.reached_out_this_week, most=most)
        yield _soft(params, next_week_start(now, seeker.calendar))


def _employer(relationship: Relationship, preset: Preset) -> Iterator[Finding]:
    if relationship.organization is None:
        return
    if relationship.colleague_helps:
        yield because("F06", "employer.helper_found")
    elif relationship.colleagues_open >= preset.employer_open_most:
        yield because("F06", "employer.enough_open", count=relationship.colleagues_open)


def _give_first(relationship: Relationship, preset: Preset) -> Iterator[Finding]:
    hint = give_first(relationship.history.asks_since_give, preset=preset)
    if hint is not None:
        yield hint


# --- keeping in touch


def _thanked_already(circumstances: Circumstances) -> Iterator[Finding]:
    """One note for one thing; the seeker may know of another thing, and say so."""
    if circumstances.thanked_at is not None:
        text = "refuse.thanked_for_talk" if circumstances.thanked_for_talk else "refuse.thanked_already"
        yield _soft(because("F01", text, at=circumstances.thanked_at))


def _check_in_gap(
    relationship: Relationship, preset: Preset, now: datetime, circumstances: Circumstances
) -> Iterator[Finding]:
    states = {outreach.state for outreach in relationship.outreaches}
    if states & {State.DECLINED, State.CLOSED_NO_REPLY} and not states & ALIVE:
        yield _hard(because("F04", "refuse.resting"))
    history = relationship.history
    told = circumstances.has_news or circumstances.around_talk
    news = told or history.reply_owed_since is not None or history.last_news_at is not None
    moments = (history.last_out_at, history.last_in_at, history.last_talk_at)
    last = max((moment for moment in moments if moment is not None), default=None)
    if last is None or news:
        return
    least = min(preset.check_in_min_gap_days, relationship.keep_every_days or preset.check_in_min_gap_days)
    if now < last + timedelta(days=least):
        yield _soft(
            because("K02", "refuse.check_in_too_soon", days=least, last=last), last + timedelta(days=least)
        )
    elif now < last + timedelta(days=preset.check_in_warn_gap_days):
        yield because("K02", "check_in.early", days=preset.check_in_warn_gap_days)


# --- hours


def _hours(
    calendar: Calendar, channel: Channel, *, preset: Preset, now: datetime, gentle: bool
) -> Iterator[Finding]:
    if is_year_end(now, calendar):
        yield because("T03", "hours.year_end")
    if not calendar.zone_known:
        return
    later = next_good_hour(now, calendar, preset=preset)
    day_off = not is_business_day(local(now, calendar).date(), calendar)
    if day_off or is_quiet_hour(now, calendar, preset=preset):
        text = "hours.day_off" if day_off else "hours.quiet"
        reason = because("T03", text, local=local(now, calendar), better=later)
        yield reason if gentle else _soft(reason, later)
    elif channel is Channel.PHONE and not good_to_call(now, calendar, preset=preset):
        yield because("T02", "hours.call", local=local(now, calendar))
    elif channel is not Channel.PHONE and not good_to_send(now, calendar, preset=preset):
        yield because("T01", "hours.outside_window", local=local(now, calendar), better=later)


# --- talks


def _place_in_life(outreach: OutreachFacts | None) -> Iterator[Finding]:
    if outreach is None:
        return
    moves = MOVES[outreach.state]
    if Happening.SCHEDULED not in moves and Happening.RESCHEDULED not in moves:
        yield _hard(because("F04", "refuse.not_schedulable", state=str(outreach.state)))


def _length(minutes: int, preset: Preset) -> Iterator[Finding]:
    if minutes > preset.minutes_max:
        yield _soft(because("C01", "refuse.too_long", minutes=minutes, most=preset.minutes_max))
    elif minutes < preset.minutes_min:
        yield because("C01", "talk.short", minutes=minutes, least=preset.minutes_min)


def _talk_hours(calendar: Calendar, starts_at: datetime, preset: Preset, now: datetime) -> Iterator[Finding]:
    if starts_at <= now:
        yield _soft(because("C01", "refuse.in_the_past", starts=starts_at))
    if not calendar.zone_known:
        return
    here = local(starts_at, calendar)
    if not is_business_day(here.date(), calendar):
        yield _soft(because("T03", "talk.day_off", local=here))
    elif is_quiet_hour(starts_at, calendar, preset=preset):
        yield _soft(because("T03", "talk.quiet", local=here))


def _preparedness(
    relationship: Relationship,
    starts_at: datetime,
    *,
    preset: Preset,
    now: datetime,
    circumstances: Circumstances,
) -> Iterator[Finding]:
    soon = add_business_days(now, preset.confirm_business_days, relationship.calendar)
    if not circumstances.prepared and now < starts_at <= soon:
        yield _soft(because("P02", "refuse.not_prepared"))


def _changes(relationship: Relationship, outreach: OutreachFacts | None, preset: Preset) -> Iterator[Finding]:
    booked = [talk for talk in relationship.talks if talk.state is TalkState.SCHEDULED]
    mine = [talk for talk in booked if outreach is not None and talk.outreach == outreach.id]
    if any(talk.changes_by_them >= preset.their_changes_limit for talk in mine):
        yield because("F08", "talk.many_changes", limit=preset.their_changes_limit)
