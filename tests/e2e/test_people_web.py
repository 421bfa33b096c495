"""Who knows whom in a browser that draws: the picture, the way to somebody, the list without script."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from tests.e2e.conftest import ARGS, BROWSER

from askwell.outreach import actions
from askwell.outreach.derive import recompute
from askwell.outreach.models import Touch
from askwell.people.actions import NewContact, add_contact, add_position
from askwell.people.bulk import insert
from askwell.people.models import Contact, Organization, Position

WEB = "/people/web/"
MANY = 5000
SLOWLY = 240_000  # ms: loops may have to be compiled first
# Drawn by the processor, reading a picture back takes long, and the browser says so.
DRAWN_IN_SOFTWARE = "GPU stall due to ReadPixels"


@pytest.fixture
def browser(browser):
    """The same browser, able to draw in WebGL without a graphics card."""
    args = [one for one in ARGS if one != "--disable-gpu"]
    able = browser.browser_type.launch(
        executable_path=BROWSER, args=[*args, "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    )
    yield able
    able.close()


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def people(owner, clock):
    """Ana, Ben and Cai of Acme Health; one is in touch with Ana alone."""
    made = [
        add_contact(owner, NewContact(name=name), now=clock) for name in ("Ana Sol", "Ben Oye", "Cai Lund")
    ]
    for one in made:
        add_position(one, organization="Acme Health", title="Nurse", started="2020", current=True, now=clock)
    actions.record_talk(made[0], ended_at=clock - timedelta(days=2), now=clock)
    return made


def drawn(open_page, **look):
    page = open_page(WEB, **look)
    page.wait_for_selector("[data-drawn]", timeout=SLOWLY)
    return page


def complaints(page):
    return [one for one in page.complaints if DRAWN_IN_SOFTWARE not in one]


def colours(picture):
    return len(Image.open(BytesIO(picture)).convert("RGB").getcolors(1 << 24))


def card(page):
    return " ".join(page.locator(".web-card").inner_text().split()) if page.is_visible(".web-card") else ""


def middle(page):
    box = page.locator(".web-canvas").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_choosing_somebody_in_list_or_picture_shows_the_way_from_you(open_page, people):
    page = drawn(open_page)
    page.locator(".web-group li", has_text="Ben Oye").locator(".web-how").click(position={"x": 2, "y": 2})
    assert card(page).startswith("Ben Oye Nurse, Acme Health You Ana Sol Ben Oye Ana Sol:")
    assert "Both at Acme Health since 2020" in card(page)
    page.click(".web-card button")
    assert card(page) == ""
    page.mouse.click(*middle(page))  # where the picture went to show Ben
    assert card(page).startswith("Ben Oye")
    assert complaints(page) == []
    assert page.strangers == []
    page.click(".web-card a")
    assert page.url.endswith(f"/people/{people[1].pk}/")


def test_typing_narrows_list_and_enter_goes_to_the_first(open_page, people):
    page = drawn(open_page)
    page.fill("#find", "cái")
    assert page.locator(".web-group li:visible").all_inner_texts()[0].startswith("Cai Lund")
    assert page.locator(".web-group li:visible").count() == 1
    assert page.inner_text("[data-web-said]") == "Found: 1"
    page.keyboard.press("Enter")
    assert card(page).startswith("Cai Lund")
    page.keyboard.press("Escape")
    assert card(page) == ""
    page.fill("#find", "zzz")
    assert page.inner_text("[data-web-said]") == "Nobody of that name is in your web."


@pytest.mark.parametrize(
    ("size", "theme"), [("desk", "light"), ("desk", "dark"), ("phone", "light"), ("phone", "dark")]
)
def test_axe_finds_nothing_with_the_picture_and_a_card(open_page, people, axe, shot, size, theme):
    page = open_page(WEB, size=size, theme=theme)
    if size == "phone":
        assert not page.is_visible(".web-picture")
        page.click(".web-open button")
    page.wait_for_selector("[data-drawn]", timeout=SLOWLY)
    page.locator(".web-group li", has_text="Ben Oye").locator(".web-how").click(position={"x": 2, "y": 2})
    shot(page, f"web-card-{size}-{theme}")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_list_is_whole_without_script(open_page, people):
    page = open_page(WEB, script=False)
    assert not page.is_visible(".web-picture")
    assert "People of Acme Health" in page.inner_text(".web-group h2")
    assert page.locator(".web-group li").count() == len(people)
    page.fill("#find", "Ben")
    page.click("[data-web-submit]")
    assert "Found: Ben Oye" in page.inner_text("[data-web-said]")


@pytest.fixture
def many(owner, clock):
    """5,000 people of 500 places, ten of a place, of whom one knows two."""
    kept = {"owner": owner}
    places = [Organization(**kept, name=f"Works {n}", key=f"works {n}") for n in range(MANY // 10)]
    contacts = [
        Contact(**kept, name=f"Person {n}", sort_key=f"{n:05}", created_at=clock) for n in range(MANY)
    ]
    insert(places)
    insert(contacts)
    insert(
        [
            Position(**kept, contact=one, organization=places[n // 10], started="2020")
            for n, one in enumerate(contacts)
        ]
    )
    insert(
        [
            Touch(
                **kept,
                contact=one,
                at=clock - timedelta(days=3),
                recorded_at=clock,
                kind="meeting",
                direction=way,
            )
            for one in contacts[::5]
            for way in ("out", "in")
        ]
    )
    recompute(owner, now=clock)


@pytest.mark.slow
def test_five_thousand_people_are_drawn(open_page, many):
    page = drawn(open_page)
    assert page.locator(".web-group li").count() == MANY
    assert colours(page.locator(".web-view").screenshot()) > 50
    page.fill("#find", "person 4321")
    page.keyboard.press("Enter")
    assert card(page).startswith("Person 4321")
    assert complaints(page) == []
