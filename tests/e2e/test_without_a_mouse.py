"""By keyboard, by ear, much enlarged, in colours of one's own: nothing is out of reach or lost."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from tests.e2e.test_hands import at
from tests.e2e.test_pages import paths

from askwell.outreach import actions
from askwell.outreach.models import Outreach
from askwell.people import importing
from askwell.people.actions import NewContact, add_contact

FOCUS = ":focus"


def promises(owner, clock, *, count):
    jane = add_contact(owner, NewContact(name="Jane Doe"), now=clock)
    for number in range(count):
        actions.make_promise(jane, text=f"Article {number}", mine=True, now=clock)
    return jane


def test_more_steps_begin_at_the_first_that_was_hidden(page, owner, clock):
    promises(owner, clock, count=9)
    at(page, "/")
    shown = page.locator("#owed [data-step]").count()
    page.get_by_role("link", name=re.compile("more, when you have time")).press("Enter")
    expect(page.locator("#owed [data-step]")).to_have_count(9)
    ids = page.locator("#owed [data-step]").evaluate_all("all => all.map(one => one.id)")
    assert page.locator(FOCUS).get_attribute("id") == ids[shown]


def test_after_the_last_step_one_stands_at_the_title(page, owner, clock):
    actions.set_goal(owner, text="Analyst in a hospital in Leeds", now=clock)
    actions.change_seeker(
        owner, weekly_minutes=0, resume_updated_at=clock, now=clock
    )  # nobody new is suggested
    promises(owner, clock, count=1)
    at(page, "/")
    page.locator("[data-done]").press("Enter")
    expect(page.locator("[data-step]")).to_have_count(0)
    expect(page.locator("#board h1")).to_be_focused()


def test_an_earlier_history_is_read_from_its_first_entry(page, owner, clock):
    jane = add_contact(owner, NewContact(name="Jane Doe"), now=clock)
    for days in range(40):
        then = clock - timedelta(days=days)
        actions.record_reply(jane, what="replied", at=then, text=f"Day {days}", now=clock)
    at(page, f"/people/{jane.pk}/")
    page.get_by_role("link", name="Earlier").press("Enter")
    expect(page.locator(".timeline")).to_have_count(2)
    expect(page.locator(".timeline").nth(1).locator("h3").first).to_be_focused()


def test_the_button_that_stops_an_import_stays_under_the_finger(page, owner, clock, tmp_path, monkeypatch):
    monkeypatch.setattr("askwell.web.importing.is_at_hand", lambda: True)  # a worker that is busy elsewhere
    file = tmp_path / "people.csv"
    file.write_text("Name,Email\nTom Brandt,tom@mercy.example\n")
    batch = importing.start_import(owner, [("people.csv", file)], now=clock)
    at(page, f"/import/{batch.pk}/")
    page.get_by_role("button", name="Stop").focus()
    page.locator("#import").evaluate("one => one.setAttribute('data-before', '')")
    expect(page.locator("#import[data-before]")).to_have_count(0)
    expect(page.get_by_role("button", name="Stop")).to_be_focused()


def test_a_message_sent_away_leaves_one_on_the_page(page, owner, clock):
    promises(owner, clock, count=2)
    at(page, "/")
    page.locator("[data-done]").first.press("Enter")
    page.get_by_role("button", name="Dismiss").press("Enter")
    expect(page.locator("#toasts [data-toast]")).to_have_count(0)
    expect(page.locator("#content")).to_be_focused()


def test_the_clock_and_its_questions_hand_the_keyboard_on(open_page, scene):
    Outreach.objects.filter(pk=scene.booked.outreach_id).update(questions=[{"text": "How did you begin?"}])
    page = open_page(f"/talks/{scene.booked.pk}/live/")
    page.get_by_role("button", name="Begin the clock").press("Enter")
    asked = page.get_by_role("button", name="Asked")
    expect(asked).to_be_focused()
    asked.press("Enter")
    expect(page.locator("[data-closing]")).to_be_focused()
    expect(page.get_by_role("timer", name="Time left")).to_have_text(re.compile(r"^(20:00|19:\d\d)$"))


def said(page):
    return page.locator("body > [data-said-here]")


def test_what_changes_is_said(page, owner, clock, scene):
    at(page, "/people/")
    page.get_by_role("searchbox", name="Find").fill("amara director")
    expect(said(page)).to_have_text("1 person")
    at(page, f"/letters/{scene.draft.pk}/")
    page.get_by_label("The letter", exact=True).fill("Dear [Name],\n\nCan you get me a job?\n")
    expect(said(page)).to_have_text(re.compile(r"^\d+ things to mend$"))
    page.keyboard.press("Control+k")
    page.keyboard.type("okafor direc")
    expect(page.locator("#palette [data-said-here]")).to_have_text("1 person found")


def test_what_was_done_before_the_page_came_is_said_on_it(page, owner, clock):
    jane = promises(owner, clock, count=1)
    at(page, f"/people/{jane.pk}/do/note/")
    page.get_by_role("textbox", name="Notes").fill("Likes trains")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(said(page)).to_have_text("Notes kept.")


# What 400 % leaves of a window of 1280 by 1024.
ENLARGED = {"width": 320, "height": 256}
REACHED = """async () => {
  let one, box, at;
  for (let turn = 0; turn < 30 && !at; turn++) { // a busy machine scrolls a little later
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    one = document.activeElement, box = one.getBoundingClientRect();
    at = document.elementFromPoint(box.left + Math.min(box.width / 2, 8), box.top + Math.min(box.height / 2, 8));
  }
  const style = getComputedStyle(one);
  const words = one.outerHTML.slice(0, 120);
  if (!one.matches(":focus") || one === document.body) return null; // it has left the page
  if (style.outlineStyle === "none" && !one.matches("[type=date], [type=datetime-local]")) return `no ring: ${words}`;
  if (!at) return `out of sight: ${words} at ${box.left}, ${box.top}, scrolled ${scrollY} in ${innerHeight}`;
  const covered = !one.contains(at) && !at.contains(one) && at.closest(".side, .toasts");
  return covered ? `covered: ${words}` : "";
}"""


@pytest.mark.parametrize("name", ["today", "person", "ask-refused", "letter", "talk", "live", "after"])
def test_much_enlarged_every_stop_of_the_keyboard_is_seen(open_page, scene, name):
    page = open_page("/more/")
    page.set_viewport_size(ENLARGED)
    at(page, paths(scene)[name])
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0
    faults, stops = set(), 0
    for _stop in range(60):
        page.keyboard.press("Tab")
        fault = page.evaluate(REACHED)
        if fault is None:
            break
        stops += 1
        faults.add(fault)
    assert stops > 5
    assert faults <= {""}


def test_much_enlarged_a_menu_opens_within_the_page(open_page, scene):
    page = open_page("/")
    page.set_viewport_size(ENLARGED)
    for menu in page.locator("[data-snooze]").all():
        menu.press("Enter")
        sideways = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert sideways <= 0
        page.keyboard.press("Escape")
        expect(menu).to_be_focused()


def test_a_place_kept_for_finds_takes_no_room_while_there_are_none(open_page, scene):
    page = open_page("/leads/")
    tops = page.locator("form:has(#id_title) > .field").evaluate_all(
        "all => all.map(one => [one.offsetTop, one.offsetTop + one.offsetHeight])"
    )
    gaps = [after[0] - before[1] for before, after in pairwise(tops)]
    assert max(gaps) - min(gaps) <= 1  # parts of a pixel


def test_colours_of_ones_own_still_show_where_one_is(browser, open_page, owner, clock, scene):
    page = open_page("/")
    page.emulate_media(forced_colors="active")
    colour = "one => getComputedStyle(one).backgroundColor"
    here = page.locator(".side [aria-current]").evaluate(colour)
    elsewhere = page.locator(".side .place:not([aria-current])").first.evaluate(colour)
    assert here != elsewhere
    chosen, other = (
        page.locator(f".theme__choice[aria-pressed={is_it}]").first for is_it in ("true", "false")
    )
    assert chosen.evaluate(colour) != other.evaluate(colour)
    at(page, f"/letters/{scene.draft.pk}/")
    marks = page.locator("[data-marks]").evaluate("one => getComputedStyle(one).color")
    assert marks == "rgba(0, 0, 0, 0)", "the letter would stand there twice"
