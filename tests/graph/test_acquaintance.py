"""Who of the people one knows know each other, from what was recorded alone."""

import random
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.graph.acquaintance import (
    WEIGHTS,
    Evidence,
    Letter,
    Stay,
    acquaintances,
    at_a_place,
    in_company,
    month_now,
    month_of,
    on_letters,
    stay,
)
from askwell.rules.decisions import because
from askwell.rules.explain import sentence
from askwell.rules.knowing import introduced, met, named

NOW = month_now(datetime(2026, 11, 23, tzinfo=UTC))
MAY = datetime(2026, 5, 3, tzinfo=UTC)
ANA, OMAR, JUN = 1, 2, 3


def was(person, started="", ended="", *, current=False, room=""):
    return stay(person, started=started, ended=ended, current=current, room=room, now=NOW)


def at_acme(*stays):
    found = acquaintances(at_a_place("Acme", [one for one in stays if one], now=NOW, weight=WEIGHTS.worked))
    return {(one.one, one.other): one for one in found}


def told(*stays):
    return [sentence(why) for one in at_acme(*stays).values() for why in one.why]


def test_about_some_people_is_what_of_all_concerns_them():
    chance = random.Random(4)  # noqa: S311
    rooms = ("", "Ward 3", "Ward 4")
    for people in (3, 12, 70):
        stays = [
            Stay(
                chance.randrange(people),
                since := chance.randrange(24_000, NOW),
                chance.choice((None, since + 30)),
                chance.choice(rooms),
            )
            for _ in range(2 * people)
        ]
        about = frozenset(chance.sample(range(people), 2))
        whole = acquaintances(at_a_place("Acme", stays, now=NOW, weight=0.5))
        part = acquaintances(at_a_place("Acme", stays, now=NOW, weight=0.5, about=about))
        told = [one for one in part if {one.one, one.other} & about]
        assert told
        assert told == [one for one in whole if {one.one, one.other} & about]
        assert len(part) == len(told)


@pytest.mark.parametrize(
    ("ana", "omar", "words"),
    [
        (("2019", "2023"), ("2021", "2024-06"), "Both at Acme 2021–2023"),
        (("2019-01", "2023-12-31"), ("2023-02-01", "2024"), "Both at Acme in 2023"),
    ],
)
def test_who_was_at_a_place_at_the_same_time_knows_each_other(ana, omar, words):
    assert told(was(ANA, *ana), was(OMAR, *omar)) == [words]


@pytest.mark.parametrize(
    ("ana", "omar"),
    [
        (("2019", "2021"), ("2021", "2024")),  # one left in the year the other came
        (("2019-01", "2021-03"), ("2021-04", "2024")),
        (("2015", "2012"), ("2011", "2016")),  # an end before the beginning
        (("2015", ""), ("2011", "2016")),  # gone, nobody knows when
        (("", "2015"), ("2011", "2016")),
        (("soon", "then"), ("2011", "2016")),
        (("2035", ""), ("2011", "2016")),
    ],
)
def test_what_is_not_known_to_be_together_is_no_tie(ana, omar):
    assert told(was(ANA, *ana), was(OMAR, *omar)) == []


def test_of_those_who_are_there_now_the_year_is_said_where_it_is_known():
    assert told(was(ANA, "2020", current=True), was(OMAR, "2022-02", current=True)) == [
        "Both at Acme since 2022"
    ]
    assert told(was(ANA, current=True), was(OMAR, "2022", current=True)) == ["Both at Acme now"]
    assert told(was(ANA, current=True), was(OMAR, "2022", "2024")) == []
    assert told(was(ANA, "2022", "2031"), was(OMAR, current=True)) == ["Both at Acme now"]


def test_the_longest_time_together_is_told_once():
    stays = was(ANA, "2010", "2012"), was(ANA, "2015", "2020"), was(OMAR, "2011", "2019")
    assert told(*stays) == ["Both at Acme 2015–2019"]


def test_longer_together_and_in_one_department_weighs_more():
    months = at_acme(was(ANA, "2020-01", "2020-12"), was(OMAR, "2020-10", "2021"))[ANA, OMAR].confidence
    years = at_acme(was(ANA, "2018", "2023"), was(OMAR, "2019", "2021"))[ANA, OMAR].confidence
    same = at_acme(was(ANA, "2018", "2023", room="it"), was(OMAR, "2019", "2021", room="it"))
    assert months < years == WEIGHTS.worked < same[ANA, OMAR].confidence


def test_in_a_crowd_one_knows_each_other_less_and_in_a_big_one_by_department_alone():
    few = at_acme(*(was(person, "2018", "2023") for person in range(1, 11)))
    many = at_acme(*(was(person, "2018", "2023") for person in range(1, 41)))
    assert len(few) == 45
    assert few[1, 2].confidence == 4 * many[1, 2].confidence
    rooms = [was(person, "2018", "2023", room="it" if person < 4 else "") for person in range(1, 61)]
    assert set(at_acme(*rooms)) == {(1, 2), (1, 3), (2, 3)}
    assert at_acme(*(was(person, "2018", "2023", room="it") for person in range(1, 61))) == {}


def test_letters_to_two_weigh_more_than_letters_to_many():
    def on(*people, times=1):
        letters = [Letter(frozenset(people), MAY)] * times
        return acquaintances(on_letters(letters))

    (once,) = on(ANA, OMAR)
    (often,) = on(ANA, OMAR, times=3)
    assert sentence(once.why[0]) == "On one letter together, on 2026-05-03"
    assert sentence(often.why[0]) == "On 3 letters together, the last on 2026-05-03"
    assert on(ANA, OMAR, JUN)[0].confidence < once.confidence < often.confidence
    assert on(ANA) == on(*range(1, 12)) == []
    assert on(ANA, OMAR, times=50)[0].confidence == on(ANA, OMAR, times=5)[0].confidence


def test_a_gathering_of_many_says_nothing():
    assert len(acquaintances(in_company(met("Spring fair"), [3, 1, 2, 2], weight=0.1))) == 3
    assert not list(in_company(met("Congress"), range(60), weight=0.1))


def test_the_weightiest_evidence_comes_first_and_nobody_knows_themself():
    evidence = [
        Evidence(OMAR, ANA, 0.1, met("Spring fair")),
        Evidence(ANA, OMAR, 0.8, named("Ana", "Omar")),
        Evidence(ANA, OMAR, 0.6, introduced()),
        Evidence(ANA, ANA, 0.9, introduced()),
    ]
    (one,) = acquaintances(evidence)
    assert [sentence(why) for why in one.why] == [
        "Ana told you of Omar",
        "You introduced them to each other",
        "You met both at Spring fair",
    ]
    assert one.confidence == pytest.approx(1 - 0.2 * 0.4 * 0.9)


WHY = [because("K07", "knows.met", event=name) for name in "abc"]
PIECES = st.lists(
    st.builds(Evidence, st.integers(1, 5), st.integers(1, 5), st.floats(0, 1), st.sampled_from(WHY)),
    max_size=20,
)


@given(PIECES)
def test_the_confidence_is_one_minus_the_product_of_the_doubts(pieces):
    found = acquaintances(pieces)
    pairs = [(one.one, one.other) for one in found]
    assert pairs == sorted({(min(p.one, p.other), max(p.one, p.other)) for p in pieces if p.one != p.other})
    for one in found:
        doubt = 1.0
        for piece in pieces:
            if {piece.one, piece.other} == {one.one, one.other}:
                doubt *= 1 - piece.weight
        assert one.confidence == pytest.approx(min(WEIGHTS.limit, 1 - doubt))


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 40), st.integers(0, 40), st.booleans()), max_size=12)
)
def test_a_tie_is_there_just_where_months_are_shared(rows):
    def month(number):
        return f"{2020 + number // 12}-{number % 12 + 1:02}"

    stays = [
        was(person, month(start), "" if now else month(end), current=now) for person, start, end, now in rows
    ]
    months = [(person, set(range(start, 90 if now else end + 1))) for person, start, end, now in rows]
    together = {
        (min(one, other), max(one, other))
        for (one, mine), (other, theirs) in combinations(months, 2)
        if one != other and mine & theirs
    }
    assert set(at_acme(*stays)) == together


def test_a_date_is_read_at_any_precision():
    assert month_of("2021") == 2021 * 12 + 6
    assert month_of("2021-03-05") == 2021 * 12 + 2
    assert month_of("2021-03", end=True) == 2021 * 12 + 3
    assert month_of("2021-99") == 2021 * 12 + 11
    assert month_of("--03-05") is None
