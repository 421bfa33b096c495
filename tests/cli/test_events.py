"""Events and places from the command line."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
LATER = ("--now", "2026-11-27T21:00")


@pytest.fixture
def fair(askwell):
    askwell("places", "--add", "Hospital supply circle", "--notes", "heads of supply")
    return askwell(
        "event", "add", "Spring fair", "2026-11-27 18:00", "--where", "Union Hall", "--of", "supply", "--json"
    ).row


def test_an_event_is_noted_planned_and_gone_to(askwell, fair):
    assert fair["name"] == "Spring fair"
    planned = askwell("event", "plan", "fair", "--person", "Chen Wei", "--intro", "I am Lina.").out
    assert "To meet\n  Chen Wei" in planned
    assert "V01 Name 2 to 3 people to meet." in planned
    assert "planned" in askwell("event").out
    done = askwell(
        "event", "met", "fair", "Noor Haddad, buyer at Mercy", "--said", "par levels", "--card-given", *LATER
    )
    assert "Met Noor Haddad. Write tomorrow." in done.out
    assert "V02 You gave Noor Haddad your card" in done.out
    row = askwell("event", "show", str(fair["id"]), "--json", *LATER).row
    assert (row["brought"]["met"], row["met"][0]["said"], row["attended"]) == (1, "par levels", True)
    assert "Write to Noor Haddad" in askwell("today", *LATER).out


def test_whether_one_went_is_said(askwell, fair):
    assert askwell("event", "missed", "fair", *LATER).out == "You did not go to Spring fair.\n"
    assert askwell("event", "went", "fair", *LATER).code == 0
    assert "went" in askwell("event", "list").out


def test_somebody_known_is_met_by_name_or_number_and_namesakes_are_asked_about(askwell, fair):
    jane = askwell("add", "Jane Doe <jane@acme.example>", "--json").row
    assert askwell("event", "met", "fair", "jane doe", "--json", *LATER).row["person"] == "Jane Doe"
    met = askwell("event", "met", "fair", "J. Doe <JANE@acme.example>", "--json", *LATER).row
    assert met["contact"] == jane["id"]
    askwell("event", "met", "fair", "Jane Doe <jane@other.example>", *LATER)
    assert "several people" in askwell("event", "met", "fair", "Jane Doe", *LATER).err
    assert askwell("event", "met", "fair", f"#{jane['id']}", *LATER).code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "Fair"), 2),
        (("plan",), 2),
        (("met", "fair"), 2),
        (("show", "winter ball"), 3),
        (("dance",), 2),
    ],
)
def test_what_is_missing_or_unknown_is_said(askwell, fair, words, code):
    assert askwell("event", *words).code == code


def test_of_several_events_one_is_asked_for(askwell, fair):
    askwell("event", "add", "Autumn fair", "2026-12-01 18:00")
    assert "could be several" in askwell("event", "show", "fair").err


def test_places_are_listed_with_their_reasons_and_dropped(askwell, fair):
    askwell("goal", "Supply-chain analyst in a hospital")
    askwell("places", "--add", "Chess club", "--again", "2026-11-20")
    club, circle = askwell("places", "--json").rows
    assert (club["name"], club["due"], circle["name"]) == ("Chess club", True, "Hospital supply circle")
    assert "It has to do with your goal: hospital, supply" in askwell("places").out
    assert askwell("places", "--drop", "chess").code == 0
    assert askwell("places", "--drop", "chess").code == 3
    askwell("places", "--drop", "supply")
    assert "No places yet" in askwell("places").out


def test_the_day_to_look_again_is_the_day_where_the_seeker_is(askwell, fair):
    askwell("me", "--zone", "Pacific/Auckland")
    askwell("places", "--add", "Harbour circle", "--again", "2026-12-24")
    rows = askwell("places", "--json").rows
    assert next(row["look_again_on"] for row in rows if row["name"] == "Harbour circle") == "2026-12-24"


def test_a_place_named_in_full_is_meant_though_others_begin_so(askwell, fair):
    askwell("places", "--add", "Supply")
    assert askwell("places", "--drop", "supply").out == "Supply is off your list.\n"
    assert askwell("places", "--drop", "").code == 0
