"""Who can introduce Lina to somebody, or into a place."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from askwell.outreach import actions
from askwell.outreach.derive import recompute
from askwell.outreach.models import Touch
from askwell.outreach.queries.ways import Ways, ways_into, ways_to
from askwell.people.actions import NewContact, add_contact, add_position
from askwell.people.bulk import insert
from askwell.people.models import Contact, Organization
from askwell.rules.facts import Leave


@pytest.fixture
def person(lina, now):
    """Add somebody Lina's notebook knows by name; ``met``: they talked a month ago."""

    def add(name, *, met=False):
        contact = add_contact(lina, NewContact(name=name), now=now)
        if met:
            kept = {"owner": lina, "contact": contact, "recorded_at": now, "kind": "meeting"}
            insert([Touch(at=now - timedelta(days=30), direction=way, **kept) for way in ("out", "in")])
            recompute(lina, now=now)
        return contact

    return add


def told_of(giver, about, now):
    return actions.record_name(giver, name=about.name, about=about, now=now)


def names(found):
    return [[hop.target_name for hop in way.hops] for way in found.ways]


def test_who_told_of_somebody_can_introduce_one_and_is_asked_first(person, now):
    ana, cho = person("Ana Silva", met=True), person("Cho Park")
    told_of(ana, cho, now)
    found = ways_to(cho, now=now)
    assert names(found) == [["Ana Silva", "Cho Park"]]
    (way,) = found.ways
    assert (way.ask.target, way.to.target) == (ana.pk, cho.pk)
    assert [reason.sentence for reason in way.to.reasons] == ["Ana Silva told you of Cho Park"]
    assert way.ask.reasons
    assert not found.known


def test_a_way_may_lead_through_two_and_not_through_three(person, now):
    people = [person("Ana Silva", met=True), *map(person, ["Ben Okafor", "Cho Park", "Dev Rao"])]
    for giver, about in pairwise(people):
        told_of(giver, about, now)
    assert names(ways_to(people[2], now=now)) == [["Ana Silva", "Ben Okafor", "Cho Park"]]
    assert ways_to(people[3], now=now).ways == ()


def test_no_two_ways_hang_on_the_same_person(person, now):
    cho = person("Cho Park")
    for name in ("Ana Silva", "Ben Okafor", "Dev Rao", "Eve Lund"):
        told_of(person(name, met=True), cho, now)
    found = names(ways_to(cho, now=now))
    assert len(found) == 3
    assert len({way[0] for way in found}) == 3


def test_who_is_known_already_is_said_and_the_direct_tie_is_no_introduction(person, now):
    ana, cho = person("Ana Silva", met=True), person("Cho Park", met=True)
    assert ways_to(cho, now=now).ways == ()
    told_of(ana, cho, now)
    found = ways_to(cho, now=now)
    assert found.known
    assert names(found) == [["Ana Silva", "Cho Park"]]


def test_refused_leave_closes_the_way_and_the_next_best_is_found(person, now):
    ana, ben, cho = person("Ana Silva", met=True), person("Ben Okafor", met=True), person("Cho Park")
    given = told_of(ana, cho, now)
    actions.set_leave(given, leave=Leave.REFUSED, now=now)
    found = ways_to(cho, now=now)
    assert (found.ways, found.closed) == ((), True)
    told_of(ben, cho, now)
    assert names(ways_to(cho, now=now)) == [["Ben Okafor", "Cho Park"]]


def test_nobody_is_asked_who_wants_no_contact_nor_for_somebody_who_does_not(person, now):
    ana, cho = person("Ana Silva", met=True), person("Cho Park")
    told_of(ana, cho, now)
    actions.forbid(ana, now=now)
    assert ways_to(cho, now=now) == Ways(closed=True)
    ben, dev = person("Ben Okafor", met=True), person("Dev Rao")
    told_of(ben, dev, now)
    actions.forbid(dev, now=now)
    assert ways_to(dev, now=now) == Ways(closed=True)


def test_without_any_tie_nothing_is_closed_and_nothing_found(person, now):
    found = ways_to(person("Cho Park"), now=now)
    assert (found.ways, found.closed, found.known) == ((), False, False)


def test_a_place_is_reached_by_whoever_is_there_now(lina, person, now):
    ana, ben, cho = person("Ana Silva", met=True), person("Ben Okafor", met=True), person("Cho Park")
    for contact in (ben, cho):
        add_position(contact, organization="Harbor Clinic", now=now)
    told_of(ana, cho, now)
    harbor = Organization.objects.for_owner(lina).get(name="Harbor Clinic")
    found = ways_into(harbor, now=now)
    assert found.known
    assert sorted(names(found)) == [["Ana Silva", "Cho Park"], ["Ben Okafor"]]
    assert [way.to is None for way in found.ways if way.ask.target == ben.pk] == [True]


def test_another_notebook_is_never_walked_through(person, other_owner, now):
    cho = person("Cho Park")
    stranger = add_contact(other_owner, NewContact(name="Ana Silva"), now=now)
    assert Contact.objects.filter(pk=stranger.pk).exists()
    assert ways_to(cho, now=now).ways == ()


def test_the_web_is_asked_for_in_few_queries(person, now, django_assert_max_num_queries):
    ana, cho = person("Ana Silva", met=True), person("Cho Park")
    told_of(ana, cho, now)
    with django_assert_max_num_queries(23):  # twice what speaks for ties: of Cho, and of whoever knows Cho
        ways_to(cho, now=now)
