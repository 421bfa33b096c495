"""Who is the same person: found in odd spellings, and two people never joined by a chain."""

import random
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from askwell.graph.same_person import fields as f
from askwell.graph.same_person import normalise
from askwell.graph.same_person.alike import SCRATCH, edits, levels
from askwell.graph.same_person.blocking import pairs_of
from askwell.graph.same_person.cells import hashes_of, joined, numbered
from askwell.graph.same_person.resolving import _resolved, _resolved_as_written, resolve
from askwell.graph.same_person.rosters import roster_of
from askwell.graph.same_person.scoring import learnt, workspace


def clusters(rows, **more):
    """Resolve rows given as dictionaries."""
    names = {name for row in rows for name in row}
    return resolve({name: [row.get(name, "") for row in rows] for name in names}, **more).clusters.tolist()


def level(field, one, other):
    roster = roster_of({field: [one, other]})
    work = workspace()
    levels((roster, roster), (0, 1), work)
    return int(work[0][f.NAMES.index(field)])


class TestOnePersonInTwoSpellings:
    def test_a_short_form_a_slip_and_names_exchanged(self):
        email = "ana.lopez@acme.example"
        rows = [
            {"given": "Elizabeth", "family": "van der Berg", "email": "e.berg@acme.example"},
            {"given": "Liz", "family": "Berg", "email": "E.Berg@acme.example"},
            {"given": "Ana", "family": "López", "email": email},
            {"given": "Lopez", "family": "Ana", "email": email},
            {"given": "Anna", "family": "Lopes", "email": email},
            {"given": "Karl", "family": "Huber", "email": "karl@acme.example"},
        ]
        assert clusters(rows) == [1, 1, 2, 2, 2, 3]

    def test_a_whole_name_is_cut_as_it_is_written(self):
        rows = [
            {"name": "DOE, Jane"},
            {"name": "Jane Doe, PhD"},
            {"name": "Dr. Jane Doe"},
            {"name": "王小明"},
        ]
        assert clusters(rows) == [1, 1, 1, 2]

    def test_somebody_who_moved_and_changed_jobs_is_known_by_birthday_and_name(self):
        rows = [
            {"name": "Mirela Oduya", "birthday": "1980-03-01", "place": "Chicago", "organization": "Acme"},
            {"name": "Mirela Oduya", "birthday": "1980-03-01", "place": "Utrecht", "organization": "Boreal"},
        ]
        assert clusters(rows) == [1, 1]

    def test_why_is_told_weightiest_first_and_what_differs_too(self):
        found = resolve(
            {
                "given": ["Robert", "Bob"],
                "family": ["Quill", "Quill"],
                "phone": ["+1 312 555 0188", "(312) 555-0188 ext. 4"],
                "place": ["Boston", "Denver"],
            }
        )
        assert found.reasons[found.reason_of[0]] == [
            "same phone number",
            "same family name",
            "another form of the given name",
            "different place",
        ]
        assert found.probabilities[0] > 0.95


class TestTwoPeople:
    def test_a_bare_initial_joins_one_of_two_and_never_both(self):
        both = {"family": "Doe", "organization": "Acme", "phone": "312 555 0100"}
        rows = [
            {"given": "Jane", "birthday": "1980-01-02", **both},
            {"given": "J", **both},
            {"given": "John", "birthday": "1951-12-30", **both},
        ]
        found = clusters(rows)
        assert found[0] != found[2]

    def test_a_household_shares_all_but_its_given_names(self):
        home = {
            "family": "Okafor",
            "street": "5 Mill Road",
            "postcode": "60601",
            "place": "Chicago",
            "phone": "312 555 0100",
        }
        assert clusters([{"given": "Ngozi", **home}, {"given": "Emeka", **home}]) == [1, 2]

    def test_numbers_that_begin_alike_in_a_small_file_join_nobody(self):
        given = ["Arun", "Omar", "Idris", "Luis", "Peter", "Noah"]
        rows = [
            {
                "given": given[at % 6],
                "family": f"{chr(65 + at % 26)}{'aeiou'[at % 5]}l{'mnrst'[at // 26]}ek",
                "place": ["Seattle", "Chicago", "Boston"][at // 6 % 3],
                "phone": f"+1312555{at * 37 % 10000:04d}",
                "organization": f"House of {chr(75 + at % 11)}{'oua'[at % 3]}rd",
            }
            for at in range(120)
        ]
        assert len(set(clusters(rows))) == 120

    def test_whom_somebody_keeps_apart_stays_apart(self):
        rows = [{"name": "Jane Doe", "email": "jane@acme.example"}] * 3
        assert clusters(rows) == [1, 1, 1]
        found = clusters(rows, apart=[(0, 1), (0, 2)])
        assert found[0] not in found[1:]
        assert found[1] == found[2]

    def test_a_pair_kept_apart_is_not_asked_about_again(self):
        rows = {"given": ["Jane", "Jane"], "family": ["Doe", "Doe"], "place": ["Boston", "Denver"]}
        assert all(pair[:2] != (0, 1) for pair in resolve(rows, apart=[(0, 1)]).doubts)


class TestLearning:
    @pytest.mark.parametrize(("made_of_names", "least", "most"), [(True, 0.0, 4.0), (False, 6.0, 8.0)])
    def test_an_address_made_of_the_name_says_little_of_namesakes(self, made_of_names, least, most):
        chance = random.Random(5)  # noqa: S311
        names = [f"{first}{last}" for first in ("mo", "ta", "re", "lu") for last in ("nis", "vek", "dar")]
        rows = []
        for number in range(3000):
            given, family = chance.choice(names), chance.choice(names)
            local = f"{given}.{family}" if made_of_names else f"member{number:05}"
            email = f"{local}@{chance.choice(['post', 'mail'])}.example"
            birthday = (
                f"{chance.randrange(1940, 2004)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            )
            rows.append({"given": given, "family": family, "email": email, "birthday": birthday})
        rows += [dict(row, given=row["given"][:-1]) for row in rows[:900]]
        roster = roster_of({name: [row[name] for row in rows] for name in rows[0]})
        assert least <= learnt(roster, pairs_of(roster)).named <= most


class TestOddFiles:
    def test_no_rows_and_empty_rows_are_answered(self):
        assert clusters([]) == []
        assert resolve({}).clusters.tolist() == []
        assert clusters([{"name": ""}, {"name": " ,;- "}, {"name": "🚀"}]) == [1, 2, 3]

    def test_the_same_row_a_thousand_times_is_one_person(self):
        rows = [{"name": "Jane Doe", "email": "jane@acme.example"}] * 1000 + [{"name": "Karl Huber"}]
        found = clusters(rows)
        assert set(found[:1000]) == {1}
        assert found[1000] == 2

    def test_everybody_born_on_one_day_is_still_many(self):
        rows = [
            {"name": f"{first} {last}", "birthday": "1970-01-01"}
            for first in ["Ana", "Ben", "Cleo", "Dora"]
            for last in ["Adler", "Brown", "Cruz", "Dietz"]
        ]
        assert len(set(clusters(rows))) == 16

    def test_identical_titles_name_nobody_and_make_no_pairs(self):
        roster = roster_of({"title": ["Engineer"] * 5000})
        assert len(pairs_of(roster)) == 0

    def test_a_huge_block_is_compared_with_neighbours_only(self):
        roster = roster_of({"given": ["John"] * 5000, "family": ["Smith"] * 5000})
        assert len(pairs_of(roster)) <= 5000 * 4

    def test_of_a_frequent_name_and_place_those_are_compared_who_share_more(self):
        john = {"given": "John", "family": "Smith", "place": "Leeds"}
        rows = [{**john, "organization": f"Works {n:06}"} for n in range(40_000)]
        rows[123] = {**john, "organization": "Boreal"}
        rows[39_000] = {**john, "organization": "Boreal"}
        roster = roster_of({name: [row[name] for row in rows] for name in rows[0]})
        pairs = set(map(tuple, pairs_of(roster).tolist()))
        assert (123, 39_000) in pairs
        assert len(pairs) <= 40_000 * 2 * 2

    def test_a_name_of_ten_thousand_letters_is_compared_by_its_beginning(self):
        rows = [
            {"name": "x" * 10_000, "email": "a@acme.example"},
            {"name": "x" * 10_000, "email": "a@acme.example"},
        ]
        assert clusters(rows) == [1, 1]

    @settings(deadline=None, max_examples=60)
    @given(
        st.lists(
            st.fixed_dictionaries(
                {
                    name: st.text(max_size=12)
                    for name in ("name", "email", "phone", "birthday", "year", "street", "url")
                }
            ),
            max_size=8,
        )
    )
    def test_no_text_whatever_makes_it_raise(self, rows):
        found = clusters(rows)
        assert len(found) == len(rows)
        assert sorted(set(found)) == list(range(1, len(set(found)) + 1))


class TestLevels:
    @pytest.mark.parametrize(
        ("field", "one", "other", "wanted"),
        [
            ("given", "Katherine", "Kate", f.ALIAS),
            ("given", "Jane", "J.", f.WEAK),
            ("given", "Jane", "Jnae", f.NEAR),
            ("given", "Jane", "Otto", f.DIFFER),
            ("family", "O'Brien", "OBrien", f.EXACT),
            ("family", "García López", "Garcia", f.ALIAS),
            ("email", "j.doe+news@acme.example", "j.doe@acme.example", f.EXACT),
            ("email", "jane.doe@acme.example", "jane_doe@post.example", f.ALIAS),
            ("phone", "+49 171 1234567", "0171 / 123 45 67", f.EXACT),
            ("birthday", "1980-03-01", "03.01.1980", f.ALIAS),
            ("birthday", "1980-03-01", "1980-03-02", f.NEAR),
            ("birthday", "1980-03-01", "--03-01", f.NEAR),
            ("birthday", "1980-03-01", "1944-12-25", f.DIFFER),
            ("street", "12 Mill St", "12 Mill Street", f.EXACT),
            ("organization", "Acme Corp.", "The ACME Corporation", f.EXACT),
            ("year", "2009", "2010", f.NEAR),
            ("postcode", "SW1A 1AA", "sw1a1aa", f.EXACT),
            ("place", "", "Boston", f.MISSING),
        ],
    )
    def test_two_values_stand_at_a_level(self, field, one, other, wanted):
        assert level(field, one, other) == wanted

    @settings(deadline=None, max_examples=300)
    @given(
        st.text("abcdef", min_size=1, max_size=14),
        st.text("abcdef", min_size=1, max_size=14),
        st.integers(1, 3),
    )
    def test_edits_are_those_of_another_library(self, one, other, most):
        roster = roster_of({"organization": [f"x{one}", f"x{other}"]})
        x, y = roster.values[roster.rows[0, f.ORGANIZATION]], roster.values[roster.rows[1, f.ORGANIZATION]]
        found = edits((x, roster.data), (y, roster.data), most, np.zeros(SCRATCH, np.int64))
        wanted = OSA.distance(f"x{one}", f"x{other}")
        assert found == wanted if wanted <= most else found > most


class TestNumbering:
    @settings(deadline=None)
    @given(st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]), max_size=5)))
    def test_equal_texts_have_equal_numbers_in_order_of_appearance(self, texts):
        codes, firsts = numbered(hashes_of(*joined(texts)))
        known: dict[str, int] = {}
        wanted = [known.setdefault(text, len(known) + 1) if text else 0 for text in texts]
        assert codes.tolist() == wanted
        assert [texts[row] for row in firsts[1:]] == list(known)


class TestHeaders:
    def test_columns_are_known_by_their_usual_names(self):
        headers = [
            "given_name",
            "surname",
            "street_number",
            "address_1",
            "suburb",
            "postcode",
            "state",
            "date_of_birth",
            "soc_sec_id",
        ]
        wanted = ["given", "family", "house", "street", "place", "postcode", "region", "birthday", "number"]
        assert [f.field_of_header(header) for header in headers] == wanted
        assert f.field_of_header("Full Name") == f.WHOLE_NAME
        assert [f.is_key(header) for header in ("rec_id", "ID", "uuid", "place")] == [True, True, True, False]

    def test_every_field_has_beliefs_that_add_up(self):
        for field in f.FIELDS:
            assert abs(sum(field.same) - 1) < 1e-9, field.name
            assert 0 < sum(field.strangers) < 1, field.name


def test_the_order_of_rows_does_not_change_who_is_one_person():
    rows = [{"given": g, "family": n, "email": e} for g, n, e in PEOPLE]
    mixed = list(range(len(rows)))
    random.Random(3).shuffle(mixed)  # noqa: S311
    straight, turned = clusters(rows), clusters([rows[place] for place in mixed])
    of_turned = dict(zip(mixed, turned, strict=True))
    for one in range(len(rows)):
        for other in range(len(rows)):
            assert (straight[one] == straight[other]) == (of_turned[one] == of_turned[other])


PEOPLE = [
    ("Jane", "Doe", "jane@acme.example"),
    ("J", "Doe", "jane@acme.example"),
    ("Karl", "Huber", "karl@acme.example"),
    ("Carl", "Huber", "karl@acme.example"),
    ("Ana", "Cruz", ""),
    ("Ben", "Adler", "ben@post.example"),
    ("Benjamin", "Adler", "ben@post.example"),
]


def test_exchanged_names_are_compared_though_one_is_a_short_form():
    roster = roster_of({"given": ["lucy", "fitzpatrick"], "family": ["fitzpatrick", "lucy"]})
    assert pairs_of(roster).tolist() == [[0, 1]]


def test_two_in_one_house_of_one_postcode_are_compared():
    columns = {"family": ["berg", "osei"], "house": ["95", "95"], "postcode": ["60601", "60601"]}
    assert pairs_of(roster_of(columns)).tolist() == [[0, 1]]


@pytest.mark.parametrize(
    ("street", "locality", "same"),
    [
        ("Old Mill House", "12 Harbour Lane", True),
        ("Old Mill House", "12 Harbuor Lane", True),
        ("Old Mill House", "12 Station Road", False),
        ("Old Mill House", "", False),
    ],
)
def test_the_lines_of_an_address_are_known_the_other_way_round(street, locality, same):
    columns = {"street": ["12 Harbour Lane", street], "locality": ["Old Mill House", locality]}
    roster, work = roster_of(columns), workspace()
    levels((roster, roster), (0, 1), work)
    assert (work[0][f.STREET] == work[0][f.LOCALITY] == f.ALIAS) == same


def test_how_rare_a_value_is_counts_others_who_have_it():
    names = [f"name{number}" for number in range(20_000)]
    roster = roster_of({"family": [*names, "name0", *["berg"] * 5]})
    rarity = {
        value: roster.values[roster.rows[row, f.FAMILY]].rarity for row, value in ((0, 2), (9, 1), (-1, 5))
    }
    assert rarity[2] == rarity[1] < rarity[5]
    assert rarity[5] == pytest.approx(np.log(4 / 20_006), abs=0.05)


def test_sounds_and_cuts_are_total():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert normalise.sound("") == ""
        assert normalise.cut_name("") == normalise.Cut("", "", "")
        assert normalise.cut_name("Cher").family == "cher"


def people(*, given, family, gone=""):
    """Rows of people who share names, addresses, days and places; any of it may be missing or odd."""
    return st.fixed_dictionaries(
        {
            "name": st.tuples(given, family).map(" ".join),
            "email": st.one_of(
                st.just(gone), st.tuples(given, family).map(lambda of: f"{of[0]}@{of[1]}.example")
            ),
            "phone": st.sampled_from([gone, "+1 312 555 0101", "(312) 555-0102", "0101"]),
            "birthday": st.sampled_from([gone, "1961-02-11", "1961-11-02", "1999"]),
            "postcode": st.sampled_from([gone, "60601", "60602"]),
            "place": st.sampled_from([gone, "Chicago", "12 High St, Leeds"]),
            "url": st.sampled_from([gone, "https://linkedin.com/in/ana", "linkedin.com/in/ben/"]),
            "year": st.sampled_from([gone, "1990", "1991", "2003"]),
            "organization": st.sampled_from([gone, "Mercy Hospital", "Mercy Hosp.", "North"]),
            "title": st.sampled_from([gone, "nurse", "Senior Nurse"]),
        }
    )


GIVEN = st.sampled_from(["Ana", "Anna", "Benjamin", "Ben", "José", "李", "Maria-Luisa", "Dr. Karl", ""])
FAMILY = st.sampled_from(["Okafor", "Berg", "van der Haddad", "O'Neil", "x" * 300, ""])


@settings(max_examples=60, deadline=None)
@given(st.lists(people(given=GIVEN, family=FAMILY), max_size=20))
def test_loops_compiled_and_as_they_were_written_find_the_same_people(rows):
    columns = {name: [row[name] for row in rows] for name in (rows or [{}])[0]}
    by_hand, at_once = _resolved_as_written(columns, ()), _resolved(columns, ())
    for one, other in zip(by_hand, at_once, strict=True):
        np.testing.assert_equal(one, other)
