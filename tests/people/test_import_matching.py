"""Who a record is: joined only on an exact identity under a name that fits; otherwise asked about."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askwell.formats.records import (
    EventRecord,
    Name,
    OwnProfile,
    PositionRecord,
    PostalAddress,
    Source,
)
from askwell.people import importing
from askwell.people.actions import decide_review, edit_contact, keep_apart, merge_contacts, set_organization
from askwell.people.journal import last_change, undo
from askwell.people.models import (
    Contact,
    ContactPoint,
    Organization,
    Position,
    Provenance,
    Review,
    Tagging,
)

pytestmark = pytest.mark.django_db


def names():
    return sorted(Contact.objects.filter(merged_into=None, is_self=False).values_list("name", flat=True))


def test_new_people_come_with_everything(people, bring_in):
    batch = bring_in(
        people(
            Name(prefix="Dr.", given="Jane", family="Doe", nickname="Janey", formatted="Dr. Jane Doe"),
            email="Jane@Acme.example",
            phone="+1 312 555 0100",
            organization="Acme, Inc.",
            title="PM",
            tags=("alumni",),
            birthday="--05-01",
            addresses=(PostalAddress(city="Chicago", country="US"),),
            notes="likes tea",
            kept=(("X-PET", "cat"),),
            line=7,
        )
    )
    jane = Contact.objects.get()
    assert (jane.name, jane.given, jane.nickname, jane.birthday) == (
        "Dr. Jane Doe",
        "Jane",
        "Janey",
        "--05-01",
    )
    assert jane.kept == [["X-PET", "cat"]]
    assert set(jane.points.values_list("norm", flat=True)) == {"jane@acme.example", "+13125550100"}
    assert (jane.positions.get().organization.name, jane.positions.get().title) == ("Acme, Inc.", "PM")
    assert jane.addresses.get().city == "Chicago"
    assert jane.taggings.get().tag.name == "alumni"
    source = jane.provenance.get()
    assert (source.file, source.line, source.batch) == ("contacts.vcf", 7, batch)


@pytest.mark.parametrize(
    "shared", [{"email": "jane@acme.example"}, {"phone": "+1 312 555 0100"}, {"profile": "jane-doe"}]
)
def test_an_exact_identity_and_a_name_that_fits_are_one_person(people, bring_in, shared):
    bring_in(people("Jane Doe", **shared))
    batch = bring_in(people("J. Doe", organization="Acme", **shared))
    jane = Contact.objects.get()
    assert jane.name == "Jane Doe"
    assert jane.positions.get().organization.name == "Acme"
    assert batch.summary["counts"]["matched"] == 1


@pytest.mark.parametrize(
    ("shared", "reason"),
    [
        ({"email": "home@doe.example"}, "same-email-other-name"),
        ({"phone": "+1 312 555 0100"}, "same-phone-other-name"),
    ],
)
def test_an_identity_under_another_name_is_asked_about(people, bring_in, shared, reason):
    bring_in(people("Jane Doe", **shared))
    batch = bring_in(people("Tom Okafor", **shared))
    assert names() == ["Jane Doe", "Tom Okafor"]
    review = Review.objects.get()
    assert (review.reason, review.batch, review.state) == (reason, batch, "open")


def test_the_same_name_alone_is_asked_about(people, bring_in):
    bring_in(people("Jane Doe", email="jane@acme.example", organization="Acme"))
    bring_in(people("DOE, Jane", email="jd@home.example", organization="ACME Inc."))
    review = Review.objects.get()
    assert (review.reason, review.detail) == ("same-name", "same-organization")


def test_the_same_happens_within_one_file(people, bring_in):
    batch = bring_in(
        people("Jane Doe", email="jane@acme.example", line=1),
        people("Jane A. Doe", email="JANE@acme.example", phone="+1 312 555 0100", line=2),
        people("Jane Doe", email="other@x.example", line=3),
        people("Jane Doe", email="jane@acme.example", line=4),
    )
    assert len(names()) == 2
    assert (batch.summary["counts"]["new"], batch.summary["counts"]["matched"]) == (2, 2)
    assert Review.objects.get().reason == "same-name"


def test_two_profiles_in_one_list_are_two_people_of_one_name(people, bring_in):
    bring_in(people("John Smith", profile="john-1", line=1), people("John Smith", profile="john-2", line=2))
    assert len(names()) == 2
    assert not Review.objects.exists()


def test_a_chain_of_weak_links_joins_nobody(people, bring_in):
    bring_in(
        people("Jane Doe", email="doe@x.example", line=1),
        people("J. Doe", email="doe@x.example", phone="+1 312 555 0100", line=2),
        people("John Doe", email="doe@x.example", line=3),
        people("John Doe", phone="+1 312 555 0100", line=4),
    )
    assert "Jane Doe" in names()
    jane = Contact.objects.get(name="Jane Doe")
    assert not jane.provenance.filter(name__startswith="John").exists()


def test_a_record_that_fits_two_contacts_joins_one_and_asks_about_both(people, bring_in):
    bring_in(people("Jane Doe", email="jane@acme.example"), people("Jane A. Doe", phone="+1 312 555 0100"))
    Review.objects.all().delete()
    bring_in(people("Jane Doe", email="jane@acme.example", phone="+1 312 555 0100"))
    assert len(names()) == 2
    assert Review.objects.get().detail == "one-record"


def test_a_pair_kept_apart_is_not_asked_about_again(people, bring_in, now):
    one, other = people("Jane Doe", email="a@x.example"), people("Jane Doe", email="b@x.example")
    bring_in(one, other)
    keep_apart(Review.objects.get(), now=now)
    bring_in(one, other, people("Jane Doe", email="b@x.example", organization="Acme"))
    assert Review.objects.get().state == "kept_apart"
    assert len(names()) == 2


def test_a_switchboard_raises_no_questions(people, bring_in):
    staff = ["Ada Abara", "Bo Lind", "Cy Dubois", "Dee Haddad", "Eve Tan", "Fay Nowak", "Gus Kjær"]
    bring_in(*(people(name, phone="+1 312 555 0100", line=n) for n, name in enumerate(staff)))
    assert len(names()) == 7
    assert Review.objects.count() <= 6


def test_someone_known_by_an_address_alone_takes_the_name(people, bring_in):
    bring_in(people(email="jane@acme.example"))
    assert names() == ["jane@acme.example"]
    bring_in(people("Jane Doe", email="jane@acme.example"))
    jane = Contact.objects.get()
    assert (jane.name, jane.name_key) == ("Jane Doe", "doe jane")


def test_an_empty_record_is_skipped_and_counted(people, bring_in):
    batch = bring_in(people(), people("X"), people("王"))
    assert names() == ["X", "王"]
    assert batch.summary["skipped"] == {"empty": 1}


def test_what_the_user_typed_is_never_overwritten(people, bring_in, now):
    bring_in(people("Jane Doe", email="jane@acme.example", place="Chicago"))
    jane = Contact.objects.get()
    edit_contact(jane, name="Jane Smith", place="Berlin", notes="my own words", now=now)
    bring_in(
        people(
            "Jane Doe", email="jane@acme.example", place="Oslo", notes="from the file", birthday="1990-05-01"
        )
    )
    jane.refresh_from_db()
    assert (jane.name, jane.place, jane.birthday) == ("Jane Smith", "Berlin", "1990-05-01")
    assert jane.notes == "my own words\n\nfrom the file"


def test_the_same_rows_again_change_nothing(people, bring_in, moved_line):
    rows = [
        people("Jane Doe", email="jane@acme.example", organization="Acme", tags=("alumni",)),
        people("Tom Okafor", phone="+44 20 7946 0000", notes="climbs"),
        people("Tom Okafor"),
    ]
    bring_in(*rows)
    models = (Contact, ContactPoint, Position, Organization, Tagging, Provenance, Review)
    before = [sorted(map(repr, m.objects.values_list())) for m in models]
    batch = bring_in(*map(moved_line, rows))
    assert [sorted(map(repr, m.objects.values_list())) for m in models] == before
    assert batch.change is None
    assert batch.summary["counts"]["known"] == 3


def test_the_same_rows_change_nothing_after_a_merge_either(people, bring_in, now):
    rows = [people("Jane Doe", email="a@x.example"), people("Jane Doe", email="b@x.example")]
    bring_in(*rows)
    decide_review(Review.objects.get(), merge=True, now=now)
    batch = bring_in(*rows)
    assert len(names()) == 1
    assert batch.summary["counts"]["known"] == 2


def test_an_own_key_of_an_address_book_and_the_same_name_are_one(people, bring_in):
    uid = "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
    bring_in(people("Jane Doe", uid=uid))
    bring_in(people("Jane Doe", uid=uid, title="PM"))
    assert Contact.objects.get().positions.get().title == "PM"
    bring_in(people("Tom Okafor", uid=uid))
    assert names() == ["Jane Doe", "Tom Okafor"]


def connection(people, organization, title, **values):
    return people(
        "Jane Doe",
        profile="jane-doe",
        organization=organization,
        title=title,
        connected_on=date(2024, 3, 1),
        file="Connections.csv",
        **values,
    )


def test_a_connection_with_another_job_has_moved(people, bring_in):
    bring_in(connection(people, "Acme", "PM"))
    batch = bring_in(connection(people, "Globex", "Head of Product"))
    jobs = {job.organization.name: job.current for job in Position.objects.all()}
    assert jobs == {"Acme": False, "Globex": True}
    assert batch.summary["moved"] == [
        {
            "contact": Contact.objects.get().pk,
            "name": "Jane Doe",
            "from": "PM, Acme",
            "to": "Head of Product, Globex",
        }
    ]


def test_an_older_list_does_not_bring_the_old_job_back(people, bring_in, now):
    bring_in(connection(people, "Acme", "PM"))
    jane = Contact.objects.get()
    set_organization(jane, "Globex", title="Head of Product", now=now)
    bring_in(connection(people, "Acme", "PM", email="jane@home.example"))
    assert jane.positions.get(current=True).organization.name == "Globex"


def test_another_address_book_only_adds_a_job(people, bring_in):
    bring_in(people("Jane Doe", email="j@x.example", organization="Acme", title="PM"))
    bring_in(people("Jane Doe", email="j@x.example", organization="Night School", title="Teacher"))
    assert Position.objects.filter(current=True).count() == 2


def test_taking_an_archive_back_counts_the_others_alone(bring_in, people, now):
    own = OwnProfile(
        name=Name(given="Lina", family="Berg", formatted="Lina Berg"),
        source=Source(file="Profile.csv", line=2),
    )
    batch = bring_in(people("Jane Doe", email="jane@acme.example"), own=own)
    undone = importing.undo_import(batch, now=now)
    assert (undone.removed, undone.kept_count) == (1, 0)
    assert not Contact.objects.exists()


def test_the_archive_says_who_the_seeker_is(bring_in, people):
    own = OwnProfile(
        name=Name(given="Lina", family="Berg", formatted="Lina Berg"),
        source=Source(file="Profile.csv", line=2),
        headline="Analyst",
        emails=people(email="lina@home.example").emails,
        positions=(PositionRecord(organization="State University", title="BSc", school=True, ended="2020"),),
    )
    bring_in(people("Lina Berg", email="lina@home.example", phone="+1 312 555 0199"), own=own)
    lina = Contact.objects.get()
    assert lina.is_self
    assert (lina.name, lina.headline) == ("Lina Berg", "Analyst")
    assert lina.positions.get().school
    assert lina.points.filter(kind="phone").exists()
    bring_in(own=own)
    assert Contact.objects.count() == 1
    assert Position.objects.count() == 1


AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def test_messages_reach_whoever_they_were_with(people, touches, bring_in):
    batch = bring_in(
        people("Jane Doe", profile="jane-doe"),
        touches=[
            touches("Jane Doe", AT, other_url="https://www.linkedin.com/in/jane-doe"),
            touches("Jane Doe", AT.replace(tzinfo=None) + timedelta(days=1), out=False),
        ],
    )
    assert batch.summary["counts"]["touches_new"] == 2
    jane = Contact.objects.get()
    assert jane.touches.count() == 2


def test_someone_written_to_becomes_a_contact_and_a_stranger_does_not(touches, bring_in):
    batch = bring_in(
        touches=[
            touches("Jane Doe", AT, other_url="https://www.linkedin.com/in/jane-doe"),
            touches("A Recruiter", AT, out=False, other_url="https://www.linkedin.com/in/recruiter"),
        ]
    )
    assert names() == ["Jane Doe"]
    assert batch.summary["skipped"] == {"unknown-person": 1}


def test_a_name_two_people_have_is_not_guessed_at(people, touches, bring_in):
    batch = bring_in(
        people("Jane Doe", email="a@x.example"),
        people("Jane Doe", email="b@x.example"),
        touches=[touches("Jane Doe", AT)],
    )
    assert batch.summary["skipped"] == {"ambiguous-name": 1}


def test_a_note_becomes_a_note_of_the_contact_once(people, touches, bring_in):
    note = touches("Jane Doe", AT, kind="note", body="Met at PyCon")
    bring_in(people("Jane Doe"), touches=[note])
    bring_in(touches=[note])
    assert Contact.objects.get().notes == "2026-05-04: Met at PyCon"


def test_messages_and_events_again_are_known(people, touches, bring_in):
    rows = {
        "touches": [touches("Jane Doe", AT, other_url="https://www.linkedin.com/in/jane-doe")],
        "events": (EventRecord(name="PyCon", source=Source(file="Events.csv", line=2), at=AT),),
    }
    first, again = bring_in(**rows), bring_in(**rows)
    assert (first.summary["counts"]["touches_new"], first.summary["counts"]["events_new"]) == (1, 1)
    assert (again.summary["counts"]["touches_new"], again.summary["counts"]["events_new"]) == (0, 0)
    assert again.change is None


RECORDS = st.lists(
    st.tuples(
        st.sampled_from(["Jane Doe", "J. Doe", "John Doe", "Jane Smith", "Tom Okafor", ""]),
        st.sampled_from(["", "a@x.example", "b@x.example"]),
        st.sampled_from(["", "+1 312 555 0100", "+1 312 555 0101"]),
        st.sampled_from(["", "Acme", "Globex"]),
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=RECORDS)
def test_any_file_twice_is_the_file_once_and_undone_is_never(owner, people, bring_in, now, rows):
    Contact.objects.all().delete()
    Organization.objects.all().delete()
    records = [
        people(name, email=email, phone=phone, organization=place, line=line)
        for line, (name, email, phone, place) in enumerate(rows)
    ]
    batch = bring_in(*records)
    once = (names(), Provenance.objects.count(), Review.objects.count(), Position.objects.count())
    again = bring_in(*records)
    assert (names(), Provenance.objects.count(), Review.objects.count(), Position.objects.count()) == once
    assert again.change is None
    for first in Provenance.objects.all():
        for second in Provenance.objects.filter(contact=first.contact):
            assert {first.name, second.name} != {"Jane Doe", "John Doe"}
    if batch.change:
        undo(last_change(owner), now=now)
    assert (names(), Organization.objects.count(), Provenance.objects.count()) == ([], 0, 0)


def test_merged_people_are_matched_as_one(people, bring_in, now):
    bring_in(people("Jane Doe", email="a@x.example"), people("Jane Doe", email="b@x.example"))
    first, second = Contact.objects.order_by("pk")
    merge_contacts(first, second, now=now)
    bring_in(people("Jane Doe", email="b@x.example", title="PM"))
    assert len(names()) == 1
    assert first.positions.get().title == "PM"
