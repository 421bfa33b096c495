"""The page of a talk when the network goes, the page dies, or two of them are open: no note is lost."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import ARGS, BROWSER

from askwell.outreach import actions

KEPT, HERE = "kept", "offline: kept on this device"
APART = "written elsewhere meanwhile"
# What waits in this browser's own database: read after everything that was being written.
ON_THE_DISK = """() => new Promise((give) => {
  indexedDB.open("askwell", 1).onsuccess = (opened) => {
    const asked = opened.target.result.transaction("notes").objectStore("notes").getAll();
    asked.onsuccess = () => give(asked.result.map((one) => one.text));
  };
})"""


@pytest.fixture
def live(open_page, scene):
    """Jonas's talk on a phone, with two questions."""
    actions.save_homework(
        scene.booked.outreach,
        questions=[
            {"text": "What led you here?", "starred": True},
            {"text": "What would you do in my place?", "starred": True},
        ],
        now=scene.booked.starts_at,
    )
    page = open_page(f"/talks/{scene.booked.pk}/live/", size="phone")
    page.get_by_label("Notes").wait_for()
    return page


def notes_of(scene):
    scene.booked.refresh_from_db()
    return scene.booked.notes


def arrived(page, scene, text):
    """The last try of the page that was closed may have been faster: then there is nothing left to say."""
    for _ in range(100):
        if notes_of(scene) == text:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"not on the server: {text}")


def second(page):
    """Another page of the same browser, on the same talk."""
    other = page.context.new_page()
    other.goto(page.url)
    return other


def ready_for_no_network(page):
    page.wait_for_selector("html[data-offline]", state="attached")


def test_notes_typed_without_a_network_wait_here_and_go_out_when_it_is_back(live, scene):
    live.context.set_offline(True)
    live.get_by_label("Notes").fill("Wards trust whom they know")
    expect(live.locator("[data-kept]")).to_have_text(HERE)
    assert notes_of(scene) == ""
    live.context.set_offline(False)
    expect(live.locator("[data-kept]")).to_have_text(KEPT)
    assert notes_of(scene) == "Wards trust whom they know"


def test_a_page_that_is_closed_without_a_network_loses_nothing(live, scene):
    live.context.set_offline(True)
    live.get_by_label("Notes").press_sequentially("Ask Ines about nights")
    live.close()
    assert notes_of(scene) == ""
    live.context.set_offline(False)
    page = live.context.new_page()
    page.goto(live.url)
    expect(page.get_by_label("Notes")).to_have_value("Ask Ines about nights")
    arrived(page, scene, "Ask Ines about nights")


def test_it_opens_again_without_a_network_with_all_that_was_typed(live, scene):
    ready_for_no_network(live)
    live.get_by_label("Notes").fill("Sent before")
    expect(live.locator("[data-kept]")).to_have_text(KEPT)
    cut(live)
    live.reload()
    expect(live.get_by_label("Notes")).to_have_value("Sent before")
    expect(live.locator("[data-kept]")).to_have_text(HERE)
    live.get_by_label("Notes").fill("Sent before\nTyped without")
    live.reload()
    expect(live.get_by_label("Notes")).to_have_value("Sent before\nTyped without")
    live.get_by_role("button", name="Begin the clock").click()
    expect(live.locator("[data-left]")).to_have_text(re.compile(r"^(20:00|19:\d\d)$"))
    join(live)
    expect(live.locator("[data-kept]")).to_have_text(KEPT, timeout=15_000)
    assert notes_of(scene) == "Sent before\nTyped without"


def cut(page):
    """Take the network from the page and from its worker."""
    page.context.set_offline(True)


def join(page):
    page.context.set_offline(False)


def test_two_pages_that_write_at_once_keep_both_and_say_so(live, scene):
    other = second(live)
    other.context.set_offline(True)
    live.get_by_label("Notes").fill("From the phone")
    other.get_by_label("Notes").fill("From the laptop")
    expect(other.locator("[data-kept]")).to_have_text(HERE)
    other.context.set_offline(False)
    for page in (live, other):
        expect(page.locator("[data-kept]")).to_have_text(KEPT, timeout=15_000)
    for page in (live, other):
        page.evaluate("dispatchEvent(new Event('online'))")  # they would look again by themselves, in a while
        expect(page.get_by_label("Notes")).to_have_value(re.compile("From the phone"))
        expect(page.get_by_label("Notes")).to_have_value(re.compile("From the laptop"))
    said = live.locator("[data-both]:visible").count() + other.locator("[data-both]:visible").count()
    assert said == 1, "the one whose text met the other's says so"
    kept = notes_of(scene)
    assert kept.count("From the phone") == kept.count("From the laptop") == 1
    assert APART in kept


def test_what_another_device_wrote_appears_when_one_looks_again(live, scene, clock):
    actions.save_notes(scene.booked, notes="Written on the train", now=clock)
    live.evaluate("dispatchEvent(new Event('online'))")
    expect(live.get_by_label("Notes")).to_have_value("Written on the train")
    assert live.locator("[data-both]").is_hidden()


def test_whoever_calls_while_the_page_begins_is_heard_when_it_has_begun(live, scene, clock):
    live.add_init_script(
        """const real = self.fetch.bind(self);
        self.fetch = async (...asked) => {
          const answer = await real(...asked);
          if (!window.release) await new Promise((go) => (window.release = go));
          return answer;
        };"""
    )
    live.reload()
    live.wait_for_function("() => window.release")  # the page's first look is answered, and waits here
    actions.save_notes(scene.booked, notes="Written on the train", now=clock)
    live.evaluate("dispatchEvent(new Event('online'))")
    live.evaluate("window.release()")
    expect(live.get_by_label("Notes")).to_have_value("Written on the train")


def test_words_typed_while_an_answer_is_on_its_way_stay_where_they_were_typed(live):
    carry = """async ([sent, now, merged]) => (await import("/static/web/js/notes.js")).carry(sent, now, merged)"""
    for sent, now, merged, wanted in (
        ("a", "ab", "a", "ab"),
        ("a\nmine", "a\nmine too", "a\ntheirs\nmine", "a\ntheirs\nmine too"),
        ("mine\nend", "mine!\nend", "theirs\nmine\nend", "theirs\nmine!\nend"),
        ("a\nb", "xa\nb", "a\nb\nc", "xa\nb\nc"),
        ("a\nb", "a\nb", "c", "c"),
        ("alone", "alone again", "all else", "all else\n again"),
        ("gone", "go", "all else", "all else"),
    ):
        assert live.evaluate(carry, [sent, now, merged]) == wanted


def test_wrapping_up_without_a_network_says_so_and_loses_nothing(live, scene):
    live.context.set_offline(True)
    live.get_by_label("Notes").fill("Begin with one ward")
    live.get_by_role("button", name="Wrap up").click()
    expect(live.locator("[data-kept]")).to_contain_text("Your notes are on this device")
    live.context.set_offline(False)
    live.get_by_role("button", name="Wrap up").click()
    expect(live).to_have_title(re.compile("How it went"))
    assert notes_of(scene) == "Begin with one ward"


def test_who_talked_how_much_is_kept(live, scene):
    share = live.get_by_label("Who talked how much?")
    share.focus()
    for _ in range(4):
        share.press("ArrowRight")
    expect(live.locator("[data-share-said]")).to_have_text("They 70 %, you 30 %")
    expect(live.locator("[data-kept]")).to_have_text(KEPT)
    scene.booked.refresh_from_db()
    assert scene.booked.share_theirs == 70
    live.reload()
    expect(live.locator("[data-share-said]")).to_have_text("They 70 %, you 30 %")


def test_questions_are_ticked_and_stay_ticked(live):
    live.get_by_label("What led you here?").check()
    expect(live.locator(".now")).to_contain_text("in my place")
    live.reload()
    expect(live.get_by_label("What led you here?")).to_be_checked()
    live.get_by_label("What led you here?").uncheck()
    expect(live.locator(".now")).to_contain_text("What led you here?")


def begun_at(page, at, *, minutes=0.0):
    page.clock.install(time=at)
    page.reload()
    page.get_by_role("button", name="Begin the clock").click()
    page.clock.run_for(int(minutes * 60_000))


def test_a_line_begun_while_the_clock_runs_carries_its_minute(live):
    begun_at(live, datetime(2026, 11, 26, 15, 0, tzinfo=UTC), minutes=14.0834)
    notes = live.get_by_label("Notes")
    live.get_by_role("button", name="New line with the minute").click()
    live.keyboard.type("first")
    live.keyboard.press("Enter")
    live.keyboard.type("second")
    live.keyboard.press("Shift+Enter")
    live.keyboard.type("third")
    assert re.fullmatch(r"14:0[5-7]  first\n14:0[5-9]  second\nthird", notes.input_value())


def test_three_minutes_before_the_end_one_begins_to_close_and_may_ask_once_for_more(live):
    begun_at(live, datetime(2026, 11, 26, 15, 0, tzinfo=UTC), minutes=16.9)
    assert live.get_by_text("Ask once for more").is_hidden()
    live.clock.run_for(30_000)
    expect(live.locator("[data-said]")).to_have_text("3 minutes left: begin to close.")
    live.get_by_role("button", name="They agreed to 5 minutes").click()
    expect(live.locator("[data-block]")).to_contain_text("left of 25")
    live.clock.run_for(5 * 60_000)
    expect(live.locator("[data-said]")).to_have_text("3 minutes left: begin to close.")
    assert live.get_by_text("Ask once for more").is_hidden()
    live.clock.run_for(5 * 60_000)
    expect(live.locator("[data-said]")).to_have_text("Time is up.")


def test_the_screen_is_kept_awake_given_back_and_taken_again(live):
    live.context.grant_permissions(["screen-wake-lock"])
    live.add_init_script(
        """const real = navigator.wakeLock; window.locks = [];
        const ask = real.request.bind(real);
        real.request = async (kind) => { const lock = await ask(kind); window.locks.push(lock); return lock; };"""
    )
    live.reload()
    live.get_by_role("button", name="Begin the clock").click()
    live.wait_for_function("() => window.locks.length === 1 && !window.locks[0].released")
    hide = "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true}); document.dispatchEvent(new Event('visibilitychange')); }"
    live.evaluate(hide, True)
    live.wait_for_function("() => window.locks[0].released")
    live.evaluate(hide, False)
    live.wait_for_function("() => window.locks.length === 2 && !window.locks[1].released")


ODD_HOURS = {
    "the clock goes back": ("America/Chicago", datetime(2026, 11, 1, 6, 50, tzinfo=UTC)),
    "the clock goes forward": ("Europe/Berlin", datetime(2027, 3, 28, 0, 50, tzinfo=UTC)),
    "midnight": ("Asia/Kathmandu", datetime(2026, 11, 26, 18, 5, tzinfo=UTC)),
}


@pytest.mark.parametrize("name", ODD_HOURS)
def test_twenty_minutes_are_twenty_minutes_whatever_the_clock_on_the_wall_does(
    browser, live_server, scene, settings, name
):
    from askwell.web import door

    zone, at = ODD_HOURS[name]
    settings.NOW = at.isoformat()
    context = browser.new_context(timezone_id=zone, locale="en-US")
    page = context.new_page()
    page.clock.install(time=at)
    page.goto(f"{live_server.url}/talks/{scene.booked.pk}/live/?token={door.issue()}")
    page.get_by_role("button", name="Begin the clock").click()
    page.clock.run_for(12 * 60_000)
    expect(page.locator("[data-left]")).to_have_text(re.compile(r"^(8:00|7:5\d)$"))
    context.close()


def test_an_hour_that_comes_twice_does_not_move_the_end_of_a_talk(live, scene, settings, clock):
    """Lina in Chicago: from 1:50 summer time to 1:10 winter time, twenty minutes."""
    begun = datetime(2026, 11, 1, 6, 50, tzinfo=UTC)
    ended = datetime(2026, 11, 1, 7, 10, tzinfo=UTC)
    query = f"begun={int(begun.timestamp() * 1000)}&ended={int(ended.timestamp() * 1000)}"
    live.goto(f"{live.url.replace('live/', 'held/')}?{query}")
    expect(live.get_by_label("When did it end?")).to_have_value("2026-11-01T01:10")
    expect(live.get_by_label("How many minutes?")).to_have_value("20")
    live.get_by_role("button", name="It was held").click()
    expect(live).to_have_title(re.compile("What follows"))
    scene.booked.refresh_from_db()
    assert scene.booked.ended_at == ended
    assert scene.booked.minutes == 20


def kill_browser_on(folder):
    """Kill what runs with its profile in a folder, at once: the browser, and the script that started it."""
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has just ended
            if f"--user-data-dir={folder}" in (each / "cmdline").read_text().split("\0"):
                os.kill(int(each.name), signal.SIGKILL)


@pytest.mark.skipif(not Path(BROWSER).exists(), reason="no Chromium here")
def test_a_browser_that_is_killed_while_one_types_loses_nothing(live_server, scene, tmp_path, browser):
    from askwell.web import door

    url = f"{live_server.url}/talks/{scene.booked.pk}/live/"
    kind = browser.browser_type
    first = kind.launch_persistent_context(tmp_path, executable_path=BROWSER, args=list(ARGS))
    page = first.new_page()
    page.goto(f"{url}?token={door.issue()}")
    first.set_offline(True)
    page.get_by_label("Notes").press_sequentially("Half a sentence")
    expect(page.locator("[data-kept]")).to_have_text(HERE)
    page.wait_for_function(f"async () => (await ({ON_THE_DISK})()).includes('Half a sentence')")
    kill_browser_on(tmp_path)
    page.wait_for_event("close") if not page.is_closed() else None
    assert notes_of(scene) == ""
    again = kind.launch_persistent_context(tmp_path, executable_path=BROWSER, args=list(ARGS))
    page = again.new_page()
    page.goto(f"{url}?token={door.issue()}")
    expect(page.get_by_label("Notes")).to_have_value("Half a sentence")
    expect(page.locator("[data-kept]")).to_have_text(KEPT)
    again.close()
    assert notes_of(scene) == "Half a sentence"
