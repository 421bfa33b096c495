from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.decisions import StepCode
from askwell.rules.facts import (
    Calendar,
    EventFacts,
    History,
    LeadFacts,
    Leave,
    LoopFacts,
    NameFacts,
    OutreachFacts,
    PromiseFacts,
    Relationship,
    SeekerFacts,
    State,
    TalkFacts,
    TalkState,
)
from askwell.rules.presets import PRESETS
from askwell.rules.steps import (
    closing_due,
    deserves_notice,
    next_check_in,
    seeker_steps,
    steps_for,
    touches_allowed,
)
from askwell.rules.timing import add_business_days, local

ASKWELL, TWO_HOUR = PRESETS["askwell"], PRESETS["two_hour"]
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # a Monday, ten in New York
NEW_YORK = Calendar(zone="America/New_York", zone_known=True)
DAY = timedelta(days=1)


def jun(**facts):
    return Relationship(contact=7, calendar=NEW_YORK, **facts)


def waiting(*sent, state=State.AWAITING_REPLY, **facts):
    return OutreachFacts(id=1, state=state, sent=sent, **facts)


def steps(relationship, preset=ASKWELL, now=NOW):
    return {step.code: step for step in steps_for(relationship, preset=preset, now=now)}


def due_day(step):
    return local(step.due, NEW_YORK).date()


# --- courtesy


def test_a_reply_is_answered_by_the_close_of_the_next_business_day():
    friday = NOW - 3 * DAY
    step = steps(jun(history=History(reply_owed_since=friday)))[StepCode.ANSWER]
    assert step.earliest == friday
    assert local(step.due, NEW_YORK) == local(datetime(2026, 3, 2, 23, tzinfo=UTC), NEW_YORK)
    assert step.key == "answer:contact:7"


def test_thanks_are_due_a_day_after_the_talk_and_never_stale():
    talk = TalkFacts(id=3, state=TalkState.HELD, starts_at=NOW, minutes=20, reflected_at=NOW)
    step = steps(jun(talks=(talk,)))[StepCode.THANK]
    ended = NOW + timedelta(minutes=20)
    assert (step.earliest, step.due, step.urgent, step.stale) == (ended, ended + DAY, ended + 2 * DAY, None)
    assert steps(jun(talks=(replace(talk, thanked_at=NOW),))) == {}


def test_the_true_end_of_a_talk_counts():
    ended = NOW + timedelta(minutes=31)
    talk = TalkFacts(id=3, state=TalkState.HELD, starts_at=NOW, ended_at=ended)
    assert steps(jun(talks=(talk,)))[StepCode.THANK].due == ended + DAY
    assert steps(jun(talks=(talk,)))[StepCode.REFLECT].due == ended + DAY


def test_a_promise_without_a_date_takes_two_business_days():
    step = steps(jun(promises=(PromiseFacts(id=1, mine=True, made_at=NOW),)))[StepCode.KEEP_PROMISE]
    assert due_day(step) == date(2026, 3, 4)


def test_a_dated_promise_shows_two_business_days_ahead():
    promise = PromiseFacts(id=1, mine=True, made_at=NOW, due=NOW + 21 * DAY)
    step = steps(jun(promises=(promise,)))[StepCode.KEEP_PROMISE]
    assert step.due == NOW + 21 * DAY
    assert add_business_days(step.earliest, 2, NEW_YORK).date() == step.due.date()


def test_a_promise_dated_before_it_was_made_is_still_shown():
    promise = PromiseFacts(id=1, mine=True, made_at=NOW, due=NOW - DAY)
    step = steps(jun(promises=(promise,)))[StepCode.KEEP_PROMISE]
    assert step.earliest <= step.due


def test_their_promise_is_theirs():
    assert set(steps(jun(promises=(PromiseFacts(id=1, mine=False, made_at=NOW),)))) == {
        StepCode.RECALL_PROMISE  # to be mentioned once, in two weeks
    }


def test_the_loop_closes_a_week_after_acting():
    loop = LoopFacts(id=1, received_at=NOW - 10 * DAY, acted_at=NOW)
    step = steps(jun(loops=(loop,)))[StepCode.CLOSE_LOOP]
    assert (step.earliest, step.due) == (NOW, NOW + 7 * DAY)


@pytest.mark.parametrize("acted", [None, 41, 50])
def test_the_loop_closes_six_weeks_after_the_advice_at_the_latest(acted):
    loop = LoopFacts(id=1, received_at=NOW, acted_at=None if acted is None else NOW + acted * DAY)
    step = steps(jun(loops=(loop,)))[StepCode.CLOSE_LOOP]
    assert step.due == NOW + 42 * DAY
    assert step.earliest == NOW + 35 * DAY


def test_leave_is_asked_before_the_name_is_used():
    found = steps(jun(names=(NameFacts(id=1, given_at=NOW, about=8),)))
    assert StepCode.GET_LEAVE in found
    write = found[StepCode.WRITE_TO_REFERRED]
    assert write.contact == 8
    assert write.blocked_by is not None
    assert write.blocked_by.text == "leave.first"


@pytest.mark.parametrize(
    ("leave", "codes", "blocked"),
    [
        (Leave.ASKED, {StepCode.WRITE_TO_REFERRED}, True),
        (Leave.GIVEN, {StepCode.WRITE_TO_REFERRED}, False),
        (Leave.REFUSED, {StepCode.WRITE_TO_REFERRED}, False),
    ],
)
def test_writing_waits_for_leave_only_while_it_is_open(leave, codes, blocked):
    found = steps(jun(names=(NameFacts(id=1, given_at=NOW, leave=leave),)))
    assert set(found) == codes
    assert (found[StepCode.WRITE_TO_REFERRED].blocked_by is not None) is blocked
    assert found[StepCode.WRITE_TO_REFERRED].contact == 7


def test_a_name_already_written_to_or_with_its_own_outreach_is_settled():
    settled = (
        NameFacts(id=1, given_at=NOW, written_at=NOW),
        NameFacts(id=2, given_at=NOW, leave=Leave.GIVEN, outreach_open=True),
    )
    assert steps(jun(names=settled)) == {}


# --- talks


def test_a_talk_is_prepared_and_confirmed_the_business_day_before():
    monday_week = NOW + 7 * DAY
    found = steps(jun(talks=(TalkFacts(id=3, state=TalkState.SCHEDULED, starts_at=monday_week),)))
    assert set(found) == {StepCode.CONFIRM_TALK, StepCode.PREPARE_TALK, StepCode.LOG_TALK}
    assert due_day(found[StepCode.CONFIRM_TALK]) == due_day(found[StepCode.PREPARE_TALK]) == date(2026, 3, 6)
    assert found[StepCode.PREPARE_TALK].earliest < found[StepCode.CONFIRM_TALK].earliest
    assert found[StepCode.CONFIRM_TALK].stale == monday_week


def test_a_talk_prepared_and_confirmed_only_waits():
    talk = TalkFacts(id=3, state=TalkState.SCHEDULED, starts_at=NOW + DAY, prepared=True, confirmed_at=NOW)
    assert set(steps(jun(talks=(talk,)))) == {StepCode.LOG_TALK}


def test_after_its_hour_only_the_question_whether_it_was_held_is_left():
    talk = TalkFacts(id=3, state=TalkState.SCHEDULED, starts_at=NOW)
    found = steps(jun(talks=(talk,)))
    assert set(found) == {StepCode.LOG_TALK}
    assert found[StepCode.LOG_TALK].earliest == NOW + timedelta(minutes=20)


@pytest.mark.parametrize("state", [TalkState.CANCELLED, TalkState.MISSED])
def test_a_talk_that_was_not_held_asks_nothing(state):
    assert steps(jun(talks=(TalkFacts(id=3, state=state, starts_at=NOW),))) == {}


def test_a_yes_is_turned_into_a_time_by_the_next_business_day():
    step = steps(jun(outreaches=(waiting(NOW - DAY, state=State.ARRANGING, yes_at=NOW),)))[
        StepCode.ARRANGE_TALK
    ]
    assert (step.earliest, due_day(step)) == (NOW, date(2026, 3, 3))


def test_an_answer_of_which_nobody_has_said_how_it_reads_is_not_called_a_yes():
    answered = waiting(NOW - DAY, state=State.ARRANGING, yes_at=NOW, agreed=False)
    step = steps(jun(outreaches=(answered,)))[StepCode.ARRANGE_TALK]
    assert step.why[0].text == "arrange.answered"
    assert (step.earliest, due_day(step)) == (NOW, date(2026, 3, 3))


def test_offering_times_arms_the_clock_anew():
    arranging = waiting(NOW + DAY, state=State.ARRANGING, yes_at=NOW)
    step = steps(jun(outreaches=(arranging,)))[StepCode.ARRANGE_TALK]
    assert step.why[0].text == "arrange.again"
    assert due_day(step) == date(2026, 3, 12)


def test_while_they_are_away_no_time_is_sought():
    away = waiting(state=State.ARRANGING, yes_at=NOW, until=NOW + 14 * DAY)
    step = steps(jun(outreaches=(away,)))[StepCode.ARRANGE_TALK]
    assert step.earliest == NOW + 14 * DAY
    assert step.due > step.earliest
    past = replace(away, until=NOW - DAY)
    assert steps(jun(outreaches=(past,)))[StepCode.ARRANGE_TALK].earliest == NOW


# --- leads


def test_a_lead_is_acted_on_thanked_for_and_reported():
    lead = LeadFacts(id=4, heard_at=NOW, outcome_at=NOW + 3 * DAY)
    found = steps(jun(leads=(lead,)))
    act = found[StepCode.ACT_ON_LEAD]
    assert due_day(act) == date(2026, 3, 3)
    assert act.due < act.urgent < act.stale
    assert found[StepCode.THANK_FOR_LEAD].due == NOW + DAY
    assert found[StepCode.REPORT_OUTCOME].due == NOW + 10 * DAY


def test_a_lead_that_ends_sooner_is_due_sooner():
    act = steps(jun(leads=(LeadFacts(id=4, heard_at=NOW, expires=NOW + timedelta(hours=3)),)))[
        StepCode.ACT_ON_LEAD
    ]
    assert act.due == act.urgent == act.stale == NOW + timedelta(hours=3)


def test_thanks_and_report_outlive_a_closed_lead():
    lead = LeadFacts(id=4, heard_at=NOW, closed=True, outcome_at=NOW)
    assert set(steps(jun(leads=(lead,)))) == {StepCode.THANK_FOR_LEAD, StepCode.REPORT_OUTCOME}
    done = replace(lead, source_thanked_at=NOW, outcome_told_at=NOW)
    assert steps(jun(leads=(done,))) == {}


# --- following up


def test_a_follow_up_is_due_seven_business_days_after_the_last_touch():
    step = steps(jun(outreaches=(waiting(NOW),)))[StepCode.FOLLOW_UP]
    assert due_day(step) == date(2026, 3, 11)
    assert step.earliest < step.due
    assert step.why[0].params["left"] == 2


def test_their_holidays_do_not_count():
    closed = replace(NEW_YORK, holidays=frozenset({date(2026, 3, 3), date(2026, 3, 4)}))
    step = steps(replace(jun(outreaches=(waiting(NOW),)), calendar=closed))[StepCode.FOLLOW_UP]
    assert due_day(step) == date(2026, 3, 13)


@given(st.integers(0, 60), st.integers(3, 60))
def test_any_logged_touch_arms_the_clock_from_that_touch(days, later):
    first, second = NOW + days * DAY, NOW + (days + later) * DAY
    once = steps(jun(outreaches=(waiting(first),)))[StepCode.FOLLOW_UP]
    twice = steps(jun(outreaches=(waiting(first, second),)))[StepCode.FOLLOW_UP]
    alone = steps(jun(outreaches=(waiting(second),)))[StepCode.FOLLOW_UP]
    assert twice.due == alone.due > once.due


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.sampled_from(list(PRESETS)), st.booleans())
def test_a_follow_up_never_exceeds_the_touches_allowed(gaps, name, volunteer):
    preset, at, sent = PRESETS[name], NOW, []
    for gap in gaps:
        sent.append(at)
        at += gap * DAY
    relationship = jun(outreaches=(waiting(*sent),), volunteer=volunteer)
    allowed = touches_allowed(relationship, preset=preset)
    assert (StepCode.FOLLOW_UP in steps(relationship, preset)) is (len(sent) < allowed)
    closes = closing_due(relationship, relationship.outreaches[0], preset=preset)
    assert (closes is not None) is (len(sent) >= allowed)


def test_volunteers_get_fewer_touches():
    assert touches_allowed(jun(volunteer=True), preset=ASKWELL) == 2
    assert touches_allowed(jun(), preset=ASKWELL) == 3


def test_after_the_last_touch_it_closes_when_the_wait_is_over():
    last = waiting(NOW - 40 * DAY, NOW - 20 * DAY, NOW)
    assert StepCode.FOLLOW_UP not in steps(jun(outreaches=(last,)))
    assert local(closing_due(jun(), last, preset=ASKWELL), NEW_YORK).date() == date(2026, 3, 11)


def test_nothing_closes_that_is_not_waiting():
    assert closing_due(jun(), waiting(NOW, NOW, NOW, state=State.ARRANGING), preset=ASKWELL) is None
    assert closing_due(jun(), waiting(), preset=ASKWELL) is None


def test_an_automatic_reply_stops_the_clock_until_they_are_back():
    away = waiting(NOW, state=State.PAUSED, until=NOW + 28 * DAY)
    step = steps(jun(outreaches=(away,)))[StepCode.FOLLOW_UP]
    assert step.why[0].rule == "F05"
    assert due_day(step) == date(2026, 4, 1)
    vague = replace(away, until=None)
    assert due_day(steps(jun(outreaches=(vague,)))[StepCode.FOLLOW_UP]) == date(2026, 3, 13)
    used_up = replace(away, sent=(NOW, NOW, NOW))
    assert closing_due(jun(), used_up, preset=ASKWELL) == step.due


def test_a_short_absence_never_shortens_the_wait():
    away = waiting(NOW, state=State.PAUSED, until=NOW + DAY)
    step = steps(jun(outreaches=(away,)))[StepCode.FOLLOW_UP]
    assert due_day(step) == local(step.earliest, NEW_YORK).date() == date(2026, 3, 11)


def test_a_waiting_outreach_whose_only_message_bounced_is_written_again():
    assert set(steps(jun(outreaches=(waiting(opened_at=NOW),)))) == {StepCode.FINISH_DRAFT}


def test_a_bounce_asks_for_another_address():
    bounced = waiting(state=State.NEEDS_ADDRESS, opened_at=NOW)
    assert due_day(steps(jun(outreaches=(bounced,)))[StepCode.MEND_ADDRESS]) == date(2026, 3, 4)


def test_a_named_date_is_kept():
    later = waiting(NOW, state=State.LATER, until=NOW + 60 * DAY)
    step = steps(jun(outreaches=(later,)))[StepCode.FOLLOW_UP]
    assert step.why[0].text == "later.named"
    assert local(step.earliest, NEW_YORK).date() == date(2026, 5, 1)


@pytest.mark.parametrize("facts", [{"sent": (NOW,)}, {"opened_at": NOW}, {}])
def test_a_vague_later_waits_a_quarter(facts):
    later = OutreachFacts(id=1, state=State.LATER, **facts)
    step = steps(jun(outreaches=(later,)))[StepCode.FOLLOW_UP]
    assert step.why[0].text == "later.vague"
    assert local(step.earliest, NEW_YORK).date() == date(2026, 6, 1)  # the 31st is a Sunday


def test_a_draft_begun_is_finished_or_let_go():
    assert set(steps(jun(outreaches=(waiting(state=State.PLANNED, opened_at=NOW),)))) == {
        StepCode.FINISH_DRAFT
    }


def test_a_person_one_was_referred_to_is_written_to_within_two_days():
    referred = waiting(state=State.READY, referrer=3, referred_at=NOW, leave=Leave.GIVEN)
    step = steps(jun(outreaches=(referred,)))[StepCode.WRITE_TO_REFERRED]
    assert (due_day(step), step.blocked_by) == (date(2026, 3, 4), None)
    unasked = replace(referred, leave=Leave.UNASKED)
    assert steps(jun(outreaches=(unasked,)))[StepCode.WRITE_TO_REFERRED].blocked_by is not None


def test_three_silent_days_open_a_second_contact_only_in_the_two_hour_way():
    silent = jun(outreaches=(waiting(NOW),), organization=5)
    step = steps(silent, TWO_HOUR)[StepCode.SECOND_CONTACT]
    assert due_day(step) == date(2026, 3, 5)
    assert StepCode.SECOND_CONTACT not in steps(silent)
    assert [reason.rule for reason in steps(silent)[StepCode.FOLLOW_UP].why] == ["F04", "F06"]


@pytest.mark.parametrize(
    "facts", [{}, {"organization": 5, "colleague_helps": True}, {"organization": 5, "colleagues_open": 1}]
)
def test_no_second_contact_without_an_employer_or_with_someone_there_already(facts):
    silent = jun(outreaches=(waiting(NOW),), **facts)
    assert StepCode.SECOND_CONTACT not in steps(silent, TWO_HOUR)
    assert len(steps(silent)[StepCode.FOLLOW_UP].why) == 1


def test_after_the_follow_up_no_second_contact_is_asked_for():
    silent = jun(outreaches=(waiting(NOW, NOW + 10 * DAY),), organization=5)
    assert StepCode.SECOND_CONTACT not in steps(silent, TWO_HOUR)


# --- keeping in touch


def talked(days_ago, **history):
    held = OutreachFacts(id=1, state=State.IN_TOUCH)
    when = NOW - days_ago * DAY
    return jun(outreaches=(held,), history=History(last_talk_at=when, talks=1, **history))


def test_after_a_talk_one_checks_in_monthly():
    step = steps(talked(0))[StepCode.CHECK_IN]
    assert (step.earliest, step.due) == (NOW + 21 * DAY, NOW + 30 * DAY)
    assert step.why[0].text == "check_in.after_talk"


def test_after_three_months_every_ninety_days():
    step = steps(talked(100, last_out_at=NOW))[StepCode.CHECK_IN]
    assert (step.earliest, step.due) == (NOW + 83 * DAY, NOW + 90 * DAY)


def test_a_touch_arms_the_check_in_from_that_touch():
    before = steps(talked(20))[StepCode.CHECK_IN]
    after = steps(talked(20, last_in_at=NOW))[StepCode.CHECK_IN]
    assert after.due == before.due + 20 * DAY


def test_the_users_own_cadence_goes_first_and_zero_means_never():
    mine = replace(talked(0), keep_every_days=12)
    step = steps(mine)[StepCode.CHECK_IN]
    assert (step.earliest, step.due) == (NOW + 9 * DAY, NOW + 12 * DAY)
    assert steps(replace(mine, keep_every_days=0)) == {}


def test_news_opens_the_check_in_early():
    step = steps(talked(5, last_news_at=NOW))[StepCode.CHECK_IN]
    assert (step.earliest, step.why[0].rule) == (NOW, "K02")


def test_someone_never_talked_to_needs_the_users_wish_to_be_kept():
    known = jun(history=History(last_in_at=NOW))
    assert steps(known) == {}
    assert StepCode.CHECK_IN in steps(replace(known, keep_every_days=30))
    assert steps(jun(keep_every_days=30)) == {}


def test_someone_who_only_redirected_is_kept_warm():
    helper = jun(outreaches=(OutreachFacts(id=1, state=State.IN_TOUCH),), history=History(last_in_at=NOW))
    assert steps(helper)[StepCode.CHECK_IN].due == NOW + 90 * DAY


def test_three_unanswered_check_ins_are_enough():
    assert steps(talked(40, unanswered=3)) == {}


@pytest.mark.parametrize("state", [State.AWAITING_REPLY, State.SCHEDULED, State.HELD, State.LATER])
def test_nobody_checks_in_while_something_is_open(state):
    open_one = OutreachFacts(id=2, state=state, sent=(NOW,))
    relationship = talked(10)
    relationship = replace(relationship, outreaches=(*relationship.outreaches, open_one))
    assert StepCode.CHECK_IN not in steps(relationship)


@pytest.mark.parametrize("state", [State.DECLINED, State.CLOSED_NO_REPLY])
def test_with_one_whose_outreach_ended_only_courtesy_remains(state):
    talk = TalkFacts(id=3, state=TalkState.HELD, starts_at=NOW - DAY, reflected_at=NOW)
    ended = jun(
        outreaches=(OutreachFacts(id=1, state=state, sent=(NOW - 60 * DAY,)),),
        history=History(last_talk_at=NOW - DAY),
        talks=(talk,),
        keep_every_days=30,
    )
    assert set(steps(ended)) == {StepCode.THANK}
    assert next_check_in(ended, preset=ASKWELL) is None


def test_an_old_no_does_not_end_a_living_relation():
    relationship = talked(1)
    declined = OutreachFacts(id=2, state=State.DECLINED)
    relationship = replace(relationship, outreaches=(*relationship.outreaches, declined))
    assert StepCode.CHECK_IN in steps(relationship)


# --- all together

EVERYTHING = jun(
    history=History(reply_owed_since=NOW, last_out_at=NOW, last_talk_at=NOW),
    outreaches=(
        waiting(NOW),
        replace(waiting(state=State.PLANNED, opened_at=NOW), id=2),
        replace(waiting(state=State.NEEDS_ADDRESS, opened_at=NOW), id=3),
        replace(waiting(state=State.ARRANGING, yes_at=NOW), id=4),
    ),
    talks=(
        TalkFacts(id=1, state=TalkState.HELD, starts_at=NOW),
        TalkFacts(id=2, state=TalkState.SCHEDULED, starts_at=NOW + 3 * DAY),
        TalkFacts(id=3, state=TalkState.HELD, starts_at=NOW - DAY),
    ),
    promises=(PromiseFacts(id=1, mine=True, made_at=NOW),),
    loops=(LoopFacts(id=1, received_at=NOW),),
    names=(NameFacts(id=1, given_at=NOW),),
    leads=(LeadFacts(id=1, heard_at=NOW, outcome_at=NOW),),
)


def test_steps_come_in_the_order_of_their_codes_then_by_due_time():
    found = steps_for(EVERYTHING, preset=ASKWELL, now=NOW)
    places = [(list(StepCode).index(step.code), step.due) for step in found]
    assert places == sorted(places)
    assert len({step.key for step in found}) == len(found)
    assert all(step.earliest <= step.due for step in found)


def test_whoever_asked_not_to_be_contacted_has_no_step_at_all():
    assert steps_for(replace(EVERYTHING, do_not_contact=True), preset=ASKWELL, now=NOW) == ()
    forbidden = OutreachFacts(id=9, state=State.DO_NOT_CONTACT)
    relationship = replace(EVERYTHING, outreaches=(*EVERYTHING.outreaches, forbidden))
    assert steps_for(relationship, preset=ASKWELL, now=NOW) == ()


@given(st.integers(0, 90))
def test_steps_read_later_still_stand_as_they_did(days):
    """Nothing but preparing a talk that is over depends on the moment of asking."""
    first = {step.key: step for step in steps_for(EVERYTHING, preset=ASKWELL, now=NOW)}
    again = {step.key: step for step in steps_for(EVERYTHING, preset=ASKWELL, now=NOW + days * DAY)}
    gone = {key for key in first if key not in again}
    assert gone <= {"confirm_talk:talk:2", "prepare_talk:talk:2"}
    assert all(again[key] == first[key] for key in again)


# --- the seeker's own


def own(**facts):
    facts = {"goal_text": "Baker in a village, Kent", "calendar": NEW_YORK, **facts}
    return {step.code: step for step in seeker_steps(SeekerFacts(**facts), preset=ASKWELL, now=NOW)}


def test_an_event_is_planned_until_it_begins():
    event = EventFacts(id=2, starts_at=NOW + 7 * DAY, calendar=NEW_YORK)
    step = own(events=(event,))[StepCode.PLAN_EVENT]
    assert due_day(step) == date(2026, 3, 6)
    assert step.stale == event.starts_at
    assert own(events=(replace(event, planned=True),)) == {}
    assert own(events=(replace(event, starts_at=NOW),)) == {}


def test_people_met_are_written_to_the_next_day():
    event = EventFacts(id=2, starts_at=NOW, attended=True, to_write=(11, 12), calendar=NEW_YORK)
    found = seeker_steps(SeekerFacts(events=(event,), goal_text="x"), preset=ASKWELL, now=NOW)
    assert [(step.code, step.contact) for step in found] == [
        (StepCode.WRITE_AFTER_EVENT, 11),
        (StepCode.WRITE_AFTER_EVENT, 12),
    ]
    assert due_day(found[0]) == date(2026, 3, 3)
    assert found[0].stale == NOW + 7 * DAY
    assert own(events=(replace(event, attended=False),)) == {}


def test_a_goal_is_first_set_then_looked_at_again():
    assert own(goal_text=" ")[StepCode.RENEW_GOAL].due == NOW
    assert own(goal_set_at=NOW)[StepCode.RENEW_GOAL].earliest == NOW + 90 * DAY
    assert own() == {}


def test_the_resume_and_the_cards_are_kept_up():
    found = own(resume_updated_at=NOW, cards_left=3)
    assert found[StepCode.RENEW_RESUME].due == NOW + 90 * DAY
    assert found[StepCode.REPRINT_CARDS].why[0].params["left"] == 3
    assert own(cards_left=11) == {}


def test_thanks_deserve_a_notice_when_four_hours_are_left_and_when_late():
    hour = timedelta(hours=1)
    told = [deserves_notice(StepCode.THANK, NOW + hours * hour, now=NOW) for hours in (5, 4, -30)]
    assert told == [False, True, True]
    assert not deserves_notice(StepCode.REFLECT, NOW, now=NOW)
