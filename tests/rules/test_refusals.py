from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.decisions import Decision
from askwell.rules.facts import (
    Calendar,
    Channel,
    History,
    Leave,
    Mode,
    OutreachFacts,
    Purpose,
    Relationship,
    SeekerFacts,
    State,
    TalkFacts,
    TalkState,
)
from askwell.rules.presets import PRESETS
from askwell.rules.refusals import (
    PLAIN,
    Circumstances,
    may_open,
    may_reach,
    may_schedule,
    may_send,
    may_tell,
)

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NEW_YORK = Calendar(zone="America/New_York", zone_known=True)
ASKWELL, SMITH = PRESETS["askwell"], PRESETS["smith"]
ADA = SeekerFacts(calendar=NEW_YORK, goal_text="Supply-chain analyst in a hospital system, Chicago or remote")


def first(**facts):
    return OutreachFacts(id=1, state=State.READY, **facts)


def waiting(*sent, state=State.AWAITING_REPLY, **facts):
    return OutreachFacts(id=1, state=state, sent=sent, **facts)


def send(
    outreach,
    *,
    mode=Mode.INFORMATIONAL,
    channel=Channel.EMAIL,
    preset=ASKWELL,
    seeker=ADA,
    now=NOW,
    circumstances=PLAIN,
    **facts,
):
    others = facts.pop("others", ())
    own = () if outreach is None else (outreach,)
    relationship = Relationship(
        contact=7, calendar=facts.pop("calendar", NEW_YORK), outreaches=(*own, *others), **facts
    )
    return may_send(
        relationship,
        outreach,
        mode=mode,
        channel=channel,
        preset=preset,
        seeker=seeker,
        now=now,
        circumstances=circumstances,
    )


def keys(decision):
    return {refusal.reason.text for refusal in decision.refusals}


def hints(decision):
    return {hint.text for hint in decision.hints}


def test_a_ready_first_message_may_go():
    decision = send(first())
    assert decision.allowed
    assert not decision.forbidden
    assert decision == Decision()


# --- hard


@pytest.mark.parametrize(
    "facts", [{"do_not_contact": True}, {"others": (OutreachFacts(id=2, state=State.DO_NOT_CONTACT),)}]
)
@pytest.mark.parametrize("mode", list(Mode))
def test_whoever_asked_for_no_contact_gets_none_by_any_mode(facts, mode):
    assert send(first(), mode=mode, **facts).forbidden


def test_under_confidential_search_nobody_at_the_employer_is_written_to():
    quiet = replace(ADA, confidential=True)
    assert keys(send(first(), seeker=quiet, at_guarded_employer=True)) == {"refuse.guarded_employer"}
    assert send(first(), seeker=quiet).allowed
    assert send(first(), at_guarded_employer=True).allowed


def test_s0s_two_unanswered_tries_and_one_more_end_in_a_refusal():
    tries = [NOW - 60 * DAY, NOW - 50 * DAY, NOW - 40 * DAY]
    for count in (1, 2):
        assert send(waiting(*tries[:count]), mode=Mode.FOLLOW_UP, preset=SMITH).allowed
    refused = send(waiting(*tries), mode=Mode.FOLLOW_UP, preset=SMITH)
    assert refused.forbidden
    assert keys(refused) == {"refuse.touches_used_up"}
    assert refused.with_overrides([("F04", "I really want to")]) == refused


@given(
    st.integers(0, 6),
    st.sampled_from(list(PRESETS)),
    st.sampled_from(sorted({Mode.INFORMATIONAL, Mode.FOLLOW_UP, Mode.LEAD, Mode.RECONNECT})),
    st.booleans(),
    st.sampled_from([State.AWAITING_REPLY, State.PAUSED, State.NEEDS_ADDRESS, State.READY, State.PLANNED]),
)
def test_never_more_touches_than_allowed(count, name, mode, volunteer, state):
    preset = PRESETS[name]
    sent = tuple(NOW - (100 - 14 * n) * DAY for n in range(count))
    decision = send(waiting(*sent, state=state), mode=mode, preset=preset, volunteer=volunteer)
    most = min(preset.max_touches, preset.volunteer_touches) if volunteer else preset.max_touches
    if count >= most:
        assert decision.forbidden


def test_once_they_answered_letters_are_conversation():
    tries = tuple(NOW - n * 10 * DAY for n in (5, 4, 3))
    assert send(waiting(*tries, state=State.ARRANGING), mode=Mode.FOLLOW_UP).allowed


def test_a_second_first_message_is_refused():
    assert keys(send(waiting(NOW - 30 * DAY))) == {"refuse.second_first_message"}


def test_a_first_message_beside_one_already_begun_for_the_same_purpose_is_refused():
    begun = OutreachFacts(id=2, state=State.CLOSED_NO_REPLY, sent=(NOW - 90 * DAY,))
    assert keys(send(first(), others=(begun,))) == {"refuse.second_first_message"}
    assert send(first(), others=(replace(begun, purpose=Purpose.CONNECT),)).allowed
    assert send(first(), others=(replace(begun, state=State.IN_TOUCH),)).allowed
    assert send(first(), others=(replace(begun, sent=()),)).allowed


def test_a_first_message_outside_any_outreach_is_judged_by_the_person_alone():
    assert send(None).allowed
    assert send(None, do_not_contact=True).forbidden


def test_a_mended_address_may_be_written_to_again():
    mended = waiting(NOW - 30 * DAY, state=State.NEEDS_ADDRESS)
    assert send(mended, channel=Channel.LINKEDIN).allowed
    assert keys(send(mended)) == {"refuse.address_bounced"}


@pytest.mark.parametrize(
    ("state", "key"),
    [
        (State.DECLINED, "refuse.declined"),
        (State.WITHDRAWN, "refuse.withdrawn"),
        (State.CLOSED_NO_REPLY, "refuse.touches_used_up"),
        (State.LATER, "refuse.later"),
    ],
)
def test_an_ended_outreach_takes_no_asking(state, key):
    ended = waiting(NOW - 60 * DAY, state=state, until=NOW + 30 * DAY)
    decision = send(ended, mode=Mode.FOLLOW_UP)
    assert decision.forbidden
    assert keys(decision) == {key}
    assert send(ended, mode=Mode.THANKS).allowed


def test_a_named_later_date_says_from_when():
    later = waiting(state=State.LATER, until=NOW + 30 * DAY)
    assert send(later).refusals[0].until == NOW + 30 * DAY


@pytest.mark.parametrize("leave", [Leave.UNASKED, Leave.ASKED, Leave.REFUSED])
def test_a_name_is_used_only_with_leave(leave):
    naming = Circumstances(uses_referrers_name=True)
    assert keys(send(first(leave=leave), circumstances=naming)) == {"refuse.name_without_leave"}
    assert send(first(leave=Leave.GIVEN), circumstances=naming).allowed
    assert send(None, mode=Mode.THANKS, circumstances=naming).forbidden


def test_the_same_text_never_goes_twice():
    assert send(first(), circumstances=Circumstances(same_text_before=True)).forbidden


@pytest.mark.parametrize("closed", ["volunteer_at_limit", "volunteer_paused", "volunteer_blocked"])
def test_a_volunteer_is_spared(closed):
    circumstances = Circumstances(**{closed: True})
    assert keys(send(first(), circumstances=circumstances, volunteer=True)) == {f"refuse.{closed}"}
    assert send(first(), circumstances=circumstances).allowed


# --- soft


def test_too_soon_says_from_when_and_yields_to_a_reason():
    decision = send(waiting(NOW - DAY), mode=Mode.FOLLOW_UP)
    assert keys(decision) == {"refuse.too_soon"}
    assert not decision.forbidden
    assert decision.refusals[0].until == datetime(2026, 3, 6, 5, tzinfo=UTC)  # Sunday and five business days
    assert decision.with_overrides([("F04", "They asked me to write again")]).allowed
    assert not decision.with_overrides([("F04", "  ")]).allowed
    assert not decision.with_overrides([("K06", "another rule")]).allowed
    assert send(waiting(NOW - DAY), mode=Mode.FOLLOW_UP, now=datetime(2026, 3, 6, 14, tzinfo=UTC)).allowed


def test_any_unanswered_touch_counts_for_the_gap():
    history = History(last_out_at=NOW - DAY, unanswered=2)
    assert keys(send(waiting(NOW - 30 * DAY), mode=Mode.FOLLOW_UP, history=history)) == {"refuse.too_soon"}
    answered = replace(history, unanswered=0)
    assert send(waiting(NOW - 30 * DAY), mode=Mode.FOLLOW_UP, history=answered).allowed


def test_an_automatic_reply_is_respected_until_they_are_back():
    away = waiting(NOW - 20 * DAY, state=State.PAUSED, until=NOW + 5 * DAY)
    decision = send(away, mode=Mode.FOLLOW_UP)
    assert keys(decision) == {"refuse.paused"}
    assert decision.refusals[0].until > NOW + 5 * DAY
    assert send(replace(away, until=NOW - 10 * DAY), mode=Mode.FOLLOW_UP).allowed
    assert send(replace(away, until=None), mode=Mode.FOLLOW_UP).allowed


def test_an_unclear_goal_and_an_unclean_draft_stand_in_the_way():
    decision = send(
        first(), seeker=replace(ADA, goal_text="Something new"), circumstances=Circumstances(lint_errors=2)
    )
    assert keys(decision) == {"refuse.goal_unclear", "refuse.lint_errors"}
    assert decision.with_overrides([("P01", "exploring"), ("M00", "they know me")]).allowed


@pytest.mark.parametrize(
    ("for_talk", "said"), [(False, "refuse.thanked_already"), (True, "refuse.thanked_for_talk")]
)
def test_a_second_note_of_thanks_for_one_thing_asks_for_a_reason(for_talk, said):
    thanked = Circumstances(thanked_at=NOW - DAY, thanked_for_talk=for_talk)
    decision = send(None, mode=Mode.THANKS, circumstances=thanked)
    assert keys(decision) == {said}
    assert decision.with_overrides([("F01", "For the book she lent me")]).allowed
    assert send(None, mode=Mode.THANKS, circumstances=Circumstances(thanked_for_talk=for_talk)).allowed


def test_a_full_week_opens_again_on_monday():
    decision = send(first(), seeker=replace(ADA, reached_out_this_week=12))
    assert keys(decision) == {"refuse.week_full"}
    assert decision.refusals[0].until == datetime(2026, 3, 9, 4, tzinfo=UTC)
    assert send(first(), seeker=replace(ADA, reached_out_this_week=11)).allowed


def test_a_call_needs_a_number_that_was_offered():
    calling = waiting(NOW - 30 * DAY)
    assert keys(send(calling, mode=Mode.FOLLOW_UP, channel=Channel.PHONE)) == {"refuse.phone_not_offered"}
    assert send(replace(calling, phone_offered=True), mode=Mode.FOLLOW_UP, channel=Channel.PHONE).allowed


@pytest.mark.parametrize(
    ("now", "key"),
    [
        (datetime(2026, 3, 3, 2, tzinfo=UTC), "hours.quiet"),
        (datetime(2026, 3, 7, 16, tzinfo=UTC), "hours.day_off"),
    ],
)
def test_nights_and_days_off_wait_for_a_better_hour(now, key):
    decision = send(first(), now=now)
    assert keys(decision) == {key}
    assert decision.refusals[0].until > now
    thanks = send(None, mode=Mode.THANKS, now=now)
    assert thanks.allowed
    assert hints(thanks) == {key}


def test_where_the_zone_is_unknown_no_hour_is_refused():
    nowhere = replace(NEW_YORK, zone_known=False)
    assert send(first(), now=datetime(2026, 3, 3, 2, tzinfo=UTC), calendar=nowhere).allowed


def test_hours_that_are_merely_not_the_best_are_a_hint():
    friday_afternoon = datetime(2026, 3, 6, 19, tzinfo=UTC)
    assert hints(send(first(), now=friday_afternoon)) == {"hours.outside_window"}
    offered = first(phone_offered=True)
    lunch = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
    assert hints(send(offered, channel=Channel.PHONE, now=lunch)) == {"hours.call"}
    assert hints(send(offered, channel=Channel.PHONE)) == set()


def test_the_end_of_the_year_is_a_hint():
    assert hints(send(first(), now=datetime(2026, 12, 22, 15, tzinfo=UTC))) == {"hours.year_end"}


def test_other_hints_speak_of_giving_and_of_colleagues():
    assert hints(send(first(), history=History(asks_since_give=2))) == {"give.first"}
    assert hints(send(first(), organization=5, colleague_helps=True)) == {"employer.helper_found"}
    assert hints(send(first(), organization=5, colleagues_open=2)) == {"employer.enough_open"}
    assert hints(send(first(), organization=5, colleagues_open=1)) == set()


def test_hard_refusals_come_first():
    decision = send(first(), seeker=replace(ADA, goal_text=""), do_not_contact=True)
    assert [refusal.hard for refusal in decision.refusals] == [True, False]


# --- opening


def open_for(purpose=Purpose.EXPLORE, seeker=ADA, circumstances=PLAIN, **facts):
    relationship = Relationship(contact=7, calendar=NEW_YORK, **facts)
    return may_open(
        relationship, purpose, preset=ASKWELL, seeker=seeker, now=NOW, circumstances=circumstances
    )


def test_an_outreach_to_someone_new_may_be_begun():
    assert open_for().allowed


@pytest.mark.parametrize(
    ("state", "key"),
    [
        (State.DECLINED, "refuse.declined"),
        (State.CLOSED_NO_REPLY, "refuse.closed"),
        (State.AWAITING_REPLY, "refuse.already_open"),
        (State.PLANNED, "refuse.already_open"),
    ],
)
def test_one_purpose_is_not_opened_twice(state, key):
    old = OutreachFacts(id=1, state=state)
    assert keys(open_for(outreaches=(old,))) == {key}
    assert open_for(Purpose.CONNECT, outreaches=(old,)).allowed


@pytest.mark.parametrize("state", [State.IN_TOUCH, State.HELD, State.WITHDRAWN])
def test_someone_in_touch_or_withdrawn_from_may_be_asked_anew(state):
    assert open_for(outreaches=(OutreachFacts(id=1, state=state),)).allowed


def test_a_new_introduction_opens_what_was_closed():
    closed = OutreachFacts(id=1, state=State.CLOSED_NO_REPLY)
    assert open_for(outreaches=(closed,), circumstances=Circumstances(introduced=True)).allowed


# --- talks


def schedule(outreach=None, *, days=7, minutes=20, hour=15, now=NOW, circumstances=PLAIN, **facts):
    own = () if outreach is None else (outreach,)
    relationship = Relationship(contact=7, calendar=facts.pop("calendar", NEW_YORK), outreaches=own, **facts)
    starts = NOW.replace(hour=hour) + days * DAY
    return may_schedule(
        relationship,
        outreach,
        starts,
        minutes=minutes,
        preset=ASKWELL,
        seeker=ADA,
        now=now,
        circumstances=circumstances,
    )


def test_twenty_minutes_next_week_may_be_set():
    assert schedule(waiting(state=State.ARRANGING)) == Decision()
    assert schedule(waiting(state=State.SCHEDULED)).allowed
    assert schedule().allowed


@pytest.mark.parametrize("state", [State.DECLINED, State.CLOSED_NO_REPLY, State.WITHDRAWN])
def test_no_talk_is_set_where_the_life_cycle_has_none(state):
    assert schedule(waiting(state=state)).forbidden


def test_length_hour_and_past_ask_for_a_reason():
    assert keys(schedule(minutes=45)) == {"refuse.too_long"}
    assert hints(schedule(minutes=10)) == {"talk.short"}
    assert keys(schedule(days=5)) == {"talk.day_off"}
    assert keys(schedule(days=8, hour=3)) == {"talk.quiet"}
    assert keys(schedule(days=-7)) == {"refuse.in_the_past"}
    assert schedule(days=8, hour=3, calendar=replace(NEW_YORK, zone_known=False)).allowed


def test_a_near_talk_should_be_prepared():
    unprepared = Circumstances(prepared=False)
    assert keys(schedule(days=1, circumstances=unprepared)) == {"refuse.not_prepared"}
    assert schedule(days=7, circumstances=unprepared).allowed
    assert keys(schedule(days=-7, circumstances=unprepared)) == {"refuse.in_the_past"}


def test_after_three_changes_by_them_one_may_offer_to_let_it_go():
    moved = TalkFacts(id=1, state=TalkState.SCHEDULED, starts_at=NOW, outreach=1, changes_by_them=3)
    assert hints(schedule(waiting(state=State.SCHEDULED), talks=(moved,))) == {"talk.many_changes"}
    assert hints(schedule(None, talks=(moved,))) == set()


# --- checking in


def check_in(circumstances=PLAIN, now=NOW, **facts):
    relationship = Relationship(contact=7, calendar=NEW_YORK, **facts)
    return may_send(
        relationship,
        None,
        mode=Mode.CHECK_IN,
        channel=Channel.EMAIL,
        preset=ASKWELL,
        seeker=ADA,
        now=now,
        circumstances=circumstances,
    )


@pytest.mark.parametrize(
    ("days", "refused", "hinted"),
    [(13, {"refuse.check_in_too_soon"}, set()), (14, set(), {"check_in.early"}), (21, set(), set())],
)
def test_check_ins_keep_their_distance(days, refused, hinted):
    decision = check_in(history=History(last_out_at=NOW - days * DAY))
    assert keys(decision) == refused
    assert hints(decision) == hinted


def test_news_a_question_and_the_users_own_cadence_come_before_distance():
    yesterday = History(last_out_at=NOW - DAY, last_talk_at=NOW - 90 * DAY)
    assert keys(check_in(history=yesterday)) == {"refuse.check_in_too_soon"}
    assert check_in(history=yesterday, circumstances=Circumstances(has_news=True)).allowed
    assert check_in(history=replace(yesterday, reply_owed_since=NOW)).allowed
    assert check_in(history=replace(yesterday, last_news_at=NOW)).allowed
    assert check_in(history=History(last_out_at=NOW - 8 * DAY), keep_every_days=7).allowed
    assert check_in().allowed


def test_a_letter_about_a_booked_talk_is_no_check_in_and_may_go_out_on_a_day_off():
    sunday = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)
    yesterday = History(last_out_at=sunday - DAY)
    assert keys(check_in(now=sunday, history=yesterday)) == {"refuse.check_in_too_soon", "hours.day_off"}
    about_it = check_in(Circumstances(around_talk=True), sunday, history=yesterday)
    assert about_it.allowed
    assert hints(about_it) == {"hours.day_off"}


def test_nobody_checks_in_with_one_who_rests():
    assert check_in(outreaches=(OutreachFacts(id=1, state=State.CLOSED_NO_REPLY),)).forbidden
    alive = (OutreachFacts(id=1, state=State.DECLINED), OutreachFacts(id=2, state=State.IN_TOUCH))
    assert check_in(outreaches=alive).allowed


# --- telling of the search


def tell(seeker=ADA, near="", **facts):
    return may_tell(Relationship(contact=7, calendar=NEW_YORK, **facts), seeker=seeker, near=near)


def test_whoever_is_near_to_the_employer_is_told_only_for_a_reason():
    assert tell().allowed
    assert keys(tell(near="they worked there")) == {"refuse.near_employer"}
    assert tell(near="they worked there").with_overrides([("Q01", "she left long ago")]).allowed


def test_whom_nothing_may_reach_is_not_told_either_and_no_reason_lifts_it():
    quiet = replace(ADA, confidential=True)
    assert tell(do_not_contact=True, near="they worked there").forbidden
    assert keys(tell(seeker=quiet, near="they work there", at_guarded_employer=True)) == {
        "refuse.guarded_employer"
    }
    asked_for_peace = (OutreachFacts(id=2, state=State.DO_NOT_CONTACT),)
    assert tell(outreaches=asked_for_peace).forbidden


def test_the_letter_of_another_with_a_new_name_on_it_is_not_sent():
    copied = Circumstances(same_as_told="Ana Ruiz")
    assert keys(send(first(), circumstances=copied)) == {"refuse.same_telling"}
    assert send(first(), circumstances=copied).forbidden


def test_nothing_may_reach_whoever_asked_for_peace_or_is_with_the_employer_of_a_confidential_search():
    quiet = replace(ADA, confidential=True)
    somebody = Relationship(contact=7, calendar=NEW_YORK)
    assert may_reach(somebody, seeker=quiet).allowed
    assert keys(may_reach(replace(somebody, do_not_contact=True), seeker=ADA)) == {"refuse.do_not_contact"}
    assert keys(may_reach(replace(somebody, at_guarded_employer=True), seeker=quiet)) == {
        "refuse.guarded_employer"
    }
