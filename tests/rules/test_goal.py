import pytest

from askwell.rules.goal import check_goal
from askwell.rules.presets import choose

S4_VAGUE = (
    "I know I need to make a change from my current job in accounting, but I don't know if I want to go back to "
    "school to get a degree in finance or maybe move into marketing or just stay where I am."
)
GOOD = """
Supply-chain analyst in a hospital system, Chicago or remote
Paediatric nurse in Boston
Product manager in climate technology, Berlin
I want to become a UX researcher in public services, Edinburgh
Civil engineer working on flood protection, Rotterdam or Antwerp
High-school chemistry teacher in Ohio
Junior data analyst at a sports club, Manchester
Policy adviser for housing, Brussels
Brand manager in consumer goods
Investigative journalist on health, Nairobi
Software engineer in medical devices, Minneapolis
Museum curator for textile collections
Machine-learning engineer or data scientist in drug discovery, Basel
Financial controller at a mid-size manufacturer near Stuttgart
Marine biologist
Immigration lawyer, Toronto
Internship in investment banking, London
Grants officer for an environmental charity, Leeds
Warehouse operations lead in food retail, remote
Hospital pharmacist in Lagos
Sound designer for video games, Montreal or remote
I'd like to work as a school counsellor in rural Montana
Electrician in offshore wind, Aberdeen
Head of communications for a university
Entry-level actuary in life insurance, Zurich
Technical writer for open-source databases, anywhere in Europe
Human resources manager in hospitality, Lisbon
Dispute-resolution mediator in Trois-Rivières
Data engineer in agriculture remote
UX writing in healthcare
Product marketing for textile mills, Porto
Ornithologist in wetland conservation, Norfolk
Midwife-sonographer in Leeds
Restorer-conservator for church organs, Freiberg or Gdynia
""".strip().splitlines()
BAD = """
A good job
Something in marketing
Anything with people
I want to make a change
Nurse, teacher or paramedic
Marketing or sales or consulting or law
Manager
Data analyst
I'm open to new opportunities
To work for a big company in Chicago
Not sure yet, maybe finance
A better job with better pay in London
Software engineer in Berlin
Project manager at a good company
Whatever pays well
I think I might like design
A role in the field
Healthcare
Work with animals
Finance, consulting, tech or government
Dream job at a famous company
New York
Marketing in London
I would really quite enjoy teaching in schools
Be happy
Leadership
""".strip().splitlines()


@pytest.mark.parametrize("text", GOOD)
def test_a_clear_goal_passes(text):
    checked = check_goal(text)
    assert checked.clear, checked
    assert checked.role
    assert checked.field


@pytest.mark.parametrize("text", [*BAD, S4_VAGUE, "", "  . "])
def test_a_vague_goal_fails(text):
    assert not check_goal(text).clear


def test_s4s_own_example_fails_for_every_reason_at_once():
    keys = {finding.text for finding in check_goal(S4_VAGUE).findings}
    assert keys == {"goal.too_long", "goal.too_many_paths", "goal.unsure", "goal.no_role"}


def test_the_seeds_good_goal_is_read_into_its_parts():
    checked = check_goal("Supply-chain analyst in a hospital system, Chicago or remote")
    assert (checked.role, checked.field, checked.place) == (
        "Supply-chain analyst",
        "hospital system",
        "Chicago or remote",
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "goal.empty"),
        ("Nurse, teacher or paramedic in Leeds", "goal.too_many_paths"),
        ("Maybe a nurse on a children's ward", "goal.unsure"),
        ("Work in insurance", "goal.no_role"),
        ("Project manager, Leeds", "goal.no_field"),
        ("Nurse " + "on a very quiet ward " * 6, "goal.too_long"),
    ],
)
def test_each_finding_has_its_cause(text, key):
    assert key in {finding.text for finding in check_goal(text).findings}


def test_two_paths_may_stand_side_by_side():
    assert check_goal("Product manager or product owner in logistics, Hamburg").clear


def test_a_place_is_known_without_a_comma_and_without_a_list():
    assert check_goal("Veterinary nurse for horses near Newmarket").place == "Newmarket"
    assert check_goal("Geologist for tunnels, Ulm").place == "Ulm"


def test_the_number_of_words_is_the_presets():
    assert not check_goal(GOOD[0], preset=choose("askwell", goal_max_words=5)).clear
