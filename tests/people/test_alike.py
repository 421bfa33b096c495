"""People who stand in the notebook twice are looked for, asked about once, and in the order of what is settled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.people.actions import (
    NewContact,
    add_contact,
    keep_apart_pair,
    look_for_pairs,
    merge_contacts,
    set_organization,
)
from askwell.people.models import Contact, Review
from askwell.people.queries import alike, open_reviews


@pytest.fixture
def put(owner, now):
    def add(name, *, at="", whose=owner, **details):
        emails = [details.pop("email")] if "email" in details else []
        phones = [details.pop("phone")] if "phone" in details else []
        one = add_contact(
            whose, NewContact(name=name, emails=emails, phones=phones, details=details), now=now
        )
        if at:
            set_organization(one, at, now=now)
        return one

    return add


@pytest.fixture
def theas(put):
    """Thea Bergson, brought in again under a short name and another address."""
    return [
        put("Thea Bergson", email="thea.bergson@mercy.example", phone="+13125550188", at="Mercy Lakes", place="Chicago"),
        put("Bergson, Thea", email="tbergson@post.example", phone="+13125550188", at="Mercy Lakes", place="Chicago"),
    ]  # fmt: skip


def test_somebody_here_twice_is_found_and_asked_about_once(owner, put, theas, now):
    put("Omar Quist", email="omar@quist.example", at="Quist Labs", place="Chicago")
    assert look_for_pairs(owner, now=now) == 1
    (review,) = open_reviews(owner).rows
    assert (review.left, review.right, review.reason) == (*theas, "alike")
    assert look_for_pairs(owner, now=now) == 0
    assert Review.objects.count() == 1


def test_two_of_one_given_name_and_place_are_not_asked_about(owner, put):
    put("Arun Balogun", email="arun.balogun@quarry.example", at="Quarry Bank", place="Seattle")
    put("Arun Kraus", email="arun.kraus@tamarack.example", at="Tamarack Foods", place="Seattle")
    assert alike(owner) == []


def test_whom_one_kept_apart_stays_two_people(owner, theas, now):
    keep_apart_pair(*theas, now=now)
    assert alike(owner) == []


def test_whoever_is_joined_already_is_not_laid_beside_anybody(owner, theas, now):
    merge_contacts(*theas, now=now)
    assert alike(owner) == []


def test_notebooks_are_not_laid_beside_each_other(owner, other_owner, put, theas):
    assert alike(other_owner) == []
    put("Thea Bergson", email="thea.bergson@mercy.example", phone="+13125550188", whose=other_owner)
    assert alike(other_owner) == []
    assert alike(owner) == [(theas[0].pk, theas[1].pk)]


def test_a_notebook_of_nobody_or_of_one_has_no_pairs(owner, put):
    assert alike(owner) == []
    put("Thea Bergson")
    assert alike(owner) == []


def test_what_settles_most_is_asked_first_then_whoever_waits_longest(owner, put, now):
    people = [put(f"Person {letter}") for letter in "ABCDE"]
    pairs = {"lone": (0, 1), "knot": (2, 3), "knot too": (3, 4), "and round": (2, 4)}
    for days, (name, (one, other)) in enumerate(pairs.items()):
        Review.objects.create(
            owner=owner, left=people[one], right=people[other], reason=name, at=now + timedelta(days=days)
        )
    assert [one.reason for one in open_reviews(owner).rows] == ["knot", "knot too", "and round", "lone"]
    assert [one.settles for one in open_reviews(owner).rows] == [3, 3, 3, 1]
    Contact.objects.filter(pk=people[4].pk).update(merged_into=people[3])
    assert [one.reason for one in open_reviews(owner).rows] == ["lone", "knot"]
