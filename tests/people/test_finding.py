"""Find anyone as you type."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from askwell.people import index
from askwell.people.actions import edit_contact, merge_contacts, remove_contacts, tag_contacts
from askwell.people.journal import last_change, undo
from askwell.people.models import SearchTerm
from askwell.people.queries import find, known_as, meant_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(add):
    return {
        "jane": add(
            "Jane van der Berg",
            emails=["jvdb@acme.example"],
            phones=["+1 312 555 0100"],
            urls=["https://www.linkedin.com/in/jvdb"],
            organization="Acme Robotics",
            title="Data Engineer",
            tags=["climbing"],
        ),
        "jürgen": add("Jürgen Müller", organization="Globex", connected_on=date(2020, 1, 1)),
        "jana": add("Jana Müller", connected_on=date(2024, 1, 1)),
        "wang": add("王小明", organization="東京大学"),
        "petrov": add("Иван Петров"),
        "ahmad": add("أحمد محمود"),
        "robert": add("Robert O'Brien-Smith", organization="Berg Ltd"),
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jan", {"jane", "jana"}),
        ("berg", {"jane", "robert"}),
        ("ber jan", {"jane"}),
        ("jane acm", {"jane"}),
        ("acme", {"jane"}),
        ("engineer", {"jane"}),
        ("CLIMB", {"jane"}),
        ("jvdb@ac", {"jane"}),
        ("acme.ex", {"jane"}),
        ("0100", {"jane"}),
        ("+1 312 555", {"jane"}),
        ("312-555-0100", {"jane"}),
        ("https://linkedin.com/in/jvdb/", {"jane"}),
        ("mull", {"jürgen", "jana"}),
        ("muell", {"jürgen", "jana"}),
        ("müller jür", {"jürgen"}),
        ("王", {"wang"}),
        ("小明", {"wang"}),
        ("大学", {"wang"}),
        ("петр", {"petrov"}),
        ("احمد", {"ahmad"}),
        ("obrien", {"robert"}),
        ("bob", {"robert"}),
        ("bob obr", {"robert"}),
        ("nobody", set()),
        ("", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_people_are_found_by_any_word_of_theirs(owner, network, typed, found):
    assert set(find(owner, typed)) == {network[name] for name in found}


def test_names_come_before_organizations_and_the_last_connected_first(owner, network):
    assert find(owner, "berg")[0] == network["jane"]
    assert find(owner, "müller") == [network["jana"], network["jürgen"]]


def test_no_more_than_asked_for_are_given(owner, network):
    assert len(find(owner, "j", limit=2)) == 2


def test_a_change_is_found_at_once_and_its_undoing_too(owner, network, now):
    jane = network["jane"]
    edit_contact(jane, name="Jane Holm", now=now)
    assert find(owner, "holm") == [jane]
    assert jane not in find(owner, "van der")
    undo(last_change(owner), now=now)
    assert find(owner, "holm") == []
    tag_contacts(owner, [jane], "Alumni", now=now)
    assert find(owner, "alum") == [jane]


def test_those_merged_away_or_removed_are_not_found(owner, network, now):
    merge_contacts(network["jana"], network["jürgen"], now=now)
    assert find(owner, "müller") == [network["jana"]]
    remove_contacts(owner, [network["jana"]], now=now)
    assert find(owner, "müller") == []


def test_rebuilding_the_index_changes_nothing(owner, network):
    before = set(SearchTerm.objects.values_list("contact", "term", "weight"))
    assert index.rebuild(owner) == len(network)
    assert set(SearchTerm.objects.values_list("contact", "term", "weight")) == before


def test_finding_asks_the_database_a_few_times_whatever_is_found(
    owner, network, django_assert_max_num_queries
):
    with django_assert_max_num_queries(7):
        for contact in find(owner, "j", points=True):
            [point.value for point in contact.points.all()]
            [job.organization for job in contact.positions.all()]


def test_a_prefix_is_answered_by_the_index_not_by_a_scan(owner, network):
    somebody = network["jane"].pk
    SearchTerm.objects.bulk_create(
        SearchTerm(owner=owner, contact_id=somebody, term=f"word{number}", weight=index.NAME)
        for number in range(5000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = SearchTerm.objects.for_owner(owner).filter(index.prefix("term", "jan"), weight=index.NAME)
    assert "people_term_prefix" in rows.values_list("contact_id", "weight").explain()


def test_whoever_may_be_meant_is_shown_before_adding(owner, network, add):
    same_name = add("JANE Berg")
    found = known_as(owner, name="Jane van der Berg", points=[("email", "JVDB@acme.example")])
    assert found == [network["jane"], same_name]
    assert known_as(owner, name="Nobody Here") == []


class TestWhomATextMeans:
    def meant(self, owner, text):
        return meant_by(owner, text, now=datetime(2026, 3, 2, tzinfo=UTC))

    def test_an_address_means_its_owner_whatever_the_name(self, owner, network):
        found = self.meant(owner, "J. Berg <JVDB@acme.example>")
        assert (found.known, found.new) == (network["jane"], False)
        assert self.meant(owner, "https://linkedin.com/in/jvdb").known == network["jane"]

    def test_an_address_of_nobody_is_somebody_new(self, owner, network):
        assert self.meant(owner, "Mei Lin <mei@acme.example>").new

    def test_an_address_of_nobody_under_a_known_name_is_asked_about(self, owner, network):
        found = self.meant(owner, "Jana Müller <jana@acme.example>")
        assert (found.people, found.known, found.new) == ((network["jana"],), None, False)

    def test_on_a_card_it_is_one_more_address_of_theirs(self, owner, network):
        card = "Jana Müller\nBuyer\njana@acme.example"
        assert self.meant(owner, card).known == network["jana"]

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("JÜRGEN müller", "jürgen"),
            (" jana müller ", "jana"),
            ("иван петров", "petrov"),
            ("王小明", "wang"),
        ],
    )
    def test_exactly_that_name_in_whatever_case(self, owner, network, typed, name):
        assert self.meant(owner, typed).known == network[name]

    @pytest.mark.parametrize("typed", ["Jana", "Müller Jana", "Jana Müller, buyer", "?!", ""])
    def test_another_name_is_nobody_known_and_not_yet_somebody_new(self, owner, network, typed):
        found = self.meant(owner, typed)
        assert (found.people, found.new) == ((), False)

    def test_of_two_namesakes_one_is_asked_which(self, owner, network, add):
        add("Jana Müller")
        found = self.meant(owner, "Jana Müller")
        assert (len(found.people), found.known, found.sure) == (2, None, False)

    def test_nobody_elses_people_are_meant(self, other_owner, network):
        assert self.meant(other_owner, "Jana Müller").people == ()


@pytest.mark.parametrize("typed", ["Kahterine", "katerine okonwo", "Okonkow", "Gloebx"])
def test_a_slip_of_the_hand_is_forgiven_where_nothing_else_is_found(owner, add, typed):
    add("Katherine Okonkwo", organization="Globex")
    add("Zoe Ng")
    assert [one.name for one in find(owner, typed)] == ["Katherine Okonkwo"]


def test_what_is_spelled_right_is_not_taken_for_a_slip(owner, add):
    add("Anna Berg")
    add("Anne Burg")
    assert [one.name for one in find(owner, "anna berg")] == ["Anna Berg"]
    assert find(owner, "Bxyz") == []
