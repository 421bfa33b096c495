"""What people said side by side, one's own view in place, and a card of thanks, in a browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.e2e.test_pages import LOOKS

from askwell.outreach import actions
from askwell.rules.facts import Mode

CARD, ENVELOPE = (419.5, 297.6), (459.2, 323.1)  # A6 lying and C6, in points


def at(page, path):
    page.goto(re.match(r"https?://[^/]+", page.url).group(0) + path)
    return page


@pytest.fixture
def heard(scene, clock):
    """Five people were spoken with; one gave a day to try the work out, and is not thanked yet."""
    people = (scene.luis, scene.priya, scene.jonas, scene.fatima)
    for days, contact in enumerate(people, start=2):
        then = clock - timedelta(days=days)
        talk = actions.record_talk(contact, ended_at=then, now=then)
        actions.reflect(talk, answers={"learnt": f"Something {days}.", "liked": "The pace."}, now=then)
        actions.set_occupation(talk, occupation=["Buyer", "Planner"][days % 2], now=then)
    actions.decide(
        scene.owner, about="occupation", name="Buyer", choice="go_on", reasons="Hear more", now=clock
    )
    trial = actions.note_trial(
        scene.amara, kind="shadowing", text="A morning", on=clock.date(), talk=scene.held, now=clock
    )
    note = actions.new_draft(scene.amara, mode=Mode.THANKS, talk=scene.held, now=clock)
    return {
        "compare": "/talks/compare/",
        "organizations": "/talks/compare/?by=organization&names=off",
        "decisions": "/talks/decisions/",
        "decide": "/talks/decide/?about=occupation&name=Buyer",
        "after": f"/talks/{scene.held.pk}/after/",
        "trial": f"/trials/{trial.pk}/",
        "card": f"/letters/{note.pk}/print/",
    }


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_the_pages_are_sound(open_page, heard, axe, shot, theme, size):
    page = open_page("/more/", size=size, theme=theme)
    faults = {}
    for name, path in heard.items():
        page.complaints.clear()
        at(page, path)
        for more in page.locator("details.more").all():
            more.evaluate("it => it.open = true")
        shot(page, f"{name}-{size}-{theme}")
        sideways = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        found = [
            *axe(page),
            *page.strangers,
            *page.complaints,
            *([f"sideways {sideways}"] if sideways > 0 else []),
        ]
        if found:
            faults[name] = str(found)[:1500]
    assert faults == {}


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_table_stays_a_table_however_it_is_drawn(open_page, heard, size):
    page = at(open_page("/more/", size=size), heard["compare"])
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(4 if size == "desk" else 3)
    expect(table.get_by_role("rowheader")).to_have_count(6)
    expect(table.get_by_role("cell")).to_have_count(18)


@pytest.mark.parametrize("script", [True, False])
def test_ones_own_view_is_kept_in_place(open_page, heard, script):
    page = at(open_page("/more/", script=script), heard["compare"])
    cell = page.locator("#cell-liked-1")
    cell.locator("summary").click()
    cell.locator("textarea").fill("I like the pace too.")
    cell.get_by_role("button", name="Keep").click()
    expect(page.locator("#cell-liked-1")).to_contain_text("I like the pace too.")
    expect(page.locator("#toasts")).to_contain_text("Kept")
    assert page.complaints == []


def test_a_way_to_try_it_is_added_without_losing_what_stands_in_other_forms(open_page, heard):
    page = at(open_page("/more/"), heard["after"])
    page.locator("textarea[name=reflect-learnt]").fill("Half written")
    part = page.locator("#part-trials")
    part.locator("summary").click()
    part.locator("select").select_option("course")
    part.locator("input[name=trial-text]").fill("Stock keeping")
    part.get_by_role("button", name="Keep").click()
    expect(page.locator("#part-trials")).to_contain_text("A course: Stock keeping")
    expect(page.locator("textarea[name=reflect-learnt]")).to_have_value("Half written")


def test_card_and_envelope_are_printed_on_a_page_of_their_size(open_page, heard):
    page = at(open_page("/more/"), heard["card"])
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", printed)
    sizes = [(float(wide), float(high)) for wide, high in boxes]
    assert sizes == [pytest.approx(CARD, abs=1.5), pytest.approx(ENVELOPE, abs=1.5)]
