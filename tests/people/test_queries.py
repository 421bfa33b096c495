"""Lists and pages of people, in a constant number of queries."""

import pytest

from askwell.people.actions import keep_apart, mark_invalid, merge_contacts
from askwell.people.models import Contact, Organization, Review, Tag
from askwell.people.queries import (
    ContactFilter,
    contact_view,
    contacts,
    imports,
    open_review_count,
    open_reviews,
    organization_page,
    organizations,
    problems_of,
)
from askwell.people.queries.listing import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(add):
    return [
        add("Jane van der Berg", organization="Acme", tags=["alumni"], emails=["jane@acme.example"]),
        add("Tom Okafor", organization="Acme", title="PM"),
        add("Ada Abara", organization="Globex", tags=["alumni", "climbing"]),
    ]


def found(owner, **where):
    return [contact.name for contact in contacts(owner, ContactFilter(**where))]


def test_people_are_listed_by_family_name(owner, network):
    assert found(owner) == ["Ada Abara", "Jane van der Berg", "Tom Okafor"]
    assert found(owner, sort="recent") == ["Ada Abara", "Tom Okafor", "Jane van der Berg"]
    assert len(found(owner, sort="connected")) == 3


def test_a_list_can_be_narrowed(owner, network, now):
    assert found(owner, tag=Tag.objects.get(name="alumni").pk) == ["Ada Abara", "Jane van der Berg"]
    assert found(owner, organization=Organization.objects.get(key="acme").pk) == [
        "Jane van der Berg",
        "Tom Okafor",
    ]
    assert found(owner, has_email=True) == ["Jane van der Berg"]
    assert found(owner, has_email=False) == ["Ada Abara", "Tom Okafor"]
    assert found(owner, text="acme pm") == ["Tom Okafor"]
    mark_invalid(network[0].points.get(), now=now)
    assert found(owner, has_email=True) == []


def test_people_of_one_import_or_waiting_for_a_decision(owner, network, people, bring_in):
    batch = bring_in(people("Tom Okafor", email="tom@home.example"))
    assert found(owner, batch=batch.pk) == ["Tom Okafor"]
    assert found(owner, in_review=True) == ["Tom Okafor", "Tom Okafor"]
    assert found(owner, in_review=False) == ["Ada Abara", "Jane van der Berg"]


def test_a_page_knows_what_comes_after_and_before(owner, add):
    for number in range(5):
        add(f"Jane{number} Doe")
    first = page_of(contacts(owner), number=1, size=2)
    assert [c.name for c in first.rows] == ["Jane0 Doe", "Jane1 Doe"]
    assert (first.has_previous, first.has_next, first.total) == (False, True, 5)
    last = page_of(contacts(owner), number=3, size=2)
    assert ([c.name for c in last.rows], last.has_next, last.total) == (["Jane4 Doe"], False, 5)
    beyond = page_of(contacts(owner), number=9, size=2)
    assert (beyond.rows, beyond.has_next, beyond.total) == ([], False, 5)


def test_a_contact_page_takes_the_same_queries_however_much_there_is(
    owner, network, people, bring_in, django_assert_max_num_queries
):
    bring_in(
        *(
            people("Jane Berg", email="jane@acme.example", organization=f"Place {n}", tags=(f"t{n}",))
            for n in range(9)
        )
    )
    small, large = network[1].pk, network[0].pk
    for key in (small, large):
        with django_assert_max_num_queries(9):
            view = contact_view(owner, key)
            [row.organization for row in view.jobs]
            [row.batch for row in view.provenance]
    assert len(view.provenance) == 9
    assert view.job.current


def test_a_contact_page_has_everything(owner, add, now):
    jane = add(
        "Jane Doe",
        emails=["a@x.example", "b@x.example"],
        phones=["+1 312 555 0100"],
        urls=["acme.example"],
        tags=["alumni"],
    )
    other = add("Jane Doe")
    review = Review.objects.create(owner=owner, left=jane, right=other, reason="same-name", at=now)
    view = contact_view(owner, jane.pk)
    assert [p.value for p in view.emails] == ["a@x.example", "b@x.example"]
    assert (len(view.phones), len(view.urls), [tag.name for tag in view.tags]) == (1, 1, ["alumni"])
    assert view.reviews == [review]
    merge_contacts(jane, other, now=now)
    assert contact_view(owner, jane.pk).merged == [other]
    assert contact_view(owner, jane.pk).reviews == []


def test_organizations_are_listed_with_their_people(owner, network):
    page = organizations(owner)
    assert [(row.name, row.people) for row in page.rows] == [("Acme", 2), ("Globex", 1)]
    assert [row.name for row in organizations(owner, text="GLOB").rows] == ["Globex"]
    view = organization_page(owner, page.rows[0].pk)
    assert [row.contact.name for row in view.here] == ["Jane van der Berg", "Tom Okafor"]
    assert view.before == []


def test_open_reviews_come_with_both_sides_in_constant_queries(
    owner, people, bring_in, now, django_assert_max_num_queries
):
    for n in range(4):
        bring_in(
            people(f"Jane{n} Doe", email=f"a{n}@x.example"), people(f"Jane{n} Doe", email=f"b{n}@x.example")
        )
    with django_assert_max_num_queries(14):
        page = open_reviews(owner)
        for review in page.rows:
            for side in (review.left, review.right):
                [p.value for p in side.points.all()], [j.organization for j in side.positions.all()]
                [t.tag for t in side.taggings.all()], [p.batch for p in side.provenance.all()]
    assert len(page.rows) == open_review_count(owner) == 4
    keep_apart(page.rows[0], now=now)
    assert open_review_count(owner) == 3


OTHERS = [
    lambda who, row: contact_view(who, row["contact"].pk),
    lambda who, row: organization_page(who, row["organization"].pk),
]


@pytest.fixture
def mine(owner, people, bring_in):
    batch = bring_in(
        people("Jane Doe", email="a@x.example", organization="Acme", tags=("alumni",)),
        people("Jane Doe", email="b@x.example"),
    )
    return {
        "batch": batch,
        "contact": Contact.objects.first(),
        "organization": Organization.objects.get(),
        "review": Review.objects.get(),
    }


@pytest.mark.parametrize("ask", OTHERS)
def test_nobody_sees_anothers_rows(owner, other_owner, mine, ask):
    assert ask(owner, mine)
    with pytest.raises((Contact.DoesNotExist, Organization.DoesNotExist)):
        ask(other_owner, mine)


def test_anothers_lists_are_empty(other_owner, mine):
    from askwell.people.queries import find, known_as

    assert find(other_owner, "jane") == []
    assert find(other_owner, "a@x.example") == []
    assert known_as(other_owner, name="Jane Doe", points=[("email", "a@x.example")]) == []
    assert not contacts(other_owner).exists()
    assert organizations(other_owner).rows == []
    assert open_reviews(other_owner).rows == []
    assert open_review_count(other_owner) == 0
    assert imports(other_owner).rows == []


def test_actions_leave_anothers_people_alone(other_owner, mine, now):
    from askwell.people.actions import add_from_text, remove_contacts, tag_contacts, untag_contacts

    keys = list(Contact.objects.values_list("pk", flat=True))
    assert remove_contacts(other_owner, keys, now=now) == 0
    assert tag_contacts(other_owner, keys, "mine", now=now) == 0
    assert untag_contacts(other_owner, keys, "alumni", now=now) == 0
    twin, added = add_from_text(other_owner, "Jane Doe <a@x.example>", now=now)
    assert added
    assert twin.owner == other_owner


def test_an_import_never_joins_anothers_people(other_owner, mine, people, bring_in):
    batch = bring_in(people("Jane Doe", email="a@x.example", organization="Acme"), keeper=other_owner)
    assert batch.summary["counts"]["new"] == 1
    assert batch.summary["counts"]["review"] == 0
    assert Organization.objects.filter(owner=other_owner).count() == 1


def test_imports_are_listed_without_their_long_record(owner, mine, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = imports(owner)
        assert page.rows[0].change.undone_at is None
    assert problems_of(mine["batch"]).rows == []
