"""A line as one would say it becomes filters; what is not understood stays words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.search.asked import Asked, read

TODAY = date(2026, 11, 23)  # a Monday
KNOWN = {
    "place": {"chicago", "new york", "são paulo"},
    "organization": {"acme", "acme health", "at home care"},
}


def asked(line):
    return read(line, today=TODAY, known=lambda kind, name: name.casefold() in KNOWN[kind])


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "hospital logistics in Chicago, not talked to this year, someone Ana knows",
            {
                "words": "hospital logistics",
                "place": "Chicago",
                "quiet_since": date(2026, 1, 1),
                "knows": "Ana",
            },
        ),
        ("people in new york who hire", {"place": "new york", "hires": True}),
        ("nurses at Acme Health in health care", {"words": "nurses in health care", "at": "Acme Health"}),
        ("works at Acme", {"at": "Acme"}),
        (
            "never talked to, at acme, without e-mail",
            {"quiet_since": date.min, "at": "acme", "no_email": True},
        ),
        (
            "data lead who I have not written to since May and connects people",
            {"words": "data lead", "quiet_since": date(2026, 5, 1), "connector": True},
        ),
        ("someone ana knows at acme", {"knows": "ana", "at": "acme"}),
        ("who knows Ana Ruiz", {"knows": "Ana Ruiz"}),
        ("known to Ben in chicago", {"knows": "Ben", "place": "chicago"}),
        ("introduced by Jean-Luc O’Hara", {"knows": "Jean-Luc O’Hara"}),
        (
            "not in touch for six months in São Paulo",
            {"quiet_since": date(2026, 5, 27), "place": "São Paulo"},
        ),
    ],
)
def test_what_is_said_is_understood(line, wanted):
    assert asked(line) == Asked(**wanted)


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("this week", date(2026, 11, 23)),
        ("this month", date(2026, 11, 1)),
        ("since March 2025", date(2025, 3, 1)),
        ("since December", date(2025, 12, 1)),  # December of this year is still to come
        ("since 2024", date(2024, 1, 1)),
        ("since last month", date(2026, 10, 1)),
        ("since last year", date(2025, 1, 1)),
        ("in the last 3 weeks", date(2026, 11, 2)),
        ("in the past year", date(2025, 11, 23)),
        ("for more than two years", date(2024, 11, 23)),
    ],
)
def test_every_way_to_name_a_time(said, since):
    assert asked(f"not heard from {said}") == Asked(quiet_since=since)
    assert asked(f"haven’t spoken to {said}") == Asked(quiet_since=since)
    assert asked(f"in touch {said}") == Asked(touched_since=since)


@pytest.mark.parametrize(
    "line",
    ["jane doe", "", "in in in at at", "May Jones", "works in health care", "not heard from since 3024", "since 0000",
     "at Globex", "written since December 3024", "knows"],
)  # fmt: skip
def test_words_stay_words(line):
    assert asked(line) == Asked(words=line)


def test_the_name_of_a_place_is_taken_as_long_as_it_is_known():
    assert asked("nurses at at home care") == Asked(words="nurses", at="at home care")


@given(st.text(max_size=300), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_line_is_read_and_no_day_is_still_to_come(line, today):
    found = read(line, today=today, known=lambda _kind, name: len(name) % 2 == 0)
    assert all(day <= today for day in (found.quiet_since, found.touched_since) if day)


PARTS = [
    "in Chicago",
    "at Acme Health",
    "someone Ana knows",
    "not talked to this year",
    "who hires",
    "nurse",
    "lead",
]


@given(st.permutations(PARTS))
def test_the_order_of_what_is_said_does_not_matter(parts):
    found = asked(", ".join(parts))
    assert sorted(found.words.split()) == ["lead", "nurse"]
    assert (found.place, found.at, found.knows, found.hires) == ("Chicago", "Acme Health", "Ana", True)
    assert found.quiet_since == date(2026, 1, 1)
