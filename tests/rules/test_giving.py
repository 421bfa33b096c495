"""Giving: new jobs, what they offered, favours of five minutes, whom a link would help."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.decisions import StepCode
from askwell.rules.explain import sentence
from askwell.rules.facts import (
    Calendar,
    History,
    JobChangeFacts,
    Mode,
    Occasion,
    OutreachFacts,
    PromiseFacts,
    Relationship,
    State,
)
from askwell.rules.favors import AtWork, Chance, Kind, enough, favor_of, may_like_to_meet, week_of_favors
from askwell.rules.letters import LetterFacts, draft
from askwell.rules.lint import Message, lint
from askwell.rules.presets import PRESETS
from askwell.rules.reciprocity import reminder_from
from askwell.rules.sharing import Ground, Item, Reader, matches
from askwell.rules.steps import steps_for

ASKWELL = PRESETS["askwell"]
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TALKED = History(last_talk_at=NOW - 90 * DAY)
NEW_JOB = JobChangeFacts(id=4, noticed_at=NOW)


def ines(**facts):
    return Relationship(contact=7, calendar=Calendar(zone="Europe/Lisbon", zone_known=True), **facts)


def step(relationship, code, now=NOW):
    return next((one for one in steps_for(relationship, preset=ASKWELL, now=now) if one.code is code), None)


# --- a new job


def test_somebody_known_is_congratulated_within_a_week_and_after_six_it_is_let_go():
    known = ines(history=TALKED, job_changes=(NEW_JOB,))
    due = step(known, StepCode.CONGRATULATE)
    assert (due.earliest, due.due, due.stale) == (NOW, NOW + 7 * DAY, NOW + 42 * DAY)
    assert due.about == ("job_change", 4)
    assert step(known, StepCode.CONGRATULATE, now=NOW + 42 * DAY) is None


def test_only_the_newest_of_two_new_jobs_is_spoken_of():
    older = JobChangeFacts(id=9, noticed_at=NOW - DAY)
    found = steps_for(ines(history=TALKED, job_changes=(NEW_JOB, older)), preset=ASKWELL, now=NOW)
    assert [one.about for one in found if one.code is StepCode.CONGRATULATE] == [("job_change", 4)]


@pytest.mark.parametrize(
    ("facts", "is_congratulated"),
    [
        ({}, False),  # a name in an address book
        ({"history": History(last_out_at=NOW)}, False),  # never answered
        ({"history": History(last_in_at=NOW - 400 * DAY)}, True),
        ({"closeness": 3}, True),
        ({"closeness": 2}, False),
        ({"keep_every_days": 90}, True),
        ({"keep_every_days": 0}, False),
        ({"closeness": 5, "at_guarded_employer": True}, False),
        ({"closeness": 5, "do_not_contact": True}, False),
        ({"history": TALKED, "outreaches": (OutreachFacts(id=1, state=State.DECLINED),)}, False),
        ({"history": TALKED, "outreaches": (OutreachFacts(id=1, state=State.CLOSED_NO_REPLY),)}, False),
        (
            {
                "history": TALKED,
                "outreaches": (
                    OutreachFacts(id=1, state=State.DECLINED),
                    OutreachFacts(id=2, state=State.IN_TOUCH),
                ),
            },
            True,
        ),
    ],
)
def test_congratulations_are_for_people_one_knows_and_may_write_to(facts, is_congratulated):
    found = step(ines(job_changes=(NEW_JOB,), **facts), StepCode.CONGRATULATE)
    assert (found is not None) is is_congratulated


# --- what they offered


def test_what_they_offered_is_mentioned_after_two_weeks_once_and_then_it_is_theirs():
    offered = PromiseFacts(id=3, mine=False, made_at=NOW)
    start = reminder_from(offered, ines().calendar, preset=ASKWELL)
    due = step(ines(promises=(offered,)), StepCode.RECALL_PROMISE)
    assert (due.earliest, due.stale) == (start, start + 28 * DAY)
    before = ines(promises=(offered,), history=History(last_out_at=start - DAY))
    assert step(before, StepCode.RECALL_PROMISE) is not None
    after = ines(promises=(offered,), history=History(last_out_at=start))
    assert step(after, StepCode.RECALL_PROMISE) is None
    assert step(ines(promises=(offered,)), StepCode.RECALL_PROMISE, now=start + 28 * DAY) is None


def test_what_i_promised_is_not_mentioned_but_kept():
    mine = ines(promises=(PromiseFacts(id=3, mine=True, made_at=NOW),))
    assert step(mine, StepCode.RECALL_PROMISE) is None
    assert step(mine, StepCode.KEEP_PROMISE) is not None


# --- the letters

INES = LetterFacts(
    given="Inês",
    family="Prado",
    seeker="Lina Berg",
    new_job="Head of triage at Harbor Clinic",
    resource="A short history of triage: https://triage.example/history",
    why_them="our talk about triage",
    their_offer="to send the rota",
    offer="proofreading in Spanish, and a map of the labs in Leeds",
    learnt="reading the protocol first",
    will_do="write to the two clinics",
    news="I have finished the statistics course",
    talked=True,
)


@pytest.mark.parametrize("variant", range(6))
@pytest.mark.parametrize("occasion", [Occasion.CONGRATULATE, Occasion.SHARE, Occasion.RECALL])
def test_letters_of_giving_are_short_clean_and_ask_for_nothing(occasion, variant):
    made = draft(INES, mode=Mode.CHECK_IN, occasion=occasion, variant=variant)
    assert made.missing == ()
    assert lint(Message(subject=made.subject, body=made.body), mode=Mode.CHECK_IN) == [], made.body
    assert len(made.body.split()) < 60
    assert "?" not in made.body


def test_a_new_job_nobody_can_name_is_congratulated_on_all_the_same():
    made = draft(
        LetterFacts(given="Inês", family="Prado", seeker="Lina Berg"),
        mode=Mode.CHECK_IN,
        occasion=Occasion.CONGRATULATE,
    )
    assert made.missing == ()
    assert "Congratulations" in made.body


@pytest.mark.parametrize("variant", range(6))
@pytest.mark.parametrize("mode", [Mode.THANKS, Mode.CHECK_IN])
def test_the_same_is_offered_back_in_letters_after_a_talk(mode, variant):
    made = draft(INES, mode=mode, variant=variant)
    assert INES.offer in made.body
    assert "my own work" in made.body
    found = lint(Message(subject=made.subject, body=made.body), mode=mode)
    assert [one.code for one in found] == [], made.body


def test_without_an_offer_nothing_is_offered():
    bare = LetterFacts(given="Inês", family="Prado", seeker="Lina Berg", news="I passed the course")
    made = draft(bare, mode=Mode.CHECK_IN)
    assert "offer" not in made.body
    assert made.missing == ("resource",)


# --- favours of five minutes


def chance(kind, contact, days=1, about=0):
    params = {"words": "triage", "title": "A short history", "other": "Ben Okri"}
    return Chance(kind=kind, contact=contact, about=("x", about), since=NOW - days * DAY, params=params)


def test_what_was_promised_comes_before_what_one_thought_of():
    found = week_of_favors(
        [chance(Kind.LINK, 1), chance(Kind.LOOP, 2), chance(Kind.PROMISE, 3)], given=0, preset=ASKWELL
    )
    assert [one.chance.kind for one in found] == [Kind.PROMISE, Kind.LOOP, Kind.LINK]
    assert [one.minutes for one in found] == [5, 5, 3]


@pytest.mark.parametrize("kind", Kind)
def test_every_favour_says_its_minutes_and_its_reason(kind):
    found = favor_of(chance(kind, 1), preset=ASKWELL)
    assert 0 < found.minutes <= 5
    assert sentence(found.reason)


def test_the_longest_waiting_goes_first_and_a_person_is_named_once():
    found = week_of_favors(
        [chance(Kind.LOOP, 1, days=2), chance(Kind.LOOP, 2, days=9), chance(Kind.LINK, 2)],
        given=0,
        preset=ASKWELL,
    )
    assert [one.chance.contact for one in found] == [2, 1]


def test_a_week_that_has_had_its_gives_is_left_in_peace():
    waiting = [chance(Kind.LOOP, 1), chance(Kind.LINK, 2)]
    assert len(week_of_favors(waiting, given=4, preset=ASKWELL)) == 1
    assert week_of_favors(waiting, given=9, preset=ASKWELL) == ()
    assert enough(4, preset=ASKWELL) is None
    assert sentence(enough(5, preset=ASKWELL)).startswith("You have given 5 times")


@given(
    st.lists(st.tuples(st.sampled_from(list(Kind)), st.integers(1, 9), st.integers(0, 30)), max_size=40),
    st.integers(0, 8),
)
def test_a_week_holds_at_most_five_for_five_people_and_two_of_a_kind(rows, given_already):
    waiting = [chance(kind, contact, days, about) for about, (kind, contact, days) in enumerate(rows)]
    found = week_of_favors(waiting, given=given_already, preset=ASKWELL)
    people = [one.chance.contact for one in found]
    assert len(found) <= max(0, 5 - given_already)
    assert len(people) == len(set(people))
    assert all(sum(one.chance.kind is kind for one in found) <= 2 for kind in Kind)
    assert found == week_of_favors(list(reversed(waiting)), given=given_already, preset=ASKWELL)


# --- whom it would help

TRIAGE = Item(id=1, words={"triag": "triage", "night": "night"}, topics=frozenset({"triag"}))


def reader(contact, closeness=0.0, **known):
    return Reader(
        contact=contact,
        known={Ground(name): frozenset(words) for name, words in known.items()},
        closeness=closeness,
    )


def test_a_wish_says_more_than_a_title_and_is_the_reason_given():
    found = matches(TRIAGE, [reader(1, title={"triag"}), reader(2, wish={"triag"}, title={"triag"})], most=5)
    assert [match.contact for match in found] == [2, 1]
    assert sentence(found[0].reason) == "You noted that they wish for it: triage"
    assert sentence(found[1].reason) == "It is their work: triage"


def test_a_word_of_the_title_alone_names_nobody_where_topics_were_chosen():
    people = [reader(1, wish={"night"}), reader(2, note={"triag"}), reader(3, note={"triag", "night"})]
    found = matches(TRIAGE, people, most=5)
    assert [match.contact for match in found] == [3, 2]
    assert sentence(found[0].reason) == "It is in your notes on them: triage"
    untold = Item(id=2, words=TRIAGE.words)
    assert [match.contact for match in matches(untold, people, most=5)] == [3, 1, 2]


def test_of_two_with_the_same_words_the_one_known_better_goes_first():
    found = matches(TRIAGE, [reader(1, tag={"triag"}), reader(2, 0.8, tag={"triag"})], most=1)
    assert [match.contact for match in found] == [2]


def test_nobody_is_named_for_nothing():
    assert matches(TRIAGE, [reader(1, title={"nurs"}), reader(2)], most=5) == ()


def test_a_word_that_everybody_has_tells_nothing_of_anybody():
    crowd = [reader(number, organization={"triag"}) for number in range(1, 41)]
    crowd[0] = reader(1, organization={"triag"}, talk={"night"})
    found = matches(Item(id=2, words=TRIAGE.words), crowd, most=5)
    assert [match.contact for match in found] == [1]


@given(
    st.lists(st.lists(st.sampled_from(["triag", "night", "nurs"]), max_size=3), max_size=30),
    st.integers(0, 5),
)
def test_whoever_is_named_has_a_word_in_common(people, most):
    readers = [reader(number, note=set(words)) for number, words in enumerate(people)]
    found = matches(TRIAGE, readers, most=most)
    assert len(found) <= most
    assert all("triag" in people[match.contact] for match in found)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_a_word_that_few_of_many_have_tells_something_of_all_of_them():
    few = [reader(number, title={"triag"}) for number in range(1, 31)]
    assert matches(TRIAGE, few, most=40) == ()
    assert len(matches(TRIAGE, few, most=40, people=2000)) == 30


# --- who may like to know whom


def triage(contact, place, **facts):
    return AtWork(contact=contact, place=place, words={"~triag": "triage", "~nurs": "nurse"}, **facts)


def test_two_of_the_same_work_at_different_places_may_like_to_know_each_other():
    buyer = AtWork(contact=3, place=9, words={"~buy": "buyer"})
    ((one, other, words),) = may_like_to_meet([triage(2, 8), buyer, triage(1, 7)])
    assert (one.contact, other.contact, words) == (1, 2, "nurse, triage")


@pytest.mark.parametrize(
    ("pair", "offered"),
    [
        ((triage(1, 7), triage(2, 7)), ()),
        ((triage(1, 7), triage(2, 8, introduced_by=1)), ()),
        ((triage(1, 7, introduced_by=2), triage(2, 8)), ()),
        ((triage(1, 7), triage(2, 8)), {(1, 2)}),
        ((triage(1, 7), triage(2, 8)), {(2, 1)}),
    ],
)
def test_colleagues_those_who_led_to_each_other_and_those_asked_already_are_left(pair, offered):
    assert list(may_like_to_meet(pair, offered=offered)) == []
