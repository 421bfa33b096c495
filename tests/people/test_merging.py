"""Two contacts become one and two again, whatever points at them."""

from datetime import timedelta

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askwell.people.actions import (
    NewContact,
    add_contact,
    add_position,
    decide_review,
    keep_apart,
    keep_apart_pair,
    merge_contacts,
)
from askwell.people.errors import CannotMerge
from askwell.people.journal import is_derived, last_change, undo
from askwell.people.models import Contact, Review, ReviewState

pytestmark = pytest.mark.django_db


def every_row():
    """All rows of all our tables but the derived ones and the journal itself."""
    models = [m for m in apps.get_models() if m._meta.app_label in {"people", "outreach", "mailroom"}]
    return {
        m._meta.label: sorted(map(repr, m._base_manager.values_list()))
        for m in models
        if not is_derived(m) and m._meta.model_name != "change"
    }


def rows_of(name):
    return apps.get_model("outreach", name).objects


def test_everything_of_both_is_kept(add, now):
    keep = add(
        "Jane Doe", emails=["jane@acme.example"], organization="Acme", tags=["alumni"], notes="likes tea"
    )
    gone = add(
        "J. Doe",
        emails=["jane@acme.example", "jd@home.example"],
        organization="Globex",
        tags=["alumni", "climbing"],
        notes="met at a fair",
    )
    merge_contacts(keep, gone, now=now)
    keep.refresh_from_db()
    assert set(keep.points.values_list("norm", flat=True)) == {"jane@acme.example", "jd@home.example"}
    assert set(keep.positions.values_list("organization__name", flat=True)) == {"Acme", "Globex"}
    assert set(keep.taggings.values_list("tag__name", flat=True)) == {"alumni", "climbing"}
    assert keep.notes == "likes tea\n\nmet at a fair"
    assert Contact.objects.get(pk=gone.pk).merged_into == keep
    assert not gone.points.exists()


def test_the_one_merged_away_leads_to_the_one_that_stays(owner, add, now):
    keep, gone = add("Jane Doe"), add("Jane D.")
    merge_contacts(keep, gone, now=now)
    assert Contact.objects.get(pk=gone.pk).merged_into == keep
    assert list(Contact.objects.for_owner(owner).people()) == [keep]


def test_whoever_must_not_be_contacted_stays_so(add, now):
    keep, gone = add("Jane Doe"), add("Jane D.", details={"do_not_contact": True})
    merge_contacts(keep, gone, now=now)
    keep.refresh_from_db()
    assert keep.do_not_contact


def test_what_was_typed_stays_and_gaps_are_filled(add, now):
    keep = add("Jane Doe", details={"place": "Chicago"})
    gone = add("Jane A. Doe", details={"place": "Berlin", "birthday": "--05-01", "closeness": 4})
    merge_contacts(keep, gone, now=now)
    keep.refresh_from_db()
    assert (keep.name, keep.place, keep.birthday, keep.closeness) == ("Jane Doe", "Chicago", "--05-01", 4)


def test_nobody_is_introduced_by_themself(add, now):
    gone = add("Jane D.")
    keep = add("Jane Doe", details={"introduced_by": gone})
    merge_contacts(keep, gone, now=now)
    keep.refresh_from_db()
    assert keep.introduced_by is None


def test_history_of_both_is_one_history(owner, add, now):
    touches, promises = rows_of("Touch"), rows_of("Promise")
    keep, gone = add("Jane Doe"), add("Jane D.")
    for contact in (keep, gone):
        touches.create(owner=owner, contact=contact, kind="message", direction="out", at=now, recorded_at=now)
    promises.create(owner=owner, contact=gone, mine=True, text="send the paper", made_at=now)
    before = every_row()
    merge_contacts(keep, gone, now=now)
    assert touches.filter(contact=keep).count() == 2
    assert promises.get().contact == keep
    undo(last_change(owner), now=now)
    assert every_row() == before


def test_two_open_outreaches_for_one_purpose_become_one(owner, add, now):
    outreaches, touches = rows_of("Outreach"), rows_of("Touch")
    keep, gone = add("Jane Doe"), add("Jane D.")
    for contact in (keep, gone):
        row = outreaches.create(owner=owner, contact=contact, opened_at=now)
        touches.create(
            owner=owner,
            contact=contact,
            outreach=row,
            kind="message",
            direction="out",
            at=now,
            recorded_at=now,
        )
    before = every_row()
    merge_contacts(keep, gone, now=now)
    assert touches.filter(contact=keep).count() == 2
    assert not outreaches.filter(contact=gone).exists()
    undo(last_change(owner), now=now)
    assert every_row() == before


def test_a_meeting_both_were_at_is_one(owner, add, now):
    events, encounters = rows_of("NetworkingEvent"), rows_of("Encounter")
    event = events.create(owner=owner, name="PyCon", starts_at=now)
    keep, gone = add("Jane Doe"), add("Jane D.")
    encounters.create(owner=owner, event=event, contact=keep)
    encounters.create(owner=owner, event=event, contact=gone, said="write to me")
    merge_contacts(keep, gone, now=now)
    assert encounters.get().said == "write to me"


def test_a_chain_of_merges_leads_to_the_last(owner, add, now):
    first, second, third = add("Jane Doe"), add("Jane D."), add("J. Doe")
    merge_contacts(second, third, now=now)
    merge_contacts(first, second, now=now)
    assert Contact.objects.get(pk=third.pk).merged_into == first


@pytest.mark.parametrize("reason", ["same", "merged", "self", "owners"])
def test_what_cannot_be_merged_is_refused(owner, other_owner, add, now, reason):
    keep, gone = add("Jane Doe"), add("Jane D.")
    if reason == "same":
        gone = keep
    elif reason == "merged":
        merge_contacts(add("Someone"), gone, now=now)
        gone.refresh_from_db()
    elif reason == "self":
        gone.is_self = True
    else:
        gone = add("Jane D.", keeper=other_owner)
    with pytest.raises(CannotMerge) as error:
        merge_contacts(keep, gone, now=now)
    assert error.value.reason == reason


def test_a_review_is_answered_by_merging(owner, add, now):
    left, right = add("Jane Doe"), add("Jane Doe")
    review = Review.objects.create(owner=owner, left=left, right=right, reason="same-name", at=now)
    assert decide_review(review, merge=True, now=now) == left
    review.refresh_from_db()
    assert review.state == ReviewState.MERGED


def test_a_review_is_answered_by_keeping_apart(owner, add, now):
    left, right = add("Jane Doe"), add("Jane Doe")
    review = Review.objects.create(owner=owner, left=left, right=right, reason="same-name", at=now)
    keep_apart(review, now=now)
    review.refresh_from_db()
    assert review.state == ReviewState.KEPT_APART
    undo(last_change(owner), now=now)
    review.refresh_from_db()
    assert review.state == ReviewState.OPEN


def test_reviews_of_the_one_that_goes_become_reviews_of_the_one_that_stays(owner, add, now):
    keep, gone, third = add("Jane Doe"), add("Jane D."), add("Jane Doe")
    keep_apart_pair(gone, third, now=now)
    merge_contacts(keep, gone, now=now)
    review = Review.objects.get()
    assert ({review.left, review.right}, review.state) == ({keep, third}, ReviewState.KEPT_APART)


NAMES = st.sampled_from(["Jane Doe", "J. Doe", "Jane D.", "Tom Okafor"])
FACTS = st.fixed_dictionaries(
    {
        "emails": st.lists(st.sampled_from(["a@x.example", "b@x.example", "c@x.example"]), unique=True),
        "phones": st.lists(st.sampled_from(["+1 312 555 0100", "+1 312 555 0101"]), unique=True),
        "organization": st.sampled_from(["", "Acme", "Acme Inc.", "Globex"]),
        "title": st.sampled_from(["", "PM"]),
        "tags": st.lists(st.sampled_from(["alumni", "climbing"]), unique=True),
        "notes": st.sampled_from(["", "likes tea", "tea"]),
    }
)


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(one=st.tuples(NAMES, FACTS), other=st.tuples(NAMES, FACTS), jobs=st.integers(0, 2))
def test_a_merge_undone_gives_back_every_row(owner, now, one, other, jobs):
    keep, gone = (add_contact(owner, NewContact(name=name, **facts), now=now) for name, facts in (one, other))
    for number in range(jobs):
        add_position(gone, organization=f"Place {number}", now=now)
    keep_apart_pair(keep, gone, now=now)
    before = every_row()
    merge_contacts(keep, gone, now=now + timedelta(minutes=1))
    undo(last_change(owner), now=now + timedelta(minutes=2))
    assert every_row() == before
