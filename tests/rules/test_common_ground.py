"""What Lina and the people she asks have in common, and nothing that is not known."""

from __future__ import annotations

import pytest

from askwell.rules.common_ground import Between, Side, Stay, common_ground
from askwell.rules.explain import sentence


def said(mine=(), theirs=(), between=None, **more):
    sides = Side(stays=tuple(mine), **more.get("me", {})), Side(stays=tuple(theirs), **more.get("them", {}))
    return [sentence(reason) for reason in common_ground(*sides, between or Between())]


def school(started="", ended="", **more):
    return Stay(where="northfield", name="Northfield", school=True, started=started, ended=ended, **more)


def job(started="", ended="", **more):
    return Stay(where="acme", name="Acme", started=started, ended=ended, **more)


def test_nothing_in_common_is_nothing_to_say():
    assert said() == []
    assert said([school()], [job()]) == []


def test_the_same_school_at_the_same_time_names_the_years():
    assert said([school("2014-09", "2018-06")], [school("2016", "2020")]) == [
        "You were both at Northfield, 2016–2018."
    ]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("2010", "2014"), ("2015", "2019")),  # one after the other
        (("", "2014"), ("2012", "2013")),  # when Lina began is not known
        (("2010", "2014"), ("2012", "")),  # when they left is not known
        (("2010", "2014"), ("a while ago", "2013")),
    ],
)
def test_where_the_dates_show_no_time_together_none_is_claimed(mine, theirs):
    assert said([school(*mine)], [school(*theirs)]) == ["You both studied at Northfield."]
    assert said([job(*mine)], [job(*theirs)]) == ["You both know Acme from within."]


def test_the_same_employer_at_the_same_time():
    assert said([job("2019-03", "2019-11")], [job("2019", "2020")]) == ["You both worked at Acme, 2019."]
    assert said([job("2020", current=True)], [job("2022-01-15", current=True)]) == [
        "You both worked at Acme, 2022–."
    ]


def test_several_jobs_at_one_place_are_said_once_with_the_years_together():
    assert said([job("2010", "2012"), job("2018", "2020")], [job("2001", "2002"), job("2019", "2021")]) == [
        "You both worked at Acme, 2019–2020."
    ]


def test_what_helps_a_first_sentence_most_comes_first():
    lines = said(
        [job("2010", "2011"), school("2010", "2014")],
        [job("2018", "2019"), school("2012", "2016")],
        Between(
            named_by=("Ana Ruiz",),
            events=("the Leeds fair",),
            known_there=(("Luis Marín", "Acme"), ("A", "Acme"), ("B", "Acme"), ("C", "Acme")),
        ),
        me={"place": "chicago", "place_name": "Chicago", "tags": ("sailing", "chess")},
        them={"place": "chicago", "place_name": "Chicago", "tags": ("nurses", "chess")},
    )
    assert lines == [
        "You were both at Northfield, 2012–2014.",
        "Ana Ruiz gave you their name.",
        "You met at the Leeds fair.",
        "You talked with Luis Marín of Acme, where they are too.",
        "You talked with A of Acme, where they are too.",
        "You talked with B of Acme, where they are too.",
        "You both know Acme from within.",
        "You both live in Chicago.",
        "You both belong to “chess”.",
    ]


def test_two_who_live_nowhere_known_do_not_live_together():
    assert said(me={"place": ""}, them={"place": ""}) == []
