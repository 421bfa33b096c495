"""A line as one would say it becomes filters; what is not understood stays words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.search.asked.reading import Asked, read

TODAY = date(2026, 11, 23)  # a Monday
KNOWN = {
    "place": {"chicago", "new york", "são paulo", "köln", "شيكاغو"},
    "organization": {"acme", "acme health", "at home care", "مستشفى النور"},
}


def asked(line, language="en"):
    known = KNOWN.__getitem__
    return read(line, today=TODAY, known=lambda kind, name: name.casefold() in known(kind), language=language)


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


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "Krankenhauslogistik in Chicago, dieses Jahr nicht gesprochen, jemand, den Ana kennt",
            {
                "words": "Krankenhauslogistik",
                "place": "Chicago",
                "quiet_since": date(2026, 1, 1),
                "knows": "Ana",
            },
        ),
        ("Leute, die in Köln leben und einstellen", {"place": "Köln", "hires": True}),
        ("Pflege, arbeitet bei Acme Health", {"words": "Pflege", "at": "Acme Health"}),
        (
            "noch nie geschrieben, bei Acme, ohne E-Mail-Adresse",
            {"quiet_since": date.min, "at": "Acme", "no_email": True},
        ),
        (
            "Pflegeleitung, mit denen ich seit Mai nicht mehr gesprochen habe, vernetzt Leute",
            {"words": "Pflegeleitung", "quiet_since": date(2026, 5, 1), "connector": True},
        ),
        ("bekannt mit Ben Ott in Chicago", {"knows": "Ben Ott", "place": "Chicago"}),
        ("von Jean-Luc O’Hara vorgestellt", {"knows": "Jean-Luc O’Hara"}),
        ("die Ana Ruiz kennt", {"knows": "Ana Ruiz"}),
        ("ohne Kontakt seit 2024", {"quiet_since": date(2024, 1, 1)}),
        ("seit zwei Jahren ohne Kontakt", {"quiet_since": date(2024, 11, 23)}),
        ("nicht getroffen in den letzten 3 Wochen", {"quiet_since": date(2026, 11, 2)}),
        ("kein Kontakt seit letztem Monat", {"quiet_since": date(2026, 10, 1)}),
        ("seit dem letzten Jahr nicht gehört", {"quiet_since": date(2025, 1, 1)}),
        ("im letzten Monat telefoniert", {"touched_since": date(2026, 10, 24)}),
        ("gesprochen diese Woche", {"touched_since": date(2026, 11, 23)}),
        ("nurses in Chicago, someone Ana knows", {"words": "nurses", "place": "Chicago", "knows": "Ana"}),
    ],
)
def test_what_is_said_in_german_is_understood(line, wanted):
    assert asked(line, "de") == Asked(**wanted)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "ممرضات في شيكاغو، لم أتحدث معهن هذا العام، شخص تعرفه آنا",
            {"words": "ممرضات", "place": "شيكاغو", "quiet_since": date(2026, 1, 1), "knows": "آنا"},
        ),
        ("أشخاص يوظّفون في شيكاغو", {"place": "شيكاغو", "hires": True}),
        ("يعمل في مستشفى النور، بلا بريد", {"at": "مستشفى النور", "no_email": True}),
        ("لم أكتب لهم قط", {"quiet_since": date.min}),
        ("منذ ثلاثة أشهر لم أتواصل معهم", {"quiet_since": date(2026, 8, 25)}),
        ("لم أسمع منهم منذ مايو 2025", {"quiet_since": date(2025, 5, 1)}),
        ("لم ألتق بهم منذ شهرين", {"quiet_since": date(2026, 9, 24)}),
        ("ما كلمتهم منذ سنة", {"quiet_since": date(2025, 11, 23)}),
        ("دون تواصل منذ ٢٠٢٤", {"quiet_since": date(2024, 1, 1)}),
        ("تحدثت معهم منذ الشهر الماضي", {"touched_since": date(2026, 10, 1)}),
        ("منذ العام الماضي لم أراسلهم", {"quiet_since": date(2025, 1, 1)}),
        ("يربطون بين الناس، أصدقاء Ana Ruiz", {"connector": True, "knows": "Ana Ruiz"}),
        ("عرّفتني بهم آنا", {"knows": "آنا"}),
    ],
)
def test_what_is_said_in_arabic_is_understood(line, wanted):
    assert asked(line, "ar") == Asked(**wanted)


@pytest.mark.parametrize(
    ("line", "language"),
    [("Jana Mai", "de"), ("gesprochen", "de"), ("seit Mai", "de"), ("in bei aus", "de"), ("seit 3024 nicht gehört", "de"),
     ("آنا", "ar"), ("منذ مايو", "ar"), ("Krankenhaus in Köln", "xx"), ("kenne ich", "de")],
)  # fmt: skip
def test_words_of_any_language_stay_words(line, language):
    found = asked(line, language)
    assert (found.quiet_since, found.touched_since, found.knows, found.at) == (None, None, "", "")


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize(
    "part", ["die ", "mit denen ich ", "seit ", "nicht ", "Ana ", "من ", "لم أتحدث ", "not ", "who "]
)
def test_a_line_of_one_phrase_again_and_again_costs_no_time(part, language):
    assert asked(part * 200, language).place == ""


@given(
    st.text(max_size=300), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["en", "de", "ar"])
)
def test_any_line_is_read_and_no_day_is_still_to_come(line, today, language):
    found = read(line, today=today, known=lambda _kind, name: len(name) % 2 == 0, language=language)
    assert all(day <= today for day in (found.quiet_since, found.touched_since) if day)


PARTS = {
    "en": ["in Chicago", "at Acme Health", "someone Ana knows", "not talked to this year", "who hires", "nurse", "lead"],
    "de": ["in Chicago", "bei Acme Health", "jemand, den Ana kennt", "dieses Jahr nicht gesprochen", "die einstellen",
           "nurse", "lead"],
    "ar": ["في Chicago", "لدى Acme Health", "شخص تعرفه Ana", "لم أتحدث معهم هذا العام", "يوظفون", "nurse", "lead"],
}  # fmt: skip


@pytest.mark.parametrize("language", list(PARTS))
@given(data=st.data())
def test_the_order_of_what_is_said_does_not_matter(language, data):
    parts = data.draw(st.permutations(PARTS[language]))
    found = asked((" ،" if language == "ar" else ", ").join(parts), language)
    assert sorted(found.words.split()) == ["lead", "nurse"]
    assert (found.place, found.at, found.knows, found.hires) == ("Chicago", "Acme Health", "Ana", True)
    assert found.quiet_since == date(2026, 1, 1)
