"""Who of Lina's notebook knows whom, and how surely."""

from datetime import timedelta

import pytest

from askwell.mailroom.models import Arrival
from askwell.outreach import actions
from askwell.outreach.derive import recompute
from askwell.outreach.models import Introduction, Standing, Touch
from askwell.outreach.sample import make_sample
from askwell.outreach.web_of_ties import SEEKER, known_to, ties_among, ties_around
from askwell.people.actions import NewContact, add_contact, add_position
from askwell.people.bulk import insert
from askwell.people.models import Contact, Organization, Position
from askwell.rules.explain import sentence
from askwell.rules.facts import Leave


@pytest.fixture
def omar(lina, now):
    return add_contact(lina, NewContact(name="Omar Said", emails=["omar@north.example"]), now=now)


def talked(contact, at, *, now):
    """They met for a talk, as an imported calendar tells it."""
    kept = {"owner": contact.owner, "contact": contact, "recorded_at": now, "kind": "meeting"}
    insert([Touch(at=at, direction=way, **kept) for way in ("out", "in")])
    recompute(contact.owner, now=now)


def between(owner, one, other, now):
    pair = (min(one.pk, other.pk), max(one.pk, other.pk))
    return next((tie for tie in ties_among(owner, now=now) if (tie.source, tie.target) == pair), None)


def said(tie):
    return [sentence(why) for why in tie.evidence]


def test_people_of_one_place_at_one_time_know_each_other(lina, jane, omar, now):
    assert between(lina, jane, omar, now) is None
    add_position(omar, organization="Acme Health", started="2021", ended="2023", current=False, now=now)
    assert between(lina, jane, omar, now) is None  # since when Jane is there is not known
    Position.objects.filter(contact=jane).update(started="2020")
    tie = between(lina, jane, omar, now)
    assert said(tie) == ["Both at Acme Health 2021–2023"]
    assert tie.may_introduce


def test_who_told_of_somebody_knows_them_and_may_be_asked_unless_leave_was_refused(lina, jane, omar, now):
    given = actions.record_name(jane, name="Omar Said", about=omar, now=now)
    tie = between(lina, jane, omar, now)
    assert said(tie) == ["Jane Doe told you of Omar Said"]
    assert tie.may_introduce
    actions.set_leave(given, leave=Leave.REFUSED, now=now)
    assert not between(lina, jane, omar, now).may_introduce
    actions.set_leave(given, leave=Leave.GIVEN, now=now)
    actions.forbid(omar, now=now)
    assert not between(lina, jane, omar, now).may_introduce


def test_people_on_one_letter_or_in_copy_know_each_other(lina, jane, kenji, omar, now):
    for contact in (jane, kenji):
        Touch.objects.create(
            owner=lina,
            contact=contact,
            kind="message",
            direction="in",
            at=now,
            recorded_at=now,
            message_id="<1@x>",
        )
    Arrival.objects.create(
        owner=lina,
        contact=jane,
        message_id="<2@x>",
        kind="reply",
        at=now,
        received_at=now,
        reading={
            "to": [{"name": "", "address": "lina@home.example"}],
            "cc": [{"name": "O", "address": "Omar@north.example"}],
        },
    )
    Arrival.objects.create(
        owner=lina, contact=kenji, message_id="<3@x>", kind="reply", at=now, received_at=now
    )
    for one in (jane, kenji, omar):  # one by one as all together
        pairs = [tie for tie in ties_among(lina, now=now) if one.pk in (tie.source, tie.target)]
        known = {other.contact: other.confidence for other in known_to(one, now=now)}
        assert known == {tie.source + tie.target - one.pk: tie.strength for tie in pairs}
    assert said(between(lina, jane, kenji, now)) == ["On one letter together, on 2026-11-23"]
    assert between(lina, jane, omar, now) is not None
    assert between(lina, kenji, omar, now) is None


def test_people_met_at_one_gathering_or_brought_together_know_each_other(lina, jane, kenji, now):
    event = actions.add_event(lina, name="Spring fair", starts_at=now - timedelta(days=9), now=now)
    for contact in (jane, kenji):
        actions.add_encounter(event, contact=contact, now=now)
    loose = between(lina, jane, kenji, now)
    assert said(loose) == ["You met both at Spring fair"]
    actions.record_name(jane, name="Kenji Sato", about=kenji, now=now)
    assert between(lina, jane, kenji, now).strength > loose.strength


def test_a_tie_of_the_seeker_is_as_strong_as_the_ranking_says(lina, jane, kenji, now):
    talked(jane, now - timedelta(days=40), now=now)
    actions.set_closeness(jane, closeness=4, now=now)
    own = [tie for tie in ties_among(lina, now=now) if tie.source == SEEKER]
    assert [tie.target for tie in own] == [jane.pk]  # Kenji was never in touch
    standing = Standing.objects.get(contact=jane)
    assert own[0].strength == pytest.approx(standing.strength, abs=0.001)
    later = now + timedelta(days=180)
    assert next(tie.strength for tie in ties_among(lina, now=later) if tie.source == SEEKER) < own[0].strength
    assert said(own[0])[1:] == [
        "One exchange in the last year.",
        "The last time was on 2026-10-14.",
        "You put it at 4 of 5 yourself.",
    ]


def test_who_asked_for_no_contact_is_asked_for_nothing(lina, jane, now):
    talked(jane, now - timedelta(days=40), now=now)
    actions.forbid(jane, now=now)
    assert [tie.may_introduce for tie in ties_among(lina, now=now)] == [False]


def test_of_another_notebook_nothing_is_read(lina, jane, omar, other_owner, now):
    actions.record_name(jane, name="Omar Said", about=omar, now=now)
    assert ties_among(other_owner, now=now) == []
    assert [known.contact for known in known_to(jane, now=now)] == [omar.pk]


@pytest.mark.parametrize("people", [10, 300])
def test_the_number_of_queries_does_not_grow(lina, now, django_assert_max_num_queries, people):
    place = Organization.objects.create(owner=lina, name="Acme", key="acme")
    made = [Contact(owner=lina, name=f"Person {n}", created_at=now) for n in range(people)]
    insert(made)
    contacts = list(Contact.objects.for_owner(lina).filter(name__startswith="Person"))
    insert([Position(owner=lina, contact=one, organization=place, started="2020") for one in contacts])
    insert([Standing(owner=lina, contact=one) for one in contacts])
    insert(
        [
            Introduction(owner=lina, giver=contacts[0], about=one, name=one.name, given_at=now)
            for one in contacts[1:]
        ]
    )
    with django_assert_max_num_queries(10):
        found = ties_among(lina, now=now)
    assert len(found) == (people * (people - 1) // 2 if people <= 50 else people - 1)


@pytest.mark.parametrize("most_asked", [400, 3])
def test_around_somebody_stand_all_ties_that_a_way_of_three_may_take(owner, now, monkeypatch, most_asked):
    monkeypatch.setattr("askwell.outreach.web_of_ties._MOST_ASKED", most_asked)
    make_sample(owner, now=now, people=120)
    every = {(tie.source, tie.target): tie for tie in ties_among(owner, now=now)}
    assert len(every) > 200
    for contact in Contact.objects.for_owner(owner).people().order_by("pk")[:40]:
        around = {(tie.source, tie.target): tie for tie in ties_around(owner, [contact.pk], now=now)}
        assert around.items() <= every.items()
        near = {contact.pk} | {end for pair in every if contact.pk in pair for end in pair} - {SEEKER}
        wanted = {pair for pair in every if near & set(pair)}
        assert wanted <= around.keys()


def test_around_several_stand_the_ties_of_each(lina, jane, omar, kenji, now):
    for one, other in ((jane, omar), (omar, kenji)):
        Introduction.objects.create(owner=lina, giver=one, about=other, name=other.name, given_at=now)
    pairs = {(tie.source, tie.target) for tie in ties_around(lina, [jane.pk, kenji.pk], now=now)}
    assert {tuple(sorted((jane.pk, omar.pk))), tuple(sorted((omar.pk, kenji.pk)))} <= pairs
    assert ties_around(lina, [], now=now) == []
