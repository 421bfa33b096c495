"""People added, edited, tagged, employed and removed by hand; every step can be undone."""

import pytest

from askwell.people import actions
from askwell.people.actions import NewContact, add_contact, add_from_text, edit_contact, remove_contacts
from askwell.people.errors import BadField
from askwell.people.journal import last_change, undo
from askwell.people.models import Contact, ContactPoint, Organization, PointKind, Position, Tag, Tagging

pytestmark = pytest.mark.django_db


def test_someone_is_added_with_all_that_is_known(owner, now):
    new = NewContact(
        name="Dr. Jane van der Berg",
        emails=["Jane@Acme.example"],
        phones=["312 555 0100"],
        urls=["https://www.linkedin.com/in/jvdb/"],
        organization="Acme, Inc.",
        title="Data Engineer",
        tags=["climbing", "Climbing", "alumni"],
        default_country="US",
    )
    jane = add_contact(owner, new, now=now)
    assert (jane.prefix, jane.given, jane.family) == ("Dr.", "Jane", "van der Berg")
    assert jane.name_key == "berg jane"
    assert set(jane.points.values_list("kind", "norm")) == {
        ("email", "jane@acme.example"),
        ("phone", "+13125550100"),
        ("url", "linkedin.com/in/jvdb"),
    }
    assert jane.positions.get().organization.key == "acme"
    assert Tag.objects.count() == 2


def test_adding_can_be_undone(owner, add, now):
    add("Jane Doe", organization="Acme", tags=["alumni"], emails=["jane@acme.example"])
    undo(last_change(owner), now=now)
    for model in (Contact, ContactPoint, Organization, Position, Tag, Tagging):
        assert not model.objects.exists()


def test_a_contact_needs_a_name(add):
    with pytest.raises(BadField) as error:
        add("   ")
    assert (error.value.field, error.value.problem) == ("name", "empty")


def test_a_new_name_brings_new_keys(add, now):
    jane = add("Jane Doe")
    assert edit_contact(jane, name="Jane Smith", now=now)
    jane.refresh_from_db()
    assert (jane.family, jane.sort_key, jane.name_key) == ("Smith", "smith jane", "jane smith")


def test_editing_to_the_same_changes_nothing(owner, add, now):
    jane = add("Jane Doe", notes="likes tea")
    before = last_change(owner)
    assert not edit_contact(jane, notes="likes tea", now=now)
    assert last_change(owner) == before


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [("closeness", 6, "not-1-to-5"), ("is_self", True, "unknown"), ("place", "x" * 201, "too-long")],
)
def test_a_value_that_cannot_be_right_is_refused(add, now, column, value, problem):
    jane = add("Jane Doe")
    with pytest.raises(BadField) as error:
        edit_contact(jane, now=now, **{column: value})
    assert error.value.problem == problem


def test_several_are_removed_at_once_and_come_back_whole(owner, add, now):
    people = [add(name, organization="Acme", tags=["alumni"]) for name in ("Jane Doe", "Tom Okafor")]
    rows = sorted(Contact.objects.values_list()), sorted(Position.objects.values_list())
    assert remove_contacts(owner, people, now=now) == 2
    assert not Contact.objects.exists()
    undo(last_change(owner), now=now)
    assert (sorted(Contact.objects.values_list()), sorted(Position.objects.values_list())) == rows
    assert Tagging.objects.count() == 2


def test_a_tag_is_given_to_many_and_taken_again(owner, add, now):
    people = [add("Jane Doe"), add("Tom Okafor")]
    assert actions.tag_contacts(owner, people, " #Alumni ", now=now) == 2
    assert actions.tag_contacts(owner, people, "alumni", now=now) == 0
    assert Tag.objects.get().name == "Alumni"
    assert actions.untag_contacts(owner, people[:1], "ALUMNI", now=now) == 1
    assert Tagging.objects.get().contact == people[1]
    actions.untag_contacts(owner, people, "alumni", now=now)
    assert not Tag.objects.exists()
    undo(last_change(owner), now=now)
    assert Tagging.objects.get().contact == people[1]


def test_renaming_a_tag_onto_another_makes_them_one(owner, add, now):
    jane, tom = add("Jane Doe", tags=["alumni", "climbing"]), add("Tom Okafor", tags=["climber"])
    climber = Tag.objects.get(name="climber")
    actions.rename_tag(climber, "Climbing", now=now)
    assert set(Tagging.objects.values_list("contact", "tag__name")) == {
        (jane.pk, "alumni"),
        (jane.pk, "climbing"),
        (tom.pk, "climbing"),
    }
    undo(last_change(owner), now=now)
    assert Tagging.objects.get(contact=tom).tag.name == "climber"


def test_a_new_organization_ends_the_old_job(add, now):
    jane = add("Jane Doe", organization="Acme", title="PM")
    actions.set_organization(jane, "Globex GmbH", title="Head of Product", now=now)
    jobs = {job.organization.name: (job.title, job.current) for job in jane.positions.all()}
    assert jobs == {"Acme": ("PM", False), "Globex GmbH": ("Head of Product", True)}


def test_the_same_organization_in_another_spelling_is_the_same_job(add, now):
    jane = add("Jane Doe", organization="Acme", title="PM")
    actions.set_organization(jane, "ACME Inc.", now=now)
    assert jane.positions.get().title == "PM"
    assert Organization.objects.count() == 1


def test_a_person_may_have_several_jobs_and_schools(add, now):
    jane = add("Jane Doe", organization="Acme", title="PM")
    actions.add_position(
        jane, organization="Night School", title="MBA", school=True, ended="2019", current=False, now=now
    )
    actions.add_position(jane, organization="Globex", title="Board member", now=now)
    assert jane.positions.count() == 3
    with pytest.raises(BadField):
        actions.add_position(jane, now=now)


def test_the_same_address_is_not_added_twice(add, now):
    jane = add("Jane Doe", emails=["jane@acme.example"])
    actions.add_point(jane, PointKind.EMAIL, "JANE@acme.example", label="work", now=now)
    assert jane.points.get().label == "work"


def test_a_preferred_address_takes_the_place_of_the_one_before(add, now):
    jane = add("Jane Doe", emails=["jane@acme.example", "jane@home.example"])
    first, second = jane.points.order_by("pk")
    actions.prefer_point(first, now=now)
    actions.prefer_point(second, now=now)
    assert list(jane.points.filter(preferred=True)) == [second]


def test_a_dead_address_lives_again_when_corrected(add, now):
    jane = add("Jane Doe", emails=["jane@acme.exmaple"])
    point = jane.points.get()
    actions.mark_invalid(point, now=now)
    assert jane.points.get().invalid_since == now
    actions.edit_point(point, value="jane@acme.example", now=now)
    assert jane.points.get().invalid_since is None


def test_a_text_that_is_no_address_is_refused(add, now):
    with pytest.raises(BadField):
        actions.add_point(add("Jane Doe"), PointKind.EMAIL, "ask her", now=now)


def test_one_pasted_line_adds_someone_once(owner, now):
    jane, added = add_from_text(owner, "Jane Doe, PM at Acme, jane@acme.example", now=now)
    assert added
    assert jane.positions.get().organization.name == "Acme"
    again, added = add_from_text(owner, "J. Doe <JANE@acme.example>", now=now)
    assert (again, added) == (jane, False)


def test_a_text_without_anybody_is_refused(owner, now):
    with pytest.raises(BadField):
        add_from_text(owner, "--", now=now)


def test_a_meeting_is_remembered(owner, now):
    jane, _added = add_from_text(owner, "met Jane Doe, PM at Acme, at PyCon yesterday", now=now)
    assert jane.how_met == "at PyCon, 22 November 2026"
