"""Seekers and volunteers by name: arcs from topics, pairs with their reasons."""

from random import Random

from askwell.graph.pairs import Arc, Pair, Seeker, Volunteer, by_topics, pair_up

ANA, BEN, CY = "Ana", "Ben", "Cy"
INES, JON, KIM = "Inês", "Jon", "Kim"


def why(answer, name):
    return next(pair.why for pair in answer.pairs if pair.seeker == name)


def test_topics_make_arcs_with_the_share_of_what_was_asked_about():
    seekers = [Seeker(ANA, frozenset({"triage", "wards"})), Seeker(BEN, frozenset({"law"}))]
    volunteers = [
        Volunteer(INES, frozenset({"wards", "triage", "law"})),
        Volunteer(JON, frozenset({"wards"})),
    ]
    assert sorted(by_topics(seekers, volunteers), key=lambda arc: (arc.seeker, arc.volunteer)) == [
        Arc(ANA, INES, 1.0, ("triage", "wards")),
        Arc(ANA, JON, 0.5, ("wards",)),
        Arc(BEN, INES, 1.0, ("law",)),
    ]


def test_who_does_not_offer_what_is_needed_is_no_choice():
    seekers = [Seeker(ANA, frozenset({"wards"}), needs=frozenset({"German"}))]
    volunteers = [
        Volunteer(INES, frozenset({"wards"}), offers=frozenset({"German", "video"})),
        Volunteer(JON, frozenset({"wards"}), offers=frozenset({"video"})),
    ]
    assert [arc.volunteer for arc in by_topics(seekers, volunteers)] == [INES]


def test_a_pair_says_why():
    answer = pair_up(
        [Arc(ANA, INES, 0.9, ("triage",)), Arc(BEN, INES, 0.8), Arc(BEN, JON, 0.3), Arc(CY, INES, 0.7)],
        {INES: 1, JON: 2},
    )
    assert answer.pairs == (
        Pair(ANA, INES, 0.9, "The only one who suits. In common: triage."),
        Pair(BEN, JON, 0.3, "Number 2 of the 2 who suit: the places of Inês (0.8) do more for others."),
        Pair(
            CY,
            None,
            0.0,
            "Inês, the only one who would suit, has no place left: each does more for somebody else.",
        ),
    )
    assert answer.loads == {INES: 1, JON: 1}
    assert answer.proof.gap == 0


def test_of_many_who_would_be_better_two_are_named():
    others = [Arc(f"Other {n}", name, 1.0) for n, name in enumerate((INES, JON, KIM))]
    mine = [Arc(ANA, INES, 0.9), Arc(ANA, JON, 0.9), Arc(ANA, KIM, 0.6), Arc(ANA, "Lou", 0.5)]
    answer = pair_up(others + mine, {})
    assert why(answer, ANA) == (
        "Number 4 of the 4 who suit: the places of Inês (0.9), Jon (0.9) and 1 more do more for others."
    )
    assert why(answer, "Other 0") == "The only one who suits."


def test_the_best_of_several_is_called_so():
    assert why(pair_up([Arc(ANA, INES, 0.9), Arc(ANA, JON, 0.5)], {}), ANA) == "Suits best, of 2."


def test_who_has_nobody_is_told_what_was_in_the_way():
    answer = pair_up(
        [Arc(ANA, INES, 0.9), Arc(ANA, JON, 0.9), Arc(BEN, KIM, 0.5)], {INES: 0, JON: 0, KIM: 0}, also=[CY]
    )
    assert why(answer, ANA) == "The 2 who would suit have no place to give."
    assert why(answer, BEN) == "Kim, the only one who would suit, has no place to give."
    assert why(answer, CY) == "Nobody was named who would suit."


def test_whoever_has_no_place_keeps_none_for_others():
    arcs = [Arc(ANA, INES, 0.9), Arc(ANA, KIM, 0.8), Arc(ANA, JON, 0.5), Arc(BEN, KIM, 0.95)]
    assert why(pair_up(arcs, {INES: 0}), ANA) == (
        "Number 3 of the 3 who suit: the places of Kim (0.8) do more for others; Inês (0.9) has no place to give."
    )
    assert why(pair_up(arcs, {INES: 0, KIM: 0}), ANA) == (
        "Number 3 of the 3 who suit: Inês (0.9), Kim (0.8) have no place to give."
    )


def test_a_spread_load_says_what_it_costs():
    arcs = [Arc(ANA, INES, 0.9), Arc(ANA, JON, 0.85), Arc(BEN, INES, 0.9)]
    answer = pair_up(arcs, {INES: 2, JON: 2}, spread=True)
    assert answer.loads == {INES: 1, JON: 1}
    assert why(answer, ANA) == (
        "Number 2 of the 2 who suit: the places of Inês (0.9) are kept for others."
        " Where only the total counts it would be Inês (0.9); with the load spread, nobody gets less than 80% of that."
    )
    assert why(answer, BEN) == "The only one who suits."


def test_more_places_than_fit_in_a_number_are_enough_for_everybody():
    answer = pair_up([Arc(ANA, INES, 0.9), Arc(BEN, INES, 0.8)], {INES: 10**30})
    assert answer.loads == {INES: 2}


def test_the_order_of_the_arcs_changes_nothing():
    chance = Random(4)  # noqa: S311 - mixes arcs
    arcs = [
        Arc(f"s{s}", f"v{v}", chance.choice((0.5, 1.0)))
        for s in range(12)
        for v in range(5)
        if chance.random() < 0.5
    ]
    mixed = chance.sample(arcs, len(arcs))
    assert pair_up(arcs, {"v1": 3}) == pair_up(mixed, {"v1": 3})
    assert pair_up(arcs, {"v1": 3}, spread=True) == pair_up(mixed, {"v1": 3}, spread=True)
